/*
 * Records by words: found without accents and by beginnings, best first; the index
 * follows every edit, and what has errors is not found.
 */
#include "data/store/sqlite_private.h"

#include "tests/unit/data_fixture.h"

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

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add("/data/store-search/edits", struct fixture, NULL, set_up, test_edits, tear_down);
	return g_test_run();
}
