#ifndef DATA_IMPORT_CSV_BUILD_H
#define DATA_IMPORT_CSV_BUILD_H

#include "data/import/csv.h"
#include "data/import/sheet.h"
#include "data/node.h"

/* The trees that an import makes of its tables, with the place of every value. */
struct entry {
	enum kind kind;
	const char *id; /* of the tree */
	struct node *node;
	enum csv_table table;
};

struct build {
	struct sheet *sheets[CSV_TABLE_COUNT];
	struct findings *findings;
	GPtrArray *entries;	       /* struct entry *, in the order of the tables */
	GHashTable *by_id[KIND_COUNT]; /* id -> struct entry * */
	bool broken[KIND_COUNT];       /* rows of it could not be read: any id may be there */
	struct node *network;	       /* network.yaml */
	struct node *counts;	       /* counts.yaml; NULL: no rows */
};

void build_init(struct build *build, struct findings *findings);
void build_release(struct build *build);

/* Reads the tables of a directory into `sheets`. */
bool build_read(struct build *build, const char *from, GError **error);

/* Makes the trees.  What has no place (an unknown id, a second row) becomes a finding. */
void build_trees(struct build *build, const struct csv_import *import);

/*
 * A node remembers its table and line in its mark, so that what the field tables
 * find wrong is reported where it stands in the CSV.
 */
void build_unmark(guint marked, enum csv_table *table, guint *line);

#endif
