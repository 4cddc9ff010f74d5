#ifndef DATA_IMPORT_WORDS_H
#define DATA_IMPORT_WORDS_H

#include "data/records.h"

/*
 * The words that networks of this kind commonly use, with their names in three
 * languages: what a new or imported network begins with.  From then on the words
 * are the network's own, in its network.yaml.
 */
struct word {
	enum vocabulary vocabulary;
	struct term term;
};
extern const struct word common_words[];
extern const guint n_common_words;

/* A word by id, or NULL. */
const struct term *common_word(enum vocabulary vocabulary, const char *id);

#endif
