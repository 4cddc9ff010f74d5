#ifndef DATA_IMPORT_BATCH_H
#define DATA_IMPORT_BATCH_H

#include "data/import/columns.h"
#include "data/import/import.h"
#include "data/import/lexicon.h"
#include "data/import/trees.h"

/*
 * What an import has in hand between the rows of its files and the entries of
 * the network: institutions and ties as trees, every value with its place.
 */
struct place {
	const char *file; /* of the raw */
	guint line, col;
};

struct row_node {
	struct node *tree; /* of an institution, without id and partners */
	char *given;	   /* its id in the file, or NULL */
	char *label;
	guint place;
	bool made;			/* of an end of a tie, not of a row */
	const struct institution *same; /* the entry that it is; NULL: a new one */
	char *id;			/* once settled */
};

struct row_edge {
	char *from, *to; /* as the file has them */
	struct node *tree;
	guint place;
	bool directed;
	const char *a, *b; /* ids, once settled; NULL: an end is unknown */
};

struct batch {
	const struct import_options *options;
	const struct model *model; /* NULL: a new network */
	struct findings *findings;
	struct lexicon *lexicon;
	GPtrArray *raws;  /* struct raw * */
	GPtrArray *uses;  /* GPtrArray * of struct use, one a raw; NULL: not recognised */
	GArray *places;	  /* struct place */
	GPtrArray *nodes; /* struct row_node * */
	GPtrArray *edges; /* struct row_edge * */
	GHashTable *ends; /* folded label and id of a row -> struct row_node * */
};

void batch_init(struct batch *batch, const struct import_options *options,
		const struct model *model, struct findings *findings);
void batch_release(struct batch *batch);

/* Rows of all raws into nodes and edges. */
void batch_fill(struct batch *batch);

/* A node that no row describes: an end of a tie. */
struct row_node *batch_add_end(struct batch *batch, const char *label, guint place);

/* A mark that says a place, and a finding there. */
struct mark batch_mark(guint place);
void batch_report(const struct batch *batch, guint place, enum severity severity, const char *code,
		  const char *message, const char *hint);
/* Moves findings whose lines are marks to where they stand. */
void batch_relocate(const struct batch *batch, struct findings *found);

#endif
