/*
 * The one cleaning door for text that people or files wrote, and its measures in
 * columns.  Comparing and searching text is text_search.c.
 */
#include "base/text.h"

#include <string.h>
#include <wchar.h>

#define ELLIPSIS      "…"
#define DOTTED_CIRCLE 0x25CC

static bool is_noncharacter(gunichar c)
{
	return (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFE) == 0xFFFE;
}

/* Letters by category that show nothing: text could hide behind them. */
static bool is_invisible(gunichar c)
{
	return c == 0x115F || c == 0x1160 || c == 0x3164 || c == 0xFFA0 || c == 0x034F ||
	       c == 0x17B4 || c == 0x17B5;
}

/* What may never be stored nor shown as it is. */
bool text_is_harmful(gunichar c)
{
	switch (g_unichar_type(c)) {
	case G_UNICODE_CONTROL:
	case G_UNICODE_FORMAT:
	case G_UNICODE_SURROGATE:
	case G_UNICODE_PRIVATE_USE:
	case G_UNICODE_LINE_SEPARATOR:
	case G_UNICODE_PARAGRAPH_SEPARATOR:
		return true;
	default:
		return is_noncharacter(c);
	}
}

/*
 * Columns of a code point; -1: to be shown escaped.  The C library first,
 * because the terminal layer counts by it; GLib's tables for what it does not
 * know or outside a UTF-8 locale.
 */
static int unit_width(gunichar c)
{
	int width;

	if (c >= 0x20 && c < 0x7F)
		return 1;
	if (text_is_harmful(c) || is_invisible(c))
		return -1;
	width = wcwidth((wchar_t)c);
	if (width >= 0)
		return width;
	if (!g_unichar_isdefined(c))
		return -1;
	if (g_unichar_iszerowidth(c))
		return 0;
	return g_unichar_iswide(c) ? 2 : 1;
}

/* The code point at `s`, or (gunichar)-1 for a broken byte. */
static gunichar unit_at(const char *s, gsize len)
{
	gunichar c;

	if ((guchar)*s < 0x80)
		return (guchar)*s;
	c = g_utf8_get_char_validated(s, (gssize)MIN(len, 6));
	return c >= (gunichar)-2 ? (gunichar)-1 : c;
}

static gsize unit_bytes(gunichar c)
{
	return (gsize)g_unichar_to_utf8(c, NULL);
}

static int escape_write(gunichar c, guchar byte, char out[TEXT_CLUSTER])
{
	if (c == (gunichar)-1)
		return g_snprintf(out, TEXT_CLUSTER, "<%02X>", byte);
	return g_snprintf(out, TEXT_CLUSTER, "<U+%04X>", c);
}

/* Takes the marks that follow a base; those beyond TEXT_MARKS are left out. */
static const char *marks_take(const char *s, const char *end, guint marks, char *out, gsize at)
{
	while (s < end && *s) {
		gunichar c = unit_at(s, (gsize)(end - s));
		if (c == (gunichar)-1 || c < 0x300 || unit_width(c) != 0)
			break;
		if (marks < TEXT_MARKS)
			at += (gsize)g_unichar_to_utf8(c, out + at);
		marks++;
		s += unit_bytes(c);
	}
	out[at] = '\0';
	return s;
}

const char *text_next(const char *s, gsize len, char out[TEXT_CLUSTER], int *width)
{
	const char *end;
	gunichar c;
	gsize at = 0;

	if (len == 0 || !*s)
		return NULL;
	/* `len` may be "no limit": the end is only ever compared with what was reached. */
	end = len > (gsize)(G_MAXSIZE - (gsize)s) ? (const char *)G_MAXSIZE : s + len;
	c = unit_at(s, (gsize)(end - s));
	*width = c == (gunichar)-1 ? -1 : unit_width(c);
	if (*width < 0) {
		*width = escape_write(c, (guchar)*s, out);
		return s + (c == (gunichar)-1 ? 1 : unit_bytes(c));
	}
	if (*width == 0) {
		*width = 1;
		at = (gsize)g_unichar_to_utf8(DOTTED_CIRCLE, out);
		return marks_take(s, end, 0, out, at);
	}
	at = (gsize)g_unichar_to_utf8(c, out);
	return marks_take(s + at, end, 0, out, at);
}

char *text_clean(const char *s, gssize len, bool lines)
{
	GString *clean = g_string_new(NULL);
	const char *end = s + (len < 0 ? strlen(s) : strnlen(s, (gsize)len));
	char cluster[TEXT_CLUSTER];
	int width;

	while (s < end) {
		if (lines && (*s == '\n' || *s == '\t')) {
			g_string_append_c(clean, *s++);
			continue;
		}
		s = text_next(s, (gsize)(end - s), cluster, &width);
		g_string_append(clean, cluster);
	}
	return g_string_free(clean, FALSE);
}

int text_width(const char *s)
{
	char cluster[TEXT_CLUSTER];
	int width, total = 0;

	while ((s = text_next(s, G_MAXSIZE, cluster, &width)) != NULL)
		total += width;
	return total;
}

char *text_fit(const char *s, int columns, bool pad)
{
	GString *fit = g_string_new(NULL);
	char cluster[TEXT_CLUSTER];
	int width, total = 0, kept = 0;
	gsize keep = 0;

	while (columns > 0 && (s = text_next(s, G_MAXSIZE, cluster, &width)) != NULL) {
		if (total + width > columns) {
			g_string_truncate(fit, keep);
			g_string_append(fit, ELLIPSIS);
			total = kept + 1;
			break;
		}
		g_string_append(fit, cluster);
		total += width;
		if (total < columns) {
			keep = fit->len;
			kept = total;
		}
	}
	for (; pad && total < columns; total++)
		g_string_append_c(fit, ' ');
	return g_string_free(fit, FALSE);
}

