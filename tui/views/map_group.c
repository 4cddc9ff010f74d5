#include "tui/views/map_work.h"

#include <glib/gi18n.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tui/widgets/table_rank.h"

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

static gint by_count(gconstpointer a, gconstpointer b)
{
	const struct map_count *x = a, *y = b;

	if (x->n != y->n)
		return x->n > y->n ? -1 : 1;
	return strcmp(x->text, y->text);
}

GArray *map_count_cities(const struct map *map, const struct model *model,
			 const struct map_node *node)
{
	g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);
	GArray *places = g_array_new(FALSE, FALSE, sizeof(struct map_count));

	for (guint i = node->first; i < node->first + node->n; i++) {
		struct map_count place = { city_of(model, map->members[i]), 1 };
		guint at;

		if (!place.text)
			continue;
		at = GPOINTER_TO_UINT(g_hash_table_lookup(known, place.text));
		if (at > 0) {
			g_array_index(places, struct map_count, at - 1).n++;
			continue;
		}
		g_array_append_val(places, place);
		g_hash_table_insert(known, (gpointer)place.text, GUINT_TO_POINTER(places->len));
	}
	g_array_sort(places, by_count);
	return places;
}

char *map_node_name(const struct map_node *node)
{
	return node->others
		       ? g_strdup_printf(ngettext("%s +%u place", "%s +%u places", node->others),
					 node->name, node->others)
		       : g_strdup(node->name);
}

static const char *country_of(const struct model *model, guint institution)
{
	return model_institution(model, institution)->country;
}

/* The ties of one pair of nodes, while they are counted. */
struct bundle {
	guint64 key; /* first node, second node */
	struct map_link link;
	guint states[TIE_COUNTING];
};

/* What is known while markers are named and ties between them counted. */
struct map_naming {
	GHashTable *countries; /* of those who have a territory, where names say it */
	const char *last;      /* of them */
	guint *counts;	       /* of most_common_territory() */
	guint named;	       /* nodes */
	int margin;	       /* node, -1 none */

	GArray *bundles;   /* struct bundle */
	bool unordered;	   /* not by key: single institutions mostly come so */
	guint *places;	   /* of all pairs, where their bundle is, + 1; NULL: too many, … */
	GHashTable *table; /* … the same */
	guint32 *order;	   /* of bundles, by key; NULL: as they are */
	struct sorting *sorting;
};

void map_naming_free(struct map_naming *naming)
{
	if (!naming)
		return;
	g_hash_table_unref(naming->countries);
	g_free(naming->counts);
	g_array_unref(naming->bundles);
	g_free(naming->places);
	g_clear_pointer(&naming->table, g_hash_table_unref);
	g_free(naming->order);
	sorting_free(naming->sorting);
	g_free(naming);
}

static void begin(struct map *map, const struct world *world, guint from, guint until)
{
	struct map_naming *naming = g_new0(struct map_naming, 1);

	(void)from;
	(void)until;
	g_clear_pointer(&map->work->naming, map_naming_free);
	map->work->naming = naming;
	naming->countries = g_hash_table_new(g_str_hash, g_str_equal);
	naming->counts = g_new0(guint, world->model->n[KIND_TERRITORY] + 1);
	naming->margin = -1;
	naming->bundles = g_array_new(FALSE, FALSE, sizeof(struct bundle));
	g_array_set_size(map->nodes, map->work->n_groups);
	for (guint g = 0; g < map->work->n_groups; g++) {
		map_node(map, (int)g)->kind = NODE_GROUP;
		map_node(map, (int)g)->record = -1;
	}
	map->node_of = g_renew(int, map->node_of, map->n + 1);
	map->members = g_renew(guint, map->members, map->n + 1);
}

static bool tells_the_rest(const struct map *map)
{
	return map->grain == GRAIN_PLACE && map->mode != MAP_GEOGRAPHY;
}

static void find_countries(struct map *map, const struct world *world, guint from, guint until)
{
	struct map_naming *naming = map->work->naming;

	for (guint i = from; i < until; i++) {
		const char *country = country_of(world->model, i);

		if (!map->in[i] || map->territory[i] < 0 || !country ||
		    !g_strcmp0(country, naming->last))
			continue;
		g_hash_table_add(naming->countries, (gpointer)country);
		naming->last = country;
	}
}

static const char *keep_name(struct map *map, const char *name)
{
	return g_string_chunk_insert(map->names, name);
}

