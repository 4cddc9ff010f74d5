#ifndef CLI_EDIT_H
#define CLI_EDIT_H

#include "cli/cli.h"
#include "data/node.h"
#include "data/op.h"

/*
 * Applies a change and says so; with -n says what it would do and whether it
 * could.  Errors of the result (a word that is not in the vocabulary, …) are
 * TELAR_ERROR_FINDINGS with the first finding's message and hint, the others
 * printed.
 */
bool edit_apply(struct cli *cli, struct change *change, GError **error);

/* Says that a change is saved; with --json prints it. */
void edit_say(const struct cli *cli, const struct change *change);

/* A change as a line or as JSON, as log and undo print it too. */
void edit_json(struct json *json, const struct change *change);
void edit_print_json(const struct cli *cli, const struct change *change);
char *edit_op_text(const struct op *op); /* "innovec: city: Puebla → Bogotá".  Caller frees. */

#endif
