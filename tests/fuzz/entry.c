/*
 * Any bytes as an entry file: read or refused, never a crash.  What is read lies
 * within the file, is judged by the field tables, and is the same once written
 * and read again.
 */
#include "data/yaml/yaml_file.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

static void check_places(const struct node *node, gsize size)
{
	g_assert_cmpuint(node->start.byte, <=, node->end.byte);
	g_assert_cmpuint(node->end.byte, <=, size);
	if (node->key)
		g_assert_cmpuint(node->key_start.byte, <=, node->key_end.byte);
	for (guint i = 0; node->type != NODE_SCALAR && i < node->children->len; i++) {
		const struct node *child = node->children->pdata[i];
		g_assert_cmpuint(node->start.byte, <=,
				 child->key ? child->key_start.byte : child->start.byte);
		g_assert_cmpuint(child->end.byte, <=, node->end.byte);
		check_places(child, size);
	}
}

/* The order of keys is the table's once written. */
static bool same(const struct node *a, const struct node *b)
{
	if (a->type != b->type)
		return false;
	if (a->type == NODE_SCALAR)
		return !strcmp(a->text, b->text);
	if (a->children->len != b->children->len)
		return false;
	for (guint i = 0; i < a->children->len; i++) {
		const struct node *x = a->children->pdata[i];
		const struct node *y = x->key ? node_get(b, x->key) : b->children->pdata[i];
		if (!y || !same(x, y))
			return false;
	}
	return true;
}

/* YAML reads no key longer than 1024 characters, and in quotes some count twice. */
static bool has_long_key(const struct node *node)
{
	if (node->key && strlen(node->key) > 500)
		return true;
	for (guint i = 0; node->type != NODE_SCALAR && i < node->children->len; i++) {
		if (has_long_key(node->children->pdata[i]))
			return true;
	}
	return false;
}

static void write_and_read(const struct record_type *type, const struct node *root)
{
	struct findings *findings = findings_new();
	g_autofree char *text = yaml_emit(type, root);
	gsize length = strlen(text);
	if (length <= YAML_FILE_MAX) {
		struct node *again = yaml_read(text, length, "again.yaml", findings);
		g_assert_true(again || has_long_key(root));
		g_assert_true(!again || same(root, again));
		node_free(again);
	}
	findings_free(findings);
}

/* Formatted, it is the same entry; formatted once more, the same bytes. */
static void format_twice(const char *text, gsize size, const struct node *root)
{
	struct findings *findings = findings_new();
	g_autoptr(GString) once = g_string_new(NULL), twice = g_string_new(NULL);
	const struct record_type *type = record_type(KIND_INSTITUTION);

	if (yaml_format(type, text, size, "a.yaml", once, findings) == YAML_FORMAT_CHANGED) {
		struct node *again = yaml_read(once->str, once->len, "a.yaml", findings);
		g_assert_nonnull(again);
		g_assert_true(same(root, again));
		node_free(again);
		g_assert_cmpint(yaml_format(type, once->str, once->len, "a.yaml", twice, findings),
				==, YAML_FORMAT_SAME);
	}
	findings_free(findings);
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
	struct findings *findings = findings_new();
	g_autofree char *text = g_memdup2(data, size); /* without NUL: reading past it is seen */
	struct node *root = yaml_read(size ? text : "", size, "institutions/a.yaml", findings);

	g_assert_true((root == NULL) == (findings->errors > 0));
	if (root) {
		check_places(root, size);
		for (guint k = 0; k < KIND_COUNT; k++) {
			struct pool *pool = pool_new();
			struct check check = { .text = text, .length = size };
			node_to_record(record_type((enum kind)k), root, &check,
				       "institutions/a.yaml", pool, findings);
			pool_unref(pool);
		}
		write_and_read(record_type(KIND_INSTITUTION), root);
		format_twice(text, size, root);
	}
	node_free(root);
	findings_free(findings);
	return 0;
}
