#ifndef CLI_KEPT_H
#define CLI_KEPT_H

#include "cli/cli.h"

/*
 * Slow results of the last run, where the network has a store that may be written;
 * otherwise, and for networks that are computed in no time, nothing.  What is kept
 * holds for equal ties, groups and seed (graph/keep.h), so it is never stale; a
 * failure to read or to write it is nobody's concern.
 */
void cli_recall(struct cli *cli, struct study *study);
void cli_keep(struct cli *cli, const struct study *study);

#endif
