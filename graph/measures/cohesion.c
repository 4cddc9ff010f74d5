/*
 * Whether the network holds together: its parts, how far apart members are, how
 * closed its circles, and how much rests on single members and ties.
 */
#include "graph/lengths.h"
#include "graph/measures/families.h"

#include <math.h>

MEASURE(components)
{
	(void)measure;
	*out = study_components(study, error)->n;
	return true;
}

MEASURE(main_component)
{
	(void)measure;
	const struct components *components = study_components(study, error);
	*out = study->net->n > 0 ? (double)components->sizes[0] / study->net->n : NAN;
	return true;
}

MEASURE(connectedness)
{
	(void)measure;
	const struct components *components = study_components(study, error);
	double n = study->net->n, sum = 0;
	for (guint c = 0; c < components->n; c++)
		sum += (double)components->sizes[c] * (components->sizes[c] - 1.0);
	*out = n > 1 ? sum / (n * (n - 1)) : NAN;
	return true;
}

MEASURE(fragmentation)
{
	if (!measure_connectedness(study, measure, out, error))
		return false;
	*out = 1 - *out;
	return true;
}

MEASURE(global_efficiency)
{
	(void)measure;
	struct ways ways;
	if (!study_ways(study, &ways, error))
		return false;
	*out = ways.efficiency;
	return true;
}

MEASURE(linked_pairs)
{
	(void)measure;
	const struct spans *distances = study_distances(study, error);
	if (!distances)
		return false;
	*out = (double)distances->pairs;
	return true;
}

MEASURE(mean_distance)
{
	(void)measure;
	struct ways ways;
	if (!study_ways(study, &ways, error))
		return false;
	*out = ways.mean;
	return true;
}

MEASURE(diameter)
{
	(void)measure;
	struct ways ways;
	if (!study_ways(study, &ways, error))
		return false;
	*out = ways.diameter;
	return true;
}

static double triples(const struct net *net, guint v)
{
	double degree = net_degree(net, v);
	return degree * (degree - 1) / 2;
}

MEASURE(transitivity)
{
	(void)measure;
	const struct triangles *triangles = study_triangles(study, error);
	double closed = 0, all = 0;
	for (guint v = 0; v < study->net->n; v++) {
		closed += triangles->around[v];
		all += triples(study->net, v);
	}
	*out = all > 0 ? closed / all : NAN;
	return true;
}

MEASURE(mean_clustering)
{
	(void)measure;
	const struct triangles *triangles = study_triangles(study, error);
	double sum = 0, counted = 0;
	for (guint v = 0; v < study->net->n; v++) {
		if (net_degree(study->net, v) < 2)
			continue;
		sum += triangles->around[v] / triples(study->net, v);
		counted++;
	}
	*out = counted > 0 ? sum / counted : NAN;
	return true;
}

/* Circles of at least two: members without partners are counted elsewhere. */
MEASURE(communities)
{
	(void)measure;
	guint n = study->net->n;
	const guint *of = study_community(study, error);
	if (!of)
		return false;
	g_autofree guint *sizes = g_new0(guint, MAX(n, 1));
	for (guint v = 0; v < n; v++)
		sizes[of[v]]++;
	*out = 0;
	for (guint c = 0; c < n; c++)
		*out += sizes[c] > 1;
	return true;
}

MEASURE(modularity)
{
	(void)measure;
	if (!study_community(study, error))
		return false;
	*out = study->modularity;
	return true;
}

MEASURE(max_coreness)
{
	(void)measure;
	const guint *coreness = study_coreness(study, error);
	if (!coreness)
		return false;
	*out = study->net->n > 0 ? 0 : NAN;
	for (guint v = 0; v < study->net->n; v++)
		*out = MAX(*out, coreness[v]);
	return true;
}

MEASURE(cut_members)
{
	(void)measure;
	const struct cuts *cuts = study_cuts(study, error);
	*out = 0;
	for (guint v = 0; v < study->net->n; v++)
		*out += cuts->cut_off[v] > 0;
	return true;
}

MEASURE(bridges)
{
	(void)measure;
	const struct cuts *cuts = study_cuts(study, error);
	*out = 0;
	for (guint e = 0; e < study->net->m; e++)
		*out += cuts->side[e] > 0;
	return true;
}
