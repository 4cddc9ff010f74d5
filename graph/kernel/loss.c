/*
 * What the network's nearness loses with an edge, for all edges at once.  One
 * search a source, and around each edge that matters only what lies behind it.
 */
#include "graph/kernel/loss.h"

#include "base/cancel.h"

#include <string.h>

#define NOWHERE	 G_MAXUINT
#define UNSEEN	 G_MAXUINT16
#define FARTHEST (UNSEEN - 1) /* as far as distances are counted */

enum { UNIT = 8, BUDGET = 60, DENSE = 8, LOOK = 4096 };

/* Places as the kernels have them, so that what lies together in the network does in memory. */
struct layout {
	struct arranged *graph;
	guint *edge;   /* behind each neighbour */
	guint *source; /* places */
};

struct task {
	const struct csr *csr; /* of the layout */
	const struct layout *layout;
	const guint *bridge;
	guint sources;
	guint64 budget; /* vertices behind edges that one source may look at */
	struct ordered *sums;
	gint over; /* atomic */
};

/* What is asked of a neighbour, in one place. */
struct spot {
	guint distance;
	guint at; /* in `tree` */
};

struct worker {
	guint *memory;
	struct spot *spot;
	guint16 *far; /* the distances again, as small as may be: the search reads little else */
	guint *order, *place;	    /* place[v]: position in order */
	guint *parents, *slot;	    /* how many; where v lists the last one */
	guint *above, *size, *tree; /* immediate dominator; its subtree in preorder */
	guint *branch;		    /* the one below the source that all ways to it pass */
	guint *round;		    /* its distance without its slot, nobody being behind it */
	guint *anew;		    /* NOWHERE outside of detours() */
	guint *head, *next;	    /* by distance: who may come at it */
	guint *now, *later;
	guint open;	 /* of those behind: who may come nearer yet */
	double *near;	 /* sum of 1/distance over the subtree */
	double *inverse; /* 1/distance, by distance */
	guint reached;
};

static gpointer worker_open(gpointer data)
{
	const struct task *task = data;
	struct worker *own = g_new0(struct worker, 1);
	gsize n = task->csr->n + 2;
	guint **parts[] = { &own->order, &own->place, &own->parents, &own->slot,  &own->above,
			    &own->size,	 &own->tree,  &own->branch,  &own->round, &own->anew,
			    &own->head,	 &own->next,  &own->now,     &own->later };
	own->memory = g_new(guint, n * G_N_ELEMENTS(parts));
	for (guint i = 0; i < G_N_ELEMENTS(parts); i++)
		*parts[i] = own->memory + n * i;
	own->spot = g_new(struct spot, n);
	own->far = g_new(guint16, n);
	memset(own->far, 0xff, n * sizeof *own->far);
	memset(own->anew, 0xff, n * sizeof *own->anew);
	memset(own->head, 0xff, n * sizeof *own->head);
	own->near = g_new(double, n);
	own->inverse = g_new(double, n + 1);
	own->inverse[0] = 0;
	for (gsize d = 1; d <= n; d++)
		own->inverse[d] = 1.0 / (double)d;
	return own;
}

static void worker_close(gpointer data, gpointer memory)
{
	struct worker *own = memory;
	(void)data;
	g_free(own->memory);
	g_free(own->spot);
	g_free(own->far);
	g_free(own->near);
	g_free(own->inverse);
	g_free(own);
}

/* The nearest vertex that all shortest ways to both pass (Cooper, Harvey & Kennedy 2001). */
static guint meet(const struct worker *own, guint source, guint a, guint b)
{
	if (own->branch[a] != own->branch[b])
		return source;
	while (a != b) {
		if (own->place[a] > own->place[b])
			a = own->above[a];
		else
			b = own->above[b];
	}
	return a;
}

/* Those at distance d by place, as they lie in memory, which is how they will be read. */
static void sort_level(const struct csr *csr, const guint16 *far, guint d, guint *level)
{
	guint n = 0;
	for (guint v = 0; v < csr->n; v++) {
		level[n] = v;
		n += far[v] == d;
	}
}

