/*
 * Three versions of a record to one, field by field, on trees.  Which versions
 * these are, and what becomes of a clash, is the workspace's business.
 */
#include "data/merge.h"

#include "base/errors.h"
#include "data/path.h"

#include <glib/gi18n.h>
#include <string.h>

struct merging {
	enum kind kind;
	const char *id;
	const struct record_type *type;
	const struct node *base, *mine;
	struct node *tree; /* theirs, and what was taken of mine so far */
	struct change *ops;
	GPtrArray *clashes;
};

void clash_free(struct clash *clash)
{
	if (!clash)
		return;
	g_free(clash->path);
	g_free(clash->base);
	g_free(clash->mine);
	g_free(clash->theirs);
	g_free(clash);
}

static char *text_of(const struct node *node)
{
	if (!node || (node->type == NODE_SCALAR && !*node->text))
		return NULL;
	if (node->type != NODE_SCALAR)
		return node->children->len > 0 ? node_to_json(node) : NULL;
	return g_strdup(node->text);
}

char *merge_text_at(enum kind kind, const struct node *tree, const char *path)
{
	if (!tree)
		return NULL;
	return text_of(*path ? node_find(record_type(kind), tree, path) : tree);
}

static void add_clash(struct merging *merging, const char *path)
{
	for (guint i = 0; i < merging->clashes->len; i++) {
		const struct clash *other = merging->clashes->pdata[i];

		if (strcmp(other->path, path) == 0)
			return;
	}
	struct clash *clash = g_new0(struct clash, 1);
	clash->path = g_strdup(path);
	clash->base = merge_text_at(merging->kind, merging->base, path);
	clash->mine = merge_text_at(merging->kind, merging->mine, path);
	clash->theirs = merge_text_at(merging->kind, merging->tree, path);
	g_ptr_array_add(merging->clashes, clash);
}

/* Applies the last op of the list, or takes it off again. */
static bool take(struct merging *merging)
{
	struct op *op = merging->ops->ops->pdata[merging->ops->ops->len - 1];
	struct node *next = NULL;

	if (op_apply(op, node_copy(merging->tree), &next, NULL)) {
		node_free(merging->tree);
		merging->tree = next;
		return true;
	}
	g_ptr_array_set_size(merging->ops->ops, (gint)merging->ops->ops->len - 1);
	return false;
}

/* --- lists ------------------------------------------------------------------------------ */

static bool holds(const struct node *list, const struct node *item)
{
	for (guint i = 0; list && i < list->children->len; i++) {
		if (node_equal(list->children->pdata[i], item))
			return true;
	}
	return false;
}

/* Theirs without what mine took away, then what mine added. */
static struct node *merge_lists(const struct node *base, const struct node *mine,
				const struct node *theirs)
{
	struct node *list = node_list();

	for (guint i = 0; theirs && i < theirs->children->len; i++) {
		const struct node *item = theirs->children->pdata[i];

		if (!holds(base, item) || holds(mine, item))
			node_append(list, NULL, node_copy(item));
	}
	for (guint i = 0; mine && i < mine->children->len; i++) {
		const struct node *item = mine->children->pdata[i];

		if (!holds(base, item) && !holds(list, item))
			node_append(list, NULL, node_copy(item));
	}
	return list;
}

/* "partners[innovec].since" -> "partners[innovec]"; NULL: no item is in the path. */
static char *item_of(const char *path)
{
	const char *close = strrchr(path, ']');

	return close ? g_strndup(path, (gsize)(close - path) + 1) : NULL;
}

static void merge_set(struct merging *merging, const char *path)
{
	const struct field *field = path_field(merging->type, path, NULL);
	const struct node *base =
		merging->base ? node_find(merging->type, merging->base, path) : NULL;
	const struct node *mine = node_find(merging->type, merging->mine, path);
	const struct node *theirs = node_find(merging->type, merging->tree, path);
	g_autofree char *item = item_of(path);
	g_autofree char *was = text_of(base);
	g_autofree char *wanted = text_of(mine);
	g_autofree char *stands = text_of(theirs);

	if (g_strcmp0(wanted, stands) == 0)
		return;
	if (item && !node_find(merging->type, merging->tree, item)) {
		add_clash(merging, item); /* they took the whole entry away */
		return;
	}
	if (field && field->flags & FIELD_MANY && g_strcmp0(was, stands) != 0) {
		struct node *list = merge_lists(base, mine, theirs);

		g_free(wanted);
		wanted = text_of(list);
		node_free(list);
		if (g_strcmp0(wanted, stands) == 0)
			return;
	} else if (g_strcmp0(was, stands) != 0) {
		add_clash(merging, path);
		return;
	}
	change_set(merging->ops, merging->kind, merging->id, path, wanted)->old_text =
		g_strdup(stands ? stands : "");
	if (!take(merging))
		add_clash(merging, path);
}

