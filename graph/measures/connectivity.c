/*
 * How many members or ties must go before the main network, its largest part,
 * falls apart.  Usually one; only where everybody has three partners or more do
 * ways have to be counted.
 */
#include "graph/flow.h"
#include "graph/ig.h"
#include "graph/measures/families.h"

#include <math.h>

#define MOST_STEPS 4e8 /* of counting ways, about a second; beyond: no value */

struct main_part {
	guint size;
	guint *members; /* ascending */
	guint least;	/* the member with fewest partners … */
	guint degree;	/* … and how many those are */
	double steps;	/* of one question to every member */
};

static bool main_part_init(struct main_part *part, struct study *study, GError **error)
{
	const struct net *net = study->net;
	const struct components *components = study_components(study, error);
	double ties = 0;
	*part = (struct main_part){ .degree = G_MAXUINT };
	if (!components || net->n == 0)
		return false;
	part->members = g_new(guint, components->sizes[0]);
	for (guint v = 0; v < net->n; v++) {
		guint degree = net_degree(net, v);
		if (components->of[v] != 0)
			continue;
		part->members[part->size++] = v;
		ties += degree;
		if (degree < part->degree) {
			part->degree = degree;
			part->least = v;
		}
	}
	part->steps = part->size * ties * (part->degree + 1);
	return true;
}

/* What is known without counting: G_MAXUINT when that is not enough. */
static guint at_once(const struct main_part *part, bool weak_point)
{
	if (weak_point)
		return 1;
	if (part->degree <= 2 || part->degree == part->size - 1)
		return part->degree;
	return G_MAXUINT;
}

static bool has_bridge(struct study *study, GError **error)
{
	const struct cuts *cuts = study_cuts(study, error);
	for (guint e = 0; e < study->net->m; e++)
		if (cuts->side[e] > 0 && study->components->of[study->net->from[e]] == 0)
			return true;
	return false;
}

static bool has_cut_member(struct study *study, GError **error)
{
	const struct cuts *cuts = study_cuts(study, error);
	for (guint v = 0; v < study->net->n; v++)
		if (cuts->cut_off[v] > 0 && study->components->of[v] == 0)
			return true;
	return false;
}

/* Some member is on the other side of the fewest ties from any one. */
static bool count_ties(struct study *study, const struct main_part *part, double *out,
		       GError **error)
{
	struct flow *flow = flow_new(study->net);
	g_autofree guint8 *side = g_new0(guint8, study->net->n);
	guint best = part->degree;
	bool on = true;
	side[part->least] = FLOW_NEAR;
	for (guint i = 0; on && i < part->size; i++) {
		guint v = part->members[i];
		if (v == part->least)
			continue;
		side[v] = FLOW_FAR;
		best = MIN(best, flow_ties(flow, side, best));
		side[v] = FLOW_BETWEEN;
		on = !ig_cancelled(study->cancel, error);
	}
	flow_free(flow);
	*out = best;
	return on;
}

static guint members_between(struct flow *flow, guint8 *side, guint a, guint b, guint most)
{
	side[a] = FLOW_NEAR;
	side[b] = FLOW_FAR;
	guint found = flow_members(flow, side, most);
	side[a] = side[b] = FLOW_BETWEEN;
	return found;
}

/*
 * The fewest members either leave the least connected one in place, and separate
 * it from somebody, or are among those with it, and separate two of its partners
 * (Esfahanian & Hakimi 1984).
 */
static bool count_members(struct study *study, const struct main_part *part, double *out,
			  GError **error)
{
	const struct net *net = study->net;
	struct flow *flow = flow_new(net);
	g_autofree guint8 *side = g_new0(guint8, net->n);
	guint best = part->degree, from = part->least;
	bool on = true;
	for (guint i = 0; on && i < part->size; i++) {
		guint v = part->members[i];
		if (v == from || net_has_edge(net, v, from))
			continue;
		best = MIN(best, members_between(flow, side, from, v, best));
		on = !ig_cancelled(study->cancel, error);
	}
	for (guint i = net->start[from]; on && i < net->start[from + 1]; i++)
		for (guint k = i + 1; k < net->start[from + 1]; k++)
			if (!net_has_edge(net, net->neighbour[i], net->neighbour[k]))
				best = MIN(best, members_between(flow, side, net->neighbour[i],
								 net->neighbour[k], best));
	flow_free(flow);
	*out = best;
	return on;
}

static bool connectivity(struct study *study, bool members, double *out, GError **error)
{
	struct main_part part;
	*out = NAN;
	if (!main_part_init(&part, study, error) || part.size < 2) {
		g_free(part.members);
		return true;
	}
	guint known =
		at_once(&part, members ? has_cut_member(study, error) : has_bridge(study, error));
	bool ok = true;
	if (known != G_MAXUINT)
		*out = known;
	else if (part.steps <= MOST_STEPS)
		ok = members ? count_members(study, &part, out, error)
			     : count_ties(study, &part, out, error);
	g_free(part.members);
	return ok;
}

MEASURE(member_connectivity)
{
	(void)measure;
	return connectivity(study, true, out, error);
}

MEASURE(tie_connectivity)
{
	(void)measure;
	return connectivity(study, false, out, error);
}
