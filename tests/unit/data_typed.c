/*
 * Values as people type them.  If these fail, a comma makes a number a thousand times what was
 * meant, or an address that everybody reads is refused.
 */
#include "data/typed.h"

static const struct field number = { .key = "lat", .type = FIELD_NUMBER };
static const struct field money = { .key = "budget", .type = FIELD_MONEY };
static const struct field url = { .key = "url", .type = FIELD_URL };
static const struct field text = { .key = "name", .type = FIELD_TEXT };

static void values(void)
{
	static const struct {
		const struct field *field;
		const char *typed, *meant;
	} rows[] = {
		{ &number, "3,5", "3.5" },
		{ &number, "-74,08", "-74.08" },
		{ &number, "0,125", "0.125" },
		{ &number, "1.234,5", "1234.5" },
		{ &number, "1,234.5", "1234.5" },
		{ &number, "1.234.567", "1234567" },
		{ &number, "1,234,567", "1234567" },
		{ &number, "19,4326", "19.4326" },
		{ &number, "19.4326", "19.4326" },
		/* Either could be meant, or nothing. */
		{ &number, "1,234", "1,234" },
		{ &number, "1.23,4,5", "1.23,4,5" },
		{ &number, "12.34.5", "12.34.5" },
		{ &number, "", "" },
		{ &number, "-", "-" },
		{ &number, ",", "." },
		{ &number, "many", "many" },
		{ &money, "26.000,50 USD", "26000.50 USD" },
		{ &money, "1250,50 EUR", "1250.50 EUR" },
		{ &money, "1.250.000 COP", "1250000 COP" },
		{ &url, "www.example.org", "https://www.example.org" },
		{ &url, "example.org/a?b=1", "https://example.org/a?b=1" },
		{ &url, "http://example.org", "http://example.org" },
		{ &url, "https://example.org", "https://example.org" },
		{ &url, "someone@example.org", "someone@example.org" },
		{ &url, "none", "none" },
		{ &url, "see example.org", "see example.org" },
		{ &url, "ftp://example.org", "ftp://example.org" },
		{ &url, "a..b", "a..b" },
		{ &text, "3,5", "3,5" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *meant = typed_value(rows[i].field, rows[i].typed);

		g_assert_cmpstr(meant, ==, rows[i].meant);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/typed/values", values);
	return g_test_run();
}
