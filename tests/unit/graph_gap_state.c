/*
 * What people decide about gaps: the moves that are allowed, what counts as open
 * again on a later day, and what lists leave out.
 */
#include "tests/unit/graph_small.h"

#include "base/errors.h"
#include "data/node.h"
#include "graph/gap_row.h"

#include <string.h>

static const struct date day = { 2026, 11, 22 };

/* A hub with three pupils: G10:i000 is found. */
static struct model *network(struct small *small)
{
	static const guint pairs[][2] = { { 0, 1 }, { 0, 2 }, { 0, 3 }, { 3, 4 }, { 4, 5 } };
	small_init(small, 6);
	small_ties(small, pairs, G_N_ELEMENTS(pairs));
	return small_model(small);
}

/* As workspace_apply does, without files. */
static struct model *apply(struct model *model, struct change *change)
{
	for (guint i = 0; i < change->ops->len; i++) {
		struct op *op = g_ptr_array_index(change->ops, i);
		const struct record_type *type = record_type(op->kind);
		const void *old = model_get(model, op->kind, op->id);
		g_autoptr(GError) error = NULL;
		struct findings *findings = findings_new();
		struct pool *pool = pool_new();
		struct node *tree = NULL;
		op_apply(op, old ? node_from_record(type, old) : NULL, &tree, &error);
		g_assert_no_error(error);
		void *record = node_to_record(type, tree, NULL, NULL, pool, findings);
		g_assert_nonnull(record);
		struct model *next = model_with(model, op->kind, op->id, record, pool);
		model_unref(model);
		model = next;
		pool_unref(pool);
		node_free(tree);
		findings_free(findings);
	}
	change_free(change);
	return model;
}

static struct model *move(struct model *model, const char *gap, struct gap_move step)
{
	g_autoptr(GError) error = NULL;
	struct change *change = gap_move(model, gap, &step, day, &error);
	g_assert_no_error(error);
	return apply(model, change);
}

static void refuse(const struct model *model, struct gap_move step)
{
	g_autoptr(GError) error = NULL;
	g_assert_null(gap_move(model, "G10:i000", &step, day, &error));
	g_assert_error(error, TELAR_ERROR, TELAR_ERROR_USAGE);
}

static void refusals(void)
{
	struct small small;
	struct model *model = network(&small);
	refuse(model, (struct gap_move){ .status = "introducd" });
	refuse(model, (struct gap_move){ .status = "dismissed" });
	refuse(model, (struct gap_move){ .status = "dismissed", .reason = "" });
	refuse(model, (struct gap_move){ .status = "snoozed" });
	refuse(model, (struct gap_move){ .status = "snoozed", .until = "2026-11-22" });
	refuse(model, (struct gap_move){ .status = "snoozed", .until = "2026-11" });
	refuse(model, (struct gap_move){ .status = "snoozed", .until = "soon" });
	refuse(model, (struct gap_move){ .status = "met", .until = "2027" });
	model_unref(model);
	small_release(&small);
}

static void moves(void)
{
	struct small small;
	struct model *model = network(&small);
	const char *id = "G10:i000";
	model = move(model, id, (struct gap_move){ .status = "proposed", .owner = "ana" });
	model = move(model, "G5:part", (struct gap_move){ .status = "met" });
	model = move(model, id, (struct gap_move){ .status = "introduced", .reason = "by mail" });
	const struct gap_state *state = gap_state_find(model, id);
	g_assert_cmpstr(state->status, ==, "introduced");
	g_assert_cmpstr(state->owner, ==, "ana"); /* stays until said otherwise */
	g_assert_cmpstr(state->reason, ==, "by mail");
	g_assert_cmpint(date_compare(state->updated, day), ==, 0);
	model = move(model, id, (struct gap_move){ .status = "snoozed", .until = "2027-03" });
	g_assert_cmpint(gap_state_find(model, id)->until.month, ==, 3);
	model = move(model, id, (struct gap_move){ .status = "dismissed", .reason = "too small" });
	g_assert_false(date_is_set(gap_state_find(model, id)->until));
	model = move(model, id, (struct gap_move){ .status = "open" });
	g_assert_null(gap_state_find(model, id)->reason); /* said why it was dismissed */
	model = move(model, id, (struct gap_move){ .status = "closed", .reason = "they signed" });
	g_assert_cmpstr(gap_state_find(model, id)->reason, ==, "they signed");
	model = move(model, id, (struct gap_move){ .status = "open" });
	g_assert_null(gap_state_find(model, id)->reason); /* said why it was closed */
	model = move(model, id, (struct gap_move){ .owner = "" });
	g_assert_null(gap_state_find(model, id)->owner);
	g_assert_cmpstr(gap_state_find(model, "G5:part")->status, ==, "met");
	model_unref(model);
	small_release(&small);
}

