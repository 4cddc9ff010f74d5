/*
 * Reads one CSV file with libcsv.  Knows quoting, headers, bytes and lines; not
 * what the columns mean.
 */
#include "data/import/sheet.h"

#include <csv.h>
#include <string.h>

#include <glib/gi18n.h>

#include "base/errors.h"
#include "base/text.h"

/* Far above any network; keeps a wrong file from filling the memory. */
#define CSV_FILE_MAX (64u * 1024 * 1024)

struct reader {
	struct sheet *sheet;
	struct findings *findings;
	GPtrArray *cells; /* of the row at hand */
	GArray *places;	  /* int: wanted column of each column of the file, -1 none */
	guint n_columns;
	guint line;	/* that is being fed */
	guint row_line; /* where the row at hand begins */
	bool header_done;
	bool bad_header;
};

static void row_free(gpointer data)
{
	struct row *row = data;
	g_strfreev(row->cells);
	g_free(row);
}

static void report(struct reader *reader, guint line, enum severity severity, const char *code,
		   const char *message, const char *hint)
{
	findings_add(reader->findings, severity, reader->sheet->file, line, 0, 0, code, message,
		     hint, NULL);
}

static guint count_columns(const struct column *columns)
{
	guint n = 0;
	while (columns[n].name)
		n++;
	return n;
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

static void read_header(struct reader *reader)
{
	const struct column *columns = reader->sheet->columns;
	g_autofree char *names = column_names(columns);
	g_autofree char *hint = g_strdup_printf(_("the columns are: %s"), names);
	g_autofree guint *seen = g_new0(guint, reader->n_columns);

	for (guint i = 0; i < reader->cells->len; i++) {
		int place = find_column(columns, reader->cells->pdata[i]);
		g_array_append_val(reader->places, place);
		g_autofree char *message = NULL;
		if (place < 0) {
			message =
				g_strdup_printf(_("the column \"%s\" is not known: it is left out"),
						(char *)reader->cells->pdata[i]);
			report(reader, reader->row_line, SEVERITY_WARNING, "header", message, hint);
		} else if (seen[place]++ > 0) {
			message = g_strdup_printf(_("the column \"%s\" is there twice"),
						  columns[place].name);
			report(reader, reader->row_line, SEVERITY_ERROR, "header", message, hint);
			reader->bad_header = true;
		}
	}
	for (guint i = 0; i < reader->n_columns; i++) {
		if (seen[i] > 0 || columns[i].optional)
			continue;
		g_autofree char *message =
			g_strdup_printf(_("the column \"%s\" is missing"), columns[i].name);
		report(reader, reader->row_line, SEVERITY_ERROR, "header", message, hint);
		reader->bad_header = true;
	}
	reader->header_done = true;
}

static void read_row(struct reader *reader)
{
	if (reader->cells->len == 1 && *(char *)reader->cells->pdata[0] == '\0')
		return;
	if (reader->cells->len != reader->places->len) {
		g_autofree char *message =
			g_strdup_printf(_("this row has %u cells, the header has %u"),
					reader->cells->len, reader->places->len);
		report(reader, reader->row_line, SEVERITY_ERROR, "shape", message,
		       _("put a cell that holds a comma in double quotes"));
		return;
	}
	struct row *row = g_new0(struct row, 1);
	row->line = reader->row_line;
	row->cells = g_new0(char *, reader->n_columns + 1);
	for (guint i = 0; i < reader->cells->len; i++) {
		int place = g_array_index(reader->places, int, i);
		if (place >= 0)
			row->cells[place] = g_strdup(reader->cells->pdata[i]);
	}
	for (guint i = 0; i < reader->n_columns; i++) {
		if (!row->cells[i])
			row->cells[i] = g_strdup("");
	}
	g_ptr_array_add(reader->sheet->rows, row);
}

/* libcsv's callbacks: a cell, then the end of a row. */
static void on_cell(void *bytes, size_t length, void *data)
{
	struct reader *reader = data;
	const char *text = bytes ? bytes : "";
	gsize offset = 0;
	gunichar bad = 0;

	if (!text_acceptable(text, length, true, &offset, &bad)) {
		g_autofree char *message =
			bad == 0 && text[offset] != '\0'
				? g_strdup_printf(_("cell %u is not UTF-8 text: byte %02X"),
						  reader->cells->len + 1, (guchar)text[offset])
				: g_strdup_printf(_("cell %u holds the character U+%04X, which is "
						    "not allowed"),
						  reader->cells->len + 1, (guint)bad);
		report(reader, reader->row_line, SEVERITY_ERROR,
		       bad == 0 && text[offset] != '\0' ? "encoding" : "control", message,
		       _("save the file with the encoding UTF-8 and without hidden characters"));
		g_ptr_array_add(reader->cells, g_strdup(""));
		return;
	}
	char *cell = g_strndup(text, length);
	g_ptr_array_add(reader->cells, g_strstrip(cell));
}

static void on_row(int end, void *data)
{
	struct reader *reader = data;
	(void)end;
	if (!reader->header_done)
		read_header(reader);
	else if (!reader->bad_header)
		read_row(reader);
	g_ptr_array_set_size(reader->cells, 0);
}

/* Line by line, so that every row knows where it began. */
static void parse(struct reader *reader, struct csv_parser *parser, const char *text, gsize length)
{
	const char *end = text + length;
	while (text < end) {
		const char *newline = memchr(text, '\n', (gsize)(end - text));
		gsize n = newline ? (gsize)(newline - text) + 1 : (gsize)(end - text);
		reader->line++;
		if (parser->pstate == 0) /* between rows: empty lines are none */
			reader->row_line = reader->line;
		if (csv_parse(parser, text, n, on_cell, on_row, reader) != n)
			break;
		text += n;
	}
	if (text >= end && csv_fini(parser, on_cell, on_row, reader) == 0)
		return;
	report(reader, text < end ? reader->line : reader->row_line, SEVERITY_ERROR, "syntax",
	       text < end ? _("a double quote stands in the wrong place")
			  : _("this row holds a double quote that is never closed"),
	       _("put a cell that holds quotes in double quotes, and write each quote twice"));
}

struct sheet *sheet_read(const char *path, const char *file, const struct column *columns,
			 struct findings *findings, GError **error)
{
	g_autofree char *text = NULL;
	gsize length = 0;
	g_autoptr(GError) problem = NULL;

	if (!g_file_get_contents(path, &text, &length, &problem)) {
		g_set_error_literal(error, TELAR_ERROR,
				    g_error_matches(problem, G_FILE_ERROR, G_FILE_ERROR_NOENT)
					    ? TELAR_ERROR_NO_INPUT
					    : TELAR_ERROR_IO,
				    problem->message);
		return NULL;
	}
	if (length > CSV_FILE_MAX) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_DATA, _("%s is larger than %u MiB"),
			    file, CSV_FILE_MAX / 1024 / 1024);
		return NULL;
	}
	struct sheet *sheet = g_new0(struct sheet, 1);
	*sheet = (struct sheet){ .file = file,
				 .columns = columns,
				 .rows = g_ptr_array_new_with_free_func(row_free) };
	struct reader reader = { .sheet = sheet,
				 .findings = findings,
				 .cells = g_ptr_array_new_with_free_func(g_free),
				 .places = g_array_new(FALSE, FALSE, sizeof(int)),
				 .n_columns = count_columns(columns) };
	struct csv_parser parser;
	if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL) != 0)
		g_error("out of memory");
	gsize skip = length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
	parse(&reader, &parser, text + skip, length - skip);
	csv_free(&parser);
	if (!reader.header_done && findings->errors == 0)
		report(&reader, 1, SEVERITY_ERROR, "empty", _("the file is empty"), NULL);
	g_ptr_array_unref(reader.cells);
	g_array_unref(reader.places);
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
