/*
 * From the files to the store.  Stat tells which files may have changed, their
 * hash whether they did; only those are read, and what differs from the stored
 * record becomes the ops of one change by "files".  A file with errors keeps its
 * last good record in the store, marked as not to be used.
 */
#include "data/workspace/private.h"

#include "base/errors.h"

#include <glib/gi18n.h>
#include <string.h>

struct sync {
	struct workspace *workspace;
	struct findings *findings;
	GPtrArray *entries;  /* struct entry * */
	GPtrArray *states;   /* struct file_state *, as recorded */
	GHashTable *by_path; /* of states */
	GHashTable *listed;  /* paths of entries */
	GHashTable *pending; /* paths that the outbox has still to write */
	GHashTable *forced;  /* paths to be read though they did not change */
	struct reading reading;
	struct pool *pool; /* the network's */
	struct change *change;
	bool first; /* nothing was ever read */
	bool all;   /* the network's words changed: every entry is checked again */
	guint fresh, broken, gone, leftovers;
	bool mended; /* a broken file reads well now, though it did not change */
};

static void destroy_entry(gpointer entry)
{
	entry_free(entry);
}

static void destroy_state(gpointer state)
{
	file_state_free(state);
}

static void destroy_row(gpointer row)
{
	outbox_row_free(row);
}

static void sync_init(struct sync *sync, struct workspace *workspace)
{
	*sync = (struct sync){ .workspace = workspace };
	sync->findings = findings_new();
	sync->entries = g_ptr_array_new_with_free_func(destroy_entry);
	sync->states = g_ptr_array_new_with_free_func(destroy_state);
	sync->by_path = g_hash_table_new(g_str_hash, g_str_equal);
	sync->listed = g_hash_table_new(g_str_hash, g_str_equal);
	sync->pending = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	sync->forced = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	sync->pool = pool_new();
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
	pool_unref(sync->pool);
	change_free(sync->change);
}

static const struct file_state *state_of(const struct sync *sync, const struct entry *entry)
{
	return g_hash_table_lookup(sync->by_path, entry->path);
}

static bool is_current(const struct entry *entry, const struct file_state *state)
{
	return state && state->size == entry->size && state->mtime == entry->mtime;
}

static bool load_pending(struct sync *sync, GError **error)
{
	g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(destroy_row);

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
			    &sync->leftovers, error) ||
	    !store_files(store, sync->states, error) || !load_pending(sync, error))
		return false;
	for (guint i = 0; i < sync->states->len; i++) {
		struct file_state *state = sync->states->pdata[i];
		g_hash_table_insert(sync->by_path, state->path, state);
	}
	for (guint i = 0; i < sync->entries->len; i++) {
		struct entry *entry = sync->entries->pdata[i];
		const struct file_state *state = state_of(sync, entry);

		g_hash_table_add(sync->listed, entry->path);
		if (!is_current(entry, state))
			sync->fresh += !g_hash_table_contains(sync->pending, entry->path);
		else if (state->broken)
			sync->broken++;
	}
	for (guint i = 0; i < sync->states->len; i++) {
		const struct file_state *state = sync->states->pdata[i];
		sync->gone += !g_hash_table_contains(sync->listed, state->path) &&
			      !g_hash_table_contains(sync->pending, state->path);
	}
	reading_init(&sync->reading, sync->workspace->directory, sync->entries);
	return true;
}

/* --- the network's words ------------------------------------------------------------------ */

/* The network as last read well, for its words; NULL when it never was. */
static bool stored_network(struct sync *sync, const struct file_state *state, GError **error)
{
	g_autoptr(GError) why = NULL;

	if (!state || !*state->id)
		return true;
	sync->reading.network =
		store_get(sync->workspace->store, KIND_NETWORK, state->id, sync->pool, &why);
	if (!why)
		return true;
	g_propagate_error(error, g_steal_pointer(&why));
	return false;
}

static void know_network(struct sync *sync, const char *id)
{
	if (id && *id)
		g_hash_table_add(sync->reading.known[KIND_NETWORK], g_strdup(id));
	else
		sync->reading.any_network = true;
}

/* --- one file ----------------------------------------------------------------------------- */

