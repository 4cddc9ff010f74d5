/*
 * One op on one record's tree: finding its place, comparing what stands there
 * with what the op expects, putting the new value in canonical form.  Knows the
 * field tables, not vocabularies or references: whether the result is right is
 * asked of node_to_record() by whoever applies.
 */
#include "data/op.h"

#include "base/errors.h"
#include "data/path.h"

#include <glib/gi18n.h>
#include <string.h>

/* The text of a value in history: NULL absent, a list as JSON. */
static char *value_text(const struct node *node)
{
	if (!node)
		return NULL;
	if (node->type == NODE_SCALAR)
		return *node->text ? g_strdup(node->text) : NULL;
	return node->children->len > 0 ? node_to_json(node) : NULL;
}

/* Whether `text`, as in history, says the same as `node`; layout of JSON does not count. */
static bool says_same(const char *text, const struct node *node)
{
	g_autofree char *stands = value_text(node);

	if (!stands || !*text)
		return !stands && !*text;
	if (strcmp(text, stands) == 0)
		return true;
	if (node->type == NODE_SCALAR)
		return false;
	struct node *tree = node_from_json(text, NULL);
	g_autofree char *compact = tree ? node_to_json(tree) : NULL;
	node_free(tree);
	return g_strcmp0(compact, stands) == 0;
}

static bool conflict(const struct op *op, const struct node *node, GError **error)
{
	g_autofree char *stands = value_text(node);

	g_set_error(error, TELAR_ERROR, TELAR_ERROR_CONFLICT,
		    _("%s: %s is now “%s”; it was “%s” when the change was made"), op->id,
		    *op->path ? op->path : op->id, stands ? stands : "",
		    op->old_text ? op->old_text : "");
	return false;
}

static bool no_such_path(const struct op *op, GError **error)
{
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE, _("%s: there is no field %s in a %s"),
		    op->id, op->path, record_type(op->kind)->name);
	return false;
}

/* --- canonical values ---------------------------------------------------------------- */

/* As the field would write it back; the text as it is where the field cannot read it. */
static char *canonical_scalar(const struct field *field, const struct record_type *holder,
			      const char *text)
{
	g_autofree void *record = g_malloc0(holder->size);
	g_autofree char *message = NULL;
	g_autofree char *hint = NULL;
	struct field single = *field;
	char *canonical = NULL;
	struct pool *pool = pool_new();

	single.flags &= ~(guint)FIELD_MANY;
	record_clear(holder, record);
	if (field_parse(&single, text, record, pool, &message, &hint))
		canonical = field_text(&single, record);
	pool_unref(pool);
	return canonical ? canonical : g_strdup(text);
}

static struct node *canonical_list(const struct field *field, const struct record_type *holder,
				   const char *json, GError **error)
{
	struct node *list = node_from_json(json, error);

	if (!list)
		return NULL;
	if (list->type != NODE_LIST) {
		node_free(list);
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE, _("%s takes a list of values"),
			    field->key);
		return NULL;
	}
	for (guint i = 0; i < list->children->len; i++) {
		struct node *item = list->children->pdata[i];

		if (item->type != NODE_SCALAR)
			continue; /* a wrong shape: validation says so */
		g_autofree char *text = canonical_scalar(field, holder, item->text);
		node_set_text(item, text);
	}
	return list;
}

/* A map read by its type and written back; as it is where it has errors (validation names them). */
static struct node *canonical_map(const struct record_type *type, const char *json, GError **error)
{
	struct node *map = node_from_json(json, error);

	if (!map)
		return NULL;
	if (map->type != NODE_MAP) {
		node_free(map);
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE, _("a %s is an object of fields"),
			    type->name);
		return NULL;
	}
	struct pool *pool = pool_new();
	struct findings *findings = findings_new();
	const struct check nothing = { 0 };
	const void *record = node_to_record(type, map, &nothing, NULL, pool, findings);
	if (record) {
		node_free(map);
		map = node_from_record(type, record);
	}
	findings_free(findings);
	pool_unref(pool);
	return map;
}

/* --- set ----------------------------------------------------------------------------- */

static char *parent_path(const char *path)
{
	const char *dot = strrchr(path, '.');

	return dot ? g_strndup(path, (gsize)(dot - path)) : g_strdup("");
}

