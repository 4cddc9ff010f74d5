#include "data/references.h"

#include <string.h>

#include <glib/gi18n.h>

#include "data/node.h"

/*
 * Every reference that a record holds, by its fields; and taking those to one record away.
 * Whether what is left is a good record is asked where the change is applied.
 */

static bool visit_field(const struct field *field, const void *record, reference_visit visit,
			void *data)
{
	const void *at = field_at(field, record);

	if (field->type == FIELD_GROUP)
		return record_visit_references(field->sub, at, visit, data);
	if (field->type == FIELD_ITEMS) {
		const struct items *items = at;

		for (guint i = 0; i < items->n; i++) {
			const char *item = (const char *)items->at + (gsize)i * field->sub->size;
			if (!record_visit_references(field->sub, item, visit, data))
				return false;
		}
		return true;
	}
	if (field->type != FIELD_REF)
		return true;
	if (!(field->flags & FIELD_MANY)) {
		const char *id = *(char *const *)at;
		return !id || visit(data, field, id);
	}
	for (char *const *id = *(char *const *const *)at; id && *id; id++) {
		if (!visit(data, field, *id))
			return false;
	}
	return true;
}

bool record_visit_references(const struct record_type *type, const void *record,
			     reference_visit visit, void *data)
{
	for (guint i = 0; i < type->n_fields; i++) {
		if (!visit_field(&type->fields[i], record, visit, data))
			return false;
	}
	return true;
}

/* --- taking them away --------------------------------------------------------------------- */

struct target {
	const struct model *model;
	enum kind kind;
	const char *id;
	bool found;
};

/* Where a reference may mean several kinds, another record may bear the id as well. */
static bool means(const struct target *target, const struct field *field, const char *id)
{
	bool fits = (field->refs & (1u << target->kind)) != 0 && strcmp(id, target->id) == 0;

	for (guint k = 0; fits && k < KIND_COUNT; k++)
		fits = k == (guint)target->kind || (field->refs & (1u << k)) == 0 ||
		       model_find(target->model, (enum kind)k, id) < 0;
	return fits;
}

static bool find_target(void *data, const struct field *field, const char *id)
{
	struct target *target = data;

	target->found = target->found || means(target, field, id);
	return !target->found;
}

static bool prune(const struct target *target, const struct record_type *type, struct node *map);

/* What is left of the value of one field; false: nothing is. */
static bool prune_value(const struct target *target, const struct field *field, struct node *value)
{
	if (field->type == FIELD_GROUP)
		return prune(target, field->sub, value) && value->children->len > 0;
	if (field->type == FIELD_REF && value->type == NODE_SCALAR)
		return !means(target, field, value->text);
	if (field->type != FIELD_ITEMS && field->type != FIELD_REF)
		return true;
	for (guint i = value->children->len; i-- > 0;) {
		struct node *child = value->children->pdata[i];
		bool stays = field->type == FIELD_REF ? !means(target, field, child->text)
						      : prune(target, field->sub, child);

		if (!stays)
			node_remove(value, i);
	}
	return value->children->len > 0;
}

/* False: what `map` is cannot be without what was taken out. */
static bool prune(const struct target *target, const struct record_type *type, struct node *map)
{
	for (guint i = map->children->len; i-- > 0;) {
		struct node *value = map->children->pdata[i];
		const struct field *field = record_field(type, value->key);

		if (field == NULL || prune_value(target, field, value))
			continue;
		if ((field->flags & FIELD_REQUIRED) != 0)
			return false;
		node_remove(map, i);
	}
	return true;
}

static void drop_from(struct change *change, const struct target *target, enum kind kind,
		      const void *record)
{
	const struct record_type *type = record_type(kind);
	struct node *before = node_from_record(type, record), *after = node_copy(before);

	bool good = prune(target, type, after);

	/* A list in a file of its own goes with its last item. */
	if (kind != KIND_NETWORK && record_is_single(type) && after->children->len <= 1)
		change_delete(change, kind, RECORD(record)->id)->old_text = node_to_json(before);
	else if (good)
		change_diff(change, kind, RECORD(record)->id, before, after);
	node_free(before);
	node_free(after);
}

/* A list in a file of its own has none. */
static const char *name_of(const struct model *model, enum kind kind, const void *record)
{
	const struct record_type *type = record_type(kind);

	return record_is_single(type) && kind != KIND_NETWORK
		       ? _(type->titles)
		       : model_name(model, kind, RECORD(record)->id, true);
}

GPtrArray *change_drop_references(struct change *change, const struct model *model, enum kind kind,
				  const char *id)
{
	GPtrArray *who = g_ptr_array_new();

	for (guint k = 0; k < KIND_COUNT; k++) {
		for (guint i = 0; i < model->n[k]; i++) {
			const void *record = model->records[k][i];
			struct target target = { model, kind, id, false };

			if (k == (guint)kind && strcmp(RECORD(record)->id, id) == 0)
				continue;
			record_visit_references(record_type((enum kind)k), record, find_target,
						&target);
			if (!target.found)
				continue;
			g_ptr_array_add(who, (gpointer)(gsize)name_of(model, (enum kind)k, record));
			drop_from(change, &target, (enum kind)k, record);
		}
	}
	return who;
}
