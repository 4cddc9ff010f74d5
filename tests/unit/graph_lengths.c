/*
 * Distances where deep ties are short.  If these fail, somebody is called a bridge by
 * ties that are not the ones asked for, or numbers of steps are shown as such of length.
 */
#include "tests/unit/graph_small.h"

#include "base/errors.h"
#include "graph/keep.h"
#include "graph/lengths.h"

#include <string.h>

static const struct net_options by_intensity = { .with_ended = true,
						 .least_intensity = -1,
						 .length = LENGTH_INTENSITY };

static struct study *study_by_length(struct small *small, const struct study *earlier)
{
	g_autoptr(GError) error = NULL;
	struct model *model = small_model(small);
	struct study *study = study_new(model, &by_intensity);
	model_unref(model);
	study_inherit(study, earlier);
	g_assert_true(study_compute(study, STUDY_MEASURES, NULL, &error));
	g_assert_no_error(error);
	return study;
}

static double whole(const struct study *study, const char *id)
{
	return study_value(study, measure_find(id));
}

static double of(const struct study *study, const char *id, guint row)
{
	return study_value_at(study, measure_find(id), row);
}

/* 0 and 1 know of each other, and both are one with 2; 3 is alone. */
static void around(void)
{
	struct small small;
	small_init(&small, 4);
	small_tie(&small, 0, 1, "awareness");
	small_tie(&small, 0, 2, "integration");
	small_tie(&small, 1, 2, "integration");
	struct study *study = study_by_length(&small, NULL);
	small_assert_near(of(study, "betweenness-raw", 2), 1, 1e-12);
	small_assert_near(of(study, "tie-betweenness", 0), 0, 1e-12);
	small_assert_near(of(study, "harmonic", 2), 8. / 3, 1e-12);
	small_assert_near(of(study, "harmonic", 3), 0, 1e-12);
	small_assert_near(of(study, "eccentricity", 0), .5, 1e-12);
	g_assert_true(isnan(of(study, "eccentricity", 3)));
	small_assert_near(whole(study, "diameter"), .5, 1e-12);
	small_assert_near(whole(study, "mean-distance"), 1. / 3, 1e-12);
	small_assert_near(whole(study, "global-efficiency"), 10. / 6, 1e-12);
	/* What is not of distance, and what is of steps, stays. */
	small_assert_near(of(study, "reach", 0), 2. / 3, 1e-12);
	small_assert_near(whole(study, "linked-pairs"), 3, 1e-12);
	study_unref(study);
	small_release(&small);
}

/* Three ties of a third are as long as one of one, and each way counts half. */
static void equally_long(void)
{
	struct small small;
	small_init(&small, 4);
	small_tie(&small, 0, 3, "awareness");
	for (guint i = 0; i < 3; i++)
		small_tie(&small, i, i + 1, "coordination");
	struct study *study = study_by_length(&small, NULL);
	small_assert_near(of(study, "betweenness-raw", 1), 1.5, 1e-12);
	small_assert_near(of(study, "betweenness-raw", 0), 0, 1e-12);
	study_unref(study);
	small_release(&small);
}

/* Where nobody states an intensity, all lengths are steps. */
static void unstated(void)
{
	struct small small;
	guint n;
	const struct measure *rows = measures_by_length(&n);
	small_init(&small, 12);
	for (guint i = 0; i < 9; i++)
		small_tie(&small, i, i * i % 7 == i ? i + 1 : i * i % 7, NULL);
	struct study *study = study_by_length(&small, NULL), *steps = small_gaps(&small);
	for (guint i = 0; i < n; i++) {
		const struct measure *measure = measure_find(rows[i].id);
		guint count = rows[i].level == LEVEL_NETWORK	   ? 1
			      : rows[i].level == LEVEL_INSTITUTION ? 12
								   : study_net(study)->m;
		for (guint k = 0; k < count; k++) {
			double x = study_value_at(study, measure, k);
			double y = study_value_at(steps, measure, k);
			g_assert_true(isnan(x) == isnan(y));
			if (!isnan(x))
				small_assert_near(x, y, 1e-12);
		}
	}
	study_unref(study);
	study_unref(steps);
	small_release(&small);
}

