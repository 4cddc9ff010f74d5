#include "tui/views/map_work.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/*
 * What is shown at this zoom: the window on the mode's world, how fine the
 * markers are in it, their cells, and the way from one to the next by arrows.
 */
#define LEAST_COUNTRIES 4  /* fewer: the first map shows places at once */
#define MOST_IN_A_PLACE 12 /* more at one place: it stays one marker … */
#define CROWDED_ZOOM	6  /* … up to here */

void map_clear_scene(struct map *map)
{
	if (!map->nodes) {
		map->nodes = g_array_new(FALSE, TRUE, sizeof(struct map_node));
		map->links = g_array_new(FALSE, FALSE, sizeof(struct map_link));
		map->inside = g_array_new(FALSE, FALSE, sizeof(int));
		map->near = g_array_new(FALSE, FALSE, sizeof(guint));
	}
	g_array_set_size(map->nodes, 0);
	g_array_set_size(map->links, 0);
	g_array_set_size(map->inside, 0);
	g_array_set_size(map->near, 0);
	memset(map->states, 0, sizeof(map->states));
	g_clear_pointer(&map->names, g_string_chunk_free);
	map->names = g_string_chunk_new(1 << 10);
	map->selected = -1;
	map->in_window = 0;
	for (int side = 0; side < 4; side++)
		map->outside[side] = 0;
}

struct map_node *map_node(const struct map *map, int index)
{
	if (index < 0 || index >= (int)map->nodes->len)
		return NULL;
	return &g_array_index(map->nodes, struct map_node, index);
}

int map_node_at(const struct map *map, const struct world *world, const char *institution)
{
	int at = institution ? model_find(world->model, KIND_INSTITUTION, institution) : -1;

	return at < 0 || at >= (int)map->n || !map->node_of ? -1 : map->node_of[at];
}

/* Which nodes have a tie to `node`; caller frees. */
static bool *linked_with(const struct map *map, int node)
{
	bool *linked = g_new0(bool, map->nodes->len + 1);

	for (guint i = 0; i < map->links->len; i++) {
		const struct map_link *link = &g_array_index(map->links, struct map_link, i);

		if ((int)link->a == node || (int)link->b == node)
			linked[link->a] = linked[link->b] = true;
	}
	return linked;
}

static void find_scale(struct map *map)
{
	double width = map->map_area.cols * CANVAS_DOTS_X,
	       height = map->map_area.rows * CANVAS_DOTS_Y;
	double x = MAX(map->most[0] - map->least[0], 1e-6);
	double y = MAX(map->most[1] - map->least[1], 1e-6);
	double power = ldexp(1, map->zoom);

	map->scale[0] = width / x * power;
	map->scale[1] = height / y * power;
	if (map->mode == MAP_GEOGRAPHY) {
		/* A degree of longitude is shorter away from the equator. */
		double shrink = MAX(0.35, cos(map->centre[1] * G_PI / 180));
		double both = MIN(width / (x * shrink), height / y) * power;

		map->scale[0] = both * shrink;
		map->scale[1] = both;
	}
}

void map_project(const struct map *map, double x, double y, double *dot_x, double *dot_y)
{
	*dot_x = (x - map->centre[0]) * map->scale[0] + map->map_area.cols * CANVAS_DOTS_X / 2.0;
	*dot_y = (y - map->centre[1]) * map->scale[1] + map->map_area.rows * CANVAS_DOTS_Y / 2.0;
}

static void cell_of(const struct map *map, double x, double y, int *row, int *col)
{
	double dot_x, dot_y;

	map_project(map, x, y, &dot_x, &dot_y);
	*col = (int)floor(CLAMP(dot_x / CANVAS_DOTS_X, -1e6, 1e6));
	*row = (int)floor(CLAMP(dot_y / CANVAS_DOTS_Y, -1e6, 1e6));
}

static bool in_window(const struct map *map, int row, int col)
{
	return row >= 0 && col >= 0 && row < map->map_area.rows && col < map->map_area.cols;
}

