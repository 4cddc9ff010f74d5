#include "tui/views/map.h"

#include <math.h>
#include <string.h>

/*
 * Where each institution is: by its coordinates (or its territory's, or in the
 * middle of its country), or by the layout of the study.  In a large network
 * territories get places first and their institutions stand around them, so that
 * zooming in opens a territory instead of a tangle.  Says nothing of the screen.
 */
#define MOST_GROUPS   80
#define SUN_ANGLE     2.399963 /* golden angle: a sunflower fills a disc evenly */
#define DEGREES_APART 0.06     /* of institutions with one and the same place */

/* Of each institution, by one table of ids: to look all up in the model takes three times as long.
 */
static void find_territories(struct map *map, const struct model *model)
{
	g_autoptr(GHashTable) places = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint t = 0; t < model->n[KIND_TERRITORY]; t++)
		g_hash_table_insert(places, (gpointer)RECORD(model_territory(model, t))->id,
				    GUINT_TO_POINTER(t + 1));
	for (guint i = 0; i < map->n; i++) {
		const char *const *ids = model_institution(model, i)->territories;

		map->territory[i] = -1;
		for (; ids && *ids && map->territory[i] < 0; ids++)
			map->territory[i] = GPOINTER_TO_INT(g_hash_table_lookup(places, *ids)) - 1;
	}
}

const char *map_territory_of(const struct map *map, const struct model *model, guint institution)
{
	int at = map->territory[institution];

	return at < 0 ? NULL : RECORD(model_territory(model, (guint)at))->id;
}

char *map_short_name(const char *name)
{
	gsize end = strcspn(name, ",(");

	while (end > 0 && name[end - 1] == ' ')
		end--;
	return end >= 3 ? g_strndup(name, end) : g_strdup(name);
}

static void find_scope(struct map *map, const struct app *app, const struct world *world)
{
	struct filter *filter = app_filter(app, world);
	const struct net *net = world->study ? study_net(world->study) : NULL;

	map->n_scope = 0;
	for (guint i = 0; i < map->n; i++) {
		map->in[i] = (!net || net->vertex[i] >= 0) &&
			     (!filter || filter_match(filter, world->model, i));
		map->n_scope += map->in[i];
	}
	for (guint e = 0; net && e < net->m; e++) {
		guint edge[3] = { net->institution[net->from[e]], net->institution[net->to[e]],
				  net->tie[e] };

		if (!map->in[edge[0]] || !map->in[edge[1]])
			continue;
		g_array_append_val(map->edges, edge);
		map->degree[edge[0]]++;
		map->degree[edge[1]]++;
	}
	map->n_ties = map->edges->len;
	filter_free(filter);
}

static void find_anchor(struct map *map, const struct world *world)
{
	int best = -1,
	    at = map->anchor ? model_find(world->model, KIND_INSTITUTION, map->anchor) : -1;

	if (at >= 0 && map->in[at])
		return;
	for (guint i = 0; i < map->n; i++) {
		if (map->in[i] && (best < 0 || map->degree[i] > map->degree[best]))
			best = (int)i;
	}
	g_free(map->anchor);
	map->anchor = best < 0 ? NULL
			       : g_strdup(RECORD(model_institution(world->model, (guint)best))->id);
}

gint map_by_degree(gconstpointer a, gconstpointer b, gpointer data)
{
	const struct map *map = data;
	guint i = *(const guint *)a, j = *(const guint *)b;

	if (map->degree[i] != map->degree[j])
		return map->degree[i] > map->degree[j] ? -1 : 1;
	return i < j ? -1 : i > j;
}

