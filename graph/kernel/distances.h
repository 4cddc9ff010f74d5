#ifndef GRAPH_KERNEL_DISTANCES_H
#define GRAPH_KERNEL_DISTANCES_H

#include "graph/kernel/csr.h"
#include "graph/kernel/pool.h"

/*
 * All distances of a graph, counted in edges, summed up per vertex and over the
 * network.  Exact at any size, up to the rounding of the doubles.
 */
struct spans {
	guint n;
	double *harmonic;     /* n: sum of 1/distance to all others that can be reached */
	guint64 *sum;	      /* n: sum of distances to them */
	guint *reached;	      /* n: how many those are */
	guint *within_two;    /* n: others at distance 1 or 2 */
	guint *within_three;  /* n: … 1, 2 or 3 */
	guint *eccentricity;  /* n: the largest distance, 0 for an isolate */
	guint64 pairs;	      /* unordered pairs that are connected */
	guint64 total;	      /* sum of distances over them */
	double inverse;	      /* sum of 1/distance over them */
	guint diameter;	      /* the largest of all */
	double mean_distance; /* total / pairs; NAN without a pair */
	double efficiency;    /* inverse / (n(n-1)/2); NAN below two vertices */
};

/*
 * O(n m / 512) machine steps for the compact graphs that partnerships make,
 * towards O(n m / 8) for chains.  NULL with TELAR_ERROR_CANCELLED once cancelled.
 */
struct spans *spans_new(const struct csr *csr, const struct kernel_run *run, GError **error);
struct spans *spans_blank(guint n);   /* all 0, to be filled */
void spans_free(struct spans *spans); /* lets go of it; NULL accepted */
/* One more that holds it: it is freed when all have let go.  NULL accepted. */
struct spans *spans_share(struct spans *spans);

#endif
