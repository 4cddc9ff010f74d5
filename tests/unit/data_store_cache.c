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

/* Rows out of a list, each in the same place: what was given before is gone. */
struct listed {
	const struct measure_row *rows;
	guint n, at;
	char subject[16], other[16];
};

static bool next_listed(struct measure_row *row, void *data)
{
	struct listed *listed = data;

	if (listed->at == listed->n)
		return false;
	*row = listed->rows[listed->at++];
	g_strlcpy(listed->subject, row->subject, sizeof(listed->subject));
	row->subject = listed->subject;
	if (row->other) {
		g_strlcpy(listed->other, row->other, sizeof(listed->other));
		row->other = listed->other;
	}
	return true;
}

static bool tabulate(struct store *store, guint64 fingerprint, const struct measure_row *rows,
		     guint n, GError **error)
{
	struct listed listed = { .rows = rows, .n = n };

	return store_tabulate_measures(store, fingerprint, next_listed, &listed, error);
}

static char *tabulated(struct store *store)
{
	GString *text = g_string_new(NULL);
	sqlite3_stmt *rows = NULL;

	g_assert_cmpint(sqlite3_prepare_v2(store->db,
					   "SELECT subject || '/' || other || ' ' || measure || "
					   "' ' || coalesce(value, '-') FROM measure_value",
					   -1, &rows, NULL),
			==, SQLITE_OK);
	while (sqlite3_step(rows) == SQLITE_ROW)
		g_string_append_printf(text, "%s;", (const char *)sqlite3_column_text(rows, 0));
	sqlite3_finalize(rows);
	return g_string_free(text, FALSE);
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
	check(tabulate(store, 5, measures, 3, &error), error);
	check(tabulate(store, G_MAXUINT64, measures, 3, &error), error);
	g_autofree char *told = tabulated(store);
	g_assert_cmpstr(told, ==, "alpha/ constraint -;/ density 0.25;alpha/beta bridge 3.0;");
	check(store_tabulated(store, false, &of, &error), error);
	g_assert_cmpuint(of, ==, G_MAXUINT64);
	check(store_tabulate_gaps(store, 6, &gap, 1, &error), error);
	check(store_tabulated(store, true, &of, &error), error);
	g_assert_cmpuint(of, ==, 6);
	store_close(store);
}

/* Rows that cannot all be put leave those of before, and what they are of. */
static void test_whole(void)
{
	GError *error = NULL;
	struct store *store = store_open(NULL, false, &error);
	const struct measure_row old = { "network", "", NULL, "density", 0.25 };
	const struct measure_row twice[] = {
		{ "tie", "alpha", "beta", "bridge", 3 },
		{ "tie", "alpha", "beta", "bridge", 4 },
	};
	guint64 of = 0;

	check(tabulate(store, 5, &old, 1, &error), error);
	g_assert_false(tabulate(store, 6, twice, 2, &error));
	g_assert_nonnull(error);
	g_clear_error(&error);
	g_autofree char *told = tabulated(store);
	g_assert_cmpstr(told, ==, "/ density 0.25;");
	check(store_tabulated(store, false, &of, &error), error);
	g_assert_cmpuint(of, ==, 5);
	check(tabulate(store, 7, NULL, 0, &error), error); /* and the next can be put */
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
	g_test_add_func("/data/store-cache/whole", test_whole);
	g_test_add_func("/data/store-cache/unable", test_unable);
	return g_test_run();
}
