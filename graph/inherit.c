/*
 * What chance gives for a study, and when an earlier study's numbers still hold.
 */
#include "graph/work.h"

#include <string.h>

static const struct {
	enum attribute rows, cols;
} tables[CHANCE_INSIDE] = {
	[CHANCE_SECTORS] = { BY_SECTOR, BY_SECTOR },
	[CHANCE_TERRITORY_SECTORS] = { BY_TERRITORY, BY_SECTOR },
};

/*
 * Enough to tell 1 in 200 for a network of some hundred ties, in milliseconds; for
 * very many ties 1 in 20 is all that is asked.
 */
static guint samples_inside(const struct net *net)
{
	return (guint)CLAMP(5e5 / MAX(net->m, 1), 19, 199);
}

const struct chance *study_chance(struct study *study, enum chance_table table, GError **error)
{
	struct kernel_run run = { .cancel = study->cancel };
	guint64 seed = (guint64)study->net->model->network->settings.seed;
	if (study->chance[table])
		return study->chance[table];
	if (table == CHANCE_INSIDE)
		study->chance[table] = chance_inside_new(
			study->net, (const struct partition *const *)study->partitions,
			BY_ATTRIBUTES, seed, samples_inside(study->net), &run, error);
	else
		study->chance[table] = chance_new(study->net, study->partitions[tables[table].rows],
						  study->partitions[tables[table].cols], seed,
						  CHANCE_SAMPLES, &run, error);
	return study->chance[table];
}

static bool same_groups(const struct study *a, const struct study *b, enum attribute by)
{
	const struct partition *x = a->partitions[by], *y = b->partitions[by];
	return x->n_groups == y->n_groups &&
	       memcmp(x->group, y->group, a->net->n * sizeof *x->group) == 0;
}

static bool same_ties(const struct net *a, const struct net *b)
{
	return a->n == b->n && a->m == b->m &&
	       a->model->network->settings.seed == b->model->network->settings.seed &&
	       memcmp(a->from, b->from, a->m * sizeof *a->from) == 0 &&
	       memcmp(a->to, b->to, a->m * sizeof *a->to) == 0;
}

void study_inherit(struct study *study, const struct study *earlier)
{
	if (!earlier || earlier == study || !same_ties(study->net, earlier->net))
		return;
	bool all = true;
	for (guint by = 0; by < BY_ATTRIBUTES; by++)
		all = all && same_groups(study, earlier, (enum attribute)by);
	for (guint i = 0; i < CHANCE_TABLES; i++)
		if (!study->chance[i] && earlier->chance[i] &&
		    (i == CHANCE_INSIDE ? all
					: same_groups(study, earlier, tables[i].rows) &&
						  same_groups(study, earlier, tables[i].cols)))
			study->chance[i] = chance_ref(earlier->chance[i]);
}
