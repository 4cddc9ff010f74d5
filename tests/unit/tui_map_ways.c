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

int main(int argc, char **argv)
{
	g_setenv("LC_ALL", "C.UTF-8", TRUE);
	start_process();
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/map-ways/margin-filter", margin_keeps_its_filter);
	g_test_add_func("/map-ways/country", a_searched_country_stays);
	return g_test_run();
}
