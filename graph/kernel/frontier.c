/*
 * The places that a search from many sources visits next.  What it does there is
 * the searches' own business.
 */
#include "graph/kernel/frontier.h"

/* Above this share of the component, one in DENSE, marking costs more than it saves. */
enum { DENSE = 8 };

void frontier_init(struct frontier *frontier, const struct arranged *graph)
{
	guint n = MAX(graph->n, 1);
	frontier->graph = graph;
	frontier->missing = g_new0(guint16, n);
	frontier->passed = g_new0(guint8, n);
	frontier->places = g_new(guint, n + 1);
}

void frontier_release(struct frontier *frontier)
{
	g_free(frontier->missing);
	g_free(frontier->passed);
	g_free(frontier->places);
}

void frontier_begin(struct frontier *frontier, guint first, guint end, guint sources)
{
	frontier->first = first;
	frontier->end = end;
	for (guint v = first; v < end; v++) {
		frontier->missing[v] = (guint16)sources;
		frontier->passed[v] = 0;
	}
}

/* Writes each neighbour and keeps those not passed: no branch, as none could be foretold. */
static guint neighbours_of(struct frontier *frontier, const guint *changed, guint n_changed)
{
	const struct arranged *graph = frontier->graph;
	guint8 *passed = frontier->passed;
	guint *places = frontier->places, n = 0;
	for (guint i = 0; i < n_changed; i++) {
		guint u = changed[i];
		for (guint j = graph->start[u]; j < graph->start[u + 1]; j++) {
			guint v = graph->neighbour[j];
			places[n] = v;
			n += !passed[v];
			passed[v] = 1;
		}
	}
	for (guint i = 0; i < n; i++)
		passed[places[i]] = 0;
	return n;
}

static guint everybody(struct frontier *frontier)
{
	guint n = 0;
	for (guint v = frontier->first; v < frontier->end; v++) {
		frontier->places[n] = v;
		n += frontier->missing[v] > 0;
	}
	return n;
}

void frontier_next(struct frontier *frontier, const guint *changed, guint n_changed)
{
	guint size = frontier->end - frontier->first;
	for (guint i = 0; i < n_changed; i++)
		frontier->passed[changed[i]] = frontier->missing[changed[i]] == 0;
	if (n_changed < size / DENSE)
		frontier->n = neighbours_of(frontier, changed, n_changed);
	else
		frontier->n = everybody(frontier);
}