struct spots {
	GPtrArray *all;
	struct spot **table; /* by cell, a free slot between; sparse: nobody moves */
	guint mask;
};

/* Which institutions share a marker, while that is being found. */
struct map_gathering {
	bool *inside; /* institutions in the window, */
	guint ties;   /* those between them, */
	bool few;     /* and both are few */
	bool decided;
	GHashTable *seen; /* countries */
	struct spots spots;
	struct spot **of; /* of each institution */
	guint *size;	  /* of each group, those in the window */
	guint largest;
};

void map_gathering_free(struct map_gathering *gathering)
{
	if (!gathering)
		return;
	g_free(gathering->inside);
	g_clear_pointer(&gathering->seen, g_hash_table_unref);
	g_clear_pointer(&gathering->spots.all, g_ptr_array_unref);
	g_free(gathering->spots.table);
	g_free(gathering->of);
	g_free(gathering->size);
	g_free(gathering);
}

static void begin(struct map *map, const struct world *world, guint from, guint until)
{
	struct map_gathering *gathering = g_new0(struct map_gathering, 1);

	(void)world;
	(void)from;
	(void)until;
	map_clear_scene(map);
	find_scale(map);
	g_clear_pointer(&map->work->gathering, map_gathering_free);
	map->work->gathering = gathering;
	map->work->group = g_renew(int, map->work->group, map->n + 1);
	map->work->n_groups = 0;
	gathering->inside = g_new0(bool, map->n + 1);
	map->grain = GRAIN_PLACE;
	if (map->mode == MAP_EGO)
		map->in_window = map->n_scope;
}

static bool is_wide(const struct map *map)
{
	return map->mode != MAP_EGO;
}

/* Institutions in the window, and how many are out of it on which side. */
static void count_institutions(struct map *map, const struct world *world, guint from, guint until)
{
	bool *inside = map->work->gathering->inside;

	(void)world;
	for (guint i = from; i < until; i++) {
		int row, col;

		if (!map->in[i] || isnan(map->x[i]))
			continue;
		cell_of(map, map->x[i], map->y[i], &row, &col);
		inside[i] = in_window(map, row, col);
		map->in_window += inside[i];
		if (row < 0)
			map->outside[0]++;
		else if (row >= map->map_area.rows)
			map->outside[2]++;
		else if (col >= map->map_area.cols)
			map->outside[1]++;
		else if (col < 0)
			map->outside[3]++;
	}
}

static void count_ties(struct map *map, const struct world *world, guint from, guint until)
{
	struct map_gathering *gathering = map->work->gathering;

	(void)world;
	for (guint e = from; e < until; e++) {
		const guint *edge = &g_array_index(map->edges, guint, 0) + 3 * (gsize)e;

		gathering->ties += gathering->inside[edge[0]] && gathering->inside[edge[1]];
	}
	/* The whole map is of one kind, wherever in it one looks. */
	gathering->few = (map->zoom ? map->in_window : map->n_scope) <= MAP_MOST_INSTITUTIONS &&
			 (map->zoom ? gathering->ties : map->n_ties) <= MAP_MOST_TIES;
}

static bool wants_groups(const struct map *map)
{
	return map->mode == MAP_NETWORK && !map->work->gathering->few && map->grouped &&
	       map->zoom < CROWDED_ZOOM;
}

static void gather_groups(struct map *map, const struct world *world, guint from, guint until)
{
	(void)world;
	for (guint i = from; i < until; i++)
		map->work->group[i] = map->in[i] ? map->group[i] : -2;
	map->work->n_groups = map->groups->len;
	map->work->gathering->decided = true;
}

static bool wants_countries(const struct map *map)
{
	return map->mode == MAP_GEOGRAPHY && !map->zoom && !map->work->gathering->few;
}

