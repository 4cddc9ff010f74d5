#include "tui/views/map_work.h"

#include <math.h>
#include <string.h>

#include "tui/ask.h"

/*
 * Who is on the map, with which ties, and where each institution is on the geography: by
 * its coordinates, or its territory's, or in the middle of its country.  Places on the map
 * of the network are map_network.c's.  Says nothing of the screen.
 */
#define DEGREES_APART 0.06 /* of institutions with one and the same place */

void map_placing_free(struct map_placing *placing)
{
	if (!placing)
		return;
	filter_free(placing->filter);
	g_clear_pointer(&placing->ids, g_hash_table_unref);
	g_clear_pointer(&placing->seen, g_hash_table_unref);
	g_clear_pointer(&placing->called, g_hash_table_unref);
	g_free(placing->keys);
	g_free(placing->weight);
	g_free(placing->size);
	g_free(placing->filled);
	g_free(placing->room);
	g_free(placing);
}

/* One table of ids: to look all up in the model takes three times as long. */
static void begin(struct map *map, const struct world *world, guint from, guint until)
{
	struct map_placing *placing = map->work->placing = g_new0(struct map_placing, 1);
	const struct model *model = world->model;

	(void)from;
	(void)until;
	map_forget_names(map);
	map->n = model->n[KIND_INSTITUTION];
	map->in = g_renew(bool, map->in, map->n + 1);
	map->degree = g_renew(guint, map->degree, map->n + 1);
	map->x = g_renew(double, map->x, map->n + 1);
	map->y = g_renew(double, map->y, map->n + 1);
	map->group = g_renew(int, map->group, map->n + 1);
	map->territory = g_renew(int, map->territory, map->n + 1);
	g_array_set_size(map->edges, 0);
	g_array_set_size(map->groups, 0);
	map->grouped = false;
	map->n_scope = 0;
	if (map->filter[0] != '\0')
		placing->filter = filter_for_world(world, map->filter, NULL);
	placing->ids = g_hash_table_new(g_str_hash, g_str_equal);
	for (guint t = 0; t < model->n[KIND_TERRITORY]; t++)
		g_hash_table_insert(placing->ids, (gpointer)RECORD(model_territory(model, t))->id,
				    GUINT_TO_POINTER(t + 1));
}

