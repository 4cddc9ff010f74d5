#ifndef GRAPH_NUMBERS_H
#define GRAPH_NUMBERS_H

#include <glib.h>

/*
 * The values of a measure, kept in as few bytes as hold every one of them exactly: most
 * are counts, and a large network has ten million.  Immutable once made.
 */
struct numbers;

struct numbers *numbers_new(const double *values, gsize n);
void numbers_free(struct numbers *numbers); /* NULL accepted */

double numbers_at(const struct numbers *numbers, gsize i); /* as it was, NAN as any NAN */
double *numbers_copy(const struct numbers *numbers);	   /* all of them; caller frees */

/* How many are numbers, and how many of them above `value`.  O(n). */
void numbers_count(const struct numbers *numbers, double value, guint *having, guint *higher);

#endif
