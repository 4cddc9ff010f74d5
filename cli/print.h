#ifndef CLI_PRINT_H
#define CLI_PRINT_H

#include "cli/cli.h"

/* Records as cards, rows and JSON: what list, show and find share. */

/*
 * A record as a JSON object, numbers as numbers, lists as arrays, absent fields
 * left out.  Private fields only when `private`.
 */
void print_json_record(struct json *json, const struct record_type *type, const void *record,
		       bool private);

/* "institution" beside what print_json_record() writes, as its first member `kind`. */
void print_json_kind(struct json *json, enum kind kind, const void *record, bool private);

/* Every set field but lists of items and private ones, label and value, wrapped. */
void print_fields(const struct cli *cli, const struct record_type *type, const void *record,
		  bool private, const char *const *leave_out);

/* One item on one line: its values as people read them, joined by " · ". */
char *print_item(const struct model *model, const struct record_type *type, const void *item);

/* A heading above a part of a card, with an empty line before it. */
void print_part(const struct cli *cli, const char *title);

/* Names of terms (const char *), joined by ", ".  Caller frees. */
char *print_terms(const struct model *model, enum vocabulary vocabulary, const GPtrArray *ids);

#endif