/*
 * How far to go from `at` to `end` before asking again, which is now and then, as a source of a
 * large network takes a tenth of a second; nowhere once it is to stop.  `asked` is where that is.
 */
static guint go_on_to(struct watch *watch, guint at, guint end, guint *asked)
{
	if (at >= *asked) {
		if (watch_stop(watch))
			return at;
		*asked = at + LOOK;
	}
	return MIN(end, *asked);
}

/*
 * Whom those from `head` to `end` of the order see anew is written down without a branch.  A
 * function of its own, as within its caller a loop goes through memory for what it counts.
 */
static G_NO_INLINE guint spread(const struct csr *csr, struct worker *own, guint head, guint end,
				guint tail)
{
	guint16 *far = own->far;
	guint *order = own->order;
	for (; head < end; head++) {
		guint v = order[head];
		guint16 next = (guint16)(far[v] + 1);
		own->place[v] = head;
		for (guint i = csr->start[v]; i < csr->start[v + 1]; i++) {
			guint w = csr->neighbour[i];
			guint16 known = far[w];
			order[tail] = w;
			tail += known == UNSEEN;
			far[w] = MIN(known, next);
		}
	}
	return tail;
}

/* Everybody by distance.  False where somebody is too far away to count, or it is to stop. */
static bool search(const struct csr *csr, struct worker *own, guint source, struct watch *watch)
{
	guint head = 0, tail = 1, d = 0, asked = 0;
	own->far[source] = 0;
	own->order[0] = source;
	for (; head < tail && d < FARTHEST; d++) {
		guint end = tail, stop;
		for (; head < (stop = go_on_to(watch, head, end, &asked)); head = stop)
			tail = spread(csr, own, head, stop, tail);
		if (head < end)
			break;
		if (tail - end > csr->n / DENSE)
			sort_level(csr, own->far, d + 1, own->order + end);
	}
	own->reached = tail;
	return head == tail;
}

/*
 * What all shortest ways to v pass last: with one neighbour that is nearer, that one.  It
 * is known of all that are nearer.  Also how far v is without that one if nobody is behind
 * it: past a neighbour as far as itself, else past one that is farther and has other ways.
 */
static void find_above(const struct csr *csr, struct worker *own, guint source, guint v)
{
	const guint16 *far = own->far;
	guint d = far[v], parents = 0, slot = 0, beside = 0;
	for (guint i = csr->start[v]; i < csr->start[v + 1]; i++) {
		guint there = far[csr->neighbour[i]];
		slot = there < d ? i : slot;
		parents += there < d;
		beside |= there == d;
	}
	guint above = csr->neighbour[slot];
	for (guint i = csr->start[v]; parents > 1 && above != source && i < slot; i++)
		if (far[csr->neighbour[i]] < d)
			above = meet(own, source, above, csr->neighbour[i]);
	own->above[v] = above;
	own->branch[v] = above == source ? v : own->branch[above];
	own->parents[v] = parents;
	own->slot[v] = slot;
	own->round[v] = d + (beside ? 1 : 2);
}

static void find_all_above(const struct csr *csr, struct worker *own, guint source,
			   struct watch *watch)
{
	own->above[source] = own->branch[source] = source;
	own->parents[source] = 0;
	guint asked = 0, stop;
	for (guint i = 1; i < (stop = go_on_to(watch, i, own->reached, &asked));)
		for (; i < stop; i++)
			find_above(csr, own, source, own->order[i]);
}

/* Subtrees as stretches of `tree`, so that "behind v" is a comparison. */
static void lay_out(struct worker *own)
{
	for (guint i = 0; i < own->reached; i++) {
		guint v = own->order[i];
		own->size[v] = 1;
		own->spot[v].distance = own->far[v];
		own->near[v] = own->inverse[own->spot[v].distance];
	}
	for (guint i = own->reached; i-- > 1;) {
		guint v = own->order[i], up = own->above[v];
		own->size[up] += own->size[v];
		own->near[up] += own->near[v];
	}
	/* While children are placed, next[v] is where the next one begins. */
	for (guint i = 0; i < own->reached; i++) {
		guint v = own->order[i];
		guint at = i > 0 ? own->next[own->above[v]] : 0;
		if (i > 0)
			own->next[own->above[v]] += own->size[v];
		own->next[v] = at + 1;
		own->tree[at] = v;
		own->spot[v].at = at;
	}
}

