/*
 * The kernels against the textbook: one search at a time, written here plainly.
 * Every shape that has broken such code before, every set of vectors that the
 * machine has, one thread and several, and a cancel in the middle.
 */
#include "graph/kernel/betweenness.h"
#include "graph/kernel/distances.h"

#include "base/errors.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* --- graphs ---------------------------------------------------------------------- */

struct graph {
	guint n, m;
	guint8 *tie; /* n x n while building */
	guint *start, *neighbour;
	struct csr csr;
};

static struct graph *graph_new(guint n)
{
	struct graph *g = g_new0(struct graph, 1);
	g->n = n;
	g->tie = g_new0(guint8, MAX((gsize)n * n, 1));
	return g;
}

static void graph_tie(struct graph *g, guint a, guint b)
{
	if (a != b)
		g->tie[(gsize)a * g->n + b] = g->tie[(gsize)b * g->n + a] = 1;
}

static struct graph *graph_done(struct graph *g)
{
	guint used = 0;
	g->start = g_new0(guint, g->n + 1);
	for (gsize i = 0; i < (gsize)g->n * g->n; i++)
		g->m += g->tie[i];
	g->neighbour = g_new(guint, MAX(g->m, 1));
	g->m /= 2;
	for (guint v = 0; v < g->n; v++) {
		for (guint w = 0; w < g->n; w++)
			if (g->tie[(gsize)v * g->n + w])
				g->neighbour[used++] = w;
		g->start[v + 1] = used;
	}
	g_clear_pointer(&g->tie, g_free);
	g->csr = (struct csr){ g->n, g->start, g->neighbour };
	return g;
}

static void graph_free(struct graph *g)
{
	g_free(g->start);
	g_free(g->neighbour);
	g_free(g);
}

static struct graph *gnp(guint n, double mean_degree)
{
	struct graph *g = graph_new(n);
	for (guint a = 0; a < n; a++)
		for (guint b = a + 1; b < n; b++)
			if (g_test_rand_double() < mean_degree / n)
				graph_tie(g, a, b);
	return graph_done(g);
}

static struct graph *grid(guint side)
{
	struct graph *g = graph_new(side * side);
	for (guint v = 0; v < g->n; v++) {
		if ((v + 1) % side != 0)
			graph_tie(g, v, v + 1);
		if (v + side < g->n)
			graph_tie(g, v, v + side);
	}
	return graph_done(g);
}

static struct graph *chain(guint n)
{
	struct graph *g = graph_new(n);
	for (guint v = 0; v + 1 < n; v++)
		graph_tie(g, v, v + 1);
	return graph_done(g);
}

static struct graph *cycle(guint n)
{
	struct graph *g = graph_new(n);
	for (guint v = 0; v < n; v++)
		graph_tie(g, v, (v + 1) % n);
	return graph_done(g);
}

static struct graph *star(guint n)
{
	struct graph *g = graph_new(n);
	for (guint v = 0; v < n; v++)
		graph_tie(g, v, n / 2);
	return graph_done(g);
}

static struct graph *complete(guint n)
{
	struct graph *g = graph_new(n);
	for (guint a = 0; a < n; a++)
		for (guint b = 0; b < a; b++)
			graph_tie(g, a, b);
	return graph_done(g);
}

static struct graph *tree(guint n)
{
	struct graph *g = graph_new(n);
	for (guint v = 1; v < n; v++)
		graph_tie(g, v, (guint)g_test_rand_int_range(0, (gint32)v));
	return graph_done(g);
}

/* A ring with trees that hang on it, a second component, and isolates. */
static struct graph *mixture(guint n)
{
	struct graph *g = graph_new(n);
	guint ring = n / 4, hung = n / 2, second = n / 2 + n / 4;
	for (guint v = 0; v < ring; v++)
		graph_tie(g, v, (v + 1) % ring);
	for (guint v = ring; v < hung; v++)
		graph_tie(g, v, (guint)g_test_rand_int_range(0, (gint32)v));
	for (guint e = 0; e < 2 * (second - hung); e++)
		graph_tie(g, (guint)g_test_rand_int_range((gint32)hung, (gint32)second),
			  (guint)g_test_rand_int_range((gint32)hung, (gint32)second));
	return graph_done(g);
}

