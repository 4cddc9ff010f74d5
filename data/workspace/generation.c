/*
 * From the store to the model: every record whose file is in order.  What is
 * derived from records is the model's business.
 */
#include "data/workspace/private.h"

#include <string.h>

static void forget_broken(struct workspace *workspace)
{
	for (guint k = 0; k < KIND_COUNT; k++) {
		if (!workspace->broken[k])
			workspace->broken[k] =
				g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
		g_hash_table_remove_all(workspace->broken[k]);
	}
}

static void destroy_state(gpointer state)
{
	file_state_free(state);
}

static bool load_files(struct workspace *workspace, GError **error)
{
	g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(destroy_state);

	if (!store_files(workspace->store, files, error))
		return false;
	forget_broken(workspace);
	g_clear_pointer(&workspace->network_id, g_free);
	for (guint i = 0; i < files->len; i++) {
		const struct file_state *state = files->pdata[i];

		if (strcmp(state->path, DIRECTORY_NETWORK) == 0 && *state->id)
			workspace->network_id = g_strdup(state->id);
		if (state->broken)
			g_hash_table_add(workspace->broken[state->kind], g_strdup(state->id));
	}
	return true;
}

static bool load_kind(struct workspace *workspace, enum kind kind, struct pool *pool,
		      GPtrArray *records, GError **error)
{
	g_autoptr(GPtrArray) all = g_ptr_array_new();

	if (!store_load(workspace->store, kind, pool, all, error))
		return false;
	for (guint i = 0; i < all->len; i++) {
		if (!g_hash_table_contains(workspace->broken[kind], RECORD(all->pdata[i])->id))
			g_ptr_array_add(records, all->pdata[i]);
	}
	return true;
}

bool workspace_load(struct workspace *workspace, GError **error)
{
	GPtrArray *records[KIND_COUNT];
	struct pool *pool = pool_new();
	gint64 version = 0;
	bool good = store_begin_read(workspace->store, error) &&
		    store_version(workspace->store, &version, error) &&
		    load_files(workspace, error);

	for (guint k = 0; k < KIND_COUNT; k++)
		records[k] = g_ptr_array_new();
	for (guint k = 0; good && k < KIND_COUNT; k++)
		good = load_kind(workspace, (enum kind)k, pool, records[k], error);
	store_end_read(workspace->store);
	if (good) {
		guint64 generation = workspace->model ? workspace->model->generation + 1 : 1;
		struct model *model = model_new(records, &pool, 1, workspace->network_id,
						clock_today(&workspace->clock), generation);
		model_unref(workspace->model);
		workspace->model = model;
		workspace->version = version;
	}
	for (guint k = 0; k < KIND_COUNT; k++)
		g_ptr_array_unref(records[k]);
	pool_unref(pool);
	return good;
}
