/*
 * What a key does not wait for in a network where it would take longer than a frame: views
 * that are made from everybody, the network beside a card.
 */
#include "tests/unit/tui_crowd_map.h"
#include "tui/views/list.h"
#include "tui/views/map_work.h"
#include "tui/views/matrix.h"

#include <locale.h>

#define MANY 5000

static void again(struct crowd *crowd)
{
	crowd_event(crowd, (struct event){ .type = EVENT_AGAIN });
}

/* Everything that goes on behind the last key. */
static void settle(struct crowd *crowd)
{
	const struct view *top = app_top(crowd->app);

	while (app_is_late(crowd->app) || (top->ops->busy && top->ops->busy(top))) {
		again(crowd);
		top = app_top(crowd->app);
	}
}

/* If it fails, a key waits until a whole map is made, or the map never comes. */
static void test_open(void)
{
	struct crowd crowd;

	crowd_open(&crowd, MANY, 20, false);
	crowd_key(&crowd, '6');
	crowd_sees(&crowd, "looking…");
	g_assert_true(view_map.busy(app_top(crowd.app)));
	settle(&crowd);
	crowd_sees(&crowd, "Map: ");
	crowd_sees(&crowd, "Markers are ");
	crowd_key(&crowd, '7');
	g_assert_true(app_is_late(crowd.app));
	crowd_sees(&crowd, "looking…");
	/* A key that comes before finds it made. */
	crowd_type(&crowd, "j");
	g_assert_false(app_is_late(crowd.app));
	crowd_sees(&crowd, "Matrix");
	crowd_close(&crowd);
}

/* If it fails, each letter of a filter waits for a matrix of its own, or the last one is lost. */
static void test_filter(void)
{
	struct crowd crowd;

	crowd_open(&crowd, MANY, 20, false);
	crowd_key(&crowd, '9');
	again(&crowd);
	crowd_type(&crowd, "fsynthetic");
	g_assert_true(app_is_late(crowd.app));
	g_assert_cmpstr(crowd.app->filter, ==, "synthetic");
	again(&crowd);
	g_assert_false(app_is_late(crowd.app));
	crowd_type(&crowd, "x\r2");
	for (guint k = 0; k < 100; k++)
		again(&crowd);
	crowd_sees(&crowd, "0 of 5000");
	crowd_sees(&crowd, "filter: syntheticx");
	crowd_close(&crowd);
}

/*
 * If it fails, a letter of a filter waits until years of everybody are counted, or a key
 * that comes meanwhile finds those of the letter before, or that something was done
 * counts them in one piece.
 */
static void test_years(void)
{
	struct crowd crowd;

	crowd_open(&crowd, MANY, 20, false);
	crowd_key(&crowd, '9');
	again(&crowd);
	again(&crowd);
	crowd_sees(&crowd, "looking…");
	g_assert_true(view_time.busy(app_top(crowd.app)));
	crowd_event(&crowd, (struct event){ .type = EVENT_DONE });
	g_assert_true(view_time.busy(app_top(crowd.app)));
	for (guint k = 0; k < 20; k++)
		again(&crowd);
	g_assert_false(view_time.busy(app_top(crowd.app)));
	crowd_sees(&crowd, "so far");
	crowd_type(&crowd, "fname~nobodyx\r");
	again(&crowd);
	crowd_sees(&crowd, "so far");
	crowd_key(&crowd, 'h');
	crowd_sees(&crowd, "Nothing here says when it began.");
	crowd_close(&crowd);
}

/* If it fails, a card waits for ties of everybody, or what it says of them never comes. */
static void test_card(void)
{
	struct crowd crowd;

	crowd_open(&crowd, MANY, 20, false);
	crowd_type(&crowd, "3");
	for (guint k = 0; k < 100; k++)
		again(&crowd);
	crowd_type(&crowd, "\r");
	crowd_sees(&crowd, "looking…");
	for (guint k = 0; k < 100; k++)
		again(&crowd);
	crowd_sees(&crowd, "Sectors");
	crowd_close(&crowd);
}

/*
 * If it fails, a key that comes before marked rows are found acts on nobody, or so many
 * rows marked before keep those that a filter shows from being removed.
 */
