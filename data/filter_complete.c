/*
 * What could stand at the cursor of a filter that is being typed: fields, and the
 * values that a field has in this network.  Reading filters is filter.c.
 */
#include "data/filter.h"
#include "data/filter_terms.h"

#include "base/text.h"
#include "data/called.h"

#include <string.h>

#include <glib/gi18n.h>

#define OPTIONS_MAX 120
#define SEEN_MAX    400 /* different values of a field that are looked at */

static void option_free(void *data)
{
	struct filter_option *option = data;

	g_free(option->text);
	g_free(option->label);
	g_free(option);
}

GPtrArray *filter_options_new(void)
{
	return g_ptr_array_new_with_free_func(option_free);
}

/* Of names that fit as well, those that are filtered by most often come first. */
static int usual_rank(const char *name)
{
	static const char *const usual[] = { "country", "sector", "ties",     "territory",
					     "city",	"name",	  "verified", "gaps" };
	gsize length = strcspn(name, "=~<>");

	for (guint i = 0; i < G_N_ELEMENTS(usual); i++)
		if (strlen(usual[i]) == length && strncmp(name, usual[i], length) == 0)
			return (int)(G_N_ELEMENTS(usual) - i);
	return 0;
}

/* 3 for what begins so, down to 0 for what has not these letters in it; `wanted` is folded. */
static int fit(const char *text, const char *wanted, int best)
{
	g_autofree char *folded = text_fold(text == NULL ? "" : text);

	return g_str_has_prefix(folded, wanted) ? best : strstr(folded, wanted) ? 1 : 0;
}

void filter_option_named(GPtrArray *options, const char *typed, const char *text, const char *name,
			 const char *label)
{
	g_autofree char *wanted = text_fold(typed);
	int rank = MAX(MAX(fit(text, wanted, 3), fit(name, wanted, 3)), fit(label, wanted, 2));
	struct filter_option *option;

	if (rank == 0)
		return;
	option = g_new0(struct filter_option, 1);
	option->text = g_strdup(text);
	option->label = g_strdup(label);
	/* Words that are no names of fields have no operator behind them. */
	option->rank = 100 * rank + (strpbrk(text, "=~<>") != NULL ? usual_rank(name) : 0);
	g_ptr_array_add(options, option);
}

void filter_option_add(GPtrArray *options, const char *typed, const char *text, const char *label)
{
	filter_option_named(options, typed, text, text, label);
}

static int by_rank(gconstpointer a, gconstpointer b)
{
	const struct filter_option *one = *(struct filter_option *const *)a;
	const struct filter_option *two = *(struct filter_option *const *)b;

	return two->rank - one->rank;
}

void filter_options_sort(GPtrArray *options)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);

	g_ptr_array_sort(options, by_rank);
	/* What is called so of a row hides what is called so of an institution. */
	for (guint i = 0; i < options->len;) {
		const struct filter_option *option = g_ptr_array_index(options, i);

		if (g_hash_table_add(seen, option->text))
			i++;
		else
			g_ptr_array_remove_index(options, i);
	}
	if (options->len > OPTIONS_MAX)
		g_ptr_array_set_size(options, OPTIONS_MAX);
}

void filter_place(const char *text, gsize at, struct filter_place *place)
{
	gsize word = 0, value;
	bool quoted = false;
	guint which;
	const char *op;
	gsize length = 0;

	memset(place, 0, sizeof *place);
	for (gsize i = 0; i < at; i++) {
		if (text[i] == '"')
			quoted = !quoted;
		else if (!quoted && g_ascii_isspace(text[i]))
			word = i + 1;
	}
	place->to = at;
	op = filter_operator(text + word, at - word, &which, &length);
	if (!op) {
		place->from = word + (at > word && text[word] == '!');
		place->typed = g_strndup(text + place->from, at - place->from);
		return;
	}
	place->field = g_strndup(text + word, (gsize)(op - text) - word);
	value = (gsize)(op - text) + length;
	quoted = false;
	for (gsize i = value; i < at; i++) {
		if (text[i] == '"')
			quoted = !quoted;
		else if (!quoted && text[i] == ',')
			value = i + 1;
	}
	place->from = value;
	value += value < at && text[value] == '"';
	place->typed = g_strndup(text + value, at - value);
}

