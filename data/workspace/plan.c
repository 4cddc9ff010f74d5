/*
 * What a change would do, worked out in memory: the trees and texts of the
 * records it touches, and whether the result is right.  Writes nothing; apply.c
 * makes it happen, workspace_check() only looks.
 */
#include "data/workspace/private.h"

#include "base/errors.h"
#include "base/text.h"
#include "data/claim.h"
#include "data/yaml/yaml_file.h"

#include <glib/gi18n.h>
#include <string.h>

static void destroy_planned(gpointer data)
{
	struct planned *planned = data;

	g_free(planned->id);
	g_free(planned->path);
	file_bytes_free(planned->bytes);
	if (planned->text)
		g_string_free(planned->text, TRUE);
	node_free(planned->tree);
	g_free(planned);
}

static guint planned_hash(gconstpointer data)
{
	const struct planned *planned = data;

	return g_str_hash(planned->id) * 31 + planned->kind;
}

static gboolean planned_equal(gconstpointer a, gconstpointer b)
{
	const struct planned *one = a;
	const struct planned *other = b;

	return one->kind == other->kind && strcmp(one->id, other->id) == 0;
}

struct plan *plan_new(const struct workspace *workspace, struct change *change)
{
	struct plan *plan = g_new0(struct plan, 1);

	plan->workspace = workspace;
	plan->change = change;
	plan->records = g_ptr_array_new_with_free_func(destroy_planned);
	plan->by_id = g_hash_table_new(planned_hash, planned_equal);
	plan->pool = pool_new();
	return plan;
}

void plan_free(struct plan *plan)
{
	if (!plan)
		return;
	g_hash_table_unref(plan->by_id);
	g_ptr_array_unref(plan->records);
	pool_unref(plan->pool);
	g_free(plan);
}

static const struct planned *plan_find(const struct plan *plan, enum kind kind, const char *id)
{
	const struct planned key = { .kind = kind, .id = (char *)(gsize)id };

	return g_hash_table_lookup(plan->by_id, &key);
}

/* --- the records touched -------------------------------------------------------------------- */

/*
 * The file must be as it was last read: its text is what will be patched, and the
 * record in the model is what it says.
 */
static bool same_as_read(struct plan *plan, const struct planned *planned, GError **error)
{
	g_autoptr(GError) why = NULL;
	struct file_state *state = store_file(plan->workspace->store, planned->path, &why);

	if (why) {
		g_propagate_error(error, g_steal_pointer(&why));
		return false;
	}
	bool same = file_bytes_are(planned->bytes, state ? state->hash : "");
	file_state_free(state);
	if (same)
		return true;
	plan->stale = true;
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_CONFLICT, _("%s was changed meanwhile"),
		    planned->path);
	error_add_hint(error, _("try again"));
	return false;
}

static bool refuse_broken(const struct planned *planned, GError **error)
{
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_DATA,
		    _("%s has errors, so the program does not change it"), planned->path);
	error_add_hint(error, _("correct the file first: telar check names every error in it"));
	return false;
}

static struct planned *begin_record(struct plan *plan, const struct op *op, GError **error)
{
	const struct workspace *workspace = plan->workspace;
	g_autoptr(GError) why = NULL;

	if (!id_is_valid(op->id)) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE, _("\"%s\" is not an id"),
			    op->id);
		error_add_hint(error, _("use lower-case letters without accents, digits and single "
					"hyphens, at most 64"));
		return NULL;
	}
	struct planned *planned = g_new0(struct planned, 1);
	planned->kind = op->kind;
	planned->id = g_strdup(op->id);
	planned->path = directory_path_of(op->kind, op->id, workspace->network_id);
	g_ptr_array_add(plan->records, planned);
	g_hash_table_add(plan->by_id, planned);
	planned->bytes = workspace_read_file(workspace, planned->path, &why);
	if (why) {
		g_propagate_error(error, g_steal_pointer(&why));
		return NULL;
	}
	if (!workspace->read_only && workspace->directory && !same_as_read(plan, planned, error))
		return NULL;
	if (g_hash_table_contains(workspace->broken[op->kind], op->id)) {
		refuse_broken(planned, error);
		return NULL;
	}
	planned->before = model_get(workspace->model, op->kind, op->id);
	if (planned->before)
		planned->tree = node_from_record(record_type(op->kind), planned->before);
	if (planned->bytes)
		planned->text =
			g_string_new_len(planned->bytes->text, (gssize)planned->bytes->length);
	return planned;
}

