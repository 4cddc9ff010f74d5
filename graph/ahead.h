#ifndef GRAPH_AHEAD_H
#define GRAPH_AHEAD_H

#include "graph/work.h"

/*
 * Inside graph/ only.  The measures of these levels, a bit each.  Work that cannot be spread
 * over cores, circles above all, is done by a second thread while the one that computes goes
 * on with what all cores do together: it computes the rows of COST_LINEAR, of a spacious
 * network only what igraph finds and the leading vector, and the other thread no such row
 * before study_catch_up().  Where the map is wanted as well and the network not spacious, it
 * makes that too, and has a core for itself meanwhile.  Until then the second thread is the one
 * that asks igraph, and study_graph() sees to it.
 */
bool study_rows(struct study *study, guint levels, GError **error);
/* In the second thread nothing; does nothing either when there is none. */
void study_catch_up(struct study *study);

#endif
