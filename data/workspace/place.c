/*
 * Writing beneath a network's directory: new bytes beside a file, then in its
 * place, with a look at what gave way.  A version that is not known to be ours is
 * never removed: it is put back, or stays beside its file under a name of its own,
 * which scan.c finds.
 */
#include "data/workspace/directory.h"

#include "base/clock.h"
#include "base/errors.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool write_all(int fd, const char *data, gsize length)
{
	while (length > 0) {
		gssize n = write(fd, data, length);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		data += n;
		length -= (gsize)n;
	}
	return true;
}

bool directory_make_own(const struct directory *directory, GError **error)
{
	if (mkdirat(directory->fd, DIRECTORY_OWN, 0700) != 0 && errno != EEXIST)
		return directory_fail(_("cannot make"), DIRECTORY_OWN, error);
	int own = openat(directory->fd, DIRECTORY_OWN,
			 O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
	if (own < 0)
		return directory_fail(_("cannot open"), DIRECTORY_OWN, error);
	int ignore = openat(own, ".gitignore", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (ignore >= 0) {
		write_all(ignore, "*\n", 2);
		close(ignore);
	}
	close(own);
	return true;
}

static bool make_folder(const struct directory *directory, const char *path, GError **error)
{
	const char *slash = strchr(path, '/');

	if (!slash)
		return true;
	g_autofree char *folder = g_strndup(path, (gsize)(slash - path));
	if (mkdirat(directory->fd, folder, 0777) == 0) {
		fsync(directory->fd);
		return true;
	}
	return errno == EEXIST || directory_fail(_("cannot make"), folder, error);
}

/* A new file beside `name` that nobody else has, with the mode that `name` has. */
static int make_temporary(int folder, const char *name, char **temporary)
{
	struct stat st;
	mode_t mode = 0666;
	bool keep = fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(st.st_mode);

	for (guint try = 0; try < 100; try++) {
		g_autofree char *candidate =
			g_strdup_printf(".%s" TEMPORARY_MARK "%08x", name, g_random_int());
		int fd = openat(folder, candidate,
				O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);

		if (fd < 0 && errno == EEXIST)
			continue;
		if (fd >= 0 && keep && fchmod(fd, st.st_mode & 07777) != 0) {
			close(fd);
			unlinkat(folder, candidate, 0);
			return -1;
		}
		if (fd >= 0)
			*temporary = g_steal_pointer(&candidate);
		return fd;
	}
	return -1;
}

static bool fill(int fd, GBytes *content, struct staged *staged)
{
	struct stat st;
	gsize length = 0;
	const char *data = g_bytes_get_data(content, &length);

	staged->hash = bytes_hash(data, length);
	if (!write_all(fd, data, length) || fsync(fd) != 0 || fstat(fd, &st) != 0)
		return false;
	staged->size = st.st_size;
	staged->mtime = file_mtime(&st);
	return true;
}

struct staged *directory_stage(const struct directory *directory, const char *path, GBytes *content,
			       GError **error)
{
	const char *name = NULL;
	struct staged *staged = NULL;

	if (content && !make_folder(directory, path, error))
		return NULL;
	staged = g_new0(struct staged, 1);
	staged->path = g_strdup(path);
	if (!content)
		return staged;
	int folder = directory_open_folder(directory, path, &name);
	int fd = folder < 0 ? -1 : make_temporary(folder, name, &staged->temporary);
	bool good = fd >= 0 && fill(fd, content, staged);
	if (fd >= 0 && close(fd) != 0)
		good = false;
	if (!good) {
		directory_fail(_("cannot write"), path, error);
		directory_discard(directory, staged);
		staged = NULL;
	}
	if (folder >= 0)
		close(folder);
	return staged;
}

static char *beside(const char *path, const char *temporary)
{
	const char *slash = strrchr(path, '/');

	return slash ? g_strdup_printf("%.*s/%s", (int)(slash - path), path, temporary)
		     : g_strdup(temporary);
}

/* Whether what stands beside `path` under a temporary name has a hash. */
static bool has_hash(const struct directory *directory, const char *path, const char *temporary,
		     const char *hash)
{
	g_autofree char *own = beside(path, temporary);
	struct file_bytes *bytes = directory_read_file(directory, own, G_MAXINT32, NULL);
	bool same = bytes && file_bytes_are(bytes, hash);

	file_bytes_free(bytes);
	return same;
}

/* Some file systems can neither exchange nor spare: the moment in between stays open there. */
static bool is_unable(int why)
{
	return why == EINVAL || why == ENOSYS;
}

/*
 * From here on the file may be the only one that holds somebody's version, and a
 * crash may come at any step: so it bears a name that is never swept.
 */
static bool set_aside(int folder, const char *name, const char *from, char **aside)
{
	for (guint try = 0; try < 100; try++) {
		g_autofree char *candidate = g_strdup_printf(".%s" TEMPORARY_MARK ASIDE_MARK "%07x",
							     name, g_random_int() >> 4);

		if (renameat2(folder, from, folder, candidate, RENAME_NOREPLACE) == 0) {
			*aside = g_steal_pointer(&candidate);
			return true;
		}
		if (errno != EEXIST)
			return false;
	}
	return false;
}

static bool put_over(int folder, const char *name, const char *temporary, bool *placed)
{
	*placed = renameat(folder, temporary, folder, name) == 0;
	return *placed;
}

/* Where there was no file there is none to look at. */
static bool put_new(int folder, const char *name, const char *temporary, bool *placed)
{
	*placed = renameat2(folder, temporary, folder, name, RENAME_NOREPLACE) == 0;
	if (!*placed && is_unable(errno))
		return put_over(folder, name, temporary, placed);
	return *placed || errno == EEXIST; /* made meanwhile */
}

/*
 * Our bytes, which stand `aside`, and the file change names in one step, so that
 * whatever stood there is still there to be looked at: a file that was written a
 * moment before is put back.
 */
static bool exchange(const struct directory *directory, int folder, const char *name,
		     const char *aside, const struct staged *staged, const char *before,
		     bool *placed)
{
	if (renameat2(folder, aside, folder, name, RENAME_EXCHANGE) != 0) {
		if (is_unable(errno) && put_over(folder, name, aside, placed))
			return true;
		int why = errno;

		unlinkat(folder, aside, 0);
		errno = why;
		return why == ENOENT; /* removed meanwhile */
	} else if (has_hash(directory, staged->path, aside, before)) {
		*placed = true;
	} else if (renameat2(folder, aside, folder, name, RENAME_EXCHANGE) != 0) {
		return errno == ENOENT;
	} else if (!has_hash(directory, staged->path, aside, staged->hash)) {
		/* Written once more in between: the newest of theirs is what stands. */
		return renameat2(folder, aside, folder, name, RENAME_EXCHANGE) == 0;
	}
	unlinkat(folder, aside, 0);
	return true;
}

static bool swap(const struct directory *directory, int folder, const char *name,
		 struct staged *staged, const char *before, bool *placed)
{
	g_autofree char *aside = NULL;
	bool good;

	*placed = false;
	if (!*before)
		good = put_new(folder, name, staged->temporary, placed);
	else if (set_aside(folder, name, staged->temporary, &aside))
		good = exchange(directory, folder, name, aside, staged, before, placed);
	else
		good = is_unable(errno) && put_over(folder, name, staged->temporary, placed);
	if (*placed || aside)
		g_clear_pointer(&staged->temporary, g_free);
	return good;
}

/* Out of the way first, to be looked at, then gone. */
static bool take_away(const struct directory *directory, int folder, const char *name,
		      const struct staged *staged, const char *before, bool *placed)
{
	g_autofree char *aside = NULL;

	*placed = !set_aside(folder, name, name, &aside);
	if (*placed && is_unable(errno))
		return unlinkat(folder, name, 0) == 0;
	if (*placed)
		return errno == ENOENT;
	*placed = has_hash(directory, staged->path, aside, before);
	if (*placed)
		return unlinkat(folder, aside, 0) == 0;
	return renameat2(folder, aside, folder, name, RENAME_NOREPLACE) == 0 || errno == EEXIST;
}

#define TICKS_MOST 20 /* milliseconds that a kernel's tick can take, and more */

/* What others write once it stands in its place gets another stamp. */
static void outlast_stamp(const struct staged *staged)
{
	for (guint i = 0; i < TICKS_MOST && clock_stamp() <= staged->mtime; i++)
		g_usleep(1000);
}

bool directory_finish(const struct directory *directory, struct staged *staged, const char *before,
		      bool *placed, GError **error)
{
	const char *name = NULL;
	int folder = directory_open_folder(directory, staged->path, &name);
	bool good = folder >= 0 || (!staged->temporary && errno == ENOENT);
	bool done = true;

	if (staged->temporary)
		outlast_stamp(staged);
	if (folder >= 0)
		good = staged->temporary
			       ? swap(directory, folder, name, staged, before, &done)
			       : take_away(directory, folder, name, staged, before, &done);
	good = good && (folder < 0 || fsync(folder) == 0);
	if (!good)
		directory_fail(_("cannot write"), staged->path, error);
	if (folder >= 0)
		close(folder);
	if (good)
		*placed = done;
	return good;
}

bool directory_remove(const struct directory *directory, const char *path)
{
	const char *name = NULL;
	int folder = directory_open_folder(directory, path, &name);
	bool good = folder >= 0 && unlinkat(folder, name, 0) == 0;

	if (folder >= 0)
		close(folder);
	return good;
}

void directory_discard(const struct directory *directory, struct staged *staged)
{
	if (!staged)
		return;
	if (staged->temporary) {
		g_autofree char *path = beside(staged->path, staged->temporary);
		directory_remove(directory, path);
	}
	g_free(staged->path);
	g_free(staged->temporary);
	g_free(staged->hash);
	g_free(staged);
}
