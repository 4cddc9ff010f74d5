/*
 * G9: what members offer and what members need, capacity by capacity.  Needs are
 * matched with offers so that as many as possible are served, each offer serving
 * as many needs as its institution states offers of that capacity; lines must
 * agree where both state them.  Preferred: partners, then those with a common
 * partner, then those who share more.
 *
 * Severity: gap_weight(needs that no partner serves), x .7 where offers for them
 * exist and only the two have not met, else full.
 */
#include "graph/gaps/common.h"
#include "graph/gaps/kin.h"

#include <glib/gi18n.h>
#include <string.h>

#define OFFERS	8
#define TRIED	40 /* offers that are looked at for one need */
#define NOT_YET G_MAXUINT

struct side {
	guint v;
	guint units; /* how often its entry says so */
};

struct market {
	struct study *study;
	struct kin *kin; /* of whoever has the need at hand */
	const char *capacity;
	GArray *needs, *offers; /* struct side */
	guint *offer_at;	/* vertex -> position in offers, NOT_YET */
	GArray **tried;		/* need -> positions of offers, best first */
	guint *taken;		/* offer -> units in use */
	guint *match;		/* need -> offer, NOT_YET */
	guint *first, *next;	/* offer -> a need that it serves, need -> the next one, NOT_YET */
	bool *seen;		/* offer */
	GArray *trail;		/* offers that this search has seen */
};

static bool is_live(const struct exchange *row, const char *capacity, struct date today)
{
	return g_strcmp0(row->capacity, capacity) == 0 && !date_is_past(row->until, today);
}

static void collect(const struct market *market, bool needs, GArray *out)
{
	const struct net *net = market->study->net;
	for (guint v = 0; v < net->n; v++) {
		const struct institution *row = net_institution(net, v);
		const struct items *list = needs ? &row->needs : &row->offers;
		struct side side = { v, 0 };
		for (guint i = 0; i < list->n; i++)
			side.units += is_live(&ITEMS(struct exchange, *list)[i], market->capacity,
					      net->model->today);
		if (side.units > 0)
			g_array_append_val(out, side);
	}
}

static bool lines_agree(const char *const *a, const char *const *b)
{
	if (list_length(a) == 0 || list_length(b) == 0)
		return true;
	for (guint i = 0; a[i]; i++)
		if (list_has(b, a[i]))
			return true;
	return false;
}

/* Whether anything that one asks is something that the other has: the first two that are. */
static bool agree_on(const struct market *market, const struct side *need, const struct side *offer,
		     const struct exchange **asks, const struct exchange **has)
{
	const struct net *net = market->study->net;
	const struct items *needs = &net_institution(net, need->v)->needs;
	const struct items *offers = &net_institution(net, offer->v)->offers;
	for (guint i = 0; need->v != offer->v && i < needs->n; i++)
		for (guint k = 0; k < offers->n; k++) {
			*asks = &ITEMS(struct exchange, *needs)[i];
			*has = &ITEMS(struct exchange, *offers)[k];
			if (is_live(*asks, market->capacity, net->model->today) &&
			    is_live(*has, market->capacity, net->model->today) &&
			    lines_agree((*asks)->lines, (*has)->lines))
				return true;
		}
	return false;
}

static bool agree(const struct market *market, const struct side *need, const struct side *offer)
{
	const struct exchange *asks, *has;
	return agree_on(market, need, offer, &asks, &has);
}

struct choice_of {
	guint offer;
	double score;
};

static int by_score(gconstpointer x, gconstpointer y)
{
	const struct choice_of *p = x, *q = y;
	if (p->score != q->score)
		return p->score > q->score ? -1 : 1;
	return p->offer < q->offer ? -1 : p->offer > q->offer;
}

static void consider(const struct market *market, const struct side *need, guint offer, bool *seen,
		     GArray *choices)
{
	const struct side *side = &g_array_index(market->offers, struct side, offer);
	if (seen[offer] || !agree(market, need, side))
		return;
	seen[offer] = true;
	struct choice_of choice = { offer, kin_affinity(market->kin, side->v) };
	if (market->kin->partner[side->v])
		choice.score += 100;
	else if (kin_is_near(market->kin, side->v))
		choice.score += 20;
	g_array_append_val(choices, choice);
}

