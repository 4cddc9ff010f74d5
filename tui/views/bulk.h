#ifndef TUI_VIEWS_BULK_H
#define TUI_VIEWS_BULK_H

#include "tui/app.h"

/*
 * One field of many records set, or a value added to it or taken out, as one
 * change.  Its subject is a kind and the ids, a line each: "institution\ninnovec\nunal".
 */
extern const struct view_ops view_bulk;

enum bulk_way { BULK_ADD, BULK_REMOVE, BULK_SET };

/*
 * The change that does it to the field `key` of the records (NULL-terminated ids):
 * with old values, so that what others changed meanwhile is not overwritten; without
 * ops where all are as wanted.  `value` is as an op writes it, of lists what is added, taken
 * out or put in their place; NULL empties the field.  Caller frees.
 */
struct change *bulk_change(const struct model *model, enum kind kind, const char *const *ids,
			   const char *key, enum bulk_way way, const char *value);

/* What a record has there, as an op writes it; NULL: nothing.  Caller frees. */
char *bulk_value(const struct field *field, const void *record);

#endif
