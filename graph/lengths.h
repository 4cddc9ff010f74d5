#ifndef GRAPH_LENGTHS_H
#define GRAPH_LENGTHS_H

#include "graph/work.h"

/*
 * Distances where a tie is as long as 1/weight (Newman 2001; Brandes 2008; Opsahl,
 * Agneessens & Skvoretz 2010 with alpha 1): 1 for awareness and for what states no
 * intensity, 1/2 cooperation, 1/3 coordination, 1/4 integration.  So nothing is farther
 * than in steps, and a network that states no intensity has the distances it has in
 * steps.  The shortest chain is the one of least length, however many ties it has.
 */
struct lengths {
	guint n;
	double *harmonic; /* n: sum of 1/length to all others that can be reached */
	double *farthest; /* n: the largest length to one of them, 0 for an isolate */
	double pairs;	  /* unordered pairs that are connected */
	double total;	  /* sum of lengths over them */
	double inverse;	  /* sum of 1/length over them */
};

struct lengths *lengths_blank(guint n); /* all 0, to be filled; held as work.h says */

/*
 * Betweenness of members and ties over the chains of least length.  O(n m log n) by
 * igraph, which looks whether the study is cancelled; NULL with TELAR_ERROR_USAGE where
 * that would take minutes.
 */
struct between *between_by_length(struct study *study, GError **error);

/* What the rows of measures ask of distances, as the net counts them; by lengths as above. */
struct ways {
	double mean, efficiency, diameter; /* NAN where there is none */
	const struct spans *steps;	   /* or … */
	const struct lengths *lengths;
};
bool study_ways(struct study *study, struct ways *out, GError **error);
double ways_harmonic(const struct ways *ways, guint v);
double ways_farthest(const struct ways *ways, guint v);

#endif