/* As map_by_degree() has it, by counting. */
static void order_by_degree(struct map *map)
{
	guint most = 0, at = 0;
	g_autofree guint *starts = NULL;

	for (guint i = 0; i < map->n; i++)
		most = map->in[i] ? MAX(most, map->degree[i]) : most;
	starts = g_new0(guint, (gsize)most + 1);
	for (guint i = 0; i < map->n; i++)
		starts[map->in[i] ? map->degree[i] : 0] += map->in[i];
	for (guint d = most + 1; d-- > 0;) {
		guint n = starts[d];

		starts[d] = at;
		at += n;
	}
	g_array_set_size(map->order, at);
	for (guint i = 0; i < map->n; i++) {
		if (map->in[i])
			g_array_index(map->order, guint, starts[map->degree[i]]++) = i;
	}
}

static bool place_is_set(double lat, double lon)
{
	return isfinite(lat) && isfinite(lon) && fabs(lat) <= 90 && fabs(lon) <= 180;
}

static void place_by_coordinates(struct map *map, const struct model *model, guint i)
{
	const struct institution *institution = model_institution(model, i);
	const struct territory *territory =
		map->territory[i] < 0 ? NULL : model_territory(model, (guint)map->territory[i]);
	double lat, lon;

	if (place_is_set(institution->lat, institution->lon)) {
		map->x[i] = institution->lon;
		map->y[i] = -institution->lat;
	} else if (territory && place_is_set(territory->lat, territory->lon)) {
		map->x[i] = territory->lon;
		map->y[i] = -territory->lat;
	} else if (basemap_country(institution->country, &lat, &lon)) {
		map->x[i] = lon;
		map->y[i] = -lat;
	}
}

/* To two decimals, as "%.2f" has it, in hundredths; what is nothing below zero is apart. */
static gint32 hundredths(double degrees)
{
	double all = degrees * 100, whole = floor(all);

	/* Too near to the middle for a product that is rounded itself. */
	if (fabs(all - whole - 0.5) < 1e-6) {
		char text[G_ASCII_DTOSTR_BUF_SIZE];

		all = 100 *
		      g_ascii_strtod(g_ascii_formatd(text, sizeof(text), "%.2f", degrees), NULL);
	}
	all = round(all);
	return fabs(all) > 0 || !signbit(degrees) ? (gint32)all : G_MININT32;
}

/* Institutions of one city stand around its middle, the best connected in it. */
static void spread_same_place(struct map *map, const GArray *order)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(g_int64_hash, g_int64_equal);
	g_autofree gint64 *keys = g_new(gint64, order->len + 1);

	for (guint o = 0; o < order->len; o++) {
		guint i = g_array_index(order, guint, o);
		double k;

		if (isnan(map->x[i]))
			continue;
		keys[o] = (gint64)((guint64)(guint32)hundredths(map->x[i]) << 32 |
				   (guint32)hundredths(map->y[i]));
		k = GPOINTER_TO_UINT(g_hash_table_lookup(seen, &keys[o]));
		g_hash_table_insert(seen, &keys[o], GUINT_TO_POINTER((guint)k + 1));
		map->x[i] += DEGREES_APART * sqrt(k) * cos(SUN_ANGLE * k);
		map->y[i] += DEGREES_APART * sqrt(k) * sin(SUN_ANGLE * k);
	}
}

