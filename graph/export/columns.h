#ifndef GRAPH_EXPORT_COLUMNS_H
#define GRAPH_EXPORT_COLUMNS_H

#include "graph/export/names.h"
#include "graph/net.h"

/*
 * Columns of a kind of record, made from its table of fields: groups are
 * flattened ("agenda_status"), money is an amount and a currency, lists are one
 * cell joined by "; ".  Items have tables of their own and private fields none;
 * attributes are a column each, x_KEY, which people read as KEY.
 */
struct column {
	char *name;
	char *read; /* in the language of the process */
	const struct field *field;
	guint offset;  /* of the struct that holds the field */
	bool currency; /* of a MONEY: this column is the currency, else the amount */
	bool number;
	bool integer;
	const char *attribute; /* key of one of the record's attributes, as an import left it */
};

GPtrArray *columns_new(const struct record_type *type); /* struct column *, owned */
void column_free(void *column);

/* Columns of the attributes that these records of `type` have, by key, behind those there are. */
void columns_add_attributes(GPtrArray *columns, const struct record_type *type,
			    const void *const *records, guint n);

/* Those of the institutions in view, and of what they declare of one another. */
void columns_add_members(GPtrArray *columns, const struct net *net);
void columns_add_claims(GPtrArray *columns, const struct net *net);

/* The cell's text, with numbers as numbers; NULL when absent.  Caller frees. */
char *column_text(const struct column *column, const void *record);

/* The same as people read it: names in the place of ids, words of the network.  Caller frees. */
char *column_read(const struct column *column, const struct model *model, const struct names *names,
		  const void *record);

/* "betweenness-raw" -> "m_betweenness_raw".  Caller frees. */
char *column_of_measure(const char *id);

#endif
