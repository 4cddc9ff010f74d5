#ifndef TUI_VIEWS_PROPOSE_H
#define TUI_VIEWS_PROPOSE_H

#include "tui/app.h"

/* Asks which pair of a gap is to be proposed as partners, and shows what that writes; its subject
 * is the gap's id. */
extern const struct view_ops view_propose;

/* Whether two are to be brought together who have no partnership in their entries yet. */
bool propose_fits(const struct world *world, const struct candidate *candidate);

/* Opens the question for a gap, at `candidate` where the cursor is on one (else NULL); or says why
 * there is nothing to propose. */
void propose_ask(struct app *app, const struct world *world, const struct gap *gap,
		 const struct candidate *candidate);

#endif
