#include "tui/views/bulk.h"

#include <string.h>

#include <glib/gi18n.h>

#include "base/text.h"
#include "tui/widgets/form.h"
#include "tui/widgets/menu.h"
#include "tui/widgets/page.h"
#include "tui/widgets/question.h"

/*
 * Editing what is marked: which field, what to do, then a form of that one field, as any
 * other form has it, and a look at what changes in each record before it is saved.  What
 * the change is, is bulk_change.c's.
 */
enum step { STEP_FIELD, STEP_WAY, STEP_VALUE, STEP_LOOK, STEP_DISCARD };

#define FORM_ROWS 6 /* the field, what is wrong with it, the button, its help */

struct bulk {
	enum kind kind;
	char **ids; /* NULL-terminated */
	enum step step;
	const struct field *field;
	enum bulk_way way;
	struct record_type one; /* a record of that field alone */
	struct form *form;	/* of it, or NULL */
	struct menu *menu;	/* of the first steps, or NULL */
	struct page *page;	/* what stands there, or the look */
	struct change *change;	/* that is looked at */
	char *failed;		/* why it could not be saved, or NULL */
	bool saving;
	const char *keys[9];
};

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
	menu_add(bulk->menu, "add", _("Add values"), NULL, NULL, false);
	menu_add(bulk->menu, "remove", _("Take values out"), NULL, NULL, false);
	menu_add(bulk->menu, "set", _("Put others in their place"), NULL, NULL, false);
	menu_start(bulk->menu, NULL, NULL);
}

/* A name that is longer than its column has lines of its own: none is cut. */
static void write_line(struct page *page, const char *who, int name, const char *text, int cols)
{
	int width = MAX(cols - name - 2, 8);

	if (text_width(who) >= name) {
		page_wrap(page, 1, cols - 2, STYLE_NORMAL, who, NULL);
		page_wrap(page, name + 1, width, STYLE_STRONG, text, NULL);
		return;
	}
	guint first = page->lines->len;

	page_wrap(page, name + 1, width, STYLE_STRONG, text, NULL);
	page_mark(page, first, 1, STYLE_NORMAL, who);
}

/* As wide as the names, as long as values have more than half of the row. */
static int name_columns(const struct bulk *bulk, const struct model *model, int cols)
{
	int widest = 8;

	for (guint i = 0; bulk->ids[i] != NULL; i++)
		widest = MAX(widest,
			     text_width(model_name(model, bulk->kind, bulk->ids[i], true)) + 2);
	return MIN(widest, cols * 2 / 5);
}

static char *typed_value(const struct bulk *bulk)
{
	return form_row_value(form_row_at(bulk->form, 0));
}

static void look(struct bulk *bulk, const struct world *world)
{
	static const char *const signs[] = { "+", "−", "=" };
	guint all = g_strv_length(bulk->ids);
	int cols = app_area(world).cols, name = name_columns(bulk, world->model, cols);
	g_autofree char *value = typed_value(bulk);
	g_autofree char *word = form_value_text(world->model, bulk->field, value);
	g_autofree char *head = NULL;
	GPtrArray *ops;

	change_free(bulk->change);
	bulk->change = bulk_change(world->model, bulk->kind, (const char *const *)bulk->ids,
				   bulk->field->key, bulk->way, value);
	bulk->step = STEP_LOOK;
	ops = bulk->change->ops;
	head = g_strdup_printf(ngettext("%u record: %s %s %s", "%u records: %s %s %s", ops->len),
			       ops->len, _(bulk->field->label), signs[bulk->way], word);
	page_begin(bulk->page);
	page_wrap(bulk->page, 1, cols - 2, STYLE_STRONG, head, NULL);
	if (ops->len < all) {
		page_line(bulk->page, NULL);
		page_printf(bulk->page, 1, -1, STYLE_DIM,
			    ngettext("%u is so already", "%u are so already", all - ops->len),
			    all - ops->len);
	}
	if (bulk->failed != NULL)
		page_wrap(bulk->page, 1, cols - 2, STYLE_BAD, bulk->failed, NULL);
	page_line(bulk->page, NULL);
	for (guint i = 0; i < ops->len; i++) {
		const struct op *op = g_ptr_array_index(ops, i);
		bool had = op->old_text != NULL && op->old_text[0] != '\0';
		g_autofree char *before =
			form_value_text(world->model, bulk->field, had ? op->old_text : NULL);
		g_autofree char *after = form_value_text(world->model, bulk->field, op->new_text);
		g_autofree char *both = g_strdup_printf("%s → %s", before, after);

		write_line(bulk->page, model_name(world->model, op->kind, op->id, true), name, both,
			   cols);
	}
	page_end(bulk->page);
}

/* What stands there now, while the new value is typed. */
static void present(struct bulk *bulk, const struct world *world)
{
	int cols = app_area(world).cols, name = name_columns(bulk, world->model, cols);

	page_begin(bulk->page);
	for (guint i = 0; bulk->ids[i] != NULL; i++) {
		const void *record = model_get(world->model, bulk->kind, bulk->ids[i]);
		g_autofree char *value = record == NULL ? NULL : bulk_value(bulk->field, record);
		g_autofree char *words = form_value_text(world->model, bulk->field, value);

		write_line(bulk->page, model_name(world->model, bulk->kind, bulk->ids[i], true),
			   name, words, cols);
	}
	page_end(bulk->page);
}

