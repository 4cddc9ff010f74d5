/*
 * Key players against Borgatti's measures on the karate club and against all sets
 * of small random networks.
 */
#include "graph/keyplayers.h"
#include "tests/unit/graph_karate.h"

#include "base/errors.h"

static struct key_players *find(const struct study *study, enum key_goal goal, guint count)
{
	g_autoptr(GError) error = NULL;
	struct key_players *players = key_players_find(study, goal, count, NULL, &error);
	g_assert_no_error(error);
	return players;
}

static guint bits(const struct key_players *players)
{
	guint set = 0;
	for (guint i = 0; i < players->members->len; i++)
		set |= 1u << g_array_index(players->members, guint, i) % 32;
	return set;
}

static void gold(void)
{
	static const struct {
		enum key_goal goal;
		guint count, set;
		double value;
	} gold[] = {
		{ KEY_BREAK, 1, 1u << 0, .641540 },
		{ KEY_BREAK, 2, 1u << 0 | 1u << 1, .684409 },
		{ KEY_REACH, 2, 1u << 0 | 1u << (33 % 32), .955882 },
	};
	struct small small;
	struct study *study = karate_study(&small);
	for (guint i = 0; i < G_N_ELEMENTS(gold); i++) {
		struct key_players *players = find(study, gold[i].goal, gold[i].count);
		small_assert_near(players->value, gold[i].value, 1e-6);
		if (gold[i].goal == KEY_BREAK)
			g_assert_cmpuint(bits(players), ==, gold[i].set);
		else
			g_assert_cmpuint(players->members->len, ==, 2);
		key_players_free(players);
	}
	study_unref(study);
	small_release(&small);
}

/* Distances without the members of `gone`, by Floyd and Warshall; INFINITY: none. */
static void distances(const struct net *net, guint gone, double d[8][8])
{
	for (guint a = 0; a < 8; a++)
		for (guint b = 0; b < 8; b++) {
			bool there = a < net->n && b < net->n && !((gone >> a | gone >> b) & 1);
			d[a][b] = !there   ? INFINITY
				  : a == b ? 0
					   : (net_has_edge(net, a, b) ? 1 : INFINITY);
		}
	for (guint k = 0; k < 8; k++)
		for (guint a = 0; a < 8; a++)
			for (guint b = 0; b < 8; b++)
				d[a][b] = MIN(d[a][b], d[a][k] + d[k][b]);
}

static double by_definition(const struct net *net, enum key_goal goal, guint set)
{
	double d[8][8], sum = 0, left = net->n - (double)__builtin_popcount(set);
	distances(net, goal == KEY_BREAK ? set : 0, d);
	if (goal == KEY_BREAK) {
		for (guint a = 0; a < net->n; a++)
			for (guint b = 0; b < net->n; b++)
				sum += a != b ? 1 / d[a][b] : 0;
		return left > 1 ? 1 - sum / (left * (left - 1)) : 1;
	}
	for (guint b = 0; b < net->n; b++) {
		double nearest = INFINITY;
		for (guint a = 0; a < net->n; a++)
			if (set >> a & 1)
				nearest = MIN(nearest, d[a][b]);
		sum += nearest == 0 ? 1 : 1 / nearest;
	}
	return sum / net->n;
}

/* The value must be that of the set; for one member no set may be better, for two hardly. */
static void brute(void)
{
	g_autoptr(GRand) dice = g_rand_new_with_seed(5);
	guint missed = 0;
	for (guint round = 0; round < 80; round++) {
		struct small small;
		guint n = 3 + round % 6, count = 1 + round / 40;
		enum key_goal goal = round % 2 ? KEY_REACH : KEY_BREAK;
		small_init(&small, n);
		for (guint i = 0; i < n; i++)
			for (guint j = i + 1; j < n; j++)
				if (g_rand_double(dice) < .35)
					small_tie(&small, i, j, NULL);
		struct study *study = small_study(&small, STUDY_MEASURES);
		const struct net *net = study_net(study);
		struct key_players *players = find(study, goal, count);
		double best = 0;
		for (guint set = 0; set < 1u << n; set++)
			if ((guint)__builtin_popcount(set) == count)
				best = MAX(best, by_definition(net, goal, set));
		g_assert_cmpuint(players->members->len, ==, count);
		small_assert_near(players->value, by_definition(net, goal, bits(players)), 1e-12);
		if (count == 1)
			small_assert_near(players->value, best, 1e-12);
		missed += players->value < best - 1e-9;
		key_players_free(players);
		study_unref(study);
		small_release(&small);
	}
	g_assert_cmpuint(missed, <=, 4);
}

/* More than there are, none at all, and a person who does not want to wait. */
static void edges(void)
{
	struct small small;
	small_init(&small, 2);
	small_tie(&small, 0, 1, NULL);
	struct study *study = small_study(&small, STUDY_MEASURES);
	struct key_players *all = find(study, KEY_REACH, 9), *none = find(study, KEY_BREAK, 0);
	g_assert_cmpuint(all->members->len, ==, 2);
	g_assert_cmpfloat(all->value, ==, 1);
	g_assert_cmpuint(none->members->len, ==, 0);
	g_assert_cmpfloat(none->value, ==, 0);
	key_players_free(all);
	key_players_free(none);
	g_autoptr(GCancellable) cancel = g_cancellable_new();
	g_autoptr(GError) error = NULL;
	g_cancellable_cancel(cancel);
	g_assert_null(key_players_find(study, KEY_REACH, 1, cancel, &error));
	g_assert_error(error, TELAR_ERROR, TELAR_ERROR_CANCELLED);
	study_unref(study);
	small_release(&small);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/keyplayers/gold", gold);
	g_test_add_func("/keyplayers/brute", brute);
	g_test_add_func("/keyplayers/edges", edges);
	return g_test_run();
}
