#ifndef TUI_TERM_NCURSES_H
#define TUI_TERM_NCURSES_H

#include "tui/grid.h"

/*
 * The terminal of this process.  There is one: ncurses and the handlers that put
 * a terminal right after a crash know no second.
 */
struct terminal;

/*
 * Takes over the terminal on standard input and output.  A TERM that this machine
 * does not know falls back to a plain one, with a notice.  Fails with
 * TELAR_ERROR_UNAVAILABLE when there is no terminal.
 */
struct terminal *terminal_open(GError **error);
/* Leaves the terminal as it was found.  NULL accepted. */
void terminal_close(struct terminal *term);

/* A word about a fallback to show once, or NULL. */
const char *terminal_notice(const struct terminal *term);
/* Whether it can be expected to show more than letters: braille, blocks, triangles. */
bool terminal_is_unicode(const struct terminal *term);

int terminal_fd(const struct terminal *term); /* for waiting on input */
void terminal_size(const struct terminal *term, int *rows, int *cols);
/* Asks the kernel for the size; the next draw sends everything. */
void terminal_resize(struct terminal *term);

/* Whether clicks and the wheel come as keys; where the last of them was. */
void terminal_mouse(struct terminal *term, bool on);
void terminal_pointer(const struct terminal *term, int *row, int *col);

/* The next key that has arrived, and whether it was pasted; false when there is none left. */
bool terminal_key(struct terminal *term, gunichar *key, bool *pasted);

/*
 * Which theme (style.h) and whether colours: "auto", "always" or "never".  The next
 * draw sends everything.
 */
void terminal_look(struct terminal *term, const char *theme, const char *color);

/* Brings a frame to the screen, sending what differs. */
void terminal_draw(struct terminal *term, const struct grid *grid);
/* The next draw sends everything. */
void terminal_redraw(struct terminal *term);

/* Gives the terminal back while stopped, and takes it over again. */
void terminal_pause(struct terminal *term);
void terminal_continue(struct terminal *term);

/* Puts `text` into the clipboard of the person's own computer (OSC 52). */
void terminal_copy(struct terminal *term, const char *text);

#endif