/* Many small components: the batches span several. */
static struct graph *triangles(guint n)
{
	struct graph *g = graph_new(n);
	for (guint v = 0; v + 2 < n; v += 3) {
		graph_tie(g, v, v + 1);
		graph_tie(g, v, v + 2);
		if (v % 2 == 0)
			graph_tie(g, v + 1, v + 2);
	}
	return graph_done(g);
}

/* Diamonds in a row: the shortest paths double with each. */
static struct graph *diamonds(guint count)
{
	struct graph *g = graph_new(3 * count + 1);
	for (guint d = 0; d < count; d++) {
		graph_tie(g, 3 * d, 3 * d + 1);
		graph_tie(g, 3 * d, 3 * d + 2);
		graph_tie(g, 3 * d + 1, 3 * d + 3);
		graph_tie(g, 3 * d + 2, 3 * d + 3);
	}
	return graph_done(g);
}

/* --- the textbook ------------------------------------------------------------------ */

struct textbook {
	const struct graph *g;
	guint *distance, *queue, reached;
	long double *paths;
	double *dependency;
	/* Results, by vertex and by edge. */
	double *harmonic, *vertices, *edges;
	guint64 *sum;
	guint *within_two, *within_three, *far, *others;
};

static void search(struct textbook *t, guint s)
{
	guint head = 0;
	for (guint v = 0; v < t->g->n; v++) {
		t->distance[v] = G_MAXUINT;
		t->paths[v] = 0;
		t->dependency[v] = 0;
	}
	t->reached = 0;
	t->queue[t->reached++] = s;
	t->distance[s] = 0;
	t->paths[s] = 1;
	while (head < t->reached) {
		guint v = t->queue[head++];
		for (guint i = t->g->start[v]; i < t->g->start[v + 1]; i++) {
			guint w = t->g->neighbour[i];
			if (t->distance[w] == G_MAXUINT) {
				t->distance[w] = t->distance[v] + 1;
				t->queue[t->reached++] = w;
			}
			if (t->distance[w] == t->distance[v] + 1)
				t->paths[w] += t->paths[v];
		}
	}
}

static guint edge_between(const struct graph *g, guint a, guint b)
{
	guint edge = 0;
	for (guint v = 0; v < g->n; v++)
		for (guint i = g->start[v]; i < g->start[v + 1]; i++) {
			if (g->neighbour[i] < v)
				continue;
			if (v == MIN(a, b) && g->neighbour[i] == MAX(a, b))
				return edge;
			edge++;
		}
	g_assert_not_reached();
}

static void count(struct textbook *t, guint s, const guint *edge)
{
	for (guint k = t->reached; k-- > 1;) {
		guint w = t->queue[k], d = t->distance[w];
		t->harmonic[s] += 1.0 / d;
		t->sum[s] += d;
		t->within_two[s] += d <= 2;
		t->within_three[s] += d <= 3;
		t->far[s] = MAX(t->far[s], d);
		t->vertices[w] += t->dependency[w] / 2;
		for (guint i = t->g->start[w]; i < t->g->start[w + 1]; i++) {
			guint v = t->g->neighbour[i];
			if (t->distance[v] + 1 != d)
				continue;
			double part = (double)(t->paths[v] / t->paths[w]) * (1 + t->dependency[w]);
			t->dependency[v] += part;
			t->edges[edge[i]] += part / 2;
		}
	}
	t->others[s] = t->reached - 1;
}

