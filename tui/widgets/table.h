#ifndef TUI_WIDGETS_TABLE_H
#define TUI_WIDGETS_TABLE_H

#include "tui/app.h"
#include "tui/widgets/prompt.h"
#include "tui/widgets/table_marks.h"
#include "tui/widgets/table_order.h"

/*
 * A table of records on the screen: columns, sorting, scrolling, marks, search.
 * A record is a number; its cells are made when they are drawn, so a table of
 * 200,000 costs a few bytes for each.  What takes longer than a frame is done in
 * pieces, tableview_work().  What is selected and marked is remembered by id, so
 * that it survives new records, a new order and a filter.  (base/out.h has the
 * other table, for plain output.)
 */
struct tableview_column {
	const char *key;   /* "city": its name where columns are remembered */
	const char *title; /* NC_("column", …) */
	const char *about; /* N_(): what the head stands for; NULL: its field or measure says it */
	int width;	   /* columns it wants at least, if its texts take so many */
	int grow;	   /* share of what is left over; 0: stays at width */
	bool right;	   /* right-aligned: numbers */
	bool descending;   /* the first sort is from the highest */
	int bar;	   /* columns of a bar before the text, scaled to the largest; 0: none */
	int rank;	   /* where space is short the highest rank goes first; 0: never goes */
	bool off;	   /* not shown until it is chosen */
	bool last;	   /* shown where all else is whole; of a column with a rank */
	bool name;	   /* one of many that begin alike: cut before its last words */
	bool words; /* a state in a word or two, long in some language: whole before others */
	/* What people call it, put first where its name does not fit; NULL: nothing. */
	const char *(*brief)(const void *data, guint record);
	const void *arg; /* of the functions below */

	/* What `record` is sorted by, NAN: behind all numbers; NULL: sorted by its text. */
	double (*number)(const void *data, const void *arg, guint record);
	/* Its cell, caller frees; `*style` is STYLE_NORMAL before.  NULL: the number, whole. */
	char *(*text)(const void *data, const void *arg, guint record, enum style *style);
};

/* What is shown: `n` records of `data`, which the caller keeps as long as the table has it. */
struct tableview_source {
	const void *data;
	guint n;
	char *(*id)(const void *data, guint record);	/* caller frees */
	int (*find)(const void *data, const char *id);	/* -1: no such record */
	char *(*words)(const void *data, guint record); /* searched, a name a line */
	bool (*passes)(const void *data, guint record); /* NULL: all are shown */
};

struct tableview_search;

/* Columns that the texts of a column take: all of them, nine in ten; -1: not known. */
struct tableview_need {
	int most, usual;
};

#define TABLEVIEW_WHOLE 4096 /* records up to which all work is done at once */

struct tableview {
	const struct tableview_column *columns; /* the caller's; the first is always shown */
	guint n_columns;
	bool *chosen;
	struct tableview_source source;
	struct order order;
	struct marks *marks;
	char *range;		      /* id where a range of marks begins, or NULL */
	char *selected;		      /* id, NULL when there are no rows */
	char *beside;		      /* id of its neighbour: selected when that is gone */
	int wanted;		      /* record that gets the focus once it is there; -1 none */
	bool first;		      /* whoever is first gets it, until all are in order */
	guint focus;		      /* position among those shown */
	guint top;		      /* first row shown */
	guint page;		      /* rows that fit, set by tableview_layout() */
	guint aside;		      /* columns scrolled past, behind the first */
	struct tableview_need *needs; /* of each column */
	int sort;		      /* column, -1: as added */
	bool reverse;
	bool arranged;	       /* columns or order were changed by hand and not remembered yet */
	struct prompt *prompt; /* while a search is typed */
	struct tableview_search *search;
};

struct tableview *tableview_new(const struct tableview_column *columns, guint n, int sort);
void tableview_free(struct tableview *table); /* NULL accepted */

/* What has changed since tableview_fill() was called last. */
enum tableview_change {
	TABLEVIEW_TEST = 1 << 0,    /* who passes */
	TABLEVIEW_NUMBERS = 1 << 1, /* numbers of columns */
	TABLEVIEW_RECORDS = 1 << 2, /* everything */
};
/*
 * Shows records of `source` (copied); the selection is found again by id, when it
 * is gone it is the row that took its place.  Does a first piece of the work, which
 * is all of it up to some thousand records.
 */
void tableview_fill(struct tableview *table, const struct tableview_source *source, guint changes);
/* A further piece; false: there was none left. */
bool tableview_work(struct tableview *table);
bool tableview_is_done(const struct tableview *table);

/* After other columns were chosen: what their bars and texts need. */
void tableview_measure(struct tableview *table);

/* Columns that show all its texts whole, as far as they are known. */
int tableview_full(const struct tableview *table);

/* Says how many rows (heading included) it will be drawn in; call from refresh and update. */
void tableview_layout(struct tableview *table, int rows);

guint tableview_shown(const struct tableview *table);	       /* rows, so far */
int tableview_record(const struct tableview *table);	       /* under the cursor; -1 */
const char *tableview_selected(const struct tableview *table); /* id or NULL */
/* Ids of the marked rows shown, a line each, in order; NULL: there are none, or they take more
 * than `most` bytes.  Caller frees. */
char *tableview_marks(const struct tableview *table, gsize most);
bool tableview_select(struct tableview *table, const char *id); /* false: no such record */
guint tableview_marked(const struct tableview *table);		/* how many */
guint tableview_hidden(const struct tableview *table); /* marked, and not shown: known to be */
bool tableview_is_marked(const struct tableview *table, guint record);
void tableview_unmark(struct tableview *table);

/*
 * Movement, sort, marks and search.  False when the event is not the table's
 * (OPEN, EDIT … are the view's).  While tableview_typing() every key comes here.
 */
bool tableview_update(struct tableview *table, const struct event *event, enum action action);
bool tableview_typing(const struct tableview *table);
/* As a person asked for it: the focus goes to whoever is first then. */
void tableview_sort(struct tableview *table, guint column, bool reverse);

/* A click of the mouse on a table drawn in `area`: a heading sorts, a row gets the focus.  True
 * when that row had it before. */
bool tableview_click(struct tableview *table, struct rect area, int row, int col);

/* What was searched for last, and whether there is none; NULL: nothing was. */
const char *tableview_needle(const struct tableview *table, bool *no_match);
/* Words that nothing had are looked for no more, once something else is done. */
void tableview_forget(struct tableview *table);
/* Whether the last search finds a record. */
bool tableview_match(const struct tableview *table, guint record);

const char *tableview_title(const struct tableview_column *column); /* translated */

/* Columns and order as a line of text ("name,city sort=ties-"), and back.  Caller frees. */
char *tableview_arrangement(const struct tableview *table);
void tableview_arrange(struct tableview *table, const char *arrangement);

void tableview_draw(const struct tableview *table, struct grid *grid, struct rect area);

#endif
