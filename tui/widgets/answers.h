#ifndef TUI_WIDGETS_ANSWERS_H
#define TUI_WIDGETS_ANSWERS_H

#include "tui/app.h"

/*
 * A question across the middle of a view with a few answers to choose from, numbered: what
 * they are called and what follows is their owner's.
 */
struct answers {
	const char *asked;
	guint n, focus;
	const char *(*label)(const void *data, guint at);
	const void *data;
	const char *follows; /* from the focused one, in paragraphs; NULL: nothing is said */
};

void answers_draw(const struct answers *answers, struct grid *grid, struct rect area);

enum answers_result { ANSWERS_STAYS, ANSWERS_PICKED, ANSWERS_LEFT };
/* Moves the focus among `n`; a number picks, as Enter does. */
enum answers_result answers_key(guint n, guint *focus, gunichar key);

#endif
