/*
 * The kinds of gaps that look at words, days and numbers, each on a network planted
 * so that the answer is known, and silent where nothing is stated; and
 * what would be if what a gap proposes came about.
 */
#include "tests/unit/graph_small.h"

#include "base/errors.h"
#include "graph/whatif.h"

#include <string.h>

static guint count_kind(const struct study *study, const char *kind)
{
	guint count = 0;
	for (guint i = 0; i < study_all_gaps(study)->len; i++)
		count += strcmp(((struct gap *)study_all_gaps(study)->pdata[i])->kind->id, kind) ==
			 0;
	return count;
}

static void says(const struct gap *gap, const char *text)
{
	g_assert_nonnull(gap);
	for (guint i = 0; i < gap->evidence->len; i++)
		if (strstr(gap->evidence->pdata[i], text))
			return;
	g_test_message("%s does not say: %s", gap->id, text);
	g_test_fail();
}

static void exchange(struct small *small, guint i, bool needs, const char *capacity,
		     const char *line)
{
	struct exchange *row = pool_alloc(small->pool, sizeof *row);
	row->capacity = capacity;
	row->lines = line ? small_list(small, line, NULL) : NULL;
	*(needs ? &small->all[i]->needs : &small->all[i]->offers) = (struct items){ row, 1 };
}

/*
 * 0 and 1 need money, 2 offers it and works with 0; 3 offers for another line; 4
 * needs training, which nobody offers.
 */
