#ifndef TUI_LOOP_H
#define TUI_LOOP_H

#include "data/workspace.h"
#include "tui/config.h"

/*
 * The app on the terminal of this process, until the person quits, the line drops
 * or a signal ends it.  `findings` are what opening found in the files (borrowed,
 * may be NULL); `filter` is the filter to begin with ("" none); `config` the
 * settings, where what the person keeps goes too (may be NULL).  Returns an exit
 * code: 0 when left by the person; 69 with `error` set when no terminal can be
 * used; 128 + signal when one ended it.  The terminal is left as it was found.
 */
int loop_run(struct workspace *workspace, const struct findings *findings, const char *filter,
	     struct config *config, GError **error);

#endif
