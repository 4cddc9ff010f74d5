#ifndef GRAPH_GAPS_KIN_H
#define GRAPH_GAPS_KIN_H

#include "graph/work.h"

/*
 * What one member shares with others, one after another: what it lists and whom it works
 * with is marked once, so that each other costs no more than what that one lists.
 */
struct kin {
	struct study *study;
	int of;		    /* the vertex that is marked, or -1 */
	bool *partner;	    /* n */
	bool *programme;    /* by model index */
	bool *word[TRAITS]; /* by number */
};

void kin_init(struct kin *kin, struct study *study);
void kin_release(struct kin *kin);
/* From now on it is about this one. */
void kin_turn(struct kin *kin, guint v);

/*
 * What it shares with v, as a number to choose by: territory 3, country 2, a programme 2,
 * each thematic line 1 up to 2.
 */
double kin_affinity(const struct kin *kin, guint v);
/*
 * One is a part of the other, as its name says: "Institute for Education, Tecnológico de
 * Monterrey", "Siemens Stiftung (Chile)".  To introduce such two to each other would make people
 * laugh.
 */
bool net_same_house(const struct net *net, guint u, guint v);
/* Whether they have a common partner. */
bool kin_is_near(const struct kin *kin, guint v);
/* Affinity, a common partner, and a little for being connected: how soon they could meet. */
double kin_promise(const struct kin *kin, guint v);
/* The same of what affinity is known, `near`: as if they had a common partner, or had none. */
double kin_promise_with(const struct kin *kin, guint v, double affinity, bool near);

#endif
