#ifndef TUI_VIEWS_TALLY_H
#define TUI_VIEWS_TALLY_H

#include "data/filter.h"

/*
 * Who is where: members, sectors and ties of every territory, counting the
 * institutions that pass a filter.  Ties inside join two of its members, outside
 * one of them with somebody else.
 */
struct tally {
	guint n;
	guint *members, *inside, *outside;
	guint *sectors;		  /* how many different ones */
	guint n_sectors;	  /* of the vocabulary */
	guint *by_sector;	  /* n x n_sectors: members */
	guint institutions, ties; /* counted so far */
	bool *passes;		  /* of institutions, while it counts */
};

/* Counts everything; tally_begin() nothing yet. */
struct tally *tally_new(const struct model *model, const struct filter *filter);
struct tally *tally_begin(const struct model *model);
/* Counts some ms on; false: all is counted. */
bool tally_work(struct tally *tally, const struct model *model, const struct filter *filter);
void tally_free(struct tally *tally);

#endif
