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

enum {
	STRETCH = 2048, /* entries, or arcs, between two looks at the watch */
	DENSE = 8,	/* a share of the component, see arrive() */
};

/* Beyond this a sum could overflow and 1/count lose its last bits. */
#define MOST_PATHS 1e280

struct steps {
	double (*count)(struct brandes *brandes, guint from, guint to);
	/* Of a group of entries: its arcs from `arc` on, and where those of the next begin. */
	guint (*hand_on)(struct brandes *brandes, guint from, guint to, guint arc, guint distance);
	void (*depend)(struct brandes *brandes, guint from, guint to, guint distance);
};

void brandes_init(struct brandes *brandes, const struct arranged *graph, const double *weight)
{
	brandes->graph = graph;
	brandes->weight = weight;
	brandes->seen = g_new0(guint16, MAX(graph->n, 1));
	brandes->next = g_new0(guint16, MAX(graph->n, 1));
	brandes->rows = kernel_alloc(graph->n, ROW);
	brandes->gain = kernel_alloc(GROUP, ROW);
	brandes->levels = g_array_new(FALSE, FALSE, sizeof(struct level));
}

void brandes_release(struct brandes *brandes)
{
	g_aligned_free(brandes->rows);
	g_aligned_free(brandes->gain);
	g_free(brandes->seen);
	g_free(brandes->next);
	g_free(brandes->entries);
	g_free(brandes->arcs.entry);
	g_free(brandes->arcs.slot);
	g_free(brandes->arcs.lanes);
	g_array_free(brandes->levels, TRUE);
}

/* Both grow by half at least. */
static void entries_reserve(struct brandes *b, gsize n)
{
	if (n <= b->entry_room)
		return;
	b->entry_room = n + n / 2;
	b->entries = g_renew(struct entry, b->entries, b->entry_room);
}

static void arcs_reserve(struct brandes *b, gsize n)
{
	if (n <= b->arc_room)
		return;
	b->arc_room = n + n / 2;
	b->arcs.entry = g_renew(guint, b->arcs.entry, b->arc_room);
	b->arcs.slot = g_renew(guint, b->arcs.slot, b->arc_room);
	b->arcs.lanes = g_renew(guint16, b->arcs.lanes, b->arc_room);
}

static void begin(struct brandes *b)
{
	guint first = b->first, size = b->end - first;
	memset(b->seen + first, 0, size * sizeof *b->seen);
	memset(b->next + first, 0, size * sizeof *b->next);
	g_array_set_size(b->levels, 0);
	entries_reserve(b, LANES);
	b->n_entries = b->n_arcs = 0;
	for (guint l = 0; l < b->count; l++) {
		guint source = b->source[l];
		b->seen[source] = (guint16)(1 << l);
		b->entries[b->n_entries++] = (struct entry){ source, 1u << l };
	}
}

/* The arcs from these entries to whom their sources have not reached. */
static void leave(struct brandes *b, guint from, guint to)
{
	const struct arranged *graph = b->graph;
	const guint *start = graph->start, *neighbour = graph->neighbour;
	const guint16 *seen = b->seen;
	gsize room = b->n_arcs + 1;
	for (guint k = from; k < to; k++) {
		guint v = b->entries[k].place;
		room += start[v + 1] - start[v];
	}
	arcs_reserve(b, room);
	struct arcs arcs = b->arcs;
	guint n = b->n_arcs;
	for (guint k = from; k < to; k++) {
		guint v = b->entries[k].place, all = b->entries[k].lanes;
		/* Without a branch, as none could be foretold. */
		for (guint i = start[v], end = start[v + 1]; i < end; i++) {
			guint lanes = all & ~(guint)seen[neighbour[i]];
			arcs.entry[n] = k;
			arcs.slot[n] = i;
			arcs.lanes[n] = (guint16)lanes;
			n += lanes != 0;
		}
	}
	b->n_arcs = n;
}

/* Everybody whom the arcs from `from` on lead to, each once, as they come. */
static guint meet(struct brandes *b, guint from, struct entry *found)
{
	const struct arcs arcs = b->arcs;
	const guint *neighbour = b->graph->neighbour;
	guint16 *next = b->next;
	guint n = 0;
	for (guint i = from; i < b->n_arcs; i++) {
		guint v = neighbour[arcs.slot[i]], before = next[v];
		found[n].place = v;
		n += before == 0;
		next[v] = (guint16)(before | arcs.lanes[i]);
	}
	return n;
}

