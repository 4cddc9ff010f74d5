/*
 * Themes: that what they paint can be read (WCAG 2.1 contrast), and that nothing rests
 * on colour alone where there is little of it.
 */
#include "tui/style.h"

#include <math.h>

struct rgb {
	int r, g, b;
};

/* Of the fixed part of the 256: the cube and the greys.  0 to 15 are the terminal's own. */
static struct rgb rgb_of(int colour)
{
	static const int steps[] = { 0, 95, 135, 175, 215, 255 };
	int at = colour - 16, grey = 8 + 10 * (colour - 232);

	g_assert_cmpint(colour, >=, 16);
	if (colour >= 232)
		return (struct rgb){ grey, grey, grey };
	return (struct rgb){ steps[at / 36], steps[at / 6 % 6], steps[at % 6] };
}

static double linear(int part)
{
	double share = part / 255.0;

	return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4);
}

static double luminance(struct rgb colour)
{
	return 0.2126 * linear(colour.r) + 0.7152 * linear(colour.g) + 0.0722 * linear(colour.b);
}

static double contrast(struct rgb a, struct rgb b)
{
	double light = MAX(luminance(a), luminance(b)), dark = MIN(luminance(a), luminance(b));

	return (light + 0.05) / (dark + 0.05);
}

static const char *const roles[STYLE_COUNT] = { "normal", "strong", "dim", "selected", "bar", "key",
						"good",	  "warn",   "bad", "accent",   "A",   "B",
						"C",	  "D",	    "E",   "F" };

/* What is read word by word, against what is only beside it or is a glyph of a known shape. */
static double needed(enum style style)
{
	return style == STYLE_DIM || style >= STYLE_A ? 3 : 4.5;
}

static void check(const char *name, const struct rgb *papers, guint n)
{
	const struct theme *theme = theme_find(name, 256, false);

	for (guint s = 0; s < STYLE_COUNT; s++) {
		struct look look = theme_look(theme, (enum style)s);

		/* The terminal's own colours are made to be read on its background. */
		for (guint i = 0; look.ink >= 16 && i < n; i++) {
			struct rgb paper = look.paper >= 16 ? rgb_of(look.paper) : papers[i];
			double is = contrast(rgb_of(look.ink), paper);

			if (is < needed((enum style)s))
				g_error("%s: %s (%d) has a contrast of %.2f on #%02x%02x%02x", name,
					roles[s], look.ink, is, paper.r, paper.g, paper.b);
		}
	}
}

/* If it fails, somebody cannot read a part of the screen. */
static void can_be_read(void)
{
	static const struct rgb dark[] = { { 0, 0, 0 },
					   { 0x1e, 0x1e, 0x1e },
					   { 0x28, 0x2c, 0x34 } };
	static const struct rgb light[] = { { 255, 255, 255 }, { 0xee, 0xee, 0xee } };
	/* Of "default" the background is not known. */
	static const struct rgb both[] = { { 0, 0, 0 }, { 255, 255, 255 } };

	check("dark", dark, G_N_ELEMENTS(dark));
	check("light", light, G_N_ELEMENTS(light));
	check("default", both, G_N_ELEMENTS(both));
	check("high-contrast", both, G_N_ELEMENTS(both));
	check("mono", both, G_N_ELEMENTS(both));
}

static bool differ(const struct theme *theme, enum style a, enum style b)
{
	return theme_look(theme, a).attributes != theme_look(theme, b).attributes;
}

/* If it fails, a warning looks like any text to who sees no colours. */
static void attributes_tell(void)
{
	static const struct {
		const char *name;
		int colours;
	} themes[] = { { "default", 16 }, { "default", 8 }, { "high-contrast", 8 }, { "mono", 0 } };
	static const enum style marked[] = { STYLE_STRONG, STYLE_SELECTED, STYLE_BAR,	STYLE_KEY,
					     STYLE_WARN,   STYLE_BAD,	   STYLE_ACCENT };

	for (guint t = 0; t < G_N_ELEMENTS(themes); t++) {
		const struct theme *theme = theme_find(themes[t].name, themes[t].colours, false);

		for (guint i = 0; i < G_N_ELEMENTS(marked); i++)
			if (!differ(theme, STYLE_NORMAL, marked[i]))
				g_error("%s, %d colours: %s is as normal", themes[t].name,
					themes[t].colours, roles[marked[i]]);
		g_assert_true(differ(theme, STYLE_WARN, STYLE_BAD));
		g_assert_true(differ(theme, STYLE_GOOD, STYLE_BAD));
		g_assert_true(differ(theme, STYLE_GOOD, STYLE_WARN));
		g_assert_true(differ(theme, STYLE_STRONG, STYLE_BAD));
	}
	/* High contrast has nothing dim. */
	g_assert_true(differ(theme_find("mono", 0, false), STYLE_NORMAL, STYLE_DIM));
	g_assert_true(differ(theme_find("default", 8, false), STYLE_NORMAL, STYLE_DIM));
}

/* If it fails, colours appear where somebody asked for none. */
static void no_colour(void)
{
	const struct theme *theme = theme_find("dark", 256, true);

	for (guint s = 0; s < STYLE_COUNT; s++)
		g_assert_cmpint(theme_look(theme, (enum style)s).ink, ==, -1);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/style/contrast", can_be_read);
	g_test_add_func("/style/attributes", attributes_tell);
	g_test_add_func("/style/no-colour", no_colour);
	return g_test_run();
}
