/*
 * A directory read without any store: for checking files, for comparing two
 * copies of a network, and where nothing may be written.
 */
#include "data/workspace/private.h"

#include "base/errors.h"
#include "data/current.h"

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

struct directory_reading {
	struct reading reading;
	GPtrArray *pools;
	GPtrArray *records[KIND_COUNT];
	char *network_id;
	const char *const *files; /* whose findings are wanted; NULL: all */
	struct findings *findings;
	GCancellable *cancel;
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
		if (!parsed->findings)
			parsed->findings = findings_new();
		reading_duplicate(entry, parsed->findings);
		parsed->record = NULL;
	}
	if (parsed->record)
		g_ptr_array_add(all->records[entry->kind], parsed->record);
	if (is_wanted(all, entry->path))
		parsed_tell(parsed, all->findings);
}

/* network.yaml first: its words and its id are what the others are judged by. */
static void read_network(struct directory_reading *all, const struct entry *entry)
{
	struct parsed parsed = { .entry = entry };

	reading_run(&all->reading, &parsed, 1, all->pools);
	if (!parsed.id)
		return; /* given up before */
	all->reading.network = parsed.record;
	all->reading.any_network = !*parsed.id;
	if (*parsed.id)
		reading_know(&all->reading, KIND_NETWORK, parsed.id);
	take(all, &parsed);
	if (parsed.record)
		all->network_id = g_strdup(parsed.id);
	parsed_release(&parsed, 1);
}

static bool read_all(struct directory_reading *all, GPtrArray *entries, GError **error)
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
	bool whole = !cancel_asked(all->reading.cancel, error);
	for (guint i = 0; whole && i < n; i++)
		take(all, &parsed[i]);
	parsed_release(parsed, n);
	return whole;
}

/* --- parts of wholes ----------------------------------------------------------------------------
 */

struct wholes {
	enum kind kind;
	const struct field *field;
	GHashTable *by_id;
};

static const char *whole_of(const struct wholes *wholes, const char *id)
{
	const void *record = g_hash_table_lookup(wholes->by_id, id);

	return record ? *(const char *const *)field_at(wholes->field, record) : NULL;
}

static void tell_circle(struct directory_reading *all, const struct wholes *wholes, const char *id)
{
	g_autoptr(GString) way = g_string_new(NULL);
	g_autofree char *path = directory_path_of(wholes->kind, id, NULL);

	for (const char *at = whole_of(wholes, id); at && strcmp(at, id) != 0;
	     at = whole_of(wholes, at))
		g_string_append_printf(way, "%s%s", way->len > 0 ? ", " : "", at);
	g_autofree char *message =
		g_strdup_printf(_("%s is a part of itself, by way of %s"), id, way->str);

	if (is_wanted(all, path))
		findings_add(all->findings, SEVERITY_WARNING, path, 0, 0, 0, "circle", message,
			     _("correct part_of in one of them"), NULL);
}

/* Up from one record, until nothing is above it or somebody came by; `walks`: who did. */
static void walk_up(struct directory_reading *all, const struct wholes *wholes, GHashTable *walks,
		    const char *id)
{
	const char *at = id;

	for (; at && !g_hash_table_contains(walks, at); at = whole_of(wholes, at))
		g_hash_table_insert(walks, (gpointer)(gsize)at, (gpointer)(gsize)id);
	if (at && g_hash_table_lookup(walks, at) == id)
		tell_circle(all, wholes, at);
}

static void check_wholes(struct directory_reading *all, enum kind kind)
{
	const struct wholes wholes = { kind, record_field(record_type(kind), "part_of"),
				       g_hash_table_new(g_str_hash, g_str_equal) };
	g_autoptr(GHashTable) walks = g_hash_table_new(g_str_hash, g_str_equal);
	GPtrArray *records = all->records[kind];

	for (guint i = 0; i < records->len; i++)
		g_hash_table_insert(wholes.by_id, (gpointer)(gsize)RECORD(records->pdata[i])->id,
				    records->pdata[i]);
	for (guint i = 0; i < records->len; i++)
		walk_up(all, &wholes, walks, RECORD(records->pdata[i])->id);
	g_hash_table_unref(wholes.by_id);
}

