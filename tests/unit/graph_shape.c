/*
 * The shape of a network against published values and against brute force on all
 * subsets of small random networks: core and periphery, connectivity, stage, what
 * circles and groups share, what could be matched, and luck.
 */
#include "graph/flow.h"
#include "tests/unit/graph_karate.h"

#include <string.h>

#define MOST 8

static struct study *random_study(struct small *small, GRand *dice, guint n, double density)
{
	static const char *const sectors[] = { "a", "b", "c" };
	small_init(small, n);
	for (guint i = 0; i < n; i++)
		small->all[i]->sector = sectors[g_rand_int_range(dice, 0, 3)];
	for (guint i = 0; i < n; i++)
		for (guint j = i + 1; j < n; j++)
			if (g_rand_double(dice) < density)
				small_tie(small, i, j, NULL);
	return small_study(small, STUDY_MEASURES);
}

static void gold(void)
{
	struct small small;
	struct study *study = karate_study(&small);
	small_assert_near(small_value(study, "closeness-centralization"), .298195, 1e-6);
	small_assert_near(small_value(study, "eigenvector-centralization"), .645850, 1e-6);
	g_assert_cmpfloat(small_value(study, "member-connectivity"), ==, 1);
	g_assert_cmpfloat(small_value(study, "tie-connectivity"), ==, 1);
	/* Two clubs that split by friendship: luck never does that. */
	small_assert_near(small_value(study, "ei-sector-p"), 1. / 1001, 1e-12);
	/* Other networks drawn would give another figure: it is no bound. */
	g_autofree char *luck = study_sentence(study, measure_find("ei-sector-p"), -1);
	g_assert_nonnull(strstr(luck, "about 0.1 % of such networks"));
	g_assert_true(isnan(small_value(study, "ei-territory-p")));
	g_assert_cmpfloat(small_value(study, "stage"), ==, 4);
	study_unref(study);
	small_release(&small);
}

static double pairs_of(double n)
{
	return n * (n - 1) / 2;
}

static void count_sides(const struct net *net, guint core, double *inside, double *outside)
{
	*inside = *outside = 0;
	for (guint e = 0; e < net->m; e++) {
		guint a = core >> net->from[e] & 1, b = core >> net->to[e] & 1;
		*inside += a && b;
		*outside += !a && !b;
	}
}

/* The core that is found must make as few errors as the best of all subsets. */
static void brute_core(void)
{
	g_autoptr(GRand) dice = g_rand_new_with_seed(21);
	for (guint round = 0; round < 80; round++) {
		struct small small;
		guint n = 2 + round % (MOST - 1);
		struct study *study = random_study(&small, dice, n, .15 + round % 5 * .2);
		const struct net *net = study_net(study);
		guint size = (guint)lround(small_value(study, "core-size") * n);
		double least = INFINITY, inside = 0, outside = 0, choices = 0, best = INFINITY;
		for (guint core = 0; core < 1u << n; core++) {
			double in, out;
			guint k = (guint)__builtin_popcount(core);
			count_sides(net, core, &in, &out);
			double errors = pairs_of(k) - in + out;
			best = MIN(best, errors);
			if (k != size || errors > least)
				continue;
			if (errors < least)
				inside = outside = choices = 0;
			least = errors;
			inside += in;
			outside += out;
			choices++;
		}
		g_assert_cmpfloat(least, ==, best);
		inside /= choices;
		outside /= choices;
		double wanted = pairs_of(size), all = wanted + pairs_of(n - size);
		double ties = inside + outside;
		double spread = sqrt(wanted * (all - wanted) * ties * (all - ties));
		double fit = (inside * all - wanted * ties) / spread;
		if (spread > 0)
			small_assert_near(small_value(study, "core-fit"), fit, 1e-9);
		else
			g_assert_true(isnan(small_value(study, "core-fit")));
		study_unref(study);
		small_release(&small);
	}
}

/* Whether those that are left, without some ties, are in one piece. */
static bool whole(const struct net *net, guint left, guint64 ties)
{
	guint seen = left & (~left + 1), before = 0;
	while (seen != before) {
		before = seen;
		for (guint e = 0; e < net->m; e++) {
			guint both = 1u << net->from[e] | 1u << net->to[e];
			if (ties >> e & 1 && (left & both) == both && (seen & both) != 0)
				seen |= both;
		}
	}
	return seen == left;
}

static void brute_connectivity(void)
{
	g_autoptr(GRand) dice = g_rand_new_with_seed(22);
	guint tried = 0;
	for (guint round = 0; round < 150; round++) {
		struct small small;
		guint n = 2 + round % 6;
		struct study *study = random_study(&small, dice, n, .5 + round % 5 * .1);
		const struct net *net = study_net(study);
		guint64 ties = ((guint64)1 << net->m) - 1;
		guint all = (1u << n) - 1, members = n - 1, least = net->m;
		if (whole(net, all, ties)) {
			tried++;
			for (guint gone = 0; gone < all; gone++)
				if (!whole(net, all & ~gone, ties))
					members = MIN(members, (guint)__builtin_popcount(gone));
			for (guint64 gone = 0; net->m <= 14 && gone <= ties; gone++)
				if (!whole(net, all, ties & ~gone))
					least = MIN(least, (guint)__builtin_popcountll(gone));
			g_assert_cmpfloat(small_value(study, "member-connectivity"), ==, members);
			if (net->m <= 14)
				g_assert_cmpfloat(small_value(study, "tie-connectivity"), ==,
						  least);
		}
		study_unref(study);
		small_release(&small);
	}
	g_assert_cmpuint(tried, >, 50);
}

