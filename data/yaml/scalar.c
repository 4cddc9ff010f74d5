/*
 * One scalar as it stands in a file: plain where every YAML reader takes it for
 * the same text, else in quotes.  Our own reader takes each plain scalar for
 * text, but PyYAML, editors and scripts read the same files: to them NO is a
 * false, 1.10 a number and 12:30 a sixtieth of a day.
 */
#include "data/yaml/internal.h"

#include <string.h>

static bool is_word(const char *text, const char *const *words)
{
	for (; *words; words++) {
		if (g_ascii_strcasecmp(text, *words) == 0)
			return true;
	}
	return false;
}

/* What YAML 1.1 or 1.2 takes for null, true, false or a merge. */
static bool is_special(const char *text)
{
	static const char *const words[] = { "y",    "n",     "yes",   "no",   "on", "off",
					     "true", "false", "null",  "~",    "<<", "=",
					     ".inf", "-.inf", "+.inf", ".nan", NULL };
	return is_word(text, words);
}

/* Numbers (with any of YAML's bases and separators), dates and times. */
static bool looks_like_number(const char *text)
{
	if (*text == '+' || *text == '-')
		text++;
	if (!g_ascii_isdigit(*text) && !(*text == '.' && g_ascii_isdigit(text[1])))
		return false;
	if (*text == '0' && (text[1] == 'x' || text[1] == 'o' || text[1] == 'b'))
		return strspn(text + 2, "0123456789abcdefABCDEF_") == strlen(text + 2);
	return strspn(text, "0123456789.,_eE+-:TtZz ") == strlen(text);
}

/* Whether a plain scalar of a field of this type is what other readers should take it for. */
static bool may_be_number(const struct field *field)
{
	switch (field ? field->type : FIELD_TEXT) {
	case FIELD_DATE:
	case FIELD_INTEGER:
	case FIELD_NUMBER:
	case FIELD_MONEY:
	case FIELD_CHOICE:
		return true;
	default:
		return false;
	}
}

/* Whether YAML's grammar takes the plain text for this scalar. */
static bool is_plain(const char *text, bool flow)
{
	gsize length = strlen(text);

	if (length == 0 || g_ascii_isspace(text[0]) || g_ascii_isspace(text[length - 1]))
		return false;
	if (strchr(",[]{}#&*!|>'\"%@`", text[0]))
		return false;
	if (strchr("-?:", text[0]) && (length == 1 || g_ascii_isspace(text[1])))
		return false;
	if (text[0] == '?' || text[0] == ':' || g_str_has_prefix(text, "---") ||
	    g_str_has_prefix(text, "..."))
		return false;
	for (const char *s = text; *s; s++) {
		if (*s == '\n' || *s == '\r' || *s == '\t')
			return false;
		if (*s == ':' && (s[1] == ' ' || s[1] == '\0'))
			return false;
		if (*s == '#' && s[-1] == ' ')
			return false;
		/* Old readers end a plain scalar in brackets at any of these. */
		if (flow && strchr(",[]{}?", *s))
			return false;
	}
	return g_utf8_validate(text, -1, NULL);
}

static char *single_quoted(const char *text)
{
	GString *out = g_string_new("'");
	for (const char *s = text; *s; s++) {
		if (*s == '\'')
			g_string_append_c(out, '\'');
		g_string_append_c(out, *s);
	}
	g_string_append_c(out, '\'');
	return g_string_free(out, FALSE);
}

static char *double_quoted(const char *text)
{
	GString *out = g_string_new("\"");
	for (const char *s = text; *s; s++) {
		switch (*s) {
		case '"':
		case '\\':
			g_string_append_c(out, '\\');
			g_string_append_c(out, *s);
			break;
		case '\n':
			g_string_append(out, "\\n");
			break;
		case '\t':
			g_string_append(out, "\\t");
			break;
		default:
			if ((guchar)*s < 0x20 || *s == 0x7F)
				g_string_append_printf(out, "\\x%02X", (guchar)*s);
			else
				g_string_append_c(out, *s);
		}
	}
	g_string_append_c(out, '"');
	return g_string_free(out, FALSE);
}

static bool has_control(const char *text)
{
	for (const char *s = text; *s; s++) {
		if ((guchar)*s < 0x20 || *s == 0x7F)
			return true;
	}
	return false;
}

char *scalar_write(const struct field *field, const char *text, char quote, bool flow)
{
	if (quote == '\'' && !has_control(text))
		return single_quoted(text);
	if (quote == '"' || quote == '\'' || !is_plain(text, flow) || is_special(text) ||
	    (!may_be_number(field) && looks_like_number(text)))
		return double_quoted(text);
	return g_strdup(text);
}

char *yaml_scalar(const char *text, char quote, bool flow)
{
	return scalar_write(NULL, text, quote, flow);
}

bool scalar_fits_block(const char *text)
{
	gsize length = strlen(text);

	if (!strchr(text, '\n') || strchr(" \t\n", text[0]) || strstr(text, " \n") ||
	    strstr(text, "\t\n") || text[length - 1] == ' ' || text[length - 1] == '\t')
		return false;
	for (const char *s = text; *s; s++) {
		if (((guchar)*s < 0x20 && *s != '\n' && *s != '\t') || *s == 0x7F)
			return false;
	}
	return !g_str_has_suffix(text, "\n\n");
}
