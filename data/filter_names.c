/*
 * What a filter may name beside the fields of a record, and which names there are for who
 * mistyped one: as the data has them, and as the person has them.
 */
#include "data/filter.h"
#include "data/filter_terms.h"

#include <string.h>

#include <glib/gi18n.h>

#include "base/context.h"
#include "base/errors.h"
#include "base/text.h"
#include "data/called.h"

/* Short forms that people type, in their language too, and the path they stand for. */
static const struct {
	enum kind kind;
	const char *name, *path;
} short_forms[] = {
	{ KIND_INSTITUTION, IN_CONTEXT("filter", "tier"), "memberships.tier" },
	{ KIND_INSTITUTION, IN_CONTEXT("filter", "network"), "memberships.network" },
	{ KIND_INSTITUTION, IN_CONTEXT("filter", "territory"), "territories" },
	{ KIND_INSTITUTION, IN_CONTEXT("filter", "line"), "lines" },
	{ KIND_INSTITUTION, IN_CONTEXT("filter", "partner"), "partners.with" },
	{ KIND_INSTITUTION, IN_CONTEXT("filter", "offer"), "offers.capacity" },
	{ KIND_INSTITUTION, IN_CONTEXT("filter", "need"), "needs.capacity" },
	{ KIND_INSTITUTION, IN_CONTEXT("filter", "alias"), "aliases" },
	{ KIND_INSTITUTION, IN_CONTEXT("filter", "tag"), "tags" },
	{ KIND_TERRITORY, IN_CONTEXT("filter", "line"), "agenda.lines" },
	{ KIND_TERRITORY, IN_CONTEXT("filter", "tag"), "tags" },
	{ KIND_PROGRAMME, IN_CONTEXT("filter", "donor"), "donors" },
	{ KIND_PROGRAMME, IN_CONTEXT("filter", "territory"), "territories" },
	{ KIND_PROGRAMME, IN_CONTEXT("filter", "country"), "countries" },
	{ KIND_PROGRAMME, IN_CONTEXT("filter", "line"), "lines" },
	{ KIND_PROGRAMME, IN_CONTEXT("filter", "participant"), "participants.institution" },
	{ KIND_PROGRAMME, IN_CONTEXT("filter", "tag"), "tags" },
};

/* As the data has it. */
static const char *short_name(guint i)
{
	return strchr(short_forms[i].name, '\004') + 1;
}

/* As the person has it, who may not know the other. */
static char *short_word(guint i)
{
	char *word = word_of_text(in_context_only(short_forms[i].name));

	return word ? word : g_strdup(short_name(i));
}

/* The row of a short form, -1 where a name is none. */
static int short_form(enum kind kind, const char *name)
{
	g_autofree char *folded = text_fold(name);

	for (guint i = 0; i < G_N_ELEMENTS(short_forms); i++) {
		g_autofree char *word = short_word(i), *own = text_fold(word);

		if (short_forms[i].kind == kind &&
		    (!strcmp(short_name(i), name) || !strcmp(own, folded)))
			return (int)i;
	}
	return -1;
}

const char *filter_short(enum kind kind, const char *name)
{
	int row = short_form(kind, name);

	return row < 0 ? name : short_forms[row].path;
}

const char *filter_short_key(enum kind kind, const char *name)
{
	int row = short_form(kind, name);

	return row < 0 ? NULL : short_name((guint)row);
}

const char *filter_number_key(const struct filter_numbers *numbers, const char *name)
{
	g_autofree char *folded = word_folded(name);
	const char *called = NULL, *headed = NULL;
	struct filter_name one;

	for (guint i = 0; numbers && numbers->name(i, &one); i++) {
		if (!strcmp(one.key, name))
			return one.key;
		if (!called && label_is(one.label, folded))
			called = one.key;
		if (!headed && one.brief && label_is(one.brief, folded))
			headed = one.key;
	}
	return called ? called : headed;
}

char *filter_number_word(const struct filter_numbers *numbers, const struct filter_name *name)
{
	const struct field *path[FILTER_DEPTH];
	/* Untranslated, a label is no other word than the key. */
	g_autofree char *word = _(name->label) == name->label ? NULL : word_of_text(_(name->label));

	return word && !filter_path(KIND_INSTITUTION, word, path) &&
			       !g_strcmp0(filter_number_key(numbers, word), name->key)
		       ? g_steal_pointer(&word)
		       : g_strdup(name->key);
}

void filter_short_forms(enum kind kind, const char *typed, GPtrArray *options)
{
	for (guint i = 0; i < G_N_ELEMENTS(short_forms); i++) {
		const struct field *path[FILTER_DEPTH];
		g_autofree char *word = short_word(i), *text = g_strconcat(word, "=", NULL);
		guint depth;

		if (short_forms[i].kind != kind)
			continue;
		depth = filter_path(kind, short_forms[i].path, path);
		filter_option_add(options, typed, text,
				  depth > 0 ? _(path[depth - 1]->label) : NULL);
	}
}

