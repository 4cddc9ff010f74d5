#ifndef TESTS_TUI_PAST_H
#define TESTS_TUI_PAST_H

/*
 * A session on a store in one file, whose other days, confirmed ties and comparisons are
 * made when the test says so.
 */
#include "data/as_of.h"
#include "data/node.h"
#include "data/safety.h"
#include "tui/session.h"

#include <glib/gstdio.h>
#include <string.h>

/* A session on a store in one file, and what it asked to have computed. */
struct past {
	char *dir, *file;
	struct workspace *workspace;
	struct session *session;
	GPtrArray *wanted; /* struct model *, owned: a study of each was asked for */
	struct years years;
	guint comparisons;
	struct model *of; /* what was asked for last to be made elsewhere: this as of … */
	struct date day;  /* … that day */
	guint days;
};

static const char *const records[] = {
	"{\"id\":\"net\",\"name\":\"Net\",\"vocabularies\":{\"sectors\":["
	"{\"id\":\"s\",\"name\":\"S\"}]}}",
	"{\"id\":\"a\",\"name\":\"Alpha\",\"sector\":\"s\",\"partners\":["
	"{\"with\":\"b\",\"since\":\"2019\"},{\"with\":\"c\",\"since\":\"2023\"}]}",
	"{\"id\":\"b\",\"name\":\"Beta\",\"sector\":\"s\",\"partners\":[{\"with\":\"d\"}]}",
	"{\"id\":\"c\",\"name\":\"Gamma\",\"sector\":\"s\",\"memberships\":["
	"{\"network\":\"net\",\"since\":\"2022\"}]}",
	"{\"id\":\"d\",\"name\":\"Delta\",\"sector\":\"s\"}",
};

static inline gint64 noon(void *data)
{
	(void)data;
	return G_GINT64_CONSTANT(1795348800000000); /* 22 November 2026 */
}

static const struct clock still = { noon, NULL };

/* Whom the one of `n` further ones names: so many before and behind it, who name it too. */
static inline void name_partners(struct institution *one, guint at, guint n, guint partners,
				 struct pool *pool)
{
	struct partnership *says = pool_alloc(pool, 2 * partners * sizeof *says);

	for (guint k = 0; k < 2 * partners; k++) {
		guint other = (at + n + k - partners + (k >= partners)) % n;
		g_autofree char *id = g_strdup_printf("more-%u", other);

		record_clear(&partnership_type, &says[k]);
		says[k].with = pool_text(pool, id);
	}
	one->partners = (struct items){ says, 2 * partners };
}

/* The records above, and `more` institutions, each tied to so many on both sides of it. */
static inline void store_make(const char *file, guint more, guint partners)
{
	GPtrArray *all[KIND_COUNT];
	struct pool *pool = pool_new();
	struct findings *findings = findings_new();
	g_autoptr(GError) error = NULL;

	for (guint k = 0; k < KIND_COUNT; k++)
		all[k] = g_ptr_array_new();
	for (guint i = 0; i < G_N_ELEMENTS(records); i++) {
		enum kind kind = i == 0 ? KIND_NETWORK : KIND_INSTITUTION;
		struct node *node = node_from_json(records[i], NULL);

		g_ptr_array_add(all[kind], node_to_record(record_type(kind), node, NULL, NULL, pool,
							  findings));
		node_free(node);
	}
	for (guint i = 0; i < more; i++) {
		struct institution *one = pool_alloc(pool, sizeof *one);
		g_autofree char *id = g_strdup_printf("more-%u", i);

		record_clear(record_type(KIND_INSTITUTION), one);
		one->base.id = pool_text(pool, id);
		one->base.name = one->base.id;
		one->sector = "s";
		if (partners > 0)
			name_partners(one, i, more, partners, pool);
		g_ptr_array_add(all[KIND_INSTITUTION], one);
	}
	network_make_store(all, file, &still, &error);
	g_assert_no_error(error);
	for (guint k = 0; k < KIND_COUNT; k++)
		g_ptr_array_unref(all[k]);
	findings_free(findings);
	pool_unref(pool);
}

