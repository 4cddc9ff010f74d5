#include "tui/widgets/popup.h"

#include <glib/gi18n.h>

#include "base/text.h"

/* A list above the message row.  Where its items come from is the caller's business. */

struct popup_item *popup_item_new(const char *id, const char *label, const char *note)
{
	struct popup_item *item = g_new0(struct popup_item, 1);

	item->id = g_strdup(id);
	item->label = g_strdup(label);
	item->note = g_strdup(note);
	return item;
}

static void popup_item_free(void *data)
{
	struct popup_item *item = data;

	g_free(item->id);
	g_free(item->label);
	g_free(item->note);
	g_free(item);
}

GPtrArray *popup_items_new(void)
{
	return g_ptr_array_new_with_free_func(popup_item_free);
}

static void draw_item(const struct popup_item *item, bool focus, struct grid *grid, int row,
		      struct rect area)
{
	enum style style = focus ? STYLE_SELECTED : STYLE_NORMAL;
	/* The half that a short label leaves free is the note's. */
	int taken = MIN(text_width(item->label), area.cols / 2 - 3);
	int note = item->note == NULL ? 0 : MIN(text_width(item->note), area.cols - taken - 5);
	int room = area.cols - 3 - (note > 0 ? note + 2 : 0);

	grid_fill(grid, (struct rect){ row, area.col, 1, area.cols }, style, " ");
	grid_put(grid, row, area.col, 2, style, focus ? "▸ " : "  ");
	grid_put(grid, row, area.col + 2, room, style, item->label);
	if (note > 0)
		grid_put_right(grid, row, area.col + area.cols - 1 - note, note,
			       focus ? STYLE_SELECTED : STYLE_DIM, item->note);
}

static int rows_of(const GPtrArray *items, int most, struct rect area)
{
	return MIN(MIN((int)items->len, most), area.rows - 1);
}

/* The first that is shown: `top`, or as far from it as the focus needs. */
static int top_of(const GPtrArray *items, int focus, int top, int rows)
{
	top = MIN(top, (int)items->len - rows);
	return CLAMP(top, MAX(focus - rows + 1, 0), MAX(focus, 0));
}

int popup_click(const GPtrArray *items, int focus, int *top, int most, struct rect area, int row)
{
	int rows = rows_of(items, most, area), first = area.row + area.rows - rows;

	if (rows < 1 || row < first || row >= first + rows)
		return -1;
	*top = top_of(items, focus, *top, rows);
	return *top + row - first;
}

void popup_draw(const GPtrArray *items, int focus, int top, const char *title, int most,
		struct grid *grid, struct rect area, bool cursor)
{
	int rows = rows_of(items, most, area);
	int row = area.row + area.rows - rows;

	if (rows < 1 || area.cols < 4)
		return;
	top = top_of(items, focus, top, rows);
	grid_fill(grid, (struct rect){ row - 1, area.col, 1, area.cols }, STYLE_DIM, "─");
	grid_put(grid, row - 1, area.col + 2, area.cols - 4, STYLE_DIM, title);
	for (int i = 0; i < rows; i++, row++) {
		draw_item(g_ptr_array_index(items, (guint)(top + i)), top + i == focus, grid, row,
			  area);
		if (cursor && top + i == focus)
			grid_cursor(grid, row, area.col);
	}
	grid_more(grid, (struct rect){ row - rows, area.col, rows, area.cols }, top > 0,
		  top + rows < (int)items->len);
}
