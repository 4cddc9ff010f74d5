#include "tui/watch.h"

#include <stdbool.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <glib-unix.h>

#include "data/records.h"

/*
 * inotify on the directory, its folders and the store.  What changed and whether
 * it matters is found out by looking (workspace_refresh), not from the events.
 */
#define SETTLE_MS 150 /* an editor saves in several steps */
/* Closing the lock or being looked at is no change. */
#define CHANGES                                                                                    \
	(IN_MODIFY | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE_SELF |        \
	 IN_MOVE_SELF)

struct watch {
	int file;	/* of inotify; -1: changes of others show at the next start */
	guint events;	/* source, 0 none */
	char *only;	/* the one file of its directory that counts; NULL: all do */
	guint settling; /* source, 0 none */
	void (*changed)(void *data);
	void *data;
};

static gboolean settled(gpointer data)
{
	struct watch *watch = data;

	watch->settling = 0;
	watch->changed(watch->data);
	return G_SOURCE_REMOVE;
}

static bool counts(const struct watch *watch, const struct inotify_event *event)
{
	const char *name = event->len > 0 ? event->name : "";

	if (event->mask & IN_IGNORED)
		return false;
	if (watch->only)
		return strcmp(name, watch->only) == 0 || (event->mask & IN_Q_OVERFLOW);
	return !g_str_has_suffix(name, "-shm") && !g_str_has_suffix(name, ".lock") &&
	       !g_str_has_suffix(name, "~");
}

static gboolean read_events(gint file, GIOCondition condition, gpointer data)
{
	struct watch *watch = data;
	_Alignas(struct inotify_event) char events[4096];
	gssize n;

	(void)condition;
	while ((n = read(file, events, sizeof events)) > 0) {
		const struct inotify_event *event;

		for (const char *at = events; at < events + n; at += sizeof *event + event->len) {
			event = (const void *)at;
			if (watch->settling == 0 && counts(watch, event))
				watch->settling = g_timeout_add(SETTLE_MS, settled, watch);
		}
	}
	return G_SOURCE_CONTINUE;
}

static void watch_folder(struct watch *watch, const char *directory, const char *folder)
{
	g_autofree char *path = g_build_filename(directory, folder, NULL);

	(void)inotify_add_watch(watch->file, path, CHANGES | IN_ONLYDIR);
}

static void watch_folders(struct watch *watch, const char *path)
{
	watch_folder(watch, path, "");
	watch_folder(watch, path, ".telar");
	for (guint kind = 0; kind < KIND_COUNT; kind++) {
		const char *folder = record_type(kind)->folder;

		if (folder != NULL && folder[0] != '\0')
			watch_folder(watch, path, folder);
	}
}

struct watch *watch_new(const char *path, void (*changed)(void *data), void *data)
{
	struct watch *watch = g_new0(struct watch, 1);

	watch->changed = changed;
	watch->data = data;
	watch->file = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	if (watch->file < 0)
		return watch;
	watch->events = g_unix_fd_add(watch->file, G_IO_IN, read_events, watch);
	if (g_file_test(path, G_FILE_TEST_IS_DIR)) {
		watch_folders(watch, path);
		return watch;
	}
	/* A network that is one file: what stands beside it is none of its business. */
	g_autofree char *folder = g_path_get_dirname(path);
	watch->only = g_path_get_basename(path);
	watch_folder(watch, folder, "");
	return watch;
}

void watch_free(struct watch *watch)
{
	if (watch == NULL)
		return;
	if (watch->settling != 0)
		g_source_remove(watch->settling);
	if (watch->events != 0)
		g_source_remove(watch->events);
	if (watch->file >= 0)
		close(watch->file);
	g_free(watch->only);
	g_free(watch);
}
