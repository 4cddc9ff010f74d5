/*
 * Names and values of a model as people read them, in the language of the
 * process.  Nothing here is cleaned for a terminal: that is the last door's work.
 */
#include "data/model.h"
#include "base/context.h"
#include "base/start.h"
#include "base/text.h"

#include <string.h>

#include <glib/gi18n.h>

const char *tie_state_id(enum tie_state state)
{
	static const char *const ids[TIE_STATES] = { "confirmed", "claimed",  "unanswerable",
						     "disputed",  "proposed", "denied" };

	return ids[state];
}

const char *tie_state_label(enum tie_state state)
{
	static const char *const labels[TIE_STATES] = {
		N_("confirmed"),
		N_("claimed"),
		N_("unanswered"),
		N_("disputed"),
		IN_CONTEXT("partnership", "proposed"),
		N_("denied"),
	};

	return in_context(labels[state]);
}

char *tie_state_count(enum tie_state state, guint n)
{
	switch (state) {
	case TIE_CONFIRMED:
		return g_strdup_printf(ngettext("%u confirmed", "%u confirmed", n), n);
	case TIE_CLAIMED:
		return g_strdup_printf(ngettext("%u claimed", "%u claimed", n), n);
	case TIE_UNANSWERABLE:
		return g_strdup_printf(ngettext("%u unanswered", "%u unanswered", n), n);
	case TIE_PROPOSED:
		return g_strdup_printf(ngettext("%u proposed", "%u proposed", n), n);
	case TIE_DENIED:
		return g_strdup_printf(ngettext("%u denied", "%u denied", n), n);
	default:
		return g_strdup_printf(ngettext("%u disputed", "%u disputed", n), n);
	}
}

char *ties_and_others(const char *counted, const guint n_of_state[TIE_STATES])
{
	bool both = n_of_state[TIE_PROPOSED] > 0 && n_of_state[TIE_DENIED] > 0;
	g_autofree char *proposed = tie_state_count(TIE_PROPOSED, n_of_state[TIE_PROPOSED]);
	g_autofree char *denied = tie_state_count(TIE_DENIED, n_of_state[TIE_DENIED]);
	g_autofree char *first = both ? g_strdup_printf("%s, %s", counted, proposed) : NULL;

	if (n_of_state[TIE_PROPOSED] + n_of_state[TIE_DENIED] == 0)
		return g_strdup(counted);
	/* TRANSLATORS: as in "270 ties" and "1 proposed"; "2 partners, 1 proposed" and "1 denied"
	 */
	return g_strdup_printf(_("%s and %s"), both ? first : counted,
			       n_of_state[TIE_DENIED] > 0 ? denied : proposed);
}

char *model_ties_text(const struct model *model)
{
	guint n = model_count_ties(model);
	g_autofree char *ties = g_strdup_printf(ngettext("%u tie", "%u ties", n), n);

	return ties_and_others(ties, model->n_of_state);
}

char *period_text(struct date since, struct date until, struct date today)
{
	char from[DATE_TEXT_SIZE], to[DATE_TEXT_SIZE];

	date_format(since, from);
	date_format(until, to);
	if (*from && *to)
		return strcmp(from, to) ? g_strdup_printf("%s–%s", from, to) : g_strdup(from);
	if (*from)
		return g_strdup_printf(date_is_ahead(since, today) ? _("begins %s") : _("since %s"),
				       from);
	return *to ? g_strdup_printf(_("until %s"), to) : NULL;
}

int model_term_index(const struct model *model, enum vocabulary vocabulary, const char *id)
{
	const struct items *terms = &model->network->vocabularies.of[vocabulary];

	for (guint i = 0; id && i < terms->n; i++)
		if (!strcmp(ITEMS(struct term, *terms)[i].id, id))
			return (int)i;
	return -1;
}

const struct term *model_term(const struct model *model, enum vocabulary vocabulary, const char *id)
{
	int i = model_term_index(model, vocabulary, id);

	return i < 0 ? NULL : &ITEMS(struct term, model->network->vocabularies.of[vocabulary])[i];
}

const char *model_term_name(const struct model *model, enum vocabulary vocabulary, const char *id)
{
	const struct term *term = model_term(model, vocabulary, id);
	const char *language = start_language();

	if (!term)
		return id;
	if (!strcmp(language, "es") && term->name_es)
		return term->name_es;
	if (!strcmp(language, "pt") && term->name_pt)
		return term->name_pt;
	return term->name;
}

