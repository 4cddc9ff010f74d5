/*
 * A process that dies between any two steps of an edit: the next one finds the
 * old state or the new one, in file, store and history alike, never a mixture;
 * and an edit that was reported as saved is there.  Writers at the same time
 * lose nothing of each other.
 */
#include "data/workspace/private.h"

#include "base/errors.h"
#include "tests/unit/data_small_network.h"

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const gint64 now = (gint64)1795310525 * 1000000;

#define DIED  7
#define SAVED 0

static struct workspace *open_at(const char *dir)
{
	g_autoptr(GError) error = NULL;
	struct findings *findings = findings_new();
	const struct workspace_options options = { .path = dir,
						   .actor = "ana",
						   .clock = clock_fixed(&now) };
	struct workspace *workspace = workspace_open(&options, findings, &error);

	g_assert_no_error(error);
	g_assert_cmpuint(findings->all->len, ==, 0);
	findings_free(findings);
	return workspace;
}

static void die_at(void *data, const char *name)
{
	int *left = data;

	(void)name;
	if ((*left)-- == 0)
		_exit(DIED);
}

static bool apply(struct workspace *workspace, struct change *change)
{
	bool done = workspace_apply(workspace, change, NULL);

	change_free(change);
	return done;
}

static bool edit_set(struct workspace *workspace)
{
	struct change *change = change_new();

	change_set(change, KIND_INSTITUTION, "alpha", "city", "Puebla");
	change_set(change, KIND_INSTITUTION, "beta", "city", "Lima");
	return apply(workspace, change);
}

static bool edit_create(struct workspace *workspace)
{
	struct change *change = change_new();

	change_create(change, KIND_INSTITUTION, "gamma",
		      "{\"name\": \"Gamma\", \"sector\": \"edustem\"}");
	change_insert(change, KIND_INSTITUTION, "alpha", "partners", "{\"with\": \"gamma\"}");
	return apply(workspace, change);
}

static bool edit_delete(struct workspace *workspace)
{
	struct change *change = change_new();

	change_remove(change, KIND_INSTITUTION, "alpha", "partners[beta]");
	change_delete(change, KIND_INSTITUTION, "beta");
	return apply(workspace, change);
}

static bool edit_undo(struct workspace *workspace)
{
	return workspace_undo(workspace, 0, NULL, NULL);
}

/* All that a network says: what the files say must be the same. */
static guint64 state_of(const char *dir, struct workspace *workspace)
{
	struct findings *findings = findings_new();
	struct model *model = NULL;
	const struct model *stored = workspace_model(workspace);

	g_assert_true(directory_read(dir, NULL, stored->today, findings, &model, NULL, NULL));
	g_assert_cmpuint(findings->all->len, ==, 0);
	g_assert_cmpuint(model->fingerprint, ==, stored->fingerprint);
	model_unref(model);
	findings_free(findings);
	return stored->fingerprint;
}

static guint log_length(const struct workspace *workspace)
{
	g_autoptr(GPtrArray) log = workspace_log(workspace, NULL, NULL);

	return log->len;
}

static void assert_no_leftovers(const char *dir)
{
	g_autofree char *folder = g_build_filename(dir, "institutions", NULL);
	g_autoptr(GDir) names = g_dir_open(folder, 0, NULL);

	for (const char *name = g_dir_read_name(names); name; name = g_dir_read_name(names))
		g_assert_true(g_str_has_suffix(name, ".yaml") && name[0] != '.');
}

