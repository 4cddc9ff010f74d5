/*
 * What would be if: who leaves takes programmes' leads and participants along, and
 * steps that cannot be taken are refused.
 */
#include "tests/unit/graph_small.h"

#include "base/errors.h"
#include "graph/whatif.h"

/* 0 leaves: it leads one programme, pays for and takes part in others, and one is over. */
static void programmes_lose(void)
{
	struct small small;
	static struct participant both[] = { { .institution = "i000" }, { .institution = "i001" } };
	static struct participant donor = { .institution = "i000", .role = "donor" };
	static const char *const said[] = { "leads: nobody leads it", "paid: it loses a donor",
					    "part: it loses a participant; 1 stays" };

	small_init(&small, 4);
	small_network(&small);
	((struct programme *)small_add(&small, KIND_PROGRAMME, "part"))->participants =
		(struct items){ both, 2 };
	((struct programme *)small_add(&small, KIND_PROGRAMME, "paid"))->participants =
		(struct items){ &donor, 1 };
	((struct programme *)small_add(&small, KIND_PROGRAMME, "leads"))->lead = "i000";
	*(struct programme *)small_add(&small, KIND_PROGRAMME, "over") = (struct programme){
		{ .id = "over", .name = "over" }, .lead = "i000", .end = { 2020, 0, 0 }
	};
	small_tie(&small, 0, 1, NULL);
	struct study *study = small_gaps(&small);
	const struct whatif_step step = { WHATIF_LEAVE, "i000", NULL, { 0 } };
	g_autoptr(GError) error = NULL;
	struct scorecard *card = whatif_compute(study, &step, 1, NULL, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(card->losses->len, ==, 3);
	for (guint i = 0; i < 3; i++) {
		g_autofree char *text =
			whatif_loss_say(&g_array_index(card->losses, struct whatif_loss, i));
		g_assert_cmpstr(text, ==, said[i]);
	}
	scorecard_unref(card);
	study_unref(study);
	small_release(&small);
}

static guint ranked(const struct study *study)
{
	const GPtrArray *gaps = study_all_gaps(study);
	guint n = 0;
	for (guint i = 0; i < gaps->len; i++)
		n += ((const struct gap *)gaps->pdata[i])->kind->ranks;
	return n;
}

/* What is only proposed can be tried; when the middle of two halves leaves, neither is the rest. */
static void proposed_and_halves(void)
{
	static const guint pairs[][2] = { { 0, 1 }, { 1, 2 }, { 2, 3 }, { 3, 4 } };
	struct small small;
	small_init(&small, 6);
	small_network(&small);
	small_ties(&small, pairs, G_N_ELEMENTS(pairs));
	small_tie(&small, 0, 5, NULL)->status = "proposed";
	struct study *study = small_gaps(&small);
	const struct whatif_step tie = { WHATIF_TIE, "i000", "i005", { 0 } };
	const struct whatif_step leave = { WHATIF_LEAVE, "i002", NULL, { 0 } };
	g_autoptr(GError) error = NULL;
	struct scorecard *card = whatif_compute(study, &tie, 1, NULL, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(card->ties_added, ==, 1);
	g_assert_cmpuint(ranked(study), >, 0);
	g_assert_cmpuint(ranked(card->after), ==, 0); /* nobody is told: not looked for */
	scorecard_unref(card);
	card = whatif_compute(study, &leave, 1, NULL, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(card->cut_off->len, ==, 4);
	scorecard_unref(card);
	study_unref(study);
	small_release(&small);
}

static void refused_steps(void)
{
	struct small small;
	small_init(&small, 3);
	small_network(&small);
	small_tie(&small, 0, 1, NULL);
	struct study *study = small_gaps(&small);
	static const struct {
		struct whatif_step step;
		enum telar_error code;
	} cases[] = {
		{ { WHATIF_TIE, "i000", "nobody", { 0 } }, TELAR_ERROR_NO_INPUT },
		{ { WHATIF_TIE, "i000", "i000", { 0 } }, TELAR_ERROR_USAGE },
		{ { WHATIF_TIE, "i001", "i000", { 0 } }, TELAR_ERROR_USAGE },
		{ { WHATIF_LEAVE, "nobody", NULL, { 0 } }, TELAR_ERROR_NO_INPUT },
		{ { WHATIF_END, "nothing", NULL, { 0 } }, TELAR_ERROR_NO_INPUT },
	};
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GError) error = NULL;
		g_assert_null(whatif_compute(study, &cases[i].step, 1, NULL, &error));
		g_assert_error(error, TELAR_ERROR, (gint)cases[i].code);
	}
	/* Everybody leaves: an empty network is one, too. */
	const struct whatif_step all[] = { { WHATIF_LEAVE, "i000", NULL, { 0 } },
					   { WHATIF_LEAVE, "i001", NULL, { 0 } },
					   { WHATIF_LEAVE, "i002", NULL, { 0 } } };
	g_autoptr(GError) error = NULL;
	struct scorecard *card = whatif_compute(study, all, 3, NULL, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(card->members_lost, ==, 3);
	g_assert_cmpuint(card->ties_lost, ==, 1);
	scorecard_unref(card);
	study_unref(study);
	small_release(&small);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/whatif/programmes-lose", programmes_lose);
	g_test_add_func("/whatif/refused-steps", refused_steps);
	g_test_add_func("/whatif/proposed-and-halves", proposed_and_halves);
	return g_test_run();
}
