#ifndef GRAPH_KEPT_H
#define GRAPH_KEPT_H

#include "graph/study.h"

/*
 * Slow results of the last run, where the network at `path` has a store that is of this
 * version, may be written and is not in use; otherwise, and for networks that are
 * computed in no time, nothing.  What is kept holds for equal ties, groups and seed
 * (graph/keep.h), so it is never stale; a failure to read or to write it is nobody's
 * concern.  `path` NULL: nothing is kept.
 */
void study_recall_from(struct study *study, const char *path);
void study_keep_in(const struct study *study, const char *path);

#endif
