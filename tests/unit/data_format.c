/*
 * Formatting entry files: the style that comes out, that comments stay with what
 * they are about, that the meaning never changes, and that what cannot be
 * formatted safely is left alone.
 */
#include "data/yaml/yaml_file.h"

#include <string.h>

static enum yaml_formatted format(const char *text, gsize length, GString *out)
{
	struct findings *findings = findings_new();
	enum yaml_formatted done = yaml_format(record_type(KIND_INSTITUTION), text, length,
					       "institutions/a.yaml", out, findings);

	g_assert_true((done == YAML_FORMAT_BROKEN) == (findings->errors > 0));
	findings_free(findings);
	return done;
}

static const struct {
	const char *what, *before, *after; /* after NULL: as before */
} cases[] = {
	{ "order of keys", "name: A\nid: a\n", "id: a\nname: A\n" },
	{ "in items too", "id: a\npartners:\n- since: 2020\n  with: b\n",
	  "id: a\npartners:\n  - with: b\n    since: 2020\n" },
	{ "unknown keys last, as they stood", "zz: 1\nyy: 2\nid: a\n",
	  "id: a\nzz: \"1\"\nyy: \"2\"\n" },
	{ "quotes only where needed", "id: 'a'\nname: \"A: b\"\ncity: 'Bogotá'\ncountry: NO\n",
	  "id: a\nname: \"A: b\"\ncountry: \"NO\"\ncity: Bogotá\n" },
	{ "short lists in brackets", "id: a\nlines:\n- climate\n-   digitality\n",
	  "id: a\nlines: [climate, digitality]\n" },
	{ "maps out of brackets", "id: a\nmemberships: [{tier: member, network: red}]\n",
	  "id: a\nmemberships:\n  - network: red\n    tier: member\n" },
	{ "blanks", "id:   a   \nname:\tA\n\n\n\ncity: B\n", "id: a\nname: A\n\ncity: B\n" },
	{ "no final newline", "id: a\nname: A", "id: a\nname: A\n" },
	{ "nothing to do", "id: a\nname: A\n", NULL },
	{ "an empty value stays empty", "name: \nid: a\ncity: ''\n", "id: a\nname:\ncity: \"\"\n" },
	{ "line ends stay", "name: A\r\nid: a\r\n", "id: a\r\nname: A\r\n" },
	{ "mark stays", "\xEF\xBB\xBFname: A\nid: a\n", "\xEF\xBB\xBFid: a\nname: A\n" },
	{ "document mark goes", "---\nname: A\nid: a\n", "id: a\nname: A\n" },

	{ "comment above goes along", "id: a\n# the city\ncity: C\n# the name\nname: Ana\n",
	  "id: a\n# the name\nname: Ana\n# the city\ncity: C\n" },
	{ "comment behind goes along", "id: a\ncity: C    # where\nname: Ana # who\n",
	  "id: a\nname: Ana # who\ncity: C    # where\n" },
	{ "head of the file stays",
	  "# yaml-language-server: $schema=x\n# ours\n\n# the name\nname: Ana\nid: a\n",
	  "# yaml-language-server: $schema=x\n# ours\n\nid: a\n# the name\nname: Ana\n" },
	{ "schema line stays on top", "# yaml-language-server: $schema=x\nname: Ana\nid: a\n",
	  "# yaml-language-server: $schema=x\nid: a\nname: Ana\n" },
	{ "end of the file stays", "name: Ana\nid: a\n\n# bye\n", "id: a\nname: Ana\n\n# bye\n" },
	{ "comments of an item",
	  "id: a\npartners:\n  # first\n  - since: 2020 # yes\n    with: b\n    # until: 2024\n"
	  "  # - with: c\ncity: C\n",
	  "id: a\ncity: C\npartners:\n  # first\n  - with: b\n    # until: 2024\n"
	  "    since: 2020 # yes\n  # - with: c\n" },
	{ "comment of a list", "id: a\nlines: [climate] # what\n", NULL },
	{ "comments in a list", "id: a\nlines: [climate, # one\n  digitality] # two\n",
	  "id: a\nlines:\n  - climate # one\n  - digitality # two\n" },
	{ "comment behind a key", "id: a\npartners: # all\n- with: b\n",
	  "id: a\npartners: # all\n  - with: b\n" },
	{ "comment between dash and key", "id: a\npartners:\n  - # x\n    with: b\n",
	  "id: a\npartners:\n  - with: b # x\n" },
	{ "no comment", "id: a\nname: 'A #1'\ncity: a#b\n", "id: a\nname: \"A #1\"\ncity: a#b\n" },
	{ "in a text", "notes: |\n  # no comment\n  x\nid: a\n",
	  "id: a\nnotes: |\n  # no comment\n  x\n" },
	{ "behind a block", "notes: |  # said\n     x\n\n       y\nid: a\n",
	  "id: a\nnotes: |  # said\n  x\n\n    y\n" },
	{ "lines of a text stay", "notes: >-\n    one\n    two\n\n    three\nid: a\n",
	  "id: a\nnotes: >-\n  one\n  two\n\n  three\n" },
	{ "lines of quotes stay", "notes: \"one\n   two\" # c\nid: a\n",
	  "id: a\nnotes: \"one\n  two\" # c\n" },
	{ "lines of a plain text stay", "name: one\n     two\nid: a\n",
	  "id: a\nname: one\n  two\n" },
	{ "indented comment at the end", "id: a\nagenda:\n   x: 1\n   # y: 2\n",
	  "id: a\nagenda:\n  x: \"1\"\n  # y: 2\n" },
};