/* Names that can be typed, as the person has them, and the same folded, one each. */
struct names {
	GPtrArray *words, *folded;
};

static void name_add(struct names *names, char *word)
{
	g_ptr_array_add(names->words, word);
	g_ptr_array_add(names->folded, text_fold(word));
}

static void names_collect(struct names *names, const struct record_type *type, const char *before)
{
	for (guint i = 0; i < type->n_fields; i++) {
		const struct field *field = &type->fields[i];
		g_autofree char *word = field_word(type, field);
		g_autofree char *name = g_strconcat(before, word, NULL);

		if (field->type == FIELD_GROUP || field->type == FIELD_ITEMS) {
			g_autofree char *inside = g_strconcat(name, ".", NULL);
			names_collect(names, field->sub, inside);
		}
		if (strcmp(word, field->key))
			name_add(names, g_strconcat(before, field->key, NULL));
		if (field->type != FIELD_GROUP)
			name_add(names, g_steal_pointer(&name));
	}
}

/* Those of rows first: of names that are as near it is one of them that is meant. */
static void names_of(struct names *names, enum kind kind, const struct filter_numbers *numbers,
		     const struct record_type *rows)
{
	struct filter_name one;

	names->words = g_ptr_array_new_with_free_func(g_free);
	names->folded = g_ptr_array_new_with_free_func(g_free);
	if (rows)
		names_collect(names, rows, "");
	for (guint i = 0; numbers && numbers->name(i, &one); i++) {
		name_add(names, g_strdup(one.key));
		name_add(names, filter_number_word(numbers, &one));
	}
	for (guint i = 0; i < G_N_ELEMENTS(short_forms); i++) {
		if (short_forms[i].kind != kind)
			continue;
		name_add(names, g_strdup(short_name(i)));
		name_add(names, short_word(i));
	}
	names_collect(names, record_type(kind), "");
	g_ptr_array_add(names->words, NULL);
	g_ptr_array_add(names->folded, NULL);
}

/* Those that a kind has of what is filtered by most often, as the person has them.  Caller
 * frees. */
static char *usual_names(enum kind kind, const struct filter_numbers *numbers)
{
	static const char *const usual[] = { "sector", "country", "status", "kind", "name" };
	struct filter_name one;
	GString *out = g_string_new(NULL);

	for (guint i = 0; i < G_N_ELEMENTS(usual); i++) {
		const struct field *field = record_field(record_type(kind), usual[i]);
		g_autofree char *word = field ? field_word(record_type(kind), field) : NULL;

		if (word)
			g_string_append_printf(out, "%s%s", out->len > 0 ? ", " : "", word);
	}
	for (guint i = 0; i < FILTER_NUMBERS_USUAL && numbers && numbers->name(i, &one); i++) {
		g_autofree char *word = filter_number_word(numbers, &one);

		g_string_append_printf(out, ", %s", word);
	}
	return g_string_free(out, FALSE);
}

#define FIRST_NAMES 5

/* The first fields of a table of rows, as the person has them.  Caller frees. */
static char *first_names(const struct record_type *rows)
{
	GString *out = g_string_new(NULL);

	for (guint i = 0; i < MIN(rows->n_fields, FIRST_NAMES); i++) {
		g_autofree char *word = field_word(rows, &rows->fields[i]);

		g_string_append_printf(out, "%s%s", i > 0 ? ", " : "", word);
	}
	return g_string_free(out, FALSE);
}

bool filter_unknown(const struct filter *filter, const char *name, GError **error)
{
	enum kind kind = filter->kind;
	struct names names;
	g_autofree char *hint = NULL, *usual = NULL;
	const char *nearest;

	names_of(&names, kind, filter->numbers, filter->rows);
	nearest = text_nearest_named(name, (const char *const *)names.words->pdata,
				     (const char *const *)names.folded->pdata);
	if (!nearest)
		nearest = record_key_nearest(record_type(kind), name);
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE,
		    _("There is no field or measure \"%s\" to filter by"), name);
	if (nearest)
		hint = g_strdup_printf(_("did you mean \"%s\"?"), nearest);
	else if (*(usual = filter->rows ? first_names(filter->rows)
					: usual_names(kind, filter->numbers)))
		/* TRANSLATORS: names that a filter knows, as in: sector, country, ties */
		hint = g_strdup_printf(_("try one of: %s"), usual);
	error_add_hint(error, hint);
	g_ptr_array_unref(names.words);
	g_ptr_array_unref(names.folded);
	return false;
}
