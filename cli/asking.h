#ifndef CLI_ASKING_H
#define CLI_ASKING_H

#include "cli/cli.h"

/*
 * Asks on the terminal for what a new record must have and for what nearly
 * everybody says (FIELD_ASKED), one field after the other, and adds each answer
 * to `words` as FIELD=VALUE.  An answer that `fits` refuses is said and asked for
 * again; an empty one leaves out what is not required.  TELAR_ERROR_CANCELLED when
 * the input ends: nothing has been made then.
 */
typedef bool (*asking_fits)(struct cli *cli, enum kind kind, char *const *words, GError **error);

bool asking_entry(struct cli *cli, enum kind kind, asking_fits fits, GPtrArray *words,
		  GError **error);

/* Whether there is somebody to ask. */
bool asking_is_possible(const struct cli *cli);

#endif
