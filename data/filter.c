/*
 * The filter language: its words into terms.  How a term is held against a record
 * is filter_match.c.  Knows fields by their table only; measures are the
 * resolver's business.
 */
#include "data/filter.h"
#include "data/filter_terms.h"

#include "base/errors.h"
#include "base/text.h"
#include "data/called.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n.h>

/* Longest first, so that "<=" is not read as "<". */
static const struct {
	const char *text;
	enum filter_op op;
	bool negated;
} operators[] = {
	{ "!=", FILTER_EQUAL, true },	 { "!~", FILTER_LIKE, true },
	{ "<=", FILTER_AT_MOST, false }, { ">=", FILTER_AT_LEAST, false },
	{ "=", FILTER_EQUAL, false },	 { "~", FILTER_LIKE, false },
	{ "<", FILTER_LESS, false },	 { ">", FILTER_MORE, false },
};

const struct filter_form *filter_forms(guint *n)
{
	static const struct filter_form forms[] = {
		{ "sector=edustem country!=MX", N_("A field is, or is not; all terms must hold") },
		{ "country=MX,CO", N_("A comma means any of them; there is no other or") },
		{ "city=", N_("A field is empty") },
		{ "name~bogota name!~red", N_("A text has, or has not, these letters in it") },
		{ "ties>3 verified<2025", N_("Numbers and dates: < <= > >=") },
		{ "partners.since>2022", N_("A field of items: one of them will do") },
		{ "bogota !red", N_("A word in names, places or sector, or in none of them") },
		{ "kind=G1 severity>0.5",
		  N_("In the register of gaps on the screen: what a gap has") },
		{ "city=\"San José\"", N_("Quotes around what has blanks or commas") },
	};

	*n = G_N_ELEMENTS(forms);
	return forms;
}

static void wanted_free(gpointer data)
{
	struct filter_wanted *wanted = data;

	g_free(wanted->text);
	g_free(wanted->folded);
	g_free(wanted);
}

static void term_free(gpointer data)
{
	struct filter_term *term = data;

	g_free(term->word);
	g_free(term->name);
	g_ptr_array_unref(term->wanted);
	g_free(term);
}

void filter_free(struct filter *filter)
{
	if (!filter)
		return;
	g_free(filter->text);
	g_ptr_array_unref(filter->terms);
	g_free(filter);
}

const char *filter_text(const struct filter *filter)
{
	return filter ? filter->text : "";
}

/* Follows "agenda.status" through groups and items; false when a part is unknown. */
static bool path_resolve(struct filter_term *term, const struct record_type *type, const char *path)
{
	g_auto(GStrv) keys = g_strsplit(path, ".", FILTER_DEPTH + 1);

	for (term->depth = 0; keys[term->depth]; term->depth++) {
		const struct field *field;
		if (term->depth == FILTER_DEPTH || !type)
			return false;
		field = field_called(type, keys[term->depth]);
		if (!field)
			return false;
		term->path[term->depth] = field;
		type = field->type == FIELD_GROUP || field->type == FIELD_ITEMS ? field->sub : NULL;
	}
	/* A group has no value of its own. */
	return term->depth > 0 && term->path[term->depth - 1]->type != FIELD_GROUP;
}

guint filter_path(enum kind kind, const char *name, const struct field *path[FILTER_DEPTH])
{
	g_autofree char *lower = g_ascii_strdown(name, -1);

	return filter_path_in(record_type(kind), filter_short(kind, lower), path);
}

guint filter_path_in(const struct record_type *type, const char *name,
		     const struct field *path[FILTER_DEPTH])
{
	struct filter_term term = { 0 };

	if (!path_resolve(&term, type, name))
		return 0;
	memcpy(path, term.path, sizeof term.path);
	return term.depth;
}

static bool bad_value(const char *name, const char *value, const char *wanted, GError **error)
{
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE, _("\"%s\" cannot be compared with %s"),
		    value, name);
	error_add_hint(error, wanted);
	return false;
}

static bool number_read(const char *text, double *out)
{
	char *end;

	*out = g_ascii_strtod(text, &end);
	return end != text && *end == '\0' && isfinite(*out);
}

static bool is_order(enum filter_op op)
{
	return op == FILTER_LESS || op == FILTER_MORE || op == FILTER_AT_MOST ||
	       op == FILTER_AT_LEAST;
}

/* An amount may name its currency: "26000 USD". */
static bool money_read(const char *text, double *out)
{
	g_autofree char *amount = g_strndup(text, strcspn(text, " "));

	return number_read(amount, out);
}

static bool choice_read(const struct filter_term *term, const struct field *field,
			struct filter_wanted *wanted, GError **error)
{
	g_autoptr(GPtrArray) words = g_ptr_array_new();
	g_autofree char *hint = NULL;
	const char *nearest;

