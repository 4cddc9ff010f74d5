#ifndef TUI_VIEWS_CARRY_H
#define TUI_VIEWS_CARRY_H

#include "data/model.h"

/*
 * Which ties rest on which programmes: those that give it as a basis, and those
 * whose title names it (whole words, accents and case apart; a year behind the
 * programme's name may be left out, and a title of three words and more may be but
 * the beginning of it).  A tie rests on a programme alone when all
 * that is said of it does and no other programme is named.
 * O(words of titles and names).
 */
struct carried {
	guint tie;
	bool alone;
};

struct carry_names;

struct carry {
	guint n;
	GArray **ties;		   /* of each programme: struct carried, by tie */
	guint looked;		   /* ties looked at so far */
	struct carry_names *names; /* of programmes */
};

struct carry *carry_new(const struct model *model);
/* The same in pieces of some ms, for a key that must not wait: work until it is false. */
struct carry *carry_begin(const struct model *model);
bool carry_work(struct carry *carry, const struct model *model);
void carry_free(struct carry *carry); /* NULL accepted */

/* Institutions (indices) all of whose ties rest on this programme alone.  Caller frees. */
GArray *carry_left_alone(const struct carry *carry, const struct model *model, guint programme);

#endif
