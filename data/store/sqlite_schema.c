/*
 * What must stand in the store's file, and nothing else: the fixed tables of
 * history and files, the tables of records.  A file of somebody else, of a newer
 * version, or one with triggers or views added is refused.  A file of an older
 * format is copied beside and gets the tables that came since.  Tables of records
 * whose columns are of another version are made anew: the YAML files are read
 * again, history stays.
 */
#include "data/store/sqlite_private.h"

#include "base/clock.h"
#include "base/errors.h"

#include <glib/gi18n.h>
#include <string.h>

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

	guint n = 0;
	const struct fixed *fixed = schema_fixed(&n);

	for (guint i = 0; i < n; i++)
		if (fixed[i].since <= format)
			g_hash_table_insert(wanted, (gpointer)(gsize)fixed[i].name,
					    (gpointer)(gsize)fixed[i].create);
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
	guint n = 0;
	const struct fixed *fixed = schema_fixed(&n);

	for (guint i = 0; i < n; i++) {
		if (strcmp(fixed[i].name, name) == 0)
			return true;
	}
	return false;
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
	const char *ours = g_hash_table_lookup(wanted, name);
	bool plain = table && sql && g_str_has_prefix(sql, "CREATE TABLE ");
	if (ours && sql && (*ours ? strcmp(ours, sql) == 0 : plain)) {
		if (is_fixed(name))
			tally->fixed++;
		else
			tally->records++;
		return true;
	}
	/* No trigger, view or virtual table but ours: they run code. */
	if (!plain || is_fixed(name))
		return store_damaged(store, name, error);
	tally->other = true;
	return true;
}

static bool not_ours(const struct store *store, GError **error)
{
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_DATA, _("%s is not a store of telar"),
		    store->path);
	return false;
}

static bool other_version(const struct store *store, GError **error)
{
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_DATA,
		    _("%s was made by another version of telar"), store->path);
	return false;
}

static bool look_at(struct store *store, struct found *found, GError **error)
{
	gint64 application = 0;
	gint64 format = 0;
	guint n_fixed = 0;
	struct tally tally = { 0 };
	bool row = false;

	if (!store_number(store, STATEMENT_APPLICATION, &application, error) ||
	    !store_number(store, STATEMENT_FORMAT, &format, error))
		return false;
	sqlite3_stmt *rows = store_prepare(store, STATEMENT_SCHEMA, error);
	if (!rows)
		return false;
	g_autoptr(GHashTable) wanted = wanted_schema(store, format, &n_fixed);
	bool good = true;
	while (good && (good = store_step(store, rows, &row, error)) && row) {
		tally.objects++;
		if (application == STORE_APPLICATION && format <= STORE_FORMAT)
			good = compare_row(store, rows, wanted, &tally, error);
	}
	sqlite3_reset(rows);
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

/* Drops the view whose place the `at`th row takes, if it does. */
static bool make_room(const struct store *store, const struct fixed *fixed, guint at,
		      GError **error)
{
	g_autofree char *drop = g_strconcat("DROP VIEW ", fixed[at].name, NULL);

	for (guint i = 0; i < at; i++)
		if (strcmp(fixed[i].name, fixed[at].name) == 0)
			return store_exec(store, drop, error);
	return true;
}

/* What came after the file's format. */
static bool add_fixed(const struct store *store, gint64 format, GError **error)
{
	g_autofree char *pragma = g_strdup_printf("PRAGMA user_version = %d", STORE_FORMAT);
	guint n = 0;
	const struct fixed *fixed = schema_fixed(&n);

	for (guint i = 0; i < n; i++) {
		if (fixed[i].since > format && *fixed[i].create &&
		    (!make_room(store, fixed, i, error) ||
		     !store_exec(store, fixed[i].create, error)))
			return false;
	}
	return store_exec(store, pragma, error);
}

static bool create_all(struct store *store, GError **error)
{
	g_autofree char *pragma = g_strdup_printf("PRAGMA application_id = %d", STORE_APPLICATION);

	return create_records(store, error) && add_fixed(store, 0, error) &&
	       store_clear_index(store, error) && store_exec(store, pragma, error);
}

/* Drops every table that is not of the fixed ones. */
static bool drop_records(struct store *store, GError **error)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	sqlite3_stmt *rows = store_prepare(store, STATEMENT_SCHEMA, error);
	bool row = false;
	bool good = rows != NULL;

	while (good && (good = store_step(store, rows, &row, error)) && row) {
		const char *type = (const char *)sqlite3_column_text(rows, 0);
		if (g_strcmp0(type, "table") == 0 &&
		    !is_fixed((const char *)sqlite3_column_text(rows, 1)))
			g_ptr_array_add(names, column_dup(rows, 1));
	}
	for (guint i = 0; good && i < names->len; i++) {
		char *sql = sqlite3_mprintf("DROP TABLE \"%w\"", (char *)names->pdata[i]);
		good = store_exec(store, sql, error);
		sqlite3_free(sql);
	}
	return good;
}

/* "network.telar.format-1-20261122T100000Z": what an older program can go back to. */
static bool keep_older(struct store *store, gint64 format, GError **error)
{
	char at[CLOCK_TEXT_SIZE];
	struct clock clock = clock_system();
	g_auto(GStrv) parts = g_strsplit_set(clock_format(clock_now(&clock), at), "-:", -1);
	g_autofree char *moment = g_strjoinv("", parts);
	g_autofree char *beside =
		g_strdup_printf("%s.format-%" G_GINT64_FORMAT "-%s", store->path, format, moment);

	return !store->path || g_file_test(beside, G_FILE_TEST_EXISTS) ||
	       store_copy(store, beside, error);
}

static bool bring_forward(struct store *store, const struct found *found, GError **error)
{
	if (found->nothing)
		return create_all(store, error);
	if (found->older && !add_fixed(store, found->format, error))
		return false;
	if (found->other_records)
		return drop_records(store, error) && create_records(store, error) &&
		       store_clear_index(store, error) &&
		       store_perform(store, STATEMENT_FORGET_FILES, error) &&
		       store_perform(store, STATEMENT_FORGET_READ, error);
	return store->indexed || store_reindex(store, error);
}

/*
 * Records of a store by itself can be made anew from the bytes of its files; where
 * it has none they would be lost.
 */
static bool can_refill(struct store *store, const struct found *found, GError **error)
{
	gint64 texts = 0;

	if (!store->alone || !found->other_records)
		return true;
	if (found->format >= 2 && !store_number(store, STATEMENT_COUNT_TEXTS, &texts, error))
		return false;
	if (texts > 0)
		return true;
	other_version(store, error);
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
	bool ours = !found.nothing && !found.older && !found.other_records;
	if (store->brief) {
		store->format = STORE_FORMAT;
		return ours ? store_look_at_index(store, error) : other_version(store, error);
	}
	if (!store_set_journal(store, error))
		return false;
	if (store->alone && (!store_look_whole(store, error) || !can_refill(store, &found, error)))
		return false;
	store->format = found.nothing || !store->read_only ? STORE_FORMAT : found.format;
	store->other = found.other_records && store->read_only;
	if (!found.nothing && !store_look_at_index(store, error))
		return false;
	if (store->read_only || (ours && store->indexed))
		return true;
	if ((found.older && !keep_older(store, found.format, error)) || !store_begin(store, error))
		return false;
	/* Another process may have been faster. */
	if (look_at(store, &found, error) && (found.nothing || store_look_at_index(store, error)) &&
	    bring_forward(store, &found, error) && store_look_at_index(store, error))
		return store_commit(store, error);
	store_rollback(store);
	return false;
}
