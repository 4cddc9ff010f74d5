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

#endif