/* How the gap stands on a day, with a state of these words. */
static struct gap *stand(const char *status, struct date updated, struct date until,
			 struct date today)
{
	struct gap_state state = { .status = status, .updated = updated, .until = until };
	struct gap *gap = gap_new(gap_kind_find("G10"), g_strdup("G10:x"), .5, g_strdup("x"));
	gap_stand(gap, &state, today);
	return gap;
}

static void on_days(void)
{
	static const struct {
		const char *status;
		struct date updated, until, today;
		enum gap_status counts;
		bool hidden, note;
	} cases[] = {
		{ "closed", { 2026, 11, 22 }, { 0 }, { 2026, 11, 22 }, GAP_CLOSED, true, false },
		{ "closed", { 2026, 11, 22 }, { 0 }, { 2026, 11, 23 }, GAP_OPEN, false, true },
		{ "closed", { 2026, 11, 0 }, { 0 }, { 2026, 11, 30 }, GAP_CLOSED, true, false },
		{ "closed", { 0 }, { 0 }, { 2026, 11, 30 }, GAP_OPEN, false, true },
		{ "snoozed", { 0 }, { 2027, 3, 0 }, { 2027, 2, 28 }, GAP_SNOOZED, true, false },
		{ "snoozed", { 0 }, { 2027, 3, 0 }, { 2027, 3, 1 }, GAP_OPEN, false, true },
		{ "dismissed", { 2020, 1, 1 }, { 0 }, { 2027, 3, 1 }, GAP_DISMISSED, true, false },
		{ "working", { 2020, 1, 1 }, { 0 }, { 2027, 3, 1 }, GAP_WORKING, false, false },
	};
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct gap *gap =
			stand(cases[i].status, cases[i].updated, cases[i].until, cases[i].today);
		g_assert_cmpint(gap->status, ==, cases[i].counts);
		g_assert_true(gap->hidden == cases[i].hidden);
		g_assert_true((gap->note != NULL) == cases[i].note);
		gap_free(gap);
	}
}

static void steps(void)
{
	g_assert_cmpint(gap_status_next(GAP_OPEN, 1), ==, GAP_PROPOSED);
	g_assert_cmpint(gap_status_next(GAP_OPEN, -1), ==, GAP_OPEN);
	g_assert_cmpint(gap_status_next(GAP_CLOSED, 1), ==, GAP_CLOSED);
	g_assert_cmpint(gap_status_next(GAP_DISMISSED, 1), ==, GAP_OPEN);
	for (guint i = 0; i <= GAP_SNOOZED; i++) {
		enum gap_status back;
		g_assert_true(gap_status_parse(gap_status_id((enum gap_status)i), &back));
		g_assert_cmpint(back, ==, i);
	}
	g_assert_null(choice_gap_status[GAP_SNOOZED + 1].id);
}

