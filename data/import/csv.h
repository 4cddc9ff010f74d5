#ifndef DATA_IMPORT_CSV_H
#define DATA_IMPORT_CSV_H

#include "base/findings.h"

/*
 * A network kept as seven CSV tables with a header row each (networks,
 * territories, institutions, partnerships, programmes, participations, counts),
 * as a directory of YAML.  Lists inside a cell are separated by `;`.
 */
enum csv_table {
	CSV_NETWORKS,
	CSV_TERRITORIES,
	CSV_INSTITUTIONS,
	CSV_PARTNERSHIPS,
	CSV_PROGRAMMES,
	CSV_PARTICIPATIONS,
	CSV_COUNTS,
	CSV_TABLE_COUNT
};

struct csv_import {
	const char *from; /* the directory that holds the tables */
	const char *into; /* the network's directory: not there yet, or empty */
	const char *id;	  /* of the network as a whole, for network.yaml */
	const char *name;
	bool check_only; /* read and check, write nothing; `into` may be NULL */
};

/* "institutions.csv" … */
const char *csv_table_file(enum csv_table table);

/*
 * All or nothing: every bad row becomes a finding at its line, and then nothing
 * is written (TELAR_ERROR_FINDINGS); the directory appears whole or not at all.
 * `rows` (may be NULL) is how many rows of each table went in.  Fails with
 * TELAR_ERROR_NO_INPUT when a table is missing, TELAR_ERROR_CANNOT_CREATE when
 * the target holds something already.
 */
bool csv_import_run(const struct csv_import *import, guint rows[CSV_TABLE_COUNT],
		    struct findings *findings, GError **error);

#endif
