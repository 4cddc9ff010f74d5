#ifndef TESTS_UNIT_TUI_CROWD_MAP_H
#define TESTS_UNIT_TUI_CROWD_MAP_H

#include "tests/unit/tui_crowd.h"
#include "tui/views/map.h"

/* A crowd on the map, and what the view on top knows of it. */

static inline struct map *map_of(const struct crowd *crowd)
{
	g_assert_true(app_top(crowd->app)->ops == &view_map);
	return app_top(crowd->app)->state;
}

static inline void map_start(struct crowd *crowd, guint institutions, guint territories)
{
	crowd_open(crowd, institutions, territories, true);
	crowd_key(crowd, '6');
}

#endif
