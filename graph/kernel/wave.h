#ifndef GRAPH_KERNEL_WAVE_H
#define GRAPH_KERNEL_WAVE_H

#include "graph/kernel/frontier.h"
#include "graph/kernel/pool.h"

/*
 * Inside the kernel of distances only: breadth-first searches from many sources
 * at once, a bit a source (multi-source BFS, Then et al. 2014).  As the graph is
 * undirected, the sources that newly reach v at distance d are also those that v
 * sees at distance d: counting them at v needs no look at single bits.
 */
enum { WAVE_SOURCES = 512, WAVE_BYTES = WAVE_SOURCES / 8 };

/*
 * Sums of 1/d in fixed point, so that they are the same in whatever order they
 * are made: units of 2^-32 and, for the rest, of 2^-64.
 */
struct far {
	guint64 coarse, fine;
	guint64 sum;
	guint most;
};

struct wave {
	struct frontier frontier;
	guint source, count; /* places that are sources */
	struct watch *watch;

	/* A worker's memory, by place. */
	guint64 *seen[2];  /* WAVE_BYTES each: the sources that reached it, before and after a level
			    */
	guint *changed[2]; /* lists of places, the same */
	struct far *far;
	guint *within_two, *within_three;
};

void wave_base(struct wave *wave);
#if defined(__x86_64__)
void wave_avx2(struct wave *wave);
void wave_avx512(struct wave *wave);
#endif

#endif
