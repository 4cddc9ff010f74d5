/*
 * Renumbering of a graph for the kernels, so that what is computed together lies
 * together.  Not for measures: nothing here depends on what is counted.
 */
#include "graph/kernel/csr.h"

#define NOWHERE G_MAXUINT

struct builder {
	const struct csr *csr;
	const bool *keep;
	GCancellable *cancel;
	guint *component; /* of each kept vertex, in order of the first vertex; NOWHERE: not kept */
	GArray *sizes;	  /* guint, of components */
	GArray *first;	  /* guint, a vertex of each component */
};

static bool kept(const struct builder *b, guint v)
{
	return !b->keep || b->keep[v];
}

static bool flood(struct builder *b, guint from, guint *queue)
{
	guint head = 0, tail = 0, id = b->sizes->len;
	queue[tail++] = from;
	b->component[from] = id;
	while (head < tail) {
		if (step_stop(b->cancel, head))
			return false;
		guint v = queue[head++];
		for (guint i = b->csr->start[v]; i < b->csr->start[v + 1]; i++) {
			guint w = b->csr->neighbour[i];
			if (b->component[w] != NOWHERE || !kept(b, w))
				continue;
			b->component[w] = id;
			queue[tail++] = w;
		}
	}
	g_array_append_val(b->sizes, tail);
	g_array_append_val(b->first, from);
	return true;
}

static bool find_components(struct builder *b)
{
	guint n = b->csr->n;
	g_autofree guint *queue = g_new(guint, MAX(n, 1));
	for (guint v = 0; v < n; v++)
		b->component[v] = NOWHERE;
	for (guint v = 0; v < n; v++)
		if (b->component[v] == NOWHERE && kept(b, v) && !flood(b, v, queue))
			return false;
	return true;
}

static int by_falling_size(gconstpointer a, gconstpointer b, gpointer data)
{
	const GArray *sizes = data;
	guint left = *(const guint *)a, right = *(const guint *)b;
	guint s = g_array_index(sizes, guint, left), t = g_array_index(sizes, guint, right);
	if (s != t)
		return s > t ? -1 : 1;
	return left < right ? -1 : left > right;
}

/*
 * Balls: a breadth-first search among the vertices that have no place yet, which
 * stops after `ball` vertices; what it had in sight goes to the fringe, where the
 * next ball begins.
 */
struct balls {
	const struct csr *csr;
	const bool *keep;
	guint *place;	/* vertex -> place or NOWHERE */
	guint *vertex;	/* place -> vertex */
	guint *sighted; /* vertex -> number of the ball that saw it last, from 1 */
	guint *queue;
	GArray *fringe; /* guint */
	guint next;	/* place */
	guint number;	/* of the ball */
};

static void ball_see(struct balls *b, guint v, guint *tail)
{
	if (b->place[v] != NOWHERE || b->sighted[v] == b->number || (b->keep && !b->keep[v]))
		return;
	b->sighted[v] = b->number;
	b->queue[(*tail)++] = v;
}

/* Grows one ball from the fringe, from *begun on; false when the fringe is used up. */
static bool ball_grow(struct balls *b, guint size, guint *begun)
{
	guint head = 0, tail = 0, left = size;
	b->number++;
	while (left > 0) {
		while (head == tail && *begun < b->fringe->len)
			ball_see(b, g_array_index(b->fringe, guint, (*begun)++), &tail);
		if (head == tail)
			return false;
		guint v = b->queue[head++];
		b->place[v] = b->next;
		b->vertex[b->next++] = v;
		left--;
		for (guint i = b->csr->start[v]; i < b->csr->start[v + 1]; i++)
			ball_see(b, b->csr->neighbour[i], &tail);
	}
	g_array_append_vals(b->fringe, b->queue + head, tail - head);
	return true;
}

static bool place_all(struct arranged *out, const struct builder *found, guint ball, guint *place)
{
	bool whole = true;
	guint n = found->csr->n, n_parts = found->sizes->len;
	g_autofree guint *order = g_new(guint, MAX(n_parts, 1));
	g_autofree guint *sighted = g_new0(guint, MAX(n, 1));
	g_autofree guint *queue = g_new(guint, MAX(n, 1));
	for (guint c = 0; c < n_parts; c++)
		order[c] = c;
	g_qsort_with_data(order, (int)n_parts, sizeof *order, by_falling_size, found->sizes);
	for (guint v = 0; v < n; v++)
		place[v] = NOWHERE;
	struct balls b = {
		.csr = found->csr,
		.keep = found->keep,
		.place = place,
		.vertex = out->vertex,
		.sighted = sighted,
		.queue = queue,
		.fringe = g_array_new(FALSE, FALSE, sizeof(guint)),
	};
	out->n_parts = n_parts;
	out->part = g_new(guint, n_parts + 1);
	for (guint c = 0; c < n_parts && whole; c++) {
		guint begun = 0;
		out->part[c] = b.next;
		g_array_set_size(b.fringe, 0);
		g_array_append_val(b.fringe, g_array_index(found->first, guint, order[c]));
		while (whole && ball_grow(&b, ball, &begun))
			whole = b.number % 64 != 0 || !step_stop(found->cancel, 0);
	}
	out->part[n_parts] = b.next;
	g_array_free(b.fringe, TRUE);
	return whole;
}