static inline void want_study(void *data, const struct model *model)
{
	g_ptr_array_add(((struct past *)data)->wanted, model_ref(model));
}

static inline void want_compare(void *data, const struct model *model, struct years years)
{
	struct past *past = data;

	(void)model;
	past->years = years;
	past->comparisons++;
}

static inline void want_past(void *data, const struct model *present, struct date day)
{
	struct past *past = data;

	model_unref(past->of);
	past->of = model_ref(present);
	past->day = day;
	past->days++;
}

static inline void past_open_with(struct past *past, guint more, guint partners)
{
	const struct session_hooks hooks = {
		.data = past, .study = want_study, .compare = want_compare, .past = want_past
	};
	struct workspace_options options = { .actor = "ana", .clock = still };
	struct findings *findings = findings_new();
	g_autoptr(GError) error = NULL;

	*past = (struct past){ .dir = g_dir_make_tmp("telar-XXXXXX", NULL) };
	past->file = g_build_filename(past->dir, "net.telar", NULL);
	past->wanted = g_ptr_array_new_with_free_func((GDestroyNotify)model_unref);
	store_make(past->file, more, partners);
	options.path = past->file;
	past->workspace = workspace_open(&options, findings, &error);
	g_assert_no_error(error);
	past->session = session_new(past->workspace, findings, &hooks, 24, 80);
	findings_free(findings);
}

static inline void past_open(struct past *past)
{
	past_open_with(past, 0, 0);
}

static inline void past_close(struct past *past)
{
	session_free(past->session);
	workspace_close(past->workspace);
	g_ptr_array_unref(past->wanted);
	model_unref(past->of);
	g_unlink(past->file);
	g_rmdir(past->dir);
	g_free(past->file);
	g_free(past->dir);
}

static inline void type(struct past *past, const char *text)
{
	for (; *text; text = g_utf8_next_char(text))
		session_key(past->session, g_utf8_get_char(text));
}

static inline void assert_sees(struct past *past, const char *text, bool seen)
{
	struct grid *grid = grid_new(24, 80);

	app_draw(past->session->app, &past->session->world, grid);
	g_autofree char *screen = grid_dump(grid, false);

	grid_free(grid);
	if ((strstr(screen, text) != NULL) != seen)
		g_printerr("%s on the screen: %s\n%s\n", seen ? "not" : "still", text, screen);
	g_assert_true((strstr(screen, text) != NULL) == seen);
}

/* What the worker would bring for the last, or an earlier, study that was asked for. */
static inline void study_arrives(struct past *past, guint back)
{
	const struct model *model = g_ptr_array_index(past->wanted, past->wanted->len - 1 - back);
	struct study *study = session_study_new(model);
	g_autoptr(GError) error = NULL;

	study_compute(study, STUDY_ALL, NULL, &error);
	g_assert_no_error(error);
	session_study(past->session, study);
	study_unref(study);
}

/* The worker's answer to what was asked for last. */
static inline void past_arrives(struct past *past)
{
	struct model *of = model_ref(past->of);
	struct model *made = date_is_set(past->day) ? model_as_of(of, past->day, NULL, NULL)
						    : model_confirmed(of);

	session_past(past->session, of, past->day, made);
	model_unref(made);
	model_unref(of);
}

/* Another person changes that (taken), and the session hears of it. */
static inline void other_applies(struct past *past, struct change *change)
{
	struct workspace_options options = { .path = past->file, .actor = "ben", .clock = still };
	struct findings *findings = findings_new();
	struct workspace *other = workspace_open(&options, findings, NULL);

	g_assert_nonnull(other);
	g_assert_true(workspace_apply(other, change, NULL));
	workspace_close(other);
	change_free(change);
	findings_free(findings);
	session_refresh(past->session);
}

/* The same: Delta gets that name. */
static inline void other_saves(struct past *past, const char *name)
{
	struct change *change = change_new();

	change_set(change, KIND_INSTITUTION, "d", "name", name);
	other_applies(past, change);
}

#endif
