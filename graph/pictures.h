#ifndef GRAPH_PICTURES_H
#define GRAPH_PICTURES_H

#include "graph/work.h"

/*
 * Maps of networks that were looked at before, the last few: who comes back to one of
 * them, as by undo, finds everybody where they were, and not where those who stayed
 * have moved to meanwhile.  Of networks up to some size, as each takes 32 bytes a member.
 */

/* Those that `earlier` knows and its own, as study->pictures; NULL: there are none. */
GPtrArray *pictures_with(const struct study *earlier);
/* Takes the map of a network with the same members and ties as this; false: there is none. */
bool pictures_find(struct study *study);

#endif
