#ifndef GRAPH_SUGGEST_H
#define GRAPH_SUGGEST_H

#include "graph/study.h"

/*
 * Pairs of members who do not work together and could: a sum of parts, each in
 * [0, 1], times the part's weight; the weights add up to 1.  Being at the edge
 * counts on purpose: what recommends by ties alone only makes those who have many
 * have more.
 */
enum suggest_part {
	SUGGEST_COMMON,	   /* common partners, the less busy the better (Adamic & Adar 2003) */
	SUGGEST_EXCHANGE,  /* one offers what the other needs */
	SUGGEST_SHARED,	   /* programmes and thematic lines of both */
	SUGGEST_SECTORS,   /* their sectors meet less than chance gives */
	SUGGEST_TERRITORY, /* their sectors do not meet here, or their territories not at all */
	SUGGEST_EDGE,	   /* one of them has few partners or none */
	SUGGEST_PARTS
};

struct suggestion {
	guint a, b;	/* model indices, a < b */
	int introducer; /* model index, or -1 */
	double score;
	double part[SUGGEST_PARTS];
	int place; /* a territory of both where their sectors do not meet (group), or -1 */
};

/* The share of a part in the score, as the network's settings have it; they add up to 1. */
double suggest_weight(const struct model *model, enum suggest_part part);
const char *suggest_label(enum suggest_part part); /* translated */

/*
 * The best, at most `limit`, best first, of at most `per_member` for any member;
 * `member` (model index) only those with it, which has no such limit; -1 all.
 * Those that are proposed in an entry, or whose gap "G18:a:b" was dismissed, closed or put
 * off, are left out.  Looked
 * at: pairs with a common partner, programme or territory, and offers with needs.
 * Array of struct suggestion, caller frees; NULL when cancelled.
 */
struct suggest_options {
	int member;
	guint limit, per_member;
};
GArray *study_suggest(struct study *study, const struct suggest_options *options, GError **error);

/* Why these two, on one line, the strongest parts first.  Caller frees. */
char *suggestion_text(struct study *study, const struct suggestion *suggestion);

/*
 * What suggestions from before a day were worth: the ties stated to have begun
 * since are taken out, suggestions are made, and counted how many of the first ten
 * came true; and how often a tie that came true scores higher than a pair without
 * one (AUC).  Beside it the same for preferential attachment (product of the
 * numbers of partners).  The day is a year ago, or as many years as it takes for
 * ten ties to have begun.  False in `possible` when there are not ten in ten years.
 */
struct backtest {
	bool possible;
	struct date since;
	guint begun; /* ties that began since */
	double precision, auc;
	double plain_precision, plain_auc; /* of preferential attachment */
};
bool study_backtest(struct study *study, struct backtest *out, GError **error);

#endif
