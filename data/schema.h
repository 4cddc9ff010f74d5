#ifndef DATA_SCHEMA_H
#define DATA_SCHEMA_H

#include "data/records.h"

/*
 * The JSON Schema (draft 7) of a kind of record, made from its field table, for
 * editors that complete and check YAML as it is typed.  Vocabularies are a
 * network's own and stay open here.  English, pretty, ends with a newline.
 * Caller frees.
 */
char *schema_json(enum kind kind);

#endif
