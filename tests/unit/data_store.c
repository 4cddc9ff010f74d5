/*
 * The store by itself: records come back equal whatever their fields hold,
 * history and outbox as they were put, and a file that is not ours is refused.
 */
#include "data/store/sqlite_private.h"

#include "base/errors.h"
#include "tests/unit/data_small_network.h"
#include "tests/unit/data_small_store.h"

#include <string.h>
#include <unistd.h>

/* A value of every field: what a table forgets shows as a difference. */
static const char *value_of(const struct field *field, guint salt)
{
	static const char *const words[] = { "a", "with \"quotes\"", "back\\slash", "ñandú, [x]" };

	switch (field->type) {
	case FIELD_DATE:
		return salt % 2 ? "2023-05" : "2021-02-28";
	case FIELD_INTEGER:
		return "17";
	case FIELD_NUMBER:
		return "-70.25";
	case FIELD_MONEY:
		return "450000.05 USD";
	case FIELD_PROSE:
		return "two\nlines \"";
	case FIELD_URL:
		return "https://x.example/?a=b";
	case FIELD_TEXT:
		return words[salt % G_N_ELEMENTS(words)];
	default:
		return salt % 2 ? "alpha" : "beta";
	}
}

static void fill(const struct record_type *type, char *record, guint salt, struct pool *pool);

static void fill_field(const struct field *field, char *record, guint salt, struct pool *pool)
{
	g_autofree char *message = NULL;
	g_autofree char *hint = NULL;
	struct field own = *field;
	guint n = 1 + salt % 3;

	if (field->type == FIELD_GROUP) {
		fill(field->sub, field_place(field, record, pool), salt + 1, pool);
	} else if (field->type == FIELD_ITEMS) {
		struct items items = { pool_alloc(pool, n * field->sub->size), n };
		for (guint i = 0; i < n; i++)
			fill(field->sub, (char *)items.at + (gsize)i * field->sub->size, salt + i,
			     pool);
		memcpy(field_place(field, record, pool), &items, sizeof items);
	} else if (field->flags & FIELD_MANY) {
		const char **list = pool_alloc(pool, (n + 1) * sizeof *list);
		for (guint i = 0; i < n; i++)
			list[i] = pool_text(pool, value_of(field, salt + i));
		memcpy(field_place(field, record, pool), &list, sizeof list);
	} else if (field_is_text(field)) {
		const char *text = pool_text(pool, value_of(field, salt));
		memcpy(field_place(field, record, pool), &text, sizeof text);
	} else {
		own.least = own.most = 0;
		bool read = field_parse(&own, value_of(field, salt), record, pool, &message, &hint);
		g_assert_cmpstr(message, ==, NULL);
		g_assert_true(read);
	}
}

static void fill(const struct record_type *type, char *record, guint salt, struct pool *pool)
{
	record_clear(type, record);
	for (guint i = 0; i < type->n_fields; i++)
		fill_field(&type->fields[i], record, salt + i, pool);
}

static const void *full_record(enum kind kind, const char *id, guint salt, struct pool *pool)
{
	struct record *record = pool_alloc(pool, record_type(kind)->size);

	fill(record_type(kind), (char *)record, salt, pool);
	record->id = id;
	return record;
}

