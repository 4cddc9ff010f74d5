/*
 * What a name that is typed for an export leads to: a file, a directory, or a word
 * about the endings that there are.
 */
#include "tests/unit/tui_crowd.h"
#include "tui/session.h"

#include <glib/gstdio.h>

static bool export_to(struct crowd *crowd, const char *path, GError **error)
{
	return session_export(crowd->study, "", NULL, path, ',', NULL, error);
}

/* If it fails, somebody has a directory called x.csv, or is not told which formats there are. */
static void endings(void)
{
	g_autofree char *place = g_dir_make_tmp("telar-XXXXXX", NULL);
	g_autofree char *csv = g_build_filename(place, "x.csv", NULL);
	g_autofree char *sheet = g_build_filename(place, "x.xlsx", NULL);
	g_autofree char *graph = g_build_filename(place, "x.graphml", NULL);
	g_autoptr(GError) tables = NULL, none = NULL, error = NULL;
	struct crowd crowd;

	crowd_open(&crowd, 30, 4, true);
	g_assert_false(export_to(&crowd, csv, &tables));
	g_assert_nonnull(strstr(tables->message, "without .csv"));
	g_assert_false(g_file_test(csv, G_FILE_TEST_EXISTS));
	g_assert_false(export_to(&crowd, sheet, &none));
	g_assert_nonnull(strstr(none->message, ".xlsx"));
	g_assert_nonnull(strstr(none->message, ".graphml"));
	g_assert_nonnull(strstr(none->message, "directory: csv"));
	g_assert_true(export_to(&crowd, graph, &error));
	g_assert_no_error(error);
	crowd_key(&crowd, 'x');
	crowd_sees(&crowd, "is a directory: csv");
	g_assert_cmpint(g_unlink(graph), ==, 0);
	g_assert_cmpint(g_rmdir(place), ==, 0);
	crowd_close(&crowd);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/export/endings", endings);
	return g_test_run();
}
