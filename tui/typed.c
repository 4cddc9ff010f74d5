#include "tui/typed.h"

#include <string.h>

#include "base/text.h"

/*
 * The order in which names come that fit what is typed.  Where names are, and what is
 * done with one, is the business of the finder, the palette and the lists to pick from.
 */
enum fit {
	FIT_NONE,
	FIT_LOOSE, /* letters left out */
	FIT_INSIDE,
	FIT_MORE_START,
	FIT_START,
	FIT_MORE_WORD,
	FIT_WORD,
};

#define FIT_STEP     1000 /* from one of these to the next */
#define INSIDE_LEAST 3	  /* letters: fewer are inside of everything */
#define LOOSE_LEAST  4
#define AT_BEGINNING 100

void typed_init(struct typed *typed, const char *text)
{
	typed->phrase = g_strstrip(text_fold(text));
	typed->words = g_strsplit(typed->phrase, " ", -1);
}

void typed_release(struct typed *typed)
{
	g_clear_pointer(&typed->phrase, g_free);
	g_clear_pointer(&typed->words, g_strfreev);
}

/* Bytes above 127 belong to letters. */
static bool is_letter(char c)
{
	return g_ascii_isalnum(c) || (guchar)c >= 0x80;
}

static enum fit fit_of(const char *word, gsize length, const char *hay, bool more)
{
	enum fit best = FIT_NONE;

	for (const char *at = strstr(hay, word); at != NULL; at = strstr(at + 1, word)) {
		bool begins = at == hay || !is_letter(at[-1]);
		enum fit fit = FIT_NONE;

		if (begins && !is_letter(at[length]))
			return more ? FIT_MORE_WORD : FIT_WORD;
		if (begins)
			fit = more ? FIT_MORE_START : FIT_START;
		else if (length >= INSIDE_LEAST)
			fit = FIT_INSIDE;
		best = MAX(best, fit);
	}
	return best;
}

/* Whether the letters come in this order in the word at `at`, and are most of it. */
static bool fits_loosely(const char *word, gsize length, const char *at)
{
	const char *end = at;

	while (is_letter(*end))
		end++;
	if ((gsize)(end - at) > 2 * length)
		return false;
	while (at < end && *word != '\0')
		if (*at++ == *word)
			word++;
	return *word == '\0';
}

static bool has_loosely(const char *word, gsize length, const char *hay)
{
	bool begins = true;

	for (const char *at = hay; length >= LOOSE_LEAST && *at != '\0'; at++) {
		if (begins && *at == *word && fits_loosely(word, length, at))
			return true;
		begins = !is_letter(*at);
	}
	return false;
}

static int score_word(const char *word, const char *label, const char *more)
{
	gsize length = strlen(word);
	enum fit fit = MAX(fit_of(word, length, label, false), fit_of(word, length, more, true));
	int plus = length > 0 && strncmp(label, word, length) == 0 ? AT_BEGINNING : 0;

	if (fit == FIT_NONE && has_loosely(word, length, label))
		fit = FIT_LOOSE;
	return fit == FIT_NONE ? 0 : (int)fit * FIT_STEP + plus;
}

/* One of the names from end to end. */
static bool is_name(const char *phrase, const char *names)
{
	gsize length = strlen(phrase), between = strlen(TYPED_BETWEEN);

	for (const char *at = strstr(names, phrase); at != NULL; at = strstr(at + 1, phrase))
		if ((at == names || ((gsize)(at - names) >= between &&
				     strncmp(at - between, TYPED_BETWEEN, between) == 0)) &&
		    (at[length] == '\0' || strncmp(at + length, TYPED_BETWEEN, between) == 0))
			return true;
	return false;
}

int typed_score(const struct typed *typed, const char *label, const char *more)
{
	int sum = 1;

	for (char **word = typed->words; *word != NULL; word++) {
		int found = **word == '\0' ? 1 : score_word(*word, label, more);

		if (found == 0)
			return 0;
		sum += found;
	}
	if (typed->phrase[0] == '\0')
		return sum;
	/* Of two that fit as well the shorter has less that was not typed. */
	sum += AT_BEGINNING - (int)MIN(strlen(label), AT_BEGINNING);
	if (strcmp(typed->phrase, label) == 0 || is_name(typed->phrase, more))
		sum += TYPED_EXACT;
	return sum;
}

static const char *short_of(enum kind kind, const struct record *record)
{
	return kind == KIND_INSTITUTION
		       ? ((const struct institution *)(const void *)record)->short_name
		       : NULL;
}

char *record_label(enum kind kind, const struct record *record)
{
	const char *name = record->name != NULL ? record->name : record->id;
	const char *brief = short_of(kind, record);

	if (brief == NULL || g_str_has_prefix(name, brief))
		return g_strdup(name);
	return g_strdup_printf("%s · %s", brief, name);
}

char *record_names(enum kind kind, const struct record *record)
{
	GString *names = g_string_new(record->id);
	const char *brief = short_of(kind, record), *city = NULL;

	if (brief != NULL)
		g_string_append_printf(names, TYPED_BETWEEN "%s", brief);
	if (record->name != NULL)
		g_string_append_printf(names, TYPED_BETWEEN "%s", record->name);
	for (guint i = 0; i < list_length(record->aliases); i++)
		g_string_append_printf(names, TYPED_BETWEEN "%s", record->aliases[i]);
	if (kind == KIND_INSTITUTION)
		city = ((const struct institution *)(const void *)record)->city;
	if (city != NULL)
		g_string_append_printf(names, TYPED_PLACE "%s", city);
	return g_string_free(names, FALSE);
}
