#ifndef DATA_IMPORT_MAKE_H
#define DATA_IMPORT_MAKE_H

#include "data/import/merge.h"

/*
 * network.yaml as it will be: that of the network with the new words, or a new
 * one, whose sectors and kinds are those that were read.  Caller frees.
 */
struct node *make_network(const struct batch *batch);

/* Words that the network lacks and is not to get become findings; the others are listed in the
 * plan. */
void make_words(struct batch *batch, struct import_plan *plan);

/* The ops that lead an existing network to the targets. */
struct change *make_change(const struct batch *batch, const GPtrArray *targets);

#endif
