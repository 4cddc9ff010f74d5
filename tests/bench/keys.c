/*
 * How long a key waits: the app on a network, without a terminal.  First a session as
 * somebody might have it, then every action of tui/actions.def in every view.  For each
 * key the time until its frame is drawn; the longest piece of the work that goes on
 * behind it, and of taking in what the worker brings (a key pressed then waits so long);
 * and the time until all of it is done.  Milliseconds of processor time, as other work
 * may run.  Everything that comes from the worker is computed here without being timed.
 *
 *   keys NETWORK ...     edits it, so give it a copy; STUDY=1: with all that is computed,
 *                        STUDY=ties: with ties and groups and no measure, else nothing of
 *                        it ever arrives; KEYS=6++ plays these alone
 */
#include "data/as_of.h"
#include "data/workspace.h"
#include "tui/config.h"
#include "tui/memory.h"
#include "tui/session.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define LIMIT 16.0 /* ms: a frame */

#define SAVE '\026' /* stands for F2 */

/* One key after another, with what it is to measure; \033 Esc, \r Enter, \t Tab. */
struct step {
	const char *what, *keys;
};

static const struct step steps[] = {
	{ "open institutions", "2" },
	{ "down", "jjjj" },
	{ "last, first", "Gg" },
	{ "half pages", "\004\004\025" },
	{ "sort by each column", ">>>>>>>>>>>>" },
	{ "sort backwards", "<<<<<<<<<<<<" },
	{ "reverse", "SS" },
	{ "filter, typed", "fsector=school" },
	{ "filter, more of it", " ties>5" },
	{ "filter, words", "\033f"
			   "lima institution" },
	{ "filter off", "\033" },
	{ "search, typed", "/synthetic 12 34" },
	{ "next match", "\rnnN" },
	{ "mark, mark all, none", " **" },
	{ "mark all, move, unmark", "*jGg  V" },
	{ "all marked: details", "\025\004*" },
	{ "open and close a card", "\r\033" },
	{ "columns", "c\033)((" },
	{ "open territories", "3" },
	{ "territories: each column", ">>>>>>>>>>" },
	{ "territories: filter", "fsector=school\033" },
	{ "a territory's card", "\rjjG\033" },
	{ "open partnerships", "4" },
	{ "partnerships: each column", ">>>>>>>" },
	{ "partnerships: states", "ttt" },
	{ "partnerships: mark all", "**" },
	{ "partnerships: filter", "fsector=school\033" },
	{ "partnerships: search", "/synthetic 12\033" },
	{ "a tie's card", "\rjjG\033" },
	{ "open programmes", "5" },
	{ "programmes: each column", ">>>>>>>" },
	{ "programmes: filter", "fsector=school\033" },
	{ "a programme's card", "\rjjG\033" },
	{ "open map", "6" },
	{ "map: zoom, pan", "+++hjkl---0" },
	{ "map: other, groups", "mmmrr" },
	{ "map: colours, sizes", "cc\033ss\033" },
	{ "map: a card and back", "j\r\033" },
	{ "map: search", "/synthetic 12\r" },
	{ "open matrix", "7" },
	{ "matrix: other attributes", "rrrrccccmmmoo" },
	{ "matrix: move, open", "jlljG\r\033" },
	{ "open gaps", "8" },
	{ "gaps: kinds, move", "tttjjGg" },
	{ "gaps: filter", "fsector=school\033" },
	{ "open time", "9" },
	{ "time: scrub", "hhlh" },
	{ "time: as of, compare", "ac2021\rm" },
	{ "back to now", "@" },
	{ "institutions, years back", "2{{{" },
	{ "on, and now", "}}@" },
	{ "overview", "1jjG\t" },
	{ "command line", ":open synthetic 1\t\t\033" },
	{ "command of a filter", ":filter sector=sc\t\033" },
	{ "palette", "\020synthetic 12\033" },
	{ "history", "Hjj\033" },
	{ "confirmed alone, all", "CC" },
};

/* What changes the network, and so ends what is known of it: last. */
static const struct step edits[] = {
	{ "a gap's status", "8g>" },
	{ "both sides of a tie", "4gjv\r" },
	{ "fill in a form", "2gejjXY\t" },
	{ "save it", "\026y" },
	{ "undo, redo", "uu\022" },
	{ "delete a tie", "4gdy" },
	{ "undo that", "u" },
};

