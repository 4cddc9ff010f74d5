/*
 * G18: partnerships worth proposing (suggest.h), the best of the network, few for
 * any member.
 *
 * Severity: .5 x the score, so that what is missing stands before what is merely
 * promising.
 */
#include "graph/gaps/common.h"
#include "graph/suggest.h"

#include <glib/gi18n.h>

#define MOST	   15
#define PER_MEMBER 2

static void report(struct study *study, const struct gap_kind *kind, const struct suggestion *one,
		   GPtrArray *out)
{
	const struct model *model = study->net->model;
	const struct institution *a = model_institution(model, one->a);
	const struct institution *b = model_institution(model, one->b);
	struct gap *gap =
		gap_new(kind, g_strdup_printf("G18:%s:%s", a->base.id, b->base.id), .5 * one->score,
			g_strdup_printf(_("%s and %s could work together"),
					institution_name(a, true), institution_name(b, true)));
	gap->reason = suggestion_text(study, one);
	gap->advice =
		one->introducer >= 0
			? g_strdup_printf(
				  _("Ask %s, who works with both, to introduce them."),
				  institution_name(model_institution(model, (guint)one->introducer),
						   true))
			: g_strdup(_("Write to both and say what each would gain."));
	for (guint i = 0; i < SUGGEST_PARTS; i++)
		if (one->part[i] > 0)
			gap_evidence(gap, _("%s: %.2f of 1, weight %.2f"),
				     suggest_label((enum suggest_part)i), one->part[i],
				     suggest_weight(model, (enum suggest_part)i));
	gap_candidate(gap, (int)one->a, (int)one->b, one->introducer, suggestion_text(study, one));
	gap_names(gap, one->a);
	gap_names(gap, one->b);
	g_ptr_array_add(out, gap);
}

bool gap_suggested(struct study *study, const struct gap_kind *kind, GPtrArray *out, GError **error)
{
	const struct suggest_options options = { -1, MOST, PER_MEMBER };
	g_autoptr(GArray) found = study_suggest(study, &options, error);
	for (guint i = 0; found && i < found->len; i++)
		report(study, kind, &g_array_index(found, struct suggestion, i), out);
	return found != NULL;
}
