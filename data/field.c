/*
 * What can be done with one field of one record by its row in the table: text
 * to value and back, equality, copying.  Meaning (vocabularies, references) is
 * not known here: that is checked where a tree becomes a record.
 */
#include "data/field.h"
#include "base/json.h"
#include "base/context.h"
#include "base/text.h"
#include "data/records.h"

#include <errno.h>
#include <math.h>
#include <string.h>

#include <glib/gi18n.h>

#define PLACE(type, field, record, pool) ((type *)field_place((field), (record), (pool)))
#define CMEMBER(type, field, record)	 ((const type *)field_at((field), (record)))

const gint64 field_nothing[32];

static void **aside_of(const struct field *field, const void *record)
{
	return (void **)(gsize)((const char *)record + field->aside);
}

void *field_place_aside(const struct field *field, void *record, struct pool *pool)
{
	void **aside = aside_of(field, record);

	if (!*aside)
		*aside = pool_alloc(pool, field->aside_size);
	return (char *)*aside + field->offset;
}

const char *record_key_nearest(const struct record_type *type, const char *word)
{
	g_autoptr(GPtrArray) keys = g_ptr_array_new(), labels = g_ptr_array_new();

	for (guint i = 0; i < type->n_fields; i++) {
		g_ptr_array_add(keys, (gpointer)(guintptr)type->fields[i].key);
		g_ptr_array_add(labels, (gpointer)(guintptr)_(type->fields[i].label));
	}
	g_ptr_array_add(keys, NULL);
	g_ptr_array_add(labels, NULL);
	return text_nearest_named(word, (const char *const *)keys->pdata,
				  (const char *const *)labels->pdata);
}

const struct field *record_field(const struct record_type *type, const char *key)
{
	for (guint i = 0; key && i < type->n_fields; i++)
		if (!strcmp(type->fields[i].key, key))
			return &type->fields[i];
	return NULL;
}

const struct field *record_key_field(const struct record_type *type)
{
	for (guint i = 0; i < type->n_fields; i++)
		if (type->fields[i].flags & FIELD_KEY)
			return &type->fields[i];
	return NULL;
}

bool field_is_text(const struct field *field)
{
	return field->type <= FIELD_SUBDIVISION;
}

guint list_length(const char *const *list)
{
	guint n = 0;

	while (list && list[n])
		n++;
	return n;
}

bool list_has(const char *const *list, const char *word)
{
	for (; list && *list; list++)
		if (!strcmp(*list, word))
			return true;
	return false;
}

int choice_index(const struct choice *choices, const char *id)
{
	for (int i = 0; id && choices[i].id; i++)
		if (choices[i].id[0] == id[0] && !strcmp(choices[i].id, id))
			return i;
	return -1;
}

int choice_find(const struct choice *choices, const char *word)
{
	g_autofree char *folded = text_fold(word);

	for (int i = 0; choices[i].id; i++)
		if (!g_ascii_strcasecmp(choices[i].id, word))
			return i;
	for (int i = 0; choices[i].id; i++) {
		g_autofree char *label = text_fold(in_context(choices[i].label));

		if (!strcmp(label, folded))
			return i;
	}
	return -1;
}

void record_clear(const struct record_type *type, void *record)
{
	memset(record, 0, type->size);
	for (guint i = 0; i < type->n_fields; i++) {
		const struct field *field = &type->fields[i];

		if (field->type < FIELD_INTEGER || field->flags & FIELD_MANY)
			continue;
		void *at = (char *)record + field->offset;
		if (field->type == FIELD_INTEGER)
			*(gint64 *)at = FIELD_NO_INTEGER;
		else if (field->type == FIELD_NUMBER)
			*(double *)at = NAN;
		else if (field->type == FIELD_GROUP)
			record_clear(field->sub, at);
	}
}

