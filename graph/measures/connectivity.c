/*
 * How many members or ties must go before the main network, its largest part,
 * falls apart.  Usually one; only where everybody has three partners or more do
 * ways have to be counted.
 */
#include "base/cancel.h"
#include "graph/flow.h"
#include "graph/measures/families.h"
#include "graph/work.h"

#include <math.h>

#define MOST_STEPS 4e8 /* of counting ways, about a second; beyond: no value */

struct main_part {
	const guint *members; /* ascending */
	guint size, filled;
	guint least;  /* the member with fewest partners … */
	guint degree; /* … and how many those are */
	double ties;
	bool weak_tie, weak_member; /* one whose end would separate others */
};

/* Several when they are equally large: who is asked first must not decide. */
struct main_parts {
	guint n;
	struct main_part *parts;
	guint *members;
};

static void main_parts_release(struct main_parts *main)
{
	g_free(main->parts);
	g_free(main->members);
}

static void add_member(const struct net *net, struct main_part *part, guint *members, guint v)
{
	guint degree = net_degree(net, v);
	members[part->filled++] = v;
	part->ties += degree;
	if (degree < part->degree) {
		part->degree = degree;
		part->least = v;
	}
}

static bool main_parts_init(struct main_parts *main, struct study *study, GError **error)
{
	const struct net *net = study->net;
	const struct components *components = study_components(study, error);
	const struct cuts *cuts = study_cuts(study, error);
	guint size = components && net->n > 0 ? components->sizes[0] : 0;
	*main = (struct main_parts){ 0 };
	while (cuts && size > 1 && main->n < components->n && components->sizes[main->n] == size)
		main->n++;
	if (main->n == 0)
		return false;
	main->parts = g_new0(struct main_part, main->n);
	main->members = g_new(guint, (gsize)main->n * size);
	for (guint c = 0; c < main->n; c++)
		main->parts[c] = (struct main_part){ .members = main->members + (gsize)c * size,
						     .size = size,
						     .degree = G_MAXUINT };
	for (guint v = 0; v < net->n; v++) {
		guint c = components->of[v];
		if (c >= main->n)
			continue;
		add_member(net, &main->parts[c], main->members + (gsize)c * size, v);
		main->parts[c].weak_member |= cuts->cut_off[v] > 0;
	}
	for (guint e = 0; e < net->m; e++)
		if (cuts->side[e] > 0 && components->of[net->from[e]] < main->n)
			main->parts[components->of[net->from[e]]].weak_tie = true;
	return true;
}

/* What is known without counting: G_MAXUINT when that is not enough. */
static guint at_once(const struct main_part *part, bool members)
{
	if (members ? part->weak_member : part->weak_tie)
		return 1;
	if (part->degree <= 2 || part->degree == part->size - 1)
		return part->degree;
	return G_MAXUINT;
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
		on = !cancel_asked(study->cancel, error);
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
		on = !cancel_asked(study->cancel, error);
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

/* Of one question to every member. */
static double steps_of(const struct main_part *part)
{
	return part->size * part->ties * (part->degree + 1);
}

/* That of the weakest, where parts are equally large. */
static bool connectivity(struct study *study, bool members, double *out, GError **error)
{
	struct main_parts main;
	double least = INFINITY, steps = 0;
	bool ok = true;
	*out = NAN;
	if (!main_parts_init(&main, study, error))
		return true;
	for (guint c = 0; c < main.n; c++) {
		guint known = at_once(&main.parts[c], members);
		steps += known == G_MAXUINT ? steps_of(&main.parts[c]) : 0;
		least = known == G_MAXUINT ? least : MIN(least, known);
	}
	/* Where ways are to be counted there are two at least. */
	for (guint c = 0; ok && least > 2 && steps <= MOST_STEPS && c < main.n; c++) {
		double found = INFINITY;
		if (at_once(&main.parts[c], members) == G_MAXUINT)
			ok = members ? count_members(study, &main.parts[c], &found, error)
				     : count_ties(study, &main.parts[c], &found, error);
		least = MIN(least, found);
	}
	if (isfinite(least) && (least <= 2 || steps <= MOST_STEPS))
		*out = least;
	main_parts_release(&main);
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
