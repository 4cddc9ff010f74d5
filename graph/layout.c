/*
 * Positions of the network's map: every part is laid out by forces
 * (Fruchterman & Reingold 1991) from a start of our own, then the parts are
 * packed on shelves, the largest first.  Members without partners have no
 * position: the map keeps them in its margin.  Same data and seed, same picture;
 * after an edit the start is where everybody was, and they are moved gently, so
 * that a map that one has learnt to read stays that map.
 */
#include "graph/ig.h"

#include "base/cancel.h"

#include <math.h>

#define ROUNDS	     150
#define ROUNDS_AGAIN 40	  /* after an edit */
#define GENTLY	     .006 /* of the first step that a part of that size would take */

struct part {
	guint n;	/* members */
	guint *members; /* vertices, in the study's order of search */
	double *at;	/* 2n, in a box of width and height below */
	double width, height;
};

/* Memory for all parts, by vertex. */
struct plan {
	struct study *study;
	guint *hub;   /* by component: its best connected member */
	guint *place; /* vertex -> position in its part's members; NOT_YET before */
};

#define NOT_YET G_MAXUINT

static void plan_init(struct plan *plan, struct study *study)
{
	const struct components *components = study->components;
	guint n = MAX(study->net->n, 1);
	plan->study = study;
	plan->hub = g_new(guint, components->n + 1);
	plan->place = g_new(guint, n);
	for (guint c = 0; c < components->n; c++)
		plan->hub[c] = NOT_YET;
	for (guint v = 0; v < study->net->n; v++) {
		guint *hub = &plan->hub[components->of[v]];
		plan->place[v] = NOT_YET;
		if (*hub == NOT_YET || net_degree(study->net, v) > net_degree(study->net, *hub))
			*hub = v;
	}
}

static void plan_release(struct plan *plan)
{
	g_free(plan->hub);
	g_free(plan->place);
}

static void enter(struct plan *plan, struct part *part, guint v)
{
	plan->place[v] = part->n;
	part->members[part->n++] = v;
}

/* Members of component c by breadth from its best connected one: neighbours stay together. */
static void list_members(struct plan *plan, guint c, struct part *part)
{
	const struct net *net = plan->study->net;
	part->members = g_new(guint, plan->study->components->sizes[c]);
	enter(plan, part, plan->hub[c]);
	for (guint i = 0; i < part->n; i++) {
		guint v = part->members[i];
		for (guint k = net->start[v]; k < net->start[v + 1]; k++)
			if (plan->place[net->neighbour[k]] == NOT_YET)
				enter(plan, part, net->neighbour[k]);
	}
}