static void find_territories(struct map *map, const struct world *world, guint from, guint until)
{
	GHashTable *places = map->work->placing->ids;

	for (guint i = from; i < until; i++) {
		const char *const *ids = model_institution(world->model, i)->territories;

		map->degree[i] = 0;
		map->x[i] = map->y[i] = NAN;
		map->group[i] = -1;
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

static void find_scope(struct map *map, const struct world *world, guint from, guint until)
{
	const struct filter *filter = map->work->placing->filter;
	const struct net *net = world->study ? study_net(world->study) : NULL;

	for (guint i = from; i < until; i++) {
		map->in[i] = (!net || net->vertex[i] >= 0) &&
			     (!filter || filter_match(filter, world->model, i));
		map->n_scope += map->in[i];
	}
}

static void find_edges(struct map *map, const struct world *world, guint from, guint until)
{
	const struct net *net = world->study ? study_net(world->study) : NULL;

	/* To grow by doubling would copy all of them in one piece. */
	if (from == 0 && net) {
		g_array_set_size(map->edges, net->m);
		g_array_set_size(map->edges, 0);
	}
	for (guint e = from; net && e < until; e++) {
		guint edge[3] = { net->institution[net->from[e]], net->institution[net->to[e]],
				  net->tie[e] };

		if (!map->in[edge[0]] || !map->in[edge[1]])
			continue;
		g_array_append_val(map->edges, edge);
		map->degree[edge[0]]++;
		map->degree[edge[1]]++;
	}
	map->n_ties = map->edges->len;
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
	map->guessed = true;
	map->anchor = best < 0 ? NULL
			       : g_strdup(RECORD(model_institution(world->model, (guint)best))->id);
}

/* Who nobody chose is somebody who is seen: the best connected at home. */
static void find_anchor_at_home(struct map *map, const struct world *world)
{
	for (guint o = 0; o < map->order->len; o++) {
		guint i = g_array_index(map->order, guint, o);

		if (!map_is_home(map, map->x[i], map->y[i]))
			continue;
		g_free(map->anchor);
		map->anchor = g_strdup(RECORD(model_institution(world->model, i))->id);
		return;
	}
}

static void find_ego(struct map *map, const struct world *world, guint from, guint until)
{
	(void)from;
	(void)until;
	find_anchor(map, world);
	if (map->mode == MAP_EGO && !map->ego)
		map->ego = g_strdup(map->anchor);
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
static void order_by_degree(struct map *map, const struct world *world, guint from, guint until)
{
	guint most = 0, at = 0;
	g_autofree guint *starts = NULL;

	(void)world;
	(void)from;
	(void)until;
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

static void place_one(struct map *map, const struct model *model, guint i)
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

static void place_by_coordinates(struct map *map, const struct world *world, guint from,
				 guint until)
{
	for (guint i = from; i < until; i++) {
		if (map->in[i])
			place_one(map, world->model, i);
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
static void spread_same_place(struct map *map, const struct world *world, guint from, guint until)
{
	struct map_placing *placing = map->work->placing;

	(void)world;
	if (from == 0) {
		placing->seen = g_hash_table_new(g_int64_hash, g_int64_equal);
		placing->keys = g_new(gint64, map->order->len + 1);
	}
	for (guint o = from; o < until; o++) {
		guint i = g_array_index(map->order, guint, o);
		gint64 *key = &placing->keys[o];
		double k;

		if (isnan(map->x[i]))
			continue;
		*key = (gint64)((guint64)(guint32)hundredths(map->x[i]) << 32 |
				(guint32)hundredths(map->y[i]));
		k = GPOINTER_TO_UINT(g_hash_table_lookup(placing->seen, key));
		g_hash_table_insert(placing->seen, key, GUINT_TO_POINTER((guint)k + 1));
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

/* The world; on the geography all but the outermost hundredth on each side. */
static void find_extent(struct map *map, const double *values, int axis, double margin)
{
	g_autoptr(GArray) known = g_array_new(FALSE, FALSE, sizeof(double));
	guint cut;

	for (guint i = 0; i < map->n; i++) {
		if (map->in[i] && !isnan(values[i]))
			g_array_append_val(known, values[i]);
	}
	if (!known->len) {
		map->least[axis] = map->ends[axis][0] = axis ? -60 : -120;
		map->most[axis] = map->ends[axis][1] = axis ? 60 : 30;
		return;
	}
	cut = map->mode == MAP_GEOGRAPHY ? known->len / 100 : 0;
	map->least[axis] = nth_number(known, cut) - margin;
	map->most[axis] = nth_number(known, known->len - 1 - cut) + margin;
	map->ends[axis][0] = nth_number(known, 0) - margin;
	map->ends[axis][1] = nth_number(known, known->len - 1) + margin;
}

static void find_width(struct map *map, const struct world *world, guint from, guint until)
{
	(void)world;
	(void)from;
	(void)until;
	if (map->mode == MAP_EGO) {
		map->least[0] = map->least[1] = 0;
		map->most[0] = map->most[1] = 1;
		memcpy(map->ends, (const double[2][2]){ { 0, 1 }, { 0, 1 } }, sizeof(map->ends));
	} else {
		find_extent(map, map->x, 0, map->mode == MAP_GEOGRAPHY ? MAP_MARGIN_X : 0.04);
	}
}

static void find_height(struct map *map, const struct world *world, guint from, guint until)
{
	(void)world;
	(void)from;
	(void)until;
	if (map->mode != MAP_EGO)
		find_extent(map, map->y, 1, map->mode == MAP_GEOGRAPHY ? MAP_MARGIN_Y : 0.04);
}

static bool is_filtered(const struct map *map)
{
	return map->work->placing->filter != NULL;
}

static bool is_not_filtered(const struct map *map)
{
	return map->work->placing->filter == NULL;
}

static bool is_geography(const struct map *map)
{
	return map->mode == MAP_GEOGRAPHY;
}

/* Where nothing was moved by hand, all of it is shown, or where most are. */
static void find_window(struct map *map, const struct world *world, guint from, guint until)
{
	(void)from;
	(void)until;
	for (int axis = 0; axis < 2; axis++) {
		map->world[axis][0] = map->least[axis];
		map->world[axis][1] = map->most[axis];
	}
	map->has_home = map->mode == MAP_GEOGRAPHY && map_find_home(map, map->home);
	if (map->guessed && map->has_home)
		find_anchor_at_home(map, world);
	map_show(map, map->all);
	if (isnan(map->centre[0]) || (!map->zoom && !map->panned))
		map_whole(map);
}

const struct map_step map_scope_steps[] = {
	{ EACH_ONCE, 1, begin, NULL },
	{ EACH_INSTITUTION, 16384, find_territories, NULL },
	{ EACH_INSTITUTION, 4096, find_scope, is_filtered },
	{ EACH_INSTITUTION, 16384, find_scope, is_not_filtered },
	{ EACH_EDGE, 32768, find_edges, NULL },
	{ EACH_ONCE, 1, find_ego, NULL },
	{ EACH_ONCE, 1, order_by_degree, NULL },
	{ EACH_ONCE, 0, NULL, NULL },
};

const struct map_step map_geography_steps[] = {
	{ EACH_INSTITUTION, 16384, place_by_coordinates, is_geography },
	{ EACH_ORDERED, 16384, spread_same_place, is_geography },
	{ EACH_ONCE, 0, NULL, NULL },
};

const struct map_step map_window_steps[] = {
	{ EACH_ONCE, 1, find_width, NULL },
	{ EACH_ONCE, 1, find_height, NULL },
	{ EACH_ONCE, 1, find_window, NULL },
	{ EACH_ONCE, 0, NULL, NULL },
};
