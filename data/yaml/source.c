/*
 * The bytes of a YAML file and where things stand in them: lines, exact byte
 * offsets for libyaml's marks (which count code points and leave out the byte
 * order mark), and the scan for bytes and characters that no entry may hold.
 * Not for syntax: that is read.c and explain.c.
 */
#include "data/yaml/internal.h"

#include <string.h>

#include <glib/gi18n.h>

#include "base/text.h"

/* More of the same kind help nobody. */
#define SCAN_FINDINGS_MAX 20

#define BLOCK 64 /* bytes that are looked at without a branch, so that vectors do it */

/* Whether a byte of the block is none of ASCII that needs no second look. */
static inline bool has_other(const char *text)
{
	guchar other = 0;

	for (gsize k = 0; k < BLOCK; k++) {
		guchar c = (guchar)text[k];

		other |= (guchar)((c < 0x20 || c > 0x7E) & (c != '\n') & (c != '\t'));
	}
	return other != 0;
}

/* Behind the bytes from `at` on that nearly all files consist of. */
static gsize skip_printable(const struct source *source, gsize at)
{
	const char *text = source->text;
	gsize length = source->length;

	while (length - at >= BLOCK && !has_other(text + at))
		at += BLOCK;
	/* What is left of a file, looked at together with what was before it. */
	if (length - at < BLOCK && length - source->begin >= BLOCK &&
	    !has_other(text + length - BLOCK))
		return length;
	for (; at < length; at++) {
		guchar c = (guchar)text[at];
		bool line_end = c == '\n' || (c == '\r' && at + 1 < length && text[at + 1] == '\n');

		if ((c < 0x20 || c > 0x7E) && !line_end && c != '\t')
			break;
	}
	return at;
}

static bool is_ascii(const char *text, gsize length)
{
	for (gsize i = 0; i < length; i++) {
		if ((guchar)text[i] >= 0x80)
			return false;
	}
	return true;
}

void source_init(struct source *source, const char *text, gsize length, const char *file,
		 struct findings *findings)
{
	*source = (struct source){
		.text = text, .length = length, .file = file, .findings = findings
	};
	if (length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0)
		source->begin = 3;
	source->lines = g_array_new(FALSE, FALSE, sizeof(guint));
	source->printable = skip_printable(source, source->begin);
	if (is_ascii(text + source->printable, length - source->printable)) {
		source->n_points = length - source->begin;
		return;
	}
	source->bytes = g_new(guint, length - source->begin + 1);
	for (gsize i = source->begin; i < length; i++) {
		if (((guchar)text[i] & 0xC0) != 0x80)
			source->bytes[source->n_points++] = (guint)i;
	}
	source->bytes[source->n_points] = (guint)length;
}

/* Looked for when first asked: nobody asks of a file without findings. */
static const GArray *lines_of(const struct source *source)
{
	GArray *lines = source->lines;
	guint start = (guint)source->begin;

	if (lines->len > 0)
		return lines;
	g_array_append_val(lines, start);
	for (gsize i = source->begin; i < source->length; i++) {
		if (source->text[i] == '\n' && i + 1 < source->length) {
			start = (guint)i + 1;
			g_array_append_val(lines, start);
		}
	}
	return lines;
}

void source_release(struct source *source)
{
	g_clear_pointer(&source->lines, g_array_unref);
	g_clear_pointer(&source->bytes, g_free);
}

struct mark source_mark_at(const struct source *source, gsize byte)
{
	const GArray *lines = lines_of(source);
	guint low = 0, high = lines->len;
	while (high - low > 1) {
		guint middle = low + (high - low) / 2;
		if (g_array_index(lines, guint, middle) <= byte)
			low = middle;
		else
			high = middle;
	}
	guint col = 1;
	for (gsize i = g_array_index(lines, guint, low); i < byte; i++) {
		/* A broken sequence counts one per byte that is no continuation. */
		if (((guchar)source->text[i] & 0xC0) != 0x80)
			col++;
	}
	return (struct mark){ .byte = (guint)byte, .line = low + 1, .col = col };
}

gsize source_line_start(const struct source *source, guint line)
{
	const GArray *lines = lines_of(source);

	if (line == 0 || line > lines->len)
		return source->length;
	return g_array_index(lines, guint, line - 1);
}

gsize source_line_end(const struct source *source, guint line)
{
	gsize end = source_line_start(source, line);
	while (end < source->length && source->text[end] != '\n')
		end++;
	if (end > 0 && end < source->length && source->text[end - 1] == '\r')
		end--;
	return end;
}