/* The same by place, as they lie in memory, which is what the next level is read by. */
static guint meet_many(struct brandes *b, guint from, struct entry *found)
{
	const struct arcs arcs = b->arcs;
	const guint *neighbour = b->graph->neighbour;
	guint16 *next = b->next;
	guint n = 0;
	for (guint i = from; i < b->n_arcs; i++)
		next[neighbour[arcs.slot[i]]] |= arcs.lanes[i];
	for (guint v = b->first; v < b->end; v++) {
		found[n].place = v;
		n += next[v] != 0;
	}
	return n;
}

/* The next level's entries. */
static void arrive(struct brandes *b, guint from)
{
	guint arcs = b->n_arcs - from, size = b->end - b->first;
	entries_reserve(b, (gsize)b->n_entries + MIN(arcs, size) + 1);
	struct entry *found = b->entries + b->n_entries;
	guint n = arcs > size / DENSE ? meet_many(b, from, found) : meet(b, from, found);
	for (guint k = 0; k < n; k++) {
		guint v = found[k].place;
		found[k].lanes = b->next[v];
		b->seen[v] |= b->next[v];
		b->next[v] = 0;
	}
	b->n_entries += n;
}

/* Level 0 are the sources.  False once stopped. */
bool brandes_search(struct brandes *b)
{
	struct level level = { 0, 0 };
	begin(b);
	do {
		guint end = b->n_entries;
		level.arc = b->n_arcs;
		g_array_append_val(b->levels, level);
		for (guint k = level.entry; k < end; k += STRETCH) {
			if (watch_stop(b->watch))
				return false;
			leave(b, k, MIN(k + STRETCH, end));
		}
		arrive(b, level.arc);
		level.entry = end;
	} while (b->n_entries > level.entry);
	return true;
}

enum outcome { DONE, STOPPED, TOO_LARGE };

static void rows_begin(struct brandes *b)
{
	gsize from = (gsize)b->first * LANES, bytes = (gsize)(b->end - b->first) * ROW;
	memset(b->rows + from, 0, bytes);
	for (guint l = 0; l < b->count; l++)
		b->rows[(gsize)b->source[l] * LANES + l] = 1;
}

static enum outcome forward(struct brandes *b, const struct steps *steps)
{
	rows_begin(b);
	for (guint i = 0; i < b->n_arcs; i += STRETCH) {
		if (watch_stop(b->watch))
			return STOPPED;
		if (!(steps->count(b, i, MIN(i + STRETCH, b->n_arcs)) < MOST_PATHS))
			return TOO_LARGE;
	}
	return DONE;
}

/* Nobody asks what depends on a source. */
static void backward(struct brandes *b, const struct steps *steps)
{
	guint end = b->n_entries;
	for (guint distance = b->levels->len; distance-- > 0;) {
		struct level here = g_array_index(b->levels, struct level, distance);
		guint arc = here.arc;
		for (guint k = here.entry; k < end; k += GROUP) {
			guint next = MIN(k + GROUP, end);
			if (watch_stop(b->watch))
				return;
			arc = steps->hand_on(b, k, next, arc, distance);
			if (distance > 0)
				steps->depend(b, k, next, distance);
		}
		end = here.entry;
	}
}

static void brandes_run(struct brandes *b, const struct steps *steps)
{
	enum outcome outcome = brandes_search(b) ? forward(b, steps) : STOPPED;
	if (outcome == DONE)
		backward(b, steps);
	else if (outcome == TOO_LARGE)
		for (guint l = 0; l < b->count && !watch_stop(b->watch); l++)
			brandes_huge(b, l);
}

/* Each lane's bit, in both halves of the lane. */
#define BIT(l) 1 << (l), 1 << (l)
static const gint32 lane_bits[2 * LANES] __attribute__((aligned(64))) = {
	BIT(0), BIT(1), BIT(2),	 BIT(3),  BIT(4),  BIT(5),  BIT(6),  BIT(7),
	BIT(8), BIT(9), BIT(10), BIT(11), BIT(12), BIT(13), BIT(14), BIT(15),
};

#define UNROLL _Pragma("GCC unroll 8")

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
