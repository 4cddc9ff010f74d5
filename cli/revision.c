/*
 * Entry files out of git, to compare a revision with another.  The one place that
 * starts another program: only when asked for a word that means nothing else, and
 * only to read objects.  Nothing in the checkout is touched.
 */
#include "cli/revision.h"

#include "base/errors.h"
#include "data/import/write.h"
#include "data/workspace/directory.h"
#include "data/yaml/yaml_file.h"

#include <string.h>

#include <gio/gio.h>
#include <glib/gi18n.h>

enum {
	ANSWER_STEP = 1 << 16,
	ANSWER_MAX = 1 << 28, /* bytes of a listing: more than a million entries */
	FILES_MAX = 1 << 30,  /* bytes of all files together */
};

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
 * A network may come with its repository, and that with settings that start programs
 * or reach out for objects it lacks: git reads what is there, or says no.  Variables
 * that point it at another repository, as inside a hook, or make it write or start
 * something, do not count; those of git all begin alike.
 */
static GSubprocess *start_git(const char *directory, const char *const *words, bool talks,
			      GError **error)
{
	static const char *const first[] = { "git", "--no-pager",
					     "-c",  "protocol.allow=never",
					     "-c",  "core.fsmonitor=false" };
	g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new(
		(talks ? G_SUBPROCESS_FLAGS_STDIN_PIPE : G_SUBPROCESS_FLAGS_NONE) |
		G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
	g_autoptr(GPtrArray) all = g_ptr_array_new();
	g_auto(GStrv) variables = g_listenv();

	for (guint i = 0; variables[i]; i++)
		if (g_str_has_prefix(variables[i], "GIT_"))
			g_subprocess_launcher_unsetenv(launcher, variables[i]);
	g_subprocess_launcher_setenv(launcher, "GIT_NO_LAZY_FETCH", "1", TRUE);
	/* Stronger than protocol.allow, which "protocol.ext.allow" of the repository outdoes. */
	g_subprocess_launcher_setenv(launcher, "GIT_ALLOW_PROTOCOL", "none", TRUE);
	g_subprocess_launcher_setenv(launcher, "GIT_TERMINAL_PROMPT", "0", TRUE);
	g_subprocess_launcher_setenv(launcher, "GIT_OPTIONAL_LOCKS", "0", TRUE);
	g_subprocess_launcher_set_cwd(launcher, directory);
	for (guint i = 0; i < G_N_ELEMENTS(first); i++)
		g_ptr_array_add(all, (gpointer)(gsize)first[i]);
	for (; *words; words++)
		g_ptr_array_add(all, (gpointer)(gsize)*words);
	g_ptr_array_add(all, NULL);
	return g_subprocess_launcher_spawnv(launcher, (const char *const *)all->pdata, error);
}

static void refuse_size(GError **error)
{
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_DATA,
		    _("This revision is larger than a network can be"));
}

/* All that it prints, up to ANSWER_MAX bytes. */
static GBytes *read_answer(GSubprocess *git, GError **error, GError **why)
{
	g_autofree char *text = g_malloc(ANSWER_STEP);
	g_autoptr(GByteArray) all = g_byte_array_new();
	gssize n = 0;

	do {
		n = g_input_stream_read(g_subprocess_get_stdout_pipe(git), text, ANSWER_STEP, NULL,
					why);
		if (n > 0)
			g_byte_array_append(all, (const guint8 *)text, (guint)n);
	} while (n > 0 && all->len <= ANSWER_MAX);
	if (n > 0) {
		g_subprocess_force_exit(git);
		refuse_size(error);
	}
	if (n != 0 || !g_subprocess_wait(git, NULL, why))
		return NULL;
	return g_byte_array_free_to_bytes(g_steal_pointer(&all));
}

/* What git prints; NULL without error when it says no. */
static GBytes *ask_git(const char *directory, const char *const *words, GBytes *input,
		       GError **error)
{
	g_autoptr(GError) why = NULL, large = NULL;
	g_autoptr(GBytes) output = NULL;
	g_autoptr(GSubprocess) git = start_git(directory, words, input != NULL, &why);

	if (git && input)
		g_subprocess_communicate(git, input, NULL, &output, NULL, &why);
	else if (git)
		output = read_answer(git, &large, &why);
	if (large) {
		g_propagate_error(error, g_steal_pointer(&large));
		return NULL;
	}
	if (why) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_UNAVAILABLE,
			    _("git cannot be started: %s"), why->message);
		error_add_hint(error, _("install git to compare with its revisions"));
		return NULL;
	}
	return g_subprocess_get_successful(git) ? g_steal_pointer(&output) : NULL;
}

/* An entry of a tree below the network's directory. */
struct blob {
	char *path, *id;
	gint64 size; /* -1: git does not know, as the object is not there */
};

static void blob_free(gpointer data)
{
	struct blob *blob = data;

	g_free(blob->path);
	g_free(blob->id);
	g_free(blob);
}

static bool is_too_large(const struct blob *blob)
{
	return blob->size > YAML_FILE_MAX;
}

