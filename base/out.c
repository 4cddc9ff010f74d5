/*
 * Plain output and aligned tables for the command line.  What goes to a terminal
 * is cleaned here; pipes and files get bytes as they are.  The app does not draw
 * with this.
 */
#include "base/out.h"
#include "base/start.h"
#include "base/text.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define GAP	   2 /* blanks between columns */
#define CLIP_LEAST 8 /* a clipped column keeps so many */
#define BOLD	   "\033[1m"
#define NORMAL	   "\033[0m"

static int terminal_columns(int fd)
{
	struct winsize size;
	const char *columns = start_env("COLUMNS");
	gint64 wanted = columns ? g_ascii_strtoll(columns, NULL, 10) : 0;

	if (ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		return size.ws_col;
	return wanted >= 20 && wanted <= 1000 ? (int)wanted : 80;
}

static bool colour_wanted(bool terminal, enum out_colour colour)
{
	const char *term = start_env("TERM");

	if (colour != OUT_AUTO)
		return colour == OUT_ALWAYS;
	return terminal && !start_env("NO_COLOR") && term && strcmp(term, "dumb") != 0;
}

struct out out_open(FILE *stream, enum out_colour colour)
{
	struct out out = { .stream = stream };
	int fd = fileno(stream);

	out.terminal = fd >= 0 && isatty(fd);
	out.colour = colour_wanted(out.terminal, colour);
	out.columns = out.terminal ? terminal_columns(fd) : 0;
	return out;
}

void out_text(const struct out *out, const char *text)
{
	g_autofree char *clean = NULL;

	if (out->terminal)
		text = clean = text_clean(text, -1, true);
	fputs(text, out->stream);
}

void out_printf(const struct out *out, const char *format, ...)
{
	g_autofree char *text = NULL;
	va_list arguments;

	va_start(arguments, format);
	text = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	out_text(out, text);
}

void out_heading(const struct out *out, const char *text)
{
	if (out->colour)
		fputs(BOLD, out->stream);
	out_text(out, text);
	if (out->colour)
		fputs(NORMAL, out->stream);
}

struct table {
	guint n;
	char **headers; /* without their '>' */
	bool *right;
	GPtrArray *rows; /* char **, n cells each */
};

/* A cell is one line: other blanks would break the row. */
static char *cell_text(const char *text)
{
	return g_strdelimit(g_strdup(text ? text : ""), "\t\n\r", ' ');
}

void out_row(const struct out *out, const char *const *cells, guint n)
{
	for (guint c = 0; c < n; c++) {
		g_autofree char *cell = cell_text(cells[c]);

		out_text(out, c > 0 ? "\t" : "");
		out_text(out, cell);
	}
	fputc('\n', out->stream);
}

static char **cells_copy(const char *const *cells, guint n)
{
	char **copy = g_new0(char *, n + 1);

	for (guint i = 0; i < n; i++)
		copy[i] = cell_text(cells[i]);
	return copy;
}

struct table *table_new(const char *const *headers, guint n)
{
	struct table *table = g_new0(struct table, 1);

	table->n = n;
	table->right = g_new0(bool, n);
	table->headers = g_new0(char *, n + 1);
	table->rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);
	for (guint i = 0; i < n; i++) {
		table->right[i] = headers[i] && headers[i][0] == '>';
		table->headers[i] = cell_text(table->right[i] ? headers[i] + 1 : headers[i]);
	}
	return table;
}

void table_row(struct table *table, const char *const *cells)
{
	g_ptr_array_add(table->rows, cells_copy(cells, table->n));
}

void table_free(struct table *table)
{
	if (!table)
		return;
	g_strfreev(table->headers);
	g_free(table->right);
	g_ptr_array_unref(table->rows);
	g_free(table);
}

static void widths_measure(const struct table *table, int *widths)
{
	for (guint c = 0; c < table->n; c++)
		widths[c] = text_width(table->headers[c]);
	for (guint r = 0; r < table->rows->len; r++) {
		char *const *cells = g_ptr_array_index(table->rows, r);
		for (guint c = 0; c < table->n; c++)
			widths[c] = MAX(widths[c], text_width(cells[c]));
	}
}

/* Takes from the widest left-aligned column, then from the next, until a row fits. */
static void widths_clip(const struct table *table, int *widths, int columns)
{
	int over = -columns + GAP * (int)(table->n - 1);

	for (guint c = 0; c < table->n; c++)
		over += widths[c];
	while (over > 0) {
		guint widest = table->n;
		for (guint c = 0; c < table->n; c++) {
			if (!table->right[c] && widths[c] > CLIP_LEAST &&
			    (widest == table->n || widths[c] > widths[widest]))
				widest = c;
		}
		if (widest == table->n)
			return;
		widths[widest]--;
		over--;
	}
}

static void row_print(const struct table *table, char *const *cells, const int *widths,
		      FILE *stream)
{
	GString *line = g_string_new(NULL);

	for (guint c = 0; c < table->n; c++) {
		g_autofree char *cell = text_fit(cells[c], widths[c], false);
		int blank = widths[c] - text_width(cell);

		if (table->right[c])
			g_string_append_printf(line, "%*s%s", blank, "", cell);
		else
			g_string_append_printf(line, "%s%*s", cell, blank, "");
		if (c + 1 < table->n)
			g_string_append_printf(line, "%*s", GAP, "");
	}
	fputs(g_strchomp(line->str), stream);
	g_string_free(line, TRUE);
}

void table_print(const struct table *table, const struct out *out, bool plain)
{
	g_autofree int *widths = g_new0(int, table->n + 1);

	if (plain) {
		out_row(out, (const char *const *)table->headers, table->n);
		for (guint r = 0; r < table->rows->len; r++)
			out_row(out, g_ptr_array_index(table->rows, r), table->n);
		return;
	}
	widths_measure(table, widths);
	if (out->columns > 0)
		widths_clip(table, widths, out->columns);
	if (out->colour)
		fputs(BOLD, out->stream);
	row_print(table, table->headers, widths, out->stream);
	fputs(out->colour ? NORMAL "\n" : "\n", out->stream);
	for (guint r = 0; r < table->rows->len; r++) {
		row_print(table, g_ptr_array_index(table->rows, r), widths, out->stream);
		fputc('\n', out->stream);
	}
}