static bool contradict(const struct node *a, const struct node *b)
{
	for (guint i = 0; i < a->children->len; i++) {
		const struct node *one = a->children->pdata[i];
		const struct node *other = node_get(b, one->key);

		if (other && !node_equal(one, other))
			return true;
	}
	return false;
}

/* What mine says of the entry at `path` and theirs does not; stops at what cannot be taken. */
static bool add_missing(struct merging *merging, const struct record_type *type,
			const struct node *mine, const char *path)
{
	guint clashes = merging->clashes->len;

	for (guint i = 0; i < type->n_fields; i++) {
		const struct field *field = &type->fields[i];
		bool deep = field->type == FIELD_GROUP || field->type == FIELD_ITEMS;
		g_autofree char *own = g_strdup_printf("%s.%s", path, field->key);

		if (!node_get(mine, field->key))
			continue;
		if (!deep)
			merge_set(merging, own);
		if (merging->clashes->len > clashes ||
		    (deep && !node_find(merging->type, merging->tree, own)))
			return false;
	}
	return true;
}

/*
 * Both added an entry of the same key.  Where they do not contradict each other it
 * is one entry with what either says; else they may well be two, and nothing of mine
 * goes into theirs: the clash has it whole.
 */
static void merge_twins(struct merging *merging, const struct field *list, const char *path)
{
	const struct node *mine = node_find(merging->type, merging->mine, path);
	guint ops = merging->ops->ops->len;
	guint clashes = merging->clashes->len;
	struct node *tree = node_copy(merging->tree);

	if (!contradict(mine, node_find(merging->type, tree, path)) &&
	    add_missing(merging, list->sub, mine, path)) {
		node_free(tree);
		return;
	}
	g_ptr_array_set_size(merging->ops->ops, (gint)ops);
	g_ptr_array_set_size(merging->clashes, (gint)clashes);
	node_free(merging->tree);
	merging->tree = tree;
	add_clash(merging, path);
}

static void merge_insert(struct merging *merging, const struct op *op)
{
	const struct field *list = path_field(merging->type, op->path, NULL);
	g_autofree char *path = op_target(op, merging->mine);
	const struct node *item = node_find(merging->type, merging->mine, path);
	const struct node *stands = node_find(merging->type, merging->tree, path);
	const struct node *all = node_find(merging->type, merging->tree, op->path);
	const struct node *before =
		merging->base ? node_find(merging->type, merging->base, op->path) : NULL;
	bool keyed = record_key_field(list->sub) && !strstr(path, "[#");

	if (keyed && stands && !(merging->base && node_find(merging->type, merging->base, path))) {
		merge_twins(merging, list, path);
		return;
	}
	if (!keyed && holds(all, item) && !holds(before, item))
		return;
	change_insert(merging->ops, merging->kind, merging->id, op->path, op->new_text)->position =
		op->position;
	if (!take(merging))
		add_clash(merging, path);
}

/* `op` was applied by change_diff(): its path names the item, its old text is it. */
static void merge_remove(struct merging *merging, const struct op *op)
{
	g_autofree char *path = op_list_path(op->path);
	const struct field *field = path_field(merging->type, path, NULL);
	const struct node *list = node_find(merging->type, merging->tree, path);
	const struct node *was = node_find(merging->type, merging->base, path);
	struct node *item = node_from_json(op->old_text, NULL);
	bool keyed = record_key_field(field->sub) && !strstr(op->path, "[#");
	bool stands = item && holds(list, item);

	node_free(item);
	if (stands) {
		struct op *taken = change_remove(merging->ops, merging->kind, merging->id,
						 keyed ? op->path : path);
		taken->position = op->position;
		taken->old_text = g_strdup(op->old_text);
		if (take(merging))
			return;
	}
	/* Gone on both sides is agreed; without a key nothing says whether it was changed. */
	if (keyed && node_find(merging->type, merging->tree, op->path))
		add_clash(merging, op->path);
	else if (!keyed && list && was && list->children->len >= was->children->len)
		add_clash(merging, path);
}

