/*
 * What must hold of measures on any network: the order of institutions does not
 * matter, a new tie brings nobody further from the others, and who has no partners
 * has none of what partners give.
 */
#include "tests/unit/graph_small.h"

#include <string.h>

#define N 14

struct sketch {
	bool tie[N][N];
	const char *sector[N];
};

static void sketch_draw(struct sketch *sketch, GRand *dice, double density)
{
	static const char *const sectors[] = { "a", "b", "c", NULL };
	for (guint i = 0; i < N; i++) {
		sketch->sector[i] = sectors[g_rand_int_range(dice, 0, 4)];
		for (guint j = i + 1; j < N; j++)
			sketch->tie[i][j] = g_rand_double(dice) < density;
	}
}

/* Institution i of the sketch stands at place[i]. */
static struct study *sketch_study(const struct sketch *sketch, const guint *place,
				  struct small *small)
{
	small_init(small, N);
	for (guint i = 0; i < N; i++)
		small->all[place[i]]->sector = sketch->sector[i];
	for (guint i = 0; i < N; i++)
		for (guint j = i + 1; j < N; j++)
			if (sketch->tie[i][j])
				small_tie(small, place[i], place[j], NULL);
	return small_study(small, STUDY_MEASURES);
}

static void same(const char *id, double a, double b)
{
	if (!(isnan(a) && isnan(b)) && !(fabs(a - b) <= 1e-9))
		g_error("%s: %.12g in one order, %.12g in another", id, a, b);
}

/* Found with the help of random numbers: circles, and what is drawn by luck. */
static bool by_luck(const struct measure *measure)
{
	return measure->cost == COST_NULL_MODEL || g_str_has_prefix(measure->id, "circle") ||
	       strcmp(measure->id, "communities") == 0 || strcmp(measure->id, "modularity") == 0 ||
	       g_str_has_prefix(measure->id, "eigenvector");
}

static void relabelled(void)
{
	g_autoptr(GRand) dice = g_rand_new_with_seed(31);
	for (guint round = 0; round < 12; round++) {
		struct sketch sketch = { 0 };
		struct small a, b;
		guint straight[N], mixed[N], rows;
		const struct measure *table = measures(&rows);
		sketch_draw(&sketch, dice, .1 + round % 4 * .1);
		for (guint i = 0; i < N; i++)
			straight[i] = mixed[i] = i;
		for (guint i = N - 1; i > 0; i--) {
			guint j = (guint)g_rand_int_range(dice, 0, (gint32)i + 1), kept = mixed[i];
			mixed[i] = mixed[j];
			mixed[j] = kept;
		}
		struct study *one = sketch_study(&sketch, straight, &a);
		struct study *two = sketch_study(&sketch, mixed, &b);
		for (guint r = 0; r < rows; r++) {
			if (by_luck(&table[r]))
				continue;
			if (table[r].level == LEVEL_NETWORK)
				same(table[r].id, study_value(one, &table[r]),
				     study_value(two, &table[r]));
			for (guint i = 0; table[r].level == LEVEL_INSTITUTION && i < N; i++)
				same(table[r].id, study_of(one, &table[r], i),
				     study_of(two, &table[r], mixed[i]));
		}
		study_unref(one);
		study_unref(two);
		small_release(&a);
		small_release(&b);
	}
}

static void another_tie(void)
{
	static const char *const rising[] = { "degree", "harmonic", "reach", "coreness",
					      "component" };
	g_autoptr(GRand) dice = g_rand_new_with_seed(32);
	guint place[N];
	for (guint i = 0; i < N; i++)
		place[i] = i;
	for (guint round = 0; round < 12; round++) {
		struct sketch sketch = { 0 };
		struct small a, b;
		sketch_draw(&sketch, dice, .15);
		struct study *before = sketch_study(&sketch, place, &a);
		guint i = (guint)g_rand_int_range(dice, 0, N - 1);
		sketch.tie[i][g_rand_int_range(dice, (gint32)i + 1, N)] = true;
		struct study *after = sketch_study(&sketch, place, &b);
		for (guint v = 0; v < N; v++)
			for (guint r = 0; r < G_N_ELEMENTS(rising); r++)
				g_assert_cmpfloat(small_of(after, rising[r], v), >=,
						  small_of(before, rising[r], v) - 1e-12);
		g_assert_cmpfloat(small_value(after, "global-efficiency"), >=,
				  small_value(before, "global-efficiency") - 1e-12);
		g_assert_cmpfloat(small_value(after, "fragmentation"), <=,
				  small_value(before, "fragmentation") + 1e-12);
		study_unref(before);
		study_unref(after);
		small_release(&a);
		small_release(&b);
	}
}

/* Every value is in the range that its row states, or does not exist. */
static void ranges(void)
{
	g_autoptr(GRand) dice = g_rand_new_with_seed(33);
	guint place[N], rows;
	const struct measure *table = measures(&rows);
	for (guint i = 0; i < N; i++)
		place[i] = i;
	for (guint round = 0; round < 10; round++) {
		struct sketch sketch = { 0 };
		struct small small;
		sketch_draw(&sketch, dice, round * .1);
		struct study *study = sketch_study(&sketch, place, &small);
		for (guint r = 0; r < rows; r++) {
			guint n = table[r].level == LEVEL_INSTITUTION ? N
				  : table[r].level == LEVEL_NETWORK   ? 1
				  : table[r].level == LEVEL_TIE	      ? study_net(study)->m
								      : 0;
			const double *values = study_values(study, &table[r]);
			for (guint i = 0; i < n; i++)
				if (!isnan(values[i]) && !(values[i] >= table[r].least - 1e-9 &&
							   values[i] <= table[r].most + 1e-9))
					g_error("%s: %g is out of range", table[r].id, values[i]);
		}
		study_unref(study);
		small_release(&small);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/properties/relabelled", relabelled);
	g_test_add_func("/properties/another-tie", another_tie);
	g_test_add_func("/properties/ranges", ranges);
	return g_test_run();
}
