/*
 * Measures against published and hand-made values: Zachary's karate club, and the
 * small shapes on which a definition shows (isolates, a star, two cliques with a
 * bridge, nobody at all).
 */
#include "tests/unit/graph_karate.h"

#include "base/errors.h"

#include <string.h>

/* Another value than the literature's means another definition than the one that is documented. */
static void gold_network(void)
{
	struct small small;
	struct study *study = karate_study(&small);
	static const struct {
		const char *id;
		double value, within;
	} gold[] = {
		{ "members", 34, 0 },
		{ "ties", 78, 0 },
		{ "isolates", 0, 0 },
		{ "density", .139037, 1e-6 },
		{ "degree-centralization", .399621, 1e-6 },
		{ "ei-sector", -.717949, 1e-6 },
		{ "ei-sector-chance", .030303, 1e-6 },
		{ "assortativity-sector", .717531, 1e-6 },
		{ "global-efficiency", .492008, 1e-6 },
		{ "mean-distance", 2.408200, 1e-6 },
		{ "diameter", 5, 0 },
		{ "transitivity", .255682, 1e-6 },
		{ "cut-members", 1, 0 },
		{ "bridges", 1, 0 },
		{ "max-coreness", 4, 0 },
		{ "components", 1, 0 },
		{ "fragmentation", 0, 1e-12 },
		{ "communities", 4, 0 },
		{ "modularity", .419790, 1e-6 },
	};
	for (guint i = 0; i < G_N_ELEMENTS(gold); i++) {
		g_test_message("%s", gold[i].id);
		small_assert_near(small_value(study, gold[i].id), gold[i].value,
				  gold[i].within + 1e-15);
	}
	study_unref(study);
	small_release(&small);
}

static void gold_institution(void)
{
	struct small small;
	struct study *study = karate_study(&small);
	static const struct {
		const char *id;
		guint v;
		double value;
	} gold[] = {
		{ "constraint", 0, .155423 },
		{ "constraint", 2, .185177 },
		{ "constraint", 33, .156419 },
		{ "constraint", 8, .303601 },
		{ "effective-size", 0, 13.75 },
		{ "effective-size", 2, 7.8 },
		{ "effective-size", 33, 15.23529 },
		{ "effective-size", 8, 3.0 },
		{ "own-ei-sector", 0, -.875 },
		{ "own-ei-sector", 2, -.2 },
		{ "own-ei-sector", 8, .2 },
		{ "own-ei-sector", 33, -.64706 },
		{ "cut-off", 0, 6 },
		{ "cut-off", 33, 0 },
		{ "degree", 33, 17 },
		{ "betweenness", 0, .437635 },
		{ "component", 5, 34 },
	};
	for (guint i = 0; i < G_N_ELEMENTS(gold); i++) {
		g_test_message("%s %u", gold[i].id, gold[i].v);
		small_assert_near(small_of(study, gold[i].id, gold[i].v), gold[i].value, 1e-5);
	}
	g_assert_cmpuint(study_rank(study, measure_find("degree"), 33), ==, 1);
	g_assert_cmpuint(study_rank(study, measure_find("degree"), 0), ==, 2);
	const struct net *net = study_net(study);
	g_autofree double *bridge = study_values(study, measure_find("tie-bridge"));
	for (guint e = 0; e < net->m; e++)
		g_assert_cmpfloat(bridge[e], ==, net->from[e] == 0 && net->to[e] == 11 ? 1 : 0);
	study_unref(study);
	small_release(&small);
}

/* A number where none exists, or none where one does, would mislead whoever sorts by it. */
static void isolates(void)
{
	static const guint pairs[][2] = { { 0, 1 }, { 1, 2 }, { 2, 0 }, { 3, 4 } };
	struct small small;
	small_init(&small, 6);
	small_ties(&small, pairs, G_N_ELEMENTS(pairs));
	struct study *study = small_study(&small, STUDY_ALL);
	g_assert_cmpfloat(small_of(study, "degree", 5), ==, 0);
	g_assert_cmpfloat(small_of(study, "harmonic", 5), ==, 0);
	g_assert_cmpfloat(small_of(study, "betweenness", 5), ==, 0);
	g_assert_true(isnan(small_of(study, "constraint", 5)));
	g_assert_true(isnan(small_of(study, "effective-size", 5)));
	g_assert_true(isnan(small_of(study, "clustering", 3)));
	g_assert_true(isnan(small_of(study, "age", 0)));
	g_assert_cmpfloat(small_of(study, "clustering", 0), ==, 1);
	small_assert_near(small_value(study, "main-component"), .5, 1e-12);
	small_assert_near(small_value(study, "fragmentation"), 1 - 8. / 30, 1e-12);
	g_assert_cmpfloat(small_value(study, "isolates"), ==, 1);
	const double *at = study_layout(study);
	g_assert_true(isnan(at[10]) && isnan(at[11]));
	for (guint i = 0; i < 10; i++)
		g_assert_true(at[i] >= 0 && at[i] <= 1);
	g_assert_cmpuint(study_rank(study, measure_find("constraint"), 5), ==, 0);
	study_unref(study);
	small_release(&small);
}

