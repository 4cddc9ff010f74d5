/*
 * The canvas: lines stay inside and where they belong, markers and names never
 * cover one another, and the ASCII form is ASCII.
 */
#include "tui/widgets/basemap.h"
#include "tui/widgets/canvas.h"

#include <math.h>
#include <string.h>

static guint count_cells(const struct canvas *canvas)
{
	guint n = 0;

	for (int r = 0; r < canvas_rows(canvas); r++)
		for (int c = 0; c < canvas_cols(canvas); c++)
			n += canvas_dots(canvas, r, c) != 0;
	return n;
}

static void lines_are_clipped(void)
{
	struct canvas *canvas = canvas_new(4, 10);

	/* A line of 10^12 dots takes no longer than what is inside of it. */
	canvas_line(canvas, -1e12, 5, 1e12, 5, CANVAS_SOLID, 1, STYLE_NORMAL);
	for (int c = 0; c < 10; c++) {
		g_assert_cmpuint(canvas_dots(canvas, 1, c), ==, 0x02 | 0x10);
		g_assert_cmpuint(canvas_dots(canvas, 0, c), ==, 0);
	}
	canvas_clear(canvas);
	canvas_line(canvas, NAN, 0, 5, 5, CANVAS_SOLID, 1, STYLE_NORMAL);
	canvas_line(canvas, 0, 0, INFINITY, 5, CANVAS_SOLID, 1, STYLE_NORMAL);
	canvas_line(canvas, -9, -9, -1, 90, CANVAS_SOLID, 1, STYLE_NORMAL);
	g_assert_cmpuint(count_cells(canvas), ==, 0);
	canvas_line(canvas, 3, 3, 3, 3, CANVAS_SOLID, 1, STYLE_NORMAL); /* a point is one dot */
	g_assert_cmpuint(canvas_dots(canvas, 0, 1), ==, 0x80);
	canvas_free(canvas);
	canvas = canvas_new(0, -3);
	canvas_line(canvas, 0, 0, 5, 5, CANVAS_SOLID, 1, STYLE_NORMAL);
	canvas_glyph(canvas, 0, 0, "●", "o", STYLE_NORMAL);
	g_assert_false(canvas_label(canvas, 0, 0, false, 2, STYLE_NORMAL, "name"));
	canvas_free(canvas);
}

static void dashes_differ(void)
{
	guint dots[4];

	for (int dash = CANVAS_SOLID; dash <= CANVAS_SPARSE; dash++) {
		struct canvas *canvas = canvas_new(1, 30);

		canvas_line(canvas, 0, 1, 59, 1, (enum canvas_dash)dash, 1, STYLE_NORMAL);
		dots[dash] = 0;
		for (int c = 0; c < 30; c++)
			dots[dash] += (guint)__builtin_popcount(canvas_dots(canvas, 0, c));
		canvas_free(canvas);
	}
	g_assert_cmpuint(dots[CANVAS_SOLID], ==, 60);
	g_assert_cmpuint(dots[CANVAS_DASHED], ==, 40);
	g_assert_cmpuint(dots[CANVAS_DOTTED], ==, 30);
	g_assert_cmpuint(dots[CANVAS_SPARSE], ==, 20);
}

