/*
 * Measures against their definitions, carried out word by word over sets of members,
 * on every network of up to seven members and on random ones of eight.
 */
#include "graph/cut.h"
#include "graph/keyplayers.h"
#include "tests/unit/graph_all.h"

#include <string.h>

/* A network with what was computed of it. */
struct seen {
	const struct tiny *tiny;
	const struct study *study;
};

static guint count(guint set)
{
	return (guint)__builtin_popcount(set);
}

static guint whole(const struct tiny *tiny)
{
	return (1u << tiny->n) - 1;
}

/* Who can be reached from v when only those of `set` are there, v among them. */
static guint reach(const struct tiny *tiny, guint v, guint set)
{
	guint found = 1u << v & set, before = 0;
	while (found != before) {
		before = found;
		for (guint w = 0; w < tiny->n; w++)
			if (found >> w & 1)
				found |= tiny->tie[w] & set;
	}
	return found;
}

static guint ties_within(const struct tiny *tiny, guint set)
{
	guint twice = 0;
	for (guint v = 0; v < tiny->n; v++)
		twice += set >> v & 1 ? count(tiny->tie[v] & set) : 0;
	return twice / 2;
}

static void is(const struct seen *seen, const char *id, double ours, double meant)
{
	guint ties[ALL_MOST];
	memcpy(ties, seen->tiny->tie, sizeof ties);
	if (isnan(ours) && isnan(meant))
		return;
	if (!(fabs(ours - meant) <= 1e-9))
		g_error("%s: %.12g, by definition %.12g, of %u members with ties %x %x %x %x %x %x "
			"%x %x",
			id, ours, meant, seen->tiny->n, ties[0], ties[1], ties[2], ties[3], ties[4],
			ties[5], ties[6], ties[7]);
}

static void is_value(const struct seen *seen, const char *id, double meant)
{
	is(seen, id, small_value(seen->study, id), meant);
}

static void is_of(const struct seen *seen, const char *id, guint v, double meant)
{
	is(seen, id, small_of(seen->study, id, v), meant);
}

/* --- what hangs on what ------------------------------------------------------------------- */

static guint parts(const struct tiny *tiny, guint set)
{
	guint n = 0;
	for (guint v = 0; v < tiny->n; v++)
		n += set >> v & 1 && reach(tiny, v, set) >> v == 1; /* v is the last of its part */
	return n;
}

/* Members that lose the largest part of what v leaves of its own. */
static guint cut_off(const struct tiny *tiny, guint v)
{
	guint part = reach(tiny, v, whole(tiny)) & ~(1u << v), most = 0;
	for (guint w = 0; w < tiny->n; w++)
		if (part >> w & 1)
			most = MAX(most, count(reach(tiny, w, part)));
	return count(part) - most;
}

/* Members on the smaller side of the tie a–b without it; 0 when there is another way. */
static guint depends(const struct tiny *tiny, guint a, guint b)
{
	struct tiny without = *tiny;
	without.tie[a] &= ~(1u << b);
	without.tie[b] &= ~(1u << a);
	guint one = reach(&without, a, whole(tiny)), other = reach(&without, b, whole(tiny));
	return one >> b & 1 ? 0 : MIN(count(one), count(other));
}

static void check_hanging(const struct seen *seen)
{
	const struct tiny *tiny = seen->tiny;
	const struct net *net = study_net(seen->study);
	g_autofree double *bridge = study_values(seen->study, measure_find("tie-bridge"));
	double n = tiny->n, linked = 0, cuts = 0, bridges = 0, largest = 0;
	for (guint v = 0; v < tiny->n; v++) {
		guint part = count(reach(tiny, v, whole(tiny)));
		guint others = whole(tiny) & ~(1u << v);
		/* Without it there are more parts than without an isolate. */
		cuts += parts(tiny, others) > parts(tiny, whole(tiny)) - (tiny->tie[v] == 0);
		linked += part - 1;
		largest = MAX(largest, part);
		is_of(seen, "component", v, part);
		is_of(seen, "cut-off", v, cut_off(tiny, v));
	}
	for (guint e = 0; e < net->m; e++) {
		guint side = depends(tiny, net->from[e], net->to[e]);
		bridges += side > 0;
		is(seen, "tie-bridge", bridge[e], side);
	}
	is_value(seen, "cut-members", cuts);
	is_value(seen, "bridges", bridges);
	is_value(seen, "components", parts(tiny, whole(tiny)));
	is_value(seen, "main-component", n > 0 ? largest / n : NAN);
	is_value(seen, "connectedness", n > 1 ? linked / (n * (n - 1)) : NAN);
	is_value(seen, "fragmentation", n > 1 ? 1 - linked / (n * (n - 1)) : NAN);
}

