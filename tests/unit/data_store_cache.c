/*
 * What is kept of computations: only for the very records it was computed from,
 * never a reason for others to look again, and the newest few.
 */
#include "data/store/sqlite_private.h"

#include "base/errors.h"

#include <math.h>
#include <string.h>

static void check(bool good, GError *error)
{
	g_assert_no_error(error);
	g_assert_true(good);
}

static void put(struct store *store, const struct cache_key *key, gint64 at, const char *text)
{
	GError *error = NULL;
	g_autoptr(GBytes) content = g_bytes_new(text, strlen(text));

	check(store_cache_put(store, key, at, content, &error), error);
}

static void assert_kept(struct store *store, const struct cache_key *key, const char *text)
{
	GError *error = NULL;
	g_autoptr(GBytes) content = store_cache_get(store, key, &error);

	g_assert_no_error(error);
	if (!text) {
		g_assert_null(content);
		return;
	}
	g_autoptr(GBytes) wanted = g_bytes_new(text, strlen(text));
	g_assert_true(g_bytes_equal(content, wanted));
}

static void test_keys(void)
{
	GError *error = NULL;
	struct store *store = store_open(NULL, false, &error);
	struct cache_key key = { "measures", NULL, "es", G_MAXUINT64 - 1 };
	struct cache_key other = { "measures", "sector:edustem", "es", G_MAXUINT64 - 1 };
	struct cache_key later = { "measures", NULL, "es", 7 };
	gint64 before = 0;
	gint64 after = 0;

	g_assert_no_error(error);
	check(store_version(store, &before, &error), error);
	put(store, &key, 1, "all");
	put(store, &other, 2, "some");
	assert_kept(store, &key, "all");
	assert_kept(store, &other, "some");
	assert_kept(store, &later, NULL);
	put(store, &later, 3, "");
	assert_kept(store, &key, NULL); /* its records are no more */
	assert_kept(store, &later, "");
	check(store_version(store, &after, &error), error);
	g_assert_cmpint(before, ==, after); /* nobody reads records again for it */
	store_close(store);
}

static void test_newest(void)
{
	GError *error = NULL;
	struct store *store = store_open(NULL, false, &error);
	struct cache_key whole = { "gaps", NULL, NULL, 1 };

	put(store, &whole, 0, "whole");
	for (guint i = 0; i < 40; i++) {
		g_autofree char *filter = g_strdup_printf("name:%u", i);
		struct cache_key key = { "measures", filter, NULL, 1 };

		put(store, &key, i, filter);
		assert_kept(store, &key, filter);
	}
	struct cache_key first = { "measures", "name:0", NULL, 1 };
	assert_kept(store, &first, NULL);
	assert_kept(store, &whole, "whole"); /* of another kind */
	store_close(store);
}

static void test_tables(void)
{
	GError *error = NULL;
	struct store *store = store_open(NULL, false, &error);
	const struct measure_row measures[] = {
		{ "network", "", NULL, "density", 0.25 },
		{ "institution", "alpha", NULL, "constraint", NAN },
		{ "tie", "alpha", "beta", "bridge", 3 },
	};
	const struct gap_row gap = { .id = "G1:x",
				     .kind = "G1",
				     .status = "open",
				     .title = "t",
				     .severity = 0.5,
				     .institutions = "[]" };
	guint64 of = 9;

	check(store_tabulated(store, false, &of, &error), error);
	g_assert_cmpuint(of, ==, 0);
	check(store_tabulate_measures(store, 5, measures, 3, &error), error);
	check(store_tabulate_measures(store, G_MAXUINT64, measures, 3, &error), error);
	check(store_tabulated(store, false, &of, &error), error);
	g_assert_cmpuint(of, ==, G_MAXUINT64);
	check(store_tabulate_gaps(store, 6, &gap, 1, &error), error);
	check(store_tabulated(store, true, &of, &error), error);
	g_assert_cmpuint(of, ==, 6);
	store_close(store);
}

/* Inside an edit, or where nothing may be written, it says so and harms nothing. */
static void test_unable(void)
{
	GError *error = NULL;
	struct store *store = store_open(NULL, false, &error);
	const struct cache_key key = { "measures", NULL, NULL, 1 };
	g_autoptr(GBytes) content = g_bytes_new("x", 1);

	check(store_begin(store, &error), error);
	check(store_set_meta(store, "mine", "1", &error), error);
	g_assert_false(store_cache_put(store, &key, 1, content, &error));
	g_assert_error(error, TELAR_ERROR, TELAR_ERROR_DENIED);
	g_clear_error(&error);
	check(store_commit(store, &error), error);
	g_autofree char *mine = store_meta(store, "mine", &error);
	g_assert_cmpstr(mine, ==, "1");
	assert_kept(store, &key, NULL);
	store_close(store);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/data/store-cache/keys", test_keys);
	g_test_add_func("/data/store-cache/newest", test_newest);
	g_test_add_func("/data/store-cache/tables", test_tables);
	g_test_add_func("/data/store-cache/unable", test_unable);
	return g_test_run();
}
