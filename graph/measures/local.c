/*
 * What an institution's own surroundings give it: structural holes (Burt 1992),
 * reach into other sectors and territories, and what depends on it.
 */
#include "graph/measures/families.h"
#include "graph/pairs.h"

#include <math.h>

MEASURE(clustering)
{
	(void)measure;
	const struct triangles *triangles = study_triangles(study, error);
	for (guint v = 0; v < study->net->n; v++) {
		double degree = net_degree(study->net, v);
		out[v] = degree > 1 ? triangles->around[v] / (degree * (degree - 1) / 2) : NAN;
	}
	return true;
}

/* A partner j holds i by 1/d(i), and by 1/d(q) of that through each partner q of both. */
MEASURE(constraint)
{
	(void)measure, (void)error;
	const struct net *net = study->net;
	const double *resource = study_resource(study);
	for (guint v = 0; v < net->n; v++) {
		double degree = net_degree(net, v), sum = 0;
		for (guint i = net->start[v]; i < net->start[v + 1]; i++) {
			double hold = (1 + resource[net->edge[i]]) / degree;
			sum += hold * hold;
		}
		out[v] = degree > 0 ? sum : NAN;
	}
	return true;
}

MEASURE(effective_size)
{
	(void)measure;
	const struct triangles *triangles = study_triangles(study, error);
	for (guint v = 0; v < study->net->n; v++) {
		double degree = net_degree(study->net, v);
		out[v] = degree > 0 ? degree - 2 * triangles->around[v] / degree : NAN;
	}
	return true;
}

MEASURE(burt_efficiency)
{
	if (!measure_effective_size(study, measure, out, error))
		return false;
	for (guint v = 0; v < study->net->n; v++)
		out[v] /= net_degree(study->net, v);
	return true;
}

MEASURE(component)
{
	(void)measure;
	const struct components *components = study_components(study, error);
	for (guint v = 0; v < study->net->n; v++)
		out[v] = components->sizes[components->of[v]];
	return true;
}

MEASURE(cut_off)
{
	(void)measure;
	const struct cuts *cuts = study_cuts(study, error);
	for (guint v = 0; v < study->net->n; v++)
		out[v] = cuts->cut_off[v];
	return true;
}

MEASURE(own_ei)
{
	(void)error;
	const struct net *net = study->net;
	const int *group = study->partitions[measure->by]->group;
	for (guint v = 0; v < net->n; v++) {
		double internal = 0, external = 0;
		for (guint i = net->start[v]; i < net->start[v + 1]; i++) {
			guint w = net->neighbour[i];
			if (group[v] < 0 || group[w] < 0)
				continue;
			*(group[v] == group[w] ? &internal : &external) += 1;
		}
		out[v] = ei_index(internal, external);
	}
	return true;
}

MEASURE(sectors_reached)
{
	(void)measure, (void)error;
	const struct net *net = study->net;
	const struct partition *sectors = study->partitions[BY_SECTOR];
	g_autofree guint *seen = g_new0(guint, sectors->n_groups + 1);
	for (guint v = 0; v < net->n; v++) {
		out[v] = 0;
		for (guint i = net->start[v]; i < net->start[v + 1]; i++) {
			int group = sectors->group[net->neighbour[i]];
			if (group < 0 || seen[group] == v + 1)
				continue;
			seen[group] = v + 1;
			out[v]++;
		}
	}
	return true;
}

MEASURE(territories_reached)
{
	(void)measure, (void)error;
	const struct net *net = study->net;
	const struct partition *territories = study->partitions[BY_TERRITORY];
	g_autofree guint *seen = g_new0(guint, territories->n_groups + 1);
	g_autoptr(GArray) in = g_array_new(FALSE, FALSE, sizeof(guint));
	for (guint v = 0; v < net->n; v++) {
		out[v] = 0;
		for (guint i = net->start[v]; i < net->start[v + 1]; i++) {
			net_territories(net, territories, net->neighbour[i], in);
			for (guint k = 0; k < in->len; k++) {
				guint group = g_array_index(in, guint, k);
				out[v] += seen[group] != v + 1;
				seen[group] = v + 1;
			}
		}
	}
	return true;
}

MEASURE(months)
{
	(void)measure, (void)error;
	const struct net *net = study->net;
	for (guint v = 0; v < net->n; v++) {
		struct date verified = net_verified(net, v);
		out[v] = NAN;
		if (date_is_set(verified))
			out[v] = MAX(0, date_months_between(verified, net->model->today));
	}
	return true;
}
