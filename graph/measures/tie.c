/*
 * Ties one by one: how strong, how much runs over them, how replaceable.
 */
#include "graph/measures/families.h"
#include "graph/work.h"

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
	const struct between *between = study_betweenness(study, error);
	if (!between)
		return false;
	for (guint e = 0; e < study->net->m; e++)
		out[e] = between->edges[e];
	return true;
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
