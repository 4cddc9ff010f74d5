/*
 * Chains between institutions as sentences, the same for commands and the app.
 * Which chains there are is paths.c's business.
 */
#include "graph/introduce.h"

#include <glib/gi18n.h>

static guint member(const GArray *chain, guint i)
{
	return g_array_index(chain, guint, i);
}

static const char *name_of(const struct model *model, guint institution)
{
	return institution_name(model_institution(model, institution), true);
}

/* " (since 2021; training, research)", "" when nothing is known. */
static char *tie_words(const struct model *model, const struct tie *tie)
{
	g_autoptr(GPtrArray) kinds = tie_kinds(model, tie);
	g_autofree char *period = period_text(tie->since, tie->until, model->today);
	GString *out = g_string_new(period);

	for (guint i = 0; i < kinds->len; i++)
		g_string_append_printf(
			out, "%s%s",
			i > 0	 ? ", "
			: period ? "; "
				 : "",
			model_term_name(model, VOCABULARY_KINDS, g_ptr_array_index(kinds, i)));
	if (out->len > 0) {
		g_string_prepend(out, " (");
		g_string_append_c(out, ')');
	}
	return g_string_free(out, FALSE);
}

/* "works with INNOVEC (since 2021; training)": what the subject, another institution, does. */
static char *works_with(const struct model *model, guint subject, guint other)
{
	const struct tie *tie = model_tie(model, subject, other);
	g_autofree char *words = tie_words(model, tie);

	return g_strdup_printf(tie->ended ? _("worked with %s%s") : _("works with %s%s"),
			       name_of(model, other), words);
}

static char *together(const struct model *model, guint a, guint b)
{
	const struct tie *tie = model_tie(model, a, b);
	g_autofree char *words = tie_words(model, tie);

	return g_strdup_printf(tie->ended ? _("%s and %s have worked together%s.")
					  : _("%s and %s work together already%s."),
			       name_of(model, a), name_of(model, b), words);
}

char *introduce_sentence(const struct model *model, const GArray *chain)
{
	if (chain->len < 2)
		return g_strdup("");
	if (chain->len == 2)
		return together(model, member(chain, 0), member(chain, 1));
	const char *name = name_of(model, member(chain, 1));
	g_autofree char *first = works_with(model, member(chain, 1), member(chain, 0));

	if (chain->len > 3)
		/* TRANSLATORS: as in: Write to UNAM, who works with A (since 2021), and ask for an
		 * introduction to B. */
		return g_strdup_printf(_("Write to %s, who %s, and ask for an introduction to %s."),
				       name, first, name_of(model, member(chain, 2)));
	g_autofree char *second = works_with(model, member(chain, 1), member(chain, 2));

	/* TRANSLATORS: as in: Write to UNAM, who works with A (since 2021) and works with B. */
	return g_strdup_printf(_("Write to %s, who %s and %s."), name, first, second);
}

char *introduce_step(const struct model *model, const GArray *chain, guint step)
{
	g_autofree char *next = works_with(model, member(chain, step), member(chain, step + 1));

	return g_strdup_printf("%s %s.", name_of(model, member(chain, step)), next);
}

static bool is_part_of(const struct programme *programme, const char *id)
{
	const struct participant *rows = ITEMS(struct participant, programme->participants);

	if (g_strcmp0(programme->lead, id) == 0 || list_has(programme->donors, id))
		return true;
	for (guint i = 0; i < programme->participants.n; i++)
		if (g_strcmp0(rows[i].institution, id) == 0)
			return true;
	return false;
}

GArray *introduce_meetings(const struct model *model, guint a, guint b)
{
	const char *x = model_institution(model, a)->base.id;
	const char *y = model_institution(model, b)->base.id;
	GArray *meetings = g_array_new(FALSE, FALSE, sizeof(guint));

	for (guint p = 0; p < model->n[KIND_PROGRAMME]; p++)
		if (is_part_of(model_programme(model, p), x) &&
		    is_part_of(model_programme(model, p), y))
			g_array_append_val(meetings, p);
	return meetings;
}
