/*
 * What would be if: who leaves takes programmes' leads and participants along, steps that
 * cannot be taken are refused, no gap is told of twice, and what a step does to mixing is
 * what the register says of it afterwards.
 */
#include "tests/unit/graph_small.h"

#include "base/errors.h"
#include "graph/whatif.h"
#include "graph/work.h"

#include <string.h>

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

static bool has(const GPtrArray *gaps, const char *id)
{
	for (guint i = 0; i < gaps->len; i++)
		if (strcmp(((const struct gap *)gaps->pdata[i])->id, id) == 0)
			return true;
	return false;
}

/* A gap that is told of by itself stood below once more, with what it would be then as its number.
 */
static void told_once(void)
{
	struct model *model = small_generated(120, 6, 4, GENERATE_TERRITORIES);
	struct study *study = study_new(model, NULL);
	guint eased = 0, closed = 0;
	g_assert_true(study_compute(study, STUDY_NETWORK | STUDY_GAPS, NULL, NULL));
	const GPtrArray *gaps = study_gaps(study);
	for (guint i = 0; i < gaps->len && (eased == 0 || closed == 0); i++) {
		const struct gap *gap = gaps->pdata[i];
		const struct candidate *first =
			gap->candidates->len > 0 ? gap->candidates->pdata[0] : NULL;
		if (gap->kind->ranks || !first || first->b < 0)
			continue;
		const struct whatif_step step = {
			.type = WHATIF_TIE,
			.a = model_institution(model, (guint)first->a)->base.id,
			.b = model_institution(model, (guint)first->b)->base.id
		};
		struct whatif_group groups[WHATIF_GROUPS];
		struct scorecard *card = whatif_compute(study, &step, 1, NULL, NULL);
		if (!card)
			continue;
		g_assert_true(has(card->aims, gap->id));
		scorecard_groups(card, card->aims, groups);
		for (guint g = 0; g < WHATIF_GROUPS; g++)
			g_assert_false(has(groups[g].gaps, gap->id));
		if (has(card->eased, gap->id)) {
			eased++;
			g_assert_cmpstr(groups[1].title, ==, "Other gaps that ease");
			g_assert_cmpuint(groups[1].gaps->len, <, card->eased->len);
		}
		if (has(card->closed, gap->id)) {
			closed++;
			g_assert_cmpstr(groups[0].title, ==, "Other gaps that close");
		}
		whatif_groups_clear(groups);
		scorecard_unref(card);
	}
	g_assert_cmpuint(eased, >, 0);
	g_assert_cmpuint(closed, >, 0);
	study_unref(study);
	model_unref(model);
}

/* Sectors a and b, in rings of their own, and `across` ties between them. */
static struct study *two_rings(struct small *small, guint across)
{
	static const char *const sectors[] = { "a", "b", NULL };
	small_init(small, 40);
	small_words(small, small_network(small), VOCABULARY_SECTORS, sectors);
	for (guint i = 0; i < 40; i++) {
		small->all[i]->sector = i < 20 ? "a" : "b";
		small_tie(small, i, i < 20 ? (i + 1) % 20 : 20 + (i + 1) % 20, NULL);
	}
	for (guint i = 0; i < across; i++)
		small_tie(small, i % 20, 20 + (i + i / 20) % 20, NULL);
	return small_gaps(small);
}

/*
 * Where a step changes how often two sectors meet, what-if says of it what the register says
 * once the step is written: not that a gap stays because it was there.
 */
static void mixing_as_afterwards(void)
{
	guint there = 0, gone = 0;
	for (guint across = 20; across < 36; across++) {
		struct small small;
		struct study *study = two_rings(&small, across);
		const struct whatif_step step = {
			.type = WHATIF_TIE,
			.a = small.all[across % 20]->base.id,
			.b = small.all[20 + (across + across / 20) % 20]->base.id
		};
		struct scorecard *card = whatif_compute(study, &step, 1, NULL, NULL);
		struct study *fresh = study_new(study_model(card->after), NULL);
		g_assert_true(study_compute(fresh, STUDY_GAPS, NULL, NULL));
		bool is = study_gap(fresh, "G7:a:b") != NULL;
		g_assert_true((study_gap(card->after, "G7:a:b") != NULL) == is);
		there += is;
		gone += !is;
		study_unref(fresh);
		scorecard_unref(card);
		study_unref(study);
		small_release(&small);
	}
	g_assert_cmpuint(there, >, 0);
	g_assert_cmpuint(gone, >, 0);
}

