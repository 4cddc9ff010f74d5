#include "tui/style.h"

#include <string.h>

/*
 * Themes: which colours and attributes stand for a role.  The terminal's own
 * colours over its own background; what matters never rests on colour alone.  Fixed
 * colours have a contrast of 4.5 at least, dim ones and glyphs of 3: "dark" and
 * "light" on such backgrounds, "default" on black and on white.
 */
struct theme {
	const char *name;
	int colours; /* it needs at least */
	struct look looks[STYLE_COUNT];
};

/* clang-format off */
#define COMMON \
	[STYLE_NORMAL] = { -1, -1, 0 }, \
	[STYLE_STRONG] = { -1, -1, LOOK_BOLD }, \
	[STYLE_SELECTED] = { -1, -1, LOOK_REVERSE }, \
	[STYLE_BAR] = { -1, -1, LOOK_REVERSE }

/* Most colours first within a name: the first that the terminal can show is taken. */
static const struct theme themes[] = {
	{ "default", 256, { COMMON,
		[STYLE_DIM] = { 243, -1, 0 }, [STYLE_KEY] = { -1, -1, LOOK_BOLD },
		[STYLE_GOOD] = { 2, -1, 0 }, [STYLE_WARN] = { 3, -1, 0 },
		[STYLE_BAD] = { 1, -1, LOOK_BOLD }, [STYLE_ACCENT] = { 6, -1, 0 },
		[STYLE_A] = { 33, -1, 0 }, [STYLE_B] = { 166, -1, 0 },
		[STYLE_C] = { 28, -1, 0 }, [STYLE_D] = { 170, -1, 0 },
		[STYLE_E] = { 136, -1, 0 }, [STYLE_F] = { 30, -1, 0 } } },
	{ "default", 8, { COMMON,
		[STYLE_DIM] = { -1, -1, LOOK_DIM }, [STYLE_KEY] = { -1, -1, LOOK_BOLD },
		[STYLE_GOOD] = { 2, -1, 0 }, [STYLE_WARN] = { 3, -1, LOOK_BOLD },
		[STYLE_BAD] = { 1, -1, LOOK_BOLD | LOOK_UNDERLINE }, [STYLE_ACCENT] = { 6, -1, LOOK_BOLD },
		[STYLE_A] = { 4, -1, LOOK_BOLD }, [STYLE_B] = { 3, -1, 0 },
		[STYLE_C] = { 2, -1, 0 }, [STYLE_D] = { 5, -1, 0 },
		[STYLE_E] = { 3, -1, LOOK_BOLD }, [STYLE_F] = { 6, -1, 0 } } },
	{ "dark", 256, { COMMON,
		[STYLE_DIM] = { 248, -1, 0 }, [STYLE_KEY] = { 15, -1, LOOK_BOLD },
		[STYLE_GOOD] = { 114, -1, 0 }, [STYLE_WARN] = { 221, -1, 0 },
		[STYLE_BAD] = { 203, -1, LOOK_BOLD }, [STYLE_ACCENT] = { 80, -1, 0 },
		[STYLE_A] = { 75, -1, 0 }, [STYLE_B] = { 215, -1, 0 },
		[STYLE_C] = { 78, -1, 0 }, [STYLE_D] = { 176, -1, 0 },
		[STYLE_E] = { 222, -1, 0 }, [STYLE_F] = { 80, -1, 0 } } },
	{ "light", 256, { COMMON,
		[STYLE_DIM] = { 240, -1, 0 }, [STYLE_KEY] = { 0, -1, LOOK_BOLD },
		[STYLE_GOOD] = { 22, -1, 0 }, [STYLE_WARN] = { 94, -1, 0 },
		[STYLE_BAD] = { 124, -1, LOOK_BOLD }, [STYLE_ACCENT] = { 25, -1, 0 },
		[STYLE_A] = { 26, -1, 0 }, [STYLE_B] = { 130, -1, 0 },
		[STYLE_C] = { 29, -1, 0 }, [STYLE_D] = { 90, -1, 0 },
		[STYLE_E] = { 94, -1, 0 }, [STYLE_F] = { 30, -1, 0 } } },
	{ "high-contrast", 8, { COMMON,
		[STYLE_DIM] = { -1, -1, 0 }, [STYLE_KEY] = { -1, -1, LOOK_BOLD | LOOK_UNDERLINE },
		[STYLE_GOOD] = { -1, -1, LOOK_BOLD }, [STYLE_WARN] = { -1, -1, LOOK_BOLD | LOOK_UNDERLINE },
		[STYLE_BAD] = { -1, -1, LOOK_REVERSE | LOOK_BOLD }, [STYLE_ACCENT] = { -1, -1, LOOK_BOLD },
		[STYLE_A] = { -1, -1, LOOK_BOLD }, [STYLE_B] = { -1, -1, LOOK_BOLD },
		[STYLE_C] = { -1, -1, LOOK_BOLD }, [STYLE_D] = { -1, -1, LOOK_BOLD },
		[STYLE_E] = { -1, -1, LOOK_BOLD }, [STYLE_F] = { -1, -1, LOOK_BOLD } } },
	{ "mono", 0, { COMMON,
		[STYLE_DIM] = { -1, -1, LOOK_DIM }, [STYLE_KEY] = { -1, -1, LOOK_BOLD },
		[STYLE_GOOD] = { -1, -1, 0 }, [STYLE_WARN] = { -1, -1, LOOK_BOLD },
		[STYLE_BAD] = { -1, -1, LOOK_BOLD | LOOK_UNDERLINE }, [STYLE_ACCENT] = { -1, -1, LOOK_BOLD },
		[STYLE_A] = { -1, -1, 0 }, [STYLE_B] = { -1, -1, 0 }, [STYLE_C] = { -1, -1, 0 },
		[STYLE_D] = { -1, -1, 0 }, [STYLE_E] = { -1, -1, 0 }, [STYLE_F] = { -1, -1, 0 } } },
};
/* clang-format on */

static const struct theme *theme_named(const char *name, int colours)
{
	for (guint i = 0; i < G_N_ELEMENTS(themes); i++)
		if (strcmp(themes[i].name, name) == 0 && colours >= themes[i].colours)
			return &themes[i];
	return NULL;
}

const struct theme *theme_find(const char *name, int colours, bool no_colour)
{
	const struct theme *theme = NULL;

	if (no_colour || colours < 8)
		return theme_named("mono", 0);
	if (name != NULL)
		theme = theme_named(name, colours);
	return theme != NULL ? theme : theme_named("default", colours);
}

struct look theme_look(const struct theme *theme, enum style style)
{
	return theme->looks[(guint)style < STYLE_COUNT ? style : STYLE_NORMAL];
}
