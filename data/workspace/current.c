/*
 * The store of a network for whoever has read it and not opened it, and where it is.
 * Only looks whether files and store agree: a store that is behind or of another
 * version is brought forward by opening the network, never here.
 */
#include "data/current.h"

#include "data/workspace/private.h"

#include <string.h>

#define STORE_NAME DIRECTORY_OWN "/network.telar"

char *store_path_in(const char *directory)
{
	return g_build_filename(directory, STORE_NAME, NULL);
}

char *store_directory_of(const char *file)
{
	g_autofree char *full = g_canonicalize_filename(file, NULL);

	return g_str_has_suffix(full, "/" STORE_NAME)
		       ? g_strndup(full, strlen(full) - strlen("/" STORE_NAME))
		       : NULL;
}

static void destroy_entry(gpointer entry)
{
	entry_free(entry);
}

/* Whether files are what the store last read and none is still to be written. */
static bool is_current(struct store *store, const char *path)
{
	struct directory *directory = directory_open(path, NULL);
	g_autoptr(GPtrArray) entries = g_ptr_array_new_with_free_func(destroy_entry);
	struct findings *ignored = findings_new();
	bool current = directory && directory_scan(directory, entries, ignored, NULL, NULL) &&
		       store_is_current(store, entries, NULL);

	findings_free(ignored);
	directory_close(directory);
	return current;
}

struct store *store_peek_at(const char *path, bool read_only)
{
	bool alone = g_file_test(path, G_FILE_TEST_IS_REGULAR);
	g_autofree char *file = alone ? g_strdup(path) : store_path_in(path);

	return g_file_test(file, G_FILE_TEST_IS_REGULAR) ? store_peek(file, alone, read_only, NULL)
							 : NULL;
}

struct store *store_open_current(const char *path, bool read_only)
{
	struct store *store = store_peek_at(path, read_only);

	if (store && g_file_test(path, G_FILE_TEST_IS_DIR) && !is_current(store, path))
		g_clear_pointer(&store, store_close);
	return store;
}
