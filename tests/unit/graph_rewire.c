/*
 * Networks drawn at random: of all that have the given degrees each must come as often
 * as any other, which is what p-values rest on. All of them are counted here.
 */
#include "graph/rewire.h"

#include <math.h>
#include <string.h>

#define SIDE  7
#define PAIRS (SIDE * (SIDE - 1) / 2)
#define ALL   ((guint)1 << PAIRS)

static guint pair_of(guint a, guint b)
{
	guint low = MIN(a, b), high = MAX(a, b);
	return high * (high - 1) / 2 + low;
}

static bool has_degrees(guint network, const guint *degrees)
{
	guint found[SIDE] = { 0 };
	for (guint high = 1; high < SIDE; high++)
		for (guint low = 0; low < high; low++)
			if (network >> pair_of(low, high) & 1) {
				found[low]++;
				found[high]++;
			}
	return memcmp(found, degrees, sizeof found) == 0;
}

static guint network_of(const struct rewire *rewire)
{
	guint network = 0;
	for (guint e = 0; e < rewire->m; e++) {
		guint bit = (guint)1 << pair_of(rewire->ends[e].a, rewire->ends[e].b);
		g_assert_false(network & bit);
		network |= bit;
	}
	return network;
}

/* `n`: with as many members besides as it takes to try the way for large networks. */
static void check_even(guint n, guint *from, guint *to, guint m)
{
	enum { SAMPLES = 200000, ROUNDS = 5 };
	guint degrees[SIDE] = { 0 }, kinds = 0;
	g_autofree guint *seen = g_new0(guint, ALL);
	struct net net = { .n = n, .m = m, .from = from, .to = to };
	struct rewire rewire;
	for (guint e = 0; e < m; e++) {
		degrees[from[e]]++;
		degrees[to[e]]++;
	}
	rewire_init(&rewire, &net, 11);
	g_assert_true(rewire_stir(&rewire, 50, NULL));
	for (guint i = 0; i < SAMPLES; i++) {
		g_assert_true(rewire_stir(&rewire, ROUNDS, NULL));
		seen[network_of(&rewire)]++;
	}
	rewire_release(&rewire);
	for (guint network = 0; network < ALL; network++) {
		bool may = has_degrees(network, degrees);
		g_assert_true(may || seen[network] == 0);
		kinds += may;
	}
	double expected = (double)SAMPLES / kinds, spread = 0;
	for (guint network = 0; network < ALL; network++)
		if (has_degrees(network, degrees))
			spread += pow(seen[network] - expected, 2) / expected;
	g_test_message("%u networks, chi square %.1f", kinds, spread);
	/* Five standard deviations. */
	g_assert_cmpfloat(spread, <, kinds - 1 + 5 * sqrt(2.0 * kinds));
	g_assert_cmpuint(kinds, >, 20);
}

/* A path, a hub and a triangle: much is refused, and an odd number of ties leaves one over. */
static guint odd_from[] = { 0, 0, 0, 0, 1, 3, 5 }, odd_to[] = { 1, 2, 3, 4, 2, 4, 6 };
static guint even_from[] = { 0, 1, 2, 3, 4, 5, 0, 1 }, even_to[] = { 1, 2, 3, 4, 5, 6, 3, 6 };

static void even_with_bits(void)
{
	check_even(SIDE, odd_from, odd_to, G_N_ELEMENTS(odd_from));
	check_even(SIDE, even_from, even_to, G_N_ELEMENTS(even_from));
}

static void even_with_set(void)
{
	check_even(9000, odd_from, odd_to, G_N_ELEMENTS(odd_from));
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/rewire/even-with-bits", even_with_bits);
	g_test_add_func("/rewire/even-with-set", even_with_set);
	return g_test_run();
}
