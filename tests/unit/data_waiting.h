#ifndef TESTS_UNIT_DATA_WAITING_H
#define TESTS_UNIT_DATA_WAITING_H

/* A network with an edit that is saved and not yet in its file, and what tests of it ask. */
#include "data/conflict.h"

#include "data/workspace/private.h"
#include "tests/unit/data_small_network.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define ALPHA "institutions/alpha.yaml"

static const gint64 now = (gint64)1795310525 * 1000000;

static inline struct workspace_options options_of(const char *dir)
{
	return (struct workspace_options){ .path = dir,
					   .actor = "ana",
					   .clock = clock_fixed(&now) };
}

static inline struct workspace *open_at(const char *dir)
{
	const struct workspace_options options = options_of(dir);
	g_autoptr(GError) error = NULL;
	struct findings *findings = findings_new();
	struct workspace *workspace = workspace_open(&options, findings, &error);

	g_assert_no_error(error);
	findings_free(findings);
	return workspace;
}

static inline void die_once_committed(void *data, const char *name)
{
	(void)data;
	if (strcmp(name, "committed") == 0)
		_exit(0);
}

/* ana's edit of alpha, by a process that dies before it writes the file. */
static inline void save_and_die(const char *dir, const struct op *op)
{
	int status = 0;
	pid_t child = fork();

	g_assert_cmpint(child, >=, 0);
	if (child == 0) {
		struct workspace *workspace = open_at(dir);
		struct change *change = change_new();

		workspace->step = die_once_committed;
		if (op->verb == OP_SET)
			change_set(change, KIND_INSTITUTION, "alpha", op->path, op->new_text);
		else if (op->verb == OP_INSERT)
			change_insert(change, KIND_INSTITUTION, "alpha", op->path, op->new_text);
		else
			change_delete(change, KIND_INSTITUTION, op->id);
		workspace_apply(workspace, change, NULL);
		_exit(1);
	}
	g_assert_cmpint(waitpid(child, &status, 0), ==, child);
	g_assert_cmpint(status, ==, 0);
}

static const struct op city = { .verb = OP_SET,
				.path = (char *)(gsize) "city",
				.new_text = (char *)(gsize) "Puebla" };

static inline void by_hand(const char *dir, const char *more)
{
	g_autofree char *text = g_strconcat(alpha_text, more, NULL);

	put_file(dir, ALPHA, text);
}

static inline char *new_network(void)
{
	char *dir = small_network();

	workspace_close(open_at(dir));
	return dir;
}

static inline GPtrArray *conflicts_of(const struct workspace *workspace, guint n)
{
	g_autoptr(GError) error = NULL;
	GPtrArray *conflicts = workspace_conflicts(workspace, &error);

	g_assert_no_error(error);
	g_assert_cmpuint(conflicts->len, ==, n);
	return conflicts;
}

static const struct institution *alpha_of(const struct workspace *workspace)
{
	return model_get(workspace_model(workspace), KIND_INSTITUTION, "alpha");
}

/* Files say what the model says. */
static inline void assert_agreed(const char *dir, const struct workspace *workspace)
{
	struct findings *findings = findings_new();
	struct model *model = NULL;
	const struct model *stored = workspace_model(workspace);

	g_assert_true(directory_read(dir, NULL, stored->today, findings, &model, NULL, NULL));
	g_assert_cmpuint(model->fingerprint, ==, stored->fingerprint);
	model_unref(model);
	findings_free(findings);
}

static inline void end(char *dir, struct workspace *workspace)
{
	workspace_close(workspace);
	remove_tree(dir);
	g_free(dir);
}

#endif
