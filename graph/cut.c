/*
 * Two groups of members, the ties between them and the fewest that hold them
 * together.  Ways are counted in flow.c; who the groups are is the caller's.
 */
#include "graph/cut.h"

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

struct cut *cut_find(const struct net *net, const guint8 *side)
{
	struct cut *cut = g_new0(struct cut, 1);
	struct flow *flow = flow_new(net);
	cut->distance = steps_between(net, side);
	cut->direct = g_array_new(FALSE, FALSE, sizeof(guint));
	cut->ties = g_array_new(FALSE, FALSE, sizeof(guint));
	cut->gate = g_array_new(FALSE, FALSE, sizeof(guint));
	for (guint e = 0; e < net->m; e++)
		if (side[net->from[e]] + side[net->to[e]] == FLOW_NEAR + FLOW_FAR &&
		    side[net->from[e]] != FLOW_BETWEEN && side[net->to[e]] != FLOW_BETWEEN)
			g_array_append_val(cut->direct, e);
	flow_ties(flow, side, G_MAXUINT);
	flow_cut(flow, side, cut->ties);
	if (cut->direct->len == 0) {
		flow_members(flow, side, G_MAXUINT);
		flow_gate(flow, side, cut->gate);
	}
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
