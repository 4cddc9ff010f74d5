#ifndef GRAPH_EXPORT_GAPS_H
#define GRAPH_EXPORT_GAPS_H

#include "graph/export/cells.h"
#include "graph/gap.h"

/*
 * The register of gaps as two tables: one row a gap, and one row a candidate of a gap.
 * Manifest and manual tell of the same columns.
 */
enum gap_table { GAP_TABLE_GAPS, GAP_TABLE_CANDIDATES, GAP_TABLES };

struct gap_column {
	enum gap_table table;
	const char *name;
	const char *meaning; /* N_() */
	bool inside; /* empty but for coordinators: people write there as among themselves */
	/* `candidate` is NULL in the table of gaps. */
	void (*write)(struct sheet *sheet, const struct model *model, const struct gap *gap,
		      const struct candidate *candidate);
};

const struct gap_column *gap_columns(guint *n);
/* "gaps.csv" */
const char *gap_table_name(enum gap_table table);

#endif
