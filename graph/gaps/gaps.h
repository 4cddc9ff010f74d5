#ifndef GRAPH_GAPS_GAPS_H
#define GRAPH_GAPS_GAPS_H

#include "graph/work.h"

/*
 * Looks for gaps of all kinds, several kinds at once; of a what-if's not for those that rank.
 * Appends them to `out` by the order of the kinds; false, `out` then as it was, with the error of
 * the first kind that failed.
 */
bool gaps_find(struct study *study, GPtrArray *out, GError **error);

/*
 * What finds each kind of gap, one file a kind.  Those that are not `alone` in the table run
 * beside each other: of the study they read what search.c has made for them before, and write
 * nothing but what leave_unlisted() remembers.
 */
#define GAP(name)                                                                                  \
	bool gap_##name(struct study *study, const struct gap_kind *kind, GPtrArray *out,          \
			GError **error)

GAP(sector_pairs);	 /* G1 */
GAP(missing_sectors);	 /* G2 */
GAP(closed_territories); /* G3 */
GAP(shallow);		 /* G4 */
GAP(isolated);		 /* G5 */
GAP(holes);		 /* G6 */
GAP(mixing);		 /* G7 */
GAP(focal);		 /* G8 */
GAP(exchange);		 /* G9 */
GAP(single_points);	 /* G10 */
GAP(stale);		 /* G11 */
GAP(unconfirmed);	 /* G12 */
GAP(cliff);		 /* G13 */
GAP(progress);		 /* G14 */
GAP(themes);		 /* G15 */
GAP(spread);		 /* G16 */
GAP(tiers);		 /* G17 */
GAP(suggested);		 /* G18 */

#endif
