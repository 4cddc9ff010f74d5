/*
 * Work that several measures and gaps share: components, what hangs on what,
 * triangles, the kernels' distances and betweenness, and the calls to igraph whose
 * result is used more than once.  Each is computed on first use and kept with the
 * study.
 */
#include "graph/ahead.h"
#include "graph/funding.h"
#include "graph/ig.h"
#include "graph/kernel/leading.h"
#include "graph/kernel/loss.h"
#include "graph/lengths.h"

#include <math.h>
#include <string.h>

#define NOT_YET G_MAXUINT

#define STARTS	      10     /* of the search for circles */
#define STARTS_EFFORT 20000u /* members and ties in all of them, beyond one */

struct rank {
	guint old, size;
};

static int by_size(gconstpointer a, gconstpointer b)
{
	const struct rank *x = a, *y = b;
	if (x->size != y->size)
		return x->size > y->size ? -1 : 1;
	return x->old < y->old ? -1 : x->old > y->old;
}

static guint spread(const struct net *net, guint source, guint number, guint *of, guint *queue)
{
	guint head = 0, tail = 0;
	of[source] = number;
	queue[tail++] = source;
	while (head < tail) {
		guint v = queue[head++];
		for (guint i = net->start[v]; i < net->start[v + 1]; i++) {
			guint w = net->neighbour[i];
			if (of[w] != NOT_YET)
				continue;
			of[w] = number;
			queue[tail++] = w;
		}
	}
	return tail;
}

const struct components *study_components(struct study *study, GError **error)
{
	const struct net *net = study->net;
	(void)error;
	if (study->components)
		return study->components;
	study_makes(study);
	struct components *found = work_alloc(1, sizeof *found);
	found->of = g_new(guint, MAX(net->n, 1));
	g_autofree guint *queue = g_new(guint, MAX(net->n, 1));
	g_autoptr(GArray) ranks = g_array_new(FALSE, FALSE, sizeof(struct rank));
	for (guint v = 0; v < net->n; v++)
		found->of[v] = NOT_YET;
	for (guint v = 0; v < net->n; v++) {
		if (found->of[v] != NOT_YET)
			continue;
		struct rank rank = { .old = found->n++ };
		rank.size = spread(net, v, rank.old, found->of, queue);
		g_array_append_val(ranks, rank);
	}
	g_array_sort(ranks, by_size);
	g_autofree guint *renamed = g_new(guint, found->n + 1);
	found->sizes = g_new0(guint, found->n + 1);
	for (guint c = 0; c < found->n; c++) {
		renamed[g_array_index(ranks, struct rank, c).old] = c;
		found->sizes[c] = g_array_index(ranks, struct rank, c).size;
		found->equal += found->sizes[c] == found->sizes[0];
	}
	for (guint v = 0; v < net->n; v++)
		found->of[v] = renamed[found->of[v]];
	return study->components = found;
}

/* Tarjan's low points, with the sizes of what hangs below; no recursion: chains may be long. */
struct descent {
	const struct net *net;
	guint *number, *low, *below; /* discovery; lowest reachable; size of the subtree */
	guint *next;		     /* position in the adjacency */
	guint *parent;		     /* edge towards the parent, NOT_YET at a root */
	guint *largest, *severed;    /* of the parts that v separates: largest, total */
	guint *stack;
	guint clock;
};

static void descend(struct descent *d, guint v)
{
	d->number[v] = d->low[v] = d->clock++;
	d->below[v] = 1;
	d->next[v] = d->net->start[v];
}

/* v is done: what it tells its parent p. */
static void ascend(struct descent *d, guint v, guint p, guint *side, guint whole)
{
	d->below[p] += d->below[v];
	d->low[p] = MIN(d->low[p], d->low[v]);
	if (d->low[v] >= d->number[p]) {
		d->severed[p] += d->below[v];
		d->largest[p] = MAX(d->largest[p], d->below[v]);
	}
	if (d->low[v] > d->number[p])
		side[d->parent[v]] = MIN(d->below[v], whole - d->below[v]);
}

static void cut_component(struct descent *d, guint root, guint whole, guint *side)
{
	const struct net *net = d->net;
	guint depth = 0;
	descend(d, root);
	d->parent[root] = NOT_YET;
	d->stack[depth++] = root;
	while (depth > 0) {
		guint v = d->stack[depth - 1];
		if (d->next[v] < net->start[v + 1]) {
			guint i = d->next[v]++;
			guint w = net->neighbour[i];
			if (net->edge[i] == d->parent[v])
				continue;
			if (d->number[w] != NOT_YET) {
				d->low[v] = MIN(d->low[v], d->number[w]);
				continue;
			}
			d->parent[w] = net->edge[i];
			descend(d, w);
			d->stack[depth++] = w;
			continue;
		}
		depth--;
		if (depth > 0)
			ascend(d, v, d->stack[depth - 1], side, whole);
	}
}

