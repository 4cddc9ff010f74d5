/*
 * What ties are worth to the whole: against taking each away and measuring anew,
 * on graphs with bridges, rings, twins and parts.
 */
#include "graph/export/formats.h"
#include "graph/kernel/distances.h"
#include "graph/kernel/loss.h"
#include "graph/work.h"
#include "tests/unit/graph_small.h"

#include <string.h>

static double efficiency_without(const struct net *net, guint e)
{
	g_autoptr(GError) error = NULL;
	g_autofree bool *gone = g_new0(bool, net->m + 1);
	struct kernel_run run = { 0 };
	gone[e] = true;
	struct net *rest = net_without(net, gone);
	struct csr csr = { rest->n, rest->start, rest->neighbour };
	struct spans *spans = spans_new(&csr, &run, &error);
	g_assert_no_error(error);
	double found = spans->efficiency;
	spans_free(spans);
	net_free(rest);
	return found;
}

static void check(struct small *small)
{
	struct study *study = small_study(small, STUDY_MEASURES);
	const struct net *net = study_net(study);
	g_autofree double *worth = study_values(study, measure_find("tie-bridging"));
	double whole = small_value(study, "global-efficiency");
	g_autofree double *sums = g_new0(double, net->n + 1);
	for (guint e = 0; e < net->m; e++) {
		double lost = whole - efficiency_without(net, e);
		small_assert_near(worth[e], lost, 1e-12);
		sums[net->from[e]] += lost;
		sums[net->to[e]] += lost;
	}
	for (guint v = 0; v < net->n; v++) {
		double mean = small_of(study, "bridging", v);
		if (net_degree(net, v) == 0)
			g_assert_true(isnan(mean));
		else
			small_assert_near(mean, sums[v] / net_degree(net, v), 1e-12);
	}
	study_unref(study);
	small_release(small);
}

static void at_random(void)
{
	g_autoptr(GRand) dice = g_rand_new_with_seed(51);
	for (guint round = 0; round < 30; round++) {
		struct small small;
		guint n = 3 + round;
		double density = (1 + round % 5) * .8 / n;
		small_init(&small, n);
		for (guint i = 0; i < n; i++)
			for (guint j = i + 1; j < n; j++)
				if (g_rand_double(dice) < density)
					small_tie(&small, i, j, NULL);
		check(&small);
	}
}

/* Where long detours and whole regions hang on a tie. */
static void shapes(void)
{
	struct small ring, chain, lollipop;
	small_init(&ring, 25);
	small_init(&chain, 17);
	small_init(&lollipop, 20);
	for (guint i = 0; i < 25; i++)
		small_tie(&ring, i, (i + 1) % 25, NULL);
	for (guint i = 0; i < 16; i++)
		small_tie(&chain, i, i + 1, NULL);
	for (guint i = 0; i < 12; i++)
		small_tie(&lollipop, i, (i + 1) % 12, NULL);
	for (guint i = 11; i < 19; i++)
		small_tie(&lollipop, i, i + 1, NULL);
	check(&ring);
	check(&chain);
	check(&lollipop);
}

static void nothing(void)
{
	struct small none, one;
	small_init(&none, 0);
	small_init(&one, 1);
	check(&none);
	check(&one);
}

/* A ring too large to look behind every tie says that it does not know. */
static void too_much(void)
{
	enum { N = 1500 };
	g_autoptr(GError) error = NULL;
	guint start[N + 1], neighbour[2 * N], edge[2 * N], bridge[N] = { 0 };
	double out[N];
	bool known = true;
	struct csr csr = { N, start, neighbour };
	struct kernel_run run = { 0 };
	for (guint v = 0; v < N; v++) {
		guint before = (v + N - 1) % N, after = (v + 1) % N;
		start[v] = 2 * v;
		neighbour[2 * v] = MIN(before, after);
		neighbour[2 * v + 1] = MAX(before, after);
		for (guint i = 2 * v; i < 2 * v + 2; i++)
			edge[i] = neighbour[i] == after ? v : before;
	}
	start[N] = 2 * N;
	g_assert_true(loss_compute(&csr, edge, bridge, N, N, &run, out, &known, &error));
	g_assert_no_error(error);
	g_assert_false(known);
}

/* A sample of sources comes near to all of them, with the same bits on any cores. */
static void sampled(void)
{
	enum { N = 400 };
	g_autoptr(GRand) dice = g_rand_new_with_seed(52);
	g_autoptr(GError) error = NULL;
	struct small small;
	bool known;
	small_init(&small, N);
	for (guint i = 0; i < 1200; i++) {
		guint a = (guint)g_rand_int_range(dice, 0, N),
		      b = (guint)g_rand_int_range(dice, 0, N);
		if (a != b)
			small_tie(&small, a, b, NULL);
	}
	struct study *study = small_study(&small, STUDY_MEASURES);
	const struct net *net = study_net(study);
	const struct cuts *cuts = study_cuts(study, &error);
	struct csr csr = { net->n, net->start, net->neighbour };
	struct kernel_run one = { .threads = 1 }, three = { .threads = 3 };
	g_autofree double *all = g_new(double, net->m), *some = g_new(double, net->m);
	g_autofree double *again = g_new(double, net->m);
	double total = 0, drawn = 0;
	g_assert_true(
		loss_compute(&csr, net->edge, cuts->side, net->m, N, &one, all, &known, &error));
	g_assert_true(
		loss_compute(&csr, net->edge, cuts->side, net->m, 100, &one, some, &known, &error));
	g_assert_true(loss_compute(&csr, net->edge, cuts->side, net->m, 100, &three, again, &known,
				   &error));
	g_assert_true(memcmp(some, again, net->m * sizeof *some) == 0);
	for (guint e = 0; e < net->m; e++) {
		total += all[e];
		drawn += some[e];
	}
	g_assert_cmpfloat(fabs(drawn / total - 1), <, .05);
	study_unref(study);
	small_release(&small);
}

