/*
 * A store by itself, made from an open network: SQLite's copy of one moment, and
 * into it the bytes of the files.  The other way is write_out.c.
 */
#include "data/safety.h"

#include "base/errors.h"
#include "base/interrupt.h"
#include "data/workspace/private.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

/* The files that are as the store last read them: of others only the record is kept. */
static bool keep_texts(const struct workspace *workspace, struct store *copy,
		       struct interrupt *interrupt, struct holdings *holdings, GError **error)
{
	g_autoptr(GPtrArray) states = file_states_new();
	bool good = store_files(copy, states, error);

	for (guint i = 0; good && i < states->len; i++) {
		const struct file_state *state = states->pdata[i];

		if (interrupt_asked(interrupt, error))
			return false;
		struct file_bytes *bytes = workspace_read_file(workspace, state->path, NULL);
		if (bytes && file_bytes_are(bytes, state->hash)) {
			GBytes *content = g_bytes_new(bytes->text, bytes->length);
			good = store_put_text(copy, state->path, content, error);
			g_bytes_unref(content);
			holdings->texts++;
		}
		file_bytes_free(bytes);
	}
	return good;
}

/* What waits to be written to files is in the records of the copy, and it has no files. */
static bool empty_outbox(struct store *copy, GError **error)
{
	g_autoptr(GPtrArray) rows = outbox_rows_new();
	bool good = store_outbox(copy, rows, error);

	for (guint i = 0; good && i < rows->len; i++)
		good = store_clear_outbox(copy, ((struct outbox_row *)rows->pdata[i])->id, error);
	return good;
}

bool store_holdings(struct store *store, struct holdings *holdings, GError **error)
{
	g_autoptr(GPtrArray) snapshots = snapshots_new();
	struct pool *pool = pool_new();
	bool good = store_snapshots(store, snapshots, error) &&
		    store_last_change(store, G_MAXINT64, &holdings->changes, error);

	holdings->snapshots = snapshots->len;
	holdings->entries = 0;
	for (guint k = 0; good && k < KIND_COUNT; k++) {
		g_autoptr(GPtrArray) records = g_ptr_array_new();
		good = store_load(store, (enum kind)k, pool, records, error);
		holdings->entries += records->len;
	}
	pool_unref(pool);
	return good;
}

static bool complete(const struct workspace *workspace, const char *path,
		     struct interrupt *interrupt, struct holdings *holdings, GError **error)
{
	struct store *copy = store_open_alone(path, false, error);
	bool good = copy && store_begin(copy, error);

	if (good) {
		good = keep_texts(workspace, copy, interrupt, holdings, error) &&
		       empty_outbox(copy, error);
		good = good ? store_commit(copy, error) : (store_rollback(copy), false);
	}
	good = good && store_holdings(copy, holdings, error);
	store_close(copy);
	return good;
}

static bool refuse_existing(const char *path, GError **error)
{
	if (!g_file_test(path, G_FILE_TEST_EXISTS) && !g_file_test(path, G_FILE_TEST_IS_SYMLINK))
		return true;
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_CANNOT_CREATE, _("%s is there already"), path);
	error_add_hint(error, _("a backup never takes the place of another: name a new file"));
	return false;
}

/* Ours would be made anew in the copy, without what the other version's hold. */
static bool refuse_other(const struct workspace *workspace, GError **error)
{
	if (!store_is_other(workspace->history))
		return true;
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_DATA,
		    _("%s was made by another version of telar"), workspace_path(workspace));
	error_add_hint(error, _("open it once where it may be written, or copy it as it is"));
	return false;
}

static void remove_beside(const char *folder)
{
	static const char *const names[] = { "network.telar", "network.telar.lock",
					     "network.telar-journal" };

	for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *path = g_build_filename(folder, names[i], NULL);
		g_unlink(path);
	}
	g_rmdir(folder);
}

/* Made in a folder of its own beside, and put in place when it is whole. */
static bool make_copy(const struct workspace *workspace, const char *path,
		      struct holdings *holdings, GError **error)
{
	g_autofree char *folder = g_strconcat(path, ".XXXXXX", NULL);
	struct interrupt interrupt;

	interrupt_begin(&interrupt);
	if (!g_mkdtemp(folder)) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_CANNOT_CREATE,
			    _("%s cannot be written: %s"), path, g_strerror(errno));
		interrupt_end(&interrupt);
		return false;
	}
	g_autofree char *copy = g_build_filename(folder, "network.telar", NULL);
	bool good = store_copy(workspace->history, copy, error) &&
		    complete(workspace, copy, &interrupt, holdings, error) &&
		    !interrupt_asked(&interrupt, error) && store_place(copy, path, error);
	remove_beside(folder);
	interrupt_end(&interrupt);
	return good;
}

bool workspace_backup(struct workspace *workspace, const char *path, struct holdings *out,
		      GError **error)
{
	struct findings *ignored = findings_new();
	struct holdings holdings = { 0 };
	bool wrote = false;
	bool write = !workspace->read_only;

	/* With the lock no edit of ours comes between the copy and the files. */
	bool good = refuse_existing(path, error) && refuse_other(workspace, error) &&
		    (!write || store_lock(workspace->store, error));
	if (good) {
		good = (!write || (workspace_flush(workspace, ignored, error) &&
				   workspace_sync(workspace, ignored, &wrote, error))) &&
		       make_copy(workspace, path, &holdings, error);
		if (write)
			store_unlock(workspace->store);
	}
	findings_free(ignored);
	if (good && out)
		*out = holdings;
	return good;
}
