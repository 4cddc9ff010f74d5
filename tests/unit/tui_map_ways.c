/*
 * Ways that lead on from the map: to the list of its margin and back, to what is searched,
 * and to another part of it.
 */
#include "base/start.h"
#include "tests/unit/tui_crowd_map.h"

#include <math.h>

/* The filter that lists the margin is of that list alone, and says truly who stands there. */
static void margin_keeps_its_filter(void)
{
	struct crowd crowd;
	struct map *map;
	struct institution *nowhere;

	map_start(&crowd, 300, 20);
	nowhere = (struct institution *)model_institution(crowd.model, 137);
	nowhere->lat = nowhere->lon = NAN;
	const char *country = nowhere->country;
	const char *const *territories = nowhere->territories;

	nowhere->country = NULL;
	nowhere->territories = NULL;
	crowd_event(&crowd, (struct event){ .type = EVENT_STUDY });
	map = map_of(&crowd);
	g_free(map->anchor);
	map->anchor = g_strdup(nowhere->base.id);
	crowd_event(&crowd, (struct event){ .type = EVENT_RESIZE });
	g_assert_cmpint(map_node(map, map->selected)->kind, ==, NODE_MARGIN);
	for (guint round = 0; round < 2; round++) {
		crowd_key(&crowd, TUI_ENTER);
		g_assert_true(app_top(crowd.app)->ops == &view_institutions);
		crowd_sees(&crowd, "Esc takes it back");
		crowd_key(&crowd, 'j');
		crowd_sees(&crowd, "1 of 300");
		crowd_sees(&crowd, "country=(nothing)");
		crowd_key(&crowd, TUI_ESCAPE);
		g_assert_true(app_top(crowd.app)->ops == &view_map);
		g_assert_cmpstr(crowd.app->filter, ==, "");
		g_assert_cmpuint(map->n_scope, ==, 300);
	}
	/* It comes back with the list, and goes with it where another view is called. */
	crowd_key(&crowd, ']');
	g_assert_true(app_top(crowd.app)->ops == &view_institutions);
	g_assert_cmpstr(crowd.app->filter, !=, "");
	crowd_key(&crowd, '4');
	g_assert_cmpstr(crowd.app->filter, ==, "");
	nowhere->country = country;
	nowhere->territories = territories;
	crowd_close(&crowd);
}

/* Who searches a country sees it: one institution of that name is no better an answer. */
static void a_searched_country_stays(void)
{
	struct crowd crowd;
	struct map *map;
	const struct map_node *node;

	map_start(&crowd, 300, 20);
	map = map_of(&crowd);
	node = map_node(map, map->selected);
	g_assert_cmpint(node->kind, ==, NODE_GROUP);
	g_autofree char *country = g_strdup(node->name);
	struct institution *named =
		(struct institution *)model_institution(crowd.model, map->members[node->first]);
	g_autofree char *name = g_strdup_printf("EY (%s)", country);
	const char *before = named->base.name;

	named->base.name = name;
	crowd_key(&crowd, '/');
	crowd_type(&crowd, country);
	g_assert_cmpstr(map_node(map, map->selected)->name, ==, country);
	crowd_key(&crowd, TUI_ENTER);
	g_assert_cmpstr(map_node(map, map->selected)->name, ==, country);
	g_assert_cmpint(map->zoom, ==, 0);
	/* More of the name means the one institution. */
	crowd_key(&crowd, '/');
	crowd_type(&crowd, name);
	crowd_key(&crowd, TUI_ENTER);
	g_assert_cmpint(map_node(map, map->selected)->kind, ==, NODE_INSTITUTION);
	g_assert_cmpstr(map->anchor, ==, named->base.id);
	named->base.name = before;
	crowd_close(&crowd);
}

/* Whose marker it is that is selected, and whether it is to be seen. */
static bool anchor_is_seen(const struct map *map)
{
	const struct map_node *node = map_node(map, map->selected);

	return node && node->shown;
}

/* How far beyond the last one the window reaches at the end of an axis, in windows. */
static double emptiness(const struct map *map, int axis)
{
	double size =
		axis ? map->map_area.rows * CANVAS_DOTS_Y : map->map_area.cols * CANVAS_DOTS_X;
	double width = size / map->scale[axis];

	return (map->centre[axis] + width / 2 - map->ends[axis][1]) / width;
}

