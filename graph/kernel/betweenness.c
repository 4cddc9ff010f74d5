/*
 * Betweenness: trees folded away, sources all or sampled, batches over threads,
 * and sums whose bits depend on none of that.  Not for scaling to 0..1, which is
 * the measures' business.
 */
#include "graph/kernel/betweenness.h"

#include "base/cancel.h"
#include "graph/kernel/alike.h"
#include "graph/kernel/brandes.h"
#include "graph/kernel/fold.h"
#include "graph/kernel/sources.h"

#include <math.h>
#include <string.h>

enum {
	UNIT = 128, /* sources between two hand-ins: fixed, whatever the machine */
	DEFAULT_LIMIT = 20000,
	DEFAULT_PIVOTS = 500,
	MOST_PLACES = 160000, /* of all workers together, see threads_for() */
};

/* One array of sums a unit: the vertices', then their squares, then the edges'. */
struct between_task {
	const struct arranged *graph;
	const double *weight; /* by place */
	struct sources sources;
	bool sampled, edges;
	guint n_edges;
	void (*search)(struct brandes *brandes);
	struct ordered *ordered;
};

static gsize edges_at(const struct between_task *task)
{
	return (gsize)task->graph->n * (task->sampled ? 2 : 1);
}

static guint unit_end(const struct between_task *task, guint unit)
{
	return MIN((unit + 1) * UNIT, task->sources.n);
}

static gpointer worker_open(gpointer data)
{
	struct between_task *task = data;
	struct brandes *brandes = g_new0(struct brandes, 1);
	brandes_init(brandes, task->graph, task->weight);
	brandes->scaled = task->sampled;
	return brandes;
}

static void worker_close(gpointer data, gpointer own)
{
	(void)data;
	brandes_release(own);
	g_free(own);
}

/* The next sources of one component, at most as many as there are lanes. */
static void load_lanes(const struct between_task *task, struct brandes *b, guint from, guint end)
{
	const struct sources *sources = &task->sources;
	guint part = sources->part[from];
	b->first = task->graph->part[part];
	b->end = task->graph->part[part + 1];
	b->count = 0;
	memset(b->source_weight, 0, sizeof b->source_weight);
	memset(b->square_weight, 0, sizeof b->square_weight);
	for (guint i = from; i < end && b->count < LANES && sources->part[i] == part; i++) {
		b->source[b->count] = sources->place[i];
		b->source_weight[b->count] = sources->weight[i];
		b->square_weight[b->count++] = 1 / sources->weight[i];
	}
}

static void worker_work(gpointer data, gpointer own, guint unit, struct watch *watch)
{
	struct between_task *task = data;
	struct brandes *b = own;
	guint end = unit_end(task, unit);
	double *sums = ordered_take(task->ordered, unit);
	b->watch = watch;
	b->vertices = sums;
	b->squares = task->sampled ? sums + task->graph->n : NULL;
	b->edges = task->edges ? sums + edges_at(task) : NULL;
	for (guint i = unit * UNIT; i < end && !watch_stop(watch); i += b->count) {
		load_lanes(task, b, i, end);
		task->search(b);
	}
	ordered_give(task->ordered, unit, sums);
}

/* --- what the sums mean --------------------------------------------------------- */

/*
 * The standard error of a vertex's estimate from k draws, as if they were a plain
 * sample without replacement; that they are spread out only makes it smaller.
 */
static double error_of(double sum, double square, double k, double total)
{
	double mean = sum / k, spread = MAX(0, square / k - mean * mean) * k / (k - 1);
	return total * sqrt(spread / k * (1 - k / total));
}

/*
 * All sources see every pair from both ends, so half counts; with linear scaling
 * the two ends' shares add up to one, and a draw stands for its stretch.
 */
static void scale_part(const struct between_task *task, guint part, const double *sums,
		       struct between *out)
{
	const struct arranged *graph = task->graph;
	double drawn = task->sources.drawn[part], total = task->sources.total[part];
	double factor = drawn > 0 ? total / drawn : task->sampled ? 1 : 0.5;
	for (guint p = graph->part[part]; p < graph->part[part + 1]; p++) {
		guint v = graph->vertex[p];
		out->vertices[v] += sums[p] * factor;
		if (drawn > 0)
			out->error[v] = error_of(sums[p], sums[graph->n + p], drawn, total);
		for (guint i = graph->start[p]; task->edges && i < graph->start[p + 1]; i++)
			if (graph->neighbour[i] > p)
				out->edges[graph->number[graph->edge[i]]] +=
					factor * sums[edges_at(task) + graph->edge[i]];
	}
}

static void note_worst(struct between *out)
{
	double most = 0, worst = 0;
	for (guint v = 0; v < out->n; v++) {
		most = MAX(most, out->vertices[v]);
		worst = MAX(worst, out->error[v]);
	}
	out->worst = most > 0 ? worst / most : 0;
}

