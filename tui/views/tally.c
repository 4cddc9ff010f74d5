#include "tui/views/tally.h"

/*
 * Counting for the views of territories; plain sums over the model, in time
 * proportional to its size.
 */
static void count_member(struct tally *tally, const struct model *model,
			 const struct filter *filter, guint i)
{
	const struct institution *one = model_institution(model, i);
	int sector =
		one->sector == NULL ? -1 : model_term_index(model, VOCABULARY_SECTORS, one->sector);

	tally->passes[i] = filter_match(filter, model, i);
	for (guint k = 0; tally->passes[i] && k < list_length(one->territories); k++) {
		int at = model_find(model, KIND_TERRITORY, one->territories[k]);

		if (at < 0)
			continue;
		tally->members[at]++;
		if (sector >= 0 &&
		    tally->by_sector[(guint)at * tally->n_sectors + (guint)sector]++ == 0)
			tally->sectors[at]++;
	}
}

/* One end's view of a tie; inside is counted once, from the first end. */
static void count_end(struct tally *tally, const struct model *model, guint here, guint there,
		      bool first)
{
	const char *const *mine = model_institution(model, here)->territories;
	const char *const *theirs = model_institution(model, there)->territories;

	for (guint k = 0; k < list_length(mine); k++) {
		int at = model_find(model, KIND_TERRITORY, mine[k]);

		if (at < 0)
			continue;
		if (!list_has(theirs, mine[k]))
			tally->outside[at]++;
		else if (first)
			tally->inside[at]++;
	}
}

struct tally *tally_begin(const struct model *model)
{
	struct tally *tally = g_new0(struct tally, 1);
	guint n = model->n[KIND_TERRITORY];

	tally->n = n;
	tally->n_sectors = model->network->vocabularies.of[VOCABULARY_SECTORS].n;
	tally->members = g_new0(guint, n + 1);
	tally->inside = g_new0(guint, n + 1);
	tally->outside = g_new0(guint, n + 1);
	tally->sectors = g_new0(guint, n + 1);
	tally->by_sector = g_new0(guint, (gsize)n * tally->n_sectors + 1);
	tally->passes = g_new0(bool, model->n[KIND_INSTITUTION] + 1);
	return tally;
}

#define PIECE 4096 /* institutions or ties */

bool tally_work(struct tally *tally, const struct model *model, const struct filter *filter)
{
	guint n = model->n[KIND_INSTITUTION];

	for (guint k = 0; k < PIECE && tally->institutions < n; k++)
		count_member(tally, model, filter, tally->institutions++);
	if (tally->institutions < n)
		return true;
	for (guint k = 0; k < PIECE && tally->ties < model->n_ties; k++) {
		const struct tie *tie = &model->ties[tally->ties++];

		if (!tie_counts(tie) || !tally->passes[tie->a] || !tally->passes[tie->b])
			continue;
		count_end(tally, model, tie->a, tie->b, true);
		count_end(tally, model, tie->b, tie->a, false);
	}
	return tally->ties < model->n_ties;
}

struct tally *tally_new(const struct model *model, const struct filter *filter)
{
	struct tally *tally = tally_begin(model);

	while (tally_work(tally, model, filter))
		continue;
	return tally;
}

void tally_free(struct tally *tally)
{
	if (tally == NULL)
		return;
	g_free(tally->members);
	g_free(tally->inside);
	g_free(tally->outside);
	g_free(tally->sectors);
	g_free(tally->by_sector);
	g_free(tally->passes);
	g_free(tally);
}
