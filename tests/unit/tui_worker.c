/*
 * While a network of thousands is computed the worker says what it is at, and lets
 * go of it at once when told; the app names it, stops it by Esc and starts it by R.
 */
#include "base/start.h"
#include "tests/unit/tui_crowd.h"
#include "tui/session.h"
#include "tui/worker.h"

#include <glib/gstdio.h>

#define LARGE  12000
#define PROMPT (250 * G_TIME_SPAN_MILLISECOND)

struct heard {
	guint words, studies, compared, days, others;
	char *doing;
};

static void on_study(void *data, struct study *study)
{
	(void)study;
	((struct heard *)data)->studies++;
}

static void on_done(void *data, const char *text, GError *error)
{
	(void)text;
	g_clear_error(&error);
	((struct heard *)data)->others++;
}

static void on_progress(void *data, const char *doing, double share)
{
	struct heard *heard = data;

	(void)share;
	heard->words++;
	g_free(heard->doing);
	heard->doing = g_strdup(doing);
}

static void says_and_stops(void)
{
	struct heard heard = { 0 };
	const struct worker_calls calls = {
		.data = &heard, .study = on_study, .done = on_done, .progress = on_progress
	};
	struct model *model = crowd_model(LARGE, 40);
	struct worker *worker = worker_new(&calls, NULL);
	gint64 start;

	worker_study(worker, model);
	while (heard.words < 2 && heard.studies == 0)
		g_main_context_iteration(NULL, TRUE);
	g_assert_nonnull(heard.doing);
	start = g_get_monotonic_time();
	worker_stop(worker);
	/* Freeing waits for the thread: it has let go by then. */
	worker_free(worker);
	g_assert_cmpint(g_get_monotonic_time() - start, <, PROMPT);
	g_assert_cmpuint(heard.studies + heard.others, ==, 0);
	g_free(heard.doing);
	model_unref(model);
}

static void on_compared(void *data, const struct model *model, struct years years,
			struct comparison *comparison)
{
	(void)model;
	(void)years;
	((struct heard *)data)->compared++;
	comparison_free(comparison);
}

static void on_past(void *data, const struct model *present, struct date day, struct model *past)
{
	(void)present;
	(void)day;
	(void)past;
	((struct heard *)data)->days++;
}

/* If it fails, another day waits for what is computed meanwhile: for an export, minutes. */
static void a_day_beside(void)
{
	struct heard heard = { 0 };
	const struct worker_calls calls = {
		.data = &heard, .done = on_done, .compared = on_compared, .past = on_past
	};
	struct model *model = crowd_model(LARGE, 40);
	struct worker *worker = worker_new(&calls, NULL);

	worker_compare(worker, model, (struct years){ 2020, 2024 });
	worker_past(worker, model, (struct date){ .year = 2020 });
	while (heard.days == 0)
		g_main_context_iteration(NULL, TRUE);
	g_assert_cmpuint(heard.compared + heard.others, ==, 0);
	worker_free(worker);
	model_unref(model);
}

#define FILES 2000

#define CHECK 7

static void on_checked(void *data, guint number, struct findings *findings, GError *error)
{
	g_assert_no_error(error);
	g_assert_cmpuint(number, ==, CHECK);
	((struct heard *)data)->others++;
	findings_free(findings);
}

static char *file_of(const char *dir, guint at)
{
	return at == FILES ? g_build_filename(dir, "network.yaml", NULL)
			   : g_strdup_printf("%s/institutions/more-%u.yaml", dir, at);
}

/* A network that takes its time to be read. */
static char *files_make(void)
{
	char *dir = g_dir_make_tmp("telar-XXXXXX", NULL);
	g_autofree char *folder = g_build_filename(dir, "institutions", NULL);

	g_assert_cmpint(g_mkdir(folder, 0700), ==, 0);
	for (guint i = 0; i <= FILES; i++) {
		g_autofree char *file = file_of(dir, i);

		g_assert_true(g_file_set_contents(file, "id: other\nname: Other\n", -1, NULL));
	}
	return dir;
}

