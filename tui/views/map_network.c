#include "tui/views/map_work.h"

#include <math.h>
#include <string.h>

/*
 * Where each institution is on the map of the network: by the layout of the study.  In a
 * large network territories get places first and their institutions stand around them, so
 * that zooming in opens a territory instead of a tangle.  Says nothing of the screen.
 */
#define MOST_GROUPS 80

enum grouping { KEY_CIRCLE = 1, KEY_TERRITORY };

/* What groups an institution with others: its circle or its territory, NULL: its country. */
static gpointer group_key(const struct map *map, const struct world *world, guint i, bool countries)
{
	int circle = map->circles && map->mode == MAP_NETWORK ? map_circle_of(map, world, i) : -1;

	if (circle >= 0)
		return GSIZE_TO_POINTER(((gsize)circle << 2) | KEY_CIRCLE);
	return countries || map->territory[i] < 0
		       ? NULL
		       : GSIZE_TO_POINTER(((gsize)map->territory[i] << 2) | KEY_TERRITORY);
}

static void group_one(struct map *map, const struct world *world, guint i, bool countries)
{
	struct map_placing *placing = map->work->placing;
	const char *country = model_institution(world->model, i)->country;
	GHashTable *table = placing->seen;
	gpointer known, key;

	map->group[i] = -1;
	if (!map->in[i] || (!map->degree[i] && map->mode == MAP_NETWORK))
		return;
	key = group_key(map, world, i, countries);
	if (!key) {
		table = placing->called;
		key = (gpointer)(country ? country : "");
	}
	if (g_hash_table_lookup_extended(table, key, NULL, &known)) {
		map->group[i] = GPOINTER_TO_INT(known);
	} else {
		map->group[i] = (int)placing->n_groups;
		g_hash_table_insert(table, key, GINT_TO_POINTER((int)placing->n_groups++));
	}
}

/* The group of each tied institution; `countries`: territories are too many. */
static void group_all(struct map *map, const struct world *world, guint from, guint until,
		      bool countries)
{
	struct map_placing *placing = map->work->placing;

	if (from == 0) {
		g_clear_pointer(&placing->seen, g_hash_table_unref);
		g_clear_pointer(&placing->called, g_hash_table_unref);
		placing->seen = g_hash_table_new(NULL, NULL);
		placing->called = g_hash_table_new(g_str_hash, g_str_equal);
		placing->n_groups = 0;
	}
	for (guint i = from; i < until; i++)
		group_one(map, world, i, countries);
}

static void find_groups(struct map *map, const struct world *world, guint from, guint until)
{
	group_all(map, world, from, until, false);
}

static bool has_too_many(const struct map *map)
{
	return map->mode == MAP_NETWORK && map->work->placing->n_groups > MOST_GROUPS;
}

static void find_countries(struct map *map, const struct world *world, guint from, guint until)
{
	group_all(map, world, from, until, true);
}

/* Whether institutions stand in groups, and where these begin: in the middle of their members
 * in the layout, in a circle without one. */
static void begin_groups(struct map *map, const struct world *world)
{
	struct map_placing *placing = map->work->placing;
	guint tied = 0, n = placing->n_groups;

	for (guint i = 0; i < map->n; i++)
		tied += map->in[i] && map->degree[i] > 0;
	map->grouped = tied > MAP_MOST_INSTITUTIONS || map->n_ties > MAP_MOST_TIES ||
		       !world->study || !study_layout(world->study);
	if (!map->grouped)
		return;
	g_array_set_size(map->groups, n); /* all 0 */
	placing->size = g_new0(guint, n + 1);
	placing->filled = g_new0(guint, n + 1);
	placing->room = g_new(double, n + 1);
	placing->weight = g_new0(double, (gsize)n *n + 1);
}

static bool is_grouped(const struct map *map)
{
	return map->mode == MAP_NETWORK && map->grouped;
}

static bool is_single(const struct map *map)
{
	return map->mode == MAP_NETWORK && !map->grouped;
}

static void add_places(struct map *map, const struct world *world, guint from, guint until)
{
	const double *layout = world->study ? study_layout(world->study) : NULL;
	const struct net *net = world->study ? study_net(world->study) : NULL;
	double(*place)[2];

	if (from == 0)
		begin_groups(map, world);
	place = (double(*)[2])(void *)map->groups->data;
	for (guint i = from; i < until && map->grouped; i++) {
		const double *at =
			layout && net->vertex[i] >= 0 ? layout + 2 * net->vertex[i] : NULL;

		if (map->group[i] < 0 || !at || isnan(at[0]) || isnan(at[1]))
			continue;
		place[map->group[i]][0] += at[0];
		place[map->group[i]][1] += at[1];
		map->work->placing->size[map->group[i]]++;
	}
}

