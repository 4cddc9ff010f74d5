/*
 * What must hold of measures on any network, all small ones included: the order of institutions
 * does not matter, a new tie brings nobody further from the others, and who has no partners has
 * none of what partners give.
 */
#include "tests/unit/graph_all.h"

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
			g_autofree double *values = study_values(study, &table[r]);
			for (guint i = 0; i < n; i++)
				if (!isnan(values[i]) && !(values[i] >= table[r].least - 1e-9 &&
							   values[i] <= table[r].most + 1e-9))
					g_error("%s: %g is out of range", table[r].id, values[i]);
		}
		study_unref(study);
		small_release(&small);
	}
}

/* --- every small one ---------------------------------------------------------------------- */

/* Any order of n places. */
static void shuffle(GRand *dice, guint *place, guint n)
{
	for (guint i = 0; i < n; i++) {
		guint j = (guint)g_rand_int_range(dice, 0, (gint32)i + 1);
		place[i] = place[j];
		place[j] = i;
	}
}

static int by_text(gconstpointer a, gconstpointer b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Kind and severity of what the register finds without luck, one text. */
static char *register_text(const struct study *study)
{
	const GPtrArray *gaps = study_all_gaps(study);
	g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
	GString *all = g_string_new(NULL);
	for (guint i = 0; i < gaps->len; i++) {
		const struct gap *gap = g_ptr_array_index(gaps, i);
		const char *kind = gap->kind->id;
		if (strcmp(kind, "G6") != 0 && strcmp(kind, "G7") != 0 && strcmp(kind, "G18") != 0)
			g_ptr_array_add(lines, g_strdup_printf("%s %.9f %u\n", kind, gap->severity,
							       gap->institutions->len));
	}
	g_ptr_array_sort(lines, by_text);
	for (guint i = 0; i < lines->len; i++)
		g_string_append(all, lines->pdata[i]);
	return g_string_free(all, FALSE);
}

/* If it fails, what institutions are called decides what is wrong with a network. */
static void register_relabelled(void)
{
	g_autoptr(GRand) dice = g_rand_new_with_seed(36);
	for (guint round = 0; round < 150; round++) {
		struct tiny tiny = { .n = ALL_MOST };
		struct small a, b;
		guint place[ALL_MOST];
		for (guint i = 0; i < tiny.n; i++)
			for (guint j = i + 1; j < tiny.n; j++)
				if (g_rand_double(dice) < .1 + round % 4 * .1)
					tiny_tie(&tiny, i, j);
		tiny_dress(&tiny, dice);
		shuffle(dice, place, tiny.n);
		struct study *one = tiny_parts(&tiny, NULL, &a, STUDY_MEASURES | STUDY_GAPS);
		struct study *two = tiny_parts(&tiny, place, &b, STUDY_MEASURES | STUDY_GAPS);
		g_autofree char *first = register_text(one), *second = register_text(two);
		g_assert_cmpstr(first, ==, second);
		g_assert_cmpstr(first, !=, "");
		study_unref(one);
		study_unref(two);
		small_release(&a);
		small_release(&b);
	}
}

static void tiny_relabelled(struct tiny *tiny, gpointer data)
{
	GRand *dice = data;
	struct small a, b;
	guint place[ALL_MOST], rows;
	const struct measure *table = measures(&rows);
	tiny_dress(tiny, dice);
	shuffle(dice, place, tiny->n);
	struct study *one = tiny_study(tiny, NULL, &a), *two = tiny_study(tiny, place, &b);
	for (guint r = 0; r < rows; r++) {
		if (by_luck(&table[r]))
			continue;
		if (table[r].level == LEVEL_NETWORK)
			same(table[r].id, study_value(one, &table[r]), study_value(two, &table[r]));
		for (guint i = 0; table[r].level == LEVEL_INSTITUTION && i < tiny->n; i++)
			same(table[r].id, study_of(one, &table[r], i),
			     study_of(two, &table[r], place[i]));
	}
	study_unref(one);
	study_unref(two);
	small_release(&a);
	small_release(&b);
}

/* What it brings must not depend on anything but who works with whom. */
static void not_lower(const struct study *before, const struct study *after, guint n, bool joins)
{
	static const char *const of_members[] = { "degree", "harmonic", "reach", "coreness",
						  "component" };
	static const char *const rising[] = { "ties",	       "density",
					      "mean-degree",   "main-component",
					      "connectedness", "global-efficiency",
					      "linked-pairs",  "max-coreness" };
	static const char *const falling[] = { "isolates", "components", "fragmentation" };
	/* Where it joins no parts: else there are more pairs to speak of. */
	static const char *const within[] = { "mean-distance", "diameter", "cut-members",
					      "bridges" };
	for (guint v = 0; v < n; v++)
		for (guint r = 0; r < G_N_ELEMENTS(of_members); r++)
			if (small_of(after, of_members[r], v) <
			    small_of(before, of_members[r], v) - 1e-12)
				g_error("%s is lower with a tie more", of_members[r]);
	for (guint v = 0; v < n && !joins; v++)
		g_assert_cmpfloat(small_of(after, "cut-off", v), <=,
				  small_of(before, "cut-off", v));
	for (guint r = 0; r < G_N_ELEMENTS(rising); r++)
		if (small_value(after, rising[r]) < small_value(before, rising[r]) - 1e-12)
			g_error("%s is lower with a tie more", rising[r]);
	for (guint r = 0; r < G_N_ELEMENTS(falling); r++)
		if (small_value(after, falling[r]) > small_value(before, falling[r]) + 1e-12)
			g_error("%s is higher with a tie more", falling[r]);
	for (guint r = 0; r < G_N_ELEMENTS(within) && !joins; r++)
		if (small_value(after, within[r]) > small_value(before, within[r]) + 1e-12)
			g_error("%s is higher with a tie more", within[r]);
}

static void tiny_more(struct tiny *tiny, gpointer data)
{
	struct small a, b;
	(void)data;
	for (guint i = 0; i < tiny->n; i++)
		tiny->sector[i] = tiny->territory[i] = -1;
	struct study *before = tiny_study(tiny, NULL, &a);
	for (guint i = 0; i < tiny->n; i++)
		for (guint j = i + 1; j < tiny->n; j++) {
			struct tiny more = *tiny;
			if (tiny->tie[i] >> j & 1)
				continue;
			tiny_tie(&more, i, j);
			struct study *after = tiny_study(&more, NULL, &b);
			not_lower(before, after, tiny->n,
				  small_value(after, "components") <
					  small_value(before, "components"));
			study_unref(after);
			small_release(&b);
		}
	study_unref(before);
	small_release(&a);
}

/* Who is alone has nothing that partners give, and changes nothing between others. */
static void tiny_alone(struct tiny *tiny, gpointer data)
{
	static const char *const zero[] = { "degree",	       "strength", "betweenness-raw",
					    "harmonic",	       "coreness", "reach",
					    "sectors-reached", "cut-off",  "territories-reached" };
	static const char *const none[] = { "constraint",	"effective-size", "burt-efficiency",
					    "clustering",	"hierarchy",	  "bridging",
					    "own-ei-sector",	"blau-sector",	  "iqv-sector",
					    "reach-efficiency", "circle" };
	static const char *const others[] = {
		"degree",	  "betweenness-raw", "coreness",       "constraint",
		"clustering",	  "hierarchy",	     "cut-off",	       "component",
		"own-ei-sector",  "blau-sector",     "liaison-sector", "coordinator-sector",
		"effective-size", "reach-efficiency"
	};
	struct small a, b;
	struct tiny more = *tiny;
	tiny_dress(tiny, data);
	memcpy(more.sector, tiny->sector, sizeof more.sector);
	memcpy(more.territory, tiny->territory, sizeof more.territory);
	more.sector[more.n] = more.territory[more.n] = 0;
	more.n++;
	struct study *one = tiny_study(tiny, NULL, &a), *two = tiny_study(&more, NULL, &b);
	for (guint r = 0; r < G_N_ELEMENTS(zero); r++)
		g_assert_cmpfloat(small_of(two, zero[r], tiny->n), ==, 0);
	for (guint r = 0; r < G_N_ELEMENTS(none); r++)
		if (!isnan(small_of(two, none[r], tiny->n)))
			g_error("%s of who is alone", none[r]);
	g_assert_cmpfloat(small_of(two, "component", tiny->n), ==, 1);
	for (guint r = 0; r < G_N_ELEMENTS(others); r++)
		for (guint v = 0; v < tiny->n; v++)
			same(others[r], small_of(one, others[r], v), small_of(two, others[r], v));
	g_assert_cmpfloat(small_value(two, "isolates"), ==, small_value(one, "isolates") + 1);
	g_assert_cmpfloat(small_value(two, "ties"), ==, small_value(one, "ties"));
	study_unref(one);
	study_unref(two);
	small_release(&a);
	small_release(&b);
}

static void every_relabelled(void)
{
	g_autoptr(GRand) dice = g_rand_new_with_seed(34);
	for (guint n = 1; n <= 6; n++)
		all_of(n, tiny_relabelled, dice);
}

static void every_tie_more(void)
{
	for (guint n = 2; n <= 6; n++)
		all_of(n, tiny_more, NULL);
}

static void every_alone(void)
{
	g_autoptr(GRand) dice = g_rand_new_with_seed(35);
	for (guint n = 1; n <= 6; n++)
		all_of(n, tiny_alone, dice);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/properties/relabelled", relabelled);
	g_test_add_func("/properties/another-tie", another_tie);
	g_test_add_func("/properties/ranges", ranges);
	g_test_add_func("/properties/register", register_relabelled);
	g_test_add_func("/properties/every/relabelled", every_relabelled);
	g_test_add_func("/properties/every/tie-more", every_tie_more);
	g_test_add_func("/properties/every/alone", every_alone);
	return g_test_run();
}
