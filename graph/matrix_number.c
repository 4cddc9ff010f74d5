/*
 * The numbers of a matrix's cells by name, for whoever prints or exports them.  How they come
 * about is matrix.c's.
 */
#include "graph/matrix_number.h"

#include <glib/gi18n.h>
#include <math.h>

/* clang-format off */
const struct matrix_number_row matrix_numbers[MATRIX_NUMBERS] = {
	[MATRIX_TIES] = { "ties", "ties", N_("Ties"), N_("Ties between both groups, each once"), "%.0f" },
	[MATRIX_POSSIBLE] = { "possible", "possible", N_("Possible ties"), N_("Pairs that could have a tie there"), "%.0f" },
	[MATRIX_DENSITY] = { "density", "density", N_("Density"),
	  N_("Ties as a share of those that are possible; empty where none is"), "%.3f" },
	[MATRIX_EXPECTED] = { "expected", "expected", N_("Expected ties"),
	  N_("Ties that chance gives: on average of the networks drawn in which all have as many partners as here"), "%.1f" },
	[MATRIX_RATIO] = { "ratio", "ratio", N_("Ties to expected"),
	  N_("Ties divided by the expected ones; empty where none are"), "%.1f" },
	[MATRIX_MEMBERS] = { "members", "members", N_("Members"), N_("Institutions that are in both groups"), "%.0f" },
	[MATRIX_Z] = { "z", "z", N_("z"),
	  N_("Ties less expected ones, in standard deviations of chance; empty where it always gives the same"), "%+.1f" },
	[MATRIX_FEWER] = { "p-fewer", "p_fewer", N_("p of so few"), N_("How often chance gives at most so many"), "%.3f" },
	[MATRIX_MORE] = { "p-more", "p_more", N_("p of so many"), N_("How often chance gives at least so many"), "%.3f" },
	[MATRIX_FEW] = { "p-fewer-adjusted", "p_fewer_adjusted", N_("p of so few, adjusted"),
	  N_("The same after Benjamini & Hochberg's correction for all cells"), "%.3f" },
	[MATRIX_MANY] = { "p-more-adjusted", "p_more_adjusted", N_("p of so many, adjusted"),
	  N_("The same after Benjamini & Hochberg's correction for all cells"), "%.3f" },
};
/* clang-format on */

static double ratio(double over, double under)
{
	return under > 0 ? over / under : NAN;
}

double matrix_number(const struct matrix *matrix, enum matrix_number number, guint row, guint col)
{
	gsize at = (gsize)row * matrix->n_cols + col;
	switch (number) {
	case MATRIX_POSSIBLE:
		return matrix->possible[at];
	case MATRIX_DENSITY:
		return ratio(matrix->ties[at], matrix->possible[at]);
	case MATRIX_EXPECTED:
		return matrix->expected[at];
	case MATRIX_RATIO:
		return ratio(matrix->ties[at], matrix->expected[at]);
	case MATRIX_MEMBERS:
		return matrix->members[at];
	case MATRIX_Z:
		return matrix->z[at];
	case MATRIX_FEWER:
		return matrix->fewer[at];
	case MATRIX_MORE:
		return matrix->more[at];
	case MATRIX_FEW:
		return matrix->few[at];
	case MATRIX_MANY:
		return matrix->many[at];
	default:
		return matrix->ties[at];
	}
}
