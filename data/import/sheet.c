/*
 * A CSV file as rows of the wanted columns.  Reading the file is raw_csv.c; what
 * the columns mean is for the caller.
 */
#include "data/import/sheet.h"

#include <string.h>

#include <glib/gi18n.h>

#include "data/import/raw.h"

static void row_free(gpointer data)
{
	struct row *row = data;

	g_strfreev(row->cells);
	g_free(row);
}

static int find_column(const struct column *columns, const char *name)
{
	for (int i = 0; columns[i].name; i++) {
		if (strcmp(columns[i].name, name) == 0)
			return i;
	}
	return -1;
}

static char *column_names(const struct column *columns)
{
	GString *names = g_string_new(NULL);

	for (guint i = 0; columns[i].name; i++)
		g_string_append_printf(names, "%s%s", i > 0 ? ", " : "", columns[i].name);
	return g_string_free(names, FALSE);
}

/* False when a column is missing: then no row can be taken. */
static bool check_header(const struct sheet *sheet, const struct raw *raw,
			 struct findings *findings)
{
	g_autofree char *names = column_names(sheet->columns);
	g_autofree char *hint = g_strdup_printf(_("the columns are: %s"), names);
	bool good = true;

	for (guint i = 0; i < raw->columns->len; i++) {
		const char *name = raw->columns->pdata[i];
		g_autofree char *message = NULL;

		if (find_column(sheet->columns, name) >= 0)
			continue;
		message =
			g_strdup_printf(_("the column \"%s\" is not known: it is left out"), name);
		findings_add(findings, SEVERITY_WARNING, sheet->file, raw->header, 0, 0, "header",
			     message, hint, NULL);
	}
	for (guint i = 0; sheet->columns[i].name; i++) {
		g_autofree char *message = NULL;

		if (sheet->columns[i].optional || raw_find(raw, sheet->columns[i].name) >= 0)
			continue;
		message =
			g_strdup_printf(_("the column \"%s\" is missing"), sheet->columns[i].name);
		findings_add(findings, SEVERITY_ERROR, sheet->file, raw->header, 0, 0, "header",
			     message, hint, NULL);
		good = false;
	}
	return good;
}

static void take_rows(struct sheet *sheet, const struct raw *raw)
{
	guint n = 0;

	while (sheet->columns[n].name)
		n++;
	for (guint r = 0; r < raw->rows->len; r++) {
		const struct raw_row *from = raw->rows->pdata[r];
		struct row *row = g_new0(struct row, 1);

		row->line = from->line;
		row->cells = g_new0(char *, n + 1);
		for (guint i = 0; i < n; i++) {
			int at = raw_find(raw, sheet->columns[i].name);
			row->cells[i] = g_strdup(at < 0 ? "" : raw_cell(from, (guint)at));
		}
		g_ptr_array_add(sheet->rows, row);
	}
}

struct sheet *sheet_read(const char *path, const char *file, const struct column *columns,
			 struct findings *findings, GError **error)
{
	gsize length = 0;
	g_autofree char *text = raw_bytes(path, RAW_FILE_MAX, &length, error);

	if (!text)
		return NULL;
	struct sheet *sheet = g_new0(struct sheet, 1);
	*sheet = (struct sheet){ .file = file,
				 .columns = columns,
				 .rows = g_ptr_array_new_with_free_func(row_free) };
	struct raw *raw = raw_from_csv(text, length, file, findings);
	if (raw->header > 0 && check_header(sheet, raw, findings))
		take_rows(sheet, raw);
	raw_free(raw);
	return sheet;
}

void sheet_free(struct sheet *sheet)
{
	if (!sheet)
		return;
	g_ptr_array_unref(sheet->rows);
	g_free(sheet);
}

const char *sheet_cell(const struct sheet *sheet, const struct row *row, const char *name)
{
	int column = find_column(sheet->columns, name);

	g_assert(column >= 0);
	return row->cells[column];
}