/* If it fails, moving the picture loses whom one looked at, or no arrow leads back. */
static void the_picture_moves_and_the_selection_stays(void)
{
	static const gunichar keys[][2] = { { 'H', 'L' },
					    { 'K', 'J' },
					    { TUI_KEY_SHIFT_UP, TUI_KEY_SHIFT_DOWN } };
	struct crowd crowd;
	struct map *map;

	map_start(&crowd, 300, 20);
	map = map_of(&crowd);
	for (int mode = 0; mode < MAP_EGO; mode++) {
		for (int i = 0; i < 3; i++)
			crowd_key(&crowd, '+');
		for (guint k = 0; k < G_N_ELEMENTS(keys); k++) {
			g_autofree char *anchor = g_strdup(map->anchor);
			double x = map->centre[0], y = map->centre[1];

			for (int i = 0; i < 2; i++)
				crowd_key(&crowd, keys[k][i]);
			crowd_key(&crowd, keys[k][0]);
			g_assert_true(fabs(map->centre[0] - x) + fabs(map->centre[1] - y) > 0);
			g_assert_cmpstr(map->anchor, ==, anchor);
			/* What others save meanwhile moves nothing. */
			x = map->centre[0];
			crowd_event(&crowd, (struct event){ .type = EVENT_STUDY });
			g_assert_cmpfloat(map->centre[0], ==, x);
			for (int i = 0; i < 40; i++)
				crowd_key(&crowd, keys[k][1]);
			/* Nobody is led to where nothing is. */
			g_assert_cmpuint(map->in_window, >, 0);
			g_assert_cmpstr(map->anchor, ==, anchor);
			crowd_sees(&crowd, "Nobody is further that way.");
			g_assert_cmpfloat(emptiness(map, k > 0), <, 0.01);
			if (!anchor_is_seen(map)) {
				crowd_sees(&crowd, "Out of view: an");
				crowd_key(&crowd, 'l');
				g_assert_cmpstr(map->anchor, ==, anchor);
			}
			g_assert_true(anchor_is_seen(map));
		}
		crowd_key(&crowd, '0');
		crowd_key(&crowd, 'm');
	}
	crowd_close(&crowd);
}

/* If it fails, moving over the whole map turns countries into places, or shows emptiness. */
static void the_whole_map_stays_of_one_kind(void)
{
	struct crowd crowd;
	struct map *map;

	map_start(&crowd, 300, 20);
	map = map_of(&crowd);
	for (int mode = 0; mode < MAP_EGO; mode++) {
		enum map_grain grain = map->grain;

		for (const char *key = "LLJJHHHKKK"; *key; key++) {
			crowd_key(&crowd, (gunichar)*key);
			g_assert_cmpuint(map->in_window, >, 0);
			g_assert_cmpint(map->grain, ==, grain);
			g_assert_cmpfloat(emptiness(map, 0), <, 0.4);
			g_assert_cmpfloat(emptiness(map, 1), <, 0.4);
		}
		crowd_sees(&crowd, "+ goes nearer.");
		crowd_key(&crowd, '0');
		crowd_key(&crowd, 'm');
	}
	crowd_close(&crowd);
}

/* If it fails, numbers at the edges of the map are told of nowhere. */
static void numbers_at_the_edge_are_explained(void)
{
	struct crowd crowd;

	map_start(&crowd, 300, 20);
	crowd_key(&crowd, '+');
	crowd_sees(&crowd, "institutions that way");
	crowd_close(&crowd);
}

/* If it fails, one moves to a place to look at it, and + leads back to where one was. */
static void nearer_is_where_one_looks(void)
{
	struct crowd crowd;
	struct map *map;

	map_start(&crowd, 300, 20);
	map = map_of(&crowd);
	crowd_key(&crowd, '+');
	/* Away from it: the map ends beyond the side on which it lies. */
	const struct map_node *node = map_node(map, map->selected);
	gunichar aside = 2 * node->x > map->least[0] + map->most[0] ? 'H' : 'L';
	gunichar along = 2 * node->y > map->least[1] + map->most[1] ? 'K' : 'J';

	for (int i = 0; i < 9 && anchor_is_seen(map); i++)
		crowd_key(&crowd, i < 4 ? aside : along);
	g_assert_false(anchor_is_seen(map));
	double x = map->centre[0], y = map->centre[1];

	crowd_key(&crowd, '+');
	g_assert_cmpint(map->zoom, ==, 2);
	g_assert_cmpfloat(map->centre[0], ==, x);
	g_assert_cmpfloat(map->centre[1], ==, y);
	crowd_key(&crowd, '0');
	g_assert_true(anchor_is_seen(map));
	crowd_close(&crowd);
}

