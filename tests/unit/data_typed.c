/*
 * Values as people type them.  If these fail, a comma makes a number a thousand times what was
 * meant, or an address that everybody reads is refused.
 */
#include "data/typed.h"

#include "data/records.h"

static const struct field number = { .key = "count", .type = FIELD_NUMBER };
static const struct field lat = { .key = "lat", .type = FIELD_NUMBER, .least = -90, .most = 90 };
static const struct field whole = { .key = "year", .type = FIELD_INTEGER };
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
		{ &number, "12345", "12345" },
		{ &number, "1.2340", "1.2340" },
		{ &number, "", "" },
		/* What a field can hold says which of two was meant. */
		{ &lat, "19,432", "19.432" },
		{ &lat, "-19.432", "-19.432" },
		{ &whole, "1.234", "1234" },
		{ &whole, "-12,345", "-12345" },
		{ &money, "1.234 USD", "1234 USD" },
		{ &money, "1,5 USD", "1.50 USD" },
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
		char *message = NULL, *hint = NULL;
		g_autofree char *meant = typed_value(rows[i].field, rows[i].typed, &message, &hint);

		g_assert_null(message);
		g_assert_cmpstr(meant, ==, rows[i].meant);
	}
}

/* A number is kept that nobody meant, or the complaint is of one that nobody typed. */
static void refused(void)
{
	static const struct {
		const struct field *field;
		const char *typed, *message, *hint;
	} rows[] = {
		{ &number, "1.234", "\"1.234\" can be read in two ways", "write 1234 or 1.2340" },
		{ &number, "1,234", "\"1,234\" can be read in two ways", "write 1234 or 1.2340" },
		{ &number, "-12.345", "\"-12.345\" can be read in two ways",
		  "write -12345 or -12.3450" },
		{ &lat, "-99.133.000", "-99.133.000 is out of range",
		  "it must lie between -90 and 90" },
		{ &lat, "91,5", "91,5 is out of range", "it must lie between -90 and 90" },
		{ &lat, "123,456", "123,456 is out of range", "it must lie between -90 and 90" },
		{ &number, "1.23,4,5", "\"1.23,4,5\" is not a number", NULL },
		{ &number, "-", "\"-\" is not a number", NULL },
		{ &number, ",", "\",\" is not a number", NULL },
		{ &number, "many", "\"many\" is not a number", NULL },
		{ &whole, "1,5", "\"1,5\" is not a whole number", NULL },
		{ &money, "1,5 usd", "\"1,5 usd\" is not an amount with its currency", NULL },
		{ &money, "1,2345 USD", "\"1,2345 USD\" is not an amount with its currency", NULL },
	};

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *message = NULL, *hint = NULL;

		g_assert_null(typed_value(rows[i].field, rows[i].typed, &message, &hint));
		g_assert_cmpstr(message, ==, rows[i].message);
		if (rows[i].hint)
			g_assert_cmpstr(hint, ==, rows[i].hint);
	}
}

/* A value is tried in a record that is none, or is judged otherwise than where it is read. */
static void every_field(void)
{
	static const char *const texts[] = { "13", "1.234", "0,5", "2023-05", "26,5 USD", "x" };

	for (guint k = 0; k < KIND_COUNT; k++) {
		const struct record_type *type = record_type(k);

		for (guint i = 0; i < type->n_fields * G_N_ELEMENTS(texts); i++) {
			const struct field *field = &type->fields[i / G_N_ELEMENTS(texts)];
			const char *typed = texts[i % G_N_ELEMENTS(texts)];
			char *says[6] = { NULL };
			g_autofree char *meant = typed_value(field, typed, &says[0], &says[1]);
			g_autofree void *record = g_malloc(type->size);
			struct pool *pool = pool_new();

			record_clear(type, record);
			g_assert_true(meant || says[0]);
			if (!(field->flags & FIELD_MANY))
				g_assert_cmpint(field_takes(field, typed, &says[2], &says[3]), ==,
						field_parse(field, typed, record, pool, &says[4],
							    &says[5]));
			g_assert_cmpstr(says[2], ==, says[4]);
			for (guint j = 0; j < G_N_ELEMENTS(says); j++)
				g_free(says[j]);
			pool_unref(pool);
		}
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/typed/values", values);
	g_test_add_func("/typed/refused", refused);
	g_test_add_func("/typed/every-field", every_field);
	return g_test_run();
}
