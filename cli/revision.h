#ifndef CLI_REVISION_H
#define CLI_REVISION_H

#include "cli/cli.h"

/*
 * The entry files of the network at hand as a revision of git has them, in a temporary
 * directory that the caller removes (made_remove()) and frees.  Where the network is no
 * directory inside a git checkout, or git knows no such revision, NULL without error;
 * TELAR_ERROR_UNAVAILABLE when there is a checkout but no git.
 */
char *revision_files(struct cli *cli, const char *word, GError **error);

#endif