static struct textbook *textbook_new(const struct graph *g)
{
	guint n = MAX(g->n, 1);
	struct textbook *t = g_new0(struct textbook, 1);
	*t = (struct textbook){
		g,
		g_new0(guint, n),
		g_new0(guint, n),
		0,
		g_new0(long double, n),
		g_new0(double, n),
		g_new0(double, n),
		g_new0(double, n),
		g_new0(double, MAX(g->m, 1)),
		g_new0(guint64, n),
		g_new0(guint, n),
		g_new0(guint, n),
		g_new0(guint, n),
		g_new0(guint, n),
	};
	g_autofree guint *edge = g_new0(guint, MAX(2 * g->m, 1));
	for (guint v = 0; v < g->n; v++)
		for (guint i = g->start[v]; i < g->start[v + 1]; i++)
			edge[i] = edge_between(g, v, g->neighbour[i]);
	for (guint s = 0; s < g->n; s++) {
		search(t, s);
		count(t, s, edge);
	}
	return t;
}

static void textbook_free(struct textbook *t)
{
	g_free(t->distance);
	g_free(t->queue);
	g_free(t->paths);
	g_free(t->dependency);
	g_free(t->harmonic);
	g_free(t->vertices);
	g_free(t->edges);
	g_free(t->sum);
	g_free(t->within_two);
	g_free(t->within_three);
	g_free(t->far);
	g_free(t->others);
	g_free(t);
}

/* --- comparison ---------------------------------------------------------------------- */

/* To 1e-9 of the largest value, or of 1. */
static void same(const double *ours, const double *theirs, guint length)
{
	double most = 1;
	for (guint i = 0; i < length; i++)
		most = MAX(most, theirs[i]);
	for (guint i = 0; i < length; i++)
		g_assert_cmpfloat_with_epsilon(ours[i], theirs[i], most * 1e-9);
}

static void same_network(const struct spans *spans, const struct textbook *t)
{
	guint64 pairs = 0, total = 0;
	double inverse = 0, n = t->g->n;
	guint diameter = 0;
	for (guint v = 0; v < t->g->n; v++) {
		pairs += t->others[v];
		total += t->sum[v];
		inverse += t->harmonic[v] / 2;
		diameter = MAX(diameter, t->far[v]);
	}
	g_assert_cmpuint(spans->pairs, ==, pairs / 2);
	g_assert_cmpuint(spans->total, ==, total / 2);
	g_assert_cmpuint(spans->diameter, ==, diameter);
	g_assert_cmpfloat_with_epsilon(spans->inverse, inverse, 1e-9 * MAX(1, inverse));
	if (pairs > 0)
		g_assert_cmpfloat_with_epsilon(spans->mean_distance, (double)total / (double)pairs,
					       1e-9);
	else
		g_assert_true(isnan(spans->mean_distance));
	if (t->g->n > 1)
		g_assert_cmpfloat_with_epsilon(spans->efficiency, inverse / (n * (n - 1) / 2),
					       1e-9);
	else
		g_assert_true(isnan(spans->efficiency));
}

static void agrees(const struct graph *g, const struct textbook *t, const struct kernel_run *run)
{
	g_autoptr(GError) error = NULL;
	struct between_options options = { .edges = true };
	struct spans *spans = spans_new(&g->csr, run, &error);
	g_assert_no_error(error);
	struct between *between = between_new(&g->csr, &options, run, &error);
	g_assert_no_error(error);
	same(spans->harmonic, t->harmonic, g->n);
	for (guint v = 0; v < g->n; v++) {
		g_assert_cmpuint(spans->sum[v], ==, t->sum[v]);
		g_assert_cmpuint(spans->reached[v], ==, t->others[v]);
		g_assert_cmpuint(spans->within_two[v], ==, t->within_two[v]);
		g_assert_cmpuint(spans->within_three[v], ==, t->within_three[v]);
		g_assert_cmpuint(spans->eccentricity[v], ==, t->far[v]);
	}
	same_network(spans, t);
	g_assert_false(between->sampled);
	g_assert_null(between->error);
	g_assert_cmpuint(between->m, ==, g->m);
	same(between->vertices, t->vertices, g->n);
	same(between->edges, t->edges, g->m);
	spans_free(spans);
	between_free(between);
}

