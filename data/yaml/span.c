/*
 * Takes children out of the lists and maps of a file and puts new ones in, as
 * byte ranges: whole lines where the container is written as a block, items
 * with their commas where it is written in brackets.  Does not decide what
 * changes: that is patch.c.
 */
#include "data/yaml/patch.h"

#include <string.h>

/* --- text ------------------------------------------------------------------------ */

static gsize patch_line_start(const struct patch *patch, gsize at)
{
	while (at > patch->begin && patch->text[at - 1] != '\n')
		at--;
	return at;
}

gsize patch_line_end(const struct patch *patch, gsize at)
{
	while (at < patch->length && patch->text[at] != '\n')
		at++;
	if (at < patch->length && at > patch->begin && patch->text[at - 1] == '\r')
		at--;
	return at;
}

gsize patch_next_line(const struct patch *patch, gsize at)
{
	at = patch_line_end(patch, at);
	if (at < patch->length && patch->text[at] == '\r')
		at++;
	return at < patch->length ? at + 1 : at;
}

bool patch_is_blank(const struct patch *patch, gsize from, gsize to, bool comment)
{
	for (gsize i = from; i < to; i++) {
		if (patch->text[i] == '#' && comment)
			return true;
		if (!strchr(" \t\r\n", patch->text[i]))
			return false;
	}
	return true;
}

void patch_replace(struct patch *patch, gsize from, gsize to, char *text)
{
	struct edit edit = { from, to, text, patch->edits->len };
	g_array_append_val(patch->edits, edit);
}

static gint compare_edits(gconstpointer a, gconstpointer b)
{
	const struct edit *x = a, *y = b;
	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	/* What is inserted comes before what is replaced at the same place. */
	if ((x->from == x->to) != (y->from == y->to))
		return x->from == x->to ? -1 : 1;
	return x->order < y->order ? -1 : 1;
}

bool patch_apply(struct patch *patch, GString *out)
{
	gsize at = 0;
	g_array_sort(patch->edits, compare_edits);
	for (guint i = 0; i < patch->edits->len; i++) {
		const struct edit *edit = &g_array_index(patch->edits, struct edit, i);
		if (edit->from < at || edit->to < edit->from || edit->to > patch->length)
			return false;
		g_string_append_len(out, patch->text + at, (gssize)(edit->from - at));
		g_string_append(out, edit->text);
		at = edit->to;
	}
	g_string_append_len(out, patch->text + at, (gssize)(patch->length - at));
	return true;
}

/* --- where children stand ---------------------------------------------------------- */

struct span {
	gsize start, end;
	guint column; /* 0-based, where the key or the dash stands */
};

static const struct node *child_at(const struct holder *holder, guint i)
{
	return holder->node->children->pdata[i];
}

/* The dash of a block list's item: below the first one, on a line between the two items. */
static gsize find_dash(const struct patch *patch, const struct node *list, guint i)
{
	const struct node *item = list->children->pdata[i];
	gsize column = list->start.col - 1;

	if (i == 0)
		return list->start.byte;
	const struct node *before = list->children->pdata[i - 1];
	gsize line = patch_next_line(patch, before->end.byte);
	while (line <= item->start.byte && line < patch->length) {
		if (line + column < patch->length && patch->text[line + column] == '-' &&
		    patch_is_blank(patch, line, line + column, false))
			return line + column;
		gsize next = patch_next_line(patch, line);
		if (next == line)
			break;
		line = next;
	}
	return item->start.byte;
}

static struct span child_span(const struct patch *patch, const struct holder *holder, guint i)
{
	const struct node *list = holder->node;
	const struct node *child = child_at(holder, i);

	if (list->type == NODE_MAP)
		return (struct span){ child->key_start.byte, child->end.byte,
				      child->key_start.col - 1 };
	if (list->flow)
		return (struct span){ child->start.byte, child->end.byte, child->start.col - 1 };
	return (struct span){ find_dash(patch, list, i), child->end.byte, list->start.col - 1 };
}

/* --- blocks ------------------------------------------------------------------------ */

/* The scalar that a value ends with. */
static const struct node *last_scalar(const struct node *node)
{
	while (node->type != NODE_SCALAR && node->children->len > 0)
		node = node->children->pdata[node->children->len - 1];
	return node;
}

static bool ends_in_block(const struct node *node)
{
	char quote = last_scalar(node)->quote;
	return quote == '|' || quote == '>';
}

static void remove_lines(struct patch *patch, const struct holder *holder, guint i,
			 struct span span)
{
	gsize from = patch_line_start(patch, span.start);
	gsize to = patch_next_line(patch, span.end);
	gsize line_end = patch_line_end(patch, span.end);

	/* The last line of a file without final newline: the one before becomes it. */
	if (to == patch->length && line_end == patch->length && from > patch->begin && i > 0 &&
	    !ends_in_block(child_at(holder, i - 1)) &&
	    patch_line_end(patch, child_at(holder, i - 1)->end.byte) ==
		    patch_line_end(patch, from - 1))
		from = patch_line_end(patch, from - 1);
	patch_replace(patch, from, to, g_strdup(""));
}

