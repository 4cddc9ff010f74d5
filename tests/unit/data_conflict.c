/*
 * An edit that is saved and not yet in its file, when somebody changes that file:
 * nothing of either is lost, and what contradicts waits for a person.
 */
#include "tests/unit/data_waiting.h"

#include "base/errors.h"

static void test_same_value(void)
{
	char *dir = new_network();

	save_and_die(dir, &city);
	by_hand(dir, "city: Puebla\n");
	struct workspace *workspace = open_at(dir);
	g_ptr_array_unref(conflicts_of(workspace, 0));
	assert_agreed(dir, workspace);
	end(dir, workspace);
}

static void test_different_fields(void)
{
	char *dir = new_network();

	save_and_die(dir, &city);
	by_hand(dir, "short_name: Al\n");
	struct workspace *workspace = open_at(dir);
	g_ptr_array_unref(conflicts_of(workspace, 0));
	g_assert_cmpstr(alpha_of(workspace)->city, ==, "Puebla");
	g_assert_cmpstr(alpha_of(workspace)->short_name, ==, "Al");
	assert_agreed(dir, workspace);
	end(dir, workspace);
}

/* Both values are kept with who and when; the decision is what stands, everywhere. */
static void test_decide(gconstpointer data)
{
	enum conflict_side side = (enum conflict_side)GPOINTER_TO_INT(data);
	char *dir = new_network();
	g_autoptr(GError) error = NULL;
	struct change *done = NULL;

	save_and_die(dir, &city);
	by_hand(dir, "city: Quito\n");
	struct workspace *workspace = open_at(dir);
	GPtrArray *conflicts = conflicts_of(workspace, 1);
	const struct conflict *conflict = conflict_find(conflicts, "alpha.city", &error);
	g_assert_no_error(error);
	g_assert_cmpstr(conflict->base, ==, NULL);
	g_assert_cmpstr(conflict->mine, ==, "Puebla");
	g_assert_cmpstr(conflict->theirs, ==, "Quito");
	g_assert_cmpstr(conflict->mine_by, ==, "ana");
	g_assert_cmpstr(conflict->theirs_by, ==, "files");
	g_assert_cmpint(conflict->mine_at, ==, now);
	g_assert_cmpint(conflict->theirs_at, >, 0);
	g_autofree char *place = conflict_place(workspace_model(workspace), conflict);
	g_assert_cmpstr(place, ==, "Alpha · City");
	assert_agreed(dir, workspace);
	bool decided = workspace_decide(workspace, conflict, side, "Lima", &done, &error);
	g_assert_cmpint(decided, ==, side != CONFLICT_BOTH);
	g_assert_cmpint(done != NULL, ==, side == CONFLICT_MINE || side == CONFLICT_VALUE);
	static const char *const wanted[] = { "Puebla", "Quito", "Quito", "Lima" };
	g_assert_cmpstr(alpha_of(workspace)->city, ==, wanted[side]);
	g_ptr_array_unref(conflicts);
	g_ptr_array_unref(conflicts_of(workspace, side == CONFLICT_BOTH ? 1 : 0));
	assert_agreed(dir, workspace);
	change_free(done);
	end(dir, workspace);
}

/* Two who decide at once: the second is told, and nothing of what was decided is undone. */
static void test_decided_meanwhile(gconstpointer data)
{
	enum conflict_side side = (enum conflict_side)GPOINTER_TO_INT(data);
	char *dir = new_network();
	g_autoptr(GError) error = NULL;
	struct change untouched;
	struct change *done = &untouched;

	save_and_die(dir, &city);
	by_hand(dir, "city: Quito\n");
	struct workspace *workspace = open_at(dir);
	struct workspace *other = open_at(dir);
	GPtrArray *conflicts = conflicts_of(workspace, 1);
	g_assert_true(
		workspace_decide(other, conflicts->pdata[0], CONFLICT_THEIRS, NULL, NULL, NULL));
	g_assert_false(workspace_decide(workspace, conflicts->pdata[0], side, NULL, &done, &error));
	g_assert_error(error, TELAR_ERROR, TELAR_ERROR_CONFLICT);
	g_assert_true(done == &untouched);
	g_assert_cmpstr(alpha_of(workspace)->city, ==, "Quito");
	assert_agreed(dir, workspace);
	g_ptr_array_unref(conflicts);
	workspace_close(other);
	end(dir, workspace);
}

