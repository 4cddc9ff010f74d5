/*
 * Between a subject, a form and a change.  Knows trees and paths; neither asks,
 * paints nor saves.
 */
#include "tui/views/edit.h"

#include <string.h>

#include <glib/gi18n.h>

#include "data/claim.h"
#include "data/path.h"
#include "tui/app_record.h"

/* --- subject ------------------------------------------------------------------- */

/* "partners/siemens" -> "partners[siemens]"; "partners/+" and "partners/+x" -> "partners". */
static char *path_of(const char *rest)
{
	const char *slash = strchr(rest, '/');

	if (!slash)
		return g_strdup(rest);
	if (!slash[1] || slash[1] == '+')
		return g_strndup(rest, (gsize)(slash - rest));
	return g_strdup_printf("%.*s[%s]", (int)(slash - rest), rest, slash + 1);
}

bool edit_subject(const char *subject, enum kind *kind, char **id, char **path)
{
	const char *whole;

	*id = *path = NULL;
	if (!subject_parse(subject, kind, &whole))
		return false;
	const char *slash = strchr(whole, '/');

	*id = slash ? g_strndup(whole, (gsize)(slash - whole)) : g_strdup(whole);
	*path = slash ? path_of(slash + 1) : NULL;
	return true;
}

static bool set_path(struct edit *edit, const char *path)
{
	const struct record_type *holder = NULL;
	const struct field *field = path_field(record_type(edit->kind), path, &holder);

	if (!field || field->type != FIELD_ITEMS)
		return false;
	edit->type = field->sub;
	if (g_str_has_suffix(path, "]"))
		edit->item = g_strdup(path);
	else
		edit->list = g_strdup(path);
	return true;
}

static bool set_subject(struct edit *edit, const char *subject)
{
	g_autofree char *path = NULL;

	if (!edit_subject(subject, &edit->kind, &edit->id, &path))
		return false;
	edit->type = record_type(edit->kind);
	if (!*edit->id || !strcmp(edit->id, "+"))
		g_clear_pointer(&edit->id, g_free);
	return !path || set_path(edit, path);
}

static bool adding(const struct edit *edit)
{
	return edit->list || (!edit->id && !edit->item);
}

static struct node *tree_after(const struct edit *edit, const struct model *model);
static void mark_row(struct node *value, guint line);

/* The whole record as it stands, or as the form around has it; NULL when there is none. */
static struct node *record_tree(const struct edit *edit, const struct model *model)
{
	if (edit->around) {
		struct node *tree = tree_after(edit->around, model);

		if (tree)
			mark_row(tree, 0);
		return tree;
	}
	const void *record = edit->id ? model_get(model, edit->kind, edit->id) : NULL;

	return record ? node_from_record(record_type(edit->kind), record) : NULL;
}

static const struct node *subject_tree(const struct edit *edit, const struct node *record)
{
	if (!record || !edit->item)
		return record;
	return node_find(record_type(edit->kind), record, edit->item);
}

static void preset(struct edit *edit, struct form_row *row, const char *value)
{
	form_row_put(edit->form, row, value);
	g_hash_table_insert(edit->preset, g_strdup(row->path), form_row_value(row));
}

/* What the partner says of it already, as seen from here: to be corrected, not typed again. */
static void fill_mirrored(struct edit *edit, const struct model *model, const char *with)
{
	int a = model_find(model, KIND_INSTITUTION, edit->id);
	int b = model_find(model, KIND_INSTITUTION, with);
	const struct tie *tie = a < 0 || b < 0 ? NULL : model_tie(model, (guint)a, (guint)b);
	struct change *says = tie ? tie_confirm(model, tie, (guint)a, model->today) : NULL;
	const struct op *op = says ? g_ptr_array_index(says->ops, 0) : NULL;
	struct node *item = op ? node_from_json(op->new_text, NULL) : NULL;
	struct form *as = item ? form_new(edit->type, false, edit->id) : NULL;

	if (as)
		form_load(as, item);
	for (guint i = 0; as && i < as->rows->len; i++) {
		const struct form_row *from = form_row_at(as, i);
		struct form_row *to = from->path ? form_row_find(edit->form, from->path) : NULL;
		g_autofree char *value =
			to && from->field && from->kind != FORM_ITEMS ? form_row_value(from) : NULL;

		if (value)
			preset(edit, to, value);
	}
	form_free(as);
	node_free(item);
	change_free(says);
}

