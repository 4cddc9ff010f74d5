#include "tui/grid.h"

#include <stdarg.h>
#include <string.h>

#include "base/text.h"

/*
 * The frame: cells, the one door through which text gets into them, and the dump
 * for golden files.  Knows no terminal and no view.
 */

/* What the program itself draws, for terminals that show ASCII only. */
struct fallback {
	gunichar from, to; /* a range */
	const char *ascii;
};

/* clang-format off */
static const struct fallback fallbacks[] = {
	{ 0x00a0, 0x00a0, " " },                            /* no break */
	{ 0x00b7, 0x00b7, "." },                            /* · */
	{ 0x00d7, 0x00d7, "x" },                            /* × */
	{ 0x2013, 0x2014, "-" },                            /* – — */
	{ 0x2026, 0x2026, "." },                            /* … */
	{ 0x203a, 0x203a, ">" },                            /* › */
	{ 0x2190, 0x2190, "<" }, { 0x2191, 0x2191, "^" },
	{ 0x2192, 0x2192, ">" }, { 0x2193, 0x2193, "v" },
	{ 0x2194, 0x2194, "-" },
	{ 0x2500, 0x2501, "-" }, { 0x2502, 0x2503, "|" },
	{ 0x2504, 0x2505, "-" }, { 0x2506, 0x2507, "|" },
	{ 0x2508, 0x2509, "-" }, { 0x250a, 0x250b, "|" },
	{ 0x250c, 0x254b, "+" }, { 0x254c, 0x254d, "-" },
	{ 0x254e, 0x254f, "|" }, { 0x2550, 0x2550, "=" },
	{ 0x2551, 0x2551, "|" }, { 0x2552, 0x256c, "+" },
	{ 0x256d, 0x2570, "+" }, { 0x2571, 0x2571, "/" },
	{ 0x2572, 0x2572, "\\" }, { 0x2573, 0x2573, "x" },
	{ 0x2574, 0x2574, "-" }, { 0x2575, 0x2575, "|" },
	{ 0x2576, 0x2576, "-" }, { 0x2577, 0x2577, "|" },
	{ 0x2578, 0x2578, "-" }, { 0x257a, 0x257a, "-" },
	{ 0x2581, 0x2581, "_" }, { 0x2582, 0x2582, "." },
	{ 0x2583, 0x2583, ":" }, { 0x2584, 0x2584, "-" },
	{ 0x2585, 0x2585, "=" }, { 0x2586, 0x2586, "*" },
	{ 0x2587, 0x2587, "%" }, { 0x2588, 0x2588, "#" },
	{ 0x2589, 0x258b, "#" }, { 0x258c, 0x258d, "=" },
	{ 0x258e, 0x258e, "-" }, { 0x258f, 0x258f, "." },
	{ 0x2591, 0x2591, "." }, { 0x2592, 0x2592, ":" },
	{ 0x2593, 0x2593, "#" }, { 0x2596, 0x259f, "#" },
	{ 0x25a0, 0x25a0, "#" }, { 0x25a1, 0x25a1, "o" },
	{ 0x25aa, 0x25ab, "." }, { 0x25b2, 0x25b5, "^" },
	{ 0x25b8, 0x25b9, ">" }, { 0x25be, 0x25bf, "v" },
	{ 0x25c6, 0x25c7, "*" }, { 0x25cb, 0x25cb, "o" },
	{ 0x25cf, 0x25cf, "*" }, { 0x2605, 0x2606, "*" },
	{ 0x26a0, 0x26a0, "!" }, { 0x2713, 0x2714, "+" },
	{ 0x2717, 0x2718, "x" }, { 0x2800, 0x2800, " " },
};
/* clang-format on */

struct grid *grid_new(int rows, int cols)
{
	struct grid *grid = g_new0(struct grid, 1);

	grid->spots = g_array_new(FALSE, FALSE, sizeof(struct grid_spot));
	grid_resize(grid, rows, cols);
	return grid;
}

void grid_free(struct grid *grid)
{
	if (grid == NULL)
		return;
	g_array_unref(grid->spots);
	g_free(grid->cells);
	g_free(grid);
}

void grid_resize(struct grid *grid, int rows, int cols)
{
	grid->rows = MAX(rows, 0);
	grid->cols = MAX(cols, 0);
	g_free(grid->cells);
	grid->cells = g_new0(struct cell, (gsize)grid->rows * (gsize)grid->cols + 1);
	grid_clear(grid);
}

static void cell_blank(struct cell *cell, enum style style)
{
	memcpy(cell->text, " ", 2);
	cell->style = (guint8)style;
	cell->width = 1;
}

