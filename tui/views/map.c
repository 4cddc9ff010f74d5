#include "tui/views/map.h"

#include "tui/widgets/prompt.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n.h>

#include "base/context.h"
#include "tui/app_record.h"

/*
 * The map: institutions on the geography, in the network, or around one of them.
 * This file is the view: what keys do and where the panes stand.  What is shown
 * is made by map_work.c, and painted in map_draw.c; map_move.c goes from marker to marker.
 */

static const char *const mode_titles[] = {
	[MAP_GEOGRAPHY] = N_("Map: geography"),
	[MAP_NETWORK] = N_("Map: network"),
	[MAP_EGO] = N_("Map: one institution"),
};

static void map_free(void *state)
{
	struct map *map = state;

	map_stop(map);
	g_array_unref(map->nodes);
	g_array_unref(map->links);
	g_array_unref(map->edges);
	g_array_unref(map->groups);
	g_array_unref(map->order);
	g_array_unref(map->keys);
	g_array_unref(map->lines);
	g_array_unref(map->waiting);
	g_array_unref(map->inside);
	g_array_unref(map->near);
	g_ptr_array_unref(map->egos);
	g_string_chunk_free(map->names);
	g_free(map->filter);
	g_ptr_array_unref(map->shades);
	g_free(map->shade);
	g_free(map->size_of);
	canvas_free(map->canvas);
	prompt_free(map->prompt);
	g_free(map->in);
	g_free(map->degree);
	g_free(map->x);
	g_free(map->y);
	g_free(map->group);
	g_free(map->territory);
	g_free(map->members);
	g_free(map->node_of);
	g_free(map->anchor);
	g_free(map->ego);
	g_free(map->heading);
	g_free(map->note);
	g_free(map->needle);
	g_free(map->anchor_before);
	map_forget_names(map);
	g_free(map);
}

static void *map_open(struct app *app, const struct world *world, const char *subject)
{
	struct map *map = g_new0(struct map, 1);

	(void)app;
	(void)world;
	map->edges = g_array_new(FALSE, FALSE, sizeof(guint[3]));
	map->groups = g_array_new(FALSE, TRUE, sizeof(double[2]));
	map->order = g_array_new(FALSE, FALSE, sizeof(guint));
	map->keys = g_array_new(FALSE, FALSE, sizeof(struct map_key));
	g_array_set_clear_func(map->keys, map_key_release);
	map->lines = g_array_new(FALSE, FALSE, sizeof(struct map_line));
	g_array_set_clear_func(map->lines, map_line_release);
	map->egos = g_ptr_array_new_with_free_func(g_free);
	map->waiting = g_array_new(FALSE, FALSE, sizeof(enum action));
	map->filter = g_strdup("");
	map->shades = g_ptr_array_new_with_free_func(g_free);
	map->centre[0] = NAN;
	map->circle = measure_find("circle");
	map_clear_scene(map);
	if (subject) {
		map->mode = MAP_EGO;
		map->anchor = g_strdup(subject);
		map->ego = g_strdup(subject);
	}
	return map;
}

/* Where the pieces stand: a pane where there is room, else two lines below the map. */
static void arrange(struct map *map, const struct world *world)
{
	struct rect area = app_area(world);
	int rows = MAX(area.rows, 1), cols = MAX(area.cols, 1);
	int pane = cols >= APP_WIDE					    ? cols / 3
		   : cols >= 76 && rows >= 14 && map->mode == MAP_GEOGRAPHY ? 30
									    : 0;
	int heading = rows >= 6, details = rows >= 8 && !pane ? 2 : 0;
	int legend = pane || rows < 11 ? 0 : rows < 18 ? 1 : 2;

	map->rows = area.rows;
	map->cols = area.cols;
	map->map_area = (struct rect){ heading, 0, rows - heading - legend - details, cols - pane };
	map->legend = (struct rect){ heading + map->map_area.rows, 0, legend, cols };
	map->details = (struct rect){ rows - details, 0, details, cols };
	map->panel = (struct rect){ heading, cols - pane + 2, pane ? rows - heading : 0, pane - 2 };
}