/* If it fails, a guess stands where people take it for a count. */
static void marked(void)
{
	const struct measure *betweenness = measure_find("betweenness");
	const struct measure *bridging = measure_find("tie-bridging");
	const struct between_options some = { .edges = true, .exact_limit = 100, .pivots = 60 };
	const struct kernel_run run = { 0 };
	struct model *model = small_generated(600, 30, 6, GENERATE_TERRITORIES);
	struct study *study = study_new(model, NULL);
	const struct net *net = study_net(study);
	struct csr csr = { net->n, net->start, net->neighbour };
	double error;
	study->betweenness = between_new(&csr, &some, &run, NULL);
	g_assert_true(study_compute(study, STUDY_MEASURES, NULL, NULL));
	g_assert_cmpuint(study_sources(study, betweenness, &error), ==,
			 study->betweenness->sources);
	g_assert_cmpfloat(error, ==, study->betweenness->worst);
	g_assert_cmpuint(study_sources(study, bridging, &error), ==, LOSS_SOURCES);
	g_assert_true(isnan(error));
	g_autofree char *shown = study_format(study, betweenness, .25);
	g_autofree char *none = study_format(study, betweenness, NAN);
	g_autofree char *exact = study_format(study, measure_find("degree"), 4);
	g_autofree char *sentence = study_sentence(study, betweenness, 3);
	g_autofree char *says = study_estimate_text(study, betweenness);
	g_assert_cmpstr(shown, ==, "~0.2500");
	g_assert_cmpstr(none, ==, "n/a");
	g_assert_cmpstr(exact, ==, "4");
	g_assert_nonnull(strchr(sentence, '~'));
	g_assert_nonnull(strstr(sentence, "An estimate: give or take 0."));
	g_assert_null(strchr(sentence, '{'));
	g_assert_nonnull(strstr(says, "standard errors"));
	g_assert_null(study_estimate_text(study, measure_find("degree")));
	GString *manifest =
		export_manifest(study, &(struct export_options){ .version = "0" }, "csv", NULL, 0);
	g_autofree char *sources = g_strdup_printf("\"sources\": %u", study->betweenness->sources);
	g_assert_nonnull(strstr(manifest->str, sources));
	g_string_free(manifest, TRUE);
	study_unref(study);
	model_unref(model);
}

/* If it fails, the error beside a value is that of another unit, or of another value. */
static void errors_of_values(void)
{
	const struct measure *whole = measure_find("betweenness-centralization");
	const struct measure *share = measure_find("betweenness"),
			     *raw = measure_find("betweenness-raw");
	const struct between_options some = { .edges = true, .exact_limit = 100, .pivots = 60 };
	const struct kernel_run run = { 0 };
	struct model *model = small_generated(600, 30, 6, GENERATE_TERRITORIES);
	struct study *exact = study_new(model, NULL), *study = study_new(model, NULL);
	const struct net *net = study_net(study);
	struct csr csr = { net->n, net->start, net->neighbour };
	double pairs = 599.0 * 598 / 2, squared = 0, stated = 0;
	study->betweenness = between_new(&csr, &some, &run, NULL);
	g_assert_true(study_compute(study, STUDY_MEASURES, NULL, NULL));
	g_assert_true(study_compute(exact, STUDY_MEASURES, NULL, NULL));
	for (guint v = 0; v < net->n; v++) {
		double error = study_error(study, raw, v);
		double off = study_value_at(study, raw, v) - study_value_at(exact, raw, v);
		g_assert_cmpfloat(fabs(study_error(study, share, v) * pairs - error), <, 1e-6);
		g_assert_true(isnan(study_error(exact, raw, v)));
		squared += off * off;
		stated += error * error;
	}
	g_assert_cmpfloat(stated / squared, >, .5);
	g_assert_cmpfloat(stated / squared, <, 4);
	/* The whole's lies within three of what is stated for it. */
	g_assert_cmpfloat(fabs(study_value(study, whole) - study_value(exact, whole)), <,
			  3 * study_error(study, whole, 0));
	g_assert_true(isnan(study_error(study, measure_find("degree"), 0)));
	g_assert_true(isnan(study_error(study, measure_find("tie-betweenness"), 0)));
	study_unref(exact);
	study_unref(study);
	model_unref(model);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/bridging/random", at_random);
	g_test_add_func("/bridging/shapes", shapes);
	g_test_add_func("/bridging/nothing", nothing);
	g_test_add_func("/bridging/too-much", too_much);
	g_test_add_func("/bridging/sampled", sampled);
	g_test_add_func("/bridging/marked", marked);
	g_test_add_func("/bridging/errors-of-values", errors_of_values);
	return g_test_run();
}
