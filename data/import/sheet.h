#ifndef DATA_IMPORT_SHEET_H
#define DATA_IMPORT_SHEET_H

#include "base/findings.h"

/*
 * One CSV file as rows of text, cells in the order of the wanted columns
 * whatever the file's own order.  Every cell is acceptable text.
 */
struct column {
	const char *name; /* in the header; NULL ends a table of columns */
	const char *key;  /* of the record's field that takes the cell as it is; NULL: by code */
	bool many;	  /* the cell is a list */
	bool optional;	  /* the column may be missing: empty cells then */
};

struct row {
	guint line;   /* where the row begins */
	char **cells; /* one per wanted column, never NULL */
};

struct sheet {
	const char *file; /* for findings */
	const struct column *columns;
	GPtrArray *rows; /* struct row * */
};

/*
 * Reads PATH.  A wrong header, broken quoting, a row with too many or too few
 * cells, bad bytes and characters become findings on `file`.  NULL only when the
 * file cannot be read.
 */
struct sheet *sheet_read(const char *path, const char *file, const struct column *columns,
			 struct findings *findings, GError **error);
void sheet_free(struct sheet *sheet); /* NULL accepted */

/* The cell of the column called `name`, "" when empty. */
const char *sheet_cell(const struct sheet *sheet, const struct row *row, const char *name);

#endif
