#ifndef DATA_YAML_INTERNAL_H
#define DATA_YAML_INTERNAL_H

#include "data/yaml/yaml_file.h"

#include <yaml.h>

/*
 * What the files of this folder share.  A source is the bytes of one file with
 * what is needed to say where something stands in them.
 */
struct source {
	const char *text;
	gsize length;
	const char *file;
	struct findings *findings;
	gsize begin;	 /* behind the byte order mark, if any */
	gsize printable; /* up to here from there: printable ASCII and line ends */
	GArray *lines;	 /* guint: byte where each line begins; empty until somebody asks */
	guint *bytes;	 /* byte of each code point behind `begin`; NULL: all ASCII */
	gsize n_points;
};

void source_init(struct source *source, const char *text, gsize length, const char *file,
		 struct findings *findings);
void source_release(struct source *source);

/* From libyaml's mark (code points without the byte order mark), or from a byte. */
static inline struct mark source_mark(const struct source *source, const yaml_mark_t *mark)
{
	gsize point = MIN(mark->index, source->n_points);
	gsize byte = source->bytes ? source->bytes[point] : source->begin + point;

	return (struct mark){ .byte = (guint)byte,
			      .line = (guint)mark->line + 1,
			      .col = (guint)mark->column + 1 };
}
struct mark source_mark_at(const struct source *source, gsize byte);

/* First byte of a line (1-based), and the byte behind its last, without the line end. */
gsize source_line_start(const struct source *source, guint line);
gsize source_line_end(const struct source *source, guint line);

void source_finding(const struct source *source, struct mark at, guint span, const char *code,
		    const char *message, const char *hint);

/* Bad bytes and characters that no entry may hold: a finding each.  False when there were any. */
bool source_scan(const struct source *source);

/*
 * Whether the decoded text of a scalar may be kept; else a finding, at the escape
 * that makes the bad character when there is one.
 */
bool source_check_scalar(const struct source *source, struct mark start, struct mark end,
			 const char *text, gsize length);

/*
 * Says in plain words what libyaml stumbled over, at the place where a person
 * has to mend it.  `last` is the scalar read last, `open` the innermost [ or {
 * that is open, or NULL.
 */
void explain_error(const struct source *source, const yaml_parser_t *parser,
		   const struct node *last, const struct node *open);

/* --- writing ------------------------------------------------------------------ */

/*
 * As yaml_scalar(); `field` (NULL: unknown) says whether `2023` is a number to
 * be left plain or a text that other programs must not take for a number.
 */
char *scalar_write(const struct field *field, const char *text, char quote, bool flow);

/* Whether `text` can stand as a `|` block: several lines, nothing that a block would lose. */
bool scalar_fits_block(const char *text);

/* A list that does not fit a line of this many columns gets a line an item. */
#define LINE_COLUMNS 100

/* How a file is laid out: taken from the file when there is one. */
struct layout {
	guint step;	 /* columns of one level */
	guint list_step; /* columns from a key to the dashes of its list: 0 or `step` */
	const char *eol;
};

/*
 * Each writes without a line end at the end.  `indent` is the column (0-based)
 * where the entry's own key stands; the caller has put the blanks before it.
 */
void emit_entry(GString *out, const struct field *field, const char *key, const struct node *node,
		guint indent, const struct layout *layout);
void emit_flow_entry(GString *out, const struct field *field, const char *key,
		     const struct node *node);
/* What stands behind the dash at column `dash`; `flow`: as [ ] or { } when it is no scalar. */
void emit_item(GString *out, const struct field *field, const struct node *node, guint dash,
	       bool flow, const struct layout *layout);
void emit_flow(GString *out, const struct field *field, const struct node *node);
/* What stands behind the colon of a key at column `indent`, with its leading blank or line end. */
void emit_value(GString *out, const struct field *field, const struct node *node, guint indent,
		const struct layout *layout);
/* A `|` block: header and lines, each `indent` columns in. */
void emit_block(GString *out, const char *text, guint indent, const char *eol);
void emit_spaces(GString *out, guint n);

/* The field of a child: by key in the sub-type of a group or item, or the list's own field. */
const struct field *child_field(const struct record_type *type, const struct node *child);
const struct record_type *child_type(const struct field *field);

/* A copy whose maps are in field order, unknown keys last.  `field` NULL for a record. */
struct node *node_ordered(const struct field *field, const struct record_type *type,
			  const struct node *node);

#endif
