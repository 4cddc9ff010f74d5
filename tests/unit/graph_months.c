/*
 * How far ahead and back the register looks is said by the network, and there is a
 * rule for each that it does not say: otherwise a network would be warned of all that
 * ever ends, or of nothing.
 */
#include "tests/unit/graph_small.h"

#include <string.h>

static bool has(const struct study *study, const char *id)
{
	return study_gap(study, id) != NULL;
}

static void assert_says(const struct study *study, const char *id, const char *text)
{
	const struct gap *gap = study_gap(study, id);
	g_assert_nonnull(gap);
	for (guint i = 0; i < gap->evidence->len; i++)
		if (strstr(gap->evidence->pdata[i], text))
			return;
	g_test_message("%s does not say: %s", id, text);
	g_test_fail();
}

/* A programme ends in 4 months and a week, one in 13 months; a tie rests on each. */
static struct study *cliffs(gint64 months)
{
	struct small small;
	static const char *const soon[] = { "soon", NULL }, *const later[] = { "later", NULL };
	small_init(&small, 4);
	small_network(&small)->settings.cliff_months = months;
	((struct programme *)small_add(&small, KIND_PROGRAMME, "soon"))->end =
		(struct date){ 2027, 3, 0 };
	((struct programme *)small_add(&small, KIND_PROGRAMME, "later"))->end =
		(struct date){ 2027, 12, 0 };
	small_details(&small, small_tie(&small, 0, 1, NULL))->basis = soon;
	small_details(&small, small_tie(&small, 2, 3, NULL))->basis = later;
	struct study *study = small_gaps(&small);
	small_release(&small);
	return study;
}

static void ahead(void)
{
	const struct {
		gint64 months;
		bool soon, later;
	} cases[] = {
		{ FIELD_NO_INTEGER, true, false },
		{ 4, false, false },
		{ 5, true, false },
		{ 14, true, true },
	};
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct study *study = cliffs(cases[i].months);
		g_assert_cmpint(has(study, "G13:soon"), ==, cases[i].soon);
		g_assert_cmpint(has(study, "G13:later"), ==, cases[i].later);
		study_unref(study);
	}
}

/* At work since 30 months ago, and since then nothing known; of two sectors where four are. */
static struct study *territory(gint64 stale, gint64 declare, gint64 idle)
{
	static const char *const sectors[] = { "a", "b", "b", "c", "d" };
	struct small small;
	small_init(&small, G_N_ELEMENTS(sectors));
	for (guint i = 0; i < G_N_ELEMENTS(sectors); i++)
		small.all[i]->sector = sectors[i];
	struct network *network = small_network(&small);
	network->settings.stale_months = stale;
	network->settings.declare_months = declare;
	network->settings.idle_months = idle;
	small_territory(&small, "a", "announced");
	for (guint i = 0; i < 3; i++)
		small.all[i]->territories = small_list(&small, "a", NULL);
	small_tie(&small, 0, 1, NULL)->since = (struct date){ 2024, 5, 0 };
	struct study *study = small_gaps(&small);
	small_release(&small);
	return study;
}

static void back(void)
{
	static const char waits[] = "At work since 2024-05, and not declared";
	static const char quiet[] = "The last that is known of anything done there: 2024-05";
	const struct {
		gint64 stale, declare, idle;
		const char *says;
		guint lines; /* the third sign is that of too few sectors */
	} cases[] = {
		{ FIELD_NO_INTEGER, FIELD_NO_INTEGER, FIELD_NO_INTEGER, waits, 3 },
		{ 24, FIELD_NO_INTEGER, FIELD_NO_INTEGER, quiet, 3 },
		{ 36, FIELD_NO_INTEGER, FIELD_NO_INTEGER, quiet, 2 },
		{ 36, 24, FIELD_NO_INTEGER, waits, 3 },
		{ 24, 36, FIELD_NO_INTEGER, quiet, 2 },
		{ 24, FIELD_NO_INTEGER, 36, waits, 2 },
	};
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct study *study = territory(cases[i].stale, cases[i].declare, cases[i].idle);
		assert_says(study, "G14:a", cases[i].says);
		g_assert_cmpuint(study_gap(study, "G14:a")->evidence->len, ==, cases[i].lines);
		study_unref(study);
	}
	struct study *study = territory(24, 36, 36);
	g_assert_false(has(study, "G14:a"));
	study_unref(study);
}

/* A network that does not say when an entry is stale looks back two years, not to the beginning. */
static void unsaid(void)
{
	struct small small;
	small_init(&small, 3);
	small_network(&small)->settings.stale_months = FIELD_NO_INTEGER;
	small.all[0]->base.verified = (struct date){ 2026, 1, 0 };
	small.all[1]->base.verified = (struct date){ 2023, 1, 0 };
	struct study *study = small_gaps(&small);
	assert_says(study, "G11:entries", "2 of 3 entries were not verified in the last 24 months");
	study_unref(study);
	small_release(&small);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/months/ahead", ahead);
	g_test_add_func("/months/back", back);
	g_test_add_func("/months/unsaid", unsaid);
	return g_test_run();
}
