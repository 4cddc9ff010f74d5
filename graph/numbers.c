/*
 * Doubles in fewer bytes where none of them loses a bit.  What they mean is the measures'
 * business.
 */
#include "graph/numbers.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

/* Whole numbers in one or two bytes, of which the highest stands for NAN. */
enum form { SAME, BYTES, WORDS, FLOATS, DOUBLES };

struct numbers {
	gsize n;
	enum form form;
	union {
		guint8 byte[8];
		guint16 word[4];
		float real[2];
		double wide[1];
	} at; /* n of them; SAME: one */
};

/* The sign of 0 is a bit of it as well. */
static bool is_whole(double value, double least_not)
{
	return value >= 0 && value < least_not && value == floor(value) && !signbit(value);
}

static enum form form_of(double value)
{
	if (isnan(value) || is_whole(value, G_MAXUINT8))
		return BYTES;
	if (is_whole(value, G_MAXUINT16))
		return WORDS;
	return fabs(value) <= (double)G_MAXFLOAT && (double)(float)value == value ? FLOATS
										  : DOUBLES;
}

static bool are_same(double a, double b)
{
	return memcmp(&a, &b, sizeof a) == 0 || (isnan(a) && isnan(b));
}

static enum form form_for(const double *values, gsize n)
{
	enum form form = SAME;
	for (gsize i = 0; i < n && form < DOUBLES; i++) {
		if (form == SAME && are_same(values[i], values[0]))
			continue;
		form = MAX(form, form_of(values[i]));
		/* Those before are all like the first. */
		form = MAX(form, form_of(values[0]));
	}
	return form;
}

static void put(struct numbers *numbers, gsize i, double value)
{
	switch (numbers->form) {
	case BYTES:
		numbers->at.byte[i] = isnan(value) ? G_MAXUINT8 : (guint8)value;
		break;
	case WORDS:
		numbers->at.word[i] = isnan(value) ? G_MAXUINT16 : (guint16)value;
		break;
	case FLOATS:
		numbers->at.real[i] = (float)value;
		break;
	case SAME:
	case DOUBLES:
		numbers->at.wide[i] = value;
		break;
	}
}

struct numbers *numbers_new(const double *values, gsize n)
{
	static const gsize bytes[] = { 0, 1, 2, sizeof(float), sizeof(double) };
	enum form form = form_for(values, n);
	gsize size = offsetof(struct numbers, at) + n * bytes[form];
	struct numbers *numbers = g_malloc0(MAX(size, sizeof *numbers));
	numbers->n = n;
	numbers->form = form;
	for (gsize i = 0; i < (form == SAME ? MIN(n, 1) : n); i++)
		put(numbers, i, values[i]);
	return numbers;
}

void numbers_free(struct numbers *numbers)
{
	g_free(numbers);
}

double numbers_at(const struct numbers *numbers, gsize i)
{
	switch (numbers->form) {
	case BYTES:
		return numbers->at.byte[i] == G_MAXUINT8 ? (double)NAN : numbers->at.byte[i];
	case WORDS:
		return numbers->at.word[i] == G_MAXUINT16 ? (double)NAN : numbers->at.word[i];
	case FLOATS:
		return (double)numbers->at.real[i];
	case DOUBLES:
		return numbers->at.wide[i];
	case SAME:
		break;
	}
	return numbers->at.wide[0];
}

double *numbers_copy(const struct numbers *numbers)
{
	double *values = g_new(double, MAX(numbers->n, 1));
	for (gsize i = 0; i < numbers->n; i++)
		values[i] = numbers_at(numbers, i);
	return values;
}

void numbers_count(const struct numbers *numbers, double value, guint *having, guint *higher)
{
	*having = *higher = 0;
	for (gsize i = 0; i < numbers->n; i++) {
		double other = numbers_at(numbers, i);
		*having += isnan(other) ? 0 : 1;
		*higher += other > value;
	}
}
