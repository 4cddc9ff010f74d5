#ifndef TUI_TYPED_H
#define TUI_TYPED_H

#include "data/model.h"

/*
 * What is typed to find something by its name, and how well it fits.  First what is
 * typed in full (a name, short name, id or alias), then whole words, beginnings of
 * words, letters inside them; letters left out only within a word that begins alike.
 * What people read goes before other names.
 */
struct typed {
	char *phrase; /* folded */
	char **words; /* of it */
};

void typed_init(struct typed *typed, const char *text);
void typed_release(struct typed *typed);

#define TYPED_BETWEEN " | "   /* between the names in `more` */
#define TYPED_PLACE   " | , " /* before what is no name: to be found by it is not to be called so */
#define TYPED_EXACT   20000   /* the least of a name typed in full */

/* Folded `label` is what people read, folded `more` its other names; either may be "".  0: it does
 * not fit, as every word has to be found. */
int typed_score(const struct typed *typed, const char *label, const char *more);

/* How lists to pick from name a record, with the short name that may be typed for it:
 * "UNAL · Universidad Nacional".  Caller frees. */
char *record_label(enum kind kind, const struct record *record);
/* All it is found by, not folded: id, names, city.  Caller frees. */
char *record_names(enum kind kind, const struct record *record);

#endif
