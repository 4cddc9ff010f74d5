#ifndef TUI_VIEWS_REVIEW_H
#define TUI_VIEWS_REVIEW_H

#include "tui/widgets/form.h"
#include "tui/widgets/page.h"

/* What saving a form would change, field by field and item by item.  Caller frees. */
struct page *review_new(const struct form *form, const struct model *model, int columns);

#endif
