#ifndef GRAPH_KERNEL_FRONTIER_H
#define GRAPH_KERNEL_FRONTIER_H

#include "graph/kernel/csr.h"

/*
 * Which places the next level of a search from many sources has to look at.
 * While few changed, only the neighbours of those; once many did, simply all that
 * still miss a source, which saves the marking.
 */
struct frontier {
	const struct arranged *graph;
	guint first, end; /* places of the component searched */
	guint16 *missing; /* by place: sources that have not reached it; kept by the search */
	guint8 *passed;	  /* by place: complete, or listed already */
	guint *places;	  /* what to look at */
	guint n;
};

void frontier_init(struct frontier *frontier, const struct arranged *graph);
void frontier_release(struct frontier *frontier);

/* Nobody has reached the places from first to end. */
void frontier_begin(struct frontier *frontier, guint first, guint end, guint sources);
/* After each level: what it changed must name every place that became complete. */
void frontier_next(struct frontier *frontier, const guint *changed, guint n_changed);

#endif