/* --- the record ----------------------------------------------------------------------------- */

static void merge_whole(struct merging *merging, const struct node *theirs)
{
	bool alike = merging->mine && theirs ? node_equal(merging->mine, theirs)
					     : !merging->mine && !theirs;
	bool untouched = merging->base && theirs ? node_equal(merging->base, theirs)
						 : !merging->base && !theirs;

	if (alike)
		return;
	if (!untouched)
		add_clash(merging, "");
	else
		change_diff(merging->ops, merging->kind, merging->id, theirs, merging->mine);
}

void merge_trees(enum kind kind, const char *id, const struct node *base, const struct node *mine,
		 const struct node *theirs, struct change *ops, GPtrArray *clashes)
{
	struct change *wanted = change_new();
	struct node *nothing = node_map();
	struct merging merging = { .kind = kind,
				   .id = id,
				   .type = record_type(kind),
				   .base = base,
				   .mine = mine,
				   .tree = theirs ? node_copy(theirs) : NULL,
				   .ops = ops,
				   .clashes = clashes };
	bool whole = !mine || !theirs;

	node_append(nothing, "id", node_scalar(id));
	if (!whole)
		change_diff(wanted, kind, id, base ? base : nothing, mine);
	for (guint i = 0; i < wanted->ops->len && !whole; i++)
		whole = ((const struct op *)wanted->ops->pdata[i])->verb >= OP_CREATE;
	if (whole)
		merge_whole(&merging, theirs);
	for (guint i = 0; i < wanted->ops->len && !whole; i++) {
		const struct op *op = wanted->ops->pdata[i];

		if (op->verb == OP_SET)
			merge_set(&merging, op->path);
		else if (op->verb == OP_INSERT)
			merge_insert(&merging, op);
		else
			merge_remove(&merging, op);
	}
	change_free(wanted);
	node_free(nothing);
	node_free(merging.tree);
}

/* --- decisions ------------------------------------------------------------------------------- */

static bool is_whole_item(const char *path)
{
	return g_str_has_suffix(path, "]");
}

static struct node *value_of(enum kind kind, const char *path, const char *text, GError **error)
{
	const struct field *field = path_field(record_type(kind), path, NULL);
	bool many = field && (field->flags & FIELD_MANY || field->type == FIELD_ITEMS);

	return many || is_whole_item(path) ? node_from_json(text, error) : node_scalar(text);
}

bool merge_put(struct change *change, enum kind kind, const char *id, const struct node *tree,
	       const char *path, const char *text, GError **error)
{
	struct node *value = NULL;

	if (*path && !tree) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE, _("%s is not there any more"),
			    id);
		return false;
	}
	if (!*path && !text) {
		if (tree)
			change_delete(change, kind, id);
		return true;
	}
	if (text) {
		value = *path ? value_of(kind, path, text, error) : node_from_json(text, error);
		if (!value)
			return false;
	}
	struct node *after = *path ? node_copy(tree) : value;
	bool good = !*path || node_put(record_type(kind), after, path, -1, value, error);
	if (good)
		change_diff(change, kind, id, tree, after);
	node_free(after);
	return good;
}

bool merge_holds_both(enum kind kind, const char *path)
{
	const struct field *field = *path ? path_field(record_type(kind), path, NULL) : NULL;

	return is_whole_item(path) ||
	       (field && (field->flags & FIELD_MANY || field->type == FIELD_ITEMS));
}

bool merge_put_both(struct change *change, enum kind kind, const char *id, const struct node *tree,
		    const char *path, const char *mine, GError **error)
{
	if (!merge_holds_both(kind, path)) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE,
			    _("%s holds one value only: take one of the two"), path);
		return false;
	}
	if (!mine)
		return true;
	if (is_whole_item(path)) {
		g_autofree char *list = op_list_path(path);

		change_insert(change, kind, id, list, mine);
		return true;
	}
	struct node *wanted = node_from_json(mine, error);
	if (!wanted)
		return false;
	struct node *both =
		merge_lists(NULL, wanted, tree ? node_find(record_type(kind), tree, path) : NULL);
	g_autofree char *text = node_to_json(both);
	node_free(wanted);
	node_free(both);
	return merge_put(change, kind, id, tree, path, text, error);
}