/* --- cores -------------------------------------------------------------------------------- */

/* The largest k of which v is in a set where everybody has k partners. */
static guint coreness(const struct tiny *tiny, guint v)
{
	guint best = 0;
	for (guint set = 0; set <= whole(tiny); set++) {
		guint least = tiny->n;
		if (!(set >> v & 1))
			continue;
		for (guint w = 0; w < tiny->n; w++)
			if (set >> w & 1)
				least = MIN(least, count(tiny->tie[w] & set));
		best = MAX(best, least);
	}
	return best;
}

static double errors(const struct tiny *tiny, guint core)
{
	double size = count(core);
	return size * (size - 1) / 2 - ties_within(tiny, core) +
	       ties_within(tiny, whole(tiny) & ~core);
}

static guint degrees(const struct tiny *tiny, guint set)
{
	guint sum = 0;
	for (guint v = 0; v < tiny->n; v++)
		sum += set >> v & 1 ? count(tiny->tie[v]) : 0;
	return sum;
}

/* Correlation over pairs inside and outside of a core of `size`, mean ties of all the best ones. */
static double fit(const struct tiny *tiny, guint size)
{
	guint most = 0;
	double inside = 0, outside = 0, ways = 0;
	for (guint set = 0; set <= whole(tiny); set++)
		if (count(set) == size)
			most = MAX(most, degrees(tiny, set));
	for (guint set = 0; set <= whole(tiny); set++) {
		if (count(set) != size || degrees(tiny, set) != most)
			continue;
		inside += ties_within(tiny, set);
		outside += ties_within(tiny, whole(tiny) & ~set);
		ways++;
	}
	double x = size * (size - 1.) / 2, rest = tiny->n - (double)size;
	double all = x + rest * (rest - 1) / 2, y = (inside + outside) / ways;
	double both = inside / ways / all - x / all * y / all;
	double spread = x / all * (1 - x / all) * (y / all) * (1 - y / all);
	return spread > 1e-12 ? both / sqrt(spread) : NAN;
}

static void check_cores(const struct seen *seen)
{
	const struct tiny *tiny = seen->tiny;
	double share = small_value(seen->study, "core-size"), best = INFINITY, ours = INFINITY;
	guint deepest = 0, size = (guint)lround(share * tiny->n);
	for (guint v = 0; v < tiny->n; v++) {
		guint depth = coreness(tiny, v);
		deepest = MAX(deepest, depth);
		is_of(seen, "coreness", v, depth);
	}
	is_value(seen, "max-coreness", deepest);
	for (guint set = 0; set <= whole(tiny); set++) {
		best = MIN(best, errors(tiny, set));
		if (count(set) == size)
			ours = MIN(ours, errors(tiny, set));
	}
	is(seen, "errors of the core", ours, best);
	is_value(seen, "core-fit", size > 0 ? fit(tiny, size) : NAN);
}

/* --- who is between whom ------------------------------------------------------------------ */

/* Burt: (1/d + sum over q of 1/d(v) 1/d(q))^2 over the partners. */
static double constraint(const struct tiny *tiny, guint v)
{
	double sum = 0, d = count(tiny->tie[v]);
	for (guint j = 0; j < tiny->n; j++) {
		double hold = 1 / d;
		for (guint q = 0; q < tiny->n; q++)
			if (tiny->tie[v] >> q & 1 && tiny->tie[q] >> j & 1)
				hold += 1 / d / count(tiny->tie[q]);
		sum += tiny->tie[v] >> j & 1 ? hold * hold : 0;
	}
	return d > 0 ? sum : NAN;
}