/*
 * How near w comes without the slot that v hangs on, from outside of what is behind v:
 * past a neighbour that is no nearer, as whoever is nearer to w than it is lies behind v,
 * or is what v hangs on.
 */
static guint from_outside(const struct csr *csr, const struct worker *own, guint v, guint w)
{
	const struct spot *spot = own->spot;
	guint first = spot[v].at, size = own->size[v], d = spot[w].distance, best = NOWHERE;
	const guint *end = csr->neighbour + csr->start[w + 1];
	for (const guint *x = csr->neighbour + csr->start[w]; x < end; x++) {
		/* Without a branch, as none could be foretold: all bits set where x will not do. */
		guint none = (spot[*x].at - first < size) | (spot[*x].distance < d);
		best = MIN(best, spot[*x].distance | -none);
	}
	return best == NOWHERE ? NOWHERE : best + 1;
}

/* Everybody at distance d, and whom that brings to d + 1. */
static double settle(const struct csr *csr, struct worker *own, guint v, guint d, guint n,
		     guint *later)
{
	const struct spot *spot = own->spot;
	guint *anew = own->anew, *list = own->later;
	guint first = spot[v].at, size = own->size[v], behind_them = 0, open = own->open;
	double lost = 0, now = own->inverse[d];
	for (guint k = 0; k < n; k++) {
		guint w = own->now[k];
		const guint *end = csr->neighbour + csr->start[w + (open > 0)];
		lost += own->inverse[spot[w].distance] - now;
		for (const guint *x = csr->neighbour + csr->start[w]; x < end; x++) {
			guint nearer = (spot[*x].at - first < size) & (anew[*x] > d + 1);
			if (!nearer)
				continue;
			list[behind_them++] = *x;
			open -= spot[*x].distance == d;
			anew[*x] = d + 1;
		}
	}
	own->open = open;
	*later = behind_them;
	return lost;
}

/* Those behind v, each in the bucket of its distance from outside; the first bucket. */
static guint sort_in(const struct csr *csr, struct worker *own, guint v, guint *waiting)
{
	const guint *members = own->tree + own->spot[v].at;
	guint first = NOWHERE;
	*waiting = own->open = 0;
	for (guint k = 0; k < own->size[v]; k++) {
		guint w = members[k], d = from_outside(csr, own, v, w);
		own->anew[w] = d;
		/* Nobody comes nearer than one step farther away than before. */
		own->open += d > own->spot[w].distance + 1;
		if (d == NOWHERE)
			continue;
		own->next[w] = own->head[d];
		own->head[d] = w;
		first = MIN(first, d);
		*waiting += 1;
	}
	return first;
}

