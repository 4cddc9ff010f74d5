/*
 * The network under analysis, cut from a model by a filter: plain arrays and
 * their adjacency.  Not for measures, groups or chains (see study.c,
 * partition.c, paths.c), and without any graph library.
 */
#include "graph/net.h"

#include <string.h>

static const struct net_options everything = { .with_ended = true, .least_intensity = -1 };

guint net_all_ties(const struct model *model)
{
	guint count = 0;
	for (guint t = 0; t < model->n_ties; t++)
		count += model->ties[t].counts;
	return count;
}

static bool is_of_kinds(const struct model *model, const struct tie *tie, const char *const *kinds)
{
	for (guint i = 0; i < tie->n_claims; i++) {
		const struct partnership *says = model->claims[tie->first_claim + i].says;
		for (guint k = 0; kinds[k] && partnership_counts(says); k++)
			if (list_has(says->kinds, kinds[k]))
				return true;
	}
	return false;
}

static bool tie_passes(const struct model *model, const struct tie *tie,
		       const struct net_options *options)
{
	if (options->confirmed_only && tie->state != TIE_CONFIRMED)
		return false;
	if (!tie->counts)
		return false;
	if (tie_weight(tie) < options->least_intensity + 1)
		return false;
	if (options->kinds && !is_of_kinds(model, tie, options->kinds))
		return false;
	if (options->with_ended)
		return true;
	/* Disputed because one side says that it has ended. */
	return !tie->ended && !(tie->state == TIE_DISPUTED && tie->over);
}

static void choose_vertices(struct net *net, const struct net_options *options)
{
	const struct model *model = net->model;
	guint all = model->n[KIND_INSTITUTION];
	guint *institution = g_new(guint, MAX(all, 1));
	int *vertex = g_new(int, MAX(all, 1));
	for (guint i = 0; i < all; i++) {
		vertex[i] = -1;
		if (!filter_match(options->filter, model, i))
			continue;
		vertex[i] = (int)net->n;
		institution[net->n++] = i;
	}
	net->institution = institution;
	net->vertex = vertex;
}

/* Ties come sorted by both ends and vertices keep the model's order, so edges are sorted too. */
static void choose_edges(struct net *net, const struct net_options *options)
{
	const struct model *model = net->model;
	guint most = MAX(model->n_ties, 1);
	guint *from = g_new(guint, most), *to = g_new(guint, most);
	guint *tie = g_new(guint, most), *weight = g_new(guint, most);
	for (guint t = 0; t < model->n_ties; t++) {
		const struct tie *row = &model->ties[t];
		int a = net->vertex[row->a], b = net->vertex[row->b];
		if (a < 0 || b < 0 || !tie_passes(model, row, options))
			continue;
		from[net->m] = (guint)a;
		to[net->m] = (guint)b;
		tie[net->m] = t;
		weight[net->m++] = (guint)tie_weight(row);
	}
	net->from = from;
	net->to = to;
	net->tie = tie;
	net->weight = weight;
}

/* The arcs of the model in their order, with those left out that no edge is made of. */
static void build_adjacency(struct net *net)
{
	const struct model *model = net->model;
	g_autofree guint *edge_of = g_new(guint, MAX(model->n_ties, 1));
	guint *start = g_new(guint, net->n + 1), at = 0;
	guint *neighbour = g_new(guint, MAX(2 * net->m, 1));
	guint *edge = g_new(guint, MAX(2 * net->m, 1));
	for (guint t = 0; t < model->n_ties; t++)
		edge_of[t] = G_MAXUINT;
	for (guint e = 0; e < net->m; e++)
		edge_of[net->tie[e]] = e;
	for (guint v = 0; v < net->n; v++) {
		guint i = net->institution[v];
		start[v] = at;
		for (guint k = model->arc_start[i]; k < model->arc_start[i + 1]; k++) {
			const struct arc *arc = &model->arcs[k];
			if (edge_of[arc->tie] == G_MAXUINT)
				continue;
			neighbour[at] = (guint)net->vertex[arc->to];
			edge[at++] = edge_of[arc->tie];
		}
	}
	start[net->n] = at;
	net->start = start;
	net->neighbour = neighbour;
	net->edge = edge;
}

/* The filter is the caller's and may go before the net does. */
static struct net *net_begin(const struct model *model, const struct net_options *options)
{
	struct net *net = g_new0(struct net, 1);
	net->model = model_ref(model);
	net->options = *options;
	net->options.filter = NULL;
	net->options.kinds = (const char *const *)g_strdupv((char **)(guintptr)options->kinds);
	return net;
}

struct net *net_new(const struct model *model, const struct net_options *options)
{
	if (!options)
		options = &everything;
	struct net *net = net_begin(model, options);
	choose_vertices(net, options);
	choose_edges(net, options);
	build_adjacency(net);
	return net;
}

struct net *net_without(const struct net *net, const bool *gone)
{
	guint all = net->model->n[KIND_INSTITUTION], most = MAX(net->m, 1);
	guint *from = g_new(guint, most), *to = g_new(guint, most);
	guint *tie = g_new(guint, most), *weight = g_new(guint, most);
	struct net *out = net_begin(net->model, &net->options);
	out->n = net->n;
	out->institution = g_memdup2(net->institution, MAX(all, 1) * sizeof *net->institution);
	out->vertex = g_memdup2(net->vertex, MAX(all, 1) * sizeof *net->vertex);
	for (guint e = 0; e < net->m; e++) {
		if (gone[e])
			continue;
		from[out->m] = net->from[e];
		to[out->m] = net->to[e];
		tie[out->m] = net->tie[e];
		weight[out->m++] = net->weight[e];
	}
	out->from = from;
	out->to = to;
	out->tie = tie;
	out->weight = weight;
	build_adjacency(out);
	return out;
}

void net_free(struct net *net)
{
	if (!net)
		return;
	void *arrays[] = { (void *)net->institution, (void *)net->vertex,    (void *)net->from,
			   (void *)net->to,	     (void *)net->tie,	     (void *)net->weight,
			   (void *)net->start,	     (void *)net->neighbour, (void *)net->edge };
	for (guint i = 0; i < G_N_ELEMENTS(arrays); i++)
		g_free(arrays[i]);
	g_strfreev((char **)(guintptr)net->options.kinds);
	model_unref((struct model *)net->model);
	g_free(net);
}

bool net_has_edge(const struct net *net, guint a, guint b)
{
	guint low = net->start[a], high = net->start[a + 1];
	while (low < high) {
		guint middle = low + (high - low) / 2;
		if (net->neighbour[middle] == b)
			return true;
		if (net->neighbour[middle] < b)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}
