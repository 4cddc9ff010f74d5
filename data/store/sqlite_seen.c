/*
 * Which stores by themselves were looked at page by page and have not been
 * touched since: a line for each in the user's cache.  Outside of the store, where no
 * copy takes it along; and by what the kernel alone says of a file, so that a copy, a
 * restored date or a byte changed by any program make it a file never seen.  What a
 * disk forgets by itself is the business of `telar doctor`, which always looks.
 */
#include "data/store/sqlite_private.h"

#include "base/clock.h"

#include <string.h>
#include <sys/stat.h>

#define WORTH	   ((gint64)256 << 10) /* bytes, below which all is read in no time */
#define LINES_MOST 128

static gint64 nanoseconds(const struct timespec *at)
{
	return (gint64)at->tv_sec * 1000000000 + at->tv_nsec;
}

/*
 * "device inode size mtime ctime"; NULL for a file not to be remembered: small,
 * with a log or a journal beside it, which opening writes into it, on a file system that counts in
 * seconds, or changed just now: it could be once more within the same tick.  Not by its bytes:
 * closing a file that is open as a database too gives up the locks that this process has on it.
 */
static char *stamp_of(const char *path)
{
	g_autofree char *log = g_strconcat(path, "-wal", NULL);
	g_autofree char *journal = g_strconcat(path, "-journal", NULL);
	gint64 now = clock_stamp();
	struct stat st;

	if (lstat(log, &st) == 0 || lstat(journal, &st) == 0 || lstat(path, &st) != 0 ||
	    !S_ISREG(st.st_mode) || st.st_size < WORTH || st.st_ctim.tv_nsec == 0 ||
	    nanoseconds(&st.st_ctim) >= now)
		return NULL;
	return g_strdup_printf("%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %" G_GINT64_FORMAT
			       " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT,
			       (guint64)st.st_dev, (guint64)st.st_ino, (gint64)st.st_size,
			       nanoseconds(&st.st_mtim), nanoseconds(&st.st_ctim));
}

static char *file_of_lines(void)
{
	return g_build_filename(g_get_user_cache_dir(), "telar", "seen", NULL);
}

static char **lines_read(void)
{
	g_autofree char *file = file_of_lines();
	g_autofree char *text = NULL;

	return g_strsplit(g_file_get_contents(file, &text, NULL, NULL) ? text : "", "\n", -1);
}

static bool is_of_same_file(const char *line, const char *stamp)
{
	const char *inode = strchr(stamp, ' ') + 1;

	return strncmp(line, stamp, (gsize)(strchr(inode, ' ') + 1 - stamp)) == 0;
}

/* Not kept where it cannot be: then it is looked at again. */
static void remember(const char *stamp)
{
	g_auto(GStrv) lines = lines_read();
	g_autofree char *file = file_of_lines();
	g_autofree char *folder = g_path_get_dirname(file);
	g_autoptr(GString) text = g_string_new(stamp);

	g_string_append_c(text, '\n');
	for (guint i = 0, kept = 1; lines[i] && kept < LINES_MOST; i++) {
		if (!*lines[i] || is_of_same_file(lines[i], stamp))
			continue;
		g_string_append_printf(text, "%s\n", lines[i]);
		kept++;
	}
	if (g_mkdir_with_parents(folder, 0700) == 0)
		(void)g_file_set_contents_full(file, text->str, (gssize)text->len,
					       G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL);
}

bool store_is_seen(const struct store *store)
{
	g_autofree char *stamp = stamp_of(store->path);
	g_auto(GStrv) lines = stamp ? lines_read() : NULL;

	return lines && g_strv_contains((const char *const *)lines, stamp);
}

bool store_look_whole(struct store *store, GError **error)
{
	if (store_is_seen(store))
		return true;
	g_autofree char *before = stamp_of(store->path);
	if (!store_quick_check(store, error))
		return false;
	g_autofree char *after = stamp_of(store->path);
	if (before && g_strcmp0(before, after) == 0)
		remember(before);
	return true;
}
