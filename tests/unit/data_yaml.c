/*
 * Reading and writing of entry files: exact places, what is refused, and that
 * what is written is read back the same.
 */
#include "data/yaml/yaml_file.h"

#include <glib.h>
#include <string.h>

static struct node *read_ok(const char *text, gsize length)
{
	struct findings *findings = findings_new();
	struct node *root = yaml_read(text, length, "x.yaml", findings);
	if (!root)
		findings_write(findings, FINDINGS_TEXT, false, "", stderr);
	g_assert_nonnull(root);
	g_assert_cmpuint(findings->all->len, ==, 0);
	findings_free(findings);
	return root;
}

static void assert_bytes(const char *text, const struct node *node, const char *wanted)
{
	g_autofree char *bytes =
		g_strndup(text + node->start.byte, node->end.byte - node->start.byte);
	g_assert_cmpstr(bytes, ==, wanted);
}

/* A patch cuts at these bytes: one too many would damage a member's file. */
static void test_places(void)
{
	static const char text[] =
		"\xEF\xBB\xBF# ñ\r\nid: a\r\nname: Año # c\r\n"
		"lines: [x, 'y z'] # l\r\nempty:   # none\r\npartners:\r\n"
		"  - with: ñandú\r\n    notes: |+\r\n      one\r\n\r\n"
		"  # between\r\n  -\r\n  - {with: c}\r\nnotes: >\r\n  two\r\n\r\n"
		"# end\r\n";
	struct node *root = read_ok(text, sizeof(text) - 1);
	const struct node *name = node_get(root, "name");
	const struct node *lines = node_get(root, "lines");
	const struct node *empty = node_get(root, "empty");
	const struct node *partners = node_get(root, "partners");
	const struct node *first = partners->children->pdata[0];

	assert_bytes(text, name, "Año");
	g_assert_cmpuint(name->start.line, ==, 3);
	g_assert_cmpuint(name->start.col, ==, 7);
	g_assert_cmpuint(name->end.col, ==, 10);
	assert_bytes(text, lines, "[x, 'y z']");
	assert_bytes(text, lines->children->pdata[1], "'y z'");
	g_assert_true(empty->plain);
	g_assert_cmpstr(empty->text, ==, "");
	assert_bytes(text, empty, "");
	g_assert_cmpint(text[empty->start.byte - 1], ==, ':');
	assert_bytes(text, node_get(first, "with"), "ñandú");
	g_assert_cmpstr(node_get(first, "notes")->text, ==, "one\n\n");
	assert_bytes(text, node_get(first, "notes"), "|+\r\n      one\r\n");
	assert_bytes(text, partners->children->pdata[1], "");
	assert_bytes(text, partners->children->pdata[2], "{with: c}");
	assert_bytes(text, node_get(root, "notes"), ">\r\n  two");
	g_assert_cmpuint(partners->end.byte, ==,
			 ((struct node *)partners->children->pdata[2])->end.byte);
	node_free(root);
}

static void check_plain(const char *text, const struct node *node)
{
	if (node->type == NODE_SCALAR) {
		if (node->plain && node->start.line == node->end.line)
			assert_bytes(text, node, node->text);
		return;
	}
	for (guint i = 0; i < node->children->len; i++)
		check_plain(text, node->children->pdata[i]);
}

/* What the table says can be written must come back as it was: on all of the real sample. */
static void test_sample_round_trip(void)
{
	const char *tests = g_getenv("TELAR_TESTS");
	guint files = 0;

	for (guint k = 0; k < KIND_COUNT; k++) {
		const struct record_type *type = record_type((enum kind)k);
		g_autofree char *dir = g_build_filename(tests ? tests : "tests", "..", "contrib",
							"red-stem", type->folder, NULL);
		GDir *names = *type->folder ? g_dir_open(dir, 0, NULL) : NULL;
		const char *name;
		while (names && (name = g_dir_read_name(names))) {
			g_autofree char *path = g_build_filename(dir, name, NULL);
			g_autofree char *text = NULL;
			gsize length = 0;
			g_assert_true(g_file_get_contents(path, &text, &length, NULL));
			struct node *root = read_ok(text, length);
			g_autofree char *again = yaml_emit(type, root);
			check_plain(text, root);
			g_assert_cmpstr(again, ==, text);
			node_free(root);
			files++;
		}
		if (names)
			g_dir_close(names);
	}
	g_assert_cmpuint(files, >, 500);
}