static void map_refresh(struct view *view, struct app *app, const struct world *world)
{
	struct map *map = view->state;

	g_free(map->filter);
	map->filter = g_strdup(app->filter);
	arrange(map, world);
	map_begin(map, world, MAP_PLACES);
}

static void set_mode(struct map *map, const struct world *world, enum map_mode mode)
{
	map->mode = mode;
	map->came = map->came && mode == MAP_EGO;
	if (mode == MAP_EGO) {
		g_free(map->ego);
		map->ego = g_strdup(map->anchor);
		g_ptr_array_set_size(map->egos, 0);
	}
	map->zoom = 0;
	map->all = false;
	map->centre[0] = NAN;
	arrange(map, world);
	map_begin(map, world, MAP_PLACES);
}

/* Another colouring, other bars, other groups: says which. */
static void set_look(struct map *map, struct app *app, const struct world *world,
		     enum action action)
{
	g_autofree char *size = NULL;

	if (action == ACTION_COLOUR) {
		map->colour = (enum map_colour)((map->colour + 1) % MAP_COLOURS);
		app_say(app, STYLE_NORMAL, "%s", map_colour_sentence(map));
	} else if (action == ACTION_SIZE) {
		map->size = (map->size + 1) % MAP_SIZES;
		size = map_size_sentence(map);
		app_say(app, STYLE_NORMAL, "%s", size);
	} else if (map->mode != MAP_NETWORK) {
		app_say(app, STYLE_DIM,
			_("Groups can be chosen on the map of the network; m goes there"));
		return;
	} else {
		map->circles = !map->circles;
		app_say(app, STYLE_NORMAL, "%s",
			map->circles ? _("Groups: circles of who works with whom")
				     : _("Groups: territories, else countries"));
	}
	if (action == ACTION_GROUPS && !map->zoom)
		map->panned = false;
	map_begin(map, world, action == ACTION_GROUPS ? MAP_PLACES : MAP_LOOK);
}

/* Nearer until the selected marker is what was searched, or can get no larger. */
static void zoom_open(struct map *map, const struct world *world)
{
	map->wish = WISH_NEARER;
	while (map->wish == WISH_NEARER && !map->work) {
		if (map_is_found(map) || !map_nearer(map, world))
			map->wish = WISH_NONE;
	}
}

/* Around one institution, "nearer" is the selected partner in the middle. */
static void step_ego(struct map *map, const struct world *world, bool inward)
{
	if (inward && g_strcmp0(map->ego, map->anchor) != 0) {
		g_ptr_array_add(map->egos, g_steal_pointer(&map->ego));
		map->ego = g_strdup(map->anchor);
	} else if (!inward && map->egos->len) {
		g_free(map->ego);
		map->ego = g_ptr_array_steal_index(map->egos, map->egos->len - 1);
		g_free(map->anchor);
		map->anchor = g_strdup(map->ego);
	}
	map_whole(map);
	map_begin(map, world, MAP_SCENE);
}

/* A group has no partners of its own: the best connected of it does. */
static void around_selected(struct map *map, struct app *app, const struct world *world)
{
	const struct map_node *node = map_node(map, map->selected);

	if (!node || node->kind == NODE_MARGIN) {
		app_say(app, STYLE_DIM, _("Nobody stands here who has ties"));
	} else if (map->mode == MAP_EGO) {
		step_ego(map, world, true);
	} else {
		map->came_from = map->mode;
		map->came = true;
		set_mode(map, world, MAP_EGO);
	}
}

/* One step back on the way that was gone by going around one after the other. */
static bool step_back(struct map *map, const struct world *world)
{
	if (map->mode != MAP_EGO || (!map->egos->len && !map->came))
		return false;
	if (map->egos->len)
		step_ego(map, world, false);
	else
		set_mode(map, world, map->came_from);
	return true;
}