static void gather_countries(struct map *map, const struct world *world, guint from, guint until)
{
	struct map_work *work = map->work;

	if (from == 0)
		work->gathering->seen = g_hash_table_new(g_str_hash, g_str_equal);
	for (guint i = from; i < until; i++) {
		const char *country = model_institution(world->model, i)->country;
		gpointer known;

		work->group[i] = -1;
		if (!map->in[i] || isnan(map->x[i]))
			continue;
		country = country ? country : "";
		if (!g_hash_table_lookup_extended(work->gathering->seen, country, NULL, &known)) {
			known = GINT_TO_POINTER((int)work->n_groups++);
			g_hash_table_insert(work->gathering->seen, (gpointer)country, known);
		}
		work->group[i] = GPOINTER_TO_INT(known);
	}
	work->gathering->decided = until == map->n && work->n_groups >= LEAST_COUNTRIES;
	if (work->gathering->decided)
		map->grain = GRAIN_COUNTRY;
}

struct spot { /* institutions of one cell of the screen */
	int row, col;
	guint n;
	int group;
};

static gint by_size(gconstpointer a, gconstpointer b)
{
	const struct spot *x = *(struct spot *const *)a, *y = *(struct spot *const *)b;

	if (x->n != y->n)
		return x->n > y->n ? -1 : 1;
	if (x->row != y->row)
		return x->row < y->row ? -1 : 1;
	return x->col < y->col ? -1 : x->col > y->col;
}

/* The larger ones first take in what is nearer than a marker and a short name need. */
static guint join_spots(const struct map *map, GPtrArray *spots)
{
	g_autoptr(GPtrArray) openers = g_ptr_array_new();
	guint n = 0;

	g_ptr_array_sort(spots, by_size);
	for (guint s = 0; s < spots->len; s++) {
		struct spot *spot = g_ptr_array_index(spots, s);
		bool inside = in_window(map, spot->row, spot->col);

		spot->group = -1;
		for (guint t = 0; inside && t < openers->len && spot->group < 0; t++) {
			const struct spot *other = g_ptr_array_index(openers, t);

			if (abs(other->row - spot->row) <= 1 && abs(other->col - spot->col) <= 3)
				spot->group = other->group;
		}
		if (spot->group >= 0)
			continue;
		spot->group = (int)n++;
		if (inside)
			g_ptr_array_add(openers, spot);
	}
	return n;
}

static struct spot *spot_at(struct spots *spots, int row, int col)
{
	guint at = ((guint)row * 0x9E3779B1u) ^ ((guint)col * 0x85EBCA6Bu);
	struct spot *spot;

	for (at ^= at >> 15;; at++) {
		spot = spots->table[at & spots->mask];
		if (!spot)
			break;
		if (spot->row == row && spot->col == col)
			return spot;
	}
	spot = g_new0(struct spot, 1);
	spot->row = row;
	spot->col = col;
	g_ptr_array_add(spots->all, spot);
	spots->table[at & spots->mask] = spot;
	return spot;
}

static bool wants_places(const struct map *map)
{
	return map->mode == MAP_GEOGRAPHY && !map->work->gathering->decided &&
	       map->zoom < CROWDED_ZOOM;
}

static void begin_places(struct map *map)
{
	struct map_gathering *gathering = map->work->gathering;
	guint slots = 1u << g_bit_storage(2 * (gulong)map->n);

	gathering->spots.all = g_ptr_array_new_with_free_func(g_free);
	gathering->spots.table = g_new0(struct spot *, slots);
	gathering->spots.mask = slots - 1;
	gathering->of = g_new0(struct spot *, map->n + 1);
}

static void find_spots(struct map *map, const struct world *world, guint from, guint until)
{
	struct map_gathering *gathering = map->work->gathering;

	(void)world;
	if (from == 0)
		begin_places(map);
	for (guint i = from; i < until; i++) {
		int row, col;

		if (!map->in[i] || isnan(map->x[i]))
			continue;
		cell_of(map, map->x[i], map->y[i], &row, &col);
		if (!in_window(map, row, col)) { /* coarser: only ties lead there */
			row = (int)floor(row / 4.0) * 4;
			col = (int)floor(col / 8.0) * 8;
		}
		gathering->of[i] = spot_at(&gathering->spots, row, col);
		gathering->of[i]->n++;
	}
}

