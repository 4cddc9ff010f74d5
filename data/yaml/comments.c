/*
 * Finds the comments of an entry file and says to which key or item each belongs,
 * so that they can move with it.  libyaml throws them away: they are found as
 * what begins with # outside every key and value.
 */
#include "data/yaml/format.h"

#include <string.h>

/* A key or an item in the order of the file. */
struct place {
	const struct node *node;
	int holder; /* index of the entry that holds it, -1: the record */
	gsize byte;
	guint line, col; /* of the key or the dash */
};

struct finder {
	struct comments *comments;
	const char *text;
	gsize length;
	GArray *places; /* struct place */
	GArray *spans;	/* gsize pairs: keys and scalars, in order */
	GPtrArray *run; /* struct line *: comments and blank lines since the last content */
	guint at;	/* places that begin before the line at hand */
};

struct line {
	char *text; /* "" for a blank line */
	guint col;
};

static void line_free(gpointer data)
{
	struct line *line = data;
	g_free(line->text);
	g_free(line);
}

static void notes_free(gpointer data)
{
	struct notes *notes = data;
	if (notes->above)
		g_ptr_array_unref(notes->above);
	if (notes->below)
		g_ptr_array_unref(notes->below);
	g_free(notes->behind);
	g_free(notes);
}

static struct notes *notes_at(struct finder *finder, const struct node *node)
{
	struct notes *notes = g_hash_table_lookup(finder->comments->of, node);
	if (!notes) {
		notes = g_new0(struct notes, 1);
		g_hash_table_insert(finder->comments->of, (gpointer)(gsize)node, notes);
	}
	return notes;
}

/* Blank lines count once, and not at the beginning of a list of lines that is a file's. */
static void add_line(GPtrArray **lines, const char *text)
{
	if (!*lines)
		*lines = g_ptr_array_new_with_free_func(g_free);
	if (!*text && (*lines)->len > 0 && !*(char *)(*lines)->pdata[(*lines)->len - 1])
		return;
	g_ptr_array_add(*lines, g_strdup(text));
}

/* --- what stands where ------------------------------------------------------------ */

static void add_span(struct finder *finder, gsize from, gsize to)
{
	g_array_append_val(finder->spans, from);
	g_array_append_val(finder->spans, to);
}

/* The dash of a block list's item: before the value, with blanks and comments between at most. */
static gsize dash_of(const struct finder *finder, const struct node *list, const struct node *item)
{
	gsize column = list->start.col - 1;
	gsize line = item->start.byte;

	while (line > 0) {
		while (line > 0 && finder->text[line - 1] != '\n')
			line--;
		gsize dash = line + column;
		if (dash < finder->length && dash <= item->start.byte &&
		    finder->text[dash] == '-' && strspn(finder->text + line, " ") == column)
			return dash;
		if (line == 0 || line <= list->start.byte)
			break;
		line--;
	}
	return item->start.byte;
}

static guint line_of(const struct finder *finder, gsize from, guint line, gsize to)
{
	for (gsize i = to; i < from; i++)
		line -= finder->text[i] == '\n';
	return line;
}

static void walk(struct finder *finder, const struct node *node, int holder)
{
	for (guint i = 0; node->children && i < node->children->len; i++) {
		const struct node *child = node->children->pdata[i];
		struct place place = { .node = child, .holder = holder };

		if (node->type == NODE_MAP) {
			place.byte = child->key_start.byte;
			place.line = child->key_start.line;
			place.col = child->key_start.col;
			add_span(finder, child->key_start.byte, child->key_end.byte);
		} else if (node->flow) {
			place.byte = child->start.byte;
			place.line = child->start.line;
			place.col = child->start.col;
		} else {
			place.byte = dash_of(finder, node, child);
			place.line =
				line_of(finder, child->start.byte, child->start.line, place.byte);
			place.col = node->start.col;
		}
		/* What stands in brackets on one line has no comments of its own. */
		if (!node->flow || node->start.line != node->end.line)
			g_array_append_val(finder->places, place);
		int self = (int)finder->places->len - 1;
		if (child->type == NODE_SCALAR)
			add_span(finder, child->start.byte, child->end.byte);
		else
			walk(finder, child, self);
	}
}

static const struct place *place_at(const struct finder *finder, guint i)
{
	return &g_array_index(finder->places, struct place, i);
}

