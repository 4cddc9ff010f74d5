#ifndef DATA_CALLED_H
#define DATA_CALLED_H

#include "data/field.h"

/*
 * What fields are called where a name is typed: their key, and what people read for it in the
 * language of the process, without accents and case if need be, with dashes for blanks:
 * "short_name" is also "nombre-corto".
 */

/* By key, else by label, one or many ("territorio"); NULL: none is called so. */
const struct field *field_called(const struct record_type *type, const char *name);

/* Whether a word, folded with dashes for blanks, is what people read for something: "territorio"
 * for the label "Territories" of the person's language, one or many. */
bool label_is(const char *label, const char *folded);
/* A word that was typed, as label_is() takes it.  Caller frees. */
char *word_folded(const char *word);

/* How a person would write it: the label as a word where the language of the process has one that
 * field_called() reads again, else the key.  Caller frees. */
char *field_word(const struct record_type *type, const struct field *field);

/* A text that people read as a word that can be typed, "nombre-corto"; NULL: it cannot.  Caller
 * frees. */
char *word_of_text(const char *text);

/* A path (data/path.h) whose names are labels, in keys; NULL where one is no field.  Caller
 * frees. */
char *path_called(const struct record_type *type, const char *path);

#endif