/* A new item of "partners/+siemens" begins with its partner. */
static void fill_new(struct edit *edit, const struct model *model, const char *subject)
{
	const char *last = strrchr(subject, '/');
	const struct field *key = record_key_field(edit->type);
	struct form_row *row = key ? form_row_find(edit->form, key->key) : NULL;

	if (!edit->list || !row || !last || last[1] != '+' || !last[2])
		return;
	preset(edit, row, last + 2);
	if (edit->type == &partnership_type)
		fill_mirrored(edit, model, last + 2);
	edit->form->focus = MIN(1, edit->form->rows->len - 1);
}

/* Whether an item belongs to the record that the form below edits. */
static bool belongs(const struct edit *edit, const struct edit *around)
{
	return around && (edit->list || edit->item) && !around->list && !around->item &&
	       around->kind == edit->kind && !g_strcmp0(around->id, edit->id);
}

struct edit *edit_new(const struct model *model, const char *subject, const struct edit *around)
{
	struct edit *edit = g_new0(struct edit, 1);

	edit->preset = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	if (!set_subject(edit, subject)) {
		edit_free(edit);
		return NULL;
	}
	edit->around = belongs(edit, around) ? around : NULL;
	struct node *record = record_tree(edit, model);
	const struct node *tree = subject_tree(edit, record);
	bool whole = !edit->list && !edit->item;

	edit->first = edit->list && !record && record_is_single(record_type(edit->kind));
	if (!tree && !edit->first && (edit->id || !whole)) {
		node_free(record);
		edit_free(edit);
		return NULL;
	}
	edit->form = form_new(edit->type, adding(edit), edit->id);
	edit->form->within = edit->around != NULL;
	form_load(edit->form, adding(edit) ? NULL : tree);
	fill_new(edit, model, subject);
	node_free(record);
	return edit;
}

bool edit_exists(const struct model *model, const char *subject)
{
	struct edit *edit = edit_new(model, subject, NULL);
	bool exists = edit != NULL;

	edit_free(edit);
	return exists;
}

void edit_free(struct edit *edit)
{
	if (!edit)
		return;
	form_free(edit->form);
	g_free(edit->id);
	g_free(edit->list);
	g_free(edit->item);
	g_hash_table_unref(edit->preset);
	g_free(edit);
}

void edit_refresh(struct edit *edit, const struct model *model)
{
	/* What is part of a form stands as it stood there. */
	if (!edit->id || edit->around)
		return;
	struct node *record = record_tree(edit, model);
	const struct node *tree = subject_tree(edit, record);

	edit->first = edit->list && !record && record_is_single(record_type(edit->kind));
	edit->gone = !tree && !edit->first;
	if (tree && !adding(edit))
		form_merge(edit->form, model, tree);
	node_free(record);
}

char *edit_why_gone(const struct edit *edit, const struct world *world)
{
	char *error = app_file_error(world, edit->kind, edit->id);

	return error ? error : g_strdup(_("This was removed by somebody else: saving will fail."));
}

char *edit_title(const struct edit *edit, const struct model *model)
{
	const char *kind = _(edit->type->title);

	if (!edit->id && !edit->item)
		return g_strdup_printf(_("New: %s"), kind);
	const struct record_type *record_is = record_type(edit->kind);
	const char *name = record_is_single(record_is) || !edit->id
				   ? _(record_is->title)
				   : model_name(model, edit->kind, edit->id, true);

	if (edit->list)
		return g_strdup_printf(_("%s › New: %s"), name, kind);
	if (!edit->item)
		return g_strdup_printf(_("%s › Edit"), name);
	struct node *record = record_tree(edit, model);
	const struct node *tree = subject_tree(edit, record);
	g_autofree char *item =
		tree ? form_item_text(model, edit->type, tree) : g_strdup(edit->item);

	node_free(record);
	return g_strdup_printf("%s › %s: %s", name, kind, item);
}