static void test_marks(void)
{
	struct crowd crowd;

	crowd_open(&crowd, MANY, 20, false);
	crowd_type(&crowd, "2");
	for (guint k = 0; k < 100; k++)
		again(&crowd);
	const struct list *list = app_top(crowd.app)->state;

	crowd_type(&crowd, "G f");
	g_autofree char *filter = g_strdup_printf("id=%s", tableview_selected(list->table));

	crowd_type(&crowd, filter);
	crowd_type(&crowd, "\r");
	g_assert_false(tableview_is_done(list->table));
	crowd_type(&crowd, "Tpd");
	crowd_sees(&crowd, "looking…");
	for (guint k = 0; k < 100; k++)
		again(&crowd);
	g_assert_cmpuint(tableview_shown(list->table), ==, 1);
	crowd_type(&crowd, "f");
	crowd_key(&crowd, TUI_CTRL('u'));
	crowd_type(&crowd, "\r");
	for (guint k = 0; k < 100; k++)
		again(&crowd);
	crowd_type(&crowd, "*d");
	crowd_sees(&crowd, "At most 1000 are removed at once");
	crowd_type(&crowd, "f");
	crowd_type(&crowd, filter);
	crowd_type(&crowd, "\r");
	for (guint k = 0; k < 100; k++)
		again(&crowd);
	crowd_type(&crowd, "d");
	crowd_sees(&crowd, "Remove the 1 that is marked?");
	crowd_close(&crowd);
}

/* Confirmed ties alone, or all of them: what a session shows after C. */
static void show_model(struct crowd *crowd, const struct model *model)
{
	crowd->world.model = model;
	crowd_event(crowd, (struct event){ .type = EVENT_MODEL });
}

/* If it fails, a key counts everybody because few ties are confirmed, or numbers that are still
 * counted pass for right. */
static void test_few_ties(void)
{
	struct crowd crowd;
	struct model *confirmed;

	crowd_open(&crowd, MANY, 20, false);
	confirmed = model_confirmed(crowd.model);
	crowd_key(&crowd, '3');
	settle(&crowd);
	crowd_sees(&crowd, "20 of 20 ·");
	show_model(&crowd, confirmed);
	g_assert_true(list_busy(app_top(crowd.app)));
	crowd_sees(&crowd, "20 of 20 … ·");
	settle(&crowd);
	crowd_sees(&crowd, "20 of 20 ·");
	show_model(&crowd, crowd.model);
	crowd_close(&crowd);
	model_unref(confirmed);
}

/* If it fails, a key looks for the marks of all ties among a few confirmed ones. */
static void test_marks_of_many(void)
{
	struct crowd crowd;
	struct model *confirmed;

	crowd_open(&crowd, MANY, 20, false);
	confirmed = model_confirmed(crowd.model);
	g_assert_cmpuint(confirmed->n_ties, <, TABLEVIEW_WHOLE);
	crowd_key(&crowd, '4');
	settle(&crowd);
	crowd_key(&crowd, '*');
	settle(&crowd);
	show_model(&crowd, confirmed);
	const struct list *list = app_top(crowd.app)->state;

	g_assert_true(list_busy(app_top(crowd.app)));
	settle(&crowd);
	for (guint i = 0; i < confirmed->n_ties; i++)
		g_assert_true(tableview_is_marked(list->table, i));
	g_assert_cmpuint(tableview_marked(list->table), ==, crowd.model->n_ties);
	show_model(&crowd, crowd.model);
	crowd_close(&crowd);
	model_unref(confirmed);
}

#define PEOPLED 17000 /* members: more than are counted within a key */

/* If it fails, a key waits until the countries of everybody are counted, or too few are told. */
static void test_countries(void)
{
	struct crowd crowd;
	g_autofree char *counted = NULL;

	crowd_open(&crowd, PEOPLED, 20, false);
	crowd_sees(&crowd, "17000 institutions · … countries · 20 territories");
	again(&crowd);
	counted = crowd_screen(&crowd);
	g_assert_null(strstr(counted, "… countries"));
	g_assert_false(view_overview.busy(app_top(crowd.app)));
	crowd_sees(&crowd, " countries · 20 territories");
	/* What is computed is of the same members: they are not counted again. */
	crowd_event(&crowd, (struct event){ .type = EVENT_STUDY });
	g_assert_false(view_overview.busy(app_top(crowd.app)));
	crowd_close(&crowd);
}

#define CROWDED 12000 /* marked ones: more than are changed or copied at once */

/*
 * If it fails, thousands of marked rows hold up a key, or more are said to be in a clipboard
 * than terminals take, or those that are marked cannot be exported though a filter says them.
 */
