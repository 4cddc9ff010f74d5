/*
 * Suggested partnerships: what each part of the score is on networks small enough to count, and
 * what the back-test says where ties to come can be foreseen.
 */
#include "graph/suggest.h"
#include "tests/unit/graph_small.h"

#include <string.h>

/* 0 and 1 share two partners and a line, 2 and 3 one partner: that order, parts in range. */
static void suggestions(void)
{
	static const guint pairs[][2] = { { 0, 4 }, { 1, 4 }, { 0, 5 }, { 1, 5 },
					  { 2, 6 }, { 3, 6 }, { 6, 7 }, { 6, 8 } };
	struct small small;
	small_init(&small, 10);
	small_network(&small);
	small_ties(&small, pairs, G_N_ELEMENTS(pairs));
	small.all[0]->lines = small.all[1]->lines = small_list(&small, "climate", NULL);
	struct study *study = small_gaps(&small);
	g_autoptr(GError) error = NULL;
	const struct suggest_options all = { -1, 100, 100 }, one = { 2, 100, 1 };
	g_autoptr(GArray) found = study_suggest(study, &all, &error);
	g_assert_no_error(error);
	const struct suggestion *first = &g_array_index(found, struct suggestion, 0);
	g_assert_cmpuint(first->a, ==, 0);
	g_assert_cmpuint(first->b, ==, 1);
	g_assert_true(first->introducer == 4 || first->introducer == 5);
	double weights = 0;
	for (guint p = 0; p < SUGGEST_PARTS; p++)
		weights += suggest_weight(study_model(study), (enum suggest_part)p);
	small_assert_near(weights, 1, 1e-12);
	for (guint i = 0; i < found->len; i++) {
		const struct suggestion *s = &g_array_index(found, struct suggestion, i);
		double sum = 0;
		g_assert_null(model_tie(study_model(study), s->a, s->b));
		for (guint p = 0; p < SUGGEST_PARTS; p++) {
			g_assert_true(s->part[p] >= 0 && s->part[p] <= 1);
			sum += s->part[p] *
			       suggest_weight(study_model(study), (enum suggest_part)p);
		}
		small_assert_near(s->score, sum, 1e-12);
		g_assert_true(i == 0 || s->score <= s[-1].score);
	}
	g_autoptr(GArray) own = study_suggest(study, &one, &error);
	g_assert_cmpuint(own->len, ==, 3); /* 3, 7, 8 */
	/* Common partners 4: 1/ln 2 + 1/ln 2 over 1 + that, as Adamic and Adar. */
	small_assert_near(first->part[SUGGEST_COMMON], 2 / log(2) / (1 + 2 / log(2)), 1e-12);
	study_unref(study);
	small_release(&small);
}

/* Both act in u, one of them in t first: their sectors do not meet in u; then others of them do. */
static void second_territory(void)
{
	static const char *const names[] = { "x", "y", NULL };
	for (guint meet = 0; meet < 2; meet++) {
		struct small small;
		small_init(&small, 4);
		small_words(&small, small_network(&small), VOCABULARY_SECTORS, names);
		small_territory(&small, "t", "declared");
		small_territory(&small, "u", "declared");
		for (guint i = 0; i < 4; i++) {
			small.all[i]->sector = i % 2 ? "y" : "x";
			small.all[i]->territories =
				small_list(&small, i == 0 ? "t" : "u", i == 0 ? "u" : NULL);
		}
		if (meet)
			small_tie(&small, 2, 3, NULL);
		struct study *study = small_gaps(&small);
		const struct suggest_options options = { 0, 10, 10 };
		g_autoptr(GError) error = NULL;
		g_autoptr(GArray) found = study_suggest(study, &options, &error);
		g_assert_no_error(error);
		for (guint i = 0; i < found->len; i++) {
			const struct suggestion *one = &g_array_index(found, struct suggestion, i);
			if (one->b != 1)
				continue;
			g_autofree char *text = suggestion_text(study, one);
			g_assert_cmpfloat(one->part[SUGGEST_TERRITORY], ==, meet ? 0 : 1);
			g_assert_true((strstr(text, "do not meet in u") != NULL) == !meet);
		}
		g_assert_cmpuint(found->len, >, 0);
		study_unref(study);
		small_release(&small);
	}
}

static bool is_same(const struct suggestion *x, const struct suggestion *y)
{
	return x->a == y->a && x->b == y->b && x->score == y->score &&
	       memcmp(x->part, y->part, sizeof x->part) == 0;
}

/* If it fails, who asks for few is told of others than who asks for many, or of a pair twice. */
static void few_of_many(void)
{
	struct small small;
	small_init(&small, 40);
	small_network(&small);
	for (guint i = 0; i < 40; i++) {
		small_tie(&small, i, (i + 1) % 40, NULL);
		small_tie(&small, i, (i + 7) % 40, NULL);
	}
	struct study *study = small_gaps(&small);
	struct suggest_options options = { -1, 1000, 1000 };
	g_autoptr(GArray) many = study_suggest(study, &options, NULL);
	g_assert_cmpuint(many->len, >, 60);
	for (guint i = 1; i < many->len; i++) {
		const struct suggestion *s = &g_array_index(many, struct suggestion, i);
		bool after = s->a > s[-1].a || (s->a == s[-1].a && s->b > s[-1].b);
		g_assert_true(s->score < s[-1].score || (s->score == s[-1].score && after));
	}
	for (options.limit = 0; options.limit < many->len; options.limit += 7) {
		g_autoptr(GArray) few = study_suggest(study, &options, NULL);
		g_assert_cmpuint(few->len, ==, options.limit);
		for (guint i = 0; i < few->len; i++)
			g_assert_true(is_same(&g_array_index(few, struct suggestion, i),
					      &g_array_index(many, struct suggestion, i)));
	}
	study_unref(study);
	small_release(&small);
}

