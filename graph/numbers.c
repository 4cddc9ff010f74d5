/*
 * Doubles in fewer bytes where none of them loses a bit.  What they mean is the measures'
 * business.
 */
#include "graph/numbers.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

/*
 * Whole numbers in one or two bytes, of which the highest stands for NAN; and by their
 * number in a list, in as many, where few are different.
 */
enum form { SAME, BYTES, WORDS, FLOATS, DOUBLES, LISTED, LISTED_MANY };

static const gsize bytes_of[] = { 0, 1, 2, sizeof(float), sizeof(double), 1, 2 };

struct numbers {
	gsize n;
	enum form form;
	double *list; /* of those LISTED, else NULL */
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
	case LISTED:
	case LISTED_MANY:
		break;
	}
}

/* --- lists --------------------------------------------------------------------------- */

#define LISTED_LEAST 4096 /* values, below which looking for equal ones is not worth it */

enum { SLOT_BITS = 17, SLOTS = 1 << SLOT_BITS, LIST_MOST = SLOTS / 2 };

/* Different values as they are found, by their bits. */
struct finder {
	guint *number; /* SLOTS: from 1 in `list`, 0: free */
	double *list;
	guint n, most;
};

/* The number of a value, G_MAXUINT once there are more than `most`. */
static guint finder_number(struct finder *finder, double value)
{
	guint64 bits = 0;
	if (isnan(value))
		value = NAN;
	memcpy(&bits, &value, sizeof bits);
	guint slot = (guint)((bits * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15)) >> (64 - SLOT_BITS));
	while (finder->number[slot] > 0) {
		guint number = finder->number[slot] - 1;
		if (memcmp(&finder->list[number], &value, sizeof value) == 0)
			return number;
		slot = (slot + 1) % SLOTS;
	}
	if (finder->n == finder->most)
		return G_MAXUINT;
	finder->list[finder->n++] = value;
	finder->number[slot] = finder->n;
	return finder->n - 1;
}

/* So many different ones are kept in `width` bytes each and a list in less than plainly. */
static guint list_most(enum form plain, guint width, gsize n)
{
	guint most = width == 1 ? G_MAXUINT8 + 1 : LIST_MOST;
	gsize gained = bytes_of[plain] > width ? n * (bytes_of[plain] - width) : 0;
	return (guint)MIN(most, gained / sizeof(double));
}

/* NULL where too many are different. */
static guint16 *find_listed(struct finder *finder, const double *values, gsize n)
{
	g_autofree guint16 *numbers = g_new(guint16, n);
	for (gsize i = 0; i < n; i++) {
		guint number = finder_number(finder, values[i]);
		if (number == G_MAXUINT)
			return NULL;
		numbers[i] = (guint16)number;
	}
	return g_steal_pointer(&numbers);
}

static struct numbers *numbers_blank(enum form form, gsize n)
{
	gsize size = offsetof(struct numbers, at) + n * bytes_of[form];
	struct numbers *numbers = g_malloc0(MAX(size, sizeof *numbers));
	numbers->n = n;
	numbers->form = form;
	return numbers;
}

/* NULL where that saves nothing. */
static struct numbers *numbers_listed(const double *values, gsize n, enum form plain)
{
	guint few = list_most(plain, 1, n), most = MAX(few, list_most(plain, 2, n));
	if (n < LISTED_LEAST || most == 0)
		return NULL;
	g_autofree guint *slots = g_new0(guint, SLOTS);
	g_autofree double *list = g_new(double, most);
	struct finder finder = { slots, list, 0, most };
	g_autofree guint16 *found = find_listed(&finder, values, n);
	if (!found)
		return NULL;
	struct numbers *numbers = numbers_blank(finder.n <= few ? LISTED : LISTED_MANY, n);
	numbers->list = g_memdup2(list, finder.n * sizeof *list);
	for (gsize i = 0; i < n; i++) {
		if (numbers->form == LISTED)
			numbers->at.byte[i] = (guint8)found[i];
		else
			numbers->at.word[i] = found[i];
	}
	return numbers;
}

struct numbers *numbers_new(const double *values, gsize n)
{
	enum form form = form_for(values, n);
	struct numbers *numbers = numbers_listed(values, n, form);
	if (numbers)
		return numbers;
	numbers = numbers_blank(form, n);
	for (gsize i = 0; i < (form == SAME ? MIN(n, 1) : n); i++)
		put(numbers, i, values[i]);
	return numbers;
}

void numbers_free(struct numbers *numbers)
{
	if (numbers)
		g_free(numbers->list);
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
	case LISTED:
		return numbers->list[numbers->at.byte[i]];
	case LISTED_MANY:
		return numbers->list[numbers->at.word[i]];
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
