/*
 * Kinds of gaps that are looked for beside each other: what is found is what one after another
 * finds, and a kind that would make something then ends the program.
 */
#include "base/errors.h"
#include "graph/gaps/gaps.h"
#include "graph/ig.h"
#include "tests/unit/graph_small.h"

static struct study *study_among(guint members)
{
	struct model *model = small_generated(members, 8, 5, GENERATE_TERRITORIES);
	struct study *study = study_new(model, NULL);
	model_unref(model);
	return study;
}

/* As when a computation ends: what igraph was given goes with it. */
static void at_the_end(struct study *study)
{
	g_clear_pointer(&study->graph, ig_graph_free);
	ig_end();
}

static GPtrArray *one_by_one(struct study *study)
{
	guint kinds;
	const struct gap_kind *table = gap_kinds(&kinds);
	GPtrArray *found = g_ptr_array_new_with_free_func((GDestroyNotify)gap_free);
	g_autoptr(GError) error = NULL;
	ig_begin(NULL);
	for (guint i = 0; i < kinds; i++)
		g_assert_true(table[i].find(study, &table[i], found, &error));
	at_the_end(study);
	g_assert_no_error(error);
	return found;
}

static void same_texts(const GPtrArray *a, const GPtrArray *b)
{
	g_assert_cmpuint(a->len, ==, b->len);
	for (guint i = 0; i < a->len; i++)
		g_assert_cmpstr(a->pdata[i], ==, b->pdata[i]);
}

static void same_gap(const struct gap *a, const struct gap *b)
{
	g_assert_cmpstr(a->id, ==, b->id);
	g_assert_true(a->kind == b->kind && a->severity == b->severity);
	g_assert_cmpstr(a->title, ==, b->title);
	same_texts(a->evidence, b->evidence);
	g_assert_cmpuint(a->candidates->len, ==, b->candidates->len);
	for (guint i = 0; i < a->candidates->len; i++) {
		const struct candidate *p = a->candidates->pdata[i], *q = b->candidates->pdata[i];
		g_assert_true(p->a == q->a && p->b == q->b && p->introducer == q->introducer);
		g_assert_cmpstr(p->why, ==, q->why);
	}
	g_assert_cmpuint(a->institutions->len, ==, b->institutions->len);
	for (guint i = 0; i < a->institutions->len; i++)
		g_assert_cmpuint(g_array_index(a->institutions, guint, i), ==,
				 g_array_index(b->institutions, guint, i));
}

/* Also what is left out for space: it is remembered whoever found it. */
static void same_unlisted(const struct study *a, const struct study *b)
{
	GHashTableIter ids;
	gpointer id;
	g_assert_true(a->unlisted != NULL && b->unlisted != NULL);
	g_assert_cmpuint(g_hash_table_size(a->unlisted), ==, g_hash_table_size(b->unlisted));
	g_hash_table_iter_init(&ids, a->unlisted);
	while (g_hash_table_iter_next(&ids, &id, NULL))
		g_assert_true(g_hash_table_contains(b->unlisted, id));
}

/* In the same order, ten times, as threads take turns anew each time. */
static void same_as_one_by_one(void)
{
	struct study *alone = study_among(600);
	g_autoptr(GPtrArray) expected = one_by_one(alone);
	g_assert_cmpuint(expected->len, >, 50);
	for (guint round = 0; round < 10; round++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(GPtrArray) found =
			g_ptr_array_new_with_free_func((GDestroyNotify)gap_free);
		struct study *study = study_among(600);
		ig_begin(NULL);
		g_assert_true(gaps_find(study, found, &error));
		at_the_end(study);
		g_assert_no_error(error);
		g_assert_cmpuint(found->len, ==, expected->len);
		for (guint i = 0; i < found->len; i++)
			same_gap(found->pdata[i], expected->pdata[i]);
		same_unlisted(study, alone);
		study_unref(study);
	}
	study_unref(alone);
}

/* Nobody there, nobody tied: nothing that was made before is missed. */
static void small_networks(void)
{
	for (guint members = 0; members < 12; members++) {
		struct study *study = study_among(members);
		g_autoptr(GError) error = NULL;
		g_assert_true(study_compute(study, STUDY_GAPS, NULL, &error));
		g_assert_no_error(error);
		study_unref(study);
	}
}

static void cancelled(void)
{
	struct study *study = study_among(600);
	g_autoptr(GCancellable) cancel = g_cancellable_new();
	g_autoptr(GError) error = NULL;
	g_assert_true(study_compute(study, STUDY_MEASURES, NULL, &error));
	g_cancellable_cancel(cancel);
	g_assert_false(study_compute(study, STUDY_GAPS, cancel, &error));
	g_assert_error(error, TELAR_ERROR, TELAR_ERROR_CANCELLED);
	g_assert_false(study->read_only || study_has(study, STUDY_GAPS));
	g_clear_error(&error);
	g_assert_true(study_compute(study, STUDY_GAPS, NULL, &error));
	g_assert_no_error(error);
	study_unref(study);
}

static void nothing_is_made(void)
{
	if (g_test_subprocess()) {
		struct study *study = study_among(20);
		study->read_only = true;
		study_traits(study);
		return;
	}
	g_test_trap_subprocess(NULL, 0, 0);
	g_test_trap_assert_failed();
	g_test_trap_assert_stderr("*read_only*");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/search/same-as-one-by-one", same_as_one_by_one);
	g_test_add_func("/search/small-networks", small_networks);
	g_test_add_func("/search/cancelled", cancelled);
	g_test_add_func("/search/nothing-is-made", nothing_is_made);
	return g_test_run();
}
