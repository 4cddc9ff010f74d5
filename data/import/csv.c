/*
 * Imports a network's CSV tables as a directory of YAML entries: checks
 * everything first, then writes a directory beside and puts it in place with one
 * rename.
 */
#include "data/import/csv.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "base/errors.h"
#include "base/text.h"
#include "data/import/csv_build.h"
#include "data/yaml/yaml_file.h"

/* --- checking ------------------------------------------------------------------- */

static enum id_state find_id(void *data, guint refs, const char *id)
{
	const struct build *build = data;
	enum id_state state = ID_UNKNOWN;
	for (guint k = 0; k < KIND_COUNT; k++) {
		if (!(refs & (1u << k)))
			continue;
		if (g_hash_table_contains(build->by_id[k], id))
			return ID_KNOWN;
		if (build->broken[k]) /* it may be in a row that could not be read */
			state = ID_BROKEN;
	}
	return state;
}

static char *nearest_id(void *data, guint refs, const char *id)
{
	const struct build *build = data;
	g_autoptr(GPtrArray) ids = g_ptr_array_new();
	for (guint i = 0; i < build->entries->len; i++) {
		const struct entry *entry = build->entries->pdata[i];
		if (refs & (1u << entry->kind))
			g_ptr_array_add(ids, (gpointer)(gsize)entry->id);
	}
	g_ptr_array_add(ids, NULL);
	return g_strdup(text_nearest(id, (const char *const *)ids->pdata));
}

/* What the field tables found, moved to where it stands in the tables. */
static void relocate(struct findings *findings)
{
	for (guint i = 0; i < findings->all->len; i++) {
		struct finding *finding = findings->all->pdata[i];
		enum csv_table table;
		if (finding->line == 0)
			continue;
		build_unmark(finding->line, &table, &finding->line);
		g_free(finding->file);
		finding->file = g_strdup(csv_table_file(table));
	}
}

static void check_trees(struct build *build)
{
	struct pool *pool = pool_new();
	struct findings *found = findings_new();
	struct check check = { .id = find_id, .nearest = nearest_id, .data = build };

	check.network = node_to_record(record_type(KIND_NETWORK), build->network, &check,
				       "network.yaml", pool, found);
	for (guint i = 0; i < build->entries->len; i++) {
		const struct entry *entry = build->entries->pdata[i];
		node_to_record(record_type(entry->kind), entry->node, &check,
			       csv_table_file(entry->table), pool, found);
	}
	if (build->counts)
		node_to_record(record_type(KIND_COUNTS), build->counts, &check, "counts.yaml", pool,
			       found);
	relocate(found);
	findings_move(build->findings, found);
	findings_free(found);
	pool_unref(pool);
}

/* --- writing -------------------------------------------------------------------- */

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
	g_autofree char *text = yaml_emit(type, node);
	g_autoptr(GError) problem = NULL;
	char *schema = strstr(text, "=../../schema/");

	/* network.yaml stands at the top, not in its kind's folder. */
	if (!folder && schema && schema < strchr(text, '\n'))
		memmove(schema + 1, schema + 4, strlen(schema + 4) + 1);

	if (g_mkdir(in, 0777) != 0 && errno != EEXIST)
		return fail_io(error, in, errno);
	if (g_file_set_contents_full(path, text, -1, G_FILE_SET_CONTENTS_NONE, 0666, &problem))
		return true;
	g_set_error_literal(error, TELAR_ERROR, TELAR_ERROR_IO, problem->message);
	return false;
}

static bool write_all(const struct build *build, const char *dir, GError **error)
{
	if (!write_entry(dir, NULL, "network", record_type(KIND_NETWORK), build->network, error))
		return false;
	if (build->counts &&
	    !write_entry(dir, NULL, "counts", record_type(KIND_COUNTS), build->counts, error))
		return false;
	for (guint i = 0; i < build->entries->len; i++) {
		const struct entry *entry = build->entries->pdata[i];
		const struct record_type *type = record_type(entry->kind);
		if (!write_entry(dir, type->folder, entry->id, type, entry->node, error))
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

/* Removes what write_all made: files, and folders one deep. */
static void remove_tree(const char *path)
{
	GDir *dir = g_dir_open(path, 0, NULL);
	const char *name;
	while (dir && (name = g_dir_read_name(dir))) {
		g_autofree char *inner = g_build_filename(path, name, NULL);
		if (g_file_test(inner, G_FILE_TEST_IS_DIR) &&
		    !g_file_test(inner, G_FILE_TEST_IS_SYMLINK))
			remove_tree(inner);
		else
			g_unlink(inner);
	}
	if (dir)
		g_dir_close(dir);
	g_rmdir(path);
}

static bool is_free(const char *into, GError **error)
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

static bool write_network(const struct build *build, const char *into, GError **error)
{
	g_autofree char *absolute = g_canonicalize_filename(into, NULL);
	g_autofree char *parent = g_path_get_dirname(absolute);
	g_autofree char *beside = g_build_filename(parent, ".import.XXXXXX", NULL);
	bool done = false;

	if (!is_free(absolute, error))
		return false;
	if (!g_mkdtemp(beside)) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_CANNOT_CREATE,
			    _("%s cannot be written: %s"), parent, g_strerror(errno));
		return false;
	}
	/* A directory inside, because the temporary one is closed to everybody else. */
	g_autofree char *whole = g_build_filename(beside, "network", NULL);
	if (write_all(build, whole, error)) {
		done = g_rename(whole, absolute) == 0;
		if (!done)
			fail_io(error, into, errno);
	}
	remove_tree(beside);
	return done;
}

bool csv_import_run(const struct csv_import *import, guint rows[CSV_TABLE_COUNT],
		    struct findings *findings, GError **error)
{
	struct build build;
	guint errors_before = findings->errors;
	bool done = false;

	if (!import->check_only && !is_free(import->into, error))
		return false;
	build_init(&build, findings);
	if (build_read(&build, import->from, error)) {
		build_trees(&build, import);
		check_trees(&build);
		findings_sort(findings);
		guint errors = findings->errors - errors_before;
		if (errors > 0)
			g_set_error(error, TELAR_ERROR, TELAR_ERROR_FINDINGS,
				    ngettext("the tables have %u error; nothing was written",
					     "the tables have %u errors; nothing was written",
					     errors),
				    errors);
		else
			done = import->check_only || write_network(&build, import->into, error);
	}
	for (guint t = 0; done && rows && t < CSV_TABLE_COUNT; t++)
		rows[t] = build.sheets[t]->rows->len;
	build_release(&build);
	return done;
}
