#include "tui/views/tie.h"

#include <string.h>

#include <glib/gi18n.h>

#include "data/claim.h"

/*
 * A tie in words: its name, its ends, its kinds, years and state.  Its card is in
 * tie.c, what can be done to it in tie_ask.c.
 */
char *tie_name(const struct model *model, const struct tie *tie, guint from)
{
	return g_strdup_printf("%s/%s", model_institution(model, from)->base.id,
			       model_institution(model, tie_other(tie, from))->base.id);
}

const struct tie *tie_find(const struct model *model, const char *name, guint *from, guint *to)
{
	const char *slash = name == NULL ? NULL : strchr(name, '/');
	g_autofree char *first = slash == NULL ? NULL : g_strndup(name, (gsize)(slash - name));
	int a = slash == NULL ? -1 : model_find(model, KIND_INSTITUTION, first);
	int b = slash == NULL ? -1 : model_find(model, KIND_INSTITUTION, slash + 1);

	if (a < 0 || b < 0 || a == b)
		return NULL;
	if (from != NULL)
		*from = (guint)a;
	if (to != NULL)
		*to = (guint)b;
	return model_tie(model, (guint)a, (guint)b);
}

static const char *brief_name(const struct model *model, guint index)
{
	return institution_name(model_institution(model, index), true);
}

char *tie_pair_text(const struct model *model, const struct tie *tie, guint from)
{
	return g_strdup_printf("%s – %s", brief_name(model, from),
			       brief_name(model, tie_other(tie, from)));
}

char *tie_kinds_text(const struct model *model, const struct tie *tie)
{
	g_autoptr(GPtrArray) kinds = tie_kinds(model, tie);
	GString *out = g_string_new(NULL);

	for (guint i = 0; i < kinds->len; i++)
		g_string_append_printf(
			out, "%s%s", i > 0 ? ", " : "",
			model_term_name(model, VOCABULARY_KINDS, g_ptr_array_index(kinds, i)));
	return g_string_free(out, FALSE);
}

char *tie_years_text(const struct tie *tie)
{
	if (tie->since.year == 0 && tie->until.year == 0)
		return g_strdup("");
	if (tie->until.year == 0)
		return g_strdup_printf("%d–", tie->since.year);
	if (tie->since.year == 0)
		return g_strdup_printf("–%d", tie->until.year);
	if (tie->since.year == tie->until.year)
		return g_strdup_printf("%d", tie->since.year);
	return g_strdup_printf("%d–%d", tie->since.year, tie->until.year);
}

static const char *claim_title(const struct model *model, const struct tie *tie, guint i)
{
	return partnership_details(model->claims[tie->first_claim + i].says)->title;
}

char *tie_title_text(const struct model *model, const struct tie *tie)
{
	GString *out = g_string_new(NULL);

	for (guint i = 0; i < tie->n_claims; i++) {
		const char *title = claim_title(model, tie, i);
		bool told = title == NULL;

		for (guint k = 0; k < i && !told; k++)
			told = g_strcmp0(claim_title(model, tie, k), title) == 0;
		if (!told)
			g_string_append_printf(out, "%s%s", out->len > 0 ? "; " : "", title);
	}
	return g_string_free(out, FALSE);
}

char *tie_state_text(const struct model *model, const struct tie *tie)
{
	int silent = tie_waits_for(model, tie);
	guint other = silent < 0 ? tie->b : (guint)silent, says = tie_other(tie, other);

	switch (tie->state) {
	case TIE_CONFIRMED:
		return g_strdup(_("Both sides say it."));
	case TIE_DISPUTED:
		return g_strdup(_("The two sides contradict each other: ask both."));
	case TIE_CLAIMED:
		if (tie_is_said_by(model, tie, other))
			return g_strdup_printf(_("Only %s says it. %s still calls it proposed."),
					       brief_name(model, says), brief_name(model, other));
		return g_strdup_printf(_("Only %s says it. %s keeps its entry fresh and does not."),
				       brief_name(model, says), brief_name(model, other));
	case TIE_PROPOSED:
		if (date_is_ahead(tie->since, model->today)) {
			char day[DATE_TEXT_SIZE];

			return g_strdup_printf(_("It begins %s: it does not count yet."),
					       date_format(tie->since, day));
		}
		if (tie_is_said_by(model, tie, other))
			return g_strdup(_("Both sides call it proposed: it does not count yet."));
		return g_strdup_printf(
			_("%s proposes it, and %s has not answered: it does not count yet."),
			brief_name(model, says), brief_name(model, other));
	case TIE_DENIED:
		return g_strdup(_("Nobody says that they work together: it does not count."));
	case TIE_UNANSWERABLE:
		break;
	}
	return g_strdup_printf(_("Only %s says it. %s has no fresh entry: ask there."),
			       brief_name(model, says), brief_name(model, other));
}
