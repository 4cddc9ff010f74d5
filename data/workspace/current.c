/*
 * The store of a directory for whoever has read the files and not opened the network.
 * Only looks whether the two agree: a store that is behind is brought forward by
 * opening the network, never here.
 */
#include "data/current.h"

#include "data/workspace/private.h"
#include "data/yaml/yaml_file.h"

#include <string.h>

static void destroy_entry(gpointer entry)
{
	entry_free(entry);
}

/* Whether files are what the store last read and none is still to be written. */
static bool is_current(struct store *store, const struct directory *directory)
{
	g_autoptr(GPtrArray) entries = g_ptr_array_new_with_free_func(destroy_entry);
	struct findings *ignored = findings_new();
	bool current = directory_scan(directory, entries, ignored, NULL, NULL) &&
		       store_is_current(store, entries, NULL);

	findings_free(ignored);
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
