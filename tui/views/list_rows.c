#include "tui/views/list.h"

#include <string.h>

/*
 * What the rows of a list are made from: records of a kind, or the items of the one
 * record of a kind; and what each is called by.  Lists of anything else name their
 * rows themselves.
 */
const struct record_type *list_row_type(const struct list_kind *kind)
{
	const struct record_type *type = record_type(kind->kind);

	return kind->items == NULL ? type : record_field(type, kind->items)->sub;
}

static const struct items *items_of(const struct list_kind *kind, const struct model *model)
{
	const struct record_type *type = record_type(kind->kind);
	const void *record = model_get(model, kind->kind, type->name);

	return record == NULL ? NULL : field_at(record_field(type, kind->items), record);
}

guint list_rows(const struct list_kind *kind, const struct model *model)
{
	const struct items *items;

	if (kind->items == NULL)
		return model->n[kind->kind];
	items = items_of(kind, model);
	return items == NULL ? 0 : items->n;
}

static const void *item_at(const struct list_kind *kind, const struct items *items, guint row)
{
	return (const char *)items->at + (gsize)row * list_row_type(kind)->size;
}

const void *list_row(const struct list *list, guint row)
{
	const struct list_kind *kind = list->kind;
	const struct model *model = list->world->model;

	return kind->items == NULL ? model->records[kind->kind][row]
				   : item_at(kind, items_of(kind, model), row);
}

/* "counts/innovec", "counts/innovec#2": as subjects of forms name items. */
static char *item_id(const struct list *list, guint row)
{
	const struct list_kind *kind = list->kind;
	const struct items *items = items_of(kind, list->world->model);
	const struct field *key = record_key_field(list_row_type(kind));
	g_autofree char *name = field_text(key, item_at(kind, items, row));
	guint ordinal = 0;

	for (guint i = 0; name != NULL && i <= row; i++)
		ordinal += field_equal(key, item_at(kind, items, i), item_at(kind, items, row));
	if (ordinal == 1)
		return g_strdup_printf("%s/%s", kind->items, name);
	return g_strdup_printf("%s/%s#%u", kind->items, name == NULL ? "" : name,
			       name == NULL ? row + 1 : ordinal);
}

char *list_row_id(const void *data, guint row)
{
	const struct list *list = data;

	if (list->kind->items != NULL)
		return item_id(list, row);
	return g_strdup(RECORD(list_row(list, row))->id);
}

int list_row_find(const void *data, const char *id)
{
	const struct list *list = data;

	if (list->kind->items == NULL)
		return model_find(list->world->model, list->kind->kind, id);
	for (guint i = 0; i < list->all; i++) {
		g_autofree char *other = item_id(list, i);

		if (strcmp(other, id) == 0)
			return (int)i;
	}
	return -1;
}

/* Every field that is text for people. */
char *list_row_words(const void *data, guint row)
{
	const struct list *list = data;
	const struct record_type *type = list_row_type(list->kind);
	GString *words = g_string_new(NULL);

	for (guint i = 0; i < type->n_fields; i++) {
		const struct field *field = &type->fields[i];
		g_autofree char *text = NULL;

		if (!field_is_text(field) || (field->flags & FIELD_PRIVATE) != 0 ||
		    !field_is_set(field, list_row(list, row)))
			continue;
		text = model_field_text(list->world->model, field, list_row(list, row));
		g_string_append_printf(words, "%s\n", text == NULL ? "" : text);
	}
	return g_string_free(words, FALSE);
}

char *list_row_subject(const struct list *list, const char *id)
{
	const struct list_kind *kind = list->kind;
	const char *name = record_type(kind->kind)->name;

	if (id == NULL || (!kind->records && kind->items == NULL))
		return NULL;
	return kind->items == NULL ? subject_new(kind->kind, id)
				   : g_strdup_printf("%s/%s/%s", name, name, id);
}

char *list_new_subject(const struct list *list)
{
	return list_row_subject(list, list->kind->items == NULL ? "" : list->kind->items);
}
