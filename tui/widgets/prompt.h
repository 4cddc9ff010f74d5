#ifndef TUI_WIDGETS_PROMPT_H
#define TUI_WIDGETS_PROMPT_H

#include "tui/app.h"

/*
 * One line of typing with the usual editing keys: arrows, Home, End, ^A ^E ^B ^F
 * by character, ^W a word, ^U to the start, ^K to the end, Backspace, Delete.
 * Only characters that may be stored get in.
 */
struct prompt {
	char *label;   /* shown before it: "/", "Filter: "; may be "" */
	GString *text; /* what has been typed */
	gsize at;      /* byte offset of the cursor */
	bool offered;  /* nobody has touched the text: the first character takes its place */
};

enum prompt_result {
	PROMPT_IGNORED, /* not a key of a prompt: Tab, arrows up and down, … */
	PROMPT_MOVED,	/* cursor moved or nothing to do */
	PROMPT_CHANGED, /* the text is another one */
	PROMPT_DONE,	/* Enter */
	PROMPT_LEFT,	/* Esc */
};

struct prompt *prompt_new(const char *label, const char *text); /* cursor at the end */
/* The same with a text that will often do: other keys than characters edit it. */
struct prompt *prompt_offer(const char *label, const char *text);
void prompt_free(struct prompt *prompt); /* NULL accepted */
void prompt_set(struct prompt *prompt, const char *text);
enum prompt_result prompt_key(struct prompt *prompt, gunichar key);

/*
 * Paints label and text into one row of `columns`, scrolled so that the cursor is
 * seen; with `focused` the hardware cursor goes there.
 */
void prompt_draw(const struct prompt *prompt, struct grid *grid, int row, int col, int columns,
		 enum style style, bool focused);

#endif
