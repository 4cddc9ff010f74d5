/*
 * Everything in the store that is not a record: files as last read, history, what
 * a change did to bytes, the outbox, small named values.  History has no
 * statement that changes or deletes a row.
 */
#include "data/store/sqlite_private.h"

#include "base/errors.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>

/* --- files ------------------------------------------------------------------------------ */

void file_state_free(struct file_state *state)
{
	if (!state)
		return;
	g_free(state->path);
	g_free(state->hash);
	g_free(state->id);
	g_free(state);
}

static void destroy_state(gpointer state)
{
	file_state_free(state);
}

GPtrArray *file_states_new(void)
{
	return g_ptr_array_new_with_free_func(destroy_state);
}

/* The row as a state; NULL when its kind is not one of ours. */
static struct file_state *read_file(sqlite3_stmt *row)
{
	const char *kind_name = (const char *)sqlite3_column_text(row, 5);
	enum kind kind = KIND_NETWORK;

	if (!kind_name || !kind_parse(kind_name, &kind))
		return NULL;
	struct file_state *state = g_new0(struct file_state, 1);
	state->path = column_dup(row, 0);
	state->size = sqlite3_column_int64(row, 1);
	state->mtime = sqlite3_column_int64(row, 2);
	state->hash = column_dup(row, 3);
	state->broken = sqlite3_column_int(row, 4) != 0;
	state->kind = kind;
	state->id = column_dup(row, 6);
	return state;
}

bool store_files(struct store *store, GPtrArray *out, GError **error)
{
	sqlite3_stmt *row = store_prepare(store, STATEMENT_FILES, error);
	bool more = true;

	while (row && store_step(store, row, &more, error)) {
		if (!more)
			return true;
		struct file_state *state = read_file(row);
		if (!state) {
			sqlite3_reset(row);
			return store_damaged(store, "file", error);
		}
		g_ptr_array_add(out, state);
	}
	return false;
}

struct file_state *store_file(struct store *store, const char *path, GError **error)
{
	sqlite3_stmt *row = store_prepare(store, STATEMENT_FILE, error);
	bool more = false;

	if (!row)
		return NULL;
	bind_text(row, 1, path);
	if (!store_step(store, row, &more, error) || !more)
		return NULL;
	struct file_state *state = read_file(row);
	sqlite3_reset(row);
	if (!state)
		store_damaged(store, "file", error);
	return state;
}

/* What has errors is not found by words; once mended it is. */
static bool index_file(struct store *store, const struct file_state *state, bool was_broken,
		       GError **error)
{
	g_autoptr(GError) why = NULL;

	if (!store->path || state->broken == was_broken)
		return true;
	if (state->broken)
		return store_unindex(store, state->kind, state->id, error);
	struct pool *pool = pool_new();
	const void *record = store_get(store, state->kind, state->id, pool, &why);
	bool good = !why && (!record || store_index(store, state->kind, record, true, error));
	pool_unref(pool);
	if (why)
		g_propagate_error(error, g_steal_pointer(&why));
	return good;
}

static bool was_broken(struct store *store, const char *path, bool *out, GError **error)
{
	GError *why = NULL;
	struct file_state *known = store_file(store, path, &why);

	if (why) {
		g_propagate_error(error, why);
		return false;
	}
	*out = known && known->broken;
	file_state_free(known);
	return true;
}

bool store_put_file(struct store *store, const struct file_state *state, GError **error)
{
	bool before = false;

	if (!was_broken(store, state->path, &before, error) ||
	    !index_file(store, state, before, error))
		return false;
	sqlite3_stmt *statement = store_prepare(store, STATEMENT_PUT_FILE, error);

	if (!statement)
		return false;
	bind_text(statement, 1, state->path);
	sqlite3_bind_int64(statement, 2, state->size);
	sqlite3_bind_int64(statement, 3, state->mtime);
	bind_text(statement, 4, state->hash);
	sqlite3_bind_int(statement, 5, state->broken);
	bind_text(statement, 6, record_type(state->kind)->name);
	bind_text(statement, 7, state->id);
	return store_run(store, statement, error);
}

