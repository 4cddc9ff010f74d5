/*
 * G12: ties that only one side stands for.  Where the other side has no fresh
 * entry nobody can have confirmed anything: that is one finding for the whole
 * network, with whom to ask first.  Where it keeps a fresh entry and does not
 * name the tie: one finding for each such side, the largest, and one for all the
 * others.  Contradictions: one a tie, and one for those beyond the first twenty.
 *
 * Severity: .55 x gap_weight(members concerned) for what nobody could answer,
 * .6 x gap_weight(ties) for a silent side, .25 for a contradiction.
 */
#include "graph/gaps/common.h"

#include "base/context.h"
#include "data/claim.h"

#include <glib/gi18n.h>

#define OFFERS 10
#define NAMES  8
#define MOST   20 /* findings of a kind that stand alone, at most */

/* Who did not speak: the side that no claim comes from; -1 when both did. */
static int silent_side(const struct net *net, guint e)
{
	const struct model *model = net->model;
	const struct tie *tie = &model->ties[net->tie[e]];
	bool a = false, b = false;
	for (guint i = 0; i < tie->n_claims; i++) {
		a |= model->claims[tie->first_claim + i].from == tie->a;
		b |= model->claims[tie->first_claim + i].from == tie->b;
	}
	return a && b ? -1 : a ? (int)net->to[e] : (int)net->from[e];
}

/* The same, or who calls proposed what the other side says is there. */
static int waiting_side(const struct net *net, guint e)
{
	const struct tie *tie = &net->model->ties[net->tie[e]];
	int side = tie_waits_for(net->model, tie);
	return side < 0 ? -1 : side == (int)tie->a ? (int)net->from[e] : (int)net->to[e];
}

static enum tie_state state_of(const struct net *net, guint e)
{
	return net->model->ties[net->tie[e]].state;
}

static int by_count(gconstpointer a, gconstpointer b, gpointer data)
{
	const guint *counts = data;
	guint x = *(const guint *)a, y = *(const guint *)b;
	if (counts[x] != counts[y])
		return counts[x] > counts[y] ? -1 : 1;
	return x < y ? -1 : x > y;
}

/* Whom to ask first: the sides with most ties to answer for. */
static void offer_askers(struct study *study, const guint *counts, guint open, struct gap *gap)
{
	const struct net *net = study->net;
	g_autoptr(GArray) order = g_array_new(FALSE, FALSE, sizeof(guint));
	guint settled = 0;
	for (guint v = 0; v < net->n; v++)
		if (counts[v] > 0)
			g_array_append_val(order, v);
	g_array_sort_with_data(order, by_count, (gpointer)counts);
	guint asked = MIN(order->len, OFFERS);
	for (guint i = 0; i < asked; i++) {
		guint v = g_array_index(order, guint, i);
		settled += counts[v];
		offer_pair(study, gap, v, -1,
			   g_strdup_printf(ngettext("its answer settles %u tie",
						    "its answer settles %u ties", counts[v]),
					   counts[v]));
	}
	gap_evidence(gap,
		     ngettext("Asking the %u institution below settles %u of them",
			      "Asking the %u institutions below settles %u of them", asked),
		     asked, MIN(settled, open));
}

static void report_unanswerable(struct study *study, const struct gap_kind *kind, GPtrArray *out)
{
	const struct net *net = study->net;
	g_autofree guint *counts = g_new0(guint, MAX(net->n, 1));
	guint open = 0, concerned = 0, top = 0, tops = 0;
	for (guint e = 0; e < net->m; e++) {
		int silent = waiting_side(net, e);
		if (state_of(net, e) != TIE_UNANSWERABLE || silent < 0)
			continue;
		open++;
		concerned += counts[silent]++ == 0;
		if (counts[silent] > counts[top])
			top = (guint)silent;
	}
	if (open == 0)
		return;
	for (guint v = 0; v < net->n; v++)
		tops += counts[v] == counts[top];
	/* Somebody stands out only who has more to answer for than all others. */
	struct gap *gap = gap_new(
		kind, g_strdup("G12:unanswered"), .55 * gap_weight(concerned),
		tops > 1 ? g_strdup_printf(ngettext("Nobody has confirmed %u tie",
						    "Nobody has confirmed %u ties", open),
					   open)
			 : g_strdup_printf(ngettext("Nobody has confirmed %u tie; ask %s first",
						    "Nobody has confirmed %u ties; ask %s first",
						    open),
					   open, vertex_name(net, top)));
	gap->reason =
		tops > 1
			? g_strdup(_("One side declares each of these ties and the other has no "
				     "recent entry to answer with."))
			: g_strdup_printf(
				  ngettext("One side declares each of these ties and the other has "
					   "no recent entry to answer with. %s alone stands on the "
					   "other side of %u of them.",
					   "One side declares each of these ties and the other has "
					   "no recent entry to answer with. %s alone stands on the "
					   "other side of %u of them.",
					   counts[top]),
				  vertex_name(net, top), counts[top]);
	gap->advice = g_strdup(_("Send each institution its entry and ask it to name its partners "
				 "and the date; begin with those whose answer settles most."));
	gap_evidence(gap,
		     net->m == 1 ? _("The only tie rests on one side's word")
				 : ngettext("%u of %u ties rests on one side's word",
					    "%u of %u ties rest on one side's word", open),
		     open, net->m);
	gap_evidence(gap,
		     ngettext("%u institution would have to answer",
			      "%u institutions would have to answer", concerned),
		     concerned);
	offer_askers(study, counts, open, gap);
	for (guint v = 0; v < net->n; v++)
		if (counts[v] > 0)
			g_array_append_val(gap->institutions, net->institution[v]);
	g_ptr_array_add(out, gap);
}

