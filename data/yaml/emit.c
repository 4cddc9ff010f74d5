/*
 * Trees written as YAML: whole new files, and the pieces that a patch puts into
 * an existing one.  Written by hand and not by libyaml's emitter, which folds,
 * reorders and quotes in its own ways: a file's look belongs to its people.
 */
#include "data/yaml/internal.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/errors.h"

const struct record_type *child_type(const struct field *field)
{
	return field && (field->type == FIELD_GROUP || field->type == FIELD_ITEMS) ? field->sub
										   : NULL;
}

const struct field *child_field(const struct record_type *type, const struct node *child)
{
	return type && child->key ? record_field(type, child->key) : NULL;
}

void emit_spaces(GString *out, guint n)
{
	while (n-- > 0)
		g_string_append_c(out, ' ');
}

static void emit_key(GString *out, const char *key, bool flow)
{
	g_autofree char *text = scalar_write(NULL, key, '\0', flow);
	g_string_append(out, text);
	g_string_append_c(out, ':');
}

void emit_flow(GString *out, const struct field *field, const struct node *node)
{
	if (node->type == NODE_SCALAR) {
		g_autofree char *text = scalar_write(field, node->text, '\0', true);
		g_string_append(out, text);
		return;
	}
	const struct record_type *type = child_type(field);
	bool map = node->type == NODE_MAP;
	g_string_append_c(out, map ? '{' : '[');
	for (guint i = 0; i < node->children->len; i++) {
		const struct node *child = node->children->pdata[i];
		if (i > 0)
			g_string_append(out, ", ");
		if (map)
			emit_flow_entry(out, child_field(type, child), child->key, child);
		else
			emit_flow(out, field, child);
	}
	g_string_append_c(out, map ? '}' : ']');
}

void emit_flow_entry(GString *out, const struct field *field, const char *key,
		     const struct node *node)
{
	emit_key(out, key, true);
	g_string_append_c(out, ' ');
	emit_flow(out, field, node);
}

void emit_block(GString *out, const char *text, guint indent, const char *eol)
{
	bool ends = g_str_has_suffix(text, "\n");
	g_string_append(out, ends ? "|" : "|-");
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	guint n = g_strv_length(lines) - (ends ? 1 : 0);
	for (guint i = 0; i < n; i++) {
		g_string_append(out, eol);
		if (*lines[i])
			emit_spaces(out, indent);
		g_string_append(out, lines[i]);
	}
}

static bool is_plain_list(const struct node *node)
{
	for (guint i = 0; i < node->children->len; i++) {
		if (((const struct node *)node->children->pdata[i])->type != NODE_SCALAR)
			return false;
	}
	return true;
}

static void emit_entries(GString *out, const struct record_type *type, const struct node *map,
			 guint indent, const struct layout *layout)
{
	for (guint i = 0; i < map->children->len; i++) {
		const struct node *child = map->children->pdata[i];
		if (i > 0) {
			g_string_append(out, layout->eol);
			emit_spaces(out, indent);
		}
		emit_entry(out, child_field(type, child), child->key, child, indent, layout);
	}
}

void emit_item(GString *out, const struct field *field, const struct node *node, guint dash,
	       bool flow, const struct layout *layout)
{
	if (node->type == NODE_SCALAR) {
		g_autofree char *text = scalar_write(field, node->text, '\0', false);
		g_string_append(out, text);
	} else if (flow || node->type == NODE_LIST || node->children->len == 0) {
		emit_flow(out, field, node);
	} else {
		emit_entries(out, child_type(field), node, dash + 2, layout);
	}
}