/* "100644 blob ID    SIZE<tab>PATH", ended by NUL each. */
static GPtrArray *take_listing(GBytes *output)
{
	GPtrArray *blobs = g_ptr_array_new_with_free_func(blob_free);
	gsize length = 0;
	const char *at = g_bytes_get_data(output, &length);
	const char *end = at + length;

	for (const char *next = NULL; at && at < end; at = next) {
		const char *stop = memchr(at, '\0', (gsize)(end - at));
		const char *tab = stop ? memchr(at, '\t', (gsize)(stop - at)) : NULL;
		const char *id = tab ? g_strstr_len(at, tab - at, " blob ") : NULL;
		struct blob *blob;

		next = stop ? stop + 1 : end;
		/* Links, and whatever else is no file of its own, are none of the network's. */
		if (!id || strncmp(at, "100", 3) != 0 || !directory_is_entry(tab + 1))
			continue;
		id += strlen(" blob ");
		blob = g_new0(struct blob, 1);
		blob->path = g_strdup(tab + 1);
		blob->id = g_strndup(id, strcspn(id, " \t"));
		id += strlen(blob->id);
		id += strspn(id, " ");
		blob->size = g_ascii_isdigit(*id) ? g_ascii_strtoll(id, NULL, 10) : -1;
		g_ptr_array_add(blobs, blob);
	}
	return blobs;
}

/* Of what is too large to be an entry's file, only that it is: a file of zeros. */
static bool put_file(const char *directory, const struct blob *blob, const char *text,
		     GError **error)
{
	g_autofree char *full = g_build_filename(directory, blob->path, NULL);
	g_autofree char *folder = g_path_get_dirname(full);
	g_autofree char *zeros = text ? NULL : g_malloc0(YAML_FILE_MAX + 1);

	g_mkdir_with_parents(folder, 0700);
	return text ? g_file_set_contents(full, text, (gssize)blob->size, error)
		    : g_file_set_contents(full, zeros, YAML_FILE_MAX + 1, error);
}

static void refuse_missing(const char *path, GError **error)
{
	if (path)
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_IO,
			    _("git does not have all of this revision here: %s"), path);
	else
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_IO,
			    _("git does not have all of this revision here"));
	error_add_hint(error, _("\"git fsck\" says what is missing; a clone that is not partial "
				"has everything"));
}

/*
 * "ID blob SIZE", a line end, the bytes, a line end: for each that was asked for, in order;
 * "ID missing" for what is not there.
 */
static bool put_files(const char *directory, const GPtrArray *blobs, GBytes *objects,
		      GError **error)
{
	gsize length = 0;
	const char *at = g_bytes_get_data(objects, &length);
	const char *end = at + length;

	for (guint i = 0; i < blobs->len; i++) {
		const struct blob *blob = g_ptr_array_index(blobs, i);
		g_autofree char *line =
			g_strdup_printf("%s blob %" G_GINT64_FORMAT "\n", blob->id, blob->size);
		gsize head = strlen(line);
		const char *text = NULL;

		if (!is_too_large(blob)) {
			if ((gsize)(end - at) <= head + (gsize)blob->size ||
			    memcmp(at, line, head) != 0) {
				refuse_missing(blob->path, error);
				return false;
			}
			text = at + head;
			at = text + blob->size + 1;
		}
		if (!put_file(directory, blob, text, error))
			return false;
	}
	return true;
}

/* The ids of what is to be read, a line each. */
static GBytes *wanted(const GPtrArray *blobs, GError **error)
{
	GString *ids = g_string_new(NULL);
	gint64 total = 0;
	const char *missing = NULL;

	for (guint i = 0; i < blobs->len; i++) {
		const struct blob *blob = g_ptr_array_index(blobs, i);

		if (blob->size < 0)
			missing = blob->path;
		if (is_too_large(blob))
			continue;
		total += blob->size;
		g_string_append_printf(ids, "%s\n", blob->id);
	}
	if (missing)
		refuse_missing(missing, error);
	else if (total > FILES_MAX)
		refuse_size(error);
	if (!missing && total <= FILES_MAX)
		return g_string_free_to_bytes(ids);
	g_string_free(ids, TRUE);
	return NULL;
}

/* False without error when there is no entry in it. */
static bool fetch(const char *network, const char *tree, const char *into, GError **error)
{
	const char *const list[] = { "ls-tree", "-r", "-z", "-l", tree, NULL };
	const char *const read[] = { "cat-file", "--batch", NULL };
	g_autoptr(GBytes) listed = ask_git(network, list, NULL, error);
	g_autoptr(GPtrArray) blobs = listed ? take_listing(listed) : NULL;
	g_autoptr(GBytes) ids = blobs && blobs->len > 0 ? wanted(blobs, error) : NULL;
	g_autoptr(GBytes) objects = ids ? ask_git(network, read, ids, error) : NULL;

	if ((!listed || (ids && !objects)) && !*error)
		refuse_missing(NULL, error);
	return objects && put_files(into, blobs, objects, error);
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
