#ifndef CLI_TABULATE_H
#define CLI_TABULATE_H

#include "cli/cli.h"

/*
 * Computes what is missing of the whole network and puts it into the tables that
 * analysts read (v_measure, v_gap), unless they have it already.  `part` is
 * STUDY_MEASURES or STUDY_GAPS.  Nothing under a filter, of another day, or where the network's
 * store cannot be written or is behind its files; nor is that a failure.
 */
void cli_tabulate(struct cli *cli, struct study *study, enum study_part part);

#endif
