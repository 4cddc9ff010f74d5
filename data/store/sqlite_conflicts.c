/*
 * Conflicts: what an edit wanted where somebody else's value stands.  No statement
 * deletes one: a decision is written beside it.
 */
#include "data/store/sqlite_private.h"

#include "base/errors.h"

#include <glib/gi18n.h>

void conflict_free(struct conflict *conflict)
{
	if (!conflict)
		return;
	g_free(conflict->record);
	g_free(conflict->path);
	g_free(conflict->base);
	g_free(conflict->mine);
	g_free(conflict->theirs);
	g_free(conflict->mine_by);
	g_free(conflict->theirs_by);
	g_free(conflict->decision);
	g_free(conflict->decided_by);
	g_free(conflict);
}

static void destroy_conflict(gpointer conflict)
{
	conflict_free(conflict);
}

GPtrArray *conflicts_new(void)
{
	return g_ptr_array_new_with_free_func(destroy_conflict);
}

/* Where, the value at 4, and the sides from 5 on: the parameters of both statements. */
static void bind(sqlite3_stmt *statement, const struct conflict *conflict)
{
	bind_text(statement, 1, record_type(conflict->kind)->name);
	bind_text(statement, 2, conflict->record);
	bind_text(statement, 3, conflict->path);
	bind_text(statement, 4, conflict->base);
	bind_text(statement, 5, conflict->mine);
	bind_text(statement, 6, conflict->theirs);
	sqlite3_bind_int64(statement, 7, conflict->change);
	bind_text(statement, 8, conflict->mine_by);
	sqlite3_bind_int64(statement, 9, conflict->mine_at);
	bind_text(statement, 10, conflict->theirs_by);
	sqlite3_bind_int64(statement, 11, conflict->theirs_at);
}

bool store_add_conflict(struct store *store, struct conflict *conflict, GError **error)
{
	static const enum statement either[] = { STATEMENT_AGAIN_CONFLICT, STATEMENT_ADD_CONFLICT };
	bool row = false;

	for (guint i = 0; i < G_N_ELEMENTS(either) && !row; i++) {
		sqlite3_stmt *statement = store_prepare(store, either[i], error);

		if (!statement)
			return false;
		bind(statement, conflict);
		if (!store_step(store, statement, &row, error))
			return false;
		if (row)
			conflict->id = sqlite3_column_int64(statement, 0);
		sqlite3_reset(statement);
	}
	return true;
}

/* The row as a conflict; NULL when its kind is not one of ours. */
static struct conflict *read_conflict(sqlite3_stmt *row)
{
	const char *kind_name = (const char *)sqlite3_column_text(row, 1);
	enum kind kind = KIND_NETWORK;

	if (!kind_name || !kind_parse(kind_name, &kind))
		return NULL;
	struct conflict *conflict = g_new0(struct conflict, 1);
	*conflict = (struct conflict){
		.id = sqlite3_column_int64(row, 0),
		.kind = kind,
		.record = column_dup(row, 2),
		.path = column_dup(row, 3),
		.base = column_dup(row, 4),
		.mine = column_dup(row, 5),
		.theirs = column_dup(row, 6),
		.change = sqlite3_column_int64(row, 7),
		.mine_by = column_dup(row, 8),
		.mine_at = sqlite3_column_int64(row, 9),
		.theirs_by = column_dup(row, 10),
		.theirs_at = sqlite3_column_int64(row, 11),
		.decision = column_dup(row, 12),
		.decided_by = column_dup(row, 13),
		.decided_at = sqlite3_column_int64(row, 14),
	};
	return conflict;
}

bool store_conflicts(struct store *store, bool decided, GPtrArray *out, GError **error)
{
	sqlite3_stmt *row = NULL;
	bool more = true;

	if (store->format < 3)
		return true;
	row = store_prepare(store, STATEMENT_CONFLICTS, error);
	if (row)
		sqlite3_bind_int(row, 1, decided);
	while (row && store_step(store, row, &more, error)) {
		if (!more)
			return true;
		struct conflict *conflict = read_conflict(row);
		if (!conflict) {
			sqlite3_reset(row);
			return store_damaged(store, "conflict", error);
		}
		g_ptr_array_add(out, conflict);
	}
	return false;
}

bool store_conflict_theirs(struct store *store, gint64 id, const char *theirs, const char *by,
			   gint64 at, GError **error)
{
	sqlite3_stmt *statement = store_prepare(store, STATEMENT_THEIRS_CONFLICT, error);

	if (!statement)
		return false;
	bind_text(statement, 1, theirs);
	bind_text(statement, 2, by);
	sqlite3_bind_int64(statement, 3, at);
	sqlite3_bind_int64(statement, 4, id);
	return store_run(store, statement, error);
}

bool store_decide_conflict(struct store *store, gint64 id, const char *decision, const char *by,
			   gint64 at, GError **error)
{
	sqlite3_stmt *statement = store_prepare(store, STATEMENT_DECIDE_CONFLICT, error);

	if (!statement)
		return false;
	bind_text(statement, 1, decision);
	bind_text(statement, 2, by);
	sqlite3_bind_int64(statement, 3, at);
	sqlite3_bind_int64(statement, 4, id);
	if (!store_run(store, statement, error))
		return false;
	if (sqlite3_changes(store->db) > 0)
		return true;
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_CONFLICT,
		    _("somebody else has decided this conflict meanwhile"));
	return false;
}
