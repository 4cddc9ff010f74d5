#ifndef DATA_YAML_PATCH_H
#define DATA_YAML_PATCH_H

#include "data/yaml/internal.h"

/*
 * A patch is a list of byte ranges of a text with what takes their place.  The
 * functions below add to it; nothing is changed before patch_apply().
 */
struct patch {
	const char *text;
	gsize length;
	gsize begin; /* behind the byte order mark */
	struct layout layout;
	GArray *edits; /* struct edit */
};

struct edit {
	gsize from, to;
	char *text;
	guint order; /* of adding: what is inserted at one place stays in this order */
};

/* Takes `text`. */
void patch_replace(struct patch *patch, gsize from, gsize to, char *text);
/* False when ranges overlap. */
bool patch_apply(struct patch *patch, GString *out);

/* A list or map whose children change.  `field` and `type` as the tables say, NULL: unknown. */
struct holder {
	const struct node *node;
	const struct field *field;	/* of the list or map itself */
	const struct record_type *type; /* of a map's entries or a list's items */
};

/* Removes children [from, to); at least one other child stays. */
void patch_remove(struct patch *patch, const struct holder *holder, guint from, guint to);
/* Inserts a child behind child `beside`, or before it. */
void patch_insert(struct patch *patch, const struct holder *holder, guint beside, bool before,
		  const struct node *child);

/*
 * Gives children [from, from + n) of a block list another order, `order` counted from
 * `from`: whole lines, with the comments above, beside and below that are theirs.
 * False, and nothing done, where they have no lines for themselves.
 */
bool patch_permute(struct patch *patch, const struct holder *holder, guint from, guint n,
		   const guint *order);

/* Where a line ends (before its line end), where the next begins. */
gsize patch_line_end(const struct patch *patch, gsize at);
gsize patch_next_line(const struct patch *patch, gsize at);
/* Whether there are only blanks (and, when `comment`, a comment) in [from, to). */
bool patch_is_blank(const struct patch *patch, gsize from, gsize to, bool comment);

#endif