/* Whoever writes the wanted value by hand has decided; another value is the new other side. */
static void test_decided_by_hand(void)
{
	char *dir = new_network();

	save_and_die(dir, &city);
	by_hand(dir, "city: Quito\n");
	workspace_close(open_at(dir));
	by_hand(dir, "city: Bogota\n");
	struct workspace *workspace = open_at(dir);
	GPtrArray *conflicts = conflicts_of(workspace, 1);
	g_assert_cmpstr(((struct conflict *)conflicts->pdata[0])->theirs, ==, "Bogota");
	g_ptr_array_unref(conflicts);
	workspace_close(workspace);
	by_hand(dir, "city: Puebla\n");
	workspace_close(open_at(dir));
	by_hand(dir, "city: Lima # later, by somebody who knows\n");
	workspace = open_at(dir);
	g_ptr_array_unref(conflicts_of(workspace, 0));
	end(dir, workspace);
}

/* The edit waits while the file has errors, and goes into the mended one by itself. */
static void test_broken(gconstpointer data)
{
	const char *mended = data;
	char *dir = new_network();

	save_and_die(dir, &city);
	put_file(dir, ALPHA, "id: alpha\nname: [\n");
	struct workspace *workspace = open_at(dir);
	GPtrArray *conflicts = conflicts_of(workspace, 1);
	const struct conflict *conflict = conflicts->pdata[0];
	g_assert_cmpstr(conflict->theirs_by, ==, "");
	g_assert_cmpstr(conflict->mine, ==, "Puebla");
	g_assert_false(workspace_decide(workspace, conflict, CONFLICT_MINE, NULL, NULL, NULL));
	g_ptr_array_unref(conflicts);
	workspace_close(workspace);
	by_hand(dir, mended);
	workspace = open_at(dir);
	g_ptr_array_unref(conflicts_of(workspace, *mended ? 1 : 0));
	g_assert_cmpstr(alpha_of(workspace)->city, ==, *mended ? "Quito" : "Puebla");
	assert_agreed(dir, workspace);
	end(dir, workspace);
}

/* A file removed while the store has an edit of it: back it comes only by decision. */
static void test_removed(void)
{
	char *dir = new_network();
	g_autofree char *path = g_build_filename(dir, ALPHA, NULL);
	g_autoptr(GError) error = NULL;

	save_and_die(dir, &city);
	g_unlink(path);
	struct workspace *workspace = open_at(dir);
	GPtrArray *conflicts = conflicts_of(workspace, 1);
	const struct conflict *conflict = conflicts->pdata[0];
	g_assert_cmpstr(conflict->path, ==, "");
	g_assert_null(conflict->theirs);
	g_assert_null(alpha_of(workspace));
	g_assert_true(workspace_decide(workspace, conflict, CONFLICT_MINE, NULL, NULL, &error));
	g_assert_no_error(error);
	g_assert_cmpstr(alpha_of(workspace)->city, ==, "Puebla");
	g_ptr_array_unref(conflicts);
	assert_agreed(dir, workspace);
	end(dir, workspace);
}

