#include "tui/memory_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "base/errors.h"

/*
 * Reading, locking and writing a small file of one's own.  What is in it is the
 * business of memory.c.
 */
#define APART 10 /* milliseconds between tries of the lock */
#define ASIDE 99 /* damaged files that are kept */

struct node *memory_file_read(const char *file, char **why)
{
	g_autofree char *content = NULL;
	struct node *root = NULL;
	GError *error = NULL;
	GStatBuf status;
	gsize length = 0;

	*why = NULL;
	if (g_lstat(file, &status) != 0 && errno == ENOENT)
		return NULL;
	if (g_lstat(file, &status) != 0 || !S_ISREG(status.st_mode)) {
		*why = g_strdup(_("it is no plain file"));
	} else if (status.st_size > MEMORY_FILE_MAX) {
		*why = g_strdup_printf(_("it is larger than %d KiB"), MEMORY_FILE_MAX / 1024);
	} else if (!g_file_get_contents(file, &content, &length, &error)) {
		*why = g_strdup(error->message);
		g_error_free(error);
	} else {
		if (g_utf8_validate(content, (gssize)length, NULL))
			root = node_from_json(content, NULL);
		if (root == NULL || root->type != NODE_MAP)
			*why = g_strdup(_("it is damaged"));
	}
	if (*why != NULL)
		g_clear_pointer(&root, node_free);
	return root;
}

char *memory_file_aside(const char *file, GError **error)
{
	for (guint i = 1; i <= ASIDE; i++) {
		g_autofree char *name = i == 1 ? g_strdup_printf("%s.damaged", file)
					       : g_strdup_printf("%s.damaged-%u", file, i);
		GStatBuf status;

		if (g_lstat(name, &status) == 0)
			continue;
		if (g_rename(file, name) == 0)
			return g_steal_pointer(&name);
		break;
	}
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_CANNOT_CREATE,
		    _("%s cannot be read, and cannot be put aside: %s"), file, g_strerror(errno));
	return NULL;
}

/* Why it cannot be had, or 0. */
static int take_lock(int lock, guint patience)
{
	for (guint waited = 0; flock(lock, LOCK_EX | LOCK_NB) != 0; waited += APART) {
		if ((errno != EWOULDBLOCK && errno != EINTR) || waited >= patience)
			return errno;
		g_usleep(APART * G_TIME_SPAN_MILLISECOND);
	}
	return 0;
}

int memory_file_lock(const char *file, guint patience, GError **error)
{
	g_autofree char *folder = g_path_get_dirname(file);
	g_autofree char *name = g_strconcat(file, ".lock", NULL);
	int lock, why;

	errno = 0;
	lock = g_mkdir_with_parents(folder, 0700) != 0
		       ? -1
		       : g_open(name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	why = lock < 0 ? errno : take_lock(lock, patience);
	if (lock >= 0 && why == 0)
		return lock;
	if (lock >= 0)
		close(lock);
	if (why == EWOULDBLOCK || why == EINTR)
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_BUSY,
			    _("Another session is writing %s"), file);
	else
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_CANNOT_CREATE,
			    _("This cannot be kept in %s: %s"), folder, g_strerror(why));
	return -1;
}

void memory_file_unlock(int lock)
{
	if (lock >= 0)
		close(lock);
}

bool memory_file_write(const char *file, const struct node *root, GError **error)
{
	g_autofree char *json = node_to_json(root);

	if (strlen(json) > MEMORY_FILE_MAX) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE,
			    _("There is no room for more than %d KiB of what is kept"),
			    MEMORY_FILE_MAX / 1024);
		error_add_hint(error, _("\":forget NAME\" makes room"));
		return false;
	}
	return g_file_set_contents_full(file, json, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
					error);
}
