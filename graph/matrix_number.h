#ifndef GRAPH_MATRIX_NUMBER_H
#define GRAPH_MATRIX_NUMBER_H

#include "graph/study.h"

/* What a cell of a matrix tells: one row a number. */
enum matrix_number {
	MATRIX_TIES,
	MATRIX_POSSIBLE,
	MATRIX_DENSITY,
	MATRIX_EXPECTED,
	MATRIX_RATIO,
	MATRIX_MEMBERS,
	MATRIX_Z,
	MATRIX_FEWER,
	MATRIX_MORE,
	MATRIX_FEW,
	MATRIX_MANY,
	MATRIX_NUMBERS
};

struct matrix_number_row {
	const char *id;	     /* "p-fewer" */
	const char *column;  /* "p_fewer" */
	const char *label;   /* N_() */
	const char *meaning; /* N_() */
	const char *format;  /* for people */
};
extern const struct matrix_number_row matrix_numbers[MATRIX_NUMBERS];

/* NAN where there is none. */
double matrix_number(const struct matrix *matrix, enum matrix_number number, guint row, guint col);

#endif
