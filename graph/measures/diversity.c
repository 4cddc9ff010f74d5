/*
 * How varied a member's surroundings are, and how much it reaches for the number
 * of ties it keeps.
 */
#include "graph/measures/families.h"
#include "graph/work.h"

#include <math.h>
#include <stdlib.h>

/* 1 - sum of squared shares of the groups among partners; NAN when no group is known. */
MEASURE(blau)
{
	(void)error;
	const struct net *net = study->net;
	const struct partition *by = study->partitions[measure->by];
	g_autofree double *sizes = g_new0(double, by->n_groups + 1);
	for (guint v = 0; v < net->n; v++) {
		double known = 0, squares = 0;
		for (guint i = net->start[v]; i < net->start[v + 1]; i++) {
			int g = by->group[net->neighbour[i]];
			if (g < 0)
				continue;
			known++;
			squares += 2 * sizes[g]++ + 1;
		}
		for (guint i = net->start[v]; i < net->start[v + 1]; i++)
			if (by->group[net->neighbour[i]] >= 0)
				sizes[by->group[net->neighbour[i]]] = 0;
		out[v] = known > 0 ? 1 - squares / (known * known) : NAN;
	}
	return true;
}

MEASURE(iqv)
{
	double groups = study->partitions[measure->by]->n_groups;
	if (!measure_blau(study, measure, out, error))
		return false;
	for (guint v = 0; v < study->net->n; v++)
		out[v] = groups > 1 ? out[v] * groups / (groups - 1) : NAN;
	return true;
}

MEASURE(reach_efficiency)
{
	(void)measure;
	const struct net *net = study->net;
	const struct spans *distances = study_distances(study, error);
	if (!distances)
		return false;
	for (guint v = 0; v < net->n; v++) {
		double partners = 0;
		for (guint i = net->start[v]; i < net->start[v + 1]; i++)
			partners += net_degree(net, net->neighbour[i]);
		out[v] = partners > 0 ? distances->within_two[v] / partners : NAN;
	}
	return true;
}

static int by_value(gconstpointer a, gconstpointer b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return x < y ? -1 : x > y;
}

/* Share of the sorted values below `value`, equals counting half. */
static double standing(const double *sorted, guint n, double value)
{
	guint low = 0, high = n, below;
	while (low < high) {
		guint middle = (low + high) / 2;
		if (sorted[middle] < value)
			low = middle + 1;
		else
			high = middle;
	}
	below = low;
	for (high = n; low < high;) {
		guint middle = (low + high) / 2;
		if (sorted[middle] <= value)
			low = middle + 1;
		else
			high = middle;
	}
	return (below + low) / (2.0 * n);
}

MEASURE(tier_fit)
{
	const struct net *net = study->net;
	const int *tier = study->partitions[measure->by]->group;
	g_autofree double *strength = g_new(double, MAX(net->n, 1));
	g_autofree double *tiers = g_new(double, MAX(net->n, 1));
	guint n = 0;
	if (!measure_strength(study, measure, out, error))
		return false;
	for (guint v = 0; v < net->n; v++) {
		if (tier[v] < 0)
			continue;
		strength[n] = out[v];
		tiers[n++] = tier[v];
	}
	qsort(strength, n, sizeof *strength, by_value);
	qsort(tiers, n, sizeof *tiers, by_value);
	bool differ = n > 0 && tiers[0] < tiers[n - 1];
	for (guint v = 0; v < net->n; v++)
		out[v] = differ && tier[v] >= 0
				 ? standing(strength, n, out[v]) - standing(tiers, n, tier[v])
				 : NAN;
	return true;
}
