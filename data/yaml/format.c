/*
 * An entry file in the style of new ones.  Not the emitter with comments: values
 * that people laid out over several lines keep their lines, and nothing is given
 * back that does not read as the same entry with the same comments.
 */
#include "data/yaml/format.h"

#include <string.h>

struct writer {
	const char *text; /* as the file is */
	struct comments comments;
	struct layout layout;
	GString *out;
};

/* --- the same entry? --------------------------------------------------------------- */

static bool is_absent(const struct node *node)
{
	return node->type == NODE_SCALAR && node->plain && !*node->text;
}

/* The order of keys says nothing; an empty value is not an empty text. */
static bool same_entry(const struct node *a, const struct node *b)
{
	if (a->type != b->type)
		return false;
	if (a->type == NODE_SCALAR)
		return strcmp(a->text, b->text) == 0 && is_absent(a) == is_absent(b);
	if (a->children->len != b->children->len)
		return false;
	for (guint i = 0, at = 0; i < a->children->len; i++) {
		const struct node *x = a->children->pdata[i];
		const struct node *y =
			a->type == NODE_MAP ? node_get_next(b, x->key, &at) : b->children->pdata[i];
		if (!y || !same_entry(x, y))
			return false;
	}
	return true;
}

static int compare_text(gconstpointer a, gconstpointer b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool same_comments(GPtrArray *a, GPtrArray *b)
{
	if (a->len != b->len)
		return false;
	g_ptr_array_sort(a, compare_text);
	g_ptr_array_sort(b, compare_text);
	for (guint i = 0; i < a->len; i++) {
		if (strcmp(a->pdata[i], b->pdata[i]) != 0)
			return false;
	}
	return true;
}

/* --- order ------------------------------------------------------------------------- */

static guint rank_of(const struct record_type *type, const struct node *child)
{
	const struct field *field = child_field(type, child);
	return field ? (guint)(field - type->fields) : G_MAXUINT;
}

/* Children of a map in field order, unknown keys last in the order they had. */
static GPtrArray *in_order(const struct record_type *type, const struct node *map)
{
	GPtrArray *children = g_ptr_array_sized_new(map->children->len);

	for (guint i = 0; i < map->children->len; i++) {
		struct node *child = map->children->pdata[i];
		guint at = children->len;
		while (type && at > 0 &&
		       rank_of(type, children->pdata[at - 1]) > rank_of(type, child))
			at--;
		g_ptr_array_insert(children, (int)at, child);
	}
	return children;
}

/* --- writing ----------------------------------------------------------------------- */

static void write_lines(struct writer *writer, const GPtrArray *lines, guint indent)
{
	for (guint i = 0; lines && i < lines->len; i++) {
		const char *line = lines->pdata[i];
		if (*line)
			emit_spaces(writer->out, indent);
		else if (writer->out->len == 0)
			continue;
		g_string_append(writer->out, line);
		g_string_append(writer->out, writer->layout.eol);
	}
}

/* Lines of a value, each with its blanks exchanged; `drop` of them at most. */
static void write_moved(struct writer *writer, const struct node *node, guint indent, gsize drop)
{
	gsize at = node->start.byte, end = node->end.byte;

	while (at < end) {
		const char *newline = memchr(writer->text + at, '\n', end - at);
		gsize stop = newline ? (gsize)(newline - writer->text) : end;
		bool first = at == node->start.byte;
		gsize blanks = 0;

		while (!first && blanks < drop && at + blanks < stop &&
		       strchr(" \t", writer->text[at + blanks]))
			blanks++;
		gsize last = stop;
		while (last > at + blanks && writer->text[last - 1] == '\r')
			last--;
		if (!first) {
			g_string_append(writer->out, writer->layout.eol);
			if (last > at + blanks)
				emit_spaces(writer->out, indent);
		}
		g_string_append_len(writer->out, writer->text + at + blanks,
				    (gssize)(last - at - blanks));
		at = stop + 1;
	}
}

/* How far the lines of a `|` are indented: as far as its first line that is not blank. */
static gsize block_indent(const struct writer *writer, const struct node *node)
{
	gsize at = node->start.byte, blanks = 0;

	while (at < node->end.byte && writer->text[at] != '\n')
		at++;
	while (++at < node->end.byte) {
		blanks = strspn(writer->text + at, " ");
		if (!strchr("\r\n", writer->text[at + blanks]))
			break;
		at += blanks;
		while (at < node->end.byte && writer->text[at] != '\n')
			at++;
	}
	return blanks;
}

static void write_scalar(struct writer *writer, const struct field *field, const struct node *node,
			 guint indent)
{
	if (is_absent(node))
		return;
	g_string_append_c(writer->out, ' ');
	if (node->quote == '|' || node->quote == '>') {
		write_moved(writer, node, indent + writer->layout.step, block_indent(writer, node));
	} else if (node->start.line != node->end.line) {
		write_moved(writer, node, indent + writer->layout.step, G_MAXSIZE);
	} else {
		g_autofree char *text = scalar_write(field, node->text, '\0', false);
		g_string_append(writer->out, text);
	}
}

static bool is_long_scalar(const struct node *node)
{
	return node->type == NODE_SCALAR && node->start.line != node->end.line;
}

/* Whether a list stands in brackets: plain values without comments that fit. */
static bool write_brackets(struct writer *writer, const struct field *field,
			   const struct node *list, guint indent)
{
	g_autoptr(GString) text = g_string_new(" ");

	for (guint i = 0; i < list->children->len; i++) {
		const struct node *child = list->children->pdata[i];
		if (child->type != NODE_SCALAR || is_absent(child) || is_long_scalar(child) ||
		    comments_any(&writer->comments, child))
			return false;
	}
	emit_flow(text, field, list);
	glong columns = g_utf8_strlen(text->str, -1);
	glong key = list->key ? g_utf8_strlen(list->key, -1) + 1 : 0;
	if (list->children->len > 0 && (glong)indent + key + columns > LINE_COLUMNS)
		return false;
	g_string_append(writer->out, text->str);
	return true;
}

static void write_map(struct writer *writer, const struct record_type *type, const struct node *map,
		      guint indent, bool item);
static void write_value(struct writer *writer, const struct field *field, const struct node *node,
			guint indent);

static void start_line(struct writer *writer, guint indent)
{
	GString *out = writer->out;
	if (out->len > 0 && out->str[out->len - 1] != '\n')
		g_string_append(out, writer->layout.eol);
	emit_spaces(out, indent);
}

/* A comment behind: on the first line; of a text, which may have several, on the last. */
static void write_behind(struct writer *writer, const struct node *node, gsize from)
{
	const struct notes *notes = comments_of(&writer->comments, node);
	GString *out = writer->out;
	bool block = node->quote == '|' || node->quote == '>';
	const char *end = strpbrk(out->str + from, "\r\n");

	if (!notes->behind || block) /* a block's comes along with its first line */
		return;
	if (node->type == NODE_SCALAR || !end)
		g_string_append(out, notes->behind);
	else
		g_string_insert(out, end - out->str, notes->behind);
}

static void write_below(struct writer *writer, const struct node *node, guint indent)
{
	const struct notes *notes = comments_of(&writer->comments, node);
	if (!notes->below)
		return;
	start_line(writer, 0);
	write_lines(writer, notes->below, indent);
}

static void write_item(struct writer *writer, const struct field *field, const struct node *node,
		       guint dash)
{
	const struct record_type *type = child_type(field);
	bool map = node->type == NODE_MAP && node->children->len > 0;

	start_line(writer, 0);
	write_lines(writer, comments_of(&writer->comments, node)->above, dash);
	if (map) { /* nothing fits between the dash and the first key */
		g_autoptr(GPtrArray) children = in_order(type, node);
		write_lines(writer, comments_of(&writer->comments, children->pdata[0])->above,
			    dash);
	}
	start_line(writer, dash);
	gsize from = writer->out->len;
	g_string_append_c(writer->out, '-');
	if (map) {
		g_string_append_c(writer->out, ' ');
		write_map(writer, type, node, dash + 2, true);
	} else {
		write_value(writer, field, node, dash);
	}
	write_behind(writer, node, from);
	write_below(writer, node, dash);
}

static void write_value(struct writer *writer, const struct field *field, const struct node *node,
			guint indent)
{
	if (node->type == NODE_SCALAR) {
		write_scalar(writer, field, node, indent);
	} else if (node->children->len == 0) {
		g_string_append(writer->out, node->type == NODE_MAP ? " {}" : " []");
	} else if (node->type == NODE_MAP) {
		write_map(writer, child_type(field), node, indent + writer->layout.step, false);
	} else if (!write_brackets(writer, field, node, indent)) {
		for (guint i = 0; i < node->children->len; i++)
			write_item(writer, field, node->children->pdata[i],
				   indent + writer->layout.list_step);
	}
}

static void write_map(struct writer *writer, const struct record_type *type, const struct node *map,
		      guint indent, bool item)
{
	g_autoptr(GPtrArray) children = in_order(type, map);

	for (guint i = 0; i < children->len; i++) {
		const struct node *child = children->pdata[i];
		bool at_dash = item && i == 0;

		if (!at_dash) {
			if (writer->out->len > 0)
				start_line(writer, 0);
			write_lines(writer, comments_of(&writer->comments, child)->above, indent);
			start_line(writer, indent);
		}
		gsize from = writer->out->len;
		g_autofree char *key = scalar_write(NULL, child->key, '\0', false);
		g_string_append_printf(writer->out, "%s:", key);
		write_value(writer, child_field(type, child), child, indent);
		write_behind(writer, child, from);
		write_below(writer, child, indent);
	}
}

/* --- the whole --------------------------------------------------------------------- */

static GString *format_once(const struct record_type *type, const char *text, gsize length,
			    const struct node *root, struct comments *comments)
{
	struct writer writer = { .text = text,
				 .layout = { .step = 2, .list_step = 2, .eol = "\n" },
				 .out = g_string_new(NULL) };
	const char *newline = memchr(text, '\n', length);
	GString *out = writer.out;

	if (newline && newline > text && newline[-1] == '\r')
		writer.layout.eol = "\r\n";
	comments_find(&writer.comments, text, length, root);
	write_lines(&writer, writer.comments.header, 0);
	write_map(&writer, type, root, 0, false);
	start_line(&writer, 0);
	write_lines(&writer, writer.comments.footer, 0);
	if (length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0)
		g_string_prepend(out, "\xEF\xBB\xBF");
	*comments = writer.comments;
	return out;
}

/* Whether `again` is the same entry with the same comments, in the style already. */
static bool holds(const struct record_type *type, const struct node *root,
		  struct comments *comments, const GString *again)
{
	struct findings *findings = findings_new();
	struct node *other = yaml_read(again->str, again->len, NULL, findings);
	bool good = other && same_entry(root, other);

	if (good) {
		struct comments kept;
		GString *twice = format_once(type, again->str, again->len, other, &kept);
		good = same_comments(comments->all, kept.all) && g_string_equal(again, twice);
		comments_release(&kept);
		g_string_free(twice, TRUE);
	}
	node_free(other);
	findings_free(findings);
	return good;
}

enum yaml_formatted yaml_format(const struct record_type *type, const char *text, gsize length,
				const char *file, GString *out, struct findings *findings)
{
	struct node *root = yaml_read(text, length, file, findings);
	enum yaml_formatted done = YAML_FORMAT_LEFT;
	struct comments comments;

	if (!root)
		return YAML_FORMAT_BROKEN;
	GString *result = format_once(type, text, length, root, &comments);
	if (result->len == length && memcmp(result->str, text, length) == 0)
		done = YAML_FORMAT_SAME;
	else if (holds(type, root, &comments, result))
		done = YAML_FORMAT_CHANGED;
	if (done == YAML_FORMAT_CHANGED) {
		g_string_truncate(out, 0);
		g_string_append_len(out, result->str, (gssize)result->len);
	}
	comments_release(&comments);
	g_string_free(result, TRUE);
	node_free(root);
	return done;
}
