/*
 * Trees of text as JSON and back (RFC 8259).  Strict in form, except that a string may
 * hold control characters: whether a field may is the field's business.  Numbers become
 * the text that telar would write; of a key that stands twice the last value counts.
 */
#include "data/node.h"

#include "base/errors.h"
#include "base/json.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>

#include <glib/gi18n.h>

#define KEYS_LOOKED_AT 16 /* one after the other, before keys are hashed */

static void write_json(struct json *json, const struct node *node)
{
	if (node->type == NODE_SCALAR) {
		json_string(json, node->text);
		return;
	}
	bool map = node->type == NODE_MAP;

	if (map)
		json_open_object(json);
	else
		json_open_array(json);
	for (guint i = 0; i < node->children->len; i++) {
		const struct node *child = node->children->pdata[i];

		if (map)
			json_key(json, child->key);
		write_json(json, child);
	}
	if (map)
		json_close_object(json);
	else
		json_close_array(json);
}

char *node_to_json(const struct node *node)
{
	GString *out = g_string_new(NULL);
	struct json json;

	json_init(&json, out, false);
	write_json(&json, node);
	return g_string_free(out, FALSE);
}

#define DEPTH_MAX 64

bool json_is_too_deep(const char *text, gsize length)
{
	guint depth = 0;
	bool quoted = false;

	for (gsize i = 0; i < length; i++) {
		if (quoted && text[i] == '\\')
			i++;
		else if (text[i] == '"')
			quoted = !quoted;
		else if (!quoted && (text[i] == '[' || text[i] == '{'))
			depth++;
		else if (!quoted && depth > 0 && (text[i] == ']' || text[i] == '}'))
			depth--;
		if (depth > DEPTH_MAX)
			return true;
	}
	return false;
}

/* --- reading ----------------------------------------------------------------- */

struct reader {
	const char *at, *end;
	guint line;
	const char *wrong; /* what is wrong at `at`; NULL: nothing so far */
	GString *text;	   /* of the string at hand */
};

static struct node *read_value(struct reader *reader);

static bool fail(struct reader *reader, const char *wrong)
{
	if (!reader->wrong)
		reader->wrong = wrong;
	return false;
}

/* The next byte that counts, NUL at the end. */
static char next(struct reader *reader)
{
	for (; reader->at < reader->end; reader->at++) {
		char c = *reader->at;

		if (c == '\n')
			reader->line++;
		else if (c != ' ' && c != '\t' && c != '\r')
			return c;
	}
	return '\0';
}

static bool take(struct reader *reader, char wanted)
{
	if (next(reader) != wanted)
		return false;
	reader->at++;
	return true;
}

static bool read_hex(struct reader *reader, gunichar *out)
{
	*out = 0;
	if (reader->end - reader->at < 4)
		return fail(reader, _("a \\u needs four digits"));
	for (guint i = 0; i < 4; i++, reader->at++) {
		int digit = g_ascii_xdigit_value(*reader->at);

		if (digit < 0)
			return fail(reader, _("a \\u needs four digits"));
		*out = *out * 16 + (gunichar)digit;
	}
	return true;
}

/* Behind "\u"; half of a pair that has no other half is U+FFFD. */
static bool read_escaped(struct reader *reader)
{
	gunichar c, low;
	const char *behind;

	if (!read_hex(reader, &c))
		return false;
	if (c == 0)
		return fail(reader, _("\\u0000 cannot be kept"));
	behind = reader->at;
	if (c >= 0xd800 && c < 0xdc00 && reader->end - behind >= 6 && behind[0] == '\\' &&
	    behind[1] == 'u') {
		reader->at += 2;
		if (!read_hex(reader, &low))
			return false;
		if (low >= 0xdc00 && low < 0xe000)
			c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
		else
			reader->at = behind;
	}
	g_string_append_unichar(reader->text, c >= 0xd800 && c < 0xe000 ? 0xfffd : c);
	return true;
}