const struct cuts *study_cuts(struct study *study, GError **error)
{
	const struct net *net = study->net;
	if (study->cuts)
		return study->cuts;
	study_makes(study);
	const struct components *components = study_components(study, error);
	guint n = MAX(net->n, 1);
	g_autofree guint *memory = g_new0(guint, 8 * (gsize)n);
	struct descent d = { net,
			     memory,
			     memory + n,
			     memory + 2 * (gsize)n,
			     memory + 3 * (gsize)n,
			     memory + 4 * (gsize)n,
			     memory + 5 * (gsize)n,
			     memory + 6 * (gsize)n,
			     memory + 7 * (gsize)n,
			     0 };
	struct cuts *cuts = work_alloc(1, sizeof *cuts);
	cuts->cut_off = g_new0(guint, n);
	cuts->side = g_new0(guint, MAX(net->m, 1));
	memset(d.number, 0xff, n * sizeof *d.number);
	for (guint v = 0; v < net->n; v++)
		if (d.number[v] == NOT_YET)
			cut_component(&d, v, components->sizes[components->of[v]], cuts->side);
	for (guint v = 0; v < net->n; v++) {
		/* What is above v is one part more; a root has nothing above it. */
		guint rest = components->sizes[components->of[v]] - 1;
		guint above = rest - d.severed[v];
		cuts->cut_off[v] = rest - MAX(d.largest[v], above);
	}
	return study->cuts = cuts;
}

static guint count_common(const struct net *net, guint a, guint b)
{
	guint i = net->start[a], j = net->start[b], common = 0;
	while (i < net->start[a + 1] && j < net->start[b + 1]) {
		guint x = net->neighbour[i], y = net->neighbour[j];
		common += x == y;
		i += x <= y;
		j += y <= x;
	}
	return common;
}

const struct triangles *study_triangles(struct study *study, GError **error)
{
	const struct net *net = study->net;
	(void)error;
	if (study->triangles)
		return study->triangles;
	study_makes(study);
	struct triangles *found = work_alloc(1, sizeof *found);
	found->common = g_new0(guint, MAX(net->m, 1));
	found->around = g_new0(guint, MAX(net->n, 1));
	for (guint e = 0; e < net->m; e++) {
		guint common = count_common(net, net->from[e], net->to[e]);
		found->common[e] = common;
		found->around[net->from[e]] += common;
		found->around[net->to[e]] += common;
	}
	for (guint v = 0; v < net->n; v++)
		found->around[v] /= 2; /* seen from both of its ends */
	return study->triangles = found;
}

static double pairs_among(double size)
{
	return size * (size - 1) / 2;
}

const struct mixing *study_mixing(struct study *study, enum attribute by)
{
	const struct net *net = study->net;
	const struct partition *partition = study->partitions[by];
	if (study->mixing[by])
		return study->mixing[by];
	study_makes(study);
	struct mixing *found = g_new0(struct mixing, 1);
	gsize groups = partition->n_groups;
	found->inside = g_new0(double, 4 * groups + 1);
	found->outside = found->inside + groups;
	found->pairs_inside = found->inside + 2 * groups;
	found->pairs_outside = found->inside + 3 * groups;
	for (guint e = 0; e < net->m; e++) {
		int a = partition->group[net->from[e]], b = partition->group[net->to[e]];
		if (a < 0 || b < 0)
			continue;
		*(a == b ? &found->internal : &found->external) += 1;
		if (a == b) {
			found->inside[a]++;
		} else {
			found->outside[a]++;
			found->outside[b]++;
		}
	}
	double known = 0;
	for (guint g = 0; g < groups; g++)
		known += partition->sizes[g];
	for (guint g = 0; g < groups; g++) {
		double size = partition->sizes[g];
		found->pairs_inside[g] = pairs_among(size);
		found->pairs_outside[g] = size * (known - size);
		found->pairs_internal += found->pairs_inside[g];
	}
	found->pairs_external = pairs_among(known) - found->pairs_internal;
	return study->mixing[by] = found;
}

double ei_index(double internal, double external)
{
	double all = internal + external;
	return all > 0 ? (external - internal) / all : NAN;
}

