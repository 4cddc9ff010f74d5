#ifndef DATA_REFERENCES_H
#define DATA_REFERENCES_H

#include "data/model.h"
#include "data/op.h"

/*
 * What refers to records: nothing can be removed that something which stays refers to.
 */

/* Calls `visit` for every reference in a record until it returns false; says whether all returned
 * true. */
typedef bool (*reference_visit)(void *data, const struct field *field, const char *id);
bool record_visit_references(const struct record_type *type, const void *record,
			     reference_visit visit, void *data);

/*
 * Appends to `change` the ops that take all references to a record out of the others: an
 * item that is about it (a partner, a participant) goes whole, elsewhere the one value.
 * Returns the names of those others, by kind and id, borrowed; caller unrefs.  No kind of
 * record needs a reference today: one that did would get no op.  O(records).
 */
GPtrArray *change_drop_references(struct change *change, const struct model *model, enum kind kind,
				  const char *id);

#endif