/* Networks that a beginner has on the first day must not fail. */
static void tiny(void)
{
	for (guint n = 0; n <= 3; n++)
		for (guint tied = 0; tied <= (n >= 2 ? 1u : 0u); tied++) {
			struct small small;
			small_init(&small, n);
			if (tied)
				small_tie(&small, 0, 1, NULL);
			struct study *study = small_study(&small, STUDY_ALL);
			g_assert_cmpfloat(small_value(study, "members"), ==, n);
			g_assert_cmpfloat(small_value(study, "ties"), ==, tied);
			g_assert_true(isnan(small_value(study, "density")) == (n < 2));
			g_assert_true(isnan(small_value(study, "mean-distance")) == !tied);
			study_unref(study);
			small_release(&small);
		}
}

/* Two cliques of four, joined by one tie 3-4. */
static void cliques(void)
{
	struct small small;
	small_init(&small, 8);
	for (guint c = 0; c < 8; c += 4)
		for (guint i = 0; i < 4; i++)
			for (guint j = i + 1; j < 4; j++)
				small_tie(&small, c + i, c + j, "cooperation");
	small_tie(&small, 3, 4, "integration");
	struct study *study = small_study(&small, STUDY_MEASURES);
	const struct net *net = study_net(study);
	g_assert_cmpuint(net->m, ==, 13);
	g_assert_cmpfloat(small_of(study, "cut-off", 3), ==, 3);
	g_assert_cmpfloat(small_of(study, "cut-off", 4), ==, 3);
	g_assert_cmpfloat(small_of(study, "cut-off", 0), ==, 0);
	g_assert_cmpfloat(small_of(study, "strength", 3), ==, 3 * 2 + 4);
	g_assert_cmpfloat(small_of(study, "coreness", 3), ==, 3);
	g_assert_cmpfloat(small_value(study, "bridges"), ==, 1);
	for (guint e = 0; e < net->m; e++) {
		bool bridge = net->from[e] == 3 && net->to[e] == 4;
		g_assert_cmpfloat(study_value_at(study, measure_find("tie-bridge"), e), ==,
				  bridge ? 4 : 0);
		g_assert_cmpfloat(study_value_at(study, measure_find("tie-common"), e), ==,
				  bridge ? 0 : 2);
	}
	study_unref(study);
	small_release(&small);
}

/* Equal data must give equal bytes: exports and golden screens rest on it. */
static void twice(void)
{
	struct small a, b;
	struct study *one = karate_study(&a), *two = karate_study(&b);
	guint rows;
	const struct measure *table = measures(&rows);
	g_autoptr(GError) error = NULL;
	g_assert_true(study_compute(one, STUDY_LAYOUT, NULL, &error));
	g_assert_true(study_compute(two, STUDY_LAYOUT, NULL, &error));
	g_assert_cmpint(memcmp(study_layout(one), study_layout(two), 68 * sizeof(double)), ==, 0);
	for (guint i = 0; i < rows; i++) {
		gsize n = table[i].level == LEVEL_INSTITUTION ? 34
			  : table[i].level == LEVEL_TIE	      ? 78
			  : table[i].level == LEVEL_NETWORK   ? 1
							      : 0;
		g_autofree double *first = study_values(one, &table[i]);
		g_autofree double *second = study_values(two, &table[i]);
		g_assert_cmpint(memcmp(first, second, n * sizeof(double)), ==, 0);
	}
	study_unref(one);
	study_unref(two);
	small_release(&a);
	small_release(&b);
}

