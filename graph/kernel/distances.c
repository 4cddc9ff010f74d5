/*
 * All distances, summed per vertex and over the network: batches of sources over
 * threads.  Not for single paths (graph/paths.c has those).
 */
#include "graph/kernel/distances.h"

#include "base/cancel.h"
#include "graph/kernel/wave.h"

#include <math.h>

struct batch {
	guint part, source, count;
};

struct spans_task {
	const struct arranged *graph;
	GArray *batches; /* struct batch */
	void (*search)(struct wave *wave);
	struct far *far; /* by place, of all workers */
	guint *within_two, *within_three;
};

static gpointer worker_open(gpointer data)
{
	struct spans_task *task = data;
	guint n = task->graph->n;
	struct wave *wave = g_new0(struct wave, 1);
	frontier_init(&wave->frontier, task->graph);
	for (guint i = 0; i < 2; i++) {
		wave->seen[i] = kernel_alloc(n, WAVE_BYTES);
		wave->changed[i] = g_new(guint, MAX(n, 1));
	}
	wave->far = g_new0(struct far, MAX(n, 1));
	wave->within_two = g_new0(guint, MAX(n, 1));
	wave->within_three = g_new0(guint, MAX(n, 1));
	return wave;
}

static void worker_work(gpointer data, gpointer own, guint unit, struct watch *watch)
{
	struct spans_task *task = data;
	struct wave *wave = own;
	const struct batch *batch = &g_array_index(task->batches, struct batch, unit);
	wave->watch = watch;
	wave->frontier.first = task->graph->part[batch->part];
	wave->frontier.end = task->graph->part[batch->part + 1];
	wave->source = batch->source;
	wave->count = batch->count;
	task->search(wave);
}

/* Adds what a worker counted: whole numbers, so their order is of no matter. */
static void worker_close(gpointer data, gpointer own)
{
	struct spans_task *task = data;
	struct wave *wave = own;
	/* Before the sums take memory: they are not touched until now. */
	for (guint i = 0; i < 2; i++) {
		g_aligned_free(wave->seen[i]);
		g_free(wave->changed[i]);
	}
	frontier_release(&wave->frontier);
	for (guint v = 0; v < task->graph->n; v++) {
		task->far[v].coarse += wave->far[v].coarse;
		task->far[v].fine += wave->far[v].fine;
		task->far[v].sum += wave->far[v].sum;
		task->far[v].most = MAX(task->far[v].most, wave->far[v].most);
		task->within_two[v] += wave->within_two[v];
		task->within_three[v] += wave->within_three[v];
	}
	g_free(wave->far);
	g_free(wave->within_two);
	g_free(wave->within_three);
	g_free(wave);
}

static GArray *batches_of(const struct arranged *graph)
{
	GArray *batches = g_array_new(FALSE, FALSE, sizeof(struct batch));
	for (guint c = 0; c < graph->n_parts; c++) {
		guint first = graph->part[c], end = graph->part[c + 1];
		if (end - first < 2)
			continue;
		for (guint s = first; s < end; s += WAVE_SOURCES) {
			struct batch batch = { c, s, MIN(WAVE_SOURCES, end - s) };
			g_array_append_val(batches, batch);
		}
	}
	return batches;
}

struct spans *spans_blank(guint n)
{
	struct spans *out = g_atomic_rc_box_new0(struct spans);
	out->n = n;
	out->harmonic = g_new0(double, MAX(n, 1));
	out->sum = g_new0(guint64, MAX(n, 1));
	out->reached = g_new0(guint, MAX(n, 1));
	out->within_two = g_new0(guint, MAX(n, 1));
	out->within_three = g_new0(guint, MAX(n, 1));
	out->eccentricity = g_new0(guint, MAX(n, 1));
	return out;
}

static struct spans *spans_of(const struct spans_task *task)
{
	const struct arranged *graph = task->graph;
	struct spans *out = spans_blank(graph->n);
	for (guint c = 0; c < graph->n_parts; c++)
		for (guint p = graph->part[c]; p < graph->part[c + 1]; p++) {
			guint v = graph->vertex[p];
			out->harmonic[v] = ldexp((double)task->far[p].coarse, -32) +
					   ldexp((double)task->far[p].fine, -64);
			out->sum[v] = task->far[p].sum;
			out->reached[v] = graph->part[c + 1] - graph->part[c] - 1;
			out->eccentricity[v] = task->far[p].most;
			out->within_two[v] = task->within_two[p];
			out->within_three[v] = task->within_three[p];
		}
	for (guint v = 0; v < out->n; v++) {
		out->inverse += out->harmonic[v];
		out->total += out->sum[v];
		out->pairs += out->reached[v];
		out->diameter = MAX(out->diameter, out->eccentricity[v]);
	}
	/* Every pair was counted from both ends. */
	out->inverse /= 2;
	out->total /= 2;
	out->pairs /= 2;
	out->mean_distance = out->pairs ? (double)out->total / (double)out->pairs : (double)NAN;
	out->efficiency =
		out->n > 1 ? 2 * out->inverse / ((double)out->n * (out->n - 1.0)) : (double)NAN;
	return out;
}

struct spans *spans_new(const struct csr *csr, const struct kernel_run *run, GError **error)
{
	struct spans *out = NULL;
	struct arranged *graph = arranged_new(csr, NULL, 64, false, run->cancel);
	if (!graph) {
		cancel_fail(error);
		return NULL;
	}
	g_autofree struct far *far = g_new0(struct far, MAX(csr->n, 1));
	g_autofree guint *within_two = g_new0(guint, MAX(csr->n, 1));
	g_autofree guint *within_three = g_new0(guint, MAX(csr->n, 1));
	struct spans_task task = { graph, batches_of(graph), wave_base,
				   far,	  within_two,	     within_three };
#if defined(__x86_64__)
	enum kernel_lanes lanes = lanes_choose(run->lanes);
	if (lanes == LANES_AVX512)
		task.search = wave_avx512;
	else if (lanes == LANES_AVX2)
		task.search = wave_avx2;
#endif
	struct crew crew = { task.batches->len, &task, worker_open, worker_work, worker_close };
	if (crew_run(&crew, run, error))
		out = spans_of(&task);
	g_array_free(task.batches, TRUE);
	arranged_free(graph);
	return out;
}

struct spans *spans_share(struct spans *spans)
{
	return spans ? g_atomic_rc_box_acquire(spans) : NULL;
}

static void spans_clear(gpointer data)
{
	struct spans *spans = data;
	g_free(spans->harmonic);
	g_free(spans->sum);
	g_free(spans->reached);
	g_free(spans->within_two);
	g_free(spans->within_three);
	g_free(spans->eccentricity);
}

void spans_free(struct spans *spans)
{
	if (spans)
		g_atomic_rc_box_release_full(spans, spans_clear);
}
