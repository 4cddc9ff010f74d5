#include "tui/views/map.h"

#include "base/text.h"

/*
 * Who answers a search on the map: by names, and less by places.  In pieces, so that no letter
 * waits for 200,000 institutions; texts are folded when they are first looked at.  Where the
 * map goes then is decided in map.c.
 */
#define PIECE	6000 /* looked at in one step: some milliseconds */
#define FOLDING 8    /* one that is looked at first costs as much as so many */

void map_forget_texts(struct map *map)
{
	g_clear_pointer(&map->folded, g_free);
	g_clear_pointer(&map->folds, g_string_chunk_free);
}

void map_forget_names(struct map *map)
{
	map_forget_texts(map);
	g_clear_pointer(&map->scores, g_free);
	map->scored = 0;
}

void map_search_anew(struct map *map, const char *typed)
{
	g_free(map->needle);
	map->needle = text_fold(typed);
	map->scored = 0;
}

static char *fold(struct map *map, const char *first, const char *second, const char *third)
{
	g_autofree char *text =
		g_strjoin(" ", first ? first : "", second ? second : "", third ? third : "", NULL);
	g_autofree char *folded = text_fold(text);

	return g_string_chunk_insert(map->folds, folded);
}

/* What can be searched: names, and behind them places. */
static void fold_names(struct map *map, const struct model *model, guint i)
{
	const struct institution *institution = model_institution(model, i);
	const char *territory = map_territory_of(map, model, i);

	map->folded[2 * (gsize)i] =
		fold(map, institution->base.name, institution->short_name, institution->base.id);
	map->folded[2 * (gsize)i + 1] =
		fold(map, institution->city,
		     territory ? model_name(model, KIND_TERRITORY, territory, false) : NULL, NULL);
}

/* How well an institution answers the search: its names say more than its places. */
static int score_of(const struct map *map, guint i)
{
	int name = text_match(map->needle, map->folded[2 * (gsize)i]);
	int place = text_match(map->needle, map->folded[2 * (gsize)i + 1]);

	/* Of letters strewn over a long name nobody thought. */
	return (name >= TEXT_MATCH_LEAST ? 4 * name : 0) + (place >= TEXT_MATCH_LEAST ? place : 0);
}

bool map_look_for(struct map *map, const struct model *model)
{
	if (!map->needle || !*map->needle)
		return false;
	if (!map->folded && map->scored < map->n) {
		map->folds = g_string_chunk_new(1 << 16);
		map->folded = g_new0(char *, 2 * (gsize)map->n + 1);
		map->scores = g_renew(int, map->scores, map->n + 1);
	}
	for (guint spent = 0; map->scored < map->n && spent < PIECE; map->scored++) {
		guint i = map->scored;
		bool first = map->in[i] && !map->folded[2 * (gsize)i];

		spent += first ? FOLDING : 1;
		if (first)
			fold_names(map, model, i);
		map->scores[i] = map->in[i] ? score_of(map, i) : 0;
	}
	return map->scored < map->n;
}

/* Whether `a` answers better than `b`: the better connected of two alike. */
static bool is_better(const struct map *map, guint a, guint b)
{
	if (map->scores[a] != map->scores[b])
		return map->scores[a] > map->scores[b];
	if (map->degree[a] != map->degree[b])
		return map->degree[a] > map->degree[b];
	return a < b;
}

/* The first (or last) of all, or of those behind (before) `from`; -1: there is none. */
static int first_behind(const struct map *map, int from, bool backwards)
{
	int found = -1;

	for (guint i = 0; i < map->scored; i++) {
		if (map->scores[i] <= 0 || (int)i == from ||
		    (from >= 0 && is_better(map, i, (guint)from) != backwards))
			continue;
		if (found < 0 || is_better(map, i, (guint)found) != backwards)
			found = (int)i;
	}
	return found;
}

bool map_is_found(const struct map *map)
{
	const struct map_node *node = map_node(map, map->selected);
	g_autofree char *name = node != NULL ? text_fold(node->name) : NULL;

	return node != NULL &&
	       (node->kind == NODE_INSTITUTION || text_match(map->needle, name) > 0);
}

int map_match(const struct map *map, const struct model *model, int step)
{
	int best, from, found;

	if (!map->needle || !*map->needle || map->scored < map->n)
		return -1;
	best = first_behind(map, -1, false);
	if (best < 0 || !step)
		return best;
	from = map->anchor ? model_find(model, KIND_INSTITUTION, map->anchor) : -1;
	if (from < 0 || from >= (int)map->n || map->scores[from] <= 0)
		from = best;
	found = first_behind(map, from, step < 0);
	return found >= 0 ? found : first_behind(map, -1, step < 0);
}
