/*
 * What files say against what is stored: reading those that may have changed and
 * putting what they hold into the store, with the difference as ops.
 */
#include "data/workspace/sync.h"

#include <string.h>

/* The words and the id of the network as last read well. */
static bool know_network(struct sync *sync, GError **error)
{
	const struct file_state *state = g_hash_table_lookup(sync->by_path, DIRECTORY_NETWORK);
	g_autoptr(GError) why = NULL;

	if (!state || !*state->id) {
		sync->reading.any_network = true;
		return true;
	}
	reading_know(&sync->reading, KIND_NETWORK, state->id);
	g_free(sync->workspace->network_id);
	sync->workspace->network_id = g_strdup(state->id);
	sync->reading.network = store_get(sync->workspace->store, KIND_NETWORK, state->id,
					  sync->pools->pdata[0], &why);
	if (!why)
		return true;
	g_propagate_error(error, g_steal_pointer(&why));
	return false;
}

bool sync_remove_record(struct sync *sync, enum kind kind, const char *id, GError **error)
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
static bool put_record(struct sync *sync, enum kind kind, const void *record, GError **error)
{
	const struct record_type *type = record_type(kind);
	const char *id = RECORD(record)->id;
	struct store *store = sync->workspace->store;
	g_autoptr(GError) why = NULL;

	if (sync->first)
		return store_put(store, kind, record, error);
	struct pool *pool = pool_new();
	const void *before = store_get(store, kind, id, pool, &why);
	bool same = before && record_equal(type, before, record);
	if (!why && !same) {
		struct node *was = before ? node_from_record(type, before) : NULL;
		struct node *is = node_from_record(type, record);
		change_diff(sync->change, kind, id, was, is);
		node_free(was);
		node_free(is);
	}
	pool_unref(pool);
	if (why) {
		g_propagate_error(error, g_steal_pointer(&why));
		return false;
	}
	return same || store_put(store, kind, record, error);
}

static gint64 stamp_of(const struct entry *entry, const struct file_bytes *bytes)
{
	if (!bytes)
		return entry->mtime;
	return bytes->doubtful ? FILE_DOUBTFUL : bytes->mtime;
}

