#ifndef TUI_WIDGETS_CANVAS_H
#define TUI_WIDGETS_CANVAS_H

#include "tui/grid.h"

/*
 * A drawing made of dots, markers and labels, kept apart from the frame so that
 * it is made once when something changes and only painted while drawing.
 *
 * A cell has 2 x 4 dots; dot (0, 0) is at the top left, y grows downward.  A cell
 * shows the dots of one level only, the highest that touched it, in that level's
 * style: a tie is not blurred by the coast below it.  Markers and labels take
 * whole cells above all dots.
 */
struct canvas;

enum canvas_ink {
	CANVAS_BRAILLE,
	CANVAS_QUADRANT, /* for terminals whose font has block elements but no braille */
	CANVAS_ASCII,
	CANVAS_NAMES, /* markers and labels alone, in ASCII: for who listens to them */
};

enum canvas_dash {
	CANVAS_SOLID,
	CANVAS_DASHED,
	CANVAS_DOTTED,
	CANVAS_SPARSE,
};

#define CANVAS_DOTS_X 2
#define CANVAS_DOTS_Y 4

struct canvas *canvas_new(int rows, int cols);
void canvas_free(struct canvas *canvas); /* NULL accepted */
void canvas_clear(struct canvas *canvas);
int canvas_rows(const struct canvas *canvas);
int canvas_cols(const struct canvas *canvas);

/*
 * A line between two dots; what lies outside is clipped, NaN draws nothing.
 * `level` 1..255.  O(dots inside).
 */
void canvas_line(struct canvas *canvas, double x0, double y0, double x1, double y1,
		 enum canvas_dash dash, guint level, enum style style);

/* Whether `columns` cells from (row, col) are inside and hold no marker and no label. */
bool canvas_is_free(const struct canvas *canvas, int row, int col, int columns);

/*
 * The cell nearest to (row, col) whose marker would touch no other one: itself
 * when it is free.  False when nothing is free within `reach` rows.
 */
bool canvas_free_cell(const struct canvas *canvas, int row, int col, int reach, int *free_row,
		      int *free_col);

/* A marker: takes its cell, whatever dots are there.  Outside: nothing. */
void canvas_glyph(struct canvas *canvas, int row, int col, const char *glyph, const char *ascii,
		  enum style style);

/* A text at a place of its own; false, and nothing taken, when a cell of it is not free. */
bool canvas_text(struct canvas *canvas, int row, int col, enum style style, const char *text);

/*
 * Names the marker at (row, col): beside, above or below it, where it covers the
 * fewest lines and neither touches a marker nor another label; cut down to
 * `least` columns when nothing longer fits.  `left`: the left side is tried first.
 * False when there is no room.
 */
bool canvas_label(struct canvas *canvas, int row, int col, bool left, int least, enum style style,
		  const char *text);

/*
 * As canvas_label(), for the one name that must be seen: at the nearest place with
 * room within `reach` rows, beside other markers too if need be.  Its style must
 * say which marker it belongs to.
 */
bool canvas_label_near(struct canvas *canvas, int row, int col, int reach, enum style style,
		       const char *text);

/* The dots of a cell in braille order, 0 when blank: for tests. */
guint canvas_dots(const struct canvas *canvas, int row, int col);

/* Paints all of it with its top left at (row, col) of the grid. */
void canvas_paint(const struct canvas *canvas, struct grid *grid, int row, int col,
		  enum canvas_ink ink);

#endif
