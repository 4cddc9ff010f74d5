/*
 * The schemas in contrib/schema/ are what the field tables give.  With
 * TELAR_UPDATE=1 they are written anew instead.
 */
#include "data/schema.h"

#include <gio/gio.h>
#include <json-glib/json-glib.h>

static void up_to_date(void)
{
	const char *tests = g_getenv("TELAR_TESTS") ? g_getenv("TELAR_TESTS") : "tests";

	for (guint k = 0; k < KIND_COUNT; k++) {
		g_autofree char *file = g_strdup_printf("%s.json", record_type((enum kind)k)->name);
		g_autofree char *path =
			g_build_filename(tests, "..", "contrib", "schema", file, NULL);
		g_autofree char *wanted = schema_json((enum kind)k);
		g_autofree char *there = NULL;
		g_autoptr(JsonParser) parser = json_parser_new();

		g_assert_true(json_parser_load_from_data(parser, wanted, -1, NULL));
		if (g_getenv("TELAR_UPDATE"))
			g_assert_true(g_file_set_contents(path, wanted, -1, NULL));
		g_assert_true(g_file_get_contents(path, &there, NULL, NULL));
		if (g_strcmp0(there, wanted))
			g_error("%s is stale: TELAR_UPDATE=1 make check writes it anew", path);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/schema/up-to-date", up_to_date);
	return g_test_run();
}
