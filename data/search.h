#ifndef DATA_SEARCH_H
#define DATA_SEARCH_H

#include "data/model.h"
#include "data/store/store.h"

/*
 * The records of a model by words, as store_find() finds them: asked of the store at
 * `path` (a directory of a network, or a store alone; NULL: none) where it holds these
 * very files, else of one in memory that is filled for it.  The answers are the same.
 * Hits are appended, owned by whoever asks.
 */
bool model_search(const struct model *model, const char *path, const char *words, GPtrArray *hits,
		  GError **error);

#endif
