/*
 * Ties one by one: how strong, how much runs over them, how replaceable.
 */
#include "graph/ig.h"
#include "graph/measures/families.h"

MEASURE(tie_weight)
{
	(void)measure, (void)error;
	for (guint e = 0; e < study->net->m; e++)
		out[e] = study->net->weight[e];
	return true;
}

MEASURE(tie_betweenness)
{
	(void)measure;
	guint m = study->net->m;
	const igraph_t *graph = study_graph(study, error);
	igraph_vector_t found;
	if (!graph || !ig_ok(igraph_vector_init(&found, m), error))
		return false;
	bool ok = m == 0 ||
		  ig_ok(igraph_edge_betweenness(graph, &found, IGRAPH_UNDIRECTED, NULL), error);
	return ig_take(ok, &found, out, m);
}

MEASURE(tie_bridge)
{
	(void)measure;
	const struct cuts *cuts = study_cuts(study, error);
	for (guint e = 0; e < study->net->m; e++)
		out[e] = cuts->side[e];
	return true;
}

MEASURE(tie_common)
{
	(void)measure;
	const struct triangles *triangles = study_triangles(study, error);
	for (guint e = 0; e < study->net->m; e++)
		out[e] = triangles->common[e];
	return true;
}
