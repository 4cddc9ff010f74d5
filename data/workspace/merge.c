/*
 * An edit that is in the store and not yet in its file, and a file that somebody
 * changed meanwhile: one text of both, and conflicts where that cannot be.  The
 * rules are data/merge's; here are the three versions and the bytes.
 */
#include "data/merge.h"

#include "base/errors.h"
#include "data/workspace/private.h"
#include "data/yaml/yaml_file.h"

#include <glib/gi18n.h>
#include <string.h>

struct merge {
	struct workspace *workspace;
	const struct outbox_row *row;
	const struct entry *moved; /* where the record stands by now; NULL: where it did */
	const char *path;
	const struct file_bytes *bytes;
	struct change *change; /* that the row is of */
	enum kind kind;
	const char *id;
	struct node *base, *mine, *theirs; /* NULL: no record */
	bool unreadable;		   /* the file has errors now */
	struct change *ops;
	GPtrArray *clashes;
	GString *text; /* of the file, with what was taken; NULL: removed */
};

static void destroy_clash(gpointer clash)
{
	clash_free(clash);
}

/* The record in a file's text; NULL where it has errors. */
static struct node *tree_of(enum kind kind, const char *path, const char *text, gsize length)
{
	struct findings *ignored = findings_new();
	struct pool *pool = pool_new();
	struct node *root = yaml_read(text, length, path, ignored);
	const struct check nothing = { 0 };
	const void *record =
		root ? node_to_record(record_type(kind), root, &nothing, path, pool, ignored)
		     : NULL;
	struct node *tree = record ? node_from_record(record_type(kind), record) : NULL;

	node_free(root);
	pool_unref(pool);
	findings_free(ignored);
	return tree;
}

static bool touches(const struct merge *merge, const struct op *op)
{
	const char *path = merge->row->path;
	g_autofree char *own = directory_path_of(op->kind, op->id, merge->workspace->network_id);

	return strcmp(own, path) == 0 ||
	       (op->kind == KIND_NETWORK && strcmp(path, DIRECTORY_NETWORK) == 0);
}

/* What the edit found: what it left, with its ops taken back. */
static struct node *tree_before(const struct merge *merge)
{
	struct node *tree = merge->mine ? node_copy(merge->mine) : NULL;
	struct change *inverse = change_inverse(merge->change);

	for (guint i = 0; i < inverse->ops->len; i++) {
		struct node *next = NULL;

		if (!touches(merge, inverse->ops->pdata[i]))
			continue;
		if (!op_apply(inverse->ops->pdata[i], g_steal_pointer(&tree), &next, NULL))
			break; /* with no base everything that differs is a clash */
		tree = next;
	}
	change_free(inverse);
	return tree;
}

static void rename_tree(struct node *tree, const char *id)
{
	struct node *own = tree ? node_get(tree, "id") : NULL;

	if (own)
		node_set_text(own, id);
}

static bool read_versions(struct merge *merge, GError **error)
{
	const struct outbox_row *row = merge->row;
	gsize length = 0;
	const char *text = row->content ? g_bytes_get_data(row->content, &length) : NULL;
	const struct op *first = NULL;

	for (guint i = 0; i < merge->change->ops->len && !first; i++) {
		if (touches(merge, merge->change->ops->pdata[i]))
			first = merge->change->ops->pdata[i];
	}
	if (!first) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_DATA,
			    _("the store holds an edit of %s that no change speaks of"), row->path);
		return false;
	}
	merge->kind = first->kind;
	merge->id = merge->moved ? merge->moved->id : first->id;
	merge->mine = text ? tree_of(merge->kind, row->path, text, length) : NULL;
	merge->base = tree_before(merge);
	if (merge->moved) { /* that it has another id is not for us to take back */
		rename_tree(merge->base, merge->id);
		rename_tree(merge->mine, merge->id);
	}
	if (merge->bytes) {
		merge->theirs =
			tree_of(merge->kind, merge->path, merge->bytes->text, merge->bytes->length);
		merge->text = g_string_new_len(merge->bytes->text, (gssize)merge->bytes->length);
	}
	merge->unreadable = merge->bytes && !merge->theirs;
	return true;
}

/* An op that could not go into the text: what it wanted. */
static void add_op_clash(struct merge *merge, const struct op *op)
{
	struct clash *clash = g_new0(struct clash, 1);
	const struct node *holder = op->verb == OP_INSERT ? merge->mine : merge->base;
	bool whole = op->verb == OP_CREATE || op->verb == OP_DELETE;

	clash->path = whole || !holder ? g_strdup("") : op_target(op, holder);
	clash->base = merge_text_at(merge->kind, merge->base, clash->path);
	clash->mine = merge_text_at(merge->kind, merge->mine, clash->path);
	clash->theirs = merge_text_at(merge->kind, merge->theirs, clash->path);
	g_ptr_array_add(merge->clashes, clash);
}

/* Puts the ops into the text of the file as it is. */
static void patch(struct merge *merge)
{
	struct node *tree = merge->theirs ? node_copy(merge->theirs) : NULL;

	for (guint i = 0; i < merge->ops->ops->len; i++) {
		struct op *op = merge->ops->ops->pdata[i];
		struct node *next = NULL;
		GString *out = g_string_new(NULL);

		if (op->verb == OP_DELETE && merge->ops->ops->len == 1) {
			g_string_free(merge->text, TRUE);
			merge->text = NULL;
		} else if (op->verb != OP_CREATE && op->verb != OP_DELETE &&
			   op_apply(op, node_copy(tree), &next, NULL) &&
			   patch_text(op, next, merge->text->str, merge->text->len, out, NULL)) {
			node_free(tree);
			tree = g_steal_pointer(&next);
			g_string_assign(merge->text, out->str);
		} else {
			add_op_clash(merge, op);
		}
		node_free(next);
		g_string_free(out, TRUE);
	}
	node_free(tree);
}

