/*
 * Files that are gone: their records go too, and entries that refer to them have
 * to be judged again.
 */
#include "data/workspace/sync.h"

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

bool sync_gone(struct sync *sync, GError **error)
{
	g_autoptr(GHashTable) gone = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	for (guint i = 0; sync->gone > 0 && i < sync->states->len; i++) {
		const struct file_state *state = sync->states->pdata[i];

		if (g_hash_table_contains(sync->listed, state->path) ||
		    g_hash_table_contains(sync->pending, state->path))
			continue;
		if (*state->id && !sync_remove_record(sync, state->kind, state->id, error))
			return false;
		if (!store_remove_file(sync->workspace->store, state->path, error))
			return false;
		if (!sync_is_renamed(sync, state->kind, state->id))
			g_hash_table_add(gone,
					 g_strdup_printf("%u/%s", (guint)state->kind, state->id));
	}
	return g_hash_table_size(gone) == 0 || force_widows(sync, gone, error);
}
