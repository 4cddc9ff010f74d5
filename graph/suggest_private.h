#ifndef GRAPH_SUGGEST_PRIVATE_H
#define GRAPH_SUGGEST_PRIVATE_H

#include "graph/suggest.h"
#include "graph/work.h"

/*
 * Pairs of territories with a tie, and pairs of sectors in a territory: a bit each, unless
 * that were too many.
 */
struct meetings {
	guint places, sectors;
	guint64 *bits;
	GHashTable *many;
};

/* What somebody offers or needs now. */
struct ware {
	guint capacity; /* equal ones as equal numbers */
	const char *const *lines;
};

/* Of all vertices: of[start[v]] .. of[start[v + 1] - 1]. */
struct wares {
	guint *start;
	struct ware *of;
};

/* Between suggest.c, backtest.c and G18: what scoring a pair looks at. */
struct suggester {
	struct study *study;
	const struct net *net;
	struct date before; /* programmes from then on do not count; unset: all do */
	const struct traits *traits;
	double *apart; /* sectors x sectors: how far they meet less than chance gives, in [0, 1] */
	struct meetings met;
	struct wares offers, needs;
	GArray **hosts; /* capacity -> vertices that offer it */
	guint capacities;
	double weight[SUGGEST_PARTS];
	double *worth; /* n: of a common partner, the less busy the more */
	guint *start;  /* n + 1 */
	guint *places; /* the territories that vertex v lists: start[v] .. start[v + 1] - 1 */
};

bool suggester_init(struct suggester *suggester, struct study *study, struct date before,
		    GError **error);
void suggester_release(struct suggester *suggester);

/* Parts and score of two vertices, tied or not; the introducer is left open. */
void suggester_score(const struct suggester *suggester, guint a, guint b, struct suggestion *out);
/* The same when it is known what their common partners are worth together. */
void suggester_score_with(const struct suggester *suggester, guint a, guint b, double common,
			  struct suggestion *out);
/* Whether a programme counts: all do, or those that began before a day. */
bool suggester_counts(const struct suggester *suggester, guint programme);
/* As others know it: institutions for vertices, and who could introduce. */
void suggestion_hand_over(const struct net *net, struct suggestion *one);

/*
 * The best, with vertices for institutions, best first; for the present without those
 * that are settled as gaps.
 */
GArray *suggester_list(const struct suggester *suggester, const struct suggest_options *options,
		       GError **error);

#endif
