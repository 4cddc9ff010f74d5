#ifndef DATA_FILTER_H
#define DATA_FILTER_H

#include "data/model.h"

/*
 * The filter language: `sector=edustem country!=MX ties>3 verified<2025
 * name~bogota "free words"`.  Terms are joined by blanks (all must hold);
 * a comma in a value means any of them (`country=CO,MX`); `=` and `!=` compare
 * whole values (`sector=` : is empty), `~` and `!~` look inside folded text, `<
 * <= > >=` compare numbers and dates.  A word without an operator is looked for
 * in name, short name, id, aliases, city, names of sector and country; `!word`
 * must not be found.  Fields are those of the table, by key or by label in the
 * language of the process (`país=CO`), with a point into groups and items
 * (`agenda.status=adopted partners.since>2022`; of several items any will do), singular short forms
 * (`tier territory line partner offer need network`, and what they are called in that language),
 * plus names of numbers (struct filter_numbers), by either name too.  A date within a coarser one
 * equals it; lists compare by length; choices and terms compare in the order of their vocabulary.
 */
struct filter;

/* What a number is called: by the data, by people, and at the head of a column (msgids; no brief
 * one: NULL). */
struct filter_name {
	const char *key, *label, *brief;
};

/* Numbers of institutions that stand in no field: ties, gaps, measures. */
struct filter_numbers {
	/* That of institution `index` (NAN: no value) under a name of the data; false: there is no
	 * such name.  `index` -1 only says that a filter asks for it. */
	bool (*at)(void *data, const char *name, int index, double *out);
	/* The name at place `i`; false: there are no more.  The first FILTER_NUMBERS_USUAL are
	 * those that people ask for most. */
	bool (*name)(guint i, struct filter_name *name);
};
#define FILTER_NUMBERS_USUAL 2

/* Fails with TELAR_ERROR_USAGE and a hint that names the nearest field.  "" matches everything.
 * NULL `numbers`: there are none. */
struct filter *filter_parse(const char *text, enum kind kind, const struct filter_numbers *numbers,
			    void *data, GError **error);
void filter_free(struct filter *filter); /* NULL accepted */

/*
 * What a list is of that is no kind of record and has fields of its own, such as gaps: `n`
 * structs of `type`, whose values can be chosen from.
 */
struct filter_rows {
	const struct record_type *type;
	const void *const *all;
	guint n;
};

/*
 * A filter of institutions for such a list: terms that name a field of `rows` (NULL: there are
 * none) ask for that, all others for institutions.  filter_match() heeds the others alone,
 * filter_match_row() the former.
 */
struct filter *filter_parse_rows(const char *text, const struct filter_rows *rows,
				 const struct filter_numbers *numbers, void *data, GError **error);
bool filter_match_row(const struct filter *filter, const struct model *model, const void *row);
/* Whether it asks for a field of rows. */
bool filter_asks_row(const struct filter *filter, const char *key);
/* The terms that ask for rows, or the others, as they were typed.  Caller frees. */
char *filter_part(const struct filter *filter, bool rows);

/* Record `index` of the filter's kind.  A NULL filter matches. */
bool filter_match(const struct filter *filter, const struct model *model, guint index);

/*
 * Whether the words it compares with exist in this network: terms, ids, countries; and no value
 * with blanks was meant that stands without quotes (`city=San José`).
 * Fails with TELAR_ERROR_USAGE and a hint that names the nearest; a filter that
 * fails here still works, it only finds nothing by those words.
 */
bool filter_check(const struct filter *filter, const struct model *model, GError **error);

/*
 * Where the cursor (byte `at`) stands in a filter that is being typed: in a value of
 * `field`, or (NULL) in a word that may become a field.  What is chosen takes the
 * place of bytes [from, to).
 */
struct filter_place {
	gsize from, to;
	char *field;
	char *typed; /* so far, without a quote */
};
void filter_place(const char *text, gsize at, struct filter_place *place);
void filter_place_clear(struct filter_place *place);

/* What could stand there. */
struct filter_option {
	char *text;  /* as it is written: "sector=", "edustem", "\"San José\"" */
	char *label; /* as people read it, or NULL */
	int rank;
};
GPtrArray *filter_options_new(void);
/* Adds one where the typed text occurs in it; for names that only analysis knows, too. */
void filter_option_add(GPtrArray *options, const char *typed, const char *text, const char *label);
/* One that the data calls `name`, which may be typed as well. */
void filter_option_named(GPtrArray *options, const char *typed, const char *text, const char *name,
			 const char *label);
/* Best first, some tens at most. */
void filter_options_sort(GPtrArray *options);
void filter_complete(const struct filter_place *place, const struct model *model, enum kind kind,
		     const struct filter_numbers *numbers, GPtrArray *options);
/* Fields of rows; false: in a value of none of them. */
bool filter_complete_rows(const struct filter_place *place, const struct model *model,
			  const struct filter_rows *rows, GPtrArray *options);
/* What the field at the cursor is, in a sentence; NULL when there is none.  Caller frees. */
char *filter_explain(const struct filter_place *place, enum kind kind);
char *filter_explain_rows(const struct filter_place *place, const struct filter_rows *rows);

/* How a filter is written, for people: a form and what it means, msgids. */
struct filter_form {
	const char *form, *means;
};
const struct filter_form *filter_forms(guint *n);

/* The text it was made from. */
const char *filter_text(const struct filter *filter);

/*
 * The same filter as it reads in every language, for what is kept or sent: "país=Colombia" is
 * "country=CO".  Words without an operator and letters looked for with ~ stay as they are.  ""
 * for NULL; caller frees.
 */
char *filter_keys(const struct filter *filter, const struct model *model);

#endif