/*
 * A key may be changed only where the item is and stays the only one of its name,
 * and the new name can stand in a path: otherwise the change could not be taken
 * back by path.
 */
static bool may_rekey(const struct op *op, const struct field *field, const struct node *root,
		      GError **error)
{
	const struct record_type *type = record_type(op->kind);
	g_autofree char *item = parent_path(op->path);
	const char *open = strrchr(item, '[');
	bool alone = open && !strchr(open, '#') && op->new_text && !strpbrk(op->new_text, "[]#");

	if (!(field->flags & FIELD_KEY) || !open)
		return true;
	if (alone) {
		g_autofree char *twin = g_strdup_printf("%.*s#2]", (int)strlen(item) - 1, item);
		g_autofree char *other =
			g_strdup_printf("%.*s[%s]", (int)(open - item), item, op->new_text);
		alone = !node_find(type, root, twin) && !node_find(type, root, other);
	}
	if (alone)
		return true;
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE, _("%s: %s cannot be changed in place"),
		    op->id, op->path);
	error_add_hint(error, _("remove the item and add another"));
	return false;
}

static bool apply_set(struct op *op, struct node *root, GError **error)
{
	const struct record_type *type = record_type(op->kind);
	const struct record_type *holder = NULL;
	const struct field *field = path_field(type, op->path, &holder);

	if (!field || field->type == FIELD_GROUP || field->type == FIELD_ITEMS)
		return no_such_path(op, error);
	if (holder == type && strcmp(field->key, "id") == 0) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE,
			    _("%s: the id of an entry never changes"), op->id);
		return false;
	}
	const struct node *stands = node_find(type, root, op->path);
	if (op->old_text && !says_same(op->old_text, stands))
		return conflict(op, stands, error);
	if (!may_rekey(op, field, root, error))
		return false;

	struct node *value = NULL;
	if (op->new_text && *op->new_text && (field->flags & FIELD_MANY)) {
		value = canonical_list(field, holder, op->new_text, error);
		if (!value)
			return false;
	} else if (op->new_text && *op->new_text) {
		g_autofree char *text = canonical_scalar(field, holder, op->new_text);
		value = node_scalar(text);
	}
	if (value && value->type == NODE_LIST && value->children->len == 0)
		g_clear_pointer(&value, node_free);
	char *old_text = value_text(stands);
	char *new_text = value_text(value);
	if (!node_put(type, root, op->path, -1, value, error)) {
		g_free(old_text);
		g_free(new_text);
		return false;
	}
	g_free(op->old_text);
	g_free(op->new_text);
	op->old_text = old_text;
	op->new_text = new_text;
	return true;
}

/* --- items --------------------------------------------------------------------------- */

/* The full path of item `index` of the list at `path`. */
static char *item_path(const struct op *op, const char *path, const struct node *list, guint index)
{
	const struct field *field = path_field(record_type(op->kind), path, NULL);
	g_autofree char *own = path_item(field, list, index);
	const char *dot = strrchr(path, '.');

	return dot ? g_strdup_printf("%.*s.%s", (int)(dot - path), path, own) : g_strdup(own);
}

char *op_target(const struct op *op, const struct node *root)
{
	if (op->verb != OP_INSERT)
		return g_strdup(op->path);
	const struct node *list = node_find(record_type(op->kind), root, op->path);
	return item_path(op, op->path, list, (guint)op->position);
}

static const struct field *items_field(const struct op *op, const char *path, GError **error)
{
	const struct field *field = path_field(record_type(op->kind), path, NULL);

	if (field && field->type == FIELD_ITEMS)
		return field;
	no_such_path(op, error);
	return NULL;
}

static bool apply_insert(struct op *op, struct node *root, GError **error)
{
	const struct record_type *type = record_type(op->kind);
	const struct field *field = items_field(op, op->path, error);

	if (!field)
		return false;
	struct node *item = canonical_map(field->sub, op->new_text ? op->new_text : "", error);
	if (!item)
		return false;
	const struct node *stands = node_find(type, root, op->path);
	struct node *list = stands ? node_copy(stands) : node_list();
	guint n = list->children->len;
	guint index = op->position < 0 || (guint)op->position > n ? n : (guint)op->position;
	node_insert(list, index, node_copy(item));
	g_autofree char *path = item_path(op, op->path, list, index);
	node_free(list);

	char *new_text = node_to_json(item);
	if (!node_put(type, root, path, (int)index, item, error)) {
		g_free(new_text);
		return false;
	}
	g_free(op->new_text);
	op->new_text = new_text;
	op->position = (int)index;
	return true;
}

