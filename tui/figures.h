#ifndef TUI_FIGURES_H
#define TUI_FIGURES_H

#include "tui/app.h"
#include "tui/memory.h"

/*
 * How large a network was when it was last open: what a first frame can say of one that
 * takes a moment to read.  Kept in the person's memory of it.
 */

/* Of the network as it is, not of another day; `now` in microseconds.  Best effort. */
void figures_keep(struct memory *memory, const struct world *world, const struct model *present,
		  gint64 now);
/* Lines from `row` on; nothing where nothing was kept. */
void figures_draw(const struct memory *memory, struct grid *grid, int row);

#endif
