#ifndef TESTS_UNIT_DATA_FIXTURE_H
#define TESTS_UNIT_DATA_FIXTURE_H

/* An open workspace over the small network, and what tests of it ask again and again. */
#include "data/workspace.h"

#include "base/errors.h"
#include "tests/unit/data_small_network.h"

#include <string.h>

static const gint64 now = (gint64)1795310525 * 1000000; /* 2026-11-22 */

struct fixture {
	char *dir;
	struct workspace *workspace;
	struct findings *findings;
};

static inline void open_again(struct fixture *f)
{
	g_autoptr(GError) error = NULL;
	const struct workspace_options options = { .path = f->dir,
						   .actor = "ana",
						   .clock = clock_fixed(&now) };

	workspace_close(f->workspace);
	if (f->findings)
		findings_free(f->findings);
	f->findings = findings_new();
	f->workspace = workspace_open(&options, f->findings, &error);
	g_assert_no_error(error);
	g_assert_nonnull(f->workspace);
}

static inline void set_up(struct fixture *f, gconstpointer data)
{
	(void)data;
	f->dir = small_network();
	open_again(f);
}

static inline void tear_down(struct fixture *f, gconstpointer data)
{
	(void)data;
	workspace_close(f->workspace);
	findings_free(f->findings);
	remove_tree(f->dir);
	g_free(f->dir);
}

static inline const struct institution *institution(const struct fixture *f, const char *id)
{
	return model_get(workspace_model(f->workspace), KIND_INSTITUTION, id);
}

static inline void apply(struct fixture *f, struct change *change)
{
	g_autoptr(GError) error = NULL;
	bool done = workspace_apply(f->workspace, change, &error);

	g_assert_no_error(error);
	g_assert_true(done);
}

static inline void set(struct fixture *f, const char *id, const char *path, const char *value)
{
	struct change *change = change_new();

	change_set(change, KIND_INSTITUTION, id, path, value);
	apply(f, change);
	change_free(change);
}

static inline void assert_file(const struct fixture *f, const char *path, const char *wanted)
{
	g_autofree char *text = get_file(f->dir, path);

	g_assert_cmpstr(text, ==, wanted);
}

static inline void assert_in_file(const struct fixture *f, const char *path, const char *line)
{
	g_autofree char *text = get_file(f->dir, path);

	g_assert_nonnull(text);
	if (!strstr(text, line))
		g_test_message("%s", text);
	g_assert_nonnull(strstr(text, line));
}

static inline guint log_length(const struct fixture *f)
{
	g_autoptr(GPtrArray) log = workspace_log(f->workspace, NULL, NULL);

	return log->len;
}

static inline struct change *newest(const struct fixture *f)
{
	struct log_query query = { .limit = 1 };
	g_autoptr(GPtrArray) log = workspace_log(f->workspace, &query, NULL);

	g_assert_cmpuint(log->len, ==, 1);
	return change_copy(log->pdata[0]);
}

/* What is derived must not be left over from an earlier generation. */
static inline void assert_same_ties(const struct model *a, const struct model *b)
{
	g_assert_cmpuint(a->n_ties, ==, b->n_ties);
	g_assert_cmpuint(a->n_claims, ==, b->n_claims);
	for (guint i = 0; i < a->n_ties; i++) {
		g_assert_cmpuint(a->ties[i].a, ==, b->ties[i].a);
		g_assert_cmpuint(a->ties[i].b, ==, b->ties[i].b);
		g_assert_cmpint(a->ties[i].state, ==, b->ties[i].state);
		g_assert_cmpint(a->ties[i].intensity, ==, b->ties[i].intensity);
	}
}

/* Opens a second time without the store and compares: store and files say the same. */
static inline void assert_agrees(struct fixture *f)
{
	g_autoptr(GError) error = NULL;
	struct findings *findings = findings_new();
	struct model *model = NULL;
	guint64 fingerprint = workspace_model(f->workspace)->fingerprint;

	g_assert_true(directory_read(f->dir, NULL, workspace_model(f->workspace)->today, findings,
				     &model, NULL, &error));
	g_assert_no_error(error);
	g_assert_cmpuint(model->fingerprint, ==, fingerprint);
	assert_same_ties(model, workspace_model(f->workspace));
	model_unref(model);
	findings_free(findings);
	guint before = log_length(f);
	open_again(f);
	g_assert_cmpuint(workspace_model(f->workspace)->fingerprint, ==, fingerprint);
	g_assert_cmpuint(log_length(f), ==, before);
}

#endif
