#ifndef TUI_VIEWS_REMOVAL_H
#define TUI_VIEWS_REMOVAL_H

#include "tui/app.h"

/*
 * The question before several are removed at once.  Its subject: theirs, a line each, all
 * of records, all of items of one list, or all of ties: "tie/innovec/siemens-stiftung",
 * which goes with all that its sides say of it.
 */
extern const struct view_ops view_removal;

/* The change that removes them, with what stood there.  Caller frees. */
struct change *removal_change(const struct model *model, const char *const *subjects);
/* Whether both remove the same that says the same. */
bool removal_is_same(const struct change *a, const struct change *b);

/* What answers such a question, with what it does, as view_ops.keys; written into `keys`. */
#define REMOVAL_KEYS 5
const char *const *removal_answers(const char *keys[REMOVAL_KEYS]);

/* "INNOVEC, Maloka, USAL, and 12 more"; only those first ones are looked at.  Caller frees. */
char *removal_names(const GPtrArray *names);
/* Takes `sentence`. */
void removal_add_sentence(GString *text, char *sentence);

#endif
