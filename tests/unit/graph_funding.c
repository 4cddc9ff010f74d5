/*
 * Who funds whom, on networks where it is known.  If these fail, a member is said to hang
 * on one funder who does not, or money is added up that must not be.
 */
#include "tests/unit/graph_small.h"

#include "base/errors.h"
#include "graph/funding.h"

#include <string.h>
#include <time.h>

static const char *const funding[] = { "funding", NULL };

static struct partnership *funds(struct small *small, guint i, guint j, const char *direction,
				 gint64 amount, const char *currency)
{
	struct partnership *row = small_tie(small, i, j, NULL);
	row->kinds = funding;
	row->direction = direction;
	struct money *said = &small_details(small, row)->amount;
	said->minor = amount;
	g_strlcpy(said->currency, currency, sizeof said->currency);
	return row;
}

static const struct funding_link *link_of(const struct study *study, guint from, guint to)
{
	const GPtrArray *links = study_funding((struct study *)(guintptr)study, NULL)->links;
	for (guint i = 0; i < links->len; i++) {
		const struct funding_link *link = links->pdata[i];
		if (link->from == from && link->to == to)
			return link;
	}
	return NULL;
}

static void amounts_are(const struct study *study, guint from, guint to, const char *text)
{
	const struct funding_link *link = link_of(study, from, to);
	g_autoptr(GString) all = g_string_new(NULL);
	g_assert_nonnull(link);
	for (guint i = 0; i < link->amounts->len; i++) {
		g_autofree char *one = money_text(&g_array_index(link->amounts, struct money, i));
		g_string_append_printf(all, "%s%s", i > 0 ? "; " : "", one);
	}
	g_assert_cmpstr(all->str, ==, text);
}

static double of(const struct study *study, const char *id, guint v)
{
	return study_value_at(study, measure_find(id), v);
}

/* Both sides tell of one grant; currencies stand side by side; without a direction nothing. */
static void partnerships(void)
{
	struct small small;
	small_init(&small, 6);
	small_network(&small);
	funds(&small, 0, 1, "out", 300, "USD");
	funds(&small, 1, 0, "in", 500, "USD");
	funds(&small, 0, 1, "out", 700, "USD");
	funds(&small, 0, 1, "out", 100, "EUR");
	funds(&small, 2, 3, "none", 100, "EUR");
	funds(&small, 3, 4, "in", 250, "BRL");
	funds(&small, 2, 1, "out", 0, "");
	struct study *study = small_gaps(&small);
	amounts_are(study, 0, 1, "1 EUR; 10 USD");
	g_assert_cmpuint(link_of(study, 0, 1)->partnerships, ==, 4);
	amounts_are(study, 4, 3, "2.50 BRL");
	amounts_are(study, 2, 1, "");
	g_assert_null(link_of(study, 2, 3));
	g_assert_null(link_of(study, 1, 0));
	small_assert_near(of(study, "funders", 1), 2, 1e-12);
	small_assert_near(of(study, "funded-alone", 4), 1, 1e-12);
	small_assert_near(of(study, "funding-concentration", 1), .5, 1e-12);
	g_assert_true(isnan(of(study, "funding-concentration", 5)));
	small_assert_near(study_value(study, measure_find("one-funder")), .5, 1e-12);
	study_unref(study);
	small_release(&small);
}

/* A part of a programme adds nothing to the whole that pays the same two. */
static void parts(void)
{
	struct small small;
	static const char *const names[] = { "whole", "part", "other" };
	small_init(&small, 4);
	small_network(&small);
	for (guint i = 0; i < 3; i++) {
		struct programme *row = small_add(&small, KIND_PROGRAMME, names[i]);
		row->lead = small.all[1]->base.id;
		row->donors = small_list(&small, small.all[i < 2 ? 0 : 2]->base.id, NULL);
		row->part_of = i == 1 ? "whole" : NULL;
		row->budget = (struct money){ i == 0 ? 9000 : 3000, "COP" };
	}
	struct study *study = small_gaps(&small);
	amounts_are(study, 0, 1, "90 COP");
	g_assert_cmpuint(link_of(study, 0, 1)->programmes->len, ==, 2);
	amounts_are(study, 2, 1, "30 COP");
	/* 3/4 and 1/4 */
	small_assert_near(of(study, "funding-concentration", 1), .625, 1e-12);
	study_unref(study);
	small_release(&small);
}

