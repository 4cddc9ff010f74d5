/*
 * A store without a directory: what it holds, read as a network.
 */
#include "data/past.h"

#include "data/workspace/private.h"

#include <string.h>

static void destroy_state(gpointer state)
{
	file_state_free(state);
}

bool store_know_files(struct store *store, char **network_id, GHashTable *broken[KIND_COUNT],
		      GError **error)
{
	g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(destroy_state);

	if (!store_files(store, files, error))
		return false;
	for (guint k = 0; k < KIND_COUNT; k++) {
		if (!broken[k])
			broken[k] = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
		g_hash_table_remove_all(broken[k]);
	}
	g_clear_pointer(network_id, g_free);
	for (guint i = 0; i < files->len; i++) {
		const struct file_state *state = files->pdata[i];

		if (strcmp(state->path, DIRECTORY_NETWORK) == 0 && *state->id)
			*network_id = g_strdup(state->id);
		if (state->broken)
			g_hash_table_add(broken[state->kind], g_strdup(state->id));
	}
	return true;
}

bool store_load_good(struct store *store, enum kind kind, GHashTable *broken, struct pool *pool,
		     GPtrArray *records, GError **error)
{
	g_autoptr(GPtrArray) all = g_ptr_array_new();

	if (!store_load(store, kind, pool, all, error))
		return false;
	for (guint i = 0; i < all->len; i++) {
		if (!g_hash_table_contains(broken, RECORD(all->pdata[i])->id))
			g_ptr_array_add(records, all->pdata[i]);
	}
	return true;
}

struct model *store_model(const char *path, struct date today, GError **error)
{
	GPtrArray *records[KIND_COUNT];
	GHashTable *broken[KIND_COUNT] = { NULL };
	struct pool *pool = pool_new();
	g_autofree char *network_id = NULL;
	struct model *model = NULL;
	struct store *store = store_open_alone(path, true, error);
	bool good = store && store_begin_read(store, error) &&
		    store_know_files(store, &network_id, broken, error);

	for (guint k = 0; k < KIND_COUNT; k++) {
		records[k] = g_ptr_array_new();
		good = good &&
		       store_load_good(store, (enum kind)k, broken[k], pool, records[k], error);
	}
	if (good)
		model = model_new(records, &pool, 1, network_id, today, 1);
	for (guint k = 0; k < KIND_COUNT; k++) {
		g_ptr_array_unref(records[k]);
		g_clear_pointer(&broken[k], g_hash_table_unref);
	}
	pool_unref(pool);
	if (store)
		store_end_read(store);
	store_close(store);
	return model;
}