static void test_records(void)
{
	struct store *store = open_at(NULL);
	struct pool *pool = pool_new();
	GError *error = NULL;

	for (guint k = 0; k < KIND_COUNT; k++) {
		enum kind kind = (enum kind)k;
		const struct record_type *type = record_type(kind);
		bool single = record_is_single(type);
		const char *const ids[] = { single ? type->name : "alpha", "beta", "beta-2", "z9" };
		const void *records[4] = { NULL };

		check(store_begin(store, &error), error);
		for (guint i = 0; i < (single ? 1 : 4); i++) {
			records[i] = full_record(kind, ids[i], i * 3, pool);
			check(store_put(store, kind, records[i], &error), error);
		}
		check(store_commit(store, &error), error);
		g_autoptr(GPtrArray) out = g_ptr_array_new();
		check(store_load(store, kind, pool, out, &error), error);
		g_assert_cmpuint(out->len, ==, single ? 1 : 4);
		for (guint i = 0; i < out->len; i++) {
			const void *one = store_get(store, kind, ids[i], pool, &error);

			g_assert_no_error(error);
			g_assert_true(record_equal(type, records[i], out->pdata[i]));
			g_assert_true(record_equal(type, records[i], one));
		}
		/* Replaced whole: nothing of the former one stays. */
		check(store_begin(store, &error), error);
		const void *other = full_record(kind, ids[0], 7, pool);
		check(store_put(store, kind, other, &error), error);
		check(store_commit(store, &error), error);
		g_assert_true(
			record_equal(type, other, store_get(store, kind, ids[0], pool, &error)));
		check(store_begin(store, &error), error);
		check(store_remove(store, kind, ids[0], &error), error);
		check(store_commit(store, &error), error);
		g_assert_null(store_get(store, kind, ids[0], pool, &error));
		g_assert_no_error(error);
	}
	pool_unref(pool);
	store_close(store);
}

static void assert_queries(struct store *store)
{
	GError *error = NULL;
	const struct {
		struct change_query query;
		guint found;
	} queries[] = {
		{ { 0 }, 3 },
		{ { .limit = 2 }, 2 },
		{ { .actor = "ana" }, 2 },
		{ { .kind = "institution", .id = "id1" }, 1 },
		{ { .kind = "institution" }, 3 },
		{ { .kind = "programme" }, 0 },
		{ { .kind = "institution", .id = "id0", .actor = "eva" }, 1 },
		{ { .since = 1001 }, 2 },
		{ { .until = 1001 }, 1 },
		{ { .kind = "institution", .id = "id0", .since = 1001, .until = 1003 }, 1 },
		{ { .above = 2 }, 1 },
	};
	for (guint i = 0; i < G_N_ELEMENTS(queries); i++) {
		g_autoptr(GPtrArray) out = changes_new();

		check(store_changes(store, &queries[i].query, out, &error), error);
		g_assert_cmpuint(out->len, ==, queries[i].found);
	}
	gint64 last = -1;
	check(store_last_change(store, 1002, &last, &error), error);
	g_assert_cmpint(last, ==, 2);
	check(store_last_change(store, 1000, &last, &error), error);
	g_assert_cmpint(last, ==, 0);
	check(store_last_change(store, G_MAXINT64, &last, &error), error);
	g_assert_cmpint(last, ==, 3);
}

static void test_history(void)
{
	struct store *store = open_at(NULL);
	GError *error = NULL;
	gint64 before = 0;
	gint64 after = 0;

	check(store_version(store, &before, &error), error);
	check(store_begin(store, &error), error);
	for (guint i = 0; i < 3; i++) {
		struct change *change = change_new();
		g_autofree char *id = g_strdup_printf("id%u", i % 2);

		change->at = 1000 + i;
		change->actor = g_strdup(i == 2 ? "eva" : "ana");
		change->summary = g_strdup("x");
		change->undoes = i == 2 ? 1 : 0;
		change_set(change, KIND_INSTITUTION, id, "city", NULL)->old_text = g_strdup("Lima");
		change_insert(change, KIND_TERRITORY, "t", "agenda.items", "{}")->position = 4;
		check(store_add_change(store, change, &error), error);
		g_assert_cmpint(change->id, ==, i + 1);
		change_free(change);
	}
	check(store_commit(store, &error), error);
	check(store_version(store, &after, &error), error);
	g_assert_cmpint(after, >, before);

	assert_queries(store);
	struct change *first = store_change(store, 1, &error);
	g_assert_no_error(error);
	g_assert_cmpint(first->undone_by, ==, 3);
	const struct op *op = first->ops->pdata[1];
	g_assert_cmpint(op->verb, ==, OP_INSERT);
	g_assert_cmpint(op->kind, ==, KIND_TERRITORY);
	g_assert_cmpint(op->position, ==, 4);
	change_free(first);
	g_assert_null(store_change(store, 99, &error));
	g_assert_error(error, TELAR_ERROR, TELAR_ERROR_NO_INPUT);
	g_error_free(error);
	store_close(store);
}