	wanted->rank = choice_find(field->choices, wanted->text);
	if (wanted->rank >= 0)
		return true;
	for (const struct choice *choice = field->choices; choice->id; choice++)
		g_ptr_array_add(words, (gpointer)(guintptr)choice->id);
	g_ptr_array_add(words, NULL);
	nearest = text_nearest(wanted->text, (const char *const *)words->pdata);
	g_ptr_array_set_size(words, (gint)words->len - 1);
	g_ptr_array_add(words, NULL);
	if (nearest) {
		hint = g_strdup_printf(_("did you mean \"%s\"?"), nearest);
	} else {
		g_autofree char *list = g_strjoinv(", ", (char **)words->pdata);
		hint = g_strdup_printf(_("it is one of: %s"), list);
	}
	return bad_value(term->name, wanted->text, hint, error);
}

/* Reads a value as the field at the end of the path compares it. */
static bool wanted_read(const struct filter_term *term, struct filter_wanted *wanted,
			GError **error)
{
	const struct field *field = term->depth ? term->path[term->depth - 1] : NULL;
	bool counts = field && (field->type == FIELD_ITEMS ||
				((field->flags & FIELD_MANY) && field->type != FIELD_INTEGER));

	wanted->rank = -1;
	if (term->op == FILTER_LIKE || !*wanted->text)
		return true;
	if (!field || field->type == FIELD_NUMBER || field->type == FIELD_INTEGER ||
	    (is_order(term->op) && counts))
		return number_read(wanted->text, &wanted->number) ||
		       bad_value(term->name, wanted->text, _("it is a number, as in 3 or 0.5"),
				 error);
	if (field->type == FIELD_DATE)
		return date_parse(wanted->text, &wanted->date) ||
		       bad_value(term->name, wanted->text,
				 _("it is a date: 2023, 2023-05 or 2023-05-11"), error);
	if (field->type == FIELD_MONEY)
		return money_read(wanted->text, &wanted->number) ||
		       bad_value(term->name, wanted->text, _("it is an amount, as in 26000 USD"),
				 error);
	if (field->type == FIELD_CHOICE)
		return choice_read(term, field, wanted, error);
	if (is_order(term->op) && field->type != FIELD_TERM)
		return bad_value(term->name, wanted->text,
				 _("text is compared with = and ~ only, not with < and >"), error);
	return true;
}

/* Splits `a,"b c"` at commas outside quotes, which go. */
static void wanted_split(struct filter_term *term, const char *text, gsize len)
{
	g_autoptr(GString) one = g_string_new(NULL);
	bool quoted = false;

	for (gsize i = 0; i <= len; i++) {
		if (i == len || (text[i] == ',' && !quoted)) {
			struct filter_wanted *wanted = g_new0(struct filter_wanted, 1);
			wanted->text = g_strdup(g_strstrip(one->str));
			wanted->folded = text_fold(wanted->text);
			g_ptr_array_add(term->wanted, wanted);
			g_string_truncate(one, 0);
		} else if (text[i] == '"') {
			quoted = !quoted;
		} else {
			g_string_append_c(one, text[i]);
		}
	}
}

const char *filter_operator(const char *word, gsize len, guint *which, gsize *bytes)
{
	for (const char *p = word; p < word + len && *p != '"'; p++) {
		for (guint i = 0; i < G_N_ELEMENTS(operators); i++) {
			gsize n = strlen(operators[i].text);
			if ((gsize)(word + len - p) >= n && !memcmp(p, operators[i].text, n)) {
				*which = i;
				*bytes = n;
				return p;
			}
		}
	}
	return NULL;
}

const char *filter_operator_text(const struct filter_term *term)
{
	for (guint i = 0; i < G_N_ELEMENTS(operators); i++)
		if (operators[i].op == term->op && operators[i].negated == term->negated)
			return operators[i].text;
	return term->negated ? "!" : "";
}

char *filter_quoted(const char *text)
{
	return strpbrk(text, " \t\n,\"") ? g_strdup_printf("\"%s\"", text) : g_strdup(text);
}

static bool compared_parse(struct filter *filter, struct filter_term *term, const char *word,
			   const char *at, GError **error)
{
	const char *key;
	double ignored;

	term->name = g_ascii_strdown(word, at - word);
	if (!*term->name) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE,
			    _("A field is missing before \"%s\""), at);
		error_add_hint(error, _("write it as in sector=edustem, without blanks"));
		return false;
	}
	term->of_row = filter->rows && path_resolve(term, filter->rows, term->name);
	if (term->of_row ||
	    path_resolve(term, record_type(filter->kind), filter_short(filter->kind, term->name)))
		return true;
	term->depth = 0;
	key = filter_number_key(filter->numbers, term->name);
	if (!key || !filter->numbers->at(filter->data, key, -1, &ignored))
		return filter_unknown(filter, term->name, error);
	g_free(term->name);
	term->name = g_strdup(key);
	return true;
}

/* Nothing asks for what is empty, alone, and is no letters and no number. */
static bool is_whole(const struct filter_term *term, const char *word, gsize len, GError **error)
{
	g_autofree char *typed = NULL;

	if (term->op == FILTER_EQUAL && term->wanted->len == 1)
		return true;
	for (guint i = 0; i < term->wanted->len; i++) {
		const struct filter_wanted *wanted = g_ptr_array_index(term->wanted, i);

		if (*wanted->text)
			continue;
		typed = g_strndup(word, len);
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE,
			    _("A value is missing in the filter: %s"), typed);
		error_add_hint(error, _("nothing behind = alone asks for empty fields: city="));
		return false;
	}
	return true;
}

