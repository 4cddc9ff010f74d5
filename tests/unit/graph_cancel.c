/*
 * A computation that somebody gave up ends soon, wherever it is.  If these fail, a
 * key that leaves a screen waits for what nobody wants any more.
 */
#include "tests/unit/graph_small.h"

#include "base/errors.h"
#include "graph/export/export.h"

#include <glib/gstdio.h>

#define CANCELS 20
#define SOON	250000	/* microseconds: what is promised */
#define LATE	1500000 /* no machine is so busy */

static struct model *generated(guint n, enum generate_shape shape)
{
	return small_generated(n, n / 50, 8, shape);
}

struct run {
	const struct model *model;
	GCancellable *cancel;
	gint64 ended;
	bool done;
};

static gpointer compute(gpointer data)
{
	struct run *run = data;
	g_autoptr(GError) error = NULL;
	struct study *study = study_new(run->model, NULL);
	run->done = study_compute(study, STUDY_ALL, run->cancel, &error);
	run->ended = g_get_monotonic_time();
	if (!run->done)
		g_assert_error(error, TELAR_ERROR, TELAR_ERROR_CANCELLED);
	study_unref(study);
	return NULL;
}

/* How long it went on after a cancel `after` microseconds from its beginning; 0 when it was done.
 */
static gint64 outlived(const struct model *model, gint64 after)
{
	struct run run = { .model = model, .cancel = g_cancellable_new() };
	gint64 asked, began = g_get_monotonic_time();
	GThread *thread = g_thread_new("study", compute, &run);
	while (g_get_monotonic_time() < began + after)
		g_usleep((gulong)MIN(began + after - g_get_monotonic_time() + 1, 1000));
	g_cancellable_cancel(run.cancel);
	asked = g_get_monotonic_time();
	g_thread_join(thread);
	g_object_unref(run.cancel);
	return run.done ? 0 : MAX(run.ended - asked, 0);
}

static void soon(guint n, enum generate_shape shape)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(n);
	struct model *model = generated(n, shape);
	struct run whole = { .model = model };
	gint64 began = g_get_monotonic_time(), worst = 0;
	guint late = 0;
	compute(&whole);
	g_assert_true(whole.done);
	gint64 all = g_get_monotonic_time() - began;
	for (guint i = 0; i < CANCELS; i++) {
		gint64 after = (gint64)((double)all * (i + g_rand_double(rand)) / CANCELS);
		gint64 more = outlived(model, after);
		g_test_message("%.0f ms of %.0f: %.0f ms more", (double)after / 1e3,
			       (double)all / 1e3, (double)more / 1e3);
		late += more > SOON;
		worst = MAX(worst, more);
	}
	/* The machine may be busy with something else, once or twice. */
	g_assert_cmpuint(late, <=, 2);
	g_assert_cmpint(worst, <, LATE);
	model_unref(model);
}

/* -m slow: at the size that is promised for; it takes a minute. */
static void territories(void)
{
	soon(g_test_slow() ? 5000 : 800, GENERATE_TERRITORIES);
}

static void grid(void)
{
	soon(g_test_slow() ? 1500 : 400, GENERATE_GRID);
}

static void stars(void)
{
	soon(g_test_slow() ? 2500 : 600, GENERATE_STARS);
}

/* A cancelled export says so and leaves nothing behind. */
static void exports(void)
{
	g_autofree char *dir = g_dir_make_tmp("telar-XXXXXX", NULL);
	struct model *model = generated(100, GENERATE_TERRITORIES);
	struct study *study = study_new(model, NULL);
	g_autoptr(GCancellable) cancel = g_cancellable_new();
	guint n;
	const struct export_format *formats = export_formats(&n);
	g_assert_true(study_compute(study, STUDY_MEASURES, NULL, NULL));
	g_cancellable_cancel(cancel);
	for (guint i = 0; i < n; i++) {
		g_autoptr(GError) error = NULL;
		g_autofree char *path = g_build_filename(dir, formats[i].id, NULL);
		struct export_options options = {
			.path = path, .filter = "", .version = "test", .cancel = cancel
		};
		g_assert_false(formats[i].write(study, &options, &error));
		g_assert_error(error, TELAR_ERROR, TELAR_ERROR_CANCELLED);
		g_assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
	}
	g_assert_cmpint(g_rmdir(dir), ==, 0);
	study_unref(study);
	model_unref(model);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/cancel/territories", territories);
	g_test_add_func("/cancel/grid", grid);
	g_test_add_func("/cancel/stars", stars);
	g_test_add_func("/cancel/exports", exports);
	return g_test_run();
}
