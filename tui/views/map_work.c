#include "tui/views/map_work.h"

/*
 * Goes from stage to stage of what the map is made of.  What each does is in the file
 * that its steps come from.
 */
#define AT_ONCE	   4096 /* institutions up to which nobody notices */
#define MAP_PASSES 6	/* of a sorting by 64 bits */

static void select_anchor(struct map *map, const struct world *world, guint from, guint until)
{
	(void)from;
	(void)until;
	map->selected = map_node_at(map, world, map->anchor);
}

/* What is seen of a scene. */
static void make_picture(struct map *map, const struct world *world, guint from, guint until)
{
	(void)from;
	(void)until;
	map_make_picture(map, world);
}

static void make_details(struct map *map, const struct world *world, guint from, guint until)
{
	(void)from;
	(void)until;
	map_make_details(map, world);
}

static const struct map_step select_steps[] = {
	{ EACH_ONCE, 1, select_anchor, NULL },
	{ EACH_ONCE, 0, NULL, NULL },
};

static const struct map_step picture_steps[] = {
	{ EACH_ONCE, 1, make_picture, NULL },
	{ EACH_ONCE, 1, make_details, NULL },
	{ EACH_ONCE, 0, NULL, NULL },
};

/* The first of them are those of enum map_stage. */
static const struct map_step *const stages[] = {
	[MAP_PLACES] = map_scope_steps,
	map_geography_steps,
	map_network_steps,
	map_window_steps,
	[MAP_LOOK] = map_look_steps,
	[MAP_SCENE] = map_gather_steps,
	map_group_steps,
	map_node_steps,
	[MAP_SELECTION] = select_steps,
	[MAP_PICTURE] = picture_steps,
};

static void work_free(struct map_work *work)
{
	if (!work)
		return;
	map_placing_free(work->placing);
	map_looking_free(work->looking);
	map_gathering_free(work->gathering);
	map_naming_free(work->naming);
	g_free(work->group);
	g_free(work);
}

void map_stop(struct map *map)
{
	g_clear_pointer(&map->work, work_free);
}

static guint count_of(const struct map *map, const struct world *world, enum map_each each)
{
	switch (each) {
	case EACH_ONCE:
		return 1;
	case EACH_INSTITUTION:
		return map->n;
	case EACH_ORDERED:
		return map->order->len;
	case EACH_EDGE:
		return world->study ? study_net(world->study)->m : 0;
	case EACH_TIE:
		return map->edges->len;
	case EACH_ROUND:
		return map_relax_rounds(map->groups->len);
	case EACH_MEMBER:
		return map->work->n_members;
	case EACH_NODE:
		return map->nodes->len;
	case EACH_PASS:
		return MAP_PASSES;
	case EACH_LINK:
		return map->work->n_links;
	}
	return 0;
}

/* The scene is made once more where the window follows what is selected. */
static void next_stage(struct map *map)
{
	struct map_work *work = map->work;

	if (work->stage == MAP_SELECTION && !work->followed && map_follow(map)) {
		work->followed = true;
		work->has_scene = false;
		work->stage = MAP_SCENE;
	} else if (work->stage == MAP_LOOK && work->has_scene) {
		work->stage = MAP_SELECTION;
	} else if (++work->stage == G_N_ELEMENTS(stages)) {
		map_stop(map);
	}
}

static void next_step(struct map *map)
{
	struct map_work *work = map->work;

	work->at = 0;
	if (stages[work->stage][++work->step].piece > 0)
		return;
	work->step = 0;
	next_stage(map);
}

static bool is_wanted(const struct map *map)
{
	const struct map_step *step = &stages[map->work->stage][map->work->step];

	return step->wanted == NULL || step->wanted(map);
}

static void do_piece(struct map *map, const struct world *world, bool whole)
{
	struct map_work *work = map->work;
	const struct map_step *step = &stages[work->stage][work->step];
	guint n = count_of(map, world, step->each);
	guint until = whole || n - work->at <= step->piece ? n : work->at + step->piece;

	step->some(map, world, work->at, until);
	work->at = until;
	if (until < n)
		return;
	do {
		next_step(map);
	} while (map->work && !is_wanted(map));
}

bool map_go_on(struct map *map, const struct world *world)
{
	if (map->work)
		do_piece(map, world, false);
	return map->work != NULL;
}

void map_finish(struct map *map, const struct world *world)
{
	while (map->work)
		do_piece(map, world, true);
}

/* Where to begin for that: what was under way is begun anew. */
static enum map_stage first_of(const struct map *map, enum map_stage stage)
{
	guint at = map->work ? map->work->stage : G_N_ELEMENTS(stages);

	if (at < MAP_LOOK)
		return MAP_PLACES;
	if (at < MAP_SCENE)
		return MIN(stage, MAP_LOOK);
	if (at < MAP_SELECTION)
		return MIN(stage, MAP_SCENE);
	return stage;
}

void map_begin(struct map *map, const struct world *world, enum map_stage stage)
{
	const struct map_work *before = map->work;
	bool has_scene = (stage == MAP_LOOK || stage >= MAP_SELECTION) &&
			 (!before || before->has_scene || before->stage >= MAP_SELECTION);

	stage = first_of(map, stage);
	map_stop(map);
	map->work = g_new0(struct map_work, 1);
	map->work->stage = stage;
	map->work->has_scene = has_scene && stage != MAP_PLACES;
	if (stage == MAP_PLACES)
		map_clear_scene(map);
	if (world->model->n[KIND_INSTITUTION] <= AT_ONCE)
		map_finish(map, world);
}
