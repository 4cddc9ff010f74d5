#ifndef GRAPH_CHANCE_PRIVATE_H
#define GRAPH_CHANCE_PRIVATE_H

#include "graph/chance.h"
#include "graph/rewire.h"

/* Inside graph/chance*.c only. */

#define CHANCE_ABREAST 4 /* partitions that are compared at once */
typedef gint32 chance_labels __attribute__((vector_size(CHANCE_ABREAST * sizeof(gint32))));
typedef gint32 chance_octet __attribute__((vector_size(8 * sizeof(gint32))));

/* What was counted of a cell in all networks drawn by now. */
struct chance_total {
	gint64 sum, squares;
	gint64 apart, shares; /* sums of each chain squared, and times its networks */
	guint fewer, more;    /* networks with fewer ties there than are, with more */
};

/* What is counted for one table, in cells of groups and of whoever has none, `height` x `width`. */
struct census {
	const struct chance_ask *ask;
	struct chance *out;
	guint n;
	guint *row, *col;      /* n: groups, no group as the last one; rows by where they begin */
	chance_labels *inside; /* instead, where only that is asked: n for each CHANCE_ABREAST
				  partitions; whoever has no group is in one alone, below 0 */
	guint width, height;
	bool symmetric; /* counted in the upper half alone */
	bool open;	/* goes on being counted */
	double worth;	/* of a network drawn, against one that knows nothing of the others */
	chance_octet *seen;
	struct chance_total *total;
	bool *promising; /* cells of `out` that can fall short, see find_tested() */
	bool *roomy;	 /* … that can have CHANCE_LEAST ties */
};

/* Of one chain, cells in octets. */
struct tally {
	chance_octet *now, *sum, *fewer, *more;
	double *squares; /* whole numbers, and exact up to 2^53 */
};

/* `permuted`: groups are dealt out, ties stand. */
void census_init(struct census *count, const struct chance_ask *ask, const struct net *net,
		 bool permuted);
void census_clear(struct census *count); /* all but `out` */
void tally_init(struct tally *tally, const struct census *count);
void tally_clear(struct tally *tally);
/* One network more, whose `m` ties are as `at` says. */
void tally_add(struct tally *tally, const struct census *count, const struct ends *at, guint m);
/* What a chain has counted in so many networks goes to the total, and it begins anew at 0. */
void tally_hand_in(struct tally *tally, const struct census *count, guint drawn);

/* Where cell (r, c) is counted. */
static inline gsize census_cell(const struct census *count, guint row, guint col)
{
	return count->symmetric ? (gsize)MIN(row, col) * count->width + MAX(row, col)
				: (gsize)row * count->width + col;
}

/* Mean, p and what else follows from the total after out->samples networks. */
void census_conclude(struct census *count);
/* Whether more networks are unlikely to change in which cells something differs from chance. */
bool census_is_settled(const struct census *count);

#endif
