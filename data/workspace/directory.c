/*
 * A network's directory on disk: names of entry files and reading them.  Every
 * step opens one name in an open folder without following links, so no path can
 * lead out.  What stands in the files is not its business, writing is place.c's.
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

#define READ_FLAGS (O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)

bool directory_fail(const char *what, const char *name, GError **error)
{
	int code = errno == EACCES || errno == EPERM || errno == EROFS ? TELAR_ERROR_CANNOT_CREATE
								       : TELAR_ERROR_IO;
	const char *why = g_strerror(errno);

	g_set_error(error, TELAR_ERROR, code, "%s %s: %s", what, name, why);
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

int directory_open_folder(const struct directory *directory, const char *path, const char **name)
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
	g_free(bytes);
}

bool file_is_own(const struct stat *st)
{
	return S_ISREG(st->st_mode) && st->st_nlink <= 1;
}

gint64 file_mtime(const struct stat *st)
{
	return (gint64)st->st_mtim.tv_sec * 1000000000 + st->st_mtim.tv_nsec;
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
		directory_fail(_("cannot read"), path, error);
		return NULL;
	}
	if (!file_is_own(&st)) {
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
			directory_fail(_("cannot read"), path, error);
			return NULL;
		}
		length += (gsize)n;
		if (n == 0 || length == (gsize)st.st_size)
			break; /* a file that grows meanwhile is seen by its size later */
	}
	text[length] = '\0';
	struct file_bytes *bytes = g_new0(struct file_bytes, 1);
	bytes_hash_to(bytes->hash, text, length);
	bytes->text = g_steal_pointer(&text);
	bytes->length = length;
	bytes->size = st.st_size;
	bytes->mtime = file_mtime(&st);
	bytes->doubtful = may_repeat(bytes->mtime, now);
	return bytes;
}

/* Name by name: for kernels and sandboxes without openat2. */
static int open_by_steps(const struct directory *directory, const char *path)
{
	const char *name = NULL;
	int folder = directory_open_folder(directory, path, &name);
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

/* Takes `fd`, what came of opening `path`. */
static struct file_bytes *read_opened(int fd, const char *path, gsize most, GError **error)
{
	if (fd < 0 && (errno == ENOENT || errno == ENOTDIR))
		return NULL;
	if (fd < 0 && errno == ELOOP) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_DATA,
			    _("%s is a link, not a file of its own"), path);
		return NULL;
	}
	if (fd < 0) {
		directory_fail(_("cannot read"), path, error);
		return NULL;
	}
	struct file_bytes *bytes = read_open(fd, most, path, error);
	close(fd);
	return bytes;
}

struct file_bytes *directory_read_file(const struct directory *directory, const char *path,
				       gsize most, GError **error)
{
	return read_opened(open_beneath(directory, path), path, most, error);
}

int directory_folder(const struct directory *directory, enum kind kind)
{
	const struct record_type *type = record_type(kind);

	return record_is_single(type) ? -1
				      : openat(directory->fd, type->folder,
					       O_PATH | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
}

struct file_bytes *directory_read_entry(const struct directory *directory, int folder,
					const struct entry *entry, gsize most, GError **error)
{
	const char *slash = folder < 0 ? NULL : strchr(entry->path, '/');

	if (!slash)
		return directory_read_file(directory, entry->path, most, error);
	/* Found by listing that folder: one name, which O_NOFOLLOW holds to what it is. */
	return read_opened(openat(folder, slash + 1, READ_FLAGS), entry->path, most, error);
}

bool directory_stat(const struct directory *directory, const char *path, gint64 *size,
		    gint64 *mtime)
{
	struct stat st;

	if (fstatat(directory->fd, path, &st, AT_SYMLINK_NOFOLLOW) != 0)
		return false;
	*size = st.st_size;
	*mtime = file_mtime(&st);
	return true;
}