/* Other YAML readers must see the text that we see. */
static void test_scalars(void)
{
	static const struct {
		const char *text;
		char quote;
		bool flow;
		const char *wanted;
	} rows[] = {
		{ "Bogotá, D.C.", 0, false, "Bogotá, D.C." },
		{ "Bogotá, D.C.", 0, true, "\"Bogotá, D.C.\"" },
		{ "NO", 0, false, "\"NO\"" },
		{ "yes", 0, false, "\"yes\"" },
		{ "null", 0, false, "\"null\"" },
		{ "~", 0, false, "\"~\"" },
		{ "1.10", 0, false, "\"1.10\"" },
		{ "2023-05-11", 0, false, "\"2023-05-11\"" },
		{ "0x1F", 0, false, "\"0x1F\"" },
		{ "12:30", 0, false, "\"12:30\"" },
		{ "3M", 0, false, "3M" },
		{ "1e3", 0, false, "\"1e3\"" },
		{ "", 0, false, "\"\"" },
		{ "a: b", 0, false, "\"a: b\"" },
		{ "a:b", 0, false, "a:b" },
		{ "a #b", 0, false, "\"a #b\"" },
		{ "a#b", 0, false, "a#b" },
		{ "- a", 0, false, "\"- a\"" },
		{ "-a", 0, false, "-a" },
		{ "it's", '\'', false, "'it''s'" },
		{ "a", '"', false, "\"a\"" },
		{ "a\nb", '\'', false, "\"a\\nb\"" },
		{ "https://a.org/?p=1", 0, false, "https://a.org/?p=1" },
		{ "https://a.org/?p=1", 0, true, "\"https://a.org/?p=1\"" },
		{ "*x", 0, false, "\"*x\"" },
		{ "x:", 0, false, "\"x:\"" },
		{ " x", 0, false, "\" x\"" },
		{ "C:\\x", 0, false, "C:\\x" },
	};
	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *written = yaml_scalar(rows[i].text, rows[i].quote, rows[i].flow);
		g_assert_cmpstr(written, ==, rows[i].wanted);
	}
}

/* Whatever the characters, what is written is read back equal, in blocks and brackets. */
static void test_scalars_read_back(void)
{
	static const char *const parts[] = { "a", " ",	"\n", ":",    "#", "-", "'",   "\"", "\\",
					     ",", "[",	"]",  "{",    "}", "&", "*",   "!",  "|",
					     ">", "%",	"@",  "`",    "?", "~", "ñ",   "1",  ".",
					     "=", "<<", "\t", "null", "0", "👩", "---", "..." };
	GRand *rand = g_rand_new_with_seed(7);

	for (guint i = 0; i < 30000; i++) {
		g_autoptr(GString) text = g_string_new(NULL);
		for (int n = g_rand_int_range(rand, 0, 7); n > 0; n--)
			g_string_append(text,
					parts[g_rand_int_range(rand, 0, G_N_ELEMENTS(parts))]);
		char quote = "\0'\""[i % 3];
		g_autofree char *block = yaml_scalar(text->str, quote, false);
		g_autofree char *flow = yaml_scalar(text->str, quote, true);
		g_autofree char *file = g_strdup_printf("a: %s\nb:\n  - %s\nc: [%s, {d: %s}]\n",
							block, block, flow, flow);
		struct node *root = read_ok(file, strlen(file));
		const struct node *list = node_get(root, "c");
		g_assert_cmpstr(node_get(root, "a")->text, ==, text->str);
		g_assert_cmpstr(((struct node *)node_get(root, "b")->children->pdata[0])->text, ==,
				text->str);
		g_assert_cmpuint(list->children->len, ==, 2);
		g_assert_cmpstr(((struct node *)list->children->pdata[0])->text, ==, text->str);
		g_assert_cmpstr(node_get(list->children->pdata[1], "d")->text, ==, text->str);
		node_free(root);
	}
	g_rand_free(rand);
}

