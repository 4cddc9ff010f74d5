/*
 * Records by words: found without accents and by beginnings, best first; the index
 * follows every edit, and what has errors is not found.
 */
#include "data/store/sqlite_private.h"

#include "base/errors.h"
#include "tests/unit/data_fixture.h"
#include "tests/unit/data_small_store.h"

static void destroy_hit(gpointer hit)
{
	store_hit_free(hit);
}

/* The ids found, joined; an empty text when there is none. */
static char *found(struct fixture *f, const char *words)
{
	g_autoptr(GPtrArray) hits = g_ptr_array_new_with_free_func(destroy_hit);
	g_autofree char *path = g_build_filename(f->dir, ".telar", "network.telar", NULL);
	GString *ids = g_string_new(NULL);
	GError *error = NULL;
	struct store *store = store_open(path, true, &error);

	g_assert_no_error(error);
	store_find(store, words, hits, &error);
	g_assert_no_error(error);
	for (guint i = 0; i < hits->len; i++)
		g_string_append_printf(ids, "%s%s", i > 0 ? " " : "",
				       ((struct store_hit *)hits->pdata[i])->id);
	store_close(store);
	return g_string_free(ids, FALSE);
}

static void assert_found(struct fixture *f, const char *words, const char *ids)
{
	g_autofree char *got = found(f, words);

	g_assert_cmpstr(got, ==, ids);
}

static void test_edits(struct fixture *f, gconstpointer data)
{
	const struct institution *any = model_institution(workspace_model(f->workspace), 0);
	g_autofree char *id = g_strdup(any->base.id);
	GError *error = NULL;
	struct change *change = change_new();

	(void)data;
	assert_found(f, "zorzal", "");
	assert_found(f, "\"", "");
	change_set(change, KIND_INSTITUTION, id, "notes", "La Educación del Zorzal");
	apply(f, change);
	assert_found(f, "zorz", id);
	assert_found(f, "EDUCACION zorzal", id);
	assert_found(f, "zorzal nothing", "");
	assert_found(f, id, id);
	g_assert_true(workspace_undo(f->workspace, 0, NULL, &error));
	g_assert_no_error(error);
	assert_found(f, "zorzal", "");
	change_free(change);
}

/* A letter that people type otherwise: who types it plainly, as it is written, or in part. */
static void test_letters(struct fixture *f, gconstpointer data)
{
	const struct institution *any = model_institution(workspace_model(f->workspace), 0);
	g_autofree char *id = g_strdup(any->base.id);
	g_autofree char *path = g_build_filename(f->dir, ".telar", "network.telar", NULL);
	g_autoptr(GPtrArray) hits = g_ptr_array_new_with_free_func(destroy_hit);
	g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);
	GError *error = NULL;
	struct change *change = change_new();

	(void)data;
	change_set(change, KIND_INSTITUTION, id, "notes",
		   "Politechnika (Łódź), at the Smørrebrød of Straße twelve");
	change_set(change, KIND_INSTITUTION, id, "city", "Đakovo");
	apply(f, change);
	assert_found(f, "lodz", id);
	assert_found(f, "ŁÓDŹ", id);
	assert_found(f, "łod politech", id);
	assert_found(f, "dakovo", id);
	assert_found(f, "smorre strasse", id);
	assert_found(f, "zdol", "");
	struct store *store = store_open(path, true, &error);
	g_assert_no_error(error);
	check(store_find(store, "lodz", hits, &error), error);
	const struct store_hit *hit = hits->pdata[0];
	g_assert_cmpstr(hit->snippet, ==,
			"Politechnika \2(Łódź),\3 at the Smørrebrød of Straße twelve");
	check(store_check_index(store, problems, &error), error);
	g_assert_cmpuint(problems->len, ==, 0);
	store_close(store);
	change_free(change);
}

/* An index of a program that gathered words otherwise is not asked, and made anew. */
static void test_other_index(struct fixture *f, gconstpointer data)
{
	g_autofree char *path = g_build_filename(f->dir, ".telar", "network.telar", NULL);
	g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);
	GError *error = NULL;

	(void)data;
	sql(path, "DELETE FROM meta WHERE key = 'index'; UPDATE search_text SET words = 'other'");
	struct store *store = store_open(path, true, &error);
	g_assert_no_error(error);
	g_assert_false(store_is_indexed(store));
	store_close(store);
	store = store_open(path, false, &error);
	g_assert_no_error(error);
	g_assert_true(store_is_indexed(store));
	check(store_check_index(store, problems, &error), error);
	g_assert_cmpuint(problems->len, ==, 0);
	store_close(store);
}

/* Somebody who writes is no damage: "damaged" sends people to their backups. */
static void test_check(void)
{
	g_autofree char *dir = g_dir_make_tmp("telar-XXXXXX", NULL);
	g_autofree char *path = g_build_filename(dir, "s.telar", NULL);
	g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);
	GError *error = NULL;
	struct store *writer = open_at(path);
	struct store *store = store_peek(path, false, true, &error);

	g_assert_no_error(error);
	check(store_check_index(store, problems, &error), error);
	g_assert_cmpuint(problems->len, ==, 0);
	check(store_begin(writer, &error), error);
	g_assert_false(store_check_index(store, problems, &error));
	g_assert_error(error, TELAR_ERROR, TELAR_ERROR_BUSY);
	g_clear_error(&error);
	g_assert_cmpuint(problems->len, ==, 0);
	store_rollback(writer);
	store_close(store);
	store_close(writer);
	sql(path, "DELETE FROM search_data WHERE id = 1");
	store = store_peek(path, false, true, &error);
	g_assert_no_error(error);
	check(store_check_index(store, problems, &error), error);
	g_assert_cmpuint(problems->len, ==, 1);
	g_assert_cmpstr(problems->pdata[0], ==, "the index of words is damaged");
	store_close(store);
	remove_tree(dir);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add("/data/store-search/edits", struct fixture, NULL, set_up, test_edits, tear_down);
	g_test_add("/data/store-search/letters", struct fixture, NULL, set_up, test_letters,
		   tear_down);
	g_test_add("/data/store-search/other-index", struct fixture, NULL, set_up, test_other_index,
		   tear_down);
	g_test_add_func("/data/store-search/check", test_check);
	return g_test_run();
}
