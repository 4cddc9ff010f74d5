/*
 * Introductions: the shortest chains between two institutions, the most trusted
 * first.  A search from the far end gives the layers; then, for each strength
 * from 4 down to 1, the best chains of ties at least that strong, by the sum of
 * their strengths, kept per vertex from the far end back.  For a fixed least
 * strength the best chains of a vertex are made of the best chains of the next
 * ones, so `limit` a vertex are enough; for both criteria at once they are not.
 */
#include "graph/net.h"

#define FAR G_MAXUINT

struct chain {
	guint next;  /* vertex after this one */
	guint which; /* among the chains of `next` */
	guint sum;   /* of weights to the end */
};

struct search {
	const struct net *net;
	guint *distance; /* to the far end */
	GArray *order;	 /* guint vertices that lie on shortest chains, near the far end first */
	GArray **chains; /* per vertex, of struct chain; NULL outside */
	guint limit;
};

static void walk_from(const struct net *net, guint source, guint *distance)
{
	g_autofree guint *queue = g_new(guint, net->n);
	guint head = 0, tail = 0;
	for (guint v = 0; v < net->n; v++)
		distance[v] = FAR;
	distance[source] = 0;
	queue[tail++] = source;
	while (head < tail) {
		guint v = queue[head++];
		for (guint i = net->start[v]; i < net->start[v + 1]; i++) {
			guint w = net->neighbour[i];
			if (distance[w] != FAR)
				continue;
			distance[w] = distance[v] + 1;
			queue[tail++] = w;
		}
	}
}

/* Vertices on some shortest chain from `a`, in order of falling distance, then turned round. */
static void mark_between(struct search *search, guint a)
{
	const struct net *net = search->net;
	g_autofree bool *seen = g_new0(bool, net->n);
	GArray *order = search->order;
	g_array_append_val(order, a);
	seen[a] = true;
	for (guint i = 0; i < order->len; i++) {
		guint v = g_array_index(order, guint, i);
		search->chains[v] = g_array_new(FALSE, FALSE, sizeof(struct chain));
		for (guint k = net->start[v]; k < net->start[v + 1]; k++) {
			guint w = net->neighbour[k];
			if (seen[w] || search->distance[w] + 1 != search->distance[v])
				continue;
			seen[w] = true;
			g_array_append_val(order, w);
		}
	}
	for (guint i = 0, j = order->len - 1; i < j; i++, j--) {
		guint swap = g_array_index(order, guint, i);
		g_array_index(order, guint, i) = g_array_index(order, guint, j);
		g_array_index(order, guint, j) = swap;
	}
}

static int by_sum(gconstpointer a, gconstpointer b)
{
	const struct chain *x = a, *y = b;
	if (x->sum != y->sum)
		return x->sum > y->sum ? -1 : 1;
	if (x->next != y->next)
		return x->next < y->next ? -1 : 1;
	return x->which < y->which ? -1 : x->which > y->which;
}

static void best_chains(struct search *search, guint v, guint least)
{
	const struct net *net = search->net;
	GArray *chains = search->chains[v];
	g_array_set_size(chains, 0);
	if (search->distance[v] == 0) {
		struct chain end = { .next = FAR };
		g_array_append_val(chains, end);
		return;
	}
	for (guint i = net->start[v]; i < net->start[v + 1]; i++) {
		guint w = net->neighbour[i], weight = net->weight[net->edge[i]];
		if (weight < least || search->distance[w] + 1 != search->distance[v])
			continue;
		for (guint k = 0; k < search->chains[w]->len; k++) {
			struct chain chain = { w, k, weight };
			chain.sum += g_array_index(search->chains[w], struct chain, k).sum;
			g_array_append_val(chains, chain);
		}
	}
	g_array_sort(chains, by_sum);
	if (chains->len > search->limit)
		g_array_set_size(chains, search->limit);
}

static GArray *spell(const struct search *search, guint a, guint which, guint *weakest)
{
	const struct net *net = search->net;
	GArray *path = g_array_new(FALSE, FALSE, sizeof(guint));
	*weakest = G_MAXUINT;
	for (guint v = a;;) {
		const struct chain *chain = &g_array_index(search->chains[v], struct chain, which);
		g_array_append_val(path, net->institution[v]);
		if (chain->next == FAR)
			return path;
		for (guint i = net->start[v]; i < net->start[v + 1]; i++)
			if (net->neighbour[i] == chain->next)
				*weakest = MIN(*weakest, net->weight[net->edge[i]]);
		v = chain->next;
		which = chain->which;
	}
}

static void collect(struct search *search, guint a, GPtrArray *paths)
{
	for (guint least = 4; least >= 1 && paths->len < search->limit; least--) {
		for (guint i = 0; i < search->order->len; i++)
			best_chains(search, g_array_index(search->order, guint, i), least);
		guint found = search->chains[a]->len;
		for (guint k = 0; k < found && paths->len < search->limit; k++) {
			guint weakest;
			GArray *path = spell(search, a, k, &weakest);
			/* Stronger ones were taken in an earlier round. */
			if (weakest == least)
				g_ptr_array_add(paths, path);
			else
				g_array_unref(path);
		}
	}
}

GPtrArray *net_paths(const struct net *net, guint a, guint b, guint limit)
{
	GPtrArray *paths = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
	guint all = net->model->n[KIND_INSTITUTION];
	if (a >= all || b >= all || a == b || limit == 0)
		return paths;
	int from = net->vertex[a], to = net->vertex[b];
	if (from < 0 || to < 0)
		return paths;
	struct search search = { .net = net, .limit = limit };
	search.distance = g_new(guint, net->n);
	walk_from(net, (guint)to, search.distance);
	if (search.distance[from] != FAR) {
		search.order = g_array_new(FALSE, FALSE, sizeof(guint));
		search.chains = g_new0(GArray *, net->n);
		mark_between(&search, (guint)from);
		collect(&search, (guint)from, paths);
		for (guint i = 0; i < search.order->len; i++)
			g_array_unref(search.chains[g_array_index(search.order, guint, i)]);
		g_array_unref(search.order);
		g_free(search.chains);
	}
	g_free(search.distance);
	return paths;
}
