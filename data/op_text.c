/*
 * What a change did, for people: names and labels in the language of the process.
 * History stores words that no language changes (change_summary()); here they are
 * read again when they are shown.
 */
#include "data/model.h"
#include "data/path.h"
#include "data/op.h"

#include <stdio.h>
#include <string.h>

#include <glib/gi18n.h>

#define WORDS_SHOWN 4

static void add_word(GString *out, GPtrArray *seen, const char *word)
{
	if (g_ptr_array_find_with_equal_func(seen, word, g_str_equal, NULL))
		return;
	g_ptr_array_add(seen, (gpointer)(guintptr)word);
	if (seen->len <= WORDS_SHOWN)
		g_string_append_printf(out, "%s%s", out->len > 0 ? ", " : "", word);
	else if (seen->len == WORDS_SHOWN + 1)
		g_string_append(out, ", …");
}

static const char *op_name(const struct model *model, const struct op *op)
{
	const void *record = model_get(model, op->kind, op->id);

	return record ? model_name(model, op->kind, op->id, true) : op->id;
}

/* The label of the field that the path begins with: "partners[innovec].since" is of partners. */
static const char *op_label(const struct op *op)
{
	g_autofree char *key = g_strndup(op->path, strcspn(op->path, ".["));
	const struct field *field = record_field(record_type(op->kind), key);

	return field ? _(field->label) : op->path;
}

static char *ops_text(const struct model *model, const struct change *change)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new(), labels = g_ptr_array_new();
	g_autoptr(GString) name = g_string_new(NULL), label = g_string_new(NULL);
	const struct op *first = g_ptr_array_index(change->ops, 0);

	for (guint i = 0; i < change->ops->len; i++) {
		const struct op *op = g_ptr_array_index(change->ops, i);

		add_word(name, names, op_name(model, op));
		add_word(label, labels, op_label(op));
	}
	if (names->len > 1)
		return g_strdup_printf(ngettext("%u entry: %s", "%u entries: %s", names->len),
				       names->len, name->str);
	if (first->verb == OP_CREATE)
		return g_strdup_printf(_("%s: new"), name->str);
	if (first->verb == OP_DELETE)
		return g_strdup_printf(_("%s: deleted"), name->str);
	return g_strdup_printf("%s: %s", name->str, label->str);
}

const char *actor_text(const char *actor)
{
	/* TRANSLATORS: who made a change: the entry files, which somebody edited by hand. */
	return g_strcmp0(actor, ACTOR_FILES) == 0 ? _("files") : actor;
}

char *change_text(const struct model *model, const struct change *change)
{
	const char *summary = change->summary ? change->summary : "";
	g_autofree char *neutral = change_summary(change);
	guint files;

	if (change->undoes != 0 && change->ops->len > 0) {
		g_autofree char *what = ops_text(model, change);

		if (g_str_has_prefix(summary, "redo: "))
			return g_strdup_printf(_("redo: %s"), what);
		if (g_str_has_prefix(summary, "undo: "))
			return g_strdup_printf(_("undo: %s"), what);
	}
	if (change->ops->len == 0 && sscanf(summary, "first read: %u", &files) == 1)
		return g_strdup_printf(
			ngettext("first read: %u file", "first read: %u files", files), files);
	if (change->ops->len == 0 && sscanf(summary, "read anew: %u", &files) == 1)
		return g_strdup_printf(ngettext("read anew by another version: %u file",
						"read anew by another version: %u files", files),
				       files);
	/* What an import or a gap says of itself stays. */
	if (change->ops->len > 0 && (!*summary || !strcmp(summary, neutral)))
		return ops_text(model, change);
	return g_strdup(summary);
}

/* --- what may leave the program -------------------------------------------------------------- */

static void drop_private(const struct record_type *type, struct node *map)
{
	for (guint i = map->children->len; i > 0; i--) {
		struct node *child = g_ptr_array_index(map->children, i - 1);
		const struct field *field = record_field(type, child->key);

		if (!field)
			continue;
		if (field->flags & FIELD_PRIVATE) {
			node_remove(map, i - 1);
		} else if (field->sub && child->type == NODE_MAP) {
			drop_private(field->sub, child);
		} else if (field->sub && child->type == NODE_LIST) {
			for (guint j = 0; j < child->children->len; j++) {
				struct node *item = g_ptr_array_index(child->children, j);
				if (item->type == NODE_MAP)
					drop_private(field->sub, item);
			}
		}
	}
}

char *op_public_text(const struct op *op, const char *text)
{
	const struct record_type *type = record_type(op->kind), *holder = NULL;
	const struct field *field = *op->path ? path_field(type, op->path, &holder) : NULL;

	if (!text || (field && field->flags & FIELD_PRIVATE))
		return NULL;
	if (field && !field->sub)
		return g_strdup(text);
	struct node *tree = node_from_json(text, NULL);
	if (!tree || tree->type != NODE_MAP) {
		node_free(tree);
		return g_strdup(text);
	}
	drop_private(field ? field->sub : type, tree);
	char *left = node_to_json(tree);
	node_free(tree);
	return left;
}
