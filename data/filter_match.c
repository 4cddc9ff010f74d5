/*
 * Holds the terms of a filter against records.  Parsing is filter.c.  Values are
 * compared by id and by the name that people read, both folded.
 */
#include "data/filter.h"
#include "data/filter_terms.h"

#include "base/context.h"
#include "base/errors.h"
#include "base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <glib/gi18n.h>

static const char *choice_label(const struct field *field, const char *word)
{
	int at = choice_index(field->choices, word);

	return at < 0 ? word : in_context(field->choices[at].label);
}

static const char *ref_name(const struct model *model, const struct field *field, const char *id)
{
	for (guint kind = 0; kind < KIND_COUNT; kind++) {
		if ((field->refs & (1u << kind)) && model_find(model, (enum kind)kind, id) >= 0)
			return model_name(model, (enum kind)kind, id, false);
	}
	return id;
}

/* What people read for one word of a field; the word itself where there is nothing better. */
static const char *word_label(const struct model *model, const struct field *field,
			      const char *word)
{
	switch (field->type) {
	case FIELD_TERM:
		return model_term_name(model, field->vocabulary, word);
	case FIELD_CHOICE:
		return choice_label(field, word);
	case FIELD_COUNTRY:
		return country_name(word);
	case FIELD_SUBDIVISION:
		return subdivision_name(word);
	case FIELD_REF:
		return ref_name(model, field, word);
	default:
		return word;
	}
}

static bool word_is(const char *folded, const struct filter_wanted *wanted, bool inside)
{
	return inside ? strstr(folded, wanted->folded) != NULL : !strcmp(folded, wanted->folded);
}

static bool word_matches(const struct model *model, const struct field *field,
			 const struct filter_wanted *wanted, const char *word, bool inside)
{
	g_autofree char *folded = text_fold(word);
	const char *label;
	g_autofree char *label_folded = NULL;

	if (word_is(folded, wanted, inside))
		return true;
	label = word_label(model, field, word);
	if (label == word || !label)
		return false;
	label_folded = text_fold(label);
	return word_is(label_folded, wanted, inside);
}

static bool ordered(enum filter_op op, double value, double wanted)
{
	switch (op) {
	case FILTER_EQUAL:
		return fabs(value - wanted) <= 1e-9 * fmax(1, fabs(wanted));
	case FILTER_LESS:
		return value < wanted;
	case FILTER_AT_MOST:
		return value <= wanted;
	case FILTER_MORE:
		return value > wanted;
	case FILTER_AT_LEAST:
		return value >= wanted;
	default:
		return false;
	}
}

/* A coarse date is all its days: 2023-05 equals 2023, and only 2024 is after it. */
static bool date_matches(enum filter_op op, struct date value, struct date wanted)
{
	int first = date_compare(value, date_first_day(wanted));
	int last = date_compare(value, date_last_day(wanted));

	switch (op) {
	case FILTER_EQUAL:
		return first >= 0 && last <= 0;
	case FILTER_LESS:
		return first < 0;
	case FILTER_AT_MOST:
		return last <= 0;
	case FILTER_MORE:
		return last > 0;
	case FILTER_AT_LEAST:
		return first >= 0;
	default:
		return false;
	}
}

static bool money_matches(enum filter_op op, const char *text, const struct filter_wanted *wanted)
{
	const char *currency = strchr(text, ' '), *asked = strchr(wanted->text, ' ');

	if (asked && g_strcmp0(currency, asked))
		return false;
	return ordered(op, g_ascii_strtod(text, NULL), wanted->number);
}

/* The place of a word in the order of its vocabulary or choices, -1 when it has none. */
static int word_rank(const struct model *model, const struct field *field, const char *word)
{
	if (field->type == FIELD_CHOICE)
		return choice_index(field->choices, word);
	return model_term_index(model, field->vocabulary, word);
}