static gint by_number(gconstpointer a, gconstpointer b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

#define BUCKETS 4096

/* The one at place `nth` if they were in order: only those of its bucket are put in order. */
static double nth_number(const GArray *values, guint nth)
{
	const double *all = (const double *)(const void *)values->data;
	g_autoptr(GArray) near = g_array_new(FALSE, FALSE, sizeof(double));
	guint counts[BUCKETS] = { 0 }, bucket = 0;
	double least = all[0], most = all[0], scale;

	for (guint i = 1; i < values->len; i++) {
		least = MIN(least, all[i]);
		most = MAX(most, all[i]);
	}
	scale = most > least ? (BUCKETS - 1) / (most - least) : 0;
	for (guint i = 0; i < values->len; i++)
		counts[(guint)((all[i] - least) * scale)]++;
	while (nth >= counts[bucket])
		nth -= counts[bucket++];
	for (guint i = 0; i < values->len; i++) {
		if ((guint)((all[i] - least) * scale) == bucket)
			g_array_append_val(near, all[i]);
	}
	g_array_sort(near, by_number);
	return g_array_index(near, double, nth);
}

/* The world at zoom 0; on the geography all but the outermost hundredth on each side. */
static void find_extent(struct map *map, const double *values, int axis, double margin)
{
	g_autoptr(GArray) known = g_array_new(FALSE, FALSE, sizeof(double));
	guint cut;

	for (guint i = 0; i < map->n; i++) {
		if (map->in[i] && !isnan(values[i]))
			g_array_append_val(known, values[i]);
	}
	if (!known->len) {
		map->least[axis] = axis ? -60 : -120;
		map->most[axis] = axis ? 60 : 30;
		return;
	}
	cut = map->mode == MAP_GEOGRAPHY ? known->len / 100 : 0;
	map->least[axis] = nth_number(known, cut) - margin;
	map->most[axis] = nth_number(known, known->len - 1 - cut) + margin;
}

static void find_geography(struct map *map, const struct world *world)
{
	for (guint i = 0; i < map->n; i++) {
		if (map->in[i])
			place_by_coordinates(map, world->model, i);
	}
	spread_same_place(map, map->order);
	find_extent(map, map->x, 0, 3);
	find_extent(map, map->y, 1, 2);
}

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

/* The group of each tied institution; `countries`: territories are too many. */
static guint find_groups(struct map *map, const struct world *world, bool countries)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
	g_autoptr(GHashTable) seen_countries = g_hash_table_new(g_str_hash, g_str_equal);
	guint n = 0;

	for (guint i = 0; i < map->n; i++) {
		const char *country = model_institution(world->model, i)->country;
		GHashTable *table = seen;
		gpointer known, key;

		map->group[i] = -1;
		if (!map->in[i] || (!map->degree[i] && map->mode == MAP_NETWORK))
			continue;
		key = group_key(map, world, i, countries);
		if (!key) {
			table = seen_countries;
			key = (gpointer)(country ? country : "");
		}
		if (g_hash_table_lookup_extended(table, key, NULL, &known)) {
			map->group[i] = GPOINTER_TO_INT(known);
		} else {
			map->group[i] = (int)n;
			g_hash_table_insert(table, key, GINT_TO_POINTER((int)n++));
		}
	}
	return n;
}

