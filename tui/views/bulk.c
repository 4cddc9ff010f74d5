#include "tui/views/bulk.h"

#include <string.h>

#include <glib/gi18n.h>

#include "base/context.h"
#include "base/text.h"
#include "data/node.h"
#include "tui/typed.h"
#include "tui/widgets/menu.h"
#include "tui/widgets/page.h"
#include "tui/widgets/prompt.h"

/*
 * Editing what is marked: which field, what to do, with which value, then a look
 * at what changes in each record before it is saved as one change.
 */
enum step { STEP_FIELD, STEP_WAY, STEP_VALUE, STEP_LOOK };

struct bulk {
	enum kind kind;
	char **ids; /* NULL-terminated */
	enum step step;
	const struct field *field;
	enum bulk_way way;
	char *value;
	struct menu *menu;     /* of the step, or NULL */
	struct prompt *prompt; /* where the value is typed, or NULL */
	struct page *page;     /* the look */
	struct change *change; /* that is looked at */
	bool saving;
};

/* --- the change ------------------------------------------------------------------------- */

static struct node *list_with(const struct node *old, enum bulk_way way, const char *value)
{
	struct node *list = old != NULL ? node_copy(old) : node_list();

	for (guint i = list->children->len; i-- > 0;) {
		struct node *item = g_ptr_array_index(list->children, i);
		bool same = g_strcmp0(item->text, value) == 0;

		if (way == BULK_ADD && same)
			return list;
		if (way == BULK_SET || (way == BULK_REMOVE && same))
			node_remove(list, i);
	}
	if (way != BULK_REMOVE && value[0] != '\0')
		node_append(list, NULL, node_scalar(value));
	return list;
}

/* As an op says it: canonical text, a list as JSON, NULL for nothing. */
static char *new_text(const struct field *field, const struct node *old, enum bulk_way way,
		      const char *value)
{
	struct node *list;
	char *text;

	if ((field->flags & FIELD_MANY) == 0)
		return value[0] == '\0' ? NULL : g_strdup(value);
	list = list_with(old, way, value);
	text = list->children->len == 0 ? NULL : node_to_json(list);
	node_free(list);
	return text;
}

static char *old_text(const struct field *field, const struct node *old)
{
	if (old == NULL)
		return NULL;
	return (field->flags & FIELD_MANY) != 0 ? node_to_json(old) : g_strdup(old->text);
}

struct change *bulk_change(const struct model *model, enum kind kind, const char *const *ids,
			   const char *key, enum bulk_way way, const char *value)
{
	const struct record_type *type = record_type(kind);
	const struct field *field = record_field(type, key);
	struct change *change = change_new();

	for (; *ids != NULL; ids++) {
		const void *record = model_get(model, kind, *ids);
		struct node *root = record == NULL ? NULL : node_from_record(type, record);
		const struct node *old = root == NULL ? NULL : node_get(root, key);
		g_autofree char *before = old_text(field, old);
		g_autofree char *after = new_text(field, old, way, value);

		if (root != NULL && g_strcmp0(before, after) != 0)
			change_set(change, kind, *ids, key, after)->old_text =
				g_strdup(before == NULL ? "" : before);
		node_free(root);
	}
	return change;
}

/* --- steps ------------------------------------------------------------------------------- */

static bool can_edit(const struct field *field)
{
	return field->type != FIELD_GROUP && field->type != FIELD_ITEMS &&
	       field->type != FIELD_ID && strcmp(field->key, "name") != 0 &&
	       (field->flags & FIELD_DERIVED) == 0;
}

static void ask_field(struct bulk *bulk)
{
	const struct record_type *type = record_type(bulk->kind);
	guint n = g_strv_length(bulk->ids);
	g_autofree char *title =
		g_strdup_printf(ngettext("Field of %u record", "Field of %u records", n), n);

	bulk->step = STEP_FIELD;
	bulk->menu = menu_new(title, false);
	for (guint i = 0; i < type->n_fields; i++)
		if (can_edit(&type->fields[i]))
			menu_add(bulk->menu, type->fields[i].key, _(type->fields[i].label), NULL,
				 type->fields[i].key, false);
	menu_start(bulk->menu, NULL, NULL);
}