/* The number of the edge at each slot of the graph's own arrays; NULL once cancelled. */
static guint *number_edges(const struct csr *csr, GCancellable *cancel)
{
	g_autofree guint *edge = g_new(guint, MAX(csr->start[csr->n], 1));
	guint next = 0;
	g_autofree guint *lower = g_memdup2(csr->start, ((gsize)csr->n + 1) * sizeof *lower);
	/* The lower neighbours of w come first and ascend, just as v does here. */
	for (guint v = 0; v < csr->n; v++) {
		if (step_stop(cancel, v))
			return NULL;
		for (guint i = csr->start[v]; i < csr->start[v + 1]; i++)
			if (csr->neighbour[i] > v) {
				edge[i] = next;
				edge[lower[csr->neighbour[i]]++] = next++;
			}
	}
	return g_steal_pointer(&edge);
}

/*
 * Neighbours in the new numbers: going through the places in order, each writes
 * itself behind all its neighbours, which leaves every list ascending.
 */
static bool connect(struct arranged *out, const struct builder *found, const guint *place,
		    const guint *edge)
{
	const struct csr *csr = found->csr;
	out->start = g_new(guint, out->n + 1);
	out->start[0] = 0;
	for (guint p = 0; p < out->n; p++) {
		guint v = out->vertex[p], degree = 0;
		if (step_stop(found->cancel, p))
			return false;
		for (guint i = csr->start[v]; i < csr->start[v + 1]; i++)
			degree += place[csr->neighbour[i]] != NOWHERE;
		out->start[p + 1] = out->start[p] + degree;
	}
	g_autofree guint *fill = g_memdup2(out->start, ((gsize)out->n + 1) * sizeof *fill);
	out->neighbour = g_new(guint, MAX(out->start[out->n], 1));
	out->edge = edge ? g_new(guint, MAX(out->start[out->n], 1)) : NULL;
	for (guint p = 0; p < out->n; p++) {
		guint v = out->vertex[p];
		if (step_stop(found->cancel, p))
			return false;
		for (guint i = csr->start[v]; i < csr->start[v + 1]; i++) {
			guint q = place[csr->neighbour[i]];
			if (q == NOWHERE)
				continue;
			if (edge)
				out->edge[fill[q]] = edge[i];
			out->neighbour[fill[q]++] = p;
		}
	}
	return true;
}

/* Edges as a kernel meets them: then what it adds up for them lies side by side. */
static bool renumber(struct arranged *out, GCancellable *cancel)
{
	guint next = 0;
	g_autofree guint *lower = g_memdup2(out->start, ((gsize)out->n + 1) * sizeof *lower);
	out->number = g_new(guint, MAX(out->start[out->n] / 2, 1));
	for (guint p = 0; p < out->n; p++) {
		if (step_stop(cancel, p))
			return false;
		for (guint i = out->start[p + 1]; i-- > out->start[p];) {
			if (out->neighbour[i] < p)
				break;
			out->number[next] = out->edge[i];
			out->edge[i] = next++;
		}
	}
	/* The lower neighbours of a place come first and ascend, just as p does here. */
	for (guint p = 0; p < out->n; p++)
		for (guint i = lower[p]; i < out->start[p + 1]; i++)
			out->edge[lower[out->neighbour[i]]++] = out->edge[i];
	return true;
}

struct arranged *arranged_new(const struct csr *csr, const bool *keep, guint ball, bool edges,
			      GCancellable *cancel)
{
	struct arranged *out = g_new0(struct arranged, 1);
	g_autofree guint *component = g_new(guint, MAX(csr->n, 1));
	g_autofree guint *place = g_new(guint, MAX(csr->n, 1));
	g_autofree guint *edge = edges ? number_edges(csr, cancel) : NULL;
	struct builder found = {
		csr,
		keep,
		cancel,
		component,
		g_array_new(FALSE, FALSE, sizeof(guint)),
		g_array_new(FALSE, FALSE, sizeof(guint)),
	};
	out->vertex = g_new(guint, MAX(csr->n, 1));
	bool whole = (edge || !edges) && find_components(&found) &&
		     place_all(out, &found, MAX(ball, 1), place);
	if (whole) {
		out->n = out->part[out->n_parts];
		whole = connect(out, &found, place, edge) && (!edges || renumber(out, cancel));
	}
	g_array_free(found.sizes, TRUE);
	g_array_free(found.first, TRUE);
	if (!whole)
		g_clear_pointer(&out, arranged_free);
	return out;
}

void arranged_free(struct arranged *arranged)
{
	if (!arranged)
		return;
	g_free(arranged->vertex);
	g_free(arranged->start);
	g_free(arranged->neighbour);
	g_free(arranged->edge);
	g_free(arranged->number);
	g_free(arranged->part);
	g_free(arranged);
}
