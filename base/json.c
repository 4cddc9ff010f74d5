/*
 * A streaming JSON writer: what large exports and --json print.  Not for reading
 * JSON; json-glib does that.
 */
#include "base/json.h"

#include "base/text.h"

#include <math.h>
#include <string.h>

#define DEPTH_MAX 63

void json_init(struct json *json, GString *out, bool pretty)
{
	memset(json, 0, sizeof *json);
	json->out = out;
	json->pretty = pretty;
}

static guint64 depth_bit(const struct json *json)
{
	return G_GUINT64_CONSTANT(1) << MIN(json->depth, DEPTH_MAX);
}

static void new_line(struct json *json)
{
	if (!json->pretty)
		return;
	g_string_append_c(json->out, '\n');
	for (guint i = 0; i < json->depth; i++)
		g_string_append(json->out, "  ");
}

/* What stands before a value or a key: a comma where something precedes, a new line. */
static void separate(struct json *json)
{
	if (json->after_key) {
		json->after_key = false;
		return;
	}
	if (json->filled & depth_bit(json))
		g_string_append_c(json->out, ',');
	json->filled |= depth_bit(json);
	if (json->depth > 0)
		new_line(json);
}

static void open_with(struct json *json, char bracket)
{
	separate(json);
	g_string_append_c(json->out, bracket);
	json->depth++;
	json->filled &= ~depth_bit(json);
}

static void close_with(struct json *json, char bracket)
{
	bool filled = (json->filled & depth_bit(json)) != 0;

	g_return_if_fail(json->depth > 0);
	json->depth--;
	if (filled)
		new_line(json);
	g_string_append_c(json->out, bracket);
}

void json_open_object(struct json *json)
{
	open_with(json, '{');
}

void json_close_object(struct json *json)
{
	close_with(json, '}');
}

void json_open_array(struct json *json)
{
	open_with(json, '[');
}

void json_close_array(struct json *json)
{
	close_with(json, ']');
}

static void append_unit(GString *out, gunichar c)
{
	switch (c) {
	case '"':
		g_string_append(out, "\\\"");
		break;
	case '\\':
		g_string_append(out, "\\\\");
		break;
	case '\n':
		g_string_append(out, "\\n");
		break;
	case '\t':
		g_string_append(out, "\\t");
		break;
	case '\r':
		g_string_append(out, "\\r");
		break;
	default:
		/* What could act on a terminal or hide stands as an escape: JSON is looked at, too.
		 */
		if (!text_is_harmful(c))
			g_string_append_unichar(out, c);
		else if (c < 0x10000)
			g_string_append_printf(out, "\\u%04x", c);
		else
			g_string_append_printf(out, "\\u%04x\\u%04x",
					       0xd800 + ((c - 0x10000) >> 10),
					       0xdc00 + ((c - 0x10000) & 0x3ff));
	}
}

/* How many bytes from here on stand for themselves whatever they are next to. */
static gsize plain_run(const char *text)
{
	gsize n = 0;

	while (text[n] >= ' ' && text[n] <= '~' && text[n] != '"' && text[n] != '\\')
		n++;
	return n;
}

static void append_quoted(GString *out, const char *text)
{
	g_autofree char *valid = NULL;

	if (!g_utf8_validate(text, -1, NULL))
		text = valid = g_utf8_make_valid(text, -1);
	g_string_append_c(out, '"');
	while (*text) {
		gsize plain = plain_run(text);
		if (plain > 0)
			g_string_append_len(out, text, (gssize)plain);
		text += plain;
		if (!*text)
			break;
		append_unit(out, g_utf8_get_char(text));
		text = g_utf8_next_char(text);
	}
	g_string_append_c(out, '"');
}

void json_key(struct json *json, const char *key)
{
	separate(json);
	append_quoted(json->out, key);
	g_string_append(json->out, json->pretty ? ": " : ":");
	json->after_key = true;
}

void json_string(struct json *json, const char *value)
{
	separate(json);
	if (value)
		append_quoted(json->out, value);
	else
		g_string_append(json->out, "null");
}

void json_number(struct json *json, double value)
{
	separate(json);
	if (isfinite(value))
		json_append_number(json->out, value);
	else
		g_string_append(json->out, "null");
}

void json_integer(struct json *json, gint64 value)
{
	separate(json);
	g_string_append_printf(json->out, "%" G_GINT64_FORMAT, value);
}

static void json_bool(struct json *json, bool value)
{
	separate(json);
	g_string_append(json->out, value ? "true" : "false");
}

void json_null(struct json *json)
{
	separate(json);
	g_string_append(json->out, "null");
}

void json_put_string(struct json *json, const char *key, const char *value)
{
	json_key(json, key);
	json_string(json, value);
}

void json_put_string_if(struct json *json, const char *key, const char *value)
{
	if (value)
		json_put_string(json, key, value);
}

void json_put_number(struct json *json, const char *key, double value)
{
	json_key(json, key);
	json_number(json, value);
}

void json_put_integer(struct json *json, const char *key, gint64 value)
{
	json_key(json, key);
	json_integer(json, value);
}

void json_put_bool(struct json *json, const char *key, bool value)
{
	json_key(json, key);
	json_bool(json, value);
}
