#ifndef BASE_ERRORS_H
#define BASE_ERRORS_H

#include <glib.h>

/*
 * Every error of the program.  Whoever detects writes the message (translated,
 * a sentence without a final period); callers may prefix; only cli/ and tui/
 * show it.  A second line "hint: ..." may follow after a newline.
 */
enum telar_error {
	TELAR_ERROR_FINDINGS,	 /* the data has findings */
	TELAR_ERROR_USAGE,	 /* the call's words are off */
	TELAR_ERROR_DATA,	 /* a file or store cannot be understood */
	TELAR_ERROR_NO_INPUT,	 /* a file or record does not exist */
	TELAR_ERROR_UNAVAILABLE, /* something needed is not on this machine */
	TELAR_ERROR_INTERNAL,
	TELAR_ERROR_CANNOT_CREATE,
	TELAR_ERROR_EXISTS, /* what is to be written stands there already: ask, or be told to
			       replace it */
	TELAR_ERROR_IO,
	TELAR_ERROR_BUSY,     /* somebody else holds it: try again */
	TELAR_ERROR_CONFLICT, /* somebody else changed it meanwhile */
	TELAR_ERROR_DENIED,   /* not permitted */
	TELAR_ERROR_CONFIG,
	TELAR_ERROR_CANCELLED,
};

#define TELAR_ERROR (telar_error_quark())
GQuark telar_error_quark(void);

/* The process exit code (sysexits where it has one) for an error; 70 for a foreign domain. */
int error_exit_code(const GError *error);

/*
 * Adds a "hint: ..." line to an error (nothing when `hint` is NULL or error
 * unset), and splits the message again for showing: `what` and `hint` (hint NULL
 * when there is none) are newly allocated.
 */
void error_add_hint(GError **error, const char *hint);
void error_split(const GError *error, char **what, char **hint);

#endif
