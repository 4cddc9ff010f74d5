/*
 * Records as columns, from the table of fields: what a spreadsheet or a graph
 * file can hold of them.  Not for writing cells (csv.c, graphml.c).
 */
#include "graph/export/columns.h"

#include <string.h>

#include <glib/gi18n.h>

void column_free(void *data)
{
	struct column *column = data;
	g_free(column->name);
	g_free(column->read);
	g_free(column);
}

static struct column *add_column(GPtrArray *columns, const struct field *field, guint offset,
				 const char *prefix, const char *suffix)
{
	struct column *column = g_new0(struct column, 1);
	column->name = g_strconcat(prefix, field->key, suffix, NULL);
	column->read = g_strdup(_(field->label));
	for (char *c = column->name; *c; c++)
		*c = *c == '-' ? '_' : *c;
	column->field = field;
	column->offset = offset;
	column->integer = field->type == FIELD_INTEGER;
	column->number = column->integer || field->type == FIELD_NUMBER;
	g_ptr_array_add(columns, column);
	return column;
}

/* "budget" is budget_amount and budget_currency, "amount" is amount and currency. */
static void add_money(GPtrArray *columns, const struct field *field, guint offset,
		      const char *prefix)
{
	bool bare = strcmp(field->key, "amount") == 0;
	struct column *amount = add_column(columns, field, offset, prefix, bare ? "" : "_amount");
	struct column *currency = add_column(columns, field, offset, prefix, "_currency");
	amount->number = true;
	currency->currency = true;
	g_free(currency->read);
	currency->read = bare ? g_strdup(_("Currency"))
			      : g_strdup_printf(_("%s: currency"), _(field->label));
	if (!bare)
		return;
	g_free(currency->name);
	currency->name = g_strconcat(prefix, "currency", NULL);
}

static void add_columns(GPtrArray *columns, const struct record_type *type, guint offset,
			const char *prefix)
{
	for (guint i = 0; i < type->n_fields; i++) {
		const struct field *field = &type->fields[i];
		if (field->flags & FIELD_PRIVATE || field->type == FIELD_ITEMS)
			continue;
		if (field->type == FIELD_GROUP) {
			g_autofree char *inner = g_strconcat(prefix, field->key, "_", NULL);
			add_columns(columns, field->sub, offset + field->offset, inner);
		} else if (field->type == FIELD_MONEY) {
			add_money(columns, field, offset, prefix);
		} else {
			add_column(columns, field, offset, prefix, "");
		}
	}
}

GPtrArray *columns_new(const struct record_type *type)
{
	GPtrArray *columns = g_ptr_array_new_with_free_func(column_free);
	add_columns(columns, type, 0, "");
	return columns;
}

static const struct items *attributes_of(const struct field *field, const void *record)
{
	return field_at(field, record);
}

static int by_text(gconstpointer a, gconstpointer b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

void columns_add_attributes(GPtrArray *columns, const struct record_type *type,
			    const void *const *records, guint n)
{
	const struct field *field = record_field(type, "attributes");
	g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(GPtrArray) keys = g_ptr_array_new();

	for (guint i = 0; field && i < n; i++) {
		const struct items *own = attributes_of(field, records[i]);
		for (guint j = 0; j < own->n; j++) {
			const char *key = ITEMS(struct extra, *own)[j].key;
			if (g_hash_table_add(known, (gpointer)(gsize)key))
				g_ptr_array_add(keys, (gpointer)(gsize)key);
		}
	}
	g_ptr_array_sort(keys, by_text);
	for (guint i = 0; i < keys->len; i++) {
		struct column *column = add_column(columns, field, 0, "x_", "");
		column->attribute = keys->pdata[i];
		g_free(column->name);
		g_free(column->read);
		column->read = g_strdup(column->attribute);
		column->name = g_strconcat("x_", column->attribute, NULL);
		g_strdelimit(column->name, "-", '_');
	}
}

void columns_add_members(GPtrArray *columns, const struct net *net)
{
	g_autoptr(GPtrArray) seen = g_ptr_array_new();

	for (guint v = 0; v < net->n; v++)
		g_ptr_array_add(
			seen, (gpointer)(gsize)model_institution(net->model, net->institution[v]));
	columns_add_attributes(columns, record_type(KIND_INSTITUTION),
			       (const void *const *)seen->pdata, seen->len);
}

void columns_add_claims(GPtrArray *columns, const struct net *net)
{
	g_autoptr(GPtrArray) says = g_ptr_array_new();

	for (guint e = 0; e < net->m; e++) {
		const struct tie *tie = &net->model->ties[net->tie[e]];
		for (guint i = 0; i < tie->n_claims; i++)
			g_ptr_array_add(
				says,
				(gpointer)(gsize)net->model->claims[tie->first_claim + i].says);
	}
	columns_add_attributes(columns, &partnership_type, (const void *const *)says->pdata,
			       says->len);
}

static char *attribute_text(const struct column *column, const void *record)
{
	const struct items *own = attributes_of(column->field, record);

	for (guint i = 0; i < own->n; i++) {
		const struct extra *extra = &ITEMS(struct extra, *own)[i];
		if (strcmp(extra->key, column->attribute) == 0)
			return g_strdup(extra->value);
	}
	return NULL;
}

char *column_text(const struct column *column, const void *record)
{
	if (column->attribute)
		return attribute_text(column, record);
	const char *at = (const char *)record + column->offset;
	g_autofree char *text = field_text(column->field, at);
	if (!text || column->field->type != FIELD_MONEY)
		return g_steal_pointer(&text);
	char *blank = strchr(text, ' ');
	if (!blank)
		return column->currency ? NULL : g_steal_pointer(&text);
	return column->currency ? g_strdup(blank + 1) : g_strndup(text, (gsize)(blank - text));
}

static const char *read_word(const struct model *model, const struct names *names,
			     const struct field *field, const char *word)
{
	for (guint k = 0; field->type == FIELD_REF && k < KIND_COUNT; k++) {
		int i = field->refs & (1u << k) ? model_find(model, (enum kind)k, word) : -1;
		if (i >= 0)
			return names->of[k][i];
	}
	return model_word_text(model, field, word);
}

char *column_read(const struct column *column, const struct model *model, const struct names *names,
		  const void *record)
{
	g_autofree char *text = column_text(column, record);
	const struct field *field = column->field;
	if (!text || column->attribute || column->number || field->type == FIELD_MONEY)
		return g_steal_pointer(&text);
	if (!(field->flags & FIELD_MANY))
		return g_strdup(read_word(model, names, field, text));
	g_auto(GStrv) words = g_strsplit(text, "; ", -1);
	GString *read = g_string_new(NULL);
	for (guint i = 0; words[i]; i++)
		g_string_append_printf(read, "%s%s", i > 0 ? "; " : "",
				       read_word(model, names, field, words[i]));
	return g_string_free(read, FALSE);
}

char *column_of_measure(const char *id)
{
	char *name = g_strconcat("m_", id, NULL);
	for (char *c = name; *c; c++)
		*c = *c == '-' ? '_' : *c;
	return name;
}
