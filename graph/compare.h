#ifndef GRAPH_COMPARE_H
#define GRAPH_COMPARE_H

#include "graph/whatif.h"

/*
 * Two networks side by side: two moments, two directories, two filters.  Members
 * are the same by their id, ties by the ids of their ends, gaps by theirs.
 */
struct comparison {
	struct scorecard *card; /* measures that differ, gaps; the studies themselves */
	GArray *fresh, *kept;	/* guint edges of after: new; there before as well */
	GArray *lost;		/* guint edges of before that after does not have */
	GArray *joined, *left;	/* guint vertices: of after alone, of before alone */
	double jaccard;		/* kept / (new + kept + lost); NAN without any tie */
};

/* Both need their measures and gaps.  O(n + m), beside comparing the gaps. */
struct comparison *comparison_new(struct study *before, struct study *after);
void comparison_free(struct comparison *comparison); /* NULL accepted */

#endif