static bool group_is_set(const struct record_type *type, const void *record)
{
	for (guint i = 0; i < type->n_fields; i++)
		if (field_is_set(&type->fields[i], record))
			return true;
	return false;
}

bool field_is_set(const struct field *field, const void *record)
{
	if (field->aside && !*aside_of(field, record))
		return false;
	if (field->flags & FIELD_MANY)
		return *CMEMBER(char **, field, record) != NULL;
	switch (field->type) {
	case FIELD_DATE:
		return date_is_set(*CMEMBER(struct date, field, record));
	case FIELD_INTEGER:
		return *CMEMBER(gint64, field, record) != FIELD_NO_INTEGER;
	case FIELD_NUMBER:
		return !isnan(*CMEMBER(double, field, record));
	case FIELD_MONEY:
		return CMEMBER(struct money, field, record)->currency[0] != '\0';
	case FIELD_GROUP:
		return group_is_set(field->sub, CMEMBER(char, field, record));
	case FIELD_ITEMS:
		return CMEMBER(struct items, field, record)->n > 0;
	default:
		return *CMEMBER(char *, field, record) != NULL;
	}
}

char *money_text(const struct money *money)
{
	gint64 whole = money->minor / 100;
	gint64 cents = money->minor % 100;

	if (cents)
		return g_strdup_printf("%" G_GINT64_FORMAT ".%02d %s", whole, (int)cents,
				       money->currency);
	return g_strdup_printf("%" G_GINT64_FORMAT " %s", whole, money->currency);
}

char *field_text(const struct field *field, const void *record)
{
	char date[DATE_TEXT_SIZE];

	if (!field_is_set(field, record))
		return NULL;
	if (field->flags & FIELD_MANY) {
		char **list;

		memcpy(&list, CMEMBER(char, field, record), sizeof list);
		return g_strjoinv("; ", list);
	}
	switch (field->type) {
	case FIELD_DATE:
		return g_strdup(date_format(*CMEMBER(struct date, field, record), date));
	case FIELD_INTEGER:
		return g_strdup_printf("%" G_GINT64_FORMAT, *CMEMBER(gint64, field, record));
	case FIELD_NUMBER:
		return json_number_text(*CMEMBER(double, field, record));
	case FIELD_MONEY:
		return money_text(CMEMBER(struct money, field, record));
	case FIELD_GROUP:
	case FIELD_ITEMS:
		return NULL;
	default:
		return g_strdup(*CMEMBER(char *, field, record));
	}
}

static bool complain(char **message, char **hint, char *what, const char *remedy)
{
	*message = what;
	*hint = g_strdup(remedy);
	return false;
}

/* So many digits are a whole number that a double holds, and so is their power of ten. */
#define DIGITS_EXACT 15

/*
 * Numbers as people write them, -99.13: both parts of the division are exact, so the
 * quotient is rounded once, as strtod() would.  False for all that is written otherwise.
 */
static bool read_decimal(const char *text, double *out)
{
	const char *p = *text == '-' ? text + 1 : text;
	double digits = 0, unit = 1;
	guint n = 0;

	for (; g_ascii_isdigit(*p) && n < DIGITS_EXACT; p++, n++)
		digits = digits * 10 + (*p - '0');
	if (n > 0 && *p == '.' && g_ascii_isdigit(p[1])) {
		for (p++; g_ascii_isdigit(*p) && n < DIGITS_EXACT; p++, n++) {
			digits = digits * 10 + (*p - '0');
			unit *= 10;
		}
	}
	if (n == 0 || *p)
		return false;
	*out = *text == '-' ? -(digits / unit) : digits / unit;
	return true;
}

