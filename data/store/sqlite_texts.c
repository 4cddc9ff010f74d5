/*
 * Named points in history, and the bytes of entry files where a store has no
 * directory beside it.  A snapshot has no statement that changes or deletes it.
 */
#include "data/store/sqlite_private.h"

#include "base/errors.h"

#include <glib/gi18n.h>

/* --- snapshots -------------------------------------------------------------------------- */

static void destroy_snapshot(gpointer data)
{
	struct snapshot *snapshot = data;

	g_free(snapshot->name);
	g_free(snapshot->actor);
	g_free(snapshot->note);
	g_free(snapshot);
}

GPtrArray *snapshots_new(void)
{
	return g_ptr_array_new_with_free_func(destroy_snapshot);
}

bool store_add_snapshot(struct store *store, const struct snapshot *snapshot, GError **error)
{
	sqlite3_stmt *statement = store_prepare(store, STATEMENT_ADD_SNAPSHOT, error);
	g_autoptr(GError) why = NULL;

	if (!statement)
		return false;
	bind_text(statement, 1, snapshot->name);
	sqlite3_bind_int64(statement, 2, snapshot->change);
	sqlite3_bind_int64(statement, 3, snapshot->at);
	bind_text(statement, 4, snapshot->actor);
	bind_text(statement, 5, snapshot->note);
	if (store_run(store, statement, &why))
		return true;
	if (sqlite3_extended_errcode(store->db) == SQLITE_CONSTRAINT_PRIMARYKEY) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_CONFLICT,
			    _("there is a snapshot \"%s\" already"), snapshot->name);
		error_add_hint(error, _("a snapshot stays what it is: take another name"));
	} else {
		g_propagate_error(error, g_steal_pointer(&why));
	}
	return false;
}

bool store_snapshots(struct store *store, GPtrArray *out, GError **error)
{
	sqlite3_stmt *row = NULL;
	bool more = true;

	if (store->format < 2)
		return true;
	row = store_prepare(store, STATEMENT_SNAPSHOTS, error);
	while (row && store_step(store, row, &more, error)) {
		if (!more)
			return true;
		struct snapshot *snapshot = g_new0(struct snapshot, 1);
		snapshot->name = column_dup(row, 0);
		snapshot->change = sqlite3_column_int64(row, 1);
		snapshot->at = sqlite3_column_int64(row, 2);
		snapshot->actor = column_dup(row, 3);
		snapshot->note = column_dup(row, 4);
		g_ptr_array_add(out, snapshot);
	}
	return false;
}

/* --- bytes of files --------------------------------------------------------------------- */

static void destroy_text(gpointer data)
{
	struct file_text *text = data;

	g_free(text->path);
	g_clear_pointer(&text->content, g_bytes_unref);
	g_free(text);
}

GPtrArray *file_texts_new(void)
{
	return g_ptr_array_new_with_free_func(destroy_text);
}

GBytes *store_text(struct store *store, const char *path, GError **error)
{
	sqlite3_stmt *row = NULL;
	bool more = false;

	if (store->format < 2)
		return NULL;
	row = store_prepare(store, STATEMENT_TEXT, error);
	if (!row)
		return NULL;
	bind_text(row, 1, path);
	if (!store_step(store, row, &more, error) || !more)
		return NULL;
	GBytes *content = column_bytes(row, 0);
	sqlite3_reset(row);
	return content;
}

bool store_put_text(struct store *store, const char *path, GBytes *content, GError **error)
{
	sqlite3_stmt *statement = store_prepare(store, STATEMENT_PUT_TEXT, error);

	if (!statement)
		return false;
	bind_text(statement, 1, path);
	bind_bytes(statement, 2, content);
	return store_run(store, statement, error);
}

bool store_remove_text(struct store *store, const char *path, GError **error)
{
	sqlite3_stmt *statement = store_prepare(store, STATEMENT_REMOVE_TEXT, error);

	if (!statement)
		return false;
	bind_text(statement, 1, path);
	return store_run(store, statement, error);
}

bool store_each_text(struct store *store,
		     bool (*visit)(const struct file_text *text, void *data, GError **error),
		     void *data, GError **error)
{
	sqlite3_stmt *row = NULL;
	bool more = true;

	if (store->format < 2)
		return true;
	row = store_prepare(store, STATEMENT_TEXTS, error);
	while (row && store_step(store, row, &more, error)) {
		if (!more)
			return true;
		struct file_text text = { column_dup(row, 0), column_bytes(row, 1) };
		bool good = visit(&text, data, error);
		g_free(text.path);
		g_bytes_unref(text.content);
		if (!good) {
			sqlite3_reset(row);
			return false;
		}
	}
	return false;
}

static bool keep_text(const struct file_text *text, void *out, GError **error)
{
	struct file_text *kept = g_new0(struct file_text, 1);

	(void)error;
	kept->path = g_strdup(text->path);
	kept->content = g_bytes_ref(text->content);
	g_ptr_array_add(out, kept);
	return true;
}

bool store_texts(struct store *store, GPtrArray *out, GError **error)
{
	return store_each_text(store, keep_text, out, error);
}
