/*
 * The pickers of a form: what a field can hold, by name, in the language of the
 * person.  The list itself is menu.c.
 */
#include "tui/widgets/form.h"

#include <string.h>

#include <glib/gi18n.h>

#include "base/context.h"
#include "data/path.h"
#include "tui/typed.h"

#define ADD_ITEM "+"

static bool holds(const GPtrArray *ids, const char *id)
{
	for (guint i = 0; i < ids->len; i++)
		if (!strcmp(g_ptr_array_index(ids, i), id))
			return true;
	return false;
}

static void add_choices(struct menu *menu, const struct form_row *row)
{
	for (const struct choice *choice = row->field->choices; choice->id; choice++)
		menu_add(menu, choice->id, in_context(choice->label), NULL, NULL,
			 holds(row->ids, choice->id));
}

static void add_terms(struct menu *menu, const struct form_row *row, const struct model *model)
{
	const struct items *terms = &model->network->vocabularies.of[row->field->vocabulary];

	for (guint i = 0; i < terms->n; i++) {
		const struct term *term = &ITEMS(struct term, *terms)[i];

		menu_add(menu, term->id, model_term_name(model, row->field->vocabulary, term->id),
			 term_meaning(term), term->name, holds(row->ids, term->id));
	}
}

/* Every two letters that name a country: 676 look-ups, once a picker. */
static void add_countries(struct menu *menu, const struct form_row *row)
{
	char code[3] = "";

	for (code[0] = 'A'; code[0] <= 'Z'; code[0]++)
		for (code[1] = 'A'; code[1] <= 'Z'; code[1]++)
			if (country_exists(code))
				menu_add(menu, code, country_name(code), code, NULL,
					 holds(row->ids, code));
	menu_sort(menu);
}

static char *record_note(enum kind kind, const struct record *record)
{
	const struct institution *institution = (const void *)record;

	if (kind == KIND_INSTITUTION && institution->city)
		return g_strdup(institution->city);
	return g_strdup(record->id);
}

/* Records of some kinds, one kind after the other. */
struct listed {
	struct model *model;
	guint refs;	 /* bits of the kinds */
	char *self;	 /* left out unless it is ticked; may be NULL */
	GHashTable *ids; /* those ticked */
};

static void listed_free(void *data)
{
	struct listed *listed = data;

	model_unref(listed->model);
	g_hash_table_unref(listed->ids);
	g_free(listed->self);
	g_free(listed);
}

static void listed_add(struct menu *menu, void *data, guint at)
{
	const struct listed *listed = data;
	int kind = 0;

	while (!(listed->refs & (1u << kind)) || at >= listed->model->n[kind]) {
		at -= listed->refs & (1u << kind) ? listed->model->n[kind] : 0;
		kind++;
	}
	const struct record *record = RECORD(listed->model->records[kind][at]);
	bool ticked = g_hash_table_contains(listed->ids, record->id);
	g_autofree char *note = record_note((enum kind)kind, record);
	g_autofree char *label = record_label((enum kind)kind, record);
	g_autofree char *names = record_names((enum kind)kind, record);

	if (ticked || g_strcmp0(record->id, listed->self) != 0)
		menu_add(menu, record->id, label, note, names, ticked);
}

static void add_records(struct menu *menu, const struct form *form, const struct form_row *row,
			const struct model *model)
{
	struct listed *listed = g_new(struct listed, 1);
	struct menu_source source = { 0, listed_add, listed, listed_free };

	*listed = (struct listed){ model_ref(model), row->field->refs, g_strdup(form->self),
				   g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL) };
	for (guint i = 0; i < row->ids->len; i++)
		g_hash_table_add(listed->ids, g_strdup(g_ptr_array_index(row->ids, i)));
	for (int kind = 0; kind < KIND_COUNT; kind++)
		source.n += row->field->refs & (1u << kind) ? model->n[kind] : 0;
	menu_fill(menu, &source);
}

