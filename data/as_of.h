#ifndef DATA_AS_OF_H
#define DATA_AS_OF_H

#include "data/model.h"

#include <gio/gio.h>

/*
 * The network as it was on `day` by the dates that its records state: what began
 * later is left out (members by their memberships, ties and participations by
 * `since`, programmes by their start, figures by the date they hold for), a
 * territory declared later is not declared yet, and what had not ended then has
 * not ended, whatever is said of it by now.  What people decided on a gap later is
 * not decided.  Whatever states no beginning has always been there; a tie states one
 * when either of its sides does, the earlier of the two.  `day` may be
 * "2021": its last day.  What was recorded when is another question: see
 * workspace_model_at().  A new reference; O(records).  NULL with TELAR_ERROR_CANCELLED once
 * `cancel` (may be NULL) says so, and only then.
 */
struct model *model_as_of(const struct model *model, struct date day, GCancellable *cancel,
			  GError **error);

/* Ties that state no beginning, and so are there as of any day. */
guint model_undated_ties(const struct model *model);

/* Institutions whose membership states no beginning, or that state none: there as of any day. */
guint model_undated_members(const struct model *model);

/* The year in which the first member, tie, programme or declaration began; 0: none says. */
int model_first_year(const struct model *model);

#endif
