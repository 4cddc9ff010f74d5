/*
 * Steps from a few places to a few others.  Not for what is asked of everybody, which
 * needs counts and no single distances: see distances.c.
 */
#include "graph/kernel/steps.h"

#include <string.h>

struct steps {
	const struct csr *csr;
	guint64 *seen, *fresh,
		*next;	      /* n: sources that reached it; in the last level; in this one */
	guint *column;	      /* n: place in `to`, STEPS_NONE */
	guint *list, *coming; /* with something in `fresh`, in `next`; room for one more */
	gsize left;	      /* pairs of source and end that have not met */
	guint n_to;
	guint *out;
};

/* Without a branch on whether a source is new there, as nobody could foretell it. */
static guint push(struct steps *steps, guint length)
{
	const struct csr *csr = steps->csr;
	guint coming = 0;
	for (guint i = 0; i < length; i++) {
		guint v = steps->list[i];
		guint64 bits = steps->fresh[v];
		for (guint k = csr->start[v]; k < csr->start[v + 1]; k++) {
			guint w = csr->neighbour[k];
			guint64 before = steps->next[w], now = before | (bits & ~steps->seen[w]);
			steps->coming[coming] = w;
			coming += (before == 0) & (now != 0);
			steps->next[w] = now;
		}
	}
	return coming;
}

static void note(struct steps *steps, guint v, guint64 bits, guint distance)
{
	guint *column = steps->out + steps->column[v];
	for (; bits; bits &= bits - 1) {
		column[(gsize)__builtin_ctzll(bits) * steps->n_to] = distance;
		steps->left--;
	}
}

static void arrive(struct steps *steps, guint coming, guint distance)
{
	for (guint i = 0; i < coming; i++) {
		guint v = steps->coming[i];
		guint64 bits = steps->next[v];
		steps->seen[v] |= bits;
		steps->fresh[v] = bits;
		steps->next[v] = 0;
		if (steps->column[v] != STEPS_NONE)
			note(steps, v, bits, distance);
	}
	guint *done = steps->list;
	steps->list = steps->coming;
	steps->coming = done;
}

static guint begin(struct steps *steps, const guint *source, guint n, const guint *to)
{
	guint coming = 0;
	memset(steps->column, 0xff, steps->csr->n * sizeof *steps->column);
	for (guint t = 0; t < steps->n_to; t++)
		steps->column[to[t]] = t;
	for (guint s = 0; s < n; s++) {
		if (steps->next[source[s]] == 0)
			steps->coming[coming++] = source[s];
		steps->next[source[s]] |= G_GUINT64_CONSTANT(1) << s;
	}
	arrive(steps, coming, 0);
	return coming;
}

void steps_between(const struct csr *csr, const guint *source, guint n, const guint *to, guint n_to,
		   guint *out)
{
	gsize room = (gsize)csr->n + 1;
	g_autofree guint64 *bits = g_new0(guint64, 3 * room);
	g_autofree guint *places = g_new(guint, 3 * room);
	struct steps steps = { .csr = csr,
			       .seen = bits,
			       .fresh = bits + room,
			       .next = bits + 2 * room,
			       .column = places,
			       .list = places + room,
			       .coming = places + 2 * room,
			       .left = (gsize)n * n_to,
			       .n_to = n_to,
			       .out = out };
	memset(out, 0xff, (gsize)n * n_to * sizeof *out);
	guint length = begin(&steps, source, n, to);
	for (guint distance = 1; length > 0 && steps.left > 0; distance++) {
		length = push(&steps, length);
		arrive(&steps, length, distance);
	}
}
