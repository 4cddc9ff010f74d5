#ifndef DATA_IMPORT_RAW_H
#define DATA_IMPORT_RAW_H

#include "base/findings.h"

/*
 * Rows of text with named columns, whatever file they came from: what a CSV
 * table, the nodes or edges of a GraphML file, the elements or connections of a
 * Kumu file all become.  Every cell is text that may be stored.
 */
#define RAW_FILE_MAX	(64 * 1024 * 1024)
#define RAW_GRAPHML_MAX (200 * 1024 * 1024)
#define RAW_CELL_MAX	(16 * 1024) /* an entry's file holds 256 KiB in all */
#define RAW_COLUMNS_MAX 512	    /* what columns mean is weighed against each other */

enum raw_holds { RAW_UNSURE, RAW_NODES, RAW_EDGES };

struct raw_row {
	guint line; /* where it begins; 0: the file does not say */
	guint col;
	GPtrArray *cells; /* char *, shorter than the columns when the last are empty */
};

struct raw {
	char *file; /* as it was named, for findings */
	char *what; /* "nodes.csv", "net.graphml: edge": for people */
	enum raw_holds holds;
	guint header;	    /* line of the header; 0: there is none */
	GPtrArray *columns; /* char * */
	GHashTable *places; /* of them: name -> position + 1 of the first of that name */
	GPtrArray *rows;    /* struct raw_row * */
	bool crowded;	    /* there are more columns than are read: said once */
	bool full;	    /* a cell got too many values: said once */
};

struct raw *raw_new(const char *file, const char *part);
void raw_free(struct raw *raw); /* NULL accepted */
struct raw_row *raw_add(struct raw *raw, guint line, guint col);
/*
 * Position of a column; added when it is not there yet, or in any case.  Beyond
 * RAW_COLUMNS_MAX nothing is added: what is put there becomes one finding.
 */
guint raw_column(struct raw *raw, const char *name);
guint raw_append(struct raw *raw, const char *name);
void raw_crowded(struct raw *raw, const struct raw_row *row, struct findings *findings);
int raw_find(const struct raw *raw, const char *name); /* -1: not there */
/* The cell, "" when empty. */
const char *raw_cell(const struct raw_row *row, guint column);

/*
 * Puts `text` in normal form into a cell; what may not be stored (control
 * characters, too long) becomes a finding at the row.  Another value than
 * the one that stands there already is put behind a `|`.
 */
void raw_put(struct raw *raw, struct raw_row *row, guint column, const char *text, gsize length,
	     struct findings *findings);

/*
 * Reads a file by its form (CSV, GraphML, Kumu's JSON), appending one raw or two
 * to `raws`.  What is wrong inside becomes findings on `path`; false only when
 * it cannot be read at all.
 */
bool raw_read(const char *path, GPtrArray *raws, struct findings *findings, GError **error);

/*
 * The readers.  CSV: separator comma, semicolon or tab as the header has it, a
 * BOM is passed over; UTF-16 and Latin-1 are named with the remedy.  GraphML:
 * streamed, without network, entities or document type.
 */
struct raw *raw_from_csv(const char *text, gsize length, const char *file,
			 struct findings *findings);
bool raw_from_graphml(const char *path, const char *file, GPtrArray *raws,
		      struct findings *findings, GError **error);
void raw_from_kumu(const char *text, gsize length, const char *file, GPtrArray *raws,
		   struct findings *findings);

/* The whole of a file, at most `most` bytes; NO_INPUT, DATA or IO. */
char *raw_bytes(const char *path, gsize most, gsize *length, GError **error);

/* False, with one finding, when the bytes are no UTF-8 text: says what they are and the remedy. */
bool raw_encoding(const char *text, gsize length, const char *file, struct findings *findings);

#endif
