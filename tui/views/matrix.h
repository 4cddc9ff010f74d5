#ifndef TUI_VIEWS_MATRIX_H
#define TUI_VIEWS_MATRIX_H

#include "tui/views/passing.h"
#include "tui/widgets/page.h"

/* What cells of the matrix show. */
enum cell_mode { CELL_CHANCE, CELL_TIES, CELL_DENSITY, CELL_MEMBERS, CELL_MODES };

enum matrix_order {
	ORDER_ALIKE,  /* those with like partners together */
	ORDER_SIZE,   /* those with most first */
	ORDER_LISTED, /* as the network lists its words */
	ORDER_COUNT,
};

/*
 * How the ties of a cell compare with what chance gives: -1 fewer, 1 more, both after
 * correction for all cells; -2 and 2 where at most one network in a thousand has so few or so
 * many: none, where fewer were drawn.
 */
int matrix_surprise(const struct matrix *matrix, gsize cell);

/* What the screen of a matrix holds; made anew whenever something changes. */
struct matrix_view {
	struct passing passing; /* of what passes the filter */
	struct matrix *matrix;	/* NULL while it is made */
	struct matrix *making;
	enum attribute by_rows, by_cols;
	enum cell_mode mode;
	enum matrix_order order;
	bool too_large; /* to be shown at all */
	bool wanting;	/* what chance gives is to be asked for */
	char *filter;	/* of what is shown */
	/* Of this it was asked for. */
	struct study *asked; /* held: another one must not come to stand in its place */
	enum attribute asked_rows, asked_cols;
	guint *rows, *cols; /* groups in the order shown */
	guint n_rows, n_cols;
	char *row_id, *col_id; /* groups under the cursor */
	guint row, col;	       /* their places */
	bool found_col;	       /* what was searched for last is a column, not a row */
	guint top, left;       /* first ones shown */

	/* Layout. */
	int label_columns, cell_columns, head_lines;
	int said_lines;	    /* that the sentence keeps, however long it is */
	int sentence_lines; /* below the rows: of the sentence, the key and the legend */
	guint page_rows, page_cols;
	char ***heads;	     /* of each column, `head_lines` texts */
	GPtrArray *key;	     /* char *, lines: what heads are short for; where there is room */
	GPtrArray *sentence; /* char *, about the cell under the cursor */
	GPtrArray *legend;   /* char *, what signs mean */
};

static inline gsize matrix_at(const struct matrix_view *view, guint row, guint col)
{
	return (gsize)view->rows[row] * view->matrix->n_cols + view->cols[col];
}

/* Whether what chance gives is on its way. */
bool matrix_awaits_chance(const struct matrix_view *view);

/* What stands in a cell; `out` has room for 16. */
enum style matrix_cell_text(const struct matrix_view *view, guint row, guint col, char *out);
/* What signs and empty cells mean.  Translated. */
const char *matrix_legend(enum cell_mode mode);
/* The cell under the cursor in words.  Caller frees. */
char *matrix_sentence(const struct matrix_view *view);

/* Shares `area` among labels, heads, cells and the sentence; scrolls to the cursor. */
void matrix_layout(struct matrix_view *view, struct rect area);
void matrix_draw(const struct matrix_view *view, struct grid *grid, struct rect area);
/* A click there: the cursor goes to that cell, row or column; true: it was on that cell. */
bool matrix_click(struct matrix_view *view, struct rect area, int row, int col);
void matrix_heads_free(struct matrix_view *view);

/*
 * Orders groups so that those with like partners stand together: by the first axis
 * of a correspondence analysis of `weights` (n_rows x n_cols; with `same` rows and
 * columns are the same groups and get the same order).  Groups with hardly any
 * weight would pull the axis to themselves and tell nothing: they come behind,
 * those with most first.  Deterministic; O(cells) a step.
 */
void matrix_seriate(const double *weights, guint n_rows, guint n_cols, bool same, guint *rows,
		    guint *cols);
/* Those with most weight first. */
void matrix_by_size(const double *weights, guint n_rows, guint n_cols, guint *rows, guint *cols);

#endif
