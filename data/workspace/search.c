/*
 * Finding records by words for whoever has read a network but not opened it: which
 * store can be asked.  One that is not up to date is never brought up to date here,
 * since finding writes nothing.
 */
#include "data/search.h"

#include "data/workspace/sync.h"

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

/* Whether files are what the store last read, none has errors, and none is still to be written. */
static bool is_current(struct store *store, const struct directory *directory)
{
	g_autoptr(GPtrArray) entries = g_ptr_array_new_with_free_func(destroy_entry);
	g_autoptr(GPtrArray) states = g_ptr_array_new_with_free_func(destroy_state);
	g_autoptr(GPtrArray) waiting = g_ptr_array_new_with_free_func(destroy_row);
	struct findings *ignored = findings_new();
	bool current = directory_scan(directory, entries, ignored, NULL, NULL) &&
		       store_files(store, states, NULL) && store_outbox(store, waiting, NULL) &&
		       entries->len == states->len && waiting->len == 0;

	findings_free(ignored);
	for (guint i = 0; current && i < entries->len; i++) {
		const struct entry *entry = entries->pdata[i];
		const struct file_state *state = states->pdata[i]; /* both are by path */

		current = g_str_equal(entry->path, state->path) && !state->broken &&
			  sync_is_current(entry, state);
	}
	return current;
}

/* The store of a directory, if it holds what the files say; NULL is no failure. */
static struct store *store_of_directory(const char *path)
{
	struct directory *directory = directory_open(path, NULL);
	g_autofree char *file = g_build_filename(path, DIRECTORY_OWN, "network.telar", NULL);
	struct store *store = NULL;

	if (directory && g_file_test(file, G_FILE_TEST_IS_REGULAR))
		store = store_open(file, true, NULL);
	if (store && (!store_is_indexed(store) || !store_begin_read(store, NULL) ||
		      !is_current(store, directory)))
		g_clear_pointer(&store, store_close);
	directory_close(directory);
	return store;
}

static struct store *store_alone(const char *path)
{
	struct store *store = store_open_alone(path, true, NULL);

	if (store && (!store_is_indexed(store) || !store_begin_read(store, NULL)))
		g_clear_pointer(&store, store_close);
	return store;
}

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
	struct store *store = NULL;
	bool good = false;

	if (path)
		store = g_file_test(path, G_FILE_TEST_IS_DIR) ? store_of_directory(path)
							      : store_alone(path);
	if (store && !(good = store_find(store, words, hits, NULL)))
		g_ptr_array_set_size(hits, (int)before); /* a damaged index is the doctor's */
	store_close(store);
	if (good)
		return true;
	store = store_of_model(model, error);
	good = store && store_find(store, words, hits, error);
	store_close(store);
	return good;
}