static void check_roles(const struct seen *seen, guint v, const int *group, const char *by)
{
	static const char *const names[] = { "coordinator", "itinerant", "gatekeeper",
					     "representative", "liaison" };
	const struct tiny *tiny = seen->tiny;
	double found[5] = { 0 };
	for (guint a = 0; a < tiny->n; a++)
		for (guint b = 0; b < tiny->n; b++) {
			bool open = a != b && tiny->tie[v] >> a & 1 && tiny->tie[v] >> b & 1 &&
				    !(tiny->tie[a] >> b & 1);
			int x = group[a], own = group[v], y = group[b];
			if (!open || x < 0 || y < 0)
				continue;
			found[x == own && y == own ? 0
			      : x == y		   ? 1
			      : y == own	   ? 2
			      : x == own	   ? 3
						   : 4]++;
		}
	for (guint r = 0; r < G_N_ELEMENTS(names); r++) {
		g_autofree char *id = g_strconcat(names[r], "-", by, NULL);
		is_of(seen, id, v, group[v] < 0 ? NAN : found[r]);
	}
}

static void check_ei(const struct seen *seen, const int *group, const char *by)
{
	const struct tiny *tiny = seen->tiny;
	g_autofree char *id = g_strconcat("ei-", by, NULL), *own = g_strconcat("own-ei-", by, NULL);
	double inside = 0, across = 0;
	for (guint v = 0; v < tiny->n; v++) {
		double in = 0, out = 0;
		for (guint w = 0; w < tiny->n; w++) {
			bool known = group[v] >= 0 && group[w] >= 0;
			if (!(tiny->tie[v] >> w & 1) || !known)
				continue;
			in += group[v] == group[w];
			out += group[v] != group[w];
		}
		inside += in;
		across += out;
		is_of(seen, own, v, in + out > 0 ? (out - in) / (out + in) : NAN);
	}
	is_value(seen, id, inside + across > 0 ? (across - inside) / (across + inside) : NAN);
}

static void check_positions(const struct seen *seen)
{
	const struct tiny *tiny = seen->tiny;
	for (guint v = 0; v < tiny->n; v++) {
		double d = count(tiny->tie[v]), t = ties_within(tiny, tiny->tie[v]);
		is_of(seen, "constraint", v, constraint(tiny, v));
		is_of(seen, "effective-size", v, d > 0 ? d - 2 * t / d : NAN);
		is_of(seen, "burt-efficiency", v, d > 0 ? 1 - 2 * t / (d * d) : NAN);
		is_of(seen, "clustering", v, d > 1 ? t / (d * (d - 1) / 2) : NAN);
		check_roles(seen, v, tiny->sector, "sector");
		check_roles(seen, v, tiny->territory, "territory");
	}
	check_ei(seen, tiny->sector, "sector");
	check_ei(seen, tiny->territory, "territory");
}

/* --- between two -------------------------------------------------------------------------- */

/* The ties that leave a set, as bits of pairs. */
static guint64 leaving(const struct tiny *tiny, guint set)
{
	guint64 ties = 0;
	for (guint v = 0; v < tiny->n; v++)
		for (guint w = v + 1; w < tiny->n; w++)
			if (tiny->tie[v] >> w & 1 && (set >> v & 1) != (set >> w & 1))
				ties |= (guint64)1 << (v * ALL_MOST + w);
	return ties;
}

/* The fewest ties that leave a set with a and without b; whether there are several choices. */
static guint fewest_ties(const struct tiny *tiny, guint a, guint b, bool *several)
{
	guint best = G_MAXUINT;
	guint64 first = 0;
	for (guint set = 0; set <= whole(tiny); set++) {
		guint ties = degrees(tiny, set) - 2 * ties_within(tiny, set);
		if (!(set >> a & 1) || set >> b & 1 || ties > best)
			continue;
		*several = ties == best && (*several || leaving(tiny, set) != first);
		first = ties == best ? first : leaving(tiny, set);
		best = ties;
	}
	return best;
}

