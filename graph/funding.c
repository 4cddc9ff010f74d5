/*
 * The directed net of money: who funds whom, and with how much as far as that is said.
 * What follows from it for members and the network are measures (measures/funding.c).
 */
#include "graph/funding.h"

#include "base/cancel.h"
#include "graph/gaps/common.h"

#include <math.h>
#include <string.h>

/* Words of the network's vocabularies that speak of money. */
#define FUNDING "funding"
#define DONOR	"donor"

#define DEPTH 16 /* of programmes in programmes that is looked at */

/* Members by model index, in the order in which they were added, each once. */
struct crowd {
	GArray *all;	 /* guint */
	GHashTable *has; /* index + 1 */
};

static void crowd_init(struct crowd *crowd)
{
	crowd->all = g_array_new(FALSE, FALSE, sizeof(guint));
	crowd->has = g_hash_table_new(NULL, NULL);
}

static void crowd_add(struct crowd *crowd, int i)
{
	guint value = (guint)i;
	if (i >= 0 && g_hash_table_add(crowd->has, GUINT_TO_POINTER(value + 1)))
		g_array_append_val(crowd->all, value);
}

static bool crowd_has(const struct crowd *crowd, int i)
{
	return i >= 0 && g_hash_table_contains(crowd->has, GUINT_TO_POINTER((guint)i + 1));
}

static void crowd_clear(struct crowd *crowd)
{
	g_array_unref(crowd->all);
	g_hash_table_unref(crowd->has);
}

static void add_payers(const struct model *model, const struct programme *programme,
		       struct crowd *out)
{
	const struct participant *rows = ITEMS(struct participant, programme->participants);
	for (guint i = 0; i < list_length(programme->donors); i++)
		crowd_add(out, model_find(model, KIND_INSTITUTION, programme->donors[i]));
	for (guint i = 0; i < programme->participants.n; i++)
		if (g_strcmp0(rows[i].role, DONOR) == 0 && rows[i].institution)
			crowd_add(out, model_find(model, KIND_INSTITUTION, rows[i].institution));
}

GArray *programme_payers(const struct model *model, const struct programme *programme)
{
	struct crowd payers;
	crowd_init(&payers);
	add_payers(model, programme, &payers);
	GArray *out = g_array_ref(payers.all);
	crowd_clear(&payers);
	return out;
}

/* --- amounts ----------------------------------------------------------------------- */

GArray *funding_amounts_new(void)
{
	return g_array_new(FALSE, FALSE, sizeof(struct money));
}

/* The amount of a currency in the list, a new one of 0 where there is none yet. */
static struct money *amount_in(GArray *amounts, const char *currency)
{
	struct money none = { 0 };
	guint i = 0;
	for (; i < amounts->len; i++) {
		struct money *money = &g_array_index(amounts, struct money, i);
		int order = strcmp(money->currency, currency);
		if (order == 0)
			return money;
		if (order > 0)
			break;
	}
	g_strlcpy(none.currency, currency, sizeof none.currency);
	g_array_insert_val(amounts, i, none);
	return &g_array_index(amounts, struct money, i);
}

void funding_amount_add(GArray *amounts, const struct money *money)
{
	struct money *sum = *money->currency ? amount_in(amounts, money->currency) : NULL;
	/* What is more than can be counted stays at the most. */
	if (sum && !__builtin_add_overflow(sum->minor, money->minor, &sum->minor))
		return;
	if (sum)
		sum->minor = G_MAXINT64;
}

static void amounts_raise(GArray *amounts, const GArray *to)
{
	for (guint i = 0; i < to->len; i++) {
		const struct money *money = &g_array_index(to, struct money, i);
		struct money *mine = amount_in(amounts, money->currency);
		mine->minor = MAX(mine->minor, money->minor);
	}
}

/* --- links ------------------------------------------------------------------------- */

static void link_free(gpointer data)
{
	struct funding_link *link = data;
	g_array_unref(link->amounts);
	g_ptr_array_unref(link->programmes);
	g_free(link);
}

struct making {
	const struct net *net;
	GHashTable *of;	     /* from << 32 | to -> link */
	GHashTable *paid_by; /* link -> amounts of programmes */
	struct flow **flows; /* by programme, NULL: not asked for yet; see flow_of() */
};

