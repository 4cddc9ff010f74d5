#ifndef DATA_NODE_H
#define DATA_NODE_H

#include <string.h>

#include "base/findings.h"
#include "data/records.h"

/*
 * A tree of text: what stands in a YAML file, in a history row (as JSON) or in a
 * form, before and after it is a record.  Scalars are text, always: the field
 * decides later what `NO` or `1.10` mean.
 */
enum node_type { NODE_SCALAR, NODE_LIST, NODE_MAP };

/* Where a node stands in its file: byte offsets for patching, line and column for people. */
struct mark {
	guint byte;
	guint line, col; /* 1-based, col in code points; 0: made by the program */
};

/* What stands in a list or a map; changed through node_append() and its like only. */
struct nodes {
	struct node **pdata;
	guint len, room;
};

struct node {
	enum node_type type;
	char *key;		/* in a map: its key; else NULL */
	char *text;		/* scalars: decoded text, never NULL; "" with `plain` is "absent" */
	struct nodes *children; /* lists and maps: owned; else NULL */
	struct node_pool *pool; /* what it and its parts are cut from; NULL: each by itself */
	struct mark key_start, key_end;
	struct mark start,
		end; /* end is behind the last byte of the value itself, not past comments */
	bool plain;  /* scalar written without quotes */
	char quote;  /* '\'' '"' '|' '>' or 0 */
	bool flow;   /* list or map written as [ ] or { } */
};

struct node *node_scalar(const char *text);
struct node *node_list(void);
struct node *node_map(void);
void node_free(struct node *node); /* NULL accepted */
struct node *node_copy(const struct node *node);

/*
 * Nodes of one file, cut from a pool one by one and freed at once: malloc() and
 * free() for each part cost a quarter of what libyaml does.  Such a node is used
 * like any other, but its memory stays until its root is freed, also when it is
 * taken out before.  The pool is the caller's until node_pool_root() gives it to
 * a root.
 */
struct node_pool *node_pool_new(gsize length); /* of the file, in bytes */
void node_pool_free(struct node_pool *pool);   /* NULL accepted */
void node_pool_clear(struct node_pool *pool);  /* frees its nodes, for those of another file */
char *node_pool_text(struct node_pool *pool, const char *text, gsize length);
struct node *node_pool_scalar(struct node_pool *pool, const char *text, gsize length);
struct node *node_pool_branch(struct node_pool *pool, enum node_type type); /* list or map */
void node_pool_root(struct node_pool *pool, struct node *root);

/* Appends, taking ownership of `child` (for a map, `key` is copied).  Returns child. */
struct node *node_append(struct node *parent, const char *key, struct node *child);
/* Takes ownership of `child`, which keeps its key; `at` up to the number of children. */
void node_insert(struct node *parent, guint at, struct node *child);
void node_remove(struct node *parent, guint at); /* frees it */
void node_set_text(struct node *scalar, const char *text);
void node_set_key(struct node *node, const char *key);
struct node *node_get(const struct node *map, const char *key); /* borrowed, NULL when absent */
/*
 * Which of `n` keys (key_at(of, 0) …) is `key`, looking first at `*at`, which becomes
 * the one behind what was found; `n`: none is.
 */
static inline guint keys_next(guint n, const char *(*key_at)(const void *of, guint i),
			      const void *of, const char *key, guint *at)
{
	guint from = *at < n ? *at : 0;

	for (guint i = 0; i < n; i++) {
		guint next = from + i < n ? from + i : from + i - n;
		const char *name = key_at(of, next);

		if (name[0] == key[0] && !strcmp(name, key)) {
			*at = next + 1;
			return next;
		}
	}
	return n;
}
/*
 * As node_get(), looking first at child `*at`, which becomes the one behind what was
 * found: linear where two maps hold their keys in one order.
 */
struct node *node_get_next(const struct node *map, const char *key, guint *at);
bool node_equal(const struct node *a, const struct node *b); /* text and shape, not marks */

/*
 * Compact JSON of a tree (scalars are strings) and back.  For history rows, list
 * columns and --json input.  node_from_json fails with TELAR_ERROR_DATA.
 */
char *node_to_json(const struct node *node);
struct node *node_from_json(const char *json, GError **error);

/*
 * json-glib reads by recursion: a text that nests deeper than anything of ours is
 * refused before it sees it.
 */
bool json_is_too_deep(const char *text, gsize length);

/*
 * Record to tree: the keys that are set, in field order; groups are maps, items
 * lists of maps.  Caller frees.
 */
struct node *node_from_record(const struct record_type *type, const void *record);
/* One field of a record as a tree (MANY is a list); NULL when absent. */
struct node *node_from_field(const struct field *field, const void *record);

/*
 * What a tree is checked against.  `ids` answers whether a record exists:
 * NODE_KNOWN, NODE_BROKEN (there is a file, but it has errors: no complaint,
 * the reference stands) or NODE_UNKNOWN.  NULL members check nothing.
 */
enum id_state { ID_UNKNOWN, ID_BROKEN, ID_KNOWN };
struct check {
	const struct network *network; /* vocabularies */
	enum id_state (*id)(void *data, guint refs, const char *id);
	/* Nearest existing id for a hint, or NULL; caller frees. */
	char *(*nearest)(void *data, guint refs, const char *id);
	void *data;
	const char *text; /* the file's bytes, to quote lines from; may be NULL */
	gsize length;
	struct date today; /* later than this nothing can have been verified; unset: not asked */
};

/*
 * Tree to record, in `pool`.  Every problem becomes a finding at its mark: wrong
 * shape, unknown key (a warning with the nearest), missing required key, bad
 * form, word not in the vocabulary, unknown reference, and the record's own
 * rules (self tie, until before since, …).  `file` names the findings and, for a
 * record with a folder, must agree with its id.  Returns NULL when there was at
 * least one error; warnings alone still give the record.
 */
void *node_to_record(const struct record_type *type, const struct node *node,
		     const struct check *check, const char *file, struct pool *pool,
		     struct findings *findings);

#endif
