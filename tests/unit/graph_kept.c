/*
 * Slow results in the store of a network's directory.  If these fail, a large network
 * is computed anew at every opening, or somebody is stopped because it cannot be kept.
 */
#include "tests/unit/graph_small.h"

#include "data/store/store.h"
#include "graph/keep.h"
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

struct place {
	char *directory, *hidden, *file;
};

static void place_make(struct place *place)
{
	place->directory = g_dir_make_tmp("telar-XXXXXX", NULL);
	place->hidden = g_build_filename(place->directory, ".telar", NULL);
	place->file = g_build_filename(place->hidden, "network.telar", NULL);
}

static void place_store(const struct place *place)
{
	g_assert_cmpint(g_mkdir(place->hidden, 0700), ==, 0);
	store_close(store_open(place->file, false, NULL));
}

static void place_drop(struct place *place)
{
	GDir *dir = g_dir_open(place->hidden, 0, NULL);
	for (const char *name; (name = g_dir_read_name(dir)) != NULL;) {
		g_autofree char *path = g_build_filename(place->hidden, name, NULL);
		g_remove(path);
	}
	g_dir_close(dir);
	g_rmdir(place->hidden);
	g_rmdir(place->directory);
	g_free(place->file);
	g_free(place->hidden);
	g_free(place->directory);
}

static void kept(void)
{
	struct place place;
	place_make(&place);
	const char *directory = place.directory;
	struct model *large = small_generated(800, 40, 14, GENERATE_TERRITORIES);
	struct model *other = small_generated(801, 40, 14, GENERATE_TERRITORIES);
	struct study *study = computed(large);
	/* Neither without a directory nor without a store, and no store is made for it. */
	study_keep_in(study, NULL);
	study_keep_in(study, directory);
	g_assert_false(is_recalled(large, directory));
	g_assert_false(g_file_test(place.hidden, G_FILE_TEST_EXISTS));
	place_store(&place);
	study_keep_in(study, directory);
	g_assert_true(is_recalled(large, directory));
	g_assert_false(is_recalled(other, directory));
	study_unref(study);
	model_unref(large);
	model_unref(other);
	place_drop(&place);
}

/* If it fails, a new version goes on showing what an older one would say by fewer random networks.
 */
static void former_form(void)
{
	struct place place;
	place_make(&place);
	place_store(&place);
	struct model *model = small_generated(800, 40, 14, GENERATE_TERRITORIES);
	struct study *study = computed(model);
	g_autoptr(GBytes) bytes = study_keep(study);
	g_autofree char *print = g_strdup_printf("%016" G_GINT64_MODIFIER "x", study_print(study));
	g_autofree char *basis = g_strdup_printf("5 %s %d", TELAR_VERSION, G_BYTE_ORDER);
	const struct cache_key key = {
		.kind = "works", .filter = print, .basis = basis, .fingerprint = study_print(study)
	};
	struct store *store = store_open(place.file, false, NULL);
	g_assert_true(store_cache_put(store, &key, 0, bytes, NULL));
	store_close(store);
	g_assert_false(is_recalled(model, place.directory));
	study_keep_in(study, place.directory);
	g_assert_true(is_recalled(model, place.directory));
	study_unref(study);
	model_unref(model);
	place_drop(&place);
}

/* If it fails, one look at a part, or at another day, throws away what is known of the whole. */
static void side_by_side(void)
{
	struct place place;
	place_make(&place);
	place_store(&place);
	struct model *whole = small_generated(800, 40, 14, GENERATE_TERRITORIES);
	struct model *other = small_generated(801, 40, 14, GENERATE_TERRITORIES);
	struct study *study = computed(whole);
	study_keep_in(study, place.directory);
	study_unref(study);
	study = computed(other);
	study_keep_in(study, place.directory);
	study_unref(study);
	g_assert_true(is_recalled(whole, place.directory));
	g_assert_true(is_recalled(other, place.directory));
	/* More parts than are kept. */
	for (guint i = 0; i < 10; i++) {
		g_autofree char *text =
			g_strdup_printf("id!=%s", model_institution(whole, i)->base.id);
		struct filter *filter = filter_parse(text, KIND_INSTITUTION, NULL, NULL, NULL);
		struct net_options options = { .filter = filter,
					       .with_ended = true,
					       .least_intensity = -1 };
		study = study_new(whole, &options);
		g_assert_cmpuint(study_net(study)->n, ==, 799);
		g_assert_true(study_measure(
			study, (const struct measure *const[]){ measure_find("betweenness") }, 1,
			NULL, NULL));
		study_keep_in(study, place.directory);
		study_unref(study);
		filter_free(filter);
	}
	g_assert_true(is_recalled(whole, place.directory));
	model_unref(whole);
	model_unref(other);
	place_drop(&place);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/kept/in-the-store", kept);
	g_test_add_func("/kept/former-form", former_form);
	g_test_add_func("/kept/side-by-side", side_by_side);
	return g_test_run();
}
