/* Every reference that a record holds, by its fields. */
#include "data/workspace/private.h"

static bool visit_field(const struct field *field, const void *record, reference_visit visit,
			void *data)
{
	const void *at = (const char *)record + field->offset;

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
