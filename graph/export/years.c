/*
 * How the network grew as a table: one row a year and what is counted in it, which is
 * graph/chronicle.h's business.
 */
#include "graph/chronicle.h"
#include "graph/export/cells.h"
#include "graph/export/formats.h"

#include "base/context.h"

#include <glib/gi18n.h>

#define TABLE "years.csv"

/* clang-format off */
static const struct export_column columns[] = {
	{ TABLE, "year", N_("Year"), N_("The year, as far as the network's own dates go back") },
	{ TABLE, "what", N_("What"), N_("What is counted: institutions, ties, programmes, territories") },
	{ TABLE, "so_far", N_("so far"), N_("How many had begun by the end of that year, those that have ended since among them") },
	{ TABLE, "no_date", N_("no date"), N_("How many state no beginning and count as there in that year") },
	{ TABLE, "new", N_("new"), N_("How many began in that year") },
	{ TABLE, "ended", IN_CONTEXT("column", "ended"), N_("How many ended in that year") },
};
/* clang-format on */

bool export_years_column(guint i, struct export_column *out)
{
	if (i >= G_N_ELEMENTS(columns))
		return false;
	*out = columns[i];
	return true;
}

static void write_years(struct study *study, struct sheet *sheet)
{
	struct chronicle *chronicle = chronicle_of(study_net(study));
	cells_columns(sheet, export_years_column, TABLE);
	for (int year = chronicle->first; year <= chronicle->last; year++)
		for (guint s = 0; s < SERIES_COUNT; s++) {
			enum series series = (enum series)s;
			gsize at = chronicle_at(chronicle, year, series);
			cell_number(sheet, year);
			cell_word(sheet, series_id(series), series_label(series));
			cell_count(sheet, chronicle->sum[at]);
			cell_count(sheet, chronicle->undated[at]);
			cell_count(sheet, chronicle->begun[at]);
			cell_count(sheet, chronicle->ended[at]);
			row_end(sheet);
		}
	chronicle_free(chronicle);
}

bool export_years(struct study *study, const struct export_options *options, GError **error)
{
	static const struct csv_table table = { TABLE, write_years };
	return csv_write(study, options, "years", &table, 1, error);
}
