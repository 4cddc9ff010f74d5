#include "tui/views/map.h"

#include <glib/gi18n.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/*
 * Markers out of institutions: who belongs to which, what it is called, how many
 * ties leave it, and which markers are tied.  Where a marker stands is decided in
 * map_scene.c.
 */

/* The text that most members have, NULL when it is none; `share` says how many. */
static const char *most_common(const struct map *map, const struct world *world,
			       const struct map_node *node,
			       const char *(*get)(const struct model *, guint), guint *share)
{
	g_autoptr(GHashTable) counts = g_hash_table_new(g_str_hash, g_str_equal);
	const char *best = NULL, *last = NULL;
	guint count = 0; /* of the last one, which is often the next one as well */

	*share = 0;
	for (guint i = node->first; i < node->first + node->n; i++) {
		const char *text = get(world->model, map->members[i]);

		if (!text)
			continue;
		if (!last || strcmp(text, last) != 0) {
			if (last)
				g_hash_table_insert(counts, (gpointer)last,
						    GUINT_TO_POINTER(count));
			count = GPOINTER_TO_UINT(g_hash_table_lookup(counts, text));
			last = text;
		}
		if (++count > *share) {
			*share = count;
			best = text;
		}
	}
	return best;
}

/* The same of territories, whose numbers are known: `counts` has one of each, all 0. */
static int most_common_territory(const struct map *map, const struct map_node *node, guint *counts,
				 guint *share)
{
	int best = -1;

	*share = 0;
	for (guint i = node->first; i < node->first + node->n; i++) {
		int at = map->territory[map->members[i]];

		if (at >= 0 && ++counts[at] > *share) {
			*share = counts[at];
			best = at;
		}
	}
	for (guint i = node->first; i < node->first + node->n; i++) {
		int at = map->territory[map->members[i]];

		if (at >= 0)
			counts[at] = 0;
	}
	return best;
}

static const char *city_of(const struct model *model, guint institution)
{
	return model_institution(model, institution)->city;
}

static const char *country_of(const struct model *model, guint institution)
{
	return model_institution(model, institution)->country;
}

/* Countries of those who have a territory, where names say it. */
static GHashTable *countries_with_territory(const struct map *map, const struct model *model)
{
	GHashTable *countries = g_hash_table_new(g_str_hash, g_str_equal);
	const char *last = NULL;
	bool asked = map->grain == GRAIN_PLACE && map->mode != MAP_GEOGRAPHY;

	for (guint i = 0; asked && i < map->n; i++) {
		const char *country = country_of(model, i);

		if (!map->in[i] || map->territory[i] < 0 || !country || !g_strcmp0(country, last))
			continue;
		g_hash_table_add(countries, (gpointer)country);
		last = country;
	}
	return countries;
}

/* What names of all nodes are made with. */
struct naming {
	GHashTable *countries; /* of countries_with_territory() */
	guint *counts;	       /* of most_common_territory() */
};

static void name_country(const struct map *map, const struct world *world,
			 const struct naming *naming, struct map_node *node)
{
	guint share;
	const char *country = most_common(map, world, node, country_of, &share);

	node->kind = NODE_GROUP;
	if (!country)
		node->name = g_strdup(_("no country stated"));
	else if (g_hash_table_contains(naming->countries, country))
		node->name = g_strdup_printf(_("rest of %s"), country_name(country));
	else
		node->name = g_strdup(country_name(country));
}

static void name_territory(const struct world *world, struct map_node *node, int territory)
{
	const char *id = RECORD(model_territory(world->model, (guint)territory))->id;

	node->kind = NODE_TERRITORY;
	node->record = territory;
	node->name = map_short_name(model_name(world->model, KIND_TERRITORY, id, true));
}

/* By the city of at least one in five of its members.  False: there is none. */
static bool name_city(const struct map *map, const struct world *world, struct map_node *node)
{
	guint share;
	const char *city = most_common(map, world, node, city_of, &share);

	if (!city || 5 * share < node->n)
		return false;
	node->kind = NODE_GROUP;
	node->name =
		2 * share >= node->n ? g_strdup(city) : g_strdup_printf(_("%s and around"), city);
	return true;
}

static void name_group(const struct map *map, const struct world *world,
		       const struct naming *naming, struct map_node *node)
{
	guint share;
	int territory;

	if (map->grain == GRAIN_COUNTRY) {
		name_country(map, world, naming, node);
		return;
	}
	if (map->circles && map->mode == MAP_NETWORK &&
	    map_circle_of(map, world, map->members[node->first]) >= 0) {
		node->kind = NODE_GROUP;
		node->name = g_strdup(institution_name(
			model_institution(world->model, map->members[node->first]), true));
		return;
	}
	territory = most_common_territory(map, node, naming->counts, &share);
	if (territory >= 0 &&
	    (share == node->n || (map->mode == MAP_GEOGRAPHY && 2 * share >= node->n)))
		name_territory(world, node, territory);
	else if (map->mode != MAP_GEOGRAPHY || !name_city(map, world, node))
		name_country(map, world, naming, node);
}

