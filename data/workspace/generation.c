/*
 * From the store to the model: every record whose file is in order.  What is
 * derived from records is the model's business.
 */
#include "data/workspace/private.h"

bool workspace_load(struct workspace *workspace, GError **error)
{
	GPtrArray *records[KIND_COUNT];
	struct pool *pool = pool_new();
	gint64 version = 0;
	bool good = store_begin_read(workspace->store, error) &&
		    store_version(workspace->store, &version, error) &&
		    store_know_files(workspace->store, &workspace->network_id, workspace->broken,
				     error);

	for (guint k = 0; k < KIND_COUNT; k++)
		records[k] = g_ptr_array_new();
	for (guint k = 0; good && k < KIND_COUNT; k++)
		good = store_load_good(workspace->store, (enum kind)k, workspace->broken[k], pool,
				       records[k], error);
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
