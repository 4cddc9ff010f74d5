/*
 * Positions between others against published values and against the definitions
 * carried out word by word on small random networks: roles of brokers, hierarchy,
 * variety of partners, what two members share.
 */
#include "graph/pairs.h"
#include "tests/unit/graph_karate.h"

static const char *const roles[] = { "coordinator-sector", "itinerant-sector", "gatekeeper-sector",
				     "representative-sector", "liaison-sector" };

/* The numbers of sna::brokerage, counted both ways. */
static void gold_roles(void)
{
	struct small small;
	struct study *study = karate_study(&small);
	static const struct {
		guint v;
		double value[5];
	} gold[] = {
		{ 0, { 174, 0, 15, 15, 0 } },
		{ 2, { 10, 12, 23, 23, 0 } },
		{ 33, { 156, 6, 40, 40, 0 } },
		{ 8, { 0, 0, 5, 5, 0 } },
	};
	for (guint i = 0; i < G_N_ELEMENTS(gold); i++)
		for (guint r = 0; r < 5; r++)
			g_assert_cmpfloat(small_of(study, roles[r], gold[i].v), ==,
					  gold[i].value[r]);
	study_unref(study);
	small_release(&small);
}

static struct study *random_study(struct small *small, GRand *dice, guint n, double density)
{
	static const char *const sectors[] = { "a", "b", "c", NULL };
	small_init(small, n);
	for (guint i = 0; i < n; i++)
		small->all[i]->sector = sectors[g_rand_int_range(dice, 0, 4)];
	for (guint i = 0; i < n; i++)
		for (guint j = i + 1; j < n; j++)
			if (g_rand_double(dice) < density)
				small_tie(small, i, j, NULL);
	return small_study(small, STUDY_MEASURES);
}

static int role_by_definition(int a, int v, int b)
{
	if (a == v && b == v)
		return 0;
	if (a == b)
		return 1;
	return b == v ? 2 : a == v ? 3 : 4;
}

/* A pair counted in the wrong role makes a liaison of who only coordinates its own. */
static void brute_roles(void)
{
	g_autoptr(GRand) dice = g_rand_new_with_seed(7);
	for (guint round = 0; round < 60; round++) {
		struct small small;
		guint n = 1 + round % 8;
		struct study *study = random_study(&small, dice, n, .2 + round % 4 * .2);
		const struct net *net = study_net(study);
		const int *group = study_partition(study, BY_SECTOR)->group;
		for (guint v = 0; v < n; v++) {
			double count[5] = { 0 };
			for (guint a = 0; a < n; a++)
				for (guint b = 0; b < n; b++)
					if (a != b && a != v && b != v && group[a] >= 0 &&
					    group[b] >= 0 && net_has_edge(net, a, v) &&
					    net_has_edge(net, v, b) && !net_has_edge(net, a, b))
						count[role_by_definition(group[a], group[v],
									 group[b])]++;
			for (guint r = 0; r < 5; r++)
				if (group[v] >= 0)
					g_assert_cmpfloat(small_of(study, roles[r], v), ==,
							  count[r]);
				else
					g_assert_true(isnan(small_of(study, roles[r], v)));
		}
		study_unref(study);
		small_release(&small);
	}
}

/* Burt's own words: p = 1/d, c = (p + sum of indirect p)^2, disorder of c / mean c. */
static void brute_hierarchy(void)
{
	g_autoptr(GRand) dice = g_rand_new_with_seed(8);
	for (guint round = 0; round < 40; round++) {
		struct small small;
		struct study *study = random_study(&small, dice, 8, .2 + round % 4 * .2);
		const struct net *net = study_net(study);
		for (guint v = 0; v < 8; v++) {
			double hold[8] = { 0 }, sum = 0, disorder = 0, d = net_degree(net, v);
			for (guint j = 0; j < 8; j++) {
				double p = 1 / d;
				for (guint q = 0; q < 8; q++)
					if (net_has_edge(net, v, q) && net_has_edge(net, q, j))
						p += 1 / d / net_degree(net, q);
				if (net_has_edge(net, v, j))
					sum += hold[j] = p * p;
			}
			for (guint j = 0; j < 8; j++)
				if (hold[j] > 0)
					disorder += hold[j] / (sum / d) * log(hold[j] / (sum / d));
			if (d < 2)
				g_assert_true(isnan(small_of(study, "hierarchy", v)));
			else
				small_assert_near(small_of(study, "hierarchy", v),
						  MAX(0, disorder / (d * log(d))), 1e-12);
			/* The same holds add up to the constraint that igraph gives. */
			if (d > 0)
				small_assert_near(small_of(study, "constraint", v), sum, 1e-9);
		}
		study_unref(study);
		small_release(&small);
	}
}