static struct ig_graph *part_graph(const struct plan *plan, const struct part *part, GError **error)
{
	const struct net *net = plan->study->net;
	g_autoptr(GArray) from = g_array_new(FALSE, FALSE, sizeof(guint));
	g_autoptr(GArray) to = g_array_new(FALSE, FALSE, sizeof(guint));
	for (guint i = 0; i < part->n; i++) {
		guint v = part->members[i];
		for (guint k = net->start[v]; k < net->start[v + 1]; k++) {
			guint j = plan->place[net->neighbour[k]];
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

/* The part of before that most members were in, if that is most of them; or NOT_YET. */
static guint former_part(const struct study *study, const struct part *part)
{
	g_autoptr(GHashTable) counts = g_hash_table_new(NULL, NULL);
	guint best = NOT_YET, most = 0;
	for (guint i = 0; study->start && i < part->n; i++) {
		guint v = part->members[i];
		if (isnan(study->start[2 * v]))
			continue;
		gpointer key = GUINT_TO_POINTER(study->start_part[v]);
		guint count = GPOINTER_TO_UINT(g_hash_table_lookup(counts, key)) + 1;
		g_hash_table_insert(counts, key, GUINT_TO_POINTER(count));
		if (count > most) {
			most = count;
			best = study->start_part[v];
		}
	}
	return 2 * most > part->n ? best : NOT_YET;
}

/* Beside the first partner that has a place, each a little elsewhere. */
static void start_beside(const struct plan *plan, igraph_matrix_t *at, guint i, guint v)
{
	const struct net *net = plan->study->net;
	double angle = 2.399963229728653 * i;
	MATRIX(*at, i, 0) = cos(angle);
	MATRIX(*at, i, 1) = sin(angle);
	for (guint k = net->start[v]; k < net->start[v + 1]; k++) {
		guint j = plan->place[net->neighbour[k]];
		if (isnan(MATRIX(*at, j, 0)))
			continue;
		MATRIX(*at, i, 0) += MATRIX(*at, j, 0);
		MATRIX(*at, i, 1) += MATRIX(*at, j, 1);
		return;
	}
}

/* Where everybody was; false when this is not the part of before. */
static bool start_former(const struct plan *plan, const struct part *part, igraph_matrix_t *at)
{
	const struct study *study = plan->study;
	guint former = former_part(study, part);
	if (former == NOT_YET)
		return false;
	for (guint i = 0; i < part->n; i++) {
		guint v = part->members[i];
		bool was = !isnan(study->start[2 * v]) && study->start_part[v] == former;
		for (int d = 0; d < 2; d++)
			MATRIX(*at, i, d) = was ? study->start[2 * v + (guint)d] : NAN;
	}
	/* In order of search: each has a partner before it, but for a new hub. */
	for (guint i = 0; i < part->n; i++)
		if (isnan(MATRIX(*at, i, 0)))
			start_beside(plan, at, i, part->members[i]);
	return true;
}

static bool force(const struct plan *plan, struct part *part, igraph_matrix_t *at, GError **error)
{
	guint64 seed = (guint64)plan->study->net->model->network->settings.seed;
	struct ig_graph *graph = part_graph(plan, part, error);
	if (!graph)
		return false;
	bool again = start_former(plan, part, at);
	if (!again)
		start_spiral(at, part->n);
	bool ok = ig_seed(seed, error) &&
		  ig_ok(igraph_layout_fruchterman_reingold(
				&graph->graph, at, true, again ? ROUNDS_AGAIN : ROUNDS,
				sqrt(part->n) * (again ? GENTLY : 1),
				part->n > 1000 ? IGRAPH_LAYOUT_GRID : IGRAPH_LAYOUT_NOGRID, NULL,
				NULL, NULL, NULL, NULL),
			error);
	ig_graph_free(graph);
	return ok;
}

/* For the next generation: see study_inherit(). */
static void remember(const struct plan *plan, const struct part *part, const igraph_matrix_t *at)
{
	for (guint i = 0; i < part->n; i++)
		for (guint d = 0; d < 2; d++)
			plan->study->forces[2 * part->members[i] + d] = MATRIX(*at, i, d);
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

static bool lay_part(struct plan *plan, guint c, struct part *part, GError **error)
{
	igraph_matrix_t at;
	list_members(plan, c, part);
	if (!ig_ok(igraph_matrix_init(&at, part->n, 2), error))
		return false;
	bool ok = force(plan, part, &at, error);
	if (ok) {
		remember(plan, part, &at);
		fit_box(part, &at);
	}
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

static bool lay_parts(struct study *study, double *out, GError **error)
{
	const struct components *components = study_components(study, error);
	struct plan plan;
	bool ok = true;
	g_autoptr(GArray) parts = g_array_new(FALSE, TRUE, sizeof(struct part));
	g_array_set_clear_func(parts, part_clear);
	plan_init(&plan, study);
	g_free(study->forces);
	study->forces = g_new(double, 2 * (gsize)MAX(study->net->n, 1));
	for (guint v = 0; v < study->net->n; v++) {
		out[2 * v] = out[2 * v + 1] = NAN;
		study->forces[2 * v] = study->forces[2 * v + 1] = NAN;
	}
	/* Components come by falling size: behind the first single member there are only such. */
	for (guint c = 0; ok && c < components->n && components->sizes[c] > 1; c++) {
		g_array_set_size(parts, c + 1);
		ok = !cancel_asked(study->cancel, error) &&
		     lay_part(&plan, c, &g_array_index(parts, struct part, c), error);
	}
	if (ok)
		pack(parts, out);
	plan_release(&plan);
	return ok;
}

bool study_lay_out(struct study *study, GError **error)
{
	if (study->layout)
		return true;
	g_autofree double *out = g_new(double, MAX(2 * (gsize)study->net->n, 1));
	if (!lay_parts(study, out, error))
		return false;
	study->layout = g_steal_pointer(&out);
	return true;
}
