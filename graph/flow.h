#ifndef GRAPH_FLOW_H
#define GRAPH_FLOW_H

#include "graph/net.h"

/*
 * Ways that do not get into each other's way (Menger 1927): as many as there are,
 * so many ties or members must go before two sides are apart.  Memory O(n + m),
 * reused from question to question.
 */
struct flow;

struct flow *flow_new(const struct net *net);
void flow_free(struct flow *flow); /* NULL accepted */

/* What a vertex is to a question: one of the near side, of the far side, or between. */
enum flow_side { FLOW_BETWEEN, FLOW_NEAR, FLOW_FAR };

/*
 * The fewest ties whose loss separates all of the near side from all of the far
 * side, not counted beyond `most`.  side: n.  O((result + 1) m).
 */
guint flow_ties(struct flow *flow, const guint8 *side, guint most);

/* After flow_ties() that stayed below `most`: those ties, edge numbers ascending. */
void flow_cut(struct flow *flow, const guint8 *side, GArray *out);

/*
 * The fewest members between the sides whose leaving separates them, which no tie
 * joins directly; not counted beyond `most`.
 */
guint flow_members(struct flow *flow, const guint8 *side, guint most);

/* After flow_members() that stayed below `most`: those members, ascending. */
void flow_gate(struct flow *flow, const guint8 *side, GArray *out);

#endif
