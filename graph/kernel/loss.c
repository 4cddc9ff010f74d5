/*
 * What the network's nearness loses with an edge, for all edges at once.  One
 * search a source, and around each edge that matters only what lies behind it.
 */
#include "graph/kernel/loss.h"

#include <string.h>

#define NOWHERE G_MAXUINT

enum { UNIT = 8, BUDGET = 60 };

struct task {
	const struct csr *csr;
	const guint *edge, *bridge;
	guint sources;
	guint64 budget; /* vertices behind edges that one source may look at */
	struct ordered *sums;
	gint over; /* atomic */
};

struct worker {
	guint *memory;
	guint *distance, *order, *place; /* place[v]: position in order */
	guint *parents, *slot;		 /* how many; where the first one lists v */
	guint *above, *size, *at, *tree; /* immediate dominator; its subtree in preorder */
	guint *anew;			 /* NOWHERE outside of detours() */
	guint *head, *next;		 /* by distance: who may come at it */
	guint *now, *later;
	double *near; /* sum of 1/distance over the subtree */
	guint reached;
};

static gpointer worker_open(gpointer data)
{
	const struct task *task = data;
	struct worker *own = g_new0(struct worker, 1);
	gsize n = task->csr->n + 2;
	guint **parts[] = { &own->distance, &own->order, &own->place, &own->parents, &own->slot,
			    &own->above,    &own->size,	 &own->at,    &own->tree,    &own->anew,
			    &own->head,	    &own->next,	 &own->now,   &own->later };
	own->memory = g_new(guint, n * G_N_ELEMENTS(parts));
	for (guint i = 0; i < G_N_ELEMENTS(parts); i++)
		*parts[i] = own->memory + n * i;
	memset(own->distance, 0xff, n * sizeof *own->distance);
	memset(own->anew, 0xff, n * sizeof *own->anew);
	memset(own->head, 0xff, n * sizeof *own->head);
	own->near = g_new(double, n);
	return own;
}

static void worker_close(gpointer data, gpointer memory)
{
	struct worker *own = memory;
	(void)data;
	g_free(own->memory);
	g_free(own->near);
	g_free(own);
}

/* The nearest vertex that all shortest ways to both pass (Cooper, Harvey & Kennedy 2001). */
static guint meet(const struct worker *own, guint a, guint b)
{
	while (a != b) {
		if (own->place[a] > own->place[b])
			a = own->above[a];
		else
			b = own->above[b];
	}
	return a;
}

static void search(const struct csr *csr, struct worker *own, guint source)
{
	guint head = 0, tail = 0;
	own->distance[source] = 0;
	own->above[source] = source;
	own->parents[source] = 0;
	own->order[tail++] = source;
	while (head < tail) {
		guint v = own->order[head], d = own->distance[v];
		own->place[v] = head++;
		for (guint i = csr->start[v]; i < csr->start[v + 1]; i++) {
			guint w = csr->neighbour[i];
			if (own->distance[w] == NOWHERE) {
				own->distance[w] = d + 1;
				own->above[w] = v;
				own->parents[w] = 1;
				own->slot[w] = i;
				own->order[tail++] = w;
			} else if (own->distance[w] == d + 1) {
				own->above[w] = meet(own, own->above[w], v);
				own->parents[w]++;
			}
		}
	}
	own->reached = tail;
}

/* Subtrees as stretches of `tree`, so that "behind v" is a comparison. */
static void lay_out(struct worker *own)
{
	for (guint i = 0; i < own->reached; i++) {
		guint v = own->order[i];
		own->size[v] = 1;
		own->near[v] = i > 0 ? 1.0 / own->distance[v] : 0;
	}
	for (guint i = own->reached; i-- > 1;) {
		guint v = own->order[i], up = own->above[v];
		own->size[up] += own->size[v];
		own->near[up] += own->near[v];
	}
	/* While children are placed, next[v] is where the next one begins. */
	for (guint i = 0; i < own->reached; i++) {
		guint v = own->order[i];
		own->at[v] = i > 0 ? own->next[own->above[v]] : 0;
		if (i > 0)
			own->next[own->above[v]] += own->size[v];
		own->next[v] = own->at[v] + 1;
		own->tree[own->at[v]] = v;
	}
}

static bool behind(const struct worker *own, guint v, guint w)
{
	return own->distance[w] != NOWHERE && own->at[w] - own->at[v] < own->size[v];
}

/* How near w comes without the slot that v hangs on, from outside of what is behind v. */
static guint from_outside(const struct csr *csr, const struct worker *own, guint v, guint w)
{
	guint parent = w == v ? own->above[v] : NOWHERE, best = NOWHERE;
	for (guint i = csr->start[w]; i < csr->start[w + 1]; i++) {
		guint x = csr->neighbour[i];
		if (x != parent && !behind(own, v, x))
			best = MIN(best, own->distance[x] + 1);
	}
	return best;
}