static bool parse_number(const struct field *field, const char *text, double *out, char **message,
			 char **hint)
{
	double value = 0;
	char *end = NULL;

	if (!read_decimal(text, &value))
		value = g_ascii_strtod(text, &end);
	if (end == text || (end && *end) || !isfinite(value))
		return complain(message, hint, g_strdup_printf(_("\"%s\" is not a number"), text),
				strchr(text, ',') ? _("write decimals with a point, as in 19.43")
						  : _("write digits only, as in 25 or 19.43"));
	if ((field->least != 0 || field->most != 0) &&
	    (value < field->least || value > field->most)) {
		g_autofree char *least = json_number_text(field->least);
		g_autofree char *most = json_number_text(field->most);
		g_autofree char *range =
			g_strdup_printf(_("it must lie between %s and %s"), least, most);

		return complain(message, hint, g_strdup_printf(_("%s is out of range"), text),
				range);
	}
	*out = value;
	return true;
}

static bool parse_integer(const struct field *field, const char *text, gint64 *out, char **message,
			  char **hint)
{
	char *end;
	double checked;

	if (!parse_number(field, text, &checked, message, hint))
		return false;
	errno = 0;
	*out = g_ascii_strtoll(text, &end, 10);
	if (errno || *end)
		return complain(message, hint,
				g_strdup_printf(_("\"%s\" is not a whole number"), text),
				_("write digits only, as in 24"));
	return true;
}

static bool parse_money(const char *text, struct money *out, char **message, char **hint)
{
	const char *p = text;
	guint64 whole = 0, cents = 0;
	guint digits = 0;

	for (; g_ascii_isdigit(*p) && digits < 15; p++, digits++)
		whole = whole * 10 + (guint64)(*p - '0');
	bool good = digits > 0;

	if (*p == '.') {
		good = good && g_ascii_isdigit(p[1]) && g_ascii_isdigit(p[2]);
		if (good)
			cents = (guint64)(p[1] - '0') * 10 + (guint64)(p[2] - '0');
		p += good ? 3 : 0;
	}
	good = good && *p == ' ' && g_ascii_isupper(p[1]) && g_ascii_isupper(p[2]) &&
	       g_ascii_isupper(p[3]) && !p[4];
	if (!good)
		return complain(
			message, hint,
			g_strdup_printf(_("\"%s\" is not an amount with its currency"), text),
			_("write it as in 26000 USD or 1250.50 EUR"));
	out->minor = (gint64)(whole * 100 + cents);
	memcpy(out->currency, p + 1, 4);
	return true;
}

/* No part of a name between its dots is empty, as in "innovec.org..com"; one dot may end it. */
static bool host_is_whole(const char *rest)
{
	const char *slash = rest + strcspn(rest, "/?#"),
		   *at = memchr(rest, '@', (gsize)(slash - rest));
	const char *host = at ? at + 1 : rest;
	gsize n = strcspn(host, ":/?#");

	if (*host == '[') /* an address, whose colons mean something else */
		return true;
	return n > 0 && *host != '.' && !g_strstr_len(host, (gssize)n, "..");
}

static bool url_is_valid(const char *text)
{
	const char *rest = g_str_has_prefix(text, "https://")  ? text + 8
			   : g_str_has_prefix(text, "http://") ? text + 7
							       : NULL;

	return rest && host_is_whole(rest) && !strpbrk(text, " \t<>\"");
}

static bool check_text(const struct field *field, const char *text, char **message, char **hint)
{
	gsize offset;
	gunichar bad;

	if (!text_acceptable(text, strlen(text), field->type == FIELD_PROSE, &offset, &bad)) {
		if (!bad)
			return complain(message, hint, g_strdup(_("the text is not valid UTF-8")),
					_("save the file as UTF-8"));
		return complain(message, hint,
				g_strdup_printf(_("the text holds the invisible or control "
						  "character U+%04X"),
						bad),
				_("type the text anew without it"));
	}
	if (field->type == FIELD_ID && !id_is_valid(text))
		return complain(message, hint, g_strdup_printf(_("\"%s\" is not an id"), text),
				_("use lower-case letters without accents, digits and single "
				  "hyphens, at most 64"));
	if (field->type == FIELD_URL && !url_is_valid(text))
		return complain(
			message, hint, g_strdup_printf(_("\"%s\" is not a web address"), text),
			_("it must begin with https:// or http://, name a site and hold no blank"));
	if (field->valid && !field->valid(text))
		return complain(message, hint,
				g_strdup_printf(_("\"%s\" is not a valid %s"), text, field->key),
				_(field->help));
	return true;
}

