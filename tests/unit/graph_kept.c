/*
 * Slow results in the store of a network's directory.  If these fail, a large network
 * is computed anew at every opening, or somebody is stopped because it cannot be kept.
 */
#include "tests/unit/graph_small.h"

#include "data/store/store.h"
#include "graph/kept.h"
#include "graph/work.h"

#include <glib/gstdio.h>

static struct study *computed(struct model *model)
{
	struct study *study = study_new(model, NULL);
	g_assert_true(study_compute(study, STUDY_MEASURES, NULL, NULL));
	return study;
}

static bool is_recalled(struct model *model, const char *directory)
{
	struct study *study = study_new(model, NULL);
	study_recall_from(study, directory);
	bool recalled = study->distances != NULL && study->betweenness != NULL;
	study_unref(study);
	return recalled;
}

static void kept(void)
{
	g_autofree char *directory = g_dir_make_tmp("telar-XXXXXX", NULL);
	g_autofree char *hidden = g_build_filename(directory, ".telar", NULL);
	g_autofree char *file = g_build_filename(hidden, "network.telar", NULL);
	struct model *large = small_generated(800, 40, 14, GENERATE_TERRITORIES);
	struct model *other = small_generated(801, 40, 14, GENERATE_TERRITORIES);
	struct study *study = computed(large);
	/* Neither without a directory nor without a store, and no store is made for it. */
	study_keep_in(study, NULL);
	study_keep_in(study, directory);
	g_assert_false(is_recalled(large, directory));
	g_assert_false(g_file_test(hidden, G_FILE_TEST_EXISTS));
	g_assert_cmpint(g_mkdir(hidden, 0700), ==, 0);
	store_close(store_open(file, false, NULL));
	study_keep_in(study, directory);
	g_assert_true(is_recalled(large, directory));
	g_assert_false(is_recalled(other, directory));
	study_unref(study);
	model_unref(large);
	model_unref(other);
	g_autoptr(GDir) dir = g_dir_open(hidden, 0, NULL);
	for (const char *name; (name = g_dir_read_name(dir)) != NULL;) {
		g_autofree char *path = g_build_filename(hidden, name, NULL);
		g_remove(path);
	}
	g_rmdir(hidden);
	g_rmdir(directory);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/kept/in-the-store", kept);
	return g_test_run();
}
