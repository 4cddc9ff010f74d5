/*
 * JSON Schema from the field tables.  What only the program can know (does the
 * partner exist, is the word in this network's vocabulary) is not for a schema.
 */
#include "data/schema.h"

#include "base/json.h"

#include <string.h>

static void write_object(struct json *json, const struct record_type *type);

static void write_types(struct json *json, const char *const *names)
{
	json_key(json, "type");
	if (!names[1]) {
		json_string(json, names[0]);
		return;
	}
	json_open_array(json);
	for (; *names; names++)
		json_string(json, *names);
	json_close_array(json);
}

/* YAML readers take 2023 for a number: whatever may look like one may be one. */
static void write_text_type(struct json *json, const struct field *field)
{
	static const char *const text[] = { "string", NULL };
	static const char *const loose[] = { "string", "number", "boolean", NULL };
	static const char *const dated[] = { "string", "integer", NULL };

	switch (field->type) {
	case FIELD_DATE:
		write_types(json, dated);
		json_put_string(json, "pattern", "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$");
		break;
	case FIELD_ID:
	case FIELD_REF:
		write_types(json, text);
		json_put_string(json, "pattern", "^[a-z0-9]+(-[a-z0-9]+)*$");
		json_put_integer(json, "maxLength", 64);
		break;
	case FIELD_URL:
		write_types(json, text);
		json_put_string(json, "pattern", "^https?://[^/ ]");
		break;
	case FIELD_COUNTRY:
		write_types(json, text);
		json_put_string(json, "pattern", "^[A-Z]{2}$");
		break;
	case FIELD_SUBDIVISION:
		write_types(json, text);
		json_put_string(json, "pattern", "^[A-Z]{2}-[A-Z0-9]{1,3}$");
		break;
	case FIELD_MONEY:
		write_types(json, text);
		json_put_string(json, "pattern", "^[0-9]+(\\.[0-9]{2})? [A-Z]{3}$");
		break;
	case FIELD_TERM:
		write_types(json, text);
		break;
	default:
		write_types(json, loose);
		break;
	}
}

static void write_choices(struct json *json, const struct choice *choices)
{
	json_key(json, "enum");
	json_open_array(json);
	for (; choices->id; choices++)
		json_string(json, choices->id);
	json_close_array(json);
}

static void write_number(struct json *json, const struct field *field)
{
	json_put_string(json, "type", field->type == FIELD_INTEGER ? "integer" : "number");
	if (field->least < 0 || field->most > 0) {
		json_put_number(json, "minimum", field->least);
		json_put_number(json, "maximum", field->most);
	}
}

static void write_value(struct json *json, const struct field *field)
{
	if (field->type == FIELD_CHOICE)
		write_choices(json, field->choices);
	else if (field->type == FIELD_INTEGER || field->type == FIELD_NUMBER)
		write_number(json, field);
	else
		write_text_type(json, field);
}

static void write_field(struct json *json, const struct field *field)
{
	json_key(json, field->key);
	json_open_object(json);
	json_put_string(json, "title", field->label);
	json_put_string(json, "description", field->help);
	if (field->type == FIELD_GROUP) {
		write_object(json, field->sub);
	} else if (field->type == FIELD_ITEMS) {
		json_put_string(json, "type", "array");
		json_key(json, "items");
		json_open_object(json);
		write_object(json, field->sub);
		json_close_object(json);
	} else if (field->flags & FIELD_MANY) {
		/* one value may stand without brackets */
		json_key(json, "anyOf");
		json_open_array(json);
		json_open_object(json);
		json_put_string(json, "type", "array");
		json_key(json, "items");
		json_open_object(json);
		write_value(json, field);
		json_close_object(json);
		json_close_object(json);
		json_open_object(json);
		write_value(json, field);
		json_close_object(json);
		json_close_array(json);
	} else {
		write_value(json, field);
	}
	json_close_object(json);
}

static void write_object(struct json *json, const struct record_type *type)
{
	bool required = false;

	json_put_string(json, "type", "object");
	json_put_bool(json, "additionalProperties", false);
	json_key(json, "properties");
	json_open_object(json);
	for (guint i = 0; i < type->n_fields; i++)
		if (!(type->fields[i].flags & FIELD_DERIVED))
			write_field(json, &type->fields[i]);
	json_close_object(json);
	for (guint i = 0; i < type->n_fields; i++) {
		if (!(type->fields[i].flags & FIELD_REQUIRED))
			continue;
		if (!required) {
			json_key(json, "required");
			json_open_array(json);
		}
		required = true;
		json_string(json, type->fields[i].key);
	}
	if (required)
		json_close_array(json);
}

char *schema_json(enum kind kind)
{
	const struct record_type *type = record_type(kind);
	GString *out = g_string_new(NULL);
	struct json json;

	json_init(&json, out, true);
	json_open_object(&json);
	json_put_string(&json, "$schema", "http://json-schema.org/draft-07/schema#");
	json_put_string(&json, "title", type->title);
	write_object(&json, type);
	json_close_object(&json);
	if (!out->len || out->str[out->len - 1] != '\n')
		g_string_append_c(out, '\n');
	return g_string_free(out, FALSE);
}
