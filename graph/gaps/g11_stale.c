/*
 * G11: what nobody has looked at for longer than the network's setting: entries,
 * as a queue for each person who keeps some and one for those that nobody keeps;
 * partnerships that are past their end and still called active; partnerships
 * without an end and without a sign of life.
 *
 * Severity: .5 x gap_weight(entries or ties concerned) x their share of all.
 */
#include "graph/gaps/common.h"

#include <glib/gi18n.h>

#define OFFERS 10
#define NAMES  8

/* The queue: those first on whose entries most ties rest. */
static void add_queue(struct study *study, GArray *members, struct gap *gap)
{
	const struct net *net = study->net;
	char day[DATE_TEXT_SIZE];
	order_connected(net, members, members->len);
	for (guint i = 0; i < members->len; i++) {
		guint v = g_array_index(members, guint, i), ties = net_degree(net, v);
		struct date verified = net_verified(net, v);
		gap_names(gap, net->institution[v]);
		if (i >= OFFERS)
			continue;
		offer_pair(study, gap, v, -1,
			   date_is_set(verified)
				   ? g_strdup_printf(ngettext("%u tie rests on it; last seen to %s",
							      "%u ties rest on it; last seen to %s",
							      ties),
						     ties, date_format(verified, day))
				   : g_strdup_printf(ngettext("%u tie rests on it; never verified",
							      "%u ties rest on it; never verified",
							      ties),
						     ties));
	}
}

static guint never_verified(const struct net *net, const GArray *members)
{
	guint never = 0;
	for (guint i = 0; i < members->len; i++)
		never += !date_is_set(net_verified(net, g_array_index(members, guint, i)));
	return never;
}

/* For whoever is not told who keeps them (data/audience.h). */
static char *title_untold(guint n, guint never)
{
	if (never == n)
		return g_strdup_printf(
			ngettext("%u entry was never checked", "%u entries were never checked", n),
			n);
	return g_strdup_printf(ngettext("%u entry was not checked for long",
					"%u entries were not checked for long", n),
			       n);
}

/* Of entries that nobody keeps. */
static char *title_unkept(guint n, guint never)
{
	if (never == n)
		return g_strdup_printf(
			ngettext("%u entry was never checked, and nobody keeps it",
				 "%u entries were never checked, and nobody keeps them", n),
			n);
	return g_strdup_printf(
		ngettext("%u entry was not checked for long, and nobody keeps it",
			 "%u entries were not checked for long, and nobody keeps them", n),
		n);
}

/* That of an entry is there and empty where it may not be told. */
static bool is_untold(const struct net *net, const GArray *members)
{
	for (guint i = 0; i < members->len; i++) {
		const struct institution *row =
			net_institution(net, g_array_index(members, guint, i));
		if (institution_details(row)->maintainers)
			return true;
	}
	return false;
}

static char *title_of(const struct net *net, const char *owner, const GArray *members, guint never)
{
	guint n = members->len;
	if (owner)
		return g_strdup_printf(ngettext("%s: %u entry to look through",
						"%s: %u entries to look through", n),
				       owner, n);
	return is_untold(net, members) ? title_untold(n, never) : title_unkept(n, never);
}

static void report_entries(struct study *study, const struct gap_kind *kind, const char *owner,
			   GArray *members, GPtrArray *out)
{
	guint n = members->len, all = study->net->n;
	guint never = never_verified(study->net, members);
	gint64 months = model_months(study->net->model, MONTHS_STALE);
	g_autofree char *slug = owner ? id_from_name(owner) : g_strdup("");
	struct gap *gap = gap_new(
		kind, owner ? g_strdup_printf("G11:entries-%s", slug) : g_strdup("G11:entries"),
		.5 * gap_weight(n) * n / all, title_of(study->net, owner, members, never));
	gap->reason = g_strdup(_("What the program says about the network is as true as its "
				 "entries. Old ones hide partnerships that are over and lack those "
				 "that are new."));
	gap->advice = g_strdup(_("Send each institution its entry and ask what has changed; begin "
				 "with those on which most ties rest, and find somebody who keeps "
				 "each."));
	if (all == 1)
		gap_evidence(gap, _("The only entry was not verified in the last %d months"),
			     (int)months);
	else
		gap_evidence(gap,
			     ngettext("%u of %u entries was not verified in the last %d months",
				      "%u of %u entries were not verified in the last %d months",
				      n),
			     n, all, (int)months);
	if (never > 0 && (owner || never < n))
		gap_evidence(gap,
			     ngettext("%u of them has never been verified",
				      "%u of them have never been verified", never),
			     never);
	add_queue(study, members, gap);
	g_ptr_array_add(out, gap);
}