static void name_node(const struct map *map, const struct world *world, const struct naming *naming,
		      struct map_node *node)
{
	node->record = -1;
	if (node->kind == NODE_MARGIN) {
		node->name = g_strdup(map->mode == MAP_NETWORK ? _("without ties")
							       : _("without a place"));
	} else if (node->n == 1) {
		node->kind = NODE_INSTITUTION;
		node->record = (int)map->members[node->first];
		node->name = g_strdup(institution_name(
			model_institution(world->model, map->members[node->first]), true));
	} else {
		name_group(map, world, naming, node);
	}
}

static void list_members(struct map *map)
{
	g_autofree guint *at = g_new0(guint, map->nodes->len + 1);
	guint start = 0;

	map->members = g_renew(guint, map->members, map->n + 1);
	for (guint i = 0; i < map->n; i++) {
		if (map->node_of[i] >= 0)
			map_node(map, map->node_of[i])->n++;
	}
	for (guint n = 0; n < map->nodes->len; n++) {
		struct map_node *node = map_node(map, (int)n);

		node->first = at[n] = start;
		start += node->n;
	}
	for (guint o = 0; o < map->order->len; o++) {
		guint i = g_array_index(map->order, guint, o);

		if (map->node_of[i] >= 0)
			map->members[at[map->node_of[i]]++] = i;
	}
}

/* The ties of one pair of nodes, while they are counted. */
struct bundle {
	guint64 key; /* first node, second node */
	struct map_link link;
	guint states[4];
};

static gint by_key(gconstpointer a, gconstpointer b)
{
	const struct bundle *x = a, *y = b;

	return x->key < y->key ? -1 : x->key > y->key;
}

static void bundle_add(struct bundle *bundle, const struct tie *tie)
{
	struct map_link *link = &bundle->link;

	link->ties++;
	link->confirmed += tie->state == TIE_CONFIRMED;
	link->weight += (guint)tie_weight(tie);
	if (++bundle->states[tie->state] > bundle->states[link->state] || link->ties == 1)
		link->state = tie->state;
}

/* Pairs of nodes that have a place each; beyond it they are looked up. */
#define PAIRS_MOST (1024 * 1024)

/* Where the bundle of two nodes is, + 1; 0: it is not there yet. */
struct bundles {
	GArray *all;   /* struct bundle */
	guint *places; /* of all pairs; NULL: too many */
	GHashTable *table;
	guint n; /* nodes */
};

static struct bundle *bundle_of(struct bundles *bundles, guint a, guint b)
{
	guint64 key = (guint64)a << 32 | b;
	gpointer known = GSIZE_TO_POINTER((gsize)a * bundles->n + b);
	guint at = bundles->places ? bundles->places[(gsize)a * bundles->n + b]
				   : GPOINTER_TO_UINT(g_hash_table_lookup(bundles->table, known));

	if (at == 0) {
		struct bundle fresh = { .key = key, .link = { .a = a, .b = b } };

		g_array_append_val(bundles->all, fresh);
		at = bundles->all->len;
		if (bundles->places)
			bundles->places[(gsize)a * bundles->n + b] = at;
		else
			g_hash_table_insert(bundles->table, known, GUINT_TO_POINTER(at));
	}
	return &g_array_index(bundles->all, struct bundle, at - 1);
}

static void bundle_ties(struct map *map, const struct model *model, struct bundles *bundles)
{
	for (guint e = 0; e < map->edges->len; e++) {
		const guint *edge = &g_array_index(map->edges, guint, 0) + 3 * (gsize)e;
		int a = map->node_of[edge[0]], b = map->node_of[edge[1]];

		if (a < 0 || b < 0)
			continue;
		if (a == b) {
			map_node(map, a)->inside++;
			continue;
		}
		map_node(map, a)->ties++;
		map_node(map, b)->ties++;
		bundle_add(bundle_of(bundles, (guint)MIN(a, b), (guint)MAX(a, b)),
			   &model->ties[edge[2]]);
	}
}

static void list_links(struct map *map, const struct model *model)
{
	gsize pairs = (gsize)map->nodes->len * map->nodes->len;
	struct bundles bundles = { .all = g_array_new(FALSE, FALSE, sizeof(struct bundle)),
				   .n = map->nodes->len };

	if (pairs <= PAIRS_MOST)
		bundles.places = g_new0(guint, pairs + 1);
	else
		bundles.table = g_hash_table_new(NULL, NULL);
	bundle_ties(map, model, &bundles);
	g_array_sort(bundles.all, by_key);
	for (guint i = 0; i < bundles.all->len; i++)
		g_array_append_val(map->links, g_array_index(bundles.all, struct bundle, i).link);
	g_array_unref(bundles.all);
	g_free(bundles.places);
	g_clear_pointer(&bundles.table, g_hash_table_unref);
}

