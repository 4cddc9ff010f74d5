/*
 * Taking back and doing again, as new changes: history only grows.  A change
 * stands unless a change that takes it back stands.  Where a file's bytes are as
 * the change left them they become exactly what they were; else the values are
 * put back into what stands there now.
 */
#include "data/workspace/private.h"

#include "base/errors.h"
#include "data/yaml/yaml_file.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>

/* --- bytes --- */

static const struct file_edit *edit_of(GPtrArray *edits, const char *path)
{
	for (guint i = 0; i < edits->len; i++) {
		const struct file_edit *edit = edits->pdata[i];

		if (strcmp(edit->path, path) == 0)
			return edit;
	}
	return NULL;
}

/* The file's bytes before the edit, made from those after it; NULL when they are other ones. */
static GString *bytes_before(const struct planned *planned, const struct file_edit *edit)
{
	gsize n_old = 0;
	const char *old = g_bytes_get_data(edit->old_bytes, &n_old);
	gsize n_new = g_bytes_get_size(edit->new_bytes);
	const char *text = planned->bytes ? planned->bytes->text : "";
	gsize length = planned->bytes ? planned->bytes->length : 0;
	gsize offset = (gsize)edit->offset;

	if (!file_bytes_are(planned->bytes, edit->after) || edit->offset < 0 || offset > length ||
	    n_new > length - offset)
		return NULL;
	GString *out = g_string_new_len(text, (gssize)offset);
	if (n_old > 0)
		g_string_append_len(out, old, (gssize)n_old);
	g_string_append_len(out, text + offset + n_new, (gssize)(length - offset - n_new));
	if (bytes_have_hash(out->str, out->len, edit->before))
		return out;
	g_string_free(out, TRUE);
	return NULL;
}

/* Whether a file of these bytes is the record that the inverse ops lead to. */
static bool means(const struct planned *planned, const GString *text)
{
	const struct record_type *type = record_type(planned->kind);
	struct findings *ignored = findings_new();
	struct pool *pool = pool_new();
	struct node *root = yaml_read(text->str, text->len, planned->path, ignored);
	const struct check nothing = { 0 };
	const void *record =
		root ? node_to_record(type, root, &nothing, planned->path, pool, ignored) : NULL;
	struct node *tree = record ? node_from_record(type, record) : NULL;
	bool same = tree && node_equal(tree, planned->tree);

	node_free(tree);
	node_free(root);
	pool_unref(pool);
	findings_free(ignored);
	return same;
}

void plan_restore(struct plan *plan, GPtrArray *edits)
{
	for (guint i = 0; i < plan->records->len; i++) {
		struct planned *planned = plan->records->pdata[i];
		const struct file_edit *edit = edit_of(edits, planned->path);

		if (!edit || !planned->tree || !*edit->before)
			continue;
		GString *text = bytes_before(planned, edit);
		if (!text)
			continue;
		if (!means(planned, text)) {
			g_string_free(text, TRUE);
			continue;
		}
		if (planned->text)
			g_string_free(planned->text, TRUE);
		planned->text = text;
	}
}

/* --- which change --- */

/* What takes back is younger than what it takes back: a store that says otherwise is not believed.
 */
static bool damaged(gint64 undo, gint64 of, GError **error)
{
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_DATA,
		    _("the history is damaged: change %" PRId64
		      " is said to take back change %" PRId64),
		    undo, of);
	error_add_hint(error, _("telar doctor looks at all of it; a backup has it as it was"));
	return false;
}

bool workspace_change_stands(struct store *store, const struct change *change, bool *out,
			     GError **error)
{
	gint64 by = change->undone_by;
	gint64 last = change->id;
	bool standing = true;

	/* Each step turns the answer around. */
	while (by != 0) {
		if (by <= last)
			return damaged(by, last, error);
		struct change *next = store_change(store, by, error);
		if (!next)
			return false;
		standing = !standing;
		last = by;
		by = next->undone_by;
		change_free(next);
	}
	*out = standing;
	return true;
}

/*
 * Whether the change takes something back: an undo does, an undo of an undo does
 * not.  `first` (may be NULL) gets the summary of what was done in the beginning:
 * "redo: x" and not "undo: undo: x".
 */