/* Where every action is tried, and how one gets there. */
static const struct {
	const char *name, *keys;
} places[] = {
	{ "overview", "1" },	{ "institutions", "2" },    { "institution", "2g\r" },
	{ "territories", "3" }, { "territory", "3g\r" },    { "partnerships", "4" },
	{ "tie", "4g\r" },	{ "programmes", "5" },	    { "programme", "5g\r" },
	{ "map", "6" },		{ "matrix", "7" },	    { "cell", "7jl\r" },
	{ "gaps", "8" },	{ "gap", "8g\r" },	    { "time", "9" },
	{ "resources", "1O" },	{ "assessments", "1E" },    { "spread", "1P" },
	{ "figures", "1F" },	{ "history", "1H" },	    { "conflicts", "1!" },
	{ "marked", "2g   " },	{ "marked ties", "4g   " }, { "path", "2gp" },
};

struct took {
	char *what;
	double key, piece, all;
};

struct bench {
	struct workspace *workspace;
	struct session *session;
	struct grid *grid;
	struct config *config;
	struct memory *memory;
	struct study *made;		  /* NULL: none ever arrives */
	bool again, study, past, compare; /* what was asked for */
	struct model *present;		  /* whose past */
	struct drawing *drawing;	  /* that chance is asked of */
	struct date day;
	struct years years;
	GArray *took;
};

static double now(void)
{
	struct timespec at;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &at);
	return (double)at.tv_sec * 1e3 + (double)at.tv_nsec / 1e6;
}

/* --- what is asked for --------------------------------------------------------------- */

static void want_study(void *data, const struct model *model)
{
	(void)model;
	((struct bench *)data)->study = true;
}

static void want_export(void *data, struct study *study, struct export_order *order)
{
	(void)data;
	(void)study;
	export_order_free(order);
}

static void want_text(void *data, const char *text)
{
	(void)data;
	(void)text;
}

static void want_nothing(void *data)
{
	(void)data;
}

static void want_whatif(void *data, struct study *study, const char *steps_)
{
	(void)data;
	(void)study;
	(void)steps_;
}

static void want_check(void *data, const char *path, struct date today, guint number)
{
	(void)data;
	(void)path;
	(void)today;
	(void)number;
}

static void want_again(void *data)
{
	((struct bench *)data)->again = true;
}

static void want_compare(void *data, const struct model *model, struct years years)
{
	struct bench *bench = data;

	(void)model;
	bench->compare = true;
	bench->years = years;
}

static void want_chance(void *data, struct drawing *drawing)
{
	struct bench *bench = data;

	drawing_free(bench->drawing);
	bench->drawing = drawing;
}

static void want_past(void *data, const struct model *present, struct date day)
{
	struct bench *bench = data;

	bench->past = true;
	model_unref(bench->present);
	bench->present = model_ref(present);
	bench->day = day;
}

/* --- time ---------------------------------------------------------------------------- */

static void frame(struct bench *bench)
{
	app_draw(bench->session->app, &bench->session->world, bench->grid);
}

static double piece(struct bench *bench)
{
	double before = now();

	bench->again = false;
	session_again(bench->session);
	frame(bench);
	return now() - before;
}

static double arrival_of_day(struct bench *bench)
{
	struct model *present = model_ref(bench->present);
	struct model *past = date_is_set(bench->day) ? model_as_of(present, bench->day, NULL, NULL)
						     : model_confirmed(present);
	double before = now();

	bench->past = false;
	session_past(bench->session, present, bench->day, past);
	frame(bench);
	before = now() - before;
	model_unref(past);
	model_unref(present);
	return before;
}

static double arrival_of_years(struct bench *bench)
{
	struct comparison *comparison =
		session_comparison_new(bench->session->present, bench->years, NULL, NULL);
	double before = now();

	bench->compare = false;
	session_compared(bench->session, bench->session->present, bench->years, comparison);
	frame(bench);
	return now() - before;
}

static double arrival_of_chance(struct bench *bench)
{
	struct drawing *drawing = g_steal_pointer(&bench->drawing);
	double before;

	(void)session_draw(drawing, NULL, NULL);
	before = now();
	session_drawn(bench->session, drawing);
	frame(bench);
	return now() - before;
}

/* Made once: what is shown without it is still being computed. */
static double arrival_of_study(struct bench *bench)
{
	double before = now();

	bench->study = false;
	session_study(bench->session, bench->made);
	frame(bench);
	return now() - before;
}

