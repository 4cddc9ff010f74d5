#include "tui/watch.h"

#include <gio/gio.h>

#include "data/records.h"

/*
 * Monitors on the directory, its folders and the store.  What changed and whether
 * it matters is found out by looking (workspace_refresh), not from the events.
 */
#define SETTLE_MS 150 /* an editor saves in several steps */

struct watch {
	GPtrArray *monitors;
	void (*changed)(void *data);
	void *data;
	guint settling; /* source, 0 none */
};

static gboolean settled(gpointer data)
{
	struct watch *watch = data;

	watch->settling = 0;
	watch->changed(watch->data);
	return G_SOURCE_REMOVE;
}

static void file_event(GFileMonitor *monitor, GFile *file, GFile *other, GFileMonitorEvent event,
		       gpointer data)
{
	struct watch *watch = data;
	g_autofree char *name = g_file_get_basename(file);

	(void)monitor;
	(void)other;
	/* Closing the lock or being looked at is no change. */
	if (event == G_FILE_MONITOR_EVENT_CHANGES_DONE_HINT ||
	    event == G_FILE_MONITOR_EVENT_ATTRIBUTE_CHANGED)
		return;
	if (name == NULL || g_str_has_suffix(name, "-shm") || g_str_has_suffix(name, ".lock") ||
	    g_str_has_suffix(name, "~"))
		return;
	if (watch->settling == 0)
		watch->settling = g_timeout_add(SETTLE_MS, settled, watch);
}

static void watch_by(struct watch *watch, GFileMonitor *monitor)
{
	/* Without a monitor, changes of others show at the next start. */
	if (monitor == NULL)
		return;
	g_signal_connect(monitor, "changed", G_CALLBACK(file_event), watch);
	g_ptr_array_add(watch->monitors, monitor);
}

static void watch_folder(struct watch *watch, const char *directory, const char *folder)
{
	g_autofree char *path = g_build_filename(directory, folder, NULL);
	g_autoptr(GFile) file = g_file_new_for_path(path);

	if (g_file_test(path, G_FILE_TEST_IS_DIR))
		watch_by(watch,
			 g_file_monitor_directory(file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL));
}

/* A network that is one file: what stands beside it is none of its business. */
static void watch_file(struct watch *watch, const char *path)
{
	g_autoptr(GFile) file = g_file_new_for_path(path);

	watch_by(watch, g_file_monitor_file(file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL));
}

struct watch *watch_new(const char *path, void (*changed)(void *data), void *data)
{
	struct watch *watch = g_new0(struct watch, 1);

	watch->monitors = g_ptr_array_new_with_free_func(g_object_unref);
	watch->changed = changed;
	watch->data = data;
	if (!g_file_test(path, G_FILE_TEST_IS_DIR)) {
		watch_file(watch, path);
		return watch;
	}
	watch_folder(watch, path, "");
	watch_folder(watch, path, ".telar");
	for (guint kind = 0; kind < KIND_COUNT; kind++) {
		const char *folder = record_type(kind)->folder;

		if (folder != NULL && folder[0] != '\0')
			watch_folder(watch, path, folder);
	}
	return watch;
}

void watch_free(struct watch *watch)
{
	if (watch == NULL)
		return;
	if (watch->settling != 0)
		g_source_remove(watch->settling);
	for (guint i = 0; i < watch->monitors->len; i++) {
		GFileMonitor *monitor = g_ptr_array_index(watch->monitors, i);

		g_signal_handlers_disconnect_by_data(monitor, watch);
		g_file_monitor_cancel(monitor);
	}
	g_ptr_array_unref(watch->monitors);
	g_free(watch);
}
