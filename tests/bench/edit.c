/*
 * How long after an edit the register is right again: a network is opened, its study
 * computed, and then one edit after another goes the way of the app's: workspace_apply(),
 * a study that takes over what still holds, everything computed.  Milliseconds, medians.
 *
 *   edit DIRECTORY [ROUNDS [EDIT]]    edits the network there, so give it a copy; "a text" alone
 */
#include "tests/bench/bench.h"

#include "graph/study.h"

#include <string.h>

#define MOST 1000

/* What one round does to member `a`; `b` is somebody else. */
struct round {
	const struct model *model;
	const struct study *study;
	const struct institution *a, *b;
	guint number;
	struct change *change;
};

static void set(struct round *round, const char *path, const char *text)
{
	change_set(round->change, KIND_INSTITUTION, round->a->base.id, path, text);
}

static void edit_text(struct round *round)
{
	g_autofree char *text = g_strdup_printf("Said in round %u", round->number);
	set(round, "notes", text);
}

static void edit_url(struct round *round)
{
	g_autofree char *text = g_strdup_printf("https://example.org/%u", round->number);
	set(round, "url", text);
}

static void edit_gap(struct round *round)
{
	const GPtrArray *gaps = study_gaps(round->study);
	const struct gap *gap = g_ptr_array_index(gaps, round->number % gaps->len);
	const struct gap_move move = { .status = "proposed" };
	change_free(round->change);
	round->change = gap_move(round->model, gap->id, &move, round->model->today, NULL);
}

static void edit_verified(struct round *round)
{
	g_autofree char *text = g_strdup_printf("2026-10-%02u", round->number % 28 + 1);
	set(round, "verified", text);
}

/* The nth term of a vocabulary, or the one after it where that is what stands. */
static const char *term(const struct round *round, enum vocabulary of, const char *but)
{
	const struct items *terms = &round->model->network->vocabularies.of[of];
	const struct term *at = &ITEMS(struct term, *terms)[round->number % terms->n];
	if (g_strcmp0(at->id, but) == 0)
		at = &ITEMS(struct term, *terms)[(round->number + 1) % terms->n];
	return at->id;
}

static void edit_sector(struct round *round)
{
	set(round, "sector", term(round, VOCABULARY_SECTORS, round->a->sector));
}

static void edit_tie(struct round *round)
{
	g_autofree char *json = g_strdup_printf(
		"{\"with\": \"%s\", \"intensity\": \"cooperation\"}", round->b->base.id);
	change_insert(round->change, KIND_INSTITUTION, round->a->base.id, "partners", json);
}

/* Somebody who has an entry in the list, or NULL. */
static const struct institution *one_with(const struct round *round, gsize list)
{
	guint n = round->model->n[KIND_INSTITUTION];
	for (guint i = 0; i < n; i++) {
		const struct institution *one =
			model_institution(round->model, (round->number * 37 + i) % n);
		if (G_STRUCT_MEMBER(struct items, one, list).n > 0)
			return one;
	}
	return NULL;
}

static void edit_untie(struct round *round)
{
	const struct institution *one = one_with(round, offsetof(struct institution, partners));
	if (one == NULL)
		return;
	g_autofree char *path =
		g_strdup_printf("partners[%s]", ITEMS(struct partnership, one->partners)[0].with);
	change_remove(round->change, KIND_INSTITUTION, one->base.id, path);
}

static void edit_tier(struct round *round)
{
	const struct institution *one = one_with(round, offsetof(struct institution, memberships));
	if (one == NULL)
		return;
	const struct membership *first = ITEMS(struct membership, one->memberships);
	g_autofree char *path = g_strdup_printf("memberships[%s].tier", first->network);
	change_set(round->change, KIND_INSTITUTION, one->base.id, path,
		   term(round, VOCABULARY_TIERS, first->tier));
}

static void edit_offer(struct round *round)
{
	g_autofree char *json =
		g_strdup_printf("{\"capacity\": \"%s\"}", term(round, VOCABULARY_CAPACITIES, NULL));
	change_insert(round->change, KIND_INSTITUTION, round->a->base.id, "offers", json);
}

