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
 * `title`; `focus` -1: none.  With `cursor` the hardware cursor rests on the focus.
 */
void popup_draw(const GPtrArray *items, int focus, const char *title, int most, struct grid *grid,
		struct rect area, bool cursor);

#endif