bool edit_typed(const struct edit *edit)
{
	for (guint i = 0; i < edit->form->rows->len; i++) {
		const struct form_row *row = form_row_at(edit->form, i);

		if (!row->field || !form_row_changed(row))
			continue;
		g_autofree char *value = form_row_value(row);
		gpointer began;

		/* What was emptied is something to lose as well. */
		if (!g_hash_table_lookup_extended(edit->preset, row->path, NULL, &began) ||
		    g_strcmp0(value, began))
			return true;
	}
	return false;
}

char *edit_tie_subject(const struct model *model, const char *from, const char *to)
{
	const struct institution *one = model_get(model, KIND_INSTITUTION, from);

	for (guint i = 0; one && i < one->partners.n; i++)
		if (!g_strcmp0(ITEMS(struct partnership, one->partners)[i].with, to))
			return g_strdup_printf("institution/%s/partners/%s", from, to);
	return g_strdup_printf("institution/%s/partners/+%s", from, to);
}

char *edit_link(const struct edit *edit, const char *link)
{
	return g_strdup_printf("%s/%s/%s", record_type(edit->kind)->name, edit->id ? edit->id : "+",
			       link);
}

/* --- change ----------------------------------------------------------------------- */

/* The line of a finding is then the row it belongs to, counted from 1. */
static void mark_row(struct node *value, guint line)
{
	value->start.line = value->key_start.line = line;
	for (guint i = 0; value->children && i < value->children->len; i++)
		mark_row(value->children->pdata[i], line);
}

/* What the form says, whole: for something new. */
static struct node *form_tree(const struct edit *edit)
{
	struct node *tree = node_map();

	for (guint i = 0; i < edit->form->rows->len; i++) {
		const struct form_row *row = form_row_at(edit->form, i);
		struct node *value = row->field ? form_row_node(row) : NULL;

		if (!value)
			continue;
		mark_row(value, i + 1);
		node_put(edit->type, tree, row->path, -1, value, NULL);
	}
	return tree;
}

static char *row_path(const struct edit *edit, const struct form_row *row)
{
	return edit->item ? g_strdup_printf("%s.%s", edit->item, row->path) : g_strdup(row->path);
}

static void append_ops(struct change *change, const struct change *more)
{
	struct change *copy = change_copy(more);

	while (copy->ops->len)
		g_ptr_array_add(change->ops, g_ptr_array_steal_index(copy->ops, 0));
	change_free(copy);
}

static void set_changed(const struct edit *edit, struct change *change)
{
	for (guint i = 0; i < edit->form->rows->len; i++) {
		const struct form_row *row = form_row_at(edit->form, i);

		if (!row->field || !form_row_changed(row))
			continue;
		if (row->kind == FORM_ITEMS) {
			append_ops(change, row->pending);
			continue;
		}
		g_autofree char *path = row_path(edit, row);
		g_autofree char *value = form_row_value(row);
		struct op *op = change_set(change, edit->kind, edit->id, path, value);

		/* What was seen when typing; anything else there by now is a conflict. */
		g_free(op->old_text);
		op->old_text = g_strdup(row->base ? row->base : "");
	}
}

struct change *edit_change(const struct edit *edit)
{
	struct change *change = change_new();

