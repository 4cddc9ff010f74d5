/*
 * What a scorecard says in words: its numbers, what becomes of a gap, which lists of gaps
 * to tell in which order, and what was assumed.  The lists themselves are whatif.c's.
 */
#include "graph/whatif.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

void whatif_row_format(const struct scorecard *scorecard, const struct whatif_row *row,
		       char **before, char **after)
{
	*before = study_format(scorecard->before, row->measure, row->before);
	*after = study_format(scorecard->after, row->measure, row->after);
	if (strcmp(*before, *after) != 0)
		return;
	/* A step too small for the usual digits still says that it is one. */
	g_free(*before);
	g_free(*after);
	*before = g_strdup_printf("%.5f", row->before);
	*after = g_strdup_printf("%.5f", row->after);
}

guint scorecard_telling(const struct scorecard *scorecard)
{
	guint n = 0;
	for (guint i = 0; i < scorecard->rows->len; i++)
		n += g_array_index(scorecard->rows, struct whatif_row, i).telling;
	return n;
}

char *scorecard_fate(const struct scorecard *scorecard, const struct gap *before)
{
	const struct gap *after = study_gap(scorecard->after, before->id);

	if (!after)
		return g_strdup(study_lacks_gap(scorecard->after, before)
					? _("It closes.")
					: _("It stays, no longer among the severest of its kind."));
	if (fabs(after->severity - before->severity) < .005)
		return g_strdup_printf(_("It stays as it is, %.2f: more is needed."),
				       after->severity);
	return g_strdup_printf(_("It stays, %.2f → %.2f."), before->severity, after->severity);
}

/* A list without what is told of by itself; its title says so where that left something out. */
static struct whatif_group group_of(const GPtrArray *gaps, const GPtrArray *told, const char *title,
				    const char *others, bool good)
{
	struct whatif_group out = { title, g_ptr_array_new(), good };

	for (guint i = 0; i < gaps->len; i++) {
		const struct gap *gap = gaps->pdata[i];
		bool is_told = false;

		for (guint k = 0; k < told->len && !is_told; k++)
			is_told = strcmp(((const struct gap *)told->pdata[k])->id, gap->id) == 0;
		if (is_told)
			out.title = others;
		else
			g_ptr_array_add(out.gaps, (void *)gap);
	}
	return out;
}

void scorecard_groups(const struct scorecard *scorecard, const GPtrArray *told,
		      struct whatif_group out[WHATIF_GROUPS])
{
	bool leaving = scorecard->members_lost > 0;
	guint good = leaving ? 2 : 0, bad = leaving ? 0 : 2;

	out[good] = group_of(scorecard->closed, told,
			     leaving ? _("Gaps that no longer apply, as somebody left")
				     : _("Gaps that close"),
			     _("Other gaps that close"), true);
	out[good + 1] = group_of(scorecard->eased, told, _("Gaps that ease"),
				 _("Other gaps that ease"), true);
	out[bad] = group_of(scorecard->opened, told, _("Gaps that open"), NULL, false);
	out[bad + 1] = group_of(scorecard->worsened, told, _("Gaps that worsen"),
				_("Other gaps that worsen"), false);
}

void whatif_groups_clear(struct whatif_group groups[WHATIF_GROUPS])
{
	for (guint i = 0; i < WHATIF_GROUPS; i++)
		g_ptr_array_unref(groups[i].gaps);
}

char *scorecard_assumed(const struct scorecard *scorecard)
{
	GString *text = g_string_new(scorecard->tries_ties ? _("A tried tie counts as cooperation.")
							   : NULL);

	if (scorecard->held)
		g_string_append_printf(text, "%s%s", text->len > 0 ? " " : "",
				       _("Circles and chance are held; once written, they are "
					 "found anew and more gaps may come and go."));
	return g_string_free(text, text->len == 0);
}
