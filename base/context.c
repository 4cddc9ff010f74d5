/*
 * Translation of texts that may stand in a context.  What language that is, is the
 * business of start.c.
 */
#include "base/context.h"

#include <string.h>

#include <glib/gi18n.h>

const char *in_context(const char *text)
{
	const char *mark = strchr(text, '\004');
	const char *found = gettext(text);

	return !mark || found != text ? found : gettext(mark + 1);
}

const char *in_context_only(const char *text)
{
	const char *mark = strchr(text, '\004');
	const char *found = gettext(text);

	return mark && found == text ? mark + 1 : found;
}
