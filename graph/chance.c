/*
 * Random networks with the degrees of a given one, and how often groups meet in
 * them.  Several chains at once, each with its own random numbers and its own
 * copy of the ties; igraph's own rewiring hangs on small graphs and cannot be
 * stopped soon.  Says nothing about what a shortfall means: see gaps/.
 */
#include "graph/chance.h"

#include <math.h>
#include <string.h>

#define CHAINS	   8	 /* whatever the number of threads: part of the result */
#define FEW	   20	 /* ties, below which groups are dealt out instead */
#define WARM_UP	   10	 /* switches tried a tie before the first sample */
#define BETWEEN	   2	 /* and between samples */
#define MOST_STEPS 2.4e7 /* switches tried in all, which bounds the samples */
#define LEAST	   200
#define PATIENCE   4096 /* steps between looks at the cancel */
#define DENSE	   8192 /* members, up to which every pair has a bit */
#define EMPTY	   G_MAXUINT64

struct dice {
	guint64 state;
};

/* SplitMix64 (Steele, Lea & Flood 2014). */
static guint64 dice_next(struct dice *dice)
{
	guint64 z = dice->state += 0x9e3779b97f4a7c15u;
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

/* Below `n`, from the upper 32 bits; what is uneven about it is below n / 2^32. */
static guint dice_below(struct dice *dice, guint n)
{
	return (guint)(((dice_next(dice) >> 32) * n) >> 32);
}

/*
 * The ties that exist, as a set of pairs: a bit a pair while that fits the caches of
 * a processor, else open addressing, at most half full.
 */
struct ties {
	guint64 *bits; /* n x n, or NULL */
	guint64 n;
	guint64 *slots;
	guint64 mask;
};

static guint64 tie_key(guint a, guint b)
{
	return a < b ? (guint64)a << 32 | b : (guint64)b << 32 | a;
}

static guint64 tie_home(const struct ties *ties, guint64 key)
{
	return (key * 0x9e3779b97f4a7c15u >> 24) & ties->mask;
}

static void ties_init(struct ties *ties, guint n, guint m)
{
	guint64 size = 16;
	*ties = (struct ties){ .n = n };
	if (n <= DENSE) {
		ties->bits = g_new0(guint64, ties->n * n / 64 + 1);
		return;
	}
	while (size < 2 * (guint64)m)
		size *= 2;
	ties->mask = size - 1;
	ties->slots = g_new(guint64, size);
	memset(ties->slots, 0xff, size * sizeof *ties->slots);
}

static guint64 tie_bit(const struct ties *ties, guint64 key)
{
	return (key >> 32) * ties->n + (key & G_MAXUINT32);
}

static bool ties_have(const struct ties *ties, guint64 key)
{
	guint64 bit = ties->bits ? tie_bit(ties, key) : 0;
	if (ties->bits)
		return (ties->bits[bit / 64] >> bit % 64 & 1) != 0;
	guint64 i = tie_home(ties, key);
	while (ties->slots[i] != EMPTY && ties->slots[i] != key)
		i = (i + 1) & ties->mask;
	return ties->slots[i] == key;
}

static void ties_add(struct ties *ties, guint64 key)
{
	guint64 bit = ties->bits ? tie_bit(ties, key) : 0;
	if (ties->bits) {
		ties->bits[bit / 64] |= (guint64)1 << bit % 64;
		return;
	}
	guint64 i = tie_home(ties, key);
	while (ties->slots[i] != EMPTY)
		i = (i + 1) & ties->mask;
	ties->slots[i] = key;
}

/* What stands behind the hole moves up as far as it may, so that no search ends too soon. */
static void ties_drop(struct ties *ties, guint64 key)
{
	guint64 bit = ties->bits ? tie_bit(ties, key) : 0;
	if (ties->bits) {
		ties->bits[bit / 64] &= ~((guint64)1 << bit % 64);
		return;
	}
	guint64 hole = tie_home(ties, key);
	while (ties->slots[hole] != key)
		hole = (hole + 1) & ties->mask;
	for (guint64 i = (hole + 1) & ties->mask; ties->slots[i] != EMPTY;
	     i = (i + 1) & ties->mask) {
		guint64 home = tie_home(ties, ties->slots[i]);
		if (((i - home) & ties->mask) < ((i - hole) & ties->mask))
			continue;
		ties->slots[hole] = ties->slots[i];
		hole = i;
	}
	ties->slots[hole] = EMPTY;
}

struct tally {
	gint64 sum, squares;
	guint at_most, at_least;
};

struct task {
	const struct net *net;
	struct chance *out;
	const int *row, *col;		       /* the same array: symmetric */
	const struct partition *const *inside; /* n_rows, instead of row and col */
	guint64 seed;
	GMutex lock;
	struct tally *total; /* cells */
};

/* One chain's memory. */
struct chain {
	struct dice dice;
	struct ties ties;
	guint *from, *to, *label; /* label: who has whose group */
	guint *count;
	struct tally *tally;
	gsize cells;
};

static void count_inside(const struct task *task, const guint *from, const guint *to,
			 const guint *label, guint *count)
{
	for (guint p = 0; p < task->out->n_rows; p++) {
		const int *group = task->inside[p]->group;
		for (guint e = 0; e < task->net->m; e++) {
			guint a = label ? label[from[e]] : from[e],
			      b = label ? label[to[e]] : to[e];
			count[p] += group[a] >= 0 && group[a] == group[b];
		}
	}
}

static void count_cells(const struct task *task, const guint *from, const guint *to,
			const guint *label, guint *count)
{
	guint cols = task->out->n_cols;
	if (task->inside) {
		count_inside(task, from, to, label, count);
		return;
	}
	for (guint e = 0; e < task->net->m; e++) {
		guint a = label ? label[from[e]] : from[e], b = label ? label[to[e]] : to[e];
		int row = task->row[a], col = task->col[b];
		if (row >= 0 && col >= 0)
			count[(guint)row * cols + (guint)col]++;
		if (task->row == task->col && row == col)
			continue;
		row = task->row[b];
		col = task->col[a];
		if (row >= 0 && col >= 0)
			count[(guint)row * cols + (guint)col]++;
	}
}

static void chain_init(struct chain *chain, const struct task *task, guint number)
{
	const struct net *net = task->net;
	chain->dice.state = task->seed * 0x2545f4914f6cdd1du + number;
	chain->cells = (gsize)task->out->n_rows * task->out->n_cols;
	chain->from = g_memdup2(net->from, MAX(net->m, 1) * sizeof *net->from);
	chain->to = g_memdup2(net->to, MAX(net->m, 1) * sizeof *net->to);
	chain->label = g_new(guint, net->n + 1);
	for (guint v = 0; v < net->n; v++)
		chain->label[v] = v;
	chain->count = g_new(guint, chain->cells + 1);
	chain->tally = g_new0(struct tally, chain->cells + 1);
	ties_init(&chain->ties, net->n, net->m);
	for (guint e = 0; e < net->m; e++)
		ties_add(&chain->ties, tie_key(net->from[e], net->to[e]));
}

static void chain_release(struct chain *chain)
{
	g_free(chain->ties.slots);
	g_free(chain->ties.bits);
	g_free(chain->from);
	g_free(chain->to);
	g_free(chain->label);
	g_free(chain->count);
	g_free(chain->tally);
}

/*
 * a-b and c-d become a-d and c-b.  A switch that would make a loop or a second tie
 * is not made and counts as a step all the same: only so is every network with
 * these degrees equally likely.
 */
static void switch_ends(struct chain *chain, guint m)
{
	guint64 drawn = dice_next(&chain->dice);
	guint i = dice_below(&chain->dice, m), j = (guint)(((drawn >> 32) * m) >> 32);
	if (i == j)
		return;
	bool turn = (drawn & 1) != 0;
	guint a = chain->from[i], b = chain->to[i];
	guint c = turn ? chain->to[j] : chain->from[j], d = turn ? chain->from[j] : chain->to[j];
	if (a == d || c == b)
		return;
	guint64 first = tie_key(a, d), second = tie_key(c, b);
	if (ties_have(&chain->ties, first) || ties_have(&chain->ties, second))
		return;
	ties_drop(&chain->ties, tie_key(a, b));
	ties_drop(&chain->ties, tie_key(c, d));
	ties_add(&chain->ties, first);
	ties_add(&chain->ties, second);
	chain->to[i] = d;
	chain->from[j] = c;
	chain->to[j] = b;
}

static bool stir(struct chain *chain, guint m, guint64 steps, struct watch *watch)
{
	for (guint64 i = 0; i < steps; i++) {
		if (i % PATIENCE == 0 && watch_stop(watch))
			return false;
		switch_ends(chain, m);
	}
	return true;
}

static void deal(struct chain *chain, guint n)
{
	for (guint v = n; v > 1; v--) {
		guint w = dice_below(&chain->dice, v), kept = chain->label[v - 1];
		chain->label[v - 1] = chain->label[w];
		chain->label[w] = kept;
	}
}

static void take_sample(struct chain *chain, const struct task *task)
{
	memset(chain->count, 0, chain->cells * sizeof *chain->count);
	count_cells(task, chain->from, chain->to, task->out->permuted ? chain->label : NULL,
		    chain->count);
	for (gsize i = 0; i < chain->cells; i++) {
		guint count = chain->count[i];
		chain->tally[i].sum += count;
		chain->tally[i].squares += (gint64)count * count;
		chain->tally[i].at_most += count <= task->out->observed[i];
		chain->tally[i].at_least += count >= task->out->observed[i];
	}
}

static void run_chain(gpointer data, gpointer own, guint unit, struct watch *watch)
{
	struct task *task = data;
	guint m = task->net->m, all = task->out->samples;
	guint samples = all / CHAINS + (unit < all % CHAINS);
	struct chain chain;
	(void)own;
	chain_init(&chain, task, unit);
	bool on = task->out->permuted || stir(&chain, m, (guint64)WARM_UP * m, watch);
	for (guint i = 0; on && i < samples; i++) {
		if (task->out->permuted)
			deal(&chain, task->net->n);
		else
			on = stir(&chain, m, (guint64)BETWEEN * m, watch);
		take_sample(&chain, task);
	}
	g_mutex_lock(&task->lock);
	for (gsize i = 0; i < chain.cells; i++) {
		task->total[i].sum += chain.tally[i].sum;
		task->total[i].squares += chain.tally[i].squares;
		task->total[i].at_most += chain.tally[i].at_most;
		task->total[i].at_least += chain.tally[i].at_least;
	}
	g_mutex_unlock(&task->lock);
	chain_release(&chain);
}

static gpointer open_nothing(gpointer task)
{
	(void)task;
	return NULL;
}

static void close_nothing(gpointer task, gpointer own)
{
	(void)task;
	(void)own;
}

struct tested {
	gsize cell;
	double p;
};

static int by_p(gconstpointer a, gconstpointer b)
{
	const struct tested *x = a, *y = b;
	if (x->p != y->p)
		return x->p < y->p ? -1 : 1;
	return x->cell < y->cell ? -1 : x->cell > y->cell;
}

/* Each cell once: of a symmetric table the upper half, copied to the lower. */
static void adjust(struct chance *out, bool symmetric)
{
	g_autoptr(GArray) tested = g_array_new(FALSE, FALSE, sizeof(struct tested));
	for (guint r = 0; r < out->n_rows; r++)
		for (guint c = symmetric ? r : 0; c < out->n_cols; c++) {
			struct tested one = { chance_cell(out, r, c),
					      out->low[chance_cell(out, r, c)] };
			if (out->mean[one.cell] >= CHANCE_LEAST)
				g_array_append_val(tested, one);
		}
	g_array_sort(tested, by_p);
	double least = 1;
	for (guint i = tested->len; i-- > 0;) {
		const struct tested *one = &g_array_index(tested, struct tested, i);
		least = MIN(least, one->p * tested->len / (i + 1));
		out->adjusted[one->cell] = least;
	}
	for (guint r = 0; symmetric && r < out->n_rows; r++)
		for (guint c = 0; c < r; c++)
			out->adjusted[chance_cell(out, r, c)] =
				out->adjusted[chance_cell(out, c, r)];
}

static void conclude(struct chance *out, const struct tally *total, bool symmetric)
{
	gsize cells = (gsize)out->n_rows * out->n_cols;
	double samples = MAX(out->samples, 1);
	for (gsize i = 0; i < cells; i++) {
		double mean = (double)total[i].sum / samples;
		double variance = (double)total[i].squares / samples - mean * mean;
		out->mean[i] = mean;
		out->sd[i] = sqrt(MAX(variance, 0) * samples / MAX(samples - 1, 1));
		out->low[i] = (1.0 + total[i].at_most) / (1 + samples);
		out->high[i] = (1.0 + total[i].at_least) / (1 + samples);
		out->adjusted[i] = 1;
	}
	adjust(out, symmetric);
}

static guint sample_count(const struct net *net, guint asked)
{
	double affordable = MOST_STEPS / (BETWEEN * MAX((double)net->m, 1));
	return (guint)CLAMP(affordable, MIN(asked, LEAST), asked);
}

/* Everything but what is counted, which `task` says. */
static struct chance *run_task(struct task *task, guint rows, guint cols, guint samples,
			       const struct kernel_run *run, GError **error)
{
	const struct net *net = task->net;
	struct chance *out = g_new0(struct chance, 1);
	gsize cells = (gsize)rows * cols;
	out->refs = 1;
	out->n_rows = rows;
	out->n_cols = cols;
	out->permuted = net->m < FEW;
	out->samples = net->m > 0 ? sample_count(net, samples) : 0;
	out->observed = g_new0(guint, cells + 1);
	double **numbers[] = { &out->mean, &out->sd, &out->low, &out->high, &out->adjusted };
	for (guint i = 0; i < G_N_ELEMENTS(numbers); i++)
		*numbers[i] = g_new0(double, cells + 1);
	g_autofree struct tally *total = g_new0(struct tally, cells + 1);
	task->out = out;
	task->total = total;
	g_mutex_init(&task->lock);
	count_cells(task, net->from, net->to, NULL, out->observed);
	const struct crew crew = { .units = CHAINS,
				   .task = task,
				   .open = open_nothing,
				   .work = run_chain,
				   .close = close_nothing };
	bool done = out->samples == 0 || crew_run(&crew, run, error);
	g_mutex_clear(&task->lock);
	if (!done) {
		chance_unref(out);
		return NULL;
	}
	conclude(out, total, task->row && task->row == task->col);
	return out;
}

struct chance *chance_new(const struct net *net, const struct partition *rows,
			  const struct partition *cols, guint64 seed, guint samples,
			  const struct kernel_run *run, GError **error)
{
	struct task task = { .net = net, .row = rows->group, .col = cols->group, .seed = seed };
	return run_task(&task, rows->n_groups, cols->n_groups, samples, run, error);
}

struct chance *chance_inside_new(const struct net *net, const struct partition *const *partitions,
				 guint n, guint64 seed, guint samples, const struct kernel_run *run,
				 GError **error)
{
	struct task task = { .net = net, .inside = partitions, .seed = seed };
	return run_task(&task, n, 1, samples, run, error);
}

struct chance *chance_ref(struct chance *chance)
{
	g_atomic_int_inc(&chance->refs);
	return chance;
}

void chance_unref(struct chance *chance)
{
	if (!chance || !g_atomic_int_dec_and_test(&chance->refs))
		return;
	void *kept[] = { chance->observed, chance->mean, chance->sd,
			 chance->low,	   chance->high, chance->adjusted };
	for (guint i = 0; i < G_N_ELEMENTS(kept); i++)
		g_free(kept[i]);
	g_free(chance);
}

double chance_z(const struct chance *chance, gsize cell)
{
	return chance->sd[cell] > 0
		       ? (chance->observed[cell] - chance->mean[cell]) / chance->sd[cell]
		       : NAN;
}
