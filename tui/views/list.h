#ifndef TUI_VIEWS_LIST_H
#define TUI_VIEWS_LIST_H

#include "data/filter.h"
#include "tui/widgets/menu.h"
#include "tui/widgets/page.h"
#include "tui/widgets/table.h"

/*
 * A view that is a table of records, with what is most important about the one
 * under the cursor beside it where there is room: sorting, filter, search, marks,
 * choosing columns.  A view gives its columns and what is its own; all functions
 * have the list as `data`, whose world is valid while they run.
 */
struct list;

struct list_kind {
	const char *name; /* its columns are remembered under it */
	const struct tableview_column *columns;
	guint n_columns;
	int sort; /* column */
	/*
	 * A row is a record of `kind`, or an item of the list `items` of the only record of
	 * `kind`: its fields are columns to choose from, and one of `columns` that has no
	 * cells of its own shows the field of its key.
	 */
	bool records;
	const char *items;
	enum kind kind;
	int details;		     /* columns of the pane */
	const struct view_ops *card; /* what Enter opens; NULL: nothing */

	guint (*count)(const struct model *model);   /* NULL: as many as there are rows */
	char *(*id)(const void *list, guint record); /* NULL: as records of `kind` have it */
	int (*find)(const void *list, const char *id);
	char *(*words)(const void *list, guint record); /* NULL: every field with text */

	/* What cells and tests need, made anew from the filter and the model; NULL: nothing. */
	void *(*prepare)(struct list *list);
	void (*release)(void *own);
	bool unfiltered; /* it does not depend on the filter */
	bool (*advance)(
		struct list *list); /* some ms more of it; false: it is there.  NULL: at once */
	bool (*passes)(const void *list, guint record); /* NULL: all */

	void (*write)(struct list *list, struct page *page, guint record, int columns);
	/* How many rows of those shown, and of all, are no part of "3 of 12", and what follows it
	 * of them; NULL: there are none. */
	void (*apart)(const struct list *list, guint *shown, guint *all, GString *out);
	/* Adds to the message row, behind "3 of 12"; NULL: nothing. */
	void (*status)(const struct list *list, GString *out);
	/* Keys of its own; NULL: none. */
	bool (*act)(struct list *list, struct app *app, enum action action,
		    struct effects *effects);

	void (*done)(struct list *list, struct app *app, const struct event *event); /* or NULL */

	const char *none, *none_passes; /* N_(): where there is no row, without and with a filter */
};

struct list {
	const struct list_kind *kind;
	struct tableview_column *columns; /* of the kind, of fields, of measures */
	struct tableview *table;
	struct page *details;
	struct menu *chooser; /* of columns, while it is open */
	void *own;	      /* of prepare() */
	bool advancing;	      /* own is not all there yet */
	struct filter *filter;
	guint8 *verdicts; /* of institutions under the filter: 0 not known, 1 passes, 2 fails */
	const struct world *world;
	struct model_identity model; /* that it was filled from */
	const char *language;	     /* of the words in it */
	const struct study *study;
	int mode; /* of the view's own */
	guint all;
};

/* list_rows.c: what a row is made from, and its table; of a list of records or items. */
guint list_rows(const struct list_kind *kind, const struct model *model);
const void *list_row(const struct list *list, guint row);
const struct record_type *list_row_type(const struct list_kind *kind);
char *list_row_id(const void *list, guint row);
int list_row_find(const void *list, const char *id);
char *list_row_words(const void *list, guint row);
/* The subject of the row of that id, and of a new one; NULL: there is none.  Caller frees. */
char *list_row_subject(const struct list *list, const char *id);
char *list_new_subject(const struct list *list);

void *list_new(const struct list_kind *kind, const struct world *world, const char *selected);

/* Everything is to be tested again, as when `mode` changed. */
void list_retest(struct list *list);
/* Whether an institution passes the filter of the app; asked of each once. */
bool list_passes(const struct list *list, guint institution);
/* The same by its id (NULL, or of nobody: not); and whether somebody that does has a part in it. */
bool list_passes_id(const struct list *list, const char *id);
bool list_passes_programme(const struct list *list, const struct programme *programme);

/* The functions of a list's view_ops; it adds name, title, scopes and open. */
void list_free(void *state);
void list_refresh(struct view *view, struct app *app, const struct world *world);
bool list_typing(const struct view *view);
bool list_update(struct view *view, struct app *app, const struct world *world,
		 const struct event *event, enum action action, struct effects *effects);
void list_draw(const struct view *view, const struct app *app, const struct world *world,
	       struct grid *grid, struct rect area);
const struct prompt *list_prompt(const struct view *view);
char *list_record(const struct view *view, const struct world *world);
char *list_status(const struct view *view, const struct app *app, const struct world *world);
GPtrArray *list_heads(const struct view *view, const struct app *app);
const char *const *list_keys(const struct view *view);
bool list_busy(const struct view *view);
/* What an action does to marked rows; false: it does not act on them, or none is marked. */
bool list_marks_act(struct list *list, struct app *app, enum action action,
		    struct effects *effects);
/* Takes all marks off, where a view is a list. */
void list_unmark(const struct view *view);
/* How many are marked, and the keys that act on them.  Caller frees. */
char *list_marks_text(const struct list *list, const struct app *app);
/* list_marked.c: the institutions that the marked rows stand for, as a filter; NULL: they are more
 * than so many.  Caller frees. */
#define LIST_EXPORTED_MOST 5000 /* a longer filter by their ids takes seconds to ask everybody */
char *list_marked_filter(const struct list *list);
bool list_click(struct view *view, const struct world *world, struct rect area, int row, int col);

/* clang-format off */
#define LIST_VIEW .free = list_free, .refresh = list_refresh, .typing = list_typing, \
	.update = list_update, .draw = list_draw, .prompt = list_prompt, \
	.status = list_status, .record = list_record, .busy = list_busy, .click = list_click, \
	.heads = list_heads, .keys = list_keys
/* clang-format on */

/* Cells that several lists have. */
char *list_text(enum style *style, enum style wanted, const char *text); /* a copy */
double list_date(struct date date); /* to sort by: 2016.05, the coarser first; NAN none */

#endif
