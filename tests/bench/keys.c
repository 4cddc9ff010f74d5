/*
 * How long a key waits: the app on a generated network in memory, without a
 * terminal; for each key the time until its frame is drawn, the longest piece of
 * the work that goes on behind it (a key pressed then waits so long), and the time
 * until all of it is done.  Milliseconds of processor time, as other work may run.
 *
 *   keys [N ...]       institutions, 20000 and 200000 unless given
 */
#include "data/as_of.h"
#include "data/generate.h"
#include "graph/study.h"
#include "tui/app.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

static const struct {
	const char *what, *keys;
} steps[] = {
	{ "open institutions", "2" },
	{ "down", "jjjj" },
	{ "last, first", "Gg" },
	{ "half pages", "\004\004\025" },
	{ "sort by next column", ">>>>>" },
	{ "sort by name", "ssssssssssss" },
	{ "reverse", "SS" },
	{ "filter, typed", "fsector=academia" },
	{ "filter, more of it", " ties>5" },
	{ "filter, words", "\033f"
			   "lima norte" },
	{ "filter off", "\033" },
	{ "search, typed", "/colegio del sur" },
	{ "next match", "\rnnN" },
	{ "mark, mark all, none", " **" },
	{ "open and close a card", "\r\033" },
	{ "columns", "c\033)((" },
	{ "open territories", "3" },
	{ "territories: filter", "fsector=academia\033" },
	{ "open partnerships", "4" },
	{ "partnerships: sort", "s>>" },
	{ "partnerships: filter", "fsector=academia\033" },
	{ "partnerships: search", "/colegio\033" },
	{ "open programmes", "5" },
	{ "programmes: filter", "fsector=academia\033" },
	{ "institutions, years back", "2{{{" },
	{ "open time", "9" },
	{ "time: scrub", "hhlh" },
	{ "back to now", "@" },
};

struct bench {
	struct world world;
	struct app *app;
	struct grid *grid;
	struct model *then; /* as of another day */
	bool again;
};

static double now(void)
{
	struct timespec at;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &at);
	return (double)at.tv_sec * 1e3 + (double)at.tv_nsec / 1e6;
}

/* As the session does it, without the study that the worker brings later. */
static void look_at(struct bench *bench, const char *day, struct effects *effects)
{
	struct world *world = &bench->world;
	struct model *before = bench->then;

	world->as_of = (struct date){ 0 };
	if (day != NULL)
		date_parse(day, &world->as_of);
	bench->then = day != NULL ? model_as_of(world->present, world->as_of) : NULL;
	world->model = day != NULL ? bench->then : world->present;
	world->today = world->model->today;
	model_unref(before);
	app_update(bench->app, world, (struct event){ .type = EVENT_MODEL }, effects);
}

/* An event and its frame. */
static double play(struct bench *bench, struct event event)
{
	struct effects effects;
	double before = now();

	effects_init(&effects);
	app_update(bench->app, &bench->world, event, &effects);
	for (guint i = 0; i < effects.all->len; i++) {
		const struct effect *effect = g_ptr_array_index(effects.all, i);

		if (effect->type == EFFECT_AS_OF)
			look_at(bench, effect->text, &effects);
	}
	app_draw(bench->app, &bench->world, bench->grid);
	before = now() - before;
	bench->again = false;
	for (guint i = 0; i < effects.all->len; i++)
		bench->again |=
			((struct effect *)g_ptr_array_index(effects.all, i))->type == EFFECT_AGAIN;
	effects_release(&effects);
	return before;
}

static struct model *generated(guint n)
{
	const struct generate_options options = { n, n / 100 + 1, n / 400 + 1,
						  8, 1,		  GENERATE_TERRITORIES };
	const struct date today = { 2026, 11, 22 };
	struct pool *pool = pool_new();
	GPtrArray *records[KIND_COUNT];
	const struct network *network;
	struct model *model;

	for (guint k = 0; k < KIND_COUNT; k++)
		records[k] = g_ptr_array_new();
	generate_records(&options, pool, records);
	network = g_ptr_array_index(records[KIND_NETWORK], 0);
	model = model_new(records, &pool, 1, network->base.id, today, 1);
	for (guint k = 0; k < KIND_COUNT; k++)
		g_ptr_array_unref(records[k]);
	pool_unref(pool);
	return model;
}

static long memory(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return usage.ru_maxrss / 1024;
}

static void bench_run(guint n)
{
	struct bench bench = { 0 };
	struct model *model = generated(n);
	double worst = 0, longest = 0;
	long before = memory();

	bench.world = (struct world){ .model = model,
				      .present = model,
				      .actor = "ana",
				      .path = "/net",
				      .today = { 2026, 11, 22 },
				      .rows = 24,
				      .cols = 80 };
	bench.grid = grid_new(24, 80);
	bench.app = app_new(&bench.world);
	printf("%u institutions, %u ties: ms until the frame, longest piece behind it, all done\n",
	       n, model->n_ties);
	for (guint s = 0; s < G_N_ELEMENTS(steps); s++) {
		double key = 0, piece = 0, all = 0;

		for (const char *c = steps[s].keys; *c != '\0'; c++) {
			struct event event = { .type = EVENT_KEY, .key = (gunichar)*c };
			double took = play(&bench, event), whole = took;

			key = MAX(key, took);
			while (bench.again) {
				took = play(&bench, (struct event){ .type = EVENT_AGAIN });
				piece = MAX(piece, took);
				whole += took;
			}
			all = MAX(all, whole);
		}
		printf("  %-24s %7.2f %7.2f %9.1f\n", steps[s].what, key, piece, all);
		worst = MAX(worst, key);
		longest = MAX(longest, piece);
	}
	printf("  %-24s %7.2f %7.2f   memory %ld MB, of the model %ld MB\n", "worst", worst,
	       longest, memory(), before);
	app_free(bench.app);
	grid_free(bench.grid);
	model_unref(bench.then);
	model_unref(model);
}

int main(int argc, char **argv)
{
	setlocale(LC_ALL, "C.UTF-8");
	for (int i = 1; i < argc; i++)
		bench_run((guint)strtoul(argv[i], NULL, 10));
	if (argc == 1) {
		bench_run(20000);
		bench_run(200000);
	}
	return 0;
}
