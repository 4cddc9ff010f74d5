#ifndef GRAPH_USUAL_H
#define GRAPH_USUAL_H

#include <glib.h>

/*
 * Which sectors a territory may be expected to have: those that at least USUAL_SHARE
 * of the territories with USUAL_LARGE or more members have.  What is seldom anywhere is
 * not missed in one place.
 */
#define USUAL_LARGE 3
#define USUAL_SHARE .25

/*
 * Into `usual`, by sector, the share of those territories that have it.  `members` by
 * territory; `by_sector`: territories x sectors, members.
 */
void sectors_usual(const guint *members, const guint *by_sector, guint territories, guint sectors,
		   double *usual);

#endif
