#include "tui/views/list.h"

/*
 * What is marked as a filter of institutions, since that is what exports are made
 * of: the institutions themselves, the members of territories, those of programmes,
 * whom other records refer to, the two ends of ties.
 */

/* What rows stand for, by the place of each record in the model. */
struct wanted {
	bool *of[KIND_COUNT]; /* institutions, territories, programmes */
	bool territories;     /* any of them */
};

static void want_place(struct wanted *wanted, guint kind, guint at)
{
	wanted->of[kind][at] = true;
	wanted->territories |= kind == KIND_TERRITORY;
}

static void want(struct wanted *wanted, const struct model *model, guint kinds, const char *id)
{
	for (guint kind = 0; kind <= KIND_PROGRAMME; kind++) {
		int at = (kinds & 1u << kind) == 0 ? -1 : model_find(model, (enum kind)kind, id);

		if (at >= 0)
			want_place(wanted, kind, (guint)at);
	}
}

/* What the fields of a row refer to. */
static void want_fields(struct wanted *wanted, const struct list *list, guint row)
{
	const struct record_type *type = list_row_type(list->kind);

	for (guint i = 0; i < type->n_fields; i++) {
		const struct field *field = &type->fields[i];
		g_autofree char *word = NULL;

		if (field->type != FIELD_REF || (field->flags & FIELD_MANY) != 0)
			continue;
		word = field_text(field, list_row(list, row));
		if (word != NULL)
			want(wanted, list->world->model, field->refs, word);
	}
}

static void want_row(struct wanted *wanted, const struct list *list, guint row)
{
	const struct model *model = list->world->model;

	if (list->kind->records && list->kind->kind <= KIND_PROGRAMME) {
		want_place(wanted, list->kind->kind, row);
	} else if (list->kind->records || list->kind->items != NULL) {
		want_fields(wanted, list, row);
	} else {
		want_place(wanted, KIND_INSTITUTION, model->ties[row].a);
		want_place(wanted, KIND_INSTITUTION, model->ties[row].b);
	}
}

/* Everybody with a part in a programme that is wanted. */
static void want_parts(struct wanted *wanted, const struct model *model)
{
	for (guint i = 0; i < model->n[KIND_PROGRAMME]; i++) {
		const struct programme *one = model_programme(model, i);

		if (!wanted->of[KIND_PROGRAMME][i])
			continue;
		if (one->lead != NULL)
			want(wanted, model, 1u << KIND_INSTITUTION, one->lead);
		for (guint k = 0; k < list_length(one->donors); k++)
			want(wanted, model, 1u << KIND_INSTITUTION, one->donors[k]);
		for (guint k = 0; k < one->participants.n; k++) {
			const char *id =
				ITEMS(struct participant, one->participants)[k].institution;

			if (id != NULL)
				want(wanted, model, 1u << KIND_INSTITUTION, id);
		}
	}
}

static bool is_wanted(const struct wanted *wanted, const struct model *model, guint institution)
{
	const struct institution *one = model_institution(model, institution);
	bool found = wanted->of[KIND_INSTITUTION][institution];

	for (guint k = 0; wanted->territories && !found && k < list_length(one->territories); k++) {
		int at = model_find(model, KIND_TERRITORY, one->territories[k]);

		found = at >= 0 && wanted->of[KIND_TERRITORY][at];
	}
	return found;
}

/* Those that are wanted, by their ids; NULL: too many. */
static char *filter_of(const struct wanted *wanted, const struct model *model)
{
	GString *filter = g_string_new("id=");
	guint n = 0;

	for (guint i = 0; n <= LIST_EXPORTED_MOST && i < model->n[KIND_INSTITUTION]; i++) {
		if (!is_wanted(wanted, model, i))
			continue;
		g_string_append_printf(filter, "%s%s", n++ > 0 ? "," : "",
				       RECORD(model_institution(model, i))->id);
	}
	return g_string_free(filter, n > LIST_EXPORTED_MOST);
}

char *list_marked_filter(const struct list *list)
{
	const struct model *model = list->world->model;
	const struct tableview *table = list->table;
	struct wanted wanted = { .territories = false };
	char *filter;

	for (guint kind = 0; kind <= KIND_PROGRAMME; kind++)
		wanted.of[kind] = g_new0(bool, model->n[kind] + 1);
	for (guint i = 0; i < tableview_shown(table); i++)
		if (tableview_is_marked(table, table->order.shown[i]))
			want_row(&wanted, list, table->order.shown[i]);
	want_parts(&wanted, model);
	filter = filter_of(&wanted, model);
	for (guint kind = 0; kind <= KIND_PROGRAMME; kind++)
		g_free(wanted.of[kind]);
	return filter;
}
