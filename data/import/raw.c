/*
 * Rows with named columns, and what all readers of files share: sizes, encoding,
 * what a cell may hold.  Knows no format.
 */
#include "data/import/raw.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "base/errors.h"
#include "base/text.h"

static void row_free(gpointer data)
{
	struct raw_row *row = data;

	g_ptr_array_unref(row->cells);
	g_free(row);
}

struct raw *raw_new(const char *file, const char *part)
{
	struct raw *raw = g_new0(struct raw, 1);

	raw->file = g_strdup(file);
	raw->what = part ? g_strdup_printf("%s: %s", file, part) : g_strdup(file);
	raw->columns = g_ptr_array_new_with_free_func(g_free);
	raw->places = g_hash_table_new(g_str_hash, g_str_equal);
	raw->rows = g_ptr_array_new_with_free_func(row_free);
	return raw;
}

void raw_free(struct raw *raw)
{
	if (!raw)
		return;
	g_ptr_array_unref(raw->rows);
	g_hash_table_unref(raw->places);
	g_ptr_array_unref(raw->columns);
	g_free(raw->what);
	g_free(raw->file);
	g_free(raw);
}

struct raw_row *raw_add(struct raw *raw, guint line, guint col)
{
	struct raw_row *row = g_new0(struct raw_row, 1);

	row->line = line;
	row->col = col;
	row->cells = g_ptr_array_new_with_free_func(g_free);
	g_ptr_array_add(raw->rows, row);
	return row;
}

int raw_find(const struct raw *raw, const char *name)
{
	return (int)GPOINTER_TO_UINT(g_hash_table_lookup(raw->places, name)) - 1;
}

guint raw_append(struct raw *raw, const char *name)
{
	if (raw->columns->len == RAW_COLUMNS_MAX)
		return RAW_COLUMNS_MAX;
	char *own = g_strdup(name);

	g_ptr_array_add(raw->columns, own);
	if (raw_find(raw, own) < 0)
		g_hash_table_insert(raw->places, own, GUINT_TO_POINTER(raw->columns->len));
	return raw->columns->len - 1;
}

guint raw_column(struct raw *raw, const char *name)
{
	int at = raw_find(raw, name);

	return at < 0 ? raw_append(raw, name) : (guint)at;
}

const char *raw_cell(const struct raw_row *row, guint column)
{
	const char *text = column < row->cells->len ? row->cells->pdata[column] : NULL;

	return text ? text : "";
}

static void report(const struct raw *raw, const struct raw_row *row, guint column, const char *code,
		   const char *what, const char *hint, struct findings *findings)
{
	const char *name = column < raw->columns->len ? raw->columns->pdata[column] : "";
	g_autofree char *message = *name ? g_strdup_printf("%s: %s", name, what) : g_strdup(what);

	findings_add(findings, SEVERITY_ERROR, raw->file, row->line, row->col, 0, code, message,
		     hint, NULL);
}

static bool may_stand(const struct raw *raw, const struct raw_row *row, guint column,
		      const char *text, gsize length, struct findings *findings)
{
	gsize offset = 0;
	gunichar bad = 0;
	g_autofree char *what = NULL;

	if (length > RAW_CELL_MAX) {
		what = g_strdup_printf(_("this cell is longer than %d KiB"), RAW_CELL_MAX / 1024);
		report(raw, row, column, "size", what,
		       _("shorten it, or look for a quote that is never closed"), findings);
		return false;
	}
	if (text_acceptable(text, length, true, &offset, &bad))
		return true;
	if (bad == 0 && text[offset] != '\0') {
		what = g_strdup_printf(_("cell %u is not UTF-8 text: byte %02X"), column + 1,
				       (guint)(guchar)text[offset]);
		report(raw, row, column, "encoding", what,
		       _("save the file with the encoding UTF-8 and without hidden characters"),
		       findings);
		return false;
	}
	what = g_strdup_printf(_("cell %u holds the character U+%04X, which is not allowed"),
			       column + 1, (guint)bad);
	report(raw, row, column, "control", what,
	       _("save the file with the encoding UTF-8 and without hidden characters"), findings);
	return false;
}

void raw_crowded(struct raw *raw, const struct raw_row *row, struct findings *findings)
{
	g_autofree char *what =
		g_strdup_printf(_("there are more than %u columns or fields"), RAW_COLUMNS_MAX);

	if (!raw->crowded)
		report(raw, row, RAW_COLUMNS_MAX, "size", what,
		       _("take out those that are not wanted"), findings);
	raw->crowded = true;
}

/* Of a field that is stated again and again. */
static void too_long(struct raw *raw, const struct raw_row *row, guint column,
		     struct findings *findings)
{
	g_autofree char *what = g_strdup_printf(
		_("the values of this field are longer than %u KiB together"), RAW_CELL_MAX / 1024);

	if (!raw->full)
		report(raw, row, column, "size", what, _("shorten it"), findings);
	raw->full = true;
}