static struct study *triangle(const char *intensity, const struct study *earlier)
{
	struct small small;
	small_init(&small, 3);
	small_tie(&small, 0, 1, "awareness");
	small_tie(&small, 0, 2, intensity);
	small_tie(&small, 1, 2, "integration");
	struct study *study = study_by_length(&small, earlier);
	small_release(&small);
	return study;
}

/* Only what was computed of the same lengths is taken over, from memory or from bytes. */
static void kept(void)
{
	struct study *deep = triangle("integration", NULL);
	struct study *same = triangle("integration", deep);
	struct study *other = triangle("awareness", deep);
	g_assert_true(same->lengths == deep->lengths);
	small_assert_near(of(deep, "betweenness-raw", 2), 1, 1e-12);
	small_assert_near(of(other, "betweenness-raw", 2), 0, 1e-12);
	small_assert_near(whole(other, "diameter"), 1, 1e-12);
	struct study *steps = study_new(study_model(deep), NULL);
	study_inherit(steps, deep);
	g_assert_null(steps->betweenness);
	g_assert_cmpuint(study_print(deep), ==, study_print(same));
	g_assert_cmpuint(study_print(deep), !=, study_print(other));
	g_assert_cmpuint(study_print(deep), !=, study_print(steps));
	g_autoptr(GBytes) bytes = study_keep(deep);
	struct study *back = study_new(study_model(deep), &by_intensity);
	g_assert_true(study_recall(back, bytes));
	g_assert_nonnull(back->lengths);
	g_assert_true(
		memcmp(back->lengths->harmonic, deep->lengths->harmonic, 3 * sizeof(double)) == 0);
	small_assert_near(back->lengths->inverse, deep->lengths->inverse, 1e-12);
	small_assert_near(back->betweenness->vertices[2], 1, 1e-12);
	study_unref(back);
	study_unref(steps);
	study_unref(other);
	study_unref(same);
	study_unref(deep);
}

/* What would take minutes says so at once. */
static void too_large(void)
{
	struct small small;
	g_autoptr(GError) error = NULL;
	const struct measure *wanted[] = { measure_find("diameter"), measure_find("betweenness") };
	small_init(&small, 14000);
	for (guint i = 1; i < 14000; i++)
		small_tie(&small, i - 1, i, NULL);
	struct model *model = small_model(&small);
	struct study *study = study_new(model, &by_intensity);
	for (guint i = 0; i < G_N_ELEMENTS(wanted); i++) {
		g_assert_false(study_measure(study, &wanted[i], 1, NULL, &error));
		g_assert_error(error, TELAR_ERROR, TELAR_ERROR_USAGE);
		g_assert_nonnull(strstr(error->message, "14000 institutions and 13999 ties"));
		g_clear_error(&error);
	}
	study_unref(study);
	model_unref(model);
	small_release(&small);
}

/* Other words for the same rows, and the sentence says how long a tie is. */
static void words(void)
{
	guint n;
	const struct measure *rows = measures_by_length(&n);
	for (guint i = 0; i < n; i++) {
		const struct measure *measure = measure_find(rows[i].id);
		g_assert_nonnull(measure);
		g_assert_true(measure->compute == rows[i].compute);
		g_assert_cmpint(measure->level, ==, rows[i].level);
		g_assert_cmpint(measure->direction, ==, rows[i].direction);
		g_assert_cmpstr(measure->label, !=, rows[i].label);
		g_assert_nonnull(strstr(rows[i].definition, "1/intensity long"));
		g_assert_nonnull(strstr(rows[i].sentence, "deep"));
		g_assert_cmpint(g_utf8_strlen(rows[i].brief, -1), <=, 8);
		g_assert_true(measure_worded(measure, LENGTH_STEPS) == measure);
		g_assert_true(measure_worded(measure, LENGTH_INTENSITY) == &rows[i]);
	}
	struct study *study = triangle("integration", NULL);
	g_autofree char *says = study_sentence(study, measure_find("diameter"), -1);
	g_assert_nonnull(strstr(says, "as much as 0.50 ties of awareness"));
	study_unref(study);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/lengths/around", around);
	g_test_add_func("/lengths/equally-long", equally_long);
	g_test_add_func("/lengths/unstated", unstated);
	g_test_add_func("/lengths/kept", kept);
	g_test_add_func("/lengths/too-large", too_large);
	g_test_add_func("/lengths/words", words);
	return g_test_run();
}
