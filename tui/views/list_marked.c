#include "tui/views/list.h"

#include <string.h>

#include "tui/views/carry.h"
#include "tui/views/tie.h"

/*
 * What is marked as a filter of institutions, since that is what exports are made
 * of: the institutions themselves, the members of territories, those of programmes,
 * whom other records refer to, the two ends of ties.
 */

static bool ref_has(const struct model *model, guint kinds, const char *id,
		    const struct institution *one)
{
	const struct programme *programme = model_get(model, KIND_PROGRAMME, id);

	if ((kinds & 1u << KIND_INSTITUTION) != 0 && g_strcmp0(one->base.id, id) == 0)
		return true;
	if ((kinds & 1u << KIND_TERRITORY) != 0 && list_has(one->territories, id))
		return true;
	return (kinds & 1u << KIND_PROGRAMME) != 0 && programme != NULL &&
	       programme_has(programme, one->base.id);
}

/* What the fields of a row refer to. */
static bool fields_have(const struct list *list, int row, const struct institution *one)
{
	const struct record_type *type = list_row_type(list->kind);

	for (guint i = 0; row >= 0 && i < type->n_fields; i++) {
		const struct field *field = &type->fields[i];
		g_autofree char *word = NULL;

		if (field->type != FIELD_REF || (field->flags & FIELD_MANY) != 0)
			continue;
		word = field_text(field, list_row(list, (guint)row));
		if (word != NULL && ref_has(list->world->model, field->refs, word, one))
			return true;
	}
	return false;
}

/* Whether an institution belongs to a marked row, which is at `place`. */
static bool row_has(const struct list *list, const char *row, int place, guint institution)
{
	const struct model *model = list->world->model;
	const struct institution *one = model_institution(model, institution);
	enum kind kind = list->kind->kind;
	guint from, to;

	if (list->kind->records && kind <= KIND_PROGRAMME)
		return ref_has(model, 1u << kind, row, one);
	if (list->kind->records || list->kind->items != NULL)
		return fields_have(list, place, one);
	return tie_find(model, row, &from, &to) != NULL &&
	       (institution == from || institution == to);
}

char *list_marked_filter(const struct list *list)
{
	g_autofree char *marks = tableview_marks(list->table);
	g_auto(GStrv) rows = g_strsplit(marks == NULL ? "" : marks, "\n", -1);
	g_autofree int *places = g_new0(int, g_strv_length(rows) + 1);
	bool named = list->kind->records || list->kind->items != NULL;
	GString *filter = g_string_new("id=");

	for (guint r = 0; named && rows[r] != NULL; r++)
		places[r] = list_row_find(list, rows[r]);
	for (guint i = 0; i < list->world->model->n[KIND_INSTITUTION]; i++) {
		bool wanted = false;

		for (guint r = 0; rows[r] != NULL && !wanted; r++)
			wanted = row_has(list, rows[r], places[r], i);
		if (wanted)
			g_string_append_printf(
				filter, "%s%s", filter->len > strlen("id=") ? "," : "",
				RECORD(model_institution(list->world->model, i))->id);
	}
	return g_string_free(filter, FALSE);
}