static void test_rollback(void)
{
	g_autofree char *dir = g_dir_make_tmp("telar-XXXXXX", NULL);
	g_autofree char *path = g_build_filename(dir, "s.telar", NULL);
	struct store *store = open_at(path);
	struct store *other = open_at(path);
	GError *error = NULL;
	gint64 version = 0;
	gint64 again = 0;

	check(store_version(other, &version, &error), error);
	check(store_begin(store, &error), error);
	check(store_set_meta(store, "k", "v", &error), error);
	store_rollback(store);
	store_rollback(store); /* once too often is nothing */
	g_assert_null(store_meta(other, "k", &error));
	check(store_begin(other, &error), error); /* the lock is free again */
	check(store_set_meta(other, "k", "w", &error), error);
	check(store_commit(other, &error), error);
	g_autofree char *value = store_meta(store, "k", &error);
	g_assert_cmpstr(value, ==, "w");
	check(store_version(store, &again, &error), error);
	g_assert_cmpint(again, >, version);
	store_close(store);
	store_close(other);
	remove_tree(dir);
}

/* --- files of others --------------------------------------------------------------------- */

static void refuse(const char *path)
{
	GError *error = NULL;

	g_assert_null(store_open(path, false, &error));
	g_assert_error(error, TELAR_ERROR, TELAR_ERROR_DATA);
	g_error_free(error);
}

static void test_foreign(void)
{
	static const char *const attacks[] = {
		"CREATE TRIGGER t AFTER INSERT ON meta BEGIN DELETE FROM file; END",
		"CREATE VIEW v AS SELECT 1",
		"DROP TABLE outbox; CREATE TABLE outbox (id INTEGER PRIMARY KEY)",
		"DROP TABLE file_edit",
		"CREATE INDEX other ON change (actor)",
		"PRAGMA user_version = 99",
		"PRAGMA application_id = 5",
		/* the index of words, what belongs to it, and the views */
		"CREATE TRIGGER t AFTER INSERT ON search_text BEGIN DELETE FROM file; END",
		"CREATE INDEX other ON search_docsize (sz)",
		"DROP VIEW v_tie; CREATE VIEW v_tie AS SELECT 1",
		"DROP VIEW v_gap",
		"DROP TABLE search; CREATE TABLE search (name, place, words)",
		"DROP TABLE search; CREATE VIRTUAL TABLE search USING fts5(name, place, words)",
		"CREATE VIRTUAL TABLE other USING fts5(name)",
		"PRAGMA writable_schema = ON; DELETE FROM sqlite_schema WHERE name = 'search_idx'",
		("PRAGMA writable_schema = ON; UPDATE sqlite_schema SET type = 'view', "
		 "rootpage = 0, sql = 'CREATE VIEW search_data AS SELECT 1' "
		 "WHERE name = 'search_data'"),
		("PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage = 0, "
		 "sql = 'CREATE VIRTUAL TABLE search_data USING fts5(x)' "
		 "WHERE name = 'search_data'"),
	};
	g_autofree char *dir = g_dir_make_tmp("telar-XXXXXX", NULL);

	for (guint i = 0; i < G_N_ELEMENTS(attacks); i++) {
		g_autofree char *path = g_strdup_printf("%s/%u.telar", dir, i);

		store_close(open_at(path));
		sql(path, attacks[i]);
		refuse(path);
	}
	g_autofree char *text = g_build_filename(dir, "text", NULL);
	put_file(dir, "text", "This is no database at all, only words, and rather many of them.");
	refuse(text);
	remove_tree(dir);
}

/* How SQLite words the index's own tables differs from version to version. */
static void test_other_sqlite(void)
{
	static const char *const words[] = {
		"CREATE TABLE \"search_data\"(id INTEGER PRIMARY KEY, block BLOB)",
		"CREATE TABLE search_data (id INTEGER PRIMARY KEY, block BLOB, more)",
	};
	g_autofree char *dir = g_dir_make_tmp("telar-XXXXXX", NULL);

	for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
		g_autofree char *path = g_strdup_printf("%s/%u.telar", dir, i);
		char *change = sqlite3_mprintf("PRAGMA writable_schema = ON; UPDATE sqlite_schema "
					       "SET sql = %Q WHERE name = 'search_data'",
					       words[i]);

		store_close(open_at(path));
		sql(path, change);
		store_close(open_at(path));
		sqlite3_free(change);
	}
	remove_tree(dir);
}

