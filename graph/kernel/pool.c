/*
 * Threads for the kernels: units of work are handed out one by one, a cancel is
 * seen by all, and sums come out the same whoever computed what.  Not a general
 * thread pool: it lives for one call.
 */
#include "graph/kernel/pool.h"

#include "base/cancel.h"

#include <string.h>

struct watch {
	GCancellable *cancel;
	int stopped; /* atomic; stays, even if somebody takes the cancel back */
};

struct worker {
	struct shared *shared;
	gpointer own;
	GThread *thread; /* NULL: the caller's, the first one */
};

struct shared {
	const struct crew *crew;
	const struct kernel_run *run;
	struct watch watch;
	int next; /* unit, atomic */

	/* The caller's business alone. */
	struct worker *workers;
	guint n, begun;
};

bool watch_stop(struct watch *watch)
{
	if (!watch->cancel)
		return false;
	if (g_atomic_int_get(&watch->stopped))
		return true;
	if (!g_cancellable_is_cancelled(watch->cancel))
		return false;
	g_atomic_int_set(&watch->stopped, 1);
	return true;
}

static gpointer worker_main(gpointer data);

/* A thread that cannot be had is done without, and so is one while another is busy. */
static void begin_workers(struct shared *s)
{
	guint busy = s->run->busy ? (guint)g_atomic_int_get(s->run->busy) : 0;
	guint most = MAX(s->n - MIN(busy, s->n), 1);
	for (; s->begun < most; s->begun++) {
		struct worker *worker = &s->workers[s->begun];
		*worker = (struct worker){ s, NULL, NULL };
		if (s->crew->open)
			worker->own = s->crew->open(s->crew->task);
		if (s->begun > 0)
			worker->thread = g_thread_try_new("kernel", worker_main, worker, NULL);
	}
}

static gpointer worker_main(gpointer data)
{
	struct worker *worker = data;
	struct shared *s = worker->shared;
	bool caller = worker == s->workers;
	guint units = s->crew->units;
	while (!watch_stop(&s->watch)) {
		guint unit = (guint)g_atomic_int_add(&s->next, 1);
		if (unit >= units)
			break;
		s->crew->work(s->crew->task, worker->own, unit, &s->watch);
		if (caller && s->run->progress)
			s->run->progress((double)(unit + 1) / units, s->run->data);
		if (caller)
			begin_workers(s);
	}
	return NULL;
}

bool crew_run(const struct crew *crew, const struct kernel_run *run, GError **error)
{
	guint n = run->threads ? run->threads : g_get_num_processors();
	n = CLAMP(n, 1, MAX(crew->units, 1));
	g_autofree struct worker *workers = g_new0(struct worker, n);
	struct shared shared = {
		.crew = crew, .run = run, .watch = { run->cancel, 0 }, .workers = workers, .n = n
	};
	begin_workers(&shared);
	worker_main(&workers[0]);
	for (guint i = 1; i < shared.begun; i++)
		if (workers[i].thread)
			g_thread_join(workers[i].thread);
	if (run->progress && !watch_stop(&shared.watch))
		run->progress(1, run->data);
	for (guint i = 0; i < shared.begun && crew->close; i++)
		crew->close(crew->task, workers[i].own);
	if (!watch_stop(&shared.watch))
		return true;
	cancel_fail(error);
	return false;
}

struct ordered {
	GMutex lock;
	double *total;
	gsize length;
	guint units, next;
	double **waiting; /* units: handed in before their turn */
	GPtrArray *spare; /* double * */
};

struct ordered *ordered_new(double *total, gsize length, guint units)
{
	struct ordered *ordered = g_new0(struct ordered, 1);
	g_mutex_init(&ordered->lock);
	ordered->total = total;
	ordered->length = length;
	ordered->units = units;
	ordered->waiting = g_new0(double *, MAX(units, 1));
	ordered->spare = g_ptr_array_new_with_free_func(g_free);
	return ordered;
}

void ordered_free(struct ordered *ordered)
{
	if (!ordered)
		return;
	for (guint i = 0; i < ordered->units; i++)
		if (ordered->waiting[i] != ordered->total)
			g_free(ordered->waiting[i]);
	g_free(ordered->waiting);
	g_ptr_array_unref(ordered->spare);
	g_mutex_clear(&ordered->lock);
	g_free(ordered);
}

double *ordered_take(struct ordered *ordered, guint unit)
{
	double *values = NULL;
	if (unit == 0)
		return ordered->total;
	g_mutex_lock(&ordered->lock);
	if (ordered->spare->len > 0)
		values = g_ptr_array_steal_index_fast(ordered->spare, ordered->spare->len - 1);
	g_mutex_unlock(&ordered->lock);
	if (!values)
		return g_new0(double, MAX(ordered->length, 1));
	memset(values, 0, ordered->length * sizeof *values);
	return values;
}

void ordered_give(struct ordered *ordered, guint unit, double *values)
{
	g_mutex_lock(&ordered->lock);
	ordered->waiting[unit] = values;
	while (ordered->next < ordered->units && ordered->waiting[ordered->next]) {
		double *turn = ordered->waiting[ordered->next];
		ordered->waiting[ordered->next++] = NULL;
		if (turn == ordered->total)
			continue;
		for (gsize i = 0; i < ordered->length; i++)
			ordered->total[i] += turn[i];
		g_ptr_array_add(ordered->spare, turn);
	}
	g_mutex_unlock(&ordered->lock);
}

gpointer kernel_alloc(gsize count, gsize size)
{
	return g_aligned_alloc(MAX(count, 1), size, 64);
}

enum kernel_lanes lanes_choose(enum kernel_lanes asked)
{
	enum kernel_lanes best = LANES_BASE;
#if defined(__x86_64__) && defined(__GNUC__)
	if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("popcnt"))
		best = LANES_AVX2;
	if (best == LANES_AVX2 && __builtin_cpu_supports("avx512f") &&
	    __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw") &&
	    __builtin_cpu_supports("avx512vl"))
		best = LANES_AVX512;
#endif
	return asked == LANES_BEST ? best : MIN(asked, best);
}

const char *lanes_name(enum kernel_lanes lanes)
{
	static const char *const names[] = { "best", "base", "avx2", "avx512" };
	return names[lanes];
}
