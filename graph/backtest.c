/*
 * Whether suggestions come true: those made of what was known before a day,
 * against the ties that began since.
 */
#include "graph/suggest_private.h"

#include <stdlib.h>
#include <string.h>

#define ENOUGH 10 /* ties that began */
#define YEARS  10 /* to go back, at most */
#define FIRST  10 /* suggestions that are held to account */
#define DRAWN  20000

static guint count_begun(const struct net *net, struct date since, bool *begun)
{
	guint n = 0;
	for (guint e = 0; e < net->m; e++) {
		struct date start = net->model->ties[net->tie[e]].since;
		begun[e] = date_is_set(start) && date_compare(start, since) >= 0;
		n += begun[e];
	}
	return n;
}

static int by_value(gconstpointer a, gconstpointer b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return x < y ? -1 : x > y;
}

/* How often one of `hits` is higher than one of `misses` (sorted here); ties count half. */
static double auc(GArray *hits, GArray *misses)
{
	double sum = 0;
	g_array_sort(hits, by_value);
	g_array_sort(misses, by_value);
	for (guint i = 0, below = 0, upto = 0; i < hits->len; i++) {
		double value = g_array_index(hits, double, i);
		while (below < misses->len && g_array_index(misses, double, below) < value)
			below++;
		upto = MAX(upto, below);
		while (upto < misses->len && g_array_index(misses, double, upto) <= value)
			upto++;
		sum += (below + upto) / 2.0;
	}
	return hits->len > 0 && misses->len > 0 ? sum / ((double)hits->len * misses->len) : .5;
}

struct scores {
	GArray *hits[2], *misses[2]; /* double: ours, preferential attachment */
};

static void add_pair(const struct suggester *suggester, guint a, guint b, GArray **to)
{
	struct suggestion one;
	double plain = (double)net_degree(suggester->net, a) * net_degree(suggester->net, b);
	suggester_score(suggester, a, b, &one);
	g_array_append_val(to[0], one.score);
	g_array_append_val(to[1], plain);
}

static void score_pairs(const struct suggester *suggester, const struct net *now, const bool *begun,
			guint32 seed, struct scores *scores)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(seed);
	for (guint e = 0; e < now->m; e++)
		if (begun[e])
			add_pair(suggester, now->from[e], now->to[e], scores->hits);
	for (guint i = 0; i < DRAWN && now->n > 1; i++) {
		guint a = (guint)g_rand_int_range(rand, 0, (gint32)now->n);
		guint b = (guint)g_rand_int_range(rand, 0, (gint32)now->n);
		if (a != b && !net_has_edge(now, a, b))
			add_pair(suggester, a, b, scores->misses);
	}
}

struct ranked {
	guint a, b;
	double product;
};

static int by_product(gconstpointer x, gconstpointer y)
{
	const struct ranked *p = x, *q = y;
	if (p->product != q->product)
		return p->product > q->product ? -1 : 1;
	return p->a != q->a ? (p->a < q->a ? -1 : 1) : p->b < q->b ? -1 : p->b > q->b;
}

static int by_degree(gconstpointer a, gconstpointer b, gpointer data)
{
	const struct net *net = data;
	guint x = *(const guint *)a, y = *(const guint *)b;
	if (net_degree(net, x) != net_degree(net, y))
		return net_degree(net, x) > net_degree(net, y) ? -1 : 1;
	return x < y ? -1 : x > y;
}

/* The first untied pairs by product of degrees lie among the few with most. */
static double plain_precision(const struct net *past, const struct net *now)
{
	guint n = MIN(past->n, 60), hits = 0;
	g_autofree guint *order = g_new(guint, past->n + 1);
	g_autoptr(GArray) pairs = g_array_new(FALSE, FALSE, sizeof(struct ranked));
	for (guint v = 0; v < past->n; v++)
		order[v] = v;
	g_qsort_with_data(order, (gint)past->n, sizeof *order, by_degree, (gpointer)past);
	for (guint i = 0; i < n; i++)
		for (guint k = i + 1; k < n; k++) {
			struct ranked one = { order[i], order[k],
					      (double)net_degree(past, order[i]) *
						      net_degree(past, order[k]) };
			if (!net_has_edge(past, one.a, one.b))
				g_array_append_val(pairs, one);
		}
	g_array_sort(pairs, by_product);
	guint shown = MIN(pairs->len, FIRST);
	for (guint i = 0; i < shown; i++) {
		const struct ranked *one = &g_array_index(pairs, struct ranked, i);
		hits += net_has_edge(now, one->a, one->b);
	}
	return shown > 0 ? (double)hits / shown : 0;
}

static bool judge(struct study *study, struct study *past, const bool *begun, struct backtest *out,
		  GError **error)
{
	const struct suggest_options options = { -1, FIRST, 3 };
	const struct net *now = study->net;
	struct suggester suggester;
	struct scores scores;
	guint hits = 0;
	if (!suggester_init(&suggester, past, out->since, error))
		return false;
	g_autoptr(GArray) first = suggester_list(&suggester, &options, error);
	for (guint i = 0; i < 2; i++) {
		scores.hits[i] = g_array_new(FALSE, FALSE, sizeof(double));
		scores.misses[i] = g_array_new(FALSE, FALSE, sizeof(double));
	}
	if (first) {
		score_pairs(&suggester, now, begun, (guint32)now->model->network->settings.seed,
			    &scores);
		for (guint i = 0; i < first->len; i++) {
			const struct suggestion *one = &g_array_index(first, struct suggestion, i);
			hits += net_has_edge(now, one->a, one->b);
		}
		out->precision = first->len > 0 ? (double)hits / first->len : 0;
		out->auc = auc(scores.hits[0], scores.misses[0]);
		out->plain_precision = plain_precision(past->net, now);
		out->plain_auc = auc(scores.hits[1], scores.misses[1]);
	}
	for (guint i = 0; i < 2; i++) {
		g_array_unref(scores.hits[i]);
		g_array_unref(scores.misses[i]);
	}
	suggester_release(&suggester);
	return first != NULL;
}

bool study_backtest(struct study *study, struct backtest *out, GError **error)
{
	const struct net *net = study->net;
	g_autofree bool *begun = g_new0(bool, net->m + 1);
	struct backtest found = { 0 };
	for (int years = 1; years <= YEARS && found.begun < ENOUGH; years++) {
		found.since = date_add_months(net->model->today, -12 * years);
		found.begun = count_begun(net, found.since, begun);
	}
	found.possible = found.begun >= ENOUGH;
	if (found.possible) {
		struct study *past = study_of_net(net_without(net, begun));
		past->cancel = study->cancel;
		bool done = judge(study, past, begun, &found, error);
		past->cancel = NULL;
		study_unref(past);
		if (!done)
			return false;
	}
	*out = found;
	return true;
}