static void test_many_marked(void)
{
	static const char *const told[][2] = { { "e", "At most 5000 are changed at once" },
					       { "d", "At most 1000 are removed at once" },
					       { "y", "12000 ids are more than the clipboard" } };
	struct crowd crowd;

	crowd_open(&crowd, CROWDED, 20, false);
	crowd_type(&crowd, "2");
	settle(&crowd);
	crowd_type(&crowd, "*");
	for (guint t = 0; t < G_N_ELEMENTS(told); t++) {
		crowd_type(&crowd, told[t][0]);
		crowd_sees(&crowd, told[t][1]);
	}
	g_assert_null(crowd.yanked);
	crowd_type(&crowd, "x");
	crowd_sees(&crowd, "Export the whole network");
	crowd_key(&crowd, TUI_ESCAPE);
	crowd_type(&crowd, "g x");
	crowd_sees(&crowd, "At most 5000 institutions are exported by");
	crowd_type(&crowd, "4");
	settle(&crowd);
	crowd_type(&crowd, "*v");
	crowd_sees(&crowd, "At most 5000 are changed at once");
	crowd_type(&crowd, "*y");
	g_assert_nonnull(crowd.yanked);
	crowd_close(&crowd);
}

#define CROWD 40000 /* more than a piece of anything holds, ties too */

/* On the map, ties and groups known and nothing else computed. */
static void open_map(struct crowd *crowd)
{
	crowd_open(crowd, CROWD, 60, false);
	crowd->study = study_new(crowd->model, NULL);
	crowd->world.study = crowd->study;
	crowd_event(crowd, (struct event){ .type = EVENT_STUDY });
	crowd_key(crowd, '6');
}

static void same_scene(const struct map *map, const struct map *whole)
{
	g_assert_cmpuint(map->grain, ==, whole->grain);
	g_assert_cmpuint(map->nodes->len, ==, whole->nodes->len);
	g_assert_cmpuint(map->n, ==, whole->n);
	g_assert_true(memcmp(map->x, whole->x, map->n * sizeof(double)) == 0);
	g_assert_true(memcmp(map->y, whole->y, map->n * sizeof(double)) == 0);
	g_assert_true(memcmp(map->node_of, whole->node_of, map->n * sizeof(int)) == 0);
	g_assert_cmpuint(map->links->len, ==, whole->links->len);
	for (guint l = 0; l < map->links->len; l++) {
		const struct map_link *a = &g_array_index(map->links, struct map_link, l);
		const struct map_link *b = &g_array_index(whole->links, struct map_link, l);

		g_assert_true(a->a == b->a && a->b == b->b && a->ties == b->ties &&
			      a->confirmed == b->confirmed && a->weight == b->weight &&
			      a->state == b->state);
	}
	for (int n = 0; n < (int)map->nodes->len; n++) {
		const struct map_node *a = map_node(map, n), *b = map_node(whole, n);

		g_assert_cmpstr(a->name, ==, b->name);
		g_assert_true(a->kind == b->kind && a->n == b->n && a->ties == b->ties &&
			      a->inside == b->inside && a->row == b->row && a->col == b->col);
	}
}

/*
 * If it fails, a map of many that is made in pieces is another one than if it were made in
 * one, on some map, at some zoom, with some colours.
 */
static void test_pieces(void)
{
	static const char *const ways[] = { "",	      "++", "+++++", "0c", "cs", "0m",	 "++",
					    "++++++", "0r", "j+",    "0o", "m",	 "/12\r" };
	struct crowd pieces, whole;

	open_map(&pieces);
	open_map(&whole);
	for (guint w = 0; w < G_N_ELEMENTS(ways); w++) {
		g_autofree char *one = NULL, *other = NULL;

		for (const char *key = ways[w]; *key != '\0'; key++) {
			crowd_key(&pieces, (gunichar)*key);
			settle(&pieces);
			crowd_key(&whole, (gunichar)*key);
			settle(&whole);
		}
		settle(&pieces);
		map_begin(map_of(&whole), &whole.world, MAP_PLACES);
		map_finish(map_of(&whole), &whole.world);
		same_scene(map_of(&pieces), map_of(&whole));
		one = crowd_screen(&pieces);
		other = crowd_screen(&whole);
		g_assert_cmpstr(one, ==, other);
	}
	crowd_close(&pieces);
	crowd_close(&whole);
}

/*
 * If it fails, colours that are asked for while the map follows what is selected leave it half
 * made: markers of before, or none.
 */
static void test_colour_meanwhile(void)
{
	static const char ways[] = "lllllllljjjjjjjjhhhhhhhhkkkkkkkk";
	struct crowd crowd;
	guint met = 0;

	open_map(&crowd);
	crowd_type(&crowd, "+++++");
	settle(&crowd);
	for (guint w = 0; w < 2 * strlen(ways); w++) {
		struct map *map = map_of(&crowd);

		crowd_key(&crowd, (gunichar)ways[w % strlen(ways)]);
		/* To where markers are made for another window, then as far in that as it goes. */
		while (map->work && map->work->stage >= MAP_SELECTION)
			again(&crowd);
		for (guint i = 0; i < met % 8 && map->work; i++)
			again(&crowd);
		if (map->work && map->work->stage < MAP_SELECTION) {
			crowd_key(&crowd, 'c');
			met++;
		}
		settle(&crowd);
		g_assert_nonnull(map_node(map, map->selected));
		g_assert_nonnull(map_node(map, map->selected)->name);
		g_assert_true(map_node(map, map->selected)->shown);
	}
	g_assert_cmpuint(met, >, 8);
	crowd_close(&crowd);
}