/* Takes the name. */
static void files_remove(char *dir)
{
	g_autofree char *folder = g_build_filename(dir, "institutions", NULL);

	for (guint i = 0; i <= FILES; i++) {
		g_autofree char *file = file_of(dir, i);

		g_unlink(file);
	}
	g_rmdir(folder);
	g_rmdir(dir);
	g_free(dir);
}

/* If it fails, another day waits until all files of a network are read. */
static void a_day_beside_files(void)
{
	struct heard heard = { 0 };
	const struct worker_calls calls = {
		.data = &heard, .done = on_done, .checked = on_checked, .past = on_past
	};
	char *dir = files_make();
	struct model *model = crowd_model(60, 4);
	struct worker *worker = worker_new(&calls, NULL);

	worker_check(worker, dir, (struct date){ .year = 2026 }, CHECK);
	worker_past(worker, model, (struct date){ .year = 2020 });
	while (heard.days == 0)
		g_main_context_iteration(NULL, TRUE);
	g_assert_cmpuint(heard.others, ==, 0);
	while (heard.others == 0)
		g_main_context_iteration(NULL, TRUE);
	worker_free(worker);
	model_unref(model);
	files_remove(dir);
}

/* If it fails, all files are read for a check that nobody waits for before the next begins. */
static void a_check_given_up(void)
{
	struct heard heard = { 0 };
	const struct worker_calls calls = { .data = &heard, .checked = on_checked };
	const struct date today = { .year = 2026 };
	char *dir = files_make();
	struct worker *worker = worker_new(&calls, NULL);

	worker_check(worker, dir, today, CHECK - 2);
	worker_stop_check(worker);
	worker_check(worker, dir, today, CHECK - 1);
	worker_check(worker, dir, today, CHECK);
	while (heard.others == 0)
		g_main_context_iteration(NULL, TRUE);
	/* Nor does leaving wait for it. */
	worker_check(worker, dir, today, CHECK + 1);
	worker_free(worker);
	g_assert_cmpuint(heard.others, ==, 1);
	files_remove(dir);
}

/* The effect of one key, and nothing else. */
static bool asks(struct crowd *crowd, gunichar key, enum effect_type wanted)
{
	struct event event = { .type = EVENT_KEY, .key = key };
	struct effects effects;
	bool found = false;

	effects_init(&effects);
	app_update(crowd->app, &crowd->world, event, &effects);
	for (guint i = 0; i < effects.all->len; i++)
		found = found ||
			((struct effect *)g_ptr_array_index(effects.all, i))->type == wanted;
	effects_release(&effects);
	return found;
}

static void keys(void)
{
	struct crowd crowd;

	crowd_open(&crowd, 60, 4, false);
	crowd_key(&crowd, '2');
	g_assert_false(asks(&crowd, TUI_ESCAPE, EFFECT_STOP));
	crowd_key(&crowd, 'g');
	crowd.world.doing = "Betweenness";
	crowd.world.done = .42;
	crowd_sees(&crowd, "Betweenness… 42 % · Esc stops");
	g_assert_false(asks(&crowd, 'R', EFFECT_COMPUTE));
	g_assert_true(asks(&crowd, TUI_ESCAPE, EFFECT_STOP));
	crowd.world.doing = NULL;
	crowd.world.stopped = true;
	crowd_event(&crowd, (struct event){ .type = EVENT_STUDY });
	crowd_sees(&crowd, "Measures are not computed: R computes them");
	crowd_sees(&crowd, "not computed ·");
	g_assert_false(asks(&crowd, TUI_ESCAPE, EFFECT_STOP));
	g_assert_true(asks(&crowd, 'R', EFFECT_COMPUTE));
	crowd_close(&crowd);
}

int main(int argc, char **argv)
{
	g_setenv("LC_ALL", "C.UTF-8", TRUE);
	start_process();
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/worker/says-and-stops", says_and_stops);
	g_test_add_func("/worker/a-day-beside", a_day_beside);
	g_test_add_func("/worker/a-day-beside-files", a_day_beside_files);
	g_test_add_func("/worker/a-check-given-up", a_check_given_up);
	g_test_add_func("/worker/keys", keys);
	return g_test_run();
}
