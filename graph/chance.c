/*
 * What follows from counts in random networks: expected ties, p, its correction for the
 * number of cells, and whether enough was drawn to tell.  Drawing is chance_draw.c's;
 * what a shortfall means, gaps/.
 */
#include "graph/chance_private.h"

#include <math.h>

/* Standard errors of a p to either side, within which it may lie … */
#define SPREADS 3 /* … for more networks to be drawn */
#define DOUBTS	2 /* … for doubt to be told */

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

/* The lower half of a symmetric table is the upper one. */
static void mirror(const struct chance *chance, double *numbers)
{
	for (guint r = 0; r < chance->n_rows; r++)
		for (guint c = 0; c < r; c++)
			numbers[chance_cell(chance, r, c)] = numbers[chance_cell(chance, c, r)];
}

/*
 * `p` of few ties, or of many, after Benjamini & Hochberg (1995) into `adjusted`: each cell
 * once, of a symmetric table the upper half; those that are not tested stay at 1.  A cell
 * with fewer than CHANCE_LEAST ties has no habit of meeting, whatever chance gives: for many
 * its p is 1, but it counts among those tested, as what is must not choose what is tested.
 */
static void adjust(const struct census *count, bool few, const double *p, double *adjusted)
{
	const struct chance *out = count->out;
	const bool *is_tested = few ? count->promising : count->roomy;
	g_autoptr(GArray) list = g_array_new(FALSE, FALSE, sizeof(struct tested));
	guint n = 0;
	for (guint r = 0; r < out->n_rows; r++)
		for (guint c = count->symmetric ? r : 0; c < out->n_cols; c++) {
			struct tested one = { chance_cell(out, r, c), p[chance_cell(out, r, c)] };
			adjusted[one.cell] = 1;
			n += is_tested[one.cell];
			if (is_tested[one.cell] && (few || out->observed[one.cell] >= CHANCE_LEAST))
				g_array_append_val(list, one);
		}
	g_array_sort(list, by_p);
	double least = 1;
	for (guint i = list->len; i-- > 0;) {
		const struct tested *one = &g_array_index(list, struct tested, i);
		least = MIN(least, one->p * n / (i + 1));
		adjusted[one->cell] = least;
	}
	if (count->symmetric)
		mirror(out, adjusted);
}

void census_conclude(struct census *count)
{
	struct chance *out = count->out;
	double samples = MAX(out->samples, 1);
	for (guint r = 0; r < out->n_rows; r++)
		for (guint c = 0; c < out->n_cols; c++) {
			const struct chance_total *of = &count->total[census_cell(count, r, c)];
			gsize cell = chance_cell(out, r, c);
			double mean = (double)of->sum / samples;
			double variance = (double)of->squares / samples - mean * mean;
			out->mean[cell] = mean;
			out->sd[cell] = sqrt(MAX(variance, 0) * samples / MAX(samples - 1, 1));
			out->low[cell] = (1.0 + out->samples - of->more) / (1 + samples);
			out->high[cell] = (1.0 + out->samples - of->fewer) / (1 + samples);
		}
	adjust(count, true, out->low, out->adjusted);
	adjust(count, false, out->high, out->raised);
}

/* Between what a share may lie that was found in the networks drawn (Wilson 1927). */
static void limits(const struct chance *chance, double p, double errors, double *least,
		   double *most)
{
	double n = MAX(chance->worth, 1), drawn = MAX(chance->samples, 1), square = errors * errors;
	double found = (p * (1 + drawn) - 1) / drawn * n;
	double middle = (found + square / 2) / (n + square);
	double half = errors / (n + square) * sqrt(found * (n - found) / n + square / 4);
	*least = MAX(middle - half, 0);
	*most = MIN(middle + half, 1);
}

/*
 * Whether the same cells come out for the least and for the most that every p may be: no
 * choice in between can then give others (Gandy & Hahn 2014).
 */
static bool is_settled(const struct census *count, bool few)
{
	const struct chance *out = count->out;
	const double *p = few ? out->low : out->high;
	gsize cells = (gsize)out->n_rows * out->n_cols;
	g_autofree double *memory = g_new(double, 4 * cells + 1);
	double *least = memory, *most = memory + cells;
	double *if_least = memory + 2 * cells, *if_most = memory + 3 * cells;
	for (gsize i = 0; i < cells; i++)
		limits(out, p[i], SPREADS, &least[i], &most[i]);
	adjust(count, few, least, if_least);
	adjust(count, few, most, if_most);
	for (gsize i = 0; i < cells; i++)
		if ((if_least[i] <= CHANCE_SURE) != (if_most[i] <= CHANCE_SURE))
			return false;
	return true;
}

bool census_is_settled(const struct census *count)
{
	return is_settled(count, true) && is_settled(count, false);
}

bool chance_is_sure(const struct chance *chance, gsize cell)
{
	double p = chance->low[cell], least, most;
	limits(chance, p, DOUBTS, &least, &most);
	return chance->adjusted[cell] * most / p <= CHANCE_SURE;
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
