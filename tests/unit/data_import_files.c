/*
 * Files of other programs as rows: what each form gives, and that hostile or
 * wrong files are named as what they are, at their line, quickly.
 */
#include "data/import/raw.h"

#include <string.h>

#include <glib/gstdio.h>

#include "base/errors.h"

static GPtrArray *raws_new(void)
{
	return g_ptr_array_new_with_free_func((GDestroyNotify)raw_free);
}

/* Reads bytes as a file called NAME would be read. */
static GPtrArray *read_as(const char *name, const char *bytes, gssize length,
			  struct findings *findings)
{
	g_autofree char *dir = g_dir_make_tmp("telar-raw-XXXXXX", NULL);
	g_autofree char *path = g_build_filename(dir, name, NULL);
	g_autoptr(GError) error = NULL;
	GPtrArray *raws = raws_new();

	g_assert_true(g_file_set_contents(path, bytes, length, NULL));
	g_assert_true(raw_read(path, raws, findings, &error));
	g_assert_no_error(error);
	g_remove(path);
	g_rmdir(dir);
	return raws;
}

static const char *cell(const GPtrArray *raws, guint raw, guint row, const char *column)
{
	const struct raw *of = raws->pdata[raw];
	int at = raw_find(of, column);

	g_assert_cmpint(at, >=, 0);
	g_assert_cmpuint(row, <, of->rows->len);
	return raw_cell(of->rows->pdata[row], (guint)at);
}

static GPtrArray *read_corpus(const char *name, struct findings *findings)
{
	const char *tests = g_getenv("TELAR_TESTS") ? g_getenv("TELAR_TESTS") : "tests";
	g_autofree char *path = g_build_filename(tests, "corpus", "import", name, NULL);
	g_autoptr(GError) error = NULL;
	GPtrArray *raws = raws_new();

	g_assert_true(raw_read(path, raws, findings, &error));
	g_assert_no_error(error);
	return raws;
}

/* The separator is the header's, a BOM is no letter, lines count inside quotes. */
static void test_csv(void)
{
	struct findings *findings = findings_new();
	static const char semicolon[] =
		"\xEF\xBB\xBF"
		"Label;Notes\n\"uno;dos\";\"a, b\nc\"\n\ntres;\"\"\"x\"\"\"\n";
	g_autoptr(GPtrArray) raws = read_as("a.csv", semicolon, -1, findings);
	const struct raw *raw = raws->pdata[0];

	g_assert_cmpuint(findings->errors, ==, 0);
	g_assert_cmpuint(raw->rows->len, ==, 2);
	g_assert_cmpstr(cell(raws, 0, 0, "Label"), ==, "uno;dos");
	g_assert_cmpstr(cell(raws, 0, 0, "Notes"), ==, "a, b\nc");
	g_assert_cmpstr(cell(raws, 0, 1, "Notes"), ==, "\"x\"");
	g_assert_cmpuint(((struct raw_row *)raw->rows->pdata[1])->line, ==, 5);
	g_autoptr(GPtrArray) tabs = read_as("b.csv", "a\tb\n1, 2\t3\n", -1, findings);
	g_assert_cmpstr(cell(tabs, 0, 0, "a"), ==, "1, 2");
	/* Decomposed letters are the same letters. */
	g_autoptr(GPtrArray) marks = read_as("c.csv", "a\ne\xCC\x81l\n", -1, findings);
	g_assert_cmpstr(cell(marks, 0, 0, "a"), ==, "él");
	findings_free(findings);
}

