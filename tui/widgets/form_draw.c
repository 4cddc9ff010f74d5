/*
 * A form as cells: label, value, what is wrong, and the help of the focused field
 * at the foot.  Paints only; form.c decides.
 */
#include "tui/widgets/form.h"

#include <string.h>

#include <glib/gi18n.h>

#include "base/text.h"

#define GUTTER	   2 /* focus and change marks */
#define LABEL_MOST 26
#define FOOT	   2 /* lines of help */

static int label_columns(const struct form *form, int cols)
{
	int widest = 8;

	for (guint i = 0; i < form->rows->len; i++) {
		const struct form_row *row = form_row_at(form, i);

		if (row->field)
			widest = MAX(widest, text_width(_(row->field->label)) + 2);
	}
	return CLAMP(widest, 1, MAX(1, MIN(LABEL_MOST, cols / 3)));
}

static int value_columns(const struct form *form, int cols)
{
	/* The last column is for the arrows that say there is more. */
	return MAX(cols - GUTTER - label_columns(form, cols) - 2, 1);
}

/* What is wrong, what to do about it, what others saved: lines below the value. */
static GPtrArray *row_notes(const struct form_row *row, int columns, guint *errors)
{
	g_autofree char *error = row->hint ? g_strdup_printf("%s — %s", row->error, row->hint)
					   : g_strdup(row->error);
	GPtrArray *notes =
		error ? text_wrap(error, columns) : g_ptr_array_new_with_free_func(g_free);

	*errors = notes->len;
	if (!row->theirs)
		return notes;
	g_autofree char *theirs = g_strdup_printf(
		_("meanwhile saved by somebody else: %s  (^T takes it)"), row->theirs);

	g_ptr_array_extend_and_steal(notes, text_wrap(theirs, columns));
	return notes;
}

static int row_height(const struct form_row *row, int columns)
{
	guint errors;

	if (!row->error && !row->theirs)
		return 1;
	g_autoptr(GPtrArray) notes = row_notes(row, columns, &errors);

	return 1 + (int)notes->len;
}

/* What an empty field would take: its form, not its meaning (that is the help). */
static const char *placeholder(const struct field *field)
{
	switch (field->type) {
	case FIELD_URL:
		return "https://…";
	case FIELD_DATE:
		return _("2023, 2023-05 or 2023-05-11");
	case FIELD_MONEY:
		return "26000 USD";
	case FIELD_SUBDIVISION:
		return "MX-NLE";
	case FIELD_REF:
	case FIELD_CHOICE:
	case FIELD_TERM:
	case FIELD_COUNTRY:
		return _("type a part of the name, or Enter for the list");
	default:
		return field->flags & FIELD_MANY ? _("one; another; …") : "";
	}
}

static char *picked_text(const struct form_row *row, const struct model *model)
{
	GString *out = g_string_new(NULL);

	for (guint i = 0; i < row->ids->len; i++)
		g_string_append_printf(
			out, "%s%s", i ? "; " : "",
			form_id_text(model, row->field, g_ptr_array_index(row->ids, i)));
	return g_string_free(out, FALSE);
}

/* The end of what is too long: what is picked next is added there. */
static void draw_end(struct grid *grid, struct rect at, enum style style, const char *text)
{
	int skip = text_width(text) - at.cols + 1, width;
	char cluster[TEXT_CLUSTER];

	while (skip > 0 && (text = text_next(text, strlen(text), cluster, &width)) != NULL)
		skip -= width;
	int used = grid_put(grid, at.row, at.col, at.cols, STYLE_DIM, "…");

	grid_put(grid, at.row, at.col + used, at.cols - used, style, text);
}

static void draw_value(const struct form_row *row, const struct model *model, struct grid *grid,
		       struct rect at, enum style style, bool focus)
{
	g_autofree char *text = row->kind == FORM_ITEMS
					? form_items_text(model, row->field, row->items)
				: row->kind == FORM_PICKED ? picked_text(row, model)
							   : NULL;
	bool empty = text ? !text[0] : !row->edit->text->len;
	const char *hint =
		row->kind == FORM_ITEMS ? _("none; Enter adds one") : placeholder(row->field);

	/* Only where the cursor is: a form full of hints hides what is filled in. */
	if (empty && focus)
		grid_put(grid, at.row, at.col + 1, at.cols - 1, STYLE_DIM, hint);
	if (row->kind == FORM_TYPED && focus)
		prompt_draw(row->edit, grid, at.row, at.col, at.cols, style, true);
	else if (row->kind == FORM_PICKED && focus && text_width(text) > at.cols)
		draw_end(grid, at, style, text);
	else
		grid_put(grid, at.row, at.col, at.cols, style, text ? text : row->edit->text->str);
	if (focus && row->kind != FORM_TYPED)
		grid_cursor(grid, at.row, at.col);
}

static const char *button_text(const struct form *form, const struct form_row *row)
{
	/* Inside another form nothing is asked: that form asks for all of it. */
	if (row->kind == FORM_REMOVE)
		return form->within ? _("[Remove]") : _("[Remove…]");
	return form->within ? _("[Take]") : _("[Save…]");
}

static void draw_button(const struct form *form, const struct form_row *row, const char *save,
			bool focus, struct grid *grid, int line, int col, int cols)
{
	enum style style = focus ? STYLE_SELECTED : STYLE_NORMAL;
	int used = grid_put(grid, line, col, cols, style, button_text(form, row));

	if (row->kind == FORM_SAVE)
		grid_put(grid, line, col + used + 1, cols - used - 1, STYLE_DIM, save);
	if (focus)
		grid_cursor(grid, line, col);
}

