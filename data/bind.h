#ifndef DATA_BIND_H
#define DATA_BIND_H

#include "data/node.h"

/* What the two files share that make a record of a tree; see node_to_record(). */
struct bind {
	const struct check *check;
	const char *file;
	struct pool *pool;
	struct findings *findings;
	guint errors;
	guint warnings;
	const char *self; /* id of the record at hand, for rules among its items */
};

void bind_say(struct bind *bind, enum severity severity, struct mark start, struct mark end,
	      const char *code, const char *message, const char *hint);
/* An error. */
void bind_at_value(struct bind *bind, const struct node *node, const char *code,
		   const char *message, const char *hint);

/* --- bind_rules.c --- */
/* What the values of one record or item say of each other. */
void bind_rules(struct bind *bind, const struct record_type *type, const struct node *map,
		const void *record);

#endif
