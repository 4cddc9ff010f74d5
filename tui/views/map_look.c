#include "tui/views/map_work.h"

#include <glib/gi18n.h>
#include <math.h>

/*
 * What colours and sizes of markers stand for.  Colours go to the most frequent
 * values of what was chosen, the rest has none; sizes are shown as a bar behind the
 * name, relative to the largest in the scope.  Nothing is told by colour alone: the
 * legend names the colours, the details say the value.
 */
static const char *const colours[MAP_COLOURS] = {
	[COLOUR_SECTOR] = N_("Colours: sectors"),
	[COLOUR_COUNTRY] = N_("Colours: countries, the most frequent"),
	[COLOUR_CIRCLE] = N_("Colours: circles of who works with whom, the largest"),
	[COLOUR_TIER] = N_("Colours: levels of membership"),
};

/* Ids of measures; NULL: none. */
static const char *const sizes[MAP_SIZES] = { NULL, "degree", "strength", "betweenness" };

int map_circle_of(const struct map *map, const struct world *world, guint institution)
{
	double number = world->study ? study_of(world->study, map->circle, institution) : NAN;

	return isnan(number) ? -1 : (int)number;
}

static const struct measure *size_measure(const struct map *map)
{
	return sizes[map->size] ? measure_find(sizes[map->size]) : NULL;
}

const char *map_colour_sentence(const struct map *map)
{
	return _(colours[map->colour]);
}

char *map_size_sentence(const struct map *map)
{
	const struct measure *measure = size_measure(map);

	return measure ? g_strdup_printf(_("Bars behind names: %s"), _(measure->label))
		       : g_strdup(_("No bars behind names"));
}

struct value {
	char *text; /* in words */
	guint n, first;
	int shade; /* -1: too few have it */
};

/* What is known while looks are being found. */
struct map_looking {
	GHashTable *hubs; /* circle -> the one of it that has most ties here */
	GPtrArray *all;	  /* struct value *, owned */
	GHashTable *seen; /* by what it says, */
	GHashTable *met;  /* and by where that lies, which is one place for most */
	struct value **of;
	double most;
};

void map_looking_free(struct map_looking *looking)
{
	if (!looking)
		return;
	g_hash_table_unref(looking->hubs);
	g_ptr_array_unref(looking->all);
	g_hash_table_unref(looking->seen);
	g_hash_table_unref(looking->met);
	g_free(looking->of);
	g_free(looking);
}

static void value_release(void *data)
{
	struct value *value = data;

	g_free(value->text);
	g_free(value);
}

static void begin(struct map *map, const struct world *world, guint from, guint until)
{
	struct map_looking *looking = map->work->looking = g_new0(struct map_looking, 1);

	(void)world;
	(void)from;
	(void)until;
	map->shade = g_renew(int, map->shade, map->n + 1);
	map->size_of = g_renew(double, map->size_of, map->n + 1);
	g_ptr_array_set_size(map->shades, 0);
	looking->hubs = g_hash_table_new(NULL, NULL);
	looking->all = g_ptr_array_new_with_free_func(value_release);
	looking->seen = g_hash_table_new(g_str_hash, g_str_equal);
	looking->met = g_hash_table_new(NULL, NULL);
	looking->of = g_new0(struct value *, map->n + 1);
}

static bool has_circles(const struct map *map)
{
	return map->colour == COLOUR_CIRCLE;
}

/* In scope only. */
static void find_hubs(struct map *map, const struct world *world, guint from, guint until)
{
	GHashTable *hubs = map->work->looking->hubs;

	for (guint i = from; i < until; i++) {
		int circle = map->in[i] ? map_circle_of(map, world, i) : -1;
		gpointer known = GINT_TO_POINTER(circle), hub;

		if (circle < 0)
			continue;
		if (!g_hash_table_lookup_extended(hubs, known, NULL, &hub) ||
		    map->degree[i] > map->degree[GPOINTER_TO_UINT(hub)])
			g_hash_table_insert(hubs, known, GUINT_TO_POINTER(i));
	}
}

