#ifndef TUI_COMPLETE_H
#define TUI_COMPLETE_H

#include "tui/app.h"

/*
 * What could stand at the cursor of a line that is being typed, and choosing from
 * it with Tab.
 */
struct completion {
	GPtrArray *items; /* struct popup_item *: id is what is written */
	gsize from, to;	  /* bytes of the line that a choice takes the place of */
	int at;		  /* chosen, -1: none yet */
	char *says;	  /* what stands above the list: what is typed here, or NULL */
};

void completion_free(struct completion *completion); /* NULL accepted */

/* Of a filter of institutions, with names of measures and of saved filters. */
struct completion *complete_filter(const struct app *app, const struct world *world,
				   const char *text, gsize at);
/* Of the command line: actions that work here, commands, and what those take. */
struct completion *complete_command(const struct app *app, const struct world *world,
				    const char *text, gsize at);

/* Puts the next (`step` 1) or former (-1) choice into the prompt; false: there is none. */
bool completion_choose(struct completion *completion, struct prompt *prompt, int step);

#endif