/* A marker of several places that is called after one of them makes its number a lie. */
static void a_marker_is_called_after_all_it_holds(void)
{
	struct crowd crowd;
	struct map *map;
	guint several = 0;

	crowd_open(&crowd, 300, 20, true);
	for (guint i = 0; i < 300; i++)
		((struct institution *)model_institution(crowd.model, i))->city =
			i % 3 ? "Here" : "There";
	crowd_key(&crowd, '6');
	map = map_of(&crowd);
	for (int zoom = 0; zoom < 5; zoom++) {
		for (int i = 0; map->grain == GRAIN_PLACE && i < (int)map->nodes->len; i++) {
			const struct map_node *node = map_node(map, i);
			g_autoptr(GArray) places = map_count_cities(map, crowd.model, node);
			g_autofree char *name = map_node_name(node);

			for (guint m = node->first; m < node->first + node->n; m++) {
				if (node->kind == NODE_TERRITORY)
					g_assert_cmpint(map->territory[map->members[m]], ==,
							node->record);
			}
			if (node->kind != NODE_GROUP || places->len < 2)
				continue;
			g_assert_cmpuint(node->others, ==, places->len - 1);
			g_assert_nonnull(strstr(name, "+"));
			several++;
		}
		crowd_key(&crowd, '+');
	}
	g_assert_cmpuint(several, >, 0);
	crowd_close(&crowd);
}

/* Enter on a marker of several shows them all, or the next of them; never the same again. */
static void enter_opens_a_marker(void)
{
	struct crowd crowd;
	struct map *map;

	map_start(&crowd, 300, 20);
	map = map_of(&crowd);
	for (guint press = 0; map_node(map, map->selected)->kind == NODE_GROUP; press++) {
		int zoom = map->zoom;

		g_assert_cmpuint(press, <, MAP_MOST_ZOOM);
		crowd_key(&crowd, TUI_ENTER);
		g_assert_cmpint(map->zoom, >, zoom);
		g_assert_true(map_node(map, map->selected)->shown);
	}
	crowd_close(&crowd);
}

/* Of what nobody has, neither a letter typed on the way nor Enter leads elsewhere. */
static void a_search_for_nothing_leads_nowhere(void)
{
	struct crowd crowd;
	struct map *map;

	map_start(&crowd, 300, 20);
	map = map_of(&crowd);
	g_autofree char *before = g_strdup(map->anchor);
	int zoom = map->zoom;

	crowd_key(&crowd, '/');
	crowd_type(&crowd, "1");
	g_assert_cmpstr(map->anchor, !=, before);
	crowd_type(&crowd, "qqq");
	g_assert_cmpstr(map->anchor, ==, before);
	crowd_key(&crowd, TUI_ENTER);
	crowd_sees(&crowd, "No institution here matches");
	g_assert_cmpstr(map->anchor, ==, before);
	g_assert_cmpint(map->zoom, ==, zoom);
	crowd_close(&crowd);
}

