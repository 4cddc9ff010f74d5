/*
 * Conflicts that wait for a person: what stands against an edit now, who set it,
 * and the decision.  How they come about is merge.c's business.
 */
#include "data/conflict.h"

#include "base/errors.h"
#include "data/difference.h"
#include "data/merge.h"
#include "data/workspace/private.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

/* --- who was it? --- */

/* How near an op of the log is to a path: 0 not at all, 2 the same place. */
static guint nearness(const struct op *op, enum kind kind, const char *id, const char *path)
{
	g_autofree char *list = op_list_path(path);
	g_autofree char *others = op_list_path(op->path);

	if (op->kind != kind || strcmp(op->id, id) != 0)
		return 0;
	if (strcmp(op->path, path) == 0)
		return 2;
	return !*op->path || !*path || g_str_has_prefix(path, others) ||
	       g_str_has_prefix(op->path, list);
}

/* What was taken back, and what did so, cannot be taken back to get out of the way. */
static bool is_in_the_way(const struct workspace *workspace, const struct change *change)
{
	bool standing = false;

	return change->undoes == 0 &&
	       workspace_change_stands(workspace->history, change, &standing, NULL) && standing;
}

static struct change *last_touch(const struct workspace *workspace, enum kind kind, const char *id,
				 const char *path, bool standing, gint64 since)
{
	const struct log_query query = { .kind = &kind, .id = id };
	g_autoptr(GPtrArray) log = workspace_log(workspace, &query, NULL);
	const struct change *last = NULL;
	guint best = 0;

	for (guint i = 0; log && i < log->len && best < 2; i++) {
		const struct change *change = log->pdata[i];

		if (change->id <= since || (standing && !is_in_the_way(workspace, change)))
			continue;
		for (guint j = 0; j < change->ops->len; j++) {
			guint near = nearness(change->ops->pdata[j], kind, id, path);

			if (near <= best)
				continue;
			best = near;
			last = change;
		}
	}
	return last ? change_copy(last) : NULL;
}

struct change *workspace_last_touch(const struct workspace *workspace, enum kind kind,
				    const char *id, const char *path)
{
	return last_touch(workspace, kind, id, path, false, 0);
}

struct change *workspace_standing_touch(const struct workspace *workspace, const struct op *op,
					gint64 since)
{
	return last_touch(workspace, op->kind, op->id, op->path, true, since);
}

/* --- as things are now --- */

static struct node *tree_now(const struct workspace *workspace, const struct conflict *conflict)
{
	const void *record = model_get(workspace->model, conflict->kind, conflict->record);

	return record ? node_from_record(record_type(conflict->kind), record) : NULL;
}

static char *text_now(const struct workspace *workspace, const struct conflict *conflict)
{
	struct node *tree = tree_now(workspace, conflict);
	char *text = merge_text_at(conflict->kind, tree, conflict->path);

	node_free(tree);
	return text;
}

static bool is_broken(const struct workspace *workspace, const struct conflict *conflict)
{
	return g_hash_table_contains(workspace->broken[conflict->kind], conflict->record);
}

static bool is_unknown(const struct conflict *conflict)
{
	return !*conflict->theirs_by;
}

/* Somebody changed it again: that is what stands there. */
static void update(const struct workspace *workspace, struct conflict *conflict, char *now)
{
	struct change *last =
		workspace_last_touch(workspace, conflict->kind, conflict->record, conflict->path);

	g_free(conflict->theirs);
	conflict->theirs = now;
	if (last && (is_unknown(conflict) || last->id != conflict->change)) {
		g_free(conflict->theirs_by);
		conflict->theirs_by = g_strdup(last->actor);
		conflict->theirs_at = last->at;
	}
	change_free(last);
}

GPtrArray *workspace_conflicts(const struct workspace *workspace, GError **error)
{
	g_autoptr(GPtrArray) all = conflicts_new();
	GPtrArray *out = NULL;

	if (!store_conflicts(workspace->history, false, all, error))
		return NULL;
	out = conflicts_new();
	while (all->len > 0) {
		struct conflict *conflict = g_ptr_array_steal_index(all, 0);
		bool broken = is_broken(workspace, conflict);
		g_autofree char *now = broken ? NULL : text_now(workspace, conflict);

		if (!broken && g_strcmp0(now, conflict->mine) == 0) {
			conflict_free(conflict); /* review() closes it */
			continue;
		}
		if (!broken && (is_unknown(conflict) || g_strcmp0(now, conflict->theirs) != 0))
			update(workspace, conflict, g_steal_pointer(&now));
		g_ptr_array_add(out, conflict);
	}
	return out;
}