/* Takes the graph over. */
static void check(struct graph *g)
{
	struct textbook *t = textbook_new(g);
	for (int lanes = LANES_BASE; lanes <= LANES_AVX512; lanes++)
		for (guint threads = 1; threads <= 3; threads += 2) {
			struct kernel_run run = { .threads = threads,
						  .lanes = (enum kernel_lanes)lanes };
			agrees(g, t, &run);
		}
	textbook_free(t);
	graph_free(g);
}

static void small(void)
{
	check(graph_done(graph_new(0)));
	check(graph_done(graph_new(1)));
	check(graph_done(graph_new(7)));
	check(chain(2));
	check(chain(3));
	check(complete(3));
	check(complete(20));
	check(cycle(4));
	check(star(5));
	check(diamonds(1));
}

static void long_and_thin(void)
{
	check(chain(300));
	check(cycle(301));
	check(grid(17));
	check(tree(200));
	check(star(200));
}

static void components(void)
{
	check(mixture(240));
	check(triangles(100));
}

/* More than one batch of sources, and searches that mix both ways to list places. */
static void random_graphs(void)
{
	check(gnp(60, 1));
	check(gnp(200, 2));
	check(gnp(300, 6));
	check(gnp(700, 3));
	check(gnp(120, 60));
}

/*
 * 2^1000 paths and more: doubles end at 2^1024, so from the sources at the ends
 * the kernel must have taken the way with larger numbers, and from the middle not.
 */
static void more_paths_than_a_double(void)
{
	if (LDBL_MAX_EXP == DBL_MAX_EXP) {
		g_test_skip("no larger numbers here to compare with");
		return;
	}
	struct graph *g = diamonds(1060);
	struct textbook *t = textbook_new(g);
	agrees(g, t, &(struct kernel_run){ 0 });
	textbook_free(t);
	graph_free(g);
}

/* --- the same bits, whoever computes --------------------------------------------------- */

static void same_memory(const double *a, const double *b, gsize length)
{
	g_assert_true(memcmp(a, b, length * sizeof *a) == 0);
}

static struct between *between_of(const struct graph *g, guint threads, enum kernel_lanes lanes,
				  guint limit)
{
	struct kernel_run run = { .threads = threads, .lanes = lanes };
	struct between_options options = {
		.edges = true, .exact_limit = limit, .pivots = 300, .seed = 4
	};
	return between_new(&g->csr, &options, &run, NULL);
}

static void same_bits(void)
{
	struct graph *g = gnp(900, 5);
	for (guint limit = 0; limit <= 100; limit += 100) {
		struct between *one = between_of(g, 1, LANES_BASE, limit);
		for (guint threads = 1; threads <= 6; threads++) {
			struct between *other = between_of(g, threads, LANES_BEST, limit);
			same_memory(one->vertices, other->vertices, g->n);
			same_memory(one->edges, other->edges, g->m);
			between_free(other);
		}
		between_free(one);
	}
	graph_free(g);
}

static void same_bits_of_distances(void)
{
	struct graph *g = gnp(1500, 4);
	struct kernel_run alone = { .threads = 1, .lanes = LANES_BASE }, many = { .threads = 4 };
	struct spans *one = spans_new(&g->csr, &alone, NULL);
	struct spans *other = spans_new(&g->csr, &many, NULL);
	same_memory(one->harmonic, other->harmonic, g->n);
	spans_free(one);
	spans_free(other);
	graph_free(g);
}

/* --- samples ---------------------------------------------------------------------------- */

enum { DRAWS = 60 };

/*
 * Over many draws the mean of the estimates is the true value, and the error that
 * each states is the spread that there is.
 */
