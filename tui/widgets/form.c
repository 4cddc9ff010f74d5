/*
 * The rows of a form and the keys that change them.  Values are form_value.c's,
 * pickers form_pick.c's, cells form_draw.c's business; saving, asking and drafts
 * are the view's.
 */
#include "tui/widgets/form.h"

#include "data/op.h"
#include "data/path.h"

#include <string.h>

#include <glib/gi18n.h>

static void row_free(void *data)
{
	struct form_row *row = data;

	g_free(row->path);
	prompt_free(row->edit);
	if (row->ids)
		g_ptr_array_unref(row->ids);
	node_free(row->items);
	change_free(row->pending);
	g_free(row->base);
	g_free(row->from);
	g_free(row->theirs);
	g_free(row->error);
	g_free(row->hint);
	g_free(row);
}

static void add_row(struct form *form, enum form_row_kind kind, const struct field *field,
		    const struct record_type *holder, const char *prefix)
{
	struct form_row *row = g_new0(struct form_row, 1);

	row->kind = kind;
	row->field = field;
	row->holder = holder;
	row->path = g_strconcat(prefix, field ? field->key : "", NULL);
	if (kind == FORM_TYPED)
		row->edit = prompt_new("", "");
	if (kind == FORM_PICKED)
		row->ids = g_ptr_array_new_with_free_func(g_free);
	g_ptr_array_add(form->rows, row);
}

/* What names a thing that exists stays: renaming is another verb than editing. */
static bool has_row(const struct form *form, const struct field *field, const char *prefix)
{
	bool id = field->type == FIELD_ID && !strcmp(field->key, "id");
	bool names = *prefix == '\0' && (id || field->flags & FIELD_KEY);

	if (field->flags & FIELD_DERIVED)
		return false;
	if (names && !form->adding)
		return false;
	/* Items of an item are reached in its file only. */
	return field->type != FIELD_ITEMS || form->type->folder;
}

static void add_rows(struct form *form, const struct record_type *type, const char *prefix)
{
	for (guint i = 0; i < type->n_fields; i++) {
		const struct field *field = &type->fields[i];

		if (!has_row(form, field, prefix))
			continue;
		if (field->type == FIELD_GROUP) {
			g_autofree char *below = g_strdup_printf("%s%s.", prefix, field->key);

			add_rows(form, field->sub, below);
		} else if (field->type == FIELD_ITEMS) {
			add_row(form, FORM_ITEMS, field, type, prefix);
		} else {
			add_row(form, form_is_picked(field) ? FORM_PICKED : FORM_TYPED, field, type,
				prefix);
		}
	}
}

/* A new record's id follows from its name: few will want another. */
static void id_last(struct form *form)
{
	struct form_row *id = form_row_find(form, "id");
	guint at;

	if (!id || !form_row_find(form, "name") || !g_ptr_array_find(form->rows, id, &at))
		return;
	g_ptr_array_steal_index(form->rows, at);
	g_ptr_array_add(form->rows, id);
}

struct form *form_new(const struct record_type *type, bool adding, const char *self)
{
	struct form *form = g_new0(struct form, 1);

	form->type = type;
	form->adding = adding;
	form->self = g_strdup(self);
	form->rows = g_ptr_array_new_with_free_func(row_free);
	add_rows(form, type, "");
	if (adding)
		id_last(form);
	add_row(form, FORM_SAVE, NULL, NULL, "");
	/* Records are deleted from lists and cards; items have no other place. */
	if (!adding && !type->folder)
		add_row(form, FORM_REMOVE, NULL, NULL, "");
	return form;
}

void form_free(struct form *form)
{
	if (!form)
		return;
	g_ptr_array_unref(form->rows);
	menu_free(form->menu);
	g_free(form->self);
	g_free(form->link);
	g_free(form);
}

struct form_row *form_row_at(const struct form *form, guint index)
{
	return g_ptr_array_index(form->rows, index);
}

struct form_row *form_row_find(const struct form *form, const char *path)
{
	for (guint i = 0; i < form->rows->len; i++)
		if (form_row_at(form, i)->field && !strcmp(form_row_at(form, i)->path, path))
			return form_row_at(form, i);
	return NULL;
}

/* --- values in ------------------------------------------------------------------ */

static void show_picked(struct form_row *row, const struct node *node)
{
	g_ptr_array_set_size(row->ids, 0);
	if (!node)
		return;
	if (node->type == NODE_SCALAR) {
		g_ptr_array_add(row->ids, g_strdup(node->text));
		return;
	}
	for (guint i = 0; i < node->children->len; i++) {
		const struct node *item = node->children->pdata[i];

		if (item->text)
			g_ptr_array_add(row->ids, g_strdup(item->text));
	}
}

static void show_typed(struct form_row *row, const struct node *node)
{
	g_autofree char *text = !node		 ? g_strdup("")
				: node->text	 ? g_strdup(node->text)
				: node->children ? form_list_join(node)
						 : g_strdup("");
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	g_autofree char *line = g_strjoinv("⏎", lines);

	prompt_set(row->edit, line);
}