/* A measure that is computed alone must say what it says among all. */
static void alone(void)
{
	struct model *model = small_generated(120, 6, 5, GENERATE_TERRITORIES);
	struct study *all = study_new(model, NULL), *few = study_new(model, NULL);
	guint rows;
	const struct measure *table = measures(&rows);
	g_assert_true(study_compute(all, STUDY_MEASURES, NULL, NULL));
	for (guint i = rows; i-- > 0;) {
		const struct measure *row = &table[i];
		struct study *one = study_new(model, NULL);
		gsize n = row->level == LEVEL_INSTITUTION ? study_net(all)->n
			  : row->level == LEVEL_TIE	  ? study_net(all)->m
							  : 1;
		/* Backwards into one study, and each into its own. */
		g_assert_true(study_measure(few, &row, 1, NULL, NULL));
		g_assert_true(study_measure(one, &row, 1, NULL, NULL));
		gsize size = n * sizeof(double);
		g_autofree double *among = study_values(all, row);
		g_autofree double *of_few = study_values(few, row);
		g_autofree double *of_one = study_values(one, row);
		g_assert_cmpint(memcmp(of_few, among, size), ==, 0);
		g_assert_cmpint(memcmp(of_one, among, size), ==, 0);
		g_assert_true(i == 0 || !study_has(few, STUDY_MEASURES));
		study_unref(one);
	}
	g_assert_true(study_compute(few, STUDY_INSTITUTIONS, NULL, NULL));
	g_assert_true(study_has(few, STUDY_INSTITUTIONS) && !study_has(few, STUDY_NETWORK));
	study_unref(all);
	study_unref(few);
	model_unref(model);
}

/* Whoever leaves a long computation must get out, and can come back. */
static void cancelled(void)
{
	struct small small;
	small_init(&small, 34);
	small_ties(&small, karate, 78);
	struct model *model = small_model(&small);
	struct study *study = study_new(model, NULL);
	g_autoptr(GCancellable) cancel = g_cancellable_new();
	g_autoptr(GError) error = NULL;
	g_cancellable_cancel(cancel);
	g_assert_false(study_compute(study, STUDY_ALL, cancel, &error));
	g_assert_error(error, TELAR_ERROR, TELAR_ERROR_CANCELLED);
	g_assert_false(study_has(study, STUDY_MEASURES));
	g_clear_error(&error);
	g_assert_true(study_compute(study, STUDY_ALL, NULL, &error));
	g_assert_true(study_has(study, STUDY_ALL));
	study_unref(study);
	model_unref(model);
	small_release(&small);
}

/* A placeholder left in a sentence, or a sentence missing, is read by a person. */
static void sentences(void)
{
	struct small small;
	struct study *study = karate_study(&small);
	guint rows;
	const struct measure *table = measures(&rows);
	for (guint i = 0; i < rows; i++) {
		g_assert_true(measure_find(table[i].id) == &table[i]);
		g_assert_cmpint((int)g_utf8_strlen(table[i].brief, -1), <=, 8);
		if (table[i].level != LEVEL_NETWORK && table[i].level != LEVEL_INSTITUTION)
			continue;
		g_autofree char *text =
			study_sentence(study, &table[i], table[i].level == LEVEL_NETWORK ? -1 : 33);
		g_assert_null(strchr(text, '{'));
		g_assert_cmpuint(strlen(text), >, 10);
	}
	g_autofree char *text = study_sentence(study, measure_find("degree"), 33);
	g_assert_cmpstr(text, ==,
			"Institution 33 works or has worked directly with 17 of the members: "
			"place 1 of 34.");
	study_unref(study);
	small_release(&small);
}

static void formats(void)
{
	g_autofree char *none = measure_format(measure_find("density"), NAN);
	g_autofree char *zero = measure_format(measure_find("ei-sector"), -1e-9);
	g_autofree char *some = measure_format(measure_find("density"), .00488);
	g_assert_cmpstr(none, ==, "n/a");
	g_assert_cmpstr(zero, ==, "0.000");
	g_assert_cmpstr(some, ==, "0.0049");
}

/* If it fails, 0.21 and 0.17 stand beside a difference of -0.05. */
static void changes(void)
{
	const struct measure *density = measure_find("density"), *ties = measure_find("ties");
	g_autofree char *less = measure_change(density, .21494, .16546);
	g_autofree char *same = measure_change(density, .00011, .00014);
	g_autofree char *none = measure_change(density, NAN, NAN);
	g_autofree char *gone = measure_change(density, .5, NAN);
	g_autofree char *count = measure_change(ties, 3, 12);
	g_assert_cmpstr(less, ==, "-0.0494");
	g_assert_cmpstr(same, ==, "");
	g_assert_cmpstr(none, ==, "");
	g_assert_cmpstr(gone, ==, "n/a");
	g_assert_cmpstr(count, ==, "+9");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/measures/gold/network", gold_network);
	g_test_add_func("/measures/gold/institution", gold_institution);
	g_test_add_func("/measures/isolates", isolates);
	g_test_add_func("/measures/changes", changes);
	g_test_add_func("/measures/tiny", tiny);
	g_test_add_func("/measures/cliques", cliques);
	g_test_add_func("/measures/twice", twice);
	g_test_add_func("/measures/alone", alone);
	g_test_add_func("/measures/cancelled", cancelled);
	g_test_add_func("/measures/sentences", sentences);
	g_test_add_func("/measures/formats", formats);
	return g_test_run();
}
