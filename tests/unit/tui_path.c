/*
 * Introductions: the chain that exists is found and put into words a person can
 * act on; where there is none, that is said.
 */
#include "base/start.h"
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

static void said(const char *subject, const char *text)
{
	struct small s;

	small_open(&s);
	struct study *study = studied(&s);

	app_open(s.app, &s.world, &view_path, subject);
	small_sees(&s, text);
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
	g_test_add_func("/path/every-length", every_length);
	g_test_add_func("/path/leaving", leaving);
	g_test_add_func("/path/any-size", any_size);
	return g_test_run();
}
