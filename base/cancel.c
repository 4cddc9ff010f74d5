/*
 * The one way to tell that work was given up.  Who gives it up, and when it is looked
 * whether to, is the business of those who ask for it and of those who do it.
 */
#include "base/cancel.h"

#include "base/errors.h"

#include <glib/gi18n.h>

void cancel_fail(GError **error)
{
	g_set_error_literal(error, TELAR_ERROR, TELAR_ERROR_CANCELLED,
			    _("The computation was stopped"));
}

bool cancel_asked(GCancellable *cancel, GError **error)
{
	if (!g_cancellable_is_cancelled(cancel))
		return false;
	cancel_fail(error);
	return true;
}
