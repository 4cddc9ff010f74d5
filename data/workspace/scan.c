/*
 * Listing a network's directory: which files are entries, of which kind and id.
 * Names and stat only; opening is directory.c's business.
 */
#include "data/workspace/directory.h"

#include "base/errors.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct scan {
	GPtrArray *entries;
	struct findings *findings;
	GPtrArray *leftovers; /* paths; NULL: they are passed by */
	GCancellable *cancel;
};

void entry_free(struct entry *entry)
{
	if (!entry)
		return;
	g_free(entry->path);
	g_free(entry->id);
	g_free(entry);
}

static void destroy_entry(gpointer entry)
{
	entry_free(entry);
}

GPtrArray *entries_new(void)
{
	return g_ptr_array_new_with_free_func(destroy_entry);
}

static void note(struct scan *scan, const char *path, const char *message, const char *hint)
{
	findings_add(scan->findings, SEVERITY_NOTE, path, 0, 0, 0, "stray", message, hint, NULL);
}

static void add_entry(struct scan *scan, const char *path, enum kind kind, const char *id,
		      const struct stat *st)
{
	struct entry *entry = g_new0(struct entry, 1);

	entry->path = g_strdup(path);
	entry->kind = kind;
	entry->id = g_strdup(id);
	entry->size = st->st_size;
	entry->mtime = file_mtime(st);
	entry->refused = !file_is_own(st);
	g_ptr_array_add(scan->entries, entry);
}

/* --- what a crash left --- */

/* Behind the name of the file, before a number; NULL: no name of ours. */
static const char *find_mark(const char *name)
{
	const char *mark = name[0] == '.' ? strstr(name, TEMPORARY_MARK) : NULL;

	return mark && strlen(mark) == strlen(TEMPORARY_MARK) + 8 ? mark : NULL;
}

char *directory_aside_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;
	const char *mark = find_mark(name);

	if (!mark || !g_str_has_prefix(mark, TEMPORARY_MARK ASIDE_MARK))
		return NULL;
	return g_strdup_printf("%.*s%.*s", (int)(name - path), path, (int)(mark - name - 1),
			       name + 1);
}

static bool is_leftover(struct scan *scan, const char *path, const char *name)
{
	if (!find_mark(name))
		return false;
	if (scan->leftovers)
		g_ptr_array_add(scan->leftovers, g_strdup(path));
	return true;
}

/* One name in the folder of a kind. */
static void add_name(struct scan *scan, enum kind kind, int folder, const char *name)
{
	struct stat st;
	g_autofree char *path = g_strdup_printf("%s/%s", record_type(kind)->folder, name);

	if (is_leftover(scan, path, name) || !scan->entries)
		return;
	if (name[0] == '.' || g_str_has_suffix(name, "~") ||
	    fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) != 0)
		return;
	if (S_ISDIR(st.st_mode)) {
		note(scan, path, _("a folder among entries is not read"), NULL);
		return;
	}
	if (!g_str_has_suffix(name, ".yaml")) {
		note(scan, path, _("this file is not an entry and is not read"),
		     g_str_has_suffix(name, ".yml") ? _("rename it to end in .yaml") : NULL);
		return;
	}
	g_autofree char *id = g_strndup(name, strlen(name) - strlen(".yaml"));
	if (id_is_valid(id))
		add_entry(scan, path, kind, id, &st);
	else
		note(scan, path, _("the file's name is not an id, so it is not read"),
		     _("name it with lower-case letters without accents, digits and single "
		       "hyphens"));
}

static bool scan_folder(struct scan *scan, const struct directory *directory, enum kind kind,
			GError **error)
{
	const char *name = record_type(kind)->folder;
	int fd = openat(directory->fd, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);

	if (fd < 0 && errno == ENOENT)
		return true;
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	if (!dir) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_IO, _("cannot read %s: %s"), name,
			    g_strerror(errno));
		if (fd >= 0)
			close(fd);
		return false;
	}
	bool going = true;
	for (const struct dirent *item = readdir(dir); item && going; item = readdir(dir)) {
		add_name(scan, kind, fd, item->d_name);
		going = !cancel_asked(scan->cancel, error);
	}
	closedir(dir);
	return going;
}

/* Files at the top: the network, records that have a file to themselves, and what is misplaced. */
static bool scan_top(struct scan *scan, const struct directory *directory, GError **error)
{
	int fd = openat(directory->fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	struct stat st;

	if (!dir) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_IO, _("cannot read %s: %s"),
			    directory->path, g_strerror(errno));
		if (fd >= 0)
			close(fd);
		return false;
	}
	for (const struct dirent *item = readdir(dir); item; item = readdir(dir)) {
		const char *name = item->d_name;
		bool known = strcmp(name, DIRECTORY_NETWORK) == 0;

		if (is_leftover(scan, name, name) || !scan->entries)
			continue;
		if (name[0] == '.' || !g_str_has_suffix(name, ".yaml") ||
		    fstatat(fd, name, &st, AT_SYMLINK_NOFOLLOW) != 0)
			continue;
		if (known)
			add_entry(scan, name, KIND_NETWORK, "", &st);
		for (guint k = 0; k < KIND_COUNT && !known; k++) {
			const struct record_type *type = record_type((enum kind)k);
			gsize length = strlen(type->name);

			if (!record_is_single(type) || strncmp(name, type->name, length) != 0 ||
			    strcmp(name + length, ".yaml") != 0)
				continue;
			add_entry(scan, name, (enum kind)k, type->name, &st);
			known = true;
		}
		if (!known)
			note(scan, name, _("this file is not one of the network's and is not read"),
			     _("entries stand in the folders institutions, territories, "
			       "programmes and networks"));
	}
	closedir(dir);
	return true;
}

static int compare_entries(gconstpointer a, gconstpointer b)
{
	return strcmp((*(const struct entry *const *)a)->path,
		      (*(const struct entry *const *)b)->path);
}

static bool scan_all(struct scan *scan, const struct directory *directory, GError **error)
{
	if (!scan_top(scan, directory, error))
		return false;
	for (guint k = 0; k < KIND_COUNT; k++) {
		if (!record_is_single(record_type((enum kind)k)) &&
		    !scan_folder(scan, directory, (enum kind)k, error))
			return false;
	}
	return true;
}

bool directory_scan(const struct directory *directory, GPtrArray *entries,
		    struct findings *findings, GPtrArray *leftovers, GCancellable *cancel,
		    GError **error)
{
	struct scan scan = {
		.entries = entries, .findings = findings, .leftovers = leftovers, .cancel = cancel
	};

	if (!scan_all(&scan, directory, error))
		return false;
	g_ptr_array_sort(entries, compare_entries);
	return true;
}

GPtrArray *directory_leftovers(const struct directory *directory)
{
	GPtrArray *paths = g_ptr_array_new_with_free_func(g_free);
	struct scan scan = { .leftovers = paths };

	scan_all(&scan, directory, NULL);
	return paths;
}