static void add_items(struct menu *menu, const struct form_row *row, const struct model *model)
{
	g_autofree char *label = g_strdup_printf(_("Add to: %s"), _(row->field->label));

	menu_add(menu, ADD_ITEM, label, NULL, NULL, false);
	for (guint i = 0; row->items && i < row->items->children->len; i++) {
		g_autofree char *path = path_item(row->field, row->items, i);
		g_autofree char *text =
			form_item_text(model, row->field->sub, row->items->children->pdata[i]);

		menu_add(menu, path, text, NULL, NULL, false);
	}
}

void form_pick(struct form *form, const struct model *model, const char *text)
{
	const struct form_row *row = form_row_at(form, form->focus);
	bool many = row->kind == FORM_PICKED && row->field->flags & FIELD_MANY;
	const char *id = NULL;

	menu_free(form->menu);
	form->menu = menu_new(_(row->field->label), many);
	form->menu->patient = true;
	if (row->kind == FORM_ITEMS)
		add_items(form->menu, row, model);
	else if (row->field->type == FIELD_CHOICE)
		add_choices(form->menu, row);
	else if (row->field->type == FIELD_TERM)
		add_terms(form->menu, row, model);
	else if (row->field->type == FIELD_COUNTRY)
		add_countries(form->menu, row);
	else
		add_records(form->menu, form, row, model);
	if (row->kind == FORM_PICKED && row->ids->len)
		id = g_ptr_array_index(row->ids, 0);
	menu_start(form->menu, text, id);
}

int form_item_at(const struct form *form)
{
	const struct menu_item *item = form->menu ? menu_focused(form->menu) : NULL;
	guint at;

	if (!item || form_row_at(form, form->focus)->kind != FORM_ITEMS ||
	    !strcmp(item->id, ADD_ITEM) || !g_ptr_array_find(form->menu->items, item, &at))
		return -1;
	return (int)at - 1;
}

void form_item_show(struct form *form, const struct model *model, guint position)
{
	form_pick(form, model, NULL);
	form->menu->focus = MIN(position + 1, MAX(form->menu->shown->len, 1) - 1);
}

/* The ticked ones: those that were there keep their order, new ones follow. */
static void take_ticked(struct form_row *row, const struct menu *menu)
{
	for (guint i = 0; i < menu->items->len; i++) {
		const struct menu_item *item = g_ptr_array_index(menu->items, i);
		guint at = 0;

		while (at < row->ids->len && strcmp(g_ptr_array_index(row->ids, at), item->id))
			at++;
		if (item->ticked && at == row->ids->len)
			g_ptr_array_add(row->ids, g_strdup(item->id));
		else if (!item->ticked && at < row->ids->len)
			g_ptr_array_remove_index(row->ids, at);
	}
}

static enum form_result take(struct form *form)
{
	struct form_row *row = form_row_at(form, form->focus);
	const struct menu_item *item = menu_focused(form->menu);

	if (row->kind == FORM_ITEMS) {
		const char *dot = strrchr(row->path, '.');
		int prefix = dot ? (int)(dot - row->path) + 1 : 0;

		g_free(form->link);
		form->link = !strcmp(item->id, ADD_ITEM)
				     ? g_strdup(row->path)
				     : g_strdup_printf("%.*s%s", prefix, row->path, item->id);
		return FORM_OPENS;
	}
	if (form->menu->many) {
		take_ticked(row, form->menu);
		return FORM_CHANGED;
	}
	g_ptr_array_set_size(row->ids, 0);
	g_ptr_array_add(row->ids, g_strdup(item->id));
	return FORM_CHANGED;
}

enum form_result form_picking(struct form *form, gunichar key)
{
	enum form_result result = FORM_MOVED;

	switch (menu_key(form->menu, key)) {
	case MENU_PICKED:
		result = take(form);
		g_clear_pointer(&form->menu, menu_free);
		break;
	case MENU_LEFT:
		g_clear_pointer(&form->menu, menu_free);
		break;
	case MENU_IGNORED:
		result = FORM_IGNORED;
		break;
	default:
		break;
	}
	return result;
}