static void ask_way(struct bulk *bulk)
{
	bulk->step = STEP_WAY;
	bulk->menu = menu_new(_(bulk->field->label), false);
	menu_add(bulk->menu, "add", _("Add a value"), NULL, NULL, false);
	menu_add(bulk->menu, "remove", _("Take a value out"), NULL, NULL, false);
	menu_add(bulk->menu, "set", _("Replace all values by one"), NULL, NULL, false);
	menu_start(bulk->menu, NULL, NULL);
}

/* Who can be referred to, by name. */
static void add_records(struct menu *menu, const struct model *model, const struct field *field)
{
	for (guint kind = 0; kind < KIND_COUNT; kind++)
		for (guint i = 0; (field->refs & 1u << kind) != 0 && i < model->n[kind]; i++) {
			const struct record *record = RECORD(model->records[kind][i]);
			g_autofree char *names = record_names((enum kind)kind, record);

			menu_add(menu, record->id,
				 model_name(model, (enum kind)kind, record->id, false), record->id,
				 names, false);
		}
	menu_sort(menu);
}

static void ask_value(struct bulk *bulk, const struct model *model)
{
	const struct field *field = bulk->field;
	const struct choice *choice = field->choices;
	g_autofree char *label = g_strdup_printf("%s: ", _(field->label));

	bulk->step = STEP_VALUE;
	if (field->type != FIELD_TERM && field->type != FIELD_CHOICE && field->type != FIELD_REF) {
		bulk->prompt = prompt_new(label, "");
		return;
	}
	bulk->menu = menu_new(_(field->label), false);
	if (field->type == FIELD_REF)
		add_records(bulk->menu, model, field);
	if (bulk->way == BULK_SET)
		menu_add(bulk->menu, "", _("(nothing)"), NULL, NULL, false);
	for (; field->type == FIELD_CHOICE && choice->id != NULL; choice++)
		menu_add(bulk->menu, choice->id, in_context(choice->label), NULL, choice->id,
			 false);
	if (field->type == FIELD_TERM) {
		const struct items *terms = &model->network->vocabularies.of[field->vocabulary];

		for (guint i = 0; i < terms->n; i++) {
			const char *id = ITEMS(struct term, *terms)[i].id;

			menu_add(bulk->menu, id, model_term_name(model, field->vocabulary, id),
				 NULL, id, false);
		}
	}
	menu_start(bulk->menu, NULL, NULL);
}

static char *words_of(const struct world *world, const struct field *field, const char *text)
{
	struct node *list = text != NULL && (field->flags & FIELD_MANY) != 0
				    ? node_from_json(text, NULL)
				    : NULL;
	GString *out = g_string_new(NULL);

	for (guint i = 0; list != NULL && i < list->children->len; i++) {
		const struct node *item = g_ptr_array_index(list->children, i);

		g_string_append_printf(out, "%s%s", i > 0 ? ", " : "",
				       model_word_text(world->model, field, item->text));
	}
	if (list == NULL && text != NULL && text[0] != '\0') {
		g_autofree char *value = model_value_text(world->model, field, text);

		g_string_append(out, value);
	}
	node_free(list);
	if (out->len == 0)
		g_string_append(out, "–");
	return g_string_free(out, FALSE);
}

static void write_op(struct page *page, const struct world *world, const struct field *field,
		     const struct op *op, int cols)
{
	g_autofree char *before = words_of(world, field, op->old_text);
	g_autofree char *after = words_of(world, field, op->new_text);
	const char *who = model_name(world->model, op->kind, op->id, false);
	int name = cols * 2 / 5;

	if (text_width(before) > cols / 4 || text_width(after) > cols - name - cols / 4 - 5) {
		g_autofree char *both = g_strdup_printf("%s → %s", before, after);
		g_autofree char *fitted = text_fit(who, name - 1, true);
		guint first = page->lines->len;

		page_wrap(page, name + 1, MAX(cols - name - 2, 8), STYLE_NORMAL, both, NULL);
		page_mark(page, first, 1, STYLE_NORMAL, fitted);
		return;
	}
	page_line(page, NULL);
	page_text(page, 1, name - 1, STYLE_NORMAL, who);
	page_text(page, name + 1, cols / 4, STYLE_DIM, before);
	page_text(page, name + 1 + cols / 4, 3, STYLE_DIM, " → ");
	page_text(page, name + 4 + cols / 4, -1, STYLE_GOOD, after);
}