	if (!adding(edit)) {
		set_changed(edit, change);
	} else {
		struct node *tree = form_tree(edit);
		g_autofree char *json = node_to_json(tree);
		const struct node *id = node_get(tree, "id");

		if (edit->first) {
			g_autofree char *whole = g_strdup_printf("{\"%s\":[%s]}", edit->list, json);

			change_create(change, edit->kind, edit->id, whole);
		} else if (edit->list)
			change_insert(change, edit->kind, edit->id, edit->list, json);
		else if (id)
			change_create(change, edit->kind, id->text, json);
		node_free(tree);
	}
	if (change->ops->len)
		return change;
	change_free(change);
	return NULL;
}

struct change *edit_remove(const struct edit *edit, const struct model *model)
{
	struct change *change = change_new();
	struct node *record = record_tree(edit, model);
	const struct node *item = subject_tree(edit, record);

	change_remove(change, edit->kind, edit->id, edit->item)->old_text =
		item ? node_to_json(item) : NULL;
	node_free(record);
	return change;
}

bool edit_take(struct edit *edit, const struct change *change)
{
	const struct op *op = g_ptr_array_index(change->ops, 0);
	gsize own = strcspn(op->path, "[");
	g_autofree char *path = g_strndup(op->path, own);
	struct form_row *row = form_row_find(edit->form, path);

	return row && row->kind == FORM_ITEMS && form_items_take(edit->form, row, change);
}

bool edit_move(struct edit *edit, guint at, int by, guint *to)
{
	const struct form_row *row = form_row_at(edit->form, edit->form->focus);
	const struct node *list = row->items;
	int wanted = (int)at + by;
	struct change *change;
	struct op *from;
	bool done;

	if (!list || at >= list->children->len || wanted < 0 || wanted >= (int)list->children->len)
		return false;
	g_autofree char *json = node_to_json(list->children->pdata[at]);

	change = change_new();
	from = change_remove(change, edit->kind, edit->id, row->path);
	from->old_text = g_strdup(json);
	from->position = (int)at;
	change_insert(change, edit->kind, edit->id, row->path, json)->position = wanted;
	done = edit_take(edit, change);
	change_free(change);
	*to = (guint)wanted;
	return done;
}

/* --- check ------------------------------------------------------------------------- */

/* What is not in the model may stand in a file with errors: saving will tell. */
static enum id_state known_id(void *data, guint refs, const char *id)
{
	const struct model *model = data;

	for (int kind = 0; kind < KIND_COUNT; kind++)
		if (refs & (1u << kind) && model_get(model, (enum kind)kind, id))
			return ID_KNOWN;
	return ID_BROKEN;
}

/* The record as it would be after saving; values carry their row as line. */
static struct node *tree_after(const struct edit *edit, const struct model *model)
{
	const struct record_type *type = record_type(edit->kind);
	struct node *record = record_tree(edit, model);

	if (adding(edit)) {
		struct node *tree = form_tree(edit);

		if (edit->first)
			record = node_map();
		if (!edit->list || !record) {
			node_free(record);
			return tree;
		}
		node_put(type, record, edit->list, -1, tree, NULL);
		return record;
	}
	for (guint i = 0; record && i < edit->form->rows->len; i++) {
		const struct form_row *row = form_row_at(edit->form, i);

		if (!row->field || (row->kind == FORM_ITEMS && !form_row_changed(row)))
			continue;
		g_autofree char *path = row_path(edit, row);

		if (form_row_changed(row))
			node_put(type, record, path, -1, form_row_node(row), NULL);
		struct node *value = node_find(type, record, path);

		if (value)
			mark_row(value, i + 1);
	}
	return record;
}

static void check_new_id(struct edit *edit, const struct model *model)
{
	struct form_row *row = form_row_find(edit->form, "id");
	guint at;

	if (edit->id || edit->around || !row || row->error ||
	    !g_ptr_array_find(edit->form->rows, row, &at))
		return;
	g_autofree char *id = form_row_value(row);

	if (!id || !model_get(model, edit->kind, id))
		return;
	g_autofree char *message = g_strdup_printf(_("there is already one: %s"),
						   model_name(model, edit->kind, id, false));

	form_blame(edit->form, at, message, _("edit that one, or choose another id"));
}

