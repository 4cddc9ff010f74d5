/*
 * Stores that somebody tampered with: hostile schemas are refused, and whatever
 * bytes are changed, opening and reading a store either says that it is damaged or
 * gives records; it never crashes and never obeys.
 */
#include "data/safety.h"

#include "data/past.h"
#include "data/store/store.h"
#include "tests/unit/data_fixture.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

static char *sound_store(struct fixture *f, char **root)
{
	g_autoptr(GError) error = NULL;
	gint64 change = 0;

	*root = g_dir_make_tmp("telar-XXXXXX", NULL);
	char *path = g_build_filename(*root, "sound.telar", NULL);
	for (guint i = 0; i < 12; i++) {
		g_autofree char *city = g_strdup_printf("City %u", i);
		set(f, i % 2 ? "alpha" : "beta", "city", city);
	}
	workspace_snapshot(f->workspace, "then", NULL, &change, NULL);
	g_assert_true(workspace_backup(f->workspace, path, NULL, &error));
	return path;
}

/* Everything that opens a store from elsewhere, one after the other. */
static bool use(const char *path, const char *into)
{
	const struct workspace_options options = { .path = path,
						   .actor = "eva",
						   .clock = clock_fixed(&now) };
	struct findings *findings = findings_new();
	g_autoptr(GError) error = NULL;
	struct workspace *workspace = workspace_open(&options, findings, &error);
	bool used = workspace != NULL;

	g_assert_true(used || (error && error->domain == TELAR_ERROR));
	if (used) {
		g_autoptr(GPtrArray) log = workspace_log(workspace, NULL, NULL);
		struct change *change = change_new();

		model_unref(workspace_model_at(workspace, 3, NULL));
		used = workspace_write_out(workspace, into, true, NULL, NULL) && log;
		change_set(change, KIND_INSTITUTION, "alpha", "city", "Lima");
		workspace_apply(workspace, change, NULL);
		workspace_undo(workspace, 0, NULL, NULL);
		change_free(change);
	}
	workspace_close(workspace);
	findings_free(findings);
	remove_tree(into);
	return used;
}

static void write_mutant(GRand *rand, const char *bytes, gsize length, const char *path)
{
	g_autofree char *mutant = g_memdup2(bytes, length);
	guint n = (guint)g_rand_int_range(rand, 1, 24);
	gsize size = length;

	for (guint i = 0; i < n; i++) {
		gsize at = (gsize)g_rand_int_range(rand, 0, (gint32)length);

		/* Headers of pages are where lies are believed. */
		if (g_rand_boolean(rand))
			at = at / 4096 * 4096 + (gsize)g_rand_int_range(rand, 0, 64);
		if (at < length)
			mutant[at] = (char)g_rand_int_range(rand, 0, 256);
	}
	if (g_rand_int_range(rand, 0, 10) == 0)
		size = (gsize)g_rand_int_range(rand, 0, (gint32)length);
	g_assert_true(g_file_set_contents(path, mutant, (gssize)size, NULL));
}

static void test_bytes(struct fixture *f, gconstpointer data)
{
	g_autofree char *root = NULL;
	g_autofree char *path = sound_store(f, &root);
	g_autofree char *mutant = g_build_filename(root, "mutant.telar", NULL);
	g_autofree char *into = g_build_filename(root, "into", NULL);
	g_autofree char *bytes = NULL;
	gsize length = 0;
	guint used = 0;
	GRand *rand = g_rand_new_with_seed(19);

	(void)data;
	g_assert_true(g_file_get_contents(path, &bytes, &length, NULL));
	g_assert_true(use(path, into));
	for (guint i = 0; i < 300; i++) {
		g_autofree char *journal = g_strconcat(mutant, "-journal", NULL);

		g_unlink(journal);
		write_mutant(rand, bytes, length, mutant);
		used += use(mutant, into);
	}
	g_test_message("%u of 300 mutants held what could be used", used);
	g_rand_free(rand);
	remove_tree(root);
}

static void run_sql(const char *path, const char *statements)
{
	sqlite3 *db = NULL;
	char *message = NULL;

	g_assert_cmpint(sqlite3_open(path, &db), ==, SQLITE_OK);
	sqlite3_exec(db, statements, NULL, NULL, &message);
	g_assert_cmpstr(message, ==, NULL);
	sqlite3_close(db);
}

