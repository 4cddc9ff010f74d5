#ifndef TUI_VIEWS_UNDO_H
#define TUI_VIEWS_UNDO_H

#include "tui/app.h"

/* Asks whether the change of an EVENT_WHICH is meant. */
extern const struct view_ops view_undo;

/* u and ^R in the view on top: EFFECT_UNDO or EFFECT_REDO, or why not. */
void undo_ask(struct app *app, const struct world *world, enum effect_type type,
	      struct effects *effects);
/* EVENT_WHICH: the question. */
void undo_which(struct app *app, const struct world *world, const struct event *event,
		struct effects *effects);

/* What is looked at, as EFFECT_UNDO wants it.  Caller frees. */
char *undo_about(const struct view *view, const struct world *world);
/* Whether a change has to do with that. */
bool undo_is_about(const struct change *change, const char *about);

#endif