static bool put_state(struct sync *sync, const struct entry *entry, const struct file_bytes *bytes,
		      const char *id, bool broken, GError **error)
{
	struct file_state state = { .path = entry->path,
				    .size = bytes ? bytes->size : entry->size,
				    .mtime = stamp_of(entry, bytes),
				    .hash = (char *)(gsize)(bytes ? bytes->hash : ""),
				    .broken = broken,
				    .kind = entry->kind,
				    .id = (char *)(gsize)id };
	const struct file_state *was = sync_state_of(sync, entry);

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

/* What a file gave, with its findings handed over. */
static void accept(struct sync *sync, struct parsed *parsed)
{
	parsed_tell(parsed, sync->findings);
	if (!takes_network_id(sync, parsed->entry))
		return;
	reading_duplicate(parsed->entry, sync->findings);
	parsed->record = NULL;
	parsed->id = "";
}

/* Brings one entry's outcome into the store. */
static bool take(struct sync *sync, const struct parsed *parsed, GError **error)
{
	const struct entry *entry = parsed->entry;
	const struct file_state *was = sync_state_of(sync, entry);
	const void *record = parsed->record;
	const char *id = parsed->id;

	if (parsed->same) /* only touched */
		return put_state(sync, entry, parsed->bytes, was->id, false, error);
	sync->news = true;
	if (record && !put_record(sync, entry->kind, record, error))
		return false;
	if (record && was && *was->id && strcmp(was->id, id) != 0 &&
	    !sync_remove_record(sync, entry->kind, was->id, error))
		return false;
	/* A broken network.yaml keeps the id it had: its good record is found by it. */
	const char *kept = record || *id ? id : was ? was->id : "";
	return put_state(sync, entry, parsed->bytes, kept, record == NULL, error);
}

/* Whether a file has to be read, and if so against what its bytes are compared first. */
static bool is_due(const struct sync *sync, const struct entry *entry, struct parsed *out)
{
	const struct file_state *was = sync_state_of(sync, entry);
	bool forced = sync->all || g_hash_table_contains(sync->forced, entry->path);

	*out = (struct parsed){ .entry = entry };
	if (was && !was->broken && !forced)
		out->unless = was->hash;
	return strcmp(entry->path, DIRECTORY_NETWORK) != 0 &&
	       !g_hash_table_contains(sync->pending, entry->path) &&
	       !(sync_is_current(entry, was) && out->unless);
}

/* So many at a time: their bytes and records are all held until the store has them. */
#define CHUNK 4096

static bool sync_chunk(struct sync *sync, struct parsed *parsed, guint n, GError **error)
{
	g_autoptr(GPtrArray) pools = pools_new();
	bool good = true;

	reading_run(&sync->reading, parsed, n, pools);
	for (guint i = 0; good && i < n; i++) {
		accept(sync, &parsed[i]);
		good = take(sync, &parsed[i], error);
	}
	parsed_release(parsed, n);
	return good;
}

bool sync_entries(struct sync *sync, GError **error)
{
	g_autofree struct parsed *parsed = g_new0(struct parsed, CHUNK);
	guint n = 0;

	for (guint i = 0; i < sync->entries->len; i++) {
		n += is_due(sync, sync->entries->pdata[i], &parsed[n]);
		if (n == CHUNK) {
			if (!sync_chunk(sync, parsed, n, error))
				return false;
			n = 0;
		}
	}
	return n == 0 || sync_chunk(sync, parsed, n, error);
}

bool sync_read_broken(struct sync *sync, GError **error)
{
	g_autoptr(GPtrArray) pools = pools_new();
	g_autofree struct parsed *parsed = g_new0(struct parsed, sync->entries->len + 1);
	guint n = 0;

	if (!know_network(sync, error))
		return false;
	for (guint i = 0; i < sync->entries->len; i++) {
		const struct entry *entry = sync->entries->pdata[i];
		const struct file_state *state = sync_state_of(sync, entry);

		if (state && state->broken)
			parsed[n++] = (struct parsed){ .entry = entry };
	}
	reading_run(&sync->reading, parsed, n, pools);
	for (guint i = 0; i < n; i++) {
		const struct file_state *state = sync_state_of(sync, parsed[i].entry);

		accept(sync, &parsed[i]);
		sync->mended |= parsed[i].record || !file_bytes_are(parsed[i].bytes, state->hash);
	}
	parsed_release(parsed, n);
	return true;
}

/* --- network.yaml --------------------------------------------------------------------------- */

static const struct entry *network_entry(const struct sync *sync)
{
	for (guint i = 0; i < sync->entries->len; i++) {
		const struct entry *entry = sync->entries->pdata[i];

		if (strcmp(entry->path, DIRECTORY_NETWORK) == 0)
			return entry;
	}
	return NULL;
}

/* What network.yaml says now: its words hold for all that follows. */
static bool take_network(struct sync *sync, struct parsed *parsed, GError **error)
{
	struct workspace *workspace = sync->workspace;

	accept(sync, parsed);
	if (parsed->record && !parsed->same) {
		sync->reading.network = parsed->record;
		sync->all = true;
		g_free(workspace->network_id);
		workspace->network_id = g_strdup(parsed->id);
	}
	if (*parsed->id && !parsed->same) {
		sync->reading.any_network = false;
		reading_know(&sync->reading, KIND_NETWORK, parsed->id);
	}
	return take(sync, parsed, error);
}

bool sync_network(struct sync *sync, GError **error)
{
	const struct entry *entry = network_entry(sync);
	const struct file_state *was = entry ? sync_state_of(sync, entry) : NULL;
	struct parsed *parsed = NULL;

	if (!know_network(sync, error))
		return false;
	if (!entry || (sync_is_current(entry, was) && !was->broken) ||
	    g_hash_table_contains(sync->pending, entry->path))
		return true;
	parsed = g_new0(struct parsed, 1);
	parsed->entry = entry;
	parsed->unless = was && !was->broken ? was->hash : NULL;
	reading_run(&sync->reading, parsed, 1, sync->pools);
	bool good = take_network(sync, parsed, error);
	parsed_release(parsed, 1);
	g_free(parsed);
	return good;
}
