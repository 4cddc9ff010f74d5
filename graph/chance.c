/*
 * How often groups meet in random networks with the degrees of a given one: every
 * table that is asked for is counted in the same networks, as drawing them is most
 * of the work.  Several chains at once, each with its own random numbers and its
 * own copy of the ties (rewire.h).  Says nothing about what a shortfall means: see
 * gaps/.
 */
#include "graph/chance.h"

#include "graph/rewire.h"

#include <math.h>
#include <string.h>

#define CHAINS	  8	/* whatever the number of threads: part of the result */
#define FEW	  20	/* ties, below which groups are dealt out instead */
#define WARM_UP	  12	/* rounds of switches before the first sample */
#define MOST_TIES 2.4e7 /* in all samples together, which bounds their number */
#define LEAST	  200

#define ABREAST 4 /* partitions that are compared at once */
typedef gint32 labels __attribute__((vector_size(ABREAST * sizeof(gint32))));

/* What is counted for one table. */
struct census {
	const struct chance_ask *ask;
	struct chance *out;
	guint n;
	guint *row, *col;    /* n: groups, no group as the last one; rows by where they begin */
	labels *inside;	     /* instead, where only that is asked: n for each ABREAST partitions;
				 whoever has no group is in one alone, below 0 */
	guint width, height; /* groups, and one more for whoever has none */
	gsize cells;	     /* of the result */
	bool symmetric;
};

struct tally {
	gint64 sum, squares;
	guint at_most, at_least;
};

struct task {
	const struct net *net;
	struct census *counts;
	guint n;
	guint samples;
	bool permuted;
	guint64 seed;
	GMutex lock;
	struct tally **total; /* by table, cells */
};

/* One chain's memory. */
struct chain {
	struct rewire rewire;
	guint *label;	 /* dealt out: who has whose group */
	struct ends *at; /* who the ends of the ties are dealt as */
	guint **raw;	 /* by table: height x width, ends as they come */
	struct tally **tally;
};

static gsize raw_cells(const struct census *count)
{
	return (gsize)count->width * count->height;
}

static void count_inside(const struct census *count, const struct ends *at, guint m, guint *raw)
{
	guint n_inside = count->ask->n_inside;
	for (guint p = 0; p < n_inside; p += ABREAST) {
		const labels *of = count->inside + (gsize)count->n * (p / ABREAST);
		labels found = { 0 };
		for (guint e = 0; e < m; e++) {
			labels one = of[at[e].a], two = of[at[e].b];
			found -= one == two;
		}
		for (guint i = 0; i < ABREAST && p + i < n_inside; i++)
			raw[p + i] = (guint)found[i];
	}
}

/* A tie is in a cell once however it lies: that is, once in all where both ends count alike. */
static void count_alike(const struct census *count, const struct ends *at, guint m, guint *raw)
{
	const guint *row = count->row, *col = count->col;
	guint width = count->width;
	for (const struct ends *tie = at; tie < at + m; tie++)
		raw[row[tie->a] + col[tie->b]]++;
	for (guint r = 0; r < width; r++)
		for (guint c = 0; c < r; c++) {
			guint *one = &raw[(gsize)r * width + c], *two = &raw[(gsize)c * width + r];
			*one = *two = *one + *two;
		}
}

/* Without branches, as none could be foretold. */
static void count_apart(const struct census *count, const struct ends *at, guint m, guint *raw)
{
	const guint *row = count->row, *col = count->col;
	for (guint e = 0; e < m; e++) {
		guint a = at[e].a, b = at[e].b, one = row[a] + col[b], two = row[b] + col[a];
		raw[one]++;
		raw[two] += one != two;
	}
}

static void count_raw(const struct census *count, const struct ends *at, guint m, guint *raw)
{
	memset(raw, 0, raw_cells(count) * sizeof *raw);
	if (count->inside)
		count_inside(count, at, m, raw);
	else if (count->symmetric)
		count_alike(count, at, m, raw);
	else
		count_apart(count, at, m, raw);
}

