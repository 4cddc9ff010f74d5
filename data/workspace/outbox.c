/*
 * Edits that are in the store and not yet in their file: what a crash, or a
 * directory that could not be written, left behind.  Everything here may be done
 * twice without harm.
 */
#include "data/workspace/private.h"

#include "base/errors.h"
#include "data/yaml/yaml_file.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>

bool workspace_place(struct workspace *workspace, struct staged *staged, const char *before,
		     bool *placed, GError **error)
{
	g_autoptr(GError) why = NULL;
	struct file_bytes *now =
		directory_read_file(workspace->directory, staged->path, YAML_FILE_MAX, &why);
	bool same = !why && file_bytes_are(now, before);

	file_bytes_free(now);
	if (why) {
		g_propagate_error(error, g_steal_pointer(&why));
		return false;
	}
	*placed = false;
	return !same || directory_finish(workspace->directory, staged, before, placed, error);
}

bool workspace_put_bytes(struct workspace *workspace, const char *path, GBytes *content,
			 const char *before, struct settled *settled, bool *placed, GError **error)
{
	if (workspace->brought && workspace->brought->dry) {
		*placed = true;
		return true;
	}
	struct staged *staged = directory_stage(workspace->directory, path, content, error);
	bool good = staged && workspace_place(workspace, staged, before, placed, error);

	if (good && *placed) {
		settled->size = staged->size;
		settled->mtime = staged->mtime;
	}
	directory_discard(workspace->directory, staged);
	return good;
}

/* --- one row ------------------------------------------------------------------------------ */

static char *target_of(const struct outbox_row *row)
{
	gsize length = 0;
	const void *data = row->content ? g_bytes_get_data(row->content, &length) : NULL;

	return row->content ? bytes_hash(data, length) : g_strdup("");
}

/*
 * What a crash left set aside when a row was being written, where the row has it too:
 * anything else is left to the sweep.
 */
static void drop_asides(struct workspace *workspace, const GPtrArray *leftovers,
			const struct outbox_row *row, const char *target)
{
	for (guint i = 0; i < leftovers->len; i++) {
		const char *path = leftovers->pdata[i];
		g_autofree char *file = directory_aside_of(path);

		if (g_strcmp0(file, row->path) != 0)
			continue;
		struct file_bytes *bytes =
			directory_read_file(workspace->directory, path, YAML_FILE_MAX, NULL);
		if (bytes && (file_bytes_are(bytes, row->before) || file_bytes_are(bytes, target)))
			directory_remove(workspace->directory, path);
		file_bytes_free(bytes);
	}
}

/* Where a record went whose file is not there any more; NULL: it is gone. */
static struct entry *moved_to(const struct workspace *workspace, const struct outbox_row *row)
{
	enum kind kind = KIND_NETWORK;
	g_autofree char *id = *row->before ? directory_entry_id(row->path, &kind) : NULL;

	return id && *id ? workspace_renamed(workspace, kind, id) : NULL;
}

static struct file_bytes *read_row(const struct workspace *workspace, const struct outbox_row *row,
				   struct entry **moved, GError **error)
{
	g_autoptr(GError) why = NULL;
	struct file_bytes *bytes =
		directory_read_file(workspace->directory, row->path, YAML_FILE_MAX, &why);

	*moved = bytes || why ? NULL : moved_to(workspace, row);
	if (*moved)
		bytes = directory_read_file(workspace->directory, (*moved)->path, YAML_FILE_MAX,
					    &why);
	if (!bytes)
		g_clear_pointer(moved, entry_free);
	if (why)
		g_propagate_error(error, g_steal_pointer(&why));
	return bytes;
}

/* `*placed` is false when the file was written to at the same moment: next time. */
static bool write_row(struct workspace *workspace, const struct outbox_row *row,
		      const GPtrArray *leftovers, struct findings *findings,
		      struct settled *settled, bool *placed, GError **error)
{
	g_autoptr(GError) why = NULL;
	struct entry *moved = NULL;

	if (!directory_is_entry(row->path)) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_DATA,
			    _("the store holds an edit of a file that is no entry"));
		return false;
	}
	struct file_bytes *bytes = read_row(workspace, row, &moved, &why);
	g_autofree char *target = target_of(row);
	bool good = why == NULL;

	drop_asides(workspace, leftovers, row, target);
	*placed = true;
	*settled = (struct settled){ .row = row->id, .path = row->path };
	if (why) {
		g_propagate_error(error, g_steal_pointer(&why));
	} else if (!moved && file_bytes_are(bytes, target)) {
		settled->known = true;
		settled->size = bytes ? bytes->size : 0;
		settled->mtime = !bytes ? 0 : bytes->doubtful ? FILE_DOUBTFUL : bytes->mtime;
	} else if (!moved && file_bytes_are(bytes, row->before)) {
		good = workspace_put_bytes(workspace, row->path, row->content, row->before, settled,
					   placed, error);
		settled->known = good && *placed;
	} else {
		good = workspace_merge(workspace, row, moved, bytes, findings, settled, placed,
				       error);
	}
	entry_free(moved);
	file_bytes_free(bytes);
	return good;
}