static void draw_row(const struct form *form, const struct model *model, guint index,
		     const char *save, struct grid *grid, struct rect at, int label)
{
	const struct form_row *row = form_row_at(form, index);
	bool focus = index == form->focus;
	int value = at.col + GUTTER + label + 1;
	int room = at.col + at.cols - value - 1;

	grid_put(grid, at.row, at.col, 1, STYLE_ACCENT, focus ? "▸" : " ");
	if (!row->field) {
		draw_button(form, row, save, focus, grid, at.row, at.col + GUTTER,
			    at.cols - GUTTER);
		return;
	}
	bool edited = form_row_changed(row);
	bool needed = row->field->flags & FIELD_REQUIRED;
	enum style style = row->error ? STYLE_BAD : edited ? STYLE_STRONG : STYLE_NORMAL;

	grid_put(grid, at.row, at.col + 1, 1, STYLE_WARN, row->error ? "!" : edited ? "+" : " ");
	int used = grid_put(grid, at.row, at.col + GUTTER, label - 2 * needed,
			    focus ? STYLE_STRONG : STYLE_DIM, _(row->field->label));

	if (needed)
		grid_put(grid, at.row, at.col + GUTTER + used, 2, STYLE_WARN, " *");
	draw_value(row, model, grid, (struct rect){ at.row, value, 1, room }, style, focus);
	guint errors;
	g_autoptr(GPtrArray) notes = row_notes(row, MAX(room, 1), &errors);

	for (guint i = 0; i < notes->len && (int)i + 1 < at.rows; i++)
		grid_put(grid, at.row + 1 + (int)i, value, room,
			 i < errors ? STYLE_BAD : STYLE_WARN, g_ptr_array_index(notes, i));
}

static void draw_foot(const struct form *form, struct grid *grid, struct rect area)
{
	const struct form_row *row = form_row_at(form, form->focus);
	const char *help = row->field		      ? _(row->field->help)
			   : row->kind == FORM_REMOVE ? _("Asks before it removes anything")
			   : form->within ? _("It waits in the form below, which saves all of it")
					  : _("Shows what will change, then saves");
	g_autoptr(GPtrArray) lines = text_wrap(help, area.cols);

	for (guint i = 0; i < lines->len && (int)i < area.rows; i++)
		grid_put(grid, area.row + (int)i, area.col, area.cols, STYLE_DIM,
			 g_ptr_array_index(lines, i));
}

/* Rows for fields; the others are for the help at the foot. */
static int field_rows(struct rect area)
{
	int foot = area.rows >= 8 ? FOOT + 1 : area.rows >= 4 ? 1 : 0;

	return area.rows - foot;
}

/* The first row to draw so that the focused one is seen whole, with what is wrong below it. */
static guint first_row(const struct form *form, int rows, int columns)
{
	guint top = MIN(form->top, form->focus);
	int used = 0;

	for (guint i = top; i <= form->focus; i++)
		used += row_height(form_row_at(form, i), columns);
	while (used > rows && top < form->focus)
		used -= row_height(form_row_at(form, top++), columns);
	/* No room is left empty below while rows are hidden above. */
	for (guint i = form->focus + 1; i < form->rows->len; i++)
		used += row_height(form_row_at(form, i), columns);
	while (top > 0 && (used += row_height(form_row_at(form, top - 1), columns)) <= rows)
		top--;
	return top;
}

bool form_click(struct form *form, struct rect area, int row)
{
	int rows = field_rows(area), columns = value_columns(form, area.cols);
	int line = row - area.row;

	if (form->menu)
		return menu_click(form->menu, area, row);
	if (line < 0 || line >= rows)
		return false;
	for (guint i = first_row(form, rows, columns); i < form->rows->len; i++) {
		const struct form_row *clicked = form_row_at(form, i);

		line -= row_height(clicked, columns);
		if (line >= 0)
			continue;
		bool had = form->focus == i;

		form->focus = i;
		return !clicked->field || (had && clicked->kind != FORM_TYPED);
	}
	return false;
}

void form_layout(struct form *form, struct rect area)
{
	form->top = first_row(form, field_rows(area), value_columns(form, area.cols));
}

void form_draw(const struct form *form, const struct model *model, const char *save,
	       struct grid *grid, struct rect area)
{
	int rows = field_rows(area);
	int label = label_columns(form, area.cols);

	if (rows < 1 || area.cols < 1)
		return;
	if (form->menu) {
		menu_draw(form->menu, grid, area);
		return;
	}
	int line = 0, columns = value_columns(form, area.cols);

	guint first = first_row(form, rows, columns);
	bool below = false;

	for (guint i = first; i < form->rows->len; i++) {
		int whole = row_height(form_row_at(form, i), columns);
		int height = MIN(whole, rows - line);

		below = below || height < whole;
		if (height <= 0)
			break;
		draw_row(form, model, i, save, grid,
			 (struct rect){ area.row + line, area.col, height, area.cols }, label);
		line += height;
	}
	grid_more(grid, (struct rect){ area.row, area.col, rows, area.cols }, first > 0, below);
	int text = MIN(area.rows - rows, FOOT);

	draw_foot(form, grid,
		  (struct rect){ area.row + area.rows - text, area.col, text, area.cols });
}
