/*
 * An export of several files: each is written beside the place where it will stand while
 * it is made, so that no more of it than a piece is in memory, and all of them take their
 * places when all are whole.  What is in them is the formats' business.
 */
#include "graph/export/outlet.h"

#include "base/errors.h"
#include "base/interrupt.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

struct piece {
	char *path;   /* where it will stand */
	char *beside; /* where it is; NULL before it is begun and once it stands */
	int file, cause;
};

struct outlet {
	char *path;   /* as it was named, without slashes at its end */
	char *beside; /* a new one, until it is whole; NULL where one is there */
	struct piece *pieces;
	guint n;
	struct interrupt interrupt;
};

static bool fail(GError **error, const char *path, const char *cause)
{
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_CANNOT_CREATE, _("Cannot write %s: %s"), path,
		    cause);
	return false;
}

enum outlet_place outlet_place(const char *path, const char *format)
{
	g_autofree char *named = g_strdup_printf("\"format\": \"%s\"", format ? format : "");
	g_autofree char *manifest = g_build_filename(path, EXPORT_MANIFEST, NULL);
	g_autofree char *text = NULL;
	g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
	if (dir ? !g_dir_read_name(dir) : !g_file_test(path, G_FILE_TEST_EXISTS))
		return OUTLET_FREE;
	return g_file_get_contents(manifest, &text, NULL, NULL) &&
			       strstr(text, "\"program\": \"" EXPORT_PROGRAM "\"") &&
			       (!format || strstr(text, named))
		       ? OUTLET_EXPORT
		       : OUTLET_TAKEN;
}

/* Whether files of ours may go into a directory that exists. */
static bool may_fill(const char *path, GError **error)
{
	if (!g_file_test(path, G_FILE_TEST_IS_DIR))
		return fail(error, path, g_strerror(ENOTDIR));
	if (outlet_place(path, NULL) != OUTLET_TAKEN)
		return true;
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_CANNOT_CREATE,
		    _("%s holds files that are no export"), path);
	error_add_hint(error, _("name a directory that does not exist yet"));
	return false;
}

static bool begin(struct outlet *outlet, const char *const *names, GError **error)
{
	const char *path = outlet->path;
	if (g_file_test(path, G_FILE_TEST_EXISTS)) {
		if (!may_fill(path, error))
			return false;
	} else {
		outlet->beside = g_strconcat(path, ".XXXXXX", NULL);
		if (!g_mkdtemp_full(outlet->beside, 0777)) {
			g_clear_pointer(&outlet->beside, g_free);
			return fail(error, path, g_strerror(errno));
		}
		path = outlet->beside;
	}
	for (guint i = 0; i < outlet->n; i++) {
		struct piece *piece = &outlet->pieces[i];
		piece->path = g_build_filename(path, names[i], NULL);
		piece->beside = g_strconcat(piece->path, ".XXXXXX", NULL);
		piece->file = g_mkstemp_full(piece->beside, O_WRONLY | O_CLOEXEC, 0666);
		if (piece->file < 0) {
			g_clear_pointer(&piece->beside, g_free);
			return fail(error, piece->path, g_strerror(errno));
		}
	}
	return true;
}

struct outlet *outlet_begin(const char *path, const char *const *names, guint n, GError **error)
{
	if (strcmp(path, "-") == 0) {
		g_set_error_literal(error, TELAR_ERROR, TELAR_ERROR_USAGE,
				    _("This format is several files; name a directory"));
		return NULL;
	}
	struct outlet *outlet = g_new0(struct outlet, 1);
	outlet->path = g_strdup(path);
	for (gsize end = strlen(path); end > 1 && path[end - 1] == '/'; end--)
		outlet->path[end - 1] = '\0';
	outlet->pieces = g_new0(struct piece, n);
	outlet->n = n;
	interrupt_begin(&outlet->interrupt);
	for (guint i = 0; i < n; i++)
		outlet->pieces[i].file = -1;
	if (begin(outlet, names, error))
		return outlet;
	outlet_drop(outlet);
	return NULL;
}

bool outlet_interrupted(struct outlet *outlet, GError **error)
{
	return interrupt_asked(&outlet->interrupt, error);
}

void outlet_write(struct outlet *outlet, guint file, GString *bytes)
{
	struct piece *piece = &outlet->pieces[file];
	for (gsize done = 0; done < bytes->len && piece->cause == 0;) {
		gssize wrote = write(piece->file, bytes->str + done, bytes->len - done);
		if (wrote >= 0)
			done += (gsize)wrote;
		else if (errno != EINTR)
			piece->cause = errno;
	}
	g_string_truncate(bytes, 0);
}

static void piece_close(struct piece *piece)
{
	if (piece->file >= 0 && close(piece->file) != 0 && piece->cause == 0)
		piece->cause = errno;
	piece->file = -1;
}

void outlet_settle(struct outlet *outlet, guint file)
{
	struct piece *piece = &outlet->pieces[file];
	if (piece->file >= 0 && piece->cause == 0 && fsync(piece->file) != 0)
		piece->cause = errno;
	piece_close(piece);
}

static void sync_directory(const char *path)
{
	int file = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (file < 0)
		return;
	/* Some file systems cannot; the files themselves are safe. */
	(void)fsync(file);
	close(file);
}

static bool take_places(struct outlet *outlet, GError **error)
{
	for (guint i = 0; i < outlet->n; i++) {
		struct piece *piece = &outlet->pieces[i];
		if (piece->cause == 0 && g_rename(piece->beside, piece->path) != 0)
			piece->cause = errno;
		if (piece->cause != 0)
			return fail(error, piece->path, g_strerror(piece->cause));
		g_clear_pointer(&piece->beside, g_free);
	}
	sync_directory(outlet->beside ? outlet->beside : outlet->path);
	if (outlet->beside && g_rename(outlet->beside, outlet->path) != 0)
		return fail(error, outlet->path, g_strerror(errno));
	if (outlet->beside) {
		g_autofree char *parent = g_path_get_dirname(outlet->path);
		sync_directory(parent);
	}
	g_clear_pointer(&outlet->beside, g_free);
	return true;
}

static bool all_written(const struct outlet *outlet, GError **error)
{
	for (guint i = 0; i < outlet->n; i++)
		if (outlet->pieces[i].cause != 0)
			return fail(error, outlet->pieces[i].path,
				    g_strerror(outlet->pieces[i].cause));
	return true;
}

bool outlet_finish(struct outlet *outlet, GError **error)
{
	for (guint i = 0; i < outlet->n; i++)
		outlet_settle(outlet, i);
	bool done = all_written(outlet, error) && !outlet_interrupted(outlet, error) &&
		    take_places(outlet, error);
	outlet_drop(outlet);
	return done;
}

void outlet_drop(struct outlet *outlet)
{
	const struct interrupt interrupt = outlet->interrupt;
	for (guint i = 0; i < outlet->n; i++) {
		struct piece *piece = &outlet->pieces[i];
		piece_close(piece);
		if (piece->beside)
			g_unlink(piece->beside);
		else if (outlet->beside && piece->path)
			g_unlink(piece->path);
		g_free(piece->path);
		g_free(piece->beside);
	}
	if (outlet->beside)
		g_rmdir(outlet->beside);
	g_free(outlet->pieces);
	g_free(outlet->path);
	g_free(outlet->beside);
	g_free(outlet);
	interrupt_end(&interrupt);
}
