/*
 * Disjoint ways, found singly by breadth-first search (Ford & Fulkerson
 * 1956): networks of partners are cut by few ties, so there are few ways to find.
 * Which cuts are worth telling is not decided here.
 */
#include "graph/flow.h"

#include <string.h>

#define NOWHERE G_MAXUINT

struct flow {
	const struct net *net;
	gint8 *over;   /* slot of the adjacency -> ways that run over it in this direction */
	guint *back;   /* slot -> the slot of the other direction */
	guint *via;    /* state -> the slot it was reached over, NOWHERE */
	guint *before; /* state -> the state it was reached from */
	guint *queue;  /* states: v is "in" at 2v and "out" at 2v + 1 for members */
	bool *seen, *used;
};

struct flow *flow_new(const struct net *net)
{
	struct flow *flow = g_new0(struct flow, 1);
	gsize states = 2 * (gsize)net->n + 1, slots = 2 * (gsize)net->m + 1;
	g_autofree guint *first = g_new(guint, slots);
	flow->net = net;
	flow->over = g_new0(gint8, slots);
	flow->back = g_new0(guint, slots);
	flow->via = g_new(guint, states);
	flow->before = g_new(guint, states);
	flow->queue = g_new(guint, states);
	flow->seen = g_new0(bool, states);
	flow->used = g_new0(bool, states);
	for (guint i = 0; i < 2 * net->m; i++)
		first[net->edge[i]] = NOWHERE;
	for (guint i = 0; i < 2 * net->m; i++) {
		guint e = net->edge[i];
		if (first[e] == NOWHERE) {
			first[e] = i;
			continue;
		}
		flow->back[i] = first[e];
		flow->back[first[e]] = i;
	}
	return flow;
}

void flow_free(struct flow *flow)
{
	if (!flow)
		return;
	void *kept[] = { flow->over,  flow->back, flow->via, flow->before,
			 flow->queue, flow->seen, flow->used };
	for (guint i = 0; i < G_N_ELEMENTS(kept); i++)
		g_free(kept[i]);
	g_free(flow);
}

/* Marks what can be reached from the near side; the far vertex reached first, or NOWHERE. */
static guint search_ties(struct flow *flow, const guint8 *side)
{
	const struct net *net = flow->net;
	guint head = 0, tail = 0;
	memset(flow->seen, 0, net->n * sizeof *flow->seen);
	for (guint v = 0; v < net->n; v++) {
		if (side[v] != FLOW_NEAR)
			continue;
		flow->seen[v] = true;
		flow->via[v] = NOWHERE;
		flow->queue[tail++] = v;
	}
	while (head < tail) {
		guint v = flow->queue[head++];
		for (guint i = net->start[v]; i < net->start[v + 1]; i++) {
			guint w = net->neighbour[i];
			if (flow->seen[w] || flow->over[i] > 0)
				continue;
			flow->seen[w] = true;
			flow->via[w] = i;
			flow->before[w] = v;
			if (side[w] == FLOW_FAR)
				return w;
			flow->queue[tail++] = w;
		}
	}
	return NOWHERE;
}

guint flow_ties(struct flow *flow, const guint8 *side, guint most)
{
	guint found = 0, end;
	memset(flow->over, 0, 2 * (gsize)flow->net->m * sizeof *flow->over);
	while (found < most && (end = search_ties(flow, side)) != NOWHERE) {
		/* A tie carries one way or its opposite, not both: they would cancel. */
		for (guint v = end; flow->via[v] != NOWHERE; v = flow->before[v]) {
			flow->over[flow->via[v]]++;
			flow->over[flow->back[flow->via[v]]]--;
		}
		found++;
	}
	return found;
}

void flow_cut(struct flow *flow, const guint8 *side, GArray *out)
{
	const struct net *net = flow->net;
	search_ties(flow, side);
	for (guint e = 0; e < net->m; e++)
		if (flow->seen[net->from[e]] != flow->seen[net->to[e]])
			g_array_append_val(out, e);
}

static void visit(struct flow *flow, guint state, guint from, guint slot, guint *tail)
{
	if (flow->seen[state])
		return;
	flow->seen[state] = true;
	flow->before[state] = from;
	flow->via[state] = slot;
	flow->queue[(*tail)++] = state;
}

/*
 * A member between the sides lets one way through: in by 2v, out by 2v + 1; what is
 * taken can be taken back.  The "in" of the far side that is reached, or NOWHERE.
 */
static guint search_members(struct flow *flow, const guint8 *side)
{
	const struct net *net = flow->net;
	guint head = 0, tail = 0;
	memset(flow->seen, 0, 2 * (gsize)net->n * sizeof *flow->seen);
	for (guint v = 0; v < net->n; v++) {
		if (side[v] != FLOW_NEAR)
			continue;
		flow->seen[2 * v] = true;
		visit(flow, 2 * v + 1, NOWHERE, NOWHERE, &tail);
	}
	while (head < tail) {
		guint state = flow->queue[head++], v = state / 2;
		bool out = state & 1;
		if (side[v] == FLOW_FAR)
			return state;
		if (side[v] == FLOW_BETWEEN && flow->used[v] == out)
			visit(flow, state ^ 1, state, NOWHERE, &tail);
		for (guint i = net->start[v]; i < net->start[v + 1]; i++) {
			guint w = net->neighbour[i];
			/* Ties have room for all: else one that is full would hide who is behind
			 * it. */
			if (out)
				visit(flow, 2 * w, state, i, &tail);
			else if (flow->over[flow->back[i]] > 0)
				visit(flow, 2 * w + 1, state, flow->back[i], &tail);
		}
	}
	return NOWHERE;
}

guint flow_members(struct flow *flow, const guint8 *side, guint most)
{
	guint found = 0, state;
	memset(flow->over, 0, 2 * (gsize)flow->net->m * sizeof *flow->over);
	memset(flow->used, 0, flow->net->n * sizeof *flow->used);
	while (found < most && (state = search_members(flow, side)) != NOWHERE) {
		while (flow->before[state] != NOWHERE) {
			guint from = flow->before[state], slot = flow->via[state];
			if (slot == NOWHERE)
				flow->used[state / 2] = state & 1;
			else
				flow->over[slot] = (gint8)(from & 1);
			state = from;
		}
		found++;
	}
	return found;
}

void flow_gate(struct flow *flow, const guint8 *side, GArray *out)
{
	search_members(flow, side);
	for (guint v = 0; v < flow->net->n; v++)
		if (side[v] == FLOW_BETWEEN && flow->seen[2 * v] && !flow->seen[2 * v + 1])
			g_array_append_val(out, v);
}
