#include "tui/views/map.h"

#include "base/text.h"

/*
 * Who answers a search on the map: by names, and less by places.  Texts are folded once.
 * Where the map goes then is decided in map.c.
 */

void map_forget_names(struct map *map)
{
	g_clear_pointer(&map->folded, g_free);
	g_clear_pointer(&map->folds, g_string_chunk_free);
}

static char *fold(struct map *map, const char *first, const char *second, const char *third)
{
	g_autofree char *text =
		g_strjoin(" ", first ? first : "", second ? second : "", third ? third : "", NULL);
	g_autofree char *folded = text_fold(text);

	return g_string_chunk_insert(map->folds, folded);
}

/* What can be searched, folded once: names, and behind them places. */
static void fold_names(struct map *map, const struct model *model)
{
	map->folds = g_string_chunk_new(1 << 16);
	map->folded = g_new(char *, 2 * (gsize)map->n + 1);
	for (guint i = 0; i < map->n; i++) {
		const struct institution *institution = model_institution(model, i);
		const char *territory = map_territory_of(map, model, i);

		map->folded[2 * i] = fold(map, institution->base.name, institution->short_name,
					  institution->base.id);
		map->folded[2 * i + 1] =
			fold(map, institution->city,
			     territory ? model_name(model, KIND_TERRITORY, territory, false) : NULL,
			     NULL);
	}
}

/* How well an institution answers the search: its names say more than its places. */
static int match_of(const struct map *map, guint i)
{
	return map->in[i] ? 4 * text_match(map->needle, map->folded[2 * i]) +
				    text_match(map->needle, map->folded[2 * i + 1])
			  : 0;
}

struct match {
	guint institution, ties;
	int score;
};

static gint by_score(gconstpointer a, gconstpointer b)
{
	const struct match *x = a, *y = b;

	if (x->score != y->score)
		return x->score > y->score ? -1 : 1;
	if (x->ties != y->ties)
		return x->ties > y->ties ? -1 : 1;
	return x->institution < y->institution ? -1 : 1;
}

GArray *map_matches(struct map *map, const struct model *model)
{
	g_autoptr(GArray) matches = g_array_new(FALSE, FALSE, sizeof(struct match));
	GArray *found = g_array_new(FALSE, FALSE, sizeof(guint));

	if (!map->folded)
		fold_names(map, model);
	for (guint i = 0; map->needle && *map->needle && i < map->n; i++) {
		struct match match = { i, map->degree[i], match_of(map, i) };

		if (match.score > 0)
			g_array_append_val(matches, match);
	}
	g_array_sort(matches, by_score);
	for (guint m = 0; m < matches->len; m++)
		g_array_append_val(found, g_array_index(matches, struct match, m).institution);
	return found;
}