/* And how large the largest is, of those in the window. */
static void gather_places(struct map *map, const struct world *world, guint from, guint until)
{
	struct map_gathering *gathering = map->work->gathering;

	(void)world;
	if (from == 0) {
		map->work->n_groups = join_spots(map, gathering->spots.all);
		gathering->size = g_new0(guint, map->work->n_groups + 1);
	}
	for (guint i = from; i < until; i++) {
		int group = gathering->of[i] ? gathering->of[i]->group : -1;

		map->work->group[i] = group;
		if (group >= 0 && gathering->inside[i])
			gathering->largest = MAX(gathering->largest, ++gathering->size[group]);
	}
	gathering->decided = !gathering->few || gathering->largest > MOST_IN_A_PLACE;
}

static bool wants_single(const struct map *map)
{
	return map->mode != MAP_EGO && !map->work->gathering->decided;
}

static void gather_single(struct map *map, const struct world *world, guint from, guint until)
{
	struct map_work *work = map->work;

	(void)world;
	map->grain = GRAIN_INSTITUTION;
	if (from == 0)
		work->n_groups = 0;
	for (guint i = from; i < until; i++)
		work->group[i] = map->in[i] && !isnan(map->x[i]) ? (int)work->n_groups++ : -1;
}

const struct map_step map_gather_steps[] = {
	{ EACH_ONCE, 1, begin, NULL },
	{ EACH_ONCE, 1, map_gather_ego, map_is_ego },
	{ EACH_INSTITUTION, 16384, count_institutions, is_wide },
	{ EACH_TIE, 32768, count_ties, is_wide },
	{ EACH_INSTITUTION, 16384, gather_groups, wants_groups },
	{ EACH_INSTITUTION, 16384, gather_countries, wants_countries },
	{ EACH_INSTITUTION, 16384, find_spots, wants_places },
	{ EACH_INSTITUTION, 16384, gather_places, wants_places },
	{ EACH_INSTITUTION, 16384, gather_single, wants_single },
	{ EACH_ONCE, 0, NULL, NULL },
};

/* A marker stands in the middle of its institutions, or where its group was laid out. */
static void place_node(struct map *map, struct map_node *node)
{
	double x = 0, y = 0;

	if (node->kind == NODE_MARGIN) {
		node->home_row = node->row = map->map_area.rows - 1;
		node->home_col = node->col = 1;
		return;
	}
	for (guint i = node->first; i < node->first + node->n; i++) {
		x += map->x[map->members[i]];
		y += map->y[map->members[i]];
	}
	if (map->mode != MAP_EGO) {
		node->x = x / node->n;
		node->y = y / node->n;
	}
	cell_of(map, node->x, node->y, &node->home_row, &node->home_col);
	node->row = node->home_row;
	node->col = node->home_col;
	node->shown = in_window(map, node->row, node->col);
}

static void place_nodes(struct map *map, const struct world *world, guint from, guint until)
{
	(void)world;
	for (int n = (int)from; n < (int)until; n++) {
		struct map_node *node = map_node(map, n);

		place_node(map, node);
		if (in_window(map, node->home_row, node->home_col))
			g_array_append_val(map->inside, n);
	}
}

static bool is_inside(const struct map *map, guint n)
{
	const struct map_node *node = map_node(map, (int)n);

	return in_window(map, node->home_row, node->home_col);
}

static void find_near(struct map *map, const struct world *world, guint from, guint until)
{
	(void)world;
	for (guint l = from; l < until; l++) {
		const struct map_link *link = &g_array_index(map->links, struct map_link, l);

		map->states[link->state] = true;
		if (is_inside(map, link->a) || is_inside(map, link->b))
			g_array_append_val(map->near, l);
	}
}

const struct map_step map_node_steps[] = {
	{ EACH_ONCE, 1, map_place_ring, map_is_ego },
	{ EACH_NODE, 16384, place_nodes, NULL },
	{ EACH_LINK, 32768, find_near, NULL },
	{ EACH_ONCE, 0, NULL, NULL },
};