static void fill(const struct between_task *task, const double *sums, struct between *out)
{
	out->sources = task->sources.n;
	for (guint c = 0; c < task->graph->n_parts; c++)
		if (task->graph->part[c + 1] - task->graph->part[c] > 1)
			scale_part(task, c, sums, out);
	if (out->sampled)
		note_worst(out);
}

/* --- all together --------------------------------------------------------------- */

static void (*search_for(enum kernel_lanes lanes))(struct brandes *brandes)
{
#if defined(__x86_64__)
	if (lanes == LANES_AVX512)
		return brandes_avx512;
	if (lanes == LANES_AVX2)
		return brandes_avx2;
#endif
	(void)lanes;
	return brandes_base;
}

/*
 * A worker takes some 350 bytes a place.  A sample of a very large network is searched in
 * seconds, so fewer of them do where all cores would double what the network takes itself.
 */
static guint threads_for(const struct between_task *task, const struct kernel_run *run)
{
	guint threads = run->threads ? run->threads : g_get_num_processors();
	return task->sampled ? CLAMP(MOST_PLACES / MAX(task->graph->n, 1), 1, threads) : threads;
}

static bool search_all(struct between_task *task, const struct kernel_run *asked,
		       struct between *out, GError **error)
{
	struct kernel_run run = *asked;
	gsize length = edges_at(task) + (task->edges ? task->n_edges : 0);
	g_autofree double *sums = g_new0(double, MAX(length, 1));
	guint units = (task->sources.n + UNIT - 1) / UNIT;
	struct crew crew = { units, task, worker_open, worker_work, worker_close };
	task->ordered = ordered_new(sums, length, units);
	run.threads = threads_for(task, asked);
	bool ok = crew_run(&crew, &run, error);
	ordered_free(task->ordered);
	if (ok)
		fill(task, sums, out);
	return ok;
}

/* The vertices start with what folding settled.  NULL once cancelled. */
static struct between *between_begin(const struct csr *csr, bool edges, bool sampled,
				     struct folded *folded, GCancellable *cancel)
{
	if (!folded_init(folded, csr, edges, cancel))
		return NULL;
	struct between *out = g_atomic_rc_box_new0(struct between);
	out->n = csr->n;
	out->m = csr->start[csr->n] / 2;
	out->sampled = sampled;
	out->vertices = g_steal_pointer(&folded->vertices);
	out->edges = g_steal_pointer(&folded->edges);
	out->error = sampled ? g_new0(double, MAX(out->n, 1)) : NULL;
	return out;
}

/* Adds to `out` what the searches on the folded graph find. */
static bool add_searches(const struct arranged *graph, const struct folded *folded,
			 const struct between_options *options, const struct kernel_run *run,
			 struct between *out, GError **error)
{
	guint pivots = options->pivots ? options->pivots : DEFAULT_PIVOTS;
	g_autofree double *weight = g_new(double, MAX(graph->n, 1));
	struct between_task task = {
		.graph = graph,
		.weight = weight,
		.sampled = out->sampled,
		.edges = options->edges,
		.n_edges = out->m,
		.search = search_for(lanes_choose(run->lanes)),
	};
	for (guint p = 0; p < graph->n; p++)
		weight[p] = folded->weight[graph->vertex[p]];
	if (out->sampled)
		sources_sample(&task.sources, graph, weight, pivots, options->seed);
	else
		sources_all(&task.sources, graph, weight);
	bool ok = sources_group(&task.sources, graph, run, error) &&
		  search_all(&task, run, out, error);
	sources_release(&task.sources);
	return ok;
}

struct between *between_new(const struct csr *csr, const struct between_options *options,
			    const struct kernel_run *run, GError **error)
{
	guint limit = options->exact_limit ? options->exact_limit : DEFAULT_LIMIT;
	guint pivots = options->pivots ? options->pivots : DEFAULT_PIVOTS;
	struct folded folded = { 0 };
	struct arranged *graph = NULL;
	struct between *out = between_begin(csr, options->edges, csr->n > limit && pivots < csr->n,
					    &folded, run->cancel);
	if (out)
		graph = arranged_new(csr, folded.kept, 64, options->edges, run->cancel);
	if (!graph)
		cancel_fail(error);
	if (!graph || !add_searches(graph, &folded, options, run, out, error))
		g_clear_pointer(&out, between_free);
	arranged_free(graph);
	folded_release(&folded);
	return out;
}

struct between *between_blank(guint n, guint m)
{
	struct between *out = g_atomic_rc_box_new0(struct between);
	out->n = n;
	out->m = m;
	out->vertices = g_new0(double, MAX(n, 1));
	out->edges = g_new0(double, MAX(m, 1));
	out->error = g_new0(double, MAX(n, 1));
	return out;
}

struct between *between_share(struct between *between)
{
	return between ? g_atomic_rc_box_acquire(between) : NULL;
}

static void between_clear(gpointer data)
{
	struct between *between = data;
	g_free(between->vertices);
	g_free(between->edges);
	g_free(between->error);
}

void between_free(struct between *between)
{
	if (between)
		g_atomic_rc_box_release_full(between, between_clear);
}