/* Two cliques of four with two ties between them: those two are the cut. */
static void two_sides(void)
{
	struct small small;
	small_init(&small, 8);
	for (guint c = 0; c < 8; c += 4)
		for (guint i = 0; i < 4; i++)
			for (guint j = i + 1; j < 4; j++)
				small_tie(&small, c + i, c + j, NULL);
	small_tie(&small, 2, 5, NULL);
	small_tie(&small, 3, 4, NULL);
	struct study *study = small_study(&small, STUDY_MEASURES);
	const struct net *net = study_net(study);
	struct flow *flow = flow_new(net);
	const guint8 side[8] = { FLOW_NEAR, FLOW_NEAR, 0, 0, 0, 0, FLOW_FAR, FLOW_FAR };
	g_autoptr(GArray) cut = g_array_new(FALSE, FALSE, sizeof(guint));
	g_assert_cmpuint(flow_ties(flow, side, 100), ==, 2);
	flow_cut(flow, side, cut);
	g_assert_cmpuint(cut->len, ==, 2);
	for (guint i = 0; i < 2; i++) {
		guint e = g_array_index(cut, guint, i);
		g_assert_cmpuint(net->from[e] + net->to[e], ==, 7);
	}
	g_assert_cmpuint(flow_ties(flow, side, 1), ==, 1);
	g_assert_cmpuint(flow_members(flow, side, 9), ==, 2);
	g_array_set_size(cut, 0);
	flow_gate(flow, side, cut);
	g_assert_cmpuint(cut->len, ==, 2);
	flow_free(flow);
	study_unref(study);
	small_release(&small);
}

static struct study *shape(struct small *small, const guint (*pairs)[2], guint ties, guint n)
{
	small_init(small, n);
	small_ties(small, pairs, ties);
	return small_study(small, STUDY_MEASURES);
}

static void stages(void)
{
	static const guint star[][2] = { { 0, 1 }, { 0, 2 }, { 0, 3 }, { 0, 4 }, { 0, 5 } };
	static const guint pieces[][2] = { { 0, 1 }, { 2, 3 }, { 4, 5 } };
	static const guint ring[][2] = {
		{ 0, 1 }, { 1, 2 }, { 2, 3 }, { 3, 4 }, { 4, 5 }, { 5, 0 }
	};
	static const guint unequal[][2] = { { 0, 1 }, { 0, 2 }, { 0, 3 }, { 4, 5 } };
	static const struct {
		const guint (*pairs)[2];
		guint ties;
		double stage, hub;
	} shapes[] = { { star, 5, 2, 1. / 6 },
		       { pieces, 3, 1, 1 },
		       { ring, 6, 3, 1 },
		       { unequal, 4, 2, .25 } };
	for (guint i = 0; i < G_N_ELEMENTS(shapes); i++) {
		struct small small;
		struct study *study = shape(&small, shapes[i].pairs, shapes[i].ties, 6);
		g_assert_cmpfloat(small_value(study, "stage"), ==, shapes[i].stage);
		small_assert_near(small_value(study, "without-hub"), shapes[i].hub, 1e-12);
		study_unref(study);
		small_release(&small);
	}
	/* Two parts are the largest: the hub's own falls apart. */
	static const guint halves[][2] = { { 0, 1 }, { 0, 2 }, { 0, 3 },
					   { 4, 5 }, { 5, 6 }, { 6, 7 } };
	struct small small;
	struct study *study = shape(&small, halves, G_N_ELEMENTS(halves), 8);
	small_assert_near(small_value(study, "without-hub"), .25, 1e-12);
	study_unref(study);
	small_release(&small);
	study = shape(&small, star, 5, 6);
	small_assert_near(small_value(study, "closeness-centralization"), 1, 1e-12);
	study_unref(study);
	small_release(&small);
}

/* Two triangles, each its own sector: the same; one sector for both: nothing in common. */
static void agreement(void)
{
	static const guint pairs[][2] = {
		{ 0, 1 }, { 1, 2 }, { 2, 0 }, { 3, 4 }, { 4, 5 }, { 5, 3 }
	};
	static const double wanted[] = { 1, 0 };
	for (guint one = 0; one < 2; one++) {
		struct small small;
		small_init(&small, 7);
		for (guint i = 0; i < 7; i++)
			small.all[i]->sector = i < 3 || one ? "a" : "b";
		small_ties(&small, pairs, G_N_ELEMENTS(pairs));
		struct study *study = small_study(&small, STUDY_MEASURES);
		small_assert_near(small_value(study, "circles-sector"), wanted[one], 1e-12);
		g_assert_true(isnan(small_value(study, "circles-territory")));
		study_unref(study);
		small_release(&small);
	}
}