static void show(struct form_row *row, const struct node *node)
{
	if (row->kind == FORM_PICKED)
		show_picked(row, node);
	else if (row->kind == FORM_TYPED)
		show_typed(row, node);
}

static char *value_of(const struct node *node)
{
	if (!node)
		return NULL;
	return node->type == NODE_SCALAR ? g_strdup(node->text) : node_to_json(node);
}

static void clear_error(struct form_row *row)
{
	g_clear_pointer(&row->error, g_free);
	g_clear_pointer(&row->hint, g_free);
	row->found = false;
}

void form_load(struct form *form, const struct node *root)
{
	for (guint i = 0; i < form->rows->len; i++) {
		struct form_row *row = form_row_at(form, i);
		const struct node *node = NULL;

		if (!row->field)
			continue;
		if (root)
			node = node_find(form->type, root, row->path);
		if (row->kind == FORM_ITEMS) {
			form_items_load(row, node);
			clear_error(row);
			continue;
		}
		g_free(row->base);
		row->base = value_of(node);
		row->touched = false;
		clear_error(row);
		show(row, node);
	}
}

void form_merge(struct form *form, const struct model *model, const struct node *root)
{
	for (guint i = 0; i < form->rows->len; i++) {
		struct form_row *row = form_row_at(form, i);

		if (!row->field)
			continue;
		const struct node *node = node_find(form->type, root, row->path);

		if (row->kind == FORM_ITEMS) {
			form_items_merge(form, row, model, node);
			continue;
		}
		g_autofree char *value = value_of(node);

		if (!g_strcmp0(value, row->base))
			continue;
		g_free(row->base);
		row->base = g_strdup(value);
		if (!row->touched) {
			show(row, node);
			continue;
		}
		g_clear_pointer(&row->theirs, g_free);
		if (form_row_changed(row))
			row->theirs = form_value_text(model, row->field, value);
	}
}

/* --- what is wrong ---------------------------------------------------------------- */

static void check_row(const struct form *form, struct form_row *row)
{
	char *message = NULL, *hint = NULL;
	struct node *node;

	clear_error(row);
	if (row->kind == FORM_TYPED) {
		node = form_typed_node(row, &message, &hint);
		row->error = message;
		row->hint = hint;
	} else {
		node = form_row_node(row);
	}
	bool emptied = !node && (form->complain || !form->adding);

	if (!row->error && emptied && row->field->flags & FIELD_REQUIRED)
		row->error = g_strdup(_("this is needed"));
	node_free(node);
}

guint form_errors(struct form *form, bool go)
{
	guint n = 0;

	for (guint i = 0; i < form->rows->len; i++) {
		struct form_row *row = form_row_at(form, i);
		bool checks = row->kind == FORM_TYPED || row->kind == FORM_PICKED;

		/* What is stored already and nobody touched is not judged here. */
		if (checks && !row->found && (row->touched || form->adding))
			check_row(form, row);
		if (!row->error)
			continue;
		if (go && n == 0)
			form->focus = i;
		n++;
	}
	return n;
}

void form_absolve(struct form *form)
{
	for (guint i = 0; i < form->rows->len; i++)
		if (form_row_at(form, i)->found)
			clear_error(form_row_at(form, i));
}

void form_blame(struct form *form, guint index, const char *message, const char *hint)
{
	if (index >= form->rows->len)
		return;
	struct form_row *row = form_row_at(form, index);

	if (row->error)
		return;
	row->error = g_strdup(message);
	row->hint = g_strdup(hint);
	row->found = true;
}

bool form_changed(const struct form *form)
{
	for (guint i = 0; i < form->rows->len; i++)
		if (form_row_at(form, i)->field && form_row_changed(form_row_at(form, i)))
			return true;
	return false;
}

/* --- values out and keys ------------------------------------------------------------ */

static void id_follows(struct form *form, const struct form_row *changed)
{
	struct form_row *id = form_row_find(form, "id");

	if (!form->adding || !id || id->kind != FORM_TYPED)
		return;
	if (changed == id)
		form->id_typed = id->edit->text->len > 0;
	if (form->id_typed || strcmp(changed->path, "name"))
		return;
	g_autofree char *made = id_from_name(changed->edit->text->str);

	prompt_set(id->edit, made);
	id->touched = true;
	check_row(form, id);
}

static enum form_result changed(struct form *form, struct form_row *row)
{
	row->touched = true;
	check_row(form, row);
	id_follows(form, row);
	if (!form_row_changed(row))
		g_clear_pointer(&row->theirs, g_free);
	return FORM_CHANGED;
}

static bool put_value(struct form_row *row, const char *value)
{
	struct node *node = NULL;

	if (value && row->field->flags & FIELD_MANY)
		node = node_from_json(value, NULL);
	if (value && !node)
		node = node_scalar(value);
	show(row, node);
	node_free(node);
	return true;
}

void form_row_put(struct form *form, struct form_row *row, const char *value)
{
	if (row->kind != FORM_TYPED && row->kind != FORM_PICKED)
		return;
	put_value(row, value);
	row->touched = true;
	if (form->adding && !strcmp(row->path, "id"))
		form->id_typed = value != NULL;
	check_row(form, row);
}

