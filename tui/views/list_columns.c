#include "tui/views/list_columns.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n.h>

#include "base/errors.h"
#include "base/text.h"

/*
 * Every plain field of a record can be a column, and every measure of an
 * institution: made from their tables, so that a new field or measure is one too.
 */
#define DECIMALS 2 /* of a measure at most: it is compared here, not read */

/* What a row is called by. */
static bool is_name(const struct field *field)
{
	return (field->flags & FIELD_KEY) != 0 || strcmp(field->key, "name") == 0;
}

static char *field_cell(const void *data, const void *arg, guint record, enum style *style)
{
	const struct list *list = data;
	const struct field *field = arg;

	*style = is_name(field) ? STYLE_NORMAL : STYLE_DIM;
	if (!field_is_set(field, list_row(list, record)))
		return g_strdup("");
	return model_field_text(list->world->model, field, list_row(list, record));
}

static double field_number(const void *data, const void *arg, guint record)
{
	const struct field *field = arg;
	const void *at = field_at(field, list_row(data, record));

	if (!field_is_set(field, list_row(data, record)))
		return NAN;
	switch (field->type) {
	case FIELD_DATE:
		return list_date(*(const struct date *)at);
	case FIELD_INTEGER:
		return (double)*(const gint64 *)at;
	case FIELD_MONEY:
		return (double)((const struct money *)at)->minor;
	default:
		return *(const double *)at;
	}
}

static double measure_number(const void *data, const void *arg, guint record)
{
	const struct list *list = data;

	return list->world->study == NULL ? NAN : study_of(list->world->study, arg, record);
}

static char *measure_cell(const void *data, const void *arg, guint record, enum style *style)
{
	const struct list *list = data;
	const struct measure *measure = arg;
	double value = measure_number(data, arg, record);

	if (list->world->study == NULL) {
		*style = STYLE_DIM;
		return g_strdup("…");
	}
	if (isnan(value))
		return g_strdup("–");
	return g_strdup_printf("%s%.*f", study_is_estimate(list->world->study, measure) ? "~" : "",
			       MIN(measure->decimals, DECIMALS), value);
}

static bool is_column(const struct field *field)
{
	return field->type != FIELD_GROUP && field->type != FIELD_ITEMS &&
	       field->type != FIELD_PROSE && (field->flags & FIELD_PRIVATE) == 0;
}

static bool is_number(const struct field *field)
{
	return (field->flags & FIELD_MANY) == 0 &&
	       (field->type == FIELD_DATE || field->type == FIELD_INTEGER ||
		field->type == FIELD_NUMBER || field->type == FIELD_MONEY);
}

static struct tableview_column *column_of(const GArray *columns, const char *key)
{
	for (guint i = 0; i < columns->len; i++)
		if (strcmp(g_array_index(columns, struct tableview_column, i).key, key) == 0)
			return &g_array_index(columns, struct tableview_column, i);
	return NULL;
}

static struct tableview_column field_column(const struct field *field)
{
	bool number = is_number(field);

	return (struct tableview_column){ .key = field->key,
					  .title = field->label,
					  .width = number && field->type != FIELD_MONEY ? 8 : 14,
					  .right = number && field->type != FIELD_DATE,
					  .descending = number,
					  .rank = 6,
					  .off = true,
					  .arg = field,
					  .number = number ? field_number : NULL,
					  .text = field_cell };
}

static void add_fields(GArray *columns, const struct record_type *type)
{
	for (guint i = 0; i < type->n_fields; i++) {
		struct tableview_column column = field_column(&type->fields[i]);
		struct tableview_column *own = column_of(columns, column.key);

		if (own == NULL && is_column(&type->fields[i]))
			g_array_append_val(columns, column);
		if (own == NULL || own->text != NULL || own->number != NULL)
			continue;
		own->arg = column.arg;
		own->number = column.number;
		own->text = column.text;
		own->right = column.right;
		own->descending = column.descending;
		own->title = own->title != NULL ? own->title : column.title;
	}
}

/* Those of the kind that show a measure say only which; the rest of them are added. */
static void add_measures(GArray *columns)
{
	guint n;
	const struct measure *all = measures(&n);

	for (guint i = 0; i < columns->len; i++) {
		struct tableview_column *column =
			&g_array_index(columns, struct tableview_column, i);

		if (column->text != NULL || column->number != NULL)
			continue;
		column->arg = measure_find(column->key);
		column->number = measure_number;
		column->text = measure_cell;
	}
	for (guint i = 0; i < n; i++) {
		struct tableview_column column = { .key = all[i].id,
						   .title = all[i].brief,
						   .width = MIN(all[i].decimals, DECIMALS) + 3,
						   .right = true,
						   .descending = true,
						   .bar = 3,
						   .rank = 7,
						   .off = true,
						   .arg = &all[i],
						   .number = measure_number,
						   .text = measure_cell };

		if (all[i].level == LEVEL_INSTITUTION && column_of(columns, all[i].id) == NULL)
			g_array_append_val(columns, column);
	}
}

