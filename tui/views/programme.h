#ifndef TUI_VIEWS_PROGRAMME_H
#define TUI_VIEWS_PROGRAMME_H

#include "tui/views/carry.h"
#include "tui/widgets/page.h"

/* "2023–2025", "2023", "2023–"; "" without dates.  Caller frees. */
char *programme_years(const struct programme *programme);

/* What matters most about a programme, for `columns` columns: when, money, what it carries. */
void programme_write(struct page *page, const struct world *world, const struct carry *carry,
		     guint programme, int columns);

#endif
