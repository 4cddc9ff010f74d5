#ifndef GRAPH_KERNEL_LOSS_H
#define GRAPH_KERNEL_LOSS_H

#include "graph/kernel/csr.h"
#include "graph/kernel/pool.h"

/*
 * For each edge, what the sum of 1/distance over unordered pairs would lose
 * without it: exactly from all vertices, or, above `most` sources, from that many
 * spread evenly over the vertices, scaled up.  `edge`: the number of the edge
 * behind each neighbour of `csr`; `bridge`: by edge, not 0 for one on no cycle.
 *
 * A search from a source finds for each vertex which other one all shortest ways
 * to it pass (its immediate dominator); an edge matters to those behind it in that
 * tree alone, and only their distances are counted anew.  O(sources x (n + m)) for
 * compact graphs.  Where whole regions hang on single edges (large rings), that
 * grows; beyond a budget of steps, or of 65,000 steps from a source, `*known` is false
 * and the values are worthless.  False with TELAR_ERROR_CANCELLED once cancelled.
 */
bool loss_compute(const struct csr *csr, const guint *edge, const guint *bridge, guint m,
		  guint most, const struct kernel_run *run, double *out, bool *known,
		  GError **error);

#endif
