#ifndef CLI_GAP_PRINT_H
#define CLI_GAP_PRINT_H

#include "cli/cli.h"

/* Gaps as people and programs read them: what gaps, gap, suggest and whatif share. */

/* Severity, kind and title, what closes it and with whom; `long_form`: everything. */
void gap_print(struct cli *cli, const struct gap *gap, bool long_form);

void gap_json(struct cli *cli, struct json *json, const struct gap *gap);

/* Members of an object that say who could work together and who could introduce them, by id and
 * by name; -1: nobody. */
void gap_parties_json(const struct cli *cli, struct json *json, int a, int b, int introducer);

/* A heading with the first of a list of gaps, severity, kind and title; nothing when it is empty.
 */
void gap_list_print(const struct cli *cli, const char *title, const GPtrArray *gaps);
void gap_list_json(struct json *json, const char *key, const GPtrArray *gaps);

/* Short name of an institution by model index. */
const char *gap_name_of(const struct cli *cli, int institution);

#endif
