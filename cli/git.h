#ifndef CLI_GIT_H
#define CLI_GIT_H

#include <glib.h>

/*
 * What git prints when it is asked with `words` in `directory`, given `input` (NULL:
 * nothing) to read; NULL without error when it says no.  TELAR_ERROR_UNAVAILABLE where
 * there is no git, TELAR_ERROR_DATA for a listing larger than a network can be.
 */
GBytes *git_ask(const char *directory, const char *const *words, GBytes *input, GError **error);
void git_too_large(GError **error);

#endif
