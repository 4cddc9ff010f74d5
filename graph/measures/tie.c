/*
 * Ties one by one: how strong, how much runs over them, how replaceable.
 */
#include "graph/measures/families.h"
#include "graph/pairs.h"

#include <math.h>
#include <string.h>

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

MEASURE(tie_adamic)
{
	(void)measure, (void)error;
	const struct net *net = study->net;
	for (guint e = 0; e < net->m; e++)
		out[e] = pair_of(net, net->from[e], net->to[e]).adamic;
	return true;
}

MEASURE(tie_resource)
{
	(void)measure, (void)error;
	memcpy(out, study_resource(study), study->net->m * sizeof *out);
	return true;
}

MEASURE(tie_jaccard)
{
	(void)measure, (void)error;
	const struct net *net = study->net;
	for (guint e = 0; e < net->m; e++)
		out[e] = pair_of(net, net->from[e], net->to[e]).jaccard;
	return true;
}

static double months_since(const struct model *model, struct date date)
{
	if (!date_is_set(date))
		return (double)NAN;
	return MAX(0, date_months_between(date, model->today));
}

MEASURE(tie_months)
{
	(void)measure, (void)error;
	const struct model *model = study->net->model;
	for (guint e = 0; e < study->net->m; e++)
		out[e] = months_since(model, model->ties[study->net->tie[e]].since);
	return true;
}

MEASURE(tie_idle)
{
	(void)measure, (void)error;
	const struct model *model = study->net->model;
	for (guint e = 0; e < study->net->m; e++) {
		const struct tie *tie = &model->ties[study->net->tie[e]];
		struct date latest = { 0 };
		for (guint i = 0; i < tie->n_claims; i++) {
			struct date said =
				partnership_details(model->claims[tie->first_claim + i].says)
					->last_activity;
			if (date_compare(said, latest) > 0)
				latest = said;
		}
		out[e] = months_since(model, latest);
	}
	return true;
}
