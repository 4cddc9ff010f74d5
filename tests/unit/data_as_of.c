/*
 * A network as of a day: if these fail, the past shows what came later, or loses
 * what had begun.
 */
#include "data/as_of.h"

#include "base/errors.h"
#include "tests/unit/data_rows.h"

#include <math.h>
#include <string.h>

static const struct row rows[] = {
	{ KIND_INSTITUTION,
	  "{\"id\":\"a\",\"name\":\"A\",\"sector\":\"s\",\"memberships\":[{\"network\":\"n\","
	  "\"since\":\"2019\"},{\"network\":\"m\",\"since\":\"2023\"}],\"partners\":["
	  "{\"with\":\"b\",\"since\":\"2021-06\",\"until\":\"2022\",\"status\":\"ended\"},"
	  "{\"with\":\"c\",\"since\":\"2021\"},{\"with\":\"d\"}]}" },
	{ KIND_INSTITUTION, "{\"id\":\"b\",\"name\":\"B\",\"sector\":\"s\",\"partners\":["
			    "{\"with\":\"d\",\"since\":\"2022-01-01\"}]}" },
	{ KIND_INSTITUTION, "{\"id\":\"c\",\"name\":\"C\",\"sector\":\"s\",\"memberships\":["
			    "{\"network\":\"n\",\"since\":\"2022-02\"}]}" },
	{ KIND_INSTITUTION, "{\"id\":\"d\",\"name\":\"D\",\"sector\":\"s\"}" },
	{ KIND_TERRITORY, "{\"id\":\"t\",\"name\":\"T\",\"level\":\"local\",\"status\":"
			  "\"declared\",\"declared_on\":\"2022\"}" },
	{ KIND_TERRITORY, "{\"id\":\"u\",\"name\":\"U\",\"level\":\"local\",\"status\":"
			  "\"declared\",\"declared_on\":\"2020\"}" },
	{ KIND_PROGRAMME, "{\"id\":\"p\",\"name\":\"P\",\"kind\":\"event\",\"start\":\"2021\","
			  "\"participants\":[{\"institution\":\"a\",\"since\":\"2022\"},"
			  "{\"institution\":\"b\"}]}" },
	{ KIND_PROGRAMME, "{\"id\":\"q\",\"name\":\"Q\",\"kind\":\"event\",\"start\":\"2022\"}" },
	{ KIND_RESOURCE,
	  "{\"id\":\"r\",\"name\":\"R\",\"kind\":\"oer\",\"count\":\"400\",\"qualifier\":"
	  "\"at-least\",\"as_of\":\"2024\",\"issued\":\"2019\"}" },
	{ KIND_COUNTS,
	  "{\"id\":\"counts\",\"counts\":[{\"entity\":\"t\",\"metric\":\"teachers\",\"as_of\":"
	  "\"2021\",\"value\":\"3\"},{\"entity\":\"t\",\"metric\":\"teachers\",\"as_of\":"
	  "\"2022-01\",\"value\":\"9\"}]}" },
	{ KIND_SPREAD,
	  "{\"id\":\"spread\",\"spread\":[{\"practice\":\"p\",\"territory\":\"t\",\"period\":"
	  "\"2021-12\",\"state\":\"starting\"},{\"practice\":\"p\",\"territory\":\"t\","
	  "\"period\":\"2022\",\"state\":\"active\"}]}" },
	{ KIND_GAPS,
	  "{\"id\":\"gaps\",\"gaps\":[{\"gap\":\"g1\",\"status\":\"met\",\"updated\":"
	  "\"2021-12-31\"},{\"gap\":\"g2\",\"status\":\"met\",\"updated\":\"2022-01-01\"}]}" },
};

static struct model *as_of(const struct model *model, const char *day)
{
	struct date date;

	g_assert_true(date_parse(day, &date));
	return model_as_of(model, date, NULL, NULL);
}

