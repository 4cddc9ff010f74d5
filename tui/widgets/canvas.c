#include "tui/widgets/canvas.h"

#include "base/text.h"

#include <math.h>
#include <string.h>

/*
 * Lines of dots, markers and labels that never overlap, for maps.  Knows nothing
 * of what is drawn: projection, colours and what matters most are the caller's.
 */
struct dots {
	guint8 bits; /* as in U+2800 */
	guint8 level;
	guint8 style;
	bool taken;
};

struct text {
	int row, col;
	enum style style;
	char *text;
	char *ascii; /* or NULL: the text itself */
};

struct canvas {
	int rows, cols;
	struct dots *cells;
	GArray *texts; /* struct text */
};

static const guint8 dot_bits[CANVAS_DOTS_Y][CANVAS_DOTS_X] = {
	{ 0x01, 0x08 },
	{ 0x02, 0x10 },
	{ 0x04, 0x20 },
	{ 0x40, 0x80 },
};

static void text_release(void *data)
{
	struct text *text = data;

	g_free(text->text);
	g_free(text->ascii);
}

struct canvas *canvas_new(int rows, int cols)
{
	struct canvas *canvas = g_new0(struct canvas, 1);

	canvas->rows = MAX(rows, 0);
	canvas->cols = MAX(cols, 0);
	canvas->cells = g_new0(struct dots, (gsize)canvas->rows * (gsize)canvas->cols + 1);
	canvas->texts = g_array_new(FALSE, FALSE, sizeof(struct text));
	g_array_set_clear_func(canvas->texts, text_release);
	return canvas;
}

void canvas_free(struct canvas *canvas)
{
	if (!canvas)
		return;
	g_array_unref(canvas->texts);
	g_free(canvas->cells);
	g_free(canvas);
}

void canvas_clear(struct canvas *canvas)
{
	memset(canvas->cells, 0,
	       (gsize)canvas->rows * (gsize)canvas->cols * sizeof(canvas->cells[0]));
	g_array_set_size(canvas->texts, 0);
}

int canvas_rows(const struct canvas *canvas)
{
	return canvas->rows;
}

int canvas_cols(const struct canvas *canvas)
{
	return canvas->cols;
}

static struct dots *cell_at(const struct canvas *canvas, int row, int col)
{
	if (row < 0 || col < 0 || row >= canvas->rows || col >= canvas->cols)
		return NULL;
	return &canvas->cells[row * canvas->cols + col];
}

static void put_dot(struct canvas *canvas, int x, int y, guint level, enum style style)
{
	struct dots *cell;

	if (x < 0 || y < 0)
		return;
	cell = cell_at(canvas, y / CANVAS_DOTS_Y, x / CANVAS_DOTS_X);
	if (!cell || cell->level > level)
		return;
	if (cell->level < level) {
		cell->bits = 0;
		cell->level = (guint8)level;
	}
	cell->style = (guint8)style;
	cell->bits = (guint8)(cell->bits | dot_bits[y % CANVAS_DOTS_Y][x % CANVAS_DOTS_X]);
}

/* Liang and Barsky: the part t0..t1 of the line on the inner side of one edge. */
static bool clip_edge(double p, double q, double *t0, double *t1)
{
	double t;

	if (p == 0)
		return q >= 0;
	t = q / p;
	if (p < 0) {
		if (t > *t1)
			return false;
		*t0 = MAX(*t0, t);
	} else {
		if (t < *t0)
			return false;
		*t1 = MIN(*t1, t);
	}
	return true;
}

static bool dash_inks(enum canvas_dash dash, int step)
{
	switch (dash) {
	case CANVAS_SOLID:
		return true;
	case CANVAS_DASHED:
		return step % 6 < 4;
	case CANVAS_DOTTED:
		return step % 2 == 0;
	case CANVAS_SPARSE:
		return step % 3 == 0;
	}
	return true;
}

void canvas_line(struct canvas *canvas, double x0, double y0, double x1, double y1,
		 enum canvas_dash dash, guint level, enum style style)
{
	double width = canvas->cols * CANVAS_DOTS_X - 1, height = canvas->rows * CANVAS_DOTS_Y - 1;
	double dx = x1 - x0, dy = y1 - y0, t0 = 0, t1 = 1, ax, ay;
	int steps;

	if (!isfinite(dx) || !isfinite(dy) || width < 0 || height < 0)
		return;
	if (!clip_edge(-dx, x0, &t0, &t1) || !clip_edge(dx, width - x0, &t0, &t1) ||
	    !clip_edge(-dy, y0, &t0, &t1) || !clip_edge(dy, height - y0, &t0, &t1) || t0 > t1)
		return;
	ax = x0 + t0 * dx;
	ay = y0 + t0 * dy;
	dx *= t1 - t0;
	dy *= t1 - t0;
	steps = (int)ceil(MAX(fabs(dx), fabs(dy)));
	for (int i = 0; i <= steps; i++) {
		double t = steps ? (double)i / steps : 0;

		if (dash_inks(dash, i))
			put_dot(canvas, (int)lround(ax + t * dx), (int)lround(ay + t * dy), level,
				style);
	}
}

