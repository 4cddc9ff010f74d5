#ifndef DATA_FILTER_TERMS_H
#define DATA_FILTER_TERMS_H

#include "data/filter.h"

/* Inside data/ only: what filter.c makes of a filter's text and filter_match.c reads. */
#define FILTER_DEPTH 3

enum filter_op {
	FILTER_FREE, /* a word without an operator */
	FILTER_EQUAL,
	FILTER_LIKE,
	FILTER_LESS,
	FILTER_AT_MOST,
	FILTER_MORE,
	FILTER_AT_LEAST,
};

/* One value of a comma list, read as its field compares it. */
struct filter_wanted {
	char *text, *folded;
	double number;
	struct date date;
	int rank; /* of a choice, -1: none */
};

struct filter_term {
	enum filter_op op;
	bool negated;
	bool quoted; /* a free word in quotes: it means itself */
	bool of_row; /* its field is one of the filter's rows */
	char *word;  /* as it was typed */
	char *name;
	const struct field *path[FILTER_DEPTH];
	guint depth; /* 0: the resolver's name */
	GPtrArray *wanted;
};

/* The first operator outside quotes in a word, with its place among them and its bytes; or NULL. */
const char *filter_operator(const char *word, gsize len, guint *which, gsize *bytes);
/* The fields that a name leads through, by key, label or short form; 0: no such name. */
guint filter_path(enum kind kind, const char *name, const struct field *path[FILTER_DEPTH]);
/* The same by key or label in any table. */
guint filter_path_in(const struct record_type *type, const char *name,
		     const struct field *path[FILTER_DEPTH]);
/* The path that a short form stands for; the name itself where it is none. */
const char *filter_short(enum kind kind, const char *name);
/* What the data calls a short form, typed in either language; NULL where it is none. */
const char *filter_short_key(enum kind kind, const char *name);
/* As it stands before the values of a term: "!=", "!" of a free word. */
const char *filter_operator_text(const struct filter_term *term);
/* A value in quotes where a filter needs them.  Caller frees. */
char *filter_quoted(const char *text);
/* The name of the data for a number, by any of its names; NULL: there is none. */
const char *filter_number_key(const struct filter_numbers *numbers, const char *name);
/* As the person has it, where that is a word and means nothing else.  Caller frees. */
char *filter_number_word(const struct filter_numbers *numbers, const struct filter_name *name);
/* False, with TELAR_ERROR_USAGE and a hint that names the nearest. */
bool filter_unknown(const struct filter *filter, const char *name, GError **error);
/* Adds the short forms that fit what was typed. */
void filter_short_forms(enum kind kind, const char *typed, GPtrArray *options);

struct filter {
	char *text;
	enum kind kind;
	const struct filter_numbers *numbers; /* NULL: none, or not of institutions */
	const struct record_type *rows;	      /* NULL: none */
	void *data;
	GPtrArray *terms;
};

#endif
