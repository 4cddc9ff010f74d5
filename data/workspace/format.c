/*
 * Entry files brought into one style, file by file.  What style is, is
 * data/yaml/format.c's; here which files, under which lock, and that nobody's
 * edit is lost.
 */
#include "data/workspace/private.h"

#include "base/errors.h"
#include "data/yaml/yaml_file.h"

#include <glib/gi18n.h>
#include <string.h>

void formatted_free(struct formatted *formatted)
{
	if (!formatted)
		return;
	g_free(formatted->path);
	g_free(formatted);
}

static bool is_wanted(const char *const *files, const char *path)
{
	for (guint i = 0; files && files[i]; i++) {
		const char *name = files[i];
		while (g_str_has_prefix(name, "./"))
			name += 2;
		if (strcmp(name, path) == 0)
			return true;
	}
	return !files;
}

/* Puts the new bytes in place, unless the file is no longer as it was read. */
static bool write_text(const struct directory *directory, const char *path, const GString *text,
		       const struct file_bytes *was, GError **error)
{
	GBytes *content = g_bytes_new(text->str, text->len);
	struct staged *staged = directory_stage(directory, path, content, error);
	bool placed = false;
	bool done = staged && directory_finish(directory, staged, was->hash, &placed, error);

	if (done && !placed) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_CONFLICT, _("%s was changed meanwhile"),
			    path);
		done = false;
	}
	if (staged)
		directory_discard(directory, staged);
	g_bytes_unref(content);
	return done;
}

static bool format_entry(const struct directory *directory, const struct entry *entry, bool write,
			 GPtrArray *out, struct findings *findings, GError **error)
{
	g_autoptr(GString) text = g_string_new(NULL);
	g_autoptr(GError) why = NULL;
	struct file_bytes *bytes = directory_read_file(directory, entry->path, YAML_FILE_MAX, &why);
	bool good = true;

	if (why) {
		g_propagate_error(error, g_steal_pointer(&why));
		return false;
	}
	if (!bytes) /* gone since it was listed */
		return true;
	enum yaml_formatted done = yaml_format(record_type(entry->kind), bytes->text, bytes->length,
					       entry->path, text, findings);
	if (done == YAML_FORMAT_CHANGED && write)
		good = write_text(directory, entry->path, text, bytes, error);
	if (good && (done == YAML_FORMAT_CHANGED || done == YAML_FORMAT_LEFT)) {
		struct formatted *formatted = g_new0(struct formatted, 1);
		formatted->path = g_strdup(entry->path);
		formatted->left = done == YAML_FORMAT_LEFT;
		g_ptr_array_add(out, formatted);
	}
	file_bytes_free(bytes);
	return good;
}

static bool format_entries(const struct directory *directory, const char *const *files, bool write,
			   GPtrArray *out, struct findings *findings, GError **error)
{
	g_autoptr(GPtrArray) entries = entries_new();
	struct findings *notes = findings_new();
	bool good = directory_has_network(directory, error) &&
		    directory_scan(directory, entries, notes, NULL, NULL, error);

	findings_free(notes); /* of files that are no entries: not of interest here */
	for (guint i = 0; good && i < entries->len; i++) {
		const struct entry *entry = entries->pdata[i];
		if (!entry->refused && is_wanted(files, entry->path))
			good = format_entry(directory, entry, write, out, findings, error);
	}
	return good;
}

bool directory_format(const char *path, const char *const *files, GPtrArray *out,
		      struct findings *findings, GError **error)
{
	struct directory *directory = directory_open(path, error);
	bool good = directory && format_entries(directory, files, false, out, findings, error);

	directory_close(directory);
	return good;
}

bool workspace_format(struct workspace *workspace, const char *const *files, GPtrArray *out,
		      struct findings *findings, GError **error)
{
	if (workspace->read_only) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_DENIED,
			    _("%s is open for reading only"), workspace->directory->path);
		return false;
	}
	if (!store_lock(workspace->store, error))
		return false;
	/* What a crash left to be written is written first: else it would meet changed bytes. */
	bool good = workspace_flush(workspace, findings, error) &&
		    format_entries(workspace->directory, files, true, out, findings, error);
	store_unlock(workspace->store);
	return good;
}
