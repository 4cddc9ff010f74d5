#include "tui/views/matrix.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n.h>

#include "graph/chance.h"

/*
 * What a cell of the matrix says, as a sign and as a sentence.
 */
#define FAR 0.001 /* p, at most, of far fewer and far more */

int matrix_surprise(const struct matrix *matrix, gsize cell)
{
	double far = MAX(FAR, 1.0 / (1 + matrix->samples));

	if (matrix->samples == 0)
		return 0;
	if (matrix->few[cell] <= CHANCE_SURE)
		return matrix->fewer[cell] <= far ? -2 : -1;
	if (matrix->many[cell] <= CHANCE_SURE)
		return matrix->more[cell] <= far ? 2 : 1;
	return 0;
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

static enum style chance_text(const struct matrix *matrix, gsize at, char *out)
{
	static const char *const signs[] = { "--", "-", "·", "+", "++" };
	static const enum style styles[] = { STYLE_BAD, STYLE_WARN, STYLE_DIM, STYLE_ACCENT,
					     STYLE_GOOD };
	int surprise = matrix_surprise(matrix, at);

	if (matrix->samples == 0) {
		g_strlcpy(out, "?", 16);
		return STYLE_DIM;
	}
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
		return chance_text(matrix, at, out);
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

/* How often, of the networks drawn. */
static void say_rarity(GString *out, const struct matrix *matrix, double p, double adjusted,
		       bool few)
{
	guint as = (guint)(p * (1 + matrix->samples) - .5);

	if (few)
		say(out,
		    ngettext("Of %u such networks %u has as few (%.4f after correction): they "
			     "meet too little.",
			     "Of %u such networks %u have as few (%.4f after correction): they "
			     "meet too little.",
			     as),
		    matrix->samples, as, adjusted);
	else
		say(out,
		    ngettext("Of %u such networks %u has as many (%.4f after correction): they "
			     "seek each other.",
			     "Of %u such networks %u have as many (%.4f after correction): they "
			     "seek each other.",
			     as),
		    matrix->samples, as, adjusted);
}

static void say_chance(GString *out, const struct matrix_view *view, gsize at)
{
	const struct matrix *matrix = view->matrix;
	double p = MIN(matrix->fewer[at], matrix->more[at]);
	int surprise = matrix_surprise(matrix, at);

	if (matrix->samples == 0) {
		say(out, matrix_awaits_chance(view) ? _("What chance gives is being computed.")
						    : _("What chance gives is not known here."));
		return;
	}
	if (isnan(matrix->z[at])) {
		say(out, _("Drawn by lot, with as many partners for everybody, it is always %.0f."),
		    matrix->expected[at]);
		return;
	}
	say(out,
	    _("Drawn by lot, with as many partners for everybody, there would be %.1f (z %+.1f)."),
	    matrix->expected[at], matrix->z[at]);
	if (surprise < 0)
		say_rarity(out, matrix, matrix->fewer[at], matrix->few[at], true);
	else if (surprise > 0)
		say_rarity(out, matrix, matrix->more[at], matrix->many[at], false);
	else if (p <= CHANCE_SURE)
		say(out,
		    _("By itself that is rare (p %.4f), but among so many cells some are so by "
		      "chance."),
		    p);
	else if (matrix->expected[at] < 1)
		say(out, _("They are too few to tell anything from it."));
	else
		say(out, _("That is within what chance gives (p %.2f)."), p);
}

static void say_ties(GString *out, const struct matrix_view *view, const char *row, const char *col,
		     gsize at)
{
	double ties = view->matrix->ties[at], possible = view->matrix->possible[at];
	bool same = view->by_rows == view->by_cols && strcmp(row, col) == 0;

	if (!(possible > 0)) {
		if (same)
			say(out,
			    _("%s among themselves: there are not two who could work together."),
			    row);
		else
			say(out, _("%s and %s: no pair is possible, somebody is missing."), row,
			    col);
		return;
	}
	if (same)
		say(out,
		    ngettext("%s among themselves: %.0f tie of %.0f possible.",
			     "%s among themselves: %.0f ties of %.0f possible.", (gulong)ties),
		    row, ties, possible);
	else
		say(out,
		    ngettext("%s with %s: %.0f tie of %.0f possible.",
			     "%s with %s: %.0f ties of %.0f possible.", (gulong)ties),
		    row, col, ties, possible);
	say_chance(out, view, at);
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

const char *matrix_legend(enum cell_mode mode)
{
	static const char *const texts[CELL_MODES] = {
		[CELL_CHANCE] = N_("By chance everybody's partners are drawn by lot. Where a cell "
				   "is empty no two could work together: nobody is there."),
		[CELL_TIES] = N_("· means none. Where a cell is empty no two could work "
				 "together: nobody is there."),
		[CELL_DENSITY] = N_("· means none. Where a cell is empty no two could work "
				    "together: nobody is there."),
		[CELL_MEMBERS] = N_("· means nobody. Where a cell is empty nobody can be in both."),
	};

	return _(texts[mode]);
}