/* Offers within two steps first, then from the list, beginning behind the need's own place. */
static GArray *list_offers(const struct market *market, const struct side *need)
{
	const struct net *net = market->study->net;
	g_autoptr(GArray) choices = g_array_new(FALSE, FALSE, sizeof(struct choice_of));
	g_autofree bool *seen = g_new0(bool, market->offers->len + 1);
	GArray *out = g_array_new(FALSE, FALSE, sizeof(guint));
	kin_turn(market->kin, need->v);
	for (guint i = net->start[need->v]; i < net->start[need->v + 1]; i++) {
		guint w = net->neighbour[i];
		if (market->offer_at[w] != NOT_YET)
			consider(market, need, market->offer_at[w], seen, choices);
		for (guint k = net->start[w]; k < net->start[w + 1] && choices->len < 4 * TRIED;
		     k++)
			if (market->offer_at[net->neighbour[k]] != NOT_YET)
				consider(market, need, market->offer_at[net->neighbour[k]], seen,
					 choices);
	}
	for (guint i = 0; i < market->offers->len && choices->len < 8 * TRIED; i++)
		consider(market, need, (need->v + i) % market->offers->len, seen, choices);
	g_array_sort(choices, by_score);
	for (guint i = 0; i < MIN(choices->len, TRIED); i++)
		g_array_append_val(out, g_array_index(choices, struct choice_of, i).offer);
	return out;
}

static void assign(struct market *market, guint need, guint offer)
{
	market->match[need] = offer;
	market->next[need] = market->first[offer];
	market->first[offer] = need;
}

static void release(struct market *market, guint need)
{
	guint *at = &market->first[market->match[need]];
	while (*at != need)
		at = &market->next[*at];
	*at = market->next[need];
	market->match[need] = NOT_YET;
}

/* An augmenting path (Kuhn 1955), by depth: an offer in use may pass a need of its own on. */
static bool serve(struct market *market, guint need)
{
	const GArray *tried = market->tried[need];
	for (guint i = 0; i < tried->len; i++) {
		guint offer = g_array_index(tried, guint, i);
		if (market->seen[offer])
			continue;
		market->seen[offer] = true;
		g_array_append_val(market->trail, offer);
		if (market->taken[offer] <
		    g_array_index(market->offers, struct side, offer).units) {
			market->taken[offer]++;
			assign(market, need, offer);
			return true;
		}
		for (guint other = market->first[offer], after; other != NOT_YET; other = after) {
			after = market->next[other];
			release(market, other);
			if (serve(market, other)) {
				assign(market, need, offer);
				return true;
			}
			assign(market, other, offer);
		}
	}
	return false;
}

/* Whether a partner offers it already, matched or not. */
static bool is_served(const struct market *market, guint need)
{
	const struct net *net = market->study->net;
	const struct side *side = &g_array_index(market->needs, struct side, need);
	for (guint i = net->start[side->v]; i < net->start[side->v + 1]; i++) {
		guint at = market->offer_at[net->neighbour[i]];
		if (at != NOT_YET &&
		    agree(market, side, &g_array_index(market->offers, struct side, at)))
			return true;
	}
	return false;
}

/*
 * Those whom a partner serves come first: how many of the others there is an offer for
 * then does not hang on the order in which they are asked.
 */
static void serve_all(struct market *market, bool served)
{
	for (guint i = 0; i < market->needs->len; i++) {
		if (is_served(market, i) != served)
			continue;
		g_array_set_size(market->trail, 0);
		if (!serve(market, i))
			continue; /* what a search in vain has seen leads nowhere for good */
		for (guint k = 0; k < market->trail->len; k++)
			market->seen[g_array_index(market->trail, guint, k)] = false;
	}
}