/* A new entry looks as people would write it. */
static void test_emit(void)
{
	g_autoptr(GError) error = NULL;
	struct node *root = node_from_json(
		"{\"name\":\"NO\",\"id\":\"a\",\"country\":\"NO\",\"lat\":\"1.10\","
		"\"verified\":\"2026-03\",\"sdgs\":[\"4\",\"9\"],\"odd\":\"x\","
		"\"partners\":[{\"since\":\"2023\",\"with\":\"b\",\"kinds\":[\"x\",\"z\"]}],"
		"\"notes\":\"one\\n\\ntwo: #\\n\"}",
		&error);
	g_assert_no_error(error);
	g_autofree char *text = yaml_emit(record_type(KIND_INSTITUTION), root);
	g_assert_cmpstr(text, ==,
			"# yaml-language-server: $schema=../../schema/institution.json\n"
			"id: a\nname: \"NO\"\ncountry: \"NO\"\nlat: 1.10\nsdgs: [4, 9]\n"
			"partners:\n  - with: b\n    kinds: [x, z]\n    since: 2023\n"
			"notes: |\n  one\n\n  two: #\nverified: 2026-03\nodd: x\n");
	node_free(root);
}

/* Bytes are looked at in blocks: what no entry may hold is found at each place of them. */
static void test_bad_byte_anywhere(void)
{
	static const char bad[] = { '\0', 0x01, '\r', 0x1B, 0x7F, (char)0x80, (char)0xFF };

	for (guint length = 6; length < 200; length += length < 140 ? 1 : 7) {
		for (guint at = 4; at < length; at++) {
			g_autofree char *text = g_malloc(length);
			struct findings *findings = findings_new();

			memset(text, 'a', length);
			text[1] = ':';
			text[2] = ' ';
			text[at] = bad[(at + length) % sizeof bad];
			g_assert_null(yaml_read(text, length, "x.yaml", findings));
			const struct finding *first = findings->all->pdata[0];
			g_assert_cmpuint(first->line, ==, 1);
			g_assert_cmpuint(first->col, ==, at + 1);
			findings_free(findings);
		}
	}
}

/* Many files are read into one pool: nothing of one may be left in the next. */
static void test_pool_again(void)
{
	struct findings *findings = findings_new();
	struct node_pool *pool = node_pool_new(1);
	g_autoptr(GString) large = g_string_new(NULL);

	for (guint i = 0; i < 300; i++)
		g_string_append_printf(large, "key%u: [a, \"b\", c%u]\n", i, i);
	for (guint round = 0; round < 3; round++) {
		const char *texts[] = { large->str, "a: {b: c}\n", "a: [\n", "id: x\nname: y\n" };

		for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
			guint before = findings->errors;

			node_pool_clear(pool);
			struct node *root =
				yaml_read_in(pool, texts[i], strlen(texts[i]), "x.yaml", findings);
			struct node *other =
				yaml_read(texts[i], strlen(texts[i]), "x.yaml", findings);

			g_assert_cmpint(root != NULL, ==, findings->errors == before);
			g_assert_true(node_equal(root, other));
			node_free(other);
		}
	}
	node_pool_free(pool);
	findings_free(findings);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/yaml/places", test_places);
	g_test_add_func("/yaml/sample-round-trip", test_sample_round_trip);
	g_test_add_func("/yaml/scalars", test_scalars);
	g_test_add_func("/yaml/scalars-read-back", test_scalars_read_back);
	g_test_add_func("/yaml/bad-byte-anywhere", test_bad_byte_anywhere);
	g_test_add_func("/yaml/pool-again", test_pool_again);
	g_test_add_func("/yaml/emit", test_emit);
	return g_test_run();
}