static void the_higher_level_shows(void)
{
	struct canvas *canvas = canvas_new(1, 4);
	struct grid *grid = grid_new(1, 4);

	canvas_line(canvas, 0, 0, 7, 0, CANVAS_SOLID, 1, STYLE_DIM);
	canvas_line(canvas, 0, 3, 3, 3, CANVAS_SOLID, 2, STYLE_ACCENT);
	canvas_line(canvas, 0, 1, 7, 1, CANVAS_SOLID, 1, STYLE_DIM);
	/* The tie hides the coast, before and after; elsewhere the coast's lines add up. */
	g_assert_cmpuint(canvas_dots(canvas, 0, 0), ==, 0x40 | 0x80);
	g_assert_cmpuint(canvas_dots(canvas, 0, 3), ==, 0x01 | 0x08 | 0x02 | 0x10);
	canvas_paint(canvas, grid, 0, 0, CANVAS_BRAILLE);
	g_assert_cmpint(grid->cells[0].style, ==, STYLE_ACCENT);
	g_assert_cmpint(grid->cells[3].style, ==, STYLE_DIM);
	canvas_paint(canvas, grid, 0, 0, CANVAS_QUADRANT);
	g_assert_cmpstr(grid->cells[0].text, ==, "▄");
	g_assert_cmpstr(grid->cells[3].text, ==, "▀");
	grid_free(grid);
	canvas_free(canvas);
}

/* Where a name of ours stands whole in the dump, else NULL. */
static const char *find_name(const char *dump, guint n)
{
	char name[16];

	g_snprintf(name, sizeof(name), "<n%03u>", n);
	return strstr(dump, name);
}

static void names_never_overlap(void)
{
	for (int round = 0; round < 20; round++) {
		struct canvas *canvas = canvas_new(24, 80);
		struct grid *grid = grid_new(24, 80);
		bool placed[120] = { false };
		guint most = 0;

		for (guint n = 0; n < 120; n++) {
			int row = g_test_rand_int_range(-2, 26);
			int col = g_test_rand_int_range(-2, 82);
			char name[16];

			g_snprintf(name, sizeof(name), "<n%03u>", n);
			if (!canvas_free_cell(canvas, row, col, 3, &row, &col))
				continue;
			g_assert_true(canvas_is_free(canvas, row, col, 1));
			canvas_glyph(canvas, row, col, "●", "o", STYLE_A);
			placed[n] =
				canvas_label(canvas, row, col, n % 2 == 0, 99, STYLE_NORMAL, name);
			most += placed[n];
		}
		canvas_paint(canvas, grid, 0, 0, CANVAS_BRAILLE);
		g_autofree char *dump = grid_dump(grid, false);

		/* Every name that was said to be placed can be read, whole, and no other. */
		for (guint n = 0; n < 120; n++)
			g_assert_true((find_name(dump, n) != NULL) == placed[n]);
		g_assert_cmpuint(most, >, 40);
		grid_free(grid);
		canvas_free(canvas);
	}
}

static void names_are_cut_before_they_are_dropped(void)
{
	struct canvas *canvas = canvas_new(1, 12);
	struct grid *grid = grid_new(1, 12);

	canvas_glyph(canvas, 0, 0, "●", "o", STYLE_A);
	g_assert_true(canvas_label(canvas, 0, 0, false, 5, STYLE_NORMAL, "Universidad Nacional"));
	canvas_paint(canvas, grid, 0, 0, CANVAS_BRAILLE);
	g_autofree char *dump = grid_dump(grid, false);

	g_assert_true(g_str_has_prefix(dump, "●Universi"));
	g_assert_nonnull(strstr(dump, "…"));
	g_assert_false(canvas_label(canvas, 0, 0, false, 5, STYLE_NORMAL, "Again"));
	grid_free(grid);
	canvas_free(canvas);
}

static void the_selected_name_is_seen(void)
{
	struct canvas *canvas = canvas_new(7, 40);
	struct grid *grid = grid_new(7, 40);

	/* Hemmed in by others on all sides: no place of its own, yet room two rows off. */
	for (int c = 0; c < 40; c += 2)
		for (int r = 2; r <= 4; r++)
			canvas_glyph(canvas, r, c, "●", "o", STYLE_A);
	g_assert_false(canvas_label(canvas, 3, 20, false, 99, STYLE_SELECTED, "Medellín"));
	g_assert_true(canvas_label_near(canvas, 3, 20, 4, STYLE_SELECTED, "Medellín"));
	canvas_paint(canvas, grid, 0, 0, CANVAS_BRAILLE);
	g_autofree char *dump = grid_dump(grid, false);

	g_assert_nonnull(strstr(dump, "Medellín"));
	grid_free(grid);
	canvas_free(canvas);
}