static void zoom(struct map *map, const struct world *world, enum action action)
{
	const struct map_node *node = map_node(map, map->selected);

	if (map->mode == MAP_EGO) {
		do {
			step_ego(map, world, action == ACTION_ZOOM_IN);
		} while (action == ACTION_ZOOM_RESET && map->egos->len);
	} else if (action == ACTION_ZOOM_IN) {
		map_nearer(map, world);
	} else if (action == ACTION_ZOOM_OUT && map->zoom > 1) {
		map->zoom--;
		if (node && node->kind != NODE_MARGIN)
			map_centre_on(map, node);
		map_begin(map, world, MAP_SCENE);
	} else {
		/* From home to all of it; what was moved or nearer goes back there first by -. */
		if (action == ACTION_ZOOM_RESET || (!map->zoom && !map->panned))
			map_show(map, true);
		map_whole(map);
		map_begin(map, world, MAP_SCENE);
	}
}

/* The same, and a word where that changes nothing. */
static void zoom_key(struct map *map, struct app *app, const struct world *world,
		     enum action action)
{
	int zoomed = map->zoom;
	guint around = map->egos->len;
	bool moved = map->panned, all = map->all || !map->has_home;

	zoom(map, world, action);
	if (map->zoom == zoomed && all == (map->all || !map->has_home) &&
	    map->egos->len == around && !moved)
		app_say(app, STYLE_DIM, "%s",
			action == ACTION_ZOOM_IN ? _("There is nothing nearer to be seen here.")
						 : _("This is the whole map."));
}

static void open_selected(struct map *map, struct app *app, const struct world *world)
{
	const struct map_node *node = map_node(map, map->selected);

	if (!node)
		return;
	switch (node->kind) {
	case NODE_INSTITUTION:
		app_open(app, world, &view_institution,
			 RECORD(model_institution(world->model, (guint)node->record))->id);
		break;
	case NODE_TERRITORY:
		app_open(app, world, &view_territory,
			 RECORD(model_territory(world->model, (guint)node->record))->id);
		break;
	case NODE_MARGIN:
		map_open_margin(map, app, world, node);
		break;
	case NODE_GROUP:
		if (map->mode == MAP_EGO)
			app_say(app, STYLE_DIM,
				_("Several institutions stand here; m shows them on another map"));
		else if (!map_nearer_to_all(map, world))
			app_say(app, STYLE_DIM, _("There is nothing nearer to be seen here."));
		break;
	}
}

/* Goes to a match, by map_match(); false: there is none. */
static bool go_to_match(struct map *map, const struct world *world, int step)
{
	int at = map_match(map, world->model, step);

	if (at < 0)
		return false;
	map_set_anchor(map, world, (guint)at);
	if (map->mode == MAP_EGO && map_node_at(map, world, map->anchor) < 0) {
		g_free(map->ego);
		map->ego = g_strdup(map->anchor);
	}
	return true;
}

/* What a part of the word led to is not where one was. */
static void nothing_found(struct map *map, struct app *app, const struct world *world)
{
	app_say(app, STYLE_WARN, _("No institution here matches"));
	if (!map->anchor_before || !g_strcmp0(map->anchor, map->anchor_before))
		return;
	g_free(map->anchor);
	map->anchor = g_strdup(map->anchor_before);
	map_begin(map, world, map->mode == MAP_EGO ? MAP_SCENE : MAP_SELECTION);
}

/* All have been looked at for what is searched. */
static void search_answered(struct map *map, struct app *app, const struct world *world)
{
	enum map_wish wish = map->wish;
	bool found = go_to_match(map, world, wish == WISH_STEP ? map->step : 0);

	map->wish = WISH_NONE;
	if (map->prompt == NULL)
		map_forget_texts(map);
	if (found && map->mode == MAP_EGO)
		map_begin(map, world, MAP_SCENE);
	else if (found)
		map_begin(map, world, MAP_SELECTION);
	if (found && wish == WISH_OPEN && map->mode != MAP_EGO)
		zoom_open(map, world);
	else if (!found && wish == WISH_STEP)
		app_say(app, STYLE_DIM, _("There is nothing to find; / searches"));
	else if (!found && (wish == WISH_SHOW || wish == WISH_OPEN) && *map->needle)
		nothing_found(map, app, world);
}

