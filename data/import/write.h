#ifndef DATA_IMPORT_WRITE_H
#define DATA_IMPORT_WRITE_H

#include "data/node.h"

/* A tree and the file it becomes. */
struct tree_file {
	enum kind kind;
	const char *id; /* NULL: the kind's one file at the top, or network.yaml */
	const struct node *node;
};

/* Whether a network may be made there: nothing stands there, or an empty directory. */
bool network_target_free(const char *into, GError **error);

/*
 * Writes all files (struct tree_file) beside, then puts the directory in place
 * with one rename: it appears whole or not at all, also where a signal ends the process
 * meanwhile.  In an empty directory that is there already, network.yaml comes last and makes
 * it one.
 */
bool network_write(const GArray *files, const char *into, GError **error);

/* Removes a directory that we made, with all that is in it. */
void made_remove(const char *path);

#endif
