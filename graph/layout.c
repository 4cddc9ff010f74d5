/*
 * Positions of the network's map: every part is laid out by forces
 * (Fruchterman & Reingold 1991) from a start of our own, then the parts are
 * packed on shelves, the largest first.  Members without partners have no
 * position: the map keeps them in its margin.  Same data and seed, same picture.
 */
#include "graph/ig.h"

#include <math.h>

struct part {
	guint n;	/* members */
	guint *members; /* vertices, in the study's order of search */
	double *at;	/* 2n, in a box of width and height below */
	double width, height;
};

/* Members of component c by breadth from its best connected one: neighbours stay together. */
static void list_members(struct study *study, guint c, struct part *part)
{
	const struct net *net = study->net;
	const struct components *components = study->components;
	g_autofree bool *seen = g_new0(bool, net->n);
	guint hub = G_MAXUINT;
	for (guint v = 0; v < net->n; v++)
		if (components->of[v] == c &&
		    (hub == G_MAXUINT || net_degree(net, v) > net_degree(net, hub)))
			hub = v;
	part->members = g_new(guint, components->sizes[c]);
	part->members[part->n++] = hub;
	seen[hub] = true;
	for (guint i = 0; i < part->n; i++) {
		guint v = part->members[i];
		for (guint k = net->start[v]; k < net->start[v + 1]; k++) {
			guint w = net->neighbour[k];
			if (seen[w])
				continue;
			seen[w] = true;
			part->members[part->n++] = w;
		}
	}
}

static struct ig_graph *part_graph(struct study *study, const struct part *part, GError **error)
{
	const struct net *net = study->net;
	g_autofree guint *place = g_new(guint, net->n);
	g_autoptr(GArray) from = g_array_new(FALSE, FALSE, sizeof(guint));
	g_autoptr(GArray) to = g_array_new(FALSE, FALSE, sizeof(guint));
	for (guint i = 0; i < part->n; i++)
		place[part->members[i]] = i;
	for (guint i = 0; i < part->n; i++) {
		guint v = part->members[i];
		for (guint k = net->start[v]; k < net->start[v + 1]; k++) {
			guint j = place[net->neighbour[k]];
			if (i >= j)
				continue;
			g_array_append_val(from, i);
			g_array_append_val(to, j);
		}
	}
	return ig_graph_new(part->n, from->len, (const guint *)(void *)from->data,
			    (const guint *)(void *)to->data, error);
}

/* A spiral: the hub in the middle, its circle around it, and so on outwards. */
static void start_spiral(igraph_matrix_t *at, guint n)
{
	for (guint i = 0; i < n; i++) {
		double radius = sqrt(i), angle = 2.399963229728653 * i;
		MATRIX(*at, i, 0) = radius * cos(angle);
		MATRIX(*at, i, 1) = radius * sin(angle);
	}
}

static bool force(struct study *study, struct part *part, igraph_matrix_t *at, GError **error)
{
	guint64 seed = (guint64)study->net->model->network->settings.seed;
	struct ig_graph *graph = part_graph(study, part, error);
	if (!graph)
		return false;
	start_spiral(at, part->n);
	bool ok = ig_seed(seed, error) &&
		  ig_ok(igraph_layout_fruchterman_reingold(
				&graph->graph, at, true, 150, sqrt(part->n),
				part->n > 1000 ? IGRAPH_LAYOUT_GRID : IGRAPH_LAYOUT_NOGRID, NULL,
				NULL, NULL, NULL, NULL),
			error);
	ig_graph_free(graph);
	return ok;
}

/* Into a box whose area goes with the number of members. */
static void fit_box(struct part *part, const igraph_matrix_t *at)
{
	double low[2] = { INFINITY, INFINITY }, high[2] = { -INFINITY, -INFINITY };
	part->width = part->height = sqrt(part->n);
	part->at = g_new(double, 2 * (gsize)part->n);
	for (guint i = 0; i < part->n; i++)
		for (guint d = 0; d < 2; d++) {
			low[d] = MIN(low[d], MATRIX(*at, i, d));
			high[d] = MAX(high[d], MATRIX(*at, i, d));
		}
	for (guint i = 0; i < part->n; i++)
		for (guint d = 0; d < 2; d++) {
			double range = high[d] - low[d];
			double share = range > 1e-9 ? (MATRIX(*at, i, d) - low[d]) / range : 0.5;
			part->at[2 * i + d] = share * part->width;
		}
}

static bool lay_part(struct study *study, guint c, struct part *part, GError **error)
{
	igraph_matrix_t at;
	list_members(study, c, part);
	if (!ig_ok(igraph_matrix_init(&at, part->n, 2), error))
		return false;
	bool ok = force(study, part, &at, error);
	if (ok)
		fit_box(part, &at);
	igraph_matrix_destroy(&at);
	return ok;
}

/* Shelves as wide as the largest part, or as all of them on a square. */
static void pack(GArray *parts, double *out)
{
	const double gap = 1;
	double area = 0, x = 0, y = 0, shelf = 0, right = 0;
	for (guint i = 0; i < parts->len; i++) {
		struct part *part = &g_array_index(parts, struct part, i);
		area += (part->width + gap) * (part->height + gap);
	}
	double width = parts->len > 0 ? g_array_index(parts, struct part, 0).width + gap : 0;
	width = MAX(width, sqrt(area));
	for (guint i = 0; i < parts->len; i++) {
		struct part *part = &g_array_index(parts, struct part, i);
		if (x > 0 && x + part->width > width) {
			x = 0;
			y += shelf + gap;
			shelf = 0;
		}
		for (guint k = 0; k < part->n; k++) {
			out[2 * part->members[k]] = x + part->at[2 * k];
			out[2 * part->members[k] + 1] = y + part->at[2 * k + 1];
		}
		x += part->width + gap;
		shelf = MAX(shelf, part->height);
		right = MAX(right, x - gap);
	}
	double bottom = y + shelf;
	for (guint i = 0; i < parts->len; i++) {
		struct part *part = &g_array_index(parts, struct part, i);
		for (guint k = 0; k < part->n; k++) {
			out[2 * part->members[k]] /= right;
			out[2 * part->members[k] + 1] /= bottom;
		}
	}
}

static void part_clear(void *data)
{
	struct part *part = data;
	g_free(part->members);
	g_free(part->at);
}

bool layout_compute(struct study *study, double *out, GError **error)
{
	const struct components *components = study_components(study, error);
	g_autoptr(GArray) parts = g_array_new(FALSE, TRUE, sizeof(struct part));
	g_array_set_clear_func(parts, part_clear);
	for (guint v = 0; v < study->net->n; v++)
		out[2 * v] = out[2 * v + 1] = NAN;
	/* Components come by falling size: behind the first single member there are only such. */
	for (guint c = 0; c < components->n && components->sizes[c] > 1; c++) {
		g_array_set_size(parts, c + 1);
		if (!lay_part(study, c, &g_array_index(parts, struct part, c), error))
			return false;
	}
	pack(parts, out);
	return true;
}