/* One partner overseas pushes a whole network into a corner, or is not told of. */
static void opens_where_most_are(void)
{
	struct crowd crowd;
	struct map *map;

	crowd_open(&crowd, 300, 12, true);
	for (guint i = 0; i < 300; i++) {
		struct institution *one = (struct institution *)model_institution(crowd.model, i);
		bool away = i % 20 == 0;

		one->country = away ? "DE" : i % 3 ? "CO" : "PE";
		one->lat = away ? 50.5 : -12 + (int)(i % 16);
		one->lon = away ? 10.5 : -77 + (int)(i % 6);
	}
	crowd_key(&crowd, '6');
	map = map_of(&crowd);
	g_assert_true(map->has_home);
	g_assert_cmpuint(map->in_window, ==, 285);
	g_assert_cmpuint(map->outside[0] + map->outside[1], ==, 15);
	g_assert_true(map_node(map, map->selected)->shown);
	crowd_sees(&crowd, "15: Germany");
	/* All of it, and back. */
	crowd_key(&crowd, '0');
	g_assert_cmpuint(map->in_window, ==, 300);
	crowd_key(&crowd, '-');
	crowd_sees(&crowd, "whole map");
	crowd_key(&crowd, '+');
	g_assert_cmpuint(map->in_window, ==, 285);
	g_assert_cmpint(map->zoom, ==, 0);
	crowd_key(&crowd, '+');
	g_assert_cmpint(map->zoom, ==, 1);
	crowd_key(&crowd, '-');
	g_assert_cmpuint(map->in_window, ==, 285);
	crowd_key(&crowd, '-');
	g_assert_cmpuint(map->in_window, ==, 300);
	crowd_close(&crowd);
	/* All in one place are at home everywhere. */
	crowd_open(&crowd, 60, 4, true);
	for (guint i = 0; i < 60; i++) {
		struct institution *one = (struct institution *)model_institution(crowd.model, i);

		one->lat = 4.5;
		one->lon = -74.5;
	}
	crowd_key(&crowd, '6');
	g_assert_false(map_of(&crowd)->has_home);
	g_assert_cmpuint(map_of(&crowd)->in_window, ==, 60);
	crowd_close(&crowd);
}

/* Where nobody passes there is no place to count degrees from: it reads before the first of them,
 * which the sanitizers see. */
static void opens_where_nobody_is(void)
{
	struct crowd crowd;

	crowd_open(&crowd, 60, 4, true);
	app_set_filter(crowd.app, &crowd.world, "name~nobody-at-all");
	crowd_key(&crowd, '6');
	g_assert_false(map_of(&crowd)->has_home);
	g_assert_cmpuint(map_of(&crowd)->in_window, ==, 0);
	/* Not "0 of 0 in view", nor "Partners of –". */
	crowd_sees(&crowd, "No institution matches the filter\n");
	crowd_key(&crowd, 'm');
	crowd_key(&crowd, 'm');
	g_assert_cmpint(map_of(&crowd)->mode, ==, MAP_EGO);
	crowd_sees(&crowd, "No institution matches the filter\n");
	crowd_close(&crowd);
}

/* In a small window the legend has a row, and nobody would know what the sizes are. */
static void help_has_the_whole_legend(void)
{
	struct crowd crowd;

	crowd_open(&crowd, 300, 20, true);
	crowd_size(&crowd, 16, 60);
	crowd_key(&crowd, '6');
	crowd_type(&crowd, "?or more");
	crowd_sees(&crowd, " Signs");
	crowd_sees(&crowd, "  ◉                16 or more");
	crowd_key(&crowd, TUI_ESCAPE);
	crowd_key(&crowd, '~');
	crowd_type(&crowd, "?or more");
	crowd_sees(&crowd, "  @                16 or more");
	crowd_close(&crowd);
}

int main(int argc, char **argv)
{
	g_setenv("LC_ALL", "C.UTF-8", TRUE);
	start_process();
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/map/opens-where-most-are", opens_where_most_are);
	g_test_add_func("/map/opens-where-nobody-is", opens_where_nobody_is);
	g_test_add_func("/map/legend", help_has_the_whole_legend);
	g_test_add_func("/map-ways/margin-filter", margin_keeps_its_filter);
	g_test_add_func("/map-ways/country", a_searched_country_stays);
	g_test_add_func("/map-ways/pan", the_picture_moves_and_the_selection_stays);
	g_test_add_func("/map-ways/whole", the_whole_map_stays_of_one_kind);
	g_test_add_func("/map-ways/edge-numbers", numbers_at_the_edge_are_explained);
	g_test_add_func("/map-ways/pan-nearer", nearer_is_where_one_looks);
	g_test_add_func("/map-ways/names", a_marker_is_called_after_all_it_holds);
	g_test_add_func("/map-ways/enter", enter_opens_a_marker);
	g_test_add_func("/map-ways/nothing", a_search_for_nothing_leads_nowhere);
	return g_test_run();
}