/* Whether a file may hold the tree: characters that no file may hold are not written even here. */
static bool is_writable(const struct node *node)
{
	gsize offset;
	gunichar bad;

	if (node->type == NODE_SCALAR)
		return text_acceptable(node->text, strlen(node->text), true, &offset, &bad);
	for (guint i = 0; i < node->children->len; i++) {
		if (!is_writable(node->children->pdata[i]))
			return false;
	}
	return true;
}

static bool patch_record(struct planned *planned, const struct op *op, GError **error)
{
	GString *out = g_string_new(NULL);
	bool good = true;

	if (op->verb == OP_DELETE) {
		g_string_free(out, TRUE);
		if (planned->text)
			g_string_free(planned->text, TRUE);
		planned->text = NULL;
		return true;
	}
	if (!is_writable(planned->tree)) {
		g_string_free(out, TRUE);
		return true; /* plan_check() says what is wrong with it */
	}
	if (op->verb == OP_CREATE || !planned->text) {
		g_autofree char *text = yaml_emit_checked(record_type(op->kind), planned->tree,
							  planned->path, error);
		good = text != NULL;
		g_string_assign(out, good ? text : "");
	} else {
		good = patch_text(op, planned->tree, planned->text->str, planned->text->len, out,
				  error);
	}
	if (!good) {
		g_string_free(out, TRUE);
		return false;
	}
	if (planned->text)
		g_string_free(planned->text, TRUE);
	planned->text = out;
	return true;
}

/* Whether `op` leaves things as they are: then not a byte is touched. */
static bool changes_nothing(const struct op *op)
{
	return op->verb == OP_SET && g_strcmp0(op->old_text, op->new_text) == 0;
}

bool plan_is_idle(const struct plan *plan)
{
	for (guint i = 0; i < plan->change->ops->len; i++) {
		if (!changes_nothing(plan->change->ops->pdata[i]))
			return false;
	}
	return true;
}

/*
 * An item that is removed and put back among its siblings by the next op only moves:
 * its lines do, with their comments.  NULL: it does not.
 */
static const struct op *moved_by(const struct plan *plan, guint at)
{
	const GPtrArray *ops = plan->change->ops;
	const struct op *op = ops->pdata[at], *next = at + 1 < ops->len ? ops->pdata[at + 1] : NULL;

	if (op->verb != OP_REMOVE || !next || next->verb != OP_INSERT || next->kind != op->kind ||
	    strcmp(next->id, op->id) != 0 || g_strcmp0(next->new_text, op->old_text) != 0)
		return NULL;
	g_autofree char *list = op_list_path(op->path);
	return strcmp(list, next->path) == 0 ? next : NULL;
}

static bool patch_move(struct planned *planned, const struct op *from, const struct op *to,
		       GError **error)
{
	GString *out = planned->text ? g_string_new(NULL) : NULL;

	if (!out)
		return true;
	if (!yaml_move(record_type(to->kind), planned->text->str, planned->text->len, to->path,
		       (guint)from->position, (guint)to->position, out, error)) {
		g_string_free(out, TRUE);
		return false;
	}
	g_string_free(planned->text, TRUE);
	planned->text = out;
	return true;
}

static bool apply_op(struct plan *plan, struct op *op, GError **error)
{
	struct planned *planned = (struct planned *)(gsize)plan_find(plan, op->kind, op->id);
	struct node *next = NULL;

	if (!planned)
		planned = begin_record(plan, op, error);
	if (!planned || !op_apply(op, g_steal_pointer(&planned->tree), &next, error))
		return false;
	planned->tree = next;
	if (moved_by(plan, plan->at))
		return true;
	if (plan->at > 0 && moved_by(plan, plan->at - 1))
		return patch_move(planned, plan->change->ops->pdata[plan->at - 1], op, error);
	return changes_nothing(op) || patch_record(planned, op, error);
}

