/*
 * What was computed from the records and can be computed again: kept so that it is
 * there at once, and so that analysts find it in tables.  Not data: it neither
 * makes a new version of the store nor waits for the disk, and whoever cannot keep
 * it goes on without.
 */
#include "data/store/sqlite_private.h"

#include "base/errors.h"

#include <glib/gi18n.h>

static bool is_able(const struct store *store, GError **error)
{
	if (!store->read_only && !store->writing)
		return true;
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_DENIED,
		    _("nothing can be kept beside what is only read"));
	return false;
}

/* As store_begin(), but nobody has to look again for it. */
static bool begin(struct store *store, GError **error)
{
	if (!is_able(store, error) || !store_begin(store, error))
		return false;
	store_set_derived(store);
	return true;
}

static bool end(struct store *store, bool good, GError **error)
{
	if (good)
		return store_commit(store, error);
	store_rollback(store);
	return false;
}

static void bind_key(sqlite3_stmt *statement, const struct cache_key *key)
{
	bind_text(statement, 1, key->kind);
	bind_text(statement, 2, key->filter ? key->filter : "");
	bind_text(statement, 3, key->basis ? key->basis : "");
	sqlite3_bind_int64(statement, 4, (gint64)key->fingerprint);
}

bool store_cache_put(struct store *store, const struct cache_key *key, gint64 at, GBytes *content,
		     GError **error)
{
	if (!begin(store, error))
		return false;
	sqlite3_stmt *put = store_prepare(store, STATEMENT_PUT_CACHE, error);
	if (put) {
		bind_key(put, key);
		sqlite3_bind_int64(put, 5, at);
		bind_bytes(put, 6, content);
	}
	bool good = put && store_run(store, put, error) &&
		    store_perform(store, STATEMENT_TRIM_CACHE, error);
	return end(store, good, error);
}

GBytes *store_cache_get(struct store *store, const struct cache_key *key, GError **error)
{
	bool row = false;
	GBytes *content = NULL;

	if (store->format < 4)
		return NULL;
	sqlite3_stmt *statement = store_prepare(store, STATEMENT_CACHE, error);
	if (!statement)
		return NULL;
	bind_key(statement, key);
	if (store_step(store, statement, &row, error) && row) {
		content = column_bytes(statement, 0);
		sqlite3_reset(statement);
	}
	return content;
}

/* --- tables for analysts ---------------------------------------------------------------- */

/* Borrowed: the text stays until the statement has run. */
static void bind_borrowed(sqlite3_stmt *statement, int parameter, const char *text)
{
	sqlite3_bind_text(statement, parameter, text, -1, SQLITE_STATIC);
}

static bool put_measure(struct store *store, sqlite3_stmt *put, const struct measure_row *row,
			GError **error)
{
	bind_borrowed(put, 1, row->level);
	bind_borrowed(put, 2, row->subject);
	bind_borrowed(put, 3, row->other ? row->other : "");
	bind_borrowed(put, 4, row->measure);
	sqlite3_bind_double(put, 5, row->value); /* NaN becomes NULL */
	return store_run(store, put, error);
}

static bool put_measures(struct store *store, guint64 fingerprint,
			 bool (*next)(struct measure_row *row, void *data), void *data,
			 GError **error)
{
	sqlite3_stmt *put = store_prepare(store, STATEMENT_PUT_MEASURE, error);
	struct measure_row row = { 0 };
	bool good = true;

	if (!put)
		return false;
	sqlite3_bind_int64(put, 6, (gint64)fingerprint);
	while (good && next(&row, data)) {
		good = put_measure(store, put, &row, error);
		row = (struct measure_row){ 0 };
	}
	sqlite3_clear_bindings(put);
	return good;
}

bool store_tabulate_measures(struct store *store, guint64 fingerprint,
			     bool (*next)(struct measure_row *row, void *data), void *data,
			     GError **error)
{
	if (!begin(store, error))
		return false;
	return end(store,
		   store_perform(store, STATEMENT_CLEAR_MEASURES, error) &&
			   put_measures(store, fingerprint, next, data, error),
		   error);
}

static bool put_gap(struct store *store, const struct gap_row *row, guint place,
		    guint64 fingerprint, GError **error)
{
	sqlite3_stmt *put = store_prepare(store, STATEMENT_PUT_GAP, error);

	if (!put)
		return false;
	bind_text(put, 1, row->id);
	sqlite3_bind_int64(put, 2, place);
	bind_text(put, 3, row->kind);
	sqlite3_bind_double(put, 4, row->severity);
	bind_text(put, 5, row->status);
	bind_text(put, 6, row->owner);
	bind_text(put, 7, row->title);
	bind_text(put, 8, row->reason);
	bind_text(put, 9, row->advice);
	bind_text(put, 10, row->territory);
	bind_text(put, 11, row->institutions);
	sqlite3_bind_int64(put, 12, (gint64)fingerprint);
	return store_run(store, put, error);
}

bool store_tabulate_gaps(struct store *store, guint64 fingerprint, const struct gap_row *rows,
			 guint n, GError **error)
{
	if (!begin(store, error))
		return false;
	bool good = store_perform(store, STATEMENT_CLEAR_GAPS, error);
	for (guint i = 0; good && i < n; i++)
		good = put_gap(store, &rows[i], i + 1, fingerprint, error);
	return end(store, good, error);
}

bool store_tabulated(struct store *store, bool gaps, guint64 *fingerprint, GError **error)
{
	bool row = false;

	*fingerprint = 0;
	if (store->format < 4)
		return true;
	sqlite3_stmt *statement = store_prepare(
		store, gaps ? STATEMENT_TABULATED_GAPS : STATEMENT_TABULATED_MEASURES, error);
	if (!statement || !store_step(store, statement, &row, error))
		return false;
	if (row)
		*fingerprint = (guint64)sqlite3_column_int64(statement, 0);
	sqlite3_reset(statement);
	return true;
}