static void remove_block(struct patch *patch, const struct holder *holder, guint from, guint to)
{
	struct span first = child_span(patch, holder, from);
	gsize line = patch_line_start(patch, first.start);

	if (!patch_is_blank(patch, line, first.start, false)) {
		/* Something stands before it on its line, as the dash does before a first key. */
		struct span last = child_span(patch, holder, to - 1);
		if (to == holder->node->children->len) {
			patch_replace(patch, first.start, last.end, g_strdup(""));
			return;
		}
		struct span next = child_span(patch, holder, to);
		gsize next_line = patch_line_start(patch, next.start);
		if (patch_next_line(patch, last.end) == next_line) {
			patch_replace(patch, first.start, next.start, g_strdup(""));
			return;
		}
		/* Comments stand between: the next key stays on its own line. */
		while (first.start > line && patch->text[first.start - 1] == ' ')
			first.start--;
		patch_replace(patch, first.start, patch_line_end(patch, last.end), g_strdup(""));
		return;
	}
	for (guint i = from; i < to; i++)
		remove_lines(patch, holder, i, child_span(patch, holder, i));
}

/* A `|` that ends with the file loses no newline to what is put behind it. */
static void close_block(struct patch *patch, const struct node *before)
{
	const struct node *scalar = last_scalar(before);
	gsize at = scalar->start.byte + 1;
	if (!ends_in_block(before) || at >= patch->length)
		return;
	while (at < patch->length && g_ascii_isdigit(patch->text[at]))
		at++;
	if (at < patch->length && !strchr("+-", patch->text[at]))
		patch_replace(patch, at, at, g_strdup("-"));
}

static bool is_flow(const struct node *node)
{
	return node->type != NODE_SCALAR && node->flow;
}

/* What is written of a child: "key: value" or "- item". */
static GString *child_text(const struct patch *patch, const struct holder *holder,
			   const struct node *child, guint column, const struct node *neighbour)
{
	GString *out = g_string_new(NULL);
	if (holder->node->type == NODE_MAP) {
		emit_entry(out, child_field(holder->type, child), child->key, child, column,
			   &patch->layout);
	} else {
		/* As far behind the dash as the neighbour stands. */
		guint gap = neighbour->start.col - 1 > column && !is_flow(neighbour) &&
					    neighbour->type == NODE_MAP &&
					    neighbour->start.col - 1 - column <= 8
				    ? neighbour->start.col - 1 - column
				    : 2;
		g_string_append_c(out, '-');
		emit_spaces(out, gap - 1);
		emit_item(out, holder->field, child, column + gap - 2, is_flow(neighbour),
			  &patch->layout);
	}
	return out;
}

/*
 * A place in the last line of what begins in `column` and ends at `at`: comments
 * right below that stand further in are its own.  A text put before them that ends
 * in a `|` would swallow them.
 */
static gsize last_own_line(const struct patch *patch, gsize at, guint column)
{
	for (gsize next = patch_next_line(patch, at); next < patch->length;
	     next = patch_next_line(patch, at)) {
		gsize mark = next;

		while (mark < patch->length && patch->text[mark] == ' ')
			mark++;
		if (mark - next <= column || mark == patch->length || patch->text[mark] != '#')
			break;
		at = mark;
	}
	return at;
}

static void insert_block(struct patch *patch, const struct holder *holder, guint index, bool before,
			 const struct node *child)
{
	const struct node *beside = child_at(holder, index);
	struct span span = child_span(patch, holder, index);
	GString *out = child_text(patch, holder, child, span.column, beside);

	if (before) {
		g_string_append(out, patch->layout.eol);
		emit_spaces(out, span.column);
		patch_replace(patch, span.start, span.start, g_string_free(out, FALSE));
		return;
	}
	gsize last = last_own_line(patch, span.end, span.column);
	gsize end = patch_line_end(patch, last);
	GString *lead = g_string_new(NULL);
	if (end == patch->length) {
		if (last == span.end)
			close_block(patch, beside);
		g_string_append(lead, patch->layout.eol);
	} else {
		end = patch_next_line(patch, last);
		g_string_append(out, patch->layout.eol);
	}
	emit_spaces(lead, span.column);
	g_string_prepend(out, lead->str);
	g_string_free(lead, TRUE);
	patch_replace(patch, end, end, g_string_free(out, FALSE));
}

/* Where the lines of an item begin: with the comments right above it. */
static gsize first_own_line(const struct patch *patch, const struct holder *holder, guint i,
			    struct span span)
{
	gsize bound = patch_next_line(patch, holder->node->key_end.byte);
	gsize at = patch_line_start(patch, span.start);

	if (i > 0) {
		struct span before = child_span(patch, holder, i - 1);
		return patch_next_line(patch, last_own_line(patch, before.end, before.column));
	}
	while (at > bound) {
		gsize above = patch_line_start(patch, at - 1);
		if (above < bound || !patch_is_blank(patch, above, at, true) ||
		    patch_is_blank(patch, above, at, false))
			break;
		at = above;
	}
	return at;
}

