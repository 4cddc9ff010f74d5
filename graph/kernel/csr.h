#ifndef GRAPH_KERNEL_CSR_H
#define GRAPH_KERNEL_CSR_H

#include <gio/gio.h>
#include <stdbool.h>

/*
 * A simple undirected graph without weights, as in struct net: the neighbours of
 * v are neighbour[start[v]] … neighbour[start[v + 1] - 1], ascending, each edge at
 * both ends, no loops.  Borrowed; nothing here changes it.  Edges, where they are
 * numbered, are numbered by (lower end, higher end), as in struct net.
 */
struct csr {
	guint n;
	const guint *start;	/* n + 1 */
	const guint *neighbour; /* start[n] */
};

/* Looks at the cancel (may be NULL) at every 4,096th step of a loop; true once it is to end. */
static inline bool step_stop(GCancellable *cancel, gsize step)
{
	return step % 4096 == 0 && cancel && g_cancellable_is_cancelled(cancel);
}

/*
 * The same graph renumbered for the kernels: component after component, the
 * largest first, and in each by balls of `ball` vertices that lie close together.
 * Searches from neighbouring places then run over the same vertices at the same
 * time, which is what makes many searches at once cheaper than one by one.
 */
struct arranged {
	guint n;
	guint *vertex;	  /* place -> vertex */
	guint *start;	  /* n + 1 */
	guint *neighbour; /* places, ascending */
	guint *edge;	  /* the edge behind each neighbour, numbered as slots to higher places
			     come, from the last to the first of a place; NULL unless asked for */
	guint *number;	  /* what csr.h numbers it; NULL likewise */
	guint n_parts;
	guint *part; /* n_parts + 1: component c has the places from part[c] on */
};

/*
 * Of the vertices with keep[v], NULL: of all.  O(n + m).  NULL once cancelled
 * (`cancel` may be NULL).
 */
struct arranged *arranged_new(const struct csr *csr, const bool *keep, guint ball, bool edges,
			      GCancellable *cancel);
void arranged_free(struct arranged *arranged); /* NULL accepted */

#endif
