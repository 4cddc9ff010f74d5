#ifndef TUI_MEMORY_FILE_H
#define TUI_MEMORY_FILE_H

#include "data/node.h"

/*
 * The file behind a memory (tui/memory.h): one map as JSON.  What cannot be read is
 * never written over: it is put aside under another name first.
 */
#define MEMORY_FILE_MAX (512 * 1024) /* bytes that are read, and written */

/*
 * The map; NULL with `*why` NULL where there is no file, and with `*why` a sentence
 * where there is one that cannot be read.  Caller frees both.
 */
struct node *memory_file_read(const char *file, char **why);

/* Gives the file the first free name of "FILE.damaged", "FILE.damaged-2", …: which. */
char *memory_file_aside(const char *file, GError **error);

/*
 * Held while what the file holds is read, changed and written, so that two sessions
 * lose nothing of each other.  A descriptor for memory_file_unlock(), -1 with
 * TELAR_ERROR_BUSY when another has it for `patience` milliseconds more; makes the
 * folder.  Where nothing can be locked that is said at once.
 */
int memory_file_lock(const char *file, guint patience, GError **error);
void memory_file_unlock(int lock);

/* Whole or not at all, readable by its owner alone. */
bool memory_file_write(const char *file, const struct node *root, GError **error);

#endif