void emit_value(GString *out, const struct field *field, const struct node *node, guint indent,
		const struct layout *layout)
{
	if (node->type == NODE_SCALAR) {
		g_string_append_c(out, ' ');
		if (field && field->type == FIELD_PROSE && scalar_fits_block(node->text)) {
			emit_block(out, node->text, indent + layout->step, layout->eol);
			return;
		}
		g_autofree char *text = scalar_write(field, node->text, '\0', false);
		g_string_append(out, text);
		return;
	}
	gsize before = out->len;
	if (node->children->len == 0 || (node->type == NODE_LIST && is_plain_list(node))) {
		g_string_append_c(out, ' ');
		emit_flow(out, field, node);
		glong columns = g_utf8_strlen(out->str + before, (gssize)(out->len - before));
		glong key = node->key ? g_utf8_strlen(node->key, -1) + 1 : 0;
		if (node->children->len == 0 || (glong)indent + key + columns <= LINE_COLUMNS)
			return;
		g_string_truncate(out, before);
	}
	if (node->type == NODE_MAP) {
		g_string_append(out, layout->eol);
		emit_spaces(out, indent + layout->step);
		emit_entries(out, child_type(field), node, indent + layout->step, layout);
		return;
	}
	guint dash = indent + layout->list_step;
	for (guint i = 0; i < node->children->len; i++) {
		g_string_append(out, layout->eol);
		emit_spaces(out, dash);
		g_string_append(out, "- ");
		emit_item(out, field, node->children->pdata[i], dash, false, layout);
	}
}

void emit_entry(GString *out, const struct field *field, const char *key, const struct node *node,
		guint indent, const struct layout *layout)
{
	emit_key(out, key, false);
	emit_value(out, field, node, indent, layout);
}

static guint field_rank(const struct record_type *type, const struct node *child)
{
	const struct field *field = child_field(type, child);
	return field ? (guint)(field - type->fields) : G_MAXUINT;
}

struct node *node_ordered(const struct field *field, const struct record_type *type,
			  const struct node *node)
{
	struct node *copy = node_copy(node);
	if (node->type == NODE_SCALAR)
		return copy;
	while (copy->children->len > 0)
		node_remove(copy, copy->children->len - 1);
	for (guint i = 0; i < node->children->len; i++) {
		const struct node *child = node->children->pdata[i];
		const struct field *of = child->key ? child_field(type, child) : field;
		struct node *ordered = node_ordered(of, child_type(of), child);
		guint at = copy->children->len;
		/* Stable, and from the end: nearly all trees are in order already. */
		while (type && child->key && at > 0 &&
		       field_rank(type, copy->children->pdata[at - 1]) > field_rank(type, child))
			at--;
		node_insert(copy, at, ordered);
	}
	return copy;
}

static char *emit_file(const struct record_type *type, const struct node *root, bool top)
{
	static const struct layout layout = { .step = 2, .list_step = 2, .eol = "\n" };
	GString *out = g_string_new(NULL);

	if (type->folder)
		g_string_append_printf(out, "# yaml-language-server: $schema=%s/schema/%s.json\n",
				       top ? ".." : "../..", type->name);
	struct node *ordered = node_ordered(NULL, type, root);
	for (guint i = 0; i < ordered->children->len; i++) {
		const struct node *child = ordered->children->pdata[i];
		emit_entry(out, child_field(type, child), child->key, child, 0, &layout);
		g_string_append_c(out, '\n');
	}
	node_free(ordered);
	return g_string_free(out, FALSE);
}

char *yaml_emit(const struct record_type *type, const struct node *root)
{
	return emit_file(type, root, type->folder && !*type->folder);
}

char *yaml_emit_checked(const struct record_type *type, const struct node *root, const char *path,
			GError **error)
{
	g_autofree char *text = emit_file(type, root, strchr(path, '/') == NULL);
	struct findings *findings = findings_new();
	struct node *again = yaml_read(text, strlen(text), path, findings);
	struct node *ordered = node_ordered(NULL, type, root);
	const struct finding *first = findings->all->len > 0 ? findings->all->pdata[0] : NULL;
	bool same = again && node_equal(again, ordered);

	if (!same) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE,
			    _("%s cannot be written, because it could not be read again: %s"), path,
			    first ? first->message : _("it would say something else"));
		if (first)
			error_add_hint(error, first->hint);
	}
	node_free(ordered);
	node_free(again);
	findings_free(findings);
	return same ? g_steal_pointer(&text) : NULL;
}