static const struct {
	const char *what;
	void (*edit)(struct round *round);
} classes[] = {
	{ "a text", edit_text },	 { "a web address", edit_url },
	{ "a gap's state", edit_gap },	 { "verified", edit_verified },
	{ "a sector", edit_sector },	 { "a level", edit_tier },
	{ "an offer", edit_offer },	 { "a new tie", edit_tie },
	{ "a tie removed", edit_untie },
};

struct times {
	double apply[MOST], wall[MOST], processors[MOST];
};

static struct study *studied(const struct model *model, const struct study *earlier)
{
	GError *error = NULL;
	struct study *study = study_new(model, NULL);
	study_inherit(study, earlier);
	bool ok = study_compute(study, STUDY_ALL, NULL, &error);
	bench_must(ok, "study", error);
	return study;
}

/* NULL where the network has nobody to do it to; the study given is then kept. */
static struct study *play(struct workspace *workspace, struct study *study, guint class,
			  guint number, struct times *times)
{
	const struct model *model = workspace_model(workspace);
	guint n = model->n[KIND_INSTITUTION];
	guint a = (number * 7 + class * 31) % n, b = (a + n / 2 + number) % n;
	struct round round = {
		model,	study,	     model_institution(model, a), model_institution(model, b),
		number, change_new()
	};
	GError *error = NULL;
	classes[class].edit(&round);
	if (round.change->ops->len == 0) {
		change_free(round.change);
		return NULL;
	}
	double start = bench_now(CLOCK_MONOTONIC);
	bool ok = workspace_apply(workspace, round.change, &error);
	bench_must(ok, classes[class].what, error);
	times->apply[number] = bench_now(CLOCK_MONOTONIC) - start;
	bool changed = round.change->id != 0;
	change_free(round.change);
	if (!changed)
		return NULL;
	double wall = bench_now(CLOCK_MONOTONIC), processors = bench_now(CLOCK_PROCESS_CPUTIME_ID);
	struct study *next = studied(workspace_model(workspace), study);
	times->wall[number] = bench_now(CLOCK_MONOTONIC) - wall;
	times->processors[number] = bench_now(CLOCK_PROCESS_CPUTIME_ID) - processors;
	study_unref(study);
	return next;
}

static struct study *play_class(struct workspace *workspace, struct study *study, guint class,
				guint rounds)
{
	struct times *times = g_new0(struct times, 1);
	guint done = 0;
	for (struct study *next; done < rounds; done++) {
		next = play(workspace, study, class, done, times);
		if (next == NULL)
			break;
		study = next;
	}
	if (done > 0) {
		double right = bench_median(times->wall, done);
		printf("%-16s %8.1f %8.1f %8.1f %12.1f\n", classes[class].what,
		       bench_median(times->apply, done), right, times->wall[done - 1],
		       bench_median(times->processors, done));
	}
	g_free(times);
	return study;
}

int main(int argc, char **argv)
{
	guint rounds = argc > 2 ? (guint)strtoul(argv[2], NULL, 10) : 15;
	rounds = CLAMP(rounds, 1, MOST);
	struct workspace *workspace = bench_open(argc > 1 ? argv[1] : ".");
	double wall = bench_now(CLOCK_MONOTONIC), processors = bench_now(CLOCK_PROCESS_CPUTIME_ID);
	struct study *study = studied(workspace_model(workspace), NULL);
	printf("%u institutions, %u ties; everything for the first time: %.0f ms, %.0f of the "
	       "processors\n",
	       study_net(study)->n, study_net(study)->m, bench_now(CLOCK_MONOTONIC) - wall,
	       bench_now(CLOCK_PROCESS_CPUTIME_ID) - processors);
	printf("%-16s %8s %8s %8s %12s\n", "edit", "saved", "right", "longest", "processors");
	for (guint c = 0; c < G_N_ELEMENTS(classes); c++)
		if (argc <= 3 || strcmp(argv[3], classes[c].what) == 0)
			study = play_class(workspace, study, c, rounds);
	study_unref(study);
	workspace_close(workspace);
	return 0;
}