/* All that follows a key. */
static void settle(struct bench *bench, struct took *took)
{
	for (;;) {
		double longest;

		if (bench->again)
			longest = piece(bench);
		else if (bench->past)
			longest = arrival_of_day(bench);
		else if (bench->drawing != NULL)
			longest = arrival_of_chance(bench);
		else if (bench->compare && bench->session->model->n[KIND_INSTITUTION] < 2000)
			longest = arrival_of_years(bench);
		else if (bench->study && bench->made != NULL)
			longest = arrival_of_study(bench);
		else
			return;
		took->piece = MAX(took->piece, longest);
		took->all += longest;
	}
}

static void press(struct bench *bench, gunichar key, struct took *took)
{
	struct took one = { 0 };

	one.key = now();
	session_key(bench->session, key);
	frame(bench);
	one.key = now() - one.key;
	one.all = one.key;
	settle(bench, &one);
	bench->session->quit = false;
	took->key = MAX(took->key, one.key);
	took->piece = MAX(took->piece, one.piece);
	took->all = MAX(took->all, one.all);
}

static gunichar key_of(char letter)
{
	return letter == SAVE ? TUI_KEY_F2 : (gunichar)letter;
}

static void play(struct bench *bench, const char *keys, struct took *took)
{
	for (; *keys != '\0'; keys++)
		press(bench, key_of(*keys), took);
}

static void keep(struct bench *bench, struct took took)
{
	g_array_append_val(bench->took, took);
}

static void print(const struct took *took)
{
	printf("  %-34s %8.2f %8.2f %9.1f\n", took->what, took->key, took->piece, took->all);
}

/* --- what is played ------------------------------------------------------------------- */

static void session_begin(struct bench *bench)
{
	const struct session_hooks hooks = {
		.data = bench,
		.study = want_study,
		.export = want_export,
		.yank = want_text,
		.redraw = want_nothing,
		.suspend = want_nothing,
		.whatif = want_whatif,
		.looks = want_nothing,
		.again = want_again,
		.compare = want_compare,
		.stop = want_nothing,
		.past = want_past,
		.check = want_check,
		.chance = want_chance,
	};

	bench->session = session_new(bench->workspace, NULL, &hooks, 24, 80);
	session_configure(bench->session, bench->config, bench->memory);
	bench->study = true;
}

static void play_steps(struct bench *bench, const struct step *all, guint n)
{
	for (guint s = 0; s < n; s++) {
		struct took took = { 0 };

		took.what = g_strdup(all[s].what);
		play(bench, all[s].keys, &took);
		print(&took);
		keep(bench, took);
	}
}

/* Back to a list, whatever is open or asked; the network as it is. */
static void go_home(struct bench *bench)
{
	struct took unused = { 0 };

	for (guint k = 0; k < 8 && (bench->session->app->stack->len > 1 ||
				    bench->session->app->prompt != NULL || k < 2);
	     k++)
		press(bench, TUI_ESCAPE, &unused);
	app_set_filter(bench->session->app, &bench->session->world, "");
	if (bench->session->world.confirmed)
		session_confirmed(bench->session, false);
	if (date_is_set(bench->session->world.as_of))
		session_look_at(bench->session, NULL);
	settle(bench, &unused);
	press(bench, '1', &unused);
}

/* An action, what may be typed into what it opens, and a key there. */
static void play_action(struct bench *bench, guint place, const struct binding *binding)
{
	struct took got = { 0 }, took = { 0 };

	go_home(bench);
	play(bench, places[place].keys, &got);
	if (keymap_action(&bench->session->app->keymap, binding->keys[0],
			  app_top(bench->session->app)->ops->scopes) != binding->action)
		return;
	took.what = g_strdup_printf("%s: %s", places[place].name, binding->name);
	press(bench, binding->keys[0], &took);
	keep(bench, took);
	took = (struct took){ 0 };
	took.what = g_strdup_printf("%s: %s, and on", places[place].name, binding->name);
	play(bench, "co j\t", &took);
	press(bench, TUI_KEY_DOWN, &took);
	keep(bench, took);
}

/* What saves at once is among the edits. */
static bool is_elsewhere(enum action action)
{
	return action == ACTION_QUIT || action == ACTION_UNDO || action == ACTION_REDO ||
	       action == ACTION_CONFIRM || action == ACTION_GAP_FORWARD ||
	       action == ACTION_GAP_BACKWARD;
}

