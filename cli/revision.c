/*
 * Entry files out of git, to compare a revision with another.  The one place that
 * starts another program: only when asked for a word that means nothing else, and
 * only to read objects.  Nothing in the checkout is touched.
 */
#include "cli/revision.h"

#include "base/errors.h"
#include "data/import/write.h"
#include "data/workspace/directory.h"

#include <string.h>

#include <gio/gio.h>
#include <glib/gi18n.h>

static bool is_checkout(const char *path)
{
	g_autofree char *at = g_canonicalize_filename(path, NULL);

	while (true) {
		g_autofree char *git = g_build_filename(at, ".git", NULL);
		char *up = g_path_get_dirname(at);
		bool top = strcmp(up, at) == 0;

		if (g_file_test(git, G_FILE_TEST_EXISTS) || top) {
			g_free(up);
			return !top || g_file_test(git, G_FILE_TEST_EXISTS);
		}
		g_free(at);
		at = up;
	}
}

/*
 * What git prints; NULL without error when it says no.  Variables that would point it at
 * another repository, as inside a hook, do not count.
 */
static GBytes *ask_git(const char *directory, const char *const *words, GBytes *input,
		       GError **error)
{
	static const char *const others[] = { "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE",
					      "GIT_OBJECT_DIRECTORY", "GIT_PREFIX" };
	g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new(
		(input ? G_SUBPROCESS_FLAGS_STDIN_PIPE : G_SUBPROCESS_FLAGS_NONE) |
		G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
	g_autoptr(GPtrArray) all = g_ptr_array_new();
	g_autoptr(GError) why = NULL;
	g_autoptr(GBytes) output = NULL;

	for (guint i = 0; i < G_N_ELEMENTS(others); i++)
		g_subprocess_launcher_unsetenv(launcher, others[i]);
	g_subprocess_launcher_set_cwd(launcher, directory);
	g_ptr_array_add(all, (gpointer)(gsize) "git");
	for (; *words; words++)
		g_ptr_array_add(all, (gpointer)(gsize)*words);
	g_ptr_array_add(all, NULL);
	g_autoptr(GSubprocess) git =
		g_subprocess_launcher_spawnv(launcher, (const char *const *)all->pdata, &why);
	if (!git || !g_subprocess_communicate(git, input, NULL, &output, NULL, &why)) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_UNAVAILABLE,
			    _("git cannot be started: %s"), why->message);
		error_add_hint(error, _("install git to compare with its revisions"));
		return NULL;
	}
	return g_subprocess_get_successful(git) ? g_steal_pointer(&output) : NULL;
}

/* The entries of a tree below the network's directory. */
struct listing {
	GPtrArray *paths; /* char * */
	GString *objects; /* their ids, a line each */
};

/* "100644 blob ID<tab>PATH", ended by NUL each. */
static void take_listing(GBytes *output, struct listing *out)
{
	gsize length = 0;
	const char *at = g_bytes_get_data(output, &length);
	const char *end = at + length;

	for (const char *next = NULL; at && at < end; at = next) {
		const char *stop = memchr(at, '\0', (gsize)(end - at));
		const char *tab = stop ? memchr(at, '\t', (gsize)(stop - at)) : NULL;
		const char *id = tab ? g_strstr_len(at, tab - at, " blob ") : NULL;

		next = stop ? stop + 1 : end;
		/* Links, and whatever else is no file of its own, are none of the network's. */
		if (!id || strncmp(at, "100", 3) != 0 || !directory_is_entry(tab + 1))
			continue;
		id += strlen(" blob ");
		g_ptr_array_add(out->paths, g_strdup(tab + 1));
		g_string_append_len(out->objects, id, tab - id);
		g_string_append_c(out->objects, '\n');
	}
}

static bool put_file(const char *directory, const char *path, const char *text, gsize length,
		     GError **error)
{
	g_autofree char *full = g_build_filename(directory, path, NULL);
	g_autofree char *folder = g_path_get_dirname(full);

	g_mkdir_with_parents(folder, 0700);
	return g_file_set_contents(full, text, (gssize)length, error);
}

/* "ID blob SIZE", a line end, the bytes, a line end: for each that was asked for, in order. */
static bool put_files(const char *directory, const struct listing *listing, GBytes *objects,
		      GError **error)
{
	gsize length = 0;
	const char *at = g_bytes_get_data(objects, &length);
	const char *end = at + length;

	for (guint i = 0; i < listing->paths->len; i++) {
		const char *line = at ? memchr(at, '\n', (gsize)(end - at)) : NULL;
		const char *size = line ? g_strrstr_len(at, line - at, " ") : NULL;
		guint64 n = size ? g_ascii_strtoull(size + 1, NULL, 10) : 0;

		if (!size || n >= (guint64)(end - line - 1)) {
			g_set_error(error, TELAR_ERROR, TELAR_ERROR_IO,
				    _("git does not give all files of this revision"));
			return false;
		}
		if (!put_file(directory, listing->paths->pdata[i], line + 1, (gsize)n, error))
			return false;
		at = line + 1 + n + 1;
	}
	return true;
}

static bool fetch(const char *network, const char *tree, const char *into, GError **error)
{
	const char *const list[] = { "ls-tree", "-r", "-z", tree, NULL };
	const char *const read[] = { "cat-file", "--batch", NULL };
	struct listing listing = { g_ptr_array_new_with_free_func(g_free), g_string_new(NULL) };
	g_autoptr(GBytes) listed = ask_git(network, list, NULL, error);
	bool good = listed != NULL;

	if (listed)
		take_listing(listed, &listing);
	g_autoptr(GBytes) wanted = g_string_free_to_bytes(listing.objects);
	g_autoptr(GBytes) objects =
		good && listing.paths->len > 0 ? ask_git(network, read, wanted, error) : NULL;
	good = objects && put_files(into, &listing, objects, error);
	g_ptr_array_unref(listing.paths);
	return good;
}

char *revision_files(struct cli *cli, const char *word, GError **error)
{
	g_autofree char *network = cli_path(cli, NULL);
	g_autofree char *revision = g_strconcat(word, "^{tree}", NULL);
	const char *const resolve[] = { "rev-parse",	    "--verify", "--quiet",
					"--end-of-options", revision,	NULL };
	g_autoptr(GError) why = NULL;

	if (!network || !g_file_test(network, G_FILE_TEST_IS_DIR) || !is_checkout(network))
		return NULL;
	g_autoptr(GBytes) answer = ask_git(network, resolve, NULL, error);
	if (!answer)
		return NULL;
	gsize length = 0;
	const char *text = g_bytes_get_data(answer, &length);
	g_autofree char *tree = g_strchomp(g_strndup(text ? text : "", length));
	g_autofree char *into = g_dir_make_tmp("telar-revision-XXXXXX", error);
	if (!into)
		return NULL;
	if (fetch(network, tree, into, &why))
		return g_steal_pointer(&into);
	made_remove(into);
	if (!why) {
		g_set_error(&why, TELAR_ERROR, TELAR_ERROR_NO_INPUT,
			    _("The revision \"%s\" holds no network here"), word);
	}
	g_propagate_error(error, g_steal_pointer(&why));
	return NULL;
}
