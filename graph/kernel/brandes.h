#ifndef GRAPH_KERNEL_BRANDES_H
#define GRAPH_KERNEL_BRANDES_H

#include "graph/kernel/csr.h"
#include "graph/kernel/pool.h"

/*
 * Inside the kernel of betweenness only: Brandes's algorithm from LANES sources
 * at once, one in each lane of a row of doubles, in two steps.
 *
 * First breadth-first searches with a bit a source, which find the arcs of shortest
 * paths: an edge, and the sources that its one end is a step nearer to.  Then counts and
 * gains go over these arcs alone, one after another, whoever's they are: with s paths to
 * v and t(w) the weight of target w, the gain of v is t(v)/s(v) plus the gains of those
 * one step farther, and its dependency s(v) times those.  Once the gain of v is whole
 * nobody asks for its paths again, so it takes their place; until then it lies in a few
 * rows that go from one group of entries to the next.
 */
enum { LANES = 16, ROW = LANES * sizeof(double), GROUP = 128 };

/* A place and the sources that are at one distance from it. */
struct entry {
	guint place, lanes;
};

/* Side by side, as each is written by itself; in the order of their entries. */
struct arcs {
	guint *entry;	/* the nearer end */
	guint *slot;	/* the farther end, as a slot among the graph's neighbours */
	guint16 *lanes; /* of the sources */
};

struct brandes {
	const struct arranged *graph;
	guint first, end;     /* places of the component searched */
	const double *weight; /* by place: what it counts as a target */
	guint source[LANES], count;
	double source_weight[LANES]; /* what a lane's dependencies count */
	double square_weight[LANES]; /* … and their squares times this, 0 for an idle lane */
	bool scaled;		     /* linear scaling, for samples */
	struct watch *watch;

	/* Where dependencies are added; by place, by edge; NULL: not wanted. */
	double *vertices, *squares, *edges;

	/* A worker's memory. */
	guint16 *seen, *next; /* by place, a bit a lane: the sources that reached it, and do next */
	double *rows;	      /* by place: shortest paths from the sources, and then gains */
	double *gain;	      /* GROUP rows, by entry: what those one step farther handed on */
	struct entry *entries; /* by distance, from the sources on */
	struct arcs arcs;
	guint n_entries, n_arcs;
	gsize entry_room, arc_room;
	GArray *levels; /* struct level, by distance */
};

/* Where the entries at a distance begin, and the arcs from there to the next. */
struct level {
	guint entry, arc;
};

void brandes_init(struct brandes *brandes, const struct arranged *graph, const double *weight);
void brandes_release(struct brandes *brandes);

/* The first step alone: entries, arcs, levels.  False after a cancel. */
bool brandes_search(struct brandes *brandes);

/*
 * Adds the dependencies of the lanes' sources, all in the component that `first` and
 * `end` name.  Incomplete after a cancel.
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
