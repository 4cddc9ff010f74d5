/*
 * What must stand in the store's file, and nothing else: the fixed tables of
 * history and files, the tables of records.  A file of somebody else, of a newer
 * version, or one with triggers or views added is refused.  A file of an older
 * format is copied beside and gets the tables that came since.  Tables of records
 * whose columns are of another version are made anew: the YAML files are read
 * again, history stays.
 */
#include "data/store/sqlite_private.h"

#include "base/errors.h"

#include <glib/gi18n.h>
#include <string.h>

struct fixed {
	gint64 since; /* format */
	const char *name;
	const char *create;
};

static const struct fixed fixed_tables[] = {
	{ 1, "meta",
	  "CREATE TABLE meta (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) "
	  "STRICT, WITHOUT ROWID" },
	{ 1, "file",
	  "CREATE TABLE file (path TEXT NOT NULL PRIMARY KEY, size INTEGER NOT NULL, "
	  "mtime INTEGER NOT NULL, hash TEXT NOT NULL, broken INTEGER NOT NULL, "
	  "kind TEXT NOT NULL, record TEXT NOT NULL) STRICT, WITHOUT ROWID" },
	{ 1, "change",
	  "CREATE TABLE change (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, "
	  "actor TEXT NOT NULL, summary TEXT NOT NULL, "
	  "undoes INTEGER REFERENCES change (id)) STRICT" },
	{ 1, "op",
	  "CREATE TABLE op (change INTEGER NOT NULL REFERENCES change (id), "
	  "seq INTEGER NOT NULL, verb TEXT NOT NULL, kind TEXT NOT NULL, "
	  "record TEXT NOT NULL, path TEXT NOT NULL, position INTEGER NOT NULL, "
	  "old TEXT, new TEXT, PRIMARY KEY (change, seq)) STRICT, WITHOUT ROWID" },
	{ 1, "file_edit",
	  "CREATE TABLE file_edit (change INTEGER NOT NULL REFERENCES change (id), "
	  "path TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL, "
	  "\"offset\" INTEGER NOT NULL, old BLOB NOT NULL, new BLOB NOT NULL, "
	  "PRIMARY KEY (change, path)) STRICT" },
	{ 1, "outbox",
	  "CREATE TABLE outbox (id INTEGER PRIMARY KEY, "
	  "change INTEGER NOT NULL REFERENCES change (id), path TEXT NOT NULL, "
	  "before TEXT NOT NULL, content BLOB) STRICT" },
	{ 1, "op_record", "CREATE INDEX op_record ON op (kind, record)" },
	{ 1, "change_undoes", "CREATE INDEX change_undoes ON change (undoes)" },
	{ 2, "snapshot",
	  "CREATE TABLE snapshot (name TEXT NOT NULL PRIMARY KEY, change INTEGER NOT NULL, "
	  "at INTEGER NOT NULL, actor TEXT NOT NULL, note TEXT) STRICT, WITHOUT ROWID" },
	{ 2, "file_text",
	  "CREATE TABLE file_text (path TEXT NOT NULL PRIMARY KEY, content BLOB NOT NULL) "
	  "STRICT" },
	{ 3, "conflict",
	  "CREATE TABLE conflict (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, "
	  "record TEXT NOT NULL, path TEXT NOT NULL, base TEXT, mine TEXT, theirs TEXT, "
	  "change INTEGER NOT NULL REFERENCES change (id), mine_by TEXT NOT NULL, "
	  "mine_at INTEGER NOT NULL, theirs_by TEXT NOT NULL, theirs_at INTEGER NOT NULL, "
	  "decision TEXT, decided_by TEXT, decided_at INTEGER) STRICT" },
	{ 4, "cache",
	  "CREATE TABLE cache (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, "
	  "filter TEXT NOT NULL, basis TEXT NOT NULL, fingerprint INTEGER NOT NULL, "
	  "at INTEGER NOT NULL, content BLOB NOT NULL, UNIQUE (kind, filter, basis)) STRICT" },
	{ 4, "measure_value",
	  "CREATE TABLE measure_value (level TEXT NOT NULL, subject TEXT NOT NULL, "
	  "other TEXT NOT NULL, measure TEXT NOT NULL, value REAL, "
	  "fingerprint INTEGER NOT NULL, PRIMARY KEY (level, measure, subject, other)) "
	  "STRICT, WITHOUT ROWID" },
	{ 4, "gap_found",
	  "CREATE TABLE gap_found (id TEXT NOT NULL PRIMARY KEY, place INTEGER NOT NULL, "
	  "kind TEXT NOT NULL, severity REAL NOT NULL, status TEXT NOT NULL, owner TEXT, "
	  "title TEXT NOT NULL, reason TEXT, advice TEXT, territory TEXT, "
	  "institutions TEXT NOT NULL, fingerprint INTEGER NOT NULL) STRICT, WITHOUT ROWID" },
};

