#include "tui/views/tally.h"

/*
 * Counting for the views of territories; plain sums over the model, in time
 * proportional to its size.
 */
static void count_members(struct tally *tally, const struct model *model,
			  const struct filter *filter, bool *passes)
{
	for (guint i = 0; i < model->n[KIND_INSTITUTION]; i++) {
		const struct institution *one = model_institution(model, i);
		int sector = one->sector == NULL
				     ? -1
				     : model_term_index(model, VOCABULARY_SECTORS, one->sector);

		passes[i] = filter_match(filter, model, i);
		for (guint k = 0; passes[i] && k < list_length(one->territories); k++) {
			int at = model_find(model, KIND_TERRITORY, one->territories[k]);

			if (at < 0)
				continue;
			tally->members[at]++;
			if (sector >= 0 &&
			    tally->by_sector[(guint)at * tally->n_sectors + (guint)sector]++ == 0)
				tally->sectors[at]++;
		}
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

struct tally *tally_new(const struct model *model, const struct filter *filter)
{
	struct tally *tally = g_new0(struct tally, 1);
	g_autofree bool *passes = g_new0(bool, model->n[KIND_INSTITUTION] + 1);
	guint n = model->n[KIND_TERRITORY];

	tally->n = n;
	tally->n_sectors = model->network->vocabularies.of[VOCABULARY_SECTORS].n;
	tally->members = g_new0(guint, n + 1);
	tally->inside = g_new0(guint, n + 1);
	tally->outside = g_new0(guint, n + 1);
	tally->sectors = g_new0(guint, n + 1);
	tally->by_sector = g_new0(guint, (gsize)n * tally->n_sectors + 1);
	count_members(tally, model, filter, passes);
	for (guint i = 0; i < model->n_ties; i++) {
		const struct tie *tie = &model->ties[i];

		if (!passes[tie->a] || !passes[tie->b])
			continue;
		count_end(tally, model, tie->a, tie->b, true);
		count_end(tally, model, tie->b, tie->a, false);
	}
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
	g_free(tally);
}
