/*
 * telar matrix: ties between the groups of two attributes, against what chance
 * would give.
 */
#include "cli/command.h"
#include "cli/print.h"

#include "base/errors.h"
#include "base/text.h"
#include "graph/matrix_number.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n.h>

#define ROW_COLUMNS  32 /* of a row's name before a matrix for people */
#define HEAD_COLUMNS 9

/* For people: nothing is a dot, so that what there is stands out. */
static char *cell_text(double value, enum matrix_number show)
{
	char text[G_ASCII_DTOSTR_BUF_SIZE];

	if (!isfinite(value))
		return g_strdup("");
	if (value == 0)
		return g_strdup("·");
	g_ascii_formatd(text, sizeof text, matrix_numbers[show].format, value);
	return g_strdup(text);
}

/* Cut where a line ends, which in a file it does not. */
static char *label_text(const struct cli *cli, const char *label, int columns)
{
	return cli->out.columns > 0 ? text_fit(label, columns, false) : g_strdup(label);
}

/* How the matrix stands on the page. */
struct sheet {
	enum matrix_number show;
	bool numbered;	/* heads are numbers: the names of so many do not fit side by side */
	bool symmetric; /* its rows have the same numbers */
	guint fit;	/* columns side by side */
	int names;	/* columns of the screen for those of rows */
};

static char *head_text(const struct cli *cli, const struct matrix *matrix,
		       const struct sheet *sheet, guint column)
{
	g_autofree char *fit = NULL;

	if (sheet->numbered)
		return g_strdup_printf(">%u", column + 1);
	fit = label_text(cli, matrix->cols->labels[column], HEAD_COLUMNS);
	return g_strconcat(">", fit, NULL);
}

static char *row_text(const struct cli *cli, const struct matrix *matrix, const struct sheet *sheet,
		      guint row)
{
	g_autofree char *name = NULL;

	if (!sheet->numbered || !sheet->symmetric)
		return label_text(cli, matrix->rows->labels[row], sheet->names);
	name = g_strdup_printf("%*u %s", matrix->n_rows < 10 ? 1 : 2, row + 1,
			       matrix->rows->labels[row]);
	return label_text(cli, name, sheet->names);
}

static void block_print(const struct cli *cli, const struct matrix *matrix,
			const struct sheet *sheet, guint first, guint last)
{
	g_autoptr(GPtrArray) owned = g_ptr_array_new_with_free_func(g_free);
	guint n = last - first + 1;
	g_autofree const char **cells = g_new0(const char *, n + 1);
	struct table *table;

	cells[0] = attribute_label(matrix->rows->by);
	for (guint c = first; c < last; c++) {
		char *head = head_text(cli, matrix, sheet, c);
		g_ptr_array_add(owned, head);
		cells[c - first + 1] = head;
	}
	table = table_new(cells, n);
	for (guint r = 0; r < matrix->n_rows; r++) {
		char *name = row_text(cli, matrix, sheet, r);
		g_ptr_array_add(owned, name);
		cells[0] = name;
		for (guint c = first; c < last; c++) {
			char *text =
				cell_text(matrix_number(matrix, sheet->show, r, c), sheet->show);
			g_ptr_array_add(owned, text);
			cells[c - first + 1] = text;
		}
		table_row(table, cells);
	}
	table_print(table, &cli->out, false);
	table_free(table);
}

/* What the numbers above the columns stand for; rows that have them say it themselves. */
static void key_print(const struct cli *cli, const struct matrix *matrix, guint first, guint last)
{
	for (guint c = first; c < last; c++)
		out_printf(&cli->out, "%*u  %s\n", 4, c + 1, matrix->cols->labels[c]);
}

static struct sheet sheet_of(const struct cli *cli, const struct matrix *matrix,
			     enum matrix_number show)
{
	struct sheet sheet = { .show = show,
			       .symmetric = matrix->rows->by == matrix->cols->by,
			       .fit = MAX(matrix->n_cols, 1),
			       .names = ROW_COLUMNS };
	int names = 0, widest = 2, room;

	for (guint r = 0; r < matrix->n_rows; r++)
		names = MAX(names, text_width(matrix->rows->labels[r]) + 3);
	room = cli->out.columns - MIN(names, ROW_COLUMNS);
	if (cli->out.columns <= 0 || (int)matrix->n_cols * (HEAD_COLUMNS + 2) <= room)
		return sheet;
	sheet.numbered = true;
	for (guint r = 0; r < matrix->n_rows; r++) {
		for (guint c = 0; c < matrix->n_cols; c++) {
			g_autofree char *text = cell_text(matrix_number(matrix, show, r, c), show);

			widest = MAX(widest, text_width(text));
		}
	}
	sheet.fit = (guint)MAX(room / (widest + 2), 1);
	sheet.names = MAX(ROW_COLUMNS,
			  cli->out.columns - (int)MIN(sheet.fit, matrix->n_cols) * (widest + 2));
	return sheet;
}

/* On a terminal side by side as many columns as fit, then the next ones below. */
static void matrix_print(const struct cli *cli, const struct matrix *matrix,
			 enum matrix_number show)
{
	struct sheet sheet = sheet_of(cli, matrix, show);

	for (guint first = 0; first < matrix->n_cols; first += sheet.fit) {
		guint last = MIN(first + sheet.fit, matrix->n_cols);

		if (first > 0)
			fputc('\n', cli->out.stream);
		block_print(cli, matrix, &sheet, first, last);
		if (sheet.numbered && !sheet.symmetric)
			key_print(cli, matrix, first, last);
	}
}