/* Words that many records have are kept once; those of a fixed list stand in it. */
static const char *word_kept(const struct field *field, const char *text, struct pool *pool)
{
	int i = field->type == FIELD_CHOICE ? choice_index(field->choices, text) : -1;

	return i >= 0 ? field->choices[i].id : pool_word(pool, text);
}

/* A scalar before it stands anywhere; texts are only judged. */
union value {
	struct date date;
	gint64 integer;
	double number;
	struct money money;
};

static bool value_read(const struct field *field, const char *text, union value *out,
		       char **message, char **hint)
{
	switch (field->type) {
	case FIELD_DATE:
		return date_parse(text, &out->date) ||
		       complain(message, hint, g_strdup_printf(_("\"%s\" is not a date"), text),
				_("write 2023, 2023-05 or 2023-05-11"));
	case FIELD_INTEGER:
		return parse_integer(field, text, &out->integer, message, hint);
	case FIELD_NUMBER:
		return parse_number(field, text, &out->number, message, hint);
	case FIELD_MONEY:
		return parse_money(text, &out->money, message, hint);
	case FIELD_GROUP:
	case FIELD_ITEMS:
		return complain(message, hint,
				g_strdup_printf(_("%s cannot be set as one text"), field->key),
				NULL);
	default:
		return check_text(field, text, message, hint);
	}
}

bool field_takes(const struct field *field, const char *text, char **message, char **hint)
{
	union value ignored;

	return value_read(field, text, &ignored, message, hint);
}

bool field_parse(const struct field *field, const char *text, void *record, struct pool *pool,
		 char **message, char **hint)
{
	union value value;

	if (!value_read(field, text, &value, message, hint))
		return false;
	switch (field->type) {
	case FIELD_DATE:
		*PLACE(struct date, field, record, pool) = value.date;
		break;
	case FIELD_INTEGER:
		*PLACE(gint64, field, record, pool) = value.integer;
		break;
	case FIELD_NUMBER:
		*PLACE(double, field, record, pool) = value.number;
		break;
	case FIELD_MONEY:
		*PLACE(struct money, field, record, pool) = value.money;
		break;
	case FIELD_TEXT:
	case FIELD_PROSE:
	case FIELD_URL:
	case FIELD_ID: /* so many different ones that looking for an equal one costs more */
	case FIELD_REF:
		*PLACE(const char *, field, record, pool) = pool_text(pool, text);
		break;
	default:
		*PLACE(const char *, field, record, pool) = word_kept(field, text, pool);
		break;
	}
	return true;
}

static bool lists_equal(const char *const *a, const char *const *b)
{
	guint n = list_length(a);

	if (n != list_length(b))
		return false;
	for (guint i = 0; i < n; i++)
		if (strcmp(a[i], b[i]))
			return false;
	return true;
}

static bool items_equal(const struct field *field, const struct items *a, const struct items *b)
{
	if (a->n != b->n)
		return false;
	for (guint i = 0; i < a->n; i++) {
		gsize at = (gsize)i * field->sub->size;

		if (!record_equal(field->sub, (const char *)a->at + at, (const char *)b->at + at))
			return false;
	}
	return true;
}