static void centre_groups(struct map *map)
{
	double(*place)[2] = (double(*)[2])(void *)map->groups->data;
	const guint *size = map->work->placing->size;

	for (guint g = 0; g < map->groups->len; g++) {
		place[g][0] = size[g] ? place[g][0] / size[g] : 0.5 + 0.4 * cos(SUN_ANGLE * g);
		place[g][1] = size[g] ? place[g][1] / size[g] : 0.5 + 0.4 * sin(SUN_ANGLE * g);
	}
}

static void weigh_groups(struct map *map, const struct world *world, guint from, guint until)
{
	double *weight = map->work->placing->weight;
	guint n = map->groups->len;

	(void)world;
	if (from == 0)
		centre_groups(map);
	for (guint e = from; e < until; e++) {
		const guint *edge = &g_array_index(map->edges, guint, 0) + 3 * (gsize)e;
		int a = map->group[edge[0]], b = map->group[edge[1]];

		if (a < 0 || b < 0 || a == b)
			continue;
		weight[(guint)a * n + (guint)b]++;
		weight[(guint)b * n + (guint)a]++;
	}
}

static void relax_groups(struct map *map, const struct world *world, guint from, guint until)
{
	(void)world;
	map_relax((double(*)[2])(void *)map->groups->data, map->work->placing->weight,
		  map->groups->len, from, until);
}

/* Half of the way from a group to the one nearest to it. */
static double group_room(double (*place)[2], guint n, guint g)
{
	double room = 0.25;

	for (guint o = 0; o < n; o++) {
		if (o != g)
			room = MIN(room,
				   hypot(place[o][0] - place[g][0], place[o][1] - place[g][1]));
	}
	return MAX(room, 0.02) / 2;
}

static void begin_members(struct map *map)
{
	struct map_placing *placing = map->work->placing;
	guint n = map->groups->len;

	memset(placing->size, 0, n * sizeof *placing->size);
	for (guint i = 0; i < map->n; i++) {
		if (map->group[i] >= 0)
			placing->size[map->group[i]]++;
	}
	for (guint g = 0; g < n; g++)
		placing->room[g] = group_room((double(*)[2])(void *)map->groups->data, n, g);
}

static void place_members(struct map *map, const struct world *world, guint from, guint until)
{
	struct map_placing *placing = map->work->placing;
	double(*place)[2] = (double(*)[2])(void *)map->groups->data;

	(void)world;
	if (from == 0)
		begin_members(map);
	for (guint o = from; o < until; o++) {
		guint i = g_array_index(map->order, guint, o), k;
		int g = map->group[i];
		double reach;

		if (g < 0)
			continue;
		k = placing->filled[g]++;
		reach = placing->room[g] * sqrt((double)k / placing->size[g]);
		map->x[i] = place[g][0] + reach * cos(SUN_ANGLE * k);
		map->y[i] = place[g][1] + reach * sin(SUN_ANGLE * k);
	}
}

static void place_by_layout(struct map *map, const struct world *world, guint from, guint until)
{
	const double *layout = study_layout(world->study);
	const struct net *net = study_net(world->study);

	for (guint i = from; i < until; i++) {
		if (!map->in[i] || !map->degree[i] || net->vertex[i] < 0)
			continue;
		map->x[i] = layout[2 * net->vertex[i]];
		map->y[i] = layout[2 * net->vertex[i] + 1];
	}
}

static bool is_network(const struct map *map)
{
	return map->mode == MAP_NETWORK;
}

static bool is_no_geography(const struct map *map)
{
	return map->mode != MAP_GEOGRAPHY;
}

const struct map_step map_network_steps[] = {
	{ EACH_INSTITUTION, 16384, find_groups, is_no_geography },
	{ EACH_INSTITUTION, 16384, find_countries, has_too_many },
	{ EACH_INSTITUTION, 16384, add_places, is_network },
	{ EACH_TIE, 32768, weigh_groups, is_grouped },
	{ EACH_ROUND, 8, relax_groups, is_grouped },
	{ EACH_ORDERED, 16384, place_members, is_grouped },
	{ EACH_INSTITUTION, 16384, place_by_layout, is_single },
	{ EACH_ONCE, 0, NULL, NULL },
};
