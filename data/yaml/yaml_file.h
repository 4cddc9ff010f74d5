#ifndef DATA_YAML_YAML_FILE_H
#define DATA_YAML_YAML_FILE_H

#include "data/node.h"

/*
 * YAML entry files: read with positions, patched in place, made anew.  libyaml
 * is seen in this folder only.
 */
#define YAML_FILE_MAX	(256 * 1024)
#define YAML_DEPTH_MAX	16
#define YAML_EVENTS_MAX 20000

/*
 * Reads one document whose top is a map.  Problems (syntax, bad UTF-8 or control
 * bytes at their exact place, tab indentation, duplicate key, anchor, alias, tag,
 * second document, too large, too deep) become findings on `file`; then NULL.
 * Every node's marks are byte-exact in `text`.  An empty value is a plain scalar
 * with text "".  The file is at most one syntax error, and all duplicates.
 */
struct node *yaml_read(const char *text, gsize length, const char *file, struct findings *findings);
/* The same with nodes of a pool that stays the caller's, who clears it between files. */
struct node *yaml_read_in(struct node_pool *pool, const char *text, gsize length, const char *file,
			  struct findings *findings);

/*
 * A new file for a record's tree: schema line, keys in field order, lists of
 * plain values as [a, b] while they fit a line, items as blocks, prose of several
 * lines as |.  Ends with a newline.  Caller frees.
 */
char *yaml_emit(const struct record_type *type, const struct node *root);

/*
 * The same for the file at `path` in its directory (the schema line goes by its
 * depth), read again: NULL with TELAR_ERROR_USAGE where the reader would refuse it
 * (too large, too many values) or understand something else.
 */
char *yaml_emit_checked(const struct record_type *type, const struct node *root, const char *path,
			GError **error);

/*
 * The same for people who go on by hand: every field of the type with what it is
 * for, in the language of the process; what `root` (NULL: nothing) does not set
 * is a comment, needed fields are empty.  Lines "# …" are words, "#…" YAML.
 */
char *yaml_template(const struct record_type *type, const struct node *root);

/*
 * The text of a scalar as it stands in YAML: plain where every YAML reader takes
 * that for this text (so NO, 1.10 and 2023 are quoted here; files hold the numbers
 * and dates of number and date fields plain), else quoted; `quote` '\'' or '"'
 * keeps a neighbour's style where it can.  `flow`: inside [ ] or { }.  Caller frees.
 */
char *yaml_scalar(const char *text, char quote, bool flow);

/*
 * Changes the value at `path` of the record in `text` to `value` (NULL: removes
 * it, key and all) with the fewest bytes touched: replace in the old style;
 * insert a key after its last sibling's lines in field order with the sibling's
 * indentation; append or insert an item (`position`, -1: the end) in the
 * neighbours' style; delete whole lines.  Comments, order, line ends, BOM and
 * all other bytes stay.  The result is read again and compared with what was
 * wanted; where they differ: TELAR_ERROR_INTERNAL and `out` untouched.
 */
bool yaml_patch(const struct record_type *type, const char *text, gsize length, const char *path,
		int position, const struct node *value, GString *out, GError **error);

/*
 * Moves item `from` of the list at that path to position `to` among its siblings, with
 * the comments above, beside and below it; otherwise as yaml_patch().
 */
bool yaml_move(const struct record_type *type, const char *text, gsize length, const char *list,
	       guint from, guint to, GString *out, GError **error);

/*
 * The same entry in the order and style of new files: keys in field order, two
 * blanks a level, quotes only where they are needed, short lists in brackets.
 * Comments stay with the key or item they stand at, values of several lines keep
 * their lines, line ends and byte order mark stay.  The result is read again: it
 * says the same and has every comment, and formatting it once more changes
 * nothing; else YAML_FORMAT_LEFT, and `out` is untouched.  A file that cannot be
 * read is YAML_FORMAT_BROKEN, with findings.
 */
enum yaml_formatted { YAML_FORMAT_SAME, YAML_FORMAT_CHANGED, YAML_FORMAT_LEFT, YAML_FORMAT_BROKEN };
enum yaml_formatted yaml_format(const struct record_type *type, const char *text, gsize length,
				const char *file, GString *out, struct findings *findings);

/* Whether `text` has every comment of `other`, wherever it stands; false where either cannot be
 * read. */
bool yaml_has_comments(const char *text, gsize length, const char *other, gsize other_length);

#endif
