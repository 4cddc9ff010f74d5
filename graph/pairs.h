#ifndef GRAPH_PAIRS_H
#define GRAPH_PAIRS_H

#include "graph/work.h"

/*
 * What two institutions share, tied or not (Liben-Nowell & Kleinberg 2007), from
 * the partners that both have.  O(degrees).
 */
struct pair {
	guint common;	 /* partners of both */
	double adamic;	 /* sum of 1/ln(degree) over them (Adamic & Adar 2003) */
	double resource; /* sum of 1/degree over them (Zhou, Lü & Zhang 2009) */
	double jaccard;	 /* them, of the partners of either but for the two; NAN without any */
};
struct pair pair_of(const struct net *net, guint a, guint b);

/* The `resource` of the ends of each tie, in edge order. */
const double *study_resource(struct study *study);

/* The common partners of two vertices, ascending, one by one. */
struct common {
	const guint *a, *a_end, *b, *b_end;
};

static inline struct common common_begin(const struct net *net, guint a, guint b)
{
	return (struct common){ net->neighbour + net->start[a], net->neighbour + net->start[a + 1],
				net->neighbour + net->start[b],
				net->neighbour + net->start[b + 1] };
}

static inline bool common_next(struct common *at, guint *vertex)
{
	while (at->a < at->a_end && at->b < at->b_end) {
		guint x = *at->a, y = *at->b;
		at->a += x <= y;
		at->b += y <= x;
		if (x != y)
			continue;
		*vertex = x;
		return true;
	}
	return false;
}

#endif
