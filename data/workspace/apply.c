/*
 * The one door for edits.  The order is what makes "saved" true: the new bytes
 * are on the disk beside their files, then rows, history and outbox are committed
 * in one transaction, then the files are put in their places and the outbox is
 * cleared.  A crash leaves the old state, or an outbox that the next start
 * writes.
 */
#include "data/workspace/private.h"

#include "base/errors.h"
#include "data/difference.h"
#include "data/merge.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>

#define TRIES 10 /* where somebody writes the same file by hand each time */

struct applying {
	struct workspace *workspace;
	struct plan *plan;
	GPtrArray *staged; /* struct staged *, beside plan->records; NULL: nothing to write */
	GArray *outbox;	   /* gint64, ids of its rows, beside plan->records */
};

/* --- the bytes --- */

static bool text_changes(const struct planned *planned)
{
	if (!planned->text || !planned->bytes)
		return planned->text || planned->bytes;
	return planned->text->len != planned->bytes->length ||
	       memcmp(planned->text->str, planned->bytes->text, planned->text->len) != 0;
}

static GBytes *content_of(const struct planned *planned)
{
	return planned->text ? g_bytes_new(planned->text->str, planned->text->len) : NULL;
}

static bool stage_all(struct applying *applying, GError **error)
{
	const GPtrArray *records = applying->plan->records;

	for (guint i = 0; i < records->len; i++) {
		const struct planned *planned = records->pdata[i];
		struct staged *staged = NULL;

		if (applying->workspace->directory && text_changes(planned)) {
			GBytes *content = content_of(planned);
			staged = directory_stage(applying->workspace->directory, planned->path,
						 content, error);
			g_clear_pointer(&content, g_bytes_unref);
			if (!staged)
				return false;
		}
		g_ptr_array_add(applying->staged, staged);
	}
	return true;
}

/* What the edit did to the bytes, without the beginning and end that stayed. */
static bool add_edit(struct applying *applying, const struct planned *planned, GError **error)
{
	const char *old = planned->bytes ? planned->bytes->text : "";
	const char *new = planned->text ? planned->text->str : "";
	gsize n = planned->bytes ? planned->bytes->length : 0;
	gsize m = planned->text ? planned->text->len : 0;
	gsize head = 0;
	gsize tail = 0;

	while (head < MIN(n, m) && old[head] == new[head])
		head++;
	while (tail < MIN(n, m) - head && old[n - 1 - tail] == new[m - 1 - tail])
		tail++;
	g_autofree char *after = planned->text ? bytes_hash(new, m) : g_strdup("");
	struct file_edit edit = {
		.path = planned->path,
		.before = planned->bytes ? planned->bytes->hash : (char *)(gsize) "",
		.after = after,
		.offset = (gint64)head,
		.old_bytes = g_bytes_new(old + head, n - head - tail),
		.new_bytes = g_bytes_new(new + head, m - head - tail),
	};
	bool good = store_add_edit(applying->workspace->store, applying->plan->change->id, &edit,
				   error);
	g_bytes_unref(edit.old_bytes);
	g_bytes_unref(edit.new_bytes);
	return good;
}

/* The file as it will be; found at once by its stat when its bytes are in place. */
static bool add_state(struct applying *applying, const struct planned *planned,
		      const struct staged *staged, GError **error)
{
	struct store *store = applying->workspace->store;

	if (!planned->text)
		return store_remove_file(store, planned->path, error);
	g_autofree char *hash = bytes_hash(planned->text->str, planned->text->len);
	struct file_state state = { .path = planned->path,
				    .size = staged ? staged->size : 0,
				    .mtime = staged ? staged->mtime : 0,
				    .hash = hash,
				    .kind = planned->kind,
				    .id = planned->id };
	return store_put_file(store, &state, error);
}