void filter_place_clear(struct filter_place *place)
{
	g_clear_pointer(&place->field, g_free);
	g_clear_pointer(&place->typed, g_free);
}

/* "sector=", "city~", "verified<": with the operator that is meant most often. */
static char *with_operator(const char *name, const struct field *field)
{
	const char *op = "=";

	if (field && (field->type == FIELD_DATE || field->type == FIELD_INTEGER ||
		      field->type == FIELD_NUMBER || field->type == FIELD_MONEY))
		op = ">";
	else if (field && field->type <= FIELD_URL)
		op = "~";
	return g_strconcat(name, op, NULL);
}

static void fields_add(GPtrArray *options, const struct record_type *type, const char *before,
		       const char *typed);

/* What is inside a group once one has got that far, by whichever name. */
static void inside_add(GPtrArray *options, const struct field *field, const char *before,
		       const char *word, const char *typed)
{
	const char *const words[] = { word, field->key };

	for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
		g_autofree char *inside = g_strconcat(before, words[i], ".", NULL);

		if (i > 0 && !strcmp(word, field->key))
			return;
		if (!strncmp(typed, inside, strlen(inside) - 1))
			fields_add(options, field->sub, inside, typed);
		else if (i == 0)
			filter_option_named(options, typed, inside, field->key, _(field->label));
	}
}

static void fields_add(GPtrArray *options, const struct record_type *type, const char *before,
		       const char *typed)
{
	for (guint i = 0; i < type->n_fields; i++) {
		const struct field *field = &type->fields[i];
		g_autofree char *word = field_word(type, field);
		g_autofree char *own = g_strconcat(before, word, NULL);
		g_autofree char *name = g_strconcat(before, field->key, NULL);
		g_autofree char *text = with_operator(own, field);

		/* Beside a word of the person's language stands that of the data. */
		if (field->type != FIELD_GROUP && field->type != FIELD_ITEMS)
			filter_option_named(options, typed, text, name,
					    strcmp(own, name) ? name : _(field->label));
		if (field->sub)
			inside_add(options, field, before, word, typed);
	}
}

/* `text`, which the data calls `name`. */
static void value_named(GPtrArray *options, const char *typed, const char *text, const char *name,
			const char *label)
{
	g_autofree char *quoted = filter_quoted(text);

	/* A quote that would be written does not hide what was typed. */
	filter_option_named(options, typed, *quoted == '"' ? quoted + 1 : quoted, name, label);
	if (options->len > 0 && *quoted == '"') {
		struct filter_option *last = g_ptr_array_index(options, options->len - 1);

		if (!strcmp(last->text, quoted + 1)) {
			g_free(last->text);
			last->text = g_steal_pointer(&quoted);
		}
	}
}

static void value_add(GPtrArray *options, const char *typed, const char *text, const char *label)
{
	value_named(options, typed, text, text, label);
}

/* A word of a table: as the person has it where its translation is read again, with that of the
 * data beside it; else the other way round. */
static void word_add(GPtrArray *options, const struct model *model, const struct field *field,
		     const char *typed, const char *id)
{
	const char *own = model_word_own(model, field, id);

	if (own != id)
		value_named(options, typed, own, id, id);
	else
		value_add(options, typed, id, model_word_text(model, field, id));
}

/* The values that records have, where no table says what may stand there. */
static void seen_add(GPtrArray *options, const void *const *records, guint n,
		     const struct field *field, const char *typed)
{
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	for (guint i = 0; i < n && g_hash_table_size(seen) < SEEN_MAX; i++) {
		const void *record = records[i];
		g_autofree char *text = NULL;

		if (field->flags & FIELD_MANY || !field_is_set(field, record))
			continue;
		text = field_text(field, record);
		if (!text || strlen(text) > 60 || g_hash_table_contains(seen, text))
			continue;
		value_add(options, typed, text,
			  field->type == FIELD_COUNTRY	     ? country_name(text)
			  : field->type == FIELD_SUBDIVISION ? subdivision_name(text)
							     : NULL);
		g_hash_table_add(seen, g_steal_pointer(&text));
	}
}