static guint raw_at(const struct census *count, const guint *raw, gsize cell)
{
	guint cols = count->out->n_cols;
	return raw[cell / cols * count->width + cell % cols];
}

static void tally_up(const struct census *count, const guint *raw, struct tally *tally)
{
	const struct chance *out = count->out;
	for (guint r = 0; r < out->n_rows; r++) {
		const guint *row = raw + (gsize)r * count->width;
		for (guint c = count->symmetric ? r : 0; c < out->n_cols; c++) {
			gsize cell = chance_cell(out, r, c);
			tally[cell].sum += row[c];
			tally[cell].squares += (gint64)row[c] * row[c];
			tally[cell].at_most += row[c] <= out->observed[cell];
			tally[cell].at_least += row[c] >= out->observed[cell];
		}
	}
}

static void chain_init(struct chain *chain, const struct task *task, guint number)
{
	const struct net *net = task->net;
	rewire_init(&chain->rewire, net, task->seed * 0x2545f4914f6cdd1du + number);
	chain->label = g_new(guint, net->n + 1);
	for (guint v = 0; v < net->n; v++)
		chain->label[v] = v;
	chain->at = task->permuted ? g_new(struct ends, MAX(net->m, 1)) : NULL;
	chain->raw = g_new(guint *, task->n);
	chain->tally = g_new(struct tally *, task->n);
	for (guint t = 0; t < task->n; t++) {
		chain->raw[t] = g_new(guint, raw_cells(&task->counts[t]) + 1);
		chain->tally[t] = g_new0(struct tally, task->counts[t].cells + 1);
	}
}

static void chain_release(struct chain *chain, const struct task *task)
{
	for (guint t = 0; t < task->n; t++) {
		g_free(chain->raw[t]);
		g_free(chain->tally[t]);
	}
	g_free(chain->raw);
	g_free(chain->tally);
	g_free(chain->label);
	g_free(chain->at);
	rewire_release(&chain->rewire);
}

static void deal(struct chain *chain, const struct net *net)
{
	for (guint v = net->n; v > 1; v--) {
		guint w = rewire_below(&chain->rewire, v), kept = chain->label[v - 1];
		chain->label[v - 1] = chain->label[w];
		chain->label[w] = kept;
	}
	for (guint e = 0; e < net->m; e++)
		chain->at[e] =
			(struct ends){ chain->label[net->from[e]], chain->label[net->to[e]] };
}

static void take_sample(struct chain *chain, const struct task *task)
{
	const struct ends *at = task->permuted ? chain->at : chain->rewire.ends;
	for (guint t = 0; t < task->n; t++) {
		count_raw(&task->counts[t], at, task->net->m, chain->raw[t]);
		tally_up(&task->counts[t], chain->raw[t], chain->tally[t]);
	}
}

static void add_up(struct task *task, const struct chain *chain)
{
	g_mutex_lock(&task->lock);
	for (guint t = 0; t < task->n; t++)
		for (gsize i = 0; i < task->counts[t].cells; i++) {
			task->total[t][i].sum += chain->tally[t][i].sum;
			task->total[t][i].squares += chain->tally[t][i].squares;
			task->total[t][i].at_most += chain->tally[t][i].at_most;
			task->total[t][i].at_least += chain->tally[t][i].at_least;
		}
	g_mutex_unlock(&task->lock);
}

/*
 * Rounds from one sample to the next: one switches nearly every tie, unless hubs leave
 * little to switch.
 */
static guint rounds_between(const struct rewire *rewire)
{
	return 4 * rewire->made < 3 * rewire->tried ? 2 : 1;
}

