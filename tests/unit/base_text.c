/*
 * Text: if one of these fails, a file could move somebody's cursor, hide text, or
 * throw a table out of line; or a search would miss an accent.
 */
#include "base/text.h"

#include <locale.h>
#include <string.h>

static void check_clean(const char *in, const char *out)
{
	g_autofree char *clean = text_clean(in, -1, false);
	g_assert_cmpstr(clean, ==, out);
}

static void test_clean(void)
{
	check_clean("Educación STEM", "Educación STEM");
	check_clean("a\033[2Jb", "a<U+001B>[2Jb");
	check_clean("\xE2\x80\xAE"
		    "abc",
		    "<U+202E>abc");
	check_clean("a\xE2\x80\x8B"
		    "b",
		    "a<U+200B>b");
	check_clean("\xBF", "<BF>");
	check_clean("\xC3", "<C3>");
	check_clean("\xC0\xAF", "<C0><AF>");
	check_clean("\xED\xA0\x80", "<ED><A0><80>");
	check_clean("\xEE\x80\x80", "<U+E000>");
	check_clean("\xEF\xBF\xBF", "<U+FFFF>");
	check_clean("\xE2\x80\xA8", "<U+2028>");
	check_clean("\xF3\xA0\x80\x81", "<U+E0001>");
	check_clean("\xC2\x9B"
		    "31m",
		    "<U+009B>31m");
	check_clean("a\nb", "a<U+000A>b");
	check_clean("\xE3\x85\xA4", "<U+3164>");
	check_clean("\xCD\xB8", "<U+0378>");
	/* Two marks stay on a base, the pile above does not. */
	check_clean("e\xCC\x81\xCC\x82\xCC\x83\xCC\x84z", "e\xCC\x81\xCC\x82z");
	check_clean("\xCC\x81", "◌\xCC\x81");
}

static void test_clean_lines(void)
{
	g_autofree char *lines = text_clean("a\n\tb\r", -1, true);
	g_autofree char *part = text_clean("abcdef", 3, false);

	g_assert_cmpstr(lines, ==, "a\n\tb<U+000D>");
	g_assert_cmpstr(part, ==, "abc");
}

/* Every code point comes out printable, never wider than said, never as a raw control. */
static void test_every_code_point(void)
{
	char in[8], out[TEXT_CLUSTER];
	int width;

	for (gunichar c = 1; c <= 0x10FFFF; c++) {
		const char *rest;
		if (c >= 0xD800 && c <= 0xDFFF)
			continue;
		in[g_unichar_to_utf8(c, in)] = '\0';
		rest = text_next(in, G_MAXSIZE, out, &width);
		if (rest != in + strlen(in) || width < 1 || width > 10 || strlen(out) >= sizeof out)
			g_error("U+%04X is cut to a wrong cluster", c);
		for (const char *p = out; *p; p = g_utf8_next_char(p)) {
			gunichar shown = g_utf8_get_char(p);
			GUnicodeType type = g_unichar_type(shown);
			if (type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT ||
			    type == G_UNICODE_SURROGATE || type == G_UNICODE_PRIVATE_USE ||
			    type == G_UNICODE_LINE_SEPARATOR ||
			    type == G_UNICODE_PARAGRAPH_SEPARATOR)
				g_error("U+%04X lets U+%04X through", c, shown);
		}
	}
}

/* Random bytes end, lose nothing of their length, and come out as valid UTF-8. */
static void test_random_bytes(void)
{
	g_autoptr(GRand) random = g_rand_new_with_seed(20261122);

	for (guint round = 0; round < 20000; round++) {
		char in[33];
		g_autofree char *clean = NULL, *fit = NULL;
		guint n = (guint)g_rand_int_range(random, 0, 32);
		for (guint i = 0; i < n; i++)
			in[i] = (char)g_rand_int_range(random, 1, 256);
		in[n] = '\0';
		clean = text_clean(in, -1, false);
		g_assert_true(g_utf8_validate(clean, -1, NULL));
		fit = text_fit(in, 10, true);
		g_assert_cmpint(text_width(fit), ==, 10);
	}
}