static struct funding_link *link_between(struct making *making, guint from, guint to)
{
	gint64 key = (gint64)from << 32 | to;
	struct funding_link *link = g_hash_table_lookup(making->of, &key);
	if (link)
		return link;
	link = g_new0(struct funding_link, 1);
	link->from = from;
	link->to = to;
	link->amounts = funding_amounts_new();
	link->programmes = g_ptr_array_new();
	g_hash_table_insert(making->of, g_memdup2(&key, sizeof key), link);
	return link;
}

/* Who gives by a partnership, the one that states it or its partner; -1: nobody. */
static int giver_of(const struct partnership *says, guint from, guint with)
{
	if (!list_has(says->kinds, FUNDING))
		return -1;
	if (g_strcmp0(says->direction, "out") == 0)
		return (int)from;
	return g_strcmp0(says->direction, "in") == 0 ? (int)with : -1;
}

/* Whether an entry says that the giver funds the receiver, in a net that counts it. */
static bool says_funding(const struct net *net, const struct tie *tie, const struct claim *claim,
			 guint giver, guint receiver)
{
	const struct partnership *says = claim->says;
	guint with = claim->from == giver ? receiver : giver;
	if (!claim_counts(net->model, tie, says) || giver_of(says, claim->from, with) != (int)giver)
		return false;
	return net->options.with_ended || (g_strcmp0(says->status, "ended") != 0 &&
					   !date_is_past(says->until, net->model->today));
}

/* One way over a tie: what the giver states stands, else what the receiver does. */
static void add_way(struct making *making, guint edge, guint from, guint to)
{
	const struct net *net = making->net;
	const struct tie *tie = &net->model->ties[net->tie[edge]];
	guint giver = net->institution[from], receiver = net->institution[to];
	g_autoptr(GArray) given = NULL;
	g_autoptr(GArray) received = NULL;
	guint entries = 0;
	for (guint i = 0; i < tie->n_claims; i++) {
		const struct claim *claim = &net->model->claims[tie->first_claim + i];
		if (!says_funding(net, tie, claim, giver, receiver))
			continue;
		if (entries++ == 0) {
			given = funding_amounts_new();
			received = funding_amounts_new();
		}
		funding_amount_add(claim->from == giver ? given : received,
				   &partnership_details(claim->says)->amount);
	}
	if (entries == 0)
		return;
	struct funding_link *link = link_between(making, from, to);
	link->partnerships = entries;
	amounts_raise(link->amounts, given->len > 0 ? given : received);
}

/* --- programmes ----------------------------------------------------------------------- */

/* Whose money a programme is and who gets it: parts of it ask for it too. */
struct flow {
	struct crowd payers, receivers;
	GHashTable *own; /* index + 1 -> amounts that one who takes part states for itself */
};

static void flow_free(struct flow *flow)
{
	if (!flow)
		return;
	crowd_clear(&flow->payers);
	crowd_clear(&flow->receivers);
	g_hash_table_unref(flow->own);
	g_free(flow);
}

/* Somebody may take part in several rows, whose amounts are one sum. */
static void add_own(struct flow *flow, int who, const struct money *money)
{
	gpointer key = GUINT_TO_POINTER((guint)who + 1);
	GArray *own = who >= 0 ? g_hash_table_lookup(flow->own, key) : NULL;
	if (who >= 0 && !own) {
		own = funding_amounts_new();
		g_hash_table_insert(flow->own, key, own);
	}
	if (own)
		funding_amount_add(own, money);
}

static const struct flow *flow_of(struct making *making, guint p)
{
	const struct model *model = making->net->model;
	const struct programme *programme = model_programme(model, p);
	const struct participant *rows = ITEMS(struct participant, programme->participants);
	struct flow *flow = making->flows[p];
	if (flow)
		return flow;
	flow = making->flows[p] = g_new(struct flow, 1);
	crowd_init(&flow->payers);
	crowd_init(&flow->receivers);
	flow->own = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_array_unref);
	add_payers(model, programme, &flow->payers);
	int lead = model_find(model, KIND_INSTITUTION, programme->lead);
	if (!crowd_has(&flow->payers, lead))
		crowd_add(&flow->receivers, lead);
	for (guint i = 0; i < programme->participants.n; i++) {
		int who = model_find(model, KIND_INSTITUTION, rows[i].institution);
		if (!*rows[i].amount.currency)
			continue;
		add_own(flow, who, &rows[i].amount);
		if (!crowd_has(&flow->payers, who))
			crowd_add(&flow->receivers, who);
	}
	return flow;
}