static bool is_undo(struct store *store, const struct change *change, bool *out, char **first,
		    GError **error)
{
	gint64 of = change->undoes;
	gint64 last = change->id;
	g_autofree char *summary = g_strdup(change->summary);
	bool undo = false;

	while (of != 0) {
		if (of < 0 || of >= last)
			return damaged(last, of, error);
		struct change *next = store_change(store, of, error);
		if (!next)
			return false;
		undo = !undo;
		last = of;
		of = next->undoes;
		g_free(summary);
		summary = g_strdup(next->summary);
		change_free(next);
	}
	*out = undo;
	if (first)
		*first = g_steal_pointer(&summary);
	return true;
}

/* The newest that stands of edits (or of undos), of one record where `of` names it; 0 when there is
 * none. */
static bool newest(const struct workspace *workspace, bool undo, const struct change_query *of,
		   gint64 *out, GError **error)
{
	guint limit = 32;

	*out = 0;
	while (true) {
		g_autoptr(GPtrArray) log = changes_new();

		struct change_query query = *of;

		query.limit = limit;
		if (!store_changes(workspace->history, &query, log, error))
			return false;
		for (guint i = 0; i < log->len; i++) {
			const struct change *change = log->pdata[i];
			bool is = false;
			bool standing = false;

			if (change->ops->len == 0 || strcmp(change->actor, ACTOR_FILES) == 0)
				continue;
			if (!is_undo(workspace->history, change, &is, NULL, error) ||
			    !workspace_change_stands(workspace->history, change, &standing, error))
				return false;
			if (is == undo && standing) {
				*out = change->id;
				return true;
			}
		}
		if (log->len < limit)
			return true;
		limit *= 8;
	}
}

/* --- doing it --- */

static void destroy_edit(gpointer edit)
{
	file_edit_free(edit);
}

struct change *workspace_newest_by_hand(const struct workspace *workspace)
{
	const struct change_query query = { .actor = ACTOR_FILES };
	g_autoptr(GPtrArray) log = changes_new();

	if (!store_changes(workspace->history, &query, log, NULL))
		return NULL;
	for (guint i = 0; i < log->len; i++) {
		const struct change *change = log->pdata[i];
		bool standing = false;

		if (change->ops->len > 0 &&
		    workspace_change_stands(workspace->history, change, &standing, NULL) &&
		    standing)
			return change_copy(change);
	}
	return NULL;
}

/* Where only the files were changed by hand: undo means what was done here, and says so. */
static void hint_at_files(const struct workspace *workspace, GError **error)
{
	struct change *change = workspace_newest_by_hand(workspace);
	g_autofree char *what = change ? change_text(workspace->model, change) : NULL;
	g_autofree char *when = change ? clock_local(change->at) : NULL;
	g_autofree char *hint = NULL;

	if (!change)
		return;
	/* TRANSLATORS: when something was changed in files by hand, and what it was */
	hint = g_strdup_printf(_("what was changed in the files by hand (%s: %s) is taken back by "
				 "its number, %" PRId64),
			       when, what, change->id);
	error_add_hint(error, hint);
	change_free(change);
}

static struct change *meant(const struct workspace *workspace, gint64 id, GError **error)
{
	struct change *change = store_change(workspace->history, id, error);
	bool standing = true;

	if (!change || !workspace_change_stands(workspace->history, change, &standing, error)) {
		change_free(change);
		return NULL;
	}
	if (change->ops->len > 0 && standing)
		return change;
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_NO_INPUT,
		    change->ops->len == 0 ? _("change %" PRId64 " has nothing to take back")
					  : _("change %" PRId64 " is taken back already"),
		    id);
	change_free(change);
	return NULL;
}

struct change *workspace_would_undo(const struct workspace *workspace, gint64 change, bool redo,
				    GError **error)
{
	const struct change_query any = { 0 };
	gint64 id = change;

	if (id <= 0 && !newest(workspace, redo, &any, &id, error))
		return NULL;
	if (id > 0)
		return meant(workspace, id, error);
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_NO_INPUT, "%s",
		    redo ? _("There is nothing to do again") : _("There is nothing to take back"));
	if (!redo)
		hint_at_files(workspace, error);
	return NULL;
}

