#ifndef GRAPH_AHEAD_H
#define GRAPH_AHEAD_H

#include "graph/work.h"

/*
 * Inside graph/ only.  Some work cannot be spread over cores, circles above all.  A second
 * thread begins with it while the one that computes goes on with what comes first, and the
 * work's own functions wait for it: study_catch_up().  Until then that thread is the one
 * that asks igraph, and study_graph() sees to it.
 */
void study_go_ahead(struct study *study);
/* In the second thread nothing; does nothing either when there is none. */
void study_catch_up(struct study *study);

#endif
