/*
 * What our own reader would refuse is not written: a person who is told "saved"
 * must find the entry there.
 */
#include "tests/unit/data_fixture.h"
#include "tests/unit/interrupted.h"

#include "data/import/write.h"
#include "data/node.h"
#include "data/yaml/yaml_file.h"

static struct node *crowded(void)
{
	struct node *root = node_map();
	struct node *offers = node_list();

	node_append(root, "id", node_scalar("gamma"));
	node_append(root, "name", node_scalar("Gamma"));
	node_append(root, "sector", node_scalar("edustem"));
	for (guint i = 0; i < 6000; i++)
		node_append(node_append(offers, NULL, node_map()), "capacity",
			    node_scalar("content"));
	node_append(root, "offers", offers);
	return root;
}

static void test_too_much(struct fixture *f, gconstpointer data)
{
	struct node *root = crowded();
	g_autofree char *json = node_to_json(root);
	struct change *change = change_new();
	g_autoptr(GError) error = NULL;

	(void)data;
	change_create(change, KIND_INSTITUTION, "gamma", json);
	g_assert_false(workspace_apply(f->workspace, change, &error));
	g_assert_error(error, TELAR_ERROR, TELAR_ERROR_USAGE);
	g_clear_error(&error);
	change_free(change);
	g_assert_null(institution(f, "gamma"));
	g_assert_null(yaml_emit_checked(record_type(KIND_INSTITUTION), root,
					"institutions/gamma.yaml", &error));
	g_assert_error(error, TELAR_ERROR, TELAR_ERROR_USAGE);
	node_free(root);
	assert_agrees(f);
}

/* In an empty directory that stands there, and in one whose parents are to be made. */
static void test_network(struct fixture *f, gconstpointer data)
{
	g_autofree char *empty = g_build_filename(f->dir, "empty", NULL);
	g_autofree char *deep = g_build_filename(f->dir, "one", "two", NULL);
	struct node *network = node_map();
	const struct tree_file file = { KIND_NETWORK, NULL, network };
	g_autoptr(GArray) files = g_array_new(FALSE, FALSE, sizeof file);
	GStatBuf before, after;

	(void)data;
	node_append(network, "id", node_scalar("net"));
	node_append(network, "name", node_scalar("Net"));
	g_array_append_val(files, file);
	g_assert_cmpint(g_mkdir(empty, 0777), ==, 0);
	g_assert_cmpint(g_stat(empty, &before), ==, 0);
	g_assert_true(network_write(files, empty, NULL));
	g_assert_true(network_write(files, deep, NULL));
	g_assert_false(network_write(files, empty, NULL)); /* somebody's now */
	g_assert_cmpint(g_stat(empty, &after), ==, 0);
	g_assert_cmpuint(before.st_ino, ==, after.st_ino); /* a shell may stand in it */
	g_autofree char *text = get_file(empty, "network.yaml");
	g_autofree char *other = get_file(deep, "network.yaml");
	g_assert_cmpstr(text, ==,
			"# yaml-language-server: $schema=../schema/network.json\n"
			"id: net\nname: Net\n");
	g_assert_cmpstr(text, ==, other);
	node_free(network);
}

/* If it fails, who interrupts an import finds thousands of files beside what was to be made. */
static void test_interrupted(struct fixture *f, gconstpointer data)
{
	g_autofree char *into = g_build_filename(f->dir, "new", "net", NULL);
	g_autofree char *beside = g_path_get_dirname(into);
	struct node *network = node_map();
	const struct tree_file file = { KIND_NETWORK, NULL, network };
	g_autoptr(GArray) files = g_array_new(FALSE, FALSE, sizeof file);
	g_autoptr(GError) error = NULL;
	struct interrupted interrupted;

	(void)data;
	node_append(network, "id", node_scalar("net"));
	g_array_append_val(files, file);
	interrupted_begin(&interrupted);
	g_assert_false(network_write(files, into, &error));
	g_assert_error(error, TELAR_ERROR, TELAR_ERROR_CANCELLED);
	g_assert_cmpint(g_rmdir(beside), ==, 0); /* nothing is in it */
	interrupted_end(&interrupted);
	node_free(network);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
#define TEST(name, function)                                                                       \
	g_test_add("/data/emit/" name, struct fixture, NULL, set_up, function, tear_down)
	TEST("too-much", test_too_much);
	TEST("network", test_network);
	TEST("interrupted", test_interrupted);
	return g_test_run();
}