/* The bytes themselves, in a store that has no directory. */
static bool keep_text(struct applying *applying, const struct planned *planned, GError **error)
{
	struct store *store = applying->workspace->store;
	GBytes *content = content_of(planned);
	bool good = content ? store_put_text(store, planned->path, content, error)
			    : store_remove_text(store, planned->path, error);

	g_clear_pointer(&content, g_bytes_unref);
	return good && add_edit(applying, planned, error) &&
	       add_state(applying, planned, NULL, error);
}

/* --- the transaction --- */

static bool write_record(struct applying *applying, guint index, GError **error)
{
	struct store *store = applying->workspace->store;
	const struct planned *planned = applying->plan->records->pdata[index];
	const struct staged *staged = applying->staged->pdata[index];
	gint64 row = 0;

	if (planned->after ? !store_put(store, planned->kind, planned->after, error)
			   : !store_remove(store, planned->kind, planned->id, error))
		return false;
	if (!applying->workspace->directory && text_changes(planned) &&
	    !keep_text(applying, planned, error))
		return false;
	if (staged) {
		GBytes *content = content_of(planned);
		const char *before = planned->bytes ? planned->bytes->hash : "";
		bool good = add_edit(applying, planned, error) &&
			    add_state(applying, planned, staged, error) &&
			    store_add_outbox(store, applying->plan->change->id, planned->path,
					     before, content, &row, error);
		g_clear_pointer(&content, g_bytes_unref);
		if (!good)
			return false;
	}
	g_array_append_val(applying->outbox, row);
	return true;
}

static bool write_store(struct applying *applying, GError **error)
{
	struct workspace *workspace = applying->workspace;
	struct store *store = workspace->store;

	if (!store_begin(store, error))
		return false;
	workspace_step(workspace, "begun");
	bool good = store_add_change(store, applying->plan->change, error);
	for (guint i = 0; good && i < applying->plan->records->len; i++)
		good = write_record(applying, i, error);
	if (good && workspace->deciding)
		good = store_decide_conflict(store, workspace->deciding->conflict,
					     workspace->deciding->decision, workspace->actor,
					     applying->plan->change->at, error);
	workspace_step(workspace, "written");
	if (!good) {
		store_rollback(store);
		return false;
	}
	return store_commit(store, error);
}

/*
 * After the commit nothing can fail any more as far as the person is concerned:
 * a file that cannot be put in its place stays in the outbox.  False when one was
 * not put there as it was planned.
 */
static bool place_files(struct applying *applying)
{
	struct workspace *workspace = applying->workspace;
	guint n = applying->plan->records->len;
	g_autofree struct settled *settled = g_new0(struct settled, n + 1);
	guint wanted = 0;
	guint placed = 0;

	for (guint i = 0; i < n; i++) {
		const struct planned *planned = applying->plan->records->pdata[i];
		struct staged *staged = applying->staged->pdata[i];
		bool stands = false;

		wanted += staged != NULL;
		/* A hand edit since the plan was made is merged, not written over. */
		if (!staged ||
		    !workspace_place(workspace, staged, planned->bytes ? planned->bytes->hash : "",
				     &stands, NULL) ||
		    !stands)
			continue;
		settled[placed++] = (struct settled){
			.row = g_array_index(applying->outbox, gint64, i),
			.path = staged->path,
			.size = staged->size,
			.mtime = staged->mtime,
			.known = true,
		};
		workspace_step(workspace, "placed");
	}
	if (placed > 0)
		workspace_settle(workspace, settled, placed, NULL);
	if (placed < wanted) /* once more, from the outbox; later starts go on trying */
		workspace_flush_kept(workspace, NULL);
	workspace_step(workspace, "settled");
	return placed == wanted;
}

/* --- the next generation --- */

/*
 * A generation shares memory with those before it; after so many edits, and more where
 * reading takes long, the store is read anew and the old ones can go.
 */
#define POOLS_MOST 512
#define POOLS_PART 64 /* of the institutions */