static void name_country(struct map *map, const struct world *world, struct map_node *node)
{
	guint share;
	const char *country = most_common(map, world, node, country_of, &share);

	node->kind = NODE_GROUP;
	if (!country) {
		node->name = keep_name(map, _("no country stated"));
	} else if (g_hash_table_contains(map->work->naming->countries, country)) {
		g_autofree char *rest = g_strdup_printf(_("rest of %s"), country_name(country));

		node->name = keep_name(map, rest);
	} else {
		node->name = keep_name(map, country_name(country));
	}
}

static void name_territory(struct map *map, const struct world *world, struct map_node *node,
			   int territory)
{
	const char *id = RECORD(model_territory(world->model, (guint)territory))->id;
	g_autofree char *name = map_short_name(model_name(world->model, KIND_TERRITORY, id, true));

	node->kind = NODE_TERRITORY;
	node->record = territory;
	node->name = keep_name(map, name);
}

/* By the place that most of its members are in, and how many more there are. */
static void name_places(struct map *map, const struct world *world, struct map_node *node)
{
	g_autoptr(GArray) places = map_count_cities(map, world->model, node);

	if (!places->len) {
		name_country(map, world, node);
		return;
	}
	node->kind = NODE_GROUP;
	node->others = places->len - 1;
	node->name = keep_name(map, g_array_index(places, struct map_count, 0).text);
}

/* By the first of its members, the best connected. */
static void name_first(struct map *map, const struct world *world, struct map_node *node)
{
	guint first = map->members[node->first];

	node->name = keep_name(map, institution_name(model_institution(world->model, first), true));
}

static void name_group(struct map *map, const struct world *world, struct map_node *node)
{
	guint share;
	int territory;

	if (map->grain == GRAIN_COUNTRY) {
		name_country(map, world, node);
		return;
	}
	if (map->circles && map->mode == MAP_NETWORK &&
	    map_circle_of(map, world, map->members[node->first]) >= 0) {
		node->kind = NODE_GROUP;
		name_first(map, world, node);
		return;
	}
	territory = most_common_territory(map, node, map->work->naming->counts, &share);
	/* Called after a territory it would seem to be all of it, and nothing else. */
	if (territory >= 0 && share == node->n)
		name_territory(map, world, node, territory);
	else if (map->mode == MAP_GEOGRAPHY)
		name_places(map, world, node);
	else
		name_country(map, world, node);
}

static void name_node(struct map *map, const struct world *world, struct map_node *node)
{
	node->record = -1;
	if (node->kind == NODE_MARGIN) {
		node->name = keep_name(map, map->mode == MAP_NETWORK ? _("without ties")
								     : _("without a place"));
	} else if (node->n == 1) {
		node->kind = NODE_INSTITUTION;
		node->record = (int)map->members[node->first];
		name_first(map, world, node);
	} else {
		name_group(map, world, node);
	}
}

/* Those whose members begin there; with the last members, all. */
static void name_nodes(struct map *map, const struct world *world, guint from, guint until)
{
	struct map_naming *naming = map->work->naming;
	guint all = map->work->n_members;

	(void)from;
	while (naming->named < map->nodes->len) {
		struct map_node *node = map_node(map, (int)naming->named);

		if (node->first >= until && until < all)
			break;
		name_node(map, world, node);
		naming->named++;
	}
}

static int margin_of(struct map *map)
{
	struct map_node node = { .kind = NODE_MARGIN, .record = -1, .x = NAN, .y = NAN };

	if (map->work->naming->margin < 0) {
		map->work->naming->margin = (int)map->nodes->len;
		g_array_append_val(map->nodes, node);
	}
	return map->work->naming->margin;
}

static void join(struct map *map, const struct world *world, guint from, guint until)
{
	const int *group = map->work->group;

	(void)world;
	for (guint i = from; i < until; i++) {
		map->node_of[i] = map->in[i] && group[i] >= 0 ? group[i] : -1;
		if (map->in[i] && group[i] == -1)
			map->node_of[i] = margin_of(map);
		if (map->node_of[i] >= 0)
			map_node(map, map->node_of[i])->n++;
	}
}

/* Where the members of each begin; how many of them are listed is counted again. */
static void begin_members(struct map *map)
{
	guint start = 0;

	for (guint n = 0; n < map->nodes->len; n++) {
		struct map_node *node = map_node(map, (int)n);

		node->first = start;
		start += node->n;
		node->n = 0;
	}
	map->work->n_members = start;
}