void map_whole(struct map *map)
{
	map->zoom = 0;
	map->panned = false;
	map->centre[0] = (map->least[0] + map->most[0]) / 2;
	map->centre[1] = (map->least[1] + map->most[1]) / 2;
}

/* Half of the window on; false: the last one that way stands at the edge already. */
static bool pan_once(struct map *map, int down, int right)
{
	double cells[2] = { map->map_area.cols * CANVAS_DOTS_X,
			    map->map_area.rows * CANVAS_DOTS_Y };
	bool moved = false;

	for (int axis = 0; axis < 2; axis++) {
		int step = axis ? down : right;
		double half = cells[axis] / 2 / map->scale[axis], before = map->centre[axis];

		if (step > 0)
			map->centre[axis] =
				MIN(before + half, MAX(before, map->ends[axis][1] - half));
		else if (step < 0)
			map->centre[axis] =
				MAX(before - half, MIN(before, map->ends[axis][0] + half));
		moved = moved || fabs(map->centre[axis] - before) > half / cells[axis];
	}
	return moved;
}

static bool is_empty(const struct map *map)
{
	for (guint i = 0; i < map->n; i++) {
		int row, col;

		if (!map->in[i] || isnan(map->x[i]))
			continue;
		cell_of(map, map->x[i], map->y[i], &row, &col);
		if (in_window(map, row, col))
			return false;
	}
	return true;
}

bool map_pan(struct map *map, int down, int right)
{
	double before[2] = { map->centre[0], map->centre[1] };
	bool moved = pan_once(map, down, right), further = moved;

	/* Over what is empty to whoever is next. */
	while (further && is_empty(map))
		further = pan_once(map, down, right);
	if (moved && !further && is_empty(map)) {
		map->centre[0] = before[0];
		map->centre[1] = before[1];
		moved = false;
	}
	map->panned = map->panned || moved;
	return moved;
}

bool map_follow(struct map *map)
{
	const struct map_node *node = map_node(map, map->selected);
	int rows = map->map_area.rows, cols = map->map_area.cols;
	int top = rows / 8, side = cols / 10;
	double x, y;

	if (!node || node->kind == NODE_MARGIN || map->panned || rows < 2 || cols < 4)
		return false;
	if (map->mode == MAP_EGO) { /* all of it fits: it is out of sight where it was moved */
		if (!node->shown)
			map_whole(map);
		return !node->shown;
	}
	if (node->row >= top && node->row < rows - top && node->col >= side &&
	    node->col < cols - side)
		return false;
	if (!map->zoom && node->shown)
		return false;
	x = map->centre[0];
	y = map->centre[1];
	if (node->col < side || node->col >= cols - side) {
		double half = cols * CANVAS_DOTS_X / 2.0 / map->scale[0];

		map->centre[0] += half * round((node->x - map->centre[0]) / half);
	}
	if (node->row < top || node->row >= rows - top) {
		double half = rows * CANVAS_DOTS_Y / 2.0 / map->scale[1];

		map->centre[1] += half * round((node->y - map->centre[1]) / half);
	}
	return fabs(x - map->centre[0]) + fabs(y - map->centre[1]) > 0;
}

int map_travel(const struct map *map, int down, int right)
{
	const struct map_node *from = map_node(map, map->selected);
	g_autofree bool *linked = linked_with(map, map->selected);
	double best = G_MAXDOUBLE;
	int to = -1;

	for (guint n = 0; from && n < map->nodes->len; n++) {
		const struct map_node *node = map_node(map, (int)n);
		/* In columns: a row is about two of them. */
		double dx = node->col - from->col, dy = 2.0 * (node->row - from->row);
		double along = right * dx + down * dy, aside = fabs(down * dx) + fabs(right * dy);
		double cost = along + 2 * aside;

		if ((int)n == map->selected || along <= 0 || aside > 2 * along + 2)
			continue;
		if (node->kind == NODE_MARGIN && !node->shown)
			continue;
		if (linked[n])
			cost /= 2;
		if (cost < best) {
			best = cost;
			to = (int)n;
		}
	}
	return to;
}
