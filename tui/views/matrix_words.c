#include "tui/views/matrix.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n.h>

/*
 * What a cell of the matrix says, as a sign and as a sentence.
 */
#define RARE	    0.01
#define VERY_RARE   0.001
#define NORMAL_FROM 200 /* expected ties from which the normal curve is near enough */

/* The chance of at most `ties` where `expected` is the mean. */
static double at_most(double ties, double expected)
{
	double term, sum;

	if (ties < 0)
		return 0;
	if (expected >= NORMAL_FROM)
		return 0.5 * erfc(-(ties + 0.5 - expected) / sqrt(2 * expected));
	term = sum = exp(-expected);
	for (double k = 1; k <= ties; k++) {
		term *= expected / k;
		sum += term;
	}
	return MIN(sum, 1);
}

int matrix_surprise(double ties, double expected)
{
	double fewer, more;

	if (!(expected > 0))
		return 0;
	fewer = at_most(ties, expected);
	more = 1 - at_most(ties - 1, expected);
	if (ties < expected)
		return fewer < VERY_RARE ? -2 : fewer < RARE ? -1 : 0;
	return more < VERY_RARE ? 2 : more < RARE ? 1 : 0;
}

static enum style number_text(double value, int decimals, char *out)
{
	if (value == 0) {
		g_strlcpy(out, "·", 16);
		return STYLE_DIM;
	}
	g_snprintf(out, 16, "%.*f", decimals, value);
	return STYLE_NORMAL;
}

static enum style chance_text(double ties, double expected, char *out)
{
	static const char *const signs[] = { "--", "-", "·", "+", "++" };
	static const enum style styles[] = { STYLE_BAD, STYLE_WARN, STYLE_DIM, STYLE_ACCENT,
					     STYLE_GOOD };
	int surprise = matrix_surprise(ties, expected);

	g_strlcpy(out, signs[surprise + 2], 16);
	return styles[surprise + 2];
}

enum style matrix_cell_text(const struct matrix_view *view, guint row, guint col, char *out)
{
	const struct matrix *matrix = view->matrix;
	gsize at = matrix_at(view, row, col);
	double share;

	out[0] = '\0';
	if (view->mode == CELL_MEMBERS) {
		bool apart = view->by_rows == view->by_cols && view->rows[row] != view->cols[col];

		/* Of one attribute an institution has one value. */
		return apart ? STYLE_DIM : number_text(matrix->members[at], 0, out);
	}
	if (!(matrix->possible[at] > 0))
		return STYLE_DIM;
	switch (view->mode) {
	case CELL_TIES:
		return number_text(matrix->ties[at], 0, out);
	case CELL_DENSITY:
		share = 100 * matrix->ties[at] / matrix->possible[at];
		return number_text(share, share < 9.95 ? 1 : 0, out);
	default:
		return chance_text(matrix->ties[at], matrix->expected[at], out);
	}
}

static void say(GString *out, const char *format, ...) G_GNUC_PRINTF(2, 3);
static void say(GString *out, const char *format, ...)
{
	va_list list;

	if (out->len > 0)
		g_string_append_c(out, ' ');
	va_start(list, format);
	g_string_append_vprintf(out, format, list);
	va_end(list);
}

static void say_members(GString *out, const struct matrix_view *view, const char *row,
			const char *col, gsize at)
{
	guint members = (guint)view->matrix->members[at];

	if (view->by_rows == view->by_cols && strcmp(row, col) != 0)
		say(out, _("%s and %s: nobody is in both; look at the ties between them."), row,
		    col);
	else if (view->by_rows == view->by_cols)
		say(out, ngettext("%s: %u institution.", "%s: %u institutions.", members), row,
		    members);
	else if (members == 0)
		say(out, _("%s has nobody from %s."), row, col);
	else
		say(out,
		    ngettext("%s has %u institution from %s.", "%s has %u institutions from %s.",
			     members),
		    row, members, col);
}

static void say_chance(GString *out, double ties, double expected)
{
	switch (matrix_surprise(ties, expected)) {
	case -2:
		say(out, _("So few come about by chance less than once in 1,000 times: they keep "
			   "apart."));
		break;
	case -1:
		say(out, _("So few come about by chance less than once in 100 times: they meet "
			   "too little."));
		break;
	case 1:
		say(out, _("So many come about by chance less than once in 100 times: they seek "
			   "each other."));
		break;
	case 2:
		say(out, _("So many come about by chance less than once in 1,000 times: they "
			   "seek each other."));
		break;
	default:
		if (expected < 1)
			say(out, _("They are too few to tell anything from it."));
		else
			say(out, _("That is within what chance gives."));
		break;
	}
}

static void say_ties(GString *out, const struct matrix_view *view, const char *row, const char *col,
		     gsize at)
{
	double ties = view->matrix->ties[at], possible = view->matrix->possible[at];
	double expected = view->matrix->expected[at];

	if (!(possible > 0)) {
		say(out, _("%s and %s: no pair is possible, somebody is missing."), row, col);
		return;
	}
	if (view->by_rows == view->by_cols && strcmp(row, col) == 0)
		say(out,
		    ngettext("%s among themselves: %.0f tie of %.0f possible.",
			     "%s among themselves: %.0f ties of %.0f possible.", (gulong)ties),
		    row, ties, possible);
	else
		say(out,
		    ngettext("%s with %s: %.0f tie of %.0f possible.",
			     "%s with %s: %.0f ties of %.0f possible.", (gulong)ties),
		    row, col, ties, possible);
	say(out, _("If ties fell on all pairs alike there would be %.1f."), expected);
	say_chance(out, ties, expected);
}

char *matrix_sentence(const struct matrix_view *view)
{
	GString *out = g_string_new(NULL);
	const char *row, *col;
	gsize at;

	if (view->n_rows == 0 || view->n_cols == 0)
		return g_string_free(out, FALSE);
	at = matrix_at(view, view->row, view->col);
	row = view->matrix->rows->labels[view->rows[view->row]];
	col = view->matrix->cols->labels[view->cols[view->col]];
	if (view->mode == CELL_MEMBERS)
		say_members(out, view, row, col, at);
	else
		say_ties(out, view, row, col, at);
	return g_string_free(out, FALSE);
}
