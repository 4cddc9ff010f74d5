/*
 * Collects what is wrong with data and writes it for people, programs and
 * GitHub's annotations.  Does not judge data: whoever reads it does.
 */
#include "base/findings.h"
#include "base/json.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

#include <glib/gi18n.h>

#define QUOTE_COLUMNS 100 /* of a quoted line: more says nothing, and wraps */
#define QUOTE_LEAD    40  /* columns kept before the place when a long line is cut */

static const char *const severity_names[] = { "error", "warning", "note" };
static const char *const severity_colours[] = { "\033[1;31m", "\033[1;33m", "\033[1;36m" };
/* GitHub's words for the same. */
static const char *const severity_commands[] = { "error", "warning", "notice" };

static void finding_free(gpointer data)
{
	struct finding *finding = data;

	g_free(finding->file);
	g_free(finding->code);
	g_free(finding->message);
	g_free(finding->hint);
	g_free(finding->source);
	g_free(finding);
}

struct findings *findings_new(void)
{
	struct findings *findings = g_new0(struct findings, 1);

	findings->all = g_ptr_array_new_with_free_func(finding_free);
	return findings;
}

void findings_free(struct findings *findings)
{
	if (!findings)
		return;
	g_ptr_array_unref(findings->all);
	g_free(findings);
}

const struct finding *findings_error_in(const struct findings *findings, const char *file)
{
	for (guint i = 0; findings->errors > 0 && i < findings->all->len; i++) {
		const struct finding *finding = g_ptr_array_index(findings->all, i);

		if (finding->severity == SEVERITY_ERROR && g_strcmp0(finding->file, file) == 0)
			return finding;
	}
	return NULL;
}

char *findings_line(const char *text, gsize length, gsize byte)
{
	gsize from = MIN(byte, length), to = from;

	while (from > 0 && text[from - 1] != '\n' && to - from <= FINDINGS_LINE_MAX)
		from--;
	if (from == 0 && length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0)
		from = 3; /* the byte order mark is no part of what people see */
	while (to < length && text[to] != '\n' && text[to] != '\r' &&
	       to - from <= FINDINGS_LINE_MAX)
		to++;
	return to - from > FINDINGS_LINE_MAX ? NULL : g_strndup(text + from, to - from);
}

struct finding *findings_add(struct findings *findings, enum severity severity, const char *file,
			     guint line, guint col, guint span, const char *code,
			     const char *message, const char *hint, const char *source)
{
	struct finding *finding = g_new0(struct finding, 1);

	finding->severity = severity;
	finding->file = g_strdup(file);
	finding->line = line;
	finding->col = col;
	finding->span = span;
	finding->code = g_strdup(code);
	finding->message = g_strdup(message);
	finding->hint = g_strdup(hint);
	finding->source = g_strdup(source);
	g_ptr_array_add(findings->all, finding);
	findings->errors += severity == SEVERITY_ERROR;
	findings->warnings += severity == SEVERITY_WARNING;
	return finding;
}

static gint finding_compare(gconstpointer a, gconstpointer b)
{
	const struct finding *x = *(const struct finding *const *)a;
	const struct finding *y = *(const struct finding *const *)b;
	int order = g_strcmp0(x->file, y->file);

	if (order != 0)
		return order;
	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	if (x->col != y->col)
		return x->col < y->col ? -1 : 1;
	return 0;
}

bool findings_have(const struct findings *findings, const char *code)
{
	for (guint i = 0; i < findings->all->len; i++)
		if (strcmp(((const struct finding *)findings->all->pdata[i])->code, code) == 0)
			return true;
	return false;
}

void findings_sort(struct findings *findings)
{
	/* GLib's sort of pointer arrays is stable: equal places keep the order of adding. */
	g_ptr_array_sort(findings->all, finding_compare);
}

