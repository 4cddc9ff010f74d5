#ifndef TUI_VIEWS_EDIT_H
#define TUI_VIEWS_EDIT_H

#include "tui/app.h"
#include "tui/widgets/form.h"

/*
 * What a form edits, and what saving it means: a subject to a tree, a form to a
 * change, both to a draft.  No keys and no cells.
 *
 * Subjects:
 *   institution/                      a new institution
 *   institution/innovec               its scalar and list fields
 *   institution/innovec/partners      a new item in a list
 *   institution/innovec/partners/siemens-stiftung   that item; also written
 *   institution/innovec/partners[siemens-stiftung], with "#2" behind the id for
 *   the second of that id, and offers[#1] for items without one
 * "+" may stand where something new has no name yet; "+siemens-stiftung" begins
 * with that name filled in, and a partnership with what the other side says of it.
 *
 * An item that is opened from the form of its record is edited as it stands there, and
 * its change is given to that form (edit_take()); else it is saved by itself.
 */
struct edit {
	enum kind kind;
	char *id;			/* of the record; NULL: a new one */
	char *list;			/* path of the list that gets a new item, else NULL */
	char *item;			/* path of the item that is edited, else NULL */
	const struct record_type *type; /* of what the form shows */
	struct form *form;
	GHashTable *preset; /* path of a row -> what it began with; empty: nothing */
	bool gone;	    /* the record or item is no longer there */
	bool first;	    /* the only record of its kind is made with this item */
	const struct edit
		*around; /* the record's, which this item is part of; outlives it; or NULL */
};

/*
 * What a subject names: the record's id ("", "+": a new one) and in it an item
 * ("partners[siemens]") or the list that gets a new one ("partners"), else NULL.  False:
 * no kind of record.  Caller frees both.
 */
bool edit_subject(const char *subject, enum kind *kind, char **id, char **path);

/* NULL when the subject means nothing here.  `around`: what the form below edits, or NULL; an item
 * of that becomes part of it. */
struct edit *edit_new(const struct model *model, const char *subject, const struct edit *around);
/* Whether edit_new() would find it; something new always can be. */
bool edit_exists(const struct model *model, const char *subject);
void edit_free(struct edit *edit); /* NULL accepted */

/* The model is another one: what was typed stays. */
void edit_refresh(struct edit *edit, const struct model *model);

/* Why it is gone: its file has an error, or somebody removed it.  Caller frees. */
char *edit_why_gone(const struct edit *edit, const struct world *world);

/* "INNOVEC › Partnership: Siemens Stiftung".  Caller frees. */
char *edit_title(const struct edit *edit, const struct model *model);

/*
 * Checks the record as it would be (words, references, rules between fields) and
 * puts what it finds at the rows that were changed.  Returns errors in the form.
 */
guint edit_check(struct edit *edit, const struct model *model, bool go);

/* The smallest change that saves the form, NULL when nothing changed.  Caller frees. */
struct change *edit_change(const struct edit *edit);

/* What removes the item that is edited.  Caller frees. */
struct change *edit_remove(const struct edit *edit, const struct model *model);

/* A change of an item becomes part of what the form of its record saves.  False: it does not fit
 * what stands there. */
bool edit_take(struct edit *edit, const struct change *change);

/* Moves item `at` of the list in the focused row by so many places, `*to` is where it is then.
 * False where it stands at the end already. */
bool edit_move(struct edit *edit, guint at, int by, guint *to);

/* The subject of what `from` says of `to`: its entry, or a new one.  Caller frees. */
char *edit_tie_subject(const struct model *model, const char *from, const char *to);

/* Whether there is something to lose: more than what the form began with. */
bool edit_typed(const struct edit *edit);

/* Where an item of the form's record is edited: a subject.  Caller frees. */
char *edit_link(const struct edit *edit, const char *link);

/*
 * What was typed and not saved, as text to keep (NULL: nothing), and back.  False
 * when `draft` is not of this form.  Values that changed below since are shown.
 */
char *edit_draft(const struct edit *edit);
bool edit_restore(struct edit *edit, const struct model *model, const char *draft);

#endif
