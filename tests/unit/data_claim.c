/*
 * Edits of what one side of a tie says: confirming as the other side would write it,
 * noting a date, and the place of a claim in its entry.
 */
#include "data/claim.h"

#include "tests/unit/data_rows.h"

#include <string.h>

static const struct row rows[] = {
	{ KIND_INSTITUTION,
	  "{\"id\":\"giver\",\"name\":\"Giver\",\"sector\":\"s\",\"partners\":[{\"with\":\"other\"}"
	  ","
	  "{\"with\":\"taker\",\"kinds\":[\"funding\"],\"direction\":\"out\",\"since\":\"2021\","
	  "\"notes\":\"ours\"},{\"with\":\"taker\",\"title\":\"again\",\"verified\":\"2020-01\"}]"
	  "}" },
	{ KIND_INSTITUTION, "{\"id\":\"other\",\"name\":\"Other\",\"sector\":\"s\",\"partners\":[{"
			    "\"with\":\"giver\"}]}" },
	{ KIND_INSTITUTION, "{\"id\":\"taker\",\"name\":\"Taker\",\"sector\":\"s\"}" },
};

static const struct op *nth_op(const struct change *change, guint n)
{
	return g_ptr_array_index(change->ops, n);
}

/* If it fails, the other side seems to give what it gets, or answers with somebody's notes. */
static void confirming_changes_places(void)
{
	struct model *model = model_of_rows(rows, G_N_ELEMENTS(rows));
	const struct tie *tie = model_tie(model, 0, 2);
	struct date today = { 2026, 11, 22 };
	struct change *change = tie_confirm(model, tie, 2, today);

	g_assert_nonnull(change);
	g_assert_cmpuint(change->ops->len, ==, 2);
	g_assert_cmpstr(nth_op(change, 0)->id, ==, "taker");
	g_assert_cmpstr(nth_op(change, 0)->path, ==, "partners");
	struct node *first = node_from_json(nth_op(change, 0)->new_text, NULL);

	g_assert_cmpstr(node_get(first, "with")->text, ==, "giver");
	g_assert_cmpstr(node_get(first, "direction")->text, ==, "in");
	g_assert_cmpstr(node_get(first, "since")->text, ==, "2021");
	g_assert_cmpstr(node_get(first, "verified")->text, ==, "2026-11-22");
	g_assert_null(node_get(first, "notes"));
	node_free(first);
	change_free(change);
	/* The one that says it has nothing to confirm. */
	g_assert_null(tie_confirm(model, tie, 0, today));
	g_assert_null(tie_verify(model, tie, 2, today));
	model_unref(model);
}

/* If it fails, the date goes to another claim than the one that was checked. */
static void checking_dates_every_claim(void)
{
	struct model *model = model_of_rows(rows, G_N_ELEMENTS(rows));
	struct date today = { 2026, 11, 22 };
	struct change *change = tie_verify(model, model_tie(model, 0, 2), 0, today);

	g_assert_cmpuint(change->ops->len, ==, 2);
	g_assert_cmpstr(nth_op(change, 0)->path, ==, "partners[taker].verified");
	g_assert_cmpstr(nth_op(change, 0)->old_text, ==, "");
	g_assert_cmpstr(nth_op(change, 1)->path, ==, "partners[taker#2].verified");
	g_assert_cmpstr(nth_op(change, 1)->old_text, ==, "2020-01");
	change_free(change);
	model_unref(model);
}

/* If it fails, a denial takes away what the other side says, or goes unheard. */
static void denying_disputes(void)
{
	struct model *model = model_of_rows(rows, G_N_ELEMENTS(rows));
	const struct tie *tie = model_tie(model, 0, 2);
	struct date today = { 2026, 11, 22 };
	struct change *change = tie_deny(model, tie, 2, "never heard of it", today);
	struct findings *findings = findings_new();
	struct pool *pool = pool_new();

	g_assert_cmpuint(change->ops->len, ==, 1);
	g_assert_cmpstr(nth_op(change, 0)->id, ==, "taker");
	g_autofree char *entry =
		g_strdup_printf("{\"id\":\"taker\",\"name\":\"Taker\",\"sector\":\"s\","
				"\"partners\":[%s]}",
				nth_op(change, 0)->new_text);
	struct node *node = node_from_json(entry, NULL);
	void *record =
		node_to_record(record_type(KIND_INSTITUTION), node, NULL, NULL, pool, findings);
	struct model *next = model_with(model, KIND_INSTITUTION, "taker", record, pool);
	const struct tie *disputed = model_tie(next, 0, 2);

	g_assert_cmpint(tie->state, ==, TIE_UNANSWERABLE);
	g_assert_cmpint(disputed->state, ==, TIE_DISPUTED);
	g_assert_false(disputed->ended);
	g_assert_cmpint(disputed->since.year, ==, 2021);
	g_assert_null(tie_deny(model, tie, 0, NULL, today));
	node_free(node);
	findings_free(findings);
	pool_unref(pool);
	change_free(change);
	model_unref(next);
	model_unref(model);
}

