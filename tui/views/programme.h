#ifndef TUI_VIEWS_PROGRAMME_H
#define TUI_VIEWS_PROGRAMME_H

#include "tui/views/carry.h"
#include "tui/widgets/page.h"

/* "2023–2025", "2023", "2023–"; "" without dates.  Caller frees. */
char *programme_years(const struct programme *programme);

/* What matters most about a programme, for `columns` columns: when, money, what it carries. */
void programme_write(struct page *page, const struct world *world, const struct carry *carry,
		     guint programme, int columns);

/* programme_people.c: everybody who has to do with it, once, with all that they do in it. */
void programme_people(struct page *page, const struct world *world,
		      const struct programme *programme, int columns);
/* An institution and a note (NULL: none); the card of `page` has `columns` columns. */
void programme_line(struct page *page, const struct world *world, const char *id, const char *note,
		    int columns);
/* What a name may take of a line that a note ends: all that the note leaves. */
int programme_name_room(const char *note, int columns, int least);

#endif
