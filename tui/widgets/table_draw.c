#include "tui/widgets/table.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n.h>

#include "base/text.h"
#include "tui/widgets/table_layout.h"
#include "tui/widgets/table_search.h"

/*
 * How a table is painted: headings with the direction of the order, rows with bars
 * and matches.  The focused row has a marker and a strong
 * name, not reverse video: a third of the bytes over a slow line.
 */
static void draw_headings(const struct tableview *table, struct grid *grid, struct rect area,
			  const struct table_layout *layout)
{
	for (guint i = 0; i < table->n_columns; i++) {
		bool sorted = (int)i == table->sort;
		const char *arrow = !sorted ? "" : table->reverse ? "▾" : "▴";
		g_autofree char *title =
			g_strconcat(tableview_title(&table->columns[i]), arrow, NULL);
		enum style style = sorted ? STYLE_STRONG : STYLE_DIM;
		int col = area.col + layout->at[i];

		if (layout->widths[i] == 0)
			continue;
		if (table->columns[i].right)
			grid_put_right(grid, area.row, col, layout->widths[i], style, title);
		else
			grid_put(grid, area.row, col, layout->widths[i], style, title);
	}
	/* Columns out of sight, on either side of the one that stays. */
	if (layout->left)
		grid_put(grid, area.row, area.col, 1, STYLE_ACCENT, "‹");
	if (layout->left && layout->right)
		grid_put(grid, area.row, area.col + 1, 1, STYLE_ACCENT, "›");
}

/* Whether folded `rest` goes on with what cluster folds to; `*rest` moves behind it. */
static bool takes(const char **rest, const char *cluster)
{
	g_autofree char *folded = text_fold(cluster);
	const char *piece = folded[0] == '\0' ? " " : folded;

	if (!g_str_has_prefix(*rest, piece))
		return false;
	*rest += strlen(piece);
	return true;
}

/* Columns of `text` from byte `at` on that spell the needle as they stand; 0: they do not. */
static int run_at(const char *at, const char *needle)
{
	char cluster[TEXT_CLUSTER];
	int columns = 0, width;

	while (*needle != '\0') {
		at = text_next(at, strlen(at), cluster, &width);
		if (at == NULL || !takes(&needle, cluster))
			return 0;
		columns += width;
	}
	return columns;
}

/* Where the needle stands in a row; letter by letter where it is scattered. */
static void draw_matches(struct grid *grid, int row, int col, int columns, const char *text,
			 const char *needle)
{
	char cluster[TEXT_CLUSTER];
	const char *rest = needle;
	int at = 0, width;
	const char *next = text;

	for (const char *s = text; s != NULL && *s != '\0'; s = next) {
		int run = run_at(s, needle);

		if (run > 0) {
			grid_style(grid, (struct rect){ row, col + at, 1, MIN(run, columns - at) },
				   STYLE_ACCENT);
			return;
		}
		next = text_next(s, strlen(s), cluster, &width);
		at += width;
	}
	at = 0;
	for (const char *s = text; (s = text_next(s, strlen(s), cluster, &width)) != NULL;) {
		if (at + width > columns)
			return;
		if (*rest != '\0' && takes(&rest, cluster))
			grid_style(grid, (struct rect){ row, col + at, 1, width }, STYLE_ACCENT);
		at += width;
	}
}

/* Scaled to the largest of those shown. */
static void draw_bar(const struct tableview *table, struct grid *grid, int row, int col, guint i,
		     guint record)
{
	const struct order_column *numbers = &table->order.columns[i];

	if (numbers->numbers != NULL && numbers->largest > 0)
		grid_bar(grid, row, col, table->columns[i].bar,
			 numbers->numbers[record] / numbers->largest, STYLE_ACCENT);
}

/* Columns of empty cells behind a cell: a text that would be cut goes on there. */
static int room_behind(const struct tableview *table, const struct table_layout *layout, guint i,
		       guint record)
{
	int room = 0;

	for (guint k = i + 1; k < table->n_columns; k++) {
		enum style style = STYLE_NORMAL;
		g_autofree char *text = NULL;

		if (layout->widths[k] == 0)
			continue;
		text = table_cell(table, k, record, &style);
		if (table->columns[k].bar > 0 || (text != NULL && text[0] != '\0'))
			break;
		room += layout->widths[k] + 1;
	}
	return room;
}