static void matrix_plain(const struct cli *cli, const struct matrix *matrix,
			 enum matrix_number show)
{
	out_text(&cli->out, attribute_name(matrix->rows->by));
	for (guint c = 0; c < matrix->n_cols; c++)
		out_printf(&cli->out, "\t%s", matrix->cols->ids[c]);
	for (guint r = 0; r < matrix->n_rows; r++) {
		out_printf(&cli->out, "\n%s", matrix->rows->ids[r]);
		for (guint c = 0; c < matrix->n_cols; c++) {
			double value = matrix_number(matrix, show, r, c);
			g_autofree char *text =
				isfinite(value) ? json_number_text(value) : g_strdup("");
			out_printf(&cli->out, "\t%s", text);
		}
	}
	fputc('\n', cli->out.stream);
}

static void ids_json(struct json *json, const char *key, const struct partition *partition)
{
	json_key(json, key);
	json_open_array(json);
	for (guint i = 0; i < partition->n_groups; i++)
		json_string(json, partition->ids[i]);
	json_close_array(json);
}

static void matrix_json(const struct cli *cli, const struct matrix *matrix)
{
	GString *text = g_string_new(NULL);
	struct json json;

	json_init(&json, text, false);
	json_open_object(&json);
	json_put_string(&json, "row_attribute", attribute_name(matrix->rows->by));
	json_put_string(&json, "column_attribute", attribute_name(matrix->cols->by));
	ids_json(&json, "rows", matrix->rows);
	ids_json(&json, "columns", matrix->cols);
	json_key(&json, "networks_drawn");
	json_number(&json, matrix->samples);
	for (guint show = 0; show < MATRIX_NUMBERS; show++) {
		json_key(&json, matrix_numbers[show].id);
		json_open_array(&json);
		for (guint r = 0; r < matrix->n_rows; r++) {
			json_open_array(&json);
			for (guint c = 0; c < matrix->n_cols; c++)
				json_number(&json,
					    matrix_number(matrix, (enum matrix_number)show, r, c));
			json_close_array(&json);
		}
		json_close_array(&json);
	}
	json_close_object(&json);
	cli_print_json(cli, text);
}

void cli_groups_entries(struct cli *cli, GArray *entries)
{
	const GOptionEntry own[] = {
		{ "rows", 'r', 0, G_OPTION_ARG_STRING, &cli->rows,
		  N_("Groups of the rows: sector, territory, country or tier"), N_("ATTRIBUTE") },
		{ "cols", 'c', 0, G_OPTION_ARG_STRING, &cli->cols, N_("Groups of the columns"),
		  N_("ATTRIBUTE") },
	};

	g_array_append_vals(entries, own, G_N_ELEMENTS(own));
}

static bool attribute_read(const char *option, const char *word, enum attribute *out,
			   GError **error)
{
	int choice = word ? cli_attribute(option, word, BY_ATTRIBUTES, NULL, error) : BY_SECTOR;

	if (choice >= 0)
		*out = (enum attribute)choice;
	return choice >= 0;
}

bool cli_groups(const struct cli *cli, enum attribute *rows, enum attribute *cols, GError **error)
{
	return attribute_read("--rows", cli->rows, rows, error) &&
	       attribute_read("--cols", cli->cols, cols, error);
}

static int number_read(const char *word, GError **error)
{
	const char *ids[MATRIX_NUMBERS + 1] = { NULL };

	for (guint i = 0; i < MATRIX_NUMBERS; i++)
		ids[i] = matrix_numbers[i].id;
	return cli_choice("--show", word, ids, error);
}

bool command_matrix(struct cli *cli, char ***args, GError **error)
{
	g_autofree char *show_word = NULL;
	enum attribute rows, cols;
	GOptionEntry study_entries[STUDY_ENTRIES];
	const GOptionEntry own[] = {
		{ "show", 0, 0, G_OPTION_ARG_STRING, &show_word,
		  N_("What stands in the cells: ties, possible, density, expected (by chance), "
		     "ratio (ties "
		     "to expected), members (in both groups), z, p-fewer or p-more (how often "
		     "chance gives so few, so many), p-fewer-adjusted or p-more-adjusted"),
		  N_("WHAT") },
		{ 0 },
	};
	g_autoptr(GArray) entries = g_array_new(TRUE, TRUE, sizeof(GOptionEntry));
	struct study *study;
	struct matrix *matrix;
	int show = MATRIX_TIES;

	cli_study_entries(cli, study_entries);
	cli_groups_entries(cli, entries);
	g_array_append_vals(entries, own, G_N_ELEMENTS(own) - 1);
	g_array_append_vals(entries, study_entries, G_N_ELEMENTS(study_entries) - 1);
	if (!cli_options(cli, (const GOptionEntry *)(void *)entries->data, args, error))
		return false;
	if (cli->help)
		return true;
	if (!cli_words(cli, *args, 0, 0, error) || !cli_groups(cli, &rows, &cols, error) ||
	    (show_word && (show = number_read(show_word, error)) < 0) || !cli_read(cli, error) ||
	    !(study = cli_study(cli, 0, error)))
		return false;
	if (!study_matrix_chance(study, rows, cols, NULL, error))
		return false;
	matrix = study_matrix(study, rows, cols);
	if (cli->json)
		matrix_json(cli, matrix);
	else if (cli->plain)
		matrix_plain(cli, matrix, (enum matrix_number)show);
	else
		matrix_print(cli, matrix, (enum matrix_number)show);
	matrix_free(matrix);
	return true;
}