/* From a directory, or from what a store alone keeps. */
static bool read_entries(struct directory_reading *all, const struct directory *directory,
			 GHashTable *kept, GPtrArray *entries, struct date today,
			 struct model **model, GError **error)
{
	reading_init(&all->reading, directory, entries, today);
	all->reading.kept = kept;
	all->reading.cancel = all->cancel;
	all->pools = pools_new();
	for (guint k = 0; k < KIND_COUNT; k++)
		all->records[k] = g_ptr_array_new();
	bool whole = read_all(all, entries, error);
	if (whole) {
		check_wholes(all, KIND_TERRITORY);
		check_wholes(all, KIND_PROGRAMME);
	}
	if (whole && model)
		*model = model_new(all->records, (struct pool *const *)all->pools->pdata,
				   all->pools->len, all->network_id, today, 1);
	for (guint k = 0; k < KIND_COUNT; k++)
		g_ptr_array_unref(all->records[k]);
	reading_release(&all->reading);
	g_ptr_array_unref(all->pools);
	g_free(all->network_id);
	return whole;
}

static void unref_bytes(gpointer bytes)
{
	g_bytes_unref(bytes);
}

/* The files that a store alone keeps, as entries with their bytes; false when it cannot be read. */
static bool kept_entries(const char *path, GPtrArray *entries, GHashTable *kept, GError **error)
{
	g_autoptr(GPtrArray) texts = file_texts_new();
	struct store *store = store_open_alone(path, true, error);
	bool good = store && store_texts(store, texts, error);

	store_close(store);
	for (guint i = 0; good && i < texts->len; i++) {
		const struct file_text *text = texts->pdata[i];
		enum kind kind = KIND_NETWORK;
		char *id = directory_entry_id(text->path, &kind);
		if (!id)
			continue;
		struct entry *entry = g_new0(struct entry, 1);
		entry->path = g_strdup(text->path);
		entry->kind = kind;
		entry->id = id;
		entry->size = (gint64)g_bytes_get_size(text->content);
		g_ptr_array_add(entries, entry);
		g_hash_table_insert(kept, entry->path, g_bytes_ref(text->content));
	}
	return good;
}

static bool read_alone(const char *path, struct directory_reading *all, struct date today,
		       struct model **model, GError **error)
{
	g_autoptr(GPtrArray) entries = entries_new();
	g_autoptr(GHashTable) kept =
		g_hash_table_new_full(g_str_hash, g_str_equal, NULL, unref_bytes);

	return kept_entries(path, entries, kept, error) &&
	       read_entries(all, NULL, kept, entries, today, model, error);
}

static bool read_directory(const char *path, struct directory_reading *all, struct date today,
			   struct model **model, GError **error)
{
	struct directory *directory = directory_open(path, error);
	g_autoptr(GPtrArray) entries = entries_new();
	struct findings *notes = findings_new();
	bool good = directory && directory_has_network(directory, error) &&
		    directory_scan(directory, entries, notes, NULL, all->cancel, error);

	if (good && !all->files)
		findings_move(all->findings, notes);
	findings_free(notes);
	good = good && read_entries(all, directory, NULL, entries, today, model, error);
	directory_close(directory);
	return good;
}

bool directory_read(const char *path, const char *const *files, struct date today,
		    struct findings *findings, struct model **model, GCancellable *cancel,
		    GError **error)
{
	struct findings *found = findings_new();
	struct directory_reading all = { .files = files, .findings = found, .cancel = cancel };
	g_autofree char *network = network_at(path);
	bool good = g_file_test(network, G_FILE_TEST_IS_REGULAR)
			    ? read_alone(network, &all, today, model, error)
			    : read_directory(network, &all, today, model, error);

	if (good) {
		findings_move(findings, found);
		findings_sort(findings);
	}
	findings_free(found);
	return good;
}