static void refs_add(GPtrArray *options, const struct model *model, const struct field *field,
		     const char *typed)
{
	for (guint k = 0; k < KIND_COUNT; k++) {
		for (guint i = 0; (field->refs & (1u << k)) && i < model->n[k]; i++) {
			const struct record *record = model->records[k][i];

			if (options->len < OPTIONS_MAX * 4)
				value_add(options, typed, record->id, record->name);
		}
	}
}

/* `n` records whose own values are chosen from where no table has them. */
static void values_add(GPtrArray *options, const struct model *model, const void *const *records,
		       guint n, const struct field *field, const char *typed)
{
	if (field->type == FIELD_TERM) {
		const struct items *terms = &model->network->vocabularies.of[field->vocabulary];

		for (guint i = 0; i < terms->n; i++) {
			const struct term *term = &ITEMS(struct term, *terms)[i];

			word_add(options, model, field, typed, term->id);
		}
	} else if (field->type == FIELD_CHOICE) {
		for (const struct choice *c = field->choices; c->id; c++)
			word_add(options, model, field, typed, c->id);
	} else if (field->type == FIELD_REF) {
		refs_add(options, model, field, typed);
	} else if (field_is_text(field) && field->type != FIELD_PROSE) {
		seen_add(options, records, n, field, typed);
	}
}

/* What is counted of institutions. */
static void numbers_add(GPtrArray *options, const struct filter_numbers *numbers, const char *typed)
{
	struct filter_name name;

	for (guint i = 0; numbers->name(i, &name); i++) {
		g_autofree char *word = filter_number_word(numbers, &name);
		g_autofree char *text = g_strconcat(word, ">", NULL);

		filter_option_named(options, typed, text, name.key,
				    strcmp(word, name.key) ? name.key : _(name.label));
	}
}

void filter_complete(const struct filter_place *place, const struct model *model, enum kind kind,
		     const struct filter_numbers *numbers, GPtrArray *options)
{
	const struct field *path[FILTER_DEPTH];
	const struct field *field;
	guint depth;

	if (!place->field) {
		filter_short_forms(kind, place->typed, options);
		fields_add(options, record_type(kind), "", place->typed);
		if (numbers && kind == KIND_INSTITUTION)
			numbers_add(options, numbers, place->typed);
		filter_options_sort(options);
		return;
	}
	depth = filter_path(kind, place->field, path);
	if (depth == 0)
		return;
	field = path[depth - 1];
	if (field->type == FIELD_ITEMS)
		field = record_key_field(field->sub);
	if (field)
		values_add(options, model, model->records[kind], depth == 1 ? model->n[kind] : 0,
			   field, place->typed);
	filter_options_sort(options);
}

#define ROWS_FIRST 1000 /* before whatever is asked of institutions */

bool filter_complete_rows(const struct filter_place *place, const struct model *model,
			  const struct filter_rows *rows, GPtrArray *options)
{
	const struct field *path[FILTER_DEPTH];
	guint from = options->len;

	if (place->field) {
		if (filter_path_in(rows->type, place->field, path) == 0)
			return false;
		values_add(options, model, rows->all, rows->n, path[0], place->typed);
		filter_options_sort(options);
		return true;
	}
	fields_add(options, rows->type, "", place->typed);
	for (guint i = from; i < options->len; i++)
		((struct filter_option *)g_ptr_array_index(options, i))->rank += ROWS_FIRST;
	return true;
}

static char *explained(const struct filter_place *place, const struct field *field)
{
	/* TRANSLATORS: a field of a filter, its label, what it is for. */
	return g_strdup_printf(_("%s: %s. %s"), place->field, _(field->label), _(field->help));
}

char *filter_explain(const struct filter_place *place, enum kind kind)
{
	const struct field *path[FILTER_DEPTH];
	guint depth = place->field ? filter_path(kind, place->field, path) : 0;

	return depth == 0 ? NULL : explained(place, path[depth - 1]);
}

char *filter_explain_rows(const struct filter_place *place, const struct filter_rows *rows)
{
	const struct field *path[FILTER_DEPTH];
	guint depth = place->field ? filter_path_in(rows->type, place->field, path) : 0;

	return depth == 0 ? NULL : explained(place, path[depth - 1]);
}