bool canvas_is_free(const struct canvas *canvas, int row, int col, int columns)
{
	for (int c = col; c < col + columns; c++) {
		const struct dots *cell = cell_at(canvas, row, c);

		if (!cell || cell->taken)
			return false;
	}
	return true;
}

/* Whether a marker may stand here: free, and no other one beside it. */
static bool marker_fits(const struct canvas *canvas, int row, int col)
{
	const struct dots *left = cell_at(canvas, row, col - 1);
	const struct dots *right = cell_at(canvas, row, col + 1);

	return canvas_is_free(canvas, row, col, 1) && !(left && left->taken) &&
	       !(right && right->taken);
}

bool canvas_free_cell(const struct canvas *canvas, int row, int col, int reach, int *free_row,
		      int *free_col)
{
	int best = G_MAXINT;

	for (int dr = -reach; dr <= reach; dr++) {
		for (int dc = -2 * reach; dc <= 2 * reach; dc++) {
			/* A cell is about twice as high as wide. */
			int distance = 4 * dr * dr + dc * dc;

			if (distance >= best || !marker_fits(canvas, row + dr, col + dc))
				continue;
			best = distance;
			*free_row = row + dr;
			*free_col = col + dc;
		}
	}
	return best < G_MAXINT;
}

static void take(struct canvas *canvas, int row, int col, int columns)
{
	for (int c = col; c < col + columns; c++) {
		struct dots *cell = cell_at(canvas, row, c);

		if (cell)
			cell->taken = true;
	}
}

static void add_text(struct canvas *canvas, int row, int col, enum style style, const char *text,
		     const char *ascii)
{
	struct text entry = { row, col, style, g_strdup(text), g_strdup(ascii) };

	g_array_append_val(canvas->texts, entry);
}

void canvas_glyph(struct canvas *canvas, int row, int col, const char *glyph, const char *ascii,
		  enum style style)
{
	if (!cell_at(canvas, row, col))
		return;
	take(canvas, row, col, 1);
	add_text(canvas, row, col, style, glyph, ascii);
}

bool canvas_text(struct canvas *canvas, int row, int col, enum style style, const char *text)
{
	int columns = text_width(text);

	if (!columns || !canvas_is_free(canvas, row, col, columns))
		return false;
	take(canvas, row, col, columns);
	add_text(canvas, row, col, style, text, NULL);
	return true;
}

/*
 * What a label here would cost: -1 when it cannot stand, else the lines it would
 * hide (the ground, level 1, counts little).  A blank is kept between it and what
 * is on its left and right, but for its own marker.
 */
static int label_cost(const struct canvas *canvas, int row, int col, int columns, int own_row,
		      int own_col)
{
	int cost = 0;

	if (!canvas_is_free(canvas, row, col, columns))
		return -1;
	for (int c = col - 1; c <= col + columns; c++) {
		const struct dots *cell = cell_at(canvas, row, c);

		if (!cell)
			continue;
		if (cell->taken && !(row == own_row && c == own_col))
			return -1;
		if (cell->bits && c >= col && c < col + columns)
			cost += cell->level > 1 ? 4 : 1;
	}
	return cost;
}

static bool try_label(struct canvas *canvas, int row, int col, bool left, enum style style,
		      const char *text)
{
	int columns = text_width(text), best = G_MAXINT, best_row = 0, best_col = 0;
	int near_side = left ? col - columns : col + 1, far_side = left ? col + 1 : col - columns;
	const int places[][2] = {
		{ row, near_side },
		{ row, far_side },
		/* Above and below, one end stands at the marker: else it seems another's. */
		{ row - 1, left ? col - columns + 1 : col },
		{ row + 1, left ? col - columns + 1 : col },
		{ row - 1, left ? col : col - columns + 1 },
		{ row + 1, left ? col : col - columns + 1 },
	};

	for (guint i = 0; i < G_N_ELEMENTS(places); i++) {
		int cost = label_cost(canvas, places[i][0], places[i][1], columns, row, col);

		/* Away from the side it must spare some lines. */
		cost += cost < 0 ? 0 : i < 2 ? 2 * (int)i : 20 + 2 * (int)i;
		if (cost < 0 || cost >= best)
			continue;
		best = cost;
		best_row = places[i][0];
		best_col = places[i][1];
	}
	if (best == G_MAXINT)
		return false;
	return canvas_text(canvas, best_row, best_col, style, text);
}

