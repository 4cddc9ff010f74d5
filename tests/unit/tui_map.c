/*
 * The map: every institution is in some marker at every zoom, crowds are grouped
 * and open, arrows go where they point, and what is selected can be seen.
 */
#include "base/start.h"
#include "tests/unit/tui_crowd_map.h"

#include <math.h>

/* Its name, in the one style that only the selected one has. */
static bool selected_is_named(const struct crowd *crowd)
{
	guint cells = 0;

	for (int i = 0; i < crowd->grid->rows * crowd->grid->cols; i++)
		cells += crowd->grid->cells[i].style == STYLE_SELECTED;
	return cells > 3;
}

static guint in_markers(const struct map *map)
{
	guint n = 0;

	for (int i = 0; i < (int)map->nodes->len; i++)
		n += map_node(map, i)->n;
	return n;
}

static bool selected_is_seen(const struct map *map)
{
	const struct map_node *node = map_node(map, map->selected);

	return node && node->shown && node->row >= 0 && node->row < map->map_area.rows &&
	       node->col >= 0 && node->col < map->map_area.cols;
}

static void nobody_is_hidden(void)
{
	struct crowd crowd;

	map_start(&crowd, 300, 20);
	for (int mode = 0; mode < 2; mode++) {
		struct map *map = map_of(&crowd);

		for (int zoom = 0; zoom <= MAP_MOST_ZOOM; zoom++) {
			g_assert_cmpuint(in_markers(map), ==, 300);
			g_assert_true(selected_is_seen(map));
			crowd_key(&crowd, '+');
		}
		crowd_key(&crowd, '0');
		g_assert_cmpint(map->zoom, ==, 0);
		crowd_key(&crowd, 'm');
	}
	crowd_close(&crowd);
}

/*
 * Whatever markers stand for, their counts must be those of the lists: each tie of
 * the scope is inside of one marker or between two, each institution in one marker.
 */
static void check_sums(const struct map *map)
{
	guint inside = 0, between = 0, lines = 0, members = 0;

	for (int i = 0; i < (int)map->nodes->len; i++) {
		inside += map_node(map, i)->inside;
		between += map_node(map, i)->ties;
		members += map_node(map, i)->n;
	}
	for (guint l = 0; l < map->links->len; l++)
		lines += g_array_index(map->links, struct map_link, l).ties;
	g_assert_cmpuint(between, ==, 2 * lines);
	g_assert_cmpuint(inside + lines, ==, map->n_ties);
	g_assert_cmpuint(members, ==, map->n_scope);
}

static void counts_are_those_of_lists(void)
{
	static const char *const filters[] = { "", "sector=academia", "ties>3" };
	struct crowd crowd;
	struct map *map;

	map_start(&crowd, 300, 20);
	map = map_of(&crowd);
	g_assert_cmpuint(map->n_ties, ==, study_net(crowd.study)->m);
	for (guint f = 0; f < G_N_ELEMENTS(filters); f++) {
		app_set_filter(crowd.app, &crowd.world, filters[f]);
		for (int view = 0; view < 3; view++) { /* geography, territories, circles */
			for (int zoom = 0; zoom <= MAP_MOST_ZOOM; zoom++) {
				check_sums(map);
				crowd_key(&crowd, '+');
			}
			crowd_key(&crowd, '0');
			crowd_key(&crowd, view ? 'r' : 'm');
		}
		while (map->mode != MAP_GEOGRAPHY)
			crowd_key(&crowd, 'm');
	}
	crowd_close(&crowd);
}

static void colours_and_bars_say_what(void)
{
	struct crowd crowd;
	struct map *map;

	map_start(&crowd, 30, 3);
	crowd_key(&crowd, 'm');
	map = map_of(&crowd);
	crowd_key(&crowd, 'c');
	crowd_sees(&crowd, "Colours: countries");
	g_assert_cmpuint(map->shades->len, >, 0);
	for (guint i = 0; i < map->n; i++) {
		const char *country = model_institution(crowd.model, i)->country;

		if (map->shade[i] >= 0)
			g_assert_cmpstr(g_ptr_array_index(map->shades, map->shade[i]), ==,
					country_name(country));
	}
	crowd_key(&crowd, 's');
	crowd_sees(&crowd, "Bars behind names: Partners");
	crowd_sees(&crowd, "█");
	crowd_close(&crowd);
}

