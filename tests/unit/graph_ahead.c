/*
 * Two threads at one study: the values are those of one thread, and no row that either
 * computes rests on what the other one makes.
 */
#include "graph/work.h"
#include "tests/unit/graph_small.h"

#include <string.h>

static struct study *study_fresh(void)
{
	struct model *model = small_generated(300, 8, 5, GENERATE_TERRITORIES);
	struct study *study = study_new(model, NULL);
	model_unref(model);
	return study;
}

static void compute_alone(struct study *study, const struct measure *row)
{
	g_autoptr(GError) error = NULL;
	g_assert_true(study_measure(study, &row, 1, NULL, &error));
	g_assert_no_error(error);
}

/* Were they not, both threads would compute them at once, or one read what is half made. */
static void rows_keep_apart(void)
{
	guint rows;
	const struct measure *table = measures(&rows);
	for (guint i = 0; i < rows; i++) {
		struct study *study = study_fresh();
		compute_alone(study, &table[i]);
		bool all_cores = study->betweenness || study->distances || study->losses ||
				 study->lengths || study->chance[CHANCE_INSIDE];
		bool one = study->triangles || study->roles || study->funding || study->traits ||
			   study->resource || study->coreness || study->leading ||
			   study->community || study->hub || study->partitions[BY_CIRCLE];
		for (guint by = 0; by < BY_GROUPS; by++)
			one |= study->brokers[by] != NULL;
		if (table[i].cost == COST_LINEAR ? all_cores : one)
			g_error("%s rests on work of the other thread", table[i].id);
		study_unref(study);
	}
}

static void same_values(const struct study *a, const struct study *b, const struct measure *row)
{
	g_autofree double *x = study_values(a, row), *y = study_values(b, row);
	gsize n = row->level == LEVEL_TIE ? study_net(a)->m : study_net(a)->n;
	g_assert_nonnull(x);
	g_assert_nonnull(y);
	if (row->level == LEVEL_NETWORK)
		n = 1;
	if (row->level == LEVEL_GROUP)
		n = study_partition((struct study *)(guintptr)a, (enum attribute)row->by)->n_groups;
	if (row->level == LEVEL_CAPACITY)
		n = study_model(a)->network->vocabularies.of[VOCABULARY_CAPACITIES].n;
	for (gsize i = 0; i < n; i++)
		if (!(isnan(x[i]) && isnan(y[i])) && memcmp(&x[i], &y[i], sizeof x[i]) != 0)
			g_error("%s differs by who computed it", row->id);
}

/* To the bit, whichever levels are asked for. */
static void same_as_one_by_one(void)
{
	static const guint asked[] = { STUDY_MEASURES, STUDY_INSTITUTIONS, STUDY_NETWORK,
				       1 << LEVEL_GROUP, 1 << LEVEL_TIE | 1 << LEVEL_CAPACITY };
	guint rows;
	const struct measure *table = measures(&rows);
	struct study *alone = study_fresh();
	for (guint i = 0; i < rows; i++)
		compute_alone(alone, &table[i]);
	for (guint k = 0; k < G_N_ELEMENTS(asked); k++) {
		g_autoptr(GError) error = NULL;
		struct study *study = study_fresh();
		g_assert_true(study_compute(study, asked[k], NULL, &error));
		g_assert_no_error(error);
		for (guint i = 0; i < rows; i++)
			if (asked[k] >> table[i].level & 1)
				same_values(alone, study, &table[i]);
		study_unref(study);
	}
	study_unref(alone);
}

/* The same map made beside the rows as by itself. */
static void same_map(void)
{
	struct study *alone = study_fresh(), *beside = study_fresh();
	g_assert_true(study_compute(alone, STUDY_LAYOUT, NULL, NULL));
	g_assert_true(study_compute(beside, STUDY_ALL, NULL, NULL));
	for (guint i = 0; i < 2 * study_net(alone)->n; i++)
		g_assert_true(memcmp(&study_layout(alone)[i], &study_layout(beside)[i],
				     sizeof(double)) == 0 ||
			      (isnan(study_layout(alone)[i]) && isnan(study_layout(beside)[i])));
	study_unref(alone);
	study_unref(beside);
}

static void hear(const char *doing, double share, gpointer data)
{
	(void)share;
	g_assert_nonnull(doing);
	g_assert_true(g_thread_self() == data);
}

/* Whoever draws what is being done draws from one thread. */
static void one_thread_tells(void)
{
	g_autoptr(GError) error = NULL;
	struct study *study = study_fresh();
	study_follow(study, hear, g_thread_self());
	g_assert_true(study_compute(study, STUDY_ALL, NULL, &error));
	g_assert_no_error(error);
	study_unref(study);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/ahead/rows-keep-apart", rows_keep_apart);
	g_test_add_func("/ahead/same-as-one-by-one", same_as_one_by_one);
	g_test_add_func("/ahead/same-map", same_map);
	g_test_add_func("/ahead/one-thread-tells", one_thread_tells);
	return g_test_run();
}
