/*
 * JSON out of a store or a draft, which anybody may have written: what nests
 * without end is refused and exhausts no stack.
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

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/data/json/depth", test_depth);
	return g_test_run();
}