static bool read_escape(struct reader *reader)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	char c = reader->at < reader->end ? *reader->at++ : '\0';
	const char *known = c ? strchr(from, c) : NULL;

	if (c == 'u')
		return read_escaped(reader);
	if (!known)
		return fail(reader, _("a \\ stands before what it does not go with"));
	g_string_append_c(reader->text, to[known - from]);
	return true;
}

/* Behind its first quote, into `text`. */
static bool read_string(struct reader *reader)
{
	g_string_truncate(reader->text, 0);
	while (true) {
		const char *from = reader->at;

		for (; reader->at < reader->end && *reader->at != '"' && *reader->at != '\\';
		     reader->at++)
			reader->line += *reader->at == '\n';
		g_string_append_len(reader->text, from, reader->at - from);
		if (reader->at == reader->end)
			return fail(reader, _("a quote is never closed"));
		if (*reader->at++ == '"')
			return true;
		if (!read_escape(reader))
			return false;
	}
}

static struct node *read_list(struct reader *reader)
{
	struct node *list = node_list();

	if (take(reader, ']'))
		return list;
	do {
		struct node *item = read_value(reader);

		if (item)
			node_append(list, NULL, item);
	} while (!reader->wrong && take(reader, ','));
	if (!reader->wrong && !take(reader, ']'))
		fail(reader, _("a comma or ] is missing"));
	return list;
}

/* The place of a key in a map: its number of children, unless it stands there already. */
static guint place_of(const struct node *map, GHashTable **places, const char *key)
{
	guint n = map->children->len;

	if (n < KEYS_LOOKED_AT) {
		for (guint i = 0; i < n; i++)
			if (!strcmp(map->children->pdata[i]->key, key))
				return i;
		return n;
	}
	if (!*places)
		*places = g_hash_table_new(g_str_hash, g_str_equal);
	for (guint i = g_hash_table_size(*places); i < n; i++)
		g_hash_table_insert(*places, map->children->pdata[i]->key, GUINT_TO_POINTER(i));
	gpointer at;

	return g_hash_table_lookup_extended(*places, key, NULL, &at) ? GPOINTER_TO_UINT(at) : n;
}

/* What stood there gives way, its key stays: hashed keys are borrowed from the nodes. */
static void put_member(struct node *map, guint at, const char *key, struct node *value)
{
	if (at == map->children->len) {
		node_append(map, key, value);
		return;
	}
	struct node *was = map->children->pdata[at];

	value->key = g_steal_pointer(&was->key);
	map->children->pdata[at] = value;
	node_free(was);
}

static struct node *read_map(struct reader *reader)
{
	struct node *map = node_map();
	g_autoptr(GHashTable) places = NULL;

	if (take(reader, '}'))
		return map;
	do {
		if (!take(reader, '"')) {
			fail(reader, _("a key in quotes is missing"));
			break;
		}
		if (!read_string(reader))
			break;
		g_autofree char *key = g_strndup(reader->text->str, reader->text->len);

		if (!take(reader, ':')) {
			fail(reader, _("a colon is missing behind a key"));
			break;
		}
		struct node *value = read_value(reader);

		if (value)
			put_member(map, place_of(map, &places, key), key, value);
	} while (!reader->wrong && take(reader, ','));
	if (!reader->wrong && !take(reader, '}'))
		fail(reader, _("a comma or } is missing"));
	return map;
}

static bool is_digit(const struct reader *reader, const char *at)
{
	return at < reader->end && g_ascii_isdigit(*at);
}