/* --- where a comment belongs ------------------------------------------------------- */

/* The innermost entry before the line at hand that does not stand right of `col`. */
static const struct place *place_left_of(const struct finder *finder, guint col)
{
	int i = (int)finder->at - 1;
	while (i >= 0 && place_at(finder, (guint)i)->col > col)
		i = place_at(finder, (guint)i)->holder;
	return i >= 0 ? place_at(finder, (guint)i) : NULL;
}

static GPtrArray **lines_for(struct finder *finder, const struct line *line,
			     const struct place *next)
{
	const struct place *before;

	if (next && line->col <= next->col)
		return &notes_at(finder, next->node)->above;
	if (finder->at == finder->places->len &&
	    (finder->at == 0 || line->col <= place_at(finder, 0)->col))
		return &finder->comments->footer;
	before = place_left_of(finder, line->col);
	return before ? &notes_at(finder, before->node)->below : &finder->comments->footer;
}

static bool is_schema(const char *text)
{
	return g_str_has_prefix(text, "# yaml-language-server:");
}

/* Before the first entry: what a blank line parts from it stays at the top. */
static guint take_header(struct finder *finder)
{
	guint own = 0;

	for (guint i = 0; i < finder->run->len; i++) {
		const struct line *line = finder->run->pdata[i];
		if (!*line->text || is_schema(line->text))
			own = i + 1;
	}
	for (guint i = 0; i < own; i++) {
		const struct line *line = finder->run->pdata[i];
		if (*line->text || finder->comments->header->len > 0)
			add_line(&finder->comments->header, line->text);
	}
	return own;
}

/* The lines since the last content go to what follows, or to what they stand below. */
static void end_run(struct finder *finder, const struct place *next)
{
	guint i = finder->at == 0 && next ? take_header(finder) : 0;
	bool blank = false;

	for (; i < finder->run->len; i++) {
		const struct line *line = finder->run->pdata[i];
		if (!*line->text) {
			blank = true;
			continue;
		}
		GPtrArray **lines = lines_for(finder, line, next);
		if (blank)
			add_line(lines, "");
		blank = false;
		add_line(lines, line->text);
	}
	if (blank && next)
		add_line(&notes_at(finder, next->node)->above, "");
	g_ptr_array_set_size(finder->run, 0);
}

/* Behind content: with the entry that began last. */
static void add_behind(struct finder *finder, gsize hash, const char *text)
{
	guint last = finder->at;
	gsize gap = hash;

	while (last < finder->places->len && place_at(finder, last)->byte < hash)
		last++;
	if (last == 0) {
		add_line(&finder->comments->header, text);
		return;
	}
	struct notes *notes = notes_at(finder, place_at(finder, last - 1)->node);
	if (notes->behind) {
		add_line(&notes->below, text);
		return;
	}
	while (gap > 0 && finder->text[gap - 1] == ' ')
		gap--;
	notes->behind = g_strdup_printf("%*s%s", (int)MAX(hash - gap, 1), "", text);
}

/* --- lines ------------------------------------------------------------------------- */

/* Where the comment of the line [from, to) begins, or `to`. */
static gsize find_hash(const struct finder *finder, guint *span, gsize from, gsize to)
{
	const gsize *spans = (const gsize *)(const void *)finder->spans->data;

	for (gsize at = from; at < to; at++) {
		while (*span < finder->spans->len && spans[*span + 1] <= at)
			*span += 2;
		if (*span < finder->spans->len && at >= spans[*span]) {
			bool block = strchr("|>", finder->text[spans[*span]]) != NULL;
			bool header = block &&
				      !memchr(finder->text + spans[*span], '\n', at - spans[*span]);
			if (!header || spans[*span + 1] <= spans[*span]) {
				at = spans[*span + 1] - 1;
				continue;
			}
		}
		if (finder->text[at] == '#' && (at == from || strchr(" \t", finder->text[at - 1])))
			return at;
	}
	return to;
}

static bool is_blank(const char *text, gsize from, gsize to)
{
	while (from < to && strchr(" \t\r", text[from]))
		from++;
	return from == to;
}