const char *term_meaning(const struct term *term)
{
	const char *language = start_language();

	if (!strcmp(language, "es") && term->meaning_es)
		return term->meaning_es;
	if (!strcmp(language, "pt") && term->meaning_pt)
		return term->meaning_pt;
	return term->meaning;
}

const char *institution_name(const struct institution *institution, bool brief)
{
	if (brief && institution->short_name)
		return institution->short_name;
	return institution->base.name ? institution->base.name : institution->base.id;
}

const char *model_name(const struct model *model, enum kind kind, const char *id, bool brief)
{
	const struct record *record = model_get(model, kind, id);

	if (!record)
		return id;
	if (kind == KIND_INSTITUTION)
		return institution_name((const struct institution *)record, brief);
	if (kind == KIND_NETWORK && brief && ((const struct network *)record)->short_name)
		return ((const struct network *)record)->short_name;
	return record->name ? record->name : id;
}

static const char *ref_name(const struct model *model, guint refs, const char *id)
{
	for (guint k = 0; k < KIND_COUNT; k++)
		if ((refs & (1u << k)) && model_find(model, (enum kind)k, id) >= 0)
			return model_name(model, (enum kind)k, id, true);
	return id;
}

const char *model_word_text(const struct model *model, const struct field *field, const char *word)
{
	switch (field->type) {
	case FIELD_TERM:
		return model_term_name(model, field->vocabulary, word);
	case FIELD_TEXT:
	case FIELD_CHOICE: {
		int i = field->choices ? choice_index(field->choices, word) : -1;

		return i < 0 ? word : in_context(field->choices[i].label);
	}
	case FIELD_REF:
		return ref_name(model, field->refs, word);
	case FIELD_COUNTRY:
		return country_name(word);
	case FIELD_SUBDIVISION:
		return subdivision_name(word);
	default:
		return word;
	}
}

static const char *term_id(const struct model *model, enum vocabulary vocabulary, const char *text)
{
	const struct items *terms = &model->network->vocabularies.of[vocabulary];
	g_autofree char *folded = text_fold(text);

	for (guint i = 0; i < terms->n && !model_term(model, vocabulary, text); i++) {
		const struct term *term = &ITEMS(struct term, *terms)[i];
		g_autofree char *name = text_fold(model_term_name(model, vocabulary, term->id));
		g_autofree char *plain = text_fold(term->name ? term->name : "");

		if (!strcmp(folded, name) || !strcmp(folded, plain) || !strcmp(folded, term->id))
			return term->id;
	}
	return text;
}

const char *model_word_id(const struct model *model, const struct field *field, const char *text)
{
	const char *id = NULL;

	if (!*text)
		return text;
	if (field->type == FIELD_TERM)
		return term_id(model, field->vocabulary, text);
	if (field->type == FIELD_CHOICE) {
		int i = choice_find(field->choices, text);

		id = i < 0 ? NULL : field->choices[i].id;
	} else if (field->type == FIELD_COUNTRY && !country_exists(text)) {
		id = country_find(text);
	}
	return id ? id : text;
}

/* A label of a table as the program has it. */
static const char *untranslated(const char *label)
{
	const char *mark = strchr(label, '\004');

	return mark ? mark + 1 : label;
}

const char *model_word_own(const struct model *model, const struct field *field, const char *id)
{
	const char *text = model_word_text(model, field, id), *plain = text;
	int i = field->type == FIELD_CHOICE ? choice_index(field->choices, id) : -1;

	if (i >= 0)
		plain = untranslated(field->choices[i].label);
	else if (field->type == FIELD_TERM && model_term(model, field->vocabulary, id))
		plain = model_term(model, field->vocabulary, id)->name;
	return text != plain && !strcmp(model_word_id(model, field, text), id) ? text : id;
}

char *model_value_text(const struct model *model, const struct field *field, const char *value)
{
	return field->type == FIELD_MONEY ? text_grouped(value)
					  : g_strdup(model_word_text(model, field, value));
}

char *model_field_text(const struct model *model, const struct field *field, const void *record)
{
	if (!(field->flags & FIELD_MANY)) {
		g_autofree char *text = field_text(field, record);

		return text ? model_value_text(model, field, text) : NULL;
	}
	const char *const *list;
	GString *text;

	memcpy(&list, field_at(field, record), sizeof list);
	if (!list)
		return NULL;
	text = g_string_new(NULL);
	for (; *list; list++)
		g_string_append_printf(text, "%s%s", text->len ? ", " : "",
				       model_word_text(model, field, *list));
	return g_string_free(text, FALSE);
}
