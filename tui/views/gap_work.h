#ifndef TUI_VIEWS_GAP_WORK_H
#define TUI_VIEWS_GAP_WORK_H

#include "tui/widgets/prompt.h"

/*
 * What a person does about a gap, wherever it is shown: move its status, assign,
 * dismiss and put it off (with a question in the message row), propose a
 * partnership, try it.  Part of a view's state; zeroes are a beginning.
 */
struct gap_work {
	struct prompt *prompt; /* while something is asked, else NULL */
	enum action asking;
	char *gap; /* id of the one it is asked about */
};

void gap_work_release(struct gap_work *work);

/*
 * What `action` does to `gap` (NULL: none is under the cursor); `candidate` is the
 * one under the cursor, NULL: none is, so the gap's first are tried.  False when it is no such
 * action.
 */
bool gap_work_act(struct gap_work *work, struct app *app, const struct world *world,
		  const struct gap *gap, const struct candidate *candidate, enum action action,
		  struct effects *effects);

/* Whether that would do anything, as view_ops.can. */
bool gap_work_can(const struct world *world, const struct gap *gap, enum action action);

/* A key while something is asked. */
void gap_work_key(struct gap_work *work, struct app *app, const struct world *world, gunichar key,
		  struct effects *effects);

/* "introduced · ana", "" for an open one that nobody sees to; of who sees to it at most `owner`
 * columns, -1: all.  Caller frees. */
char *gap_status_brief(const struct gap *gap, int owner);

#endif