/* The line being filled by text_wrap(). */
struct wrap {
	GPtrArray *lines;
	GString *line;
	int used, columns;
};

static void wrap_break(struct wrap *wrap)
{
	g_ptr_array_add(wrap->lines, g_strdup(wrap->line->str));
	g_string_truncate(wrap->line, 0);
	wrap->used = 0;
}

/* A word goes behind what is there, on a new line, or, longer than a line, in pieces. */
static void wrap_word(struct wrap *wrap, const char *word, gsize len)
{
	g_autofree char *clean = text_clean(word, (gssize)len, false);
	int wide = text_width(clean), width;
	char cluster[TEXT_CLUSTER];

	if (wrap->used > 0 && wrap->used + 1 + wide > wrap->columns)
		wrap_break(wrap);
	if (wrap->used > 0) {
		g_string_append_c(wrap->line, ' ');
		wrap->used++;
	}
	for (const char *p = clean; (p = text_next(p, G_MAXSIZE, cluster, &width)) != NULL;) {
		if (wrap->used > 0 && wrap->used + width > wrap->columns)
			wrap_break(wrap);
		g_string_append(wrap->line, cluster);
		wrap->used += width;
	}
}

char *text_cut(const char *s, int columns)
{
	GString *out = g_string_new(NULL);
	char cluster[TEXT_CLUSTER];
	int width;

	while ((s = text_next(s, G_MAXSIZE, cluster, &width)) != NULL && width <= columns) {
		g_string_append(out, cluster);
		columns -= width;
	}
	return g_string_free(out, FALSE);
}

/* The longest end of cleaned `s` that begins with a word and needs at most `columns`. */
static const char *last_words(const char *s, int columns)
{
	const char *space = strrchr(s, ' '), *found = NULL;

	while (space && text_width(space + 1) <= columns) {
		found = space + 1;
		space = g_strrstr_len(s, space - s, " ");
	}
	return found;
}

char *text_fit_name(const char *s, int columns)
{
	g_autofree char *whole = text_clean(s, -1, false), *head = NULL;
	const char *tail = NULL;

	if (columns > 5 && text_width(whole) > columns)
		tail = last_words(whole, (columns - 1) / 2);
	if (!tail)
		return text_fit(s, columns, false);
	head = text_cut(whole, columns - 1 - text_width(tail) - 1);
	return g_strconcat(g_strchomp(head), ELLIPSIS " ", tail, NULL);
}

GPtrArray *text_wrap(const char *s, int columns)
{
	struct wrap wrap = { g_ptr_array_new_with_free_func(g_free), g_string_new(NULL), 0,
			     MAX(columns, 1) };

	while (*s) {
		gsize len = strcspn(s, " \t\n");
		if (len > 0)
			wrap_word(&wrap, s, len);
		s += len;
		if (*s == '\n' && s[1])
			wrap_break(&wrap);
		if (*s)
			s++;
	}
	if (wrap.used > 0 || wrap.lines->len == 0)
		wrap_break(&wrap);
	g_string_free(wrap.line, TRUE);
	return wrap.lines;
}

#define EACH_BYTE(c) (G_MAXUINT64 / 0xFF * (guint64)(c))

#define NO_BREAK    "\xc2\xa0"
#define DIGITS_LONG 5 /* fewer are read at a glance */

char *text_grouped(const char *number)
{
	const char *p = number + (*number == '-');
	GString *out = g_string_new_len(number, p - number);

	for (gsize left = strspn(p, "0123456789"), all = left; left > 0; left--, p++) {
		if (all >= DIGITS_LONG && left < all && left % 3 == 0)
			g_string_append(out, NO_BREAK);
		g_string_append_c(out, *p);
	}
	for (; *p; p++) {
		if (*p == ' ')
			g_string_append(out, NO_BREAK);
		else
			g_string_append_c(out, *p);
	}
	return g_string_free(out, FALSE);
}

/* Whether the eight bytes are from ' ' to '~': nearly everything that is ever read. */
static bool eight_plain(const char *s)
{
	guint64 word;

	memcpy(&word, s, sizeof word);
	guint64 low = (word - EACH_BYTE(0x20)) & ~word, delete = word + EACH_BYTE(0x01);

	return ((word | low | delete) & EACH_BYTE(0x80)) == 0;
}

bool text_acceptable(const char *s, gsize len, bool lines, gsize *offset, gunichar *bad)
{
	for (gsize i = 0; i < len;) {
		if (len - i >= sizeof(guint64) && eight_plain(s + i)) {
			i += sizeof(guint64);
			continue;
		}
		if (s[i] >= ' ' && s[i] <= '~') {
			i++;
			continue;
		}
		/* A NUL inside would end the look-ahead of a sequence: it is refused by itself. */
		gunichar c = unit_at(s + i, len - i);
		bool fine = c != (gunichar)-1 && !text_is_harmful(c);
		if (lines && (c == '\n' || c == '\t'))
			fine = true;
		if (!fine) {
			*offset = i;
			*bad = c == (gunichar)-1 ? 0 : c;
			return false;
		}
		i += unit_bytes(c);
	}
	return true;
}