static void draw_cell(const struct tableview *table, struct grid *grid, int row,
		      const struct table_layout *layout, int col, guint i, guint record,
		      bool focused, bool matches)
{
	const struct tableview_column *column = &table->columns[i];
	const void *data = table->source.data;
	enum style style = STYLE_NORMAL;
	g_autofree char *text = table_cell(table, i, record, &style);
	int width = layout->widths[i];

	if (text == NULL)
		return;
	if (focused && i == 0)
		style = STYLE_STRONG;
	if (column->bar > 0 && width > column->bar) {
		draw_bar(table, grid, row, col, i, record);
		col += column->bar + 1;
		width -= column->bar + 1;
	}
	if (!column->right && !column->name && text_width(text) > width)
		width += room_behind(table, layout, i, record);
	if (column->name && text_width(text) > width) {
		const char *brief = column->brief != NULL ? column->brief(data, record) : NULL;
		char *fit = brief == NULL ? text_fit_name(text, width)
					  : g_strconcat(brief, " · ", text, NULL);

		g_free(text);
		text = fit;
	}
	if (column->right)
		grid_put_right(grid, row, col, width, style, text);
	else
		grid_put(grid, row, col, width, style, text);
	if (matches && !column->right)
		draw_matches(grid, row, col, width, text, table->search->needle);
}

/* The first row shown in `rows`, heading included: these may be fewer than it was laid out for. */
static guint first_row(const struct tableview *table, int rows)
{
	guint page = (guint)MAX(rows - 1, 1);

	return table->focus >= table->top + page ? table->focus - page + 1 : table->top;
}

static void draw_row(const struct tableview *table, struct grid *grid, int at, struct rect area,
		     guint r, const struct table_layout *layout)
{
	guint record = table->order.shown[r];
	bool focused = r == table->focus;
	bool matches = tableview_match(table, record);

	if (focused)
		grid_put(grid, at, area.col, 1, STYLE_ACCENT, "▸");
	if (tableview_is_marked(table, record))
		grid_put(grid, at, area.col + 1, 1, STYLE_WARN, "*");
	for (guint i = 0; i < table->n_columns; i++)
		if (layout->widths[i] > 0)
			draw_cell(table, grid, at, layout, area.col + layout->at[i], i, record,
				  focused, matches);
	if (focused && !tableview_typing(table))
		grid_cursor(grid, at, area.col + TABLE_MARGIN);
}

static bool goes_on(const struct tableview *table, struct rect area)
{
	return table->order.n_shown > (guint)MAX(area.rows - 1, 0);
}

/* Where there are more rows than fit the sign of that has a column of its own. */
static struct table_layout layout_in(const struct tableview *table, struct rect area)
{
	return table_layout_new(table, area.cols - goes_on(table, area));
}

void tableview_draw(const struct tableview *table, struct grid *grid, struct rect area)
{
	struct table_layout layout;
	guint top = first_row(table, area.rows);

	if (area.rows < 1 || area.cols < TABLE_MARGIN + 1)
		return;
	layout = layout_in(table, area);
	draw_headings(table, grid, area, &layout);
	for (guint r = top; r < table->order.n_shown && (int)(r - top) < area.rows - 1; r++)
		draw_row(table, grid, area.row + 1 + (int)(r - top), area, r, &layout);
	grid_more(grid, (struct rect){ area.row + 1, area.col, area.rows - 1, area.cols }, top > 0,
		  top + (guint)area.rows - 1 < table->order.n_shown);
	table_layout_release(&layout);
}

bool tableview_click(struct tableview *table, struct rect area, int row, int col)
{
	guint at = first_row(table, area.rows) + (guint)MAX(row - area.row - 1, 0);
	struct table_layout layout;

	if (row > area.row && at < table->order.n_shown) {
		bool again = at == table->focus;

		table_focus(table, at);
		return again;
	}
	if (row != area.row)
		return false;
	layout = layout_in(table, area);
	for (guint i = 0; i < table->n_columns; i++) {
		int from = area.col + layout.at[i];

		if (layout.widths[i] > 0 && col >= from && col < from + layout.widths[i])
			tableview_sort(table, i,
				       (int)i == table->sort ? !table->reverse
							     : table->columns[i].descending);
	}
	table_layout_release(&layout);
	return false;
}