/* What those behind v lose when they have to go round; unit lengths, one bucket a distance. */
static double detours(const struct csr *csr, struct worker *own, guint v)
{
	const guint *members = own->tree + own->spot[v].at;
	guint n = own->size[v], waiting, settled = 0, count = 0;
	double lost = 0, rest = own->near[v];
	for (guint d = sort_in(csr, own, v, &waiting); waiting > 0 || count > 0; d++) {
		for (guint w = own->head[d]; w != NOWHERE; w = own->next[w], waiting--)
			if (own->anew[w] == d)
				own->now[count++] = w;
		own->head[d] = NOWHERE;
		settled += count;
		for (guint k = 0; k < count; k++)
			rest -= own->inverse[own->spot[own->now[k]].distance];
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
	if (task->bridge[task->layout->edge[own->slot[v]]])
		return own->near[v];
	if (own->size[v] > 1)
		return detours(task->csr, own, v);
	return own->near[v] - own->inverse[own->round[v]];
}

/* False once that takes too long.  One subtree after another: what lies in it was read just now. */
static bool add_losses(const struct task *task, struct worker *own, double *sums,
		       struct watch *watch)
{
	guint64 looked = 0, asked = 0;
	for (guint i = 1; i < own->reached && looked <= task->budget; i++) {
		if (i + looked >= asked) {
			if (watch_stop(watch))
				break;
			asked = i + looked + LOOK;
		}
		guint v = own->tree[i], e = task->layout->edge[own->slot[v]];
		if (own->parents[v] != 1)
			continue;
		looked += task->bridge[e] ? 0 : own->size[v] - 1;
		sums[e] += loss_behind(task, own, v);
	}
	return looked <= task->budget;
}

/* False where it takes too long; once it is to stop what has been done is worthless. */
static bool from_source(const struct task *task, struct worker *own, guint source, double *sums,
			struct watch *watch)
{
	bool known = search(task->csr, own, source, watch);
	if (known)
		find_all_above(task->csr, own, source, watch);
	if (known && !watch_stop(watch)) {
		lay_out(own);
		known = add_losses(task, own, sums, watch);
	}
	for (guint i = 0; i < own->reached; i++)
		own->far[own->order[i]] = UNSEEN;
	return known;
}

static void unit_work(gpointer data, gpointer memory, guint unit, struct watch *watch)
{
	struct task *task = data;
	guint last = MIN((unit + 1) * UNIT, task->sources);
	double *sums = ordered_take(task->sums, unit);
	for (guint i = unit * UNIT; i < last; i++) {
		if (watch_stop(watch) || g_atomic_int_get(&task->over))
			break;
		if (!from_source(task, memory, task->layout->source[i], sums, watch))
			g_atomic_int_set(&task->over, 1);
	}
	ordered_give(task->sums, unit, sums);
}

static bool layout_init(struct layout *layout, const struct csr *csr, const guint *edge,
			guint sources, GCancellable *cancel)
{
	struct arranged *graph = arranged_new(csr, NULL, 64, false, cancel);
	if (!graph)
		return false;
	g_autofree guint *place = g_new(guint, MAX(graph->n, 1));
	g_autofree guint *fill = g_memdup2(graph->start, ((gsize)graph->n + 1) * sizeof *fill);
	layout->graph = graph;
	layout->edge = g_new(guint, MAX(graph->start[graph->n], 1));
	layout->source = g_new(guint, MAX(sources, 1));
	for (guint p = 0; p < graph->n; p++)
		place[graph->vertex[p]] = p;
	/* Each writes itself behind all its neighbours, as neighbours themselves are ordered. */
	for (guint p = 0; p < graph->n; p++) {
		guint v = graph->vertex[p];
		for (guint i = csr->start[v]; i < csr->start[v + 1]; i++)
			layout->edge[fill[place[csr->neighbour[i]]]++] = edge[i];
	}
	for (guint i = 0; i < sources; i++)
		layout->source[i] = place[(guint64)i * csr->n / sources];
	return true;
}

static void layout_clear(struct layout *layout)
{
	arranged_free(layout->graph);
	g_free(layout->edge);
	g_free(layout->source);
}

bool loss_compute(const struct csr *csr, const guint *edge, const guint *bridge, guint m,
		  guint most, const struct kernel_run *run, double *out, bool *known,
		  GError **error)
{
	guint sources = MIN(csr->n, most);
	struct layout layout;
	if (!layout_init(&layout, csr, edge, sources, run->cancel)) {
		cancel_fail(error);
		return false;
	}
	const struct csr placed = { csr->n, layout.graph->start, layout.graph->neighbour };
	struct task task = { .csr = &placed,
			     .layout = &layout,
			     .bridge = bridge,
			     .sources = sources,
			     .budget = BUDGET * (guint64)csr->n };
	struct crew crew = { .units = (sources + UNIT - 1) / UNIT,
			     .task = &task,
			     .open = worker_open,
			     .work = unit_work,
			     .close = worker_close };
	for (guint e = 0; e < m; e++)
		out[e] = 0;
	task.sums = ordered_new(out, m, crew.units);
	bool ok = crew_run(&crew, run, error);
	ordered_free(task.sums);
	layout_clear(&layout);
	/* Every pair was seen from both of its ends. */
	for (guint e = 0; e < m; e++)
		out[e] *= csr->n / (2.0 * MAX(sources, 1));
	*known = task.over == 0;
	return ok;
}
