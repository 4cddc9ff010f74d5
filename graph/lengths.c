/*
 * Distances and betweenness where deep ties are short, by igraph's weighted functions.
 * Steps are the business of graph/kernel, which is much faster.
 */
#include "graph/lengths.h"

#include "base/cancel.h"
#include "base/errors.h"
#include "graph/ahead.h"
#include "graph/ig.h"

#include <glib/gi18n.h>
#include <math.h>

/*
 * Lengths are computed in twelfths: 12, 6, 4 and 3 are whole, so that two chains of
 * equal length are equal in the machine as well, and each counts its part.
 */
#define UNIT 12

#define BLOCK 64 /* members from which distances are asked for at a time */

/* Of searching from every member that has partners, for all there is about 100 s. */
#define MOST_STEPS 2e9

static bool is_affordable(const struct net *net, GError **error)
{
	double linked = 0;
	for (guint v = 0; v < net->n; v++)
		linked += net_degree(net, v) > 0;
	if (linked * (net->m + linked * log2(linked + 1)) <= MOST_STEPS)
		return true;
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE,
		    _("Distances by intensity in a network of %u institutions and %u ties would "
		      "take too long"),
		    net->n, net->m);
	error_add_hint(error, _("choose a part of it with --filter, or count steps"));
	return false;
}

struct lengths *lengths_blank(guint n)
{
	struct lengths *out = work_alloc(1, sizeof *out + 2 * (gsize)n * sizeof(double));
	out->n = n;
	out->harmonic = (double *)(out + 1);
	out->farthest = out->harmonic + n;
	return out;
}

static bool lengths_of_ties(const struct net *net, igraph_vector_t *out, GError **error)
{
	if (!ig_ok(igraph_vector_init(out, net->m), error))
		return false;
	for (guint e = 0; e < net->m; e++)
		VECTOR(*out)[e] = (double)UNIT / net->weight[e];
	return true;
}

/* From one member to all; each pair is seen from both of its ends. */
static void add_row(struct lengths *out, const igraph_matrix_t *found, guint row, guint v)
{
	for (guint w = 0; w < out->n; w++) {
		double length = MATRIX(*found, row, w) / UNIT;
		if (w == v || !isfinite(length))
			continue;
		out->harmonic[v] += 1 / length;
		out->farthest[v] = MAX(out->farthest[v], length);
		out->total += length / 2;
		out->pairs += .5;
	}
	out->inverse += out->harmonic[v] / 2;
}

static bool add_block(struct study *study, struct lengths *out, const igraph_vector_t *lengths,
		      guint from, GError **error)
{
	const igraph_t *graph = study_graph(study, error);
	guint until = MIN(out->n, from + BLOCK);
	igraph_matrix_t found;
	if (!graph || cancel_asked(study->cancel, error) ||
	    !ig_ok(igraph_matrix_init(&found, 0, 0), error))
		return false;
	bool ok = ig_ok(igraph_distances_dijkstra(graph, &found, igraph_vss_range(from, until),
						  igraph_vss_all(), lengths, IGRAPH_ALL),
			error);
	for (guint v = from; ok && v < until; v++)
		add_row(out, &found, v - from, v);
	igraph_matrix_destroy(&found);
	return ok;
}

static const struct lengths *study_lengths(struct study *study, GError **error)
{
	const struct net *net = study->net;
	igraph_vector_t lengths;
	if (study->lengths)
		return study->lengths;
	study_makes(study);
	study_catch_up(study);
	if (!is_affordable(net, error) || !lengths_of_ties(net, &lengths, error))
		return NULL;
	struct lengths *out = lengths_blank(net->n);
	bool ok = true;
	for (guint v = 0; ok && v < net->n; v += BLOCK)
		ok = add_block(study, out, &lengths, v, error);
	igraph_vector_destroy(&lengths);
	if (!ok)
		g_clear_pointer(&out, g_atomic_rc_box_release);
	return study->lengths = out;
}

static bool search_between(struct study *study, const igraph_vector_t *lengths, igraph_vector_t *of,
			   bool ties, GError **error)
{
	const igraph_t *graph = study_graph(study, error);
	if (!graph || cancel_asked(study->cancel, error))
		return false;
	return ig_ok(ties ? igraph_edge_betweenness(graph, of, false, lengths)
			  : igraph_betweenness(graph, of, igraph_vss_all(), false, lengths),
		     error);
}

struct between *between_by_length(struct study *study, GError **error)
{
	const struct net *net = study->net;
	igraph_vector_t lengths, found;
	study_catch_up(study);
	if (!is_affordable(net, error) || !lengths_of_ties(net, &lengths, error))
		return NULL;
	struct between *out = between_blank(net->n, net->m);
	g_clear_pointer(&out->error, g_free); /* nothing is estimated */
	bool begun = ig_ok(igraph_vector_init(&found, 0), error), ok = begun;
	for (guint ties = 0; ok && ties < 2; ties++) {
		double *to = ties ? out->edges : out->vertices;
		ok = search_between(study, &lengths, &found, ties, error);
		for (guint i = 0; ok && i < (ties ? net->m : net->n); i++)
			to[i] = VECTOR(found)[i];
	}
	if (begun)
		igraph_vector_destroy(&found);
	igraph_vector_destroy(&lengths);
	if (!ok)
		g_clear_pointer(&out, between_free);
	return out;
}

bool study_ways(struct study *study, struct ways *out, GError **error)
{
	double n = study->net->n;
	*out = (struct ways){ 0 };
	if (study->net->options.length == LENGTH_STEPS) {
		const struct spans *steps = out->steps = study_distances(study, error);
		if (!steps)
			return false;
		out->mean = steps->mean_distance;
		out->efficiency = steps->efficiency;
		out->diameter = steps->pairs > 0 ? (double)steps->diameter : NAN;
		return true;
	}
	const struct lengths *lengths = out->lengths = study_lengths(study, error);
	if (!lengths)
		return false;
	out->mean = lengths->pairs > 0 ? lengths->total / lengths->pairs : NAN;
	out->efficiency = n > 1 ? lengths->inverse / (n * (n - 1) / 2) : NAN;
	out->diameter = lengths->pairs > 0 ? 0 : NAN;
	for (guint v = 0; lengths->pairs > 0 && v < lengths->n; v++)
		out->diameter = MAX(out->diameter, lengths->farthest[v]);
	return true;
}

double ways_harmonic(const struct ways *ways, guint v)
{
	return ways->steps ? ways->steps->harmonic[v] : ways->lengths->harmonic[v];
}

double ways_farthest(const struct ways *ways, guint v)
{
	return ways->steps ? ways->steps->eccentricity[v] : ways->lengths->farthest[v];
}