static void gold_pairs(void)
{
	struct small small;
	struct study *study = karate_study(&small);
	const struct net *net = study_net(study);
	small_assert_near(pair_of(net, 2, 33).adamic, 4.719381, 1e-6);
	small_assert_near(pair_of(net, 0, 33).adamic, 2.711020, 1e-6);
	g_assert_cmpuint(pair_of(net, 2, 33).common, ==, 6);
	small_assert_near(pair_of(net, 2, 33).jaccard, 6. / (10 + 17 - 6), 1e-12);
	g_autofree double *overlap = study_values(study, measure_find("tie-jaccard"));
	g_autofree double *adamic = study_values(study, measure_find("tie-adamic-adar"));
	for (guint e = 0; e < net->m; e++) {
		struct pair pair = pair_of(net, net->from[e], net->to[e]);
		g_assert_cmpfloat(adamic[e], ==, pair.adamic);
		if (net->from[e] == 32 && net->to[e] == 33)
			small_assert_near(overlap[e], 10. / (12 + 17 - 2 - 10), 1e-12);
	}
	study_unref(study);
	small_release(&small);
}

/* A hub of four sectors: one partner in a, two in b, one in c, one nobody knows; an isolate. */
static void variety(void)
{
	static const guint pairs[][2] = { { 0, 1 }, { 0, 2 }, { 0, 3 }, { 0, 4 }, { 0, 5 } };
	struct small small;
	small_init(&small, 7);
	const char *sectors[] = { "a", "a", "b", "b", "c", NULL, "c" };
	for (guint i = 0; i < 7; i++)
		small.all[i]->sector = sectors[i];
	small_ties(&small, pairs, G_N_ELEMENTS(pairs));
	struct study *study = small_study(&small, STUDY_MEASURES);
	double blau = 1 - (1 + 4 + 1) / 16.;
	small_assert_near(small_of(study, "blau-sector", 0), blau, 1e-12);
	small_assert_near(small_of(study, "iqv-sector", 0), blau * 3 / 2, 1e-12);
	g_assert_cmpfloat(small_of(study, "blau-sector", 1), ==, 0);
	g_assert_true(isnan(small_of(study, "blau-sector", 6)));
	small_assert_near(small_of(study, "reach-efficiency", 0), 1, 1e-12);
	small_assert_near(small_of(study, "reach-efficiency", 1), 1, 1e-12);
	g_assert_true(isnan(small_of(study, "reach-efficiency", 6)));
	g_assert_cmpfloat(small_of(study, "circle", 0), ==, 1);
	g_assert_true(isnan(small_of(study, "circle", 6)));
	g_assert_cmpfloat(small_of(study, "hierarchy", 0), ==, 0);
	study_unref(study);
	small_release(&small);
}

/* A date of one side is a date of the tie; the latest activity counts. */
static void months(void)
{
	struct small small;
	small_init(&small, 4);
	struct partnership *row = small_tie(&small, 0, 1, NULL);
	row->since = (struct date){ 2025, 11, 1 };
	small_details(&small, row)->last_activity = (struct date){ 2026, 1, 22 };
	row = small_tie(&small, 1, 0, NULL);
	small_details(&small, row)->last_activity = (struct date){ 2026, 8, 22 };
	small_tie(&small, 2, 3, NULL);
	struct study *study = small_study(&small, STUDY_MEASURES);
	g_autofree double *age = study_values(study, measure_find("tie-age"));
	g_autofree double *idle = study_values(study, measure_find("tie-idle"));
	g_assert_cmpfloat(age[0], ==, 12);
	g_assert_cmpfloat(idle[0], ==, 3);
	g_assert_true(isnan(age[1]) && isnan(idle[1]));
	study_unref(study);
	small_release(&small);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/broker/gold", gold_roles);
	g_test_add_func("/broker/brute", brute_roles);
	g_test_add_func("/broker/hierarchy", brute_hierarchy);
	g_test_add_func("/broker/pairs", gold_pairs);
	g_test_add_func("/broker/variety", variety);
	g_test_add_func("/broker/months", months);
	return g_test_run();
}
