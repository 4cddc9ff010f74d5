#ifndef DATA_IMPORT_IMPORT_H
#define DATA_IMPORT_IMPORT_H

#include "base/findings.h"
#include "data/model.h"
#include "data/op.h"

/*
 * Import of institutions and ties from files of other tools (CSV, GraphML, Kumu's
 * JSON) into a new network or an existing one.  All is read and settled first, as
 * a plan that can be shown; then it is carried out whole or not at all.
 */
struct import_options {
	const char *const *files; /* NULL-terminated, as are the other lists */
	const char *const *map;	  /* FIELD=COLUMN, or NULL */
	const char *const *same;  /* ROW=ID: the row, by its id or label, is that entry */
	bool all_new;		  /* what only looks like an entry is another one */
	bool add_ends;		  /* an institution of every unknown end of a tie */
	bool add_words;		  /* unknown sectors, kinds and tiers become the network's */
	const char *sector;	  /* of rows that state none */
	const char *id, *name;	  /* of a new network */
	/* Heads of columns that this program computes, as people read them: left out of its own
	 * tables.  NULL: none. */
	const char *const *computed;
};

struct import_column {
	char *file;
	char *column;
	char *use; /* translated */
	bool left_out;
};

enum import_how { IMPORT_BY_ID, IMPORT_BY_NAME, IMPORT_AS_SAID, IMPORT_TIE };

struct import_match {
	char *label; /* in the file */
	char *id;    /* of the entry */
	enum import_how how;
	GPtrArray *fills; /* char *: fields that were empty and get a value */
	GPtrArray *differs; /* char *: "city: “Munich”, in the file “München”"; the entry keeps its
			       own */
};

struct import_alike {
	char *label;
	char *id;
	char *name;  /* of the entry that it looks like */
	char *place; /* "nodes.csv:3" */
};

struct import_plan {
	guint new_institutions, new_territories, new_ties, known_ties, changed_ties;
	GPtrArray *columns; /* struct import_column * */
	GPtrArray *matches; /* struct import_match * */
	GPtrArray *alike;   /* struct import_alike *: undecided */
	GPtrArray *words;   /* char *: "sectors: ngo, museum", the words that are new */
	struct change
		*change; /* into an existing network, for workspace_apply(); empty: nothing to do */
	GPtrArray *trees; /* of a new network, for import_write() alone */
	struct node *network;
};

/*
 * Reads and settles.  `model` NULL: a new network.  What is wrong with the data
 * becomes findings, and the plan then says what it could; it may be carried out
 * only when there are no errors and nothing is undecided.  NULL when a file
 * cannot be read or the options do not fit the files.
 */
struct import_plan *import_prepare(const struct import_options *options, const struct model *model,
				   struct findings *findings, GError **error);
void import_plan_free(struct import_plan *plan); /* NULL accepted */

/* A new network in the directory `into`: not there yet, or empty. */
bool import_write(const struct import_plan *plan, const char *into, GError **error);

#endif
