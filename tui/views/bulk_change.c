#include "tui/views/bulk.h"

#include <string.h>

#include "data/node.h"

/*
 * What setting one field of many records means: ops with old values, none for those that are
 * so already.  Which field and which value is asked in bulk.c.
 */
static guint position_of(const struct node *list, const char *text)
{
	guint i = 0;

	while (i < list->children->len &&
	       strcmp(((const struct node *)list->children->pdata[i])->text, text) != 0)
		i++;
	return i;
}

static struct node *list_with(const struct node *old, enum bulk_way way, const struct node *values)
{
	struct node *list = old != NULL && way != BULK_SET ? node_copy(old) : node_list();

	for (guint i = 0; values != NULL && i < values->children->len; i++) {
		const struct node *value = values->children->pdata[i];
		guint at = position_of(list, value->text);
		bool there = at < list->children->len;

		if (way != BULK_REMOVE && !there)
			node_append(list, NULL, node_scalar(value->text));
		else if (way == BULK_REMOVE && there)
			node_remove(list, at);
	}
	return list;
}

/* As an op says it: canonical text, a list as JSON, NULL for nothing. */
static char *new_text(const struct field *field, const struct node *old, enum bulk_way way,
		      const char *value)
{
	struct node *list, *values;
	char *text;

	if ((field->flags & FIELD_MANY) == 0)
		return g_strdup(value);
	values = value == NULL ? NULL : node_from_json(value, NULL);
	list = list_with(old, way, values);
	text = list->children->len == 0 ? NULL : node_to_json(list);
	node_free(list);
	node_free(values);
	return text;
}

char *bulk_value(const struct field *field, const void *record)
{
	struct node *node = node_from_field(field, record);
	char *text = node == NULL			? NULL
		     : (field->flags & FIELD_MANY) != 0 ? node_to_json(node)
							: g_strdup(node->text);

	node_free(node);
	return text;
}

struct change *bulk_change(const struct model *model, enum kind kind, const char *const *ids,
			   const char *key, enum bulk_way way, const char *value)
{
	const struct field *field = record_field(record_type(kind), key);
	struct change *change = change_new();

	for (; *ids != NULL; ids++) {
		const void *record = model_get(model, kind, *ids);
		struct node *old = record == NULL ? NULL : node_from_field(field, record);
		g_autofree char *before = record == NULL ? NULL : bulk_value(field, record);
		g_autofree char *after = new_text(field, old, way, value);

		if (record != NULL && g_strcmp0(before, after) != 0)
			change_set(change, kind, *ids, key, after)->old_text =
				g_strdup(before == NULL ? "" : before);
		node_free(old);
	}
	return change;
}
