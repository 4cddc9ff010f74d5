/* Values as people type them.  What a field takes is decided where it is read. */
#include "data/typed.h"

#include <string.h>

#include <glib/gi18n.h>

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

/* The mark before the decimals, '\0' for none, '?' where either is a number and 'x' where none. */
static char decimal_mark(const char *number)
{
	guint commas = count_of(number, ','), dots = count_of(number, '.');
	const char *end = number + strlen(number), *comma = strrchr(number, ',');
	const char *dot = strrchr(number, '.');
	char only = commas > 0 ? ',' : '.';

	if (commas + dots == 1)
		return number[0] != '0' && is_grouped(number, end, only) ? '?' : only;
	if (commas == 0 || dots == 0)
		return commas + dots == 0 || is_grouped(number, end, only) ? '\0' : 'x';
	if (commas == 1 && comma > dot)
		return is_grouped(number, comma, '.') ? ',' : 'x';
	return dots == 1 && dot > comma && is_grouped(number, dot, ',') ? '.' : 'x';
}

/* Of the bytes of a number behind its sign, with a point for `mark` and without the others. */
static char *number_with(const struct field *field, const char *text, gsize sign, gsize length,
			 char mark)
{
	GString *out = g_string_new_len(text, (gssize)sign);
	const char *rest = text + sign + length, *point;

	for (const char *c = text + sign; c < rest; c++)
		if (*c == mark)
			g_string_append_c(out, '.');
		else if (*c != ',' && *c != '.')
			g_string_append_c(out, *c);
	point = strchr(out->str, '.');
	/* Files have cents with two digits. */
	if (field->type == FIELD_MONEY && point && strlen(point) == 2)
		g_string_append_c(out, '0');
	g_string_append(out, rest);
	return g_string_free(out, FALSE);
}

/* Complaints quote what was typed, which nobody knows again as what was made of it. */
static char *judged(const struct field *field, const char *text, char *meant, char **message,
		    char **hint)
{
	char *complaint = NULL;
	GString *own;

	if (field_takes(field, meant, &complaint, hint))
		return meant;
	own = g_string_new(complaint);
	g_string_replace(own, meant, text, 1);
	*message = g_string_free(own, FALSE);
	g_free(complaint);
	g_free(meant);
	return NULL;
}

/* "1.234": what the field can hold of both, which may be neither. */
static char *settled(const struct field *field, const char *text, char *decimal, char *grouped,
		     char **message, char **hint)
{
	char *ignored[4] = { NULL };
	bool small = field_takes(field, decimal, &ignored[0], &ignored[1]);
	bool large = field_takes(field, grouped, &ignored[2], &ignored[3]);
	char *meant = NULL;

	for (guint i = 0; i < G_N_ELEMENTS(ignored); i++)
		g_free(ignored[i]);
	if (small && large) {
		*message = g_strdup_printf(_("\"%s\" can be read in two ways"), text);
		/* TRANSLATORS: the same number twice, as in: write 1234 or 1.2340 */
		*hint = g_strdup_printf(_("write %s or %s0"), grouped, decimal);
	} else {
		meant = judged(field, text, g_strdup(large ? grouped : decimal), message, hint);
	}
	g_free(decimal);
	g_free(grouped);
	return meant;
}

static char *typed_number(const struct field *field, const char *text, char **message, char **hint)
{
	gsize sign = *text == '-' || *text == '+', length = strspn(text + sign, NUMBER_LETTERS);
	g_autofree char *number = g_strndup(text + sign, length);
	char mark = decimal_mark(number);

	if (mark == 'x')
		return judged(field, text, g_strdup(text), message, hint);
	if (mark != '?')
		return judged(field, text, number_with(field, text, sign, length, mark), message,
			      hint);
	mark = strchr(number, ',') ? ',' : '.';
	return settled(field, text, number_with(field, text, sign, length, mark),
		       number_with(field, text, sign, length, '\0'), message, hint);
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

char *typed_value(const struct field *field, const char *text, char **message, char **hint)
{
	switch (field->type) {
	case FIELD_NUMBER:
	case FIELD_INTEGER:
	case FIELD_MONEY:
		/* Nothing empties a field. */
		return *text ? typed_number(field, text, message, hint) : g_strdup("");
	case FIELD_URL:
		return is_place(text) ? g_strconcat("https://", text, NULL) : g_strdup(text);
	default:
		return g_strdup(text);
	}
}