void grid_clear(struct grid *grid)
{
	gsize n = (gsize)grid->rows * (gsize)grid->cols;

	for (gsize i = 0; i < n; i++)
		cell_blank(&grid->cells[i], STYLE_NORMAL);
	grid->cursor_row = grid->cursor_col = -1;
	g_array_set_size(grid->spots, 0);
}

void grid_spot(struct grid *grid, int row, int col, int cols, gunichar key)
{
	const struct grid_spot spot = { row, col, cols, key };

	g_array_append_val(grid->spots, spot);
}

gunichar grid_key_at(const struct grid *grid, int row, int col)
{
	for (guint i = 0; i < grid->spots->len; i++) {
		const struct grid_spot *spot = &g_array_index(grid->spots, struct grid_spot, i);

		if (spot->row == row && col >= spot->col && col < spot->col + spot->cols)
			return spot->key;
	}
	return 0;
}

static struct cell *grid_cell(struct grid *grid, int row, int col)
{
	if (row < 0 || col < 0 || row >= grid->rows || col >= grid->cols)
		return NULL;
	return &grid->cells[(gsize)row * (gsize)grid->cols + (gsize)col];
}

/* A wide character that loses one half loses the other too. */
static void grid_cut(struct grid *grid, int row, int col)
{
	struct cell *cell = grid_cell(grid, row, col);

	if (cell == NULL)
		return;
	if (cell->width == 0) {
		struct cell *left = grid_cell(grid, row, col - 1);

		if (left != NULL)
			cell_blank(left, left->style);
	} else if (cell->width == 2) {
		struct cell *right = grid_cell(grid, row, col + 1);

		if (right != NULL)
			cell_blank(right, right->style);
	}
	cell_blank(cell, cell->style);
}

static const char *ascii_of(const char *cluster, bool plain)
{
	gunichar c = g_utf8_get_char(cluster);

	if (c < 0x80)
		return cluster;
	/* A screen reader would say "vertical bar" at every one of them. */
	if (plain && ((c >= 0x2500 && c <= 0x259f) || (c >= 0x2800 && c <= 0x28ff)))
		return " ";
	/* A braille cell becomes as dark as it has dots. */
	if (c > 0x2800 && c <= 0x28ff) {
		int dots = __builtin_popcount(c & 0xff);

		return dots <= 2 ? "." : dots <= 4 ? ":" : dots <= 6 ? "*" : "#";
	}
	for (guint i = 0; i < G_N_ELEMENTS(fallbacks); i++)
		if (c >= fallbacks[i].from && c <= fallbacks[i].to)
			return fallbacks[i].ascii;
	return cluster;
}

/* One cleaned cluster of `width` columns; what does not fit in a cell loses its marks. */
static void grid_set(struct grid *grid, int row, int col, int width, enum style style,
		     const char *cluster)
{
	struct cell *cell = grid_cell(grid, row, col);
	gsize length;

	if (cell == NULL)
		return;
	grid_cut(grid, row, col);
	if (width == 2) {
		struct cell *right = grid_cell(grid, row, col + 1);

		if (right == NULL) /* half a character would be cut at the edge */
			return;
		grid_cut(grid, row, col + 1);
		right->text[0] = '\0';
		right->width = 0;
		right->style = (guint8)style;
	}
	length = strlen(cluster);
	if (length >= sizeof cell->text)
		length = (gsize)(g_utf8_next_char(cluster) - cluster);
	memcpy(cell->text, cluster, length);
	cell->text[length] = '\0';
	cell->width = (guint8)width;
	cell->style = (guint8)style;
}

/*
 * A cluster may be wider than two columns when it is an escape like <U+202E>:
 * those are plain ASCII and take a cell a character.
 */
static int grid_place(struct grid *grid, int row, int col, int width, enum style style,
		      const char *cluster)
{
	if (width <= 2 && (width < 2 || (guchar)cluster[0] >= 0x80)) {
		grid_set(grid, row, col, width, style,
			 grid->ascii ? ascii_of(cluster, grid->plain) : cluster);
		return width;
	}
	for (int i = 0; cluster[i] != '\0'; i++) {
		char one[2] = { cluster[i], '\0' };

		grid_set(grid, row, col + i, 1, style, one);
	}
	return width;
}