static void find_entries(struct study *study, const struct gap_kind *kind, GPtrArray *out)
{
	const struct net *net = study->net;
	g_autoptr(GArray) nobody = g_array_new(FALSE, FALSE, sizeof(guint));
	g_autoptr(GHashTable) of =
		g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_array_unref);
	for (guint v = 0; v < net->n; v++) {
		const struct institution *row = net_institution(net, v);
		if (!model_is_stale(net->model, net_verified(net, v)))
			continue;
		const char *const *maintainers = institution_details(row)->maintainers;
		const char *owner = list_length(maintainers) > 0 ? maintainers[0] : NULL;
		GArray *members = owner ? g_hash_table_lookup(of, owner) : nobody;
		if (!members) {
			members = g_array_new(FALSE, FALSE, sizeof(guint));
			g_hash_table_insert(of, (gpointer)(guintptr)owner, members);
		}
		g_array_append_val(members, v);
	}
	if (nobody->len > 0)
		report_entries(study, kind, NULL, nobody, out);
	g_autoptr(GList) owners = g_list_sort(g_hash_table_get_keys(of), (GCompareFunc)g_strcmp0);
	for (GList *at = owners; at; at = at->next)
		report_entries(study, kind, at->data, g_hash_table_lookup(of, at->data), out);
}

/* Past the end that it states, and called active by the same entry. */
static bool is_past_end(const struct model *model, const struct tie *tie)
{
	for (guint i = 0; i < tie->n_claims; i++) {
		const struct partnership *says = model->claims[tie->first_claim + i].says;
		if (g_strcmp0(says->status, "active") == 0 &&
		    date_is_past(says->until, model->today))
			return true;
	}
	return false;
}

/* Somebody once said when it was last active, and that is long ago. */
static bool is_quiet(const struct model *model, const struct tie *tie)
{
	struct date last = { 0 };
	for (guint i = 0; i < tie->n_claims; i++) {
		const struct partnership *says = model->claims[tie->first_claim + i].says;
		if (date_is_set(says->until) || g_strcmp0(says->status, "ended") == 0)
			return false;
		struct date said = partnership_details(says)->last_activity;
		if (date_compare(said, last) > 0)
			last = said;
	}
	return date_is_set(last) && model_is_stale(model, last);
}

static void find_ties(struct study *study, const struct gap_kind *kind, bool past, GPtrArray *out)
{
	const struct net *net = study->net;
	const struct model *model = net->model;
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	struct gap *gap = gap_new(kind, g_strdup(past ? "G11:past-end" : "G11:quiet"), 0, NULL);
	for (guint e = 0; e < net->m; e++) {
		const struct tie *tie = &model->ties[net->tie[e]];
		if (!(past ? is_past_end(model, tie) : is_quiet(model, tie)))
			continue;
		gap_names(gap, tie->a);
		gap_names(gap, tie->b);
		g_ptr_array_add(names, g_strdup_printf("%s – %s", vertex_name(net, net->from[e]),
						       vertex_name(net, net->to[e])));
		if (names->len <= OFFERS)
			gap_candidate(gap, (int)tie->a, (int)tie->b, -1,
				      g_strdup(_("ask both whether they go on")));
	}
	if (names->len == 0) {
		gap_free(gap);
		return;
	}
	guint n = names->len;
	g_autofree char *list = join_names(names, NAMES);
	gap->severity = .5 * gap_weight(n) * MIN(1, 3.0 * n / net->m);
	gap->title =
		past ? g_strdup_printf(
			       ngettext("%u partnership is past its end and called active",
					"%u partnerships are past their end and called active", n),
			       n)
		     : g_strdup_printf(ngettext("%u partnership has been quiet for long",
						"%u partnerships have been quiet for long", n),
				       n);
	gap->reason = g_strdup(past ? _("Either they went on and the new end is not entered, or "
					"they are over and still counted as work under way.")
				    : _("Nothing is known of them for longer than the network "
					"allows; a partnership that rests can be woken, one that "
					"is over should not be counted."));
	gap->advice = g_strdup(_("Ask both sides whether it goes on, and enter the answer."));
	gap_evidence(gap, ngettext("%u of %u tie: %s", "%u of %u ties: %s", net->m), n, net->m,
		     list);
	g_ptr_array_add(out, gap);
}

bool gap_stale(struct study *study, const struct gap_kind *kind, GPtrArray *out, GError **error)
{
	(void)error;
	find_entries(study, kind, out);
	find_ties(study, kind, true, out);
	find_ties(study, kind, false, out);
	return true;
}
