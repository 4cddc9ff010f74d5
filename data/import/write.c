/*
 * Writes a network's directory from trees: whole or not at all.
 */
#include "data/import/write.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "base/errors.h"
#include "base/interrupt.h"
#include "data/yaml/yaml_file.h"

static bool fail_io(GError **error, const char *path, int code)
{
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_IO, _("%s cannot be written: %s"), path,
		    g_strerror(code));
	return false;
}

static bool write_entry(const char *dir, const char *folder, const char *id,
			const struct record_type *type, const struct node *node, GError **error)
{
	g_autofree char *in = folder ? g_build_filename(dir, folder, NULL) : g_strdup(dir);
	g_autofree char *name = g_strconcat(id, ".yaml", NULL);
	g_autofree char *path = g_build_filename(in, name, NULL);
	g_autofree char *own = folder ? g_build_filename(folder, name, NULL) : g_strdup(name);
	g_autofree char *text = yaml_emit_checked(type, node, own, error);
	g_autoptr(GError) problem = NULL;

	if (!text)
		return false;
	if (g_mkdir(in, 0777) != 0 && errno != EEXIST)
		return fail_io(error, in, errno);
	if (g_file_set_contents_full(path, text, -1, G_FILE_SET_CONTENTS_NONE, 0666, &problem))
		return true;
	g_set_error_literal(error, TELAR_ERROR, TELAR_ERROR_IO, problem->message);
	return false;
}

static bool write_all(const GArray *files, const char *dir, struct interrupt *interrupt,
		      GError **error)
{
	for (guint i = 0; i < files->len; i++) {
		const struct tree_file *file = &g_array_index(files, struct tree_file, i);
		const struct record_type *type = record_type(file->kind);

		if (interrupt_asked(interrupt, error) ||
		    !write_entry(dir, file->id ? type->folder : NULL,
				 file->id ? file->id : type->name, type, file->node, error))
			return false;
	}
	/* One flush for all files, before the name that makes them count. */
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool done = fd >= 0 && syncfs(fd) == 0;
	int code = errno;
	if (fd >= 0)
		close(fd);
	return done || fail_io(error, dir, code);
}

void made_remove(const char *path)
{
	GDir *dir = g_dir_open(path, 0, NULL);
	const char *name;
	while (dir && (name = g_dir_read_name(dir))) {
		g_autofree char *inner = g_build_filename(path, name, NULL);
		if (g_file_test(inner, G_FILE_TEST_IS_DIR) &&
		    !g_file_test(inner, G_FILE_TEST_IS_SYMLINK))
			made_remove(inner);
		else
			g_unlink(inner);
	}
	if (dir)
		g_dir_close(dir);
	g_rmdir(path);
}

bool network_target_free(const char *into, GError **error)
{
	if (!g_file_test(into, G_FILE_TEST_EXISTS) && !g_file_test(into, G_FILE_TEST_IS_SYMLINK))
		return true;
	GDir *dir = g_dir_open(into, 0, NULL);
	bool empty = dir && !g_dir_read_name(dir);
	if (dir)
		g_dir_close(dir);
	if (empty && !g_file_test(into, G_FILE_TEST_IS_SYMLINK))
		return true;
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_CANNOT_CREATE,
		    _("%s is there already and is not an empty directory"), into);
	error_add_hint(error, _("name a directory that does not exist yet"));
	return false;
}

/* Into an empty directory that is there already: network.yaml last, since it makes a network. */
static bool move_into(const char *whole, const char *into, GError **error)
{
	g_autoptr(GDir) dir = g_dir_open(whole, 0, error);
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	const char *name;

	if (!dir)
		return false;
	while ((name = g_dir_read_name(dir)) != NULL)
		if (strcmp(name, "network.yaml") != 0)
			g_ptr_array_add(names, g_strdup(name));
	g_ptr_array_add(names, g_strdup("network.yaml"));
	for (guint i = 0; i < names->len; i++) {
		g_autofree char *from = g_build_filename(whole, names->pdata[i], NULL);
		g_autofree char *to = g_build_filename(into, names->pdata[i], NULL);

		if (g_rename(from, to) != 0)
			return fail_io(error, to, errno);
	}
	return true;
}

bool network_write(const GArray *files, const char *into, GError **error)
{
	g_autofree char *absolute = g_canonicalize_filename(into, NULL);
	g_autofree char *parent = g_path_get_dirname(absolute);
	bool stands = g_file_test(absolute, G_FILE_TEST_IS_DIR);
	g_autofree char *beside =
		g_build_filename(stands ? absolute : parent, ".import.XXXXXX", NULL);
	bool done = false;
	struct interrupt interrupt;

	if (!network_target_free(absolute, error))
		return false;
	interrupt_begin(&interrupt);
	if ((!stands && g_mkdir_with_parents(parent, 0777) != 0) || !g_mkdtemp(beside)) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_CANNOT_CREATE,
			    _("%s cannot be written: %s"), into, g_strerror(errno));
		interrupt_end(&interrupt);
		return false;
	}
	/* A directory inside, because the temporary one is closed to everybody else. */
	g_autofree char *whole = g_build_filename(beside, "network", NULL);
	if (write_all(files, whole, &interrupt, error)) {
		done = stands ? move_into(whole, absolute, error)
			      : g_rename(whole, absolute) == 0 || fail_io(error, into, errno);
	}
	made_remove(beside);
	interrupt_end(&interrupt);
	return done;
}
