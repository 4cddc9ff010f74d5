/*
 * Who stands between whom: the roles of Gould & Fernandez (1989) by group, and
 * how unevenly a member is held by its partners (Burt 1992).
 */
#include "graph/measures/families.h"
#include "graph/pairs.h"

#include <math.h>

/*
 * Ordered pairs of partners that do not work with each other, by whose groups
 * they are: as ties have no direction, a gatekeeper is as often a representative.
 */
enum { COORDINATOR, ITINERANT, GATEKEEPER, LIAISON, ROLES };

static int role_of(int own, int a, int b)
{
	if (a == own || b == own)
		return a == b ? COORDINATOR : GATEKEEPER;
	return a == b ? ITINERANT : LIAISON;
}

/* All pairs of partners whose groups are known; `sizes` is zero before and after. */
static void count_pairs(const struct net *net, const int *group, guint v, double *sizes,
			double *roles)
{
	double own = 0, known = 0, squares = 0;
	for (guint i = net->start[v]; i < net->start[v + 1]; i++) {
		int g = group[net->neighbour[i]];
		if (g < 0)
			continue;
		known++;
		own += g == group[v];
		/* Squares of sizes grow by 2s + 1. */
		if (g != group[v])
			squares += 2 * sizes[g]++ + 1;
	}
	for (guint i = net->start[v]; i < net->start[v + 1]; i++)
		if (group[net->neighbour[i]] >= 0)
			sizes[group[net->neighbour[i]]] = 0;
	double others = known - own;
	roles[COORDINATOR] = own * (own - 1);
	roles[ITINERANT] = squares - others;
	roles[GATEKEEPER] = own * others;
	roles[LIAISON] = others * others - squares;
}

static const double *study_brokers(struct study *study, enum attribute by)
{
	const struct net *net = study->net;
	const int *group = study->partitions[by]->group;
	if (study->brokers[by])
		return study->brokers[by];
	study_makes(study);
	double *found = work_alloc((gsize)ROLES * net->n + 1, sizeof *found);
	g_autofree double *sizes = g_new0(double, study->partitions[by]->n_groups + 1);
	for (guint v = 0; v < net->n; v++)
		if (group[v] >= 0)
			count_pairs(net, group, v, sizes, found + (gsize)ROLES * v);
	for (guint e = 0; e < net->m; e++) {
		int a = group[net->from[e]], b = group[net->to[e]];
		struct common at = common_begin(net, net->from[e], net->to[e]);
		guint v;
		while (a >= 0 && b >= 0 && common_next(&at, &v)) {
			int role = role_of(group[v], a, b);
			if (group[v] >= 0)
				found[(gsize)ROLES * v + (guint)role] -= role == GATEKEEPER ? 1 : 2;
		}
	}
	return study->brokers[by] = found;
}

static bool role(struct study *study, const struct measure *measure, guint role, double *out)
{
	enum attribute by = (enum attribute)measure->by;
	const double *brokers = study_brokers(study, by);
	for (guint v = 0; v < study->net->n; v++)
		out[v] = study->partitions[by]->group[v] >= 0 ? brokers[(gsize)ROLES * v + role]
							      : NAN;
	return true;
}

MEASURE(coordinator)
{
	(void)error;
	return role(study, measure, COORDINATOR, out);
}

MEASURE(itinerant)
{
	(void)error;
	return role(study, measure, ITINERANT, out);
}

MEASURE(gatekeeper)
{
	(void)error;
	return role(study, measure, GATEKEEPER, out);
}

MEASURE(liaison)
{
	(void)error;
	return role(study, measure, LIAISON, out);
}

/*
 * With p = 1/d, what j's hold on i comes to is ((1 + sum over common partners q
 * of 1/d(q)) / d(i))^2; hierarchy is the Coleman-Theil disorder of these.
 */
MEASURE(hierarchy)
{
	(void)measure, (void)error;
	const struct net *net = study->net;
	const double *resource = study_resource(study);
	for (guint v = 0; v < net->n; v++) {
		double degree = net_degree(net, v), sum = 0, disorder = 0;
		out[v] = NAN;
		if (degree < 2)
			continue;
		for (guint i = net->start[v]; i < net->start[v + 1]; i++) {
			double hold = 1 + resource[net->edge[i]];
			sum += hold * hold;
		}
		for (guint i = net->start[v]; i < net->start[v + 1]; i++) {
			double hold = 1 + resource[net->edge[i]];
			double ratio = hold * hold * degree / sum;
			disorder += ratio * log(ratio);
		}
		/* Equal holds give 0 up to rounding. */
		out[v] = MAX(0, disorder / (degree * log(degree)));
	}
	return true;
}
