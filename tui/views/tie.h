#ifndef TUI_VIEWS_TIE_H
#define TUI_VIEWS_TIE_H

#include "tui/widgets/page.h"

/*
 * A tie is named by its two ends, "innovec/siemens-stiftung"; the first is the one
 * that it is seen from.  As a link of a page: "tie/innovec/siemens-stiftung".
 */

/* Asks which side is meant; its subject is "edit/", "confirm/", "remove/" or "answer/" and that
 * name. */
extern const struct view_ops view_tie_ask;

char *tie_name(const struct model *model, const struct tie *tie, guint from); /* caller frees */
/* NULL when there is no such tie; the ends go to `from` and `to` (may be NULL). */
const struct tie *tie_find(const struct model *model, const char *name, guint *from, guint *to);

/* "INNOVEC – Siemens Stiftung", seen from `from`.  Caller frees, as of the following. */
char *tie_pair_text(const struct model *model, const struct tie *tie, guint from);
char *tie_kinds_text(const struct model *model, const struct tie *tie); /* "Training, Funding" */
char *tie_years_text(const struct tie *tie); /* "2016–2017", "2019–", "–2017", "" */
/* The titles that the claims give it, each once: "SEVIC; Experimento". */
char *tie_title_text(const struct model *model, const struct tie *tie);
/* Who says it and who does not, as a sentence. */
char *tie_state_text(const struct model *model, const struct tie *tie);

/*
 * What each side says, evidence and basis, who works with both, for `columns`
 * columns: side by side where there is room, else one below the other.  `acts`: with a
 * row that leads to the answer of a side that is silent.
 */
void tie_write(struct page *page, const struct world *world, const struct tie *tie, guint from,
	       int columns, bool acts);

enum tie_deed { TIE_EDIT, TIE_CONFIRM, TIE_REMOVE, TIE_ANSWER };

/*
 * Does it to the tie of that name: at once when only one side can be meant, else
 * asks.  Confirming adds what the silent side does not say yet, asking where
 * that is no entry that this person keeps, until told not to; where both speak it notes that
 * one of them was asked today.  Answering is what the silent side has
 * to say: the same, something else (the form begins with what the other one says), or
 * that it does not hold (asks why).
 */
void tie_do(struct app *app, const struct world *world, enum tie_deed deed, const char *name,
	    struct effects *effects);

/* Whether what an action does to the tie of that name (NULL: there is none) would be anything; of
 * other actions than those to a tie true. */
bool tie_can(const struct model *model, const char *name, enum action action);

/* Says what a change that tie_do() asked for has done; nothing for other changes. */
void tie_say_done(struct app *app, const struct world *world, const struct change *change);

#endif