/* Everybody at distance d, and whom that brings to d + 1. */
static double settle(const struct csr *csr, struct worker *own, guint v, guint d, guint n,
		     guint *later)
{
	double lost = 0;
	guint behind_them = 0;
	for (guint k = 0; k < n; k++) {
		guint w = own->now[k];
		lost += 1.0 / own->distance[w] - 1.0 / d;
		for (guint i = csr->start[w]; i < csr->start[w + 1]; i++) {
			guint x = csr->neighbour[i];
			if (!behind(own, v, x) || own->anew[x] <= d + 1)
				continue;
			own->anew[x] = d + 1;
			own->later[behind_them++] = x;
		}
	}
	*later = behind_them;
	return lost;
}

/* What those behind v lose when they have to go round; unit lengths, one bucket a distance. */
static double detours(const struct csr *csr, struct worker *own, guint v)
{
	const guint *members = own->tree + own->at[v];
	guint n = own->size[v], waiting = 0, settled = 0, first = NOWHERE;
	double lost = 0, rest = own->near[v];
	for (guint k = 0; k < n; k++) {
		guint w = members[k], d = from_outside(csr, own, v, w);
		own->anew[w] = d;
		if (d == NOWHERE)
			continue;
		own->next[w] = own->head[d];
		own->head[d] = w;
		first = MIN(first, d);
		waiting++;
	}
	guint count = 0;
	for (guint d = first; waiting > 0 || count > 0; d++) {
		for (guint w = own->head[d]; w != NOWHERE; w = own->next[w], waiting--)
			if (own->anew[w] == d)
				own->now[count++] = w;
		own->head[d] = NOWHERE;
		settled += count;
		for (guint k = 0; k < count; k++)
			rest -= 1.0 / own->distance[own->now[k]];
		lost += settle(csr, own, v, d, count, &count);
		guint *kept = own->now;
		own->now = own->later;
		own->later = kept;
	}
	for (guint k = 0; k < n; k++)
		own->anew[members[k]] = NOWHERE;
	return settled < n ? lost + rest : lost;
}

static double loss_behind(const struct task *task, struct worker *own, guint v)
{
	if (task->bridge[task->edge[own->slot[v]]])
		return own->near[v];
	if (own->size[v] > 1)
		return detours(task->csr, own, v);
	guint d = from_outside(task->csr, own, v, v);
	return own->near[v] - (d == NOWHERE ? 0 : 1.0 / d);
}

static void from_source(struct task *task, struct worker *own, guint source, double *sums)
{
	guint64 looked = 0;
	search(task->csr, own, source);
	lay_out(own);
	for (guint i = 1; i < own->reached && looked <= task->budget; i++) {
		guint v = own->order[i], e = task->edge[own->slot[v]];
		if (own->parents[v] != 1)
			continue;
		looked += task->bridge[e] ? 0 : own->size[v] - 1;
		sums[e] += loss_behind(task, own, v);
	}
	if (looked > task->budget)
		g_atomic_int_set(&task->over, 1);
	for (guint i = 0; i < own->reached; i++)
		own->distance[own->order[i]] = NOWHERE;
}

static void unit_work(gpointer data, gpointer memory, guint unit, struct watch *watch)
{
	struct task *task = data;
	guint n = task->csr->n, last = MIN((unit + 1) * UNIT, task->sources);
	double *sums = ordered_take(task->sums);
	for (guint i = unit * UNIT; i < last; i++) {
		if (watch_stop(watch) || g_atomic_int_get(&task->over))
			break;
		from_source(task, memory, (guint)((guint64)i * n / task->sources), sums);
	}
	ordered_give(task->sums, unit, sums);
}

bool loss_compute(const struct csr *csr, const guint *edge, const guint *bridge, guint m,
		  guint most, const struct kernel_run *run, double *out, bool *known,
		  GError **error)
{
	struct task task = { .csr = csr,
			     .edge = edge,
			     .bridge = bridge,
			     .sources = MIN(csr->n, most),
			     .budget = BUDGET * (guint64)csr->n };
	struct crew crew = { .units = (task.sources + UNIT - 1) / UNIT,
			     .task = &task,
			     .open = worker_open,
			     .work = unit_work,
			     .close = worker_close };
	for (guint e = 0; e < m; e++)
		out[e] = 0;
	task.sums = ordered_new(out, m, crew.units);
	bool ok = crew_run(&crew, run, error);
	ordered_free(task.sums);
	/* Every pair was seen from both of its ends. */
	for (guint e = 0; e < m; e++)
		out[e] *= csr->n / (2.0 * MAX(task.sources, 1));
	*known = task.over == 0;
	return ok;
}