static void report_silent(struct study *study, const struct gap_kind *kind, guint v,
			  const GPtrArray *names, GPtrArray *out)
{
	const struct net *net = study->net;
	const char *name = vertex_name(net, v);
	g_autofree char *list = join_names(names, NAMES);
	struct gap *gap = gap_new(
		kind, g_strdup_printf("G12:%s", net_institution(net, v)->base.id),
		.6 * gap_weight(names->len),
		g_strdup_printf(ngettext("%s does not name %u tie that the other side declares",
					 "%s does not name %u ties that the other side declares",
					 names->len),
				name, names->len));
	gap->reason = g_strdup_printf(_("The entry of %s is recent and leaves these partnerships "
					"out: either they are over, or they were forgotten."),
				      name);
	gap->advice =
		g_strdup_printf(_("Ask %s about each; a yes makes the tie confirmed, a no ends "
				  "it."),
				name);
	gap_evidence(gap, _("Declared by %s"), list);
	gap_names(gap, net->institution[v]);
	offer_pair(study, gap, v, -1,
		   g_strdup_printf(ngettext("its answer settles %u tie",
					    "its answer settles %u ties", names->len),
				   names->len));
	g_ptr_array_add(out, gap);
}

static int by_length(gconstpointer a, gconstpointer b, gpointer data)
{
	GPtrArray *const *declared = data;
	guint x = *(const guint *)a, y = *(const guint *)b;
	if (declared[x]->len != declared[y]->len)
		return declared[x]->len > declared[y]->len ? -1 : 1;
	return x < y ? -1 : x > y;
}

/* Those beyond the first `alone`: one round of letters, not hundreds of findings. */
static void report_others(struct study *study, const struct gap_kind *kind, const GArray *sides,
			  guint alone, GPtrArray **declared, GPtrArray *out)
{
	const struct net *net = study->net;
	guint ties = 0, n = sides->len - alone;
	for (guint i = alone; i < sides->len; i++)
		ties += declared[g_array_index(sides, guint, i)]->len;
	struct gap *gap = gap_new(
		kind, g_strdup("G12:others"), .4 * gap_weight(n),
		g_strdup_printf(
			alone > 0
				? ngettext("%u more institution leaves out ties that others "
					   "declare: %u",
					   "%u more institutions leave out ties that others "
					   "declare: %u",
					   n)
				: ngettext("%u institution leaves out ties that others declare: %u",
					   "%u institutions leave out ties that others declare: %u",
					   n),
			n, ties));
	gap->reason = g_strdup(_("Their entries are recent and leave these partnerships out: "
				 "either they are over, or they were forgotten."));
	gap->advice = g_strdup(_("Send each the list of those who name it and ask for a yes or a "
				 "no."));
	gap_evidence(gap, _("%u ties, at %u institutions, few at each"), ties, n);
	for (guint i = alone; i < sides->len; i++) {
		guint v = g_array_index(sides, guint, i), own = declared[v]->len;
		g_array_append_val(gap->institutions, net->institution[v]);
		leave_unlisted(study, g_strdup_printf("G12:%s", net_institution(net, v)->base.id));
		if (i < alone + OFFERS)
			offer_pair(study, gap, v, -1,
				   g_strdup_printf(ngettext("its answer settles %u tie",
							    "its answer settles %u ties", own),
						   own));
	}
	g_ptr_array_add(out, gap);
}

