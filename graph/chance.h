#ifndef GRAPH_CHANCE_H
#define GRAPH_CHANCE_H

#include "graph/kernel/pool.h"
#include "graph/net.h"

/*
 * Ties between groups against chance: against networks in which every member has
 * as many partners as here, and with whom is drawn at random (rewire.h).  Below 20
 * ties there is too little to switch: there the groups are dealt out anew over the
 * members instead.
 *
 * Cell (r, c): ties with one end in group r of `rows` and the other in group c of
 * `cols`, each tie once.  With one partition for both it is symmetric.  Members
 * without a group count nowhere.
 */
struct chance {
	int refs;
	guint n_rows, n_cols;
	guint samples; /* networks drawn for this table */
	guint worth;   /* … and how many that know nothing of each other tell as much */
	bool permuted; /* groups were dealt out, ties stood */
	guint *observed;
	double *mean, *sd; /* over the samples */
	double *low;	   /* share of samples with at most so many, (1 + k) / (1 + samples) */
	double *high;	   /* … with at least so many */
	double *adjusted;  /* `low` after Benjamini & Hochberg (1995), see CHANCE_LEAST; 1 else */
	double *raised;	   /* `high` likewise; 1 where there are fewer than CHANCE_LEAST ties */
};

/*
 * Cells that can have fewer ties than this, by the ends and members of their groups, are not
 * tested; nor, for too few ties, those in which chance gives fewer: they cannot fall short,
 * and would only make the others' correction harder.  What chance gives is here reckoned from
 * how many ends of ties each group has.  So neither lot nor the ties that are decide it.
 */
#define CHANCE_LEAST 2.0

/* From this adjusted p on, at most, something is said to differ from chance. */
#define CHANCE_SURE .05

#define CHANCE_SAMPLES 1000 /* fewer, at least 200, where there are very many ties */

/*
 * A table to count: two partitions, or with `inside` only the ties inside groups, for
 * several partitions at once: there cell (i, 0) counts those whose two ends are in one
 * group of partition i.
 *
 * While the errors of the p leave open in which cells something differs from chance, as
 * many networks again are drawn for a table, up to `most` (0: none) and what is affordable:
 * nothing above 4,000 ties or members.
 */
#define CHANCE_MOST 16000
struct chance_ask {
	const struct partition *rows, *cols;
	const struct partition *const *inside;
	guint n_inside;
	guint most;
};

/*
 * All tables from the same networks: a table has the same numbers whatever else is
 * asked with it.  Equal net, groups and seed give equal numbers on any machine and any
 * number of threads.  False with TELAR_ERROR_CANCELLED, and `out` (n) untouched.
 */
bool chance_draw(const struct net *net, const struct chance_ask *asks, guint n, guint64 seed,
		 guint samples, struct chance **out, const struct kernel_run *run, GError **error);

/* One with all numbers 0, to be filled. */
struct chance *chance_blank(guint rows, guint cols);
struct chance *chance_ref(struct chance *chance);
void chance_unref(struct chance *chance); /* NULL accepted */

static inline gsize chance_cell(const struct chance *chance, guint row, guint col)
{
	return (gsize)row * chance->n_cols + col;
}

/* Whether the adjusted p of so few ties is CHANCE_SURE at most, its own error included. */
bool chance_is_sure(const struct chance *chance, gsize cell);

/* (observed - mean) / sd, NAN where chance always gives the same. */
double chance_z(const struct chance *chance, gsize cell);

#endif
