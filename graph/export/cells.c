/*
 * CSV: how cells are written, and a directory of tables with a manifest.  What stands in the
 * tables is csv.c's and gaps.c's.
 */
#include "graph/export/cells.h"

#include "base/cancel.h"
#include "base/context.h"
#include "base/json.h"
#include "base/sheet.h"
#include "graph/export/formats.h"
#include "graph/export/outlet.h"
#include "graph/kernel/pool.h"

#include <math.h>
#include <string.h>

#define PIECE (1 << 16) /* bytes of a table that are written at a time */

char *sheet_room(const struct sheet *sheet, gsize more)
{
	GString *out = sheet->out;
	gsize length = out->len;
	if (length + more >= out->allocated_len) {
		g_string_set_size(out, length + more);
		out->len = length;
	}
	return out->str + length;
}

void sheet_fill(const struct sheet *sheet, const char *end)
{
	sheet->out->len = (gsize)(end - sheet->out->str);
}

/* What is appended to `out` next is a cell. */
static void cell_start(struct sheet *sheet)
{
	if (sheet->filled)
		g_string_append_c(sheet->out, sheet->separator);
	sheet->filled = true;
}

char *sheet_number(const struct sheet *sheet, double value, char *end)
{
	char *behind = json_write_number(value, end);
	char *point = sheet->decimal == '.' ? NULL : memchr(end, '.', (gsize)(behind - end));

	if (point)
		*point = sheet->decimal;
	return behind;
}

void cell_number(struct sheet *sheet, double value)
{
	char *end = sheet_room(sheet, NUMBER_SIZE + 1);
	if (sheet->filled)
		*end++ = sheet->separator;
	sheet->filled = true;
	sheet_fill(sheet, isfinite(value) ? sheet_number(sheet, value, end) : end);
}

void cell_count(struct sheet *sheet, guint value)
{
	cell_number(sheet, value);
}

/* Most cells are short words that need nothing of this. */
static bool is_plain(const struct sheet *sheet, const char *text, gsize *length)
{
	const char *c = text, first = *text;
	bool plain = first != '=' && first != '+' && first != '-' && first != '@' && first != ' ' &&
		     first != '\xef';
	for (; *c; c++)
		plain &= (guchar)*c > '\r' && *c != '"' && *c != sheet->separator;
	*length = (gsize)(c - text);
	return plain && c[-1] != ' ';
}

void cell_text(struct sheet *sheet, const char *text)
{
	gsize length;
	cell_start(sheet);
	if (!text || !*text)
		return;
	if (is_plain(sheet, text, &length)) {
		g_string_append_len(sheet->out, text, (gssize)length);
		return;
	}
	bool run = sheet_runs(text);
	bool quote = strpbrk(text, "\"\r\n\t") || strchr(text, sheet->separator) || *text == ' ' ||
		     text[length - 1] == ' ';
	if (quote)
		g_string_append_c(sheet->out, '"');
	if (run)
		g_string_append_c(sheet->out, '\'');
	for (const char *c; (c = strchr(text, '"')); text = c + 1) {
		g_string_append_len(sheet->out, text, c + 1 - text);
		g_string_append_c(sheet->out, '"');
	}
	g_string_append(sheet->out, text);
	if (quote)
		g_string_append_c(sheet->out, '"');
}

/* A minus does not make it a formula. */
void cell_digits(struct sheet *sheet, const char *text)
{
	cell_start(sheet);
	for (const char *c = text ? text : ""; *c; c++)
		g_string_append_c(sheet->out, *c == '.' ? sheet->decimal : *c);
}

void cell_word(struct sheet *sheet, const char *id, const char *read)
{
	cell_text(sheet, sheet->words ? read : id);
}

void cell_money(struct sheet *sheet, const struct money *money)
{
	g_autofree char *text = money ? money_text(money) : NULL;
	char *blank = text ? strchr(text, ' ') : NULL;
	if (blank)
		*blank = '\0';
	cell_digits(sheet, text);
	cell_text(sheet, blank ? blank + 1 : NULL);
}