static void list_members(struct map *map, const struct world *world, guint from, guint until)
{
	(void)world;
	if (from == 0)
		begin_members(map);
	for (guint o = from; o < until; o++) {
		guint i = g_array_index(map->order, guint, o);
		struct map_node *node = map_node(map, map->node_of[i]);

		if (node)
			map->members[node->first + node->n++] = i;
	}
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

/* Two single institutions have one tie at most: such a pair is met once. */
static bool is_met_once(const struct map *map, guint b)
{
	return map->grain == GRAIN_INSTITUTION && (int)b != map->work->naming->margin;
}

static struct bundle *bundle_of(const struct map *map, guint a, guint b)
{
	struct map_naming *naming = map->work->naming;
	gsize pair = (gsize)a * map->nodes->len + b;
	gpointer known = GSIZE_TO_POINTER(pair);
	guint at = naming->places ? naming->places[pair]
		   : is_met_once(map, b)
			   ? 0
			   : GPOINTER_TO_UINT(g_hash_table_lookup(naming->table, known));

	if (at == 0) {
		struct bundle fresh = { .key = (guint64)a << 32 | b, .link = { .a = a, .b = b } };

		at = naming->bundles->len;
		naming->unordered |=
			at > 0 &&
			fresh.key < g_array_index(naming->bundles, struct bundle, at - 1).key;
		g_array_append_val(naming->bundles, fresh);
		at++;
		if (naming->places)
			naming->places[pair] = at;
		else if (!is_met_once(map, b))
			g_hash_table_insert(naming->table, known, GUINT_TO_POINTER(at));
	}
	return &g_array_index(naming->bundles, struct bundle, at - 1);
}

static void reserve(GArray *array, guint n)
{
	g_array_set_size(array, n);
	g_array_set_size(array, 0);
}

static void begin_bundles(struct map *map)
{
	gsize pairs = (gsize)map->nodes->len * map->nodes->len;

	if (pairs <= PAIRS_MOST)
		map->work->naming->places = g_new0(guint, pairs + 1);
	else
		map->work->naming->table = g_hash_table_new(NULL, NULL);
	/* To grow by doubling would copy all of them in one piece. */
	if (map->grain == GRAIN_INSTITUTION)
		reserve(map->work->naming->bundles, map->edges->len);
}

static void bundle_ties(struct map *map, const struct world *world, guint from, guint until)
{
	if (from == 0)
		begin_bundles(map);
	for (guint e = from; e < until; e++) {
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
		bundle_add(bundle_of(map, (guint)MIN(a, b), (guint)MAX(a, b)),
			   &world->model->ties[edge[2]]);
	}
	map->work->n_links = map->work->naming->bundles->len;
}

static bool is_unordered(const struct map *map)
{
	return map->work->naming->unordered;
}

static void begin_order(struct map *map)
{
	struct map_naming *naming = map->work->naming;
	guint n = naming->bundles->len;
	guint64 *keys = g_new(guint64, n);

	naming->order = g_new(guint32, n + 1);
	for (guint i = 0; i < n; i++) {
		keys[i] = g_array_index(naming->bundles, struct bundle, i).key;
		naming->order[i] = i;
	}
	naming->order[n] = n;
	naming->sorting = sorting_new(naming->order, keys, n);
}

static void order_bundles(struct map *map, const struct world *world, guint from, guint until)
{
	struct map_naming *naming = map->work->naming;

	(void)world;
	if (from == 0)
		begin_order(map);
	for (guint pass = from; pass < until && naming->sorting; pass++) {
		if (sorting_work(naming->sorting))
			continue;
		sorting_take(naming->sorting, naming->order);
		g_clear_pointer(&naming->sorting, sorting_free);
	}
}

static void list_links(struct map *map, const struct world *world, guint from, guint until)
{
	const struct map_naming *naming = map->work->naming;

	(void)world;
	if (from == 0)
		reserve(map->links, map->work->n_links);
	for (guint i = from; i < until; i++) {
		guint at = naming->order ? naming->order[i] : i;

		g_array_append_val(map->links,
				   g_array_index(naming->bundles, struct bundle, at).link);
	}
}

const struct map_step map_group_steps[] = {
	{ EACH_ONCE, 1, begin, NULL },
	{ EACH_INSTITUTION, 16384, find_countries, tells_the_rest },
	{ EACH_INSTITUTION, 16384, join, NULL },
	{ EACH_ORDERED, 16384, list_members, NULL },
	{ EACH_TIE, 32768, bundle_ties, NULL },
	{ EACH_PASS, 1, order_bundles, is_unordered },
	{ EACH_LINK, 32768, list_links, NULL },
	{ EACH_MEMBER, 16384, name_nodes, NULL },
	{ EACH_ONCE, 0, NULL, NULL },
};
