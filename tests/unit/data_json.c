/*
 * JSON out of a store or a draft, which anybody may have written: what nests
 * without end is refused and exhausts no stack, and what is no JSON is told so with
 * its line; what is comes back as the tree that it was.
 */
#include "data/node.h"

#include "base/errors.h"

static void test_depth(void)
{
	g_autofree char *deep = g_strnfill(200000, '[');
	g_autoptr(GError) error = NULL;

	g_assert_null(node_from_json(deep, &error));
	g_assert_error(error, TELAR_ERROR, TELAR_ERROR_DATA);
	struct node *node = node_from_json("{\"a\": [[[\"[[[[{\\\"\"]]]}", NULL);
	g_assert_nonnull(node);
	node_free(node);
}

static const struct {
	const char *json, *again; /* NULL: not JSON */
	guint line;		  /* where it is none */
} texts[] = {
	{ " [1, -0, 007]", NULL, 1 },
	{ "[1,-2,0,-0,9223372036854775807]", "[\"1\",\"-2\",\"0\",\"0\",\"9223372036854775807\"]",
	  0 },
	{ "[1.50, 1e3, -2.5E-1, 9223372036854775808]",
	  "[\"1.5\",\"1000\",\"-0.25\",\"9.223372036854776e+18\"]", 0 },
	{ "{\"a\" : true,\n\t\"b\":false , \"c\":null}",
	  "{\"a\":\"true\",\"b\":\"false\",\"c\":\"\"}", 0 },
	{ "{\"a\":1,\"b\":[],\"a\":{\"x\":\"y\"}}", "{\"a\":{\"x\":\"y\"},\"b\":[]}", 0 },
	{ "\"\\u00e9\\ud83e\\udde9\\n\\/\\\"\"", "\"é🧩\\n/\\\"\"", 0 },
	{ "\"\\ud800x \\udc00\"", "\"\xEF\xBF\xBDx \xEF\xBF\xBD\"", 0 },
	{ "\"\\u0000\"", NULL, 1 },
	{ "\"\\u00g0\"", NULL, 1 },
	{ "\"\\x\"", NULL, 1 },
	{ "\"a\nb\nc", NULL, 3 },
	{ "{\"a\":1\n \"b\":2}", NULL, 2 },
	{ "{\"a\",1}", NULL, 1 },
	{ "{a:1}", NULL, 1 },
	{ "[1,\n]", NULL, 2 },
	{ "[1]\n[2]", NULL, 2 },
	{ "[1", NULL, 1 },
	{ "{", NULL, 1 },
	{ "1e999", NULL, 1 },
	{ "1.", NULL, 1 },
	{ ".5", NULL, 1 },
	{ "-", NULL, 1 },
	{ "nul", NULL, 1 },
	{ "'a'", NULL, 1 },
	{ "// a\n1", NULL, 1 },
	{ "\"\xFF\"", NULL, 1 },
	{ "", NULL, 1 },
	{ " \n", NULL, 2 },
};

static void test_texts(void)
{
	for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
		g_autoptr(GError) error = NULL;
		guint line = 0;
		gsize length = strlen(texts[i].json);
		/* What is behind the end of the bytes given must not be looked at. */
		g_autofree char *bytes = g_memdup2(texts[i].json, length ? length : 1);
		struct node *node = node_read_json(bytes, length, &line, &error);

		g_test_message("%s", texts[i].json);
		if (texts[i].again) {
			g_assert_no_error(error);
			g_autofree char *again = node_to_json(node);
			g_assert_cmpstr(again, ==, texts[i].again);
		} else {
			g_assert_null(node);
			g_assert_error(error, TELAR_ERROR, TELAR_ERROR_DATA);
		}
		g_assert_cmpuint(line, ==, texts[i].line);
		node_free(node);
	}
}

/* Many keys are not looked at one after the other for each: an hour of somebody's making. */
static void test_keys(void)
{
	g_autoptr(GString) json = g_string_new("{");
	guint many = 100000;

	for (guint i = 0; i < many; i++)
		g_string_append_printf(json, "\"k%u\":%u,\"k%u\":%u,", i, i, i / 2, i);
	g_string_append(json, "\"k7\":\"last\"}");
	gint64 begun = g_get_monotonic_time();
	struct node *node = node_from_json(json->str, NULL);

	g_assert_cmpint(g_get_monotonic_time() - begun, <, 5 * G_USEC_PER_SEC);
	g_assert_cmpuint(node->children->len, ==, many);
	g_assert_cmpstr(node_get(node, "k7")->text, ==, "last");
	g_assert_cmpstr(node_get(node, "k3")->text, ==, "7");
	node_free(node);
}

/* A tree says on which lines of the text its parts begin; one of no file has none. */
static void test_lines(void)
{
	static const char json[] = "{\n \"a\": [\n1,\n {\"b\": \"c\nd\",\n\"e\": 2}]}";
	guint line = 0;
	struct node *node = node_read_json(json, strlen(json), &line, NULL);
	const struct node *list = node_get(node, "a");

	g_assert_cmpuint(node->start.line, ==, 1);
	g_assert_cmpuint(list->start.line, ==, 2);
	g_assert_cmpuint(list->children->pdata[0]->start.line, ==, 3);
	g_assert_cmpuint(list->children->pdata[1]->start.line, ==, 4);
	g_assert_cmpuint(node_get(list->children->pdata[1], "e")->start.line, ==, 6);
	node_free(node);
	node = node_from_json(json, NULL);
	g_assert_cmpuint(node_get(node, "a")->start.line, ==, 0);
	node_free(node);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/data/json/depth", test_depth);
	g_test_add_func("/data/json/texts", test_texts);
	g_test_add_func("/data/json/keys", test_keys);
	g_test_add_func("/data/json/lines", test_lines);
	return g_test_run();
}