void findings_move(struct findings *to, struct findings *from)
{
	g_ptr_array_extend_and_steal(to->all, from->all);
	to->errors += from->errors;
	to->warnings += from->warnings;
	from->all = g_ptr_array_new_with_free_func(finding_free);
	from->errors = from->warnings = 0;
}

/* Where a quoted line and its underline are made. */
struct quote {
	GString *line, *under;
	int columns;
	bool cut;
};

/*
 * One cleaned cluster of the line and what stands below it.  Tabs are shown as a
 * blank: their width depends on the terminal, and the caret must stay below.
 */
static const char *quote_step(struct quote *quote, const char *p, bool marked, bool first)
{
	char cluster[TEXT_CLUSTER];
	const char *rest;
	int width = 1;

	if (*p == '\t') {
		rest = p + 1;
		g_strlcpy(cluster, " ", sizeof cluster);
	} else {
		rest = text_next(p, G_MAXSIZE, cluster, &width);
	}
	if (quote->columns + width > QUOTE_COLUMNS) {
		quote->cut = true;
		return rest;
	}
	g_string_append(quote->line, cluster);
	for (int i = 0; i < width; i++)
		g_string_append_c(quote->under, !marked ? ' ' : first && i == 0 ? '^' : '~');
	quote->columns += width;
	return rest;
}

/* Code points from `p` up to `rest`: a cluster may hold several; a bad byte is one. */
static guint step_units(const char *p, const char *rest)
{
	guint units = 0;

	for (; p < rest; p++)
		units += ((guchar)*p & 0xC0) != 0x80;
	return MAX(units, 1);
}

static void quote_make(const struct finding *finding, struct quote *quote)
{
	guint last = finding->col + MAX(finding->span, 1);
	guint start = finding->col > QUOTE_COLUMNS - QUOTE_LEAD ? finding->col - QUOTE_LEAD : 1;
	guint unit = 1;
	const char *p = finding->source, *rest;
	bool seen = false;

	if (start > 1)
		g_string_append(quote->line, "…"), g_string_append_c(quote->under, ' ');
	for (; *p && !quote->cut; unit += step_units(p, rest), p = rest) {
		bool marked = finding->col > 0 && unit >= finding->col && unit < last;
		if (unit < start) {
			rest = g_utf8_find_next_char(p, NULL);
			continue;
		}
		rest = quote_step(quote, p, marked, !seen);
		seen = seen || marked;
	}
	if (quote->cut)
		g_string_append(quote->line, "…");
	/* A place behind the end of the line: what is missing there. */
	if (!seen && !quote->cut && finding->col > 0)
		g_string_append_c(quote->under, '^');
	g_strchomp(quote->under->str);
}

static void quote_write(const struct finding *finding, bool colour, FILE *out)
{
	struct quote quote = { g_string_new(NULL), g_string_new(NULL), 0, false };
	const char *paint = colour ? severity_colours[finding->severity] : "";

	quote_make(finding, &quote);
	fprintf(out, "%5u | %s\n", finding->line, quote.line->str);
	if (*quote.under->str)
		fprintf(out, "      | %s%s%s\n", paint, quote.under->str, colour ? "\033[0m" : "");
	g_string_free(quote.line, TRUE);
	g_string_free(quote.under, TRUE);
}

static void place_write(const struct finding *finding, const char *prefix, FILE *out)
{
	g_autofree char *whole = NULL, *file = NULL;

	if (!finding->file)
		return;
	whole = g_strconcat(prefix, finding->file, NULL);
	file = text_clean(whole, -1, false);
	fprintf(out, "%s:", file);
	if (finding->line > 0)
		fprintf(out, "%u:", finding->line);
	if (finding->line > 0 && finding->col > 0)
		fprintf(out, "%u:", finding->col);
	fputc(' ', out);
}

