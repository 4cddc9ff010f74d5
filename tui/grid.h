#ifndef TUI_GRID_H
#define TUI_GRID_H

#include <glib.h>
#include <stdbool.h>

/*
 * A frame: cells of text, width and style role.  Views paint it; a back end
 * brings it to a terminal or a test dump.  Every text passes the cleaning door
 * inside grid_put().  Drawing outside is clipped, never an error.
 */
enum style {
	STYLE_NORMAL,
	STYLE_STRONG,	/* headings, the focused name */
	STYLE_DIM,	/* secondary */
	STYLE_SELECTED, /* the focused row: reverse */
	STYLE_BAR,	/* title row */
	STYLE_KEY,	/* a key in the footer */
	STYLE_GOOD,
	STYLE_WARN,
	STYLE_BAD,
	STYLE_ACCENT, /* links, active tab, chart ink */
	STYLE_A,      /* six categorical colours, for sectors on the map */
	STYLE_B,
	STYLE_C,
	STYLE_D,
	STYLE_E,
	STYLE_F,
	STYLE_COUNT
};

struct cell {
	char text[24]; /* one cleaned cluster, NUL-terminated; "" is the right half of a wide one */
	guint8 style;
	guint8 width; /* 1 or 2; 0 for the right half */
};

struct grid {
	int rows, cols;
	struct cell *cells;
	int cursor_row, cursor_col; /* where the hardware cursor rests; -1 hidden */
	bool ascii;    /* only ASCII may be drawn: line and block glyphs have fallbacks */
	GArray *spots; /* struct grid_spot: where a click is a key */
	bool plain;    /* with ascii: lines, blocks and dots are left out altogether */
};

struct rect {
	int row, col, rows, cols;
};

struct grid *grid_new(int rows, int cols);
void grid_free(struct grid *grid);
void grid_resize(struct grid *grid, int rows, int cols);
void grid_clear(struct grid *grid);

/* A place that stands for a key, as in the footer: a click there is that key. */
struct grid_spot {
	int row, col, cols;
	gunichar key;
};
void grid_spot(struct grid *grid, int row, int col, int cols, gunichar key);
gunichar grid_key_at(const struct grid *grid, int row, int col); /* 0: none */

/*
 * Writes cleaned text into at most `columns` (clipped with "…"; < 0: to the
 * edge); returns the columns taken.  With ascii set, glyphs outside ASCII that
 * the program itself draws are mapped; people's text stays.
 */
int grid_put(struct grid *grid, int row, int col, int columns, enum style style, const char *text);
int grid_printf(struct grid *grid, int row, int col, int columns, enum style style,
		const char *format, ...) G_GNUC_PRINTF(6, 7);
/* As grid_put, right-aligned in exactly `columns`. */
void grid_put_right(struct grid *grid, int row, int col, int columns, enum style style,
		    const char *text);
void grid_fill(struct grid *grid, struct rect area, enum style style, const char *glyph);
/* Changes the style of cells, leaving their text. */
void grid_style(struct grid *grid, struct rect area, enum style style);
void grid_cursor(struct grid *grid, int row, int col);

/* A horizontal bar of `columns` cells filled to `share` (0..1) in eighths. */
void grid_bar(struct grid *grid, int row, int col, int columns, double share, enum style style);

/* The sign that rows go on above or below those shown in `area`, at its right edge. */
void grid_more(struct grid *grid, struct rect area, bool above, bool below);

/* One line a row, trailing blanks cut; for golden files.  With styles: a second block of letters.
 */
char *grid_dump(const struct grid *grid, bool styles);

#endif
