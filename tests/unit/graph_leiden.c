/*
 * Communities: what is planted must be found, every community must hang together, the
 * modularity must be that of the communities told, and no thread may change any of it.
 */
#include "graph/kernel/leiden.h"

#include "base/errors.h"
#include "base/mix.h"

#include <math.h>
#include <string.h>

struct graph {
	guint n, m;
	GArray *ends; /* guint, by twos */
	guint *start, *neighbour;
	struct csr csr;
};

static struct graph *graph_new(guint n)
{
	struct graph *graph = g_new0(struct graph, 1);
	graph->n = n;
	graph->ends = g_array_new(FALSE, FALSE, sizeof(guint));
	return graph;
}

static void tie(struct graph *graph, guint a, guint b)
{
	for (guint i = 0; i < graph->ends->len; i += 2) {
		guint c = g_array_index(graph->ends, guint, i),
		      d = g_array_index(graph->ends, guint, i + 1);
		if ((a == c && b == d) || (a == d && b == c))
			return;
	}
	g_array_append_val(graph->ends, a);
	g_array_append_val(graph->ends, b);
}

static int by_number(gconstpointer a, gconstpointer b)
{
	guint x = *(const guint *)a, y = *(const guint *)b;
	return x < y ? -1 : x > y;
}

static const struct csr *graph_csr(struct graph *graph)
{
	const guint *ends = (const guint *)(void *)graph->ends->data;
	g_autofree guint *at = g_new0(guint, graph->n + 1);
	graph->start = g_new0(guint, graph->n + 1);
	graph->neighbour = g_new(guint, MAX(graph->ends->len, 1));
	for (guint i = 0; i < graph->ends->len; i++)
		graph->start[ends[i] + 1]++;
	for (guint v = 0; v < graph->n; v++)
		graph->start[v + 1] += graph->start[v];
	memcpy(at, graph->start, (graph->n + 1) * sizeof *at);
	for (guint i = 0; i < graph->ends->len; i++)
		graph->neighbour[at[ends[i]]++] = ends[i ^ 1];
	for (guint v = 0; v < graph->n; v++)
		qsort(graph->neighbour + graph->start[v], graph->start[v + 1] - graph->start[v],
		      sizeof(guint), by_number);
	graph->csr = (struct csr){ graph->n, graph->start, graph->neighbour };
	return &graph->csr;
}

static void graph_free(struct graph *graph)
{
	g_array_unref(graph->ends);
	g_free(graph->start);
	g_free(graph->neighbour);
	g_free(graph);
}

static void clique(struct graph *graph, guint first, guint size)
{
	for (guint a = first; a < first + size; a++)
		for (guint b = a + 1; b < first + size; b++)
			tie(graph, a, b);
}

static guint find(const struct csr *csr, guint starts, guint threads, guint *of, double *modularity)
{
	const struct kernel_run run = { .threads = threads };
	g_autoptr(GError) error = NULL;
	guint count = 0;
	g_assert_true(leiden_communities(csr, starts, 7, &run, of, modularity, &error));
	g_assert_no_error(error);
	for (guint v = 0; v < csr->n; v++) {
		g_assert_cmpuint(of[v], <=, count); /* named as they come */
		count = MAX(count, of[v] + 1);
	}
	return count;
}

/* By the definition, pair by pair. */
static double modularity_of(const struct csr *csr, const guint *of)
{
	double ends = csr->start[csr->n], sum = 0;
	for (guint a = 0; a < csr->n; a++) {
		double degree = csr->start[a + 1] - csr->start[a];
		for (guint i = csr->start[a]; i < csr->start[a + 1]; i++)
			sum += of[csr->neighbour[i]] == of[a];
		for (guint b = 0; b < csr->n; b++)
			if (of[a] == of[b])
				sum -= degree * (csr->start[b + 1] - csr->start[b]) / ends;
	}
	return sum / ends;
}

