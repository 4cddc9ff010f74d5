#ifndef TUI_WIDGETS_TABLE_H
#define TUI_WIDGETS_TABLE_H

#include "tui/app.h"
#include "tui/widgets/prompt.h"

/*
 * A table of records on the screen: columns, sorting, scrolling, marks, search.
 * What is selected and marked is remembered by id, so that it survives new rows,
 * a new order and a filter.  (base/out.h has the other table, for plain output.)
 */
struct tableview_column {
	const char *title; /* N_() */
	int width;	   /* columns it wants at least */
	int grow;	   /* share of what is left over; 0: stays at width */
	bool right;	   /* right-aligned: numbers */
	bool descending;   /* the first sort is from the highest */
	int bar;	   /* columns of a bar before the text, scaled to the largest; 0: none */
	int rank;	   /* where space is short the highest rank goes first; 0: never goes */
};

struct tableview_cell {
	char *text;
	char *key;     /* folded text, once sorted by: the same order in every locale */
	double number; /* sort key; NAN: sorts by text, behind all numbers */
	guint8 style;
};

struct tableview_row {
	char *id;
	char *words;	   /* what search looks in, a name a line */
	GPtrArray *search; /* char *, the same folded, once searched; else NULL */
	struct tableview_cell *cells;
	bool marked;
};

struct tableview {
	const struct tableview_column *columns;
	guint n_columns;
	GPtrArray *rows; /* struct tableview_row *, in the order shown */
	GHashTable *marks;
	char *selected; /* id, NULL when there are no rows */
	guint focus;	/* its position */
	guint top;	/* first row shown */
	guint page;	/* rows that fit, set by tableview_layout() */
	int sort;	/* column, -1: as added */
	bool reverse;
	struct prompt *prompt; /* while a search is typed */
	char *needle;	       /* folded, of the last search; NULL none */
	char *search_from;     /* id selected when the search began */
	bool no_match;	       /* of the needle */
};

struct tableview *tableview_new(const struct tableview_column *columns, guint n, int sort);
void tableview_free(struct tableview *table); /* NULL accepted */

/*
 * New rows: begin, for each record row and its cells, end.  end sorts and finds
 * the selection again (by id; when it is gone, the row that took its place).
 */
void tableview_begin(struct tableview *table);
/* `search` has one name or word group a line. */
void tableview_row(struct tableview *table, const char *id, const char *search);
void tableview_text(struct tableview *table, guint column, enum style style, const char *text);
/* A number with its text as people read it (NULL: made with no decimals; NAN shows "text" or "–").
 */
void tableview_number(struct tableview *table, guint column, enum style style, double value,
		      const char *text);
void tableview_end(struct tableview *table);

/* Says how many rows (heading included) and columns it will be drawn in; call from refresh and
 * update. */
void tableview_layout(struct tableview *table, int rows);

const char *tableview_selected(const struct tableview *table); /* id or NULL */
/* Ids of the marked rows shown, a line each; NULL when there are none.  Caller frees. */
char *tableview_marks(const struct tableview *table);
bool tableview_select(struct tableview *table, const char *id); /* false: no such row */
guint tableview_marked(const struct tableview *table);		/* how many */

/*
 * Movement, sort, marks and search.  False when the event is not the table's
 * (OPEN, EDIT … are the view's).  While tableview_typing() every key comes here.
 */
bool tableview_update(struct tableview *table, const struct event *event, enum action action);
bool tableview_typing(const struct tableview *table);

/* How well the last search finds a row; 0: not. */
int tableview_match(const struct tableview *table, const struct tableview_row *row);

void tableview_draw(const struct tableview *table, struct grid *grid, struct rect area);

#endif