struct found {
	bool nothing;	    /* an empty file */
	bool older;	    /* tables are to be added */
	bool other_records; /* tables of records are not as wanted */
	gint64 format;
};

struct tally {
	guint objects, fixed, records; /* of all; as wanted */
	bool other;		       /* a table of records that is not as wanted */
};

/* name -> create of everything that should be there; borrowed texts */
static GHashTable *wanted_schema(const struct store *store, gint64 format, guint *n_fixed)
{
	GHashTable *wanted = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < G_N_ELEMENTS(fixed_tables); i++)
		if (fixed_tables[i].since <= format)
			g_hash_table_insert(wanted, (gpointer)(gsize)fixed_tables[i].name,
					    (gpointer)(gsize)fixed_tables[i].create);
	*n_fixed = g_hash_table_size(wanted);
	for (guint k = 0; k < KIND_COUNT; k++) {
		const struct layout *layout = store->kinds[k];

		g_hash_table_insert(wanted, layout->table, layout->create);
		for (guint i = 0; i < layout->items->len; i++) {
			const struct layout *items = layout->items->pdata[i];
			g_hash_table_insert(wanted, items->table, items->create);
		}
	}
	return wanted;
}

static bool is_fixed(const char *name)
{
	for (guint i = 0; i < G_N_ELEMENTS(fixed_tables); i++) {
		if (strcmp(fixed_tables[i].name, name) == 0)
			return true;
	}
	return false;
}

static bool integer_of(const struct store *store, const char *sql, gint64 *out, GError **error)
{
	sqlite3_stmt *statement = NULL;
	int code = sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL);

	if (code == SQLITE_OK)
		code = sqlite3_step(statement);
	if (code == SQLITE_ROW)
		*out = sqlite3_column_int64(statement, 0);
	bool good = code == SQLITE_ROW || store_fail(store, code, error);
	sqlite3_finalize(statement);
	return good;
}

/* Compares one row of sqlite_schema with what should be there. */
static bool compare_row(const struct store *store, sqlite3_stmt *row, GHashTable *wanted,
			struct tally *tally, GError **error)
{
	const char *type = (const char *)sqlite3_column_text(row, 0);
	const char *name = (const char *)sqlite3_column_text(row, 1);
	const char *sql = (const char *)sqlite3_column_text(row, 2);

	if (!type || !name)
		return store_damaged(store, "sqlite_schema", error);
	if (strcmp(type, "index") == 0 && !sql)
		return true; /* made by SQLite for a key */
	bool table = strcmp(type, "table") == 0;
	if (!table && strcmp(type, "index") != 0)
		return store_damaged(store, name, error); /* a trigger or view: not ours */
	const char *ours = g_hash_table_lookup(wanted, name);
	if (ours && sql && strcmp(ours, sql) == 0) {
		if (is_fixed(name))
			tally->fixed++;
		else
			tally->records++;
		return true;
	}
	if (!table || is_fixed(name) || !sql || !g_str_has_prefix(sql, "CREATE TABLE "))
		return store_damaged(store, name, error); /* nor a virtual table, which runs code */
	tally->other = true;
	return true;
}

static bool not_ours(const struct store *store, GError **error)
{
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_DATA, _("%s is not a store of telar"),
		    store->path);
	return false;
}

static bool look_at(const struct store *store, struct found *found, GError **error)
{
	gint64 application = 0;
	gint64 format = 0;
	guint n_fixed = 0;
	struct tally tally = { 0 };
	bool row = false;
	sqlite3_stmt *rows = NULL;

	if (!integer_of(store, "PRAGMA application_id", &application, error) ||
	    !integer_of(store, "PRAGMA user_version", &format, error))
		return false;
	int code = sqlite3_prepare_v2(store->db, "SELECT type, name, sql FROM sqlite_schema", -1,
				      &rows, NULL);
	if (code != SQLITE_OK)
		return store_fail(store, code, error);
	g_autoptr(GHashTable) wanted = wanted_schema(store, format, &n_fixed);
	bool good = true;
	while (good && (good = store_step(store, rows, &row, error)) && row) {
		tally.objects++;
		if (application == STORE_APPLICATION && format <= STORE_FORMAT)
			good = compare_row(store, rows, wanted, &tally, error);
	}
	sqlite3_finalize(rows);
	if (!good)
		return false;
	if (application == STORE_APPLICATION && format > STORE_FORMAT) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_DATA,
			    _("%s was made by a newer version of telar"), store->path);
		return false;
	}
	if (tally.objects > 0 && application != STORE_APPLICATION)
		return not_ours(store, error);
	if (tally.objects > 0 && (tally.fixed < n_fixed || format < 1))
		return store_damaged(store, "sqlite_schema", error);
	found->nothing = tally.objects == 0;
	found->older = !found->nothing && format < STORE_FORMAT;
	found->other_records =
		tally.other || tally.fixed + tally.records != g_hash_table_size(wanted);
	found->format = format;
	return true;
}

