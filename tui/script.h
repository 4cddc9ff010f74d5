#ifndef TUI_SCRIPT_H
#define TUI_SCRIPT_H

#include "data/workspace.h"
#include "tui/config.h"

#include <stdio.h>

/*
 * The app under a script of keys, with no terminal: the same update and draw, with
 * effects carried out on the workspace and the study computed at once.  For golden
 * screens, random keys and pictures of the documentation.
 *
 * The file has one thing a line; '#' begins a comment:
 *   keys j j Enter ^D     named keys or single characters, by blanks
 *   type words to type    each character as a key
 *   size 24x80            rows x columns from here on
 *   click 5 10            the mouse, at row 5 and column 10 of the frame (from 0)
 *   wheel up              or down
 *   screen [title]        writes the frame to `out`
 * `findings` are those of opening, or NULL.  A frame is written at the end when the script asked
 * for none.  Returns 0, or an exit code with `error` set (66 no such file, 65 a line that means
 * nothing).
 */
int script_run(struct workspace *workspace, const struct findings *findings, const char *keys_file,
	       int rows, int cols, bool styles, struct config *config, FILE *out, GError **error);

#endif
