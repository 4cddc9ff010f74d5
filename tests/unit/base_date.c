/* Dates: what is accepted, and that coarse dates order and shift as people mean them. */
#include "base/clock.h"
#include "base/date.h"

static struct date day(const char *text)
{
	struct date date = { 0 };

	if (*text)
		g_assert_true(date_parse(text, &date));
	return date;
}

static void test_parse(void)
{
	static const char *const good[] = { "1000",	  "2023",	"2023-05",
					    "2023-05-11", "2024-02-29", "9999-12-31" };
	static const char *const bad[] = { "",		 "23",	       "0999",	      "2023-",
					   "2023-5",	 "2023-13",    "2023-00",     "2023-05-00",
					   "2023-02-29", "2023-05-32", "2023-05-1x",  "2023/05/11",
					   " 2023",	 "2023 ",      "2023-05-11T", "+202" };
	char text[DATE_TEXT_SIZE];
	struct date date;

	for (guint i = 0; i < G_N_ELEMENTS(good); i++) {
		g_assert_true(date_parse(good[i], &date));
		g_assert_cmpstr(date_format(date, text), ==, good[i]);
	}
	for (guint i = 0; i < G_N_ELEMENTS(bad); i++)
		g_assert_false(date_parse(bad[i], &date));
	g_assert_false(date_parse(NULL, &date));
	g_assert_cmpstr(date_format((struct date){ 0 }, text), ==, "");
}

static void test_compare(void)
{
	g_assert_cmpint(date_compare(day("2023"), day("2023-01-01")), ==, 0);
	g_assert_cmpint(date_compare(day("2023"), day("2023-02")), <, 0);
	g_assert_cmpint(date_compare(day("2023-05-11"), day("2023-05")), >, 0);
	g_assert_cmpint(date_compare(day(""), day("1000")), <, 0);
	g_assert_cmpint(date_compare(day(""), day("")), ==, 0);
}

static void test_shift(void)
{
	static const struct {
		const char *from, *to;
		int months;
	} between[] = {
		{ "2023-01-15", "2023-02-15", 1 },
		{ "2023-01-15", "2023-02-14", 0 },
		{ "2023-01-31", "2023-02-28", 1 },
		{ "2022", "2024", 12 },
		{ "2024-03-01", "2024-01-01", -2 },
		{ "2023-05", "2023-05-31", 0 },
		{ "", "2023", 0 },
	};
	static const struct {
		const char *from;
		int months;
		const char *to;
	} added[] = {
		{ "2023-01-31", 1, "2023-02-28" },
		{ "2024-01-31", 1, "2024-02-29" },
		{ "2023-05", -5, "2022-12" },
		{ "2023", 24, "2025" },
		{ "2023", 11, "2023" },
		{ "2023-12-01", 1, "2024-01-01" },
		{ "9999-12-31", 12, "9999-12-31" },
	};
	char text[DATE_TEXT_SIZE];

	for (guint i = 0; i < G_N_ELEMENTS(between); i++)
		g_assert_cmpint(date_months_between(day(between[i].from), day(between[i].to)), ==,
				between[i].months);
	for (guint i = 0; i < G_N_ELEMENTS(added); i++)
		g_assert_cmpstr(
			date_format(date_add_months(day(added[i].from), added[i].months), text), ==,
			added[i].to);
	g_assert_cmpstr(date_format(date_last_day(day("2024-02")), text), ==, "2024-02-29");
	g_assert_cmpstr(date_format(date_last_day(day("2023")), text), ==, "2023-12-31");
	g_assert_cmpstr(date_format(date_first_day(day("2023")), text), ==, "2023-01-01");
}

static void test_clock(void)
{
	const gint64 at = G_GINT64_CONSTANT(1795442525) * G_USEC_PER_SEC + 7;
	struct clock clock = clock_fixed(&at);
	char text[CLOCK_TEXT_SIZE], today[DATE_TEXT_SIZE];

	g_assert_cmpint(clock_now(&clock), ==, at);
	g_assert_cmpstr(clock_format(at, text), ==, "2026-11-23T14:02:05Z");
	g_assert_cmpstr(date_format(clock_today(&clock), today), ==, "2026-11-23");
	g_assert_cmpstr(clock_format(-1, text), ==, "1969-12-31T23:59:59Z");

	/* A person or a test may fix the day from outside. */
	clock = clock_system();
	g_setenv("TELAR_NOW", "2025-03-04", TRUE);
	g_assert_cmpstr(clock_format(clock_now(&clock), text), ==, "2025-03-04T00:00:00Z");
	g_setenv("TELAR_NOW", "2025-03-04T05:06:07Z", TRUE);
	g_assert_cmpstr(clock_format(clock_now(&clock), text), ==, "2025-03-04T05:06:07Z");
	g_setenv("TELAR_NOW", "soon", TRUE);
	g_assert_cmpint(clock_now(&clock), >, at - G_GINT64_CONSTANT(400000000) * G_USEC_PER_SEC);
	g_unsetenv("TELAR_NOW");
}

static void test_user(void)
{
	g_autofree char *login = NULL, *given = NULL;

	g_unsetenv("TELAR_ACTOR");
	login = clock_user();
	g_assert_cmpstr(login, !=, "");
	g_setenv("TELAR_ACTOR", "ana", TRUE);
	given = clock_user();
	g_assert_cmpstr(given, ==, "ana");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/date/parse", test_parse);
	g_test_add_func("/date/compare", test_compare);
	g_test_add_func("/date/shift", test_shift);
	g_test_add_func("/clock/fixed", test_clock);
	g_test_add_func("/clock/user", test_user);
	return g_test_run();
}
