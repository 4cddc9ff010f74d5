#ifndef GRAPH_KERNEL_ENVELOPE_H
#define GRAPH_KERNEL_ENVELOPE_H

#include "graph/kernel/csr.h"

/*
 * shift times 1 less the adjacency matrix, as L D L', for graphs that are long and thin:
 * vertices in the order of a search from one end, reversed (Cuthill & McKee 1969; George
 * 1971), so that what is not 0 lies near the diagonal.
 */
struct envelope;

/* NULL where factoring would take more than `most` multiplications. */
struct envelope *envelope_new(const struct csr *csr, double most);
void envelope_free(struct envelope *envelope); /* NULL accepted */

/* False when the shift is not above all eigenvalues. */
bool envelope_factor(struct envelope *envelope, double shift);
/* Solves for the right side `x`, by vertex, in place. */
void envelope_solve(const struct envelope *envelope, double *x);

#endif
