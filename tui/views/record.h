#ifndef TUI_VIEWS_RECORD_H
#define TUI_VIEWS_RECORD_H

#include "tui/widgets/panes.h"

/*
 * The card of one record: pages side by side, as many as the width has room for.
 * A card says how its pages are filled and which keys are its own.
 */
struct record_card {
	enum kind kind;
	const char *place; /* N_(): of the list it belongs to */
	int weights[PANES_MAX];
	guint pages; /* at most; three where there are 160 columns */
	/* `own` is of begin(); its pages wait until that is all there. */
	void (*fill)(struct panes *panes, const struct world *world, guint index, const void *own);
	/*
	 * What the pages need of the whole network: made in pieces of some ms, until work() is
	 * false, so that no key waits for it.  NULL: nothing.
	 */
	void *(*begin)(const struct model *model);
	bool (*work)(void *own, const struct model *model);
	void (*end)(void *own);
	/* NULL: no keys but those that move and open. */
	bool (*act)(const struct view *view, struct app *app, const struct world *world,
		    enum action action, struct effects *effects);
	void (*done)(struct app *app, const struct world *world, const struct event *event);
};

void *record_new(const struct record_card *card);

/* The functions of a card's view_ops; it adds name, title, scopes and open. */
void record_free(void *state);
void record_refresh(struct view *view, struct app *app, const struct world *world);
bool record_update(struct view *view, struct app *app, const struct world *world,
		   const struct event *event, enum action action, struct effects *effects);
void record_draw(const struct view *view, const struct app *app, const struct world *world,
		 struct grid *grid, struct rect area);
char *record_place(const struct view *view, const struct world *world);
char *record_subject(const struct view *view, const struct world *world);
bool record_find(struct view *view, const struct world *world, const char *needle, int step,
		 struct effects *effects);
struct page *record_page(const struct view *view);
bool record_click(struct view *view, const struct world *world, struct rect area, int row, int col);
bool record_busy(const struct view *view);
struct panes *record_panes(const struct view *view);

/* clang-format off */
#define RECORD_VIEW .free = record_free, .refresh = record_refresh, .update = record_update, \
	.draw = record_draw, .place = record_place, .record = record_subject, .page = record_page, \
	.click = record_click, .find = record_find, .busy = record_busy
/* clang-format on */

#endif