static void play_actions(struct bench *bench)
{
	guint n;
	const struct binding *all = bindings(&n);

	for (guint p = 0; p < G_N_ELEMENTS(places); p++) {
		for (guint a = 0; a < n; a++)
			if (!is_elsewhere(all[a].action))
				play_action(bench, p, &all[a]);
	}
}

static int slower(gconstpointer a, gconstpointer b)
{
	const struct took *one = a, *other = b;
	double left = MAX(one->key, one->piece), right = MAX(other->key, other->piece);

	return (left < right) - (left > right);
}

static void tell_worst(const struct bench *bench)
{
	guint over = 0;

	g_array_sort(bench->took, slower);
	for (guint i = 0; i < bench->took->len; i++) {
		const struct took *took = &g_array_index(bench->took, struct took, i);

		over += MAX(took->key, took->piece) > LIMIT;
	}
	printf("slowest of %u; %u took more than %.0f ms:\n", bench->took->len, over, LIMIT);
	for (guint i = 0; i < MIN(MAX(over, 10), bench->took->len); i++)
		print(&g_array_index(bench->took, struct took, i));
}

/* The peak in MB, of this program alone: what getrusage() tells begins with its parent's. */
static long memory(void)
{
	g_autofree char *status = NULL;
	const char *peak;

	if (!g_file_get_contents("/proc/self/status", &status, NULL, NULL))
		return 0;
	peak = strstr(status, "VmHWM:");
	return peak != NULL ? strtol(peak + strlen("VmHWM:"), NULL, 10) / 1024 : 0;
}

static void play_given(struct bench *bench, const char *keys)
{
	for (; *keys != '\0'; keys++) {
		struct took took = { 0 };

		took.what = g_strdup_printf(*keys < ' ' ? "\\%03o" : "%c", *keys);
		press(bench, key_of(*keys), &took);
		print(&took);
		keep(bench, took);
	}
}

static void play_all(struct bench *bench, long network)
{
	play_steps(bench, steps, G_N_ELEMENTS(steps));
	printf("  memory %ld MB, of the network %ld MB\n", memory(), network);
	play_actions(bench);
	session_free(bench->session);
	session_begin(bench);
	play_steps(bench, edits, G_N_ELEMENTS(edits));
	tell_worst(bench);
}

static void took_clear(gpointer took)
{
	g_free(((struct took *)took)->what);
}

static bool bench_run(const char *path)
{
	const struct workspace_options options = { path, "ana", clock_system(), 0 };
	struct findings *findings = findings_new();
	struct bench bench = { 0 };
	g_autoptr(GError) error = NULL;
	long before;

	bench.workspace = workspace_open(&options, findings, &error);
	findings_free(findings);
	if (bench.workspace == NULL) {
		fprintf(stderr, "%s\n", error->message);
		return false;
	}
	before = memory();
	bench.took = g_array_new(FALSE, FALSE, sizeof(struct took));
	g_array_set_clear_func(bench.took, took_clear);
	bench.grid = grid_new(24, 80);
	bench.config = config_new(NULL, NULL, false);
	bench.memory = memory_open(NULL, path);
	session_begin(&bench);
	if (g_getenv("STUDY") != NULL) {
		bench.made = session_study_new(bench.session->shown);
		if (strcmp(g_getenv("STUDY"), "ties") != 0)
			study_compute(bench.made, STUDY_ALL, NULL, NULL);
	}
	printf("%u institutions, %u ties: ms until the frame, longest piece behind it, all done\n",
	       bench.session->model->n[KIND_INSTITUTION], bench.session->model->n_ties);
	if (g_getenv("KEYS") != NULL)
		play_given(&bench, g_getenv("KEYS"));
	else
		play_all(&bench, before);
	session_free(bench.session);
	model_unref(bench.present);
	drawing_free(bench.drawing);
	study_unref(bench.made);
	memory_close(bench.memory);
	config_free(bench.config);
	grid_free(bench.grid);
	g_array_unref(bench.took);
	workspace_close(bench.workspace);
	return true;
}

int main(int argc, char **argv)
{
	setlocale(LC_ALL, "C.UTF-8");
	for (int i = 1; i < argc; i++)
		if (!bench_run(argv[i]))
			return 1;
	return 0;
}
