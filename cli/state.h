#ifndef CLI_STATE_H
#define CLI_STATE_H

#include "cli/cli.h"

/*
 * The network that a word means: a date, the number of a change, the name of a
 * snapshot or "now" in the history of the network at hand (opened if need be); or
 * a directory or a store; or, when it is nothing else, a revision of git.  A word with a slash or a
 * dot is a path; any other is first looked for in history.  Caller unrefs; NULL with an error.
 */
struct model *cli_state(struct cli *cli, const char *word, GError **error);

#endif
