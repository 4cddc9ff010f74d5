#ifndef BASE_OUT_H
#define BASE_OUT_H

#include <glib.h>
#include <stdbool.h>
#include <stdio.h>

/*
 * Plain output that may end on a terminal.  Everything printed through here
 * passes the cleaning door when the stream is a terminal; to a pipe or file
 * bytes go as they are.
 */
enum out_colour { OUT_AUTO, OUT_ALWAYS, OUT_NEVER };

struct out {
	FILE *stream;
	bool terminal;
	bool colour;
	int columns; /* of the terminal; 0 for a pipe: no clipping */
};

/* Looks at the stream, NO_COLOR and TERM. */
struct out out_open(FILE *stream, enum out_colour colour);

void out_text(const struct out *out, const char *text);
void out_printf(const struct out *out, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* Bold on a colour terminal, else as it is. */
void out_heading(const struct out *out, const char *text);
/* One row for programs, `n` cells with tabs between them, each of one line; NULL is "". */
void out_row(const struct out *out, const char *const *cells, guint n);

/*
 * Rows of cells in aligned columns: add a header, then rows of `n` strings
 * (copied; NULL is ""), then print once.  A column whose header begins with '>'
 * is right-aligned.  On a terminal the widest left-aligned column is clipped so
 * that a row fits.  With `plain`, each as out_row() prints it.
 */
struct table;
struct table *table_new(const char *const *headers, guint n);
void table_row(struct table *table, const char *const *cells);
void table_print(const struct table *table, const struct out *out, bool plain);
void table_free(struct table *table);

#endif