static bool settle_one(struct workspace *workspace, const struct settled *settled, GError **error)
{
	g_autoptr(GError) why = NULL;
	struct file_state *state = store_file(workspace->store, settled->path, &why);
	bool good = why == NULL;

	if (state && settled->known) {
		state->size = settled->size;
		state->mtime = settled->mtime;
		good = store_put_file(workspace->store, state, error);
	}
	file_state_free(state);
	if (why)
		g_propagate_error(error, g_steal_pointer(&why));
	for (guint i = 0; good && settled->conflicts && i < settled->conflicts->len; i++)
		good = store_add_conflict(workspace->store, settled->conflicts->pdata[i], error);
	return good && store_clear_outbox(workspace->store, settled->row, error);
}

bool workspace_settle(struct workspace *workspace, const struct settled *settled, guint n,
		      GError **error)
{
	struct store *store = workspace->store;
	bool good = true;

	/* Lost in a power cut, it is found done and cleared again. */
	store_set_durable(store, false);
	if (!store_begin(store, error)) {
		store_set_durable(store, true);
		return false;
	}
	for (guint i = 0; good && i < n; i++)
		good = settle_one(workspace, &settled[i], error);
	if (good)
		good = store_commit(store, error);
	else
		store_rollback(store);
	store_set_durable(store, true);
	return good;
}

static void say_unwritten(struct findings *findings, const char *path, const GError *why)
{
	g_autofree char *what = NULL;
	g_autofree char *hint = NULL;

	error_split(why, &what, &hint);
	g_autofree char *message =
		g_strdup_printf(_("an edit is saved but its file could not be written: %s"), what);
	findings_add(findings, SEVERITY_WARNING, path, 0, 0, 0, "unwritten", message,
		     hint ? hint : _("it is written as soon as the directory allows"), NULL);
}

/* Once a change, though it may have several files. */
static void tell_written(const struct workspace *workspace, gint64 id)
{
	GPtrArray *told = workspace->brought->to_files;
	const struct change *last = told->len > 0 ? told->pdata[told->len - 1] : NULL;
	struct change *change =
		last && last->id == id ? NULL : store_change(workspace->store, id, NULL);

	if (change)
		g_ptr_array_add(told, change);
}

/* The rows that are done leave the outbox; what clashed on the way is kept and told. */
static void finish(struct workspace *workspace, struct settled *settled, guint n)
{
	struct brought *brought = workspace->brought;

	/* Where even that fails the rows stay, and are found done next time. */
	if (!brought || !brought->dry)
		workspace_settle(workspace, settled, n, NULL);
	for (guint i = 0; i < n; i++) {
		GPtrArray *conflicts = settled[i].conflicts;

		while (brought && conflicts && conflicts->len > 0)
			g_ptr_array_add(brought->clashed, g_ptr_array_steal_index(conflicts, 0));
		g_clear_pointer(&settled[i].conflicts, g_ptr_array_unref);
	}
}

bool workspace_flush(struct workspace *workspace, struct findings *findings, GError **error)
{
	g_autoptr(GPtrArray) rows = outbox_rows_new();
	g_autoptr(GHashTable) left = g_hash_table_new(g_str_hash, g_str_equal);
	guint n = 0;

	if (!workspace->directory)
		return true;
	if (!store_outbox(workspace->store, rows, error))
		return false;
	if (rows->len == 0)
		return true;
	bool dry = workspace->brought && workspace->brought->dry;
	g_autoptr(GPtrArray) leftovers =
		dry ? g_ptr_array_new() : directory_leftovers(workspace->directory);
	g_autofree struct settled *settled = g_new0(struct settled, rows->len);
	for (guint i = 0; i < rows->len; i++) {
		const struct outbox_row *row = rows->pdata[i];
		g_autoptr(GError) why = NULL;
		bool placed = false;

		/* Of one file the later edits stand on the earlier ones. */
		if (g_hash_table_contains(left, row->path))
			continue;
		if (!write_row(workspace, row, leftovers, findings, &settled[n], &placed, &why))
			say_unwritten(findings, row->path, why);
		if (!why && placed && workspace->brought)
			tell_written(workspace, row->change);
		if (!why && placed)
			n++;
		else
			g_hash_table_add(left, row->path);
	}
	workspace_step(workspace, "flush-written");
	finish(workspace, settled, n);
	return true;
}

/* Trying again and again must not say the same again and again. */
static bool is_said(const struct findings *findings, const struct finding *finding)
{
	for (guint i = 0; i < findings->all->len; i++) {
		const struct finding *said = findings->all->pdata[i];

		if (g_strcmp0(said->file, finding->file) == 0 &&
		    strcmp(said->message, finding->message) == 0)
			return true;
	}
	return false;
}

void workspace_meet(struct workspace *workspace, const struct finding *finding)
{
	if (!workspace->met)
		workspace->met = findings_new();
	if (!is_said(workspace->met, finding))
		findings_add(workspace->met, finding->severity, finding->file, finding->line,
			     finding->col, finding->span, finding->code, finding->message,
			     finding->hint, finding->source);
}

bool workspace_flush_kept(struct workspace *workspace, GError **error)
{
	struct findings *found = findings_new();
	bool good = workspace_flush(workspace, found, error);

	for (guint i = 0; i < found->all->len; i++)
		workspace_meet(workspace, found->all->pdata[i]);
	findings_free(found);
	return good;
}