static void test_width(void)
{
	g_assert_cmpint(text_width("Educación"), ==, 9);
	g_assert_cmpint(text_width("e\xCC\x81"), ==, 1);
	g_assert_cmpint(text_width("日本"), ==, 4);
	g_assert_cmpint(text_width("\xE2\x80\xAE"), ==, 8);
	g_assert_cmpint(text_width(""), ==, 0);
}

static void check_name(const char *in, int columns, const char *out)
{
	g_autofree char *fit = text_fit_name(in, columns);
	g_assert_cmpstr(fit, ==, out);
	g_assert_cmpint(text_width(fit), <=, columns);
}

/* Names of one kind differ in their last words. */
static void test_fit_name(void)
{
	check_name("Secretaría de Educación de Nuevo León", 37,
		   "Secretaría de Educación de Nuevo León");
	check_name("Secretaría de Educación de Nuevo León", 30, "Secretaría de E… de Nuevo León");
	check_name("Secretaría de Educación de Nuevo León", 12, "Secret… León");
	check_name("Otorrinolaringólogos", 9, "Otorrino…");
	check_name("a b c d e f", 5, "a b …");
	check_name("日本 語語語 日本", 11, "日本… 日本");
}

static void check_fit(const char *in, int columns, bool pad, const char *out)
{
	g_autofree char *fit = text_fit(in, columns, pad);
	g_assert_cmpstr(fit, ==, out);
}

static void test_fit(void)
{
	check_fit("abc", 3, false, "abc");
	check_fit("abcd", 3, false, "ab…");
	check_fit("abcd", 1, false, "…");
	check_fit("abcd", 0, true, "");
	check_fit("abc", 5, true, "abc  ");
	check_fit("日本語", 5, true, "日本…");
	check_fit("日本語", 4, true, "日… ");
	check_fit("日本", 4, false, "日本");
}

static void check_wrap(const char *in, int columns, const char *joined)
{
	g_autoptr(GPtrArray) lines = text_wrap(in, columns);
	g_autofree char *all = NULL;

	g_ptr_array_add(lines, NULL);
	all = g_strjoinv("|", (char **)lines->pdata);
	g_assert_cmpstr(all, ==, joined);
}

static void test_wrap(void)
{
	check_wrap("one two three", 7, "one two|three");
	check_wrap("one two three", 100, "one two three");
	check_wrap("", 10, "");
	check_wrap("abcdefgh ij", 3, "abc|def|gh|ij");
	check_wrap("a\n\nb", 10, "a||b");
	check_wrap("a\nb\n", 10, "a|b");
}

static void check_fold(const char *in, const char *out)
{
	g_autofree char *fold = text_fold(in);
	g_assert_cmpstr(fold, ==, out);
}

static void test_fold(void)
{
	check_fold("Educación  STEM", "educacion stem");
	check_fold("  São Paulo\t", "sao paulo");
	check_fold("ＳＴＥＭ", "stem");
	check_fold("Straße", "strasse");
	check_fold("Øresund Łódź", "oresund lodz");
	check_fold("Đakovo Þingeyri Suðuroy Ŋ", "dakovo thingeyri suduroy n");
	check_fold("a\xFF", "a\xEF\xBF\xBD");
}

static void test_acceptable(void)
{
	gsize offset = 0;
	gunichar bad = 0;

	g_assert_true(text_acceptable("Educación", strlen("Educación"), false, &offset, &bad));
	g_assert_true(text_acceptable("a\n\tb", 4, true, &offset, &bad));
	g_assert_false(text_acceptable("a\nb", 3, false, &offset, &bad));
	g_assert_cmpuint(offset, ==, 1);
	g_assert_cmpuint(bad, ==, '\n');
	g_assert_false(text_acceptable("ab\xE2\x80\xAE", 5, true, &offset, &bad));
	g_assert_cmpuint(offset, ==, 2);
	g_assert_cmpuint(bad, ==, 0x202E);
	g_assert_false(text_acceptable("ab\xFF", 3, true, &offset, &bad));
	g_assert_cmpuint(offset, ==, 2);
	g_assert_cmpuint(bad, ==, 0);
	g_assert_false(text_acceptable("a\0b", 3, true, &offset, &bad));
	g_assert_cmpuint(offset, ==, 1);
}

