#ifndef CLI_SAFETY_H
#define CLI_SAFETY_H

#include "cli/cli.h"

/* Whether a path is that of a store: a network, or a backup of one, in one file. */
bool path_is_store(const char *path);

/* Makes a directory of a store, with its history, and says what it holds. */
bool store_restore(struct cli *cli, const char *path, const char *into, GError **error);

/* The network's entries as files in a new directory, without history. */
bool network_write_files(struct cli *cli, const char *into, GError **error);

#endif
