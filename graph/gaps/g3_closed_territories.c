/*
 * G3: territories that work with no other territory, or with one only, and
 * countries without any tie abroad.  A tie to a member that belongs to no
 * territory (a ministry, a company, a foundation abroad) leaves the territory
 * open but joins it to no other: that counts half way.
 *
 * Severity: gap_weight(members) x territory_weight x 1 without any tie outside,
 * .8 with ties outside but to no territory, .4 with one territory reached.
 * Countries: gap_weight(members) x .8.
 */
#include "graph/gaps/common.h"

#include <glib/gi18n.h>

#define LEAST  3 /* members, for less to say nothing */
#define OFFERS 3

struct outlook {
	guint members, inside, outside; /* ties */
	guint reached;			/* territories */
	guint holders;			/* members with a tie outside */
	guint holder;			/* the last of them */
	bool *seen;			/* per group */
};

static bool lists(const GArray *groups, guint group)
{
	for (guint i = 0; i < groups->len; i++)
		if (g_array_index(groups, guint, i) == group)
			return true;
	return false;
}

static void look_from(struct study *study, guint v, guint group, GArray *in,
		      struct outlook *outlook)
{
	const struct net *net = study->net;
	const struct partition *territories = study->partitions[BY_TERRITORY];
	bool outside = false;
	for (guint k = net->start[v]; k < net->start[v + 1]; k++) {
		net_territories(net, territories, net->neighbour[k], in);
		if (lists(in, group)) {
			outlook->inside += v < net->neighbour[k];
			continue;
		}
		outside = true;
		outlook->outside++;
		for (guint i = 0; i < in->len; i++) {
			guint other = g_array_index(in, guint, i);
			outlook->reached += !outlook->seen[other];
			outlook->seen[other] = true;
		}
	}
	if (outside) {
		outlook->holders++;
		outlook->holder = v;
	}
}

static struct outlook look_out(struct study *study, const struct roster *roster, guint group)
{
	struct outlook outlook = { .members = roster->start[group + 1] - roster->start[group] };
	g_autoptr(GArray) in = g_array_new(FALSE, FALSE, sizeof(guint));
	outlook.seen = g_new0(bool, study->partitions[BY_TERRITORY]->n_groups + 1);
	for (guint i = roster->start[group]; i < roster->start[group + 1]; i++)
		look_from(study, roster->of[i], group, in, &outlook);
	return outlook;
}

/* Who speaks for a territory: its coordinator, else its best connected member; -1 for none. */
static int speaker(struct study *study, const struct roster *roster, guint group)
{
	int best = territory_coordinator(study, group);
	if (best >= 0)
		return best;
	for (guint i = roster->start[group]; i < roster->start[group + 1]; i++)
		if (best < 0 ||
		    net_degree(study->net, roster->of[i]) > net_degree(study->net, (guint)best))
			best = (int)roster->of[i];
	return best;
}

static double promise(struct study *study, guint own, guint other, int a, int b)
{
	const struct model *model = study->net->model;
	int x = group_territory(study, own), y = group_territory(study, other);
	double score = common_introducer(study->net, (guint)a, (guint)b) >= 0 ? 3 : 0;
	if (x < 0 || y < 0)
		return score;
	const struct territory *here = model_territory(model, (guint)x);
	const struct territory *there = model_territory(model, (guint)y);
	const char *const *lines = here->agenda.lines;
	for (guint i = 0; lines && lines[i]; i++)
		score += list_has(there->agenda.lines, lines[i]) ? 2 : 0;
	if (here->country && g_strcmp0(here->country, there->country) == 0)
		score += 2;
	return score + territory_weight(there);
}

static void offer_territories(struct study *study, const struct roster *roster, guint group,
			      const struct outlook *outlook, struct gap *gap)
{
	const struct partition *territories = study->partitions[BY_TERRITORY];
	g_autofree bool *taken = g_new0(bool, territories->n_groups + 1);
	int own = speaker(study, roster, group);
	for (guint round = 0; own >= 0 && round < OFFERS; round++) {
		double best = 0;
		guint best_group = group;
		for (guint g = 0; g < territories->n_groups; g++) {
			int other = speaker(study, roster, g);
			if (g == group || taken[g] || outlook->seen[g] || other < 0 || other == own)
				continue;
			/* Who speaks for it need not be of it: these two may be tied. */
			if (net_has_edge(study->net, (guint)own, (guint)other))
				continue;
			double score = promise(study, group, g, own, other);
			if (score <= best)
				continue;
			best = score;
			best_group = g;
		}
		if (best_group == group)
			return;
		taken[best_group] = true;
		g_autofree char *name = territory_name(study, best_group);
		offer_pair(study, gap, (guint)own, speaker(study, roster, best_group),
			   g_strdup_printf(_("speaks for %s"), name));
	}
}

static char *make_title(const char *place, const struct outlook *outlook)
{
	if (outlook->outside == 0)
		return g_strdup_printf(ngettext("%s: its %u member works with nobody elsewhere",
						"%s: its %u members work with nobody elsewhere",
						outlook->members),
				       place, outlook->members);
	if (outlook->reached == 0)
		return g_strdup_printf(_("%s works with no other territory"), place);
	return g_strdup_printf(_("%s works with one other territory only"), place);
}