static bool remove_record(struct sync *sync, enum kind kind, const char *id, GError **error)
{
	struct store *store = sync->workspace->store;
	g_autoptr(GError) why = NULL;
	struct pool *pool = pool_new();
	const void *record = store_get(store, kind, id, pool, &why);

	if (record) {
		struct node *tree = node_from_record(record_type(kind), record);
		change_diff(sync->change, kind, id, tree, NULL);
		node_free(tree);
	}
	pool_unref(pool);
	if (why) {
		g_propagate_error(error, g_steal_pointer(&why));
		return false;
	}
	return !record || store_remove(store, kind, id, error);
}

/* Puts a record that was read well, and says what changed in it. */
static bool put_record(struct sync *sync, enum kind kind, const void *record, struct pool *pool,
		       GError **error)
{
	const struct record_type *type = record_type(kind);
	const char *id = RECORD(record)->id;
	struct store *store = sync->workspace->store;
	g_autoptr(GError) why = NULL;

	if (sync->first)
		return store_put(store, kind, record, error);
	const void *before = store_get(store, kind, id, pool, &why);
	if (why) {
		g_propagate_error(error, g_steal_pointer(&why));
		return false;
	}
	if (before && record_equal(type, before, record))
		return true;
	struct node *was = before ? node_from_record(type, before) : NULL;
	struct node *is = node_from_record(type, record);
	change_diff(sync->change, kind, id, was, is);
	node_free(was);
	node_free(is);
	return store_put(store, kind, record, error);
}

static bool put_state(struct sync *sync, const struct entry *entry, const struct file_bytes *bytes,
		      const char *id, bool broken, GError **error)
{
	struct file_state state = { .path = entry->path,
				    .size = bytes ? bytes->size : entry->size,
				    .mtime = bytes ? bytes->mtime : entry->mtime,
				    .hash = bytes ? bytes->hash : (char *)(gsize) "",
				    .broken = broken,
				    .kind = entry->kind,
				    .id = (char *)(gsize)id };
	const struct file_state *was = state_of(sync, entry);

	if (was && was->size == state.size && was->mtime == state.mtime &&
	    was->broken == state.broken && strcmp(was->hash, state.hash) == 0 &&
	    strcmp(was->id, state.id) == 0)
		return true;
	return store_put_file(sync->workspace->store, &state, error);
}

/* A second file for the id that network.yaml has: the folder's one gives way. */
static bool takes_network_id(const struct sync *sync, const struct entry *entry)
{
	return entry->kind == KIND_NETWORK && *entry->id &&
	       g_strcmp0(entry->id, sync->workspace->network_id) == 0;
}

/* Reads one entry; `*record` is NULL when it has errors.  `id` is a new text. */
static void read_entry(struct sync *sync, const struct entry *entry, const struct file_bytes *bytes,
		       struct pool *pool, void **record, char **id)
{
	g_autofree char *own = NULL;

	*record = NULL;
	if (bytes)
		*record = reading_record(&sync->reading, entry, bytes, pool, &own, sync->findings);
	*id = g_strdup(*entry->id ? entry->id : own ? own : "");
	if (!takes_network_id(sync, entry))
		return;
	reading_duplicate(entry, sync->findings);
	*record = NULL;
	**id = '\0';
}

/* Brings one entry's outcome into the store. */
static bool take(struct sync *sync, const struct entry *entry, const struct file_bytes *bytes,
		 void *record, const char *id, struct pool *pool, GError **error)
{
	const struct file_state *was = state_of(sync, entry);

	if (record && !put_record(sync, entry->kind, record, pool, error))
		return false;
	if (record && was && *was->id && strcmp(was->id, id) != 0 &&
	    !remove_record(sync, entry->kind, was->id, error))
		return false;
	/* A broken network.yaml keeps the id it had: its good record is found by it. */
	const char *kept = record || *id ? id : was ? was->id : "";
	return put_state(sync, entry, bytes, kept, record == NULL, error);
}