void row_end(struct sheet *sheet)
{
	g_string_append_c(sheet->out, '\n');
	sheet->filled = false;
	if (sheet->out->len < PIECE)
		return;
	outlet_write(sheet->outlet, sheet->file, sheet->out);
	sheet->stopped = cancel_asked(sheet->options->cancel, NULL) ||
			 outlet_interrupted(sheet->outlet, NULL);
}

void cells_columns(struct sheet *sheet, bool (*column)(guint i, struct export_column *out),
		   const char *file)
{
	struct export_column one;
	for (guint i = 0; column(i, &one); i++)
		if (strcmp(one.file, file) == 0 && (one.read || !sheet->words))
			cell_word(sheet, one.name, one.read ? in_context(one.read) : NULL);
	row_end(sheet);
}

void cell_date(struct sheet *sheet, struct date date)
{
	char text[DATE_TEXT_SIZE];
	/* Only digits and dashes, never a leading dash. */
	cell_text(sheet, date_format(date, text));
}

/* Each file in a thread of its own: where one waits for the disk, another goes on. */
struct writing {
	struct study *study;
	const struct export_options *options;
	const char *format;
	const struct csv_table *tables;
	guint n;
	const char *names[CSV_TABLES + 1];
	struct sheet sheets[CSV_TABLES];
	struct names *called; /* NULL: by their ids */
	struct outlet *outlet;
};

/* The last first: the longest has the longest way to the disk. */
static void write_file(gpointer data, gpointer own, guint turn, struct watch *watch)
{
	struct writing *writing = data;
	guint unit = writing->n - turn;
	(void)own, (void)watch;
	if (unit < writing->n) {
		struct sheet *sheet = &writing->sheets[unit];
		writing->tables[unit].write(writing->study, sheet);
		outlet_write(writing->outlet, unit, sheet->out);
	} else {
		g_autoptr(GString) manifest =
			export_manifest(writing->study, writing->options, writing->format,
					writing->names, writing->n);
		outlet_write(writing->outlet, unit, manifest);
	}
	outlet_settle(writing->outlet, unit);
}

static bool write_all(struct writing *writing, GError **error)
{
	const struct export_options *options = writing->options;
	const struct export_dialect *dialect = &options->dialect;
	const char separator = dialect->separator ? dialect->separator : ',';
	const char decimal =
		dialect->decimal && dialect->decimal != separator ? dialect->decimal : '.';
	const struct crew crew = { .units = writing->n + 1, .task = writing, .work = write_file };
	const struct kernel_run run = { .threads = writing->n + 1, .cancel = options->cancel };
	for (guint i = 0; i < writing->n; i++)
		writing->sheets[i] = (struct sheet){
			.outlet = writing->outlet,
			.file = i,
			.out = g_string_new(dialect->bom ? "\xef\xbb\xbf" : ""),
			.separator = separator,
			.decimal = decimal,
			.words = dialect->words,
			.names = writing->called,
			.options = options,
		};
	bool ok = crew_run(&crew, &run, error);
	for (guint i = 0; i < writing->n; i++)
		g_string_free(writing->sheets[i].out, TRUE);
	return ok && !cancel_asked(options->cancel, error);
}

bool csv_write(struct study *study, const struct export_options *options, const char *format,
	       const struct csv_table *tables, guint n, GError **error)
{
	struct writing writing = {
		.study = study, .options = options, .format = format, .tables = tables, .n = n
	};
	g_assert(n <= CSV_TABLES);
	for (guint i = 0; i < n; i++)
		writing.names[i] = tables[i].name;
	writing.names[n] = EXPORT_MANIFEST;
	writing.outlet = outlet_begin(options->path, writing.names, n + 1, error);
	if (!writing.outlet)
		return false;
	if (options->dialect.words)
		writing.called = names_new(study_model(study));
	bool written = write_all(&writing, error);
	names_free(writing.called);
	if (written)
		return outlet_finish(writing.outlet, error);
	outlet_drop(writing.outlet);
	return false;
}
