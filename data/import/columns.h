#ifndef DATA_IMPORT_COLUMNS_H
#define DATA_IMPORT_COLUMNS_H

#include "data/import/raw.h"
#include "data/records.h"

/*
 * What the columns of a file mean: by --map, by our own field names, by the
 * names that Gephi, Kumu and spreadsheets in English, Spanish and Portuguese
 * use.  What is left over becomes an attribute.
 */
enum slot {
	SLOT_ATTRIBUTE,
	SLOT_FIELD, /* of the record: `field` */
	SLOT_ID,    /* of a node, as its file has it */
	SLOT_FROM,  /* end of an edge */
	SLOT_TO,
	SLOT_LOCATION,	/* "lat, lon" */
	SLOT_DIRECTION, /* directed, undirected, mutual; or yes, no */
	SLOT_TIER,	/* of the membership in this network */
	SLOT_JOINED,
	SLOT_CURRENCY, /* of the amount */
	SLOT_LEFT_OUT,
};

struct use {
	enum slot slot;
	const struct field *field;
	char *key;	 /* of an attribute */
	const char *why; /* left out: translated */
	bool mapped;	 /* somebody said so */
};

/*
 * One use a column, in their order (struct use, owned by the array); sets
 * `raw->holds` where it is unsure.  NULL, with a finding, when the columns make
 * neither nodes nor edges.  `map` are texts FIELD=COLUMN; `computed` is import_options'.
 */
GPtrArray *columns_recognise(struct raw *raw, const char *const *map, const char *const *computed,
			     struct findings *findings);

/* Whether every FIELD=COLUMN names a field and a column of one of the files. */
bool columns_check_map(const GPtrArray *raws, const char *const *map, GError **error);

/* "name", "attributes (color)", "left out: …".  Caller frees. */
char *use_text(const struct use *use);

#endif