/* New entries with what every field is for; the same values. */
static void explain_new(struct plan *plan)
{
	for (guint i = 0; i < plan->records->len; i++) {
		struct planned *planned = plan->records->pdata[i];

		if (planned->bytes || !planned->text || !planned->tree)
			continue;
		g_autofree char *text = yaml_template(record_type(planned->kind), planned->tree);
		g_string_assign(planned->text, text);
	}
}

bool plan_apply(struct plan *plan, GError **error)
{
	for (plan->at = 0; plan->at < plan->change->ops->len; plan->at++) {
		if (!apply_op(plan, plan->change->ops->pdata[plan->at], error))
			return false;
	}
	if (plan->change->comments)
		explain_new(plan);
	for (guint i = 0; i < plan->records->len; i++) {
		const struct planned *planned = plan->records->pdata[i];

		if (planned->text && planned->text->len > YAML_FILE_MAX) {
			g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE,
				    _("%s would be larger than 256 KiB"), planned->path);
			return false;
		}
	}
	return true;
}

/* --- is the result right? ------------------------------------------------------------------- */

static enum id_state id_state(void *data, guint refs, const char *id)
{
	const struct plan *plan = data;
	const struct workspace *workspace = plan->workspace;

	for (guint k = 0; k < KIND_COUNT; k++) {
		const struct planned *planned = NULL;

		if (!(refs & (1u << k)))
			continue;
		planned = plan_find(plan, (enum kind)k, id);
		if (planned ? planned->tree != NULL
			    : model_find(workspace->model, (enum kind)k, id) >= 0)
			return ID_KNOWN;
		if (g_hash_table_contains(workspace->broken[k], id))
			return ID_BROKEN;
	}
	return ID_UNKNOWN;
}

/* The words that hold after the change: those of network.yaml, as it will be. */
static const struct network *words_after(const struct plan *plan)
{
	const struct workspace *workspace = plan->workspace;
	const char *id = workspace->network_id;
	const struct planned *planned = id ? plan_find(plan, KIND_NETWORK, id) : NULL;

	if (planned)
		return planned->after;
	return id ? model_get(workspace->model, KIND_NETWORK, id) : NULL;
}

static bool read_planned(struct plan *plan, struct planned *planned, struct findings *findings)
{
	struct check check = { .network = words_after(plan),
			       .id = id_state,
			       .data = plan,
			       .today = plan->workspace->model->today };

	if (!planned->tree)
		return true;
	planned->after = reading_tree(planned->kind, planned->tree, &check, planned->path,
				      plan->pool, findings);
	return planned->after != NULL;
}

/*
 * A file may say a thing twice, and is warned; an edit is not to begin it.  What is taken
 * back or decided was there.
 */
static void check_doubled(const struct plan *plan, struct findings *findings)
{
	if (plan->change->undoes || plan->workspace->taking_back || plan->workspace->deciding)
		return;
	for (guint i = 0; i < plan->records->len; i++) {
		const struct planned *planned = plan->records->pdata[i];
		const struct partnership *former = NULL;

		if (planned->kind == KIND_INSTITUTION && planned->after)
			former = partners_newly_doubled(
				model_get(plan->workspace->model, planned->kind, planned->id),
				planned->after);
		if (!former)
			continue;
		g_autofree char *message = partner_doubled_text(former);

		findings_add(findings, SEVERITY_ERROR, planned->path, 0, 0, 0, "doubled", message,
			     partner_doubled_hint(), NULL);
	}
}

struct referrer {
	const struct plan *plan;
	const struct planned *gone; /* of those deleted, one that is still referred to */
};

