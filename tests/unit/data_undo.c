/*
 * Which change undo means, and whom a conflict names: a dry run and the deed
 * speak of the same one, hand edits are pointed at, and nobody is accused of what
 * another did.
 */
#include "tests/unit/data_fixture.h"

#include "data/workspace/private.h"

#include <sqlite3.h>

static void assert_would(struct fixture *f, bool redo, const char *summary)
{
	g_autoptr(GError) error = NULL;
	struct change *change = workspace_would_undo(f->workspace, 0, redo, &error);

	g_assert_cmpstr(change ? change->summary : NULL, ==, summary);
	g_assert_true(change || g_error_matches(error, TELAR_ERROR, TELAR_ERROR_NO_INPUT));
	change_free(change);
}

/* Through undo, redo and a hand edit, what is said is what is done. */
static void test_would(struct fixture *f, gconstpointer data)
{
	struct findings *findings = findings_new();
	bool changed = false;

	(void)data;
	assert_would(f, false, NULL);
	set(f, "alpha", "city", "Puebla");
	set(f, "beta", "city", "Lima");
	g_autofree char *text = g_strconcat(beta_text, "city: Lima\nshort_name: Be\n", NULL);
	put_file(f->dir, "institutions/beta.yaml", text);
	g_assert_true(workspace_refresh(f->workspace, findings, &changed, NULL));
	findings_free(findings);
	assert_would(f, false, "beta: city"); /* not what "files" did */
	g_assert_true(workspace_undo(f->workspace, 0, NULL, NULL));
	assert_would(f, false, "alpha: city");
	assert_would(f, true, "undo: beta: city");
	g_assert_true(workspace_redo(f->workspace, NULL, NULL));
	assert_would(f, true, NULL);
	assert_would(f, false, "redo: beta: city"); /* it stands like any change */
	g_assert_true(workspace_undo(f->workspace, 0, NULL, NULL));
	assert_would(f, false, "alpha: city");
}

/* Only hands in the files: the way to take that back is named. */
static void test_by_hand(struct fixture *f, gconstpointer data)
{
	g_autofree char *text = g_strconcat(beta_text, "city: Lima\n", NULL);
	g_autoptr(GError) error = NULL;

	(void)data;
	put_file(f->dir, "institutions/beta.yaml", text);
	open_again(f);
	g_assert_false(workspace_undo(f->workspace, 0, NULL, &error));
	g_assert_error(error, TELAR_ERROR, TELAR_ERROR_NO_INPUT);
	g_assert_nonnull(strstr(error->message, "by its number, 2"));
	g_assert_true(workspace_undo(f->workspace, 2, NULL, NULL));
	assert_file(f, "institutions/beta.yaml", beta_text);
}

static void set_as(struct fixture *f, const char *actor, const char *path, const char *value)
{
	g_free(f->workspace->actor);
	f->workspace->actor = g_strdup(actor);
	set(f, "alpha", path, value);
}

/* Luis set the city, Eva something else later: Luis is named. */
static void test_who(struct fixture *f, gconstpointer data)
{
	struct change *change = change_new();
	g_autoptr(GError) error = NULL;

	(void)data;
	set_as(f, "luis", "city", "Lima");
	set_as(f, "eva", "short_name", "Al");
	change_set(change, KIND_INSTITUTION, "alpha", "notes", "fine");
	change_set(change, KIND_INSTITUTION, "alpha", "city", "Puebla")->old_text = g_strdup("");
	g_assert_false(workspace_apply(f->workspace, change, &error));
	g_assert_error(error, TELAR_ERROR, TELAR_ERROR_CONFLICT);
	g_assert_nonnull(strstr(error->message, "luis"));
	g_assert_null(strstr(error->message, "eva"));
	change_free(change);
}

/* What does not fit any more is said in words, with the change to take back before. */
static void test_later(struct fixture *f, gconstpointer data)
{
	struct change *gap = change_new();
	g_autoptr(GError) error = NULL;

	(void)data;
	set(f, "alpha", "partners[beta].status", "proposed");
	set(f, "alpha", "partners[beta].status", "ended");
	g_assert_false(workspace_undo(f->workspace, 2, NULL, &error));
	g_assert_error(error, TELAR_ERROR, TELAR_ERROR_CONFLICT);
	g_assert_nonnull(strstr(error->message, "Alpha: Partners · Beta: Status is now “ended”; "
						"it was “proposed” when"));
	g_assert_nonnull(strstr(error->message, "it is change 3"));
	g_clear_error(&error);

	change_create(gap, KIND_GAPS, "gaps", "{\"gaps\":[{\"gap\":\"G1\",\"status\":\"met\"}]}");
	apply(f, gap);
	change_free(gap);
	gap = change_new();
	change_set(gap, KIND_GAPS, "gaps", "gaps[G1].status", "working");
	apply(f, gap);
	change_free(gap);
	gap = change_new();
	change_set(gap, KIND_GAPS, "gaps", "gaps[G1].status", "introduced");
	apply(f, gap);
	change_free(gap);
	g_assert_false(workspace_undo(f->workspace, 5, NULL, &error));
	g_assert_nonnull(strstr(error->message, "· G1: Status is now “introduced”; it was "
						"“working together” when"));
	g_assert_nonnull(strstr(error->message, "it is change 6"));
}

