/*
 * The network as it was: the records that stand, with every later change taken
 * back.  An op that does not find what it left says that history and records have
 * parted, and nothing is guessed.  Only reads; naming a moment is in snapshot.c.
 */
#include "data/past.h"

#include "base/errors.h"
#include "data/workspace/private.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>

/* What later changes touch, as trees; everything else is as it stands. */
struct past {
	struct pool *pool;
	GPtrArray *records[KIND_COUNT];	 /* as they stand */
	GHashTable *touched[KIND_COUNT]; /* id -> struct tree * */
	GPtrArray *problems;		 /* NULL: the first one ends it */
};

struct tree {
	struct node *node; /* NULL: there was none */
	bool broken;	   /* parted from history: not followed further */
};

static void destroy_tree(gpointer data)
{
	struct tree *tree = data;

	node_free(tree->node);
	g_free(tree);
}

static void past_init(struct past *past)
{
	*past = (struct past){ .pool = pool_new() };
	for (guint k = 0; k < KIND_COUNT; k++) {
		past->records[k] = g_ptr_array_new();
		past->touched[k] =
			g_hash_table_new_full(g_str_hash, g_str_equal, g_free, destroy_tree);
	}
}

static void past_release(struct past *past)
{
	for (guint k = 0; k < KIND_COUNT; k++) {
		g_ptr_array_unref(past->records[k]);
		g_hash_table_unref(past->touched[k]);
	}
	pool_unref(past->pool);
}

static int by_id(gconstpointer a, gconstpointer b)
{
	return strcmp(RECORD(*(const void *const *)a)->id, RECORD(*(const void *const *)b)->id);
}

static const void *record_of(GPtrArray *records, const char *id)
{
	const struct record wanted = { .id = id };
	const struct record *key = &wanted;
	const void *const *found = records->len == 0 ? NULL
						     : bsearch(&key, records->pdata, records->len,
							       sizeof(gpointer), by_id);

	return found ? *found : NULL;
}

static struct tree *tree_of(struct past *past, enum kind kind, const char *id)
{
	struct tree *tree = g_hash_table_lookup(past->touched[kind], id);

	if (tree)
		return tree;
	const void *record = record_of(past->records[kind], id);
	tree = g_new0(struct tree, 1);
	tree->node = record ? node_from_record(record_type(kind), record) : NULL;
	g_hash_table_insert(past->touched[kind], g_strdup(id), tree);
	return tree;
}

/* --- back through the changes ---------------------------------------------------------------- */

static bool part(struct past *past, struct tree *tree, const struct op *op, gint64 change,
		 const GError *why, GError **error)
{
	g_autofree char *what = NULL;
	g_autofree char *hint = NULL;

	error_split(why, &what, &hint);
	g_autofree char *message =
		g_strdup_printf(_("change %" PRId64 " of %s %s does not fit what stands there: %s"),
				change, record_type(op->kind)->name, op->id, what);
	tree->broken = true;
	if (past->problems) {
		g_ptr_array_add(past->problems, g_steal_pointer(&message));
		return true;
	}
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_DATA, "%s", message);
	error_add_hint(error, _("\"telar doctor\" checks the whole history"));
	return false;
}

static bool take_back(struct past *past, const struct change *change, GError **error)
{
	struct change *inverse = change_inverse(change);
	bool good = true;

	for (guint i = 0; good && i < inverse->ops->len; i++) {
		struct op *op = inverse->ops->pdata[i];
		struct tree *tree = tree_of(past, op->kind, op->id);
		struct node *next = NULL;
		g_autoptr(GError) why = NULL;

		if (tree->broken)
			continue;
		if (op_apply(op, g_steal_pointer(&tree->node), &next, &why))
			tree->node = next;
		else
			good = part(past, tree, op, change->id, why, error);
	}
	change_free(inverse);
	return good;
}

#define CHUNK 512

/* Newest first, so many at a time: a long history is never held whole. */
static bool go_back(struct past *past, struct store *store, struct store *history, gint64 to,
		    GError **error)
{
	gint64 until = 0;
	bool good = store_begin_read(history, error);

	for (guint k = 0; good && k < KIND_COUNT; k++) {
		good = store_load(store, (enum kind)k, past->pool, past->records[k], error);
		g_ptr_array_sort(past->records[k], by_id);
	}
	while (good) {
		g_autoptr(GPtrArray) log = changes_new();
		const struct change_query query = { .above = to, .below = until, .limit = CHUNK };

		good = store_changes(history, &query, log, error);
		for (guint i = 0; good && i < log->len; i++)
			good = take_back(past, log->pdata[i], error);
		if (!good || log->len < CHUNK)
			break;
		until = ((const struct change *)log->pdata[log->len - 1])->id;
	}
	store_end_read(history);
	return good;
}

