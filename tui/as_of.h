#ifndef TUI_AS_OF_H
#define TUI_AS_OF_H

#include "tui/app.h"

/*
 * A year back or on, and back to now, from any view.  False: the action is another
 * one.  ACTION_BACK leads back to now as well, where there is a way.
 */
bool as_of_act(struct app *app, const struct world *world, enum action action,
	       struct effects *effects);
/* Asks for the network as of a day ("2021", "2021-06"); NULL: as it is. */
void as_of_ask(struct effects *effects, const char *day);

#endif
