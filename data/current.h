#ifndef DATA_CURRENT_H
#define DATA_CURRENT_H

#include "data/store/store.h"

/*
 * The store in DIR/.telar, if there is one and it holds what the files say at this
 * moment; else NULL, which is no failure.
 */
struct store *store_open_current(const char *path, bool read_only);

#endif
