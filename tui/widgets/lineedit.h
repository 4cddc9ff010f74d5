#ifndef TUI_LINEEDIT_H
#define TUI_LINEEDIT_H

#include "tui/grid.h"

/*
 * One line of text under the cursor: what a field of a form and the query of a
 * menu are typed into.  Moves and deletes by cluster (a letter with its marks).
 * Knows ^A ^E ^B ^F ^H ^U ^K ^W; ^D stays free for paging.
 */
struct lineedit {
	GString *text;
	gsize cursor; /* byte offset, at a cluster boundary */
	bool lines;   /* ^J puts a line break, shown as "⏎" */
};

enum lineedit_result {
	LINEEDIT_IGNORED, /* not an editing key */
	LINEEDIT_MOVED,
	LINEEDIT_CHANGED,
	LINEEDIT_REFUSED, /* a character that may not be stored; nothing changed */
};

void lineedit_init(struct lineedit *edit, const char *text); /* NULL: empty */
void lineedit_release(struct lineedit *edit);
/* The whole text anew, cursor behind it. */
void lineedit_set(struct lineedit *edit, const char *text);

/* `key` is a code point or a TUI_KEY_… of tui/app.h. */
enum lineedit_result lineedit_key(struct lineedit *edit, gunichar key);

/*
 * Paints the part of the text that holds the cursor into `columns`.  `hint` (or
 * NULL) stands there, dim, while the text is empty.  `focused` puts the hardware
 * cursor on it.
 */
void lineedit_draw(const struct lineedit *edit, struct grid *grid, int row, int col, int columns,
		   enum style style, const char *hint, bool focused);

/* Longest text that can be typed, in bytes: far above use, far below a file's limit. */
#define LINEEDIT_MAX 16384

#endif
