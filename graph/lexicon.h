#ifndef GRAPH_LEXICON_H
#define GRAPH_LEXICON_H

#include <glib.h>

/*
 * Texts as numbers, equal ones the same, in the order in which they are met.  The texts are
 * borrowed.
 */
struct lexicon {
	GPtrArray *words;  /* by number */
	GHashTable *index; /* text -> number */
	GHashTable *met;   /* the same by where a text lies, + 1: most lie in one place */
};

void lexicon_init(struct lexicon *lexicon);
void lexicon_clear(struct lexicon *lexicon);
guint lexicon_number(struct lexicon *lexicon, const char *word);

#endif
