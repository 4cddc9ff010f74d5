#ifndef BASE_FINDINGS_H
#define BASE_FINDINGS_H

#include <glib.h>
#include <stdbool.h>
#include <stdio.h>

/*
 * Findings are what is wrong with data, many at once, each at its place.  They
 * are not errors of the program (those are GError).
 */
enum severity { SEVERITY_ERROR, SEVERITY_WARNING, SEVERITY_NOTE };

struct finding {
	enum severity severity;
	char *file;	 /* relative to the network's directory; NULL: no file */
	guint line, col; /* 1-based, col in code points; 0: unknown */
	guint span;	 /* code points to underline; 0: just the place */
	char *code;	 /* stable word: "vocabulary", "syntax", "reference", … */
	char *message;	 /* translated, no final period */
	char *hint;	 /* what to do, or NULL */
	char *source;	 /* the line's text as it stands in the file, or NULL */
};

struct findings {
	GPtrArray *all; /* struct finding *, owned */
	guint errors;
	guint warnings;
};

struct findings *findings_new(void);
void findings_free(struct findings *findings);

/*
 * Adds one; takes copies.  `message` and `hint` are final texts (already
 * formatted).  `hint` and `source` may be NULL.
 */
struct finding *findings_add(struct findings *findings, enum severity severity, const char *file,
			     guint line, guint col, guint span, const char *code,
			     const char *message, const char *hint, const char *source);

/* What a finding quotes: beyond, a line is not shown and the file has had enough of them. */
#define FINDINGS_LINE_MAX 1000
#define FINDINGS_FILE_MAX 100

/* The line of `text` that holds `byte`, without its end; NULL when it is too long.  Caller frees.
 */
char *findings_line(const char *text, gsize length, gsize byte);

/* The first error in that file, or NULL. */
const struct finding *findings_error_in(const struct findings *findings, const char *file);

/* Whether one has this code. */
bool findings_have(const struct findings *findings, const char *code);

/* By file, line, column, then order of adding. */
void findings_sort(struct findings *findings);

/* Moves all of `from` behind `to`; `from` is empty after. */
void findings_move(struct findings *to, struct findings *from);

enum findings_format { FINDINGS_TEXT, FINDINGS_JSON, FINDINGS_GITHUB };

/*
 * Writes all in the given format.  Text passes the cleaning door; colour only
 * when `colour`.  `prefix` (or "") goes before every file name.
 */
void findings_write(const struct findings *findings, enum findings_format format, bool colour,
		    const char *prefix, FILE *out);

#endif