static void test_year(void)
{
	struct model *model = model_of_rows(rows, G_N_ELEMENTS(rows));
	struct model *then = as_of(model, "2021");
	const struct institution *a = model_get(then, KIND_INSTITUTION, "a");
	const struct programme *p = model_get(then, KIND_PROGRAMME, "p");
	const struct territory *t = model_get(then, KIND_TERRITORY, "t");
	const struct territory *u = model_get(then, KIND_TERRITORY, "u");

	g_assert_cmpuint(then->n[KIND_INSTITUTION], ==, 3);
	g_assert_cmpint(model_find(then, KIND_INSTITUTION, "c"), ==, -1);
	g_assert_cmpuint(a->memberships.n, ==, 1);
	/* With b since that June, not with c who was not there; with d always; b and d later. */
	g_assert_cmpuint(then->n_ties, ==, 2);
	g_assert_nonnull(model_tie(then, 0, 1));
	g_assert_false(model_tie(then, 0, 1)->ended);
	g_assert_nonnull(model_tie(then, 0, 2));
	g_assert_cmpuint(model_undated_ties(then), ==, 1);
	g_assert_cmpuint(then->n[KIND_PROGRAMME], ==, 1);
	g_assert_cmpuint(p->participants.n, ==, 1);
	g_assert_null(t->status);
	g_assert_cmpstr(u->status, ==, "declared");
	g_assert_cmpint(then->today.day, ==, 31);
	/* The present one is as it was. */
	g_assert_cmpuint(model->n[KIND_INSTITUTION], ==, 4);
	g_assert_cmpstr(((const struct territory *)model_get(model, KIND_TERRITORY, "t"))->status,
			==, "declared");
	model_unref(model);
	model_unref(then);
}

static void test_day(void)
{
	struct model *model = model_of_rows(rows, G_N_ELEMENTS(rows));
	struct model *before = as_of(model, "2021-05-31"), *after = as_of(model, "2021-06-01");

	g_assert_null(model_tie(before, 0, 1));
	g_assert_nonnull(model_tie(after, 0, 1));
	/* By now they say that it is over; then it went on. */
	g_assert_false(model_tie(after, 0, 1)->ended);
	model_unref(before);
	model_unref(after);
	model_unref(model);
}

static void test_all(void)
{
	struct model *model = model_of_rows(rows, G_N_ELEMENTS(rows));
	struct model *now = as_of(model, "2026-11-22");

	g_assert_cmpuint(now->n_ties, ==, model->n_ties);
	g_assert_true(now->fingerprint == model->fingerprint);
	g_assert_true(model_tie(now, 0, 1)->ended);
	g_assert_cmpint(model_first_year(model), ==, 2019);
	model_unref(now);
	model_unref(model);
}

/* What holds for one date is not there before it; a resource is, but not its later count. */
static void test_dated(void)
{
	struct model *model = model_of_rows(rows, G_N_ELEMENTS(rows));
	struct model *then = as_of(model, "2021");
	const struct resource *r = model_get(then, KIND_RESOURCE, "r");
	const struct counts *counts = model_get(then, KIND_COUNTS, "counts");
	const struct spread *spread = model_get(then, KIND_SPREAD, "spread");
	const struct gaps *gaps = model_get(then, KIND_GAPS, "gaps");

	g_assert_true(isnan(r->count));
	g_assert_null(r->qualifier);
	g_assert_false(date_is_set(r->as_of));
	g_assert_cmpuint(counts->counts.n, ==, 1);
	g_assert_cmpfloat(ITEMS(struct count, counts->counts)[0].value, ==, 3);
	g_assert_cmpuint(spread->spread.n, ==, 1);
	g_assert_cmpstr(ITEMS(struct spread_step, spread->spread)[0].state, ==, "starting");
	g_assert_cmpuint(gaps->gaps.n, ==, 1);
	g_assert_cmpstr(ITEMS(struct gap_state, gaps->gaps)[0].gap, ==, "g1");
	model_unref(then);
	then = as_of(model, "2024");
	r = model_get(then, KIND_RESOURCE, "r");
	g_assert_cmpfloat(r->count, ==, 400);
	model_unref(then);
	model_unref(model);
}

/* One side says when a tie began, the other only that there is one: it began then, not always. */
static void test_one_side_dates(void)
{
	static const struct row two[] = {
		{ KIND_INSTITUTION,
		  "{\"id\":\"a\",\"name\":\"A\",\"sector\":\"s\",\"partners\":[{\"with\":\"b\","
		  "\"kinds\":"
		  "[\"training\"]},{\"with\":\"c\"},{\"with\":\"c\",\"since\":\"2024\"}]}" },
		{ KIND_INSTITUTION, "{\"id\":\"b\",\"name\":\"B\",\"sector\":\"s\",\"partners\":["
				    "{\"with\":\"a\",\"since\":\"2022\"},{\"with\":\"c\"}]}" },
		{ KIND_INSTITUTION, "{\"id\":\"c\",\"name\":\"C\",\"sector\":\"s\",\"partners\":["
				    "{\"with\":\"b\"}]}" },
	};
	struct model *model = model_of_rows(two, G_N_ELEMENTS(two));

	g_assert_cmpuint(model_undated_ties(model), ==, 1);
	g_assert_cmpuint(model_undated_members(model), ==, 3);
	for (int year = 2020; year <= 2026; year++) {
		g_autofree char *day = g_strdup_printf("%d", year);
		struct model *then = as_of(model, day);
		g_assert_cmpuint(model_undated_ties(then), ==, 1);
		g_assert_cmpuint(then->n_ties, ==, year < 2022 ? 1 : year < 2024 ? 2 : 3);
		if (year >= 2022)
			g_assert_cmpuint(model_tie(then, 0, 1)->n_claims, ==, 2);
		model_unref(then);
	}
	model_unref(model);
}

