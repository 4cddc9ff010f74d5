#ifndef DATA_IMPORT_ALIKE_H
#define DATA_IMPORT_ALIKE_H

#include <glib.h>

/*
 * Names that look like one another: the same words but for slips, abbreviations
 * and small words, in any order ("Univ. de los Andes", "Universidad de los
 * Andes").  Numbers and short words must be equal, and a word of its own makes
 * another name ("Secretaría de Educación de Bogotá" is not that of Medellín).
 */
struct alike;

struct alike *alike_new(void);
void alike_free(struct alike *alike);

/* Names are copied; `thing` is borrowed. */
void alike_add(struct alike *alike, const char *name, void *thing);

/*
 * The thing whose name looks most like `name`, or NULL.  Looks only at names that
 * share enough groups of three letters: in practice a handful of thousands.
 */
void *alike_find(const struct alike *alike, const char *name);

#endif