static void next_model(struct workspace *workspace, const struct plan *plan)
{
	guint most = MAX(POOLS_MOST, workspace->model->n[KIND_INSTITUTION] / POOLS_PART);

	if (workspace->model->pools->len > most && workspace_load(workspace, NULL))
		return;
	guint n = plan->records->len;
	g_autofree struct model_edit *edits = g_new(struct model_edit, n);

	for (guint i = 0; i < n; i++) {
		const struct planned *planned = plan->records->pdata[i];

		edits[i] = (struct model_edit){ planned->kind, planned->id, planned->after };
	}
	struct model *next = model_after(workspace->model, edits, n, plan->pool);

	model_unref(workspace->model);
	workspace->model = next;
}

/* --- the door --- */

/* "INNOVEC: City"; the records that a network has one of are not named. */
static char *place_words(const struct model *model, const struct op *op)
{
	const char *name = model_name(model, op->kind, op->id, true);
	g_autofree char *where = *op->path ? path_text(model, op->kind, op->path) : NULL;

	if (!where)
		return g_strdup(name);
	return record_is_single(record_type(op->kind)) ? g_steal_pointer(&where)
						       : g_strdup_printf("%s: %s", name, where);
}

/* What the op says with ids and keys, in the words of the network. */
static GError *conflict_words(const struct model *model, const struct op *op)
{
	const void *record = model_get(model, op->kind, op->id);
	struct node *tree = record ? node_from_record(record_type(op->kind), record) : NULL;
	g_autofree char *stands = merge_text_at(op->kind, tree, op->path);
	g_autofree char *place = place_words(model, op);
	g_autofree char *is = path_value_words(model, op->kind, op->path, stands);
	g_autofree char *was = path_value_words(model, op->kind, op->path, op->old_text);
	g_autofree char *text = NULL;

	node_free(tree);
	if (is && *is && was && *was)
		text = g_strdup_printf(_("%s is now “%s”; it was “%s” when the change was made"),
				       place, is, was);
	else if (is && *is)
		text = g_strdup_printf(_("%s is now “%s”; it was empty when the change was made"),
				       place, is);
	else if (was && *was)
		text = g_strdup_printf(_("%s is empty now; it was “%s” when the change was made"),
				       place, was);
	else
		text = g_strdup_printf(_("%s is not as it was when the change was made"), place);
	return g_error_new_literal(TELAR_ERROR, TELAR_ERROR_CONFLICT, text);
}

/* In words, with who set the value that stands in the way, and when. */
static void explain_conflict(struct workspace *workspace, const struct op *op, gint64 undoes,
			     GError **error)
{
	struct change *first = undoes ? workspace_standing_touch(workspace, op, undoes) : NULL;
	struct change *last =
		first ? first : workspace_last_touch(workspace, op->kind, op->id, op->path);

	g_clear_error(error);
	*error = conflict_words(workspace->model, op);
	if (!last)
		return;
	g_autofree char *when = clock_local(last->at);
	g_autofree char *what = change_text(workspace->model, last);
	g_autofree char *hint =
		/* TRANSLATORS: a change, who made it, when, and its number */
		first ? g_strdup_printf(_("%s came later (by %s, %s): take that back first, it is "
					  "change %" PRId64),
					what, actor_text(last->actor), when, last->id)
		      : g_strdup_printf(_("%s was last changed by %s on %s (%s)"), op->id,
					actor_text(last->actor), when, what);
	error_add_hint(error, hint);
	change_free(last);
}

static bool fail_with(const struct findings *findings, GError **error)
{
	for (guint i = 0; i < findings->all->len; i++) {
		const struct finding *finding = findings->all->pdata[i];

		if (finding->severity != SEVERITY_ERROR)
			continue;
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_FINDINGS, "%s", finding->message);
		error_add_hint(error, finding->hint);
		return false;
	}
	return true;
}

/* Files that were changed by hand, and what others committed, come first. */
static bool catch_up(struct workspace *workspace, bool files, GError **error)
{
	struct findings *ignored = findings_new();
	gint64 version = 0;
	bool wrote = false;
	bool good = workspace_flush_kept(workspace, error) &&
		    (!files || workspace_sync(workspace, ignored, &wrote, error)) &&
		    store_version(workspace->store, &version, error) &&
		    (version == workspace->version || workspace_load(workspace, error));

	findings_free(ignored);
	return good;
}

