#ifndef TUI_WIDGETS_POPUP_H
#define TUI_WIDGETS_POPUP_H

#include "tui/app.h"

/*
 * A list that stands above the row where something is typed: what it could become.
 * Its owner has the keys; here are the items and how they are shown.
 */
struct popup_item {
	char *id;    /* what it stands for */
	char *label; /* what people read */
	char *note;  /* dim, at the right: a key, a kind; or NULL */
};

struct popup_item *popup_item_new(const char *id, const char *label, const char *note);
GPtrArray *popup_items_new(void); /* struct popup_item *, owned */

/*
 * Paints the items into the last rows of `area`, at most `most`, under a line with
 * `title`; `focus` -1: none.  The first is `top`, but the focus is always shown.  With
 * `cursor` the hardware cursor rests on it.
 */
void popup_draw(const GPtrArray *items, int focus, int top, const char *title, int most,
		struct grid *grid, struct rect area, bool cursor);

/* The item that is clicked there, -1: none; `*top` becomes the first that is shown, so that what
 * is clicked stays under the mouse. */
int popup_click(const GPtrArray *items, int focus, int *top, int most, struct rect area, int row);

#endif