static bool run_with_text(struct store *store, enum statement which, const char *text,
			  GError **error)
{
	sqlite3_stmt *statement = store_prepare(store, which, error);

	if (!statement)
		return false;
	bind_text(statement, 1, text);
	return store_run(store, statement, error);
}

bool store_remove_file(struct store *store, const char *path, GError **error)
{
	return run_with_text(store, STATEMENT_REMOVE_FILE, path, error);
}

/* --- history ---------------------------------------------------------------------------- */

static bool add_op(struct store *store, gint64 change, guint seq, const struct op *op,
		   GError **error)
{
	sqlite3_stmt *statement = store_prepare(store, STATEMENT_ADD_OP, error);

	if (!statement)
		return false;
	sqlite3_bind_int64(statement, 1, change);
	sqlite3_bind_int64(statement, 2, seq);
	bind_text(statement, 3, op_verb_name(op->verb));
	bind_text(statement, 4, record_type(op->kind)->name);
	bind_text(statement, 5, op->id);
	bind_text(statement, 6, op->path);
	sqlite3_bind_int(statement, 7, op->position);
	bind_text(statement, 8, op->old_text);
	bind_text(statement, 9, op->new_text);
	return store_run(store, statement, error);
}

bool store_add_change(struct store *store, struct change *change, GError **error)
{
	sqlite3_stmt *statement = store_prepare(store, STATEMENT_ADD_CHANGE, error);

	if (!statement)
		return false;
	sqlite3_bind_int64(statement, 1, change->at);
	bind_text(statement, 2, change->actor);
	bind_text(statement, 3, change->summary);
	if (change->undoes > 0)
		sqlite3_bind_int64(statement, 4, change->undoes);
	if (!store_run(store, statement, error))
		return false;
	gint64 id = sqlite3_last_insert_rowid(store->db);
	for (guint i = 0; i < change->ops->len; i++) {
		if (!add_op(store, id, i, change->ops->pdata[i], error))
			return false;
	}
	change->id = id;
	return true;
}

static struct change *read_change(sqlite3_stmt *row)
{
	struct change *change = change_new();

	change->id = sqlite3_column_int64(row, 0);
	change->at = sqlite3_column_int64(row, 1);
	change->actor = column_dup(row, 2);
	change->summary = column_dup(row, 3);
	change->undoes = sqlite3_column_int64(row, 4);
	change->undone_by = sqlite3_column_int64(row, 5);
	return change;
}

/* Appends the op of the row; false when its words are not ours. */
static bool read_op(sqlite3_stmt *row, struct change *change)
{
	const char *verb_name = (const char *)sqlite3_column_text(row, 0);
	const char *kind_name = (const char *)sqlite3_column_text(row, 1);
	enum op_verb verb = OP_SET;
	enum kind kind = KIND_NETWORK;

	if (!verb_name || !kind_name || !op_verb_parse(verb_name, &verb) ||
	    !kind_parse(kind_name, &kind))
		return false;
	struct op *op = change_set(change, kind, (const char *)sqlite3_column_text(row, 2),
				   (const char *)sqlite3_column_text(row, 3),
				   (const char *)sqlite3_column_text(row, 6));
	op->verb = verb;
	op->position = sqlite3_column_int(row, 4);
	op->old_text = column_dup(row, 5);
	return op->id && op->path;
}

static bool read_ops(struct store *store, struct change *change, GError **error)
{
	sqlite3_stmt *row = store_prepare(store, STATEMENT_OPS, error);
	bool more = true;

	if (!row)
		return false;
	sqlite3_bind_int64(row, 1, change->id);
	while (store_step(store, row, &more, error)) {
		if (!more)
			return true;
		if (!read_op(row, change)) {
			sqlite3_reset(row);
			return store_damaged(store, "op", error);
		}
	}
	return false;
}