/* --- as a model ------------------------------------------------------------------------------ */

/* The record of a tree that history led to; words and references were judged when it was made. */
static bool add_tree(struct past *past, enum kind kind, const char *id, const struct tree *tree,
		     GPtrArray *records, GError **error)
{
	struct findings *findings = findings_new();
	const struct check nothing = { 0 };
	void *record =
		node_to_record(record_type(kind), tree->node, &nothing, NULL, past->pool, findings);

	findings_free(findings);
	if (record) {
		g_ptr_array_add(records, record);
		return true;
	}
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_DATA,
		    _("what history holds of %s %s cannot be read"), record_type(kind)->name, id);
	return false;
}

static bool collect(struct past *past, enum kind kind, GPtrArray *records, GError **error)
{
	GHashTableIter iter;
	gpointer id = NULL;
	gpointer tree = NULL;

	for (guint i = 0; i < past->records[kind]->len; i++) {
		void *record = past->records[kind]->pdata[i];
		if (!g_hash_table_contains(past->touched[kind], RECORD(record)->id))
			g_ptr_array_add(records, record);
	}
	g_hash_table_iter_init(&iter, past->touched[kind]);
	while (g_hash_table_iter_next(&iter, &id, &tree)) {
		if (((const struct tree *)tree)->node &&
		    !add_tree(past, kind, id, tree, records, error))
			return false;
	}
	return true;
}

static struct model *model_of(struct past *past, const char *network_id, struct date today,
			      GError **error)
{
	GPtrArray *records[KIND_COUNT];
	struct model *model = NULL;
	bool good = true;

	for (guint k = 0; k < KIND_COUNT; k++) {
		records[k] = g_ptr_array_new();
		good = good && collect(past, (enum kind)k, records[k], error);
	}
	if (good)
		model = model_new(records, &past->pool, 1, network_id, today, 1);
	for (guint k = 0; k < KIND_COUNT; k++)
		g_ptr_array_unref(records[k]);
	return model;
}

/* --- how far back ---------------------------------------------------------------------------- */

static bool too_early(gint64 first, gint64 at, GError **error)
{
	char when[CLOCK_TEXT_SIZE];

	g_set_error(
		error, TELAR_ERROR, TELAR_ERROR_NO_INPUT,
		_("history begins with change %" PRId64 " on %s: what was before is not recorded"),
		first, clock_format(at, when));
	return false;
}

/*
 * Before the first change there was nothing, unless that change is the first
 * reading of files that were there already.
 */
static bool reaches(struct store *history, gint64 change, GError **error)
{
	gint64 last = 0;

	if (change > 0 || !store_last_change(history, G_MAXINT64, &last, error))
		return change > 0;
	struct change *first = last > 0 ? store_change(history, 1, error) : NULL;
	bool good = last == 0 || (first && first->ops->len > 0);
	if (first && !good)
		too_early(first->id, first->at, error);
	change_free(first);
	return good;
}

struct model *workspace_model_at(const struct workspace *workspace, gint64 change, GError **error)
{
	struct past past;
	struct model *model = NULL;

	if (!reaches(workspace->history, change, error))
		return NULL;
	past_init(&past);
	if (go_back(&past, workspace->store, workspace->history, change, error))
		model = model_of(&past, workspace->network_id, clock_today(&workspace->clock),
				 error);
	past_release(&past);
	return model;
}

bool workspace_change_before(const struct workspace *workspace, gint64 moment, gint64 *change,
			     GError **error)
{
	gint64 found = 0;

	if (!store_last_change(workspace->history, moment, &found, error) ||
	    !reaches(workspace->history, found, error))
		return false;
	*change = found;
	return true;
}

bool workspace_proposal(const struct workspace *workspace, const char *one, const char *other,
			gint64 *at, char **actor, GError **error)
{
	return store_proposal(workspace->history, one, other, at, actor, error);
}

bool workspace_check_history(const struct workspace *workspace, GPtrArray *problems, GError **error)
{
	return store_check_history(workspace->history, problems, error);
}

bool store_check_history(struct store *store, GPtrArray *problems, GError **error)
{
	struct past past;

	past_init(&past);
	past.problems = problems;
	bool good = go_back(&past, store, store, 0, error);
	past_release(&past);
	return good;
}
