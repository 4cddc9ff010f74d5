/*
 * A network's directory on disk: listing, reading and replacing entry files
 * beneath it.  Every step opens one name in an open folder without following
 * links, so no path can lead out.  What stands in the files is not its business.
 */
#include "data/workspace/directory.h"

#include "base/clock.h"
#include "base/errors.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <linux/openat2.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define TEMPORARY_MARK ".telar-"
#define READ_FLAGS     (O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)

static bool fail(const char *format, const char *name, GError **error)
{
	int code = errno == EACCES || errno == EPERM || errno == EROFS ? TELAR_ERROR_CANNOT_CREATE
								       : TELAR_ERROR_IO;
	const char *why = g_strerror(errno);
	g_autofree char *what = g_strdup_printf("%s: %s", name, why);

	g_set_error(error, TELAR_ERROR, code, "%s %s", format, what);
	return false;
}

struct directory *directory_open(const char *path, GError **error)
{
	g_autofree char *real = realpath(path, NULL);
	int fd = real ? open(real, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;

	if (fd < 0) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_NO_INPUT, _("cannot open %s: %s"), path,
			    g_strerror(errno));
		return NULL;
	}
	struct directory *directory = g_new0(struct directory, 1);
	directory->path = g_steal_pointer(&real);
	directory->fd = fd;
	return directory;
}

void directory_close(struct directory *directory)
{
	if (!directory)
		return;
	close(directory->fd);
	g_free(directory->path);
	g_free(directory);
}

bool directory_is_writable(const struct directory *directory)
{
	if (faccessat(directory->fd, ".", W_OK | X_OK, AT_EACCESS) != 0)
		return false;
	/* Where somebody else keeps the store to themselves, we only read. */
	return faccessat(directory->fd, DIRECTORY_OWN, R_OK | W_OK | X_OK, AT_EACCESS) == 0 ||
	       errno == ENOENT;
}

