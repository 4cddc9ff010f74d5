#include "tui/views/map.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

/*
 * Where most are: the part of the geography that the map opens on, and who is beyond it.
 * One partner overseas would else push a whole network into a corner.
 */
#define CORE_SHARE 0.75 /* of all: the shortest stretch that has so many */
#define HOME_LEAST 0.66 /* of all: fewer are no home */
#define HOME_LARGE 0.7	/* of the world: what is larger leaves out too little */
#define HOME_GAP   5	/* degrees, or an eighth of the core: who is further off is elsewhere */
#define DEGREES	   361

struct stretch {
	int first, last; /* degrees from the western, the northern end */
};

static int degree_of(double value, int axis)
{
	return (int)CLAMP(floor(value + (axis ? 90 : 180)), 0, DEGREES - 1);
}

/* The shortest with so many of those counted by degree. */
static struct stretch core_of(const guint *counts, double wanted)
{
	struct stretch best = { 0, DEGREES - 1 };
	guint held = 0;

	for (int first = 0, last = -1; first < DEGREES; held -= counts[first++]) {
		while (last + 1 < DEGREES && held < wanted)
			held += counts[++last];
		if (held < wanted)
			break;
		if (last - first < best.last - best.first)
			best = (struct stretch){ first, last };
	}
	return best;
}

/* With those next to it, and next to them. */
static struct stretch grown(const guint *counts, struct stretch core)
{
	int gap = MAX(HOME_GAP, (core.last - core.first) / 8);
	struct stretch all = core;

	for (int at = core.first; at >= 0 && all.first - at <= gap; at--)
		all.first = counts[at] > 0 ? at : all.first;
	for (int at = core.last; at < DEGREES && at - all.last <= gap; at++)
		all.last = counts[at] > 0 ? at : all.last;
	return all;
}

/* Of those placed who stand within `west` to `east` on the other axis, if that is given. */
static guint count_degrees(const struct map *map, int axis, const struct stretch *across,
			   guint counts[DEGREES])
{
	const double *places[] = { map->x, map->y };
	guint n = 0;

	memset(counts, 0, DEGREES * sizeof(*counts));
	for (guint i = 0; i < map->n; i++) {
		int other;

		if (!map->in[i] || isnan(map->x[i]))
			continue;
		other = degree_of(places[!axis][i], !axis);
		if (across && (other < across->first || other > across->last))
			continue;
		counts[degree_of(places[axis][i], axis)]++;
		n++;
	}
	return n;
}

static double size_of(const double ends[2][2])
{
	return (ends[0][1] - ends[0][0]) * (ends[1][1] - ends[1][0]);
}

bool map_find_home(const struct map *map, double home[2][2])
{
	const double world[2][2] = { { map->least[0], map->most[0] },
				     { map->least[1], map->most[1] } };
	guint counts[DEGREES], all, here = 0;
	struct stretch across, down;

	all = count_degrees(map, 0, NULL, counts);
	if (all == 0)
		return false;
	across = grown(counts, core_of(counts, CORE_SHARE * all));
	down = grown(counts, core_of(counts, CORE_SHARE * count_degrees(map, 1, &across, counts)));
	for (int at = down.first; at <= down.last; at++)
		here += counts[at];
	home[0][0] = across.first - 180 - MAP_MARGIN_X;
	home[0][1] = across.last + 1 - 180 + MAP_MARGIN_X;
	home[1][0] = down.first - 90 - MAP_MARGIN_Y;
	home[1][1] = down.last + 1 - 90 + MAP_MARGIN_Y;
	return here < all && here >= HOME_LEAST * all &&
	       size_of((const double(*)[2])home) < HOME_LARGE * size_of(world);
}

bool map_is_home(const struct map *map, double x, double y)
{
	return map->has_home && x >= map->home[0][0] && x <= map->home[0][1] &&
	       y >= map->home[1][0] && y <= map->home[1][1];
}

void map_show(struct map *map, bool all)
{
	map->all = all;
	for (int axis = 0; axis < 2; axis++) {
		bool home = map->has_home && !all;

		map->least[axis] = home ? map->home[axis][0] : map->world[axis][0];
		map->most[axis] = home ? map->home[axis][1] : map->world[axis][1];
	}
}

/* 0 to 3: above, right of, below and left of the window; -1: none of them. */
static int side_of(const struct map *map, const struct map_node *node)
{
	if (node->kind == NODE_MARGIN)
		return -1;
	return node->home_row < 0		      ? 0
	       : node->home_row >= map->map_area.rows ? 2
	       : node->home_col >= map->map_area.cols ? 1
	       : node->home_col < 0		      ? 3
						      : -1;
}

#define NAMED_MOST 3

char *map_beyond(const struct map *map, int side, int columns)
{
	const struct map_node *most[NAMED_MOST] = { NULL };
	g_autoptr(GString) text = g_string_new(NULL);

	for (guint i = 0; i < map->nodes->len; i++) {
		const struct map_node *node = map_node(map, (int)i);

		for (guint k = 0; node && k < NAMED_MOST && side_of(map, node) == side; k++) {
			const struct map_node *less = most[k];

			if (less && less->n >= node->n)
				continue;
			most[k] = node;
			node = less;
		}
	}
	for (guint k = 0; k < NAMED_MOST && most[k]; k++) {
		g_autofree char *name = map_short_name(most[k]->name);

		if (text_width(text->str) + text_width(name) + 2 > columns)
			break;
		g_string_append_printf(text, "%s%s", k > 0 ? ", " : "", name);
	}
	return g_string_free(g_steal_pointer(&text), FALSE);
}