static void merge_versions(struct merge *merge)
{
	if (!merge->unreadable) {
		merge_trees(merge->kind, merge->id, merge->base, merge->mine, merge->theirs,
			    merge->ops, merge->clashes);
		patch(merge);
		return;
	}
	/* Nothing can be taken into a file that cannot be read: all of it waits. */
	merge_trees(merge->kind, merge->id, merge->base, merge->mine, merge->base, merge->ops,
		    merge->clashes);
	for (guint i = 0; i < merge->ops->ops->len; i++)
		add_op_clash(merge, merge->ops->ops->pdata[i]);
}

static void say(const struct merge *merge, const struct clash *clash, struct findings *findings)
{
	const char *what = *clash->path ? clash->path : merge->id;
	const char *by = merge->change->actor;
	g_autofree char *message = NULL;

	if (merge->unreadable)
		message = g_strdup_printf(_("the file was changed while an edit of %s by %s was "
					    "being written, and has errors now"),
					  what, by);
	else if (!*clash->path)
		message = g_strdup_printf(
			clash->mine ? _("the file was removed while an edit of %s by %s was being "
					"written")
				    : _("the file was changed while %s was being deleted by %s"),
			what, by);
	else
		message = g_strdup_printf(
			_("the file was changed while an edit of %s by %s was being written: it "
			  "says “%s”, the edit “%s”"),
			what, by, clash->theirs ? clash->theirs : "",
			clash->mine ? clash->mine : "");
	findings_add(findings, SEVERITY_WARNING, merge->path, 0, 0, 0, "conflict", message,
		     _("the file stands until somebody decides: telar conflicts shows both"), NULL);
}

static GPtrArray *conflicts_of(const struct merge *merge, struct findings *findings)
{
	GPtrArray *out = conflicts_new();
	gint64 seen =
		merge->bytes ? merge->bytes->mtime / 1000 : clock_now(&merge->workspace->clock);

	for (guint i = 0; i < merge->clashes->len; i++) {
		const struct clash *clash = merge->clashes->pdata[i];
		struct conflict *conflict = g_new0(struct conflict, 1);

		*conflict = (struct conflict){
			.kind = merge->kind,
			.record = g_strdup(merge->id),
			.path = g_strdup(clash->path),
			.base = g_strdup(clash->base),
			.mine = g_strdup(clash->mine),
			.theirs = merge->unreadable ? NULL : g_strdup(clash->theirs),
			.change = merge->change->id,
			.mine_by = g_strdup(merge->change->actor),
			.mine_at = merge->change->at,
			.theirs_by = g_strdup(merge->unreadable ? "" : ACTOR_FILES),
			.theirs_at = seen,
		};
		g_ptr_array_add(out, conflict);
		say(merge, clash, findings);
	}
	return out;
}

/* Nobody will read the file after a dry run: what it brings is told here. */
static void tell(const struct merge *merge)
{
	struct brought *brought = merge->workspace->brought;
	struct change *change = change_new();

	/* What got another name the sync reads, dry or not. */
	if (brought && brought->dry && !merge->unreadable && !merge->moved)
		change_diff(change, merge->kind, merge->id, merge->base, merge->theirs);
	if (change->ops->len > 0) {
		change->actor = g_strdup(ACTOR_FILES);
		change->summary = change_summary(change);
		g_ptr_array_add(brought->from_files, change);
	} else {
		change_free(change);
	}
}

static bool write_result(struct merge *merge, bool *placed, GError **error)
{
	struct settled ignored;
	bool same = merge->text && merge->text->len == merge->bytes->length &&
		    memcmp(merge->text->str, merge->bytes->text, merge->text->len) == 0;

	if (!merge->bytes || same)
		return true;
	GBytes *content = merge->text ? g_bytes_new(merge->text->str, merge->text->len) : NULL;
	bool good = workspace_put_bytes(merge->workspace, merge->path, content, merge->bytes->hash,
					&ignored, placed, error);
	g_clear_pointer(&content, g_bytes_unref);
	return good;
}

/* In the middle of being renamed: whether it is the same entry its errors hide. */
static bool is_ready(const struct merge *merge, GError **error)
{
	if (!merge->moved || !merge->unreadable)
		return true;
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_DATA,
		    _("what it is an edit of stands in %s now, which has errors"), merge->path);
	error_add_hint(error, _("correct that file, or give it back its name: then the edit is "
				"written"));
	return false;
}

bool workspace_merge(struct workspace *workspace, const struct outbox_row *row,
		     const struct entry *moved, const struct file_bytes *bytes,
		     struct findings *findings, struct settled *settled, bool *placed,
		     GError **error)
{
	struct merge merge = { .workspace = workspace,
			       .row = row,
			       .moved = moved,
			       .path = moved ? moved->path : row->path,
			       .bytes = bytes };

	merge.change = store_change(workspace->store, row->change, error);
	if (!merge.change)
		return false;
	merge.ops = change_new();
	merge.clashes = g_ptr_array_new_with_free_func(destroy_clash);
	bool good = read_versions(&merge, error) && is_ready(&merge, error);
	if (good) {
		merge_versions(&merge);
		good = write_result(&merge, placed, error);
	}
	if (good)
		tell(&merge);
	if (good && *placed)
		settled->conflicts = conflicts_of(&merge, findings);
	if (merge.text)
		g_string_free(merge.text, TRUE);
	g_ptr_array_unref(merge.clashes);
	change_free(merge.ops);
	change_free(merge.change);
	node_free(merge.base);
	node_free(merge.mine);
	node_free(merge.theirs);
	return good;
}