/* A child opens and edits, to die at hook call `steps`; its exit status. */
static int edit_in_child(const char *dir, bool (*edit)(struct workspace *), int steps)
{
	int status = 0;
	pid_t child = fork();

	g_assert_cmpint(child, >=, 0);
	if (child == 0) {
		struct workspace *workspace = open_at(dir);

		workspace->step = die_at;
		workspace->step_data = &steps;
		_exit(edit(workspace) ? SAVED : 3);
	}
	g_assert_cmpint(waitpid(child, &status, 0), ==, child);
	g_assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void test_crash(gconstpointer data)
{
	bool (*const *edit)(struct workspace *) = data;
	guint64 old_state = 0;
	guint64 new_state = 0;
	guint died_new = 0;
	bool saved = false;

	/* From the last step backwards: the first round dies nowhere and gives the new state. */
	for (int steps = -1; !saved || steps == -1; steps++) {
		char *dir = small_network();
		struct workspace *workspace = open_at(dir);

		if (*edit == edit_undo)
			g_assert_true(edit_set(workspace));
		old_state = state_of(dir, workspace);
		guint before = log_length(workspace);
		workspace_close(workspace);

		int status = edit_in_child(dir, *edit, steps);
		workspace = open_at(dir);
		guint64 state = state_of(dir, workspace);
		guint grown = log_length(workspace) - before;
		if (steps == -1)
			new_state = state;
		saved = steps >= 0 && status == SAVED;
		g_assert_true(status == SAVED || status == DIED);
		g_assert_cmpuint(new_state, !=, old_state);
		g_assert_true(state == old_state || state == new_state);
		g_assert_cmpuint(grown, ==, state == new_state ? 1 : 0);
		if (status == SAVED)
			g_assert_cmpuint(state, ==, new_state);
		died_new += status == DIED && state == new_state;
		assert_no_leftovers(dir);
		/* What came out is a state to go on from. */
		struct change *change = change_new();
		change_set(change, KIND_INSTITUTION, "alpha", "short_name", "Al");
		g_assert_true(apply(workspace, change));
		state_of(dir, workspace);
		workspace_close(workspace);
		remove_tree(dir);
		g_free(dir);
		g_assert_cmpint(steps, <, 50);
	}
	g_assert_cmpuint(died_new, >, 0);
}

/* Leaves an edit committed whose files are not written. */
static void die_after_commit(const char *dir)
{
	g_autofree char *path = g_build_filename(dir, ".telar/network.telar", NULL);

	for (int steps = 0;; steps++) {
		g_autoptr(GPtrArray) rows = g_ptr_array_new();

		g_assert_cmpint(edit_in_child(dir, edit_set, steps), ==, DIED);
		struct store *store = store_open(path, false, NULL);
		g_assert_true(store_outbox(store, rows, NULL));
		store_close(store);
		guint n = rows->len;
		g_ptr_array_foreach(rows, (GFunc)(void (*)(void))outbox_row_free, NULL);
		if (n > 0)
			return;
	}
}

static bool refresh(struct workspace *workspace)
{
	struct findings *findings = findings_new();
	bool changed = false;
	int left = 0;

	die_after_commit(workspace->directory->path);
	workspace->step = die_at;
	workspace->step_data = &left;
	return workspace_refresh(workspace, findings, &changed, NULL);
}

/* Dead a second time, while writing out what the first death left. */
static void test_crash_in_recovery(void)
{
	char *dir = small_network();

	g_assert_cmpint(edit_in_child(dir, refresh, -1), ==, DIED);
	struct workspace *workspace = open_at(dir);
	const struct institution *beta =
		model_get(workspace_model(workspace), KIND_INSTITUTION, "beta");
	g_assert_cmpstr(beta->city, ==, "Lima");
	g_assert_cmpuint(log_length(workspace), ==, 2);
	state_of(dir, workspace);
	workspace_close(workspace);
	remove_tree(dir);
	g_free(dir);
}

/*
 * Dead between commit and file, and before the next start somebody edits the
 * file by hand: both edits end up in it; where they meet, the file's value
 * stands and a finding says so.
 */
static void test_merge(gconstpointer data)
{
	bool meet = data != NULL;
	char *dir = small_network();
	struct findings *findings = findings_new();
	const struct workspace_options options = { .path = dir,
						   .actor = "ana",
						   .clock = clock_fixed(&now) };

	workspace_close(open_at(dir));
	die_after_commit(dir);
	g_autofree char *by_hand =
		g_strconcat(alpha_text, meet ? "city: Quito\n" : "short_name: Al\n", NULL);
	put_file(dir, "institutions/alpha.yaml", by_hand);
	struct workspace *workspace = workspace_open(&options, findings, NULL);
	const struct institution *alpha =
		model_get(workspace_model(workspace), KIND_INSTITUTION, "alpha");
	const struct institution *beta =
		model_get(workspace_model(workspace), KIND_INSTITUTION, "beta");
	g_assert_cmpstr(beta->city, ==, "Lima");
	g_assert_cmpstr(alpha->city, ==, meet ? "Quito" : "Puebla");
	g_assert_cmpstr(alpha->short_name, ==, meet ? NULL : "Al");
	g_assert_cmpuint(findings->all->len, ==, meet ? 1 : 0);
	g_assert_cmpuint(log_length(workspace), ==, 3); /* first read, ours, by hand */
	state_of(dir, workspace);
	workspace_close(workspace);
	findings_free(findings);
	remove_tree(dir);
	g_free(dir);
}

#define WRITERS 4
#define SAVES	12

/* Appends a letter to what stands there, telling what it saw: a lost update would show. */
static void write_much(const char *dir, int writer)
{
	struct workspace *workspace = open_at(dir);

	for (int saves = 0; saves < SAVES;) {
		const struct institution *alpha =
			model_get(workspace_model(workspace), KIND_INSTITUTION, "alpha");
		const char *was = alpha->city ? alpha->city : "";
		g_autofree char *is = g_strdup_printf("%s%c", was, 'a' + writer);
		g_autoptr(GError) error = NULL;
		struct change *change = change_new();
		struct findings *findings = findings_new();
		bool changed = false;

		change_set(change, KIND_INSTITUTION, "alpha", "city", is)->old_text = g_strdup(was);
		if (workspace_apply(workspace, change, &error))
			saves++;
		else if (!g_error_matches(error, TELAR_ERROR, TELAR_ERROR_CONFLICT) ||
			 !workspace_refresh(workspace, findings, &changed, NULL))
			_exit(3);
		findings_free(findings);
		change_free(change);
	}
	_exit(0);
}

static void test_writers(void)
{
	char *dir = small_network();
	guint counts[WRITERS] = { 0 };

	workspace_close(open_at(dir));
	for (int i = 0; i < WRITERS; i++) {
		pid_t child = fork();

		g_assert_cmpint(child, >=, 0);
		if (child == 0)
			write_much(dir, i);
	}
	for (int i = 0; i < WRITERS; i++) {
		int status = 0;

		g_assert_cmpint(wait(&status), >, 0);
		g_assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	}
	struct workspace *workspace = open_at(dir);
	const struct institution *alpha =
		model_get(workspace_model(workspace), KIND_INSTITUTION, "alpha");
	for (const char *at = alpha->city; *at; at++)
		counts[*at - 'a']++;
	for (int i = 0; i < WRITERS; i++)
		g_assert_cmpuint(counts[i], ==, SAVES);
	g_assert_cmpuint(log_length(workspace), ==, 1 + WRITERS * SAVES);
	state_of(dir, workspace);
	workspace_close(workspace);
	remove_tree(dir);
	g_free(dir);
}

int main(int argc, char **argv)
{
	static const struct {
		const char *name;
		bool (*edit)(struct workspace *);
	} edits[] = {
		{ "/data/crash/set", edit_set },
		{ "/data/crash/create", edit_create },
		{ "/data/crash/delete", edit_delete },
		{ "/data/crash/undo", edit_undo },
	};

	g_test_init(&argc, &argv, NULL);
	for (guint i = 0; i < G_N_ELEMENTS(edits); i++)
		g_test_add_data_func(edits[i].name, &edits[i].edit, test_crash);
	g_test_add_func("/data/crash/recovery", test_crash_in_recovery);
	g_test_add_data_func("/data/crash/merge", NULL, test_merge);
	g_test_add_data_func("/data/crash/merge-conflict", "meet", test_merge);
	g_test_add_func("/data/crash/writers", test_writers);
	return g_test_run();
}