/* A piece of looking for it, and the rest when there is time. */
static void search_on(struct map *map, struct app *app, const struct world *world)
{
	if (map->work)
		return;
	if (map->wish == WISH_NEARER)
		zoom_open(map, world);
	else if (map->wish != WISH_NONE && !map_look_for(map, world->model))
		search_answered(map, app, world);
}

static void search_for(struct map *map, struct app *app, const struct world *world,
		       enum map_wish wish, int step)
{
	map->wish = wish;
	map->step = step;
	search_on(map, app, world);
}

static void search_key(struct map *map, struct app *app, const struct world *world, gunichar key)
{
	enum prompt_result result = prompt_key(map->prompt, key);

	if (result == PROMPT_CHANGED) {
		map_search_anew(map, map->prompt->text->str);
		search_for(map, app, world, WISH_SHOW, 0);
	} else if (result == PROMPT_DONE) {
		g_clear_pointer(&map->prompt, prompt_free);
		search_for(map, app, world, WISH_OPEN, 0);
	} else if (result == PROMPT_LEFT) {
		g_clear_pointer(&map->prompt, prompt_free);
		map->wish = WISH_NONE;
		map_forget_texts(map);
		g_free(map->anchor);
		map->anchor = g_strdup(map->anchor_before);
		map_begin(map, world, MAP_SCENE);
	}
}

static bool is_busy(const struct map *map)
{
	return map->work || map->wish != WISH_NONE;
}

static bool map_busy(const struct view *view)
{
	return is_busy(view->state) || ((const struct map *)view->state)->waiting->len > 0;
}

static bool map_typing(const struct view *view)
{
	return ((const struct map *)view->state)->prompt != NULL;
}

static const struct prompt *map_prompt(const struct view *view)
{
	return ((const struct map *)view->state)->prompt;
}

static bool act(struct map *map, struct app *app, const struct world *world, enum action action)
{
	switch (action) {
	case ACTION_OPEN:
		open_selected(map, app, world);
		return true;
	case ACTION_MODE:
		set_mode(map, world, (enum map_mode)((map->mode + 1) % MAP_MODES));
		return true;
	case ACTION_EGO:
		around_selected(map, app, world);
		return true;
	case ACTION_BACK:
		return step_back(map, world);
	case ACTION_COLOUR:
	case ACTION_SIZE:
	case ACTION_GROUPS:
		set_look(map, app, world, action);
		return true;
	case ACTION_ZOOM_IN:
	case ACTION_ZOOM_OUT:
	case ACTION_ZOOM_RESET:
		zoom_key(map, app, world, action);
		return true;
	case ACTION_NEXT:
	case ACTION_PREVIOUS:
		search_for(map, app, world, WISH_STEP, action == ACTION_NEXT ? 1 : -1);
		return true;
	default:
		return map_move(map, app, world, action);
	}
}

/* Whether the key of it is about what is being made. */
static bool needs_scene(const struct map *map, enum action action)
{
	switch (action) {
	case ACTION_OPEN:
	case ACTION_EGO:
	case ACTION_ZOOM_IN:
	case ACTION_ZOOM_OUT:
	case ACTION_NEXT:
	case ACTION_PREVIOUS:
	case ACTION_DOWN:
	case ACTION_UP:
	case ACTION_LEFT:
	case ACTION_RIGHT:
	case ACTION_FIRST:
	case ACTION_LAST:
	case ACTION_PANE:
	case ACTION_PAN_LEFT:
	case ACTION_PAN_DOWN:
	case ACTION_PAN_UP:
	case ACTION_PAN_RIGHT:
		return true;
	case ACTION_MODE:
	case ACTION_COLOUR:
	case ACTION_SIZE:
	case ACTION_GROUPS:
	case ACTION_ZOOM_RESET:
		return map->waiting->len > 0;
	default:
		return false;
	}
}

