#ifndef DATA_CLAIM_H
#define DATA_CLAIM_H

#include "data/model.h"
#include "data/op.h"

/*
 * Edits of what one side of a tie declares: a tie itself is derived and cannot be
 * edited.
 */

/* Whether `side` (an end of the tie) declares it. */
bool tie_is_said_by(const struct model *model, const struct tie *tie, guint side);

/*
 * Whose word is missing for the tie to be confirmed: the side that says nothing, or that calls
 * proposed what the other says is there.  -1: both have said what they have to say.
 */
int tie_waits_for(const struct model *model, const struct tie *tie);

/* Where a claim stands in its institution's entry: "partners[innovec]", the second
 * of that id "partners[innovec#2]".  Caller frees. */
char *claim_path(const struct model *model, const struct claim *claim);

/*
 * Partners of one entry, by their places in it, of which the later says nothing that would
 * tell it from the former: the same institution, a kind that both have or none, no title or
 * programme of its own, and no day, direction or sum that they state differently.
 */
struct doubled {
	guint first, again;
};
bool partnership_doubles(const struct partnership *later, const struct partnership *former);
GArray *partners_doubled(const struct items *partners); /* of struct doubled; caller unrefs */
/* The former of a pair that stands in `after` where `before` (NULL: nothing) has fewer; or NULL. */
const struct partnership *partners_newly_doubled(const struct institution *before,
						 const struct institution *after);
/* That it is there already, in words (caller frees), and what to do. */
char *partner_doubled_text(const struct partnership *former);
const char *partner_doubled_hint(void);

/*
 * `side` says of the tie what the other one says, as seen from its own end (who
 * gives and who gets change places), checked on `today`; notes stay with whoever
 * wrote them; what it says twice is said once.  What it calls proposed while the other says that
 * it is there becomes active.  NULL when `side` says something else already or the other says
 * nothing.
 */
struct change *tie_confirm(const struct model *model, const struct tie *tie, guint side,
			   struct date today);

/*
 * `side` says that what the other one says does not hold, with the kinds that it
 * is about and `because` (NULL: no words), noted on `today`: the tie is disputed
 * then, and both stand in the files until they agree.  NULL as for tie_confirm().
 */
struct change *tie_deny(const struct model *model, const struct tie *tie, guint side,
			const char *because, struct date today);

/* Everything that `side` says of the tie was checked on `today`.  NULL: it says nothing. */
struct change *tie_verify(const struct model *model, const struct tie *tie, guint side,
			  struct date today);

#endif
