#ifndef CLI_MANUAL_H
#define CLI_MANUAL_H

#include "cli/cli.h"
#include "data/records.h"

/*
 * Manual pages as scdoc source, made of the tables that the program itself reads:
 * what is in a table is in the manual.  In the language of the process.
 */

/* Plain text into a page: what scdoc would take for its own marks is escaped. */
void manual_text(GString *page, const char *text);
/* The same as sentences of a paragraph: closed with a point when they are not. */
void manual_sentence(GString *page, const char *text);
/* "name(5)" with what stands in its corners. */
void manual_head(GString *page, const char *name, int section);
void manual_see(GString *page, const char *const *pages);

void manual_entries(GString *page);  /* telar-entry(5) */
void manual_config(GString *page);   /* telar-config(5) */
void manual_keys(GString *page);     /* docs/keys.md */
void manual_measures(GString *page); /* telar-measures(7) */

/* The names of all pages with `between` them.  Caller frees. */
char *manual_names(const char *between);

/* manual_read.c: a page to the output, on a terminal a screen at a time: scdoc source made
 * readable, other texts as they are. */
void manual_show(const struct cli *cli, const char *page, bool scdoc);

#endif
