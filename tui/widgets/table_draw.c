#include "tui/widgets/table.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n.h>

#include "base/text.h"

/*
 * How a table is painted: which columns fit, headings with the direction of the
 * order, rows with bars and matches.  The focused row has a marker and a strong
 * name, not reverse video: a third of the bytes over a slow line.
 */
#define MARGIN 2 /* marker of focus, mark */

struct layout {
	int *widths; /* of each column; 0: not shown */
	int *at;
	double *largest; /* of each column with a bar */
};

static bool column_drops(const struct tableview *table, const int *widths, guint *which)
{
	int rank = 0;

	for (guint i = 0; i < table->n_columns; i++) {
		if (widths[i] > 0 && table->columns[i].rank > rank) {
			rank = table->columns[i].rank;
			*which = i;
		}
	}
	return rank > 0;
}

static int total(const struct tableview *table, const int *widths)
{
	int sum = MARGIN;

	for (guint i = 0; i < table->n_columns; i++)
		sum += widths[i] > 0 ? widths[i] + (i > 0) : 0;
	return sum;
}

/* What is left over goes to the columns that grow; what lacks comes from the first. */
static void share_out(const struct tableview *table, int *widths, int spare)
{
	int grow = 0, left = spare;

	for (guint i = 0; i < table->n_columns; i++)
		grow += widths[i] > 0 ? table->columns[i].grow : 0;
	if (spare < 0) {
		widths[0] = MAX(widths[0] + spare, 1);
		return;
	}
	for (guint i = table->n_columns; grow > 0 && i-- > 1;) {
		int more = widths[i] > 0 ? spare * table->columns[i].grow / grow : 0;

		widths[i] += more;
		left -= more;
	}
	if (table->columns[0].grow > 0)
		widths[0] += left;
}

static struct layout layout_new(const struct tableview *table, int cols)
{
	struct layout layout = { g_new0(int, table->n_columns + 1),
				 g_new0(int, table->n_columns + 1),
				 g_new0(double, table->n_columns + 1) };
	guint which = 0;
	int at = MARGIN;

	for (guint i = 0; i < table->n_columns; i++) {
		int heading = text_width(_(table->columns[i].title));
		const struct tableview_column *column = &table->columns[i];

		/* A heading may need more than its values do, above all in translation. */
		layout.widths[i] = MAX(column->width + (column->bar > 0 ? column->bar + 1 : 0),
				       column->grow > 0 ? 0 : MIN(heading + 1, 12));
	}
	while (total(table, layout.widths) > cols && column_drops(table, layout.widths, &which))
		layout.widths[which] = 0;
	share_out(table, layout.widths, cols - total(table, layout.widths));
	for (guint i = 0; i < table->n_columns; i++) {
		layout.at[i] = at;
		at += layout.widths[i] > 0 ? layout.widths[i] + 1 : 0;
		for (guint r = 0; table->columns[i].bar > 0 && r < table->rows->len; r++) {
			const struct tableview_row *row = g_ptr_array_index(table->rows, r);

			if (row->cells[i].number > layout.largest[i])
				layout.largest[i] = row->cells[i].number;
		}
	}
	return layout;
}

static void layout_release(struct layout *layout)
{
	g_free(layout->widths);
	g_free(layout->at);
	g_free(layout->largest);
}

static void draw_headings(const struct tableview *table, struct grid *grid, struct rect area,
			  const struct layout *layout)
{
	for (guint i = 0; i < table->n_columns; i++) {
		bool sorted = (int)i == table->sort;
		const char *arrow = !sorted ? "" : table->reverse ? "▾" : "▴";
		g_autofree char *title = g_strconcat(_(table->columns[i].title), arrow, NULL);
		enum style style = sorted ? STYLE_STRONG : STYLE_DIM;
		int col = area.col + layout->at[i];

		if (layout->widths[i] == 0)
			continue;
		if (table->columns[i].right)
			grid_put_right(grid, area.row, col, layout->widths[i], style, title);
		else
			grid_put(grid, area.row, col, layout->widths[i], style, title);
	}
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

static void draw_cell(const struct tableview *table, struct grid *grid, int row, int col,
		      const struct layout *layout, guint i, const struct tableview_cell *cell,
		      bool focused)
{
	const struct tableview_column *column = &table->columns[i];
	enum style style = focused && i == 0 ? STYLE_STRONG : cell->style;
	int width = layout->widths[i];

	if (column->bar > 0 && width > column->bar) {
		if (layout->largest[i] > 0)
			grid_bar(grid, row, col, column->bar, cell->number / layout->largest[i],
				 STYLE_ACCENT);
		col += column->bar + 1;
		width -= column->bar + 1;
	}
	if (column->right)
		grid_put_right(grid, row, col, width, style, cell->text);
	else
		grid_put(grid, row, col, width, style, cell->text);
}

static void draw_row(const struct tableview *table, struct grid *grid, struct rect area, guint r,
		     const struct layout *layout)
{
	const struct tableview_row *row = g_ptr_array_index(table->rows, r);
	int at = area.row + 1 + (int)(r - table->top);
	bool focused = r == table->focus;
	bool matches = tableview_match(table, row) > 0;

	if (focused)
		grid_put(grid, at, area.col, 1, STYLE_ACCENT, "▸");
	if (row->marked)
		grid_put(grid, at, area.col + 1, 1, STYLE_WARN, "*");
	for (guint i = 0; i < table->n_columns; i++) {
		int col = area.col + layout->at[i];

		if (layout->widths[i] == 0 || row->cells[i].text == NULL)
			continue;
		draw_cell(table, grid, at, col, layout, i, &row->cells[i], focused);
		if (matches && !table->columns[i].right)
			draw_matches(grid, at, col, layout->widths[i], row->cells[i].text,
				     table->needle);
	}
	if (focused && !tableview_typing(table))
		grid_cursor(grid, at, area.col + MARGIN);
}

void tableview_draw(const struct tableview *table, struct grid *grid, struct rect area)
{
	struct layout layout;

	if (area.rows < 1 || area.cols < MARGIN + 1)
		return;
	layout = layout_new(table, area.cols);
	draw_headings(table, grid, area, &layout);
	for (guint r = table->top; r < table->rows->len && (int)(r - table->top) < area.rows - 1;
	     r++)
		draw_row(table, grid, area, r, &layout);
	layout_release(&layout);
}