static void ask_value(struct bulk *bulk, const struct world *world)
{
	bulk->one = *record_type(bulk->kind);
	bulk->one.fields = bulk->field;
	bulk->one.n_fields = 1;
	form_free(bulk->form);
	bulk->form = form_new(&bulk->one, false, NULL);
	bulk->step = STEP_VALUE;
	present(bulk, world);
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

static void bulk_free(void *state)
{
	struct bulk *bulk = state;

	menu_free(bulk->menu);
	form_free(bulk->form);
	page_free(bulk->page);
	change_free(bulk->change);
	g_strfreev(bulk->ids);
	g_free(bulk->failed);
	g_free(bulk);
}

/* Of the form at the top, which takes all of it while something is picked. */
static struct rect form_area(struct rect area)
{
	area.rows = MIN(area.rows, FORM_ROWS);
	return area;
}

static struct rect page_area(const struct bulk *bulk, struct rect area)
{
	int form = bulk->step == STEP_VALUE || bulk->step == STEP_DISCARD ? form_area(area).rows + 1
									  : 0;

	return (struct rect){ area.row + form, area.col, MAX(area.rows - form, 0), area.cols };
}

static void arrange(struct bulk *bulk, const struct world *world)
{
	page_layout(bulk->page, page_area(bulk, app_area(world)).rows);
	if (bulk->form != NULL)
		form_layout(bulk->form, form_area(app_area(world)));
}

static void bulk_refresh(struct view *view, struct app *app, const struct world *world)
{
	struct bulk *bulk = view->state;

	(void)app;
	if (bulk->step == STEP_LOOK && !bulk->saving)
		look(bulk, world);
	else if (bulk->step == STEP_VALUE)
		present(bulk, world);
	arrange(bulk, world);
}

static bool bulk_typing(const struct view *view)
{
	return view->state != NULL;
}

static bool bulk_busy(const struct view *view)
{
	const struct bulk *bulk = view->state;

	return bulk->form != NULL && bulk->form->menu != NULL && bulk->form->menu->busy;
}

static bool bulk_unsaved(const struct view *view)
{
	const struct bulk *bulk = view->state;

	return bulk->form != NULL && form_changed(bulk->form);
}

static void picked(struct bulk *bulk, const struct world *world)
{
	const struct menu_item *item = menu_focused(bulk->menu);
	g_autofree char *id = item == NULL ? NULL : g_strdup(item->id);

	if (id == NULL)
		return;
	g_clear_pointer(&bulk->menu, menu_free);
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
	ask_value(bulk, world);
}

/* Back to the list of fields, or to what is marked. */
static void step_back(struct bulk *bulk, struct app *app, const struct world *world)
{
	bool first = bulk->step == STEP_FIELD;

	g_clear_pointer(&bulk->form, form_free);
	g_clear_pointer(&bulk->menu, menu_free);
	if (first)
		app_close(app, world);
	else
		ask_field(bulk);
}

static void menu_answer(struct bulk *bulk, struct app *app, const struct world *world, gunichar key)
{
	enum menu_result result = menu_key(bulk->menu, key);

	if (result == MENU_PICKED)
		picked(bulk, world);
	else if (result == MENU_LEFT)
		step_back(bulk, app, world);
}

static void ask_to_save(struct bulk *bulk, struct app *app, const struct world *world)
{
	bulk->form->complain = true;
	if (bulk->way == BULK_SET)
		form_row_at(bulk->form, 0)->touched = true; /* nothing is a value too */
	g_clear_pointer(&bulk->failed, g_free);
	if (!app_may_edit(app, world))
		return;
	if (form_errors(bulk->form, true) > 0)
		app_say(app, STYLE_BAD, _("Not saved: correct the field under the cursor."));
	else
		look(bulk, world);
	if (bulk->step == STEP_LOOK && bulk->change->ops->len == 0) {
		app_say(app, STYLE_DIM, _("Nothing has changed."));
		bulk->step = STEP_VALUE;
		present(bulk, world);
	}
}

static void form_answer(struct bulk *bulk, struct app *app, const struct world *world, gunichar key)
{
	enum action action =
		key_is_text(key) ? ACTION_NONE : keymap_action(&app->keymap, key, SCOPE_FORM);
	enum form_result result = FORM_IGNORED;

	if (bulk->form->menu == NULL && action == ACTION_SAVE)
		result = FORM_SAVES;
	else if (bulk->form->menu == NULL && action == ACTION_HELP)
		app_open(app, world, &view_help, view_form.name);
	else
		result = form_key(bulk->form, world->model, key);
	if (result == FORM_CHANGED)
		form_errors(bulk->form, false);
	else if (result == FORM_SAVES)
		ask_to_save(bulk, app, world);
	else if (result == FORM_LEAVES && form_changed(bulk->form))
		bulk->step = STEP_DISCARD;
	else if (result == FORM_LEAVES)
		step_back(bulk, app, world);
}

static void look_key(struct bulk *bulk, struct app *app, const struct world *world, gunichar key,
		     struct effects *effects)
{
	if (key_is_yes(key) || key == TUI_ENTER) {
		effects_add(effects, EFFECT_APPLY)->change = change_copy(bulk->change);
		bulk->saving = true;
	} else if (question_answer(key) == ANSWER_NO) {
		bulk->step = STEP_VALUE;
		present(bulk, world);
	} else {
		page_update(bulk->page, keymap_action(&app->keymap, key, SCOPE_CARD));
	}
}

static void key_pressed(struct bulk *bulk, struct app *app, const struct world *world, gunichar key,
			struct effects *effects)
{
	if (key == '\n')
		key = TUI_ENTER;
	switch (bulk->step) {
	case STEP_LOOK:
		look_key(bulk, app, world, key, effects);
		break;
	case STEP_VALUE:
		form_answer(bulk, app, world, key);
		break;
	case STEP_DISCARD:
		if (key_is_yes(key))
			step_back(bulk, app, world);
		else if (question_answer(key) == ANSWER_NO || key == TUI_ENTER)
			bulk->step = STEP_VALUE;
		break;
	case STEP_FIELD:
	case STEP_WAY:
		menu_answer(bulk, app, world, key);
		break;
	}
	/* Left from its first step it is gone. */
	if (app_top(app)->state == bulk)
		arrange(bulk, world);
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
		g_free(bulk->failed);
		bulk->failed = g_strdup(event->text);
		look(bulk, world);
	} else if (event->type == EVENT_AGAIN) {
		return bulk_busy(view) && menu_work(bulk->form->menu);
	} else if (event->type == EVENT_KEY && !bulk->saving) {
		key_pressed(bulk, app, world, event->key, effects);
	}
	return true;
}