static bool rank_matches(const struct filter_term *term, const struct model *model,
			 const struct field *field, const struct filter_wanted *wanted,
			 const char *word)
{
	int rank = word_rank(model, field, word);
	int limit =
		field->type == FIELD_CHOICE ? wanted->rank : word_rank(model, field, wanted->text);

	return rank >= 0 && limit >= 0 && ordered(term->op, rank, limit);
}

/* One stored word (of a scalar or of a list) against one wanted value. */
static bool word_holds(const struct filter_term *term, const struct model *model,
		       const struct field *field, const struct filter_wanted *wanted,
		       const char *word)
{
	if (term->op == FILTER_LIKE)
		return word_matches(model, field, wanted, word, true);
	switch (field->type) {
	case FIELD_INTEGER:
	case FIELD_NUMBER:
		return ordered(term->op, g_ascii_strtod(word, NULL), wanted->number);
	case FIELD_MONEY:
		return money_matches(term->op, word, wanted);
	case FIELD_DATE: {
		struct date date;
		return date_parse(word, &date) && date_matches(term->op, date, wanted->date);
	}
	default:
		if (term->op == FILTER_EQUAL)
			return word_matches(model, field, wanted, word, false);
		return rank_matches(term, model, field, wanted, word);
	}
}

static bool list_holds(const struct filter_term *term, const struct model *model,
		       const struct field *field, const struct filter_wanted *wanted,
		       const char *const *list)
{
	bool by_length =
		term->op != FILTER_EQUAL && term->op != FILTER_LIKE && field->type != FIELD_INTEGER;

	if (by_length)
		return ordered(term->op, list_length(list), wanted->number);
	for (; list && *list; list++) {
		if (word_holds(term, model, field, wanted, *list))
			return true;
	}
	return false;
}

/* The field at the end of the path, in one record or item. */
static bool leaf_holds(const struct filter_term *term, const struct model *model,
		       const struct field *field, const struct filter_wanted *wanted,
		       const void *record)
{
	g_autofree char *text = NULL;

	if (field->flags & FIELD_MANY)
		return list_holds(term, model, field, wanted,
				  *(const char *const *const *)field_at(field, record));
	if (!field_is_set(field, record))
		return false;
	if (field_is_text(field))
		return word_holds(term, model, field, wanted,
				  *(const char *const *)field_at(field, record));
	text = field_text(field, record);
	return text && word_holds(term, model, field, wanted, text);
}

/* Several items: any of them; a list itself is its length, or the names of its items. */
static bool items_hold(const struct filter_term *term, const struct model *model, guint depth,
		       const struct filter_wanted *wanted, const struct items *items);

static bool path_holds(const struct filter_term *term, const struct model *model, guint depth,
		       const struct filter_wanted *wanted, const void *record)
{
	const struct field *field = term->path[depth];

	if (field->type == FIELD_GROUP)
		return path_holds(term, model, depth + 1, wanted, field_at(field, record));
	if (field->type == FIELD_ITEMS)
		return items_hold(term, model, depth, wanted, field_at(field, record));
	if (!*wanted->text && term->op != FILTER_LIKE)
		return field_is_set(field, record);
	return leaf_holds(term, model, field, wanted, record);
}

static bool items_hold(const struct filter_term *term, const struct model *model, guint depth,
		       const struct filter_wanted *wanted, const struct items *items)
{
	const struct field *field = term->path[depth];
	bool last = depth + 1 == term->depth;

	if (last && term->op != FILTER_EQUAL && term->op != FILTER_LIKE)
		return ordered(term->op, items->n, wanted->number);
	if (last && !*wanted->text)
		return items->n > 0;
	for (guint i = 0; i < items->n; i++) {
		const void *item = (const char *)items->at + (gsize)i * field->sub->size;
		const struct field *key = record_key_field(field->sub);
		if (last ? key && leaf_holds(term, model, key, wanted, item)
			 : path_holds(term, model, depth + 1, wanted, item))
			return true;
	}
	return false;
}