static void add_amounts(GArray *out, const GArray *amounts)
{
	for (guint i = 0; amounts && i < amounts->len; i++)
		funding_amount_add(out, &g_array_index(amounts, struct money, i));
}

static const GArray *own_of(const struct flow *flow, guint who)
{
	return g_hash_table_lookup(flow->own, GUINT_TO_POINTER(who + 1));
}

/* What a programme states to go from one who pays to one who receives, as model indices. */
static GArray *stated(const struct programme *programme, const struct flow *flow, guint from,
		      guint to)
{
	GArray *out = funding_amounts_new();
	if (flow->payers.all->len == 1)
		add_amounts(out, own_of(flow, to));
	if (out->len == 0 && flow->receivers.all->len == 1)
		add_amounts(out, own_of(flow, from));
	if (out->len == 0 && flow->receivers.all->len == 1 && flow->payers.all->len == 1)
		funding_amount_add(out, &programme->budget);
	return out;
}

/* Whether a programme is within another, however deep. */
static bool is_within(const struct model *model, guint part, guint whole)
{
	int p = (int)part;
	for (guint i = 0; i < DEPTH && p >= 0; i++) {
		p = model_find(model, KIND_PROGRAMME, model_programme(model, (guint)p)->part_of);
		if (p == (int)whole)
			return true;
	}
	return false;
}

/* Of programmes in a circle, each said to be a part of the others, the first is the whole. */
static bool is_whole_of(const struct model *model, guint whole, guint part)
{
	return whole != part && (whole < part || !is_within(model, whole, part));
}

static bool whole_states(struct making *making, guint part, guint from, guint to)
{
	const struct model *model = making->net->model;
	int p = (int)part;
	for (guint i = 0; i < DEPTH; i++) {
		p = model_find(model, KIND_PROGRAMME, model_programme(model, (guint)p)->part_of);
		if (p < 0)
			return false;
		const struct flow *flow = flow_of(making, (guint)p);
		if (!crowd_has(&flow->payers, (int)from) || !crowd_has(&flow->receivers, (int)to) ||
		    !is_whole_of(model, (guint)p, part))
			continue;
		g_autoptr(GArray) amounts =
			stated(model_programme(model, (guint)p), flow, from, to);
		if (amounts->len > 0)
			return true;
	}
	return false;
}

static void add_payment(struct making *making, guint p, guint from, guint to)
{
	const struct net *net = making->net;
	const struct programme *programme = model_programme(net->model, p);
	if (net->vertex[from] < 0 || net->vertex[to] < 0)
		return;
	struct funding_link *link =
		link_between(making, (guint)net->vertex[from], (guint)net->vertex[to]);
	g_ptr_array_add(link->programmes, (gpointer)(guintptr)programme);
	g_autoptr(GArray) amounts = stated(programme, flow_of(making, p), from, to);
	if (amounts->len == 0 || whole_states(making, p, from, to))
		return;
	GArray *all = g_hash_table_lookup(making->paid_by, link);
	if (!all) {
		all = funding_amounts_new();
		g_hash_table_insert(making->paid_by, link, all);
	}
	add_amounts(all, amounts);
}

/* False once it is cancelled: whoever pays, pays everybody, which may be very many. */
static bool add_programme(struct making *making, guint p, GCancellable *cancel, GError **error)
{
	const struct model *model = making->net->model;
	const struct flow *flow = flow_of(making, p);
	if (!making->net->options.with_ended &&
	    date_is_past(model_programme(model, p)->end, model->today))
		return true;
	const GArray *payers = flow->payers.all, *receivers = flow->receivers.all;
	for (guint i = 0; i < payers->len; i++)
		for (guint k = 0; k < receivers->len; k++) {
			if (k % 4096 == 0 && cancel_asked(cancel, error))
				return false;
			add_payment(making, p, g_array_index(payers, guint, i),
				    g_array_index(receivers, guint, k));
		}
	return true;
}