/* Whether a line lies inside a value of several lines, where nothing is a comment. */
static bool inside_value(const struct finder *finder, guint span, gsize from)
{
	const gsize *spans = (const gsize *)(const void *)finder->spans->data;
	while (span < finder->spans->len && spans[span + 1] <= from)
		span += 2;
	return span < finder->spans->len && spans[span] < from && from < spans[span + 1];
}

static void take_line(struct finder *finder, guint *span, gsize from, gsize to)
{
	bool inside = inside_value(finder, *span, from);
	gsize hash = find_hash(finder, span, from, to);
	g_autofree char *text = NULL;

	if (hash < to) {
		text = g_strchomp(g_strndup(finder->text + hash, to - hash));
		g_ptr_array_add(finder->comments->all, g_strdup(text));
	}
	if (!inside && is_blank(finder->text, from, hash)) {
		struct line *line = g_new0(struct line, 1);
		line->text = text ? g_steal_pointer(&text) : g_strdup("");
		line->col = (guint)(hash - from) + 1;
		g_ptr_array_add(finder->run, line);
		return;
	}
	const struct place *next = NULL;
	if (finder->at < finder->places->len)
		next = place_at(finder, finder->at);
	if (next && next->byte < to)
		end_run(finder, next);
	else if (finder->at > 0) /* before the first entry there can be "---" only */
		end_run(finder, NULL);
	if (text)
		add_behind(finder, hash, text);
	while (finder->at < finder->places->len && place_at(finder, finder->at)->byte < to)
		finder->at++;
}

void comments_find(struct comments *comments, const char *text, gsize length,
		   const struct node *root)
{
	struct finder finder = { .comments = comments, .text = text, .length = length };
	gsize from = length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
	guint span = 0;

	comments->of = g_hash_table_new_full(NULL, NULL, NULL, notes_free);
	comments->header = g_ptr_array_new_with_free_func(g_free);
	comments->footer = g_ptr_array_new_with_free_func(g_free);
	comments->all = g_ptr_array_new_with_free_func(g_free);
	finder.places = g_array_new(FALSE, FALSE, sizeof(struct place));
	finder.spans = g_array_new(FALSE, FALSE, sizeof(gsize));
	finder.run = g_ptr_array_new_with_free_func(line_free);
	walk(&finder, root, -1);
	while (from < length) {
		const char *end = memchr(text + from, '\n', length - from);
		gsize to = end ? (gsize)(end - text) : length;
		take_line(&finder, &span, from, to);
		from = to + 1;
	}
	end_run(&finder, NULL);
	g_array_unref(finder.places);
	g_array_unref(finder.spans);
	g_ptr_array_unref(finder.run);
}

void comments_release(struct comments *comments)
{
	g_hash_table_unref(comments->of);
	g_ptr_array_unref(comments->header);
	g_ptr_array_unref(comments->footer);
	g_ptr_array_unref(comments->all);
}

const struct notes *comments_of(const struct comments *comments, const struct node *node)
{
	static const struct notes none = { NULL, NULL, NULL };
	const struct notes *notes = g_hash_table_lookup(comments->of, node);
	return notes ? notes : &none;
}

bool comments_any(const struct comments *comments, const struct node *node)
{
	if (g_hash_table_contains(comments->of, node))
		return true;
	for (guint i = 0; node->children && i < node->children->len; i++) {
		if (comments_any(comments, node->children->pdata[i]))
			return true;
	}
	return false;
}

/* Those of a text, as often as they stand there; NULL where it cannot be read. */
static GPtrArray *comments_in(const char *text, gsize length)
{
	struct findings *ignored = findings_new();
	struct node *root = yaml_read(text, length, NULL, ignored);
	struct comments comments;
	GPtrArray *all = NULL;

	if (root) {
		comments_find(&comments, text, length, root);
		all = g_ptr_array_ref(comments.all);
		comments_release(&comments);
	}
	node_free(root);
	findings_free(ignored);
	return all;
}

bool yaml_has_comments(const char *text, gsize length, const char *other, gsize other_length)
{
	g_autoptr(GPtrArray) has = comments_in(text, length);
	g_autoptr(GPtrArray) wanted = comments_in(other, other_length);
	bool all = has && wanted;

	for (guint i = 0; all && i < wanted->len; i++)
		all = g_ptr_array_find_with_equal_func(has, wanted->pdata[i], g_str_equal, NULL);
	return all;
}
