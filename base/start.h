#ifndef BASE_START_H
#define BASE_START_H

#include <stdbool.h>

/*
 * What a process does first, in this order: umask, locale (numbers always with
 * a point), the language of messages even where the locale is not installed,
 * the message catalogue, ignored signals (PIPE, XFSZ).
 *
 * Returns the two-letter language in force ("es", "pt", "en"), static.
 */
const char *start_process(void);

/* The environment: the only door to getenv.  NULL when unset or empty. */
const char *start_env(const char *name);

/*
 * Whether the environment names a charset other than UTF-8, or the plain C locale, as
 * that of the terminal.  Names of people and places are written in UTF-8 even then.
 */
bool start_is_plain(void);

/*
 * Where the message catalogues are: beside an uninstalled binary
 * (<dir of the executable>/locale), else where `make install` put them.
 */
const char *start_locale_dir(void);

/*
 * Another language of messages: "es", …; "auto" goes back to what the environment
 * asks for.  May be called while other threads look up messages.
 */
void start_set_language(const char *language);

/* Whether there are messages in a language: English needs none, others a catalogue. */
bool start_has_language(const char *language);

/* The language in force, as start_process() found it or start_set_language() said. */
const char *start_language(void);

/* Whether people of that language, where the environment says that they are, write 0,5: in
 * Colombia, Brazil and Spain they do, in Mexico and Peru they do not. */
bool start_decimal_comma(void);

#endif
