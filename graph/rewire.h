#ifndef GRAPH_REWIRE_H
#define GRAPH_REWIRE_H

#include "graph/kernel/pool.h"
#include "graph/net.h"

/*
 * A random network with the degrees of a given one, changed step by step: the ends
 * of two ties drawn by lot are switched (Maslov & Sneppen 2002).  A switch that would
 * make a loop or a second tie is not made and counts as a step all the same: only so
 * is every network with these degrees equally likely.
 */
struct ends {
	guint a, b;
};

struct rewire {
	guint n, m;
	struct ends *ends; /* m: as they are now */
	guint64 dice;

	/* The ties that exist: a bit a pair while that fits a processor's caches, else a set. */
	guint64 *bits; /* n x n, or NULL */
	guint64 *slots, mask;
	guint shift;
};

/* Equal net and seed, equal steps, on any machine. */
void rewire_init(struct rewire *rewire, const struct net *net, guint64 seed);
void rewire_release(struct rewire *rewire);

/* False when `watch` (may be NULL) stopped it; the network is a valid one all the same. */
bool rewire_stir(struct rewire *rewire, guint64 steps, struct watch *watch);

/* A whole number below `n` from the same random numbers. */
guint rewire_below(struct rewire *rewire, guint n);

#endif
