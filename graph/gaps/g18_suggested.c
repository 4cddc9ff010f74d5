/*
 * G18: partnerships worth proposing (suggest.h), the best of the network, few for
 * any member; and those that somebody has proposed, dismissed or put off, whether or not
 * they are still among the best: what people decided stays in the register.
 *
 * Severity: .5 x the score, so that what is missing stands before what is merely
 * promising.
 */
#include "graph/gaps/common.h"
#include "graph/suggest_private.h"

#include <glib/gi18n.h>
#include <string.h>

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

/* The two of a gap "G18:a:b" that have no tie yet, as vertices. */
static bool is_pending(const struct net *net, const char *gap, guint *a, guint *b)
{
	g_auto(GStrv) words = g_strsplit(gap, ":", 3);
	int at[2] = { -1, -1 };
	if (g_strv_length(words) != 3 || strcmp(words[0], "G18") != 0)
		return false;
	for (guint i = 0; i < 2; i++) {
		int row = model_find(net->model, KIND_INSTITUTION, words[i + 1]);
		at[i] = row < 0 ? -1 : net->vertex[row];
	}
	if (at[0] < 0 || at[1] <= at[0] || net_has_edge(net, (guint)at[0], (guint)at[1]))
		return false;
	*a = (guint)at[0];
	*b = (guint)at[1];
	return true;
}

/* All that somebody has decided about, as long as the two have no tie. */
static GArray *list_decided(struct study *study, GError **error)
{
	const struct net *net = study->net;
	const struct gaps *record = gap_states(net->model);
	GArray *out = g_array_new(FALSE, FALSE, sizeof(struct suggestion));
	struct suggester suggester;
	bool ready = false;
	for (guint i = 0; record && i < record->gaps.n; i++) {
		struct suggestion one = { 0 };
		guint a, b;
		if (!is_pending(net, ITEMS(struct gap_state, record->gaps)[i].gap, &a, &b))
			continue;
		if (!ready && !suggester_init(&suggester, study, (struct date){ 0 }, error)) {
			g_array_unref(out);
			return NULL;
		}
		ready = true;
		suggester_score(&suggester, a, b, &one);
		suggestion_hand_over(net, &one);
		g_array_append_val(out, one);
	}
	if (ready)
		suggester_release(&suggester);
	return out;
}

static bool is_among(const GArray *found, const struct suggestion *one)
{
	for (guint i = 0; i < found->len; i++) {
		const struct suggestion *other = &g_array_index(found, struct suggestion, i);
		if (other->a == one->a && other->b == one->b)
			return true;
	}
	return false;
}

bool gap_suggested(struct study *study, const struct gap_kind *kind, GPtrArray *out, GError **error)
{
	const struct suggest_options options = { -1, MOST, PER_MEMBER };
	g_autoptr(GArray) found = study_suggest(study, &options, error);
	g_autoptr(GArray) decided = found ? list_decided(study, error) : NULL;
	for (guint i = 0; decided && i < found->len; i++)
		report(study, kind, &g_array_index(found, struct suggestion, i), out);
	for (guint i = 0; decided && i < decided->len; i++) {
		const struct suggestion *one = &g_array_index(decided, struct suggestion, i);
		if (!is_among(found, one))
			report(study, kind, one, out);
	}
	return decided != NULL;
}