static void look(struct bulk *bulk, const struct world *world)
{
	static const char *const signs[] = { "+", "−", "=" };
	guint all = g_strv_length(bulk->ids);
	GPtrArray *ops;
	g_autofree char *word = bulk->value[0] == '\0'
					? g_strdup("–")
					: model_value_text(world->model, bulk->field, bulk->value);

	change_free(bulk->change);
	bulk->change = bulk_change(world->model, bulk->kind, (const char *const *)bulk->ids,
				   bulk->field->key, bulk->way, bulk->value);
	bulk->step = STEP_LOOK;
	ops = bulk->change->ops;
	page_begin(bulk->page);
	page_line(bulk->page, NULL);
	page_printf(bulk->page, 1, -1, STYLE_STRONG,
		    ngettext("%u record: %s %s %s", "%u records: %s %s %s", ops->len), ops->len,
		    _(bulk->field->label), signs[bulk->way], word);
	if (ops->len < all) {
		page_line(bulk->page, NULL);
		page_printf(bulk->page, 1, -1, STYLE_DIM,
			    ngettext("%u is so already", "%u are so already", all - ops->len),
			    all - ops->len);
	}
	page_line(bulk->page, NULL);
	for (guint i = 0; i < ops->len; i++)
		write_op(bulk->page, world, bulk->field, g_ptr_array_index(ops, i),
			 app_area(world).cols);
	page_end(bulk->page);
}

/* What stands there now, while the new value is typed. */
static void present(struct bulk *bulk, const struct world *world)
{
	int name = app_area(world).cols * 2 / 5;

	page_begin(bulk->page);
	page_line(bulk->page, NULL);
	page_text(bulk->page, 1, -1, STYLE_DIM, _(bulk->field->help));
	page_line(bulk->page, NULL);
	for (guint i = 0; bulk->ids[i] != NULL; i++) {
		const void *record = model_get(world->model, bulk->kind, bulk->ids[i]);
		g_autofree char *text = record == NULL ? NULL : field_text(bulk->field, record);
		g_autofree char *words = words_of(world, bulk->field, text);

		page_line(bulk->page, NULL);
		page_text(bulk->page, 1, name - 1, STYLE_NORMAL,
			  model_name(world->model, bulk->kind, bulk->ids[i], false));
		page_text(bulk->page, name + 1, -1, STYLE_DIM, words);
	}
	page_end(bulk->page);
}

/* --- the view ---------------------------------------------------------------------------- */

static void *bulk_open(struct app *app, const struct world *world, const char *subject)
{
	struct bulk *bulk = g_new0(struct bulk, 1);
	g_auto(GStrv) lines = g_strsplit(subject == NULL ? "" : subject, "\n", -1);

	(void)app;
	(void)world;
	if (lines[0] == NULL || !kind_parse(lines[0], &bulk->kind))
		bulk->kind = KIND_INSTITUTION;
	bulk->ids = g_strdupv(lines[0] == NULL ? lines : lines + 1);
	bulk->page = page_new();
	ask_field(bulk);
	return bulk;
}

static void asked_drop(struct bulk *bulk)
{
	g_clear_pointer(&bulk->menu, menu_free);
	g_clear_pointer(&bulk->prompt, prompt_free);
}

static void bulk_free(void *state)
{
	struct bulk *bulk = state;

	asked_drop(bulk);
	page_free(bulk->page);
	change_free(bulk->change);
	g_strfreev(bulk->ids);
	g_free(bulk->value);
	g_free(bulk);
}

static void bulk_refresh(struct view *view, struct app *app, const struct world *world)
{
	struct bulk *bulk = view->state;

	(void)app;
	page_layout(bulk->page, app_area(world).rows);
	if (bulk->step == STEP_LOOK && !bulk->saving)
		look(bulk, world);
}

static bool bulk_typing(const struct view *view)
{
	return view->state != NULL;
}

static const struct prompt *bulk_prompt(const struct view *view)
{
	return ((const struct bulk *)view->state)->prompt;
}

static void value_given(struct bulk *bulk, const struct world *world, const char *value)
{
	const char *country = bulk->field->type == FIELD_COUNTRY ? country_find(value) : NULL;
	char *copy = g_strdup(country != NULL ? country : value);

	g_free(bulk->value);
	bulk->value = copy;
	asked_drop(bulk);
	look(bulk, world);
}

