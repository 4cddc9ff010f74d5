#ifndef DATA_IMPORT_MATCH_H
#define DATA_IMPORT_MATCH_H

#include "data/import/batch.h"

/*
 * Settles which entry every row is, gives new ones their ids, and finds the ends
 * of ties.  Rows that only look like an entry are left undecided, in the plan.
 * False with TELAR_ERROR_USAGE when --same names nothing.
 */
bool match_rows(struct batch *batch, struct import_plan *plan, GError **error);

#endif
