#ifndef GRAPH_KEYPLAYERS_H
#define GRAPH_KEYPLAYERS_H

#include "graph/study.h"

/*
 * Key players (Borgatti 2006).  BREAK: the members whose leaving pulls the others
 * furthest apart, by distance-weighted fragmentation 1 - mean of 1/distance over
 * the pairs that are left.  REACH: those that together are nearest to all, by
 * distance-weighted reach, the mean of 1/distance to the nearest of them, their
 * own counted 1.
 */
enum key_goal { KEY_BREAK, KEY_REACH };

struct key_players {
	GArray *members; /* model indices (guint), in the order in which they were found */
	double value;	 /* with all of them */
	double before;	 /* with none: fragmentation now, or 0 */
};

/*
 * A set of `count` by taking the best next one and then swapping while that helps:
 * the best of all sets for one member, rarely worse for few.  In large networks only
 * those with most betweenness are tried.  NULL with TELAR_ERROR_CANCELLED;
 * `count` is lowered to the members there are.
 */
struct key_players *key_players_find(const struct study *study, enum key_goal goal, guint count,
				     GCancellable *cancel, GError **error);
void key_players_free(struct key_players *players); /* NULL accepted */

#endif
