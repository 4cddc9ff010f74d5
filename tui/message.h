#ifndef TUI_MESSAGE_H
#define TUI_MESSAGE_H

#include "tui/app.h"

/*
 * Below the view, in the rows of messages and keys (-1: there is none): the outcome of the
 * last key, or what is being typed with a word that helps.  What is longer than a row takes
 * those of the keys (`*footer_taken`) and of the view, until the next key.  Returns the first
 * row that is taken.
 */
int message_draw(const struct app *app, const struct world *world, struct grid *grid, int row,
		 int footer, bool *footer_taken);

/* How many rows above that of the keys it takes, with the one that is its own. */
int message_rows(const struct app *app, const struct world *world, int footer);

#endif
