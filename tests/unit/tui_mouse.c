/*
 * The mouse where no list is: what one clicks is under the cursor, and opened by a second
 * click; the wheel moves as the arrows do.
 */
#include "base/start.h"
#include "tests/unit/tui_crowd_map.h"
#include "tui/views/matrix.h"

static void mouse(struct crowd *crowd, gunichar key, int row, int col)
{
	struct event event = { .type = EVENT_KEY, .key = key, .row = row, .col = col };
	struct effects effects;

	g_free(crowd_screen(crowd));
	effects_init(&effects);
	app_mouse(crowd->app, &crowd->world, crowd->grid, event, &effects);
	effects_release(&effects);
}

/* Where a text is on the screen, the last one: what is in front stands below. */
static void find(struct crowd *crowd, const char *text, int *row, int *col)
{
	g_autofree char *screen = crowd_screen(crowd);
	g_auto(GStrv) rows = g_strsplit(screen, "\n", -1);
	const char *at = NULL;

	for (guint i = g_strv_length(rows); !at && i-- > 0;) {
		at = strstr(rows[i], text);
		*row = (int)i;
		*col = at ? (int)g_utf8_pointer_to_offset(rows[i], at) : 0;
	}
	if (!at)
		g_printerr("not on the screen: %s\n%s\n", text, screen);
	g_assert_nonnull(at);
}

/* If it fails, what is clicked in the list of everything is not what opens, or it opens at once. */
static void palette(void)
{
	struct crowd crowd;
	int row, col, first;

	crowd_open(&crowd, 120, 8, true);
	crowd_key(&crowd, TUI_CTRL('p'));
	crowd_type(&crowd, "e");
	find(&crowd, "▸", &first, &col);
	mouse(&crowd, TUI_KEY_CLICK, first + 2, 10);
	find(&crowd, "▸", &row, &col);
	g_assert_cmpint(row, ==, first + 2);
	/* The wheel goes past the end of what is seen; what is clicked then stays where it is. */
	for (int i = 0; i < 5; i++)
		mouse(&crowd, TUI_KEY_WHEEL_DOWN, first, 10);
	mouse(&crowd, TUI_KEY_CLICK, first + 1, 10);
	find(&crowd, "▸", &row, &col);
	g_assert_cmpint(row, ==, first + 1);
	mouse(&crowd, TUI_KEY_WHEEL_UP, first, 10);
	find(&crowd, "▸", &row, &col);
	g_assert_cmpint(row, <=, first + 1);
	g_assert_true(app_top(crowd.app)->ops == &view_palette);
	crowd_key(&crowd, TUI_CTRL('u'));
	crowd_type(&crowd, "matrix");
	find(&crowd, "▸", &row, &col);
	mouse(&crowd, TUI_KEY_CLICK, row, col + 3);
	g_assert_true(app_top(crowd.app)->ops == &view_matrix);
	crowd_close(&crowd);
}

