/*
 * From two trees of one record to the ops that lead from the one to the other.
 * Made for edits that reach us as a whole (a file changed by hand, an import):
 * history then says which field changed, not that "the file changed".
 */
#include "data/op.h"
#include "data/path.h"

#include <string.h>

struct diff {
	struct change *change;
	enum kind kind;
	const char *id;
};

static char *text_of(const struct node *node)
{
	if (!node)
		return NULL;
	return node->type == NODE_SCALAR ? g_strdup(node->text) : node_to_json(node);
}

static bool same(const struct node *a, const struct node *b)
{
	return a && b ? node_equal(a, b) : !a && !b;
}

static void diff_fields(struct diff *diff, const struct record_type *type, const char *prefix,
			const struct node *before, const struct node *after);

static void remove_item(struct diff *diff, const char *list, const struct node *item, guint index)
{
	struct op *op = change_remove(diff->change, diff->kind, diff->id, list);

	op->position = (int)index;
	op->old_text = node_to_json(item);
}

static void insert_item(struct diff *diff, const char *list, const struct node *item, guint index)
{
	g_autofree char *json = node_to_json(item);

	change_insert(diff->change, diff->kind, diff->id, list, json)->position = (int)index;
}

static int index_of_path(GPtrArray *paths, const char *path)
{
	for (guint i = 0; i < paths->len; i++) {
		if (strcmp(paths->pdata[i], path) == 0)
			return (int)i;
	}
	return -1;
}

static GPtrArray *paths_of(const struct field *field, const struct node *list)
{
	GPtrArray *paths = g_ptr_array_new_with_free_func(g_free);

	for (guint i = 0; list && i < list->children->len; i++)
		g_ptr_array_add(paths, path_item(field, list, i));
	return paths;
}

/*
 * Items with a key: what is gone is removed (last first, so that positions
 * hold), what stays is compared field by field, what is new is inserted where it
 * stands.  False when items that stay changed their order: then whole items have
 * to move.
 */
static bool diff_keyed(struct diff *diff, const struct field *field, const char *path,
		       const struct node *before, const struct node *after)
{
	g_autoptr(GPtrArray) was = paths_of(field, before);
	g_autoptr(GPtrArray) is = paths_of(field, after);
	int last = -1;

	for (guint i = 0; i < was->len; i++) {
		int at = index_of_path(is, was->pdata[i]);

		if (at >= 0 && at < last)
			return false;
		last = at >= 0 ? at : last;
	}
	for (guint i = was->len; i > 0; i--) {
		if (index_of_path(is, was->pdata[i - 1]) < 0)
			remove_item(diff, path, before->children->pdata[i - 1], i - 1);
	}
	gsize own = strlen(field->key);
	for (guint i = 0; i < is->len; i++) {
		int at = index_of_path(was, is->pdata[i]);
		const char *tail = (const char *)is->pdata[i] + own; /* "[innovec]" */
		g_autofree char *prefix = g_strdup_printf("%s%s.", path, tail);

		if (at < 0)
			insert_item(diff, path, after->children->pdata[i], i);
		else
			diff_fields(diff, field->sub, prefix, before->children->pdata[at],
				    after->children->pdata[i]);
	}
	return true;
}

/* Items without a key: those between the equal beginnings and ends go and come whole. */
static void diff_plain(struct diff *diff, const char *path, const struct node *before,
		       const struct node *after)
{
	guint n = before ? before->children->len : 0;
	guint m = after ? after->children->len : 0;
	guint head = 0;
	guint tail = 0;

	while (head < MIN(n, m) &&
	       node_equal(before->children->pdata[head], after->children->pdata[head]))
		head++;
	while (tail < MIN(n, m) - head && node_equal(before->children->pdata[n - 1 - tail],
						     after->children->pdata[m - 1 - tail]))
		tail++;
	for (guint i = n - tail; i > head; i--)
		remove_item(diff, path, before->children->pdata[i - 1], i - 1);
	for (guint i = head; i < m - tail; i++)
		insert_item(diff, path, after->children->pdata[i], i);
}

static void diff_items(struct diff *diff, const struct field *field, const char *path,
		       const struct node *before, const struct node *after)
{
	if (!record_key_field(field->sub) || !diff_keyed(diff, field, path, before, after))
		diff_plain(diff, path, before, after);
}

static void diff_fields(struct diff *diff, const struct record_type *type, const char *prefix,
			const struct node *before, const struct node *after)
{
	for (guint i = 0; i < type->n_fields; i++) {
		const struct field *field = &type->fields[i];
		const struct node *was = before ? node_get(before, field->key) : NULL;
		const struct node *is = after ? node_get(after, field->key) : NULL;
		g_autofree char *path = g_strconcat(prefix, field->key, NULL);

		if (same(was, is))
			continue;
		if (field->type == FIELD_GROUP) {
			g_autofree char *inner = g_strconcat(path, ".", NULL);
			diff_fields(diff, field->sub, inner, was, is);
		} else if (field->type == FIELD_ITEMS) {
			diff_items(diff, field, path, was, is);
		} else {
			g_autofree char *old_text = text_of(was);
			g_autofree char *new_text = text_of(is);
			struct op *op =
				change_set(diff->change, diff->kind, diff->id, path, new_text);
			op->old_text = g_strdup(old_text ? old_text : "");
		}
	}
}

/* Whether `ops` from `first` on really lead from `before` to `after`; fills what they leave open.
 */
static bool leads_there(GPtrArray *ops, guint first, const struct node *before,
			const struct node *after)
{
	struct node *tree = node_copy(before);

	for (guint i = first; i < ops->len; i++) {
		struct node *next = NULL;
		bool done = op_apply(ops->pdata[i], tree, &next, NULL);

		tree = done ? next : NULL;
		if (!done)
			return false;
	}
	bool there = node_equal(tree, after);
	node_free(tree);
	return there;
}

void change_diff(struct change *change, enum kind kind, const char *id, const struct node *before,
		 const struct node *after)
{
	struct diff diff = { change, kind, id };
	guint first = change->ops->len;

	if (!before && after) {
		g_autofree char *json = node_to_json(after);
		change_create(change, kind, id, json);
	} else if (before && !after) {
		change_delete(change, kind, id)->old_text = node_to_json(before);
	} else if (before && after) {
		diff_fields(&diff, record_type(kind), "", before, after);
		if (leads_there(change->ops, first, before, after))
			return;
		/* Entangled keys: the whole entry goes and comes, which is always right. */
		g_ptr_array_set_size(change->ops, (gint)first);
		g_autofree char *json = node_to_json(after);
		change_delete(change, kind, id)->old_text = node_to_json(before);
		change_create(change, kind, id, json);
	}
}