static void both_sides_are_told_apart(void)
{
	struct model *model = model_of_rows(rows, G_N_ELEMENTS(rows));
	const struct tie *both = model_tie(model, 0, 1), *one = model_tie(model, 0, 2);

	g_assert_true(tie_is_said_by(model, both, 0) && tie_is_said_by(model, both, 1));
	g_assert_true(tie_is_said_by(model, one, 0) && !tie_is_said_by(model, one, 2));
	model_unref(model);
}

static bool doubles(const char *later, const char *former)
{
	g_autofree char *entry = g_strdup_printf("{\"id\":\"a\",\"name\":\"A\",\"sector\":\"s\","
						 "\"partners\":[{\"with\":\"b\"%s},"
						 "{\"with\":\"b\"%s}]}",
						 former, later);
	const struct row both[] = {
		{ KIND_INSTITUTION, entry },
		{ KIND_INSTITUTION, "{\"id\":\"b\",\"name\":\"B\",\"sector\":\"s\"}" },
	};
	struct model *model = model_of_rows(both, 2);
	g_autoptr(GArray) found = partners_doubled(&model_institution(model, 0)->partners);
	struct date today = { 2026, 11, 22 };
	struct change *confirmed = tie_confirm(model, &model->ties[0], 1, today);

	/* What is said twice is confirmed once. */
	g_assert_cmpuint(confirmed->ops->len, ==, 2 - found->len);
	change_free(confirmed);
	model_unref(model);
	return found->len > 0;
}

/* If it fails, one partnership is entered twice, or two of the same two cannot be entered. */
static void doubles_say_nothing_else(void)
{
	static const char training[] = ",\"kinds\":[\"training\"]";
	static const char dated[] = ",\"kinds\":[\"funding\",\"training\"],\"since\":\"2019\"";

	g_assert_true(doubles("", ""));
	g_assert_true(doubles(training, training));
	g_assert_true(doubles(training, dated));
	g_assert_true(doubles(dated, training));
	g_assert_true(doubles(training, ",\"kinds\":[\"training\"],\"title\":\"One\""));
	g_assert_true(doubles(",\"kinds\":[\"training\"],\"status\":\"proposed\"", dated));
	g_assert_true(doubles("", training)); /* no kind is no other kind */
	g_assert_false(doubles(training, ""));
	g_assert_false(doubles(",\"kinds\":[\"research\"]", training));
	g_assert_false(doubles(",\"kinds\":[\"training\"],\"title\":\"One\"", training));
	g_assert_false(doubles(",\"kinds\":[\"training\"],\"since\":\"2023\"", dated));
	g_assert_false(doubles(training, ",\"kinds\":[\"training\"],\"until\":\"2020\""));
	g_assert_false(doubles(",\"kinds\":[\"training\"],\"status\":\"denied\"", training));
}

/* If it fails, who still calls a partnership proposed can never confirm it by the key for that. */
static void confirming_takes_up_a_proposal(void)
{
	static const struct row proposing[] = {
		{ KIND_INSTITUTION, "{\"id\":\"a\",\"name\":\"A\",\"sector\":\"s\",\"partners\":[{"
				    "\"with\":\"b\",\"status\":\"proposed\"}]}" },
		{ KIND_INSTITUTION, "{\"id\":\"b\",\"name\":\"B\",\"sector\":\"s\",\"partners\":[{"
				    "\"with\":\"a\",\"status\":\"active\"}]}" },
	};
	struct model *model = model_of_rows(proposing, G_N_ELEMENTS(proposing));
	struct date today = { 2026, 11, 22 };

	g_assert_cmpint(tie_waits_for(model, &model->ties[0]), ==, 0);
	g_assert_null(tie_confirm(model, &model->ties[0], 1, today));
	struct change *change = tie_confirm(model, &model->ties[0], 0, today);

	g_assert_nonnull(change);
	g_assert_cmpuint(change->ops->len, ==, 2);
	g_assert_cmpstr(nth_op(change, 0)->path, ==, "partners[b].verified");
	g_assert_cmpstr(nth_op(change, 1)->path, ==, "partners[b].status");
	g_assert_cmpstr(nth_op(change, 1)->new_text, ==, "active");
	g_assert_cmpstr(nth_op(change, 1)->id, ==, "a");
	change_free(change);
	model_unref(model);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/claim/takes-up-a-proposal", confirming_takes_up_a_proposal);
	g_test_add_func("/claim/confirm", confirming_changes_places);
	g_test_add_func("/claim/verify", checking_dates_every_claim);
	g_test_add_func("/claim/deny", denying_disputes);
	g_test_add_func("/claim/sides", both_sides_are_told_apart);
	g_test_add_func("/claim/doubles", doubles_say_nothing_else);
	return g_test_run();
}