/* If it fails, the cursor of the matrix is not where one clicks, and no click opens a cell. */
static void matrix(void)
{
	struct crowd crowd;
	const struct matrix_view *view;
	int row, col;

	crowd_open(&crowd, 300, 20, true);
	crowd_key(&crowd, '7');
	view = app_top(crowd.app)->state;
	g_assert_cmpuint(view->n_rows, >, 2);
	find(&crowd, "▸", &row, &col);
	/* The cell two below and one to the right of the first. */
	col = view->label_columns + 2 + view->cell_columns + 1;
	mouse(&crowd, TUI_KEY_CLICK, row + 2, col);
	g_assert_cmpuint(view->row, ==, 2);
	g_assert_cmpuint(view->col, ==, 1);
	/* A name is its row, a head its column. */
	mouse(&crowd, TUI_KEY_CLICK, row + 1, 4);
	g_assert_cmpuint(view->row, ==, 1);
	g_assert_cmpuint(view->col, ==, 1);
	mouse(&crowd, TUI_KEY_CLICK, row - 1, view->label_columns + 3);
	g_assert_cmpuint(view->row, ==, 1);
	g_assert_cmpuint(view->col, ==, 0);
	/* Neither opens, nor does what is beside all cells. */
	mouse(&crowd, TUI_KEY_CLICK, row + 1, 4);
	mouse(&crowd, TUI_KEY_CLICK, 21, 79);
	g_assert_true(app_top(crowd.app)->ops == &view_matrix);
	mouse(&crowd, TUI_KEY_WHEEL_DOWN, row, col);
	g_assert_cmpuint(view->row, ==, MIN(4, view->n_rows - 1));
	mouse(&crowd, TUI_KEY_WHEEL_UP, row, col);
	g_assert_cmpuint(view->row, <=, 1);
	mouse(&crowd, TUI_KEY_CLICK, row + 2, col);
	g_assert_true(app_top(crowd.app)->ops == &view_matrix);
	mouse(&crowd, TUI_KEY_CLICK, row + 2, col);
	g_assert_true(app_top(crowd.app)->ops == &view_cell);
	crowd_close(&crowd);
}

/* If it fails, the markers of the map are deaf to the mouse. */
static void map(void)
{
	struct crowd crowd;
	struct map *map;
	const struct map_node *node = NULL;
	struct rect area;

	map_start(&crowd, 30, 3);
	crowd_key(&crowd, 'm');
	map = map_of(&crowd);
	area = app_area(&crowd.world);
	for (int i = 0; i < (int)map->nodes->len; i++)
		if (i != map->selected && map_node(map, i)->shown &&
		    map_node(map, i)->kind == NODE_INSTITUTION)
			node = map_node(map, i);
	g_assert_nonnull(node);
	int row = area.row + map->map_area.row + node->row;
	int col = area.col + map->map_area.col + node->col;
	g_autofree char *id =
		g_strdup(RECORD(model_institution(crowd.model, (guint)node->record))->id);

	mouse(&crowd, TUI_KEY_CLICK, row, col);
	g_assert_cmpstr(map->anchor, ==, id);
	g_assert_true(app_top(crowd.app)->ops == &view_map);
	mouse(&crowd, TUI_KEY_CLICK, row, col);
	g_assert_true(app_top(crowd.app)->ops == &view_institution);
	g_assert_cmpstr(app_top(crowd.app)->subject, ==, id);
	crowd_close(&crowd);
}

/* Anywhere, at any size: nothing may crash. */
static void anywhere(void)
{
	static const gunichar opens[] = { '1', '6', '7', '8', '9', TUI_CTRL('p'), 'H', '!', '?' };
	static const int sizes[][2] = { { 24, 80 }, { 16, 60 }, { 6, 20 }, { 1, 1 } };
	struct crowd crowd;

	crowd_open(&crowd, 120, 8, true);
	for (guint i = 0; i < G_N_ELEMENTS(sizes) * G_N_ELEMENTS(opens); i++) {
		crowd_size(&crowd, sizes[i % 4][0], sizes[i % 4][1]);
		crowd_key(&crowd, TUI_ESCAPE);
		crowd_key(&crowd, opens[i % G_N_ELEMENTS(opens)]);
		for (guint k = 0; k < 30; k++)
			mouse(&crowd, k % 3 ? TUI_KEY_CLICK : TUI_KEY_WHEEL_DOWN,
			      g_test_rand_int_range(0, crowd.world.rows),
			      g_test_rand_int_range(0, crowd.world.cols));
	}
	crowd_close(&crowd);
}

int main(int argc, char **argv)
{
	g_setenv("LC_ALL", "C.UTF-8", TRUE);
	start_process();
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/mouse/palette", palette);
	g_test_add_func("/mouse/matrix", matrix);
	g_test_add_func("/mouse/map", map);
	g_test_add_func("/mouse/anywhere", anywhere);
	return g_test_run();
}
