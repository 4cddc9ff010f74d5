#ifndef CLI_FILES_H
#define CLI_FILES_H

#include "cli/cli.h"

/* Commands that take files of a network by name.  What is returned the caller frees. */

/* How the person wrote the way to the network, so that the places printed can be opened. */
char *files_prefix(const char *path);
/* The network that holds the first named file becomes -N, when nothing else names one. */
void files_network(struct cli *cli, const char *file);
/* The files as the network knows them: below its directory, or as they stand there. */
char **files_inside(const char *path, char *const *args, GError **error);

#endif