static void markers_keep_apart(void)
{
	struct canvas *canvas = canvas_new(9, 19);
	int row, col;
	guint placed = 0;

	while (canvas_free_cell(canvas, 4, 9, 4, &row, &col)) {
		/* Two markers side by side read as one word. */
		g_assert_true(col == 0 || canvas_is_free(canvas, row, col - 1, 1));
		g_assert_true(col == 18 || canvas_is_free(canvas, row, col + 1, 1));
		canvas_glyph(canvas, row, col, "●", "o", STYLE_A);
		g_assert_cmpuint(++placed, <, 200);
	}
	g_assert_cmpuint(placed, >, 40);
	canvas_free(canvas);
}

static void ascii_is_ascii(void)
{
	struct canvas *canvas = canvas_new(20, 60);
	struct grid *grid = grid_new(20, 60);
	struct projection world = { -120, 60, 0.6, 0.6 };

	grid->ascii = true;
	basemap_draw(canvas, &world, true, 1, STYLE_DIM);
	canvas_line(canvas, 0, 0, 119, 79, CANVAS_SOLID, 2, STYLE_NORMAL);
	canvas_glyph(canvas, 3, 3, "◆", "E", STYLE_A);
	g_assert_cmpuint(count_cells(canvas), >, 200);
	canvas_paint(canvas, grid, 0, 0, CANVAS_ASCII);
	g_autofree char *dump = grid_dump(grid, false);

	for (const char *p = dump; *p; p++)
		g_assert_true((*p >= ' ' && *p <= '~') || *p == '\n');
	g_assert_nonnull(strchr(dump, 'E'));
	g_assert_nonnull(strchr(dump, '\\')); /* a falling line looks like one */
	grid_clear(grid);
	canvas_paint(canvas, grid, 0, 0, CANVAS_NAMES);
	g_autofree char *names = grid_dump(grid, false);

	g_assert_cmpstr(g_strstrip(names), ==, "E");
	grid_free(grid);
	canvas_free(canvas);
}

static void the_ground_is_where_it_is(void)
{
	double lat = 0, lon = 0;

	/* The coast of Colombia is in view at Cartagena, open sea is empty. */
	for (int place = 0; place < 2; place++) {
		struct canvas *canvas = canvas_new(5, 10);
		struct projection at = { place ? -140 : -77, place ? 0 : 12, 5, 5 };

		basemap_draw(canvas, &at, true, 1, STYLE_DIM);
		g_assert_true((count_cells(canvas) > 0) == !place);
		canvas_free(canvas);
	}
	g_assert_true(basemap_country("CO", &lat, &lon));
	g_assert_cmpfloat_with_epsilon(lat, 4, 2);
	g_assert_cmpfloat_with_epsilon(lon, -73, 2);
	g_assert_false(basemap_country("XX", &lat, &lon));
	g_assert_false(basemap_country(NULL, &lat, &lon));
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/canvas/lines-are-clipped", lines_are_clipped);
	g_test_add_func("/canvas/dashes-differ", dashes_differ);
	g_test_add_func("/canvas/the-higher-level-shows", the_higher_level_shows);
	g_test_add_func("/canvas/names-never-overlap", names_never_overlap);
	g_test_add_func("/canvas/names-are-cut", names_are_cut_before_they_are_dropped);
	g_test_add_func("/canvas/the-selected-name", the_selected_name_is_seen);
	g_test_add_func("/canvas/markers-keep-apart", markers_keep_apart);
	g_test_add_func("/canvas/ascii-is-ascii", ascii_is_ascii);
	g_test_add_func("/canvas/the-ground", the_ground_is_where_it_is);
	return g_test_run();
}
