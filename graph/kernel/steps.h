#ifndef GRAPH_KERNEL_STEPS_H
#define GRAPH_KERNEL_STEPS_H

#include "graph/kernel/csr.h"

/*
 * How many steps it is from some places to some others: one breadth-first search for
 * all sources, a bit each, that ends when everybody is reached.  For a few; the
 * distances of all are distances.h.
 */
enum { STEPS_SOURCES = 64 };
#define STEPS_NONE G_MAXUINT

/* out[s * n_to + t]: from source[s], of at most STEPS_SOURCES, to to[t], in which each is once. */
void steps_between(const struct csr *csr, const guint *source, guint n, const guint *to, guint n_to,
		   guint *out);

#endif