/* Groups begin where their members are in the layout, in a circle without one. */
static void find_group_places(struct map *map, const struct world *world, guint n)
{
	const double *layout = world->study ? study_layout(world->study) : NULL;
	const struct net *net = world->study ? study_net(world->study) : NULL;
	g_autofree guint *size = g_new0(guint, n + 1);
	g_autofree double *weight = g_new0(double, (gsize)n *n + 1);
	double(*place)[2];

	g_array_set_size(map->groups, n);
	place = (double(*)[2])(void *)map->groups->data;
	for (guint g = 0; g < n; g++)
		place[g][0] = place[g][1] = 0;
	for (guint i = 0; i < map->n; i++) {
		const double *at =
			layout && net->vertex[i] >= 0 ? layout + 2 * net->vertex[i] : NULL;

		if (map->group[i] < 0 || !at || isnan(at[0]) || isnan(at[1]))
			continue;
		place[map->group[i]][0] += at[0];
		place[map->group[i]][1] += at[1];
		size[map->group[i]]++;
	}
	for (guint g = 0; g < n; g++) {
		place[g][0] = size[g] ? place[g][0] / size[g] : 0.5 + 0.4 * cos(SUN_ANGLE * g);
		place[g][1] = size[g] ? place[g][1] / size[g] : 0.5 + 0.4 * sin(SUN_ANGLE * g);
	}
	for (guint e = 0; e < map->edges->len; e++) {
		const guint *edge = &g_array_index(map->edges, guint, 0) + 3 * e;
		int a = map->group[edge[0]], b = map->group[edge[1]];

		if (a < 0 || b < 0 || a == b)
			continue;
		weight[(guint)a * n + (guint)b]++;
		weight[(guint)b * n + (guint)a]++;
	}
	map_relax(place, weight, n);
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

static void find_members_places(struct map *map, guint n)
{
	double(*place)[2] = (double(*)[2])(void *)map->groups->data;
	const GArray *order = map->order;
	g_autofree guint *size = g_new0(guint, n + 1);
	g_autofree guint *filled = g_new0(guint, n + 1);
	g_autofree double *room = g_new(double, n + 1);

	for (guint i = 0; i < map->n; i++) {
		if (map->group[i] >= 0)
			size[map->group[i]]++;
	}
	for (guint g = 0; g < n; g++)
		room[g] = group_room(place, n, g);
	for (guint o = 0; o < order->len; o++) {
		guint i = g_array_index(order, guint, o), k;
		int g = map->group[i];
		double reach;

		if (g < 0)
			continue;
		k = filled[g]++;
		reach = room[g] * sqrt((double)k / size[g]);
		map->x[i] = place[g][0] + reach * cos(SUN_ANGLE * k);
		map->y[i] = place[g][1] + reach * sin(SUN_ANGLE * k);
	}
}

static void find_network(struct map *map, const struct world *world)
{
	const double *layout = world->study ? study_layout(world->study) : NULL;
	const struct net *net = world->study ? study_net(world->study) : NULL;
	guint tied = 0, n;

	for (guint i = 0; i < map->n; i++)
		tied += map->in[i] && map->degree[i] > 0;
	map->grouped = tied > MAP_MOST_INSTITUTIONS || map->n_ties > MAP_MOST_TIES || !layout;
	n = find_groups(map, world, false);
	if (n > MOST_GROUPS)
		n = find_groups(map, world, true);
	if (map->grouped) {
		find_group_places(map, world, n);
		find_members_places(map, n);
	}
	for (guint i = 0; i < map->n && !map->grouped; i++) {
		if (!map->in[i] || !map->degree[i] || net->vertex[i] < 0)
			continue;
		map->x[i] = layout[2 * net->vertex[i]];
		map->y[i] = layout[2 * net->vertex[i] + 1];
	}
	for (int axis = 0; axis < 2; axis++)
		find_extent(map, axis ? map->y : map->x, axis, 0.04);
}

void map_find_places(struct map *map, const struct app *app, const struct world *world)
{
	map_clear_scene(map);
	map_forget_names(map);
	map->n = world->model->n[KIND_INSTITUTION];
	map->in = g_renew(bool, map->in, map->n + 1);
	map->degree = g_renew(guint, map->degree, map->n + 1);
	map->x = g_renew(double, map->x, map->n + 1);
	map->y = g_renew(double, map->y, map->n + 1);
	map->group = g_renew(int, map->group, map->n + 1);
	map->territory = g_renew(int, map->territory, map->n + 1);
	for (guint i = 0; i < map->n; i++) {
		map->degree[i] = 0;
		map->x[i] = map->y[i] = NAN;
		map->group[i] = -1;
	}
	find_territories(map, world->model);
	g_array_set_size(map->edges, 0);
	g_array_set_size(map->groups, 0);
	map->grouped = false;
	find_scope(map, app, world);
	find_anchor(map, world);
	order_by_degree(map);
	switch (map->mode) {
	case MAP_GEOGRAPHY:
		find_geography(map, world);
		break;
	case MAP_NETWORK:
		find_network(map, world);
		break;
	case MAP_EGO:
	case MAP_MODES:
		find_groups(map, world, false);
		map->least[0] = map->least[1] = 0;
		map->most[0] = map->most[1] = 1;
		break;
	}
}
