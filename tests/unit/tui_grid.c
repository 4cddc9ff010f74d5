#include "tui/grid.h"

#include <locale.h>
#include <string.h>

/* What reaches a frame: cleaned, clipped, in the right cells. */
static char *row_of(const struct grid *grid, int row)
{
	g_autofree char *dump = grid_dump(grid, false);
	g_auto(GStrv) lines = g_strsplit(dump, "\n", -1);

	return g_strdup(lines[row]);
}

static void put_is(const char *text, int columns, const char *expected, int taken)
{
	struct grid *grid = grid_new(1, 40);
	g_autofree char *row = NULL;

	g_assert_cmpint(grid_put(grid, 0, 0, columns, STYLE_NORMAL, text), ==, taken);
	row = row_of(grid, 0);
	g_assert_cmpstr(row, ==, expected);
	grid_free(grid);
}

/* If it fails, data can move the cursor, recolour or reverse what is read. */
static void test_cleaning(void)
{
	put_is("a\033[31mb", -1, "a<U+001B>[31mb", 14);
	put_is("a\xe2\x80\xae"
	       "b",
	       -1, "a<U+202E>b", 10);
	put_is("x\xff"
	       "y",
	       -1, "x<FF>y", 6);
	put_is("a\nb", -1, "a<U+000A>b", 10);
	put_is("\xc2\x9b"
	       "1m",
	       -1, "<U+009B>1m", 10);
}

/* If it fails, columns behind a name from elsewhere do not stand in line. */
static void test_width(void)
{
	struct grid *grid = grid_new(1, 10);

	g_assert_cmpint(grid_put(grid, 0, 0, -1, STYLE_NORMAL, "日本x"), ==, 5);
	g_assert_cmpint(grid->cells[0].width, ==, 2);
	g_assert_cmpstr(grid->cells[1].text, ==, "");
	g_assert_cmpstr(grid->cells[4].text, ==, "x");
	/* Half of a wide one overwritten: the other half goes too. */
	grid_put(grid, 0, 1, -1, STYLE_NORMAL, "a");
	g_assert_cmpstr(grid->cells[0].text, ==, " ");
	g_assert_cmpstr(grid->cells[1].text, ==, "a");
	grid_free(grid);
	put_is("Educacio\xcc\x81n", -1, "Educacio\xcc\x81n", 9);
}

static void test_clipping(void)
{
	put_is("abcdef", 4, "abc…", 4);
	put_is("abcd", 4, "abcd", 4);
	put_is("日本語", 4, "日…", 4);
	put_is("日本語", 3, "日…", 3);
	put_is("abc", 0, "", 0);
	put_is("", 5, "", 0);
}

/* If it fails, a small window writes out of bounds. */
static void test_outside(void)
{
	struct grid *grid = grid_new(2, 3);

	grid_put(grid, -1, 0, -1, STYLE_NORMAL, "x");
	grid_put(grid, 2, 0, -1, STYLE_NORMAL, "x");
	grid_put(grid, 0, 3, -1, STYLE_NORMAL, "x");
	grid_put(grid, 0, -2, 4, STYLE_NORMAL, "abcdef");
	grid_fill(grid, (struct rect){ -5, -5, 50, 50 }, STYLE_BAR, "─");
	grid_style(grid, (struct rect){ -5, -5, 50, 50 }, STYLE_BAD);
	grid_bar(grid, 1, -4, 100, 2.0, STYLE_NORMAL);
	grid_put(grid, 0, 2, -1, STYLE_NORMAL, "日");
	grid_cursor(grid, 9, 9);
	g_assert_cmpint(grid->cursor_row, ==, -1);
	grid_resize(grid, 0, 0);
	grid_put(grid, 0, 0, -1, STYLE_NORMAL, "x");
	grid_resize(grid, 1, 1);
	grid_put(grid, 0, 0, -1, STYLE_NORMAL, "xyz");
	g_assert_cmpstr(grid->cells[0].text, ==, "…");
	grid_free(grid);
}

static void test_right_and_bar(void)
{
	struct grid *grid = grid_new(1, 12);
	g_autofree char *row = NULL;

	grid_put_right(grid, 0, 0, 5, STYLE_NORMAL, "42");
	grid_bar(grid, 0, 6, 4, 0.5, STYLE_NORMAL);
	row = row_of(grid, 0);
	g_assert_cmpstr(row, ==, "   42 ██");
	grid_clear(grid);
	grid_bar(grid, 0, 0, 4, 0.001, STYLE_NORMAL);
	g_assert_cmpstr(grid->cells[0].text, ==, "▏");
	grid_free(grid);
}

/* If it fails, a terminal without these glyphs shows rubbish, or loses people's names. */
static void test_ascii(void)
{
	struct grid *grid = grid_new(1, 20);
	g_autofree char *row = NULL;

	grid->ascii = true;
	grid_put(grid, 0, 0, -1, STYLE_NORMAL, "▸│─█⣿⠁ Chía");
	row = row_of(grid, 0);
	g_assert_cmpstr(row, ==, ">|-##. Chía");
	grid_free(grid);
}

static void test_dump_styles(void)
{
	struct grid *grid = grid_new(1, 4);
	g_autofree char *dump = NULL;

	grid_put(grid, 0, 1, -1, STYLE_BAD, "x");
	dump = grid_dump(grid, true);
	g_assert_cmpstr(dump, ==, " x\n.!\n");
	grid_free(grid);
}

int main(int argc, char **argv)
{
	setlocale(LC_ALL, "C.UTF-8");
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/grid/cleaning", test_cleaning);
	g_test_add_func("/grid/width", test_width);
	g_test_add_func("/grid/clipping", test_clipping);
	g_test_add_func("/grid/outside", test_outside);
	g_test_add_func("/grid/right-and-bar", test_right_and_bar);
	g_test_add_func("/grid/ascii", test_ascii);
	g_test_add_func("/grid/dump-styles", test_dump_styles);
	return g_test_run();
}