/* 0 is any. */
static void bind_bound(sqlite3_stmt *statement, int parameter, gint64 at)
{
	if (at != 0)
		sqlite3_bind_int64(statement, parameter, at);
}

bool store_changes(struct store *store, const struct change_query *query, GPtrArray *out,
		   GError **error)
{
	enum statement which = query->id && query->kind ? STATEMENT_CHANGES_OF : STATEMENT_CHANGES;
	sqlite3_stmt *row = store_prepare(store, which, error);
	guint first = out->len;
	bool more = true;

	if (!row)
		return false;
	bind_text(row, 1, query->actor);
	bind_text(row, 2, query->kind);
	sqlite3_bind_int64(row, 3, query->limit > 0 ? (gint64)query->limit : -1);
	if (which == STATEMENT_CHANGES_OF)
		bind_text(row, 4, query->id);
	bind_bound(row, 5, query->since);
	bind_bound(row, 6, query->until);
	sqlite3_bind_int64(row, 7, query->above);
	bind_bound(row, 8, query->below);
	while (true) {
		if (!store_step(store, row, &more, error))
			return false;
		if (!more)
			break;
		g_ptr_array_add(out, read_change(row));
	}
	for (guint i = first; i < out->len; i++) {
		if (!read_ops(store, out->pdata[i], error))
			return false;
	}
	return true;
}

struct change *store_change(struct store *store, gint64 id, GError **error)
{
	sqlite3_stmt *row = store_prepare(store, STATEMENT_CHANGE, error);
	bool more = false;

	if (!row)
		return NULL;
	sqlite3_bind_int64(row, 1, id);
	if (!store_step(store, row, &more, error))
		return NULL;
	if (!more) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_NO_INPUT,
			    _("there is no change %" PRId64), id);
		return NULL;
	}
	struct change *change = read_change(row);
	sqlite3_reset(row);
	if (!read_ops(store, change, error))
		g_clear_pointer(&change, change_free);
	return change;
}

bool store_last_change(struct store *store, gint64 before, gint64 *out, GError **error)
{
	sqlite3_stmt *row = store_prepare(store, STATEMENT_LAST_CHANGE, error);
	bool more = false;

	if (!row)
		return false;
	sqlite3_bind_int64(row, 1, before);
	if (!store_step(store, row, &more, error))
		return false;
	*out = more ? sqlite3_column_int64(row, 0) : 0;
	sqlite3_reset(row);
	return true;
}

bool store_proposal(struct store *store, const char *one, const char *other, gint64 *at,
		    char **actor, GError **error)
{
	sqlite3_stmt *row = store_prepare(store, STATEMENT_PROPOSAL, error);
	bool more = false;

	if (!row)
		return false;
	bind_text(row, 1, one);
	bind_text(row, 2, other);
	if (!store_step(store, row, &more, error))
		return false;
	*at = more ? sqlite3_column_int64(row, 0) : 0;
	*actor = more ? column_dup(row, 1) : NULL;
	sqlite3_reset(row);
	return true;
}

/* --- bytes of files --------------------------------------------------------------------- */

void file_edit_free(struct file_edit *edit)
{
	if (!edit)
		return;
	g_free(edit->path);
	g_free(edit->before);
	g_free(edit->after);
	g_clear_pointer(&edit->old_bytes, g_bytes_unref);
	g_clear_pointer(&edit->new_bytes, g_bytes_unref);
	g_free(edit);
}

bool store_add_edit(struct store *store, gint64 change, const struct file_edit *edit,
		    GError **error)
{
	sqlite3_stmt *statement = store_prepare(store, STATEMENT_ADD_EDIT, error);

	if (!statement)
		return false;
	sqlite3_bind_int64(statement, 1, change);
	bind_text(statement, 2, edit->path);
	bind_text(statement, 3, edit->before);
	bind_text(statement, 4, edit->after);
	sqlite3_bind_int64(statement, 5, edit->offset);
	bind_bytes(statement, 6, edit->old_bytes);
	bind_bytes(statement, 7, edit->new_bytes);
	return store_run(store, statement, error);
}

