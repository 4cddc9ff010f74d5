#ifndef TESTS_TUI_PAIR_H
#define TESTS_TUI_PAIR_H

/*
 * Two people on one network in files: ana in a session, luis beside her.
 */
#include "base/start.h"
#include "data/workspace/private.h"
#include "tests/unit/files.h"
#include "tui/session.h"

#include <string.h>

static const char network[] = "id: net\nname: Net\nvocabularies:\n"
			      "  sectors: [{id: edustem, name: EduSTEM}, {id: media, name: Press},"
			      " {id: school, name: Schools}]\n"
			      "  kinds: [{id: training, name: Training}]\n";
static const char entry[] = "id: innovec\nname: Innovec  # as it signs\nsector: edustem\n"
			    "city: Puebla\n";

/* Of a file that is there. */
static inline char *text_of(const char *dir, const char *name)
{
	char *text = get_file(dir, name);

	g_assert_nonnull(text);
	return text;
}

static inline gint64 noon(void *data)
{
	(void)data;
	return G_GINT64_CONSTANT(1795348800000000);
}

static inline struct workspace *open_as(const char *dir, const char *actor)
{
	struct workspace_options options = { .path = dir, .actor = actor, .clock = { noon, NULL } };
	struct findings *findings = findings_new();
	g_autoptr(GError) error = NULL;
	struct workspace *workspace = workspace_open(&options, findings, &error);

	g_assert_no_error(error);
	g_assert_cmpuint(findings->errors, ==, 0);
	findings_free(findings);
	return workspace;
}

static inline void no_study(void *data, const struct model *model)
{
	(void)data;
	(void)model;
}

static inline void no_text(void *data, const char *text)
{
	(void)data;
	(void)text;
}

static inline void nothing(void *data)
{
	(void)data;
}

static inline void no_export(void *data, struct study *study, struct export_order *order)
{
	(void)data;
	(void)study;
	export_order_free(order);
}

static const struct session_hooks hooks = { .study = no_study,
					    .export = no_export,
					    .yank = no_text,
					    .redraw = nothing,
					    .suspend = nothing };

static inline void type(struct session *session, const char *text)
{
	for (; *text; text = g_utf8_next_char(text))
		session_key(session, g_utf8_get_char(text));
}

static inline bool sees(struct session *session, const char *text)
{
	struct grid *grid = grid_new(24, 80);

	app_draw(session->app, &session->world, grid);
	g_autofree char *screen = grid_dump(grid, false);

	grid_free(grid);
	if (!strstr(screen, text))
		g_printerr("not on the screen: %s\n%s\n", text, screen);
	return strstr(screen, text) != NULL;
}

static inline void other_saves(struct workspace *workspace, const char *value)
{
	struct change *change = change_new();
	g_autoptr(GError) error = NULL;

	change_set(change, KIND_INSTITUTION, "innovec", "city", value);
	workspace_apply(workspace, change, &error);
	g_assert_no_error(error);
	change_free(change);
}

struct pair {
	char *dir;
	struct workspace *ana, *luis;
	struct session *session;
};

static inline void pair_open(struct pair *s, const char *more)
{
	g_autofree char *text = g_strconcat(entry, more, NULL);

	s->dir = g_dir_make_tmp("telar-XXXXXX", NULL);
	g_autofree char *coordinated = g_strconcat(network, "coordinator: fund\n", NULL);
	put_file(s->dir, "network.yaml", coordinated);
	put_file(s->dir, "institutions/innovec.yaml", text);
	put_file(s->dir, "institutions/unal.yaml", "id: unal\nname: Unal\nsector: edustem\n");
	put_file(s->dir, "institutions/alpha.yaml", "id: alpha\nname: Alpha Org\nsector: media\n");
	put_file(s->dir, "institutions/fund.yaml", "id: fund\nname: A Fund\nsector: media\n");
	s->ana = open_as(s->dir, "ana");
	s->luis = open_as(s->dir, "luis");
	s->session = session_new(s->ana, NULL, &hooks, 24, 80);
}

static inline void pair_close(struct pair *s)
{
	session_free(s->session);
	workspace_close(s->ana);
	workspace_close(s->luis);
	remove_tree(s->dir);
	g_free(s->dir);
}

#endif