/* What could act or lie when a store is opened, read or written. */
static const char *const schemas[] = {
	"CREATE TRIGGER t AFTER INSERT ON change BEGIN DELETE FROM op; END",
	"CREATE TRIGGER t BEFORE UPDATE ON institution BEGIN SELECT RAISE(IGNORE); END",
	"CREATE TRIGGER t AFTER DELETE ON outbox BEGIN INSERT INTO meta VALUES ('a', 'b'); END",
	"CREATE VIEW v AS SELECT * FROM institution",
	"DROP TABLE institution; CREATE VIEW institution AS SELECT 1 AS version, 'a' AS id",
	"DROP TABLE snapshot; CREATE VIEW snapshot AS SELECT 1",
	"DROP TABLE file_text",
	"CREATE INDEX other ON op (record)",
	"DROP INDEX op_record",
	"CREATE VIRTUAL TABLE f USING fts5(a)",
	"DROP TABLE meta; CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT CHECK (value < 9))",
	"PRAGMA user_version = 77",
	"PRAGMA user_version = 0",
	"PRAGMA application_id = 1",
	"PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = sql || ' ' WHERE name = 'op'",
	"PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage = 2 WHERE name = 'change'",
	"PRAGMA foreign_keys = OFF; DELETE FROM change WHERE id = 3",
};

static void test_schemas(struct fixture *f, gconstpointer data)
{
	g_autofree char *root = NULL;
	g_autofree char *path = sound_store(f, &root);
	g_autofree char *into = g_build_filename(root, "into", NULL);
	g_autofree char *bytes = NULL;
	gsize length = 0;

	(void)data;
	g_assert_true(g_file_get_contents(path, &bytes, &length, NULL));
	for (guint i = 0; i < G_N_ELEMENTS(schemas); i++) {
		g_autofree char *hostile = g_strdup_printf("%s/%u.telar", root, i);
		g_autoptr(GError) error = NULL;

		g_assert_true(g_file_set_contents(hostile, bytes, (gssize)length, NULL));
		run_sql(hostile, schemas[i]);
		struct store *store = store_open_alone(hostile, true, &error);
		if (store)
			g_test_message("believed: %s", schemas[i]);
		g_assert_null(store);
		g_assert_error(error, TELAR_ERROR, TELAR_ERROR_DATA);
		g_assert_false(use(hostile, into));
	}
	remove_tree(root);
}

/* Rows that are well-formed and mean harm: paths, ids, texts. */
static const char *const rows[] = {
	"INSERT INTO file_text VALUES ('../../outside.yaml', x'78')",
	"INSERT INTO file VALUES ('../outside.yaml', 1, 1, 'h', 1, 'institution', 'x');"
	"INSERT INTO file_text VALUES ('../outside.yaml', x'78')",
	"INSERT INTO institution (version, id) VALUES (1, '../../etc')",
	"INSERT INTO op VALUES (5, 99, 'set', 'institution', '../x', 'name', 0, 'a', 'b')",
	"INSERT INTO op VALUES (5, 99, 'set', 'institution', 'alpha', ']][[#', 0, 'a', 'b')",
	"INSERT INTO op VALUES (5, 99, 'create', 'institution', 'q', '', 0, NULL, '{\"id\":[[[')",
	"INSERT INTO op VALUES (5, 99, 'remove', 'institution', 'alpha', 'partners', -7, '{}', "
	"NULL)",
	"INSERT INTO op VALUES (5, 99, 'explode', 'institution', 'alpha', '', 0, NULL, NULL)",
	"INSERT INTO outbox VALUES (1, 5, '../../outside.yaml', '', x'78')",
	"UPDATE file_edit SET \"offset\" = -5",
	"UPDATE file_edit SET \"offset\" = 9223372036854775807",
	"UPDATE change SET undoes = id + 1 WHERE id < 9; UPDATE change SET undoes = 2 WHERE id = 9",
	"UPDATE snapshot SET change = -9",
	"UPDATE file_text SET content = zeroblob(300000)",
	"UPDATE institution SET city = char(27) || '[2J'",
	"UPDATE institution SET name = NULL",
};

static void test_rows(struct fixture *f, gconstpointer data)
{
	g_autofree char *root = NULL;
	g_autofree char *path = sound_store(f, &root);
	g_autofree char *inner = g_build_filename(root, "a", "b", NULL);
	g_autofree char *into = g_build_filename(inner, "into", NULL);
	g_autofree char *outside = g_build_filename(inner, "outside.yaml", NULL);
	g_autofree char *further = g_build_filename(root, "a", "outside.yaml", NULL);
	g_autofree char *bytes = NULL;
	gsize length = 0;

	(void)data;
	g_assert_true(g_file_get_contents(path, &bytes, &length, NULL));
	g_assert_cmpint(g_mkdir_with_parents(inner, 0700), ==, 0);
	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *hostile = g_strdup_printf("%s/%u.telar", root, i);

		g_assert_true(g_file_set_contents(hostile, bytes, (gssize)length, NULL));
		run_sql(hostile, rows[i]);
		use(hostile, into);
		g_assert_false(g_file_test(outside, G_FILE_TEST_EXISTS));
		g_assert_false(g_file_test(further, G_FILE_TEST_EXISTS));
	}
	remove_tree(root);
}

#define TEST(name, function)                                                                       \
	g_test_add("/data/mutants/" name, struct fixture, NULL, set_up, function, tear_down)

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	TEST("schemas", test_schemas);
	TEST("rows", test_rows);
	TEST("bytes", test_bytes);
	return g_test_run();
}