static void say(struct small *small, guint i, const char *offers, const char *needs)
{
	static const char *const words[] = { "space", "training" };
	const char *lists[] = { offers, needs };
	struct items *items[] = { &small->all[i]->offers, &small->all[i]->needs };
	for (guint l = 0; l < 2; l++) {
		guint n = (guint)strlen(lists[l]);
		struct exchange *rows = pool_alloc(small->pool, (n + 1) * sizeof *rows);
		for (guint k = 0; k < n; k++) {
			record_clear(&exchange_type, &rows[k]);
			rows[k].capacity = words[lists[l][k] == 't'];
		}
		items[l]->at = rows;
		items[l]->n = n;
	}
}

/* Member 0 needs three times what mostly it alone offers: nobody serves itself. */
static void matched(void)
{
	struct small small;
	small_init(&small, 4);
	say(&small, 0, "ttt", "ttt");
	say(&small, 1, "t", "");
	say(&small, 2, "s", "t");
	say(&small, 3, "", "s");
	struct study *study = small_study(&small, STUDY_MEASURES);
	g_assert_cmpfloat(small_value(study, "offers"), ==, 5);
	g_assert_cmpfloat(small_value(study, "needs"), ==, 5);
	g_assert_cmpfloat(small_value(study, "needs-matched"), ==, 3);
	g_assert_cmpfloat(small_value(study, "needs-unmet"), ==, 2);
	study_unref(study);
	small_release(&small);
}

/* Today is 2026-11-22. */
static void turnover(void)
{
	static const struct date dates[][2] = {
		{ { 2020, 0, 0 }, { 0 } },	    /* kept */
		{ { 0 }, { 0 } },		    /* kept: always there */
		{ { 2026, 2, 0 }, { 0 } },	    /* began */
		{ { 2020, 0, 0 }, { 2026, 3, 1 } }, /* ended */
		{ { 2020, 0, 0 }, { 2024, 3, 1 } }, /* long over */
		{ { 2026, 1, 0 }, { 2026, 3, 1 } }, /* came and went */
	};
	struct small small;
	small_init(&small, 7);
	for (guint i = 0; i < G_N_ELEMENTS(dates); i++) {
		struct partnership *row = small_tie(&small, 0, i + 1, i % 2 ? "integration" : NULL);
		row->since = dates[i][0];
		row->until = dates[i][1];
		row->kinds = small_list(&small, "training", i == 0 ? "research" : NULL);
	}
	small_tie(&small, 2, 0, "cooperation")->kinds = small_list(&small, "funding", NULL);
	struct study *study = small_study(&small, STUDY_MEASURES);
	g_assert_cmpfloat(small_value(study, "ties-began"), ==, 1);
	g_assert_cmpfloat(small_value(study, "ties-ended"), ==, 1);
	small_assert_near(small_value(study, "continuity"), .5, 1e-12);
	small_assert_near(small_value(study, "depth-integration"), .5, 1e-12);
	small_assert_near(small_value(study, "depth-unknown"), .5, 1e-12);
	g_assert_cmpfloat(small_value(study, "depth-cooperation"), ==, 0);
	small_assert_near(small_value(study, "multiplexity"), 2. / 6, 1e-12);
	study_unref(study);
	small_release(&small);
}

/* No members, one, two: no value, or one that is right, and no crash. */
static void tiny(void)
{
	static const char *const none[] = { "closeness-centralization",
					    "stage",
					    "core-fit",
					    "continuity",
					    "without-hub",
					    "circles-sector" };
	for (guint n = 0; n < 3; n++) {
		struct small small;
		small_init(&small, n);
		struct study *study = small_study(&small, STUDY_MEASURES);
		for (guint i = 0; i < G_N_ELEMENTS(none); i++)
			g_assert_true(isnan(small_value(study, none[i])));
		g_assert_true(isnan(small_value(study, "member-connectivity")));
		study_unref(study);
		small_release(&small);
	}
	static const guint pair[][2] = { { 0, 1 } };
	struct small small;
	struct study *study = shape(&small, pair, 1, 2);
	g_assert_cmpfloat(small_value(study, "member-connectivity"), ==, 1);
	g_assert_cmpfloat(small_value(study, "tie-connectivity"), ==, 1);
	study_unref(study);
	small_release(&small);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/shape/gold", gold);
	g_test_add_func("/shape/core", brute_core);
	g_test_add_func("/shape/connectivity", brute_connectivity);
	g_test_add_func("/shape/sides", two_sides);
	g_test_add_func("/shape/stages", stages);
	g_test_add_func("/shape/agreement", agreement);
	g_test_add_func("/shape/matched", matched);
	g_test_add_func("/shape/turnover", turnover);
	g_test_add_func("/shape/tiny", tiny);
	return g_test_run();
}
