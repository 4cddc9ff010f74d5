/*
 * The forms of identifiers: our own ids and those of outside registers, check
 * digits included.  Whether a register knows them is not asked.
 */
#include "data/records.h"

#include "base/text.h"

#include <string.h>

/* A ROR id is 0, six letters or digits of Crockford's base 32, two check digits (ISO 7064, 97-10).
 */
bool ror_is_valid(const char *text)
{
	static const char alphabet[] = "0123456789abcdefghjkmnpqrstvwxyz";
	gint64 value = 0;

	if (g_str_has_prefix(text, "https://ror.org/"))
		text += strlen("https://ror.org/");
	if (strlen(text) != 9 || text[0] != '0')
		return false;
	for (guint i = 1; i < 7; i++) {
		const char *at = strchr(alphabet, text[i]);

		if (!at)
			return false;
		value = value * 32 + (at - alphabet);
	}
	if (!g_ascii_isdigit(text[7]) || !g_ascii_isdigit(text[8]))
		return false;
	return 98 - value * 100 % 97 == (text[7] - '0') * 10 + (text[8] - '0');
}

bool wikidata_is_valid(const char *text)
{
	gsize n = strlen(text);

	return text[0] == 'Q' && n >= 2 && n <= 12 && text[1] != '0' &&
	       strspn(text + 1, "0123456789") == n - 1;
}

bool id_is_valid(const char *text)
{
	gsize n = text ? strlen(text) : 0;

	if (!n || n > 64 || text[0] == '-' || text[n - 1] == '-')
		return false;
	for (gsize i = 0; i < n; i++) {
		if (!g_ascii_islower(text[i]) && !g_ascii_isdigit(text[i]) && text[i] != '-')
			return false;
		if (text[i] == '-' && text[i + 1] == '-')
			return false;
	}
	return true;
}

char *id_from_name(const char *name)
{
	g_autofree char *folded = text_fold(name ? name : "");
	GString *id = g_string_new(NULL);

	for (const char *p = folded; *p; p++) {
		if (g_ascii_islower(*p) || g_ascii_isdigit(*p))
			g_string_append_c(id, *p);
		else if (id->len && id->str[id->len - 1] != '-')
			g_string_append_c(id, '-');
	}
	if (id->len > 64)
		g_string_truncate(id, 64);
	while (id->len && id->str[id->len - 1] == '-')
		g_string_truncate(id, id->len - 1);
	return g_string_free(id, FALSE);
}

bool language_is_valid(const char *text)
{
	gsize length = strspn(text, "abcdefghijklmnopqrstuvwxyz");

	if (length < 2 || length > 3)
		return false;
	for (text += length; *text == '-'; text += length) {
		text++;
		for (length = 0; g_ascii_isalnum(text[length]);)
			length++;
		if (length < 2 || length > 8)
			return false;
	}
	return *text == '\0';
}
