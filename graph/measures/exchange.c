/*
 * What members offer and what they need, counted over all capacities.  How many
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

static struct balance balance_of(const struct net *net)
{
	g_autoptr(GArray) array = stalls_of(net);
	const struct stall *stalls = (const struct stall *)(void *)array->data;
	struct balance all = { 0 };
	for (guint i = 0, end; i < array->len; i = end) {
		guint offers = 0, needs = 0;
		for (end = i;
		     end < array->len && strcmp(stalls[end].capacity, stalls[i].capacity) == 0;
		     end++) {
			offers += stalls[end].offers;
			needs += stalls[end].needs;
		}
		all.offers += offers;
		all.needs += needs;
		all.matched += match_capacity(stalls + i, end - i, offers, needs);
	}
	return all;
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
