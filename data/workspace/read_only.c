/*
 * A directory read without any store: for checking files, for comparing two
 * copies of a network, and where nothing may be written.
 */
#include "data/workspace/private.h"

#include "base/errors.h"

#include <glib/gi18n.h>
#include <string.h>

bool directory_has_network(const struct directory *directory, GError **error)
{
	gint64 size = 0;
	gint64 mtime = 0;

	if (directory_stat(directory, DIRECTORY_NETWORK, &size, &mtime))
		return true;
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_NO_INPUT, _("%s holds no network.yaml"),
		    directory->path);
	error_add_hint(error, _("name the directory of a network, or make one with: telar init"));
	return false;
}

static void destroy_entry(gpointer entry)
{
	entry_free(entry);
}

struct directory_reading {
	struct reading reading;
	struct pool *pool;
	GPtrArray *records[KIND_COUNT];
	char *network_id;
	const char *const *files; /* whose findings are wanted; NULL: all */
	struct findings *findings;
};

/* Files are named as people do: "./institutions/x.yaml" too. */
static bool is_wanted(const struct directory_reading *all, const char *path)
{
	for (guint i = 0; all->files && all->files[i]; i++) {
		const char *name = all->files[i];
		while (g_str_has_prefix(name, "./"))
			name += 2;
		if (strcmp(name, path) == 0)
			return true;
	}
	return !all->files;
}

static void read_one(struct directory_reading *all, const struct entry *entry)
{
	struct findings *findings = findings_new();
	struct file_bytes *bytes = reading_load(&all->reading, entry, findings);
	bool main_network = strcmp(entry->path, DIRECTORY_NETWORK) == 0;
	g_autofree char *id = NULL;
	void *record = bytes ? reading_record(&all->reading, entry, bytes, all->pool, &id, findings)
			     : NULL;

	if (main_network && id)
		g_hash_table_add(all->reading.known[KIND_NETWORK], g_strdup(id));
	if (main_network && record) {
		all->reading.network = record;
		all->network_id = g_strdup(id);
	}
	all->reading.any_network |= main_network && !id;
	if (record && !main_network && entry->kind == KIND_NETWORK &&
	    g_strcmp0(entry->id, all->network_id) == 0) {
		reading_duplicate(entry, findings);
		record = NULL;
	}
	if (record)
		g_ptr_array_add(all->records[entry->kind], record);
	if (is_wanted(all, entry->path))
		findings_move(all->findings, findings);
	findings_free(findings);
	file_bytes_free(bytes);
}

static void read_all(struct directory_reading *all, GPtrArray *entries)
{
	for (guint pass = 0; pass < 2; pass++) {
		for (guint i = 0; i < entries->len; i++) {
			const struct entry *entry = entries->pdata[i];
			bool network = strcmp(entry->path, DIRECTORY_NETWORK) == 0;

			if (network == (pass == 0))
				read_one(all, entry);
		}
	}
}

bool directory_read(const char *path, const char *const *files, struct date today,
		    struct findings *findings, struct model **model, GError **error)
{
	struct directory *directory = directory_open(path, error);
	struct directory_reading all = { .files = files, .findings = findings };
	g_autoptr(GPtrArray) entries = g_ptr_array_new_with_free_func(destroy_entry);
	struct findings *notes = findings_new();
	bool good = directory && directory_has_network(directory, error) &&
		    directory_scan(directory, entries, notes, NULL, error);

	if (good && !files)
		findings_move(findings, notes);
	findings_free(notes);
	if (!good) {
		directory_close(directory);
		return false;
	}
	reading_init(&all.reading, directory, entries);
	all.pool = pool_new();
	for (guint k = 0; k < KIND_COUNT; k++)
		all.records[k] = g_ptr_array_new();
	read_all(&all, entries);
	findings_sort(findings);
	if (model)
		*model = model_new(all.records, &all.pool, 1, all.network_id, today, 1);
	for (guint k = 0; k < KIND_COUNT; k++)
		g_ptr_array_unref(all.records[k]);
	reading_release(&all.reading);
	pool_unref(all.pool);
	g_free(all.network_id);
	directory_close(directory);
	return true;
}