/* All contradictions beyond the first. */
static void report_more_disputed(const struct gap_kind *kind, guint n, GPtrArray *out)
{
	struct gap *gap = gap_new(
		kind, g_strdup("G12:more-contradictions"), .25 * gap_weight(n),
		g_strdup_printf(ngettext("%u more tie on which both sides contradict each other",
					 "%u more ties on which both sides contradict each other",
					 n),
				n));
	gap->reason = g_strdup(_("Both declare the partnership and say different things about its "
				 "state or its direction."));
	gap->advice = g_strdup(_("The list of ties shows the state of each; ask both sides of one "
				 "in one message."));
	gap_evidence(gap, ngettext("%u tie", "%u ties", n), n);
	g_ptr_array_add(out, gap);
}

static void find_silent(struct study *study, const struct gap_kind *kind, GPtrArray *out)
{
	const struct net *net = study->net;
	g_autofree GPtrArray **declared = g_new0(GPtrArray *, MAX(net->n, 1));
	for (guint e = 0; e < net->m; e++) {
		int silent = silent_side(net, e);
		if (state_of(net, e) != TIE_CLAIMED || silent < 0)
			continue;
		guint other = (guint)silent == net->from[e] ? net->to[e] : net->from[e];
		if (!declared[silent])
			declared[silent] = g_ptr_array_new();
		g_ptr_array_add(declared[silent], (void *)vertex_name(net, other));
	}
	g_autoptr(GArray) sides = g_array_new(FALSE, FALSE, sizeof(guint));
	for (guint v = 0; v < net->n; v++)
		if (declared[v])
			g_array_append_val(sides, v);
	g_array_sort_with_data(sides, by_length, declared);
	/* Of those with as many ties all stand alone, or none. */
	guint alone = MIN(sides->len, MOST);
	while (alone > 0 && alone < sides->len &&
	       declared[g_array_index(sides, guint, alone - 1)]->len ==
		       declared[g_array_index(sides, guint, alone)]->len)
		alone--;
	for (guint i = 0; i < alone; i++) {
		guint v = g_array_index(sides, guint, i);
		report_silent(study, kind, v, declared[v], out);
	}
	if (sides->len > alone)
		report_others(study, kind, sides, alone, declared, out);
	for (guint i = 0; i < sides->len; i++)
		g_ptr_array_unref(declared[g_array_index(sides, guint, i)]);
}

static const char *choice_label(const struct choice *choices, const char *id)
{
	int i = id ? choice_index(choices, id) : -1;
	return i < 0 ? _("not stated") : in_context(choices[i].label);
}

static char *disputed_id(const struct net *net, guint e)
{
	return g_strdup_printf("G12:%s:%s", net_institution(net, net->from[e])->base.id,
			       net_institution(net, net->to[e])->base.id);
}

static void report_disputed(struct study *study, const struct gap_kind *kind, guint e,
			    GPtrArray *out)
{
	const struct net *net = study->net;
	const struct model *model = net->model;
	const struct tie *tie = &model->ties[net->tie[e]];
	guint a = net->from[e], b = net->to[e];
	struct gap *gap = gap_new(kind, disputed_id(net, e), .25,
				  g_strdup_printf(_("%s and %s contradict each other"),
						  vertex_name(net, a), vertex_name(net, b)));
	gap->reason = g_strdup(_("Both declare the partnership and say different things about its "
				 "state or its direction."));
	gap->advice = g_strdup(_("Ask both in one message which of the two holds."));
	for (guint i = 0; i < tie->n_claims; i++) {
		const struct claim *claim = &model->claims[tie->first_claim + i];
		const char *name = institution_name(model_institution(model, claim->from), true);
		gap_evidence(gap, _("%s says: status %s, direction %s"), name,
			     choice_label(choice_status_tie, claim->says->status),
			     choice_label(choice_direction, claim->says->direction));
	}
	gap_names(gap, tie->a);
	gap_names(gap, tie->b);
	gap_candidate(gap, (int)tie->a, (int)tie->b, -1, g_strdup(_("ask both")));
	g_ptr_array_add(out, gap);
}

bool gap_unconfirmed(struct study *study, const struct gap_kind *kind, GPtrArray *out,
		     GError **error)
{
	(void)error;
	report_unanswerable(study, kind, out);
	find_silent(study, kind, out);
	guint disputed = 0;
	for (guint e = 0; e < study->net->m; e++)
		if (state_of(study->net, e) == TIE_DISPUTED && disputed++ < MOST)
			report_disputed(study, kind, e, out);
		else if (state_of(study->net, e) == TIE_DISPUTED)
			leave_unlisted(study, disputed_id(study->net, e));
	if (disputed > MOST)
		report_more_disputed(kind, disputed - MOST, out);
	return true;
}
