/*
 * Sets of members that matter together: two that bridge the same gap are not both
 * key.  One member's own part is a measure (betweenness, cut-off), not here.
 */
#include "graph/keyplayers.h"

#include "base/cancel.h"
#include "graph/work.h"

#include <math.h>
#include <string.h>

#define EFFORT 4e8 /* steps of one round over the candidates */
#define FEWEST 30  /* candidates */
#define ROUNDS 10  /* of swaps */
#define GAIN   1e-12

struct search {
	const struct net *net;
	enum key_goal goal;
	GCancellable *cancel;
	GError **error;
	guint *candidates, n_candidates;
	guint *set, count;
	bool *in;
	guint *start, *neighbour; /* of the ties that are left */
	guint *queue, *distance;
	bool stopped;
};

/* Fragmentation of what is left without the set. */
static double broken(struct search *search)
{
	const struct net *net = search->net;
	struct kernel_run run = { .cancel = search->cancel };
	guint slot = 0;
	double left = net->n - search->count;
	for (guint v = 0; v < net->n; v++) {
		search->start[v] = slot;
		for (guint i = net->start[v]; !search->in[v] && i < net->start[v + 1]; i++)
			if (!search->in[net->neighbour[i]])
				search->neighbour[slot++] = net->neighbour[i];
	}
	search->start[net->n] = slot;
	struct csr csr = { net->n, search->start, search->neighbour };
	struct spans *spans = spans_new(&csr, &run, search->error);
	search->stopped = !spans;
	/* Of one that is left alone nothing holds together any more. */
	double value = spans && left > 1 ? 1 - 2 * spans->inverse / (left * (left - 1)) : 1;
	spans_free(spans);
	return value;
}

/* Mean of 1/distance from the nearest of the set. */
static double reached(struct search *search)
{
	const struct net *net = search->net;
	guint head = 0, tail = 0;
	double sum = search->count;
	memset(search->distance, 0xff, net->n * sizeof *search->distance);
	for (guint i = 0; i < search->count; i++) {
		search->distance[search->set[i]] = 0;
		search->queue[tail++] = search->set[i];
	}
	while (head < tail) {
		guint v = search->queue[head++];
		for (guint i = net->start[v]; i < net->start[v + 1]; i++) {
			guint w = net->neighbour[i];
			if (search->distance[w] != G_MAXUINT)
				continue;
			search->distance[w] = search->distance[v] + 1;
			sum += 1.0 / search->distance[w];
			search->queue[tail++] = w;
		}
	}
	search->stopped = cancel_asked(search->cancel, search->error);
	return sum / net->n;
}

static double evaluate(struct search *search)
{
	return search->goal == KEY_BREAK ? broken(search) : reached(search);
}

/* Puts into place `at` whoever is best there, if better than `value`, which is then raised. */
static bool improve(struct search *search, guint at, double *value)
{
	guint held = search->set[at], best = held;
	if (held != G_MAXUINT)
		search->in[held] = false;
	for (guint i = 0; i < search->n_candidates && !search->stopped; i++) {
		guint v = search->candidates[i];
		if (search->in[v] || v == held)
			continue;
		search->set[at] = v;
		search->in[v] = true;
		double tried = evaluate(search);
		search->in[v] = false;
		if (search->stopped || tried <= *value + GAIN)
			continue;
		*value = tried;
		best = v;
	}
	search->set[at] = best;
	if (best != G_MAXUINT)
		search->in[best] = true;
	return best != held;
}

static double run_search(struct search *search, guint count)
{
	double value = -INFINITY;
	for (guint i = 0; i < count && !search->stopped; i++) {
		value = -INFINITY;
		search->count = i + 1;
		search->set[i] = G_MAXUINT;
		improve(search, i, &value);
	}
	for (guint round = 0; round < ROUNDS && count > 1 && !search->stopped; round++) {
		bool better = false;
		for (guint i = 0; i < count && !search->stopped; i++)
			better = improve(search, i, &value) || better;
		if (!better)
			break;
	}
	return value;
}

static int by_score(gconstpointer a, gconstpointer b, gpointer data)
{
	const double *score = data;
	guint x = *(const guint *)a, y = *(const guint *)b;
	if (score[x] != score[y])
		return score[x] > score[y] ? -1 : 1;
	return x < y ? -1 : x > y;
}

static void choose_candidates(struct search *search, const struct study *study, guint count)
{
	const struct net *net = search->net;
	g_autofree double *bridging = study_values(study, measure_find("betweenness-raw"));
	search->candidates = g_new(guint, net->n + 1);
	for (guint v = 0; v < net->n; v++)
		search->candidates[v] = v;
	double round = (double)net->n * (net->n + 2.0 * net->m);
	search->n_candidates = (guint)MIN(net->n, MAX(EFFORT / MAX(round, 1), FEWEST + count));
	if (bridging && search->n_candidates < net->n)
		g_qsort_with_data(search->candidates, (gint)net->n, sizeof *search->candidates,
				  by_score, bridging);
}

static void search_release(struct search *search)
{
	void *kept[] = { search->candidates, search->set,   search->in,	     search->start,
			 search->neighbour,  search->queue, search->distance };
	for (guint i = 0; i < G_N_ELEMENTS(kept); i++)
		g_free(kept[i]);
}

struct key_players *key_players_find(const struct study *study, enum key_goal goal, guint count,
				     GCancellable *cancel, GError **error)
{
	const struct net *net = study_net(study);
	guint n = net->n;
	struct search search = { .net = net, .goal = goal, .cancel = cancel, .error = error };
	struct key_players *players = g_new0(struct key_players, 1);
	count = MIN(count, n);
	choose_candidates(&search, study, count);
	search.set = g_new(guint, count + 1);
	search.in = g_new0(bool, n + 1);
	search.start = g_new0(guint, n + 1);
	search.neighbour = g_new(guint, 2 * (gsize)net->m + 1);
	search.queue = g_new(guint, n + 1);
	search.distance = g_new(guint, n + 1);
	players->before = goal == KEY_BREAK ? broken(&search) : 0;
	players->value =
		count > 0 && !search.stopped ? run_search(&search, count) : players->before;
	players->members = g_array_new(FALSE, FALSE, sizeof(guint));
	for (guint i = 0; i < count && !search.stopped; i++) {
		guint institution = net->institution[search.set[i]];
		g_array_append_val(players->members, institution);
	}
	bool stopped = search.stopped;
	search_release(&search);
	if (stopped)
		g_clear_pointer(&players, key_players_free);
	return players;
}

void key_players_free(struct key_players *players)
{
	if (!players)
		return;
	if (players->members)
		g_array_unref(players->members);
	g_free(players);
}
