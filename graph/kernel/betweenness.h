#ifndef GRAPH_KERNEL_BETWEENNESS_H
#define GRAPH_KERNEL_BETWEENNESS_H

#include "graph/kernel/csr.h"
#include "graph/kernel/pool.h"

/*
 * Betweenness of vertices and edges (Freeman 1977; Brandes 2001), not scaled: the
 * unordered pairs of others whose shortest paths lead through it, a pair with
 * several shortest paths in equal parts.  Ends do not count for vertices.
 */
struct between_options {
	bool edges;	   /* those of edges as well: half as much work again */
	guint exact_limit; /* above so many vertices from a sample of sources; 0: 20,000 */
	guint pivots;	   /* how many sources that is; 0: 500 */
	guint64 seed;	   /* of the sample */
};

/*
 * A sample gives an unbiased estimate: sources drawn evenly over every part of the
 * network (sources.h), with linear scaling: a source counts the more at v the
 * nearer v is to the other end (Geisberger, Sanders & Schultes 2008), so that what
 * lies beside a source is not overrated.  Hanging trees are exact also then.
 * `error` is the standard error of each estimate by the spread among the sources,
 * reckoned as for a plain sample; 0 where a component was searched whole.  What
 * few sources lie near is stated too small: at 20,000 institutions 93 or 94 of a
 * hundred among the thousand highest values lie within two stated errors, of all
 * values 72, so that for low ones it is an order of magnitude.
 */
struct between {
	guint n, m;
	double *vertices; /* n */
	double *edges;	  /* m, as csr.h numbers edges; NULL unless asked for */
	bool sampled;
	guint sources; /* that were searched from */
	double *error; /* n; NULL unless sampled */
	double worst;  /* the largest error as a share of the largest value; 0 unless sampled */
};

/*
 * O(n m), O(pivots m) with a sample, sixteen searches at once.  Trees that hang on the
 * rest are folded away first.  NULL with TELAR_ERROR_CANCELLED once cancelled.
 */
struct between *between_new(const struct csr *csr, const struct between_options *options,
			    const struct kernel_run *run, GError **error);
struct between *between_blank(guint n, guint m); /* with all arrays, all 0, to be filled */
void between_free(struct between *between);	 /* lets go of it; NULL accepted */
/* One more that holds it: it is freed when all have let go.  NULL accepted. */
struct between *between_share(struct between *between);

#endif