static bool number_holds(const struct filter *filter, const struct filter_term *term,
			 const struct filter_wanted *wanted, guint index)
{
	double value = NAN;

	if (!filter->numbers->at(filter->data, term->name, (int)index, &value))
		return false;
	if (!*wanted->text)
		return isnan(value);
	return !isnan(value) && ordered(term->op, value, wanted->number);
}

static bool found_in(const char *text, const struct filter_wanted *wanted)
{
	g_autofree char *folded = text ? text_fold(text) : NULL;

	return folded && strstr(folded, wanted->folded);
}

static bool free_holds(const struct filter *filter, const struct filter_wanted *wanted,
		       const struct model *model, const void *record)
{
	static const char *const keys[] = { "short_name", "city" };
	static const char *const named[] = { "sector", "country" };
	const struct record *base = RECORD(record);

	if (found_in(base->name, wanted) || found_in(base->id, wanted))
		return true;
	for (const char *const *alias = base->aliases; alias && *alias; alias++) {
		if (found_in(*alias, wanted))
			return true;
	}
	for (guint i = 0; i < G_N_ELEMENTS(keys); i++) {
		const struct field *field = record_field(record_type(filter->kind), keys[i]);
		if (field && found_in(*(const char *const *)field_at(field, record), wanted))
			return true;
	}
	/* By the name that people read; ids and letters are for `sector=` and `country=`. */
	for (guint i = 0; i < G_N_ELEMENTS(named); i++) {
		const struct field *field = record_field(record_type(filter->kind), named[i]);
		const char *word = field ? *(const char *const *)field_at(field, record) : NULL;

		if (word && found_in(word_label(model, field, word), wanted))
			return true;
	}
	return false;
}

static bool field_holds(const struct filter_term *term, const struct model *model,
			const struct filter_wanted *wanted, const void *record)
{
	/* `sector=` asks for absence. */
	if (!*wanted->text && term->op == FILTER_EQUAL)
		return !path_holds(term, model, 0, wanted, record);
	return path_holds(term, model, 0, wanted, record);
}

static bool wanted_holds(const struct filter *filter, const struct filter_term *term,
			 const struct filter_wanted *wanted, const struct model *model, guint index)
{
	const void *record = model->records[filter->kind][index];

	if (term->op == FILTER_FREE)
		return free_holds(filter, wanted, model, record);
	if (term->depth == 0)
		return number_holds(filter, term, wanted, index);
	return field_holds(term, model, wanted, record);
}

/* Either kind of terms; `row` NULL: those asked of institution or record `index`. */
static bool terms_hold(const struct filter *filter, const struct model *model, const void *row,
		       guint index)
{
	for (guint t = 0; filter && t < filter->terms->len; t++) {
		const struct filter_term *term = g_ptr_array_index(filter->terms, t);
		bool any = false;

		if (term->of_row != (row != NULL))
			continue;
		for (guint w = 0; w < term->wanted->len && !any; w++) {
			const struct filter_wanted *wanted = g_ptr_array_index(term->wanted, w);

			any = row ? field_holds(term, model, wanted, row)
				  : wanted_holds(filter, term, wanted, model, index);
		}
		if (any == term->negated)
			return false;
	}
	return true;
}

bool filter_match(const struct filter *filter, const struct model *model, guint index)
{
	return terms_hold(filter, model, NULL, index);
}

bool filter_match_row(const struct filter *filter, const struct model *model, const void *row)
{
	return terms_hold(filter, model, row, 0);
}

/* Every word that a field may hold in this network, ids first, then names; borrowed texts. */
static GPtrArray *words_of(const struct model *model, const struct field *field)
{
	GPtrArray *words = g_ptr_array_new();

	if (field->type == FIELD_TERM) {
		const struct items *terms = &model->network->vocabularies.of[field->vocabulary];
		for (guint i = 0; i < terms->n; i++)
			g_ptr_array_add(words,
					(gpointer)(guintptr)ITEMS(struct term, *terms)[i].id);
	} else {
		for (guint k = 0; k < KIND_COUNT; k++) {
			for (guint i = 0; (field->refs & (1u << k)) && i < model->n[k]; i++)
				g_ptr_array_add(
					words,
					(gpointer)(guintptr)RECORD(model->records[k][i])->id);
		}
	}
	g_ptr_array_add(words, NULL);
	return words;
}

