#ifndef TUI_WIDGETS_MENU_H
#define TUI_WIDGETS_MENU_H

#include "tui/app.h"
#include "tui/widgets/prompt.h"

/*
 * A list to pick from by typing a part of a name: accents and case do not matter,
 * letters may be left out, the best match comes first.  One is picked, or, with
 * `many`, several are ticked.
 */
struct menu;
struct ranking;

struct menu_item {
	char *id;
	char *label;  /* what people read */
	char *note;   /* dim, behind it: a city, an id; or NULL */
	char *folded; /* label, as it is searched */
	char *more;   /* note, id and other names; folded once something is typed */
	bool folded_more;
	bool ticked;
};

/* Items that are added when there is time; `free` and what it frees may be NULL. */
struct menu_source {
	guint n;
	void (*add)(struct menu *menu, void *data, guint at); /* with menu_add(), or not */
	void *data;
	GDestroyNotify free;
};

struct menu {
	char *title;
	GPtrArray *items; /* struct menu_item *, owned, in the order added */
	GArray *shown;	  /* guint: positions in items that match, best first */
	guint focus;	  /* in shown */
	guint top;	  /* in shown: the first that was drawn when one was clicked */
	struct prompt *query;
	bool many;
	bool toggled; /* something was ticked: Enter takes the ticks as they are */
	bool moved;   /* the arrows were used since a letter was: Space ticks */
	bool patient; /* the caller goes on with menu_work() as long as it says so */
	bool busy;    /* it is not known yet who matches; `shown` is as it was before */
	guint looked; /* items looked at */
	GArray *hits; /* of those: who matches, and how well */
	struct menu_source source;
	guint filled;		 /* of the source */
	struct ranking *ranking; /* of the items, while they are put in order */
	bool sorted;
	char *wanted; /* id to focus once all are there, or NULL */
};

enum menu_result {
	MENU_IGNORED, /* not a key of a menu */
	MENU_STAYS,
	MENU_PICKED, /* menu_id(), or with `many` the ticked ones */
	MENU_LEFT,   /* Esc: nothing changes */
};

struct menu *menu_new(const char *title, bool many);
void menu_free(struct menu *menu); /* NULL accepted */

/* `note` may be NULL; `extra` is searched and not shown (other names), may be NULL. */
void menu_add(struct menu *menu, const char *id, const char *label, const char *note,
	      const char *extra, bool ticked);
/* All of `source`, by name; of some thousands and more behind menu_work().  Before menu_start(). */
void menu_fill(struct menu *menu, const struct menu_source *source);
/* After the last item: by name instead of in the order added (a vocabulary has its own). */
void menu_sort(struct menu *menu);
/* Types `text` into the query and focuses `id` when the query is empty; both may be NULL. */
void menu_start(struct menu *menu, const char *text, const char *id);

/* More of a search among many, some milliseconds; true: there is more to do. */
bool menu_work(struct menu *menu);

/* Enter picks; where many can be picked Tab ticks and unticks, and so does Space, unless letters
 * were typed last: then it stands between two words. */
enum menu_result menu_key(struct menu *menu, gunichar key);
const struct menu_item *menu_focused(const struct menu *menu); /* NULL: nothing matches */

/* What is clicked in `row` of the area where it is drawn has the focus; true: it had it. */
bool menu_click(struct menu *menu, struct rect area, int row);

/* Title, query and list in `area`; scrolls so that the focus is seen. */
void menu_draw(const struct menu *menu, struct grid *grid, struct rect area);

#endif
