/*
 * Records for people and programs: the parts of cards and JSON, made from the
 * field tables.
 */
#include "cli/print.h"

#include "base/text.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n.h>

#define LABEL_LEAST 14 /* columns of the labels of a card, with two blanks around */
#define LABEL_MOST  34

static void json_one(struct json *json, const struct field *field, const char *text)
{
	if (field->type == FIELD_INTEGER || field->type == FIELD_NUMBER)
		json_number(json, g_ascii_strtod(text, NULL));
	else
		json_string(json, text);
}

static void json_scalar(struct json *json, const struct field *field, const void *record)
{
	g_autofree char *text = NULL;

	if (field->flags & FIELD_MANY) {
		const char *const *list = *(const char *const *const *)field_at(field, record);
		json_open_array(json);
		for (; list && *list; list++)
			json_one(json, field, *list);
		json_close_array(json);
		return;
	}
	text = field_text(field, record);
	json_one(json, field, text ? text : "");
}

static void json_members(struct json *json, const struct record_type *type, const void *record,
			 bool private)
{
	for (guint i = 0; i < type->n_fields; i++) {
		const struct field *field = &type->fields[i];

		if (!field_is_set(field, record) || ((field->flags & FIELD_PRIVATE) && !private))
			continue;
		json_key(json, field->key);
		if (field->type == FIELD_GROUP) {
			print_json_record(json, field->sub, field_at(field, record), private);
		} else if (field->type == FIELD_ITEMS) {
			const struct items *items = field_at(field, record);
			json_open_array(json);
			for (guint n = 0; n < items->n; n++)
				print_json_record(json, field->sub,
						  (const char *)items->at +
							  (gsize)n * field->sub->size,
						  private);
			json_close_array(json);
		} else {
			json_scalar(json, field, record);
		}
	}
}

void print_json_record(struct json *json, const struct record_type *type, const void *record,
		       bool private)
{
	json_open_object(json);
	json_members(json, type, record, private);
	json_close_object(json);
}

void print_json_kind(struct json *json, enum kind kind, const void *record, bool private)
{
	json_open_object(json);
	/* `record` and not `kind`: programmes have a field of that name. */
	json_put_string(json, "record", record_type(kind)->name);
	json_members(json, record_type(kind), record, private);
	json_close_object(json);
}

void print_part(const struct cli *cli, const char *title)
{
	fputc('\n', cli->out.stream);
	out_heading(&cli->out, title);
	fputc('\n', cli->out.stream);
}

static bool is_address(const char *text)
{
	return g_str_has_prefix(text, "http://") || g_str_has_prefix(text, "https://");
}

/* Addresses are copied, so they stay in one piece even where they do not fit; one a line. */
static void address_print(const struct cli *cli, int indent, const char *label, const char *text)
{
	g_auto(GStrv) addresses = g_strsplit(text, "; ", -1);

	for (guint i = 0; addresses[i]; i++) {
		g_autofree char *front = text_fit(i == 0 ? label : "", indent, true);
		out_printf(&cli->out, "%s%s\n", front, addresses[i]);
	}
}

/* Whether a card shows the field as a line: items have parts of their own. */
static bool is_line(const struct field *field, const void *record, bool private,
		    const char *const *leave_out)
{
	return field->type != FIELD_ITEMS && field_is_set(field, record) &&
	       (private || !(field->flags & FIELD_PRIVATE)) &&
	       !(leave_out && g_strv_contains(leave_out, field->key));
}

/* Columns that the labels of a card take, those of its groups included. */
static int label_columns(const struct record_type *type, const void *record, bool private,
			 const char *const *leave_out)
{
	int columns = LABEL_LEAST;

	for (guint i = 0; i < type->n_fields; i++) {
		const struct field *field = &type->fields[i];
		int wide;

		if (!is_line(field, record, private, leave_out))
			continue;
		wide = field->type == FIELD_GROUP
			       ? label_columns(field->sub, field_at(field, record), private, NULL)
			       : text_width(_(field->label)) + 4;
		columns = MAX(columns, MIN(wide, LABEL_MOST));
	}
	return columns;
}

static void lines_print(const struct cli *cli, const struct record_type *type, const void *record,
			bool private, const char *const *leave_out, int indent)
{
	for (guint i = 0; i < type->n_fields; i++) {
		const struct field *field = &type->fields[i];
		g_autofree char *value = NULL, *label = NULL;

		if (!is_line(field, record, private, leave_out))
			continue;
		if (field->type == FIELD_GROUP) {
			lines_print(cli, field->sub, field_at(field, record), private, NULL,
				    indent);
			continue;
		}
		value = model_field_text(cli->model, field, record);
		label = g_strdup_printf("  %s", _(field->label));
		if (value && is_address(value))
			address_print(cli, indent, label, value);
		else if (value)
			cli_paragraph(cli, indent, label, value);
	}
}

void print_fields(const struct cli *cli, const struct record_type *type, const void *record,
		  bool private, const char *const *leave_out)
{
	lines_print(cli, type, record, private, leave_out,
		    label_columns(type, record, private, leave_out));
}

char *print_item(const struct model *model, const struct record_type *type, const void *item)
{
	GString *line = g_string_new(NULL);

	for (guint i = 0; i < type->n_fields; i++) {
		const struct field *field = &type->fields[i];
		g_autofree char *value = NULL;

		/* Addresses of sources are for --json: a line of them says nothing. */
		if (!field_is_set(field, item) || field->type == FIELD_ITEMS ||
		    field->type == FIELD_GROUP || !strcmp(field->key, "source") ||
		    !strcmp(field->key, "evidence"))
			continue;
		value = model_field_text(model, field, item);
		if (value)
			g_string_append_printf(line, "%s%s", line->len > 0 ? " · " : "", value);
	}
	return g_string_free(line, FALSE);
}

char *print_terms(const struct model *model, enum vocabulary vocabulary, const GPtrArray *ids)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < ids->len; i++)
		g_string_append_printf(
			text, "%s%s", i > 0 ? ", " : "",
			model_term_name(model, vocabulary, g_ptr_array_index(ids, i)));
	return g_string_free(text, FALSE);
}