/* As they can be typed. */
static char *words_joined(const GPtrArray *words)
{
	GString *out = g_string_new(NULL);

	for (guint i = 0; i + 1 < words->len; i++) {
		g_autofree char *word = filter_quoted(words->pdata[i]);

		g_string_append_printf(out, "%s%s", i > 0 ? ", " : "", word);
	}
	return g_string_free(out, FALSE);
}

static bool word_check(const struct model *model, const struct filter_term *term,
		       const struct field *field, const struct filter_wanted *wanted,
		       GError **error)
{
	g_autoptr(GPtrArray) words = words_of(model, field), own = g_ptr_array_new();
	g_autofree char *hint = NULL;
	const char *nearest;

	for (guint i = 0; i + 1 < words->len; i++) {
		if (word_matches(model, field, wanted, g_ptr_array_index(words, i), false))
			return true;
	}
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE, _("\"%s\" is no %s of this network"),
		    wanted->text, term->name);
	for (guint i = 0; i + 1 < words->len; i++)
		g_ptr_array_add(own,
				(gpointer)(guintptr)model_word_own(model, field, words->pdata[i]));
	g_ptr_array_add(own, NULL);
	nearest = text_nearest_named(wanted->text, (const char *const *)words->pdata,
				     (const char *const *)own->pdata);
	/* What people read for it may begin so. */
	for (guint i = 0; !nearest && strlen(wanted->folded) > 2 && i + 1 < words->len; i++)
		if (word_matches(model, field, wanted, g_ptr_array_index(words, i), true))
			nearest = g_ptr_array_index(words, i);
	if (nearest) {
		hint = g_strdup_printf(_("did you mean \"%s\"?"),
				       model_word_own(model, field, nearest));
	} else if (field->type == FIELD_TERM && words->len > 1) {
		g_autofree char *list = words_joined(own);
		hint = g_strdup_printf(_("it is one of: %s"), list);
	}
	error_add_hint(error, hint);
	return false;
}

#define COUNTRIES_TOLD 5

/* "ZA (South Africa), SS (South Sudan)": of several those that are in this network, if any are.
 * Caller frees. */
static char *countries_told(const struct model *model, const GPtrArray *codes)
{
	g_autoptr(GHashTable) here = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(GPtrArray) ours = g_ptr_array_new();
	const GPtrArray *told = codes;
	GString *out = g_string_new(NULL);

	for (guint i = 0; i < model->n[KIND_INSTITUTION]; i++)
		if (model_institution(model, i)->country)
			g_hash_table_add(here,
					 (gpointer)(guintptr)model_institution(model, i)->country);
	for (guint i = 0; i < codes->len; i++)
		if (g_hash_table_contains(here, codes->pdata[i]))
			g_ptr_array_add(ours, codes->pdata[i]);
	if (ours->len > 0)
		told = ours;
	for (guint i = 0; i < told->len && i < COUNTRIES_TOLD; i++)
		g_string_append_printf(out, "%s%s (%s)", i > 0 ? ", " : "",
				       (const char *)told->pdata[i], country_name(told->pdata[i]));
	if (told->len > COUNTRIES_TOLD)
		g_string_append(out, "…");
	return g_string_free(out, FALSE);
}

