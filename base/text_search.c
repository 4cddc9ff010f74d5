/*
 * Text made comparable: folding, the nearest word, how well a needle is found.
 * Knows nothing of columns or of what may be shown (text.c).
 */
#include "base/text.h"

#include <string.h>

#define NEAREST_MAX 64 /* code points compared: longer words are not typed by people */

/* Letters that decomposition leaves alone though people search them by their base. */
static const struct {
	gunichar letter;
	const char *plain;
} plain_letters[] = {
	{ 0x00F8, "o" }, { 0x0142, "l" },  { 0x0111, "d" },  { 0x0127, "h" },
	{ 0x0167, "t" }, { 0x0131, "i" },  { 0x00E6, "ae" }, { 0x0153, "oe" },
	{ 0x00F0, "d" }, { 0x00FE, "th" }, { 0x014B, "n" },
};

static void fold_unit(GString *out, gunichar c)
{
	for (guint i = 0; i < G_N_ELEMENTS(plain_letters); i++) {
		if (plain_letters[i].letter == c) {
			g_string_append(out, plain_letters[i].plain);
			return;
		}
	}
	g_string_append_unichar(out, c);
}

/* Decomposed and case-folded text without its marks, blanks folded and trimmed. */
static char *fold_drop(const char *text)
{
	GString *out = g_string_new(NULL);
	bool blank = false;

	for (const char *p = text; *p; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		GUnicodeType type = g_unichar_type(c);

		if (g_unichar_isspace(c)) {
			blank = true;
			continue;
		}
		if (type == G_UNICODE_NON_SPACING_MARK || type == G_UNICODE_ENCLOSING_MARK ||
		    type == G_UNICODE_FORMAT || type == G_UNICODE_CONTROL)
			continue;
		if (blank && out->len > 0)
			g_string_append_c(out, ' ');
		blank = false;
		fold_unit(out, c);
	}
	return g_string_free(out, FALSE);
}

/* Most text is plain ASCII, and a search folds every name of a network. */
static char *fold_ascii(const char *s)
{
	char *out = g_malloc(strlen(s) + 1), *end = out;

	for (; *s; s++) {
		if ((guchar)*s >= 0x80) {
			g_free(out);
			return NULL;
		}
		if (g_ascii_isspace(*s) || *s == '\v') {
			if (end > out && end[-1] != ' ')
				*end++ = ' ';
		} else if (!g_ascii_iscntrl(*s)) {
			*end++ = g_ascii_tolower(*s);
		}
	}
	if (end > out && end[-1] == ' ')
		end--;
	*end = '\0';
	return out;
}

char *text_fold(const char *s)
{
	char *plain = fold_ascii(s);
	g_autofree char *valid = NULL, *decomposed = NULL, *folded = NULL;

	if (plain)
		return plain;
	if (!g_utf8_validate(s, -1, NULL))
		s = valid = g_utf8_make_valid(s, -1);
	decomposed = g_utf8_normalize(s, -1, G_NORMALIZE_NFKD);
	folded = g_utf8_casefold(decomposed, -1);
	return fold_drop(folded);
}

static guint units_of(const char *word, gunichar out[NEAREST_MAX])
{
	g_autofree char *folded = text_fold(word);
	guint n = 0;

	for (const char *p = folded; *p && n < NEAREST_MAX; p = g_utf8_next_char(p))
		out[n++] = g_utf8_get_char(p);
	return n;
}

/* Edits between two words, a swap of neighbours counting one (optimal string alignment). */
static guint edit_distance(const gunichar *a, guint n, const gunichar *b, guint m)
{
	guint rows[3][NEAREST_MAX + 1];
	guint *before = rows[0], *above = rows[1], *row = rows[2];

	for (guint j = 0; j <= m; j++)
		above[j] = j;
	for (guint i = 1; i <= n; i++) {
		guint *spare = before;
		row[0] = i;
		for (guint j = 1; j <= m; j++) {
			guint best = above[j - 1] + (a[i - 1] != b[j - 1]);
			best = MIN(best, above[j] + 1);
			best = MIN(best, row[j - 1] + 1);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				best = MIN(best, before[j - 2] + 1);
			row[j] = best;
		}
		before = above;
		above = row;
		row = spare;
	}
	return above[m];
}

static bool begins_with(const gunichar *a, guint n, const gunichar *b, guint m)
{
	return m <= n && memcmp(a, b, m * sizeof *a) == 0;
}

const char *text_nearest(const char *word, const char *const *words)
{
	gunichar a[NEAREST_MAX], b[NEAREST_MAX];
	guint n = units_of(word, a);
	guint best = G_MAXUINT;
	const char *nearest = NULL;

	for (guint i = 0; words && words[i]; i++) {
		guint m = units_of(words[i], b);
		guint limit = MAX(1, MAX(n, m) / 3);
		guint distance;

		/* A beginning is half a word typed: as near as a few slips. */
		if (n >= 3 && begins_with(b, m, a, n))
			distance = MIN(m - n, 2);
		else if (MAX(n, m) - MIN(n, m) > limit)
			continue;
		else if ((distance = edit_distance(a, n, b, m)) > limit || distance >= MAX(n, m))
			continue;
		if (distance < best) {
			best = distance;
			nearest = words[i];
		}
	}
	return nearest;
}

const char *text_nearest_named(const char *word, const char *const *words, const char *const *names)
{
	const char *nearest = text_nearest(word, words);
	const char *name = nearest ? NULL : text_nearest(word, names);

	for (guint i = 0; name && names[i]; i++)
		if (names[i] == name)
			return words[i];
	return nearest;
}

static bool at_word(const char *hay, const char *at)
{
	return at == hay || ((guchar)at[-1] < 0x80 && !g_ascii_isalnum(at[-1]));
}

/* A run of letters: best when it is all, then at the beginning, at a word, inside. */
static int match_run(const char *needle, const char *hay)
{
	const char *at = strstr(hay, needle);
	gsize rest;

	if (!at)
		return 0;
	rest = MIN(strlen(hay) - strlen(needle), 99);
	if (rest == 0)
		return 1000;
	if (at == hay)
		return 900 - (int)rest;
	for (const char *p = at; p; p = strstr(p + 1, needle)) {
		if (at_word(hay, p))
			return 800 - (int)rest;
	}
	return 600 - (int)rest;
}

/* Every word of the needle somewhere, in any order. */
static int match_words(const char *needle, const char *hay)
{
	g_auto(GStrv) words = g_strsplit(needle, " ", -1);
	int worst = 1000;

	for (guint i = 0; words[i]; i++) {
		int score = *words[i] ? match_run(words[i], hay) : worst;
		worst = MIN(worst, score);
	}
	return worst > 0 ? MAX(worst / 2, TEXT_MATCH_SCATTERED + 1) : 0;
}

/* Letters in order with gaps between: the tighter the better. */
static int match_scattered(const char *needle, const char *hay)
{
	int score = TEXT_MATCH_SCATTERED;

	for (const char *n = needle; *n; n = g_utf8_next_char(n)) {
		const char *at = g_utf8_strchr(hay, -1, g_utf8_get_char(n));
		if (!at)
			return 0;
		score -= (int)MIN(at - hay, 20);
		hay = g_utf8_next_char(at);
	}
	return MAX(score, 1);
}

int text_match(const char *needle, const char *hay)
{
	int score;

	if (!*needle)
		return 1;
	score = match_run(needle, hay);
	if (score == 0 && strchr(needle, ' '))
		score = match_words(needle, hay);
	return score > 0 ? score : match_scattered(needle, hay);
}