/* --- the whole --------------------------------------------------------------------- */

static int by_ends(gconstpointer a, gconstpointer b)
{
	const struct funding_link *x = *(struct funding_link *const *)a;
	const struct funding_link *y = *(struct funding_link *const *)b;
	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	return x->to < y->to ? -1 : x->to > y->to;
}

static void take_links(struct funding *funding, struct making *making)
{
	GHashTableIter iter;
	gpointer link, amounts;
	g_hash_table_iter_init(&iter, making->paid_by);
	while (g_hash_table_iter_next(&iter, &link, &amounts))
		amounts_raise(((struct funding_link *)link)->amounts, amounts);
	g_hash_table_iter_init(&iter, making->of);
	while (g_hash_table_iter_next(&iter, NULL, &link))
		g_ptr_array_add(funding->links, link);
	g_ptr_array_sort(funding->links, by_ends);
	for (guint i = 0; i < funding->links->len; i++) {
		const struct funding_link *one = funding->links->pdata[i];
		funding->receivers[one->from]++;
		funding->givers[one->to]++;
	}
}

static bool add_links(struct making *making, GCancellable *cancel, GError **error)
{
	const struct net *net = making->net;
	for (guint e = 0; e < net->m; e++) {
		add_way(making, e, net->from[e], net->to[e]);
		add_way(making, e, net->to[e], net->from[e]);
	}
	for (guint p = 0; p < net->model->n[KIND_PROGRAMME]; p++)
		if (!add_programme(making, p, cancel, error))
			return false;
	return true;
}

struct funding *funding_new(const struct net *net, GCancellable *cancel, GError **error)
{
	guint programmes = net->model->n[KIND_PROGRAMME];
	struct funding *funding = g_new0(struct funding, 1);
	struct making making = {
		.net = net,
		.of = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL),
		.paid_by = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_array_unref),
		.flows = g_new0(struct flow *, programmes + 1),
	};
	funding->n = net->n;
	funding->links = g_ptr_array_new_with_free_func(link_free);
	funding->givers = g_new0(guint, MAX(net->n, 1));
	funding->receivers = g_new0(guint, MAX(net->n, 1));
	bool done = add_links(&making, cancel, error);
	take_links(funding, &making);
	if (!done)
		g_clear_pointer(&funding, funding_free);
	for (guint p = 0; p < programmes; p++)
		flow_free(making.flows[p]);
	g_free(making.flows);
	g_hash_table_unref(making.paid_by);
	g_hash_table_unref(making.of);
	return funding;
}

void funding_free(struct funding *funding)
{
	if (!funding)
		return;
	g_ptr_array_unref(funding->links);
	g_free(funding->givers);
	g_free(funding->receivers);
	g_free(funding);
}

/* What the links into a member have stated so far. */
struct income {
	const char *currency;
	double sum, squares;
	bool alike; /* one of them states nothing, or in another currency */
};

static void add_income(struct income *income, const struct funding_link *link)
{
	const struct money *money =
		link->amounts->len == 1 ? &g_array_index(link->amounts, struct money, 0) : NULL;
	if (!money || money->minor <= 0 ||
	    (income->currency && strcmp(income->currency, money->currency) != 0)) {
		income->alike = true;
		return;
	}
	income->currency = money->currency;
	income->sum += (double)money->minor;
	income->squares += (double)money->minor * (double)money->minor;
}

void funding_concentration(const struct funding *funding, double *out)
{
	g_autofree struct income *incomes = g_new0(struct income, MAX(funding->n, 1));
	for (guint i = 0; i < funding->links->len; i++) {
		const struct funding_link *link = funding->links->pdata[i];
		add_income(&incomes[link->to], link);
	}
	for (guint v = 0; v < funding->n; v++) {
		const struct income *income = &incomes[v];
		if (funding->givers[v] == 0)
			out[v] = NAN;
		else if (income->alike)
			out[v] = 1.0 / funding->givers[v];
		else
			out[v] = income->squares / (income->sum * income->sum);
	}
}