static char *country_hint(const struct model *model, const char *typed)
{
	g_autoptr(GPtrArray) like = countries_like(typed);
	const char *near = like->len == 1      ? like->pdata[0]
			   : strlen(typed) > 2 ? country_nearest(typed)
					       : NULL;
	g_autofree char *told = like->len > 1 ? countries_told(model, like) : NULL;

	if (told)
		/* TRANSLATORS: countries, as in: it could be ZA (South Africa), SS (South Sudan) */
		return g_strdup_printf(_("it could be %s"), told);
	if (near)
		/* TRANSLATORS: as in: did you mean MX (Mexico)? */
		return g_strdup_printf(_("did you mean %s (%s)?"), near, country_name(near));
	return g_strdup(_("two letters, as in MX, CO, BR (ISO 3166-1)"));
}

static bool country_check(const struct model *model, const struct filter_wanted *wanted,
			  GError **error)
{
	g_autofree char *upper = g_ascii_strup(wanted->text, -1), *hint = NULL;

	if (country_exists(upper) || country_find(wanted->text))
		return true;
	hint = country_hint(model, wanted->text);
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE, _("\"%s\" is no country"), wanted->text);
	error_add_hint(error, hint);
	return false;
}

static bool is_held(const struct filter *filter, const struct filter_term *term,
		    const struct model *model, const char *text)
{
	g_autofree char *own = g_strdup(text), *folded = text_fold(text);
	const struct filter_wanted wanted = { .text = own, .folded = folded, .rank = -1 };

	for (guint i = 0; i < model->n[filter->kind]; i++)
		if (path_holds(term, model, 0, &wanted, model->records[filter->kind][i]))
			return true;
	return false;
}

/* False where what stands behind a value that nobody has makes it one that somebody has:
 * `city=San José`. */
static bool blanks_check(const struct filter *filter, const struct model *model, guint t,
			 GError **error)
{
	const struct filter_term *term = g_ptr_array_index(filter->terms, t);
	const struct filter_wanted *last = g_ptr_array_index(term->wanted, term->wanted->len - 1);
	g_autoptr(GString) joined = g_string_new(last->text);

	for (guint i = t + 1; i < filter->terms->len; i++) {
		const struct filter_term *next = g_ptr_array_index(filter->terms, i);
		g_autofree char *hint = NULL;

		if (next->op != FILTER_FREE || next->negated || next->quoted ||
		    next->wanted->len != 1 ||
		    (i == t + 1 && is_held(filter, term, model, last->text)))
			return true;
		g_string_append_printf(
			joined, " %s",
			((const struct filter_wanted *)next->wanted->pdata[0])->text);
		if (!is_held(filter, term, model, joined->str))
			continue;
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE,
			    _("\"%s\" is no %s of this network"), last->text, term->name);
		hint = g_strdup_printf(_("quotes go around what has blanks: %s%s\"%s\""),
				       term->name, filter_operator_text(term), joined->str);
		error_add_hint(error, hint);
		return false;
	}
	return true;
}

bool filter_check(const struct filter *filter, const struct model *model, GError **error)
{
	for (guint t = 0; filter && t < filter->terms->len; t++) {
		const struct filter_term *term = g_ptr_array_index(filter->terms, t);
		const struct field *field = term->depth ? term->path[term->depth - 1] : NULL;

		if (field && field->type == FIELD_ITEMS)
			field = record_key_field(field->sub);
		if (!field || term->op == FILTER_FREE || term->op == FILTER_LIKE)
			continue;
		if (term->op == FILTER_EQUAL && field_is_text(field) && !term->of_row &&
		    !blanks_check(filter, model, t, error))
			return false;
		for (guint w = 0; w < term->wanted->len; w++) {
			const struct filter_wanted *wanted = g_ptr_array_index(term->wanted, w);
			bool known = true;
			char *end;

			/* Lists are also compared by their length, with a number. */
			g_ascii_strtod(wanted->text, &end);
			if (!*wanted->text || (term->op != FILTER_EQUAL && !*end))
				continue;
			if (field->type == FIELD_TERM || field->type == FIELD_REF)
				known = word_check(model, term, field, wanted, error);
			else if (field->type == FIELD_COUNTRY)
				known = country_check(model, wanted, error);
			if (!known)
				return false;
		}
	}
	return true;
}
