/* Values as people type them.  What a field takes is decided where it is read. */
#include "data/typed.h"

#include <string.h>

#define NUMBER_LETTERS "0123456789.,"

/* "1.234.567" with `mark` between thousands, up to `end`. */
static bool is_grouped(const char *text, const char *end, char mark)
{
	gsize digits = 0, groups = 0;

	for (const char *c = text; c < end; c++) {
		if (*c == mark) {
			if (digits == 0 || digits > 3 || (groups > 0 && digits != 3))
				return false;
			groups++;
			digits = 0;
		} else {
			digits++;
		}
	}
	return groups > 0 && digits == 3;
}

static guint count_of(const char *text, char mark)
{
	guint n = 0;

	for (; *text; text++)
		n += *text == mark;
	return n;
}

/* The mark before the decimals, '\0' for none and 'x' where nobody can tell. */
static char decimal_mark(const char *number)
{
	guint commas = count_of(number, ','), dots = count_of(number, '.');
	const char *end = number + strlen(number), *comma = strrchr(number, ',');
	const char *dot = strrchr(number, '.');

	if (commas == 0)
		return dots < 2 ? '.' : is_grouped(number, end, '.') ? '\0' : 'x';
	if (dots == 0 && commas > 1)
		return is_grouped(number, end, ',') ? '\0' : 'x';
	if (dots == 0)
		return number[0] != '0' && is_grouped(number, end, ',') ? 'x' : ',';
	if (commas == 1 && comma > dot)
		return is_grouped(number, comma, '.') ? ',' : 'x';
	return dots == 1 && dot > comma && is_grouped(number, dot, ',') ? '.' : 'x';
}

static char *typed_number(const char *text)
{
	gsize sign = *text == '-' || *text == '+', length = strspn(text + sign, NUMBER_LETTERS);
	g_autofree char *number = g_strndup(text + sign, length);
	char mark = decimal_mark(number);
	GString *out;

	if (mark == 'x')
		return g_strdup(text);
	out = g_string_new_len(text, (gssize)sign);
	for (const char *c = number; *c; c++)
		if (*c == mark)
			g_string_append_c(out, '.');
		else if (*c != ',' && *c != '.')
			g_string_append_c(out, *c);
	g_string_append(out, text + sign + length);
	return g_string_free(out, FALSE);
}

/* "example.org/page": names with points between them, the last one of letters alone. */
static bool is_place(const char *text)
{
	gsize length = strcspn(text, "/?#:");
	g_autofree char *host = g_strndup(text, length);
	const char *last = strrchr(host, '.');

	if (!last || last == host || strlen(last + 1) < 2 || strpbrk(text, " \t@"))
		return false;
	for (const char *c = host; *c; c++)
		if (!g_ascii_isalnum(*c) && *c != '-' && (*c != '.' || c[1] == '.'))
			return false;
	for (const char *c = last + 1; *c; c++)
		if (!g_ascii_isalpha(*c))
			return false;
	return true;
}

char *typed_value(const struct field *field, const char *text)
{
	switch (field->type) {
	case FIELD_NUMBER:
	case FIELD_INTEGER:
	case FIELD_MONEY:
		return typed_number(text);
	case FIELD_URL:
		return is_place(text) ? g_strconcat("https://", text, NULL) : g_strdup(text);
	default:
		return g_strdup(text);
	}
}