/* Different partners stand both; the same one said differently may stand twice. */
static void test_lists(void)
{
	static const struct op partner = { .verb = OP_INSERT,
					   .path = (char *)(gsize) "partners",
					   .new_text = (char *)(gsize) "{\"with\": \"gamma\", "
								       "\"since\": \"2020\"}" };
	char *dir = new_network();
	g_autoptr(GError) error = NULL;

	put_file(dir, "institutions/gamma.yaml", "id: gamma\nname: Gamma\nsector: edustem\n");
	save_and_die(dir, &partner);
	g_autoptr(GString) text = g_string_new(alpha_text);
	g_string_replace(text, "    since: 2019\n",
			 "    since: 2019\n  - with: gamma\n    since: 2021\n", 1);
	put_file(dir, ALPHA, text->str);
	struct workspace *workspace = open_at(dir);
	GPtrArray *conflicts = conflicts_of(workspace, 1);
	guint before = alpha_of(workspace)->partners.n;
	g_assert_true(workspace_decide(workspace, conflicts->pdata[0], CONFLICT_BOTH, NULL, NULL,
				       &error));
	g_assert_no_error(error);
	g_assert_cmpuint(alpha_of(workspace)->partners.n, ==, before + 1);
	g_ptr_array_unref(conflicts);
	assert_agreed(dir, workspace);
	end(dir, workspace);
}

/* Trying it changes neither files nor store, and says the same. */
static void test_dry(void)
{
	char *dir = new_network();
	const struct workspace_options options = options_of(dir);
	struct findings *findings = findings_new();
	struct brought *brought = NULL;

	save_and_die(dir, &city);
	by_hand(dir, "city: Quito\nshort_name: Al\n");
	for (guint i = 0; i < 3; i++) {
		bool dry = i < 2;
		struct workspace *workspace =
			workspace_bring(&options, dry, findings, &brought, NULL);

		g_assert_cmpuint(brought->clashed->len, ==, 1);
		g_assert_cmpuint(brought->to_files->len, ==, 1);
		g_assert_cmpuint(brought->from_files->len, ==, 1);
		g_ptr_array_unref(conflicts_of(workspace, dry ? 0 : 1));
		brought_free(brought);
		workspace_close(workspace);
	}
	findings_free(findings);
	remove_tree(dir);
	g_free(dir);
}

static void write_now(void *data, const char *name)
{
	const char *dir = data;

	if (strcmp(name, "committed") == 0)
		by_hand(dir, "city: Quito\n");
}

/* Where the file wins against an edit that was just saved, memory knows it at once. */
static void test_memory(void)
{
	char *dir = new_network();
	struct workspace *workspace = open_at(dir);
	struct change *change = change_new();

	workspace->step = write_now;
	workspace->step_data = dir;
	change_set(change, KIND_INSTITUTION, "alpha", "city", "Puebla");
	g_assert_true(workspace_apply(workspace, change, NULL));
	workspace->step = NULL;
	g_assert_cmpstr(alpha_of(workspace)->city, ==, "Quito");
	g_ptr_array_unref(conflicts_of(workspace, 1));
	assert_agreed(dir, workspace);
	change_free(change);
	end(dir, workspace);
}

/* A file cannot take the id of another: it contributes nothing, the other stays. */
static void test_taken_id(void)
{
	char *dir = new_network();
	const struct workspace_options options = options_of(dir);
	struct findings *findings = findings_new();

	put_file(dir, "institutions/copy.yaml", alpha_text);
	struct workspace *workspace = workspace_open(&options, findings, NULL);
	g_assert_cmpuint(findings->errors, ==, 1);
	g_assert_nonnull(alpha_of(workspace));
	g_assert_null(model_get(workspace_model(workspace), KIND_INSTITUTION, "copy"));
	findings_free(findings);
	end(dir, workspace);
}

