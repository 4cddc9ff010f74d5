/* What the program writes for people and programs: findings, JSON, tables, error texts. */
#include "base/errors.h"
#include "base/findings.h"
#include "base/json.h"
#include "base/out.h"

#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What was written to a stream opened with open_memstream(). */
struct memory {
	char *text;
	size_t length;
	FILE *stream;
};

static void memory_open(struct memory *memory)
{
	memory->stream = open_memstream(&memory->text, &memory->length);
}

static void memory_expect(struct memory *memory, const char *expected)
{
	fclose(memory->stream);
	g_assert_cmpstr(memory->text, ==, expected);
	free(memory->text);
}

static void test_findings_text(void)
{
	struct findings *findings = findings_new();
	struct memory memory;

	findings_add(findings, SEVERITY_WARNING, "z.yaml", 0, 0, 0, "stale", "old", NULL, NULL);
	findings_add(findings, SEVERITY_ERROR, "institutions/innovec.yaml", 3, 9, 8, "vocabulary",
		     "sector \"edu-stem\" is not one of this network's sectors",
		     "did you mean \"edustem\"?", "sector: edu-stem");
	findings_add(findings, SEVERITY_ERROR, "a.yaml", 12, 4, 0, "syntax", "bad\033 byte", NULL,
		     "né\t\xBF");
	findings_sort(findings);
	g_assert_cmpuint(findings->errors, ==, 2);
	g_assert_cmpuint(findings->warnings, ==, 1);
	memory_open(&memory);
	findings_write(findings, FINDINGS_TEXT, false, "net/", memory.stream);
	memory_expect(&memory, "net/a.yaml:12:4: error[syntax]: bad<U+001B> byte\n"
			       "   12 | né <BF>\n"
			       "      |    ^~~~\n"
			       "net/institutions/innovec.yaml:3:9: error[vocabulary]: sector "
			       "\"edu-stem\" is not one of this network's sectors\n"
			       "    3 | sector: edu-stem\n"
			       "      |         ^~~~~~~~\n"
			       "  hint: did you mean \"edustem\"?\n"
			       "net/z.yaml: warning[stale]: old\n");
	findings_free(findings);
}

/* A place past the end of its line, and one far right in a line of a thousand letters. */
static void test_findings_edges(void)
{
	struct findings *findings = findings_new();
	struct memory memory;
	g_autofree char *wide = g_strnfill(1000, 'x');
	g_auto(GStrv) lines = NULL;

	findings_add(findings, SEVERITY_ERROR, "a", 1, 6, 0, "syntax", "end", NULL, "name:");
	memory_open(&memory);
	findings_write(findings, FINDINGS_TEXT, false, NULL, memory.stream);
	memory_expect(&memory, "a:1:6: error[syntax]: end\n    1 | name:\n      |      ^\n");
	wide[500] = 'Y';
	findings_add(findings, SEVERITY_ERROR, "a", 2, 501, 1, "x", "wide", NULL, wide);
	memory_open(&memory);
	findings_write(findings, FINDINGS_TEXT, false, NULL, memory.stream);
	fclose(memory.stream);
	lines = g_strsplit(memory.text, "\n", -1);
	for (char **p = lines; *p; p++) {
		g_assert_cmpuint(strlen(*p), <, 120);
		if (strchr(*p, 'Y'))
			g_assert_cmpint(g_utf8_pointer_to_offset(*p, strchr(*p, 'Y')), ==,
					strchr(p[1], '^') - p[1]);
	}
	free(memory.text);
	findings_free(findings);
}

static void test_findings_programs(void)
{
	struct findings *findings = findings_new(), *more = findings_new();
	struct memory memory;

	findings_add(more, SEVERITY_ERROR, "a,b.yaml", 3, 9, 2, "key", "100%\nno", "try", NULL);
	findings_move(findings, more);
	g_assert_cmpuint(more->all->len + more->errors, ==, 0);
	g_assert_cmpuint(findings->errors, ==, 1);
	memory_open(&memory);
	findings_write(findings, FINDINGS_GITHUB, false, "", memory.stream);
	memory_expect(&memory,
		      "::error file=a%2Cb.yaml,line=3,col=9,title=key::100%25%0Ano%0Ahint: try\n");
	memory_open(&memory);
	findings_write(findings, FINDINGS_JSON, false, "", memory.stream);
	memory_expect(&memory,
		      "{\n  \"errors\": 1,\n  \"warnings\": 0,\n  \"findings\": [\n    {\n"
		      "      \"severity\": \"error\",\n      \"code\": \"key\",\n"
		      "      \"file\": \"a,b.yaml\",\n      \"line\": 3,\n      \"col\": 9,\n"
		      "      \"span\": 2,\n      \"message\": \"100%\\nno\",\n"
		      "      \"hint\": \"try\"\n    }\n  ]\n}\n");
	findings_free(findings);
	findings_free(more);
}

static void test_json(void)
{
	GString *out = g_string_new(NULL);
	struct json json;

	json_init(&json, out, false);
	json_open_object(&json);
	json_put_string(&json, "a\"", "x\n\x01\\\xFF");
	json_put_string_if(&json, "no", NULL);
	json_put_string(&json, "null", NULL);
	json_put_number(&json, "nan", NAN);
	json_put_number(&json, "inf", INFINITY);
	json_put_bool(&json, "t", true);
	json_key(&json, "list");
	json_open_array(&json);
	json_integer(&json, -5);
	json_open_array(&json);
	json_close_array(&json);
	json_null(&json);
	json_close_array(&json);
	json_close_object(&json);
	g_assert_cmpstr(out->str, ==,
			"{\"a\\\"\":\"x\\n\\u0001\\\\\xEF\xBF\xBD\",\"null\":null,\"nan\":null,"
			"\"inf\":null,\"t\":true,\"list\":[-5,[],null]}");
	g_string_free(out, TRUE);
}

