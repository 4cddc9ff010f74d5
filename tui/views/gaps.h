#ifndef TUI_VIEWS_GAPS_H
#define TUI_VIEWS_GAPS_H

#include "tui/widgets/page.h"

/* The card of one gap; its subject is the gap's id. */
extern const struct view_ops view_gap;

/* A gap of the present study by id, those out of sight too, or NULL.  Valid for one call. */
const struct gap *gap_of(const struct world *world, const char *id);

enum style gap_style(double severity);

/*
 * What a gap says, for `columns` columns: first what to do next, then why with the
 * evidence and who could be brought together.  `whole`: everything, each name on a
 * line of its own, and what its severity means; else short, for a pane.
 */
void gap_write(struct page *page, const struct world *world, const struct gap *gap, int columns,
	       bool whole);

/* "INNOVEC with UNAL, introduced by Siemens Stiftung".  Caller frees. */
char *gap_pair_text(const struct world *world, const struct candidate *candidate);

/* A list of gaps under a title, `most` of them at most; nothing where there are none. */
void gaps_write(struct page *page, const char *title, const GPtrArray *gaps, enum style style,
		int columns, guint most);

#endif