static void assert_hang_together(const struct csr *csr, const guint *of, guint count)
{
	g_autofree guint *queue = g_new(guint, csr->n);
	g_autofree bool *seen = g_new0(bool, csr->n);
	guint parts = 0;
	for (guint v = 0; v < csr->n; v++) {
		guint head = 0, tail = 0;
		if (seen[v])
			continue;
		parts++;
		seen[v] = true;
		queue[tail++] = v;
		while (head < tail) {
			guint at = queue[head++];
			for (guint i = csr->start[at]; i < csr->start[at + 1]; i++) {
				guint to = csr->neighbour[i];
				if (seen[to] || of[to] != of[at])
					continue;
				seen[to] = true;
				queue[tail++] = to;
			}
		}
	}
	g_assert_cmpuint(parts, ==, count);
}

/* Eight circles of five in a ring: each must be found, and the value is known. */
static void ring_of_cliques(void)
{
	enum { CLIQUES = 8, SIZE = 5, N = CLIQUES * SIZE };
	struct graph *graph = graph_new(N);
	double modularity;
	guint of[N];
	for (guint c = 0; c < CLIQUES; c++) {
		clique(graph, c * SIZE, SIZE);
		tie(graph, c * SIZE, (c + 1) % CLIQUES * SIZE + 1);
	}
	g_assert_cmpuint(find(graph_csr(graph), 3, 0, of, &modularity), ==, CLIQUES);
	g_assert_cmpfloat_with_epsilon(modularity, 10.0 / 11 - 1.0 / 8, 1e-12);
	for (guint v = 0; v < N; v++)
		g_assert_cmpuint(of[v], ==, of[v / SIZE * SIZE]);
	graph_free(graph);
}

static void no_ties(void)
{
	double modularity;
	guint of[3];
	struct graph *graph = graph_new(3), *none = graph_new(0);
	g_assert_cmpuint(find(graph_csr(graph), 10, 0, of, &modularity), ==, 3);
	g_assert_true(isnan(modularity));
	g_assert_cmpuint(find(graph_csr(none), 1, 0, of, &modularity), ==, 0);
	graph_free(graph);
	graph_free(none);
}

/* Whatever the ties: as told, connected, and the same for any number of threads. */
static void at_random(void)
{
	guint64 dice = 11;
	for (guint round = 0; round < 60; round++) {
		guint n = 2 + dice_below(&dice, 60), m = dice_below(&dice, 3 * n);
		struct graph *graph = graph_new(n);
		g_autofree guint *of = g_new(guint, n), *again = g_new(guint, n);
		double modularity, same;
		for (guint i = 0; i < m; i++) {
			guint a = dice_below(&dice, n), b = dice_below(&dice, n);
			if (a != b)
				tie(graph, a, b);
		}
		const struct csr *csr = graph_csr(graph);
		guint count = find(csr, 6, 1, of, &modularity);
		g_assert_cmpuint(find(csr, 6, 4, again, &same), ==, count);
		g_assert_true(memcmp(of, again, n * sizeof *of) == 0);
		if (csr->start[n] > 0) {
			assert_hang_together(csr, of, count);
			g_assert_cmpfloat_with_epsilon(modularity, modularity_of(csr, of), 1e-12);
			g_assert_cmpfloat(modularity, ==, same);
			g_assert_cmpfloat(modularity, >=, 0);
		}
		graph_free(graph);
	}
}

static void cancelled(void)
{
	g_autoptr(GCancellable) cancel = g_cancellable_new();
	g_autoptr(GError) error = NULL;
	const struct kernel_run run = { .cancel = cancel };
	struct graph *graph = graph_new(2);
	double modularity;
	guint of[2];
	tie(graph, 0, 1);
	g_cancellable_cancel(cancel);
	g_assert_false(leiden_communities(graph_csr(graph), 3, 1, &run, of, &modularity, &error));
	g_assert_error(error, TELAR_ERROR, TELAR_ERROR_CANCELLED);
	graph_free(graph);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/leiden/ring-of-cliques", ring_of_cliques);
	g_test_add_func("/leiden/no-ties", no_ties);
	g_test_add_func("/leiden/at-random", at_random);
	g_test_add_func("/leiden/cancelled", cancelled);
	return g_test_run();
}
