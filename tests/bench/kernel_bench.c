/*
 * The kernels beside libigraph in one run: same graph, A B A B, results compared
 * before any time is printed.  kernels.sh says how to call it.
 *
 *   kernel_bench SHAPE N RUNS [--lanes=base|avx2|avx512] [--threads=K] [--alone]
 *                [--only=distances,betweenness,edges,sampled,cancel,quality]
 *
 * SHAPE: territories (mean degree 8), grid, stars.  --alone leaves libigraph out.
 * `cancel` and `quality`, only when asked for, tell how long a kernel takes to stop
 * and what a sample is worth beside the exact values.
 */
#include "graph/kernel/betweenness.h"
#include "graph/kernel/distances.h"

#include <igraph.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

/* --- graphs -------------------------------------------------------------------- */

struct random {
	guint64 state;
};

static guint64 random_next(struct random *random)
{
	guint64 z = random->state += G_GUINT64_CONSTANT(0x9e3779b97f4a7c15);
	z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

static double random_unit(struct random *random)
{
	return ldexp((double)(random_next(random) >> 11), -53);
}

static guint random_below(struct random *random, guint n)
{
	return (guint)(random_unit(random) * n);
}

struct graph {
	guint n, m;
	guint *from, *to; /* by (from, to), from < to */
	guint *start, *neighbour;
	struct csr csr;
};

struct pairs {
	guint *name;  /* shuffled numbers, so that nothing is in a lucky order */
	GArray *keys; /* guint64: low << 32 | high */
};

static void pair_add(struct pairs *pairs, guint a, guint b)
{
	if (a == b)
		return;
	a = pairs->name[a];
	b = pairs->name[b];
	guint64 key = (guint64)MIN(a, b) << 32 | MAX(a, b);
	g_array_append_val(pairs->keys, key);
}

static int by_key(gconstpointer a, gconstpointer b)
{
	guint64 x = *(const guint64 *)a, y = *(const guint64 *)b;
	return x < y ? -1 : x > y;
}

static void graph_fill(struct graph *g, guint n, GArray *keys)
{
	g_array_sort(keys, by_key);
	*g = (struct graph){ .n = n };
	g->from = g_new(guint, keys->len + 1);
	g->to = g_new(guint, keys->len + 1);
	g->start = g_new0(guint, n + 2);
	for (guint i = 0; i < keys->len; i++) {
		guint64 key = g_array_index(keys, guint64, i);
		if (i > 0 && key == g_array_index(keys, guint64, i - 1))
			continue;
		g->from[g->m] = (guint)(key >> 32);
		g->to[g->m] = (guint)(key & G_MAXUINT32);
		g->start[g->from[g->m] + 2]++;
		g->start[g->to[g->m++] + 2]++;
	}
	for (guint v = 0; v < n; v++)
		g->start[v + 2] += g->start[v + 1];
	g->neighbour = g_new(guint, 2 * g->m + 1);
	/* Lower neighbours first, then higher ones: both come in ascending order. */
	for (guint e = 0; e < g->m; e++)
		g->neighbour[g->start[g->to[e] + 1]++] = g->from[e];
	for (guint e = 0; e < g->m; e++)
		g->neighbour[g->start[g->from[e] + 1]++] = g->to[e];
	g->csr = (struct csr){ n, g->start, g->neighbour };
}

/* Territories of 20 to 150; most ties inside, some in a sector, a few anywhere. */
static void make_territories(struct pairs *pairs, guint n, struct random *random)
{
	guint n_territories = MAX(1, n / 50), sectors = 10;
	g_autofree guint *first = g_new(guint, n_territories + 1);
	g_autofree guint *of = g_new(guint, n);
	double total = 0, sum = 0;
	for (guint t = 0; t < n_territories; t++)
		total += 1 / (4 + (double)(t % 25));
	for (guint t = 0; t <= n_territories; t++) {
		first[t] = t == n_territories ? n : (guint)(sum / total * n);
		sum += 1 / (4 + (double)(t % 25));
	}
	for (guint t = 0; t < n_territories; t++)
		for (guint v = first[t]; v < first[t + 1]; v++)
			of[v] = t;
	/* One tie in seventeen is there already. */
	for (guint e = 0; e < 17 * n / 4; e++) {
		guint t = of[random_below(random, n)], size = first[t + 1] - first[t];
		double kind = random_unit(random), skew = random_unit(random);
		/* Few institutions hold many of the ties. */
		guint a = first[t] + MIN(size - 1, (guint)(skew * skew * size)), b;
		if (kind < 0.7)
			b = first[t] + random_below(random, size);
		else if (kind < 0.9)
			b = random_below(random, n / sectors) * sectors + a % sectors;
		else
			b = random_below(random, n);
		pair_add(pairs, a, b < n ? b : n - 1);
	}
}

static void make_grid(struct pairs *pairs, guint n)
{
	guint side = (guint)sqrt((double)n);
	for (guint v = 0; v < n; v++) {
		if ((v + 1) % side != 0 && v + 1 < n)
			pair_add(pairs, v, v + 1);
		if (v + side < n)
			pair_add(pairs, v, v + side);
	}
}

/* One institution in ten is a hub that others hang on; hubs know some hubs. */
static void make_stars(struct pairs *pairs, guint n, struct random *random)
{
	guint hubs = MAX(1, n / 10);
	for (guint v = hubs; v < n; v++) {
		double skew = random_unit(random);
		pair_add(pairs, v, MIN(hubs - 1, (guint)(skew * skew * hubs)));
	}
	for (guint e = 0; e < 3 * hubs; e++)
		pair_add(pairs, random_below(random, hubs), random_below(random, hubs));
}

static bool graph_make(struct graph *graph, const char *shape, guint n)
{
	struct random random = { 2026 };
	struct pairs pairs = { g_new(guint, n), g_array_new(FALSE, FALSE, sizeof(guint64)) };
	for (guint v = 0; v < n; v++)
		pairs.name[v] = v;
	for (guint v = n; v > 1; v--) {
		guint other = random_below(&random, v), kept = pairs.name[v - 1];
		pairs.name[v - 1] = pairs.name[other];
		pairs.name[other] = kept;
	}
	if (g_str_equal(shape, "territories"))
		make_territories(&pairs, n, &random);
	else if (g_str_equal(shape, "grid"))
		make_grid(&pairs, n);
	else if (g_str_equal(shape, "stars"))
		make_stars(&pairs, n, &random);
	else
		return false;
	graph_fill(graph, n, pairs.keys);
	g_array_free(pairs.keys, TRUE);
	g_free(pairs.name);
	return true;
}

/* --- what is timed --------------------------------------------------------------- */

struct bench {
	struct graph graph;
	igraph_t peer;
	struct kernel_run run;
	double *ours, *theirs; /* results, n or m */
	guint length;
};

static void keep(struct bench *b, const double *from, guint length, double **to)
{
	g_free(*to);
	*to = g_memdup2(from, length * sizeof *from);
	b->length = length;
}

static void kernel_distances(struct bench *b)
{
	struct spans *spans = spans_new(&b->graph.csr, &b->run, NULL);
	if (spans)
		keep(b, spans->harmonic, b->graph.n, &b->ours);
	spans_free(spans);
}

static void kernel_between(struct bench *b, bool edges, guint limit)
{
	struct between_options options = { .edges = edges, .exact_limit = limit, .pivots = 500 };
	struct between *found = between_new(&b->graph.csr, &options, &b->run, NULL);
	if (found)
		keep(b, edges ? found->edges : found->vertices, edges ? b->graph.m : b->graph.n,
		     &b->ours);
	between_free(found);
}

static void kernel_betweenness(struct bench *b)
{
	kernel_between(b, false, G_MAXUINT);
}

static void kernel_edges(struct bench *b)
{
	kernel_between(b, true, G_MAXUINT);
}

static void kernel_sampled(struct bench *b)
{
	kernel_between(b, false, 1);
}

/* Closeness and harmonic: the two calls that libigraph has for what one pass of ours gives. */
static void peer_distances(struct bench *b)
{
	igraph_vector_t found;
	igraph_vector_init(&found, 0);
	igraph_closeness(&b->peer, &found, NULL, NULL, igraph_vss_all(), IGRAPH_ALL, NULL, true);
	igraph_harmonic_centrality(&b->peer, &found, igraph_vss_all(), IGRAPH_ALL, NULL, false);
	keep(b, VECTOR(found), b->graph.n, &b->theirs);
	igraph_vector_destroy(&found);
}

static void peer_betweenness(struct bench *b)
{
	igraph_vector_t found;
	igraph_vector_init(&found, 0);
	igraph_betweenness(&b->peer, &found, igraph_vss_all(), false, NULL);
	keep(b, VECTOR(found), b->graph.n, &b->theirs);
	igraph_vector_destroy(&found);
}

static void peer_edges(struct bench *b)
{
	igraph_vector_t found;
	igraph_vector_init(&found, 0);
	igraph_edge_betweenness(&b->peer, &found, false, NULL);
	keep(b, VECTOR(found), b->graph.m, &b->theirs);
	igraph_vector_destroy(&found);
}

struct contest {
	const char *name;
	void (*ours)(struct bench *b);
	void (*theirs)(struct bench *b);
	bool exact;
};

static const struct contest contests[] = {
	{ "distances", kernel_distances, peer_distances, true },
	{ "betweenness", kernel_betweenness, peer_betweenness, true },
	{ "edges", kernel_edges, peer_edges, true },
	{ "sampled", kernel_sampled, peer_betweenness, false },
};

/* Processor seconds of all threads so far: what others on the machine do not change. */
static double processor(void)
{
	struct rusage usage;
	getrusage(RUSAGE_SELF, &usage);
	return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
	       (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

/* Wall seconds; adds what it took of the processors to `busy`. */
static double timed(void (*what)(struct bench *b), struct bench *b, double *busy)
{
	double before = processor();
	gint64 begun = g_get_monotonic_time();
	what(b);
	gint64 ended = g_get_monotonic_time();
	*busy += processor() - before;
	return (double)(ended - begun) / 1e6;
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return x < y ? -1 : x > y;
}

/* The largest difference, as a share of the largest value. */
static double difference(const struct bench *b)
{
	double most = 0, worst = 0;
	for (guint i = 0; i < b->length; i++) {
		most = MAX(most, fabs(b->theirs[i]));
		worst = MAX(worst, fabs(b->theirs[i] - b->ours[i]));
	}
	return most > 0 ? worst / most : worst;
}

static bool compete(struct bench *b, const struct contest *contest, guint runs, bool alone,
		    const char *shape)
{
	double *ours = g_new(double, runs), *theirs = g_new(double, runs), off = 0;
	double our_work = 0, their_work = 0;
	for (guint r = 0; r < runs; r++) {
		theirs[r] = alone ? (double)NAN : timed(contest->theirs, b, &their_work);
		ours[r] = timed(contest->ours, b, &our_work);
	}
	if (!alone)
		off = difference(b);
	qsort(ours, runs, sizeof *ours, by_value);
	qsort(theirs, runs, sizeof *theirs, by_value);
	printf("%-11s %6u %7u %-11s %9.4f %9.4f %9.4f %9.4f %9.4f %8.4f %6.1f %6.1f %6.1f %8.1e\n",
	       shape, b->graph.n, b->graph.m, contest->name, theirs[runs / 2], theirs[0],
	       their_work / runs, ours[runs / 2], ours[0], our_work / runs,
	       theirs[runs / 2] / ours[runs / 2], theirs[0] / ours[0], their_work / our_work, off);
	fflush(stdout);
	g_free(ours);
	g_free(theirs);
	return !contest->exact || off <= 1e-9;
}

/* --- how soon a cancel is obeyed ---------------------------------------------------- */

enum { CANCELS = 40 };

struct alarm {
	GCancellable *cancel;
	gulong after; /* microseconds */
	gint64 rung;
};

static gpointer alarm_main(gpointer data)
{
	struct alarm *alarm = data;
	g_usleep(alarm->after);
	alarm->rung = g_get_monotonic_time();
	g_cancellable_cancel(alarm->cancel);
	return NULL;
}

/* Milliseconds from the cancel to the return; negative when all was done before. */
static double cancel_once(struct bench *b, const struct contest *contest, gulong after)
{
	struct alarm alarm = { g_cancellable_new(), after, 0 };
	GThread *thread = g_thread_new("alarm", alarm_main, &alarm);
	b->run.cancel = alarm.cancel;
	contest->ours(b);
	gint64 returned = g_get_monotonic_time();
	b->run.cancel = NULL;
	g_thread_join(thread);
	g_object_unref(alarm.cancel);
	return (double)(returned - alarm.rung) / 1e3;
}

static void cancel_times(struct bench *b, const struct contest *contest, const char *shape)
{
	struct random random = { 7 };
	double took[CANCELS];
	guint n = 0;
	for (guint i = 0; i < CANCELS; i++) {
		double ms = cancel_once(b, contest, 1000 + random_below(&random, 60000));
		if (ms >= 0)
			took[n++] = ms;
	}
	if (n == 0)
		return;
	qsort(took, n, sizeof *took, by_value);
	printf("%-12s %7u %8u  cancel of %-12s %2u in the middle: median %.2f ms, longest %.2f "
	       "ms\n",
	       shape, b->graph.n, b->graph.m, contest->name, n, took[n / 2], took[n - 1]);
}

/* --- what a sample is worth --------------------------------------------------------- */

enum { TOP = 50 };

/* The value that TOP vertices reach. */
static double threshold(const double *values, guint n)
{
	g_autofree double *sorted = g_memdup2(values, n * sizeof *sorted);
	qsort(sorted, n, sizeof *sorted, by_value);
	return sorted[n - MIN(n, TOP)];
}

static void quality(struct bench *b, const char *shape)
{
	struct between_options all = { .exact_limit = G_MAXUINT };
	struct between *exact = between_new(&b->graph.csr, &all, &b->run, NULL);
	guint n = b->graph.n;
	for (guint seed = 1; seed <= 3; seed++) {
		struct between_options some = { .exact_limit = 1, .pivots = 500, .seed = seed };
		struct between *found = between_new(&b->graph.csr, &some, &b->run, NULL);
		double in = threshold(exact->vertices, n), sure = threshold(found->vertices, n);
		double most = 0, worst = 0;
		guint kept = 0, within = 0;
		for (guint v = 0; v < n; v++) {
			double off = fabs(exact->vertices[v] - found->vertices[v]);
			most = MAX(most, exact->vertices[v]);
			worst = MAX(worst, off);
			kept += exact->vertices[v] >= in && found->vertices[v] >= sure;
			within += off <= 2 * found->error[v];
		}
		printf("%-11s %6u %7u sampled, seed %u: %u sources, %u of the top %d, largest "
		       "error "
		       "%.1f %% of the largest (stated %.1f %%), %.1f %% within two stated "
		       "errors\n",
		       shape, n, b->graph.m, seed, found->sources, kept, TOP, 100 * worst / most,
		       100 * found->worst, 100.0 * within / n);
		between_free(found);
	}
	between_free(exact);
}

static void peer_make(struct bench *b)
{
	igraph_vector_int_t edges;
	igraph_vector_int_init(&edges, 2 * (igraph_integer_t)b->graph.m);
	for (guint e = 0; e < b->graph.m; e++) {
		VECTOR(edges)[2 * e] = b->graph.from[e];
		VECTOR(edges)[2 * e + 1] = b->graph.to[e];
	}
	igraph_create(&b->peer, &edges, (igraph_integer_t)b->graph.n, false);
	igraph_vector_int_destroy(&edges);
}

int main(int argc, char **argv)
{
	struct bench b = { .run = { 0 } };
	const char *only = NULL;
	bool alone = false, ok = true;
	guint runs = argc > 3 ? (guint)MAX(1, atoi(argv[3])) : 1;
	for (int i = 4; i < argc; i++) {
		if (g_str_has_prefix(argv[i], "--lanes="))
			for (int l = LANES_BASE; l <= LANES_AVX512; l++)
				b.run.lanes =
					g_str_equal(argv[i] + 8, lanes_name((enum kernel_lanes)l))
						? (enum kernel_lanes)l
						: b.run.lanes;
		else if (g_str_has_prefix(argv[i], "--threads="))
			b.run.threads = (guint)atoi(argv[i] + 10);
		else if (g_str_has_prefix(argv[i], "--only="))
			only = argv[i] + 7;
		else if (g_str_equal(argv[i], "--alone"))
			alone = true;
	}
	if (argc < 4 || atoi(argv[2]) < 1 || !graph_make(&b.graph, argv[1], (guint)atoi(argv[2]))) {
		fprintf(stderr, "usage: kernel_bench territories|grid|stars N RUNS [options]\n");
		return 64;
	}
	peer_make(&b);
	bool cancel = only && strstr(only, "cancel");
	for (guint i = 0; i < G_N_ELEMENTS(contests) && cancel; i++)
		cancel_times(&b, &contests[i], argv[1]);
	if (only && strstr(only, "quality"))
		quality(&b, argv[1]);
	for (guint i = 0; i < G_N_ELEMENTS(contests) && !cancel; i++)
		if (!only || strstr(only, contests[i].name))
			ok &= compete(&b, &contests[i], runs, alone, argv[1]);
	igraph_destroy(&b.peer);
	if (!ok)
		fprintf(stderr, "kernel_bench: results differ by more than 1e-9 of the largest\n");
	return ok ? 0 : 1;
}
