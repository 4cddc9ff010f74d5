#include "tui/views/map.h"

#include <math.h>
#include <stdlib.h>

#include <glib/gi18n.h>

/*
 * From marker to marker, and the window over them by hand.  Which marker lies where an
 * arrow points is map_scene.c's.
 */
#define ROOM_FOR_ALL 0.7 /* of the window: at its edges it would be moved on */
#define NAME_REACH   8	 /* columns beside a marker that are its name rather than nothing */

void map_set_anchor(struct map *map, const struct world *world, guint institution)
{
	g_free(map->anchor);
	map->anchor = g_strdup(RECORD(model_institution(world->model, institution))->id);
	map->panned = map->guessed = false;
}

static void select_node(struct map *map, const struct world *world, int index)
{
	const struct map_node *node = map_node(map, index);

	if (!node || !node->n)
		return;
	map_set_anchor(map, world, map->members[node->first]);
	map_begin(map, world, MAP_SELECTION);
}

/* The next marker in the order of importance. */
static void select_next(struct map *map, const struct world *world)
{
	int n = (int)map->nodes->len;

	for (int step = 1; step < n; step++) {
		int index = (map->selected + step) % n;

		if (map_node(map, index)->shown) {
			select_node(map, world, index);
			return;
		}
	}
}

/* The first (most ties) or the last (fewest) of the markers in view. */
static void select_extreme(struct map *map, const struct world *world, bool most)
{
	int best = -1;

	for (int n = 0; n < (int)map->nodes->len; n++) {
		const struct map_node *node = map_node(map, n), *other = map_node(map, best);

		if (!node->shown)
			continue;
		if (!other || (most ? node->ties > other->ties : node->ties < other->ties))
			best = n;
	}
	select_node(map, world, best);
}

static void travel(struct map *map, const struct world *world, int down, int right)
{
	const struct map_node *node = map_node(map, map->selected);
	int to;

	/* What was moved out of sight comes back first. */
	if (node && !node->shown && map->panned) {
		map->panned = false;
		map_begin(map, world, MAP_SELECTION);
		return;
	}
	to = map_travel(map, down, right);
	if (to >= 0)
		select_node(map, world, to);
}

static void pan(struct map *map, struct app *app, const struct world *world, enum action action)
{
	if (map_pan(map, (action == ACTION_PAN_DOWN) - (action == ACTION_PAN_UP),
		    (action == ACTION_PAN_RIGHT) - (action == ACTION_PAN_LEFT)))
		map_begin(map, world, MAP_SCENE);
	else
		app_say(app, STYLE_DIM, "%s",
			map->zoom || map->mode == MAP_EGO
				? _("Nobody is further that way.")
				: _("There is nothing more that way; + goes nearer."));
}

void map_centre_on(struct map *map, const struct map_node *node)
{
	if (map->panned && !node->shown)
		return;
	map->panned = false;
	map->centre[0] = node->x;
	map->centre[1] = node->y;
}

bool map_nearer(struct map *map, const struct world *world)
{
	const struct map_node *node = map_node(map, map->selected);

	if (map->zoom >= MAP_MOST_ZOOM || !node || node->kind == NODE_MARGIN ||
	    (map->zoom && map->in_window <= 2))
		return false;
	if (map->all && !map->zoom && map_is_home(map, node->x, node->y)) {
		map_show(map, false);
		map_whole(map);
	} else {
		map->zoom++;
		map_centre_on(map, node);
	}
	map_begin(map, world, MAP_SCENE);
	return true;
}

/* How many doublings leave the members of a marker on the canvas, and their middle. */
static int doublings_for(const struct map *map, const struct map_node *node, double middle[2])
{
	const double *place[2] = { map->x, map->y };
	double dots[2] = { map->map_area.cols * CANVAS_DOTS_X, map->map_area.rows * CANVAS_DOTS_Y };
	double times = G_MAXDOUBLE;

	for (int axis = 0; axis < 2; axis++) {
		double least = G_MAXDOUBLE, most = -G_MAXDOUBLE;

		for (guint i = node->first; i < node->first + node->n; i++) {
			least = MIN(least, place[axis][map->members[i]]);
			most = MAX(most, place[axis][map->members[i]]);
		}
		middle[axis] = (least + most) / 2;
		if (most > least)
			times = MIN(times, ROOM_FOR_ALL * dots[axis] /
						   (map->scale[axis] * (most - least)));
	}
	return times >= 1 << MAP_MOST_ZOOM ? MAP_MOST_ZOOM : (int)floor(log2(MAX(times, 1)));
}

bool map_nearer_to_all(struct map *map, const struct world *world)
{
	const struct map_node *node = map_node(map, map->selected);
	double middle[2];
	int doublings = doublings_for(map, node, middle);

	if (map->zoom >= MAP_MOST_ZOOM)
		return false;
	/* Who stands far apart opens by steps, around the best connected. */
	if (doublings < 1)
		return map_nearer(map, world);
	map->zoom = MIN(map->zoom + doublings, MAP_MOST_ZOOM);
	map->panned = false;
	map->centre[0] = middle[0];
	map->centre[1] = middle[1];
	map_begin(map, world, MAP_SCENE);
	return true;
}

bool map_move(struct map *map, struct app *app, const struct world *world, enum action action)
{
	switch (action) {
	case ACTION_DOWN:
	case ACTION_UP:
		travel(map, world, action == ACTION_DOWN ? 1 : -1, 0);
		return true;
	case ACTION_LEFT:
	case ACTION_RIGHT:
		travel(map, world, 0, action == ACTION_RIGHT ? 1 : -1);
		return true;
	case ACTION_FIRST:
	case ACTION_LAST:
		select_extreme(map, world, action == ACTION_FIRST);
		return true;
	case ACTION_PANE:
		select_next(map, world);
		return true;
	case ACTION_PAN_LEFT:
	case ACTION_PAN_DOWN:
	case ACTION_PAN_UP:
	case ACTION_PAN_RIGHT:
		pan(map, app, world, action);
		return true;
	default:
		return false;
	}
}

/* A marker, or its name beside it: how far that is, -1 too far. */
static int reach_of(const struct map_node *node, int row, int col)
{
	int down = abs(row - node->row), right = abs(col - node->col);

	if (!node->shown || down > 1 || right > (down == 0 ? NAME_REACH : 1))
		return -1;
	return 3 * down + right;
}

bool map_click(struct view *view, const struct world *world, struct rect area, int row, int col)
{
	struct map *map = view->state;
	int best = -1, least = 0;

	if (map->work)
		return false;
	row -= area.row + map->map_area.row;
	col -= area.col + map->map_area.col;
	for (int n = 0; n < (int)map->nodes->len; n++) {
		int reach = reach_of(map_node(map, n), row, col);

		if (reach >= 0 && (best < 0 || reach < least)) {
			best = n;
			least = reach;
		}
	}
	if (best < 0 || best == map->selected)
		return best >= 0;
	select_node(map, world, best);
	return false;
}