int grid_put(struct grid *grid, int row, int col, int columns, enum style style, const char *text)
{
	char cluster[TEXT_CLUSTER];
	int taken = 0, width = 0;
	const char *at = text;

	if (text == NULL || row < 0 || row >= grid->rows || col >= grid->cols)
		return 0;
	if (columns < 0 || columns > grid->cols - col)
		columns = grid->cols - col;
	if (columns <= 0)
		return 0;
	while ((at = text_next(at, strlen(at), cluster, &width)) != NULL) {
		/* The last column is for "…" unless this is the end of the text. */
		if (taken + width > columns || (taken + width == columns && *at != '\0')) {
			grid_place(grid, row, col + taken, 1, style, "…");
			for (taken++; taken < columns; taken++)
				grid_set(grid, row, col + taken, 1, style, " ");
			return taken;
		}
		taken += grid_place(grid, row, col + taken, width, style, cluster);
	}
	return taken;
}

int grid_printf(struct grid *grid, int row, int col, int columns, enum style style,
		const char *format, ...)
{
	g_autofree char *text = NULL;
	va_list list;

	va_start(list, format);
	text = g_strdup_vprintf(format, list);
	va_end(list);
	return grid_put(grid, row, col, columns, style, text);
}

void grid_put_right(struct grid *grid, int row, int col, int columns, enum style style,
		    const char *text)
{
	int width = text == NULL ? 0 : text_width(text);

	if (columns <= 0)
		return;
	grid_put(grid, row, col + MAX(columns - width, 0), MIN(width, columns), style, text);
}

void grid_fill(struct grid *grid, struct rect area, enum style style, const char *glyph)
{
	int bottom = MIN(area.row + area.rows, grid->rows);
	int right = MIN(area.col + area.cols, grid->cols);
	char cluster[TEXT_CLUSTER];
	int width;

	if (text_next(glyph, strlen(glyph), cluster, &width) == NULL || width != 1)
		return;
	for (int row = MAX(area.row, 0); row < bottom; row++)
		for (int col = MAX(area.col, 0); col < right; col++)
			grid_place(grid, row, col, 1, style, cluster);
}

void grid_style(struct grid *grid, struct rect area, enum style style)
{
	int bottom = MIN(area.row + area.rows, grid->rows);
	int right = MIN(area.col + area.cols, grid->cols);

	for (int row = MAX(area.row, 0); row < bottom; row++)
		for (int col = MAX(area.col, 0); col < right; col++)
			grid_cell(grid, row, col)->style = (guint8)style;
}

void grid_cursor(struct grid *grid, int row, int col)
{
	if (grid_cell(grid, row, col) == NULL)
		return;
	grid->cursor_row = row;
	grid->cursor_col = col;
}

void grid_bar(struct grid *grid, int row, int col, int columns, double share, enum style style)
{
	static const char *const eighths[] = { "", "▏", "▎", "▍", "▌", "▋", "▊", "▉" };
	int n;

	if (columns <= 0 || !(share > 0)) /* NAN too */
		return;
	n = (int)(MIN(share, 1.0) * columns * 8 + 0.5);
	n = MAX(n, 1);
	for (int i = 0; i < n / 8; i++)
		grid_put(grid, row, col + i, 1, style, "█");
	if (n % 8 != 0)
		grid_put(grid, row, col + n / 8, 1, style, eighths[n % 8]);
}

static void dump_row(GString *out, const struct grid *grid, int row, bool styles)
{
	static const char letters[STYLE_COUNT + 1] = ".*-#=kgw!aABCDEF";
	const struct cell *cells = &grid->cells[(gsize)row * (gsize)grid->cols];
	gsize start = out->len;

	for (int col = 0; col < grid->cols; col++) {
		if (styles)
			g_string_append_c(out, letters[cells[col].style % STYLE_COUNT]);
		else
			g_string_append(out, cells[col].text);
	}
	while (out->len > start && out->str[out->len - 1] == (styles ? '.' : ' '))
		g_string_truncate(out, out->len - 1);
	g_string_append_c(out, '\n');
}

void grid_more(struct grid *grid, struct rect area, bool above, bool below)
{
	int edge = area.col + area.cols - 1;

	if (area.rows < 1 || area.cols < 2)
		return;
	if (above)
		grid_put(grid, area.row, edge, 1, STYLE_DIM, "↑");
	if (below)
		grid_put(grid, area.row + area.rows - 1, edge, 1, STYLE_DIM, "↓");
}

char *grid_dump(const struct grid *grid, bool styles)
{
	GString *out = g_string_new(NULL);

	for (int row = 0; row < grid->rows; row++)
		dump_row(out, grid, row, false);
	for (int row = 0; styles && row < grid->rows; row++)
		dump_row(out, grid, row, true);
	return g_string_free(out, FALSE);
}