static bool term_parse(struct filter *filter, const char *word, gsize len, GError **error)
{
	struct filter_term *term = g_new0(struct filter_term, 1);
	guint which = 0;
	gsize bytes = 0;
	const char *at = filter_operator(word, len, &which, &bytes);

	term->wanted = g_ptr_array_new_with_free_func(wanted_free);
	g_ptr_array_add(filter->terms, term);
	term->word = g_strndup(word, len);
	if (!at) {
		term->op = FILTER_FREE;
		term->negated = *word == '!' && len > 1;
		term->quoted = memchr(word, '"', len) != NULL;
		wanted_split(term, word + term->negated, len - term->negated);
		return true;
	}
	term->op = operators[which].op;
	term->negated = operators[which].negated;
	if (!compared_parse(filter, term, word, at, error))
		return false;
	at += bytes;
	wanted_split(term, at, (gsize)(word + len - at));
	if (!is_whole(term, word, len, error))
		return false;
	for (guint i = 0; i < term->wanted->len; i++) {
		if (!wanted_read(term, g_ptr_array_index(term->wanted, i), error))
			return false;
	}
	return true;
}

/* Bytes of the word at `text`: up to a blank outside quotes; false when a quote stays open. */
static bool word_measure(const char *text, gsize *len)
{
	bool quoted = false;
	const char *p = text;

	for (; *p && (quoted || !g_ascii_isspace(*p)); p++) {
		if (*p == '"')
			quoted = !quoted;
	}
	*len = (gsize)(p - text);
	return !quoted;
}

/* Said between terms it is meant for logic: looked for in names it lets nobody through. */
static bool is_connective(const struct filter_term *term)
{
	static const char *const words[] = { "or", "and", "not", "|", "||", "&", "&&", NULL };
	const struct filter_wanted *only =
		term->wanted->len == 1 ? g_ptr_array_index(term->wanted, 0) : NULL;

	return term->op == FILTER_FREE && !term->negated && !term->quoted && only &&
	       g_strv_contains(words, only->folded);
}

static bool terms_are_joined_well(const struct filter *filter, GError **error)
{
	const struct filter_term *found = NULL;
	bool fields = false;

	for (guint i = 0; i < filter->terms->len; i++) {
		const struct filter_term *term = g_ptr_array_index(filter->terms, i);

		fields = fields || term->op != FILTER_FREE;
		if (!found && is_connective(term))
			found = term;
	}
	if (!found || !fields)
		return true;
	const struct filter_wanted *word = g_ptr_array_index(found->wanted, 0);
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE,
		    _("\"%s\" joins no terms of a filter: all of them must hold"), word->text);
	error_add_hint(error, _("any of several values: country=MX,CO; not a value: country!=MX; "
				"the word itself: \"or\" in quotes"));
	return false;
}

static struct filter *parse(const char *text, enum kind kind, const struct filter_rows *rows,
			    const struct filter_numbers *numbers, void *data, GError **error)
{
	struct filter *filter = g_new0(struct filter, 1);
	gsize len;

	filter->text = g_strdup(text);
	filter->rows = rows ? rows->type : NULL;
	filter->kind = kind;
	filter->numbers = kind == KIND_INSTITUTION ? numbers : NULL;
	filter->data = data;
	filter->terms = g_ptr_array_new_with_free_func(term_free);
	for (const char *p = text; *p; p += len) {
		len = 1;
		if (g_ascii_isspace(*p))
			continue;
		if (!word_measure(p, &len)) {
			g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE,
				    _("A quotation mark is not closed in the filter: %s"), p);
			filter_free(filter);
			return NULL;
		}
		if (!term_parse(filter, p, len, error)) {
			filter_free(filter);
			return NULL;
		}
	}
	if (!terms_are_joined_well(filter, error)) {
		filter_free(filter);
		return NULL;
	}
	return filter;
}

bool filter_asks_row(const struct filter *filter, const char *key)
{
	for (guint i = 0; filter && i < filter->terms->len; i++) {
		const struct filter_term *term = g_ptr_array_index(filter->terms, i);

		if (term->of_row && !strcmp(term->path[0]->key, key))
			return true;
	}
	return false;
}

char *filter_part(const struct filter *filter, bool rows)
{
	GString *out = g_string_new(NULL);

	for (guint i = 0; filter && i < filter->terms->len; i++) {
		const struct filter_term *term = g_ptr_array_index(filter->terms, i);

		if (term->of_row == rows)
			g_string_append_printf(out, "%s%s", out->len > 0 ? " " : "", term->word);
	}
	return g_string_free(out, FALSE);
}

struct filter *filter_parse(const char *text, enum kind kind, const struct filter_numbers *numbers,
			    void *data, GError **error)
{
	return parse(text, kind, NULL, numbers, data, error);
}

struct filter *filter_parse_rows(const char *text, const struct filter_rows *rows,
				 const struct filter_numbers *numbers, void *data, GError **error)
{
	return parse(text, KIND_INSTITUTION, rows, numbers, data, error);
}
