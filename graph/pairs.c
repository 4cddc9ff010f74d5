/*
 * What two institutions have in common, for any pair and kept for every tie.
 * Predicts nothing by itself: that ties among those who share partners are likely
 * is no reason that they are needed.
 */
#include "graph/pairs.h"

#include <math.h>

struct pair pair_of(const struct net *net, guint a, guint b)
{
	struct pair pair = { 0 };
	struct common at = common_begin(net, a, b);
	guint both = net_degree(net, a) + net_degree(net, b), v;
	if (net_has_edge(net, a, b))
		both -= 2;
	while (common_next(&at, &v)) {
		/* Who has two partners in common knows at least two: no logarithm of 1. */
		double degree = net_degree(net, v);
		pair.common++;
		pair.adamic += 1 / log(degree);
		pair.resource += 1 / degree;
	}
	pair.jaccard = both > 0 ? (double)pair.common / (both - pair.common) : NAN;
	return pair;
}

const double *study_resource(struct study *study)
{
	const struct net *net = study->net;
	if (study->resource)
		return study->resource;
	study_makes(study);
	double *resource = work_alloc(net->m, sizeof *resource);
	for (guint e = 0; e < net->m; e++)
		resource[e] = pair_of(net, net->from[e], net->to[e]).resource;
	return study->resource = resource;
}
