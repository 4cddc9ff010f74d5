/*
 * The matrix as a table: one row a cell, with the numbers of graph/matrix_number.h.
 */
#include "graph/export/cells.h"
#include "graph/export/formats.h"
#include "graph/matrix_number.h"

#include <glib/gi18n.h>

#define TABLE "matrix.csv"

static const struct export_column groups[] = {
	{ TABLE, "row", N_("Row"), N_("The group of the row (id)") },
	{ TABLE, "column", N_("Column"), N_("The group of the column (id)") },
};

bool export_matrix_column(guint i, struct export_column *out)
{
	const guint first = G_N_ELEMENTS(groups);
	if (i >= first + MATRIX_NUMBERS)
		return false;
	if (i < first) {
		*out = groups[i];
	} else {
		const struct matrix_number_row *number = &matrix_numbers[i - first];
		*out = (struct export_column){ TABLE, number->column, number->label,
					       number->meaning };
	}
	return true;
}

static void cell_group(struct sheet *sheet, const struct partition *groups_of, guint group)
{
	cell_word(sheet, groups_of->ids[group], groups_of->labels[group]);
}

static void write_matrix(struct study *study, struct sheet *sheet)
{
	struct matrix *matrix = study_matrix(study, sheet->options->rows, sheet->options->cols);
	cells_columns(sheet, export_matrix_column, TABLE);
	for (guint r = 0; r < matrix->n_rows && !sheet->stopped; r++)
		for (guint c = 0; c < matrix->n_cols; c++) {
			cell_group(sheet, matrix->rows, r);
			cell_group(sheet, matrix->cols, c);
			for (guint i = 0; i < MATRIX_NUMBERS; i++)
				cell_number(sheet,
					    matrix_number(matrix, (enum matrix_number)i, r, c));
			row_end(sheet);
		}
	matrix_free(matrix);
}

bool export_matrix(struct study *study, const struct export_options *options, GError **error)
{
	static const struct csv_table table = { TABLE, write_matrix };
	return study_matrix_chance(study, options->rows, options->cols, options->cancel, error) &&
	       csv_write(study, options, "matrix", &table, 1, error);
}
