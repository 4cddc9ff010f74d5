#ifndef GRAPH_CHANCE_H
#define GRAPH_CHANCE_H

#include "graph/kernel/pool.h"
#include "graph/net.h"

/*
 * Ties between groups against chance: against networks in which every member has
 * as many partners as here, and with whom is drawn at random (switching the ends
 * of pairs of ties; Maslov & Sneppen 2002).  Below 20 ties there is too little to
 * switch: there the groups are dealt out anew over the members instead.
 *
 * Cell (r, c): ties with one end in group r of `rows` and the other in group c of
 * `cols`.  With one partition for both it is symmetric and each tie counts once;
 * with two, a tie counts for either end as the row.  Members without a group count
 * nowhere.
 */
struct chance {
	int refs;
	guint n_rows, n_cols;
	guint samples; /* networks drawn */
	bool permuted; /* groups were dealt out, ties stood */
	guint *observed;
	double *mean, *sd; /* over the samples */
	double *low;	   /* share of samples with at most so many, (1 + k) / (1 + samples) */
	double *high;	   /* … with at least so many */
	double *adjusted;  /* `low` after Benjamini & Hochberg (1995), see CHANCE_LEAST; 1 else */
};

/*
 * Cells in which chance gives fewer ties than this are not tested: they cannot fall
 * short, and would only make the others' correction harder.
 */
#define CHANCE_LEAST 2.0

#define CHANCE_SAMPLES 1000 /* fewer, at least 200, where there are very many ties */

/*
 * Equal net, groups and seed give equal numbers on any machine and any number of
 * threads.  NULL with TELAR_ERROR_CANCELLED.
 */
struct chance *chance_new(const struct net *net, const struct partition *rows,
			  const struct partition *cols, guint64 seed, guint samples,
			  const struct kernel_run *run, GError **error);
/*
 * Only the ties inside groups, for several partitions at once: cell (i, 0) counts
 * those whose two ends are in one group of partition i.
 */
struct chance *chance_inside_new(const struct net *net, const struct partition *const *partitions,
				 guint n, guint64 seed, guint samples, const struct kernel_run *run,
				 GError **error);
struct chance *chance_ref(struct chance *chance);
void chance_unref(struct chance *chance); /* NULL accepted */

static inline gsize chance_cell(const struct chance *chance, guint row, guint col)
{
	return (gsize)row * chance->n_cols + col;
}

/* (observed - mean) / sd, NAN where chance always gives the same. */
double chance_z(const struct chance *chance, gsize cell);

#endif
