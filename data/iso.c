/*
 * ISO 3166-1, 3166-2 and 4217 codes: do they exist, and what are they called in
 * the language of the process.  The table is made from iso-codes, whose message
 * catalogues translate the names where they are installed.
 */
#include "data/model.h"

#include <libintl.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

struct code {
	const char *code;
	const char *name;
};

#include "data/iso_codes.inc"

static int compare(const void *key, const void *row)
{
	return strcmp(key, ((const struct code *)row)->code);
}

static const struct code *find(const struct code *codes, gsize n, const char *code)
{
	return code ? bsearch(code, codes, n, sizeof *codes, compare) : NULL;
}

bool country_exists(const char *code)
{
	return find(countries, G_N_ELEMENTS(countries), code) != NULL;
}

bool subdivision_exists(const char *code)
{
	return find(subdivisions, G_N_ELEMENTS(subdivisions), code) != NULL;
}

bool currency_exists(const char *code)
{
	return find(currencies, G_N_ELEMENTS(currencies), code) != NULL;
}

const char *country_name(const char *code)
{
	const struct code *row = find(countries, G_N_ELEMENTS(countries), code);

	return row ? dgettext("iso_3166-1", row->name) : code;
}

static bool same_name(const char *folded, const char *name)
{
	g_autofree char *other = text_fold(name);

	return strcmp(folded, other) == 0;
}

const char *country_find(const char *name)
{
	g_autofree char *folded = text_fold(name);

	for (gsize i = 0; i < G_N_ELEMENTS(countries); i++) {
		if (same_name(folded, countries[i].name) ||
		    same_name(folded, dgettext("iso_3166-1", countries[i].name)))
			return countries[i].code;
	}
	return NULL;
}

static bool has_word(const char *name, const char *folded)
{
	g_autofree char *text = text_fold(name);

	for (const char *at = text; (at = strstr(at, folded)) != NULL; at++)
		if (at == text || !g_unichar_isalnum(g_utf8_get_char(g_utf8_prev_char(at))))
			return true;
	return false;
}

GPtrArray *countries_like(const char *beginning)
{
	g_autofree char *folded = text_fold(beginning);
	GPtrArray *codes = g_ptr_array_new();

	for (gsize i = 0; strlen(folded) > 2 && i < G_N_ELEMENTS(countries); i++)
		if (has_word(countries[i].name, folded) ||
		    has_word(dgettext("iso_3166-1", countries[i].name), folded))
			g_ptr_array_add(codes, (gpointer)(guintptr)countries[i].code);
	return codes;
}

const char *country_nearest(const char *name)
{
	const char *names[2 * G_N_ELEMENTS(countries) + 1] = { NULL };
	const char *nearest;

	for (gsize i = 0; i < G_N_ELEMENTS(countries); i++) {
		names[2 * i] = dgettext("iso_3166-1", countries[i].name);
		names[2 * i + 1] = countries[i].name;
	}
	nearest = text_nearest(name, names);
	return nearest ? country_find(nearest) : NULL;
}

const char *subdivision_name(const char *code)
{
	const struct code *row = find(subdivisions, G_N_ELEMENTS(subdivisions), code);

	return row ? dgettext("iso_3166-2", row->name) : code;
}
