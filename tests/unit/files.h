#ifndef TESTS_UNIT_FILES_H
#define TESTS_UNIT_FILES_H

/*
 * Files of a directory that a test has for itself.
 */
#include <glib.h>
#include <glib/gstdio.h>

static inline void put_file(const char *dir, const char *path, const char *text)
{
	g_autofree char *full = g_build_filename(dir, path, NULL);
	g_autofree char *folder = g_path_get_dirname(full);

	g_mkdir_with_parents(folder, 0777);
	g_assert_true(g_file_set_contents(full, text, -1, NULL));
}

/* NULL where there is none; caller frees. */
static inline char *get_file(const char *dir, const char *path)
{
	g_autofree char *full = g_build_filename(dir, path, NULL);
	char *text = NULL;

	g_file_get_contents(full, &text, NULL, NULL);
	return text;
}

static inline void remove_tree(const char *path)
{
	GDir *dir = g_file_test(path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open(path, 0, NULL);

	for (const char *name = dir ? g_dir_read_name(dir) : NULL; name;
	     name = g_dir_read_name(dir)) {
		g_autofree char *inner = g_build_filename(path, name, NULL);
		remove_tree(inner);
	}
	if (dir)
		g_dir_close(dir);
	g_remove(path);
}

#endif