static void out_of_sight(void)
{
	struct small small;
	struct model *model = network(&small);
	model = move(model, "G10:i000",
		     (struct gap_move){ .status = "dismissed", .reason = "as it is meant" });
	g_autoptr(GError) error = NULL;
	struct study *study = study_new(model, NULL);
	double gaps = 1;
	g_assert_true(study_compute(study, STUDY_GAPS, NULL, &error));
	g_assert_nonnull(study_gap(study, "G10:i000"));
	for (guint i = 0; i < study_gaps(study)->len; i++)
		g_assert_cmpstr(((struct gap *)study_gaps(study)->pdata[i])->id, !=, "G10:i000");
	g_assert_cmpuint(study_all_gaps(study)->len, >, study_gaps(study)->len);
	/* i001 was named by that gap alone, or by others that still stand. */
	g_assert_true(study_filter_number(study, "gaps", 1, &gaps));
	double named = 0;
	for (guint i = 0; i < study_gaps(study)->len; i++) {
		const struct gap *gap = study_gaps(study)->pdata[i];
		for (guint k = 0; k < gap->institutions->len; k++)
			named += g_array_index(gap->institutions, guint, k) == 1;
	}
	g_assert_cmpfloat(gaps, ==, named);
	study_unref(study);
	model_unref(model);
	small_release(&small);
}

/*
 * A chain of 130 members, each with two who hang on it alone: more than the register lists.
 * If it fails, what somebody works on is told as gone because there is too much else.
 */
static void too_many(void)
{
	enum { HUBS = 130 };
	struct small small;
	small_init(&small, 3 * HUBS);
	for (guint i = 0; i < HUBS; i++) {
		small_tie(&small, i, HUBS + 2 * i, NULL);
		small_tie(&small, i, HUBS + 2 * i + 1, NULL);
		if (i > 0)
			small_tie(&small, i - 1, i, NULL);
	}
	struct model *model = small_model(&small);
	struct study *study = study_new(model, NULL);
	g_assert_true(study_compute(study, STUDY_GAPS, NULL, NULL));
	g_assert_null(study_gap(study, "G10:i000"));
	g_assert_true(study_omits_gap(study, "G10:i000"));
	g_assert_false(study_omits_gap(study, "G10:i065"));
	g_assert_false(study_omits_gap(study, "G10:nobody"));
	study_unref(study);
	model = move(model, "G10:i000", (struct gap_move){ .status = "introduced" });
	study = study_new(model, NULL);
	g_assert_true(study_compute(study, STUDY_GAPS, NULL, NULL));
	g_assert_nonnull(study_gap(study, "G10:i000"));
	g_assert_null(study_gap(study, "G10:i001"));
	study_unref(study);
	model_unref(model);
	small_release(&small);
}

/* If it fails, help shows a filter that is refused, or none of what a register can be asked. */
static void filter_forms_are_read(void)
{
	struct small small;
	small_init(&small, 2);
	g_autoptr(GPtrArray) none = g_ptr_array_new();
	struct study *study = small_study(&small, 0);
	struct filter_rows *rows = gap_rows_new(study_model(study), none);
	guint n, of_gaps = 0;
	const struct filter_form *forms = filter_forms(&n);
	for (guint i = 0; i < n; i++) {
		g_autoptr(GError) error = NULL;
		struct filter *filter = filter_parse_rows(forms[i].form, rows,
							  &study_filter_numbers, study, &error);
		g_assert_no_error(error);
		g_autofree char *part = filter_part(filter, true);
		of_gaps += *part != '\0';
		filter_free(filter);
	}
	g_assert_cmpuint(of_gaps, ==, 1);
	gap_rows_free(rows);
	study_unref(study);
	small_release(&small);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/gap-state/refusals", refusals);
	g_test_add_func("/gap-state/moves", moves);
	g_test_add_func("/gap-state/on-days", on_days);
	g_test_add_func("/gap-state/steps", steps);
	g_test_add_func("/gap-state/out-of-sight", out_of_sight);
	g_test_add_func("/gap-state/too-many", too_many);
	g_test_add_func("/gap-state/filter-forms", filter_forms_are_read);
	return g_test_run();
}