static void finding_write_text(const struct finding *finding, bool colour, const char *prefix,
			       FILE *out)
{
	g_autofree char *message = text_clean(finding->message, -1, true);

	place_write(finding, prefix, out);
	fprintf(out, "%s%s[%s]:%s %s\n", colour ? severity_colours[finding->severity] : "",
		severity_names[finding->severity], finding->code, colour ? "\033[0m" : "", message);
	if (finding->source && finding->line > 0)
		quote_write(finding, colour, out);
	if (finding->hint) {
		g_autofree char *hint = text_clean(finding->hint, -1, true);
		/* TRANSLATORS: stands before an advice, as in "hint: did you mean …?" */
		fprintf(out, "  %s: %s\n", _("hint"), hint);
	}
}

static void finding_write_json(const struct finding *finding, const char *prefix, struct json *json)
{
	g_autofree char *file = finding->file ? g_strconcat(prefix, finding->file, NULL) : NULL;

	json_open_object(json);
	json_put_string(json, "severity", severity_names[finding->severity]);
	json_put_string(json, "code", finding->code);
	json_put_string_if(json, "file", file);
	if (finding->line > 0)
		json_put_integer(json, "line", finding->line);
	if (finding->col > 0)
		json_put_integer(json, "col", finding->col);
	if (finding->span > 0)
		json_put_integer(json, "span", finding->span);
	json_put_string(json, "message", finding->message);
	json_put_string_if(json, "hint", finding->hint);
	json_put_string_if(json, "source", finding->source);
	json_close_object(json);
}

static void all_write_json(const struct findings *findings, const char *prefix, FILE *out)
{
	GString *text = g_string_new(NULL);
	struct json json;

	json_init(&json, text, true);
	json_open_object(&json);
	json_put_integer(&json, "errors", findings->errors);
	json_put_integer(&json, "warnings", findings->warnings);
	json_key(&json, "findings");
	json_open_array(&json);
	for (guint i = 0; i < findings->all->len; i++)
		finding_write_json(g_ptr_array_index(findings->all, i), prefix, &json);
	json_close_array(&json);
	json_close_object(&json);
	g_string_append_c(text, '\n');
	fwrite(text->str, 1, text->len, out);
	g_string_free(text, TRUE);
}

/* A workflow command's text: percent, line ends and, in properties, its separators are escaped. */
static void annotation_text(const char *text, bool property, FILE *out)
{
	g_autofree char *clean = text_clean(text, -1, true);

	for (const char *p = clean; *p; p++) {
		if (*p == '%' || *p == '\n' || (property && (*p == ':' || *p == ',')))
			fprintf(out, "%%%02X", (guchar)*p);
		else
			fputc(*p, out);
	}
}

static void finding_write_github(const struct finding *finding, const char *prefix, FILE *out)
{
	fprintf(out, "::%s ", severity_commands[finding->severity]);
	if (finding->file) {
		fputs("file=", out);
		annotation_text(prefix, true, out);
		annotation_text(finding->file, true, out);
		fputc(',', out);
	}
	if (finding->line > 0)
		fprintf(out, "line=%u,", finding->line);
	if (finding->col > 0)
		fprintf(out, "col=%u,", finding->col);
	fputs("title=", out);
	annotation_text(finding->code, true, out);
	fputs("::", out);
	annotation_text(finding->message, false, out);
	if (finding->hint) {
		fprintf(out, "%%0A%s: ", _("hint"));
		annotation_text(finding->hint, false, out);
	}
	fputc('\n', out);
}

void findings_write(const struct findings *findings, enum findings_format format, bool colour,
		    const char *prefix, FILE *out)
{
	if (!prefix)
		prefix = "";
	if (format == FINDINGS_JSON) {
		all_write_json(findings, prefix, out);
		return;
	}
	for (guint i = 0; i < findings->all->len; i++) {
		const struct finding *finding = g_ptr_array_index(findings->all, i);
		if (format == FINDINGS_GITHUB)
			finding_write_github(finding, prefix, out);
		else
			finding_write_text(finding, colour, prefix, out);
	}
}