static const struct bad {
	const char *name, *bytes;
	gssize length;
	const char *code;
	guint line;
	const char *says;
} bad_files[] = {
	{ "a.csv",
	  "\xFF\xFE"
	  "I\0d\0\n\0",
	  8, "encoding", 1, "UTF-16" },
	{ "a.csv",
	  "I\0d\0,\0b\0\n\0"
	  "1\0,\0"
	  "2\0\n\0",
	  18, "encoding", 1, "UTF-16" },
	{ "a.csv", "Id,Label\n1,x\n2,Bogot\xE1\n", -1, "encoding", 3, "Latin-1" },
	{ "a.csv", "Id,Label\n1,a\0b\n", 15, "control", 2, "U+0000" },
	{ "a.csv", "Id,Label\n1,\"a\"b\n", -1, "syntax", 2, "double quote" },
	{ "a.csv", "Id,Label\n1,\"ab\nc\nd", -1, "syntax", 2, "never closed" },
	{ "a.csv", "Id,Label\n1\n", -1, "shape", 2, "1 cells" },
	{ "a.csv", "Id,Label,Id\n1,2,3\n", -1, "header", 1, "twice" },
	{ "a.csv", "", 0, "empty", 1, "empty" },
	{ "a.csv",
	  "Id,Label\n1,a\xE2\x80\xAE"
	  "b\n",
	  -1, "control", 2, "U+202E" },
	{ "a.json", "{ \"nodes\": [] }", -1, "shape", 1, "elements" },
	{ "a.json", "{ \"elements\": [ 1 ] }", -1, "shape", 1, "not an object" },
	{ "a.json", "{ \"elements\": [\n { \"label\": }\n] }", -1, "syntax", 2, "JSON" },
	{ "a.graphml", "<graphml/>", -1, "empty", 1, "no graph" },
	{ "a.graphml", "<graphml><graph>\n<node id='a'></graph></graphml>", -1, "syntax", 2,
	  "XML" },
	{ "a.graphml",
	  "<graphml><graph>\n<node id='a'><data key='label'>&who;</data></node>"
	  "</graph></graphml>",
	  -1, "syntax", 2, "XML" },
	{ "a.graphml",
	  "<graphml><graph>\n<node id='a'><data key='label'>a\xE2\x80\xAE</data></node>"
	  "</graph></graphml>",
	  -1, "control", 2, "U+202E" },
};

static void test_bad(void)
{
	for (guint i = 0; i < G_N_ELEMENTS(bad_files); i++) {
		const struct bad *bad = &bad_files[i];
		struct findings *findings = findings_new();
		g_ptr_array_unref(read_as(bad->name, bad->bytes, bad->length, findings));
		const struct finding *first = findings->all->len ? findings->all->pdata[0] : NULL;

		g_test_message("case %u", i);
		g_assert_nonnull(first);
		g_assert_cmpstr(first->code, ==, bad->code);
		g_assert_cmpuint(first->line, ==, bad->line);
		g_assert_nonnull(strstr(first->message, bad->says));
		findings_free(findings);
	}
}

/* A node states its keys, defaults stand in, entities of XML itself are text. */
static void test_graphml(void)
{
	struct findings *findings = findings_new();
	g_autoptr(GPtrArray) raws = read_corpus("small.graphml", findings);

	g_assert_cmpuint(findings->all->len, ==, 0);
	g_assert_cmpstr(cell(raws, 0, 0, "label"), ==, "Liceo & Taller");
	g_assert_cmpstr(cell(raws, 0, 0, "sector"), ==, "school");
	g_assert_cmpstr(cell(raws, 0, 1, "sector"), ==, "university-research");
	g_assert_cmpstr(cell(raws, 0, 2, "label"), ==, "Robótica <3");
	g_assert_cmpstr(cell(raws, 1, 0, "source"), ==, "n0");
	g_assert_cmpstr(cell(raws, 1, 0, "directed"), ==, "false");
	g_assert_cmpstr(cell(raws, 1, 1, "directed"), ==, "true");
	g_assert_cmpuint(((struct raw_row *)((struct raw *)raws->pdata[1])->rows->pdata[1])->line,
			 ==, 13);
	findings_free(findings);
}

/* Document types are refused before anything they define is looked at. */
static void test_hostile_xml(void)
{
	static const char *const names[] = { "laughs.graphml", "external.graphml" };

	for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
		struct findings *findings = findings_new();
		gint64 begun = g_get_monotonic_time();
		g_autoptr(GPtrArray) raws = read_corpus(names[i], findings);
		const struct finding *first = findings->all->pdata[0];

		g_assert_cmpstr(first->code, ==, "entities");
		g_assert_cmpuint(((struct raw *)raws->pdata[0])->rows->len, ==, 0);
		g_assert_cmpint(g_get_monotonic_time() - begun, <, G_USEC_PER_SEC);
		findings_free(findings);
	}
}