/* Eight members by turns in two sectors and in t and u, and many territories with nobody. */
static GArray *suggested_among(guint territories)
{
	static const char *const names[] = { "x", "y", NULL };
	static const guint pairs[][2] = { { 0, 2 }, { 1, 3 }, { 4, 6 }, { 0, 4 }, { 5, 7 } };
	const struct suggest_options all = { -1, 100, 100 };
	struct small small;
	small_init(&small, 8);
	small_words(&small, small_network(&small), VOCABULARY_SECTORS, names);
	small_ties(&small, pairs, G_N_ELEMENTS(pairs));
	for (guint i = 0; i < territories; i++) {
		g_autofree char *id = g_strdup_printf("v%05u", i);
		small_territory(&small, id, "declared");
	}
	for (guint i = 0; i < 8; i++) {
		small.all[i]->sector = i % 2 ? "y" : "x";
		small.all[i]->territories =
			small_list(&small, i < 4 ? "v00001" : "v00002", i == 7 ? "v00000" : NULL);
	}
	struct model *model = small_model(&small);
	struct study *study = study_new(model, NULL);
	GArray *found = study_suggest(study, &all, NULL);
	g_assert_nonnull(found);
	study_unref(study);
	model_unref(model);
	small_release(&small);
	return found;
}

/* Who has met is remembered in another way where territories are too many for a bit a pair. */
static void many_territories(void)
{
	g_autoptr(GArray) few = suggested_among(3), many = suggested_among(8300);
	g_assert_cmpuint(few->len, >, 5);
	g_assert_cmpuint(few->len, ==, many->len);
	for (guint i = 0; i < few->len; i++) {
		const struct suggestion *x = &g_array_index(few, struct suggestion, i);
		const struct suggestion *y = &g_array_index(many, struct suggestion, i);
		g_assert_true(x->a == y->a && x->b == y->b && x->place == y->place);
		for (guint p = 0; p < SUGGEST_PARTS; p++)
			g_assert_cmpfloat(x->part[p], ==, y->part[p]);
	}
}

/* A ring of triangles: ties that close triangles begin this year, and were to be expected. */
static void back_test(void)
{
	struct small small;
	small_init(&small, 60);
	small_network(&small);
	for (guint i = 0; i < 60; i += 3) {
		small_tie(&small, i, i + 1, NULL);
		small_tie(&small, i + 1, i + 2, NULL);
		if (i < 36)
			small_tie(&small, i, i + 2, NULL)->since = (struct date){ 2026, 3, 0 };
	}
	struct study *study = small_gaps(&small);
	struct backtest test;
	g_autoptr(GError) error = NULL;
	g_assert_true(study_backtest(study, &test, &error));
	g_assert_true(test.possible);
	g_assert_cmpuint(test.begun, ==, 12);
	g_assert_cmpint(test.since.year, ==, 2025);
	g_assert_cmpfloat(test.auc, >, .9);
	g_assert_cmpfloat(test.auc, >, test.plain_auc);
	g_assert_cmpfloat(test.precision, >, .3);
	study_unref(study);
	small_release(&small);
}

/* If it fails, what a network says that matters to it does not. */
static void points_of_the_network(void)
{
	static const guint pairs[][2] = { { 0, 1 }, { 1, 2 }, { 2, 3 } };
	struct small small;
	small_init(&small, 6);
	struct network *row = small_network(&small);
	small_ties(&small, pairs, G_N_ELEMENTS(pairs));
	g_assert_cmpint(row->settings.suggest_edge, ==, FIELD_NO_INTEGER);
	row->settings.suggest_common = 0;
	row->settings.suggest_exchange = row->settings.suggest_shared = 0;
	row->settings.suggest_sectors = row->settings.suggest_territory = 0;
	row->settings.suggest_edge = 40;
	struct study *study = small_gaps(&small);
	const struct suggest_options all = { -1, 100, 100 };
	g_autoptr(GArray) found = study_suggest(study, &all, NULL);
	small_assert_near(suggest_weight(study_model(study), SUGGEST_EDGE), 1, 1e-12);
	g_assert_cmpuint(found->len, >, 0);
	for (guint i = 0; i < found->len; i++) {
		const struct suggestion *s = &g_array_index(found, struct suggestion, i);
		small_assert_near(s->score, s->part[SUGGEST_EDGE], 1e-12);
	}
	study_unref(study);
	/* No points at all rank nothing: then those that hold where nothing is said. */
	row->settings.suggest_edge = 0;
	study = small_gaps(&small);
	small_assert_near(suggest_weight(study_model(study), SUGGEST_COMMON), .25, 1e-12);
	study_unref(study);
	small_release(&small);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/suggest/order-and-parts", suggestions);
	g_test_add_func("/suggest/points", points_of_the_network);
	g_test_add_func("/suggest/second-territory", second_territory);
	g_test_add_func("/suggest/many-territories", many_territories);
	g_test_add_func("/suggest/few-of-many", few_of_many);
	g_test_add_func("/suggest/back-test", back_test);
	return g_test_run();
}
