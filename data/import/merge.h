#ifndef DATA_IMPORT_MERGE_H
#define DATA_IMPORT_MERGE_H

#include "data/import/batch.h"

/* An entry as the import leaves it. */
struct target {
	enum kind kind;
	char *id;
	struct node *before; /* NULL: new */
	struct node *after;
};

/*
 * Settled rows into entries (struct target *, owned, territories first): new
 * ones whole; of those that are there only empty fields are filled, and what
 * differs is noted in the plan.  Every value is checked by the field tables
 * against the network as it will be, `network`; findings at the rows.
 */
GPtrArray *merge_rows(struct batch *batch, const struct network *network, struct import_plan *plan);

/* A sector for every new row: of its own, the one of --sector, or "not stated". */
void merge_sectors(struct batch *batch);

#endif
