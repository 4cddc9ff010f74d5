/*
 * What members offer and what they need, over all capacities and in each.  How many
 * needs could be served is a number only; who could serve whom, and whether the
 * lines agree, is the business of the gap register.
 */
#include "graph/measures/families.h"
#include "graph/work.h"

#include <math.h>
#include <string.h>

struct stall { /* one member's dealings in one capacity */
	const char *capacity;
	guint v;
	guint offers, needs;
};

static bool is_live(const struct exchange *row, struct date today)
{
	return row->capacity &&
	       !(date_is_set(row->until) && date_compare(date_last_day(row->until), today) < 0);
}

static void collect(const struct net *net, guint v, bool needs, GArray *out)
{
	const struct institution *row = net_institution(net, v);
	const struct items *list = needs ? &row->needs : &row->offers;
	for (guint i = 0; i < list->n; i++) {
		const struct exchange *says = &ITEMS(struct exchange, *list)[i];
		struct stall stall = { says->capacity, v, !needs, needs };
		if (is_live(says, net->model->today))
			g_array_append_val(out, stall);
	}
}

static int by_capacity(gconstpointer a, gconstpointer b)
{
	const struct stall *x = a, *y = b;
	int order = strcmp(x->capacity, y->capacity);
	return order ? order : x->v < y->v ? -1 : x->v > y->v;
}

static GArray *stalls_of(const struct net *net)
{
	GArray *out = g_array_new(FALSE, FALSE, sizeof(struct stall));
	for (guint v = 0; v < net->n; v++) {
		collect(net, v, false, out);
		collect(net, v, true, out);
	}
	g_array_sort(out, by_capacity);
	return out;
}

struct balance {
	guint offers, needs, matched;
};

/*
 * Nobody serves itself.  The needs that can be served then are (König 1931) the
 * least of all needs, all offers, and all but those of one member.
 */
static guint match_capacity(const struct stall *stalls, guint n, guint offers, guint needs)
{
	guint matched = MIN(offers, needs);
	for (guint i = 0, end; i < n; i = end) {
		guint own = 0;
		for (end = i; end < n && stalls[end].v == stalls[i].v; end++)
			own += stalls[end].offers + stalls[end].needs;
		matched = MIN(matched, offers + needs - own);
	}
	return matched;
}

/* What the same capacity's stalls from `first` come to; `*end` is behind them. */
static struct balance balance_next(const GArray *array, guint first, guint *end)
{
	const struct stall *stalls = (const struct stall *)(void *)array->data;
	struct balance found = { 0 };
	guint i = first;
	for (; i < array->len && strcmp(stalls[i].capacity, stalls[first].capacity) == 0; i++) {
		found.offers += stalls[i].offers;
		found.needs += stalls[i].needs;
	}
	found.matched = match_capacity(stalls + first, i - first, found.offers, found.needs);
	*end = i;
	return found;
}

static struct balance balance_of(const struct net *net)
{
	g_autoptr(GArray) array = stalls_of(net);
	struct balance all = { 0 };
	for (guint i = 0, end; i < array->len; i = end) {
		struct balance one = balance_next(array, i, &end);
		all.offers += one.offers;
		all.needs += one.needs;
		all.matched += one.matched;
	}
	return all;
}

/* By the network's own order of capacities; caller frees. */
static struct balance *balances_of(const struct net *net)
{
	g_autoptr(GArray) array = stalls_of(net);
	guint terms = net->model->network->vocabularies.of[VOCABULARY_CAPACITIES].n;
	struct balance *out = g_new0(struct balance, MAX(terms, 1));
	for (guint i = 0, end; i < array->len; i = end) {
		const char *capacity = g_array_index(array, struct stall, i).capacity;
		int term = model_term_index(net->model, VOCABULARY_CAPACITIES, capacity);
		struct balance one = balance_next(array, i, &end);
		if (term >= 0)
			out[term] = one;
	}
	return out;
}

MEASURE(offers)
{
	(void)measure, (void)error;
	*out = balance_of(study->net).offers;
	return true;
}

MEASURE(needs)
{
	(void)measure, (void)error;
	*out = balance_of(study->net).needs;
	return true;
}

MEASURE(needs_matched)
{
	(void)measure, (void)error;
	*out = balance_of(study->net).matched;
	return true;
}

MEASURE(needs_unmet)
{
	(void)measure, (void)error;
	struct balance balance = balance_of(study->net);
	*out = balance.needs - balance.matched;
	return true;
}

enum part { OFFERS, NEEDS, MATCHED, UNMET };

static bool by_term(const struct study *study, enum part part, double *out)
{
	g_autofree struct balance *found = balances_of(study->net);
	guint terms = study->net->model->network->vocabularies.of[VOCABULARY_CAPACITIES].n;
	for (guint i = 0; i < terms; i++)
		out[i] = part == OFFERS	   ? found[i].offers
			 : part == NEEDS   ? found[i].needs
			 : part == MATCHED ? found[i].matched
					   : found[i].needs - found[i].matched;
	return true;
}

MEASURE(capacity_offers)
{
	(void)measure, (void)error;
	return by_term(study, OFFERS, out);
}

MEASURE(capacity_needs)
{
	(void)measure, (void)error;
	return by_term(study, NEEDS, out);
}

MEASURE(capacity_matched)
{
	(void)measure, (void)error;
	return by_term(study, MATCHED, out);
}

MEASURE(capacity_unmet)
{
	(void)measure, (void)error;
	return by_term(study, UNMET, out);
}
