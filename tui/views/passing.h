#ifndef TUI_VIEWS_PASSING_H
#define TUI_VIEWS_PASSING_H

#include "tui/app.h"

/*
 * What passes the filter, as a study of which nothing needs to be computed: the world's own
 * where nobody filters, else one that is made in pieces in a large network.
 */
struct passing {
	struct study *study; /* to be asked once `busy` is over */
	bool filtered;	     /* by the person: the world's own study is of another network */
	bool busy;	     /* being made: passing_work() */

	struct filter *filter;
	struct study *against; /* that the filter asks */
};

/* Anew. */
void passing_begin(struct passing *passing, const struct app *app, const struct world *world);
/* A piece of it; false: there is none left. */
bool passing_work(struct passing *passing);
void passing_clear(struct passing *passing);
/* In the place of what is shown of it later. */
void passing_draw_busy(struct grid *grid, struct rect area);

#endif
