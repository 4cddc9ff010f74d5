#ifndef TUI_VIEWS_CARD_H
#define TUI_VIEWS_CARD_H

#include "tui/widgets/page.h"

/*
 * Sections of cards and details panes: each adds its lines to a page of `columns`
 * columns, or nothing where there is nothing to say.
 */
void card_title(struct page *page, const char *name, const char *below);
/* The plain fields of a record, from its table. */
void card_facts(struct page *page, const struct world *world, const struct record_type *type,
		const void *record, int columns);
/* The same of an item of a record. */
void card_item_facts(struct page *page, const struct world *world, const struct record_type *type,
		     const void *item, int columns);
void card_partners(struct page *page, const struct world *world, guint institution, int columns);
/* What the network says about an institution: `most` measures in sentences. */
void card_says(struct page *page, const struct world *world, guint institution, guint most,
	       int columns);
void card_exchange(struct page *page, const struct world *world, guint institution, int columns);
void card_memberships(struct page *page, const struct world *world, guint institution);
void card_programmes(struct page *page, const struct world *world, guint institution, int columns);
struct tally;
/* Present and absent sectors of a territory, a bar each: "nobody from business" is seen at once. */
void card_coverage(struct page *page, const struct world *world, const struct tally *tally,
		   guint territory, int columns);
/* Gaps that name an institution or a territory (model index, the other -1). */
void card_gaps(struct page *page, const struct world *world, int institution, int territory,
	       guint most, int columns);
void card_history(struct page *page, const struct world *world, enum kind kind, const char *id,
		  guint most);

/* ▁▃▅█ for awareness … integration, · for what nobody says. */
const char *intensity_glyph(int intensity);
/* ✓ confirmed, ? claimed, … waiting for an answer, ! disputed, + proposed, × denied; and the style
 * that goes with it. */
const char *tie_state_glyph(enum tie_state state, enum style *style);

/* How many changes the world knows; 0 also where there is no history. */
guint history_length(const struct world *world);
/* "14:02" of today, else the date; local time. */
char *change_time(const struct change *change, struct date today);
bool change_touches(const struct change *change, enum kind kind, const char *id);

#endif