/* A change that is said to take itself back: undo says that, and does not guess. */
static void test_damaged(struct fixture *f, gconstpointer data)
{
	g_autofree char *path = g_build_filename(f->dir, ".telar/network.telar", NULL);
	g_autoptr(GError) error = NULL;
	sqlite3 *db = NULL;

	(void)data;
	set(f, "alpha", "city", "Puebla");
	struct change *change = newest(f);
	g_autofree char *sql =
		g_strdup_printf("UPDATE change SET undoes = id WHERE id = %d", (int)change->id);
	g_assert_cmpint(sqlite3_open(path, &db), ==, SQLITE_OK);
	g_assert_cmpint(sqlite3_exec(db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
	sqlite3_close(db);
	g_assert_false(workspace_undo(f->workspace, 0, NULL, &error));
	g_assert_error(error, TELAR_ERROR, TELAR_ERROR_DATA);
	g_clear_error(&error);
	g_assert_false(workspace_undo(f->workspace, change->id, NULL, &error));
	g_assert_error(error, TELAR_ERROR, TELAR_ERROR_DATA);
	assert_in_file(f, "institutions/alpha.yaml", "city: Puebla");
	change_free(change);
}

static bool undo_parts(struct fixture *f, gint64 change, const char *a, const char *b,
		       GError **error)
{
	const char *const names[] = { a, b, NULL };

	return workspace_undo_parts(f->workspace, change, names, NULL, error);
}

/* Of a change over two entries some fields go back, and the rest of it stays. */
static void test_parts(struct fixture *f, gconstpointer data)
{
	struct change *change = change_new();
	g_autoptr(GError) error = NULL;

	(void)data;
	change_set(change, KIND_INSTITUTION, "alpha", "city", "Puebla");
	change_set(change, KIND_INSTITUTION, "alpha", "partners[beta].since", "2001");
	change_set(change, KIND_INSTITUTION, "alpha", "partners[beta].until", "2002");
	change_set(change, KIND_INSTITUTION, "beta", "city", "Lima");
	change_insert(change, KIND_INSTITUTION, "beta", "partners", "{\"with\":\"alpha\"}");
	apply(f, change);

	g_assert_false(undo_parts(f, change->id, "cit", NULL, &error)); /* no part of a name */
	g_assert_error(error, TELAR_ERROR, TELAR_ERROR_NO_INPUT);
	g_assert_nonnull(strstr(error->message, "alpha.partners[beta].since"));
	g_clear_error(&error);
	g_assert_true(undo_parts(f, change->id, "alpha.partners", "beta.city", &error));
	g_assert_no_error(error);
	assert_in_file(f, "institutions/alpha.yaml", "    since: 2019");
	assert_in_file(f, "institutions/alpha.yaml", "city: Puebla");
	g_assert_null(institution(f, "beta")->city);
	g_assert_cmpuint(institution(f, "beta")->partners.n, ==, 1);
	g_assert_true(undo_parts(f, change->id, "beta", "alpha.city", &error) == false);
	g_assert_error(error, TELAR_ERROR, TELAR_ERROR_CONFLICT); /* beta.city went back before */
	g_clear_error(&error);
	g_assert_true(undo_parts(f, change->id, "beta.partners", "alpha.city", &error));
	assert_file(f, "institutions/alpha.yaml", alpha_text);
	assert_file(f, "institutions/beta.yaml", beta_text);
	assert_agrees(f);
	change_free(change);
}

/* If it fails, what a file said twice cannot come back with a part of a change, or by an edit. */
static void test_parts_doubled(struct fixture *f, gconstpointer data)
{
	g_autofree char *text = g_strconcat(beta_text,
					    "partners:\n  - with: alpha\n    kinds: [training]\n"
					    "  - with: alpha\n    kinds: [training]\n",
					    NULL);
	struct change *change = change_new();
	g_autoptr(GError) error = NULL;

	(void)data;
	put_file(f->dir, "institutions/beta.yaml", text);
	open_again(f);
	change_set(change, KIND_INSTITUTION, "beta", "city", "Lima");
	change_set(change, KIND_INSTITUTION, "beta", "partners[alpha#2].title", "Curso");
	apply(f, change);
	g_assert_true(undo_parts(f, change->id, "beta.partners", NULL, &error));
	g_assert_no_error(error);
	change_free(change);
	set(f, "beta", "partners[alpha#2].title", "Curso");
	change = change_new();
	change_set(change, KIND_INSTITUTION, "beta", "partners[alpha#2].title", NULL);
	g_assert_false(workspace_apply(f->workspace, change, &error));
	change_free(change);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
#define TEST(name, function)                                                                       \
	g_test_add("/data/undo/" name, struct fixture, NULL, set_up, function, tear_down)
	TEST("would", test_would);
	TEST("by-hand", test_by_hand);
	TEST("who", test_who);
	TEST("later", test_later);
	TEST("damaged", test_damaged);
	TEST("parts", test_parts);
	TEST("parts-doubled", test_parts_doubled);
	return g_test_run();
}
