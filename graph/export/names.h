#ifndef GRAPH_EXPORT_NAMES_H
#define GRAPH_EXPORT_NAMES_H

#include "data/model.h"

/*
 * What records are called in tables for people, by kind and in model order: their names, which an
 * import finds again; where another one of the kind is called so too, their ids.
 */
struct names {
	const char **of[KIND_COUNT]; /* borrowed from the model */
};

struct names *names_new(const struct model *model);
void names_free(struct names *names); /* NULL accepted */

#endif