/* Another version's columns: the tables of records are made anew, history stays. */
static void test_other_columns(void)
{
	g_autofree char *dir = g_dir_make_tmp("telar-XXXXXX", NULL);
	g_autofree char *path = g_build_filename(dir, "s.telar", NULL);
	struct store *store = open_at(path);
	struct change *change = change_new();
	GError *error = NULL;

	change->actor = g_strdup("ana");
	change->summary = g_strdup("x");
	check(store_begin(store, &error), error);
	check(store_add_change(store, change, &error), error);
	check(store_commit(store, &error), error);
	change_free(change);
	store_close(store);
	sql(path, "ALTER TABLE institution ADD COLUMN hat TEXT;"
		  "INSERT INTO file VALUES ('a', 1, 1, 'x', 0, 'institution', 'a');"
		  "CREATE TABLE gone (id TEXT PRIMARY KEY) STRICT");
	store = open_at(path);
	g_autoptr(GPtrArray) files = g_ptr_array_new();
	check(store_files(store, files, &error), error);
	g_assert_cmpuint(files->len, ==, 0);
	change = store_change(store, 1, &error);
	g_assert_no_error(error);
	change_free(change);
	store_close(store);
	remove_tree(dir);
}

/* A snapshot stays what it is: no second one takes its name. */
static void test_snapshots(void)
{
	struct store *store = open_at(NULL);
	const struct snapshot first = { (char *)(gsize) "spring", 7, 1000, (char *)(gsize) "ana",
					NULL };
	g_autoptr(GPtrArray) out = snapshots_new();
	GError *error = NULL;

	check(store_begin(store, &error), error);
	check(store_add_snapshot(store, &first, &error), error);
	g_assert_false(store_add_snapshot(store, &first, &error));
	g_assert_error(error, TELAR_ERROR, TELAR_ERROR_CONFLICT);
	g_clear_error(&error);
	check(store_commit(store, &error), error);
	check(store_snapshots(store, out, &error), error);
	g_assert_cmpuint(out->len, ==, 1);
	const struct snapshot *found = out->pdata[0];
	g_assert_cmpstr(found->name, ==, "spring");
	g_assert_cmpint(found->change, ==, 7);
	store_close(store);
}

static void destroy_file(gpointer state)
{
	file_state_free(state);
}

struct visit {
	struct store *store;
	GString *seen;
	guint most;
};

static bool see_text(const struct file_text *text, void *data, GError **error)
{
	struct visit *visit = data;
	gsize size = 0;
	const char *content = g_bytes_get_data(text->content, &size);
	const struct file_state state = { .path = text->path,
					  .hash = (char *)(gsize) "x",
					  .kind = KIND_INSTITUTION,
					  .id = text->path };

	g_string_append_printf(visit->seen, "%s=%.*s ", text->path, (int)size, content);
	if (visit->most-- > 0)
		return store_put_file(visit->store, &state, error);
	g_set_error_literal(error, TELAR_ERROR, TELAR_ERROR_DATA, "enough");
	return false;
}

/* If it fails, tables that are filled from kept bytes miss some, or a second try does. */
static void test_each_text(void)
{
	struct visit visit = { open_at(NULL), g_string_new(NULL), 1 };
	g_autoptr(GBytes) bytes = g_bytes_new_static("id: a", 5);
	g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(destroy_file);
	GError *error = NULL;

	check(store_begin(visit.store, &error), error);
	for (const char *path = "cba"; *path != '\0'; path++) {
		char name[] = { *path, '\0' };
		check(store_put_text(visit.store, name, bytes, &error), error);
	}
	g_assert_false(store_each_text(visit.store, see_text, &visit, &error));
	g_assert_error(error, TELAR_ERROR, TELAR_ERROR_DATA);
	g_clear_error(&error);
	g_assert_cmpstr(visit.seen->str, ==, "a=id: a b=id: a ");
	visit.most = 3;
	check(store_each_text(visit.store, see_text, &visit, &error), error);
	check(store_commit(visit.store, &error), error);
	g_assert_cmpstr(visit.seen->str, ==, "a=id: a b=id: a a=id: a b=id: a c=id: a ");
	check(store_files(visit.store, files, &error), error);
	g_assert_cmpuint(files->len, ==, 3);
	g_string_free(visit.seen, TRUE);
	store_close(visit.store);
}

