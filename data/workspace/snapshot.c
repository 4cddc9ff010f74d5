/*
 * A name for a moment: which change was the last when it was given.
 */
#include "data/past.h"

#include "base/errors.h"
#include "data/workspace/private.h"

#include <glib/gi18n.h>

static bool check_name(const char *name, GError **error)
{
	struct date date;
	bool number = *name != '\0';

	for (const char *at = name; *at; at++)
		number = number && g_ascii_isdigit(*at);
	if (id_is_valid(name) && !number && !date_parse(name, &date))
		return true;
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE, _("\"%s\" cannot name a snapshot"),
		    name);
	error_add_hint(error,
		       _("lower-case letters, digits and -, and no bare number or date: as in "
			 "before-import"));
	return false;
}

bool workspace_snapshot(struct workspace *workspace, const char *name, const char *note,
			gint64 *change, GError **error)
{
	struct store *store = workspace->store;
	struct snapshot snapshot = { .name = (char *)(gsize)name,
				     .at = clock_now(&workspace->clock),
				     .actor = workspace->actor,
				     .note = (char *)(gsize)note };

	if (!check_name(name, error))
		return false;
	if (workspace->read_only) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_DENIED,
			    _("%s is open for reading only"), workspace_path(workspace));
		return false;
	}
	if (!store_begin(store, error))
		return false;
	if (store_last_change(store, G_MAXINT64, &snapshot.change, error) &&
	    store_add_snapshot(store, &snapshot, error)) {
		*change = snapshot.change;
		return store_commit(store, error);
	}
	store_rollback(store);
	return false;
}

GPtrArray *workspace_snapshots(const struct workspace *workspace, GError **error)
{
	GPtrArray *out = snapshots_new();

	if (!store_snapshots(workspace->history, out, error))
		g_clear_pointer(&out, g_ptr_array_unref);
	return out;
}