static bool sync_entry(struct sync *sync, const struct entry *entry, GError **error)
{
	const struct file_state *was = state_of(sync, entry);
	bool forced = sync->all || g_hash_table_contains(sync->forced, entry->path);
	void *record = NULL;
	g_autofree char *id = NULL;

	if (g_hash_table_contains(sync->pending, entry->path) ||
	    (is_current(entry, was) && !was->broken && !forced))
		return true;
	struct file_bytes *bytes = reading_load(&sync->reading, entry, sync->findings);
	bool good = true;
	if (bytes && was && !was->broken && !forced && strcmp(bytes->hash, was->hash) == 0) {
		good = put_state(sync, entry, bytes, was->id, false, error); /* only touched */
	} else {
		struct pool *pool = pool_new();
		read_entry(sync, entry, bytes, pool, &record, &id);
		good = take(sync, entry, bytes, record, id, pool, error);
		pool_unref(pool);
	}
	file_bytes_free(bytes);
	return good;
}

/* network.yaml goes first: without its words nothing else can be checked. */
static bool sync_network(struct sync *sync, GError **error)
{
	struct entry *entry = NULL;
	const struct file_state *was = g_hash_table_lookup(sync->by_path, DIRECTORY_NETWORK);

	for (guint i = 0; i < sync->entries->len && !entry; i++) {
		struct entry *candidate = sync->entries->pdata[i];
		entry = strcmp(candidate->path, DIRECTORY_NETWORK) == 0 ? candidate : NULL;
	}
	if (!stored_network(sync, was, error))
		return false;
	struct file_bytes *bytes = NULL;
	bool changed = entry && !(is_current(entry, was) && !was->broken) &&
		       !g_hash_table_contains(sync->pending, DIRECTORY_NETWORK);
	if (changed)
		bytes = reading_load(&sync->reading, entry, sync->findings);
	if (!changed || (bytes && was && !was->broken && strcmp(bytes->hash, was->hash) == 0)) {
		know_network(sync, was ? was->id : NULL);
		bool good = !bytes || put_state(sync, entry, bytes, was->id, false, error);
		file_bytes_free(bytes);
		return good;
	}
	void *record = NULL;
	g_autofree char *id = NULL;
	g_autofree char *known = g_strdup(sync->workspace->network_id);
	struct reading *reading = &sync->reading;
	read_entry(sync, entry, bytes, sync->pool, &record, &id);
	know_network(sync, *id ? id : known);
	if (record) {
		reading->network = record;
		sync->all = !was || was->broken || !bytes || strcmp(bytes->hash, was->hash) != 0;
		g_free(sync->workspace->network_id);
		sync->workspace->network_id = g_strdup(id);
	}
	bool good = take(sync, entry, bytes, record, id, sync->pool, error);
	file_bytes_free(bytes);
	return good;
}

/* --- files that are gone -------------------------------------------------------------------- */

struct widows {
	GHashTable *gone; /* "kind/id" */
	bool found;
};

static bool refers_to_gone(void *data, const struct field *field, const char *id)
{
	struct widows *widows = data;

	for (guint k = 0; k < KIND_COUNT && !widows->found; k++) {
		g_autofree char *key = g_strdup_printf("%u/%s", k, id);
		widows->found =
			(field->refs & (1u << k)) && g_hash_table_contains(widows->gone, key);
	}
	return !widows->found;
}

/* Entries that refer to what is gone have to be read again: now they have an error. */
static bool force_widows(struct sync *sync, GHashTable *gone, GError **error)
{
	struct pool *pool = pool_new();
	bool good = true;

	for (guint k = 0; good && k < KIND_COUNT; k++) {
		g_autoptr(GPtrArray) records = g_ptr_array_new();

		good = store_load(sync->workspace->store, (enum kind)k, pool, records, error);
		for (guint i = 0; good && i < records->len; i++) {
			struct widows widows = { gone, false };

			record_visit_references(record_type((enum kind)k), records->pdata[i],
						refers_to_gone, &widows);
			if (widows.found)
				g_hash_table_add(sync->forced,
						 directory_path_of((enum kind)k,
								   RECORD(records->pdata[i])->id,
								   sync->workspace->network_id));
		}
	}
	pool_unref(pool);
	return good;
}