static struct csr net_csr(const struct net *net)
{
	return (struct csr){ net->n, net->start, net->neighbour };
}

const struct spans *study_distances(struct study *study, GError **error)
{
	struct csr csr = net_csr(study->net);
	struct kernel_run run = study_kernel_run(study);
	if (study->distances)
		return study->distances;
	study_makes(study);
	return study->distances = spans_new(&csr, &run, error);
}

/*
 * Of ties as well, though it is a quarter more work, as that is always wanted, but in a
 * scorecard, which tells of none.
 */
const struct between *study_betweenness(struct study *study, GError **error)
{
	struct csr csr = net_csr(study->net);
	struct kernel_run run = study_kernel_run(study);
	struct between_options options = {
		.edges = !study->former,
		.seed = (guint64)study->net->model->network->settings.seed,
	};
	if (study->betweenness && (study->betweenness->edges || !options.edges))
		return study->betweenness;
	study_makes(study);
	g_clear_pointer(&study->betweenness, between_free);
	study->betweenness = study->net->options.length == LENGTH_STEPS
				     ? between_new(&csr, &options, &run, error)
				     : between_by_length(study, error);
	return study->betweenness;
}

const struct losses *study_losses(struct study *study, GError **error)
{
	const struct net *net = study->net;
	struct csr csr = net_csr(net);
	struct kernel_run run = study_kernel_run(study);
	const struct cuts *cuts = study_cuts(study, error);
	bool sampled = net->n > LOSS_EXACT, known = false;
	if (study->losses || !cuts)
		return study->losses;
	study_makes(study);
	g_autofree double *of = g_new(double, MAX(net->m, 1));
	if (!loss_compute(&csr, net->edge, cuts->side, net->m, sampled ? LOSS_SOURCES : net->n,
			  &run, of, &known, error))
		return NULL;
	double pairs = net->n * (net->n - 1.0) / 2;
	for (guint e = 0; e < net->m; e++)
		of[e] /= pairs;
	study->losses = work_alloc(1, sizeof *study->losses);
	study->losses->sampled = sampled;
	if (known)
		study->losses->of = g_steal_pointer(&of);
	return study->losses;
}

const double *study_leading(struct study *study, GError **error)
{
	const struct net *net = study->net;
	struct csr csr = net_csr(net);
	struct kernel_run run = study_kernel_run(study);
	study_catch_up(study);
	if (study->leading)
		return study->leading;
	study_makes(study);
	double *out = work_alloc(net->n, sizeof *out);
	for (guint v = 0; v < net->n; v++)
		out[v] = NAN;
	if (net->m > 0 && !leading_vector(&csr, &run, out, error))
		g_clear_pointer(&out, g_atomic_rc_box_release);
	return study->leading = out;
}

const guint *study_coreness(struct study *study, GError **error)
{
	guint n = study->net->n;
	study_catch_up(study);
	if (study->coreness)
		return study->coreness;
	study_makes(study);
	const igraph_t *graph = study_graph(study, error);
	igraph_vector_int_t found;
	if (!graph || !ig_ok(igraph_vector_int_init(&found, n), error))
		return NULL;
	guint *out = work_alloc(n, sizeof *out);
	bool ok = ig_ok(igraph_coreness(graph, &found, IGRAPH_ALL), error);
	if (!ig_take_int(ok, &found, out, n))
		g_clear_pointer(&out, g_atomic_rc_box_release);
	return study->coreness = out;
}

/*
 * Leiden and not Louvain, which crashes when memory runs out; one iteration at a
 * time until nothing is gained, as igraph's own "until stable" is broken before
 * 0.10.17.
 */
static bool improve(const igraph_t *graph, const igraph_vector_t *degrees, double resolution,
		    igraph_vector_int_t *found, double *quality, GError **error)
{
	igraph_real_t before = -INFINITY, now = 0;
	for (guint round = 0; round < 20; round++) {
		igraph_integer_t count;
		if (!ig_ok(igraph_community_leiden(graph, NULL, degrees, resolution, 0.01,
						   round > 0, 1, found, &count, &now),
			   error))
			return false;
		if (now <= before + 1e-12)
			break;
		before = now;
	}
	*quality = now;
	return true;
}

/*
 * The best of several beginnings, as one may end in a division that is not quite the best:
 * which it is should not hang on the order of the members.
 */
