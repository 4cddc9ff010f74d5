#ifndef GRAPH_KERNEL_FOLD_H
#define GRAPH_KERNEL_FOLD_H

#include "graph/kernel/csr.h"

/*
 * Inside the kernel of betweenness only: trees that hang on the rest of a graph,
 * taken off leaf by leaf.  What lies behind a leaf's one edge reaches all others
 * through it, so betweenness in the trees is plain counting, and the rest of the
 * graph needs no search from there: the place where a tree hung stands for as
 * many vertices as the tree had.  A tree folds into one vertex.
 */
struct folded {
	bool *kept;	  /* n: not folded away */
	double *weight;	  /* n: vertices that it stands for, itself included */
	double *vertices; /* n: pairs that meet in v with an end in the trees that hung on v */
	double *edges; /* m: pairs across a folded edge, 0 for the others; NULL unless asked for */
};

/* O(n + m).  False once cancelled (`cancel` may be NULL); to be released either way. */
bool folded_init(struct folded *folded, const struct csr *csr, bool edges, GCancellable *cancel);
void folded_release(struct folded *folded);

#endif