static bool sync_gone(struct sync *sync, GError **error)
{
	g_autoptr(GHashTable) gone = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	for (guint i = 0; sync->gone > 0 && i < sync->states->len; i++) {
		const struct file_state *state = sync->states->pdata[i];

		if (g_hash_table_contains(sync->listed, state->path) ||
		    g_hash_table_contains(sync->pending, state->path))
			continue;
		if (*state->id && !remove_record(sync, state->kind, state->id, error))
			return false;
		if (!store_remove_file(sync->workspace->store, state->path, error))
			return false;
		g_hash_table_add(gone, g_strdup_printf("%u/%s", (guint)state->kind, state->id));
	}
	return g_hash_table_size(gone) == 0 || force_widows(sync, gone, error);
}

/* --- the whole ------------------------------------------------------------------------------ */

#define META_READ "read"

static bool record_change(struct sync *sync, GError **error)
{
	struct workspace *workspace = sync->workspace;
	struct change *change = sync->change;
	guint n = sync->entries->len;

	if (!sync->first && change->ops->len == 0)
		return true;
	change->at = clock_now(&workspace->clock);
	change->actor = g_strdup(ACTOR_FILES);
	change->summary =
		sync->first ? g_strdup_printf(
				      ngettext("first read: %u file", "first read: %u files", n), n)
			    : change_summary(change);
	return store_add_change(workspace->store, change, error) &&
	       store_set_meta(workspace->store, META_READ, "1", error);
}

static bool write_differences(struct sync *sync, GError **error)
{
	g_autoptr(GError) why = NULL;
	g_autofree char *read = store_meta(sync->workspace->store, META_READ, &why);

	if (why) {
		g_propagate_error(error, g_steal_pointer(&why));
		return false;
	}
	sync->first = read == NULL;
	if (!sync_network(sync, error) || !sync_gone(sync, error))
		return false;
	for (guint i = 0; i < sync->entries->len; i++) {
		const struct entry *entry = sync->entries->pdata[i];

		if (strcmp(entry->path, DIRECTORY_NETWORK) != 0 && !sync_entry(sync, entry, error))
			return false;
	}
	return record_change(sync, error);
}

/* With the lock: looks again, since another process may just have done it, and writes. */
static bool sync_locked(struct workspace *workspace, struct findings *findings, GError **error)
{
	struct sync sync;

	if (!store_begin(workspace->store, error))
		return false;
	sync_init(&sync, workspace);
	bool good = look(&sync, error) && write_differences(&sync, error);
	if (good) {
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

/* Files known to be broken, unchanged: only said again, unless one has become right. */
static bool read_broken(struct sync *sync, GError **error)
{
	const struct file_state *network = g_hash_table_lookup(sync->by_path, DIRECTORY_NETWORK);

	if (!stored_network(sync, network, error))
		return false;
	know_network(sync, network ? network->id : NULL);
	for (guint i = 0; i < sync->entries->len; i++) {
		const struct entry *entry = sync->entries->pdata[i];
		const struct file_state *state = state_of(sync, entry);
		void *record = NULL;
		g_autofree char *id = NULL;

		if (!state || !state->broken)
			continue;
		struct pool *pool = pool_new();
		struct file_bytes *bytes = reading_load(&sync->reading, entry, sync->findings);
		read_entry(sync, entry, bytes, pool, &record, &id);
		sync->mended |= record || (bytes && strcmp(bytes->hash, state->hash) != 0);
		file_bytes_free(bytes);
		pool_unref(pool);
	}
	return true;
}

bool workspace_sync(struct workspace *workspace, struct findings *findings, bool *wrote,
		    GError **error)
{
	struct sync sync;

	sync_init(&sync, workspace);
	bool good = look(&sync, error);
	bool write = sync.fresh > 0 || sync.gone > 0;
	if (good && !write && sync.broken > 0) {
		good = read_broken(&sync, error);
		write = sync.mended;
	}
	if (good && !write)
		findings_move(findings, sync.findings);
	if (good && sync.leftovers > 0 && !workspace->read_only &&
	    store_lock(workspace->store, NULL)) {
		directory_sweep(workspace->directory);
		store_unlock(workspace->store);
	}
	sync_release(&sync);
	if (good && write)
		good = sync_locked(workspace, findings, error);
	if (good)
		*wrote = write;
	return good;
}
