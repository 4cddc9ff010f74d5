/*
 * Files of a network named on the command line: which network they are of, what
 * they are called inside it, and how to name them to who called.
 */
#include "cli/files.h"

#include "base/errors.h"

#include <string.h>

#include <glib/gi18n.h>

char *files_prefix(const char *path)
{
	g_autofree char *here = g_get_current_dir();
	g_autofree char *full = g_canonicalize_filename(path, here);
	GString *up = g_string_new(NULL);
	gsize len = strlen(full);

	if (!strcmp(here, full))
		return g_string_free(up, FALSE);
	if (strncmp(here, full, len) != 0 || here[len] != '/') {
		g_string_free(up, TRUE);
		return g_str_has_suffix(path, "/") ? g_strdup(path) : g_strconcat(path, "/", NULL);
	}
	for (const char *p = here + len; *p; p++) {
		if (*p == '/' && p[1])
			g_string_append(up, "../");
	}
	return g_string_free(up, FALSE);
}

void files_network(struct cli *cli, const char *file)
{
	g_autofree char *full = g_canonicalize_filename(file, NULL);
	g_autofree char *folder = g_path_get_dirname(full);

	if (!cli->network && g_file_test(full, G_FILE_TEST_EXISTS))
		cli->network = workspace_search(folder);
}

/* `file` as the network knows it: below its directory, or as it stands there. */
static char *file_inside(const char *path, const char *file, GError **error)
{
	g_autofree char *root = g_canonicalize_filename(path, NULL);
	g_autofree char *full = g_canonicalize_filename(file, NULL);
	g_autofree char *inside = g_canonicalize_filename(file, root);
	const char *candidates[] = { full, inside };

	for (guint i = 0; i < G_N_ELEMENTS(candidates); i++) {
		if (g_file_test(candidates[i], G_FILE_TEST_IS_REGULAR) &&
		    g_str_has_prefix(candidates[i], root) && candidates[i][strlen(root)] == '/')
			return g_strdup(candidates[i] + strlen(root) + 1);
	}
	if (g_file_test(full, G_FILE_TEST_IS_DIR))
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_NO_INPUT,
			    _("\"%s\" is a directory, and neither a network nor a file of one"),
			    file);
	else if (g_file_test(full, G_FILE_TEST_EXISTS))
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_NO_INPUT,
			    _("\"%s\" is not a file of this network"), file);
	else
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_NO_INPUT, _("There is no file \"%s\""),
			    file);
	return NULL;
}

char **files_inside(const char *path, char *const *args, GError **error)
{
	g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(g_free);

	for (; *args; args++) {
		char *file = file_inside(path, *args, error);
		if (!file)
			return NULL;
		g_ptr_array_add(files, file);
	}
	g_ptr_array_add(files, NULL);
	g_ptr_array_set_free_func(files, NULL);
	return (char **)g_ptr_array_free(g_steal_pointer(&files), FALSE);
}