/* What the entry would say twice is blamed on the row that it comes from. */
static void check_doubled(struct edit *edit, const struct model *model, const void *after)
{
	const struct institution *before =
		edit->id ? model_get(model, KIND_INSTITUTION, edit->id) : NULL;
	const struct partnership *former = edit->kind == KIND_INSTITUTION && after
						   ? partners_newly_doubled(before, after)
						   : NULL;
	struct form_row *row = former ? form_row_find(edit->form, "with") : NULL;
	guint at;

	row = row || !former ? row : form_row_find(edit->form, "partners");
	if (!row || !g_ptr_array_find(edit->form->rows, row, &at))
		return;
	g_autofree char *message = partner_doubled_text(former);

	form_blame(edit->form, at, message, partner_doubled_hint());
}

guint edit_check(struct edit *edit, const struct model *model, bool go)
{
	const struct record_type *type = record_type(edit->kind);
	struct check check = { .network = model->network,
			       .id = known_id,
			       .data = (void *)model,
			       .today = model->today };
	struct findings *findings = findings_new();
	struct pool *pool = pool_new();
	struct node *tree = tree_after(edit, model);
	const struct node *id = tree ? node_get(tree, "id") : NULL;
	const void *after = NULL;
	g_autofree char *file = id && type->folder && *type->folder
					? g_strdup_printf("%s/%s.yaml", type->folder, id->text)
					: NULL;

	form_absolve(edit->form);
	if (tree)
		after = node_to_record(type, tree, &check, file, pool, findings);
	for (guint i = 0; i < findings->all->len; i++) {
		const struct finding *finding = g_ptr_array_index(findings->all, i);

		if (finding->severity == SEVERITY_ERROR && finding->line > 0)
			form_blame(edit->form, finding->line - 1, finding->message, finding->hint);
	}
	check_new_id(edit, model);
	check_doubled(edit, model, after);
	node_free(tree);
	pool_unref(pool);
	findings_free(findings);
	return form_errors(edit->form, go);
}

/* --- drafts -------------------------------------------------------------------------- */

char *edit_draft(const struct edit *edit)
{
	struct node *draft = node_map();
	char *text = NULL;

	for (guint i = 0; i < edit->form->rows->len; i++) {
		const struct form_row *row = form_row_at(edit->form, i);

		if (!row->field || !form_row_changed(row))
			continue;
		if (row->kind == FORM_ITEMS) {
			node_append(draft, row->path, form_items_kept(row));
			continue;
		}
		g_autofree char *value = form_row_value(row);
		struct node *entry = node_append(draft, row->path, node_map());

		if (row->base)
			node_append(entry, "base", node_scalar(row->base));
		if (value)
			node_append(entry, "typed", node_scalar(value));
	}
	if (draft->children->len)
		text = node_to_json(draft);
	node_free(draft);
	return text;
}

static const char *text_of(const struct node *map, const char *key)
{
	const struct node *node = node_get(map, key);

	return node && node->type == NODE_SCALAR ? node->text : NULL;
}

bool edit_restore(struct edit *edit, const struct model *model, const char *draft)
{
	struct node *tree = node_from_json(draft, NULL);
	bool any = false;

	for (guint i = 0; tree && tree->type == NODE_MAP && i < tree->children->len; i++) {
		const struct node *entry = tree->children->pdata[i];
		struct form_row *row = form_row_find(edit->form, entry->key);

		if (!row || entry->type != NODE_MAP)
			continue;
		if (row->kind == FORM_ITEMS) {
			any |= form_items_restore(edit->form, row, model, entry);
			continue;
		}
		form_row_put(edit->form, row, text_of(entry, "typed"));
		any = true;
		if (g_strcmp0(text_of(entry, "base"), row->base) && form_row_changed(row)) {
			g_free(row->theirs);
			row->theirs = form_value_text(model, row->field, row->base);
		}
	}
	node_free(tree);
	return any;
}