/*
 * The item that REMOVE means: the one its path names; or, for a list's path, the
 * one at the position, else one with the old value that moved meanwhile.
 */
static int find_item(const struct op *op, const struct node *root, const struct node *list)
{
	const struct node *named = node_find(record_type(op->kind), root, op->path);
	guint n = list ? list->children->len : 0;

	for (guint i = 0; named != list && i < n; i++) {
		if (list->children->pdata[i] == named)
			return (int)i;
	}
	if (named != list || !named)
		return -1;
	if (op->position >= 0 && (guint)op->position < n &&
	    (!op->old_text || says_same(op->old_text, list->children->pdata[op->position])))
		return op->position;
	for (guint i = 0; op->old_text && i < n; i++) {
		if (says_same(op->old_text, list->children->pdata[i]))
			return (int)i;
	}
	return -1;
}

static bool apply_remove(struct op *op, struct node *root, GError **error)
{
	const struct record_type *type = record_type(op->kind);
	g_autofree char *path = op_list_path(op->path);

	if (!items_field(op, path, error))
		return false;
	const struct node *list = node_find(type, root, path);
	int index = find_item(op, root, list);
	if (index < 0 && op->old_text)
		return conflict(op, NULL, error);
	if (index < 0) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_NO_INPUT, _("%s: there is no %s"),
			    op->id, op->path);
		return false;
	}
	const struct node *item = list->children->pdata[index];
	if (op->old_text && !says_same(op->old_text, item))
		return conflict(op, item, error);
	char *target = item_path(op, path, list, (guint)index);
	char *old_text = node_to_json(item);
	if (!node_put(type, root, target, -1, NULL, error)) {
		g_free(target);
		g_free(old_text);
		return false;
	}
	g_free(op->path);
	g_free(op->old_text);
	op->path = target;
	op->old_text = old_text;
	op->position = index;
	return true;
}

/* --- records ------------------------------------------------------------------------- */

static bool apply_create(struct op *op, struct node *root, struct node **result, GError **error)
{
	if (root) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_CONFLICT,
			    _("there is already a %s called %s"), record_type(op->kind)->name,
			    op->id);
		return false;
	}
	struct node *tree =
		canonical_map(record_type(op->kind), op->new_text ? op->new_text : "", error);
	if (!tree)
		return false;
	const struct node *id = node_get(tree, "id");
	bool derived = record_is_single(record_type(op->kind));
	if (!id && !derived &&
	    !node_put(record_type(op->kind), tree, "id", -1, node_scalar(op->id), error)) {
		node_free(tree);
		return false;
	}
	if (id && (id->type != NODE_SCALAR || strcmp(id->text, op->id) != 0)) {
		node_free(tree);
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE,
			    _("%s: the new entry carries another id"), op->id);
		return false;
	}
	g_free(op->new_text);
	op->new_text = node_to_json(tree);
	*result = tree;
	return true;
}

static bool apply_delete(struct op *op, const struct node *root, GError **error)
{
	if (op->old_text && !says_same(op->old_text, root))
		return conflict(op, root, error);
	g_free(op->old_text);
	op->old_text = node_to_json(root);
	return true;
}

bool op_apply(struct op *op, struct node *root, struct node **result, GError **error)
{
	bool done = false;

	if (op->verb == OP_CREATE) {
		done = apply_create(op, root, result, error);
		node_free(root);
		return done;
	}
	if (!root) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_NO_INPUT, _("there is no %s called %s"),
			    record_type(op->kind)->name, op->id);
		return false;
	}
	if (op->verb == OP_SET)
		done = apply_set(op, root, error);
	else if (op->verb == OP_INSERT)
		done = apply_insert(op, root, error);
	else if (op->verb == OP_REMOVE)
		done = apply_remove(op, root, error);
	else
		done = apply_delete(op, root, error);
	if (!done || op->verb == OP_DELETE)
		g_clear_pointer(&root, node_free);
	if (done)
		*result = root;
	return done;
}
