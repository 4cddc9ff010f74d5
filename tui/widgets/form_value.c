/*
 * What a row of a form holds: typed text to canonical values and back, and values
 * as people read them.  Rows and keys are in form.c.
 */
#include "tui/widgets/form.h"

#include <string.h>

#include <glib/gi18n.h>

#include "base/context.h"
#include "data/typed.h"

bool form_is_picked(const struct field *field)
{
	return field->type == FIELD_REF || field->type == FIELD_CHOICE ||
	       field->type == FIELD_TERM || field->type == FIELD_COUNTRY;
}

/* --- lists ------------------------------------------------------------------ */

/* Addresses and titles may hold commas; numbers and codes cannot. */
static bool splits(const struct field *field, char letter)
{
	bool free_text =
		field->type == FIELD_TEXT || field->type == FIELD_PROSE || field->type == FIELD_URL;

	return letter == ';' || (letter == ',' && !free_text);
}

char *form_list_join(const struct node *list)
{
	GString *out = g_string_new(NULL);

	for (guint i = 0; i < list->children->len; i++) {
		const struct node *item = list->children->pdata[i];
		const char *text = item->text ? item->text : "";

		if (i)
			g_string_append(out, "; ");
		if (!strpbrk(text, ";\"") && !g_ascii_isspace(text[0])) {
			g_string_append(out, text);
			continue;
		}
		g_string_append_c(out, '"');
		for (const char *p = text; *p; p++) {
			if (*p == '"')
				g_string_append_c(out, '"');
			g_string_append_c(out, *p);
		}
		g_string_append_c(out, '"');
	}
	return g_string_free(out, FALSE);
}

static const char *quoted_word(const char *p, GString *word)
{
	for (p++; *p; p++) {
		if (*p == '"' && p[1] != '"')
			return p + 1;
		if (*p == '"')
			p++;
		g_string_append_c(word, *p);
	}
	return p;
}

static struct node *form_list_split(const struct field *field, const char *text)
{
	struct node *list = node_list();
	g_autoptr(GString) word = g_string_new(NULL);

	for (const char *p = text; *p;) {
		bool quoted = false;

		g_string_truncate(word, 0);
		while (*p == ' ')
			p++;
		if (*p == '"') {
			quoted = true;
			p = quoted_word(p, word);
		}
		for (; *p && !splits(field, *p); p++)
			g_string_append_c(word, *p);
		if (!quoted)
			g_strchomp(word->str);
		if (word->str[0])
			node_append(list, NULL, node_scalar(word->str));
		if (*p)
			p++;
	}
	return list;
}

/* --- typed text -------------------------------------------------------------- */

/* One scalar through the field's own reading: its canonical text, or NULL and why. */
static char *canonical(const struct form_row *row, const char *text, char **message, char **hint)
{
	struct field one = *row->field;
	g_autofree void *scratch = g_malloc0(row->holder->size);
	/* What stands there was not typed. */
	bool stands = g_strcmp0(text, row->base) == 0;
	g_autofree char *meant =
		stands ? g_strdup(text) : typed_value(row->field, text, message, hint);
	struct pool *pool;
	char *result = NULL;

	if (!meant)
		return NULL;
	pool = pool_new();

	/* Lists of numbers are kept as words: each is still checked as a number. */
	one.flags &= ~(guint)FIELD_MANY;
	record_clear(row->holder, scratch);
	if (field_parse(&one, meant, scratch, pool, message, hint))
		result = field_text(&one, scratch);
	pool_unref(pool);
	return result;
}

static struct node *typed_list(const struct form_row *row, const char *text, char **message,
			       char **hint)
{
	struct node *typed = form_list_split(row->field, text);
	struct node *list = node_list();

	for (guint i = 0; i < typed->children->len; i++) {
		const struct node *word = typed->children->pdata[i];
		g_autofree char *good = canonical(row, word->text, message, hint);

		if (!good) {
			node_free(list);
			node_free(typed);
			return NULL;
		}
		node_append(list, NULL, node_scalar(good));
	}
	node_free(typed);
	if (list->children->len)
		return list;
	node_free(list);
	return NULL;
}

/* Prose shows its line breaks as a letter, so that it fits one row. */
static char *typed_text(const struct form_row *row)
{
	char *text = g_strdup(row->edit->text->str);

	if (row->field->type == FIELD_PROSE) {
		g_auto(GStrv) lines = g_strsplit(text, "⏎", -1);

		g_free(text);
		text = g_strjoinv("\n", lines);
	}
	return g_strstrip(text);
}

