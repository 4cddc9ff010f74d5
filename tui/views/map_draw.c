#include "tui/views/map.h"

#include "base/text.h"
#include "tui/views/passing.h"

#include <glib/gi18n.h>

/*
 * Paints what the map has made ready: heading, canvas, legend, details.  Nothing
 * is computed here.
 */

#define MOST_KEY_COLUMNS 26

static void draw_key(const struct map_key *key, struct grid *grid, int row, int col, int columns)
{
	int used = grid_put(grid, row, col, columns, key->style,
			    grid->ascii ? key->ascii : key->glyph);

	grid_put(grid, row, col + used + 1, columns - used - 1, STYLE_DIM, key->text);
}

/* As many as there is room for, the first come first; long words are cut. */
static void draw_legend_rows(const struct map *map, struct grid *grid, struct rect area)
{
	int col = 0, row = 0;

	for (guint k = 0; k < map->keys->len; k++) {
		const struct map_key *key = &g_array_index(map->keys, struct map_key, k);
		int needed = MIN(text_width(key->text), MOST_KEY_COLUMNS) +
			     text_width(grid->ascii ? key->ascii : key->glyph) + 1;

		if (col + needed > area.cols) {
			col = 0;
			row++;
		}
		if (row >= area.rows)
			return;
		draw_key(key, grid, area.row + row, area.col + col, needed);
		col += needed + 2;
	}
}

static void draw_lines(const struct map *map, struct grid *grid, struct rect area)
{
	for (int l = 0; l < area.rows && l < (int)map->lines->len; l++) {
		const struct map_line *line = &g_array_index(map->lines, struct map_line, l);
		int room = MAX(area.cols / 2, area.cols - text_width(line->text) - 1);
		int right = line->right ? MIN(text_width(line->right), room) : 0;
		int left = area.cols - (right ? right + 1 : 0);

		grid_put(grid, area.row + l, area.col, left, line->style, line->text);
		if (right)
			grid_put_right(grid, area.row + l, area.col + left + 1, right, STYLE_DIM,
				       line->right);
	}
}

/* Details above, legend below, which keeps a share and has what else is left. */
static void draw_panel(const struct map *map, struct grid *grid, struct rect area)
{
	int left = area.rows - 1 - (int)map->lines->len;
	int keys = MIN((int)map->keys->len, MAX(area.rows / LEGEND_SHARE, left));
	struct rect top = { area.row, area.col, area.rows - keys - 1, area.cols };

	grid_fill(grid, (struct rect){ area.row, area.col - 2, area.rows, 1 }, STYLE_DIM, "│");
	draw_lines(map, grid, top);
	for (int k = 0; k < keys; k++)
		draw_key(&g_array_index(map->keys, struct map_key, k), grid,
			 area.row + area.rows - keys + k, area.col, area.cols);
}

static struct rect inside(struct rect area, struct rect part)
{
	return (struct rect){ area.row + part.row, area.col + part.col, part.rows, part.cols };
}

/* Where not all fits, how many are in sight goes first (arrows tell of the others), then what
 * markers are; that ties are left out is said always. */
static void draw_heading(const struct map *map, struct grid *grid, struct rect area)
{
	const char *note_text = map->work ? _("looking…") : map->note;
	int note = MIN(text_width(note_text), area.cols), room = area.cols - note - 1;
	gsize brief = strcspn(map->heading, ";");
	g_autofree char *text = text_width(map->heading) > room ? g_strndup(map->heading, brief)
								: g_strdup(map->heading);

	if (note == 0 || text_width(text) <= room)
		grid_put(grid, area.row, area.col, area.cols, STYLE_DIM, text);
	grid_put(grid, area.row, area.col + area.cols - note, note, STYLE_DIM, note_text);
}

void map_draw(const struct view *view, const struct app *app, const struct world *world,
	      struct grid *grid, struct rect area)
{
	const struct map *map = view->state;
	const struct map_node *node = map_node(map, map->selected);
	struct rect canvas = inside(area, map->map_area);

	(void)app;
	(void)world;
	if (!map->canvas) {
		passing_draw_busy(grid, area);
		return;
	}
	/* Between a resize and the refresh that follows it. */
	if (area.rows < map->rows || area.cols < map->cols)
		return;
	if (map->map_area.row > 0)
		draw_heading(map, grid, area);
	/* That of another size stays while the next is made. */
	if (canvas_rows(map->canvas) == canvas.rows && canvas_cols(map->canvas) == canvas.cols)
		canvas_paint(map->canvas, grid, canvas.row, canvas.col,
			     grid->plain   ? CANVAS_NAMES
			     : grid->ascii ? CANVAS_ASCII
					   : CANVAS_BRAILLE);
	if (map->legend.rows > 0)
		draw_legend_rows(map, grid, inside(area, map->legend));
	if (map->details.rows > 0)
		draw_lines(map, grid, inside(area, map->details));
	if (map->panel.rows > 0)
		draw_panel(map, grid, inside(area, map->panel));
	if (node && node->shown && !map->prompt && !map->work)
		grid_cursor(grid, canvas.row + node->row, canvas.col + node->col);
}