void raw_put(struct raw *raw, struct raw_row *row, guint column, const char *text, gsize length,
	     struct findings *findings)
{
	if (column >= RAW_COLUMNS_MAX) {
		raw_crowded(raw, row, findings);
		return;
	}
	bool good = may_stand(raw, row, column, text, length, findings);
	g_autofree char *cell = good ? g_strstrip(g_strndup(text, length)) : g_strdup("");
	g_autofree char *normal = g_utf8_normalize(cell, -1, G_NORMALIZE_NFC);

	if (row->cells->len <= column)
		g_ptr_array_set_size(row->cells, (gint)column + 1);
	char **at = (char **)&row->cells->pdata[column];
	bool more = *at && **at && normal && *normal && strcmp(*at, normal) != 0;

	if (more && strlen(*at) + strlen(normal) > RAW_CELL_MAX) {
		too_long(raw, row, column, findings);
	} else if (more) {
		char *both = g_strconcat(*at, "|", normal, NULL);
		g_free(*at);
		*at = both;
	} else if (!*at || !**at) {
		g_free(*at);
		*at = g_strdup(normal ? normal : "");
	}
}

char *raw_bytes(const char *path, gsize most, gsize *length, GError **error)
{
	GStatBuf state;
	g_autoptr(GError) problem = NULL;
	char *text = NULL;
	bool there = g_stat(path, &state) == 0;

	if (there && !S_ISREG(state.st_mode)) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_NO_INPUT, _("%s is not a file"), path);
		return NULL;
	}
	if (there && (guint64)state.st_size > most) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_DATA, _("%s is larger than %u MiB"),
			    path, (guint)(most / 1024 / 1024));
		return NULL;
	}
	if (g_file_get_contents(path, &text, length, &problem))
		return text;
	g_set_error_literal(error, TELAR_ERROR,
			    g_error_matches(problem, G_FILE_ERROR, G_FILE_ERROR_NOENT)
				    ? TELAR_ERROR_NO_INPUT
				    : TELAR_ERROR_IO,
			    problem->message);
	return NULL;
}

/* Text of two bytes a letter has a zero in most of its pairs. */
static bool is_utf16(const char *text, gsize length)
{
	gsize looked = MIN(length, 4096);
	gsize zeros = 0;

	if (length >= 2 && (memcmp(text, "\xFF\xFE", 2) == 0 || memcmp(text, "\xFE\xFF", 2) == 0))
		return true;
	for (gsize i = 0; i < looked; i++)
		zeros += text[i] == '\0';
	return looked >= 8 && zeros * 3 > looked;
}

bool raw_encoding(const char *text, gsize length, const char *file, struct findings *findings)
{
	const char *bad = text;

	if (is_utf16(text, length)) {
		findings_add(findings, SEVERITY_ERROR, file, 1, 0, 0, "encoding",
			     _("this file is written in UTF-16"),
			     _("save it as CSV UTF-8, or convert it: iconv -f UTF-16 -t UTF-8"),
			     NULL);
		return false;
	}
	/* Zeros inside are named where they stand, as other characters are. */
	while (!g_utf8_validate_len(bad, length - (gsize)(bad - text), &bad) && *bad == '\0')
		bad++;
	if (bad >= text + length)
		return true;
	guint line = 1;
	const char *start = text;
	for (const char *at = text; at < bad; at++) {
		if (*at == '\n') {
			line++;
			start = at + 1;
		}
	}
	g_autofree char *message =
		g_strdup_printf(_("this file is not UTF-8: the byte %02X makes it look like "
				  "Latin-1 (Windows-1252)"),
				(guint)(guchar)*bad);
	findings_add(findings, SEVERITY_ERROR, file, line,
		     (guint)g_utf8_strlen(start, (gssize)(bad - start)) + 1, 1, "encoding", message,
		     _("save it as CSV UTF-8, or convert it: iconv -f WINDOWS-1252 -t UTF-8"),
		     NULL);
	return false;
}

static const char *first_letter(const char *text, gsize length)
{
	const char *end = text + length;

	if (length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0)
		text += 3;
	while (text < end && g_ascii_isspace(*text))
		text++;
	return text < end ? text : NULL;
}

static bool has_suffix(const char *path, const char *suffix)
{
	g_autofree char *low = g_ascii_strdown(path, -1);

	return g_str_has_suffix(low, suffix);
}

bool raw_read(const char *path, GPtrArray *raws, struct findings *findings, GError **error)
{
	gsize length = 0;

	if (has_suffix(path, ".graphml") || has_suffix(path, ".xml"))
		return raw_from_graphml(path, path, raws, findings, error);
	g_autofree char *text = raw_bytes(path, RAW_FILE_MAX, &length, error);
	if (!text)
		return false;
	const char *first = first_letter(text, length);
	if (first && *first == '<')
		return raw_from_graphml(path, path, raws, findings, error);
	if (has_suffix(path, ".json") || (first && *first == '{'))
		raw_from_kumu(text, length, path, raws, findings);
	else
		g_ptr_array_add(raws, raw_from_csv(text, length, path, findings));
	return true;
}
