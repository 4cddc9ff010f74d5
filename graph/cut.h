#ifndef GRAPH_CUT_H
#define GRAPH_CUT_H

#include "graph/flow.h"

/*
 * What lies between two groups of members, and what would part them.  `asked`
 * (n values of enum flow_side) says who belongs to which; both have members.
 */
struct cut {
	guint distance; /* steps from the nearest of one to the other; 0: no chain */
	GArray *direct; /* guint edges that join the two */
	GArray *ties;	/* the fewest edges whose end leaves no chain between them */
	GArray *gate; /* the fewest vertices between whose leaving does; empty where `direct` is not
		       */
	bool other_ties, other_gate; /* as few others would do as well */
};

/*
 * Which side is called near does not matter: of several cuts as small, those nearest to the
 * side whose member comes first by id.  O((members + ties of the cuts) m).
 */
struct cut *cut_find(const struct net *net, const guint8 *asked);
void cut_free(struct cut *cut); /* NULL accepted */

#endif
