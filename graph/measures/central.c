/*
 * Who stands where: degrees, what runs through whom, nearness, and how far the
 * network hangs on its most central member (Freeman 1979).
 */
#include "base/cancel.h"
#include "graph/lengths.h"
#include "graph/measures/families.h"
#include "graph/work.h"

#include <math.h>
#include <string.h>

MEASURE(degree)
{
	(void)measure, (void)error;
	for (guint v = 0; v < study->net->n; v++)
		out[v] = net_degree(study->net, v);
	return true;
}

MEASURE(strength)
{
	(void)measure, (void)error;
	const struct net *net = study->net;
	for (guint v = 0; v < net->n; v++)
		out[v] = 0;
	for (guint e = 0; e < net->m; e++) {
		out[net->from[e]] += net->weight[e];
		out[net->to[e]] += net->weight[e];
	}
	return true;
}

static double pairs_of_others(guint n)
{
	return n > 2 ? ((double)n - 1) * ((double)n - 2) / 2 : NAN;
}

MEASURE(betweenness_raw)
{
	(void)measure;
	const struct between *between = study_betweenness(study, error);
	if (!between)
		return false;
	for (guint v = 0; v < study->net->n; v++)
		out[v] = between->vertices[v];
	return true;
}

MEASURE(betweenness)
{
	double pairs = pairs_of_others(study->net->n);
	if (!measure_betweenness_raw(study, measure, out, error))
		return false;
	for (guint v = 0; v < study->net->n; v++)
		out[v] /= pairs;
	return true;
}

MEASURE(harmonic)
{
	(void)measure;
	guint n = study->net->n;
	struct ways ways;
	if (!study_ways(study, &ways, error))
		return false;
	for (guint v = 0; v < n; v++)
		out[v] = n > 1 ? ways_harmonic(&ways, v) / (n - 1) : NAN;
	return true;
}

MEASURE(eccentricity)
{
	(void)measure;
	struct ways ways;
	if (!study_ways(study, &ways, error))
		return false;
	for (guint v = 0; v < study->net->n; v++)
		out[v] = net_degree(study->net, v) > 0 ? ways_farthest(&ways, v) : NAN;
	return true;
}

MEASURE(reach)
{
	(void)measure;
	guint n = study->net->n;
	const struct spans *distances = study_distances(study, error);
	if (!distances)
		return false;
	for (guint v = 0; v < n; v++)
		out[v] = n > 1 ? (double)distances->within_two[v] / (n - 1) : NAN;
	return true;
}

MEASURE(eigenvector)
{
	(void)measure;
	const double *scores = study_leading(study, error);
	if (!scores)
		return false;
	memcpy(out, scores, study->net->n * sizeof *out);
	return true;
}

/*
 * One step of the walk: what each has, shared among its partners (`share`); what dead ends have,
 * among all.
 */
static double walk_step(const struct net *net, const double *now, double *share, double *next)
{
	const double damping = 0.85;
	double lost = 0, change = 0;
	for (guint v = 0; v < net->n; v++) {
		guint degree = net_degree(net, v);
		lost += degree == 0 ? now[v] : 0;
		share[v] = now[v] / MAX(degree, 1);
	}
	for (guint v = 0; v < net->n; v++) {
		double arrives = 0;
		for (guint i = net->start[v]; i < net->start[v + 1]; i++)
			arrives += share[net->neighbour[i]];
		next[v] = (1 - damping) / net->n + damping * (arrives + lost / net->n);
		change += fabs(next[v] - now[v]);
	}
	return change;
}

/*
 * By power iteration and not by igraph, whose solver cannot be interrupted and
 * spins on all cores: a step divides the error by at least 1/0.85, so that 250
 * leave less than a double can hold.
 */
MEASURE(pagerank)
{
	(void)measure;
	const struct net *net = study->net;
	g_autofree double *next = g_new(double, 2 * (gsize)net->n + 1);
	for (guint v = 0; v < net->n; v++)
		out[v] = 1.0 / net->n;
	for (guint step = 0; step < 250; step++) {
		if (cancel_asked(study->cancel, error))
			return false;
		double change = walk_step(net, out, next + net->n, next);
		memcpy(out, next, net->n * sizeof *out);
		if (change < 1e-15)
			break;
	}
	return true;
}

MEASURE(coreness)
{
	(void)measure;
	const guint *values = study_coreness(study, error);
	if (!values)
		return false;
	for (guint v = 0; v < study->net->n; v++)
		out[v] = values[v];
	return true;
}

/* Sum of distances from the highest score, over what a star of n would give. */
static double centralization(const double *scores, guint n, double most)
{
	double highest = 0, sum = 0;
	for (guint v = 0; v < n; v++)
		highest = MAX(highest, scores[v]);
	for (guint v = 0; v < n; v++)
		sum += highest - scores[v];
	return sum / most;
}

MEASURE(degree_centralization)
{
	guint n = study->net->n;
	g_autofree double *scores = g_new(double, MAX(n, 1));
	if (!measure_degree(study, measure, scores, error))
		return false;
	*out = centralization(scores, n, 2 * pairs_of_others(n));
	return true;
}

MEASURE(betweenness_centralization)
{
	(void)measure;
	guint n = study->net->n;
	const struct between *between = study_betweenness(study, error);
	if (!between)
		return false;
	*out = centralization(between->vertices, n, ((double)n - 1) * pairs_of_others(n));
	return true;
}

/*
 * Of the largest part: nearness in Freeman's sense needs everybody to be in reach.  Of
 * several that are equally large, the one that lies most around one member.
 */
MEASURE(closeness_centralization)
{
	(void)measure;
	guint n = study->net->n;
	const struct spans *distances = study_distances(study, error);
	const struct components *components = study_components(study, error);
	if (!distances || !components)
		return false;
	double size = n > 0 ? components->sizes[0] : 0, most = 0;
	g_autofree double *highest = g_new0(double, MAX(n, 1));
	g_autofree double *sum = g_new0(double, MAX(n, 1));
	*out = NAN;
	if (size <= 2)
		return true;
	for (guint v = 0; v < n; v++) {
		guint c = components->of[v];
		double nearness = (size - 1) / (double)distances->sum[v];
		if (components->sizes[c] != components->sizes[0])
			continue;
		highest[c] = MAX(highest[c], nearness);
		sum[c] += nearness;
	}
	for (guint c = 0; c < components->n; c++)
		most = MAX(most, size * highest[c] - sum[c]);
	*out = most * (2 * size - 3) / ((size - 1) * (size - 2));
	return true;
}

MEASURE(eigenvector_centralization)
{
	(void)measure;
	guint n = study->net->n;
	const double *scores = study_leading(study, error);
	if (!scores)
		return false;
	*out = n > 2 && study->net->m > 0 ? centralization(scores, n, (double)n - 2) : NAN;
	return true;
}
