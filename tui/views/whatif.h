#ifndef TUI_VIEWS_WHATIF_H
#define TUI_VIEWS_WHATIF_H

#include "tui/app.h"

/* In the text of steps: before a territory, and before the gap that they are tried for. */
#define WHATIF_PLACE_MARK '@'
#define WHATIF_GAP_MARK	  '!'

/*
 * Opens the scorecard of steps, one a line: "innovec unal" work together, "innovec
 * @co-quindio" acts there too, "innovec" alone leaves; "!G2:co-quindio" says for
 * which gap that is tried, and what becomes of it is told first.  False, and says so, while there
 * is nothing to compare with.
 */
bool whatif_try(struct app *app, const struct world *world, const char *steps,
		struct effects *effects);

#endif
