#ifndef GRAPH_REWIRE_H
#define GRAPH_REWIRE_H

#include "graph/kernel/pool.h"
#include "graph/net.h"

/*
 * A random network with the degrees of a given one, changed round by round: in a round
 * ties are paired by lot, each with one other, and the ends of every pair are switched
 * one way or the other (global edge switching: Allendorf, Meyer, Penschuck & Tran 2023).
 * A switch that would make a loop or a second tie is not made, and one in 64 is left out
 * by lot: so a step back is as likely as the step, and every network with these degrees
 * equally likely.
 */
struct ends {
	guint a, b;
};

struct rewire {
	guint n, m;
	struct ends *ends;  /* m, with room around them: as they are now */
	struct ends *after; /* likewise: as the round leaves them */
	guint64 dice;
	guint64 tried, made; /* switches since the beginning */

	/* The ties that exist: a bit a pair while that fits a processor's caches, else a set. */
	guint64 *bits; /* n x n, or NULL */
	guint64 *slots, mask;
	guint shift;
};

/* Equal net and seed, equal rounds, on any machine. */
void rewire_init(struct rewire *rewire, const struct net *net, guint64 seed);
void rewire_release(struct rewire *rewire);

/* False when `watch` (may be NULL) stopped it; what is there then is good for nothing. */
bool rewire_stir(struct rewire *rewire, guint rounds, struct watch *watch);

/* A whole number below `n` from the same random numbers. */
guint rewire_below(struct rewire *rewire, guint n);

#endif