static bool improve_often(const igraph_t *graph, const igraph_vector_t *degrees, double resolution,
			  guint starts, igraph_vector_int_t *found, GError **error)
{
	igraph_vector_int_t other;
	double best, quality;
	if (!improve(graph, degrees, resolution, found, &best, error) ||
	    !ig_ok(igraph_vector_int_init(&other, 0), error))
		return false;
	bool ok = true;
	for (guint i = 1; i < starts && ok; i++) {
		ok = improve(graph, degrees, resolution, &other, &quality, error);
		if (!ok || quality <= best + 1e-9)
			continue;
		best = quality;
		ok = ig_ok(igraph_vector_int_update(found, &other), error);
	}
	igraph_vector_int_destroy(&other);
	return ok;
}

static bool find_communities(struct study *study, igraph_vector_int_t *found, GError **error)
{
	const struct net *net = study->net;
	const igraph_t *graph = study_graph(study, error);
	guint64 seed = (guint64)net->model->network->settings.seed;
	igraph_vector_t degrees;
	if (!graph || !ig_seed(seed, error) || !ig_ok(igraph_vector_init(&degrees, net->n), error))
		return false;
	for (guint v = 0; v < net->n; v++)
		VECTOR(degrees)[v] = net_degree(net, v);
	guint starts = CLAMP(STARTS_EFFORT / (net->n + net->m), 1, STARTS);
	bool ok = improve_often(graph, &degrees, 1.0 / (2.0 * net->m), starts, found, error);
	igraph_vector_destroy(&degrees);
	return ok &&
	       ig_ok(igraph_modularity(graph, found, NULL, 1, false, &study->modularity), error);
}

const guint *study_community(struct study *study, GError **error)
{
	guint n = study->net->n;
	study_catch_up(study);
	if (study->community)
		return study->community;
	study_makes(study);
	guint *out = work_alloc(n, sizeof *out);
	if (study->net->m == 0) {
		for (guint v = 0; v < n; v++)
			out[v] = v;
		study->modularity = NAN;
		return study->community = out;
	}
	igraph_vector_int_t found;
	if (!ig_ok(igraph_vector_int_init(&found, n), error) ||
	    !ig_take_int(find_communities(study, &found, error), &found, out, n))
		g_clear_pointer(&out, g_atomic_rc_box_release);
	return study->community = out;
}

bool partnership_outlasts(const struct partnership *says, struct date day)
{
	const char *agreement = partnership_details(says)->agreement;
	if (agreement && strcmp(agreement, "none") != 0)
		return true;
	return date_is_set(says->until) && date_compare(date_last_day(says->until), day) > 0;
}

gpointer work_alloc(gsize count, gsize size)
{
	return g_atomic_rc_box_alloc0(MAX(count, 1) * size);
}

gpointer work_share(gpointer work)
{
	return work ? g_atomic_rc_box_acquire(work) : NULL;
}

static void components_clear(gpointer data)
{
	struct components *components = data;
	g_free(components->of);
	g_free(components->sizes);
}

static void cuts_clear(gpointer data)
{
	struct cuts *cuts = data;
	g_free(cuts->cut_off);
	g_free(cuts->side);
}

static void triangles_clear(gpointer data)
{
	struct triangles *triangles = data;
	g_free(triangles->common);
	g_free(triangles->around);
}

static void losses_clear(gpointer data)
{
	g_free(((struct losses *)data)->of);
}

static void let_go(gpointer work, GDestroyNotify clear)
{
	if (work && clear)
		g_atomic_rc_box_release_full(work, clear);
	else if (work)
		g_atomic_rc_box_release(work);
}

void work_free(struct study *study)
{
	let_go(study->components, components_clear);
	let_go(study->cuts, cuts_clear);
	let_go(study->triangles, triangles_clear);
	let_go(study->losses, losses_clear);
	let_go(study->coreness, NULL);
	let_go(study->leading, NULL);
	let_go(study->community, NULL);
	let_go(study->resource, NULL);
	let_go(study->hub, NULL);
	let_go(study->lengths, NULL);
	funding_free(study->funding);
	spans_free(study->distances);
	between_free(study->betweenness);
	for (guint i = 0; i < CHANCE_TABLES; i++)
		chance_unref(study->chance[i]);
	for (guint by = 0; by < BY_GROUPS; by++) {
		if (study->mixing[by])
			g_free(study->mixing[by]->inside);
		g_free(study->mixing[by]);
		let_go(study->brokers[by], NULL);
	}
	if (study->roles) {
		g_free(study->roles->start);
		g_free(study->roles->programme);
	}
	g_free(study->roles);
	traits_free(study->traits);
}
