#ifndef DATA_IMPORT_TREES_H
#define DATA_IMPORT_TREES_H

#include "data/node.h"

/* Building trees value by value; every node gets `mark`, by which its place is found again. */
struct node *tree_text(struct node *parent, const char *key, const char *text, struct mark mark);
struct node *tree_map(struct node *parent, const char *key, struct mark mark);
/* The list under `key`, made when it is not there. */
struct node *tree_list(struct node *map, const char *key, struct mark mark);
/* Words between `separators`' characters into the list under `key`; none: no list. */
void tree_words(struct node *map, const char *key, const char *text, const char *separators,
		struct mark mark);

/* A term into the vocabularies of a network's tree. */
void tree_term(struct node *network, enum vocabulary vocabulary, const struct term *term);
/* The settings a new network begins with. */
void tree_settings(struct node *network);

#endif
