/*
 * A draft that could not be written is not given up: it waits, with a pause, until
 * it is on disk.
 */
#include "tui/draft.h"

#include <glib/gstdio.h>

static void waits_until_written(void)
{
	g_autofree char *state = g_dir_make_tmp("telar-XXXXXX", NULL);
	g_autofree char *folder = g_build_filename(state, "drafts", NULL);
	struct drafts *drafts = drafts_open(state, "/tmp/net");
	g_autoptr(GError) error = NULL;

	/* A file where the folder should be: nothing can be made below it. */
	g_assert_true(g_file_set_contents(folder, "", 0, NULL));
	drafts_put(drafts, "institution/innovec", "{}");
	g_assert_false(drafts_flush(drafts, 1, false, &error));
	g_assert_nonnull(error);
	g_assert_cmpint(drafts_due(drafts, 2), >, 0);
	g_assert_cmpint(drafts_due(drafts, 1 + G_USEC_PER_SEC), ==, 0);
	g_assert_cmpint(g_unlink(folder), ==, 0);
	g_assert_true(drafts_flush(drafts, 2 * G_USEC_PER_SEC, false, NULL));
	g_assert_cmpint(drafts_due(drafts, 3 * G_USEC_PER_SEC), ==, -1);
	drafts_close(drafts);
	drafts = drafts_open(state, "/tmp/net");
	g_assert_cmpstr(drafts_get(drafts, "institution/innovec"), ==, "{}");
	drafts_put(drafts, "institution/innovec", NULL);
	g_assert_true(drafts_flush(drafts, 1, true, NULL));
	drafts_close(drafts);
	g_rmdir(folder);
	g_rmdir(state);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/draft/waits-until-written", waits_until_written);
	return g_test_run();
}
