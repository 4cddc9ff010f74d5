#ifndef DATA_IMPORT_LEXICON_H
#define DATA_IMPORT_LEXICON_H

#include "data/model.h"

/*
 * From the words of a file to those of the network: sectors, kinds, tiers and
 * lines by id or by their name in any of the three languages, territories by id
 * or name, countries by code or name.  What is not known is collected: a new
 * network makes it its own.
 */
struct lexicon;

struct lexicon_word {
	enum vocabulary vocabulary;
	char *id;
	char *name;  /* as the file writes it, or as it is commonly called */
	bool common; /* one of the common words: see words.h */
	guint first; /* place where it was first met */
	guint n;     /* how often */
};
struct lexicon_place {
	char *id;
	char *name;
	char *country; /* NULL: its institutions are of several, or of none */
	bool several;
	guint first;
};

/* `model` NULL: a new network, in which every word is new or common. */
struct lexicon *lexicon_new(const struct model *model);
void lexicon_free(struct lexicon *lexicon);

/* The id of a word; a new one is collected.  Borrowed. */
const char *lexicon_word(struct lexicon *lexicon, enum vocabulary vocabulary, const char *text,
			 guint place);
/* The id of a territory; a new one is collected.  Borrowed. */
const char *lexicon_territory(struct lexicon *lexicon, const char *text, const char *country,
			      guint place);
/* The id of a record of these kinds (bits 1 << KIND_…), by id or name; NULL: none.  Borrowed. */
const char *lexicon_record(struct lexicon *lexicon, guint kinds, const char *text);
/* "MX" for MX, mx, Mexico and México; NULL when it is none. */
const char *lexicon_country(struct lexicon *lexicon, const char *text);

/* What was collected, in the order of meeting: struct lexicon_word *, struct lexicon_place *. */
const GPtrArray *lexicon_new_words(const struct lexicon *lexicon);
const GPtrArray *lexicon_new_places(const struct lexicon *lexicon);

/* `base`, or `base`-2 … that is not in `taken`; a key of `taken` then.  Caller frees. */
char *id_unused(GHashTable *taken, const char *base);

#endif