static void market_init(struct market *market, struct kin *kin, const char *capacity)
{
	guint n = kin->study->net->n;
	memset(market, 0, sizeof *market);
	market->study = kin->study;
	market->kin = kin;
	market->capacity = capacity;
	market->needs = g_array_new(FALSE, FALSE, sizeof(struct side));
	market->offers = g_array_new(FALSE, FALSE, sizeof(struct side));
	collect(market, true, market->needs);
	collect(market, false, market->offers);
	market->offer_at = g_new(guint, n + 1);
	memset(market->offer_at, 0xff, (n + 1) * sizeof *market->offer_at);
	for (guint i = 0; i < market->offers->len; i++)
		market->offer_at[g_array_index(market->offers, struct side, i).v] = i;
	market->tried = g_new0(GArray *, market->needs->len + 1);
	market->match = g_new(guint, market->needs->len + 1);
	memset(market->match, 0xff, (market->needs->len + 1) * sizeof *market->match);
	market->taken = g_new0(guint, market->offers->len + 1);
	market->seen = g_new0(bool, market->offers->len + 1);
	market->trail = g_array_new(FALSE, FALSE, sizeof(guint));
	market->next = g_new(guint, market->needs->len + 1);
	market->first = g_new(guint, market->offers->len + 1);
	memset(market->first, 0xff, (market->offers->len + 1) * sizeof *market->first);
	for (guint i = 0; i < market->needs->len; i++)
		market->tried[i] =
			list_offers(market, &g_array_index(market->needs, struct side, i));
	serve_all(market, true);
	serve_all(market, false);
}

static void market_release(struct market *market)
{
	for (guint i = 0; i < market->needs->len; i++)
		g_array_unref(market->tried[i]);
	g_free(market->tried);
	g_free(market->offer_at);
	g_free(market->match);
	g_free(market->taken);
	g_free(market->seen);
	g_free(market->first);
	g_free(market->next);
	g_array_unref(market->trail);
	g_array_unref(market->needs);
	g_array_unref(market->offers);
}

static char *pair_text(const struct market *market, const struct side *need,
		       const struct side *offer)
{
	const struct exchange *need_says, *offer_says;
	if (!agree_on(market, need, offer, &need_says, &offer_says))
		return g_strdup(_("one asks, one offers"));
	const char *asks = need_says->what, *has = offer_says->what;
	if (asks && has)
		return g_strdup_printf(_("asks: %s; offers: %s"), asks, has);
	if (asks)
		return g_strdup_printf(_("asks: %s"), asks);
	return has ? g_strdup_printf(_("offers: %s"), has) : g_strdup(_("one asks, one offers"));
}

/*
 * What there is for those who ask.  Nothing of it hangs on who is matched with whom, of
 * which there may be several ways: what of the others an offer is near or far for is a
 * matter of each need alone, and all largest matchings are equally large.
 */
struct outcome {
	guint served;	    /* by a partner */
	guint near, far;    /* of the others: an offer with a common partner, another one */
	guint matched;	    /* of these, as far as the offers go */
	guint idle;	    /* offers, not institutions, that the largest matching leaves over */
	GPtrArray *without; /* names of those for whom there is nothing */
};

static guint open_needs(const struct outcome *outcome)
{
	return outcome->near + outcome->far + outcome->without->len;
}

/* The best offer for a need, which `tried` begins with, by a common partner. */
static bool is_near(const struct market *market, guint need)
{
	guint best = g_array_index(market->tried[need], guint, 0);
	return common_introducer(market->study->net,
				 g_array_index(market->needs, struct side, need).v,
				 g_array_index(market->offers, struct side, best).v) >= 0;
}

/* First those with somebody to introduce them: those can meet this week. */
static void offer_matches(const struct market *market, struct gap *gap)
{
	struct study *study = market->study;
	guint made = 0;
	for (guint round = 0; round < 2; round++)
		for (guint i = 0; i < market->needs->len; i++) {
			const struct side *need = &g_array_index(market->needs, struct side, i);
			if (market->match[i] == NOT_YET || is_served(market, i))
				continue;
			const struct side *offer =
				&g_array_index(market->offers, struct side, market->match[i]);
			bool near = common_introducer(study->net, need->v, offer->v) >= 0;
			if (near == (round == 0) && made++ < OFFERS)
				offer_pair(study, gap, need->v, (int)offer->v,
					   pair_text(market, need, offer));
		}
}

