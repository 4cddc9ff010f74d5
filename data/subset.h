#ifndef DATA_SUBSET_H
#define DATA_SUBSET_H

#include "data/model.h"

#include <gio/gio.h>

/*
 * A network with fewer records or items than another: for an audience
 * (data/audience.h), or as of a date (data/as_of.h).  Whatever referred to what
 * is gone does so no more: lists lose the id, items about it go, other fields are
 * empty.  Free text is not searched for names.  Members may be NULL: all stay.
 */
struct subset {
	bool (*record)(void *data, enum kind kind, const struct record *record);
	bool (*item)(void *data, const struct record_type *type, const void *item);
	/* Whether fields of a record that stays are other ones; with `change` it sets them. */
	bool (*alter)(void *data, enum kind kind, void *record, bool change);
	void *data;
	GCancellable *cancel;
};

/*
 * `*n_gone` (may be NULL) is how many records are left out; the network itself
 * stays always.  `today` is the day that the new one is looked at from.  Records
 * that do not change are shared.  A new reference; O(records).  NULL with
 * TELAR_ERROR_CANCELLED once `cancel` says so, and only then.
 */
struct model *model_subset(const struct model *model, const struct subset *subset,
			   struct date today, guint *n_gone, GError **error);

#endif
