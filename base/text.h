#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <glib.h>
#include <stdbool.h>

/*
 * Text of people, on its way to a terminal and back.
 *
 * The one cleaning door: whatever a person or a file wrote passes text_next()
 * (directly in grid_put, or through text_clean()) before it is shown.  What
 * could move the cursor, change direction or hide is shown as <U+202E>, bad
 * bytes as <BF>; at most TEXT_MARKS combining marks stay on a base.
 */
#define TEXT_CLUSTER 64 /* bytes that one cleaned cluster can take, with its NUL */
#define TEXT_MARKS   2

/*
 * Cleans and cuts the next cluster (a base with its marks, or one escape) from
 * `s` (at most `len` bytes; stops at NUL).  Writes it NUL-terminated to `out`,
 * its columns to `*width` (0 never: a lone mark gets a dotted circle), and
 * returns where the rest begins; NULL at the end.
 */
const char *text_next(const char *s, gsize len, char out[TEXT_CLUSTER], int *width);

/* The whole of `s` (len < 0: to NUL) cleaned; newlines and tabs stay when `lines`.  Caller frees.
 */
char *text_clean(const char *s, gssize len, bool lines);

/* Columns that cleaned `s` takes. */
int text_width(const char *s);

/*
 * Cleaned `s` in at most `columns`, cut at a cluster with "…" when it does not
 * fit, padded with blanks to exactly `columns` when `pad`.  Caller frees.
 */
char *text_fit(const char *s, int columns, bool pad);
/*
 * As text_fit() without padding, but what does not fit is left out before the last
 * words, for names that begin alike: "Secretaría de E… de Nuevo León".  Caller frees.
 */
char *text_fit_name(const char *s, int columns);

/*
 * A number as people read it: whole parts of five digits and more in groups of three with
 * no-break blanks between them, as the academies of the languages spoken here and ISO 80000
 * have it; blanks that follow do not break either.  "16000000.50 COP" -> "16 000 000.50 COP".
 * Only for reading: what is typed, exported or stored is not grouped.  Caller frees.
 */
char *text_grouped(const char *number);

/* As much of cleaned `s` as `columns` hold, with no sign for what is left out.  Caller frees. */
char *text_cut(const char *s, int columns);

/* Cleaned `s` broken at blanks into lines of at most `columns`; GPtrArray of char *, owned. */
GPtrArray *text_wrap(const char *s, int columns);

/*
 * For comparing and searching: lower case, without accents or width variants,
 * blanks folded to one.  "Educación  STEM" -> "educacion stem".  Caller frees.
 */
char *text_fold(const char *s);

/*
 * Whether `s` may be stored: strict UTF-8, no control (but newline and tab when
 * `lines`), format, surrogate, private-use or unassigned-as-noncharacter code
 * point, no line or paragraph separator.  On false `*offset` is the byte and
 * `*bad` the code point (0 for a broken sequence).
 */
bool text_acceptable(const char *s, gsize len, bool lines, gsize *offset, gunichar *bad);

/*
 * The word of NULL-terminated `words` nearest to `word` by folded edit distance
 * (transposition counts one), or NULL when none is near enough to suggest.
 */
const char *text_nearest(const char *word, const char *const *words);
/* The same where `names` are what people read for `words`, one each: still one of `words`. */
const char *text_nearest_named(const char *word, const char *const *words,
			       const char *const *names);

/* Controls, format and direction marks, private use, noncharacters: never shown as they are. */
bool text_is_harmful(gunichar c);

/*
 * How well `needle` (folded) is found in `hay` (folded): 0 not at all; higher is
 * better; a run at a word's beginning beats scattered letters.
 */
#define TEXT_MATCH_SCATTERED 100 /* at most so much for letters with gaps between, … */
#define TEXT_MATCH_LEAST     92	 /* … of which some were left out while typing; below is chance */
int text_match(const char *needle, const char *hay);

#endif