struct tableview_column *list_columns(const struct list_kind *kind, guint *n)
{
	GArray *columns = g_array_new(FALSE, TRUE, sizeof(struct tableview_column));

	g_array_append_vals(columns, kind->columns, kind->n_columns);
	if (kind->records || kind->items != NULL)
		add_fields(columns, list_row_type(kind));
	if (kind->records && kind->kind == KIND_INSTITUTION)
		add_measures(columns);
	*n = columns->len;
	return (struct tableview_column *)(void *)g_array_free(columns, FALSE);
}

void list_columns_free(struct tableview_column *columns)
{
	g_free(columns);
}

/* A measure's head may say little without its name. */
static const char *note_of(const struct tableview_column *column)
{
	const struct measure *measure = measure_find(column->key);

	return measure == NULL ? NULL : _(measure->label);
}

static char *about_of(const struct list *list, const struct tableview_column *column)
{
	const struct measure *measure = measure_find(column->key);
	const struct record_type *type =
		list->kind->records || list->kind->items != NULL ? list_row_type(list->kind) : NULL;
	const struct field *field = type == NULL ? NULL : record_field(type, column->key);

	if (column->about != NULL)
		return g_strdup(_(column->about));
	if (measure != NULL)
		return g_strdup_printf("%s: %s", _(measure->label), _(measure->definition));
	return field != NULL ? g_strdup(_(field->help)) : NULL;
}

GPtrArray *list_heads(const struct view *view, const struct app *app)
{
	const struct list *list = view->state;
	GPtrArray *heads = g_ptr_array_new_with_free_func(g_free);

	(void)app;
	for (guint i = 0; i < list->table->n_columns; i++) {
		const struct tableview_column *column = &list->table->columns[i];
		char *about = list->table->chosen[i] ? about_of(list, column) : NULL;

		if (about == NULL)
			continue;
		g_ptr_array_add(heads, g_strdup(tableview_title(column)));
		g_ptr_array_add(heads, about);
	}
	return heads;
}

struct menu *list_chooser(const struct tableview *table)
{
	struct menu *menu = menu_new(_("Columns"), true);

	for (guint i = 1; i < table->n_columns; i++) {
		const struct tableview_column *column = &table->columns[i];

		menu_add(menu, column->key, tableview_title(column), note_of(column), column->key,
			 table->chosen[i]);
	}
	menu_start(menu, NULL, NULL);
	return menu;
}

void list_choose(struct tableview *table, const struct menu *menu)
{
	for (guint i = 0; i < menu->items->len; i++) {
		const struct menu_item *item = g_ptr_array_index(menu->items, i);

		table->chosen[i + 1] = item->ticked;
	}
	tableview_measure(table);
	table->aside = 0;
	table->arranged = true;
}

static int column_named(const struct tableview *table, const char *name)
{
	g_autofree char *wanted = text_fold(name);

	for (guint i = 0; i < table->n_columns; i++) {
		g_autofree char *head = text_fold(tableview_title(&table->columns[i]));

		if (strcmp(table->columns[i].key, name) == 0 || strcmp(head, wanted) == 0)
			return (int)i;
	}
	return -1;
}

static void no_column(const struct tableview *table, const char *name, GError **error)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new();
	g_autofree char *hint = NULL;
	const char *near;

	for (guint i = 0; i < table->n_columns; i++) {
		g_ptr_array_add(names, (gpointer)(guintptr)tableview_title(&table->columns[i]));
		g_ptr_array_add(names, (gpointer)(guintptr)table->columns[i].key);
	}
	g_ptr_array_add(names, NULL);
	near = text_nearest(name, (const char *const *)names->pdata);
	hint = near == NULL ? g_strdup(_("Tab shows what there is"))
			    : g_strdup_printf(_("did you mean \"%s\"?"), near);
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE, _("There is no column \"%s\" here"),
		    name);
	error_add_hint(error, hint);
}

bool list_sort(struct list *list, const struct world *world, const char *word, GError **error)
{
	struct tableview *table = list->table;
	bool reverse = word[0] == '-';
	int column = column_named(table, word + (reverse ? 1 : 0));

	if (column < 0) {
		no_column(table, word + (reverse ? 1 : 0), error);
		return false;
	}
	list->world = world;
	if (!table->chosen[column]) {
		table->chosen[column] = true;
		tableview_measure(table);
	}
	tableview_sort(table, (guint)column, reverse);
	return true;
}
