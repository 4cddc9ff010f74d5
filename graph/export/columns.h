#ifndef GRAPH_EXPORT_COLUMNS_H
#define GRAPH_EXPORT_COLUMNS_H

#include "data/field.h"

/*
 * Columns of a kind of record, made from its table of fields: groups are
 * flattened ("agenda_status"), money is an amount and a currency, lists are one
 * cell joined by "; ".  Items have tables of their own and private fields none.
 */
struct column {
	char *name;
	const struct field *field;
	guint offset;  /* of the struct that holds the field */
	bool currency; /* of a MONEY: this column is the currency, else the amount */
	bool number;
	bool integer;
};

GPtrArray *columns_new(const struct record_type *type); /* struct column *, owned */

/* The cell's text, with numbers as numbers; NULL when absent.  Caller frees. */
char *column_text(const struct column *column, const void *record);

/* "betweenness-raw" -> "m_betweenness_raw".  Caller frees. */
char *column_of_measure(const char *id);

#endif
