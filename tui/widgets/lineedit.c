/*
 * One editable line: keys to text, text to cells.  What the text means (a date,
 * a search, a name) is the caller's business.
 */
#include "tui/widgets/lineedit.h"

#include <string.h>

#include "base/text.h"
#include "tui/app.h"

#define LINE_BREAK "⏎"

void lineedit_init(struct lineedit *edit, const char *text)
{
	edit->text = g_string_new(text);
	edit->cursor = edit->text->len;
	edit->lines = false;
}

void lineedit_release(struct lineedit *edit)
{
	if (edit->text != NULL)
		g_string_free(edit->text, TRUE);
	edit->text = NULL;
	edit->cursor = 0;
}

void lineedit_set(struct lineedit *edit, const char *text)
{
	g_string_assign(edit->text, text != NULL ? text : "");
	edit->cursor = edit->text->len;
}

/* Where the cluster that begins at `at` ends. */
static gsize cluster_end(const GString *text, gsize at, char out[TEXT_CLUSTER], int *width)
{
	if (text->str[at] == '\n') {
		g_strlcpy(out, LINE_BREAK, TEXT_CLUSTER);
		*width = 1;
		return at + 1;
	}
	const char *rest = text_next(text->str + at, text->len - at, out, width);
	return rest == NULL ? text->len : (gsize)(rest - text->str);
}

static gsize boundary_after(const struct lineedit *edit)
{
	char cluster[TEXT_CLUSTER];
	int width;
	if (edit->cursor >= edit->text->len)
		return edit->text->len;
	return cluster_end(edit->text, edit->cursor, cluster, &width);
}

static gsize boundary_before(const struct lineedit *edit)
{
	char cluster[TEXT_CLUSTER];
	int width;
	gsize at = 0;
	while (at < edit->cursor) {
		gsize next = cluster_end(edit->text, at, cluster, &width);
		if (next >= edit->cursor)
			break;
		at = next;
	}
	return at;
}

static gsize word_before(const struct lineedit *edit)
{
	const char *text = edit->text->str;
	gsize at = edit->cursor;
	while (at > 0 && g_ascii_isspace(text[at - 1]))
		at--;
	while (at > 0 && !g_ascii_isspace(text[at - 1]))
		at--;
	return at;
}

static enum lineedit_result cut(struct lineedit *edit, gsize from, gsize to)
{
	if (from >= to)
		return LINEEDIT_MOVED;
	g_string_erase(edit->text, (gssize)from, (gssize)(to - from));
	edit->cursor = from;
	return LINEEDIT_CHANGED;
}

static enum lineedit_result move(struct lineedit *edit, gsize to)
{
	edit->cursor = to;
	return LINEEDIT_MOVED;
}

static enum lineedit_result insert(struct lineedit *edit, gunichar key)
{
	char bytes[8];
	gsize offset;
	gunichar bad;
	gsize length = (gsize)g_unichar_to_utf8(key, bytes);
	if (!text_acceptable(bytes, length, edit->lines, &offset, &bad) ||
	    edit->text->len + length > LINEEDIT_MAX)
		return LINEEDIT_REFUSED;
	g_string_insert_len(edit->text, (gssize)edit->cursor, bytes, (gssize)length);
	edit->cursor += length;
	return LINEEDIT_CHANGED;
}

enum lineedit_result lineedit_key(struct lineedit *edit, gunichar key)
{
	switch (key) {
	case TUI_KEY_LEFT:
	case TUI_CTRL('b'):
		return move(edit, boundary_before(edit));
	case TUI_KEY_RIGHT:
	case TUI_CTRL('f'):
		return move(edit, boundary_after(edit));
	case TUI_KEY_HOME:
	case TUI_CTRL('a'):
		return move(edit, 0);
	case TUI_KEY_END:
	case TUI_CTRL('e'):
		return move(edit, edit->text->len);
	case TUI_KEY_BACKSPACE:
	case TUI_CTRL('h'):
	case 0x7f:
		return cut(edit, boundary_before(edit), edit->cursor);
	case TUI_KEY_DELETE:
		return cut(edit, edit->cursor, boundary_after(edit));
	case TUI_CTRL('u'):
		return cut(edit, 0, edit->cursor);
	case TUI_CTRL('k'):
		return cut(edit, edit->cursor, edit->text->len);
	case TUI_CTRL('w'):
		return cut(edit, word_before(edit), edit->cursor);
	case TUI_CTRL('j'):
		return edit->lines ? insert(edit, '\n') : LINEEDIT_IGNORED;
	default:
		if (key < 0x20 || key > 0x10ffff)
			return LINEEDIT_IGNORED;
		return insert(edit, key);
	}
}

/*
 * The column at which the shown part begins.  It depends on text and cursor
 * alone and moves by half a field at a time, so that typing at the end of a long
 * text does not repaint the whole field with each key.
 */
static int shown_from(int cursor_col, int columns)
{
	if (cursor_col < columns)
		return 0;
	int half = MAX(columns / 2, 1);
	return (cursor_col - columns + half) / half * half;
}

static int cursor_column(const struct lineedit *edit)
{
	char cluster[TEXT_CLUSTER];
	int col = 0, width;
	for (gsize at = 0; at < edit->cursor;) {
		at = cluster_end(edit->text, at, cluster, &width);
		col += width;
	}
	return col;
}

void lineedit_draw(const struct lineedit *edit, struct grid *grid, int row, int col, int columns,
		   enum style style, const char *hint, bool focused)
{
	if (columns <= 0)
		return;
	int cursor = cursor_column(edit);
	/* Room for the cursor behind the last letter. */
	int from = focused ? shown_from(cursor + 1, columns) : 0;
	if (edit->text->len == 0 && hint != NULL)
		grid_put(grid, row, col, columns, STYLE_DIM, hint);
	char cluster[TEXT_CLUSTER];
	int at_col = 0, width;
	for (gsize at = 0; at < edit->text->len;) {
		at = cluster_end(edit->text, at, cluster, &width);
		int place = at_col - from;
		at_col += width;
		if (place < 0)
			continue;
		bool last = at >= edit->text->len;
		if (place + width > columns || (!last && place + width == columns && !focused)) {
			grid_put(grid, row, col + MIN(place, columns - 1), 1, style, "…");
			break;
		}
		grid_put(grid, row, col + place, width, style, cluster);
	}
	if (focused)
		grid_cursor(grid, row, col + CLAMP(cursor - from, 0, columns - 1));
}
