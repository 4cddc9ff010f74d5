/* Values in few bytes: a bit that were lost would be a wrong figure in a table. */
#include "graph/numbers.h"

#include <float.h>
#include <math.h>
#include <string.h>

static const double hard[] = { 0,      -0.0,	 1,	    254,	 255,	      256,
			       65534,  65535,	 65536,	    16777216,	 16777217,    -1,
			       0.5,    0.1,	 1e-320,    FLT_MIN,	 FLT_MAX,     1e300,
			       -1e300, INFINITY, -INFINITY, (double)NAN, 4294967296.0 };

static void assert_kept(const double *values, gsize n)
{
	struct numbers *numbers = numbers_new(values, n);
	g_autofree double *copy = numbers_copy(numbers);
	for (gsize i = 0; i < n; i++) {
		double kept = numbers_at(numbers, i);
		g_assert_cmpint(isnan(kept), ==, isnan(values[i]));
		if (!isnan(kept))
			g_assert_cmpint(memcmp(&kept, &values[i], sizeof kept), ==, 0);
		g_assert_cmpint(memcmp(&kept, &copy[i], sizeof kept), ==, 0);
	}
	numbers_free(numbers);
}

/* Each hard number alone, many times, and beside each other one in both orders. */
static void test_exact(void)
{
	double values[5];
	for (guint i = 0; i < G_N_ELEMENTS(hard); i++) {
		assert_kept(&hard[i], 1);
		for (guint j = 0; j < G_N_ELEMENTS(hard); j++) {
			for (guint k = 0; k < G_N_ELEMENTS(values); k++)
				values[k] = k < 3 ? hard[i] : hard[j];
			assert_kept(values, G_N_ELEMENTS(values));
		}
	}
	assert_kept(hard, G_N_ELEMENTS(hard));
	assert_kept(NULL, 0);
}

/* So many different ones over and over, around what a list of them holds; hard ones among them. */
static void test_lists(void)
{
	static const guint different[] = { 1, 2, 22, 255, 256, 257, 9000, 65536, 65537, 100000 };
	for (guint i = 0; i < G_N_ELEMENTS(different); i++) {
		for (gsize n = 4000; n < 400000; n *= 7) {
			g_autofree double *values = g_new(double, n);
			for (gsize k = 0; k < n; k++) {
				guint which = (guint)((k * 7919) % different[i]);
				values[k] = which < G_N_ELEMENTS(hard) ? hard[which] : which / 7.0;
			}
			assert_kept(values, n);
		}
	}
}

/* Ranks rest on it: those without a value count nowhere, equals are not above. */
static void test_count(void)
{
	for (guint i = 0; i < 4; i++) {
		double unit = (const double[]){ 1, 1000, 0.5, 0.1 }[i];
		double values[] = { 3 * unit, NAN, unit, 2 * unit, 2 * unit };
		struct numbers *numbers = numbers_new(values, G_N_ELEMENTS(values));
		guint having, higher;
		numbers_count(numbers, 2 * unit, &having, &higher);
		g_assert_cmpuint(having, ==, 4);
		g_assert_cmpuint(higher, ==, 1);
		numbers_free(numbers);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/graph/numbers/exact", test_exact);
	g_test_add_func("/graph/numbers/lists", test_lists);
	g_test_add_func("/graph/numbers/count", test_count);
	return g_test_run();
}