/* Two programmes that are each a part of the other state their money once. */
static void circle(void)
{
	struct small small;
	static const char *const names[] = { "one", "two" };
	small_init(&small, 2);
	small_network(&small);
	for (guint i = 0; i < 2; i++) {
		struct programme *row = small_add(&small, KIND_PROGRAMME, names[i]);
		row->lead = small.all[1]->base.id;
		row->donors = small_list(&small, small.all[0]->base.id, NULL);
		row->part_of = names[1 - i];
		row->budget = (struct money){ 9000, "COP" };
	}
	struct study *study = small_gaps(&small);
	amounts_are(study, 0, 1, "90 COP");
	study_unref(study);
	small_release(&small);
}

/* Nobody funds anybody: counts are 0 and shares do not exist. */
static void nobody(void)
{
	struct small small;
	small_init(&small, 2);
	small_network(&small);
	struct study *study = small_gaps(&small);
	small_assert_near(study_value(study, measure_find("funding-links")), 0, 1e-12);
	g_assert_true(isnan(study_value(study, measure_find("one-funder"))));
	g_assert_true(isnan(study_value(study, measure_find("funders-concentration"))));
	small_assert_near(of(study, "funders", 0), 0, 1e-12);
	study_unref(study);
	small_release(&small);
}

/* What ends says who paid for it. */
static void cliff(void)
{
	struct small small;
	static const char *const basis[] = { "ends", NULL };
	small_init(&small, 3);
	small_network(&small);
	struct programme *row = small_add(&small, KIND_PROGRAMME, "ends");
	row->end = (struct date){ 2027, 3, 0 };
	row->donors = small_list(&small, small.all[2]->base.id, NULL);
	small_details(&small, small_tie(&small, 0, 1, NULL))->basis = basis;
	struct study *study = small_gaps(&small);
	const struct gap *gap = study_gap(study, "G13:ends");
	g_assert_nonnull(gap);
	g_assert_cmpstr(gap->evidence->pdata[gap->evidence->len - 1], ==,
			"It is paid for by Institution 2");
	study_unref(study);
	small_release(&small);
}

/* One programme with so many who are paid, and who gives them 1 USD each. */
static struct study *paid_by_one(struct small *small, guint many)
{
	small_init(small, many + 1);
	small_network(small);
	struct programme *row = small_add(small, KIND_PROGRAMME, "many");
	struct participant *takers = pool_alloc(small->pool, many * sizeof *takers);
	for (guint i = 0; i < many; i++) {
		record_clear(&participant_type, &takers[i]);
		takers[i].institution = small->all[i + 1]->base.id;
		takers[i].amount = (struct money){ 100, "USD" };
	}
	row->participants = (struct items){ takers, many };
	row->donors = small_list(small, small->all[0]->base.id, NULL);
	return small_study(small, 0);
}

/* If this fails, a programme of very many stops everything for minutes. */
static void many(void)
{
	enum { MANY = 30000 };
	struct small small;
	struct study *study = paid_by_one(&small, MANY);
	clock_t begun = clock();
	g_assert_cmpuint(study_funding(study, NULL)->links->len, ==, MANY);
	g_assert_cmpint((clock() - begun) / CLOCKS_PER_SEC, <, 2);
	amounts_are(study, 0, MANY, "1 USD");
	study_unref(study);
	small_release(&small);
}

static void cancelled(void)
{
	struct small small;
	struct study *study = paid_by_one(&small, 3);
	g_autoptr(GCancellable) cancel = g_cancellable_new();
	g_autoptr(GError) error = NULL;
	g_cancellable_cancel(cancel);
	g_assert_null(funding_new(study_net(study), cancel, &error));
	g_assert_error(error, TELAR_ERROR, TELAR_ERROR_CANCELLED);
	study_unref(study);
	small_release(&small);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/funding/partnerships", partnerships);
	g_test_add_func("/funding/parts", parts);
	g_test_add_func("/funding/circle", circle);
	g_test_add_func("/funding/nobody", nobody);
	g_test_add_func("/funding/cliff", cliff);
	g_test_add_func("/funding/many", many);
	g_test_add_func("/funding/cancelled", cancelled);
	return g_test_run();
}