/* --- deciding --- */

static const char *const side_names[] = { "mine", "theirs", "both", "value" };

static bool close_conflict(struct workspace *workspace, const struct deciding *deciding,
			   const char *by, GError **error)
{
	struct store *store = workspace->store;

	if (!store_begin(store, error))
		return false;
	if (store_decide_conflict(store, deciding->conflict, deciding->decision, by,
				  clock_now(&workspace->clock), error))
		return store_commit(store, error);
	store_rollback(store);
	return false;
}

/* Takes the change: applied with the decision, and on true in `*done` unless it was idle. */
static bool carry_out(struct workspace *workspace, const struct deciding *deciding,
		      struct change *change, struct change **done, GError **error)
{
	workspace->deciding = deciding;
	bool good = change->ops->len == 0 || workspace_apply(workspace, change, error);
	workspace->deciding = NULL;
	if (good && change->id == 0) /* all stands already: only the decision is saved */
		good = close_conflict(workspace, deciding, workspace->actor, error);
	if (good && done)
		*done = change->id != 0 ? g_steal_pointer(&change) : NULL;
	change_free(change);
	return good;
}

bool workspace_decide(struct workspace *workspace, const struct conflict *conflict,
		      enum conflict_side side, const char *value, struct change **done,
		      GError **error)
{
	enum kind kind = conflict->kind;
	const char *id = conflict->record;
	struct node *tree = NULL;
	struct change *change = change_new();
	bool good = true;

	if (is_broken(workspace, conflict)) {
		g_autofree char *path = directory_path_of(kind, id, workspace->network_id);

		change_free(change);
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_DATA,
			    _("%s has errors: there is nothing to decide between yet"), path);
		error_add_hint(error,
			       _("correct the file first: telar check names every error in it"));
		return false;
	}
	tree = tree_now(workspace, conflict);
	if (side == CONFLICT_BOTH)
		good = merge_put_both(change, kind, id, tree, conflict->path, conflict->mine,
				      error);
	else if (side != CONFLICT_THEIRS)
		good = merge_put(change, kind, id, tree, conflict->path,
				 side == CONFLICT_MINE ? conflict->mine : value, error);
	node_free(tree);
	if (!good) {
		change_free(change);
		return false;
	}
	const struct deciding deciding = { conflict->id, side_names[side] };
	return carry_out(workspace, &deciding, change, done, error);
}

/* --- once files were read again --- */

/* It need not be decided any more; somebody else may have been faster to see it. */
static bool close_agreed(struct workspace *workspace, const struct conflict *conflict,
			 GError **error)
{
	const struct deciding deciding = { conflict->id, "same" };
	g_autoptr(GError) why = NULL;

	if (close_conflict(workspace, &deciding, ACTOR_FILES, &why) ||
	    g_error_matches(why, TELAR_ERROR, TELAR_ERROR_CONFLICT))
		return true;
	g_propagate_error(error, g_steal_pointer(&why));
	return false;
}

/* The edit waited for its file to be mended; nobody else changed the place. */
static bool bring_in(struct workspace *workspace, const struct conflict *conflict, GError **error)
{
	char *actor = workspace->actor;
	g_autoptr(GError) why = NULL;

	workspace->actor = conflict->mine_by; /* it is that person's edit */
	bool good = workspace_decide(workspace, conflict, CONFLICT_MINE, NULL, NULL, &why);
	workspace->actor = actor;
	if (good || !g_error_matches(why, TELAR_ERROR, TELAR_ERROR_BUSY))
		return true; /* where it does not fit any more a person has to look */
	g_propagate_error(error, g_steal_pointer(&why));
	return false;
}

static bool review_one(struct workspace *workspace, const struct conflict *conflict, GError **error)
{
	struct store *store = workspace->store;

	if (is_broken(workspace, conflict))
		return true;
	g_autofree char *now = text_now(workspace, conflict);
	if (g_strcmp0(now, conflict->mine) == 0)
		return close_agreed(workspace, conflict, error);
	if (!is_unknown(conflict))
		return true;
	if (g_strcmp0(now, conflict->base) == 0)
		return bring_in(workspace, conflict, error);
	if (!store_begin(store, error))
		return false;
	if (store_conflict_theirs(store, conflict->id, now, ACTOR_FILES,
				  clock_now(&workspace->clock), error))
		return store_commit(store, error);
	store_rollback(store);
	return false;
}

