/*
 * The error domain of the program, its exit codes, and the hint that a message
 * may carry.  Not for what is wrong with data: that is findings.c.
 */
#include "base/errors.h"

#include <string.h>

#define HINT_MARK "\nhint: "

GQuark telar_error_quark(void)
{
	return g_quark_from_static_string("telar-error");
}

/* Values of sysexits.h where it has one. */
static const int exit_codes[] = {
	[TELAR_ERROR_FINDINGS] = 1,
	[TELAR_ERROR_USAGE] = 2,
	[TELAR_ERROR_DATA] = 65,
	[TELAR_ERROR_NO_INPUT] = 66,
	[TELAR_ERROR_UNAVAILABLE] = 69,
	[TELAR_ERROR_INTERNAL] = 70,
	[TELAR_ERROR_CANNOT_CREATE] = 73,
	[TELAR_ERROR_EXISTS] = 73,
	[TELAR_ERROR_IO] = 74,
	[TELAR_ERROR_BUSY] = 75,
	[TELAR_ERROR_CONFLICT] = 75,
	[TELAR_ERROR_DENIED] = 77,
	[TELAR_ERROR_CONFIG] = 78,
	[TELAR_ERROR_CANCELLED] = 130,
};

int error_exit_code(const GError *error)
{
	if (!error)
		return 0;
	if (error->domain != TELAR_ERROR || error->code < 0 ||
	    error->code >= (int)G_N_ELEMENTS(exit_codes))
		return exit_codes[TELAR_ERROR_INTERNAL];
	return exit_codes[error->code];
}

void error_add_hint(GError **error, const char *hint)
{
	char *message;

	if (!error || !*error || !hint)
		return;
	message = g_strconcat((*error)->message, HINT_MARK, hint, NULL);
	g_free((*error)->message);
	(*error)->message = message;
}

void error_split(const GError *error, char **what, char **hint)
{
	const char *mark = strstr(error->message, HINT_MARK);

	if (mark) {
		*what = g_strndup(error->message, (gsize)(mark - error->message));
		*hint = g_strdup(mark + strlen(HINT_MARK));
	} else {
		*what = g_strdup(error->message);
		*hint = NULL;
	}
}