void source_finding(const struct source *source, struct mark at, guint span, const char *code,
		    const char *message, const char *hint)
{
	g_autofree char *quoted = NULL;
	if (at.line > 0 && at.line <= lines_of(source)->len) {
		gsize start = source_line_start(source, at.line);
		gsize end = source_line_end(source, at.line);
		if (end > start && end - start <= FINDINGS_LINE_MAX)
			quoted = g_strndup(source->text + start, end - start);
	}
	findings_add(source->findings, SEVERITY_ERROR, source->file, at.line, at.col, span, code,
		     message, hint, quoted);
}

static void report_bad(const struct source *source, gsize byte, gunichar bad)
{
	struct mark at = source_mark_at(source, byte);
	g_autofree char *message = NULL;

	if (bad == 0 && source->text[byte] != '\0') {
		message = g_strdup_printf(_("this is not UTF-8 text: byte %02X"),
					  (guchar)source->text[byte]);
		source_finding(source, at, 1, "encoding", message,
			       _("save the file with the encoding UTF-8"));
		return;
	}
	if (bad == '\r') {
		source_finding(source, at, 1, "control",
			       _("a carriage return stands here without a line feed"),
			       _("save the file with Unix or Windows line ends"));
		return;
	}
	message =
		g_strdup_printf(_("the character U+%04X is not allowed: it cannot be seen and can "
				  "change how text is shown"),
				(guint)bad);
	source_finding(source, at, 1, "control", message,
		       _("delete it; it often comes along with pasted text"));
}

bool source_scan(const struct source *source)
{
	if (source->length >= 2 && (memcmp(source->text, "\xFF\xFE", 2) == 0 ||
				    memcmp(source->text, "\xFE\xFF", 2) == 0)) {
		source_finding(source, source_mark_at(source, 0), 1, "encoding",
			       _("the file is UTF-16, not UTF-8"),
			       _("save the file with the encoding UTF-8"));
		return false;
	}
	guint found = 0;
	gsize at = source->printable;
	while (at < source->length && found < SCAN_FINDINGS_MAX) {
		gsize offset = 0, end = at + 1;
		gunichar bad = 0;
		while (end < source->length && (guchar)source->text[end] >= 0x80)
			end++;
		if (text_acceptable(source->text + at, end - at, true, &offset, &bad)) {
			at = skip_printable(source, end);
			continue;
		}
		at += offset;
		report_bad(source, at, bad);
		found++;
		/* On behind the bad character: behind its continuation bytes, if it is whole. */
		at++;
		while (bad >= 0x80 && at < source->length &&
		       ((guchar)source->text[at] & 0xC0) == 0x80)
			at++;
		at = skip_printable(source, at);
	}
	return found == 0;
}

/*
 * The code point that the escape at `s` (behind the backslash) makes, and its
 * length; 0 length for an escaped line end or one without a code point.
 */
static gunichar escape_value(const char *s, const char *end, gsize *length)
{
	static const char names[] = "0abtnvfreN_LP";
	static const gunichar values[] = { 0,  7,    8,	   9,	 10,	 11,	12,
					   13, 0x1B, 0x85, 0xA0, 0x2028, 0x2029 };
	gsize digits = s < end && *s == 'x' ? 2 : s < end && *s == 'u' ? 4 : 8;

	*length = 0;
	if (s >= end || *s == '\0')
		return ' ';
	const char *name = strchr(names, *s);
	if (name) {
		*length = 1;
		return values[name - names];
	}
	if (*s != 'x' && *s != 'u' && *s != 'U')
		return ' ';
	gunichar value = 0;
	for (gsize i = 1; i <= digits && s + i < end && g_ascii_isxdigit(s[i]); i++)
		value = value * 16 + (gunichar)g_ascii_xdigit_value(s[i]);
	*length = digits + 1;
	return value;
}

bool source_check_scalar(const struct source *source, struct mark start, struct mark end,
			 const char *text, gsize length)
{
	gsize offset = 0;
	gunichar bad = 0;
	if (text_acceptable(text, length, true, &offset, &bad))
		return true;

	struct mark at = start;
	guint span = end.line == start.line ? end.col - start.col : 1;
	const char *stop = source->text + end.byte;
	for (const char *s = source->text + start.byte; s < stop; s++) {
		if (*s != '\\')
			continue;
		gsize escape = 0;
		gunichar value = escape_value(s + 1, stop, &escape);
		if (escape > 0 && value == bad) {
			at = source_mark_at(source, (gsize)(s - source->text));
			span = (guint)escape + 1;
			break;
		}
		s++;
	}
	g_autofree char *message = g_strdup_printf(
		_("the escape makes the character U+%04X, which is not allowed"), (guint)bad);
	source_finding(source, at, span, "control", message, _("delete the escape"));
	return false;
}
