/*
 * G17: members whose level of membership and behaviour do not agree: an ally
 * without any tie that is coordination or closer, and a friend who has several.
 * An ally is a member of the level "ally" or above it in the network's own order
 * (coordinators and founders excepted), a friend one of the lowest level.  Only
 * where intensities are stated for at least a fifth of the ties is their absence
 * held against an ally; else it is one who has no partner at all.
 *
 * Severity: .5 for an ally, .3 for a friend, each x gap_weight(10 + partners).
 */
#include "graph/gaps/common.h"

#include <glib/gi18n.h>

#define STRATEGIC 3 /* weight of coordination */
#define ACTIVE	  3 /* such ties of a friend */
#define OFFERS	  3

struct tiers {
	int lowest;
	bool depth; /* intensities are known well enough */
};

static void tiers_init(struct tiers *tiers, const struct net *net)
{
	const struct model *model = net->model;
	guint stated = 0;
	tiers->lowest = model->network->vocabularies.of[VOCABULARY_TIERS].n > 1 ? 0 : -1;
	for (guint e = 0; e < net->m; e++)
		stated += model->ties[net->tie[e]].intensity >= 0;
	tiers->depth = stated * 5 >= net->m && stated > 0;
}

static guint strategic_ties(const struct net *net, guint v)
{
	guint ties = 0;
	for (guint i = net->start[v]; i < net->start[v + 1]; i++)
		ties += net->weight[net->edge[i]] >= STRATEGIC;
	return ties;
}

/* Those it works with most closely first. */
static int by_weight(gconstpointer a, gconstpointer b, gpointer data)
{
	const struct net *net = data;
	guint i = *(const guint *)a, k = *(const guint *)b;
	guint p = net->weight[net->edge[i]], q = net->weight[net->edge[k]];
	if (p != q)
		return p > q ? -1 : 1;
	return i < k ? -1 : i > k;
}

static void offer_partners(const struct net *net, guint v, struct gap *gap)
{
	g_autoptr(GArray) slots = g_array_new(FALSE, FALSE, sizeof(guint));
	for (guint i = net->start[v]; i < net->start[v + 1]; i++)
		g_array_append_val(slots, i);
	g_array_sort_with_data(slots, by_weight, (gpointer)(guintptr)net);
	for (guint i = 0; i < MIN(slots->len, OFFERS); i++) {
		guint partner = net->neighbour[g_array_index(slots, guint, i)];
		gap_candidate(gap, (int)net->institution[v], (int)net->institution[partner], -1,
			      g_strdup(_("they work together already, and could plan together")));
	}
}

static void report_ally(struct study *study, const struct gap_kind *kind, guint v,
			const struct tiers *tiers, const char *tier, GPtrArray *out)
{
	const struct net *net = study->net;
	guint partners = net_degree(net, v);
	const char *name = vertex_name(net, v);
	struct gap *gap = gap_new(
		kind, g_strdup_printf("G17:%s", net_institution(net, v)->base.id),
		.5 * gap_weight(10 + partners),
		tiers->depth ? g_strdup_printf(_("%s (%s) coordinates with nobody"), name, tier)
			     : g_strdup_printf(_("%s (%s) works with nobody"), name, tier));
	gap->reason = g_strdup(_("This level is for those who can carry strategic work with "
				 "others; so far it stands on paper."));
	gap->advice = g_strdup(_("Ask what it wants to carry, and propose one partner for it; or "
				 "agree on the level that fits."));
	gap_evidence(gap,
		     ngettext("%u partner, none at coordination or closer",
			      "%u partners, none at coordination or closer", partners),
		     partners);
	gap_names(gap, net->institution[v]);
	offer_partners(net, v, gap);
	if (gap->candidates->len == 0)
		offer_pair(study, gap, v, -1, g_strdup(_("ask what it wants to carry")));
	g_ptr_array_add(out, gap);
}

static void report_friend(struct study *study, const struct gap_kind *kind, guint v, guint ties,
			  const char *tier, GPtrArray *out)
{
	const struct net *net = study->net;
	const char *name = vertex_name(net, v);
	struct gap *gap = gap_new(kind, g_strdup_printf("G17:%s", net_institution(net, v)->base.id),
				  .3 * gap_weight(10 + net_degree(net, v)),
				  g_strdup_printf(_("%s (%s) acts as an ally"), name, tier));
	gap->reason = g_strdup(_("It does more for the network than its level says, and has less "
				 "say than it carries."));
	gap->advice = g_strdup(_("Offer it the level that fits what it does."));
	gap_evidence(gap,
		     ngettext("%u of its %u ties is coordination or closer",
			      "%u of its %u ties are coordination or closer", ties),
		     ties, net_degree(net, v));
	gap_names(gap, net->institution[v]);
	offer_pair(study, gap, v, -1, g_strdup(_("offer it another level")));
	g_ptr_array_add(out, gap);
}

bool gap_tiers(struct study *study, const struct gap_kind *kind, GPtrArray *out, GError **error)
{
	const struct net *net = study->net;
	const struct partition *groups = study->partitions[BY_TIER];
	struct tiers tiers;
	(void)error;
	tiers_init(&tiers, net);
	for (guint v = 0; v < net->n; v++) {
		int tier = groups->group[v];
		if (tier < 0)
			continue;
		guint strategic = strategic_ties(net, v);
		bool ally = level_asks(net->model, tier);
		if (ally && strategic == 0 && (tiers.depth || net_degree(net, v) == 0))
			report_ally(study, kind, v, &tiers, groups->labels[tier], out);
		else if (tier == tiers.lowest && strategic >= ACTIVE)
			report_friend(study, kind, v, strategic, groups->labels[tier], out);
	}
	return true;
}
