/*
 * The store of a directory for whoever has read the files and not opened the network.
 * Only looks whether the two agree: a store that is behind is brought forward by
 * opening the network, never here.
 */
#include "data/current.h"

#include "data/workspace/sync.h"
#include "data/yaml/yaml_file.h"

#include <string.h>

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

/* By its stamp, or, where that differs or is too young to be trusted, by its bytes. */
static bool holds(const struct directory *directory, const struct entry *entry,
		  const struct file_state *state)
{
	if (strcmp(entry->path, state->path) != 0 || entry->size != state->size)
		return false;
	if (sync_is_current(entry, state))
		return true;
	struct file_bytes *bytes = directory_read_file(directory, entry->path, YAML_FILE_MAX, NULL);
	bool same = bytes && strcmp(bytes->hash, state->hash) == 0;
	file_bytes_free(bytes);
	return same;
}

/* Whether files are what the store last read and none is still to be written. */
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
	for (guint i = 0; current && i < entries->len; i++) /* both are by path */
		current = holds(directory, entries->pdata[i], states->pdata[i]);
	return current;
}

struct store *store_open_current(const char *path, bool read_only)
{
	struct directory *directory = directory_open(path, NULL);
	g_autofree char *file = g_build_filename(path, DIRECTORY_OWN, "network.telar", NULL);
	struct store *store = NULL;

	if (directory && g_file_test(file, G_FILE_TEST_IS_REGULAR))
		store = store_open(file, read_only, NULL);
	if (store && !is_current(store, directory))
		g_clear_pointer(&store, store_close);
	directory_close(directory);
	return store;
}
