/*
 * Brandes's algorithm from one source with path counts as mantissa and exponent.
 * Slow and always right; only for graphs whose shortest paths are more than a
 * double can count.  Dependencies are quotients of counts, so they stay doubles.
 */
#include "graph/kernel/brandes.h"

#include <math.h>

struct huge {
	double mantissa; /* 0.5 to 1, or 0 */
	gint64 exponent;
};

static struct huge huge_add(struct huge a, struct huge b)
{
	if (a.mantissa == 0 || b.exponent - a.exponent > 64)
		return b;
	if (b.mantissa == 0 || a.exponent - b.exponent > 64)
		return a;
	int shift;
	double sum = frexp(a.mantissa + ldexp(b.mantissa, (int)(b.exponent - a.exponent)), &shift);
	return (struct huge){ sum, a.exponent + shift };
}

/* a / b, where b is not less than a. */
static double huge_share(struct huge a, struct huge b)
{
	gint64 exponent = CLAMP(a.exponent - b.exponent, -2000, 2000);
	return ldexp(a.mantissa / b.mantissa, (int)exponent);
}

struct search {
	struct huge *paths;
	guint *distance, *queue;
	double *dependency;
	guint n; /* reached */
};

#define UNSEEN G_MAXUINT

static void search_forward(struct search *s, const struct brandes *b, guint source)
{
	const struct arranged *graph = b->graph;
	guint first = b->first, head = 0;
	for (guint v = 0; v < b->end - first; v++)
		s->distance[v] = UNSEEN;
	s->distance[source - first] = 0;
	s->paths[source - first] = (struct huge){ 0.5, 1 };
	s->queue[s->n++] = source;
	while (head < s->n) {
		guint v = s->queue[head++];
		for (guint i = graph->start[v]; i < graph->start[v + 1]; i++) {
			guint w = graph->neighbour[i] - first;
			if (s->distance[w] == UNSEEN) {
				s->distance[w] = s->distance[v - first] + 1;
				s->queue[s->n++] = w + first;
			}
			if (s->distance[w] == s->distance[v - first] + 1)
				s->paths[w] = huge_add(s->paths[w], s->paths[v - first]);
		}
	}
}

/* The dependency on v, without what v is as a target; adds the edges' shares. */
static double dependency_of(struct search *s, struct brandes *b, guint v, double weight)
{
	const struct arranged *graph = b->graph;
	guint first = b->first, distance = s->distance[v - first];
	double sum = 0, edge = weight * scale_edge(b->scaled, distance);
	for (guint i = graph->start[v]; i < graph->start[v + 1]; i++) {
		guint w = graph->neighbour[i] - first;
		if (s->distance[w] != distance + 1)
			continue;
		double target = b->weight[w + first] * scale_target(b->scaled, distance + 1);
		double part =
			huge_share(s->paths[v - first], s->paths[w]) * (target + s->dependency[w]);
		sum += part;
		if (b->edges)
			b->edges[graph->edge[i]] += part * edge;
	}
	return sum;
}

void brandes_huge(struct brandes *b, guint lane)
{
	guint size = b->end - b->first;
	double weight = b->source_weight[lane];
	g_autofree struct huge *paths = g_new0(struct huge, size);
	g_autofree guint *distance = g_new(guint, size);
	g_autofree guint *queue = g_new(guint, size);
	g_autofree double *dependency = g_new0(double, size);
	struct search s = { paths, distance, queue, dependency, 0 };
	search_forward(&s, b, b->source[lane]);
	for (guint k = s.n; k-- > 0;) {
		guint v = queue[k], at = v - b->first;
		dependency[at] = dependency_of(&s, b, v, weight);
		double part = dependency[at] * weight * scale_vertex(b->scaled, distance[at]);
		if (k == 0)
			continue;
		b->vertices[v] += part;
		if (b->squares)
			b->squares[v] += part * part * b->square_weight[lane];
	}
}
