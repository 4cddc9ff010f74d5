#ifndef GRAPH_GAPS_GAPS_H
#define GRAPH_GAPS_GAPS_H

#include "graph/work.h"

/* What finds each kind of gap, one file a kind. */
#define GAP(name)                                                                                  \
	bool gap_##name(struct study *study, const struct gap_kind *kind, GPtrArray *out,          \
			GError **error)

GAP(sector_pairs);	 /* G1 */
GAP(missing_sectors);	 /* G2 */
GAP(closed_territories); /* G3 */
GAP(isolated);		 /* G5 */
GAP(single_points);	 /* G10 */
GAP(unconfirmed);	 /* G12 */

#endif
