/*
 * Entries that explain themselves: every field is named, what is a comment becomes
 * right YAML once the mark is taken out, and what is set is what is read.
 */
#include "data/yaml/yaml_file.h"

#include <string.h>

/* All fields that are commented out, taken in. */
static char *taken_in(const char *text)
{
	GString *out = g_string_new(NULL);
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	for (char **line = lines; *line; line++) {
		bool words = g_str_has_prefix(*line, "# ") && (*line)[2] != ' ';
		g_string_append_printf(out, "%s\n", **line == '#' && !words ? *line + 1 : *line);
	}
	return g_string_free(out, FALSE);
}

static void has_all(const struct record_type *type, const struct node *map)
{
	for (guint i = 0; i < type->n_fields; i++) {
		const struct field *field = &type->fields[i];
		const struct node *node = node_get(map, field->key);

		if (field->flags & FIELD_DERIVED)
			continue;
		g_assert_nonnull(node);
		if (field->type == FIELD_GROUP)
			has_all(field->sub, node);
		if (field->type == FIELD_ITEMS) {
			g_assert_cmpuint(node->children->len, ==, 1);
			has_all(field->sub, node->children->pdata[0]);
		}
	}
}

static void test_all_kinds(void)
{
	for (guint k = 0; k < KIND_COUNT; k++) {
		const struct record_type *type = record_type((enum kind)k);
		g_autofree char *text = yaml_template(type, NULL);
		g_autofree char *whole = taken_in(text);
		struct findings *findings = findings_new();
		struct pool *pool = pool_new();
		struct check check = { .text = whole, .length = strlen(whole) };
		struct node *root = yaml_read(whole, strlen(whole), NULL, findings);

		g_assert_nonnull(root);
		has_all(type, root);
		node_to_record(type, root, &check, NULL, pool, findings);
		for (guint i = 0; i < findings->all->len; i++) {
			const struct finding *finding = findings->all->pdata[i];
			g_assert_cmpstr(finding->code, ==, "required"); /* that is left to people */
		}
		node_free(root);
		pool_unref(pool);
		findings_free(findings);
	}
}

/* A filled one is the record and nothing else, and fmt finds it in style. */
static void test_filled(void)
{
	const struct record_type *type = record_type(KIND_INSTITUTION);
	static const char json[] = "{\"id\":\"a\",\"name\":\"A: b\",\"sector\":\"edustem\","
				   "\"lines\":[\"climate\"],\"partners\":[{\"with\":\"b\"}]}";
	struct node *wanted = node_from_json(json, NULL);
	g_autofree char *text = yaml_template(type, wanted);
	g_autoptr(GString) out = g_string_new(NULL);
	struct findings *findings = findings_new();
	struct node *root = yaml_read(text, strlen(text), "institutions/a.yaml", findings);

	g_assert_nonnull(root);
	g_assert_cmpuint(root->children->len, ==, wanted->children->len);
	for (guint i = 0; i < wanted->children->len; i++) {
		const struct node *child = wanted->children->pdata[i];
		g_assert_true(node_equal(child, node_get(root, child->key)));
	}
	g_assert_nonnull(strstr(text, "\n#city:\n"));
	g_assert_cmpint(yaml_format(type, text, strlen(text), NULL, out, findings), ==,
			YAML_FORMAT_SAME);
	node_free(root);
	node_free(wanted);
	findings_free(findings);
}

/* contrib/template/ is what the program gives, in English.  TELAR_UPDATE=1 writes it anew. */
static void test_up_to_date(void)
{
	const char *tests = g_getenv("TELAR_TESTS") ? g_getenv("TELAR_TESTS") : "tests";

	for (guint k = 0; k < KIND_COUNT; k++) {
		const struct record_type *type = record_type((enum kind)k);
		g_autofree char *file = g_strdup_printf("%s.yaml", type->name);
		g_autofree char *path =
			g_build_filename(tests, "..", "contrib", "template", file, NULL);
		g_autofree char *wanted = yaml_template(type, NULL);
		g_autofree char *there = NULL;

		if (g_getenv("TELAR_UPDATE"))
			g_assert_true(g_file_set_contents(path, wanted, -1, NULL));
		g_assert_true(g_file_get_contents(path, &there, NULL, NULL));
		if (g_strcmp0(there, wanted) != 0)
			g_error("%s is stale: TELAR_UPDATE=1 writes it anew", path);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/template/all-kinds", test_all_kinds);
	g_test_add_func("/template/filled", test_filled);
	g_test_add_func("/template/up-to-date", test_up_to_date);
	return g_test_run();
}
