#ifndef GRAPH_SUGGEST_PRIVATE_H
#define GRAPH_SUGGEST_PRIVATE_H

#include "graph/suggest.h"
#include "graph/work.h"

/* Between suggest.c, backtest.c and G18: what scoring a pair looks at. */
struct suggester {
	struct study *study;
	const struct net *net;
	struct date before; /* programmes from then on do not count; unset: all do */
	const struct chance *chance;
	GHashTable *met; /* pairs of territories with a tie, pairs of sectors in a territory */
	GArray **hosts;	 /* capacity -> vertices that offer it */
	guint capacities;
	double weight[SUGGEST_PARTS];
	double *worth; /* n: of a common partner, the less busy the more */
	guint *start;  /* n + 1 */
	guint *places; /* the territories that vertex v lists: start[v] .. start[v + 1] - 1 */
};

bool suggester_init(struct suggester *suggester, struct study *study, struct date before,
		    GError **error);
void suggester_release(struct suggester *suggester);

/* Parts and score of two vertices, tied or not; the introducer is left open. */
void suggester_score(const struct suggester *suggester, guint a, guint b, struct suggestion *out);
/* As others know it: institutions for vertices, and who could introduce. */
void suggestion_hand_over(const struct net *net, struct suggestion *one);

/*
 * The best, with vertices for institutions, best first; for the present without those
 * that are settled as gaps.
 */
GArray *suggester_list(const struct suggester *suggester, const struct suggest_options *options,
		       GError **error);

#endif