void map_group_nodes(struct map *map, const struct world *world, const int *group, guint n_groups)
{
	g_autoptr(GHashTable) countries = countries_with_territory(map, world->model);
	g_autofree guint *counts = g_new0(guint, world->model->n[KIND_TERRITORY] + 1);
	const struct naming naming = { countries, counts };
	int margin = -1;

	for (guint g = 0; g < n_groups; g++) {
		struct map_node node = { .kind = NODE_GROUP, .record = -1 };

		g_array_append_val(map->nodes, node);
	}
	map->node_of = g_renew(int, map->node_of, map->n + 1);
	for (guint i = 0; i < map->n; i++) {
		map->node_of[i] = map->in[i] && group[i] >= 0 ? group[i] : -1;
		if (!map->in[i] || group[i] != -1)
			continue;
		if (margin < 0) {
			struct map_node node = {
				.kind = NODE_MARGIN, .record = -1, .x = NAN, .y = NAN
			};

			margin = (int)map->nodes->len;
			g_array_append_val(map->nodes, node);
		}
		map->node_of[i] = margin;
	}
	list_members(map);
	list_links(map, world->model);
	for (guint n = 0; n < map->nodes->len; n++)
		name_node(map, world, &naming, map_node(map, (int)n));
}

/* Partners in the order of the ring: by sector, so that colours stay together, then by degree. */
struct ring {
	const struct map *map;
	const struct model *model;
};

static gint by_sector(gconstpointer a, gconstpointer b, gpointer data)
{
	const struct ring *ring = data;
	const struct map_node *x = map_node(ring->map, *(const int *)a);
	const struct map_node *y = map_node(ring->map, *(const int *)b);
	guint i = ring->map->members[x->first], j = ring->map->members[y->first];
	int s = model_term_index(ring->model, VOCABULARY_SECTORS,
				 model_institution(ring->model, i)->sector);
	int t = model_term_index(ring->model, VOCABULARY_SECTORS,
				 model_institution(ring->model, j)->sector);

	if (s != t)
		return s < t ? -1 : 1;
	if (ring->map->degree[i] != ring->map->degree[j])
		return ring->map->degree[i] > ring->map->degree[j] ? -1 : 1;
	return i < j ? -1 : i > j;
}

/*
 * A row of its own for every partner, half of them on each side: that, and not
 * equal angles, lets every name be written.
 */
static void place_ring(struct map *map, const struct world *world)
{
	g_autoptr(GArray) order = g_array_new(FALSE, FALSE, sizeof(int));
	struct ring ring = { map, world->model };
	double reach = MAX(0.18, 0.5 - 24.0 / MAX(map->map_area.cols, 1));
	guint right;

	for (int n = 1; n < (int)map->nodes->len; n++)
		g_array_append_val(order, n);
	g_array_sort_with_data(order, by_sector, &ring);
	right = (order->len + 1) / 2;
	for (guint k = 0; k < order->len; k++) {
		struct map_node *node = map_node(map, g_array_index(order, int, k));
		guint side = k < right ? right : order->len - right;
		guint at = k < right ? k : order->len - 1 - k;
		double y = (at + 0.5) / side, bow = sqrt(MAX(0, 1 - (2 * y - 1) * (2 * y - 1)));

		node->left = k >= right;
		node->y = side == 1 ? 0.5 : y;
		node->x = 0.5 + (node->left ? -1 : 1) * reach * (0.55 + 0.45 * bow);
	}
}

void map_make_ego(struct map *map, const struct world *world)
{
	int ego = map->ego ? model_find(world->model, KIND_INSTITUTION, map->ego) : -1;
	g_autofree int *group = g_new(int, map->n + 1);
	g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
	bool single;
	int n = 0;

	for (guint i = 0; i < map->n; i++)
		group[i] = -2;
	if (ego < 0 || !map->in[ego])
		ego = -1;
	else
		group[ego] = n++;
	single = ego >= 0 && (int)map->degree[ego] <= 2 * (map->map_area.rows - 1);
	map->grain = single ? GRAIN_INSTITUTION : GRAIN_PLACE;
	for (guint e = 0; ego >= 0 && e < map->edges->len; e++) {
		const guint *edge = &g_array_index(map->edges, guint, 0) + 3 * (gsize)e;
		guint other = edge[0] == (guint)ego ? edge[1] : edge[0];
		gpointer known;

		if (edge[0] != (guint)ego && edge[1] != (guint)ego)
			continue;
		if (single) {
			group[other] = n++;
			continue;
		}
		known = g_hash_table_lookup(seen, GINT_TO_POINTER(map->group[other] + 1));
		if (!known) {
			known = GINT_TO_POINTER(n++);
			g_hash_table_insert(seen, GINT_TO_POINTER(map->group[other] + 1), known);
		}
		group[other] = GPOINTER_TO_INT(known);
	}
	map_group_nodes(map, world, group, (guint)n);
	if (ego >= 0) {
		map_node(map, 0)->x = map_node(map, 0)->y = 0.5;
		place_ring(map, world);
	}
}