static void test_cases(void)
{
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		const char *before = cases[i].before;
		const char *wanted = cases[i].after ? cases[i].after : before;
		g_autoptr(GString) out = g_string_new(before);
		enum yaml_formatted done = format(before, strlen(before), out);

		if (done != (cases[i].after ? YAML_FORMAT_CHANGED : YAML_FORMAT_SAME) ||
		    strcmp(out->str, wanted) != 0) {
			g_test_message("%s: %d\n%s", cases[i].what, done, out->str);
			g_test_fail();
		}
	}
}

/* What has errors is for the reader to report; nothing is written of it. */
static void test_broken(void)
{
	g_autoptr(GString) out = g_string_new("as it was");

	g_assert_cmpint(format("id: [a\n", 7, out), ==, YAML_FORMAT_BROKEN);
	g_assert_cmpint(format("", 0, out), ==, YAML_FORMAT_BROKEN);
	g_assert_cmpstr(out->str, ==, "as it was");
}

static GPtrArray *entry_texts(void)
{
	static const char *const networks[] = { "red-stem", "ecosistema-stem", "unesco-alliance",
						"ensena-por-mexico" };
	const char *tests = g_getenv("TELAR_TESTS") ? g_getenv("TELAR_TESTS") : "tests";
	GPtrArray *texts = g_ptr_array_new_with_free_func(g_free);

	for (guint i = 0; i < G_N_ELEMENTS(networks); i++) {
		g_autofree char *folder =
			g_build_filename(tests, "..", "contrib", networks[i], "institutions", NULL);
		GDir *dir = g_dir_open(folder, 0, NULL);
		const char *name;

		g_assert_nonnull(dir);
		while ((name = g_dir_read_name(dir))) {
			g_autofree char *path = g_build_filename(folder, name, NULL);
			char *text = NULL;
			g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
			g_ptr_array_add(texts, text);
		}
		g_dir_close(dir);
	}
	return texts;
}

/* What the program writes itself is in style. */
static void test_own_style(void)
{
	g_autoptr(GPtrArray) texts = entry_texts();
	g_autoptr(GString) out = g_string_new(NULL);

	for (guint i = 0; i < texts->len; i++) {
		if (format(texts->pdata[i], strlen(texts->pdata[i]), out) != YAML_FORMAT_SAME)
			g_error("not in style: %s\n%s", (char *)texts->pdata[i], out->str);
	}
}

static guint count_of(const char *text, const char *what)
{
	guint n = 0;
	for (; (text = strstr(text, what)); text++)
		n++;
	return n;
}

/* Comments strewn over real entries, and blanks: each is there afterwards, once. */
static void test_strewn(void)
{
	g_autoptr(GPtrArray) texts = entry_texts();
	GRand *rand = g_rand_new_with_seed(7);
	guint changed = 0, left = 0;

	for (guint i = 0; i < texts->len; i++) {
		g_auto(GStrv) lines = g_strsplit(texts->pdata[i], "\n", -1);
		g_autoptr(GString) text = g_string_new(NULL), out = g_string_new(NULL);
		guint strewn = 0;

		for (char **line = lines; *line && **line; line++) {
			int what = g_rand_int_range(rand, 0, 8);
			int indent = g_rand_int_range(rand, 0, 4) * 2;
			if (what == 0)
				g_string_append_printf(text, "%*s# strewn %u\n", indent, "",
						       strewn++);
			g_string_append(text, *line);
			if (what == 1)
				g_string_append_printf(text, "  # strewn %u", strewn++);
			g_string_append(text, what == 2 ? "\n\n" : "\n");
		}
		enum yaml_formatted done = format(text->str, text->len, out);
		const char *after = done == YAML_FORMAT_CHANGED ? out->str : text->str;
		g_assert_cmpint(done, !=, YAML_FORMAT_BROKEN);
		g_assert_cmpuint(count_of(after, "# strewn "), ==, strewn);
		changed += done == YAML_FORMAT_CHANGED;
		if (done == YAML_FORMAT_LEFT && left++ < 3)
			g_test_message("left alone:\n%s", text->str);
	}
	g_test_message("%u changed, %u left alone of %u", changed, left, texts->len);
	g_assert_cmpuint(left * 50, <=, texts->len); /* rarely given up */
	g_rand_free(rand);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/format/cases", test_cases);
	g_test_add_func("/format/broken", test_broken);
	g_test_add_func("/format/own-style", test_own_style);
	g_test_add_func("/format/strewn", test_strewn);
	return g_test_run();
}
