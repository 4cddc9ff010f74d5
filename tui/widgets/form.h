#ifndef TUI_WIDGETS_FORM_H
#define TUI_WIDGETS_FORM_H

#include "data/node.h"
#include "tui/app.h"
#include "tui/widgets/menu.h"
#include "tui/widgets/prompt.h"

/*
 * A form made from a field table: one row a field with its label, its value and
 * what is wrong with it.  It is filled from a tree (a record's, or an item's) and
 * knows for each row what stood there when it was filled (`base`), what stands
 * there now and what somebody else put there meanwhile (`theirs`).  It neither
 * saves nor asks: tui/views/form.c does.
 *
 * Values are kept as ops write them: canonical text, a list as a JSON array,
 * NULL absent.
 */
enum form_row_kind {
	FORM_TYPED,  /* text under the cursor; a list is typed as "one; two" */
	FORM_PICKED, /* ids from a vocabulary, a choice or other records */
	FORM_ITEMS, /* items (partners, offers): each has a form, whose outcome waits in this one */
	FORM_SAVE,
	FORM_REMOVE, /* of an item that exists */
};

struct form_row {
	enum form_row_kind kind;
	const struct field *field;	  /* NULL: a row that does something */
	const struct record_type *holder; /* that has the field */
	char *path;			  /* "url", "agenda.status" */
	struct prompt *edit;		  /* typed */
	GPtrArray *ids;			  /* picked: char *, owned */
	struct node *items;		  /* the list as the form has it, or NULL */
	struct change *pending;		  /* of items: ops that lead there from `base`; NULL none */
	char *base;
	char *from;   /* of items: the list that `pending` fits, where others left another; NULL */
	char *theirs; /* for people: what the field holds since somebody else saved; NULL */
	char *error, *hint;
	bool touched;
	bool found; /* the error came from form_blame(), not from the field's own form */
};

struct form {
	const struct record_type *type;
	GPtrArray *rows;   /* struct form_row *, owned */
	guint focus, top;  /* rows: with the cursor, and the first one shown */
	bool adding;	   /* nothing exists yet: every row set is new */
	bool complain;	   /* say that required rows are empty (after the first try to save) */
	bool id_typed;	   /* the id no longer follows the name */
	bool within;	   /* an item's, inside a form that saves it */
	char *self;	   /* id of the record at hand, not offered as its own partner; or NULL */
	struct menu *menu; /* while something is picked */
	char *link;	   /* of FORM_OPENS: "partners" (add one), "partners[innovec]" */
};

enum form_result {
	FORM_IGNORED,
	FORM_MOVED,
	FORM_CHANGED,
	FORM_OPENS, /* the form of an item: `link` says which */
	FORM_SAVES,
	FORM_REMOVES,
	FORM_LEAVES,
};

struct form *form_new(const struct record_type *type, bool adding, const char *self);
void form_free(struct form *form); /* NULL accepted */

/* Fills every row; `root` may be NULL when adding. */
void form_load(struct form *form, const struct node *root);
/*
 * What is stored is another tree now: rows nobody typed in take it; those typed in
 * keep what was typed, and show the other value when it is not the old one.
 */
void form_merge(struct form *form, const struct model *model, const struct node *root);

enum form_result form_key(struct form *form, const struct model *model, gunichar key);
/* Takes the value that somebody else saved for the focused row. */
bool form_take_theirs(struct form *form);
/* Of several that are picked in the focused row, the last becomes the first (`by` -1) or the first
 * the last (1).  False: there is nothing to turn. */
bool form_turn(struct form *form, int by);
/* The item under the cursor in the list of an items row: its position, -1: none is. */
int form_item_at(const struct form *form);
/* Opens that list again, on the item in that position. */
void form_item_show(struct form *form, const struct model *model, guint position);
/* Breaks the line at the cursor, where the field may have several.  False: it may not. */
bool form_break_line(struct form *form);

bool form_row_changed(const struct form_row *row);
/* As an op writes it; NULL absent. */
char *form_row_value(const struct form_row *row);
/* As a tree; NULL absent. */
struct node *form_row_node(const struct form_row *row);
/* Puts a value as an op writes it, as if typed. */
void form_row_put(struct form *form, struct form_row *row, const char *value);
struct form_row *form_row_at(const struct form *form, guint index);
struct form_row *form_row_find(const struct form *form, const char *path);

bool form_changed(const struct form *form);
/* Rows with an error; focuses the first one when `go`. */
guint form_errors(struct form *form, bool go);
/* Forgets what form_blame() said, then says it anew. */
void form_absolve(struct form *form);
void form_blame(struct form *form, guint row, const char *message, const char *hint);

/* A value as ops write it, as people read it; "—" for NULL.  Caller frees. */
char *form_value_text(const struct model *model, const struct field *field, const char *value);
/* One id of a picked field as people read it.  Borrowed. */
const char *form_id_text(const struct model *model, const struct field *field, const char *id);
/* An item in one line, for lists and headings: "Siemens Stiftung".  Caller frees. */
char *form_item_text(const struct model *model, const struct record_type *type,
		     const struct node *item);

/* What is clicked in `row` of the area where the form is drawn has the focus; true: Enter is
 * to do there what it does: it had the focus and is no text, or it is a button. */
bool form_click(struct form *form, struct rect area, int row);

/* Scrolls no more than needed to see the cursor in `area`; call after keys and news. */
void form_layout(struct form *form, struct rect area);
/* `save` is the key that saves, beside its button. */
void form_draw(const struct form *form, const struct model *model, const char *save,
	       struct grid *grid, struct rect area);

/*
 * Ops on items of a row (those of one item's form, a removal, a move) become part of what
 * the form will save.  False: they do not fit the list, which stays.
 */
bool form_items_take(struct form *form, struct form_row *row, const struct change *change);
/* What waits in a row of items as text to keep, NULL nothing; and back, false when it is no such
 * text.  Caller frees. */
struct node *form_items_kept(const struct form_row *row);
bool form_items_restore(struct form *form, struct form_row *row, const struct model *model,
			const struct node *kept);
/* "2: Content, Training", "" for none.  Caller frees. */
char *form_items_text(const struct model *model, const struct field *field,
		      const struct node *items);

/* Between form.c and its parts. ----------------------------------------------------- */

/* The row shows the list that is stored, and nothing waits in it. */
void form_items_load(struct form_row *row, const struct node *list);
/* The same list as somebody else left it: what waits is done to that one, if it can be. */
void form_items_merge(struct form *form, struct form_row *row, const struct model *model,
		      const struct node *list);

/* "one; two"; words that hold ';' or quotes are quoted. */
char *form_list_join(const struct node *list);
/* The typed text of a row checked and made canonical: node (NULL absent), or row->error set. */
struct node *form_typed_node(const struct form_row *row, char **message, char **hint);
bool form_is_picked(const struct field *field);
/* Opens the picker of the focused row; `text` is typed into it already. */
void form_pick(struct form *form, const struct model *model, const char *text);
/* A key while the picker is open. */
enum form_result form_picking(struct form *form, gunichar key);

#endif