bool workspace_newest_of(const struct workspace *workspace, enum kind kind, const char *id,
			 gint64 *out, GError **error)
{
	const struct change_query of = { .kind = record_type(kind)->name, .id = id };

	return newest(workspace, false, &of, out, error);
}

static bool take_back(struct workspace *workspace, gint64 id, bool redo, struct change **done,
		      GError **error)
{
	struct store *store = workspace->store;
	g_autoptr(GPtrArray) edits = g_ptr_array_new_with_free_func(destroy_edit);
	struct change *change = workspace_would_undo(workspace, id, redo, error);

	if (!change)
		return false;
	g_autofree char *what = NULL;
	bool undo = false;
	if (!is_undo(store, change, &undo, &what, error)) {
		change_free(change);
		return false;
	}
	struct change *inverse = change_inverse(change);
	inverse->summary = g_strdup_printf(undo ? "redo: %s" : "undo: %s", what);
	bool good = store_edits(store, change->id, edits, error) &&
		    workspace_apply_restoring(workspace, inverse, edits, error);
	if (good && done)
		*done = g_steal_pointer(&inverse);
	change_free(inverse);
	change_free(change);
	return good;
}

bool workspace_undo(struct workspace *workspace, gint64 change, struct change **done,
		    GError **error)
{
	return take_back(workspace, change, false, done, error);
}

bool workspace_redo(struct workspace *workspace, struct change **done, GError **error)
{
	return take_back(workspace, 0, true, done, error);
}

/* --- parts of a change --- */

/* Whether `path` is what is named, or stands in it. */
static bool is_at(const char *path, const char *named)
{
	gsize length = strlen(named);

	return strncmp(path, named, length) == 0 && (!path[length] || strchr(".[", path[length]));
}

static bool is_named(const struct op *op, const char *name)
{
	gsize length = strlen(op->id);

	if (is_at(op->path, name) && *op->path)
		return true;
	return strncmp(name, op->id, length) == 0 &&
	       (!name[length] || (name[length] == '.' && is_at(op->path, name + length + 1)));
}

static void unknown_part(const struct change *change, const char *name, GError **error)
{
	g_autoptr(GString) hint = g_string_new(_("it changed:"));

	for (guint i = 0; i < change->ops->len; i++) {
		const struct op *op = change->ops->pdata[i];

		g_string_append_printf(hint, "%s %s%s%s", i ? "," : "", op->id,
				       *op->path ? "." : "", op->path);
	}
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_NO_INPUT,
		    _("change %" PRId64 " did not change \"%s\""), change->id, name);
	error_add_hint(error, hint->str);
}

struct change *workspace_would_undo_parts(const struct workspace *workspace, gint64 id,
					  const char *const *names, GError **error)
{
	struct change *change = workspace_would_undo(workspace, id, false, error);
	g_autofree bool *kept = change ? g_new0(bool, change->ops->len) : NULL;

	for (; change && *names; names++) {
		bool found = false;

		for (guint i = 0; i < change->ops->len; i++) {
			bool named = is_named(change->ops->pdata[i], *names);

			kept[i] = kept[i] || named;
			found = found || named;
		}
		if (!found) {
			unknown_part(change, *names, error);
			g_clear_pointer(&change, change_free);
		}
	}
	for (guint i = change ? change->ops->len : 0; i > 0; i--) {
		if (!kept[i - 1])
			g_ptr_array_remove_index(change->ops, i - 1);
	}
	return change;
}

bool workspace_undo_parts(struct workspace *workspace, gint64 id, const char *const *names,
			  struct change **done, GError **error)
{
	struct change *change = workspace_would_undo_parts(workspace, id, names, error);
	struct change *inverse = change ? change_inverse(change) : NULL;
	bool good = false;

	if (inverse) {
		inverse->undoes = 0; /* the rest stands */
		workspace->taking_back = true;
		good = workspace_apply(workspace, inverse, error);
		workspace->taking_back = false;
	}
	if (good && done)
		*done = g_steal_pointer(&inverse);
	change_free(inverse);
	change_free(change);
	return good;
}
