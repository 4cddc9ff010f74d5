/*
 * Two groups of members, the ties between them and the fewest that hold them
 * together.  Ways are counted in flow.c; who the groups are is the caller's.
 */
#include "graph/cut.h"

#include <string.h>

/* Breadth first from all of the near side at once. */
static guint steps_between(const struct net *net, const guint8 *side)
{
	g_autofree guint *distance = g_new0(guint, MAX(net->n, 1));
	g_autofree guint *queue = g_new(guint, MAX(net->n, 1));
	guint head = 0, tail = 0;
	for (guint v = 0; v < net->n; v++)
		if (side[v] == FLOW_NEAR)
			queue[tail++] = v;
	while (head < tail) {
		guint v = queue[head++];
		if (side[v] == FLOW_FAR)
			return distance[v];
		for (guint i = net->start[v]; i < net->start[v + 1]; i++) {
			guint w = net->neighbour[i];
			if (side[w] == FLOW_NEAR || distance[w] > 0)
				continue;
			distance[w] = distance[v] + 1;
			queue[tail++] = w;
		}
	}
	return 0;
}

static bool differ(const GArray *a, const GArray *b)
{
	return a->len != b->len || (a->len > 0 && memcmp(a->data, b->data, a->len * sizeof(guint)));
}

/* The smallest cuts nearest to the near side. */
static void find_near(struct flow *flow, const guint8 *side, bool members, GArray *out)
{
	if (members) {
		flow_members(flow, side, G_MAXUINT);
		flow_gate(flow, side, out);
	} else {
		flow_ties(flow, side, G_MAXUINT);
		flow_cut(flow, side, out);
	}
}

/* From either side: where both find the same, there is no other. */
static bool find_both(struct flow *flow, const guint8 *side, const guint8 *turned, bool members,
		      GArray *out)
{
	g_autoptr(GArray) other = g_array_new(FALSE, FALSE, sizeof(guint));
	find_near(flow, side, members, out);
	find_near(flow, turned, members, other);
	return differ(out, other);
}

struct cut *cut_find(const struct net *net, const guint8 *asked)
{
	struct cut *cut = g_new0(struct cut, 1);
	struct flow *flow = flow_new(net);
	g_autofree guint8 *other = g_new(guint8, MAX(net->n, 1));
	const guint8 *side = asked, *turned = other;
	guint first = 0;
	for (guint v = 0; v < net->n; v++)
		other[v] = asked[v] == FLOW_NEAR  ? FLOW_FAR
			   : asked[v] == FLOW_FAR ? FLOW_NEAR
						  : FLOW_BETWEEN;
	while (first < net->n && asked[first] == FLOW_BETWEEN)
		first++;
	if (first < net->n && asked[first] == FLOW_FAR) {
		side = other;
		turned = asked;
	}
	cut->distance = steps_between(net, side);
	cut->direct = g_array_new(FALSE, FALSE, sizeof(guint));
	cut->ties = g_array_new(FALSE, FALSE, sizeof(guint));
	cut->gate = g_array_new(FALSE, FALSE, sizeof(guint));
	for (guint e = 0; e < net->m; e++)
		if (side[net->from[e]] + side[net->to[e]] == FLOW_NEAR + FLOW_FAR &&
		    side[net->from[e]] != FLOW_BETWEEN && side[net->to[e]] != FLOW_BETWEEN)
			g_array_append_val(cut->direct, e);
	cut->other_ties = find_both(flow, side, turned, false, cut->ties);
	if (cut->direct->len == 0)
		cut->other_gate = find_both(flow, side, turned, true, cut->gate);
	flow_free(flow);
	return cut;
}

void cut_free(struct cut *cut)
{
	if (!cut)
		return;
	g_array_unref(cut->direct);
	g_array_unref(cut->ties);
	g_array_unref(cut->gate);
	g_free(cut);
}
