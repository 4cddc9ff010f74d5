#ifndef TUI_VIEWS_MAP_WORK_H
#define TUI_VIEWS_MAP_WORK_H

#include "tui/views/map.h"

/*
 * Making the map in pieces of a few ms, so that no key waits for 200,000 institutions.  Each
 * stage is a list of steps; a step does its part for some of what it is about at a time.
 */
enum map_each {
	EACH_ONCE,
	EACH_INSTITUTION,
	EACH_ORDERED, /* of map.order */
	EACH_EDGE,    /* of the study */
	EACH_TIE,     /* of map.edges */
	EACH_ROUND,   /* of map_relax() */
	EACH_MEMBER,  /* of map.members */
	EACH_NODE,
	EACH_PASS, /* of a sorting */
	EACH_LINK, /* that there will be */
};

struct map_step {
	enum map_each each;
	guint piece; /* so many at a time; 0: the end of the list */
	/* From `from` to before `until`; once with 0 and 0 when there are none. */
	void (*some)(struct map *map, const struct world *world, guint from, guint until);
	bool (*wanted)(const struct map *map); /* NULL: always */
};

extern const struct map_step map_scope_steps[];	    /* map_places.c: who is there */
extern const struct map_step map_geography_steps[]; /* map_places.c */
extern const struct map_step map_network_steps[];   /* map_network.c */
extern const struct map_step map_window_steps[];    /* map_places.c: how far all reach */
extern const struct map_step map_look_steps[];	    /* map_look.c */
extern const struct map_step map_gather_steps[];    /* map_scene.c: who shares a marker */
extern const struct map_step map_group_steps[];	    /* map_group.c: markers, ties between them */
extern const struct map_step map_node_steps[];	    /* map_scene.c: where they stand */

/* What is known while the stages go on. */
struct map_work {
	guint stage, step, at; /* at that one of what the step is about */
	bool followed;	       /* the scene is being made once more, in another window */
	bool has_scene;	       /* that stays: looks alone are made anew */
	int *group; /* by institution: that of its marker; -1 the margin, -2 none at all */
	guint n_groups, n_members, n_links;
	struct map_placing *placing;
	struct map_looking *looking;
	struct map_gathering *gathering;
	struct map_naming *naming;
};

/* Of places. */
struct map_placing {
	struct filter *filter;
	GHashTable *ids;  /* of territories -> place in the model + 1 */
	GHashTable *seen; /* who has stood at one and the same place, or groups by their key … */
	GHashTable *called; /* … and by country */
	gint64 *keys;	    /* of places */
	guint n_groups;
	double *weight; /* ties between groups */
	guint *size, *filled;
	double *room;
};

/* NULL accepted. */
void map_placing_free(struct map_placing *placing);
void map_looking_free(struct map_looking *looking);
void map_gathering_free(struct map_gathering *gathering);
void map_naming_free(struct map_naming *naming);

/* map_ego.c: steps for the map around one. */
bool map_is_ego(const struct map *map);
void map_gather_ego(struct map *map, const struct world *world, guint from, guint until);
void map_place_ring(struct map *map, const struct world *world, guint from, guint until);

#endif