bool form_take_theirs(struct form *form)
{
	struct form_row *row = form_row_at(form, form->focus);

	if (!row->theirs)
		return false;
	if (row->kind == FORM_ITEMS) {
		struct node *list = row->base ? node_from_json(row->base, NULL) : NULL;

		form_items_load(row, list);
		node_free(list);
	} else {
		put_value(row, row->base);
	}
	row->touched = false;
	g_clear_pointer(&row->theirs, g_free);
	clear_error(row);
	return true;
}

bool form_break_line(struct form *form)
{
	struct form_row *row = form_row_at(form, form->focus);

	if (row->kind != FORM_TYPED || row->field->type != FIELD_PROSE)
		return false;
	g_string_insert(row->edit->text, (gssize)row->edit->at, "⏎");
	row->edit->at += strlen("⏎");
	changed(form, row);
	return true;
}

bool form_turn(struct form *form, int by)
{
	struct form_row *row = form_row_at(form, form->focus);
	guint last = row->kind == FORM_PICKED && row->ids->len ? row->ids->len - 1 : 0;
	guint from = by < 0 ? last : 0, to = by < 0 ? 0 : last;

	if (form->menu || !last)
		return false;
	g_ptr_array_insert(row->ids, (gint)to, g_ptr_array_steal_index(row->ids, from));
	changed(form, row);
	return true;
}

static enum form_result go(struct form *form, int steps)
{
	int last = (int)form->rows->len - 1;

	form->focus = (guint)CLAMP((int)form->focus + steps, 0, last);
	return FORM_MOVED;
}

static enum form_result key_typed(struct form *form, struct form_row *row, gunichar key)
{
	switch (prompt_key(row->edit, key)) {
	case PROMPT_CHANGED:
		return changed(form, row);
	case PROMPT_DONE:
		return go(form, 1);
	case PROMPT_MOVED:
		return FORM_MOVED;
	case PROMPT_LEFT:
		return FORM_LEAVES;
	default:
		return FORM_IGNORED;
	}
}

static bool is_letter(gunichar key)
{
	return key >= 0x20 && key != 0x7f && key <= 0x10ffff;
}

static enum form_result key_picked(struct form *form, const struct model *model,
				   struct form_row *row, gunichar key)
{
	char text[8] = "";

	switch (key) {
	case TUI_ENTER:
	case '\n':
		form_pick(form, model, NULL);
		return FORM_MOVED;
	case TUI_KEY_BACKSPACE:
	case TUI_CTRL('h'):
	case 0x7f:
		if (!row->ids->len)
			return FORM_MOVED;
		g_ptr_array_set_size(row->ids, (int)row->ids->len - 1);
		return changed(form, row);
	case TUI_KEY_DELETE:
	case TUI_CTRL('u'):
	case TUI_CTRL('k'):
		g_ptr_array_set_size(row->ids, 0);
		return changed(form, row);
	default:
		if (!is_letter(key) || !g_unichar_validate(key))
			return FORM_IGNORED;
		g_unichar_to_utf8(key, text);
		form_pick(form, model, key == ' ' ? NULL : text);
		return FORM_MOVED;
	}
}

/* A list of nothing but the offer to add is no choice. */
static enum form_result open_items(struct form *form, const struct model *model,
				   const struct form_row *row)
{
	if (row->items && row->items->children->len) {
		form_pick(form, model, NULL);
		return FORM_MOVED;
	}
	g_free(form->link);
	form->link = g_strdup(row->path);
	return FORM_OPENS;
}

static enum form_result key_row(struct form *form, const struct model *model, gunichar key)
{
	struct form_row *row = form_row_at(form, form->focus);
	bool enter = key == TUI_ENTER || key == '\n';

	switch (row->kind) {
	case FORM_TYPED:
		return key_typed(form, row, key);
	case FORM_PICKED:
		return key_picked(form, model, row, key);
	case FORM_ITEMS:
		return enter || key == ' ' ? open_items(form, model, row) : FORM_IGNORED;
	case FORM_REMOVE:
		return enter ? FORM_REMOVES : FORM_IGNORED;
	default:
		return enter ? FORM_SAVES : FORM_IGNORED;
	}
}

enum form_result form_key(struct form *form, const struct model *model, gunichar key)
{
	if (form->menu) {
		enum form_result result = form_picking(form, key);

		if (result != FORM_CHANGED)
			return result;
		changed(form, form_row_at(form, form->focus));
		go(form, 1);
		return FORM_CHANGED;
	}
	switch (key) {
	case TUI_KEY_UP:
	case TUI_KEY_BACKTAB:
	case TUI_CTRL('p'):
		return go(form, -1);
	case TUI_KEY_DOWN:
	case TUI_TAB:
	case TUI_CTRL('n'):
		return go(form, 1);
	case TUI_KEY_PAGE_UP:
		return go(form, -8);
	case TUI_KEY_PAGE_DOWN:
		return go(form, 8);
	case TUI_ESCAPE:
		return FORM_LEAVES;
	default:
		return key_row(form, model, key);
	}
}
