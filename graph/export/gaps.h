#ifndef GRAPH_EXPORT_GAPS_H
#define GRAPH_EXPORT_GAPS_H

#include "graph/export/cells.h"
#include "graph/gap.h"

/*
 * The register of gaps as two tables: one row a gap, and one row a candidate of a gap.
 * Manifest and manual tell of the same columns.
 */
enum gap_table { GAP_TABLE_GAPS, GAP_TABLE_CANDIDATES, GAP_TABLES };

struct gap_cell;
struct gap_column {
	enum gap_table table;
	const char *name;
	const char *meaning; /* N_() */
	bool inside;  /* empty but for coordinators: people write there as among themselves */
	bool named;   /* names that people read in the place of ids */
	guint offset; /* of what is written as it stands in the gap or the candidate */
	void (*write)(const struct gap_cell *cell, const struct gap_column *column);
};

const struct gap_column *gap_columns(guint *n);
/* "gaps.csv" */
const char *gap_table_name(enum gap_table table);

#endif