/* Of the parts of a whole each is told of that moves at all. */
static void parts_are_told(void)
{
	struct small small;
	struct study *study = two_rings(&small, 0);
	const struct whatif_step step = { WHATIF_TIE, "i000", "i020", { 0 } };
	struct scorecard *card = whatif_compute(study, &step, 1, NULL, NULL);
	guint told = 0;
	for (guint i = 0; i < card->rows->len; i++) {
		const struct whatif_row *row = &g_array_index(card->rows, struct whatif_row, i);
		bool depth = g_str_has_prefix(row->measure->id, "depth-");
		g_assert_true(row->measure->part == depth);
		g_assert_true(!depth || row->telling);
		told += depth;
	}
	g_assert_cmpuint(told, ==, 2); /* unknown, and cooperation */
	scorecard_unref(card);
	study_unref(study);
	small_release(&small);
}

/* Ids are the same on both sides, and who is gone is nobody. */
static void assert_same_people(const struct net *net, const struct net *other, guint missing)
{
	g_autofree int *there = net_vertices_in(net, other);
	for (guint v = 0; v < net->n; v++) {
		missing -= there[v] < 0;
		if (there[v] >= 0)
			g_assert_cmpstr(net_institution(net, v)->base.id, ==,
					net_institution(other, (guint)there[v])->base.id);
	}
	g_assert_cmpuint(missing, ==, 0);
}

/* What is left out of a scorecard changes no number in it, and is there once it is asked for. */
static void as_from_scratch(void)
{
	struct model *model = small_generated(150, 6, 5, GENERATE_TERRITORIES);
	struct study *before = study_new(model, NULL);
	g_assert_true(study_compute(before, STUDY_NETWORK | STUDY_GAPS, NULL, NULL));
	const struct whatif_step step = {
		WHATIF_LEAVE, net_institution(before->net, 40)->base.id, NULL, { 0 }
	};
	struct scorecard *card = whatif_compute(before, &step, 1, NULL, NULL);
	struct study *after = card->after, *anew = study_new(after->net->model, NULL);
	guint n;
	const struct measure *table = measures(&n);
	assert_same_people(after->net, before->net, 0);
	assert_same_people(before->net, after->net, 1);
	g_assert_null(after->betweenness->edges);
	g_assert_true(study_compute(after, STUDY_MEASURES, NULL, NULL));
	g_assert_true(study_compute(anew, STUDY_MEASURES, NULL, NULL));
	for (guint i = 0; i < n; i++) {
		bool circles = table[i].by == BY_CIRCLE || strstr(table[i].id, "circle") ||
			       strcmp(table[i].id, "communities") == 0 ||
			       strcmp(table[i].id, "modularity") == 0;
		g_autofree double *found = study_values(after, &table[i]);
		g_autofree double *plain = study_values(anew, &table[i]);
		guint rows = table[i].level == LEVEL_NETWORK	   ? 1
			     : table[i].level == LEVEL_INSTITUTION ? after->net->n
			     : table[i].level == LEVEL_TIE	   ? after->net->m
								   : 0;
		for (guint k = 0; k < rows && !circles; k++)
			g_assert_true(memcmp(&found[k], &plain[k], sizeof *found) == 0 ||
				      (isnan(found[k]) && isnan(plain[k])));
	}
	study_unref(anew);
	scorecard_unref(card);
	study_unref(before);
	model_unref(model);
}

/* If it fails, a network that loses its hub is told to be better for it. */
static void centralization_has_no_better(void)
{
	static const char *const ids[] = { "degree-centralization", "betweenness-centralization",
					   "closeness-centralization",
					   "eigenvector-centralization" };

	for (guint i = 0; i < G_N_ELEMENTS(ids); i++)
		g_assert_cmpint(whatif_better(measure_find(ids[i]), -0.1), ==, 0);
	g_assert_cmpint(whatif_better(measure_find("main-component"), -0.1), ==, -1);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/whatif/programmes-lose", programmes_lose);
	g_test_add_func("/whatif/refused-steps", refused_steps);
	g_test_add_func("/whatif/proposed-and-halves", proposed_and_halves);
	g_test_add_func("/whatif/told-once", told_once);
	g_test_add_func("/whatif/mixing-as-afterwards", mixing_as_afterwards);
	g_test_add_func("/whatif/parts-are-told", parts_are_told);
	g_test_add_func("/whatif/as-from-scratch", as_from_scratch);
	g_test_add_func("/whatif/centralization-has-no-better", centralization_has_no_better);
	return g_test_run();
}
