#include "tui/views/list.h"

#include <string.h>

#include "tui/views/carry.h"
#include "tui/views/tie.h"

/*
 * What is marked as a filter of institutions, since that is what exports are made
 * of: the institutions themselves, the members of territories, those of programmes,
 * the two ends of ties.
 */

/* Whether an institution belongs to a marked row. */
static bool row_has(const struct list *list, const char *row, guint institution)
{
	const struct model *model = list->world->model;
	const struct institution *one = model_institution(model, institution);
	int programme;
	guint from, to;

	if (list->kind->records && list->kind->kind == KIND_INSTITUTION)
		return strcmp(one->base.id, row) == 0;
	if (list->kind->records && list->kind->kind == KIND_TERRITORY)
		return one->territories != NULL && g_strv_contains(one->territories, row);
	if (list->kind->records && list->kind->kind == KIND_PROGRAMME) {
		programme = model_find(model, KIND_PROGRAMME, row);
		return programme >= 0 &&
		       programme_has(model_programme(model, (guint)programme), one->base.id);
	}
	return tie_find(model, row, &from, &to) != NULL &&
	       (institution == from || institution == to);
}

char *list_marked_filter(const struct list *list)
{
	g_autofree char *marks = tableview_marks(list->table);
	g_auto(GStrv) rows = g_strsplit(marks == NULL ? "" : marks, "\n", -1);
	GString *filter = g_string_new("id=");

	for (guint i = 0; i < list->world->model->n[KIND_INSTITUTION]; i++) {
		bool wanted = false;

		for (guint r = 0; rows[r] != NULL && !wanted; r++)
			wanted = row_has(list, rows[r], i);
		if (wanted)
			g_string_append_printf(
				filter, "%s%s", filter->len > strlen("id=") ? "," : "",
				RECORD(model_institution(list->world->model, i))->id);
	}
	return g_string_free(filter, FALSE);
}