/* A document type far behind a long comment is met by the reader instead. */
static void test_hidden_document_type(void)
{
	struct findings *findings = findings_new();
	GString *text = g_string_new("<?xml version='1.0'?><!--");

	for (guint i = 0; i < 20000; i++)
		g_string_append(text, "blah ");
	g_string_append(text, "--><!DOCTYPE graphml [<!ENTITY a 'x'>]><graphml><graph>"
			      "<node id='a'><data key='label'>&a;</data></node></graph></graphml>");
	g_autoptr(GPtrArray) raws = read_as("a.graphml", text->str, -1, findings);
	g_assert_cmpstr(((struct finding *)findings->all->pdata[0])->code, ==, "entities");
	g_assert_cmpuint(((struct raw *)raws->pdata[0])->rows->len, ==, 0);
	g_string_free(text, TRUE);
	findings_free(findings);
}

static void test_kumu(void)
{
	struct findings *findings = findings_new();
	g_autoptr(GPtrArray) raws = read_corpus("kumu.json", findings);

	g_assert_cmpuint(findings->all->len, ==, 0);
	g_assert_cmpstr(cell(raws, 0, 0, "tags"), ==, "niñas|clima");
	g_assert_cmpstr(cell(raws, 0, 0, "founded"), ==, "1998");
	g_assert_cmpstr(cell(raws, 0, 0, "id"), ==, "elem-1");
	g_assert_cmpstr(cell(raws, 1, 0, "hours"), ==, "40");
	g_assert_cmpuint(((struct raw_row *)((struct raw *)raws->pdata[0])->rows->pdata[1])->line,
			 ==, 4);
	findings_free(findings);
}

/* Ten megabytes on a line, and brackets without end: an answer, soon. */
static void test_large(void)
{
	struct findings *findings = findings_new();
	GString *text = g_string_new("Id,Label\n1,\"");
	gint64 begun = g_get_monotonic_time();

	for (guint i = 0; i < 1000000; i++)
		g_string_append(text, "xxxxxxxxxx");
	g_string_append(text, "\"\n2,b\n");
	g_ptr_array_unref(read_as("a.csv", text->str, (gssize)text->len, findings));
	g_assert_cmpuint(findings->errors, ==, 1);
	g_assert_cmpstr(((struct finding *)findings->all->pdata[0])->code, ==, "size");
	g_string_assign(text, "{ \"elements\": ");
	for (guint i = 0; i < 1000000; i++)
		g_string_append_c(text, '[');
	g_ptr_array_unref(read_as("a.json", text->str, -1, findings));
	g_assert_cmpstr(((struct finding *)findings->all->pdata[1])->code, ==, "depth");
	g_assert_cmpint(g_get_monotonic_time() - begun, <, 10 * G_USEC_PER_SEC);
	g_string_free(text, TRUE);
	findings_free(findings);
}

static void test_no_file(void)
{
	struct findings *findings = findings_new();
	g_autoptr(GPtrArray) raws = raws_new();
	static const char *const names[] = { "/nowhere/a.csv", "/nowhere/a.graphml", "/" };

	for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autoptr(GError) error = NULL;
		g_assert_false(raw_read(names[i], raws, findings, &error));
		g_assert_error(error, TELAR_ERROR, TELAR_ERROR_NO_INPUT);
	}
	findings_free(findings);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/import/files/csv", test_csv);
	g_test_add_func("/import/files/bad", test_bad);
	g_test_add_func("/import/files/graphml", test_graphml);
	g_test_add_func("/import/files/hostile-xml", test_hostile_xml);
	g_test_add_func("/import/files/hidden-document-type", test_hidden_document_type);
	g_test_add_func("/import/files/kumu", test_kumu);
	g_test_add_func("/import/files/large", test_large);
	g_test_add_func("/import/files/no-file", test_no_file);
	return g_test_run();
}