static void test_numbers(void)
{
	static const struct {
		double value;
		const char *text;
	} cases[] = { { 0, "0" },
		      { -0.0, "0" },
		      { 0.1, "0.1" },
		      { 1.0 / 3, "0.3333333333333333" },
		      { 100000, "100000" },
		      { -2.5, "-2.5" },
		      { 1e300, "1e+300" },
		      { 0.5, "0.5" },
		      { 0.0001, "0.0001" },
		      { 999999999999999.9, "999999999999999.9" },
		      { 5e-324, "4.94065645841247e-324" } };

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *text = json_number_text(cases[i].value);
		g_assert_cmpstr(text, ==, cases[i].text);
	}
}

/* What is written without printf is what printf would have written. */
static void test_numbers_as_printed(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(11);

	for (guint i = 0; i < 200000; i++) {
		char text[G_ASCII_DTOSTR_BUF_SIZE];
		double value = g_rand_double(rand) * exp(g_rand_double_range(rand, -36, 36));
		/* Also short ones and those that lie next to them, quotients and halves. */
		if (i % 4 == 1)
			value = nextafter(round(value * 1000) / 1000, (i & 4) ? 0 : 1e300);
		else if (i % 4 == 2)
			value = g_rand_int_range(rand, 1, 1000) /
				(double)g_rand_int_range(rand, 1, 1000);
		else if (i % 4 == 3)
			value = ldexp(g_rand_int_range(rand, -4096, 4096), -(int)(i / 4 % 60));
		for (int digits = 15; digits <= 17; digits++) {
			g_snprintf(text, sizeof text, "%.*g", digits, value);
			if (g_ascii_strtod(text, NULL) == value)
				break;
		}
		g_autofree char *found = json_number_text(value);
		g_assert_cmpstr(found, ==, text);
	}
}

static void test_table(void)
{
	static const char *const headers[] = { "name", ">ties", "city" };
	static const char *const rows[][3] = { { "Educación", "7", "Bogotá" },
					       { "A\tb", "123", NULL } };
	struct table *table = table_new(headers, 3);
	struct out out = { 0 };
	struct memory memory;

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++)
		table_row(table, rows[i]);
	memory_open(&memory);
	out.stream = memory.stream;
	table_print(table, &out, false);
	memory_expect(&memory, "name       ties  city\n"
			       "Educación     7  Bogotá\n"
			       "A b         123\n");
	/* On a narrow terminal names give way, numbers never. */
	memory_open(&memory);
	out = (struct out){ .stream = memory.stream, .terminal = true, .columns = 22 };
	table_print(table, &out, false);
	memory_expect(&memory, "name      ties  city\n"
			       "Educaci…     7  Bogotá\n"
			       "A b        123\n");
	memory_open(&memory);
	out = (struct out){ .stream = memory.stream };
	table_print(table, &out, true);
	memory_expect(&memory, "name\tties\tcity\nEducación\t7\tBogotá\nA b\t123\t\n");
	/* A row alone is that of the whole table. */
	memory_open(&memory);
	out = (struct out){ .stream = memory.stream };
	out_row(&out, rows[1], 3);
	memory_expect(&memory, "A b\t123\t\n");
	table_free(table);
}

static void test_out(void)
{
	struct memory memory;
	struct out out;

	memory_open(&memory);
	out = (struct out){ .stream = memory.stream, .terminal = true };
	out_printf(&out, "%s\n", "a\033b");
	memory_expect(&memory, "a<U+001B>b\n");
	memory_open(&memory);
	out = (struct out){ .stream = memory.stream };
	out_heading(&out, "a\033b");
	memory_expect(&memory, "a\033b");
}

static void test_errors(void)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GError) foreign = g_error_new(G_FILE_ERROR, 0, "x");
	g_autofree char *what = NULL, *hint = NULL, *plain = NULL, *none = NULL;

	error_add_hint(&error, "nothing happens");
	g_assert_null(error);
	error = g_error_new(TELAR_ERROR, TELAR_ERROR_USAGE, "no such command");
	error_split(error, &plain, &none);
	g_assert_null(none);
	error_add_hint(&error, "did you mean \"check\"?");
	error_split(error, &what, &hint);
	g_assert_cmpstr(what, ==, "no such command");
	g_assert_cmpstr(hint, ==, "did you mean \"check\"?");
	g_assert_cmpint(error_exit_code(error), ==, 2);
	g_assert_cmpint(error_exit_code(NULL), ==, 0);
	g_assert_cmpint(error_exit_code(foreign), ==, 70);
	error->code = TELAR_ERROR_CONFLICT;
	g_assert_cmpint(error_exit_code(error), ==, 75);
	error->code = TELAR_ERROR_CANCELLED;
	g_assert_cmpint(error_exit_code(error), ==, 130);
}

int main(int argc, char **argv)
{
	setlocale(LC_ALL, "C.UTF-8");
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/findings/text", test_findings_text);
	g_test_add_func("/findings/edges", test_findings_edges);
	g_test_add_func("/findings/programs", test_findings_programs);
	g_test_add_func("/json/nesting", test_json);
	g_test_add_func("/json/numbers", test_numbers);
	g_test_add_func("/json/numbers-as-printed", test_numbers_as_printed);
	g_test_add_func("/out/table", test_table);
	g_test_add_func("/out/cleaning", test_out);
	g_test_add_func("/errors/hint-and-exit-code", test_errors);
	return g_test_run();
}
