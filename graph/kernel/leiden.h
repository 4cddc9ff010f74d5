#ifndef GRAPH_KERNEL_LEIDEN_H
#define GRAPH_KERNEL_LEIDEN_H

#include "graph/kernel/csr.h"
#include "graph/kernel/pool.h"

/*
 * Communities of the highest modularity that Leiden's algorithm finds (Traag, Waltman &
 * van Eck 2019): the best of `starts` searches with other random numbers each, the first
 * of equals.  A refined community grows by its best neighbour, ties by lot, where the
 * paper draws among good ones.  Gains are reckoned in whole numbers, so results are the
 * same on all machines and for any number of threads.
 *
 * of[v]: 0 … in order of first members; `*modularity` NAN without edges, where
 * everybody is alone.  Expected O(starts (n + m) log n).  False once cancelled.
 */
bool leiden_communities(const struct csr *csr, guint starts, guint64 seed,
			const struct kernel_run *run, guint *of, double *modularity,
			GError **error);

#endif
