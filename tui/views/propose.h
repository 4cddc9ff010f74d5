#ifndef TUI_VIEWS_PROPOSE_H
#define TUI_VIEWS_PROPOSE_H

#include "tui/app.h"

/* Asks which pair of a gap is to be proposed as partners, or who is to work in its territory, and
 * shows what that writes; its subject is the gap's id. */
extern const struct view_ops view_propose;

/* Whether two are to be brought together who have no partnership in their entries yet. */
bool propose_fits(const struct world *world, const struct candidate *candidate);

/* Whether that can be of any candidate of a gap, or that they begin to work in its territory. */
bool propose_can(const struct world *world, const struct gap *gap);

/* "UTP in Quindío", of two ids.  Caller frees. */
char *propose_join_text(const struct world *world, const char *institution, const char *territory);

/* Opens the question for a gap, at `candidate` where the cursor is on one (else NULL); or says why
 * there is nothing to propose. */
void propose_ask(struct app *app, const struct world *world, const struct gap *gap,
		 const struct candidate *candidate);

#endif