/* The folder that holds `path` (our paths have at most one '/'); `*name` is the rest. */
static int open_folder(const struct directory *directory, const char *path, const char **name)
{
	const char *slash = strrchr(path, '/');

	*name = slash ? slash + 1 : path;
	if (!slash)
		return openat(directory->fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	g_autofree char *folder = g_strndup(path, (gsize)(slash - path));
	if (strchr(folder, '/') || strcmp(folder, "..") == 0) {
		errno = EINVAL;
		return -1;
	}
	return openat(directory->fd, folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
}

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
		return fail(_("cannot make"), DIRECTORY_OWN, error);
	int own = openat(directory->fd, DIRECTORY_OWN,
			 O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
	if (own < 0)
		return fail(_("cannot open"), DIRECTORY_OWN, error);
	int ignore = openat(own, ".gitignore", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (ignore >= 0) {
		write_all(ignore, "*\n", 2);
		close(ignore);
	}
	close(own);
	return true;
}

char *directory_path_of(enum kind kind, const char *id, const char *network_id)
{
	const struct record_type *type = record_type(kind);

	if (kind == KIND_NETWORK && g_strcmp0(id, network_id) == 0)
		return g_strdup(DIRECTORY_NETWORK);
	if (record_is_single(type))
		return g_strdup_printf("%s.yaml", type->name);
	return g_strdup_printf("%s/%s.yaml", type->folder, id);
}

char *directory_entry_id(const char *path, enum kind *kind)
{
	const char *slash = strchr(path, '/');
	const char *name = slash ? slash + 1 : path;
	g_autofree char *folder = g_strndup(path, slash ? (gsize)(slash - path) : 0);

	*kind = KIND_NETWORK;
	if (strcmp(path, DIRECTORY_NETWORK) == 0)
		return g_strdup("");
	if (!g_str_has_suffix(name, ".yaml"))
		return NULL;
	g_autofree char *id = g_strndup(name, strlen(name) - strlen(".yaml"));
	for (guint k = 0; k < KIND_COUNT; k++) {
		const struct record_type *type = record_type((enum kind)k);
		bool single = record_is_single(type);

		*kind = (enum kind)k;
		if (slash && !single && strcmp(folder, type->folder) == 0)
			return id_is_valid(id) ? g_steal_pointer(&id) : NULL;
		if (!slash && single && strcmp(id, type->name) == 0)
			return g_steal_pointer(&id);
	}
	return NULL;
}

bool directory_is_entry(const char *path)
{
	enum kind kind = KIND_NETWORK;
	g_autofree char *id = directory_entry_id(path, &kind);

	return id != NULL;
}

/* --- reading ---------------------------------------------------------------------------- */

void file_bytes_free(struct file_bytes *bytes)
{
	if (!bytes)
		return;
	g_free(bytes->text);
	g_free(bytes->hash);
	g_free(bytes);
}

static gint64 nanoseconds(struct timespec time)
{
	return (gint64)time.tv_sec * 1000000000 + time.tv_nsec;
}

/*
 * Whether what is written from `now` on can have the stamp `mtime`.  Some file
 * systems keep whole seconds, or even ones only.
 */
static bool may_repeat(gint64 mtime, gint64 now)
{
	gint64 grain = mtime % 1000000000 == 0 ? (gint64)2 * 1000000000 : 0;

	return mtime + grain >= now;
}

static struct file_bytes *read_open(int fd, gsize most, const char *path, GError **error)
{
	struct stat st;
	gint64 now = clock_stamp();

	if (fstat(fd, &st) != 0) {
		fail(_("cannot read"), path, error);
		return NULL;
	}
	if (!S_ISREG(st.st_mode) || st.st_nlink != 1) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_DATA,
			    _("%s is a link, not a file of its own"), path);
		return NULL;
	}
	gsize room = MIN((gsize)st.st_size, most) + 1;
	g_autofree char *text = g_malloc(room + 1);
	gsize length = 0;
	while (length < room) {
		gssize n = read(fd, text + length, room - length);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			fail(_("cannot read"), path, error);
			return NULL;
		}
		length += (gsize)n;
		if (n == 0 || length == (gsize)st.st_size)
			break; /* a file that grows meanwhile is seen by its size later */
	}
	text[length] = '\0';
	struct file_bytes *bytes = g_new0(struct file_bytes, 1);
	bytes->hash = bytes_hash(text, length);
	bytes->text = g_steal_pointer(&text);
	bytes->length = length;
	bytes->size = st.st_size;
	bytes->mtime = nanoseconds(st.st_mtim);
	bytes->doubtful = may_repeat(bytes->mtime, now);
	return bytes;
}

/* Name by name: for kernels and sandboxes without openat2. */
static int open_by_steps(const struct directory *directory, const char *path)
{
	const char *name = NULL;
	int folder = open_folder(directory, path, &name);
	int fd = folder < 0 ? -1 : openat(folder, name, READ_FLAGS);
	int why = errno;

	if (folder >= 0)
		close(folder);
	errno = why;
	return fd;
}

static int open_beneath(const struct directory *directory, const char *path)
{
	const struct open_how how = { .flags = READ_FLAGS,
				      .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS |
						 RESOLVE_NO_MAGICLINKS };
	long fd = syscall(SYS_openat2, directory->fd, path, &how, sizeof how);

	if (fd >= 0 || errno == ENOENT || errno == ELOOP)
		return (int)fd;
	return open_by_steps(directory, path);
}

struct file_bytes *directory_read_file(const struct directory *directory, const char *path,
				       gsize most, GError **error)
{
	int fd = open_beneath(directory, path);

	if (fd < 0 && (errno == ENOENT || errno == ENOTDIR))
		return NULL;
	if (fd < 0 && errno == ELOOP) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_DATA,
			    _("%s is a link, not a file of its own"), path);
		return NULL;
	}
	if (fd < 0) {
		fail(_("cannot read"), path, error);
		return NULL;
	}
	struct file_bytes *bytes = read_open(fd, most, path, error);
	close(fd);
	return bytes;
}

bool directory_stat(const struct directory *directory, const char *path, gint64 *size,
		    gint64 *mtime)
{
	struct stat st;

	if (fstatat(directory->fd, path, &st, AT_SYMLINK_NOFOLLOW) != 0)
		return false;
	*size = st.st_size;
	*mtime = nanoseconds(st.st_mtim);
	return true;
}