bool patch_permute(struct patch *patch, const struct holder *holder, guint from, guint n,
		   const guint *order)
{
	g_autofree gsize *starts = g_new(gsize, (gsize)n + 1);

	if (holder->node->type != NODE_LIST || holder->node->flow || n == 0)
		return false;
	for (guint i = 0; i < n; i++) {
		struct span span = child_span(patch, holder, from + i);
		gsize line = patch_line_start(patch, span.start);
		if (!patch_is_blank(patch, line, span.start, false))
			return false;
		starts[i] = first_own_line(patch, holder, from + i, span);
		starts[i + 1] = patch_next_line(patch, last_own_line(patch, span.end, span.column));
	}
	/* A last line without its end would run into the next one. */
	if (patch->text[starts[n] - 1] != '\n')
		return false;
	GString *out = g_string_new(NULL);
	for (guint i = 0; i < n; i++)
		g_string_append_len(out, patch->text + starts[order[i]],
				    (gssize)(starts[order[i] + 1] - starts[order[i]]));
	patch_replace(patch, starts[0], starts[n], g_string_free(out, FALSE));
	return true;
}

/* --- brackets ---------------------------------------------------------------------- */

/* Behind the comma that follows `at`, or `at` when none follows on the same line. */
static gsize behind_comma(const struct patch *patch, gsize at)
{
	gsize comma = at;
	while (comma < patch->length && strchr(" \t", patch->text[comma]))
		comma++;
	return comma < patch->length && patch->text[comma] == ',' ? comma + 1 : at;
}

/* Whether a child in brackets has its lines for itself. */
static bool owns_lines(const struct patch *patch, struct span span)
{
	return patch_is_blank(patch, patch_line_start(patch, span.start), span.start, false) &&
	       patch_is_blank(patch, behind_comma(patch, span.end), patch_line_end(patch, span.end),
			      true);
}

static bool has_comment(const struct patch *patch, gsize from, gsize to)
{
	return to > from && memchr(patch->text + from, '#', to - from) != NULL;
}

static void remove_flow(struct patch *patch, const struct holder *holder, guint from, guint to)
{
	struct span first = child_span(patch, holder, from);
	struct span last = child_span(patch, holder, to - 1);
	bool lines = true;

	for (guint i = from; i < to; i++)
		lines = lines && owns_lines(patch, child_span(patch, holder, i));
	if (lines) {
		for (guint i = from; i < to; i++)
			remove_lines(patch, holder, 0, child_span(patch, holder, i));
		return;
	}
	if (to < holder->node->children->len) {
		struct span next = child_span(patch, holder, to);
		gsize end = has_comment(patch, last.end, next.start) ? behind_comma(patch, last.end)
								     : next.start;
		patch_replace(patch, first.start, end, g_strdup(""));
		return;
	}
	if (from == 0) { /* nothing stays between the braces */
		patch_replace(patch, first.start, behind_comma(patch, last.end), g_strdup(""));
		return;
	}
	struct span before = child_span(patch, holder, from - 1);
	gsize start = has_comment(patch, before.end, first.start) ? first.start : before.end;
	patch_replace(patch, start, last.end, g_strdup(""));
}

static void insert_flow(struct patch *patch, const struct holder *holder, guint index, bool before,
			const struct node *child)
{
	struct span span = child_span(patch, holder, index);
	bool lines = owns_lines(patch, span);
	GString *out = g_string_new(NULL);
	gsize at = before ? span.start : span.end;

	if (!before && !lines)
		g_string_append(out, ", ");
	if (!before && lines) {
		bool comma = behind_comma(patch, span.end) != span.end;
		if (!comma)
			patch_replace(patch, span.end, span.end, g_strdup(","));
		g_string_append(out, patch->layout.eol);
		emit_spaces(out, span.column);
		at = patch_line_end(patch, span.end);
	}
	if (holder->node->type == NODE_MAP)
		emit_flow_entry(out, child_field(holder->type, child), child->key, child);
	else
		emit_flow(out, holder->field, child);
	if (before) {
		g_string_append(out, lines ? "," : ", ");
		if (lines) {
			g_string_append(out, patch->layout.eol);
			emit_spaces(out, span.column);
		}
	} else if (lines && behind_comma(patch, span.end) != span.end) {
		g_string_append_c(out, ',');
	}
	patch_replace(patch, at, at, g_string_free(out, FALSE));
}

void patch_remove(struct patch *patch, const struct holder *holder, guint from, guint to)
{
	if (holder->node->flow)
		remove_flow(patch, holder, from, to);
	else
		remove_block(patch, holder, from, to);
}

void patch_insert(struct patch *patch, const struct holder *holder, guint beside, bool before,
		  const struct node *child)
{
	if (holder->node->flow)
		insert_flow(patch, holder, beside, before, child);
	else
		insert_block(patch, holder, beside, before, child);
}
