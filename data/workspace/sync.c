/*
 * From the files to the store.  Stat tells which files may have changed, their
 * hash whether they did; only those are read, and what differs from the stored
 * record becomes the ops of one change by "files".  A file with errors keeps its
 * last good record in the store, marked as not to be used.
 */
#include "data/workspace/sync.h"

#include "base/errors.h"

#include <glib/gi18n.h>
#include <string.h>

static void sync_init(struct sync *sync, struct workspace *workspace)
{
	*sync = (struct sync){ .workspace = workspace };
	sync->findings = findings_new();
	sync->entries = entries_new();
	sync->states = file_states_new();
	sync->by_path = g_hash_table_new(g_str_hash, g_str_equal);
	sync->listed = g_hash_table_new(g_str_hash, g_str_equal);
	sync->pending = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	sync->forced = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	sync->pools = pools_new();
	g_ptr_array_add(sync->pools, pool_new());
	sync->called = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	sync->leftovers = g_ptr_array_new_with_free_func(g_free);
	sync->renames = g_string_new(NULL);
	sync->change = change_new();
}

static void sync_release(struct sync *sync)
{
	if (sync->reading.directory)
		reading_release(&sync->reading);
	findings_free(sync->findings);
	g_ptr_array_unref(sync->entries);
	g_ptr_array_unref(sync->states);
	g_hash_table_unref(sync->by_path);
	g_hash_table_unref(sync->listed);
	g_hash_table_unref(sync->pending);
	g_hash_table_unref(sync->forced);
	g_ptr_array_unref(sync->pools);
	g_ptr_array_unref(sync->leftovers);
	g_hash_table_unref(sync->called);
	g_string_free(sync->renames, TRUE);
	change_free(sync->change);
}

static bool load_pending(struct sync *sync, GError **error)
{
	g_autoptr(GPtrArray) rows = outbox_rows_new();

	if (!store_outbox(sync->workspace->store, rows, error))
		return false;
	for (guint i = 0; i < rows->len; i++)
		g_hash_table_add(sync->pending,
				 g_strdup(((struct outbox_row *)rows->pdata[i])->path));
	return true;
}

/* Lists the directory beside what is recorded of it, and counts the differences. */
static bool look(struct sync *sync, GError **error)
{
	struct store *store = sync->workspace->store;

	if (!directory_scan(sync->workspace->directory, sync->entries, sync->findings,
			    sync->leftovers, NULL, error) ||
	    !store_files(store, sync->states, error) || !load_pending(sync, error))
		return false;
	for (guint i = 0; i < sync->states->len; i++) {
		struct file_state *state = sync->states->pdata[i];
		g_hash_table_insert(sync->by_path, state->path, state);
	}
	for (guint i = 0; i < sync->entries->len; i++) {
		struct entry *entry = sync->entries->pdata[i];
		const struct file_state *state = sync_state_of(sync, entry);

		g_hash_table_add(sync->listed, entry->path);
		if (!sync_is_current(entry, state))
			sync->fresh += !g_hash_table_contains(sync->pending, entry->path);
		else if (state->broken)
			sync->broken++;
	}
	for (guint i = 0; i < sync->states->len; i++) {
		const struct file_state *state = sync->states->pdata[i];
		sync->gone += !g_hash_table_contains(sync->listed, state->path) &&
			      !g_hash_table_contains(sync->pending, state->path);
	}
	reading_init(&sync->reading, sync->workspace->directory, sync->entries,
		     clock_today(&sync->workspace->clock));
	return true;
}

/* --- the whole ------------------------------------------------------------------------------ */

static bool record_change(struct sync *sync, GError **error)
{
	struct workspace *workspace = sync->workspace;
	struct change *change = sync->change;
	guint n = sync->entries->len;

	gint64 last = 0;

	if (!sync->first && change->ops->len == 0)
		return true;
	if (!store_last_change(workspace->store, G_MAXINT64, &last, error))
		return false;
	change->at = clock_now(&workspace->clock);
	change->actor = g_strdup(ACTOR_FILES);
	/* With a history it is another version's tables that were made anew. */
	change->summary = !sync->first ? change_summary(change)
				       : g_strdup_printf(last > 0 ? "read anew: %u files"
								  : "first read: %u files",
							 n);
	if (!store_add_change(workspace->store, change, error) ||
	    !store_set_meta(workspace->store, STORE_READ, "1", error))
		return false;
	if (workspace->brought)
		g_ptr_array_add(workspace->brought->from_files, change_copy(change));
	return true;
}

static bool is_dry(const struct workspace *workspace)
{
	return workspace->brought && workspace->brought->dry;
}

static bool write_differences(struct sync *sync, GError **error)
{
	g_autoptr(GError) why = NULL;
	g_autofree char *read = store_meta(sync->workspace->store, STORE_READ, &why);

	if (why) {
		g_propagate_error(error, g_steal_pointer(&why));
		return false;
	}
	sync->first = read == NULL;
	return sync_network(sync, error) && sync_gone(sync, error) &&
	       sync_remember_renames(sync, error) && sync_entries(sync, error) &&
	       record_change(sync, error);
}

/* With the lock: looks again, since another process may just have done it, and writes. */
static bool sync_locked(struct workspace *workspace, struct findings *findings, GError **error)
{
	struct sync sync;

	if (!store_begin(workspace->store, error))
		return false;
	sync_init(&sync, workspace);
	bool good = look(&sync, error) && write_differences(&sync, error);
	if (good && !is_dry(workspace)) {
		if (!sync.news && sync.gone == 0 && !sync.first)
			store_set_derived(workspace->store);
		workspace_step(workspace, "sync-commit");
		good = store_commit(workspace->store, error);
	} else {
		store_rollback(workspace->store);
	}
	if (good)
		findings_move(findings, sync.findings);
	sync_release(&sync);
	return good;
}

bool workspace_sync(struct workspace *workspace, struct findings *findings, bool *wrote,
		    GError **error)
{
	struct sync sync;

	if (!workspace->directory)
		return true;
	sync_init(&sync, workspace);
	bool good = look(&sync, error);
	bool write = sync.fresh > 0 || sync.gone > 0;
	if (good && !write && sync.broken > 0) {
		good = sync_read_broken(&sync, error);
		write = sync.mended;
	}
	if (good && !write)
		findings_move(findings, sync.findings);
	if (good && sync.leftovers->len > 0 && !workspace->read_only && !is_dry(workspace) &&
	    store_lock(workspace->store, NULL)) {
		workspace_sweep(workspace, findings);
		store_unlock(workspace->store);
	}
	sync_release(&sync);
	if (good && write)
		good = sync_locked(workspace, findings, error);
	if (good)
		*wrote = write;
	return good;
}
