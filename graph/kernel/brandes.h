#ifndef GRAPH_KERNEL_BRANDES_H
#define GRAPH_KERNEL_BRANDES_H

#include "graph/kernel/frontier.h"
#include "graph/kernel/pool.h"

/*
 * Inside the kernel of betweenness only: Brandes's algorithm from LANES sources
 * at once, one in each lane of a row of doubles, level by level.
 *
 * A level writes only after it has read everything, so no lane ever asks how far
 * away a neighbour is: forward, an unreached lane of v adds up the path counts of
 * its neighbours, and those that have one are one level nearer; backward, the
 * gains of farther levels are the only ones there are.  With s paths to v and t(w)
 * the weight of target w, the gain of v is t(v)/s(v) plus the gains of its
 * neighbours one level farther, and its dependency s(v) times those.
 */
enum { LANES = 8, ROW = LANES * sizeof(double) };

struct brandes {
	struct frontier frontier;
	const double *weight; /* by place: what it counts as a target */
	guint source[LANES], count;
	double source_weight[LANES]; /* what a lane's dependencies count */
	double square_weight[LANES]; /* … and their squares times this, 0 for an idle lane */
	bool scaled;		     /* linear scaling, for samples */
	struct watch *watch;

	/* Where dependencies are added; by place, by edge; NULL: not wanted. */
	double *vertices, *squares, *edges;

	/* A worker's memory. */
	double *paths; /* rows by place: shortest paths from the sources */
	double *gain;  /* rows by place */
	guint16 *away; /* LANES by place: how far from the sources; NULL without edges */
	double *fresh; /* rows by entry: what a level found, later its gain */
	guint *entry;  /* places; level after level */
	guint n_entries, room;
	GArray *levels; /* guint: where each level's entries begin, and the end */
};

void brandes_init(struct brandes *brandes, const struct arranged *graph, const double *weight);
void brandes_release(struct brandes *brandes);

/*
 * Adds the dependencies of the lanes' sources, all in the component that
 * frontier.first and .end name.  Incomplete after a cancel.
 */
void brandes_base(struct brandes *brandes);
#if defined(__x86_64__)
void brandes_avx2(struct brandes *brandes);
void brandes_avx512(struct brandes *brandes);
#endif

/*
 * The same for one lane with path counts that have their own exponent: for graphs
 * with more shortest paths than a double can count, as ladders have.
 */
void brandes_huge(struct brandes *brandes, guint lane);

/* What a target counts at this distance, and what the dependency there is taken times. */
static inline double scale_target(bool scaled, guint distance)
{
	return scaled && distance > 0 ? 1.0 / distance : 1;
}

static inline double scale_vertex(bool scaled, guint distance)
{
	return scaled ? distance : 1;
}

/* For an edge that leads from this distance to the next: it lies half a step on. */
static inline double scale_edge(bool scaled, guint distance)
{
	return scaled ? distance + 0.5 : 1;
}

#endif