/* Text is looked at eight bytes at a time: none may slip through at any of their places. */
static void test_acceptable_anywhere(void)
{
	for (gsize length = 1; length <= 20; length++) {
		for (gsize at = 0; at < length; at++) {
			for (guint c = 0; c < 0x80; c++) {
				bool good = c == '\n' || c == '\t' || (c >= ' ' && c <= '~');
				char text[20];
				gsize offset = 0;
				gunichar bad = 0;

				memset(text, 'a', sizeof text);
				text[at] = (char)c;
				g_assert_cmpint(text_acceptable(text, length, true, &offset, &bad),
						==, good);
				g_assert_cmpuint(offset, ==, good ? 0 : at);
				g_assert_cmpuint(bad, ==, good ? 0 : c);
			}
		}
	}
}

static void check_grouped(const char *number, const char *wanted)
{
	g_autofree char *grouped = text_grouped(number);
	g_auto(GStrv) parts = g_strsplit(grouped, "\xc2\xa0", -1);
	g_autofree char *joined = g_strjoinv(" ", parts);

	g_assert_null(strchr(grouped, ' '));
	g_assert_cmpstr(joined, ==, wanted);
}

/* Whoever misses a group of zeros reads a tenth of the money, or ten times as much. */
static void test_grouped(void)
{
	check_grouped("16000000000 COP", "16 000 000 000 COP");
	check_grouped("12000.50 USD", "12 000.50 USD");
	check_grouped("123456 EUR", "123 456 EUR");
	check_grouped("9000 USD", "9000 USD");
	check_grouped("0 USD", "0 USD");
	check_grouped("-1234567", "-1 234 567");
	check_grouped("", "");
	check_grouped("no number", "no number");
}

static void test_nearest(void)
{
	static const char *const words[] = { "edustem",	   "teachers", "families",
					     "government", "academia", NULL };

	g_assert_cmpstr(text_nearest("edu-stem", words), ==, "edustem");
	g_assert_cmpstr(text_nearest("goverment", words), ==, "government");
	g_assert_cmpstr(text_nearest("techaers", words), ==, "teachers");
	g_assert_cmpstr(text_nearest("ACADEMÍA", words), ==, "academia");
	g_assert_cmpstr(text_nearest("gov", words), ==, "government");
	g_assert_null(text_nearest("zzz", words));
	g_assert_null(text_nearest("", words));
	g_assert_null(text_nearest("x", words));
}

static void test_match(void)
{
	int start = text_match("stem", "stem latam"), word = text_match("stem", "red stem latam");
	int inside = text_match("stem", "ecosystem"),
	    scattered = text_match("rdl", "red stem latam");

	g_assert_cmpint(text_match("stem", "stem"), >, start);
	g_assert_cmpint(start, >, word);
	g_assert_cmpint(word, >, inside);
	g_assert_cmpint(inside, >, text_match("latam red", "red stem latam") / 10);
	g_assert_cmpint(text_match("latam red", "red stem latam"), >, scattered);
	g_assert_cmpint(scattered, >, 0);
	g_assert_cmpint(text_match("xyz", "red stem latam"), ==, 0);
	g_assert_cmpint(text_match("", "anything"), >, 0);
}

int main(int argc, char **argv)
{
	setlocale(LC_ALL, "C.UTF-8");
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/text/clean", test_clean);
	g_test_add_func("/text/clean-lines", test_clean_lines);
	g_test_add_func("/text/every-code-point", test_every_code_point);
	g_test_add_func("/text/random-bytes", test_random_bytes);
	g_test_add_func("/text/width", test_width);
	g_test_add_func("/text/fit-name", test_fit_name);
	g_test_add_func("/text/fit", test_fit);
	g_test_add_func("/text/wrap", test_wrap);
	g_test_add_func("/text/fold", test_fold);
	g_test_add_func("/text/acceptable", test_acceptable);
	g_test_add_func("/text/acceptable-anywhere", test_acceptable_anywhere);
	g_test_add_func("/text/grouped", test_grouped);
	g_test_add_func("/text/nearest", test_nearest);
	g_test_add_func("/text/match", test_match);
	return g_test_run();
}
