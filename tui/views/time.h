#ifndef TUI_VIEWS_TIME_H
#define TUI_VIEWS_TIME_H

#include "graph/chronicle.h"
#include "tui/widgets/page.h"

/* What began and what ended in a year, and what was published of it. */
void time_write_year(struct page *page, const struct world *world,
		     const struct chronicle *chronicle, const GPtrArray *figures, int year,
		     int columns);
/* What is new, kept and lost between two years, the earlier first. */
void time_write_compared(struct page *page, const struct world *world,
			 const struct chronicle *chronicle, int from, int to, int columns);
/* Figures that were published more than once, as they grew. */
void time_write_figures(struct page *page, const struct world *world, const GPtrArray *figures,
			int columns);

#endif
