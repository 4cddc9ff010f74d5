/*
 * The order in which sources of betweenness are searched from.  Not for which they are
 * (sources.c).
 */
#include "graph/kernel/alike.h"

#include "graph/kernel/brandes.h"

#include <string.h>

enum {
	TRAITS = 64,	  /* bytes: distances from as many places */
	WINDOW = 8192,	  /* sources that are looked at for a group */
	FEW = 16 * LANES, /* in a component, which are not worth it */
};

struct grouping {
	struct sources *sources;
	const struct arranged *graph;
	guint *begin; /* by part: its sources, and those of the next */
};

static gpointer worker_open(gpointer data)
{
	const struct grouping *task = data;
	struct brandes *brandes = g_new0(struct brandes, 1);
	brandes_init(brandes, task->graph, NULL);
	return brandes;
}

static void worker_close(gpointer data, gpointer own)
{
	(void)data;
	brandes_release(own);
	g_free(own);
}

/* By place from the part's first on: how far it is from each of them, as far as a byte counts. */
static bool find_traits(struct brandes *b, guint8 *traits)
{
	guint size = b->end - b->first;
	for (guint from = 0; from < TRAITS; from += LANES) {
		b->count = LANES;
		for (guint l = 0; l < LANES; l++)
			b->source[l] = b->first + (guint)((guint64)(from + l) * size / TRAITS);
		if (!brandes_search(b))
			return false;
		for (guint d = 0; d < b->levels->len; d++) {
			guint k = g_array_index(b->levels, struct level, d).entry;
			guint end = d + 1 < b->levels->len
					    ? g_array_index(b->levels, struct level, d + 1).entry
					    : b->n_entries;
			for (; k < end; k++) {
				guint8 *own =
					traits + (gsize)(b->entries[k].place - b->first) * TRAITS;
				for (guint lanes = b->entries[k].lanes; lanes; lanes &= lanes - 1)
					own[from + (guint)__builtin_ctz(lanes)] =
						(guint8)MIN(d, 255);
			}
		}
	}
	return true;
}

static guint difference(const guint8 *a, const guint8 *b)
{
	guint sum = 0;
	for (guint i = 0; i < TRAITS; i++)
		sum += (guint)ABS(a[i] - b[i]);
	return sum;
}

/* The sources that are most like the first one, the earlier ones of equals; how many. */
static guint find_alike(const struct sources *sources, guint first, const guint8 *traits,
			const guint *left, guint n, guint alike[LANES])
{
	guint cost[LANES], found = 1;
	const guint8 *own = traits + (gsize)(sources->place[left[0]] - first) * TRAITS;
	alike[0] = cost[0] = 0;
	for (guint i = 1; i < MIN(n, WINDOW); i++) {
		guint here =
			difference(own, traits + (gsize)(sources->place[left[i]] - first) * TRAITS);
		if (found == LANES && here >= cost[LANES - 1])
			continue;
		guint at = found < LANES ? found++ : LANES - 1;
		for (; at > 1 && cost[at - 1] > here; at--) {
			cost[at] = cost[at - 1];
			alike[at] = alike[at - 1];
		}
		cost[at] = here;
		alike[at] = i;
	}
	return found;
}

/* The sources from `from` to `to`, all of one component, in a better order. */
static void regroup(const struct grouping *task, guint from, guint to, guint first,
		    const guint8 *traits, struct watch *watch)
{
	struct sources *sources = task->sources;
	guint n = to - from, done = 0;
	g_autofree guint *left = g_new(guint, n), *place = g_new(guint, n);
	g_autofree double *weight = g_new(double, n);
	for (guint i = 0; i < n; i++)
		left[i] = from + i;
	for (guint rest = n; rest > 0 && !watch_stop(watch);) {
		guint alike[LANES];
		guint found = find_alike(sources, first, traits, left, rest, alike);
		for (guint i = 0; i < found; i++) {
			place[done] = sources->place[left[alike[i]]];
			weight[done++] = sources->weight[left[alike[i]]];
			left[alike[i]] = G_MAXUINT;
		}
		guint kept = 0;
		for (guint i = 0; i < rest; i++)
			if (left[i] != G_MAXUINT)
				left[kept++] = left[i];
		rest = kept;
	}
	memcpy(sources->place + from, place, done * sizeof *place);
	memcpy(sources->weight + from, weight, done * sizeof *weight);
}

static void group_part(gpointer data, gpointer own, guint part, struct watch *watch)
{
	struct grouping *task = data;
	struct brandes *b = own;
	guint from = task->begin[part], to = task->begin[part + 1];
	if (to - from < FEW)
		return;
	b->watch = watch;
	b->first = task->graph->part[part];
	b->end = task->graph->part[part + 1];
	g_autofree guint8 *traits = g_new(guint8, (gsize)(b->end - b->first) * TRAITS);
	if (find_traits(b, traits))
		regroup(task, from, to, b->first, traits, watch);
}

bool sources_group(struct sources *sources, const struct arranged *graph,
		   const struct kernel_run *run, GError **error)
{
	g_autofree guint *begin = g_new0(guint, graph->n_parts + 1);
	struct grouping task = { sources, graph, begin };
	struct kernel_run silent = *run;
	guint large = 0;
	silent.progress = NULL;
	for (guint i = 0, part = 0; part < graph->n_parts; part++) {
		while (i < sources->n && sources->part[i] == part)
			i++;
		begin[part + 1] = i;
		/* They come by falling size. */
		if (begin[part + 1] - begin[part] >= FEW)
			large = part + 1;
	}
	struct crew crew = { large, &task, worker_open, group_part, worker_close };
	return large == 0 || crew_run(&crew, &silent, error);
}
