#ifndef TUI_VIEWS_WHATIF_H
#define TUI_VIEWS_WHATIF_H

#include "tui/app.h"

/*
 * Opens the scorecard of steps, one a line: "innovec unal" work together, "innovec"
 * alone leaves.  False, and says so, while there is nothing to compare with.
 */
bool whatif_try(struct app *app, const struct world *world, const char *steps,
		struct effects *effects);

#endif