/* The end of a number that begins here, NULL: there is none; `*whole`: without point or power. */
static const char *number_end(const struct reader *reader, bool *whole)
{
	const char *at = reader->at + (*reader->at == '-');

	*whole = true;
	if (!is_digit(reader, at) || (*at == '0' && is_digit(reader, at + 1)))
		return NULL;
	while (is_digit(reader, at))
		at++;
	if (at < reader->end && *at == '.') {
		*whole = false;
		if (!is_digit(reader, ++at))
			return NULL;
		while (is_digit(reader, at))
			at++;
	}
	if (at < reader->end && (*at == 'e' || *at == 'E')) {
		*whole = false;
		at++;
		at += at < reader->end && (*at == '+' || *at == '-');
		if (!is_digit(reader, at))
			return NULL;
		while (is_digit(reader, at))
			at++;
	}
	return at;
}

static struct node *read_number(struct reader *reader)
{
	bool whole;
	const char *end = number_end(reader, &whole);

	if (!end) {
		fail(reader, _("a value is missing"));
		return NULL;
	}
	g_autofree char *digits = g_strndup(reader->at, (gsize)(end - reader->at));
	g_autofree char *text = NULL;

	errno = 0;
	gint64 count = g_ascii_strtoll(digits, NULL, 10);

	if (whole && errno == 0) {
		text = g_strdup_printf("%" G_GINT64_FORMAT, count);
	} else {
		double value = g_ascii_strtod(digits, NULL);

		if (!isfinite(value)) {
			fail(reader, _("a number is too large"));
			return NULL;
		}
		text = json_number_text(value);
	}
	reader->at = end;
	return node_scalar(text);
}

static bool take_word(struct reader *reader, const char *word)
{
	gsize length = strlen(word);

	if ((gsize)(reader->end - reader->at) < length || memcmp(reader->at, word, length) != 0)
		return false;
	reader->at += length;
	return true;
}

static struct node *read_scalar(struct reader *reader)
{
	if (take(reader, '"'))
		return read_string(reader) ? node_scalar(reader->text->str) : NULL;
	if (take_word(reader, "null"))
		return node_scalar("");
	if (take_word(reader, "true"))
		return node_scalar("true");
	if (take_word(reader, "false"))
		return node_scalar("false");
	return read_number(reader);
}

static struct node *read_value(struct reader *reader)
{
	char first = next(reader);
	guint line = reader->line;
	struct node *node = NULL;

	if (first == '\0') {
		fail(reader, _("it ends too early"));
		return NULL;
	}
	if (first == '{' || first == '[') {
		reader->at++;
		node = first == '{' ? read_map(reader) : read_list(reader);
	} else {
		node = read_scalar(reader);
	}
	if (node)
		node->start.line = line;
	return node;
}

struct node *node_read_json(const char *text, gsize length, guint *line, GError **error)
{
	struct reader reader = { text, text + length, 1, NULL, NULL };
	struct node *node = NULL;

	if (json_is_too_deep(text, length)) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_DATA, "%s",
			    _("this JSON is nested too deep"));
		return NULL;
	}
	reader.text = g_string_new(NULL);
	if (!g_utf8_validate_len(text, length, NULL))
		fail(&reader, _("it is not UTF-8"));
	else if (next(&reader) == '\0' && reader.at == reader.end)
		fail(&reader, _("it is empty"));
	else
		node = read_value(&reader);
	if (!reader.wrong && (next(&reader) != '\0' || reader.at != reader.end))
		fail(&reader, _("something follows behind its end"));
	g_string_free(reader.text, TRUE);
	if (!reader.wrong)
		return node;
	node_free(node);
	*line = reader.line;
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_DATA, _("this is not JSON: %s"), reader.wrong);
	return NULL;
}

/* No file has these lines: what is wrong with the tree later must not name them. */
static void forget_lines(struct node *node)
{
	node->start.line = 0;
	for (guint i = 0; node->children && i < node->children->len; i++)
		forget_lines(node->children->pdata[i]);
}

struct node *node_from_json(const char *json, GError **error)
{
	guint line;
	struct node *node = node_read_json(json, strlen(json), &line, error);

	if (node)
		forget_lines(node);
	return node;
}
