/*
 * Folding of hanging trees, and the betweenness that is settled by it.
 */
#include "graph/kernel/fold.h"

#include <math.h>

struct folding {
	const struct csr *csr;
	GCancellable *cancel;
	struct folded *out;
	guint *degree;	/* among the kept */
	guint *toward;	/* exclusive or of the kept neighbours: with one left, that one */
	double *square; /* sum of squared sizes of the branches folded into v */
	GArray *leaves; /* guint: vertices with one neighbour left, in turn */
};

static bool fold_all(struct folding *f)
{
	const struct csr *csr = f->csr;
	for (guint v = 0; v < csr->n; v++) {
		if (step_stop(f->cancel, v))
			return false;
		f->degree[v] = csr->start[v + 1] - csr->start[v];
		for (guint i = csr->start[v]; i < csr->start[v + 1]; i++)
			f->toward[v] ^= csr->neighbour[i];
		if (f->degree[v] == 1)
			g_array_append_val(f->leaves, v);
	}
	for (guint head = 0; head < f->leaves->len; head++) {
		guint v = g_array_index(f->leaves, guint, head), up = f->toward[v];
		if (step_stop(f->cancel, head))
			return false;
		/* The last vertex of a tree has nothing left to hang on. */
		if (f->degree[v] == 0)
			continue;
		f->out->kept[v] = false;
		f->out->weight[up] += f->out->weight[v];
		f->square[up] += f->out->weight[v] * f->out->weight[v];
		f->toward[up] ^= v;
		if (--f->degree[up] == 1)
			g_array_append_val(f->leaves, up);
	}
	return true;
}

/* How many vertices the component of each vertex has; NULL once cancelled. */
static double *component_sizes(const struct csr *csr, GCancellable *cancel)
{
	g_autofree double *size = g_new0(double, MAX(csr->n, 1));
	g_autofree guint *queue = g_new(guint, MAX(csr->n, 1));
	for (guint s = 0; s < csr->n; s++) {
		guint head = 0, tail = 0;
		if (size[s] > 0)
			continue;
		queue[tail++] = s;
		size[s] = 1;
		while (head < tail) {
			if (step_stop(cancel, head))
				return NULL;
			guint v = queue[head++];
			for (guint i = csr->start[v]; i < csr->start[v + 1]; i++) {
				guint w = csr->neighbour[i];
				if (size[w] > 0)
					continue;
				size[w] = 1;
				queue[tail++] = w;
			}
		}
		for (guint i = 0; i < tail; i++)
			size[queue[i]] = tail;
	}
	return g_steal_pointer(&size);
}

/* Folded edges: pairs with one end below it. */
static bool cross(struct folding *f, const double *size)
{
	const struct csr *csr = f->csr;
	guint edge = 0;
	for (guint v = 0; v < csr->n; v++) {
		if (step_stop(f->cancel, v))
			return false;
		for (guint i = csr->start[v]; i < csr->start[v + 1]; i++) {
			guint w = csr->neighbour[i];
			if (w <= v)
				continue;
			/* The one that was folded earlier hung on the other. */
			guint lower = !f->out->kept[v] && f->toward[v] == w ? v : w;
			double below = f->out->weight[lower];
			if (!f->out->kept[lower])
				f->out->edges[edge] = below * (size[v] - below);
			edge++;
		}
	}
	return true;
}

/* What meets in a vertex with an end in its trees, and across the folded edges. */
static bool settle(struct folding *f, bool edges, const double *size)
{
	struct folded *out = f->out;
	for (guint v = 0; v < f->csr->n; v++) {
		double below = out->weight[v] - 1;
		out->vertices[v] =
			(below * below - f->square[v]) / 2 + below * (size[v] - out->weight[v]);
	}
	if (!edges)
		return true;
	out->edges = g_new0(double, MAX(f->csr->start[f->csr->n] / 2, 1));
	return cross(f, size);
}

bool folded_init(struct folded *folded, const struct csr *csr, bool edges, GCancellable *cancel)
{
	guint n = MAX(csr->n, 1);
	g_autofree guint *degree = g_new0(guint, n);
	g_autofree guint *toward = g_new0(guint, n);
	g_autofree double *square = g_new0(double, n);
	g_autofree double *size = component_sizes(csr, cancel);
	*folded = (struct folded){ g_new(bool, n), g_new(double, n), g_new0(double, n), NULL };
	for (guint v = 0; v < csr->n; v++) {
		folded->kept[v] = true;
		folded->weight[v] = 1;
	}
	struct folding f = {
		csr,
		cancel,
		folded,
		degree,
		toward,
		square,
		g_array_new(FALSE, FALSE, sizeof(guint)),
	};
	bool whole = size && fold_all(&f) && settle(&f, edges, size);
	g_array_free(f.leaves, TRUE);
	return whole;
}

void folded_release(struct folded *folded)
{
	g_free(folded->kept);
	g_free(folded->weight);
	g_free(folded->vertices);
	g_free(folded->edges);
}