/* What an institution is coloured by, where it lies; NULL: nothing known. */
static const char *value_of(const struct map *map, const struct world *world, guint i)
{
	GHashTable *hubs = map->work->looking->hubs;
	const struct institution *institution = model_institution(world->model, i);
	const struct partition *tiers;
	int circle, v;

	switch (map->colour) {
	case COLOUR_COUNTRY:
		return institution->country;
	case COLOUR_CIRCLE:
		circle = map_circle_of(map, world, i);
		v = circle < 0
			    ? -1
			    : GPOINTER_TO_INT(g_hash_table_lookup(hubs, GINT_TO_POINTER(circle)));
		return v < 0 ? NULL
			     : institution_name(model_institution(world->model, (guint)v), true);
	case COLOUR_TIER:
		tiers = world->study ? study_partition(world->study, BY_TIER) : NULL;
		v = tiers ? study_net(world->study)->vertex[i] : -1;
		return v < 0 || tiers->group[v] < 0 ? NULL : tiers->labels[tiers->group[v]];
	case COLOUR_SECTOR:
	case MAP_COLOURS:
		break;
	}
	return NULL;
}

static gint by_frequency(gconstpointer a, gconstpointer b)
{
	const struct value *x = *(struct value *const *)a, *y = *(struct value *const *)b;

	if (x->n != y->n)
		return x->n > y->n ? -1 : 1;
	return x->first < y->first ? -1 : x->first > y->first;
}

static struct value *value_met(const struct map *map, const char *raw)
{
	struct map_looking *values = map->work->looking;
	struct value *value = g_hash_table_lookup(values->met, raw);
	const char *text;

	if (value)
		return value;
	text = map->colour == COLOUR_COUNTRY ? country_name(raw) : raw;
	value = g_hash_table_lookup(values->seen, text);
	if (!value) {
		value = g_new0(struct value, 1);
		value->text = g_strdup(text);
		value->shade = -1;
		g_ptr_array_add(values->all, value);
		g_hash_table_insert(values->seen, value->text, value);
	}
	g_hash_table_insert(values->met, (gpointer)raw, value);
	return value;
}

static void find_values(struct map *map, const struct world *world, guint from, guint until)
{
	struct map_looking *looking = map->work->looking;
	const struct measure *measure = size_measure(map);

	for (guint i = from; i < until; i++) {
		const char *raw = map->in[i] ? value_of(map, world, i) : NULL;
		struct value *value = looking->of[i] = raw ? value_met(map, raw) : NULL;

		if (value && value->n++ == 0)
			value->first = i;
		map->size_of[i] = measure && world->study && map->in[i]
					  ? study_of(world->study, measure, i)
					  : NAN;
		if (!isnan(map->size_of[i]))
			looking->most = MAX(looking->most, map->size_of[i]);
	}
}

static void find_shades(struct map *map)
{
	GPtrArray *all = map->work->looking->all;

	g_ptr_array_sort(all, by_frequency);
	for (guint s = 0; s < all->len && s < MAP_SHADES; s++) {
		struct value *value = g_ptr_array_index(all, s);

		value->shade = (int)s;
		g_ptr_array_add(map->shades, g_strdup(value->text));
	}
}

static void set_looks(struct map *map, const struct world *world, guint from, guint until)
{
	const struct map_looking *looking = map->work->looking;

	(void)world;
	if (from == 0)
		find_shades(map);
	for (guint i = from; i < until; i++) {
		map->shade[i] = looking->of[i] ? looking->of[i]->shade : -1;
		map->size_of[i] = looking->most > 0 ? map->size_of[i] / looking->most : NAN;
	}
}

const struct map_step map_look_steps[] = {
	{ EACH_ONCE, 1, begin, NULL },
	{ EACH_INSTITUTION, 16384, find_hubs, has_circles },
	{ EACH_INSTITUTION, 16384, find_values, NULL },
	{ EACH_INSTITUTION, 16384, set_looks, NULL },
	{ EACH_ONCE, 0, NULL, NULL },
};

/* That of most of its institutions, -1 when no colour is that of half of them. */
int map_shade_of(const struct map *map, const struct map_node *node)
{
	guint counts[MAP_SHADES] = { 0 };

	for (guint m = node->first; m < node->first + node->n; m++) {
		int shade = map->shade[map->members[m]];

		if (shade >= 0 && 2 * ++counts[shade] > node->n)
			return shade;
	}
	return -1;
}

const char *map_size_bar(const struct map *map, const struct map_node *node)
{
	static const char *const bars[] = { "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" };
	double share = node->kind == NODE_INSTITUTION ? map->size_of[node->record] : NAN;

	return isnan(share) || share <= 0 ? ""
					  : bars[CLAMP((int)ceil(share * G_N_ELEMENTS(bars)), 1,
						       (int)G_N_ELEMENTS(bars)) -
						 1];
}