/* An edit upon an edit that waits: the one conflict goes on, and its number is told. */
static void test_conflict_again(void)
{
	struct store *store = open_at(NULL);
	struct change *change = change_new();
	struct conflict first = { .kind = KIND_INSTITUTION,
				  .record = (char *)(gsize) "alpha",
				  .path = (char *)(gsize) "city",
				  .mine = (char *)(gsize) "Puebla",
				  .theirs = (char *)(gsize) "Quito",
				  .mine_by = (char *)(gsize) "ana",
				  .theirs_by = (char *)(gsize) "files" };
	struct conflict again = first;
	GError *error = NULL;

	change->actor = g_strdup("ana");
	change->summary = g_strdup("");
	check(store_begin(store, &error), error);
	check(store_add_change(store, change, &error), error);
	first.change = again.change = change->id;
	again.base = first.mine;
	again.mine = (char *)(gsize) "Lima";
	check(store_add_conflict(store, &first, &error), error);
	check(store_add_conflict(store, &again, &error), error);
	check(store_commit(store, &error), error);
	g_assert_cmpint(first.id, >, 0);
	g_assert_cmpint(again.id, ==, first.id);
	g_autoptr(GPtrArray) open = g_ptr_array_new();
	check(store_conflicts(store, true, open, &error), error);
	g_assert_cmpuint(open->len, ==, 1);
	struct conflict *kept = open->pdata[0];
	g_assert_cmpstr(kept->mine, ==, "Lima");
	g_assert_cmpstr(kept->base, ==, NULL);
	conflict_free(kept);
	change_free(change);
	store_close(store);
}

/* A file of the format before this one: copied beside, then brought forward, nothing lost. */
static void test_older_format(void)
{
	g_autofree char *dir = g_dir_make_tmp("telar-XXXXXX", NULL);
	g_autofree char *path = g_build_filename(dir, "s.telar", NULL);
	g_autofree char *beside = g_strconcat(path, ".format-1-20261122T100000Z", NULL);
	g_autoptr(GPtrArray) out = snapshots_new();
	GError *error = NULL;

	g_setenv("TELAR_NOW", "2026-11-22T10:00:00Z", TRUE);

	store_close(open_at(path));
	sql(path, TO_FORMAT_1 "; INSERT INTO meta VALUES ('k', 'v')");
	struct store *store = store_open(path, true, &error); /* only read: as it is */
	g_assert_no_error(error);
	check(store_snapshots(store, out, &error), error);
	store_close(store);
	g_assert_false(g_file_test(beside, G_FILE_TEST_EXISTS));
	store = open_at(path);
	check(store_snapshots(store, out, &error), error);
	g_autofree char *value = store_meta(store, "k", &error);
	g_assert_cmpstr(value, ==, "v");
	store_close(store);
	g_assert_true(g_file_test(beside, G_FILE_TEST_EXISTS));
	store = store_open(beside, true, &error);
	g_assert_no_error(error);
	store_close(store);
	remove_tree(dir);
}

/* If it fails, stores with the views of format 5 cannot be opened, or keep them. */
static void test_older_views(void)
{
	g_autofree char *dir = g_dir_make_tmp("telar-XXXXXX", NULL);
	g_autofree char *path = g_build_filename(dir, "s.telar", NULL);
	g_autoptr(GHashTable) replaced = g_hash_table_new(g_str_hash, g_str_equal);
	guint n;
	const struct fixed *fixed = schema_fixed(&n);

	store_close(open_at(path));
	for (guint i = n; i-- > 0;) {
		g_autofree char *was =
			g_strdup_printf("DROP VIEW %s; %s", fixed[i].name, fixed[i].create);

		if (fixed[i].since > 5)
			g_hash_table_add(replaced, (gpointer)(gsize)fixed[i].name);
		else if (g_hash_table_contains(replaced, fixed[i].name))
			sql(path, was);
	}
	sql(path, "PRAGMA user_version = 5");
	store_close(open_at(path));
	remove_tree(dir);
}

