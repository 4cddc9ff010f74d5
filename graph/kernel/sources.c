/*
 * Choice of the sources that betweenness is computed from: all or a sample.  Not
 * for what is made of their sums.
 */
#include "graph/kernel/sources.h"

#include "base/mix.h"

#include <math.h>

enum { LEAST_DRAWS = 32 };

static double next_random(guint64 *state)
{
	return ldexp((double)(dice_next(state) >> 11), -53);
}

static void sources_init(struct sources *sources, const struct arranged *graph,
			 const double *weight)
{
	guint n = MAX(graph->n, 1), n_parts = MAX(graph->n_parts, 1);
	*sources = (struct sources){ 0,
				     g_new(guint, n),
				     g_new(guint, n),
				     g_new(double, n),
				     g_new0(double, n_parts),
				     g_new0(double, n_parts) };
	for (guint c = 0; c < graph->n_parts; c++)
		for (guint p = graph->part[c]; p < graph->part[c + 1]; p++)
			sources->total[c] += weight[p];
}

static void add(struct sources *sources, guint place, guint part, double weight)
{
	sources->place[sources->n] = place;
	sources->part[sources->n] = part;
	sources->weight[sources->n++] = weight;
}

static void take_all(struct sources *sources, const struct arranged *graph, guint part,
		     const double *weight)
{
	for (guint p = graph->part[part]; p < graph->part[part + 1]; p++)
		add(sources, p, part, weight[p]);
}

static void draw(struct sources *sources, const struct arranged *graph, guint part,
		 const double *weight, guint draws, guint64 *state)
{
	double stretch = sources->total[part] / draws, passed = 0;
	guint place = graph->part[part], last = graph->part[part + 1] - 1, hits = 0;
	sources->drawn[part] = draws;
	for (guint i = 0; i < draws; i++) {
		double point = (i + next_random(state)) * stretch;
		while (place < last && passed + weight[place] <= point) {
			if (hits > 0)
				add(sources, place, part, hits);
			hits = 0;
			passed += weight[place++];
		}
		hits++;
	}
	add(sources, place, part, hits);
}

void sources_all(struct sources *sources, const struct arranged *graph, const double *weight)
{
	sources_init(sources, graph, weight);
	for (guint c = 0; c < graph->n_parts; c++)
		if (graph->part[c + 1] - graph->part[c] > 1)
			take_all(sources, graph, c, weight);
}

void sources_sample(struct sources *sources, const struct arranged *graph, const double *weight,
		    guint pivots, guint64 seed)
{
	double all = 0;
	sources_init(sources, graph, weight);
	for (guint c = 0; c < graph->n_parts; c++)
		all += sources->total[c];
	for (guint c = 0; c < graph->n_parts; c++) {
		guint size = graph->part[c + 1] - graph->part[c];
		guint draws = (guint)ceil(pivots * sources->total[c] / all);
		draws = MAX(draws, LEAST_DRAWS);
		if (size > draws)
			draw(sources, graph, c, weight, draws, &seed);
		else if (size > 1)
			take_all(sources, graph, c, weight);
	}
}

void sources_release(struct sources *sources)
{
	g_free(sources->place);
	g_free(sources->part);
	g_free(sources->weight);
	g_free(sources->total);
	g_free(sources->drawn);
}
