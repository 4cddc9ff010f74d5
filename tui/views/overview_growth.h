#ifndef TUI_VIEWS_OVERVIEW_GROWTH_H
#define TUI_VIEWS_OVERVIEW_GROWTH_H

#include "tui/widgets/page.h"

/* How the number of ties grew by year, as far as ties say since when they are; `plain`: in
 * numbers. */
void section_growth(struct page *page, const struct world *world, bool plain, int columns);

#endif
