/*
 * The store of a network for whoever has read it and not opened it, and where it is.
 * Only looks whether files and store agree: a store that is behind or of another
 * version is brought forward by opening the network, never here.
 */
#include "data/current.h"

#include "data/workspace/private.h"

#include <string.h>
#include <sys/stat.h>

#define STORE_NAME DIRECTORY_OWN "/network.telar"

char *store_path_in(const char *directory)
{
	return g_build_filename(directory, STORE_NAME, NULL);
}

/* The directory as it was named, where it was. */
char *network_at(const char *path)
{
	static const char own[] = "/" STORE_NAME;
	g_autofree char *full = g_canonicalize_filename(path, NULL);

	if (!g_str_has_suffix(full, own) || !g_file_test(path, G_FILE_TEST_IS_REGULAR))
		return g_strdup(path);
	if (strcmp(path, own + 1) == 0)
		return g_strdup(".");
	const char *named = g_str_has_suffix(path, own) ? path : full;
	gsize length = strlen(named) - strlen(own);
	return length > 0 ? g_strndup(named, length) : g_strdup("/");
}

#define LARGE_STORE  (5 << 18)	/* bytes: about 900 institutions */
#define LARGE_FOLDER (32 << 10) /* bytes of the folder itself, which grow with its files */

bool network_is_large(const char *path)
{
	g_autofree char *network = network_at(path);
	g_autofree char *store = store_path_in(network);
	const struct record_type *type = record_type(KIND_INSTITUTION);
	g_autofree char *folder = g_build_filename(network, type->folder, NULL);
	struct stat at;

	return (stat(network, &at) == 0 && S_ISREG(at.st_mode) && at.st_size > LARGE_STORE) ||
	       (stat(store, &at) == 0 && at.st_size > LARGE_STORE) ||
	       (stat(folder, &at) == 0 && at.st_size > LARGE_FOLDER);
}

/* Whether files are what the store last read and none is still to be written. */
static bool is_current(struct store *store, const char *path)
{
	struct directory *directory = directory_open(path, NULL);
	g_autoptr(GPtrArray) entries = entries_new();
	struct findings *ignored = findings_new();
	bool current = directory && directory_scan(directory, entries, ignored, NULL, NULL, NULL) &&
		       store_is_current(store, entries, NULL);

	findings_free(ignored);
	directory_close(directory);
	return current;
}

struct store *store_peek_at(const char *path, bool read_only)
{
	g_autofree char *network = network_at(path);
	bool alone = g_file_test(network, G_FILE_TEST_IS_REGULAR);
	g_autofree char *file = alone ? g_strdup(network) : store_path_in(network);

	return g_file_test(file, G_FILE_TEST_IS_REGULAR) ? store_peek(file, alone, read_only, NULL)
							 : NULL;
}

struct store *store_open_current(const char *path, bool read_only)
{
	g_autofree char *network = network_at(path);
	struct store *store = store_peek_at(network, read_only);

	if (store && g_file_test(network, G_FILE_TEST_IS_DIR) && !is_current(store, network))
		g_clear_pointer(&store, store_close);
	return store;
}
