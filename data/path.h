#ifndef DATA_PATH_H
#define DATA_PATH_H

#include "data/node.h"

/*
 * Paths into a record: "url", "agenda.status", "partners[innovec].since"; with
 * several siblings of one key "partners[innovec#2]" is the second; items without
 * a key field, or whose key holds [ ] or #, are "offers[#1]".  A whole item is
 * "partners[innovec]"; "" is the record itself.
 *
 * node_find() returns the node at `path` (borrowed) or NULL.  path_field() says
 * which field a path ends at (NULL: no such path by the tables); `*type` is set
 * to the record type that holds that field.
 */
struct node *node_find(const struct record_type *type, const struct node *root, const char *path);
const struct field *path_field(const struct record_type *type, const char *path,
			       const struct record_type **holder);

/*
 * Puts `value` (owned; NULL removes) at `path` of a map tree; missing groups and
 * lists are made, an emptied list or group goes.  Keys are kept in field order.
 * For a whole item, `position` >= 0 inserts it there among its siblings (-1
 * replaces the one the path names, or appends).  False with TELAR_ERROR_USAGE,
 * and `root` untouched, when the path means nothing; takes `value` either way.
 */
bool node_put(const struct record_type *type, struct node *root, const char *path, int position,
	      struct node *value, GError **error);

/* Path of item `index` of items field `field` in `root`, e.g. "partners[innovec#2]".  Caller frees.
 */
char *path_item(const struct field *field, const struct node *list, guint index);

#endif