bool field_equal(const struct field *field, const void *a, const void *b)
{
	if (field->flags & FIELD_MANY)
		return lists_equal(*CMEMBER(char *const *, field, a),
				   *CMEMBER(char *const *, field, b));
	if (field_is_set(field, a) != field_is_set(field, b))
		return false;
	switch (field->type) {
	case FIELD_DATE:
		return !memcmp(CMEMBER(struct date, field, a), CMEMBER(struct date, field, b),
			       sizeof(struct date));
	case FIELD_INTEGER:
		return *CMEMBER(gint64, field, a) == *CMEMBER(gint64, field, b);
	case FIELD_NUMBER:
		return !field_is_set(field, a) ||
		       !(*CMEMBER(double, field, a) < *CMEMBER(double, field, b) ||
			 *CMEMBER(double, field, a) > *CMEMBER(double, field, b));
	case FIELD_MONEY:
		return CMEMBER(struct money, field, a)->minor ==
			       CMEMBER(struct money, field, b)->minor &&
		       !strcmp(CMEMBER(struct money, field, a)->currency,
			       CMEMBER(struct money, field, b)->currency);
	case FIELD_GROUP:
		return record_equal(field->sub, CMEMBER(char, field, a), CMEMBER(char, field, b));
	case FIELD_ITEMS:
		return items_equal(field, CMEMBER(struct items, field, a),
				   CMEMBER(struct items, field, b));
	default:
		return !g_strcmp0(*CMEMBER(char *, field, a), *CMEMBER(char *, field, b));
	}
}

bool record_equal(const struct record_type *type, const void *a, const void *b)
{
	for (guint i = 0; i < type->n_fields; i++)
		if (!field_equal(&type->fields[i], a, b))
			return false;
	return true;
}

static void copy_list(const struct field *field, const void *from, void *to, struct pool *pool)
{
	const char *const *list = *CMEMBER(char *const *, field, from);
	guint n = list_length(list);

	if (!n)
		return;
	const char **copy = pool_alloc(pool, (n + 1) * sizeof *copy);

	for (guint i = 0; i < n; i++)
		copy[i] = pool_word(pool, list[i]);
	*PLACE(const char **, field, to, pool) = copy;
}

static void copy_aside(const struct field *field, void *to, struct pool *pool)
{
	void **aside = aside_of(field, to);

	if (!*aside)
		return;
	void *own = pool_alloc(pool, field->aside_size);
	*aside = memcpy(own, *aside, field->aside_size);
}

/* `to` is a flat copy of `from` already: replaces what points elsewhere. */
static void copy_deep(const struct record_type *type, const void *from, void *to, struct pool *pool)
{
	bool aside = false;

	for (guint i = 0; i < type->n_fields; i++) {
		const struct field *field = &type->fields[i];

		if (field->aside && !aside) {
			aside = true;
			copy_aside(field, to, pool);
		}
		if (field->aside && !field_is_set(field, from))
			continue;
		if (field->flags & FIELD_MANY) {
			copy_list(field, from, to, pool);
		} else if (field->type == FIELD_GROUP) {
			copy_deep(field->sub, field_at(field, from), field_place(field, to, pool),
				  pool);
		} else if (field->type == FIELD_ITEMS) {
			const struct items *old = CMEMBER(struct items, field, from);
			struct items *new = PLACE(struct items, field, to, pool);

			if (!old->n)
				continue;
			new->at = pool_alloc(pool, (gsize)old->n * field->sub->size);
			memcpy(new->at, old->at, (gsize)old->n * field->sub->size);
			for (guint j = 0; j < old->n; j++) {
				gsize at = (gsize)j * field->sub->size;

				copy_deep(field->sub, (const char *)old->at + at,
					  (char *)new->at + at, pool);
			}
		} else if (field_is_text(field)) {
			*PLACE(const char *, field, to, pool) =
				pool_text(pool, *CMEMBER(char *, field, from));
		}
	}
}

void *record_copy(const struct record_type *type, const void *record, struct pool *pool)
{
	void *copy = pool_alloc(pool, type->size);

	memcpy(copy, record, type->size);
	copy_deep(type, record, copy, pool);
	return copy;
}