static void picked(struct bulk *bulk, const struct world *world)
{
	const struct menu_item *item = menu_focused(bulk->menu);
	g_autofree char *id = item == NULL ? NULL : g_strdup(item->id);

	if (id == NULL)
		return;
	if (bulk->step == STEP_VALUE) {
		value_given(bulk, world, id);
		return;
	}
	asked_drop(bulk);
	if (bulk->step == STEP_FIELD) {
		bulk->field = record_field(record_type(bulk->kind), id);
		bulk->way = BULK_SET;
		if ((bulk->field->flags & FIELD_MANY) != 0) {
			ask_way(bulk);
			return;
		}
	} else {
		bulk->way = strcmp(id, "add") == 0	? BULK_ADD
			    : strcmp(id, "remove") == 0 ? BULK_REMOVE
							: BULK_SET;
	}
	ask_value(bulk, world->model);
	if (bulk->prompt != NULL)
		present(bulk, world);
}

static void save(struct bulk *bulk, struct app *app, const struct world *world,
		 struct effects *effects)
{
	if (bulk->change->ops->len == 0) {
		app_close(app, world);
		app_say(app, STYLE_DIM, _("Nothing was to be changed."));
		return;
	}
	effects_add(effects, EFFECT_APPLY)->change = g_steal_pointer(&bulk->change);
	bulk->saving = true;
}

static void look_key(struct bulk *bulk, struct app *app, const struct world *world, gunichar key,
		     struct effects *effects)
{
	if (key == TUI_ENTER)
		save(bulk, app, world, effects);
	else if (key == TUI_ESCAPE)
		ask_field(bulk);
	else
		page_update(bulk->page, keymap_action(&app->keymap, key, SCOPE_CARD));
}

static void asked_key(struct bulk *bulk, struct app *app, const struct world *world, gunichar key)
{
	enum prompt_result typed =
		bulk->prompt != NULL ? prompt_key(bulk->prompt, key) : PROMPT_IGNORED;
	enum menu_result menu = bulk->menu != NULL ? menu_key(bulk->menu, key) : MENU_IGNORED;

	if (menu == MENU_PICKED) {
		picked(bulk, world);
	} else if (typed == PROMPT_DONE) {
		g_autofree char *text = g_strdup(bulk->prompt->text->str);

		value_given(bulk, world, text);
	} else if ((menu == MENU_LEFT || typed == PROMPT_LEFT) && bulk->step == STEP_FIELD) {
		app_close(app, world);
	} else if (menu == MENU_LEFT || typed == PROMPT_LEFT) {
		asked_drop(bulk);
		ask_field(bulk);
	}
}

static bool bulk_update(struct view *view, struct app *app, const struct world *world,
			const struct event *event, enum action action, struct effects *effects)
{
	struct bulk *bulk = view->state;

	(void)action;
	if (event->type == EVENT_DONE && bulk->saving) {
		app_close(app, world);
	} else if (event->type == EVENT_FAILED && bulk->saving) {
		bulk->saving = false;
		look(bulk, world);
	} else if (event->type == EVENT_KEY && !bulk->saving) {
		if (bulk->step == STEP_LOOK)
			look_key(bulk, app, world, event->key, effects);
		else
			asked_key(bulk, app, world, event->key);
	}
	return true;
}

static void bulk_draw(const struct view *view, const struct app *app, const struct world *world,
		      struct grid *grid, struct rect area)
{
	const struct bulk *bulk = view->state;

	(void)app;
	(void)world;
	if (bulk->menu != NULL)
		menu_draw(bulk->menu, grid, area);
	else
		page_draw(bulk->page, grid, area, false);
}

static const char *const *bulk_keys(const struct view *view)
{
	static const char *const asking[] = { N_("Enter"), N_("Take it"), N_("Esc"), N_("Back"),
					      NULL };
	static const char *const looking[] = { N_("Enter"), N_("Save as one change"), N_("Esc"),
					       N_("Another field"), NULL };

	return ((const struct bulk *)view->state)->step == STEP_LOOK ? looking : asking;
}

const struct view_ops view_bulk = {
	.name = "bulk",
	.title = N_("Edit what is marked"),
	.scopes = SCOPE_FORM,
	.open = bulk_open,
	.free = bulk_free,
	.refresh = bulk_refresh,
	.typing = bulk_typing,
	.update = bulk_update,
	.draw = bulk_draw,
	.prompt = bulk_prompt,
	.keys = bulk_keys,
};