static void bulk_draw(const struct view *view, const struct app *app, const struct world *world,
		      struct grid *grid, struct rect area)
{
	const struct bulk *bulk = view->state;
	char save[16];

	key_text(keymap_key_typing(&app->keymap, ACTION_SAVE), save);
	grid_fill(grid, area, STYLE_NORMAL, " ");
	if (bulk->menu != NULL) {
		menu_draw(bulk->menu, grid, area);
		return;
	}
	if (bulk->step == STEP_VALUE && bulk->form->menu != NULL) {
		form_draw(bulk->form, world->model, save, grid, area);
		return;
	}
	page_draw(bulk->page, grid, page_area(bulk, area), false);
	if (bulk->step == STEP_VALUE)
		form_draw(bulk->form, world->model, save, grid, form_area(area));
	else if (bulk->step == STEP_DISCARD)
		question_draw(grid, form_area(area), _("Forget what was typed here?"), "", NULL);
}

static bool bulk_click(struct view *view, const struct world *world, struct rect area, int row,
		       int col)
{
	struct bulk *bulk = view->state;

	(void)world;
	(void)col;
	if (bulk->menu != NULL)
		return menu_click(bulk->menu, area, row);
	if (bulk->step != STEP_VALUE)
		return false;
	return form_click(bulk->form, bulk->form->menu != NULL ? area : form_area(area), row);
}

static const char *const *bulk_keys(const struct view *view)
{
	struct bulk *bulk = view->state;
	const char *const asking[] = { _("Enter"), _("Take it"), _("Esc"), _("Back"), NULL };
	const char *const picking[] = { _("Enter"), _("Take"), _("Esc"), _("Cancel"), NULL };
	const char *const typing[] = { "@save", _("Save"), _("Esc"),   _("Another field"),
				       "@help", _("Help"), _("Enter"), _("List or next field"),
				       NULL };
	const char *const looking[] = { key_yes(), _("Save as one change"), _("Esc"),
					_("Back to the form"), NULL };
	const char *const discard[] = { key_yes(), _("Forget it"), _("Esc"), _("Back to the form"),
					NULL };

	if (bulk->step == STEP_LOOK)
		memcpy(bulk->keys, looking, sizeof looking);
	else if (bulk->step == STEP_DISCARD)
		memcpy(bulk->keys, discard, sizeof discard);
	else if (bulk->step != STEP_VALUE)
		memcpy(bulk->keys, asking, sizeof asking);
	else if (bulk->form->menu != NULL)
		memcpy(bulk->keys, picking, sizeof picking);
	else
		memcpy(bulk->keys, typing, sizeof typing);
	return bulk->keys;
}

const struct view_ops view_bulk = {
	.name = "bulk",
	.title = N_("Edit what is marked"),
	.scopes = SCOPE_FORM,
	.dialog = true,
	.open = bulk_open,
	.free = bulk_free,
	.refresh = bulk_refresh,
	.typing = bulk_typing,
	.update = bulk_update,
	.draw = bulk_draw,
	.keys = bulk_keys,
	.busy = bulk_busy,
	.click = bulk_click,
	.unsaved = bulk_unsaved,
};
