/* Which gaps concern whoever passes a filter. */
#include "graph/gap_passing.h"

static bool passes(struct gap_passing *passing, int institution)
{
	guint8 *verdict;

	if (institution < 0)
		return false;
	if (!passing->verdicts)
		passing->verdicts = g_new0(guint8, passing->model->n[KIND_INSTITUTION] + 1);
	verdict = &passing->verdicts[institution];
	if (*verdict == 0)
		*verdict =
			filter_match(passing->filter, passing->model, (guint)institution) ? 1 : 2;
	return *verdict == 1;
}

static bool is_peopled(struct gap_passing *passing, int territory)
{
	const struct model *model = passing->model;

	if (territory < 0)
		return false;
	if (!passing->peopled) {
		passing->peopled = g_new0(bool, model->n[KIND_TERRITORY] + 1);
		for (guint i = 0; i < model->n[KIND_INSTITUTION]; i++) {
			const char *const *ids = model_institution(model, i)->territories;

			for (guint k = 0; passes(passing, (int)i) && k < list_length(ids); k++) {
				int at = model_find(model, KIND_TERRITORY, ids[k]);

				if (at >= 0)
					passing->peopled[at] = true;
			}
		}
	}
	return passing->peopled[territory];
}

bool gap_passes(struct gap_passing *passing, const struct gap *gap)
{
	bool found = passing->filter == NULL;

	for (guint i = 0; !found && i < gap->institutions->len; i++)
		found = passes(passing, (int)g_array_index(gap->institutions, guint, i));
	for (guint i = 0; !found && i < gap->candidates->len; i++) {
		const struct candidate *candidate = g_ptr_array_index(gap->candidates, i);

		found = passes(passing, candidate->a) || passes(passing, candidate->b);
	}
	return found || is_peopled(passing, gap->territory);
}

void gap_passing_clear(struct gap_passing *passing)
{
	g_clear_pointer(&passing->verdicts, g_free);
	g_clear_pointer(&passing->peopled, g_free);
}