static void run_chain(gpointer data, gpointer own, guint unit, struct watch *watch)
{
	struct task *task = data;
	guint all = task->samples;
	guint samples = all / CHAINS + (unit < all % CHAINS);
	struct chain chain;
	(void)own;
	chain_init(&chain, task, unit);
	bool on = task->permuted || rewire_stir(&chain.rewire, WARM_UP, watch);
	guint rounds = rounds_between(&chain.rewire);
	for (guint i = 0; on && i < samples; i++) {
		if (task->permuted)
			deal(&chain, task->net);
		else
			on = rewire_stir(&chain.rewire, rounds, watch);
		on = on && !watch_stop(watch);
		take_sample(&chain, task);
	}
	add_up(task, &chain);
	chain_release(&chain, task);
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

/*
 * Each cell once: of a symmetric table the upper half.  `p` after Benjamini & Hochberg
 * (1995) into `adjusted`; cells that are not tested stay at 1.
 */
static void adjust(const struct census *count, const double *p,
		   bool (*tested)(const struct chance *, gsize), double *adjusted)
{
	const struct chance *out = count->out;
	g_autoptr(GArray) list = g_array_new(FALSE, FALSE, sizeof(struct tested));
	for (guint r = 0; r < out->n_rows; r++)
		for (guint c = count->symmetric ? r : 0; c < out->n_cols; c++) {
			struct tested one = { chance_cell(out, r, c), p[chance_cell(out, r, c)] };
			adjusted[one.cell] = 1;
			if (tested(out, one.cell))
				g_array_append_val(list, one);
		}
	g_array_sort(list, by_p);
	double least = 1;
	for (guint i = list->len; i-- > 0;) {
		const struct tested *one = &g_array_index(list, struct tested, i);
		least = MIN(least, one->p * list->len / (i + 1));
		adjusted[one->cell] = least;
	}
}

static bool can_fall_short(const struct chance *chance, gsize cell)
{
	return chance->mean[cell] >= CHANCE_LEAST;
}

static bool can_exceed(const struct chance *chance, gsize cell)
{
	return chance->observed[cell] >= CHANCE_LEAST;
}

/* The lower half of a symmetric table is the upper one. */
static void mirror(const struct census *count, double *const *numbers, guint n)
{
	const struct chance *out = count->out;
	for (guint r = 0; count->symmetric && r < out->n_rows; r++)
		for (guint c = 0; c < r; c++)
			for (guint i = 0; i < n; i++)
				numbers[i][chance_cell(out, r, c)] =
					numbers[i][chance_cell(out, c, r)];
}

static void conclude(const struct census *count, const struct tally *total)
{
	struct chance *out = count->out;
	double samples = MAX(out->samples, 1);
	for (gsize i = 0; i < count->cells; i++) {
		double mean = (double)total[i].sum / samples;
		double variance = (double)total[i].squares / samples - mean * mean;
		out->mean[i] = mean;
		out->sd[i] = sqrt(MAX(variance, 0) * samples / MAX(samples - 1, 1));
		out->low[i] = (1.0 + total[i].at_most) / (1 + samples);
		out->high[i] = (1.0 + total[i].at_least) / (1 + samples);
	}
	adjust(count, out->low, can_fall_short, out->adjusted);
	adjust(count, out->high, can_exceed, out->raised);
	double *const numbers[] = { out->mean, out->sd,	      out->low,
				    out->high, out->adjusted, out->raised };
	mirror(count, numbers, G_N_ELEMENTS(numbers));
}

static guint sample_count(const struct net *net, guint asked)
{
	double affordable = MOST_TIES / MAX((double)net->m, 1);
	return (guint)CLAMP(affordable, MIN(asked, LEAST), asked);
}

struct chance *chance_blank(guint rows, guint cols)
{
	struct chance *out = g_new0(struct chance, 1);
	gsize cells = (gsize)rows * cols;
	out->refs = 1;
	out->n_rows = rows;
	out->n_cols = cols;
	out->observed = g_new0(guint, cells + 1);
	double **numbers[] = { &out->mean, &out->sd,	   &out->low,
			       &out->high, &out->adjusted, &out->raised };
	for (guint i = 0; i < G_N_ELEMENTS(numbers); i++)
		*numbers[i] = g_new0(double, cells + 1);
	return out;
}

static guint *groups_of(const struct partition *partition, guint n, guint times)
{
	guint *out = g_new(guint, MAX(n, 1));
	for (guint v = 0; v < n; v++)
		out[v] = MIN((guint)partition->group[v], partition->n_groups) * times;
	return out;
}

static void label_all(struct census *count)
{
	const struct chance_ask *ask = count->ask;
	if (!ask->inside) {
		count->row = groups_of(ask->rows, count->n, count->width);
		count->col = groups_of(ask->cols, count->n, 1);
		return;
	}
	gsize vectors = (gsize)count->n * ((ask->n_inside + ABREAST - 1) / ABREAST);
	count->inside = kernel_alloc(vectors, sizeof *count->inside);
	memset(count->inside, 0xff, vectors * sizeof *count->inside);
	for (guint p = 0; p < ask->n_inside; p++) {
		labels *of = count->inside + (gsize)count->n * (p / ABREAST);
		const int *group = ask->inside[p]->group;
		for (guint v = 0; v < count->n; v++)
			of[v][p % ABREAST] = group[v] < 0 ? ~(int)v : group[v];
	}
}

static void count_clear(struct census *count)
{
	g_free(count->row);
	g_free(count->col);
	g_aligned_free(count->inside);
}

static void count_init(struct census *count, const struct chance_ask *ask, const struct task *task)
{
	guint rows = ask->inside ? ask->n_inside : ask->rows->n_groups;
	guint cols = ask->inside ? 1 : ask->cols->n_groups;
	struct chance *out = chance_blank(rows, cols);
	out->permuted = task->permuted;
	out->samples = task->samples;
	*count = (struct census){ .ask = ask,
				  .out = out,
				  .n = task->net->n,
				  .width = ask->inside ? 1 : cols + 1,
				  .height = rows + 1,
				  .cells = (gsize)rows * cols,
				  .symmetric = !ask->inside && ask->rows == ask->cols };
	label_all(count);
	g_autofree guint *raw = g_new(guint, raw_cells(count) + 1);
	g_autofree struct ends *at = g_new(struct ends, MAX(task->net->m, 1));
	for (guint e = 0; e < task->net->m; e++)
		at[e] = (struct ends){ task->net->from[e], task->net->to[e] };
	count_raw(count, at, task->net->m, raw);
	for (gsize i = 0; i < count->cells; i++)
		out->observed[i] = raw_at(count, raw, i);
}

bool chance_draw(const struct net *net, const struct chance_ask *asks, guint n, guint64 seed,
		 guint samples, struct chance **out, const struct kernel_run *run, GError **error)
{
	g_autofree struct census *counts = g_new0(struct census, n + 1);
	g_autofree struct tally **total = g_new0(struct tally *, n + 1);
	struct task task = { .net = net,
			     .counts = counts,
			     .n = n,
			     .samples = net->m > 0 ? sample_count(net, samples) : 0,
			     .permuted = net->m < FEW,
			     .seed = seed,
			     .total = total };
	for (guint t = 0; t < n; t++) {
		count_init(&counts[t], &asks[t], &task);
		total[t] = g_new0(struct tally, counts[t].cells + 1);
	}
	g_mutex_init(&task.lock);
	const struct crew crew = { .units = CHAINS, .task = &task, .work = run_chain };
	bool done = task.samples == 0 || crew_run(&crew, run, error);
	g_mutex_clear(&task.lock);
	for (guint t = 0; t < n; t++) {
		if (done)
			conclude(&counts[t], total[t]);
		else
			g_clear_pointer(&counts[t].out, chance_unref);
		if (done)
			out[t] = counts[t].out;
		count_clear(&counts[t]);
		g_free(total[t]);
	}
	return done;
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
	void *kept[] = { chance->observed, chance->mean,     chance->sd,    chance->low,
			 chance->high,	   chance->adjusted, chance->raised };
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
