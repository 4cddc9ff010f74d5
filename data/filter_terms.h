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
	char *name;
	const struct field *path[FILTER_DEPTH];
	guint depth; /* 0: the resolver's name */
	GPtrArray *wanted;
};

struct filter {
	char *text;
	enum kind kind;
	filter_number number;
	void *data;
	GPtrArray *terms;
};

#endif
