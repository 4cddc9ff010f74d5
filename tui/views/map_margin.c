#include "tui/views/map.h"

#include <glib/gi18n.h>

#include "tui/ask.h"

/*
 * The list of those who stand in the margin of the map.  Who does is decided in map_places.c
 * and map_group.c; here is the filter that says it.
 */

/* Whether a filter lets through who stands there, and nobody else. */
static bool says_so(const struct map *map, const struct world *world, const struct map_node *node,
		    const char *text)
{
	struct filter *filter = filter_for_world(world, text, NULL);
	bool so = filter != NULL;
	guint n = 0;

	for (guint i = 0; so && i < map->n; i++) {
		bool passes = filter_match(filter, world->model, i);

		n += passes;
		so = !passes || (map->in[i] && map_node(map, map->node_of[i]) == node);
	}
	filter_free(filter);
	return so && n == node->n;
}

#define MOST_NAMED 200 /* institutions: a longer filter by their ids is slow */

/* Who stands in the margin in the words of a filter; where none says it exactly, by their ids. */
static char *margin_filter(const struct map *map, const struct app *app, const struct world *world,
			   const struct map_node *node)
{
	static const char *const places[] = { "country=", "country= territory=", NULL };
	static const char *const ties[] = { "ties<1", NULL };
	const char *const *words = map->mode == MAP_NETWORK ? ties : places;
	g_autofree char *plain = g_strjoin(*app->filter ? " " : "", app->filter, words[0], NULL);

	for (guint w = 0; words[w] != NULL; w++) {
		char *text = g_strjoin(*app->filter ? " " : "", app->filter, words[w], NULL);

		if (says_so(map, world, node, text))
			return text;
		g_free(text);
	}
	if (node->n > MOST_NAMED)
		return g_steal_pointer(&plain);
	GString *ids = g_string_new("id=");

	for (guint m = node->first; m < node->first + node->n; m++)
		g_string_append_printf(
			ids, "%s%s", m > node->first ? "," : "",
			RECORD(model_institution(world->model, map->members[m]))->id);
	return g_string_free(ids, FALSE);
}

void map_open_margin(struct map *map, struct app *app, const struct world *world,
		     const struct map_node *node)
{
	g_autofree char *filter = margin_filter(map, app, world, node);

	app_say(app, STYLE_WARN, _("A filter of this list alone: Esc takes it back"));
	app_open_filtered(app, world, &view_institutions, filter);
}
