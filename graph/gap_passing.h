#ifndef GRAPH_GAP_PASSING_H
#define GRAPH_GAP_PASSING_H

#include "data/filter.h"
#include "graph/gap.h"

/* Who passes the filter, each asked once; and where there is one, found when it is asked for. */
struct gap_passing {
	const struct filter *filter; /* NULL: all pass */
	const struct model *model;
	guint8 *verdicts; /* 0 not known, 1 passes, 2 fails */
	bool *peopled;	  /* of each territory; NULL: not known */
};

/* A gap of somebody who passes: in it, suggested for it, or in its territory. */
bool gap_passes(struct gap_passing *passing, const struct gap *gap);
void gap_passing_clear(struct gap_passing *passing);

#endif
