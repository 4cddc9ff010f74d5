#ifndef TUI_WIDGETS_PAGE_H
#define TUI_WIDGETS_PAGE_H

#include "tui/app.h"

/*
 * A page of text that scrolls: lines of styled pieces, some of which lead
 * somewhere (a partner, a gap).  Movement goes from link to link and scrolls
 * through what has none.  The focused link is remembered by its name over a
 * rebuild.  Cards, overview, help and details panes are pages.
 */
struct page_piece {
	int col;     /* where it begins; -1: right behind the former */
	int columns; /* most it takes; -1: to the edge */
	guint8 style;
	bool right; /* right-aligned in `columns` */
	double bar; /* 0..1: a bar of `columns` and no text; NAN: text */
	char *text;
};

struct page_line {
	GArray *pieces; /* struct page_piece */
	char *link;	/* what Enter opens: "institution/innovec", "gap/G1:…", or NULL */
};

struct page {
	GPtrArray *lines; /* struct page_line *, owned */
	guint top, rows;  /* first line shown, lines that fit */
	int focus;	  /* line of the focused link, -1 none */
	char *focus_link;
	guint focus_nth; /* of several lines with that link */
	int found;	 /* line of what was searched for, -1 none */
	/* A link that went while the cursor was on it, as gaps do while they are computed: when
	 * it comes back before anybody moves, the page is as it was.  NULL: none. */
	char *lost_link;
	guint lost_nth, lost_top;
	bool moved; /* somebody moved here: what is focused stays in sight over a rebuild */
};

struct page *page_new(void);
void page_free(struct page *page); /* NULL accepted */

/* Rebuild: begin, lines, end. */
void page_begin(struct page *page);
void page_end(struct page *page);

void page_line(struct page *page, const char *link); /* a new, empty line */
/* Pieces go to the last line. */
void page_text(struct page *page, int col, int columns, enum style style, const char *text);
void page_printf(struct page *page, int col, int columns, enum style style, const char *format, ...)
	G_GNUC_PRINTF(5, 6);
void page_right(struct page *page, int col, int columns, enum style style, const char *text);
void page_bar(struct page *page, int col, int columns, enum style style, double share);
/* A heading line, with an empty one before it unless it is the first. */
void page_heading(struct page *page, const char *text);
/* `text` broken into lines of `columns` from `col` on, each with `link`. */
void page_wrap(struct page *page, int col, int columns, enum style style, const char *text,
	       const char *link);

/* A mark in front of a line that is there already, as before a passage of page_wrap(). */
void page_mark(struct page *page, guint line, int col, enum style style, const char *text);

void page_layout(struct page *page, int rows);
bool page_update(struct page *page, enum action action); /* movement only */
/* Scrolls to the next (`step` 1) or former (-1) line with the words; false: there is none. */
bool page_find(struct page *page, const char *needle, int step);
/* A click on a line of a page drawn in `area`; true: its link was under the cursor already. */
bool page_click(struct page *page, struct rect area, int row);
const char *page_link(const struct page *page); /* under the cursor, or NULL */
void page_draw(const struct page *page, struct grid *grid, struct rect area, bool focused);

/* Opens what a link names: a card, a gap, a record's history, what is wrong with the files.  False:
 * nothing to open. */
bool page_follow(const char *link, struct app *app, const struct world *world);

#endif