bool store_edits(struct store *store, gint64 change, GPtrArray *out, GError **error)
{
	sqlite3_stmt *row = store_prepare(store, STATEMENT_EDITS, error);
	bool more = true;

	if (!row)
		return false;
	sqlite3_bind_int64(row, 1, change);
	while (store_step(store, row, &more, error)) {
		if (!more)
			return true;
		struct file_edit *edit = g_new0(struct file_edit, 1);
		edit->path = column_dup(row, 0);
		edit->before = column_dup(row, 1);
		edit->after = column_dup(row, 2);
		edit->offset = sqlite3_column_int64(row, 3);
		edit->old_bytes = column_bytes(row, 4);
		edit->new_bytes = column_bytes(row, 5);
		g_ptr_array_add(out, edit);
	}
	return false;
}

void outbox_row_free(struct outbox_row *row)
{
	if (!row)
		return;
	g_free(row->path);
	g_free(row->before);
	g_clear_pointer(&row->content, g_bytes_unref);
	g_free(row);
}

static void destroy_row(gpointer row)
{
	outbox_row_free(row);
}

GPtrArray *outbox_rows_new(void)
{
	return g_ptr_array_new_with_free_func(destroy_row);
}

bool store_add_outbox(struct store *store, gint64 change, const char *path, const char *before,
		      GBytes *content, gint64 *row, GError **error)
{
	sqlite3_stmt *statement = store_prepare(store, STATEMENT_ADD_OUTBOX, error);

	if (!statement)
		return false;
	sqlite3_bind_int64(statement, 1, change);
	bind_text(statement, 2, path);
	bind_text(statement, 3, before);
	if (content)
		bind_bytes(statement, 4, content);
	if (!store_run(store, statement, error))
		return false;
	if (row)
		*row = sqlite3_last_insert_rowid(store->db);
	return true;
}

bool store_outbox(struct store *store, GPtrArray *out, GError **error)
{
	sqlite3_stmt *row = store_prepare(store, STATEMENT_OUTBOX, error);
	bool more = true;

	while (row && store_step(store, row, &more, error)) {
		if (!more)
			return true;
		struct outbox_row *entry = g_new0(struct outbox_row, 1);
		entry->id = sqlite3_column_int64(row, 0);
		entry->change = sqlite3_column_int64(row, 1);
		entry->path = column_dup(row, 2);
		entry->before = column_dup(row, 3);
		if (sqlite3_column_type(row, 4) != SQLITE_NULL)
			entry->content = column_bytes(row, 4);
		g_ptr_array_add(out, entry);
	}
	return false;
}

bool store_clear_outbox(struct store *store, gint64 id, GError **error)
{
	sqlite3_stmt *statement = store_prepare(store, STATEMENT_CLEAR_OUTBOX, error);

	if (!statement)
		return false;
	sqlite3_bind_int64(statement, 1, id);
	return store_run(store, statement, error);
}

/* --- small values ----------------------------------------------------------------------- */

char *store_meta(struct store *store, const char *key, GError **error)
{
	sqlite3_stmt *row = store_prepare(store, STATEMENT_META, error);
	bool more = false;

	if (!row)
		return NULL;
	bind_text(row, 1, key);
	if (!store_step(store, row, &more, error) || !more)
		return NULL;
	char *value = column_dup(row, 0);
	sqlite3_reset(row);
	return value;
}

bool store_set_meta(struct store *store, const char *key, const char *value, GError **error)
{
	sqlite3_stmt *statement = store_prepare(store, STATEMENT_SET_META, error);

	if (!statement)
		return false;
	bind_text(statement, 1, key);
	bind_text(statement, 2, value);
	return store_run(store, statement, error);
}
