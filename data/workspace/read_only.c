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
	GPtrArray *pools;
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

static void take(struct directory_reading *all, struct parsed *parsed)
{
	const struct entry *entry = parsed->entry;

	if (entry->kind == KIND_NETWORK && *entry->id &&
	    g_strcmp0(entry->id, all->network_id) == 0) {
		reading_duplicate(entry, parsed->findings);
		parsed->record = NULL;
	}
	if (parsed->record)
		g_ptr_array_add(all->records[entry->kind], parsed->record);
	if (is_wanted(all, entry->path))
		findings_move(all->findings, parsed->findings);
}

/* network.yaml first: its words and its id are what the others are judged by. */
static void read_network(struct directory_reading *all, const struct entry *entry)
{
	struct parsed parsed = { .entry = entry };

	reading_run(&all->reading, &parsed, 1, all->pools);
	all->reading.network = parsed.record;
	all->reading.any_network = !*parsed.id;
	if (*parsed.id)
		g_hash_table_add(all->reading.known[KIND_NETWORK], g_strdup(parsed.id));
	take(all, &parsed);
	if (parsed.record)
		all->network_id = g_strdup(parsed.id);
	parsed_release(&parsed, 1);
}

static void read_all(struct directory_reading *all, GPtrArray *entries)
{
	g_autofree struct parsed *parsed = g_new0(struct parsed, entries->len + 1);
	guint n = 0;

	for (guint i = 0; i < entries->len; i++) {
		const struct entry *entry = entries->pdata[i];

		if (strcmp(entry->path, DIRECTORY_NETWORK) == 0)
			read_network(all, entry);
		else
			parsed[n++].entry = entry;
	}
	reading_run(&all->reading, parsed, n, all->pools);
	for (guint i = 0; i < n; i++)
		take(all, &parsed[i]);
	parsed_release(parsed, n);
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
	reading_init(&all.reading, directory, entries, today);
	all.pools = pools_new();
	for (guint k = 0; k < KIND_COUNT; k++)
		all.records[k] = g_ptr_array_new();
	read_all(&all, entries);
	findings_sort(findings);
	if (model)
		*model = model_new(all.records, (struct pool *const *)all.pools->pdata,
				   all.pools->len, all.network_id, today, 1);
	for (guint k = 0; k < KIND_COUNT; k++)
		g_ptr_array_unref(all.records[k]);
	reading_release(&all.reading);
	g_ptr_array_unref(all.pools);
	g_free(all.network_id);
	directory_close(directory);
	return true;
}