bool workspace_review(struct workspace *workspace, GError **error)
{
	g_autoptr(GPtrArray) open = conflicts_new();
	bool good = true;

	if (workspace->read_only)
		return true;
	if (!workspace_follow_renames(workspace, error))
		return false;
	if (!store_conflicts(workspace->store, false, open, error))
		return false;
	for (guint i = 0; good && i < open->len; i++)
		good = review_one(workspace, open->pdata[i], error);
	return good;
}

/* --- names --- */

char *conflict_name(const struct conflict *conflict)
{
	return *conflict->path ? g_strdup_printf("%s.%s", conflict->record, conflict->path)
			       : g_strdup(conflict->record);
}

char *conflict_place(const struct model *model, const struct conflict *conflict)
{
	bool there = model_get(model, conflict->kind, conflict->record) != NULL;
	const char *name = there ? model_name(model, conflict->kind, conflict->record, true)
				 : conflict->record;

	if (!*conflict->path)
		return g_strdup(name);
	g_autofree char *path = path_text(model, conflict->kind, conflict->path);
	return g_strdup_printf("%s · %s", name, path);
}

char *conflict_value_words(const struct model *model, const struct conflict *conflict,
			   const char *value)
{
	char *words;

	if (!value)
		return g_strdup(_("(nothing)"));
	if (!*conflict->path)
		return g_strdup(_("(the whole entry)"));
	words = path_value_words(model, conflict->kind, conflict->path, value);
	if (!words)
		words = path_item_words(model, conflict->kind, conflict->path, value);
	if (words && *words)
		return words;
	g_free(words);
	return g_strdup(value);
}

char *conflict_who(const char *by, gint64 at)
{
	g_autofree char *when = clock_local(at);

	if (strcmp(by, ACTOR_FILES) == 0) /* TRANSLATORS: %s is a time */
		return g_strdup_printf(_("in the file, %s"), when);
	return g_strdup_printf("%s, %s", by, when);
}

const struct conflict *conflict_find(const GPtrArray *conflicts, const char *name, GError **error)
{
	char *end = NULL;
	gint64 number = g_ascii_strtoll(name, &end, 10);
	bool numbered = *name && !*end;

	for (guint i = 0; i < conflicts->len; i++) {
		const struct conflict *conflict = conflicts->pdata[i];
		g_autofree char *own = conflict_name(conflict);

		if (numbered ? conflict->id == number : strcmp(own, name) == 0)
			return conflict;
	}
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_NO_INPUT, _("there is no conflict at %s"),
		    name);
	error_add_hint(error, _("telar conflicts lists them"));
	return NULL;
}

/* --- bringing together, told --- */

static struct brought *brought_new(bool dry)
{
	struct brought *brought = g_new0(struct brought, 1);

	brought->dry = dry;
	brought->from_files = changes_new();
	brought->to_files = changes_new();
	brought->clashed = conflicts_new();
	return brought;
}

void brought_free(struct brought *brought)
{
	if (!brought)
		return;
	g_ptr_array_unref(brought->from_files);
	g_ptr_array_unref(brought->to_files);
	g_ptr_array_unref(brought->clashed);
	g_free(brought);
}

struct workspace *workspace_bring(const struct workspace_options *options, bool dry,
				  struct findings *findings, struct brought **out, GError **error)
{
	struct workspace_options own = *options;
	struct brought *brought = brought_new(dry);
	g_autofree char *store = g_build_filename(options->path, DIRECTORY_OWN, NULL);

	/* Without a store there is nothing to bring together, and a dry run makes none. */
	if (dry && g_file_test(options->path, G_FILE_TEST_IS_DIR) &&
	    !g_file_test(store, G_FILE_TEST_IS_DIR))
		own.flags |= WORKSPACE_READ_ONLY;
	struct workspace *workspace = workspace_open_telling(&own, brought, findings, error);
	if (workspace)
		*out = brought;
	else
		brought_free(brought);
	return workspace;
}