/* The fewest others without whom b is out of reach; they are no partners. */
static guint fewest_members(const struct tiny *tiny, guint a, guint b, bool *several)
{
	guint best = G_MAXUINT, ends = 1u << a | 1u << b;
	for (guint gone = 0; gone <= whole(tiny); gone++) {
		if (gone & ends || reach(tiny, a, whole(tiny) & ~gone) >> b & 1 ||
		    count(gone) > best)
			continue;
		*several = count(gone) == best;
		best = count(gone);
	}
	return best;
}

static void same_members(const struct seen *seen, const GArray *one, const GArray *two)
{
	is(seen, "as many from the other side", one->len, two->len);
	for (guint i = 0; i < one->len; i++)
		is(seen, "the same from the other side", g_array_index(one, guint, i),
		   g_array_index(two, guint, i));
}

static guint steps(const struct tiny *tiny, guint a, guint b)
{
	guint found = 1u << a;
	for (guint n = 0; n < tiny->n; n++) {
		if (found >> b & 1)
			return n;
		for (guint v = 0, from = found; v < tiny->n; v++)
			found |= from >> v & 1 ? tiny->tie[v] : 0;
	}
	return 0;
}

static void check_cut(const struct seen *seen, guint a, guint b)
{
	const struct tiny *tiny = seen->tiny;
	const struct net *net = study_net(seen->study);
	bool partners = tiny->tie[a] >> b & 1;
	guint8 side[ALL_MOST] = { 0 };
	struct tiny left = *tiny;
	guint stay = whole(tiny);
	side[a] = FLOW_NEAR;
	side[b] = FLOW_FAR;
	struct cut *cut = cut_find(net, side);
	is(seen, "distance", cut->distance, steps(tiny, a, b));
	is(seen, "direct ties", cut->direct->len, partners);
	bool other_ties = false, other_members = false;
	is(seen, "ties between two", cut->ties->len, fewest_ties(tiny, a, b, &other_ties));
	is(seen, "other ties between two", cut->other_ties, other_ties);
	for (guint i = 0; i < cut->ties->len; i++) {
		guint e = g_array_index(cut->ties, guint, i);
		left.tie[net->from[e]] &= ~(1u << net->to[e]);
		left.tie[net->to[e]] &= ~(1u << net->from[e]);
	}
	is(seen, "a way left by the ties", reach(&left, a, whole(tiny)) >> b & 1, 0);
	is(seen, "members between two", cut->gate->len,
	   partners ? 0 : fewest_members(tiny, a, b, &other_members));
	is(seen, "other members between two", cut->other_gate, other_members);
	side[a] = FLOW_FAR;
	side[b] = FLOW_NEAR;
	struct cut *turned = cut_find(net, side);
	same_members(seen, turned->ties, cut->ties);
	same_members(seen, turned->gate, cut->gate);
	cut_free(turned);
	for (guint i = 0; i < cut->gate->len; i++)
		stay &= ~(1u << g_array_index(cut->gate, guint, i));
	is(seen, "a way left by the members", reach(tiny, a, stay) >> b & 1, partners);
	cut_free(cut);
}

static void check_cuts(const struct seen *seen)
{
	for (guint a = 0; a < seen->tiny->n; a++)
		for (guint b = a + 1; b < seen->tiny->n; b++)
			check_cut(seen, a, b);
}

/* --- key players -------------------------------------------------------------------------- */

static double pulled_apart(const struct tiny *tiny, guint gone)
{
	struct tiny left = *tiny;
	double sum = 0, stay = tiny->n - (double)count(gone);
	for (guint v = 0; v < tiny->n; v++)
		left.tie[v] = gone >> v & 1 ? 0 : tiny->tie[v] & ~gone;
	for (guint a = 0; a < tiny->n; a++)
		for (guint b = 0; b < tiny->n; b++) {
			guint far = a == b ? 0 : steps(&left, a, b);
			sum += far > 0 ? 1. / far : 0;
		}
	return stay > 1 ? 1 - sum / (stay * (stay - 1)) : 1;
}