/*
 * If it fails, a tie that begins next year counts today, and the network as of today is another
 * one than today's.
 */
static void test_ahead(void)
{
	static const struct row four[] = {
		{ KIND_INSTITUTION,
		  "{\"id\":\"a\",\"name\":\"A\",\"sector\":\"s\",\"partners\":["
		  "{\"with\":\"b\",\"since\":\"2027\"},"
		  "{\"with\":\"c\",\"since\":\"2020\",\"intensity\":\"awareness\"},"
		  "{\"with\":\"c\",\"since\":\"2026-12\",\"intensity\":\"integration\"},"
		  "{\"with\":\"d\",\"since\":\"2026-11-22\"}]}" },
		{ KIND_INSTITUTION, "{\"id\":\"b\",\"name\":\"B\",\"sector\":\"s\",\"partners\":[{"
				    "\"with\":\"a\"}]}" },
		{ KIND_INSTITUTION,
		  "{\"id\":\"c\",\"name\":\"C\",\"sector\":\"s\",\"partners\":["
		  "{\"with\":\"a\",\"since\":\"2026-11-23\",\"status\":\"denied\"}]}" },
		{ KIND_INSTITUTION, "{\"id\":\"d\",\"name\":\"D\",\"sector\":\"s\",\"partners\":[{"
				    "\"with\":\"a\"}]}" },
	};
	struct model *model = model_of_rows(four, G_N_ELEMENTS(four));
	struct model *now = as_of(model, "2026-11-22"), *later = as_of(model, "2027");
	const struct tie *plan = model_tie(model, 0, 1);
	g_autofree char *period = period_text(plan->since, plan->until, model->today);

	g_assert_cmpint(plan->state, ==, TIE_PROPOSED);
	g_assert_cmpstr(period, ==, "begins 2027");
	g_assert_cmpuint(model_count_ties(model), ==, 2);
	g_assert_cmpuint(model_count_ties(now), ==, 2);
	g_assert_cmpuint(model_count_ties(later), ==, 3);
	g_assert_cmpint(model_tie(later, 0, 1)->state, ==, TIE_CONFIRMED);
	g_assert_cmpint(model_tie(later, 0, 2)->state, ==, TIE_DISPUTED);
	for (guint other = 2; other <= 3; other++) {
		const struct tie *tie = model_tie(model, 0, other);
		const struct tie *same = model_tie(now, 0, other);

		g_assert_cmpint(tie->state, ==, same->state);
		g_assert_cmpint(tie->intensity, ==, same->intensity);
		g_assert_cmpint(date_compare(tie->since, same->since), ==, 0);
	}
	model_unref(later);
	model_unref(now);
	model_unref(model);
}

/* If it fails, a day that nobody waits for any more is made all the same. */
static void test_given_up(void)
{
	struct model *model = model_of_rows(rows, G_N_ELEMENTS(rows));
	g_autoptr(GCancellable) cancel = g_cancellable_new();
	g_autoptr(GError) error = NULL;

	g_cancellable_cancel(cancel);
	g_assert_null(model_as_of(model, (struct date){ .year = 2021 }, cancel, &error));
	g_assert_error(error, TELAR_ERROR, TELAR_ERROR_CANCELLED);
	model_unref(model);
}

/* If it fails, what was made of one day is taken for that of another, made at its address. */
static void test_identity(void)
{
	struct model *model = model_of_rows(rows, G_N_ELEMENTS(rows));
	struct model *then = as_of(model, "2021"), *later = as_of(model, "2022");
	struct model *confirmed = model_confirmed(later);
	struct model_identity was = model_identity(then);

	g_assert_true(model_is(then, &was));
	g_assert_false(model_is(later, &was));
	was.model = later;
	g_assert_false(model_is(later, &was));
	was = model_identity(confirmed);
	was.model = later;
	g_assert_false(model_is(later, &was));
	model_unref(confirmed);
	model_unref(later);
	model_unref(then);
	model_unref(model);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/as-of/year", test_year);
	g_test_add_func("/as-of/day", test_day);
	g_test_add_func("/as-of/all", test_all);
	g_test_add_func("/as-of/dated", test_dated);
	g_test_add_func("/as-of/one-side-dates", test_one_side_dates);
	g_test_add_func("/as-of/ahead", test_ahead);
	g_test_add_func("/as-of/given-up", test_given_up);
	g_test_add_func("/as-of/identity", test_identity);
	return g_test_run();
}
