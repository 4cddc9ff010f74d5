#ifndef GRAPH_KERNEL_LEADING_H
#define GRAPH_KERNEL_LEADING_H

#include "graph/kernel/csr.h"
#include "graph/kernel/pool.h"

/*
 * The vector to the largest eigenvalue of the adjacency matrix, largest entry 1, into
 * `out` (n).  Where several parts share it, what the degrees
 * have of each.  Equal graphs give equal bits, wherever they lie in memory.  Needs
 * m > 0.  NAN everywhere when it does not settle in a number of steps that is
 * affordable, as on chains of tens of thousands.  False with TELAR_ERROR_CANCELLED.
 */
bool leading_vector(const struct csr *csr, const struct kernel_run *run, double *out,
		    GError **error);

#endif