struct node *form_typed_node(const struct form_row *row, char **message, char **hint)
{
	g_autofree char *text = typed_text(row);

	*message = *hint = NULL;
	if (!text[0])
		return NULL;
	if (row->field->flags & FIELD_MANY)
		return typed_list(row, text, message, hint);
	g_autofree char *good = canonical(row, text, message, hint);

	return good ? node_scalar(good) : NULL;
}

static struct node *picked_node(const struct form_row *row)
{
	if (!row->ids->len)
		return NULL;
	if (!(row->field->flags & FIELD_MANY))
		return node_scalar(g_ptr_array_index(row->ids, 0));
	struct node *list = node_list();

	for (guint i = 0; i < row->ids->len; i++)
		node_append(list, NULL, node_scalar(g_ptr_array_index(row->ids, i)));
	return list;
}

struct node *form_row_node(const struct form_row *row)
{
	g_autofree char *message = NULL, *hint = NULL;

	if (row->kind == FORM_PICKED)
		return picked_node(row);
	if (row->kind == FORM_TYPED)
		return form_typed_node(row, &message, &hint);
	if (row->kind == FORM_ITEMS && row->items)
		return node_copy(row->items);
	return NULL;
}

static char *node_value(const struct node *node)
{
	if (!node)
		return NULL;
	return node->type == NODE_SCALAR ? g_strdup(node->text) : node_to_json(node);
}

char *form_row_value(const struct form_row *row)
{
	g_autofree char *message = NULL, *hint = NULL;
	struct node *node = row->kind == FORM_TYPED ? form_typed_node(row, &message, &hint)
						    : form_row_node(row);
	char *value = message ? typed_text(row) : node_value(node);

	node_free(node);
	return value;
}

bool form_row_changed(const struct form_row *row)
{
	if (!row->touched)
		return false;
	g_autofree char *value = form_row_value(row);

	return g_strcmp0(value, row->base) != 0;
}

/* --- for people ---------------------------------------------------------------- */

const char *form_id_text(const struct model *model, const struct field *field, const char *id)
{
	switch (field->type) {
	case FIELD_CHOICE: {
		int i = choice_index(field->choices, id);

		return i < 0 ? id : in_context(field->choices[i].label);
	}
	case FIELD_TERM:
		return model_term_name(model, field->vocabulary, id);
	case FIELD_COUNTRY:
		return country_name(id);
	case FIELD_REF:
		for (int kind = 0; kind < KIND_COUNT; kind++)
			if (field->refs & (1u << kind) && model_get(model, (enum kind)kind, id))
				return model_name(model, (enum kind)kind, id, false);
		return id;
	default:
		return id;
	}
}

char *form_value_text(const struct model *model, const struct field *field, const char *value)
{
	if (!value)
		return g_strdup("—");
	if (!(field->flags & FIELD_MANY)) {
		g_auto(GStrv) lines = g_strsplit(form_id_text(model, field, value), "\n", -1);

		return g_strjoinv(" ⏎ ", lines);
	}
	struct node *list = node_from_json(value, NULL);
	GString *out = g_string_new(NULL);

	if (!list || list->type != NODE_LIST)
		g_string_append(out, value);
	for (guint i = 0; list && list->type == NODE_LIST && i < list->children->len; i++) {
		const struct node *item = list->children->pdata[i];

		g_string_append(out, i ? "; " : "");
		g_string_append(out, form_id_text(model, field, item->text ? item->text : ""));
	}
	node_free(list);
	return g_string_free(out, FALSE);
}

char *form_item_text(const struct model *model, const struct record_type *type,
		     const struct node *item)
{
	GString *out = g_string_new(NULL);
	guint said = 0;

	for (guint i = 0; i < type->n_fields && said < 2; i++) {
		const struct field *field = &type->fields[i];
		const struct node *value = node_get(item, field->key);
		bool id = field->type == FIELD_ID;
		bool brief = field->flags & FIELD_KEY || field->type == FIELD_TEXT ||
			     field->type == FIELD_DATE;

		/* An id is for files; people know the thing by its title. */
		if (id && (node_get(item, "title") || node_get(item, "name")))
			continue;
		if (!value || value->type != NODE_SCALAR || !brief)
			continue;
		if (said++)
			g_string_append(out, " · ");
		g_string_append(out, form_id_text(model, field, value->text));
	}
	return g_string_free(out, FALSE);
}
