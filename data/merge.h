#ifndef DATA_MERGE_H
#define DATA_MERGE_H

#include "data/op.h"

/*
 * Three versions of one record brought together by field: what only one side
 * changed is taken, what both changed alike is taken once, elements that either
 * side added to a list stand, those that either took away go.  Where both changed
 * the same thing differently `theirs` stands and a clash says what was wanted.
 */
struct clash {
	char *path; /* "" : the record, which one side deleted and the other changed */
	char *base, *mine, *theirs; /* as texts of ops; NULL absent */
};
void clash_free(struct clash *clash);

/*
 * Trees as node_from_record() makes them; NULL: there is no record.  Appends to
 * `ops` the ops that lead from `theirs` to the result, to be applied in order, and
 * to `clashes` what cannot be decided (struct clash *, owned by the array).
 */
void merge_trees(enum kind kind, const char *id, const struct node *base, const struct node *mine,
		 const struct node *theirs, struct change *ops, GPtrArray *clashes);

/* The text of what stands at a path of a record's tree (NULL: no record), as in ops. */
char *merge_text_at(enum kind kind, const struct node *tree, const char *path);

/*
 * Appends the ops that make `text` (NULL: nothing) stand at `path` of the record
 * that is now `tree` (NULL: there is none).  False with USAGE when that cannot be.
 */
bool merge_put(struct change *change, enum kind kind, const char *id, const struct node *tree,
	       const char *path, const char *text, GError **error);

/*
 * The same for both sides of a clash: the union of two lists, or two entries beside
 * each other.  USAGE for what can hold one value only.
 */
bool merge_put_both(struct change *change, enum kind kind, const char *id, const struct node *tree,
		    const char *path, const char *mine, GError **error);
/* Whether a path can hold both. */
bool merge_holds_both(enum kind kind, const char *path);

#endif
