/*
 * A filter written so that it means the same to everybody: names of fields and the
 * words of vocabularies, choices and countries as the data has them.  For what is
 * kept or goes out with an export; on the screen a filter stands as it was typed.
 */
#include "data/filter.h"
#include "data/filter_terms.h"

#include <string.h>

/* "memberships.tier", or the short form that was meant; a measure has one name. */
static void name_add(GString *out, const struct filter_term *term, enum kind kind)
{
	const char *brief = filter_short_key(kind, term->name);

	if (term->depth == 0 || brief)
		g_string_append(out, brief ? brief : term->name);
	for (guint i = 0; i < term->depth && !brief; i++)
		g_string_append_printf(out, "%s%s", i > 0 ? "." : "", term->path[i]->key);
}

/* The word that the data has for a whole value of the term. */
static char *value_key(const struct filter_term *term, const struct model *model, const char *text)
{
	const struct field *field = term->depth > 0 ? term->path[term->depth - 1] : NULL;

	if (field && field->type == FIELD_ITEMS)
		field = record_key_field(field->sub);
	/* Letters that are looked for inside of a text are nobody's word. */
	if (!field || term->op == FILTER_LIKE)
		return g_strdup(text);
	if (field->type == FIELD_COUNTRY) {
		g_autofree char *code = g_ascii_strup(text, -1);

		if (country_exists(code))
			return g_steal_pointer(&code);
	}
	return g_strdup(model_word_id(model, field, text));
}

static void term_add(GString *out, const struct filter_term *term, enum kind kind,
		     const struct model *model)
{
	if (out->len > 0)
		g_string_append_c(out, ' ');
	if (term->op != FILTER_FREE)
		name_add(out, term, kind);
	g_string_append(out, filter_operator_text(term));
	for (guint i = 0; i < term->wanted->len; i++) {
		const struct filter_wanted *wanted = term->wanted->pdata[i];
		g_autofree char *key = value_key(term, model, wanted->text);
		g_autofree char *quoted =
			term->quoted ? g_strdup_printf("\"%s\"", key) : filter_quoted(key);

		g_string_append_printf(out, "%s%s", i > 0 ? "," : "", quoted);
	}
}

char *filter_keys(const struct filter *filter, const struct model *model)
{
	GString *out = g_string_new(NULL);

	for (guint t = 0; filter && t < filter->terms->len; t++)
		term_add(out, filter->terms->pdata[t], filter->kind, model);
	return g_string_free(out, FALSE);
}