static void sample_is_honest(void)
{
	struct graph *g = gnp(400, 4);
	struct between_options all = { .exact_limit = 1000 };
	struct kernel_run run = { 0 };
	struct between *exact = between_new(&g->csr, &all, &run, NULL);
	g_autofree double *mean = g_new0(double, g->n);
	double squared = 0, stated = 0, most = 0, bias = 0;
	for (guint draw = 0; draw < DRAWS; draw++) {
		struct between_options some = { .exact_limit = 100, .pivots = 60, .seed = draw };
		struct between *found = between_new(&g->csr, &some, &run, NULL);
		g_assert_true(found->sampled);
		g_assert_cmpuint(found->sources, >=, 40);
		g_assert_cmpuint(found->sources, <, 200);
		g_assert_cmpfloat(found->worst, >, 0);
		for (guint v = 0; v < g->n; v++) {
			double off = found->vertices[v] - exact->vertices[v];
			mean[v] += off / DRAWS;
			squared += off * off;
			stated += found->error[v] * found->error[v];
		}
		between_free(found);
	}
	for (guint v = 0; v < g->n; v++) {
		most = MAX(most, exact->vertices[v]);
		bias += mean[v] * mean[v];
	}
	/* The stated error covers the real one, and averaging takes the error away as it should. */
	g_assert_cmpfloat(stated / squared, >, 0.8);
	g_assert_cmpfloat(stated / squared, <, 3);
	g_assert_cmpfloat(bias, <, 2 * squared / DRAWS / DRAWS);
	between_free(exact);
	graph_free(g);
}

/* Components below the least sample are searched whole: their values carry no error. */
static void small_components_are_exact(void)
{
	struct graph *g = triangles(300);
	struct between_options some = { .edges = true, .exact_limit = 10, .pivots = 20 };
	struct textbook *t = textbook_new(g);
	struct between *found = between_new(&g->csr, &some, &(struct kernel_run){ 0 }, NULL);
	g_assert_true(found->sampled);
	g_assert_cmpfloat(found->worst, ==, 0);
	same(found->vertices, t->vertices, g->n);
	same(found->edges, t->edges, g->m);
	between_free(found);
	textbook_free(t);
	graph_free(g);
}

/* --- cancelling --------------------------------------------------------------------------- */

static void stop_now(double share, gpointer cancel)
{
	g_assert_cmpfloat(share, >, 0);
	g_cancellable_cancel(cancel);
}

/* A cancel in the middle gives an error and no result, never half of one. */
static void cancelled(void)
{
	struct graph *g = gnp(1200, 5);
	for (guint before = 0; before < 2; before++)
		for (guint threads = 1; threads <= 3; threads += 2) {
			g_autoptr(GError) first = NULL;
			g_autoptr(GError) second = NULL;
			g_autoptr(GCancellable) a = g_cancellable_new();
			g_autoptr(GCancellable) b = g_cancellable_new();
			struct kernel_run run = {
				.threads = threads, .cancel = a, .progress = stop_now, .data = a
			};
			struct between_options options = { 0 };
			if (before)
				g_cancellable_cancel(a);
			g_assert_null(spans_new(&g->csr, &run, &first));
			g_assert_error(first, TELAR_ERROR, TELAR_ERROR_CANCELLED);
			run.cancel = run.data = b;
			if (before)
				g_cancellable_cancel(b);
			g_assert_null(between_new(&g->csr, &options, &run, &second));
			g_assert_error(second, TELAR_ERROR, TELAR_ERROR_CANCELLED);
		}
	graph_free(g);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/kernel/small", small);
	g_test_add_func("/kernel/long-and-thin", long_and_thin);
	g_test_add_func("/kernel/components", components);
	g_test_add_func("/kernel/random-graphs", random_graphs);
	g_test_add_func("/kernel/more-paths-than-a-double", more_paths_than_a_double);
	g_test_add_func("/kernel/same-bits", same_bits);
	g_test_add_func("/kernel/same-bits-of-distances", same_bits_of_distances);
	g_test_add_func("/kernel/sample-is-honest", sample_is_honest);
	g_test_add_func("/kernel/small-components-are-exact", small_components_are_exact);
	g_test_add_func("/kernel/cancelled", cancelled);
	return g_test_run();
}