static double reached(const struct tiny *tiny, guint set)
{
	double sum = 0;
	for (guint v = 0; v < tiny->n; v++) {
		guint nearest = G_MAXUINT;
		for (guint w = 0; w < tiny->n; w++) {
			guint far = set >> w & 1 && w != v ? steps(tiny, v, w) : 0;
			nearest = far > 0 ? MIN(nearest, far) : nearest;
		}
		sum += set >> v & 1 ? 1 : nearest == G_MAXUINT ? 0 : 1. / nearest;
	}
	return sum / tiny->n;
}

/* How many of the sets of two that were found are not the best; for one that is an error. */
static guint check_key_players(const struct seen *seen, enum key_goal goal)
{
	const struct tiny *tiny = seen->tiny;
	double (*by_definition)(const struct tiny *tiny, guint set) =
		goal == KEY_BREAK ? pulled_apart : reached;
	guint missed = 0;
	for (guint n = 1; n <= 2 && n <= tiny->n; n++) {
		struct key_players *players = key_players_find(seen->study, goal, n, NULL, NULL);
		double best = 0;
		guint found = 0;
		for (guint i = 0; i < players->members->len; i++)
			found |= 1u << g_array_index(players->members, guint, i);
		for (guint set = 0; set <= whole(tiny); set++)
			if (count(set) == n)
				best = MAX(best, by_definition(tiny, set));
		is(seen, "key players", count(found), n);
		is(seen, "what key players do", players->value, by_definition(tiny, found));
		if (n == 1)
			is(seen, "the best key player", players->value, best);
		missed += players->value < best - 1e-9;
		key_players_free(players);
	}
	return missed;
}

/* --- all of them -------------------------------------------------------------------------- */

struct rounds {
	GRand *dice;
	guint sets, missed; /* of two key players: that were looked for, that were not the best */
};

static void check(struct tiny *tiny, gpointer data)
{
	struct rounds *rounds = data;
	struct small small;
	tiny_dress(tiny, rounds->dice);
	struct study *study = tiny_study(tiny, NULL, &small);
	struct seen seen = { tiny, study };
	check_hanging(&seen);
	check_cores(&seen);
	check_positions(&seen);
	check_cuts(&seen);
	rounds->missed += check_key_players(&seen, KEY_BREAK);
	rounds->missed += check_key_players(&seen, KEY_REACH);
	rounds->sets += 2;
	study_unref(study);
	small_release(&small);
}

/* If it fails, there is a network of seven on which a number is not what its row says. */
static void every_small_one(void)
{
	static const guint shapes[] = { 0, 1, 2, 4, 11, 34, 156, 1044 };
	g_autoptr(GRand) dice = g_rand_new_with_seed(2211);
	struct rounds rounds = { .dice = dice };
	for (guint n = 1; n < G_N_ELEMENTS(shapes); n++)
		g_assert_cmpuint(all_of(n, check, &rounds), ==, shapes[n]);
	g_assert_cmpuint(rounds.missed * 20, <=, rounds.sets);
}

static void random_ones(void)
{
	g_autoptr(GRand) dice = g_rand_new_with_seed(2212);
	struct rounds rounds = { .dice = dice };
	for (guint round = 0; round < 2000; round++) {
		struct tiny tiny = { .n = 8 };
		double density = .1 + round % 7 * .1;
		for (guint a = 0; a < tiny.n; a++)
			for (guint b = a + 1; b < tiny.n; b++)
				if (g_rand_double(dice) < density)
					tiny_tie(&tiny, a, b);
		check(&tiny, &rounds);
	}
	g_assert_cmpuint(rounds.missed * 20, <=, rounds.sets);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/every/small-one", every_small_one);
	g_test_add_func("/every/random-one", random_ones);
	return g_test_run();
}
