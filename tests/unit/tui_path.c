/*
 * Introductions: the chain that exists is found and put into words a person can
 * act on; where there is none, that is said.
 */
#include "base/start.h"
#include "tests/unit/tui_crowd.h"
#include "tests/unit/tui_small.h"

static struct study *studied(struct small *s)
{
	struct net_options options = { .with_ended = true, .least_intensity = -1 };
	struct study *study = study_new(s->model, &options);

	s->world.study = study;
	small_event(s, (struct event){ .type = EVENT_STUDY });
	return study;
}

static void one_between(void)
{
	struct small s;

	small_open(&s);
	app_open(s.app, &s.world, &view_path, "innovec");
	small_sees(&s, "From INNOVEC to:");
	small_type(&s, "nacional");
	small_key(&s, TUI_ENTER);
	small_sees(&s, "computing"); /* chains are not looked for while painting */
	struct study *study = studied(&s);

	/* Each tie with its own time: what is true of one need not be of both. */
	small_sees(&s,
		   "Write to Siemens Stiftung, who works with INNOVEC (since 2019; Training) and");
	small_sees(&s, "works with Universidad Nacional (since 2021-05).");
	small_sees(&s, "Training");
	small_key(&s, 'p'); /* to somebody else */
	small_sees(&s, "From INNOVEC to:");
	small_key(&s, TUI_ESCAPE);
	small_sees(&s, "Write to Siemens");
	study_unref(study);
	small_close(&s);
}

static void settle(struct crowd *crowd)
{
	for (guint rounds = 0; view_path.busy(app_top(crowd->app)); rounds++) {
		g_assert_cmpuint(rounds, <, 100);
		crowd_event(crowd, (struct event){ .type = EVENT_AGAIN });
	}
}

/* Among many a letter does not wait for all names; whoever types faster picks the same one. */
static void many_to_choose_from(void)
{
	char *screens[2] = { NULL };

	for (guint fast = 0; fast < 2; fast++) {
		struct crowd crowd;

		crowd_open(&crowd, 3000, 20, false);
		app_open(crowd.app, &crowd.world, &view_path,
			 RECORD(model_institution(crowd.model, 5))->id);
		crowd_event(&crowd, (struct event){ .type = EVENT_AGAIN });
		crowd_sees(&crowd, "2999 of 2999");
		crowd_key(&crowd, '1');
		g_assert_true(view_path.busy(app_top(crowd.app)));
		crowd_sees(&crowd, "2999 of 2999"); /* as it was, until it is known */
		if (!fast)
			settle(&crowd);
		crowd_key(&crowd, '7');
		if (!fast)
			settle(&crowd);
		crowd_key(&crowd, TUI_KEY_DOWN);
		g_assert_false(view_path.busy(app_top(crowd.app)));
		crowd_key(&crowd, TUI_ENTER);
		g_assert_false(view_path.typing(app_top(crowd.app)));
		crowd_key(&crowd, 'p');
		screens[fast] = crowd_screen(&crowd);
		crowd_close(&crowd);
	}
	g_assert_cmpstr(screens[0], ==, screens[1]);
	g_free(screens[0]);
	g_free(screens[1]);
}

static void said(const char *subject, const char *text)
{
	struct small s;

	small_open(&s);
	struct study *study = studied(&s);

	app_open(s.app, &s.world, &view_path, subject);
	small_sees(&s, text);
	/* Where nobody stands Enter leads to nobody. */
	g_assert_cmpint(strstr(text, "Write to") != NULL || strstr(text, "together") != NULL, ==,
			view_path.can(app_top(s.app), &s.world, ACTION_OPEN));
	study_unref(study);
	small_close(&s);
}

static void every_length(void)
{
	said("innovec/siemens",
	     "INNOVEC and Siemens Stiftung work together already (since 2019; Training).");
	said("siemens/cafe",
	     "Write to Universidad Nacional, who works with Siemens Stiftung (since");
	said("innovec/cafe",
	     "Write to Siemens Stiftung, who works with INNOVEC (since 2019; Training),");
	said("innovec/alone", "No chain of partners leads there");
	said("innovec/nobody", "There is no institution \"nobody\".");
}

static void leaving(void)
{
	struct small s;

	small_open(&s);
	app_open(s.app, &s.world, &view_path, "innovec");
	small_type(&s, "zzzz");
	small_sees(&s, "Nothing has such a name");
	small_key(&s, TUI_ENTER); /* nothing to pick: nothing happens */
	g_assert_true(app_top(s.app)->ops == &view_path);
	small_key(&s, TUI_ESCAPE);
	g_assert_true(app_top(s.app)->ops != &view_path);
	small_close(&s);
}

static void any_size(void)
{
	static const int sizes[][2] = { { 1, 1 }, { 2, 5 }, { 16, 60 }, { 24, 80 }, { 50, 200 } };
	struct small s;

	small_open(&s);
	struct study *study = studied(&s);

	app_open(s.app, &s.world, &view_path, "innovec/cafe");
	for (guint i = 0; i < G_N_ELEMENTS(sizes); i++) {
		small_size(&s, sizes[i][0], sizes[i][1]);
		g_free(small_screen(&s));
		small_key(&s, 'p');
		g_free(small_screen(&s));
		small_key(&s, TUI_ESCAPE);
	}
	study_unref(study);
	small_close(&s);
}

int main(int argc, char **argv)
{
	g_setenv("LC_ALL", "C.UTF-8", TRUE);
	start_process();
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/path/one-between", one_between);
	g_test_add_func("/path/many", many_to_choose_from);
	g_test_add_func("/path/every-length", every_length);
	g_test_add_func("/path/leaving", leaving);
	g_test_add_func("/path/any-size", any_size);
	return g_test_run();
}