/* A copy is the same data, sound, and never takes the place of a file. */
static void test_copy(void)
{
	g_autofree char *dir = g_dir_make_tmp("telar-XXXXXX", NULL);
	g_autofree char *path = g_build_filename(dir, "s.telar", NULL);
	g_autofree char *copy = g_build_filename(dir, "copy.telar", NULL);
	g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);
	struct pool *pool = pool_new();
	GError *error = NULL;
	struct store *store = open_at(path);
	const struct record *full = full_record(KIND_INSTITUTION, "alpha", 5, pool);

	check(store_begin(store, &error), error);
	check(store_put(store, KIND_INSTITUTION, full, &error), error);
	check(store_commit(store, &error), error);
	check(store_copy(store, copy, &error), error);
	g_assert_false(store_copy(store, copy, &error));
	g_assert_error(error, TELAR_ERROR, TELAR_ERROR_CANNOT_CREATE);
	g_clear_error(&error);
	store_close(store);
	store = store_open_alone(copy, true, &error);
	g_assert_no_error(error);
	const void *read = store_get(store, KIND_INSTITUTION, "alpha", pool, &error);
	g_assert_no_error(error);
	g_assert_true(record_equal(record_type(KIND_INSTITUTION), read, full));
	check(store_verify(store, problems, &error), error);
	g_assert_cmpuint(problems->len, ==, 0);
	store_close(store);
	pool_unref(pool);
	remove_tree(dir);
}

/* A damaged value is an error of the store, not a crash and not a wrong record. */
static void test_damaged(void)
{
	static const char *const damages[] = {
		"INSERT INTO institution (version, id, verified) VALUES (1, 'a', 'yesterday')",
		"INSERT INTO institution (version, id, territories) VALUES (1, 'a', '[\"x\"')",
		"INSERT INTO institution (version, id, territories) VALUES (1, 'a', '[[1]]')",
		"INSERT INTO institution (version, id) VALUES (1, '../a')",
		"INSERT INTO institution_partners (parent, ord) VALUES ('nobody', 0)",
	};
	g_autofree char *dir = g_dir_make_tmp("telar-XXXXXX", NULL);

	for (guint i = 0; i < G_N_ELEMENTS(damages); i++) {
		g_autofree char *path = g_strdup_printf("%s/%u.telar", dir, i);
		GError *error = NULL;
		struct pool *pool = pool_new();
		g_autoptr(GPtrArray) out = g_ptr_array_new();

		store_close(open_at(path));
		sql(path, "INSERT INTO institution (version, id) VALUES (1, 'zz')");
		sql(path, damages[i]);
		struct store *store = open_at(path);
		g_assert_false(store_load(store, KIND_INSTITUTION, pool, out, &error));
		g_assert_error(error, TELAR_ERROR, TELAR_ERROR_DATA);
		g_error_free(error);
		store_close(store);
		pool_unref(pool);
	}
	remove_tree(dir);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/data/store/records", test_records);
	g_test_add_func("/data/store/history", test_history);
	g_test_add_func("/data/store/rollback", test_rollback);
	g_test_add_func("/data/store/foreign", test_foreign);
	g_test_add_func("/data/store/other-sqlite", test_other_sqlite);
	g_test_add_func("/data/store/other-columns", test_other_columns);
	g_test_add_func("/data/store/snapshots", test_snapshots);
	g_test_add_func("/data/store/conflict-again", test_conflict_again);
	g_test_add_func("/store/older-views", test_older_views);
	g_test_add_func("/data/store/older-format", test_older_format);
	g_test_add_func("/data/store/copy", test_copy);
	g_test_add_func("/data/store/each-text", test_each_text);
	g_test_add_func("/data/store/damaged", test_damaged);
	return g_test_run();
}