/*
 * If it fails, a matrix of many that is made in pieces has other numbers than its ties and
 * members, or a key that asks for other groups waits for it.
 */
static void test_matrix(void)
{
	struct crowd crowd;
	struct matrix_view *view;
	double ties = 0, members = 0;

	open_map(&crowd);
	crowd_key(&crowd, '7');
	settle(&crowd);
	view = app_top(crowd.app)->state;
	for (guint c = 0; c < view->matrix->n_rows * view->matrix->n_cols; c++) {
		guint row = c / view->matrix->n_cols, col = c % view->matrix->n_cols;

		members += view->matrix->members[c];
		ties += col >= row ? view->matrix->ties[c] : 0;
	}
	g_assert_cmpfloat(members, ==, CROWD);
	g_assert_cmpfloat(ties, ==, study_net(crowd.study)->m);
	crowd_key(&crowd, 'r');
	crowd_sees(&crowd, "looking…");
	again(&crowd);
	crowd_key(&crowd, 'r');
	crowd_sees(&crowd, "looking…");
	settle(&crowd);
	crowd_sees(&crowd, "Country × Sector");
	crowd_key(&crowd, 'r');
	crowd_key(&crowd, 'j');
	g_assert_false(view_matrix.busy(app_top(crowd.app)));
	crowd_close(&crowd);
}

/* If it fails, keys pressed while the map is made are lost, or find what is half made. */
static void test_meanwhile(void)
{
	static const char *const ways[] = { "+j+l", "m+jl-", "HL+0", "cs+", "/12\rj+", "ojo" };
	struct crowd patient, hasty;

	open_map(&patient);
	open_map(&hasty);
	settle(&patient);
	settle(&hasty);
	for (guint w = 0; w < G_N_ELEMENTS(ways); w++) {
		g_autofree char *one = NULL, *other = NULL;

		for (const char *key = ways[w]; *key != '\0'; key++) {
			crowd_key(&patient, (gunichar)*key);
			settle(&patient);
		}
		crowd_type(&hasty, ways[w]);
		settle(&hasty);
		one = crowd_screen(&patient);
		other = crowd_screen(&hasty);
		g_assert_cmpstr(one, ==, other);
	}
	crowd_close(&patient);
	crowd_close(&hasty);
}

/* If it fails, what is under way holds up what is wanted instead, or a card of who is there. */
static void test_instead(void)
{
	struct crowd crowd;

	open_map(&crowd);
	again(&crowd);
	crowd_key(&crowd, 'm');
	g_assert_cmpint(map_of(&crowd)->mode, ==, MAP_NETWORK);
	settle(&crowd);
	crowd_sees(&crowd, "Markers are territories");
	crowd_type(&crowd, "++jj1");
	g_assert_true(app_top(crowd.app)->ops == &view_overview);
	crowd_key(&crowd, '6');
	crowd_sees(&crowd, "looking…");
	crowd_type(&crowd, "h");
	g_assert_true(view_map.busy(app_top(crowd.app)));
	crowd_type(&crowd, "g");
	settle(&crowd);
	crowd_sees(&crowd, "Markers are ");
	crowd_close(&crowd);
}

int main(int argc, char **argv)
{
	setlocale(LC_ALL, "C.UTF-8");
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/late/open", test_open);
	g_test_add_func("/late/countries", test_countries);
	g_test_add_func("/late/few-ties", test_few_ties);
	g_test_add_func("/late/marks-of-many", test_marks_of_many);
	g_test_add_func("/late/many-marked", test_many_marked);
	g_test_add_func("/late/pieces", test_pieces);
	g_test_add_func("/late/colour-meanwhile", test_colour_meanwhile);
	g_test_add_func("/late/matrix", test_matrix);
	g_test_add_func("/late/meanwhile", test_meanwhile);
	g_test_add_func("/late/instead", test_instead);
	g_test_add_func("/late/filter", test_filter);
	g_test_add_func("/late/years", test_years);
	g_test_add_func("/late/card", test_card);
	g_test_add_func("/late/marks", test_marks);
	return g_test_run();
}