/* Bytes that somebody wrote after we looked are never replaced or removed. */
static void test_window(gconstpointer data)
{
	const char *after = data; /* what becomes of the file; NULL: staged as a removal */
	char *dir = new_network();
	g_autoptr(GError) error = NULL;
	struct directory *directory = directory_open(dir, &error);
	g_autofree char *before = bytes_hash(alpha_text, strlen(alpha_text));
	g_autoptr(GBytes) content = after ? g_bytes_new(after, strlen(after)) : NULL;
	bool placed = true;

	for (guint i = 0; i < 2; i++) {
		bool late = i == 0;
		struct staged *staged = directory_stage(directory, ALPHA, content, &error);

		g_assert_no_error(error);
		by_hand(dir, late ? "city: Quito\n" : "");
		g_assert_true(directory_finish(directory, staged, before, &placed, &error));
		g_assert_no_error(error);
		g_assert_cmpint(placed, ==, !late);
		directory_discard(directory, staged);
		g_autofree char *text = get_file(dir, ALPHA);
		if (late)
			g_assert_nonnull(strstr(text, "Quito"));
		else
			g_assert_cmpstr(text, ==, after);
		/* Nor is a file that appeared where none was. */
		staged = late ? directory_stage(directory, ALPHA, content, &error) : NULL;
		if (staged) {
			g_assert_true(directory_finish(directory, staged, "", &placed, &error));
			g_assert_false(placed);
		}
		directory_discard(directory, staged);
	}
	directory_close(directory);
	remove_tree(dir);
	g_free(dir);
}

/* A path for people: with the names of what it leads through, never as it is kept. */
static void test_place(void)
{
	static const struct {
		const char *path, *text;
	} places[] = {
		{ "", "Alpha" },
		{ "city", "Alpha · City" },
		{ "partners[beta]", "Alpha · Partners · Beta" },
		{ "partners[beta].since", "Alpha · Partners · Beta: Since" },
		{ "partners[beta#2].since", "Alpha · Partners · Beta: Since" },
	};
	char *dir = new_network();
	struct workspace *workspace = open_at(dir);

	for (guint i = 0; i < G_N_ELEMENTS(places); i++) {
		struct conflict conflict = { .kind = KIND_INSTITUTION,
					     .record = (char *)(gsize) "alpha",
					     .path = (char *)(gsize)places[i].path };
		g_autofree char *text = conflict_place(workspace_model(workspace), &conflict);

		g_assert_cmpstr(text, ==, places[i].text);
	}
	end(dir, workspace);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/data/conflict/same-value", test_same_value);
	g_test_add_func("/data/conflict/different-fields", test_different_fields);
	g_test_add_data_func("/data/conflict/mine", GINT_TO_POINTER(CONFLICT_MINE), test_decide);
	g_test_add_data_func("/data/conflict/theirs", GINT_TO_POINTER(CONFLICT_THEIRS),
			     test_decide);
	g_test_add_data_func("/data/conflict/both", GINT_TO_POINTER(CONFLICT_BOTH), test_decide);
	g_test_add_data_func("/data/conflict/value", GINT_TO_POINTER(CONFLICT_VALUE), test_decide);
	g_test_add_data_func("/data/conflict/meanwhile", GINT_TO_POINTER(CONFLICT_MINE),
			     test_decided_meanwhile);
	g_test_add_data_func("/data/conflict/meanwhile-idle", GINT_TO_POINTER(CONFLICT_THEIRS),
			     test_decided_meanwhile);
	g_test_add_func("/data/conflict/by-hand", test_decided_by_hand);
	g_test_add_data_func("/data/conflict/broken", "", test_broken);
	g_test_add_data_func("/data/conflict/broken-otherwise", "city: Quito\n", test_broken);
	g_test_add_func("/data/conflict/removed", test_removed);
	g_test_add_func("/data/conflict/lists", test_lists);
	g_test_add_func("/data/conflict/dry", test_dry);
	g_test_add_func("/data/conflict/memory", test_memory);
	g_test_add_func("/data/conflict/taken-id", test_taken_id);
	g_test_add_data_func("/data/conflict/window", "id: alpha\n", test_window);
	g_test_add_data_func("/data/conflict/window-removed", NULL, test_window);
	g_test_add_func("/data/conflict/place", test_place);
	return g_test_run();
}