static void around_from_a_card(void)
{
	struct crowd crowd;

	crowd_open(&crowd, 60, 5, true);
	crowd_key(&crowd, '2');
	crowd_key(&crowd, TUI_ENTER);
	g_autofree char *id = g_strdup(app_top(crowd.app)->subject);

	crowd_key(&crowd, 'o');
	g_assert_cmpint(map_of(&crowd)->mode, ==, MAP_EGO);
	g_assert_cmpstr(map_of(&crowd)->ego, ==, id);
	crowd_key(&crowd, TUI_ESCAPE);
	g_assert_true(app_top(crowd.app)->ops == &view_institution);
	crowd_close(&crowd);
}

static guint largest_marker(const struct map *map)
{
	guint most = 0;

	for (int i = 0; i < (int)map->nodes->len; i++)
		if (map_node(map, i)->kind != NODE_MARGIN)
			most = MAX(most, map_node(map, i)->n);
	return most;
}

static void crowds_are_grouped_and_open(void)
{
	struct crowd crowd;
	struct map *map;

	map_start(&crowd, 300, 20);
	crowd_key(&crowd, 'm');
	map = map_of(&crowd);
	g_assert_cmpint(map->mode, ==, MAP_NETWORK);
	g_assert_cmpuint(largest_marker(map), >, 1);
	crowd_sees(&crowd, "Markers are territories");
	for (int i = 0; i < MAP_MOST_ZOOM; i++)
		crowd_key(&crowd, '+');
	g_assert_cmpuint(largest_marker(map), ==, 1);
	crowd_sees(&crowd, "Markers are institutions");
	crowd_close(&crowd);

	/* Few need no grouping: each has a marker at once. */
	map_start(&crowd, 30, 3);
	crowd_key(&crowd, 'm');
	g_assert_cmpuint(largest_marker(map_of(&crowd)), ==, 1);
	crowd_close(&crowd);
}

static void arrows_go_where_they_point(void)
{
	static const struct {
		gunichar key;
		int down, right;
	} arrows[] = {
		{ 'j', 1, 0 }, { TUI_KEY_UP, -1, 0 }, { 'l', 0, 1 }, { TUI_KEY_LEFT, 0, -1 }
	};
	struct crowd crowd;
	guint moved = 0;

	map_start(&crowd, 300, 20);
	crowd_key(&crowd, 'm');
	for (guint step = 0; step < 60; step++) {
		struct map *map = map_of(&crowd);
		guint a = step * 7 % 4;
		const struct map_node *to =
			map_node(map, map_travel(map, arrows[a].down, arrows[a].right));
		const struct map_node *from = map_node(map, map->selected);

		if (to) {
			g_assert_cmpint((to->row - from->row) * arrows[a].down +
						(to->col - from->col) * arrows[a].right,
					>, 0);
			moved++;
		}
		crowd_key(&crowd, arrows[a].key);
		g_assert_true(selected_is_seen(map));
		g_free(crowd_screen(&crowd));
		g_assert_true(selected_is_named(&crowd));
	}
	g_assert_cmpuint(moved, >, 20);
	crowd_close(&crowd);
}

static void enter_opens_cards(void)
{
	struct crowd crowd;
	struct map *map;

	map_start(&crowd, 30, 3);
	crowd_key(&crowd, 'm');
	map = map_of(&crowd);
	g_assert_cmpint(map_node(map, map->selected)->kind, ==, NODE_INSTITUTION);
	g_autofree char *id = g_strdup(map->anchor);

	crowd_key(&crowd, TUI_ENTER);
	g_assert_true(app_top(crowd.app)->ops == &view_institution);
	g_assert_cmpstr(app_top(crowd.app)->subject, ==, id);
	crowd_key(&crowd, TUI_ESCAPE);
	g_assert_cmpstr(map_of(&crowd)->anchor, ==, id);
	crowd_close(&crowd);
}

static void isolates_stand_in_the_margin(void)
{
	struct crowd crowd;
	const struct map_node *margin = NULL;
	struct map *map;

	map_start(&crowd, 300, 20);
	crowd_key(&crowd, 'm');
	map = map_of(&crowd);
	for (int i = 0; i < (int)map->nodes->len; i++)
		if (map_node(map, i)->kind == NODE_MARGIN)
			margin = map_node(map, i);
	g_assert_nonnull(margin);
	g_assert_true(margin->shown);
	for (guint i = margin->first; i < margin->first + margin->n; i++)
		g_assert_cmpuint(map->degree[map->members[i]], ==, 0);
	crowd_sees(&crowd, "without ties");
	/* Enter on it lists them. */
	guint n = margin->n;

	g_free(map->anchor);
	map->anchor =
		g_strdup(RECORD(model_institution(crowd.model, map->members[margin->first]))->id);
	crowd_event(&crowd, (struct event){ .type = EVENT_RESIZE });
	crowd_key(&crowd, TUI_ENTER);
	g_assert_true(app_top(crowd.app)->ops == &view_institutions);
	g_autofree char *shown = g_strdup_printf("%u of 300", n);

	crowd_key(&crowd, 'j'); /* the message about the filter gives way to the count */
	crowd_sees(&crowd, shown);
	crowd_close(&crowd);
}