static void offers_and_needs(void)
{
	static const char *const capacities[] = { "money", "training", NULL };
	static const guint pairs[][2] = { { 0, 2 }, { 0, 1 } };
	struct small small;
	small_init(&small, 6);
	small_words(&small, small_network(&small), VOCABULARY_CAPACITIES, capacities);
	small_ties(&small, pairs, G_N_ELEMENTS(pairs));
	exchange(&small, 0, true, "money", NULL);
	exchange(&small, 1, true, "money", "climate");
	exchange(&small, 2, false, "money", "climate");
	exchange(&small, 3, false, "money", "health");
	exchange(&small, 4, true, "training", NULL);
	struct study *study = small_gaps(&small);
	const struct gap *money = study_gap(study, "G9:money");
	says(money, "2 ask for it, 2 offer it");
	says(money, "1 of those who ask work with somebody who offers it");
	says(money, "1 could be introduced by a common partner");
	g_assert_cmpuint(money->candidates->len, ==, 1);
	const struct candidate *pair = money->candidates->pdata[0];
	g_assert_cmpint(pair->a, ==, 1);
	g_assert_cmpint(pair->b, ==, 2);
	g_assert_cmpint(pair->introducer, ==, 0);
	g_assert_cmpstr(study_gap(study, "G9:training")->title, ==,
			"training: 1 asks for it and nobody offers it");
	/* What was proposed closes it. */
	const struct whatif_step step = { WHATIF_TIE, "i001", "i002", { 0 } };
	g_autoptr(GError) error = NULL;
	struct scorecard *card = whatif_compute(study, &step, 1, NULL, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(card->ties_added, ==, 1);
	g_assert_null(study_gap(card->after, "G9:money"));
	bool closed = false;
	for (guint i = 0; i < card->closed->len; i++)
		closed |= strcmp(((struct gap *)card->closed->pdata[i])->id, "G9:money") == 0;
	g_assert_true(closed);
	/* It was tried for this gap: what becomes of it is told. */
	g_assert_true(g_ptr_array_find(card->aims, money, NULL));
	g_autofree char *fate = scorecard_fate(card, money);
	g_autofree char *assumed = scorecard_assumed(card);
	g_assert_cmpstr(fate, ==, "It closes.");
	g_assert_cmpstr(assumed, ==, "A tried tie counts as cooperation.");
	scorecard_unref(card);
	study_unref(study);
	small_release(&small);
}

/* Three need, three offer one each; only one assignment serves all: it must be found. */
static void matching_is_largest(void)
{
	static const char *const capacities[] = { "money", NULL };
	static const char *const lines[3][2] = { { "a", NULL }, { "a", "b" }, { "b", "c" } };
	struct small small;
	small_init(&small, 6);
	small_words(&small, small_network(&small), VOCABULARY_CAPACITIES, capacities);
	for (guint i = 0; i < 3; i++) {
		exchange(&small, i, true, "money", NULL);
		((struct exchange *)small.all[i]->needs.at)->lines =
			small_list(&small, lines[i][0], lines[i][1]);
	}
	/* i001 would take "a" and i002 "b" first; only a, b, c in turn leaves nobody out. */
	exchange(&small, 3, false, "money", "a");
	exchange(&small, 4, false, "money", "b");
	exchange(&small, 5, false, "money", "c");
	struct study *study = small_gaps(&small);
	says(study_gap(study, "G9:money"), "3 have an offer in the network");
	g_assert_cmpuint(study_gap(study, "G9:money")->candidates->len, ==, 3);
	g_assert_cmpuint(study_gap(study, "G9:money")->evidence->len, ==, 3);
	study_unref(study);
	small_release(&small);
}

/* Six ties among 0–3 of sectors x and y, all awareness; ten integrated ones elsewhere. */
static void shallow(void)
{
	struct small small;
	small_init(&small, 20);
	small_network(&small);
	for (guint i = 0; i < 20; i++)
		small.all[i]->sector = i < 3 ? "x" : i < 6 ? "y" : "z";
	for (guint i = 0; i < 3; i++)
		for (guint k = 3; k < 6; k++)
			small_tie(&small, i, k, i ? "awareness" : "cooperation");
	for (guint i = 6; i < 19; i++)
		small_tie(&small, i, i + 1, "integration");
	struct study *study = small_gaps(&small);
	g_assert_cmpuint(count_kind(study, "G4"), ==, 1);
	const struct gap *gap = study_gap(study, "G4:x:y");
	says(gap, "6 ties at awareness, 3 at cooperation, none closer");
	g_assert_cmpint(((struct candidate *)gap->candidates->pdata[0])->a, ==, 0);
	study_unref(study);
	small_release(&small);
}

/* Two dense circles on a chain: the ends of the bridge lie in both. */
static void holes(void)
{
	struct small small;
	small_init(&small, 20);
	small_network(&small);
	for (guint c = 0; c < 2; c++)
		for (guint i = 0; i < 8; i++)
			for (guint k = i + 1; k < 8; k++)
				small_tie(&small, c * 8 + i, c * 8 + k, NULL);
	for (guint i = 16; i < 20; i++)
		small_tie(&small, i == 16 ? 0 : i - 1, i, NULL);
	small_tie(&small, 19, 8, NULL);
	struct study *study = small_gaps(&small);
	g_assert_cmpuint(count_kind(study, "G6"), >=, 1);
	const struct gap *gap = study_gap(study, "G6:i000:i008");
	says(gap, "0 ties between them");
	const struct candidate *best = gap->candidates->pdata[0];
	/* The two with most partners, nearest to all of their own. */
	g_assert_cmpint(best->a + best->b, ==, 8);
	study_unref(study);
	small_release(&small);
}

/* Sectors a and b of 20 each, tied within themselves only, by 40 ties each. */
static void mixing(void)
{
	struct small small;
	struct network *row;
	static const char *const sectors[] = { "a", "b", NULL };
	static const char *const focal[] = { "b", "a", NULL };
	small_init(&small, 60);
	row = small_network(&small);
	small_words(&small, row, VOCABULARY_SECTORS, sectors);
	row->settings.focal_sectors = focal;
	for (guint i = 0; i < 60; i++)
		small.all[i]->sector = i < 30 ? "a" : "b";
	for (guint i = 0; i < 30; i++)
		for (guint k = 1; k <= 3; k++) {
			small_tie(&small, i, (i + k) % 30, NULL);
			if (k < 2 && i < 20)
				small_tie(&small, 30 + i, 30 + (i + k) % 20, NULL);
		}
	struct study *study = small_gaps(&small);
	const struct gap *gap = study_gap(study, "G7:a:b");
	says(gap, "0 ties; chance gives");
	g_assert_null(study_gap(study, "G7:a:a"));
	/* b is a thin ring and ten isolates, a is dense: off the core. */
	says(study_gap(study, "G8:b"), "are in the main network");
	g_assert_cmpuint(count_kind(study, "G8"), ==, 1);
	study_unref(study);
	small_release(&small);
}

static void stale(void)
{
	struct small small;
	static const char *const ana[] = { "ana", NULL };
	static const struct institution_details hers = { .maintainers = ana };
	small_init(&small, 8);
	small_network(&small);
	for (guint i = 0; i < 8; i++)
		small.all[i]->base.verified = (struct date){ i < 3 ? 2020 : 2026, 5, 0 };
	small.all[0]->details = &hers;
	struct partnership *past = small_tie(&small, 3, 4, NULL);
	past->status = "active";
	past->until = (struct date){ 2024, 0, 0 };
	small_details(&small, small_tie(&small, 5, 6, NULL))->last_activity =
		(struct date){ 2021, 3, 0 };
	small_details(&small, small_tie(&small, 6, 7, NULL))->last_activity =
		(struct date){ 2026, 3, 0 };
	struct study *study = small_gaps(&small);
	g_assert_cmpuint(count_kind(study, "G11"), ==, 4);
	says(study_gap(study, "G11:entries"), "2 of 8 entries were not verified");
	g_assert_cmpstr(study_gap(study, "G11:entries-ana")->title, ==,
			"ana: 1 entry to look through");
	says(study_gap(study, "G11:past-end"), "Institution 3 – Institution 4");
	says(study_gap(study, "G11:quiet"), "Institution 5 – Institution 6");
	study_unref(study);
	small_release(&small);
}

/* An entry that is said to be verified on a day to come passes for one that was looked at. */
static void verified_ahead(void)
{
	struct small small;
	small_init(&small, 4);
	small_network(&small);
	for (guint i = 0; i < 4; i++)
		small.all[i]->base.verified = (struct date){ i < 1 ? 2030 : 2026, 0, 0 };
	struct study *study = small_gaps(&small);
	g_autofree double *months = study_values(study, measure_find("age"));
	const struct gap *gap = study_gap(study, "G11:entries");
	g_assert_cmpfloat(study_value(study, measure_find("fresh")), ==, .75);
	g_assert_true(isnan(months[0]) && months[1] == 0);
	says(gap, "1 of 4 entries was not verified");
	g_assert_cmpuint(gap->institutions->len, ==, 1);
	study_unref(study);
	small_release(&small);
}

/* 1 and 2 hang on 0 through a programme that ends in spring; 3 through one that goes on. */
static void cliff(void)
{
	struct small small;
	static const char *const ends[] = { "ends", NULL }, *const both[] = { "ends", "stays",
									      NULL };
	small_init(&small, 6);
	small_network(&small);
	((struct programme *)small_add(&small, KIND_PROGRAMME, "ends"))->end =
		(struct date){ 2027, 3, 0 };
	((struct programme *)small_add(&small, KIND_PROGRAMME, "stays"))->end =
		(struct date){ 2030, 0, 0 };
	small_details(&small, small_tie(&small, 0, 1, NULL))->basis = ends;
	small_details(&small, small_tie(&small, 0, 2, NULL))->basis = ends;
	small_details(&small, small_tie(&small, 0, 3, NULL))->basis = both;
	small_tie(&small, 2, 3, NULL);
	/* Neither ends with it: they have an agreement of their own, or state a later end. */
	struct partnership *agreed = small_tie(&small, 0, 4, NULL);
	small_details(&small, agreed)->basis = ends;
	small_details(&small, agreed)->agreement = "mou";
	struct partnership *longer = small_tie(&small, 0, 5, NULL);
	small_details(&small, longer)->basis = ends;
	longer->until = (struct date){ 2029, 0, 0 };
	struct study *study = small_gaps(&small);
	g_assert_cmpuint(count_kind(study, "G13"), ==, 1);
	const struct gap *gap = study_gap(study, "G13:ends");
	g_assert_cmpstr(gap->title, ==, "ends ends on 2027-03, and 2 ties with it");
	says(gap, "1 member would have no partner left: Institution 1");
	says(gap, "The network would fall into 2 parts; today it has 1");
	/* Trying its end takes the same two ties. */
	const struct whatif_step step = { WHATIF_END, "ends", NULL, { 0 } };
	g_autoptr(GError) error = NULL;
	struct scorecard *card = whatif_compute(study, &step, 1, NULL, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(card->ties_lost, ==, 2);
	g_assert_cmpuint(card->ties_added, ==, 0);
	scorecard_unref(card);
	study_unref(study);
	small_release(&small);
}

static void territories(void)
{
	struct small small;
	static const char *const climate[] = { "climate", NULL };
	static const char *const places[] = { "a", "b", "c" };
	static const struct agenda_item items[] = { { .lead = "i008", .status = "planned" },
						    { .lead = "i009", .status = "planned" },
						    { .lead = "i009", .status = "dropped" } };
	small_init(&small, 12);
	small_network(&small);
	for (guint i = 0; i < 12; i++) {
		small.all[i]->territories = small_list(&small, places[i / 4], NULL);
		small.all[i]->sector = i % 4 == 0 ? "x" : i % 4 == 1 ? "y" : "z";
	}
	small_tie(&small, 8, 9, NULL)->since = (struct date){ 2020, 0, 0 };
	small_tie(&small, 0, 1, NULL)->since = (struct date){ 2019, 0, 0 };
	small_tie(&small, 4, 5, NULL)->since = (struct date){ 2026, 2, 0 };
	struct territory *a = small_territory(&small, "a", "developing");
	struct territory *b = small_territory(&small, "b", "declared");
	a->agenda.lines = b->agenda.lines = climate;
	struct territory *c = small_territory(&small, "c", "declared");
	a->agenda.status = "none";
	b->agenda.status = "adopted";
	c->agenda.items =
		(struct items){ memcpy(pool_alloc(small.pool, sizeof items), items, sizeof items),
				3 };
	small.all[5]->lines = climate;
	struct study *study = small_gaps(&small);
	const struct gap *gap = study_gap(study, "G14:a");
	says(gap, "At work since 2019, and not declared");
	says(gap, "It has no agenda yet");
	says(gap, "The last that is known of anything done there: 2019");
	g_assert_null(study_gap(study, "G14:b"));
	gap = study_gap(study, "G14:c");
	says(gap, "All of its 2 agenda items are planned, and none is begun");
	says(gap, "The last that is known of anything done there: 2020");
	g_assert_cmpuint(gap->evidence->len, ==, 2);
	gap = study_gap(study, "G15:line-climate");
	says(gap, "Without anybody: a");
	says(gap, "1 member works on it elsewhere");
	says(study_gap(study, "G15:shared-climate"), "1 of 1 pairs of them have no tie");
	study_unref(study);
	small_release(&small);
}

static void spread(void)
{
	struct small small;
	small_init(&small, 2);
	small_network(&small);
	struct spread *record = small_add(&small, KIND_SPREAD, "spread");
	struct spread_step *rows = pool_alloc(small.pool, 4 * sizeof *rows);
	static const char *const regions[] = { "north", "south", "north", "west" };
	static const char *const states[] = { "starting", "active", "active", "stopped" };
	for (guint i = 0; i < 4; i++)
		rows[i] = (struct spread_step){ .practice = "skills",
						.region = regions[i],
						.period = { (gint16)(2021 + i / 2), 0, 0 },
						.state = states[i],
						.count = FIELD_NO_INTEGER,
						.of = 10 };
	record->spread = (struct items){ rows, 4 };
	struct study *study = small_gaps(&small);
	const struct gap *gap = study_gap(study, "G16:skills");
	says(gap, "2 of 10 regions have it");
	says(gap, "Not there: west");
	says(gap, "7 regions without it are not named");
	g_assert_cmpstr(gap->title, ==, "skills is in 2 of 10 regions, none new since 2021");
	study_unref(study);
	small_release(&small);
}

/*
 * A practice of which only numbers are told, as most are: one that stopped growing is none of
 * those that reached all, and is not new each year in which somebody counts it again.
 */
static void spread_in_numbers(void)
{
	static const struct {
		const char *practice, *state;
		gint16 year;
		gint64 count;
	} told[] = {
		{ "robots", "active", 2020, 5 },  { "robots", "active", 2019, 2 },
		{ "robots", "active", 2022, 5 },  { "robots", "stopped", 2023, 9 },
		{ "clubs", "starting", 2018, 2 }, { "clubs", "active", 2021, 10 },
		{ "fairs", "active", 0, 3 },
	};
	static const struct spread_step numbered[] = {
		{ .practice = "labs",
		  .period = { 2020, 0, 0 },
		  .state = "active",
		  .count = 3,
		  .of = 4 },
		{ .practice = "labs",
		  .region = "north",
		  .period = { 2020, 0, 0 },
		  .state = "active",
		  .count = FIELD_NO_INTEGER,
		  .of = 4 },
		{ .practice = "labs",
		  .region = "south",
		  .period = { 2020, 0, 0 },
		  .state = "stopped",
		  .count = FIELD_NO_INTEGER,
		  .of = 4 },
		{ .practice = "labs",
		  .region = "west",
		  .period = { 2020, 0, 0 },
		  .state = "stopped",
		  .count = FIELD_NO_INTEGER,
		  .of = 4 },
	};
	struct small small;
	small_init(&small, 2);
	small_network(&small);
	struct spread *record = small_add(&small, KIND_SPREAD, "spread");
	struct spread_step *rows = pool_alloc(small.pool, G_N_ELEMENTS(told) * sizeof *rows);
	for (guint i = 0; i < G_N_ELEMENTS(told); i++)
		rows[i] = (struct spread_step){ .practice = told[i].practice,
						.period = { told[i].year, 0, 0 },
						.state = told[i].state,
						.count = told[i].count,
						.of = 10 };
	record->spread = (struct items){ rows, G_N_ELEMENTS(told) };
	record = small_add(&small, KIND_SPREAD, "both");
	record->spread = (struct items){ (void *)numbered, G_N_ELEMENTS(numbered) };
	struct study *study = small_gaps(&small);
	/* Where numbers tell of more than names do, nobody knows which: none is said to lack it. */
	says(study_gap(study, "G16:labs"),
	     "Some of these have it too, by the numbers told: south, west");
	const struct gap *gap = study_gap(study, "G16:robots");
	g_assert_nonnull(gap);
	g_assert_cmpstr(gap->title, ==, "robots is in 5 of 10 regions, none new since 2020");
	says(gap, "5 regions without it are not named");
	g_assert_cmpuint(count_kind(study, "G16"), ==, 2);
	study_unref(study);
	small_release(&small);
}

/*
 * A ring of ten, a chain of three hanging on it: at its end an ally that is out of the way,
 * beside it one that is no ally.
 */
static void at_the_edge(void)
{
	static const char *const order[] = { "friend", "ally", "founder", NULL };
	struct small small;
	small_init(&small, 14);
	small_words(&small, small_network(&small), VOCABULARY_TIERS, order);
	for (guint i = 0; i < 10; i++)
		small_tie(&small, i, (i + 1) % 10, NULL);
	for (guint i = 9; i < 12; i++)
		small_tie(&small, i, i + 1, NULL);
	for (guint i = 11; i < 14; i++) {
		struct membership *row = pool_alloc(small.pool, sizeof *row);
		row->network = "net";
		row->tier = "ally";
		small.all[i]->memberships = (struct items){ row, 1 };
	}
	struct study *study = small_gaps(&small);
	const struct gap *gap = study_gap(study, "G5:edge-i012");
	g_assert_cmpstr(gap->title, ==, "Institution 12 (ally) stands at the edge of the network");
	says(gap, "12 of the 13 members of the main network are nearer to the others");
	g_assert_null(study_gap(study, "G5:edge-i011"));
	/* Without any partner it is a finding of another kind. */
	g_assert_null(study_gap(study, "G5:edge-i013"));
	study_unref(study);
	small_release(&small);
}

/* Five of each of two sectors; then a second tie. */
static void one_tie_between_sectors(void)
{
	static const char *const names[] = { "x", "y", NULL };
	for (guint ties = 1; ties <= 2; ties++) {
		struct small small;
		small_init(&small, 10);
		small_words(&small, small_network(&small), VOCABULARY_SECTORS, names);
		for (guint i = 0; i < 10; i++)
			small.all[i]->sector = i < 5 ? "x" : "y";
		for (guint i = 0; i < ties; i++)
			small_tie(&small, i, i + 5, NULL);
		struct study *study = small_gaps(&small);
		const struct gap *gap = study_gap(study, "G10:x:y");
		g_assert_true((gap != NULL) == (ties == 1));
		if (gap)
			says(gap, "The tie: Institution 0 – Institution 5");
		study_unref(study);
		small_release(&small);
	}
}

/*
 * On 0 hang 1, 2 and 3; 1 is a branch of 0 and shares most with 4 on the other side, of which 5 is
 * a branch.  Neither its own branch nor two of one house may be what is proposed.
 */
static void repairs_without_the_house(void)
{
	static const guint pairs[][2] = { { 0, 1 }, { 0, 2 }, { 1, 2 }, { 2, 3 }, { 0, 4 },
					  { 0, 6 }, { 4, 5 }, { 5, 6 }, { 6, 7 }, { 7, 4 } };
	struct small small;
	small_init(&small, 8);
	small_network(&small);
	small_territory(&small, "here", "declared");
	small.all[1]->base.name = "Institution 0, regional office";
	small.all[4]->base.name = "Chair of Education, Institution 2";
	for (guint i = 0; i < 8; i++)
		small.all[i]->country = "MX";
	small.all[1]->territories = small.all[2]->territories = small.all[4]->territories =
		small_list(&small, "here", NULL);
	small_ties(&small, pairs, G_N_ELEMENTS(pairs));
	struct study *study = small_gaps(&small);
	const struct gap *gap = study_gap(study, "G10:i000");
	g_assert_cmpuint(gap->candidates->len, ==, 1);
	const struct candidate *first = gap->candidates->pdata[0];
	g_assert_cmpint(first->a, ==, 2);
	g_assert_cmpint(first->b, ==, 6);
	g_assert_nonnull(strstr(first->why, "3 members connected"));
	study_unref(study);
	small_release(&small);
}

static void tiers(void)
{
	static const char *const order[] = { "friend", "member", "ally", "founder", NULL };
	struct small small;
	small_init(&small, 9);
	small_words(&small, small_network(&small), VOCABULARY_TIERS, order);
	static const struct {
		guint i;
		const char *tier;
	} rows[] = {
		{ 0, "ally" }, { 1, "ally" }, { 2, "friend" }, { 3, "friend" }, { 4, "founder" }
	};
	for (guint r = 0; r < G_N_ELEMENTS(rows); r++) {
		struct membership *row = pool_alloc(small.pool, sizeof *row);
		row->network = "net";
		row->tier = rows[r].tier;
		small.all[rows[r].i]->memberships = (struct items){ row, 1 };
	}
	small_tie(&small, 0, 5, "awareness");
	small_tie(&small, 1, 5, "coordination");
	for (guint i = 5; i < 8; i++)
		small_tie(&small, 2, i, "integration");
	small_tie(&small, 3, 8, "cooperation");
	struct study *study = small_gaps(&small);
	g_assert_cmpuint(count_kind(study, "G17"), ==, 2);
	g_assert_cmpstr(study_gap(study, "G17:i000")->title, ==,
			"Institution 0 (ally) coordinates with nobody");
	g_assert_cmpstr(study_gap(study, "G17:i002")->title, ==,
			"Institution 2 (friend) acts as an ally");
	study_unref(study);
	small_release(&small);
}

/* With nothing stated but ties these kinds are silent: no data is no finding. */
static void silent(void)
{
	static const guint pairs[][2] = { { 0, 1 }, { 1, 2 }, { 2, 0 } };
	static const char *const kinds[] = { "G4", "G8", "G9", "G13", "G14", "G15", "G16", "G17" };
	struct small small;
	small_init(&small, 12);
	small_ties(&small, pairs, G_N_ELEMENTS(pairs));
	struct study *study = small_gaps(&small);
	for (guint i = 0; i < G_N_ELEMENTS(kinds); i++)
		g_assert_cmpuint(count_kind(study, kinds[i]), ==, 0);
	study_unref(study);
	small_release(&small);
}

/* Computed twice the register is the same, word for word; a plan alone changes nothing. */
static void same_again(void)
{
	struct small small;
	small_init(&small, 40);
	small_network(&small);
	for (guint i = 0; i < 40; i++) {
		small.all[i]->sector = i % 3 ? "x" : "y";
		small.all[i]->territories = small_list(&small, i < 20 ? "a" : "b", NULL);
		small_tie(&small, i, i * 7 % 40 == i ? 0 : i * 7 % 40, NULL);
	}
	struct study *one = small_gaps(&small);
	small_tie(&small, 2, 39, NULL)->status = "proposed";
	struct study *two = small_gaps(&small);
	const GPtrArray *a = study_gaps(one), *b = study_gaps(two);
	g_assert_cmpuint(a->len, ==, b->len);
	for (guint i = 0; i < a->len; i++) {
		const struct gap *x = a->pdata[i], *y = b->pdata[i];
		g_assert_cmpstr(x->id, ==, y->id);
		g_assert_cmpfloat(x->severity, ==, y->severity);
		g_assert_cmpstr(x->title, ==, y->title);
	}
	study_unref(one);
	study_unref(two);
	small_release(&small);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/gaps/offers-and-needs", offers_and_needs);
	g_test_add_func("/gaps/matching-is-largest", matching_is_largest);
	g_test_add_func("/gaps/shallow", shallow);
	g_test_add_func("/gaps/holes", holes);
	g_test_add_func("/gaps/mixing", mixing);
	g_test_add_func("/gaps/stale", stale);
	g_test_add_func("/gaps/verified-ahead", verified_ahead);
	g_test_add_func("/gaps/cliff", cliff);
	g_test_add_func("/gaps/territories", territories);
	g_test_add_func("/gaps/spread", spread);
	g_test_add_func("/gaps/spread-in-numbers", spread_in_numbers);
	g_test_add_func("/gaps/at-the-edge", at_the_edge);
	g_test_add_func("/gaps/one-tie-between-sectors", one_tie_between_sectors);
	g_test_add_func("/gaps/repairs-without-the-house", repairs_without_the_house);
	g_test_add_func("/gaps/tiers", tiers);
	g_test_add_func("/gaps/silent", silent);
	g_test_add_func("/gaps/same-again", same_again);
	return g_test_run();
}
