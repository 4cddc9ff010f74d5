#ifndef GRAPH_KERNEL_SOURCES_H
#define GRAPH_KERNEL_SOURCES_H

#include "graph/kernel/csr.h"

/*
 * Inside the kernel of betweenness only: which places are searched from, and what
 * each stands for.
 */
struct sources {
	guint n;
	guint *place;	/* by component; in each ascending until they are grouped (alike.h) */
	guint *part;	/* the component of each */
	double *weight; /* vertices that a source stands for; drawn: how often it was */
	double *total;	/* by component: the vertices in it, folded ones included */
	double *drawn;	/* by component: draws, 0: all its places are sources */
};

/* All places; `weight` by place.  Components of one place need no search. */
void sources_all(struct sources *sources, const struct arranged *graph, const double *weight);

/*
 * About `pivots` draws in proportion to the weight, from each component its share
 * and at least 32: one from each of as many equal stretches of the places.  Places
 * that follow each other lie close together, so every neighbourhood has its draws,
 * which a plain sample does not see to: what is near a vertex counts most there.
 */
void sources_sample(struct sources *sources, const struct arranged *graph, const double *weight,
		    guint pivots, guint64 seed);
void sources_release(struct sources *sources);

#endif
