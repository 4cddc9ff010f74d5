/*
 * "If it left": asked for by key and by command, computed, and who is cut off is
 * named.  Nothing is opened for what is no institution or while nothing is computed.
 */
#include "base/start.h"
#include "graph/whatif.h"
#include "tests/unit/tui_small.h"
#include "tui/session.h"

static struct study *studied(struct small *s)
{
	g_autoptr(GError) error = NULL;
	struct study *study = session_study_new(s->model);

	g_assert_true(study_compute(study, STUDY_MEASURES | STUDY_GAPS, NULL, &error));
	g_assert_no_error(error);
	s->world.study = study;
	small_event(s, (struct event){ .type = EVENT_STUDY });
	return study;
}

/* What the view on top was opened for is computed as a session does it. */
static void answer(struct small *s, struct study *study)
{
	g_autoptr(GError) error = NULL;
	const char *subject = app_top(s->app)->subject;
	struct scorecard *score = session_whatif(study, subject, NULL, &error);

	g_assert_no_error(error);
	small_event(s, (struct event){ .type = EVENT_DONE, .score = score });
	scorecard_unref(score);
}

static void leave_by_key(void)
{
	struct small s;

	small_open(&s);
	struct study *study = studied(&s);

	app_open(s.app, &s.world, &view_institution, "siemens");
	small_key(&s, 'T');
	g_assert_true(app_top(s.app)->ops == &view_whatif);
	small_sees(&s, "If it left");
	small_sees(&s, "Siemens Stiftung");
	answer(&s, study);
	small_sees(&s, "2 ties go with it.");
	/* INNOVEC hung on it alone; the other two still have each other. */
	small_sees(&s, "Cut off from the others (1)");
	small_sees(&s, "Innovación en la Enseñanza");
	/* Nothing was saved here, so nothing that was saved elsewhere is taken back. */
	small_sees_not(&s, "u Undo");
	small_key(&s, 'u');
	small_sees(&s, "there is nothing to take back");
	small_key(&s, TUI_ESCAPE);
	g_assert_true(app_top(s.app)->ops == &view_institution);
	small_sees(&s, "p Introductions  T If it left");
	study_unref(study);
	small_close(&s);
}

static void command(struct small *s, const char *line)
{
	small_key(s, ':');
	small_type(s, line);
	small_key(s, TUI_ENTER);
}

static void leave_by_command(void)
{
	struct small s;

	small_open(&s);
	struct study *study = studied(&s);

	command(&s, "whatif leave unal");
	g_assert_true(app_top(s.app)->ops == &view_whatif);
	g_assert_cmpstr(app_top(s.app)->subject, ==, "unal");
	answer(&s, study);
	small_sees(&s, "Café");
	small_key(&s, TUI_ESCAPE);
	command(&s, "whatif --tie alone cafe");
	g_assert_cmpstr(app_top(s.app)->subject, ==, "alone cafe");
	small_sees(&s, "If they worked together");
	small_key(&s, TUI_ESCAPE);
	command(&s, "whatif leave");
	g_assert_true(app_top(s.app)->ops != &view_whatif);
	small_sees(&s, "Say what is to be tried");
	study_unref(study);
	small_close(&s);
}

static void marked_leave(void)
{
	struct small s;

	small_open(&s);
	struct study *study = studied(&s);

	small_type(&s, "2/unal\r ");
	small_type(&s, "/siemens\r T");
	g_assert_true(app_top(s.app)->ops == &view_whatif);
	g_assert_nonnull(strchr(app_top(s.app)->subject, '\n'));
	small_sees(&s, "Universidad Nacional");
	small_sees(&s, "Siemens Stiftung");
	study_unref(study);
	small_close(&s);
}

static void not_yet(void)
{
	struct small s;

	small_open(&s);
	app_open(s.app, &s.world, &view_institution, "siemens");
	small_key(&s, 'T');
	g_assert_true(app_top(s.app)->ops == &view_institution);
	small_sees(&s, "Wait until it is computed");
	small_close(&s);
}

int main(int argc, char **argv)
{
	g_setenv("LC_ALL", "C.UTF-8", TRUE);
	start_process();
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/whatif/leave-by-key", leave_by_key);
	g_test_add_func("/whatif/leave-by-command", leave_by_command);
	g_test_add_func("/whatif/marked-leave", marked_leave);
	g_test_add_func("/whatif/not-yet", not_yet);
	return g_test_run();
}