static bool create_layout(const struct store *store, const struct layout *layout, GError **error)
{
	if (!store_exec(store, layout->create, error))
		return false;
	for (guint i = 0; i < layout->items->len; i++) {
		if (!create_layout(store, layout->items->pdata[i], error))
			return false;
	}
	return true;
}

static bool create_records(const struct store *store, GError **error)
{
	for (guint k = 0; k < KIND_COUNT; k++) {
		if (!create_layout(store, store->kinds[k], error))
			return false;
	}
	return true;
}

static bool create_all(const struct store *store, GError **error)
{
	g_autofree char *pragmas = g_strdup_printf("PRAGMA application_id = %d; "
						   "PRAGMA user_version = %d",
						   STORE_APPLICATION, STORE_FORMAT);

	for (guint i = 0; i < G_N_ELEMENTS(fixed_tables); i++) {
		if (!store_exec(store, fixed_tables[i].create, error))
			return false;
	}
	return create_records(store, error) && store_exec(store, pragmas, error);
}

/* Drops every table that is not of the fixed ones. */
static bool drop_records(const struct store *store, GError **error)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	sqlite3_stmt *rows = NULL;
	bool row = false;
	bool good = true;
	int code = sqlite3_prepare_v2(
		store->db, "SELECT name FROM sqlite_schema WHERE type = 'table'", -1, &rows, NULL);

	if (code != SQLITE_OK)
		return store_fail(store, code, error);
	while ((good = store_step(store, rows, &row, error)) && row) {
		if (!is_fixed((const char *)sqlite3_column_text(rows, 0)))
			g_ptr_array_add(names, column_dup(rows, 0));
	}
	sqlite3_finalize(rows);
	for (guint i = 0; good && i < names->len; i++) {
		char *sql = sqlite3_mprintf("DROP TABLE \"%w\"", (char *)names->pdata[i]);
		good = store_exec(store, sql, error);
		sqlite3_free(sql);
	}
	return good;
}

/* The tables that came after the file's format. */
static bool add_tables(const struct store *store, gint64 format, GError **error)
{
	g_autofree char *pragma = g_strdup_printf("PRAGMA user_version = %d", STORE_FORMAT);

	for (guint i = 0; i < G_N_ELEMENTS(fixed_tables); i++) {
		if (fixed_tables[i].since > format &&
		    !store_exec(store, fixed_tables[i].create, error))
			return false;
	}
	return store_exec(store, pragma, error);
}

/* "network.telar.format-1": what an older program can go back to. */
static bool keep_older(struct store *store, gint64 format, GError **error)
{
	g_autofree char *beside =
		g_strdup_printf("%s.format-%" G_GINT64_FORMAT, store->path, format);

	return !store->path || g_file_test(beside, G_FILE_TEST_EXISTS) ||
	       store_copy(store, beside, error);
}

static bool bring_forward(const struct store *store, const struct found *found, GError **error)
{
	if (found->nothing)
		return create_all(store, error);
	if (found->older && !add_tables(store, found->format, error))
		return false;
	return !found->other_records ||
	       (drop_records(store, error) && create_records(store, error) &&
		store_exec(store, "DELETE FROM file; DELETE FROM meta WHERE key = '" STORE_READ "'",
			   error));
}

/*
 * Records of a store by itself can be made anew from the bytes of its files; where
 * it has none they would be lost.
 */
static bool can_refill(const struct store *store, const struct found *found, GError **error)
{
	gint64 texts = 0;

	if (!store->alone || !found->other_records)
		return true;
	if (found->format >= 2 &&
	    !integer_of(store, "SELECT count(*) FROM file_text", &texts, error))
		return false;
	if (texts > 0)
		return true;
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_DATA,
		    _("%s was made by another version of telar"), store->path);
	error_add_hint(error, _("restore it with that version, and open the directory"));
	return false;
}

bool schema_check(struct store *store, GError **error)
{
	struct found found = { 0 };

	if (!look_at(store, &found, error))
		return false;
	if (store->alone && found.nothing)
		return not_ours(store, error);
	if (store->alone && (!store_quick_check(store, error) || !can_refill(store, &found, error)))
		return false;
	store->format = found.nothing || !store->read_only ? STORE_FORMAT : found.format;
	if ((!found.nothing && !found.older && !found.other_records) || store->read_only)
		return true;
	if ((found.older && !keep_older(store, found.format, error)) || !store_begin(store, error))
		return false;
	/* Another process may have been faster. */
	if (look_at(store, &found, error) && bring_forward(store, &found, error))
		return store_commit(store, error);
	store_rollback(store);
	return false;
}
