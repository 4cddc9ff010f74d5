/*
 * The network under analysis, cut from a model by a filter: plain arrays and
 * their adjacency.  Not for measures, groups or chains (see study.c,
 * partition.c, paths.c), and without any graph library.
 */
#include "graph/net.h"

#include <string.h>

const char *const net_lengths[] = { "steps", "intensity", NULL };

static const struct net_options everything = { .with_ended = true, .least_intensity = -1 };

char *net_ties_text(const struct net *net)
{
	const struct net_options *options = &net->options;
	g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);
	if (options->confirmed_only || net->model->confirmed_only)
		g_ptr_array_add(words, g_strdup("confirmed"));
	if (!options->with_ended)
		g_ptr_array_add(words, g_strdup("current"));
	if (options->least_intensity >= 0)
		g_ptr_array_add(words,
				g_strconcat("intensity=",
					    choice_intensity[options->least_intensity].id, NULL));
	if (options->kinds) {
		g_autofree char *kinds = g_strjoinv(",", (char **)(guintptr)options->kinds);
		g_ptr_array_add(words, g_strconcat("ties=", kinds, NULL));
	}
	g_ptr_array_add(words, NULL);
	return g_strjoinv(" ", (char **)words->pdata);
}

static bool is_of_kinds(const struct model *model, const struct tie *tie, const char *const *kinds)
{
	for (guint i = 0; i < tie->n_claims; i++) {
		const struct partnership *says = model->claims[tie->first_claim + i].says;
		for (guint k = 0; kinds[k] && claim_counts(model, tie, says); k++)
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
	if (!tie_counts(tie))
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

bool net_counts(const struct net *net, const struct tie *tie)
{
	return tie_passes(net->model, tie, &net->options);
}

/* --- in pieces --------------------------------------------------------------------- */

/* Institutions tested, ties, and vertices in a piece: a few ms of each. */
#define PIECE_TESTED   4096
#define PIECE_TIES     131072
#define PIECE_VERTICES 65536

enum stage { STAGE_VERTICES, STAGE_EDGES, STAGE_ADJACENCY, STAGE_WHOLE };

struct net_making {
	const struct filter *filter;
	enum stage stage;
	guint at; /* in this stage */
	guint *institution, *from, *to, *tie, *weight;
	int *vertex;
	guint *edge_of; /* tie -> edge, G_MAXUINT where none is made of it */
	guint *start, *neighbour, *edge;
};

static void choose_vertices(struct net *net, struct net_making *making)
{
	const struct model *model = net->model;
	guint all = model->n[KIND_INSTITUTION];
	guint until = making->filter ? MIN(all, making->at + PIECE_TESTED) : all;
	if (making->at == 0) {
		making->institution = g_new(guint, MAX(all, 1));
		making->vertex = g_new(int, MAX(all, 1));
		net->institution = making->institution;
		net->vertex = making->vertex;
	}
	for (; making->at < until; making->at++) {
		guint i = making->at;
		making->vertex[i] = -1;
		if (!filter_match(making->filter, model, i))
			continue;
		making->vertex[i] = (int)net->n;
		making->institution[net->n++] = i;
	}
}

static void begin_edges(struct net *net, struct net_making *making)
{
	guint most = MAX(net->model->n_ties, 1);
	net->from = making->from = g_new(guint, most);
	net->to = making->to = g_new(guint, most);
	net->tie = making->tie = g_new(guint, most);
	net->weight = making->weight = g_new(guint, most);
}

static void add_edge(struct net *net, struct net_making *making, guint from, guint to, guint tie,
		     guint weight)
{
	making->from[net->m] = from;
	making->to[net->m] = to;
	making->tie[net->m] = tie;
	making->weight[net->m++] = weight;
}

/* Ties come sorted by both ends and vertices keep the model's order, so edges are sorted too. */
static void choose_edges(struct net *net, struct net_making *making)
{
	const struct model *model = net->model;
	guint until = MIN(model->n_ties, making->at + PIECE_TIES);
	if (making->at == 0)
		begin_edges(net, making);
	for (; making->at < until; making->at++) {
		const struct tie *row = &model->ties[making->at];
		int a = net->vertex[row->a], b = net->vertex[row->b];
		if (a >= 0 && b >= 0 && tie_passes(model, row, &net->options))
			add_edge(net, making, (guint)a, (guint)b, making->at,
				 (guint)tie_weight(row));
	}
}

static void begin_adjacency(struct net *net, struct net_making *making)
{
	making->edge_of = g_new(guint, MAX(net->model->n_ties, 1));
	net->start = making->start = g_new(guint, net->n + 1);
	net->neighbour = making->neighbour = g_new(guint, MAX(2 * net->m, 1));
	net->edge = making->edge = g_new(guint, MAX(2 * net->m, 1));
	making->start[0] = 0;
	for (guint t = 0; t < net->model->n_ties; t++)
		making->edge_of[t] = G_MAXUINT;
	for (guint e = 0; e < net->m; e++)
		making->edge_of[net->tie[e]] = e;
}

/* With everybody and all ties, vertices are institutions and edges are ties. */
static bool is_whole_model(const struct net *net)
{
	return net->n == net->model->n[KIND_INSTITUTION] && net->m == net->model->n_ties;
}

/* The arcs of the model in their order, with those left out that no edge is made of. */
static void build_adjacency(struct net *net, struct net_making *making)
{
	const struct model *model = net->model;
	guint until = MIN(net->n, making->at + PIECE_VERTICES);
	if (is_whole_model(net)) {
		net->start = model->arc_start;
		net->neighbour = model->arc_to;
		net->edge = model->arc_tie;
		making->at = net->n;
		return;
	}
	if (making->at == 0)
		begin_adjacency(net, making);
	for (; making->at < until; making->at++) {
		guint i = net->institution[making->at], to = net->start[making->at];
		for (guint k = model->arc_start[i]; k < model->arc_start[i + 1]; k++) {
			guint edge = making->edge_of[model->arc_tie[k]];
			if (edge == G_MAXUINT)
				continue;
			making->neighbour[to] = (guint)net->vertex[model->arc_to[k]];
			making->edge[to++] = edge;
		}
		making->start[making->at + 1] = to;
	}
}

/* The filter is the caller's and may go before the net does. */
struct net *net_begin(const struct model *model, const struct net_options *options)
{
	struct net *net = g_new0(struct net, 1);
	if (!options)
		options = &everything;
	net->model = model_ref(model);
	net->options = *options;
	net->options.filter = NULL;
	net->options.kinds = (const char *const *)g_strdupv((char **)(guintptr)options->kinds);
	net->making = g_new0(struct net_making, 1);
	net->making->filter = options->filter;
	return net;
}

static void making_free(struct net_making *making)
{
	if (making)
		g_free(making->edge_of);
	g_free(making);
}

bool net_go_on(struct net *net)
{
	static void (*const stages[STAGE_WHOLE])(struct net *, struct net_making *) = {
		[STAGE_VERTICES] = choose_vertices,
		[STAGE_EDGES] = choose_edges,
		[STAGE_ADJACENCY] = build_adjacency,
	};
	struct net_making *making = net->making;
	if (!making)
		return false;
	stages[making->stage](net, making);
	const guint all[] = { net->model->n[KIND_INSTITUTION], net->model->n_ties, net->n };
	if (making->at < all[making->stage])
		return true;
	making->at = 0;
	if (++making->stage < STAGE_WHOLE)
		return true;
	g_clear_pointer(&net->making, making_free);
	return false;
}

struct net *net_new(const struct model *model, const struct net_options *options)
{
	struct net *net = net_begin(model, options);
	while (net_go_on(net))
		;
	return net;
}

struct net *net_without(const struct net *net, const bool *gone)
{
	guint all = net->model->n[KIND_INSTITUTION];
	struct net *out = net_begin(net->model, &net->options);
	out->n = net->n;
	out->institution = g_memdup2(net->institution, MAX(all, 1) * sizeof *net->institution);
	out->vertex = g_memdup2(net->vertex, MAX(all, 1) * sizeof *net->vertex);
	begin_edges(out, out->making);
	for (guint e = 0; e < net->m; e++)
		if (!gone[e])
			add_edge(out, out->making, net->from[e], net->to[e], net->tie[e],
				 net->weight[e]);
	out->making->stage = STAGE_ADJACENCY;
	while (net_go_on(out))
		;
	return out;
}

void net_free(struct net *net)
{
	if (!net)
		return;
	bool own = net->start != net->model->arc_start;
	void *arrays[] = { (void *)net->institution, (void *)net->vertex,    (void *)net->from,
			   (void *)net->to,	     (void *)net->tie,	     (void *)net->weight,
			   (void *)net->start,	     (void *)net->neighbour, (void *)net->edge };
	/* The last three are the adjacency, which may be the model's. */
	for (guint i = 0; i < G_N_ELEMENTS(arrays) - (own ? 0 : 3); i++)
		g_free(arrays[i]);
	making_free(net->making);
	g_strfreev((char **)(guintptr)net->options.kinds);
	model_unref((struct model *)net->model);
	g_free(net);
}

/* Vertices come in the order of their institutions, and these by their ids. */
int *net_vertices_in(const struct net *net, const struct net *other)
{
	const struct model *model = other->model;
	int *out = g_new(int, MAX(net->n, 1));
	guint i = 0;
	for (guint v = 0; v < net->n; v++) {
		const char *id = model_institution(net->model, net->institution[v])->base.id;
		int order = -1;
		for (; i < model->n[KIND_INSTITUTION]; i++) {
			order = strcmp(model_institution(model, i)->base.id, id);
			if (order >= 0)
				break;
		}
		out[v] = order == 0 ? other->vertex[i] : -1;
	}
	return out;
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