static void search_opens_the_way(void)
{
	struct crowd crowd;
	const struct institution *wanted;
	struct map *map;

	map_start(&crowd, 300, 20);
	wanted = model_institution(crowd.model, 137);
	crowd_key(&crowd, '/');
	crowd_type(&crowd, wanted->base.id);
	crowd_key(&crowd, TUI_ENTER);
	map = map_of(&crowd);
	g_assert_cmpstr(map->anchor, ==, wanted->base.id);
	g_assert_cmpint(map_node(map, map->selected)->kind, ==, NODE_INSTITUTION);
	g_assert_true(selected_is_seen(map));
	/* Esc goes back to where it began. */
	crowd_key(&crowd, '/');
	crowd_type(&crowd, "a");
	crowd_key(&crowd, TUI_ESCAPE);
	g_assert_cmpstr(map->anchor, ==, wanted->base.id);
	crowd_close(&crowd);
}

static gint by_number(gconstpointer a, gconstpointer b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

static void assert_extent(const struct map *map, const double *values, int axis, double margin)
{
	g_autoptr(GArray) sorted = g_array_new(FALSE, FALSE, sizeof(double));
	guint cut;

	for (guint i = 0; i < map->n; i++)
		if (map->in[i] && !isnan(values[i]))
			g_array_append_val(sorted, values[i]);
	g_array_sort(sorted, by_number);
	cut = sorted->len / 100;
	g_assert_cmpfloat(map->least[axis], ==, g_array_index(sorted, double, cut) - margin);
	g_assert_cmpfloat(map->most[axis], ==,
			  g_array_index(sorted, double, sorted->len - 1 - cut) + margin);
}

/* Of one place to two decimals, the best connected stands in the middle and the others around it in
 * their order; the outermost hundredth on each side is off the world at first. */
static void places_are_spread(void)
{
	struct crowd crowd;
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_autoptr(GArray) order = g_array_new(FALSE, FALSE, sizeof(guint));
	struct map *map;

	crowd_open(&crowd, 500, 12, true);
	for (guint i = 0; i < 500; i++) {
		struct institution *one = (struct institution *)model_institution(crowd.model, i);

		/* Halves that a number cannot hold exactly, and on both sides of nothing. */
		one->lat = (int)(i % 8) * 0.005 - 0.02;
		one->lon = i % 3 ? 0.005 * (int)(i % 5) - 0.01 : 12.125 + (int)(i % 7) * 10;
		g_array_append_val(order, i);
	}
	crowd_key(&crowd, '6');
	map = map_of(&crowd);
	g_assert_cmpint(map->mode, ==, MAP_GEOGRAPHY);
	g_array_sort_with_data(order, map_by_degree, map);
	for (guint o = 0; o < order->len; o++) {
		guint i = g_array_index(order, guint, o);
		const struct institution *one = model_institution(crowd.model, i);
		char *key = g_strdup_printf("%.2f %.2f", one->lon, -one->lat);
		double k = GPOINTER_TO_UINT(g_hash_table_lookup(seen, key));

		g_hash_table_insert(seen, key, GUINT_TO_POINTER((guint)k + 1));
		g_assert_cmpfloat(fabs(one->lon + 0.06 * sqrt(k) * cos(2.399963 * k) - map->x[i]),
				  <, 1e-9);
		g_assert_cmpfloat(fabs(-one->lat + 0.06 * sqrt(k) * sin(2.399963 * k) - map->y[i]),
				  <, 1e-9);
	}
	crowd_key(&crowd, '0');
	assert_extent(map, map->x, 0, 3);
	assert_extent(map, map->y, 1, 2);
	crowd_close(&crowd);
}

static void settle(struct crowd *crowd)
{
	for (guint rounds = 0; view_map.busy(app_top(crowd->app)); rounds++) {
		g_assert_cmpuint(rounds, <, 100);
		crowd_event(crowd, (struct event){ .type = EVENT_AGAIN });
	}
}

/* Types and takes a search, and steps to the next match; `patient`: waits behind each key. */
static char *next_of_search(struct crowd *crowd, const char *text, bool patient)
{
	crowd_key(crowd, '0');
	crowd_key(crowd, '/');
	for (; *text; text++) {
		crowd_key(crowd, (guchar)*text);
		if (patient)
			settle(crowd);
	}
	crowd_key(crowd, TUI_ENTER);
	if (patient)
		settle(crowd);
	crowd_key(crowd, 'n');
	settle(crowd);
	return crowd_screen(crowd);
}

/* Many are looked at in pieces, and whoever types faster comes to the same place. */
static void search_goes_in_pieces(void)
{
	struct crowd crowd;
	struct map *map;

	crowd_open(&crowd, 3000, 20, false);
	crowd_key(&crowd, '6');
	crowd_event(&crowd, (struct event){ .type = EVENT_AGAIN });
	crowd_key(&crowd, '/');
	crowd_key(&crowd, '1');
	map = map_of(&crowd);
	g_assert_cmpint(map->wish, ==, WISH_SHOW);
	g_assert_cmpuint(map->scored, <, map->n);
	settle(&crowd);
	g_assert_cmpint(map->wish, ==, WISH_NONE);
	g_assert_cmpuint(map->scored, ==, map->n);
	crowd_key(&crowd, TUI_ESCAPE);
	for (guint mode = 0; mode < 2; mode++) {
		g_autofree char *slow = next_of_search(&crowd, "17", true);
		g_autofree char *fast = NULL;

		crowd_key(&crowd, 'm'); /* what was folded is forgotten by that */
		crowd_event(&crowd, (struct event){ .type = EVENT_AGAIN });
		for (guint more = 0; more < 2; more++) {
			crowd_key(&crowd, 'm');
			crowd_event(&crowd, (struct event){ .type = EVENT_AGAIN });
		}
		fast = next_of_search(&crowd, "17", false);
		g_assert_cmpstr(slow, ==, fast);
		crowd_key(&crowd, 'm');
		crowd_event(&crowd, (struct event){ .type = EVENT_AGAIN });
	}
	/* What nobody has is said when all have been looked at. */
	crowd_key(&crowd, '/');
	crowd_type(&crowd, "qqqq");
	settle(&crowd);
	g_assert_cmpstr(crowd.app->message, ==, "No institution here matches");
	crowd_close(&crowd);
}

/* The next and the former match are those of the whole order, around its end. */
static void matches_follow_each_other(void)
{
	struct crowd crowd;
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_autofree char *best = NULL;
	struct map *map;
	guint n = 0;

	map_start(&crowd, 300, 20);
	crowd_key(&crowd, '/');
	crowd_type(&crowd, "13");
	crowd_key(&crowd, TUI_ENTER);
	map = map_of(&crowd);
	best = g_strdup(map->anchor);
	for (guint i = 0; i < map->n; i++)
		n += map->scores[i] > 0;
	g_assert_cmpuint(n, >, 2);
	for (guint i = 0; i < n; i++) {
		g_autofree char *before = g_strdup(map->anchor);

		g_assert_true(g_hash_table_add(seen, g_strdup(map->anchor)));
		crowd_key(&crowd, 'n');
		crowd_key(&crowd, 'N');
		g_assert_cmpstr(map->anchor, ==, before);
		crowd_key(&crowd, 'n');
	}
	g_assert_cmpstr(map->anchor, ==, best);
	crowd_close(&crowd);
}

static void around_one_institution(void)
{
	struct crowd crowd;
	struct map *map;
	guint hub = 0;

	crowd_open(&crowd, 300, 20, true);
	for (guint i = 0; i < 300; i++)
		if (crowd.model->arc_start[i + 1] - crowd.model->arc_start[i] >
		    crowd.model->arc_start[hub + 1] - crowd.model->arc_start[hub])
			hub = i;
	const char *id = RECORD(model_institution(crowd.model, hub))->id;
	guint degree = crowd.model->arc_start[hub + 1] - crowd.model->arc_start[hub];

	app_open(crowd.app, &crowd.world, &view_map, id);
	map = map_of(&crowd);
	g_assert_cmpint(map->mode, ==, MAP_EGO);
	g_assert_cmpuint(in_markers(map), ==, degree + 1);
	crowd_size(&crowd, 60, 160);
	g_assert_cmpuint(map->nodes->len, ==, degree + 1);
	for (int i = 0; i < (int)map->nodes->len; i++)
		g_assert_true(map_node(map, i)->shown);
	/* A partner moves into the middle and back. */
	crowd_key(&crowd, 'l');
	g_assert_cmpstr(map->anchor, !=, id);
	crowd_key(&crowd, '+');
	g_assert_cmpstr(map->ego, ==, map->anchor);
	crowd_key(&crowd, '-');
	g_assert_cmpstr(map->ego, ==, id);
	/* Esc goes back on that way before it leaves the map. */
	crowd_key(&crowd, 'l');
	crowd_key(&crowd, 'o');
	g_assert_cmpstr(map->ego, !=, id);
	crowd_key(&crowd, TUI_ESCAPE);
	g_assert_cmpstr(map->ego, ==, id);
	crowd_key(&crowd, TUI_ESCAPE);
	g_assert_true(app_top(crowd.app)->ops == &view_overview);
	crowd_key(&crowd, '6');
	map = map_of(&crowd);
	crowd_key(&crowd, 'm');
	crowd_key(&crowd, '+');
	crowd_key(&crowd, 'o');
	g_assert_cmpint(map->mode, ==, MAP_EGO);
	crowd_key(&crowd, TUI_ESCAPE);
	g_assert_cmpint(map->mode, ==, MAP_NETWORK);
	crowd_close(&crowd);
}

static void says_what_is_missing(void)
{
	struct crowd crowd;

	crowd_open(&crowd, 60, 5, false);
	crowd_key(&crowd, '6');
	crowd_sees(&crowd, "computing ties");
	crowd_compute(&crowd);
	app_set_filter(crowd.app, &crowd.world, "name~nobody-is-called-so");
	crowd_sees(&crowd, "No institution matches the");
	crowd_key(&crowd, 'j');
	crowd_key(&crowd, TUI_ENTER);
	crowd_key(&crowd, 'm');
	crowd_key(&crowd, 'm');
	crowd_key(&crowd, '+');
	crowd_sees(&crowd, "No institution matches the");
	crowd_close(&crowd);
	/* Nor are there groups of a network of nobody, before anything is computed. */
	crowd_open(&crowd, 0, 0, false);
	crowd_key(&crowd, '6');
	for (guint mode = 0; mode < MAP_MODES; mode++) {
		crowd_key(&crowd, 'm');
		crowd_sees(&crowd, "Map: ");
	}
	crowd_close(&crowd);
}

static void relaxing_keeps_apart(void)
{
	double place[40][2] = { 0 };
	double weight[40 * 40] = { 0 };

	for (guint i = 1; i < 40; i++)
		weight[i] = weight[i * 40] = 3; /* all hang on the first, all in one place */
	map_relax(place, weight, 40, 0, map_relax_rounds(40));
	for (guint i = 0; i < 40; i++) {
		for (int axis = 0; axis < 2; axis++)
			g_assert_true(place[i][axis] > 0 && place[i][axis] < 1);
		for (guint j = 0; j < i; j++)
			g_assert_cmpfloat(
				hypot(place[i][0] - place[j][0], place[i][1] - place[j][1]), >,
				0.02);
	}
}

static void any_keys_any_size(void)
{
	static const gunichar keys[] = {
		'h', 'j', 'k',	   'l', '+',	   '-',	       '0', 'm',
		'g', 'G', TUI_TAB, '~', 'n',	   'N',	       '/', 'a',
		'c', 's', 'r',	   'o', TUI_ENTER, TUI_ESCAPE, '6', TUI_KEY_PAGE_DOWN,
		'H', 'J', 'K',	   'L'
	};
	struct crowd crowd;

	map_start(&crowd, 200, 12);
	crowd_play(&crowd, keys, G_N_ELEMENTS(keys), 300);
	crowd_close(&crowd);
}

int main(int argc, char **argv)
{
	g_setenv("LC_ALL", "C.UTF-8", TRUE);
	start_process();
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/map/nobody-is-hidden", nobody_is_hidden);
	g_test_add_func("/map/counts", counts_are_those_of_lists);
	g_test_add_func("/map/colours-and-bars", colours_and_bars_say_what);
	g_test_add_func("/map/around-from-a-card", around_from_a_card);
	g_test_add_func("/map/crowds-are-grouped", crowds_are_grouped_and_open);
	g_test_add_func("/map/arrows", arrows_go_where_they_point);
	g_test_add_func("/map/enter-opens-cards", enter_opens_cards);
	g_test_add_func("/map/margin", isolates_stand_in_the_margin);
	g_test_add_func("/map/search", search_opens_the_way);
	g_test_add_func("/map/places-are-spread", places_are_spread);
	g_test_add_func("/map/search-in-pieces", search_goes_in_pieces);
	g_test_add_func("/map/matches-in-turn", matches_follow_each_other);
	g_test_add_func("/map/ego", around_one_institution);
	g_test_add_func("/map/says-what-is-missing", says_what_is_missing);
	g_test_add_func("/map/relaxing", relaxing_keeps_apart);
	g_test_add_func("/map/any-keys-any-size", any_keys_any_size);
	return g_test_run();
}
