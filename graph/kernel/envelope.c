/*
 * A direct solver for what no iteration can: matrices of chains, whose largest
 * eigenvalues nearly agree.  Rows are kept from their first entry to the diagonal,
 * nothing finer, as it is meant for graphs where that is little.
 */
#include "graph/kernel/envelope.h"

#include <string.h>

#define NOWHERE G_MAXUINT

struct envelope {
	const struct csr *csr;
	guint *vertex, *place;
	guint *first;  /* by place: the row's first column */
	gsize *start;  /* by place: where the row lies, from `first` to before the diagonal */
	double *below; /* the rows of L */
	double *pivot; /* D */
	double *side;  /* by place */
};

/* Whom a search from `source` finds, behind those found before; returns how many there are now. */
static guint spread(const struct csr *csr, guint source, guint n, guint *order, guint *place)
{
	guint head = n;
	place[source] = n;
	order[n++] = source;
	for (; head < n; head++) {
		guint v = order[head];
		for (guint i = csr->start[v]; i < csr->start[v + 1]; i++) {
			guint w = csr->neighbour[i];
			if (place[w] != NOWHERE)
				continue;
			place[w] = n;
			order[n++] = w;
		}
	}
	return n;
}

/* From the end that a search from the farthest of another search finds last. */
static void arrange(struct envelope *envelope)
{
	guint n = envelope->csr->n, *order = envelope->vertex, *place = envelope->place;
	memset(place, 0xff, n * sizeof *place);
	for (guint v = 0, done = 0; v < n; v++) {
		if (place[v] != NOWHERE)
			continue;
		guint source = v, end = done;
		for (guint round = 0; round < 3; round++) {
			for (guint k = done; k < end; k++)
				place[order[k]] = NOWHERE;
			end = spread(envelope->csr, source, done, order, place);
			source = order[end - 1];
		}
		done = end;
	}
	for (guint k = 0; k < n / 2; k++) {
		guint v = order[k];
		order[k] = order[n - 1 - k];
		order[n - 1 - k] = v;
	}
	for (guint k = 0; k < n; k++)
		place[order[k]] = k;
}

/* Where rows begin; what factoring multiplies. */
static double measure(struct envelope *envelope)
{
	const struct csr *csr = envelope->csr;
	double work = 0;
	gsize size = 0;
	for (guint k = 0; k < csr->n; k++) {
		guint v = envelope->vertex[k], first = k;
		for (guint i = csr->start[v]; i < csr->start[v + 1]; i++)
			first = MIN(first, envelope->place[csr->neighbour[i]]);
		envelope->first[k] = first;
		envelope->start[k] = size;
		size += k - first;
		work += (double)(k - first) * (k - first);
	}
	envelope->start[csr->n] = size;
	return work;
}

struct envelope *envelope_new(const struct csr *csr, double most)
{
	struct envelope *envelope = g_new0(struct envelope, 1);
	gsize n = MAX(csr->n, 1);
	envelope->csr = csr;
	envelope->vertex = g_new(guint, n);
	envelope->place = g_new(guint, n);
	envelope->first = g_new(guint, n);
	envelope->start = g_new(gsize, n + 1);
	arrange(envelope);
	if (measure(envelope) > most) {
		envelope_free(envelope);
		return NULL;
	}
	envelope->below = g_new(double, envelope->start[csr->n] + 1);
	envelope->pivot = g_new(double, n);
	envelope->side = g_new(double, n);
	return envelope;
}

void envelope_free(struct envelope *envelope)
{
	if (!envelope)
		return;
	void *kept[] = { envelope->vertex, envelope->place, envelope->first, envelope->start,
			 envelope->below,  envelope->pivot, envelope->side };
	for (guint i = 0; i < G_N_ELEMENTS(kept); i++)
		g_free(kept[i]);
	g_free(envelope);
}

static double *row(const struct envelope *envelope, guint k)
{
	return envelope->below + envelope->start[k];
}

/* Row k of the matrix, less what the rows before it take; it is left times D. */
static void reduce(struct envelope *envelope, guint k)
{
	double *own = row(envelope, k);
	guint first = envelope->first[k];
	for (guint j = first + 1; j < k; j++) {
		const double *other = row(envelope, j);
		guint from = MAX(first, envelope->first[j]);
		double sum = own[j - first];
		for (guint i = from; i < j; i++)
			sum -= own[i - first] * other[i - envelope->first[j]];
		own[j - first] = sum;
	}
}

bool envelope_factor(struct envelope *envelope, double shift)
{
	const struct csr *csr = envelope->csr;
	memset(envelope->below, 0, envelope->start[csr->n] * sizeof *envelope->below);
	for (guint k = 0; k < csr->n; k++) {
		guint v = envelope->vertex[k], first = envelope->first[k];
		double *own = row(envelope, k), pivot = shift;
		for (guint i = csr->start[v]; i < csr->start[v + 1]; i++) {
			guint j = envelope->place[csr->neighbour[i]];
			if (j < k)
				own[j - first] = -1;
		}
		reduce(envelope, k);
		for (guint j = first; j < k; j++) {
			double whole = own[j - first];
			own[j - first] = whole / envelope->pivot[j];
			pivot -= whole * own[j - first];
		}
		if (!(pivot > 0))
			return false;
		envelope->pivot[k] = pivot;
	}
	return true;
}

void envelope_solve(const struct envelope *envelope, double *x)
{
	guint n = envelope->csr->n;
	double *side = envelope->side;
	for (guint k = 0; k < n; k++) {
		const double *own = row(envelope, k);
		double sum = x[envelope->vertex[k]];
		for (guint j = envelope->first[k]; j < k; j++)
			sum -= own[j - envelope->first[k]] * side[j];
		side[k] = sum;
	}
	for (guint k = 0; k < n; k++)
		side[k] /= envelope->pivot[k];
	for (guint k = n; k-- > 0;) {
		const double *own = row(envelope, k);
		for (guint j = envelope->first[k]; j < k; j++)
			side[j] -= own[j - envelope->first[k]] * side[k];
	}
	for (guint k = 0; k < n; k++)
		x[envelope->vertex[k]] = side[k];
}
