#include "tui/views/map_work.h"

#include <math.h>

/*
 * The map around one institution: its partners, or where they are when they are many, on a
 * ring around it.
 */

bool map_is_ego(const struct map *map)
{
	return map->mode == MAP_EGO;
}

/* A partner of the ego, or a group of them. */
static void gather_partner(struct map *map, GHashTable *seen, guint other)
{
	gpointer group = GINT_TO_POINTER(map->group[other] + 1), known;

	if (map->grain == GRAIN_INSTITUTION) {
		map->work->group[other] = (int)map->work->n_groups++;
		return;
	}
	known = g_hash_table_lookup(seen, group);
	if (!known) {
		known = GUINT_TO_POINTER(map->work->n_groups++);
		g_hash_table_insert(seen, group, known);
	}
	map->work->group[other] = GPOINTER_TO_INT(known);
}

void map_gather_ego(struct map *map, const struct world *world, guint from, guint until)
{
	const struct net *net = world->study ? study_net(world->study) : NULL;
	int ego = map->ego ? model_find(world->model, KIND_INSTITUTION, map->ego) : -1;
	g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
	bool single =
		ego >= 0 && map->in[ego] && (int)map->degree[ego] <= 2 * (map->map_area.rows - 1);
	int v;

	(void)from;
	(void)until;
	for (guint i = 0; i < map->n; i++)
		map->work->group[i] = -2;
	map->grain = single ? GRAIN_INSTITUTION : GRAIN_PLACE;
	if (ego < 0 || !map->in[ego])
		return;
	map->work->group[ego] = (int)map->work->n_groups++;
	v = net ? net->vertex[ego] : -1;
	for (guint k = v < 0 ? 0 : net->start[v]; v >= 0 && k < net->start[v + 1]; k++) {
		guint other = net->institution[net->neighbour[k]];

		if (map->in[other])
			gather_partner(map, seen, other);
	}
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
void map_place_ring(struct map *map, const struct world *world, guint from, guint until)
{
	g_autoptr(GArray) order = g_array_new(FALSE, FALSE, sizeof(int));
	struct ring ring = { map, world->model };
	double reach = MAX(0.18, 0.5 - 24.0 / MAX(map->map_area.cols, 1));
	guint right;

	(void)from;
	(void)until;
	if (map->nodes->len == 0)
		return;
	map_node(map, 0)->x = map_node(map, 0)->y = 0.5;
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
