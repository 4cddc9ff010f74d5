#ifndef GRAPH_KEEP_H
#define GRAPH_KEEP_H

#include "graph/study.h"

/*
 * What is slow in a study and follows from ties, groups and seed alone, as bytes that
 * can be kept from one run to the next: distances, betweenness, circles and what chance
 * gives.  Numbers only, no words and no days: so what is kept is right in every
 * language and tomorrow, and stops to hold with the first tie or group that changes,
 * whoever changed it and how.
 */

/* Of all that it was computed from: equal networks, equal number, on any machine. */
guint64 study_print(const struct study *study);

/* What has been computed by now; NULL when that is nothing new since study_recall(). */
GBytes *study_keep(const struct study *study);

/*
 * Takes over what study_keep() gave for a network of the same print.  Bytes of anything
 * else are passed by, as is a result with a number that it cannot have: false when nothing
 * could be taken.  Before study_compute().
 */
bool study_recall(struct study *study, GBytes *bytes);

#endif