static bool refers_to_deleted(void *data, const struct field *field, const char *id)
{
	struct referrer *referrer = data;

	for (guint k = 0; k < KIND_COUNT; k++) {
		const struct planned *planned =
			field->refs & (1u << k) ? plan_find(referrer->plan, (enum kind)k, id)
						: NULL;
		/* A reference may mean one of several kinds; another record may still bear it. */
		if (planned && !planned->tree &&
		    id_state((void *)(gsize)referrer->plan, field->refs, id) == ID_UNKNOWN)
			referrer->gone = planned;
	}
	return referrer->gone == NULL;
}

static bool deletes_any(const struct plan *plan)
{
	for (guint i = 0; i < plan->records->len; i++) {
		if (!((const struct planned *)plan->records->pdata[i])->tree)
			return true;
	}
	return false;
}

/* What is deleted must not be referred to by what stays. */
static void check_referrers(const struct plan *plan, struct findings *findings)
{
	const struct model *model = plan->workspace->model;
	struct referrer referrer = { plan, NULL };
	const struct planned *gone = NULL;
	g_autofree char *first = NULL;
	guint n = 0;

	for (guint k = 0; deletes_any(plan) && k < KIND_COUNT; k++) {
		for (guint i = 0; i < model->n[k]; i++) {
			const char *id = RECORD(model->records[k][i])->id;

			referrer.gone = NULL;
			if (plan_find(plan, (enum kind)k, id))
				continue; /* checked as it will be */
			record_visit_references(record_type((enum kind)k), model->records[k][i],
						refers_to_deleted, &referrer);
			if (!referrer.gone)
				continue;
			gone = gone ? gone : referrer.gone;
			first = first ? first : g_strdup(id);
			n++;
		}
	}
	if (n == 0)
		return;
	g_autofree char *message =
		n == 1 ? g_strdup_printf(_("%s cannot be deleted: %s refers to it"), gone->id,
					 first)
		       : g_strdup_printf(
				 ngettext("%s cannot be deleted: %s and %u other refer to it",
					  "%s cannot be deleted: %s and %u others refer to it",
					  n - 1),
				 gone->id, first, n - 1);
	findings_add(findings, SEVERITY_ERROR, gone->path, 0, 0, 0, "reference", message,
		     _("take those references away first"), NULL);
}

/* New words must still allow what every other entry says. */
static void check_everybody(struct plan *plan, struct findings *findings)
{
	const struct model *model = plan->workspace->model;
	struct check check = { .network = words_after(plan), .id = id_state, .data = plan };
	struct pool *pool = pool_new();

	for (guint k = 0; k < KIND_COUNT; k++) {
		const struct record_type *type = record_type((enum kind)k);

		for (guint i = 0; k != KIND_NETWORK && i < model->n[k]; i++) {
			const void *record = model->records[k][i];

			if (plan_find(plan, (enum kind)k, RECORD(record)->id))
				continue;
			g_autofree char *path = directory_path_of((enum kind)k, RECORD(record)->id,
								  plan->workspace->network_id);
			struct node *tree = node_from_record(type, record);
			struct findings *own = findings_new();
			if (!node_to_record(type, tree, &check, path, pool, own))
				findings_move(findings, own);
			findings_free(own);
			node_free(tree);
		}
	}
	pool_unref(pool);
}

bool plan_check(struct plan *plan, struct findings *findings, GError **error)
{
	const char *network = plan->workspace->network_id;
	struct planned *words = NULL;

	if (network)
		words = (struct planned *)(gsize)plan_find(plan, KIND_NETWORK, network);
	if (words && !words->tree) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE,
			    _("%s is the network itself and cannot be deleted"), words->id);
		return false;
	}
	if (words && !read_planned(plan, words, findings))
		return true; /* its findings say why; without words the rest cannot be judged */
	for (guint i = 0; i < plan->records->len; i++) {
		if (plan->records->pdata[i] != words)
			read_planned(plan, plan->records->pdata[i], findings);
	}
	check_doubled(plan, findings);
	check_referrers(plan, findings);
	if (words)
		check_everybody(plan, findings);
	return true;
}