/* --- writing ---------------------------------------------------------------------------- */

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
	return errno == EEXIST || fail(_("cannot make"), folder, error);
}

bool directory_is_temporary(const char *name)
{
	const char *mark = name[0] == '.' ? strstr(name, TEMPORARY_MARK) : NULL;

	return mark && strlen(mark) == strlen(TEMPORARY_MARK) + 8;
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
	staged->mtime = nanoseconds(st.st_mtim);
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
	int folder = open_folder(directory, path, &name);
	int fd = folder < 0 ? -1 : make_temporary(folder, name, &staged->temporary);
	bool good = fd >= 0 && fill(fd, content, staged);
	if (fd >= 0 && close(fd) != 0)
		good = false;
	if (!good) {
		fail(_("cannot write"), path, error);
		directory_discard(directory, staged);
		staged = NULL;
	}
	if (folder >= 0)
		close(folder);
	return staged;
}

/* Whether what stands beside `path` under a temporary name has a hash. */
static bool has_hash(const struct directory *directory, const char *path, const char *temporary,
		     const char *hash)
{
	const char *slash = strrchr(path, '/');
	g_autofree char *own =
		slash ? g_strdup_printf("%.*s/%s", (int)(slash - path), path, temporary)
		      : g_strdup(temporary);
	struct file_bytes *bytes = directory_read_file(directory, own, G_MAXINT32, NULL);
	bool same = bytes && file_bytes_are(bytes, hash);

	file_bytes_free(bytes);
	return same;
}

/*
 * The two files change names in one step, so that whatever stood there is still
 * there to be looked at: a file that was written a moment before is put back.
 */
static bool swap(const struct directory *directory, int folder, const char *name,
		 struct staged *staged, const char *before, bool *placed)
{
	const char *temporary = staged->temporary;
	guint how = *before ? RENAME_EXCHANGE : RENAME_NOREPLACE;

	*placed = false;
	if (renameat2(folder, temporary, folder, name, how) != 0) {
		if (errno == (*before ? ENOENT : EEXIST))
			return true; /* removed, or made, meanwhile */
		/* Some file systems cannot: the moment in between stays open there. */
		if ((errno != EINVAL && errno != ENOSYS) ||
		    renameat(folder, temporary, folder, name) != 0)
			return false;
		*placed = true;
		g_clear_pointer(&staged->temporary, g_free);
		return true;
	}
	if (!*before) {
		*placed = true;
		g_clear_pointer(&staged->temporary, g_free);
		return true;
	}
	if (has_hash(directory, staged->path, temporary, before)) {
		*placed = true;
		unlinkat(folder, temporary, 0);
		g_clear_pointer(&staged->temporary, g_free);
		return true;
	}
	if (renameat2(folder, temporary, folder, name, RENAME_EXCHANGE) != 0)
		return errno == ENOENT;
	/* Written once more in between: the newest of theirs is what stands. */
	if (!has_hash(directory, staged->path, temporary, staged->hash))
		return renameat2(folder, temporary, folder, name, RENAME_EXCHANGE) == 0;
	return true;
}

/* Out of the way first, to be looked at, then gone. */
static bool take_away(const struct directory *directory, int folder, const char *name,
		      const struct staged *staged, const char *before, bool *placed)
{
	g_autofree char *aside = g_strdup_printf(".%s" TEMPORARY_MARK "%08x", name, g_random_int());

	*placed = renameat2(folder, name, folder, aside, RENAME_NOREPLACE) != 0;
	if (*placed && (errno == EINVAL || errno == ENOSYS))
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
	int folder = open_folder(directory, staged->path, &name);
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
		fail(_("cannot write"), staged->path, error);
	if (folder >= 0)
		close(folder);
	if (good)
		*placed = done;
	return good;
}

void directory_discard(const struct directory *directory, struct staged *staged)
{
	const char *name = NULL;

	if (!staged)
		return;
	int folder = staged->temporary ? open_folder(directory, staged->path, &name) : -1;
	if (folder >= 0) {
		unlinkat(folder, staged->temporary, 0);
		close(folder);
	}
	g_free(staged->path);
	g_free(staged->temporary);
	g_free(staged->hash);
	g_free(staged);
}
