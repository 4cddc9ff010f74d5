#include "tui/views/map.h"

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

/* The one of a circle that has most ties here, by circle; in scope only. */
static GHashTable *find_hubs(const struct map *map, const struct world *world)
{
	GHashTable *hubs = g_hash_table_new(NULL, NULL);

	for (guint i = 0; i < map->n; i++) {
		int circle = map->in[i] ? map_circle_of(map, world, i) : -1;
		gpointer known = GINT_TO_POINTER(circle), hub;

		if (circle < 0)
			continue;
		if (!g_hash_table_lookup_extended(hubs, known, NULL, &hub) ||
		    map->degree[i] > map->degree[GPOINTER_TO_UINT(hub)])
			g_hash_table_insert(hubs, known, GUINT_TO_POINTER(i));
	}
	return hubs;
}

/* What an institution is coloured by, where it lies; NULL: nothing known. */
static const char *value_of(const struct map *map, const struct world *world, GHashTable *hubs,
			    guint i)
{
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

struct value {
	char *text; /* in words */
	guint n, first;
	int shade; /* -1: too few have it */
};

struct values {
	GPtrArray *all;	  /* owned */
	GHashTable *seen; /* by what it says, */
	GHashTable *met;  /* and by where that lies, which is one place for most */
};

static void value_release(void *data)
{
	struct value *value = data;

	g_free(value->text);
	g_free(value);
}

static gint by_frequency(gconstpointer a, gconstpointer b)
{
	const struct value *x = *(struct value *const *)a, *y = *(struct value *const *)b;

	if (x->n != y->n)
		return x->n > y->n ? -1 : 1;
	return x->first < y->first ? -1 : x->first > y->first;
}

static struct value *value_met(const struct map *map, struct values *values, const char *raw)
{
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

static void find_shades(struct map *map, const struct world *world)
{
	g_autoptr(GHashTable) hubs = map->colour == COLOUR_CIRCLE ? find_hubs(map, world) : NULL;
	struct values values = { g_ptr_array_new_with_free_func(value_release),
				 g_hash_table_new(g_str_hash, g_str_equal),
				 g_hash_table_new(NULL, NULL) };
	g_autofree struct value **of = g_new0(struct value *, map->n + 1);

	g_ptr_array_set_size(map->shades, 0);
	for (guint i = 0; i < map->n; i++) {
		const char *raw = map->in[i] ? value_of(map, world, hubs, i) : NULL;

		of[i] = raw ? value_met(map, &values, raw) : NULL;
		if (of[i] && of[i]->n++ == 0)
			of[i]->first = i;
	}
	g_ptr_array_sort(values.all, by_frequency);
	for (guint s = 0; s < values.all->len && s < MAP_SHADES; s++) {
		struct value *value = g_ptr_array_index(values.all, s);

		value->shade = (int)s;
		g_ptr_array_add(map->shades, g_strdup(value->text));
	}
	for (guint i = 0; i < map->n; i++)
		map->shade[i] = of[i] ? of[i]->shade : -1;
	g_ptr_array_unref(values.all);
	g_hash_table_unref(values.seen);
	g_hash_table_unref(values.met);
}

void map_find_look(struct map *map, const struct world *world)
{
	const struct measure *measure = size_measure(map);
	double most = 0;

	map->shade = g_renew(int, map->shade, map->n + 1);
	map->size_of = g_renew(double, map->size_of, map->n + 1);
	find_shades(map, world);
	for (guint i = 0; i < map->n; i++) {
		map->size_of[i] = measure && world->study && map->in[i]
					  ? study_of(world->study, measure, i)
					  : NAN;
		if (!isnan(map->size_of[i]))
			most = MAX(most, map->size_of[i]);
	}
	for (guint i = 0; i < map->n; i++)
		map->size_of[i] = most > 0 ? map->size_of[i] / most : NAN;
}

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
