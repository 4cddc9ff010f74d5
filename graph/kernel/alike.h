#ifndef GRAPH_KERNEL_ALIKE_H
#define GRAPH_KERNEL_ALIKE_H

#include "graph/kernel/pool.h"
#include "graph/kernel/sources.h"

/*
 * Inside the kernel of betweenness only: puts next to each other, in each large
 * component, sources that are about as far from everywhere.  Searches from them meet
 * everybody at the same distances, so that one search with a lane for each has little
 * more to do than a search from one of them.
 *
 * How far sources are from 64 places, spread evenly, tells how alike they are; to the
 * first that is left the nearest among the next ones are found, as many as there are lanes,
 * and so on.  Which those are depends on the graph alone.  Distances come from searches
 * that take a few hundredths of the time of all; O(n) comparisons of 64 bytes a lane, at
 * most.  False with TELAR_ERROR_CANCELLED once cancelled.
 */
bool sources_group(struct sources *sources, const struct arranged *graph,
		   const struct kernel_run *run, GError **error);

#endif
