#ifndef TESTS_TUI_CROWD_H
#define TESTS_TUI_CROWD_H

/*
 * An app on a generated network, large enough that the map must put several
 * institutions in one marker, with everything computed.
 */
#include "base/findings.h"
#include "tests/generated.h"
#include "tui/app.h"

#include <string.h>

struct crowd {
	struct model *model;
	struct study *study;
	struct findings *findings;
	GPtrArray *history;
	struct world world;
	struct app *app;
	struct grid *grid;
	char *yanked;
};

static inline struct model *crowd_model(guint institutions, guint territories)
{
	struct generate_options options = {
		.institutions = institutions, .territories = territories, .degree = 4, .seed = 7
	};

	return model_generated(&options, (struct date){ 2026, 11, 22 });
}

static inline void crowd_event(struct crowd *crowd, struct event event)
{
	struct effects effects;

	effects_init(&effects);
	app_update(crowd->app, &crowd->world, event, &effects);
	for (guint i = 0; i < effects.all->len; i++) {
		struct effect *effect = g_ptr_array_index(effects.all, i);

		if (effect->type != EFFECT_YANK)
			continue;
		g_free(crowd->yanked);
		crowd->yanked = g_strdup(effect->text);
	}
	effects_release(&effects);
}

static inline void crowd_key(struct crowd *crowd, gunichar key)
{
	crowd_event(crowd, (struct event){ .type = EVENT_KEY, .key = key });
}

static inline void crowd_type(struct crowd *crowd, const char *text)
{
	for (; *text; text = g_utf8_next_char(text))
		crowd_key(crowd, g_utf8_get_char(text));
}

static inline void crowd_size(struct crowd *crowd, int rows, int cols)
{
	crowd->world.rows = rows;
	crowd->world.cols = cols;
	grid_resize(crowd->grid, rows, cols);
	crowd_event(crowd, (struct event){ .type = EVENT_RESIZE });
}

static inline char *crowd_screen(struct crowd *crowd)
{
	crowd->grid->ascii = crowd->app->ascii;
	app_draw(crowd->app, &crowd->world, crowd->grid);
	return grid_dump(crowd->grid, false);
}

static inline void crowd_sees(struct crowd *crowd, const char *text)
{
	g_autofree char *screen = crowd_screen(crowd);

	if (!strstr(screen, text))
		g_printerr("not on the screen: %s\n%s\n", text, screen);
	g_assert_nonnull(strstr(screen, text));
}

static inline void crowd_compute(struct crowd *crowd)
{
	struct net_options options = { .with_ended = true, .least_intensity = -1 };
	g_autoptr(GError) error = NULL;

	crowd->study = study_new(crowd->model, &options);
	g_assert_true(study_compute(crowd->study, STUDY_ALL, NULL, &error));
	g_assert_no_error(error);
	crowd->world.study = crowd->study;
	crowd_event(crowd, (struct event){ .type = EVENT_STUDY });
}

static inline void crowd_open(struct crowd *crowd, guint institutions, guint territories,
			      bool computed)
{
	*crowd = (struct crowd){ .model = crowd_model(institutions, territories),
				 .findings = findings_new(),
				 .history = g_ptr_array_new(),
				 .grid = grid_new(24, 80) };
	crowd->world = (struct world){ .model = crowd->model,
				       .history = crowd->history,
				       .findings = crowd->findings,
				       .actor = "ana",
				       .path = "/tmp/net",
				       .today = { 2026, 11, 22 },
				       .rows = 24,
				       .cols = 80 };
	crowd->app = app_new(&crowd->world);
	if (computed)
		crowd_compute(crowd);
}

static inline void crowd_close(struct crowd *crowd)
{
	app_free(crowd->app);
	grid_free(crowd->grid);
	study_unref(crowd->study);
	model_unref(crowd->model);
	findings_free(crowd->findings);
	g_ptr_array_unref(crowd->history);
	g_free(crowd->yanked);
}

/* Keys of the view by chance: nothing may crash, whatever the size. */
static inline void crowd_play(struct crowd *crowd, const gunichar *keys, guint n_keys, guint rounds)
{
	static const int sizes[][2] = { { 24, 80 }, { 1, 1 },	 { 3, 9 },   { 8, 40 },
					{ 16, 60 }, { 40, 120 }, { 11, 200 } };

	for (guint r = 0; r < rounds; r++) {
		if (r % 13 == 0) {
			const int *size = sizes[g_test_rand_int_range(0, G_N_ELEMENTS(sizes))];

			crowd_size(crowd, size[0], size[1]);
		}
		crowd_key(crowd, keys[g_test_rand_int_range(0, (gint32)n_keys)]);
		g_free(crowd_screen(crowd));
	}
}

#endif
