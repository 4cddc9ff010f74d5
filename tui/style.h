#ifndef TUI_STYLE_H
#define TUI_STYLE_H

#include "tui/grid.h"

/* How a role of style looks on a terminal of so many colours. */
enum look_attribute {
	LOOK_BOLD = 1 << 0,
	LOOK_DIM = 1 << 1,
	LOOK_REVERSE = 1 << 2,
	LOOK_UNDERLINE = 1 << 3,
};

struct look {
	short ink, paper; /* colour numbers, -1: the terminal's own */
	guint attributes;
};

struct theme;

/*
 * The theme of `name` ("default", "dark", "light", "high-contrast", "mono"; NULL or
 * unknown: default).  `colours` 0 or below 8, or `no_colour`: mono.
 */
const struct theme *theme_find(const char *name, int colours, bool no_colour);
struct look theme_look(const struct theme *theme, enum style style);

#endif
