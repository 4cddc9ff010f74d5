/*
 * The leading eigenvector where it is known on paper, and by what the matrix makes of
 * it elsewhere.  If the bits differ from call to call, so do two exports of equal data.
 */
#include "tests/unit/graph_small.h"

#include "graph/kernel/leading.h"

#include <string.h>

static struct study *studied(struct small *small)
{
	struct model *model = small_model(small);
	struct study *study = study_new(model, NULL);
	model_unref(model);
	return study;
}

static void leading(const struct study *study, double *out)
{
	const struct net *net = study_net(study);
	struct csr csr = { net->n, net->start, net->neighbour };
	struct kernel_run run = { 0 };
	g_assert_true(leading_vector(&csr, &run, out, NULL));
}

static void star(void)
{
	struct small small;
	double out[10];
	small_init(&small, 10);
	for (guint i = 1; i < 10; i++)
		small_tie(&small, 0, i, NULL);
	struct study *study = studied(&small);
	leading(study, out);
	g_assert_cmpfloat(out[0], ==, 1);
	for (guint i = 1; i < 10; i++)
		g_assert_cmpfloat(fabs(out[i] - 1.0 / 3), <, 1e-12);
	study_unref(study);
	small_release(&small);
}

/* The slow case: its two largest eigenvalues nearly agree. */
static void chain(void)
{
	struct small small;
	double out[300];
	small_init(&small, 300);
	for (guint i = 1; i < 300; i++)
		small_tie(&small, i - 1, i, NULL);
	struct study *study = studied(&small);
	leading(study, out);
	for (guint i = 0; i < 300; i++)
		g_assert_cmpfloat(fabs(out[i] - sin(G_PI * (i + 1) / 301) / sin(G_PI * 150 / 301)),
				  <, 1e-8);
	study_unref(study);
	small_release(&small);
}

/* So long that steps alone would not come to an end; the same vector to almost all digits. */
static void long_chain(void)
{
	const guint n = 6001;
	struct small small;
	g_autofree double *out = g_new(double, n);
	small_init(&small, n);
	for (guint i = 1; i < n; i++)
		small_tie(&small, i - 1, i, NULL);
	struct study *study = studied(&small);
	leading(study, out);
	for (guint v = 0; v < n; v++) {
		guint i = study_net(study)->institution[v];
		const char *id = model_institution(study_model(study), i)->base.id;
		guint at = (guint)strtoul(id + 1, NULL, 10) + 1;
		double there = sin(G_PI * at / (n + 1));
		g_assert_cmpfloat(fabs(out[v] - there), <, 1e-10);
	}
	study_unref(study);
	small_release(&small);
}

/* Two pairs and one alone beside a whole of four, which leads. */
static void parts(void)
{
	static const guint pairs[][2] = { { 0, 1 }, { 2, 3 }, { 4, 5 }, { 4, 6 },
					  { 4, 7 }, { 5, 6 }, { 5, 7 }, { 6, 7 } };
	struct small small;
	double out[9];
	small_init(&small, 9);
	small_ties(&small, pairs, G_N_ELEMENTS(pairs));
	struct study *study = studied(&small);
	leading(study, out);
	for (guint i = 0; i < 9; i++)
		g_assert_cmpfloat(fabs(out[i] - (i >= 4 && i < 8)), <, 1e-12);
	study_unref(study);
	small_release(&small);
}

static void settled_and_the_same(void)
{
	struct model *model = small_generated(400, 20, 6, GENERATE_TERRITORIES);
	struct study *study = study_new(model, NULL);
	const struct net *net = study_net(study);
	gsize size = net->n * sizeof(double);
	g_autofree double *x = g_new(double, net->n + 4);
	leading(study, x);
	double up = 0, below = 0, worst = 0;
	g_autofree double *y = g_new0(double, net->n);
	for (guint v = 0; v < net->n; v++) {
		for (guint i = net->start[v]; i < net->start[v + 1]; i++)
			y[v] += x[net->neighbour[i]];
		up += x[v] * y[v];
		below += x[v] * x[v];
	}
	for (guint v = 0; v < net->n; v++)
		worst = MAX(worst, fabs(y[v] - up / below * x[v]));
	g_assert_cmpfloat(worst, <, 1e-11);
	/* Wherever memory lies. */
	for (guint shift = 1; shift < 5; shift++) {
		g_autofree guint8 *between = g_malloc(8 * shift + size);
		double *again = (double *)(void *)(between + 8 * shift);
		leading(study, again);
		g_assert_true(memcmp(x, again, size) == 0);
	}
	study_unref(study);
	model_unref(model);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/leading/star", star);
	g_test_add_func("/leading/chain", chain);
	g_test_add_func("/leading/long-chain", long_chain);
	g_test_add_func("/leading/parts", parts);
	g_test_add_func("/leading/settled-and-the-same", settled_and_the_same);
	return g_test_run();
}
