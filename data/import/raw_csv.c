/*
 * One CSV file with libcsv: quoting, separators, bytes and lines; not what the
 * columns mean.
 */
#include "data/import/raw.h"

#include <csv.h>
#include <string.h>

#include <glib/gi18n.h>

struct reader {
	struct raw *raw;
	struct findings *findings;
	struct raw_row *row; /* at hand; NULL between rows */
	struct raw *header;  /* holds the header's cells, as one row */
	guint cells;	     /* of the row at hand */
	guint line;	     /* that is being fed */
	guint row_line;	     /* where the row at hand begins */
};

static void report(struct reader *reader, guint line, const char *code, const char *message,
		   const char *hint)
{
	findings_add(reader->findings, SEVERITY_ERROR, reader->raw->file, line, 0, 0, code, message,
		     hint, NULL);
}

/* A column without a name is called after its place; a name twice is told apart. */
static void take_header(struct reader *reader)
{
	for (guint i = 0; i < MIN(reader->cells, RAW_COLUMNS_MAX); i++) {
		const char *name = raw_cell(reader->row, i);
		g_autofree char *own =
			*name ? g_strdup(name) : g_strdup_printf(_("column %u"), i + 1);

		if (raw_find(reader->raw, own) >= 0) {
			g_autofree char *message =
				g_strdup_printf(_("the column \"%s\" is there twice"), own);
			report(reader, reader->row_line, "header", message,
			       _("give one of the two another name"));
		}
		raw_append(reader->raw, own);
	}
	reader->raw->header = reader->row_line;
	reader->raw->crowded = reader->header->crowded;
	raw_free(reader->header);
	reader->header = NULL;
}

static bool is_empty_row(const struct raw_row *row)
{
	for (guint i = 0; i < row->cells->len; i++) {
		if (*raw_cell(row, i))
			return false;
	}
	return true;
}

/* libcsv's callbacks: a cell, then the end of a row. */
static void on_cell(void *bytes, size_t length, void *data)
{
	struct reader *reader = data;
	struct raw *into = reader->header ? reader->header : reader->raw;

	if (!reader->row)
		reader->row = raw_add(into, reader->row_line, 0);
	raw_put(into, reader->row, reader->cells++, bytes ? bytes : "", length, reader->findings);
}

static void on_row(int end, void *data)
{
	struct reader *reader = data;
	struct raw *raw = reader->raw;

	(void)end;
	if (reader->header) {
		take_header(reader);
	} else if (reader->row && is_empty_row(reader->row)) {
		g_ptr_array_set_size(raw->rows, (gint)raw->rows->len - 1);
	} else if (reader->cells != raw->columns->len && !raw->crowded) {
		g_autofree char *message =
			g_strdup_printf(_("this row has %u cells, the header has %u"),
					reader->cells, raw->columns->len);
		report(reader, reader->row_line, "shape", message,
		       _("put a cell that holds a comma in double quotes"));
		g_ptr_array_set_size(raw->rows, (gint)raw->rows->len - 1);
	}
	reader->row = NULL;
	reader->cells = 0;
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
	report(reader, text < end ? reader->line : reader->row_line, "syntax",
	       text < end ? _("a double quote stands in the wrong place")
			  : _("this row holds a double quote that is never closed"),
	       _("put a cell that holds quotes in double quotes, and write each quote twice"));
	/* What was begun is no row. */
	if (reader->row && !reader->header)
		g_ptr_array_set_size(reader->raw->rows, (gint)reader->raw->rows->len - 1);
}

/* The one of `,` `;` tab that the first line has most of, outside of quotes. */
static unsigned char separator_of(const char *text, gsize length)
{
	static const char marks[] = { ',', ';', '\t' };
	guint counts[G_N_ELEMENTS(marks)] = { 0 };
	bool quoted = false;
	guint best = 0;

	for (gsize i = 0; i < length && (quoted || (text[i] != '\n' && text[i] != '\r')); i++) {
		if (text[i] == '"')
			quoted = !quoted;
		for (guint m = 0; !quoted && m < G_N_ELEMENTS(marks); m++)
			counts[m] += text[i] == marks[m];
	}
	for (guint m = 1; m < G_N_ELEMENTS(marks); m++)
		best = counts[m] > counts[best] ? m : best;
	return (unsigned char)marks[best];
}

struct raw *raw_from_csv(const char *text, gsize length, const char *file,
			 struct findings *findings)
{
	struct reader reader = { .raw = raw_new(file, NULL), .findings = findings };
	guint before = findings->errors;
	gsize skip = length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
	struct csv_parser parser;

	if (!raw_encoding(text, length, file, findings))
		return reader.raw;
	reader.header = raw_new(file, NULL);
	if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL) != 0)
		g_error("out of memory");
	/* libcsv's own step of 128 bytes makes one endless cell quadratic. */
	csv_set_blk_size(&parser, 256 * 1024);
	csv_set_delim(&parser, separator_of(text + skip, length - skip));
	parse(&reader, &parser, text + skip, length - skip);
	csv_free(&parser);
	if (reader.raw->header == 0 && findings->errors == before)
		report(&reader, 1, "empty", _("the file is empty"), NULL);
	raw_free(reader.header);
	return reader.raw;
}
