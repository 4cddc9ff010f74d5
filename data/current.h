#ifndef DATA_CURRENT_H
#define DATA_CURRENT_H

#include "data/store/store.h"

/* Where the store of the network in a directory is.  Caller frees. */
char *store_path_in(const char *directory);
/*
 * The network that is meant by a path: of a directory's store that directory, because an
 * edit of the store would pass its files by; else the path as it is.  Every way into a
 * network goes through here.  Caller frees.
 */
char *network_at(const char *path);

/*
 * The store of the network at `path`, a directory or a store alone, as store_peek()
 * opens it.  NULL, which is no failure, when there is none, it is of another version or
 * in use.  store_open_current(): only when it holds what the files say at this moment.
 */
struct store *store_peek_at(const char *path, bool read_only);
struct store *store_open_current(const char *path, bool read_only);

/*
 * Whether opening a network takes long enough for a word to the person first: by the sizes
 * of its store and its folders, of which nothing is opened.
 */
bool network_is_large(const char *path);

#endif
