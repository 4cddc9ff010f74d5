/*
 * Ties between groups in a network as its ends are now, for one table: counted anew in
 * each network, and added up over those of a chain.  Which networks: chance_draw.c.
 */
#include "graph/chance_private.h"

#include <math.h>
#include <string.h>

static gsize table_cells(const struct census *count)
{
	return (gsize)count->width * count->height;
}

static gsize octets(const struct census *count)
{
	return (table_cells(count) + 7) / 8;
}

static void count_inside(const struct census *count, const struct ends *at, guint m, guint *raw)
{
	guint n_inside = count->ask->n_inside;
	for (guint p = 0; p < n_inside; p += CHANCE_ABREAST) {
		const chance_labels *of = count->inside + (gsize)count->n * (p / CHANCE_ABREAST);
		chance_labels found = { 0 };
		for (guint e = 0; e < m; e++) {
			chance_labels one = of[at[e].a], two = of[at[e].b];
			found -= one == two;
		}
		for (guint i = 0; i < CHANCE_ABREAST && p + i < n_inside; i++)
			raw[p + i] = (guint)found[i];
	}
}

/* Of one attribute in the upper half alone, where a tie is once however it lies. */
static void count_alike(const struct census *count, const struct ends *at, guint m, guint *raw)
{
	const guint *row = count->row, *col = count->col;
	guint width = count->width;
	for (guint e = 0; e < m; e++)
		raw[row[at[e].a] + col[at[e].b]]++;
	for (guint r = 1; r < count->height; r++)
		for (guint c = 0; c < r; c++) {
			raw[c * width + r] += raw[r * width + c];
			raw[r * width + c] = 0;
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

static void count_now(const struct census *count, const struct ends *at, guint m, chance_octet *out)
{
	guint *cells = (guint *)out;
	memset(out, 0, octets(count) * sizeof *out);
	if (count->inside)
		count_inside(count, at, m, cells);
	else if (count->symmetric)
		count_alike(count, at, m, cells);
	else
		count_apart(count, at, m, cells);
}

typedef gint32 quartet __attribute__((vector_size(4 * sizeof(gint32))));
typedef double wide __attribute__((vector_size(4 * sizeof(double))));

static G_ALWAYS_INLINE inline void add_octets(struct tally *tally, const chance_octet *seen,
					      gsize n)
{
	wide *squares = (wide *)tally->squares;
	for (gsize i = 0; i < n; i++) {
		chance_octet x = tally->now[i];
		quartet half[2];
		memcpy(half, &x, sizeof half);
		tally->sum[i] += x;
		tally->fewer[i] -= x < seen[i];
		tally->more[i] -= x > seen[i];
		for (guint k = 0; k < 2; k++) {
			wide y = __builtin_convertvector(half[k], wide);
			squares[2 * i + k] += y * y;
		}
	}
}

static void add_base(struct tally *tally, const chance_octet *seen, gsize n)
{
	add_octets(tally, seen, n);
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) static void add_avx2(struct tally *tally, const chance_octet *seen,
						     gsize n)
{
	add_octets(tally, seen, n);
}
#endif

void tally_add(struct tally *tally, const struct census *count, const struct ends *at, guint m)
{
	count_now(count, at, m, tally->now);
#if defined(__x86_64__)
	if (lanes_choose(LANES_AVX2) == LANES_AVX2) {
		add_avx2(tally, count->seen, octets(count));
		return;
	}
#endif
	add_base(tally, count->seen, octets(count));
}

static void tally_empty(struct tally *tally, const struct census *count)
{
	gsize size = octets(count) * sizeof *tally->now;
	memset(tally->sum, 0, size);
	memset(tally->fewer, 0, size);
	memset(tally->more, 0, size);
	memset(tally->squares, 0, 8 * octets(count) * sizeof *tally->squares);
}

void tally_init(struct tally *tally, const struct census *count)
{
	chance_octet **parts[] = { &tally->now, &tally->sum, &tally->fewer, &tally->more };
	for (guint i = 0; i < G_N_ELEMENTS(parts); i++)
		*parts[i] = kernel_alloc(octets(count), sizeof **parts[i]);
	tally->squares = kernel_alloc(octets(count), 8 * sizeof *tally->squares);
	tally_empty(tally, count);
}

void tally_clear(struct tally *tally)
{
	g_aligned_free(tally->now);
	g_aligned_free(tally->sum);
	g_aligned_free(tally->fewer);
	g_aligned_free(tally->more);
	g_aligned_free(tally->squares);
}

void tally_hand_in(struct tally *tally, const struct census *count, guint drawn)
{
	const gint32 *sum = (const gint32 *)tally->sum;
	const gint32 *fewer = (const gint32 *)tally->fewer;
	const gint32 *more = (const gint32 *)tally->more;
	for (gsize i = 0; i < table_cells(count); i++) {
		count->total[i].sum += sum[i];
		count->total[i].apart += (gint64)sum[i] * sum[i];
		count->total[i].shares += (gint64)drawn * sum[i];
		count->total[i].squares += (gint64)tally->squares[i];
		count->total[i].fewer += (guint)fewer[i];
		count->total[i].more += (guint)more[i];
	}
	tally_empty(tally, count);
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
	gsize vectors = (gsize)count->n * ((ask->n_inside + CHANCE_ABREAST - 1) / CHANCE_ABREAST);
	count->inside = kernel_alloc(vectors, sizeof *count->inside);
	memset(count->inside, 0xff, vectors * sizeof *count->inside);
	for (guint p = 0; p < ask->n_inside; p++) {
		chance_labels *of = count->inside + (gsize)count->n * (p / CHANCE_ABREAST);
		const int *group = ask->inside[p]->group;
		for (guint v = 0; v < count->n; v++)
			of[v][p % CHANCE_ABREAST] = group[v] < 0 ? ~(int)v : group[v];
	}
}

/* Of a group, or of what two share: ends of ties, and who has any.  Dealt out: places. */
struct side {
	double ends, members;
};

static void side_add(struct side *side, double ends)
{
	side->ends += ends;
	side->members += ends > 0;
}

/* More ties than these no network drawn has in a cell: pairs, and ends to make them of. */
static double most_ties(const struct side *a, const struct side *b, const struct side *x, guint m,
			bool permuted)
{
	double pairs = a->members * b->members - x->members * (x->members + 1) / 2;
	double ends = MIN(MIN(a->ends, b->ends), floor((a->ends + b->ends - x->ends) / 2));
	return MIN(pairs, permuted ? m : ends);
}

/*
 * Which cells are tested: by how many ends each group has and how many members have them,
 * which all networks drawn agree in, so that no lot decides it, nor how many ties there are.
 * None that has no room for CHANCE_LEAST ties; and few ties are told of where so many come
 * about when ends meet by lot, whoever they are.  Where groups are dealt out it is places
 * that they have, of which no two are one.
 */
static void find_tested(struct census *count, const struct net *net, bool permuted)
{
	guint cols = count->out->n_cols;
	g_autofree struct side *row = g_new0(struct side, count->height);
	g_autofree struct side *col = g_new0(struct side, count->width);
	g_autofree struct side *both = g_new0(struct side, table_cells(count));
	double all = 0, self = permuted ? 1 : 0;
	for (guint v = 0; v < net->n; v++) {
		double ends = permuted ? 1 : net_degree(net, v);
		side_add(&row[count->row[v] / count->width], ends);
		side_add(&col[count->col[v]], ends);
		side_add(&both[count->row[v] + count->col[v]], ends);
		all += ends;
	}
	for (gsize i = 0; i < (gsize)count->out->n_rows * cols; i++) {
		const struct side *a = &row[i / cols], *b = &col[i % cols];
		const struct side *x = &both[i / cols * count->width + i % cols];
		double either =
			2 * (a->ends * b->ends - self * x->ends) - x->ends * (x->ends - self);
		count->roomy[i] = most_ties(a, b, x, net->m, permuted) >= CHANCE_LEAST;
		count->promising[i] = count->roomy[i] &&
				      net->m * either >= CHANCE_LEAST * all * MAX(all - self, 1);
	}
}

/* As it is now: what the networks drawn are held against. */
static void observe(struct census *count, const struct net *net)
{
	struct chance *out = count->out;
	g_autofree struct ends *at = g_new(struct ends, MAX(net->m, 1));
	for (guint e = 0; e < net->m; e++)
		at[e] = (struct ends){ net->from[e], net->to[e] };
	count_now(count, at, net->m, count->seen);
	for (guint r = 0; r < out->n_rows; r++)
		for (guint c = 0; c < out->n_cols; c++)
			out->observed[chance_cell(out, r, c)] =
				((const guint *)count->seen)[census_cell(count, r, c)];
}

void census_init(struct census *count, const struct chance_ask *ask, const struct net *net,
		 bool permuted)
{
	guint rows = ask->inside ? ask->n_inside : ask->rows->n_groups;
	guint cols = ask->inside ? 1 : ask->cols->n_groups;
	*count = (struct census){ .ask = ask,
				  .out = chance_blank(rows, cols),
				  .n = net->n,
				  .width = ask->inside ? 1 : cols + 1,
				  .height = rows + 1,
				  .symmetric = !ask->inside && ask->rows == ask->cols,
				  .open = true };
	count->out->permuted = permuted;
	count->seen = kernel_alloc(octets(count), sizeof *count->seen);
	count->total = g_new0(struct chance_total, table_cells(count));
	count->promising = g_new0(bool, (gsize)rows *cols + 1);
	count->roomy = g_new0(bool, (gsize)rows *cols + 1);
	label_all(count);
	observe(count, net);
	if (!ask->inside)
		find_tested(count, net, permuted);
}

void census_clear(struct census *count)
{
	g_free(count->row);
	g_free(count->col);
	g_free(count->total);
	g_free(count->promising);
	g_free(count->roomy);
	g_aligned_free(count->inside);
	g_aligned_free(count->seen);
}
