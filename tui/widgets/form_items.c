/*
 * Rows of a form that hold items (partners, offers): what was decided in the forms of
 * these waits as ops, and is saved or forgotten with the form.  Ops and not the list
 * alone, so that what others change in other items meanwhile stands.
 */
#include "tui/widgets/form.h"

#include <string.h>

#include "data/op.h"
#include "data/path.h"

static char *text_of(const struct node *list)
{
	return list ? node_to_json(list) : NULL;
}

/* The list as `change` leaves it, and (`done` may be NULL) the change with the values that it found
 * there.  False, and both untouched: it does not fit. */
static bool list_after(const struct record_type *type, const char *path, const struct node *list,
		       const struct change *change, struct node **out, struct change **done)
{
	struct change *ops = change_copy(change);
	struct node *root = node_map();
	const struct node *left;
	bool fits = !list || node_put(type, root, path, -1, node_copy(list), NULL);

	for (guint i = 0; fits && i < ops->ops->len; i++) {
		struct node *next = NULL;

		fits = op_apply(g_ptr_array_index(ops->ops, i), root, &next, NULL);
		root = fits ? next : NULL;
	}
	left = fits ? node_find(type, root, path) : NULL;
	if (fits)
		*out = left ? node_copy(left) : NULL;
	if (fits && done)
		*done = g_steal_pointer(&ops);
	node_free(root);
	change_free(ops);
	return fits;
}

static void set_items(struct form_row *row, struct node *items)
{
	node_free(row->items);
	row->items = items;
}

void form_items_load(struct form_row *row, const struct node *list)
{
	const struct node *items = list && list->type == NODE_LIST ? list : NULL;

	set_items(row, items ? node_copy(items) : NULL);
	g_clear_pointer(&row->pending, change_free);
	g_clear_pointer(&row->theirs, g_free);
	g_clear_pointer(&row->from, g_free);
	g_free(row->base);
	row->base = text_of(items);
	row->touched = false;
}

bool form_items_take(struct form *form, struct form_row *row, const struct change *change)
{
	struct node *items = NULL;

	if (!list_after(form->type, row->path, row->items, change, &items, NULL))
		return false;
	set_items(row, items);
	row->touched = true;
	if (!row->pending)
		row->pending = change_new();
	struct change *copy = change_copy(change);

	while (copy->ops->len)
		g_ptr_array_add(row->pending->ops, g_ptr_array_steal_index(copy->ops, 0));
	change_free(copy);
	return true;
}

/* What was typed, over whatever others have typed there: they are told apart, and who saves
 * then does so knowingly. */
static struct change *change_knowing(const struct change *change)
{
	struct change *knowing = change_copy(change);

	for (guint i = 0; i < knowing->ops->len; i++) {
		struct op *op = g_ptr_array_index(knowing->ops, i);

		if (op->verb == OP_SET)
			g_clear_pointer(&op->old_text, g_free);
	}
	return knowing;
}

void form_items_merge(struct form *form, struct form_row *row, const struct model *model,
		      const struct node *list)
{
	g_autofree char *value = text_of(list);
	struct node *items = NULL;

	if (!form_row_changed(row)) {
		form_items_load(row, list);
		return;
	}
	if (!g_strcmp0(value, row->base))
		return;
	g_autofree char *from = row->from ? g_steal_pointer(&row->from) : g_strdup(row->base);

	g_free(row->base);
	row->base = g_strdup(value);
	g_clear_pointer(&row->theirs, g_free);
	if (list_after(form->type, row->path, list, row->pending, &items, NULL)) {
		set_items(row, items);
		return;
	}
	row->theirs = form_items_text(model, row->field, list);
	struct change *knowing = change_knowing(row->pending), *done = NULL;

	if (list_after(form->type, row->path, list, knowing, &items, &done)) {
		set_items(row, items);
		change_free(row->pending);
		row->pending = done;
	} else {
		row->from = g_steal_pointer(&from);
	}
	change_free(knowing);
}

/* --- kept over a dropped line ------------------------------------------------------------ */

static struct node *op_kept(const struct op *op)
{
	struct node *kept = node_map();
	g_autofree char *position = g_strdup_printf("%d", op->position);

	node_append(kept, "verb", node_scalar(op_verb_name(op->verb)));
	node_append(kept, "path", node_scalar(op->path));
	node_append(kept, "position", node_scalar(position));
	if (op->old_text)
		node_append(kept, "old", node_scalar(op->old_text));
	if (op->new_text)
		node_append(kept, "new", node_scalar(op->new_text));
	return kept;
}

struct node *form_items_kept(const struct form_row *row)
{
	struct node *kept, *ops;

	if (!form_row_changed(row))
		return NULL;
	kept = node_map();
	if (row->from || row->base)
		node_append(kept, "base", node_scalar(row->from ? row->from : row->base));
	ops = node_append(kept, "ops", node_list());
	for (guint i = 0; i < row->pending->ops->len; i++)
		node_append(ops, NULL, op_kept(g_ptr_array_index(row->pending->ops, i)));
	return kept;
}

static const char *text_at(const struct node *map, const char *key)
{
	const struct node *node = map->type == NODE_MAP ? node_get(map, key) : NULL;

	return node && node->type == NODE_SCALAR ? node->text : NULL;
}

static bool op_restore(struct change *change, enum kind kind, const char *id,
		       const struct node *kept)
{
	const char *name = text_at(kept, "verb"), *path = text_at(kept, "path");
	const char *position = text_at(kept, "position");
	enum op_verb verb;
	struct op *op;

	if (!name || !path || !position || !op_verb_parse(name, &verb) || verb == OP_CREATE ||
	    verb == OP_DELETE)
		return false;
	op = change_set(change, kind, id, path, text_at(kept, "new"));
	op->verb = verb;
	op->position = (int)g_ascii_strtoll(position, NULL, 10);
	op->old_text = g_strdup(text_at(kept, "old"));
	return true;
}

bool form_items_restore(struct form *form, struct form_row *row, const struct model *model,
			const struct node *kept)
{
	const struct node *ops = kept->type == NODE_MAP ? node_get(kept, "ops") : NULL;
	const char *base = kept->type == NODE_MAP ? text_at(kept, "base") : NULL;
	struct node *was = base ? node_from_json(base, NULL) : NULL;
	struct node *now = row->items ? node_copy(row->items) : NULL;
	struct change *change = change_new();
	enum kind kind = KIND_INSTITUTION;
	bool fits = kind_parse(form->type->name, &kind) && ops && ops->type == NODE_LIST &&
		    (!base || was);

	for (guint i = 0; fits && i < ops->children->len; i++)
		fits = op_restore(change, kind, form->self, ops->children->pdata[i]);
	if (fits) {
		/* As it was left, and then as others left it since. */
		form_items_load(row, was);
		fits = form_items_take(form, row, change);
		form_items_merge(form, row, model, now);
	}
	change_free(change);
	node_free(was);
	node_free(now);
	return fits;
}

/* --- for people ---------------------------------------------------------------------------- */

char *form_items_text(const struct model *model, const struct field *field,
		      const struct node *items)
{
	guint n = items ? items->children->len : 0;
	GString *out = g_string_new(NULL);

	if (!n)
		return g_string_free(out, FALSE);
	g_string_append_printf(out, "%u: ", n);
	for (guint i = 0; i < n && out->len < 160; i++) {
		g_autofree char *text =
			form_item_text(model, field->sub, items->children->pdata[i]);

		g_string_append_printf(out, "%s%s", i ? ", " : "", text);
	}
	return g_string_free(out, FALSE);
}
