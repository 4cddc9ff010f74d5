#ifndef GRAPH_EXPORT_CELLS_H
#define GRAPH_EXPORT_CELLS_H

#include "graph/export/export.h"
#include "graph/export/names.h"

/*
 * Tables as CSV: cells of a row from left to right, then its end.  Comma (or what is asked
 * for) between them, UTF-8, lines ended by a line feed.  Text that a spreadsheet would run as
 * a formula gets an apostrophe in front; numbers stay numbers.
 */
struct outlet;
struct sheet {
	struct outlet *outlet;
	guint file;   /* in it */
	GString *out; /* what is not written yet */
	char separator;
	char decimal;		   /* of numbers */
	bool words;		   /* those that people read: cell_word() */
	const struct names *names; /* of records; NULL: their ids */
	bool filled;		   /* the row has a cell already */
	const struct export_options *options;
	bool stopped; /* what follows is for nothing */
};

void cell_number(struct sheet *sheet, double value); /* not finite: empty */
void cell_count(struct sheet *sheet, guint value);
void cell_digits(struct sheet *sheet, const char *text); /* a number with a point; NULL: empty */
void cell_text(struct sheet *sheet, const char *text);	 /* NULL: empty */
/* The one for programs, or what people read for it, as the dialect has it. */
void cell_word(struct sheet *sheet, const char *id, const char *read);
void cell_date(struct sheet *sheet, struct date date);
void cell_money(struct sheet *sheet, const struct money *money); /* two: amount and currency */
void row_end(struct sheet *sheet);
/* A row with the heads of a file's columns, as the dialect has them. */
void cells_columns(struct sheet *sheet, bool (*column)(guint i, struct export_column *out),
		   const char *file);

/* Room for so many bytes more; what is put there ends before `end`. */
char *sheet_room(const struct sheet *sheet, gsize more);
void sheet_fill(const struct sheet *sheet, const char *end);
/* A number at `end`, where there is room for NUMBER_SIZE; behind it. */
char *sheet_number(const struct sheet *sheet, double value, char *end);

/* A file of an export, and what writes it: its head and its rows. */
struct csv_table {
	const char *name;
	void (*write)(struct study *study, struct sheet *sheet);
};

#define CSV_TABLES 8 /* at most, of one export */

/*
 * A directory of tables with a manifest, all or nothing; the tables in threads of their own,
 * of which that of the last begins first: it should be the longest.
 */
bool csv_write(struct study *study, const struct export_options *options, const char *format,
	       const struct csv_table *tables, guint n, GError **error);

#endif