bool canvas_label(struct canvas *canvas, int row, int col, bool left, int least, enum style style,
		  const char *text)
{
	int columns = text_width(text);

	if (!columns)
		return false;
	if (try_label(canvas, row, col, left, style, text))
		return true;
	for (int shorter = columns * 3 / 4; shorter >= MAX(least, 2); shorter = shorter * 3 / 4) {
		g_autofree char *cut = text_fit(text, shorter, false);

		if (try_label(canvas, row, col, left, style, cut))
			return true;
	}
	return false;
}

bool canvas_label_near(struct canvas *canvas, int row, int col, int reach, enum style style,
		       const char *text)
{
	int columns = text_width(text), best = G_MAXINT, best_row = 0, best_col = 0;

	for (int dr = -reach; columns && dr <= reach; dr++) {
		for (int c = col - columns - 2 * reach; c <= col + 2 * reach; c++) {
			/* From the marker to the nearer end, in columns. */
			int aside = MAX(0, MAX(c - col, col - (c + columns - 1)));
			int distance = 4 * dr * dr + aside * aside;

			if (distance >= best || !canvas_is_free(canvas, row + dr, c, columns))
				continue;
			best = distance;
			best_row = row + dr;
			best_col = c;
		}
	}
	return best < G_MAXINT && canvas_text(canvas, best_row, best_col, style, text);
}

guint canvas_dots(const struct canvas *canvas, int row, int col)
{
	const struct dots *cell = cell_at(canvas, row, col);

	return cell ? cell->bits : 0;
}

static const char *quadrant_of(guint bits)
{
	static const char *const blocks[] = { " ", "▘", "▝", "▀", "▖", "▌", "▞", "▛",
					      "▗", "▚", "▐", "▜", "▄", "▙", "▟", "█" };
	guint at = 0;

	at |= bits & 0x03 ? 1 : 0;
	at |= bits & 0x18 ? 2 : 0;
	at |= bits & 0x44 ? 4 : 0;
	at |= bits & 0xa0 ? 8 : 0;
	return blocks[at];
}

/* The ASCII character whose ink is nearest to these dots. */
static char ascii_of(guint bits)
{
	static const struct {
		guint8 bits;
		char as;
	} shapes[] = {
		{ 0x12, '-' },	{ 0x24, '-' }, { 0x09, '"' },  { 0xc0, '_' },  { 0x47, '|' },
		{ 0xb8, '|' },	{ 0x5c, '/' }, { 0xa3, '\\' }, { 0x40, '.' },  { 0x80, '.' },
		{ 0x04, '.' },	{ 0x20, '.' }, { 0x01, '\'' }, { 0x08, '\'' }, { 0x02, '\'' },
		{ 0x10, '\'' }, { 0x05, ':' }, { 0x42, ':' },  { 0x28, ':' },  { 0x90, ':' },
		{ 0x41, ':' },	{ 0x88, ':' }, { 0xff, '#' },
	};
	int best = 9;
	char as = ' ';

	for (guint i = 0; bits && i < G_N_ELEMENTS(shapes); i++) {
		int off = __builtin_popcount(bits ^ shapes[i].bits);

		if (off < best) {
			best = off;
			as = shapes[i].as;
		}
	}
	return as;
}

static void paint_dots(const struct dots *cell, struct grid *grid, int row, int col,
		       enum canvas_ink ink)
{
	char buffer[8] = { 0 };
	const char *glyph = buffer;

	switch (ink) {
	case CANVAS_BRAILLE:
		g_unichar_to_utf8(0x2800u + cell->bits, buffer);
		break;
	case CANVAS_QUADRANT:
		glyph = quadrant_of(cell->bits);
		break;
	case CANVAS_ASCII:
		buffer[0] = ascii_of(cell->bits);
		break;
	case CANVAS_NAMES:
		return;
	}
	grid_put(grid, row, col, 1, (enum style)cell->style, glyph);
}

void canvas_paint(const struct canvas *canvas, struct grid *grid, int row, int col,
		  enum canvas_ink ink)
{
	bool ascii = ink == CANVAS_ASCII || ink == CANVAS_NAMES;

	for (int r = 0; r < canvas->rows; r++) {
		for (int c = 0; c < canvas->cols; c++) {
			const struct dots *cell = &canvas->cells[r * canvas->cols + c];

			if (cell->bits && !cell->taken)
				paint_dots(cell, grid, row + r, col + c, ink);
		}
	}
	for (guint i = 0; i < canvas->texts->len; i++) {
		const struct text *text = &g_array_index(canvas->texts, struct text, i);
		const char *shown = ascii && text->ascii ? text->ascii : text->text;

		grid_put(grid, row + text->row, col + text->col, canvas->cols - text->col,
			 text->style, shown);
	}
}