static void count_needs(const struct market *market, struct outcome *outcome, struct gap *gap)
{
	const struct net *net = market->study->net;
	for (guint i = 0; i < market->needs->len; i++) {
		const struct side *need = &g_array_index(market->needs, struct side, i);
		gap_names(gap, net->institution[need->v]);
		if (is_served(market, i)) {
			outcome->served++;
			continue;
		}
		outcome->matched += market->match[i] != NOT_YET;
		if (market->tried[i]->len == 0)
			g_ptr_array_add(outcome->without, (void *)vertex_name(net, need->v));
		else
			*(is_near(market, i) ? &outcome->near : &outcome->far) += 1;
	}
	for (guint i = 0; i < market->offers->len; i++) {
		const struct side *offer = &g_array_index(market->offers, struct side, i);
		gap_names(gap, net->institution[offer->v]);
		outcome->idle += offer->units - market->taken[i];
	}
}

static void add_outcome(const struct market *market, const struct outcome *outcome, struct gap *gap)
{
	guint asks = market->needs->len, has = market->offers->len;
	gap_evidence(gap, _("%u ask for it, %u offer it"), asks, has);
	gap_evidence(gap, _("%u of those who ask work with somebody who offers it"),
		     outcome->served);
	if (outcome->near > 0)
		gap_evidence(gap,
			     ngettext("%u could be introduced by a common partner",
				      "%u could be introduced by a common partner", outcome->near),
			     outcome->near);
	if (outcome->far > 0)
		gap_evidence(gap,
			     ngettext("%u has an offer in the network, but no common partner",
				      "%u have an offer in the network, but no common partner",
				      outcome->far),
			     outcome->far);
	if (outcome->matched < outcome->near + outcome->far)
		gap_evidence(gap,
			     ngettext("There are offers enough for %u of these",
				      "There are offers enough for %u of these", outcome->matched),
			     outcome->matched);
	if (outcome->without->len > 0) {
		g_autofree char *names = join_names(outcome->without, 6);
		gap_evidence(gap,
			     ngettext("For %u there is no offer: %s",
				      "For %u there is no offer: %s", outcome->without->len),
			     outcome->without->len, names);
	}
	if (outcome->idle > 0)
		gap_evidence(gap,
			     ngettext("%u offer lies idle", "%u offers lie idle", outcome->idle),
			     outcome->idle);
}

static void report(const struct market *market, const struct gap_kind *kind, GPtrArray *out)
{
	const struct model *model = market->study->net->model;
	const char *name = model_term_name(model, VOCABULARY_CAPACITIES, market->capacity);
	g_autoptr(GPtrArray) without = g_ptr_array_new();
	struct outcome outcome = { .without = without };
	struct gap *gap = gap_new(kind, g_strdup_printf("G9:%s", market->capacity), 0, NULL);
	count_needs(market, &outcome, gap);
	offer_matches(market, gap);
	guint open = open_needs(&outcome), matched = outcome.matched;
	if (open == 0) {
		gap_free(gap);
		return;
	}
	gap->severity = gap_weight(open) * (2 * matched > open ? .7 : 1);
	gap->title =
		market->offers->len == 0
			? g_strdup_printf(ngettext("%s: %u asks for it and nobody offers it",
						   "%s: %u ask for it and nobody offers it", open),
					  name, open)
			: g_strdup_printf(
				  ngettext("%s: %u who asks does not work with anybody who offers",
					   "%s: %u who ask do not work with anybody who offers",
					   open),
				  name, open);
	gap->reason = g_strdup(
		matched == open ? _("The network has what they ask for; the two have only not met.")
		: matched > 0
			? _("The network has a part of what they ask for, and the two have not "
			    "met; the rest has to come from outside.")
			: _("What they ask for is not in the network: it has to come from "
			    "outside."));
	gap->advice =
		g_strdup(matched > 0 ? _("Introduce those below to each other, and say what "
					 "one asks and the other offers.")
				     : _("Look for an institution that offers this and invite "
					 "it into the network."));
	add_outcome(market, &outcome, gap);
	g_ptr_array_add(out, gap);
}

bool gap_exchange(struct study *study, const struct gap_kind *kind, GPtrArray *out, GError **error)
{
	const struct items *terms =
		&study->net->model->network->vocabularies.of[VOCABULARY_CAPACITIES];
	struct kin kin;
	(void)error;
	kin_init(&kin, study);
	for (guint i = 0; i < terms->n; i++) {
		struct market market;
		market_init(&market, &kin, ITEMS(struct term, *terms)[i].id);
		if (market.needs->len > 0)
			report(&market, kind, out);
		market_release(&market);
	}
	kin_release(&kin);
	return true;
}