static void report(struct study *study, const struct gap_kind *kind, const struct roster *roster,
		   guint group, const struct outlook *outlook, GPtrArray *out)
{
	const struct model *model = study->net->model;
	const struct partition *territories = study->partitions[BY_TERRITORY];
	g_autofree char *name = territory_name(study, group);
	int index = group_territory(study, group);
	double share = outlook->outside == 0 ? 1 : outlook->reached == 0 ? .8 : .4;
	double weight = territory_weight(index < 0 ? NULL : model_territory(model, (guint)index));
	struct gap *gap =
		gap_new(kind, g_strdup_printf("G3:%s", territories->ids[group]),
			gap_weight(outlook->members) * share * weight, make_title(name, outlook));
	gap->territory = index;
	gap->reason =
		g_strdup(_("What other territories have tried, found and made does not arrive "
			   "here, and what is done here does not leave."));
	gap->advice = g_strdup(_("Bring the coordinators of two territories together; begin where "
				 "somebody knows both or where the country or theme is the same."));
	gap_evidence(gap,
		     ngettext("%u member; ties inside: %u, to members elsewhere: %u",
			      "%u members; ties inside: %u, to members elsewhere: %u",
			      outlook->members),
		     outlook->members, outlook->inside, outlook->outside);
	gap_evidence(gap,
		     ngettext("%u other territory reached", "%u other territories reached",
			      outlook->reached),
		     outlook->reached);
	if (outlook->holders == 1)
		gap_evidence(gap, _("All ties to elsewhere are held by %s"),
			     vertex_name(study->net, outlook->holder));
	offer_territories(study, roster, group, outlook, gap);
	for (guint i = roster->start[group]; i < roster->start[group + 1]; i++)
		gap_names(gap, study->net->institution[roster->of[i]]);
	g_ptr_array_add(out, gap);
}

static void report_country(struct study *study, const struct gap_kind *kind, guint country,
			   GPtrArray *out)
{
	const struct net *net = study->net;
	const struct partition *countries = study->partitions[BY_COUNTRY];
	const struct mixing *mixing = study_mixing(study, BY_COUNTRY);
	guint size = countries->sizes[country];
	g_autofree char *code = g_ascii_strdown(countries->ids[country], -1);
	struct gap *gap = gap_new(
		kind, g_strdup_printf("G3:country-%s", code), gap_weight(size) * .8,
		g_strdup_printf(_("%s: no tie to any other country"), countries->labels[country]));
	int best = -1, hub = -1;
	for (guint v = 0; v < net->n; v++) {
		int *which = countries->group[v] == (int)country ? &best : &hub;
		if (*which < 0 || net_degree(net, v) > net_degree(net, (guint)*which))
			*which = (int)v;
		if (which == &best)
			gap_names(gap, net->institution[v]);
	}
	gap->reason = g_strdup(_("The network is there to carry what works across borders; to and "
				 "from here nothing is carried."));
	gap->advice = g_strdup(_("Introduce the best connected member here to one who works in "
				 "several countries."));
	gap_evidence(gap,
		     ngettext("%u member; ties inside the country: %.0f",
			      "%u members; ties inside the country: %.0f", size),
		     size, mixing->inside[country]);
	if (best >= 0 && hub >= 0)
		offer_pair(study, gap, (guint)best, hub,
			   g_strdup(_("the best connected of other countries")));
	g_ptr_array_add(out, gap);
}

/* Whether nearly everybody of the country is in one territory, which speaks for it. */
static bool is_one_territory(struct study *study, guint country)
{
	const struct partition *countries = study->partitions[BY_COUNTRY];
	const struct partition *territories = study->partitions[BY_TERRITORY];
	g_autofree guint *counts = g_new0(guint, territories->n_groups + 1);
	guint most = 0;
	for (guint v = 0; v < study->net->n; v++) {
		int g = territories->group[v];
		if (countries->group[v] == (int)country && g >= 0)
			most = MAX(most, ++counts[g]);
	}
	return most * 5 >= countries->sizes[country] * 4;
}

bool gap_closed_territories(struct study *study, const struct gap_kind *kind, GPtrArray *out,
			    GError **error)
{
	const struct partition *territories = study->partitions[BY_TERRITORY];
	const struct partition *countries = study->partitions[BY_COUNTRY];
	const struct mixing *mixing = study_mixing(study, BY_COUNTRY);
	struct roster roster;
	guint peopled = 0, abroad = 0;
	(void)error;
	roster_init(&roster, study);
	for (guint g = 0; g < territories->n_groups; g++)
		peopled += roster.start[g + 1] > roster.start[g];
	for (guint g = 0; g < territories->n_groups && peopled > 1; g++) {
		struct outlook outlook = look_out(study, &roster, g);
		if (outlook.members >= LEAST &&
		    (outlook.reached == 0 || (outlook.reached == 1 && outlook.members >= 5)))
			report(study, kind, &roster, g, &outlook, out);
		g_free(outlook.seen);
	}
	roster_release(&roster);
	for (guint c = 0; c < countries->n_groups; c++)
		abroad += countries->sizes[c] > 0;
	for (guint c = 0; c < countries->n_groups && abroad > 1; c++)
		if (countries->sizes[c] >= LEAST && mixing->outside[c] <= 0 &&
		    !is_one_territory(study, c))
			report_country(study, kind, c, out);
	return true;
}
