/*
 * Finding records by words for whoever has read a network but not opened it: which
 * store can be asked.
 */
#include "data/search.h"

#include "data/current.h"

static struct store *store_of_model(const struct model *model, GError **error)
{
	struct store *store = store_open(NULL, false, error);
	bool good = store && store_begin(store, error);

	for (guint k = 0; good && k < KIND_COUNT; k++) {
		for (guint i = 0; good && i < model->n[k]; i++)
			good = store_index(store, (enum kind)k, model->records[k][i], false, error);
	}
	if (good && store_commit(store, error))
		return store;
	store_close(store);
	return NULL;
}

bool model_search(const struct model *model, const char *path, const char *words, GPtrArray *hits,
		  GError **error)
{
	guint before = hits->len;
	struct store *store = path ? store_open_current(path, true) : NULL;
	bool good = false;

	if (store && store_is_indexed(store) && !(good = store_find(store, words, hits, NULL)))
		g_ptr_array_set_size(hits, (int)before); /* a damaged index is the doctor's */
	store_close(store);
	if (good)
		return true;
	store = store_of_model(model, error);
	good = store && store_find(store, words, hits, error);
	store_close(store);
	return good;
}