static bool carry_out(struct workspace *workspace, struct plan *plan, GError **error)
{
	struct applying applying = { workspace, plan, g_ptr_array_new(),
				     g_array_new(FALSE, FALSE, sizeof(gint64)) };
	bool good = stage_all(&applying, error);

	workspace_step(workspace, "staged");
	good = good && write_store(&applying, error);
	if (good) {
		workspace_step(workspace, "committed");
		next_model(workspace, plan);
		/* Merged with what somebody else wrote there, a file may not say what we do. */
		if (place_files(&applying) || !catch_up(workspace, true, NULL))
			store_version(workspace->store, &workspace->version, NULL);
	}
	for (guint i = 0; i < applying.staged->len; i++)
		directory_discard(workspace->directory, applying.staged->pdata[i]);
	g_ptr_array_unref(applying.staged);
	g_array_unref(applying.outbox);
	return good;
}

/* One try on a copy, so that a failed one leaves the caller's ops as they were. */
static bool try_once(struct workspace *workspace, struct change *copy, GPtrArray *edits,
		     bool *stale, guint *at, GError **error)
{
	struct plan *plan = plan_new(workspace, copy);
	struct findings *findings = findings_new();
	bool good = plan_apply(plan, error);

	if (good && edits)
		plan_restore(plan, edits);
	good = good && plan_check(plan, findings, error) && fail_with(findings, error);
	if (good) {
		copy->at = clock_now(&workspace->clock);
		g_free(copy->actor);
		copy->actor = g_strdup(workspace->actor);
		if (!copy->summary)
			copy->summary = change_summary(copy);
		good = plan_is_idle(plan) || carry_out(workspace, plan, error);
	}
	*stale = plan->stale;
	*at = plan->at;
	findings_free(findings);
	plan_free(plan);
	return good;
}

/* The lock is held. */
static bool apply_locked(struct workspace *workspace, struct change *change, GPtrArray *edits,
			 GError **error)
{
	for (guint try = 0; try < TRIES; try++) {
		g_autoptr(GError) why = NULL;
		struct change *copy = NULL;
		bool stale = false;
		guint at = 0;

		if (!catch_up(workspace, try > 0, error))
			return false;
		copy = change_copy(change);
		if (try_once(workspace, copy, edits, &stale, &at, &why)) {
			change_take(change, copy);
			return true;
		}
		if (!stale && at < change->ops->len &&
		    g_error_matches(why, TELAR_ERROR, TELAR_ERROR_CONFLICT))
			explain_conflict(workspace, change->ops->pdata[at], change->undoes, &why);
		change_free(copy);
		if (!stale || try + 1 == TRIES) {
			g_propagate_error(error, g_steal_pointer(&why));
			return false;
		}
	}
	return false;
}

bool workspace_apply_restoring(struct workspace *workspace, struct change *change, GPtrArray *edits,
			       GError **error)
{
	if (workspace->read_only) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_DENIED,
			    _("%s is open for reading only"), workspace->path);
		return false;
	}
	if (change->ops->len == 0) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE, _("the change changes nothing"));
		return false;
	}
	if (!store_lock(workspace->store, error))
		return false;
	bool good = apply_locked(workspace, change, edits, error);
	store_unlock(workspace->store);
	return good;
}

bool workspace_apply(struct workspace *workspace, struct change *change, GError **error)
{
	return workspace_apply_restoring(workspace, change, NULL, error);
}

bool workspace_check(const struct workspace *workspace, const struct change *change,
		     struct findings *findings, GError **error)
{
	struct change *copy = change_copy(change);
	struct plan *plan = plan_new(workspace, copy);
	bool good = plan_apply(plan, error) && plan_check(plan, findings, error);

	plan_free(plan);
	change_free(copy);
	return good;
}
