/*
 * Brandes's algorithm for several sources at once: levels, memory, and when to
 * fall back on larger numbers; the inner loops come from brandes_body.h, once per
 * instruction set.  Not for which sources nor for what is made of the sums.
 */
#include "graph/kernel/brandes.h"

#include <string.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

/* A product and a sum are rounded each, on machines that could do both at once as well. */
#if defined(__clang__)
#pragma STDC FP_CONTRACT OFF
#endif

enum { STRETCH = 2048 }; /* places between two looks at the watch */

/* Beyond this a sum could overflow and 1/count lose its last bits. */
#define MOST_PATHS 1e280

struct steps {
	void (*reach)(struct brandes *brandes, const guint *list, guint length);
	bool (*settle)(struct brandes *brandes, guint from, guint distance);
	void (*depend)(struct brandes *brandes, guint from, guint to, guint distance);
	void (*gain)(struct brandes *brandes, guint from, guint to);
	void (*cross)(struct brandes *brandes, guint from, guint to);
};

void brandes_init(struct brandes *brandes, const struct arranged *graph, const double *weight)
{
	frontier_init(&brandes->frontier, graph);
	brandes->weight = weight;
	brandes->paths = kernel_alloc(graph->n, ROW);
	brandes->gain = kernel_alloc(graph->n, ROW);
	brandes->levels = g_array_new(FALSE, FALSE, sizeof(guint));
}

void brandes_release(struct brandes *brandes)
{
	frontier_release(&brandes->frontier);
	g_aligned_free(brandes->paths);
	g_aligned_free(brandes->gain);
	g_aligned_free(brandes->away);
	g_aligned_free(brandes->fresh);
	g_free(brandes->entry);
	g_array_free(brandes->levels, TRUE);
}

/* One row more than asked for: a place that finds nothing writes there and stays no entry. */
static void make_room(struct brandes *b, guint more)
{
	if (b->room > b->n_entries + more)
		return;
	guint room = b->n_entries + more + b->room / 2 + 1;
	double *fresh = g_aligned_alloc(room, ROW, 64);
	if (b->n_entries > 0)
		memcpy(fresh, b->fresh, (gsize)b->n_entries * ROW);
	g_aligned_free(b->fresh);
	b->fresh = fresh;
	b->entry = g_renew(guint, b->entry, room);
	b->room = room;
}

static void begin(struct brandes *b)
{
	guint first = b->frontier.first, end = b->frontier.end;
	memset(b->paths + (gsize)first * LANES, 0, (gsize)(end - first) * ROW);
	memset(b->gain + (gsize)first * LANES, 0, (gsize)(end - first) * ROW);
	if (b->edges && !b->away)
		b->away = kernel_alloc(b->frontier.graph->n, LANES * sizeof *b->away);
	if (b->edges)
		memset(b->away + (gsize)first * LANES, 0,
		       (gsize)(end - first) * LANES * sizeof *b->away);
	frontier_begin(&b->frontier, first, end, b->count);
	g_array_set_size(b->levels, 0);
	b->n_entries = 0;
	for (guint l = 0; l < b->count; l++) {
		b->paths[(gsize)b->source[l] * LANES + l] = 1;
		b->frontier.missing[b->source[l]]--;
	}
}

static guint level_at(const struct brandes *b, guint level)
{
	return g_array_index(b->levels, guint, level);
}

enum outcome { DONE, STOPPED, TOO_LARGE };

/* levels[d - 1] is where the entries at distance d begin. */
static enum outcome forward(struct brandes *b, const struct steps *steps)
{
	const struct frontier *frontier = &b->frontier;
	const guint *changed = b->source;
	guint n_changed = b->count;
	g_array_append_val(b->levels, b->n_entries);
	while (n_changed > 0) {
		guint from = b->n_entries;
		frontier_next(&b->frontier, changed, n_changed);
		make_room(b, frontier->n);
		for (guint i = 0; i < frontier->n; i += STRETCH) {
			if (watch_stop(b->watch))
				return STOPPED;
			steps->reach(b, frontier->places + i, MIN(STRETCH, frontier->n - i));
		}
		if (!steps->settle(b, from, b->levels->len) || b->levels->len >= G_MAXUINT16)
			return TOO_LARGE;
		changed = b->entry + from;
		n_changed = b->n_entries - from;
		if (n_changed > 0)
			g_array_append_val(b->levels, b->n_entries);
	}
	return DONE;
}

static void backward(struct brandes *b, const struct steps *steps)
{
	for (guint distance = b->levels->len - 1; distance > 0; distance--) {
		guint from = level_at(b, distance - 1), to = level_at(b, distance);
		for (guint k = from; k < to; k += STRETCH) {
			if (watch_stop(b->watch))
				return;
			steps->depend(b, k, MIN(k + STRETCH, to), distance);
		}
		steps->gain(b, from, to);
	}
	guint end = b->edges ? b->frontier.end : 0;
	for (guint v = b->frontier.first; v < end && !watch_stop(b->watch); v += STRETCH)
		steps->cross(b, v, MIN(v + STRETCH, end));
}

static void brandes_run(struct brandes *b, const struct steps *steps)
{
	begin(b);
	enum outcome outcome = forward(b, steps);
	if (outcome == DONE)
		backward(b, steps);
	else if (outcome == TOO_LARGE)
		for (guint l = 0; l < b->count && !watch_stop(b->watch); l++)
			brandes_huge(b, l);
}

#define TARGET
#define BYTES	16
#define NAME(x) x##_base
#include "graph/kernel/brandes_body.h"
#undef NAME
#undef BYTES
#undef TARGET

#if defined(__x86_64__)
#define TARGET	__attribute__((target("avx2,popcnt")))
#define BYTES	32
#define NAME(x) x##_avx2
#include "graph/kernel/brandes_body.h"
#undef NAME
#undef BYTES
#undef TARGET

#define TARGET	__attribute__((target("avx2,popcnt,avx512f,avx512dq,avx512bw,avx512vl")))
#define BYTES	64
#define NAME(x) x##_avx512
#include "graph/kernel/brandes_body.h"
#undef NAME
#undef BYTES
#undef TARGET
#endif
