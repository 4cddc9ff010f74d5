#ifndef TUI_WIDGETS_PANES_H
#define TUI_WIDGETS_PANES_H

#include "tui/widgets/page.h"

/* Pages side by side, one of them with the cursor. */
#define PANES_MAX 3

struct panes {
	struct page *pages[PANES_MAX];
	struct rect areas[PANES_MAX];
	guint n;
	guint active;
};

struct panes *panes_new(void);
void panes_free(struct panes *panes);

/* Shares `area` among `n` pages by `weights`; call before the pages are filled. */
void panes_layout(struct panes *panes, struct rect area, guint n, const int *weights);

/* After the pages are filled: the cursor is where something can be opened. */
void panes_settle(struct panes *panes);

/* Movement and Tab; Enter opens what is under the cursor. */
bool panes_update(struct panes *panes, struct app *app, const struct world *world,
		  enum action action);
/* A click on one of the pages. */
bool panes_click(struct panes *panes, int row, int col);
const char *panes_link(const struct panes *panes);
/* page_find() in the page with the cursor, then in the others: there the cursor goes. */
bool panes_find(struct panes *panes, const char *needle, int step);
void panes_draw(const struct panes *panes, struct grid *grid);

#endif