#define WAITING_MOST 16 /* keys; further ones are held down by something */

/* What is pressed while it is made waits; a way out of it does not, and a record is asked of
 * what is there. */
static bool waits(struct map *map, struct app *app, const struct world *world, enum action action)
{
	if (!is_busy(map) && map->waiting->len == 0)
		return false;
	if (needs_scene(map, action)) {
		if (map->waiting->len < WAITING_MOST)
			g_array_append_val(map->waiting, action);
		return true;
	}
	g_array_set_size(map->waiting, 0);
	while (app_needs_record(action) && is_busy(map)) {
		map_finish(map, world);
		search_on(map, app, world);
	}
	return false;
}

/* A piece of what is being made, then the first of the keys pressed meanwhile. */
static void go_on(struct map *map, struct app *app, const struct world *world)
{
	enum action action;

	if (map->work) {
		map_go_on(map, world);
	} else if (map->wish != WISH_NONE) {
		search_on(map, app, world);
	} else if (map->waiting->len > 0) {
		action = g_array_index(map->waiting, enum action, 0);
		g_array_remove_index(map->waiting, 0);
		act(map, app, world, action);
	}
}

static bool map_update(struct view *view, struct app *app, const struct world *world,
		       const struct event *event, enum action action, struct effects *effects)
{
	struct map *map = view->state;

	(void)effects;
	if (event->type == EVENT_AGAIN)
		go_on(map, app, world);
	if (event->type != EVENT_KEY)
		return false;
	if (map->prompt) {
		search_key(map, app, world, event->key);
		return true;
	}
	if (waits(map, app, world, action))
		return true;
	if (action == ACTION_SEARCH) {
		map->prompt = prompt_new("/", "");
		g_free(map->anchor_before);
		map->anchor_before = g_strdup(map->anchor);
		return true;
	}
	return act(map, app, world, action);
}

static char *map_place(const struct view *view, const struct world *world)
{
	const struct map *map = view->state;

	(void)world;
	return g_strdup(_(mode_titles[map->mode]));
}

static GPtrArray *map_heads(const struct view *view, const struct app *app)
{
	const struct map *map = view->state;
	GPtrArray *heads = g_ptr_array_new_with_free_func(g_free);

	for (guint k = 0; k < map->keys->len; k++) {
		const struct map_key *key = &g_array_index(map->keys, struct map_key, k);

		g_ptr_array_add(heads,
				g_strdup(app->ascii || app->plain ? key->ascii : key->glyph));
		g_ptr_array_add(heads, g_strdup(key->text));
	}
	return heads;
}

static char *map_record(const struct view *view, const struct world *world)
{
	const struct map *map = view->state;
	const struct map_node *node = map_node(map, map->selected);

	if (node && node->kind == NODE_INSTITUTION)
		return subject_new(
			KIND_INSTITUTION,
			RECORD(model_institution(world->model, (guint)node->record))->id);
	if (node && node->kind == NODE_TERRITORY)
		return subject_new(KIND_TERRITORY,
				   RECORD(model_territory(world->model, (guint)node->record))->id);
	return NULL;
}

const struct view_ops view_map = {
	.name = "map",
	.title = N_("Map"),
	.brief = IN_CONTEXT("tab", "Map"),
	.scopes = SCOPE_MAP,
	.open = map_open,
	.free = map_free,
	.refresh = map_refresh,
	.typing = map_typing,
	.update = map_update,
	.draw = map_draw,
	.place = map_place,
	.prompt = map_prompt,
	.busy = map_busy,
	.click = map_click,
	.record = map_record,
	.heads = map_heads,
	.signs = N_("Signs"),
};
