/*
 * An export that is begun while an earlier one is written.  If it fails, the outcome of the
 * one is told of the other.
 */
#include "tests/unit/tui_pair.h"

static void count(void *data, struct study *study, struct export_order *order)
{
	guint *begun = data;

	(void)study;
	(*begun)++;
	export_order_free(order);
}

/* With the first one on its way. */
static void exporting_open(struct pair *s, guint *begun)
{
	struct study *study;

	pair_open(s, "");
	s->session->hooks.export = count;
	s->session->hooks.data = begun;
	study = session_study_new(s->session->model);
	session_study(s->session, study);
	study_unref(study);
	type(s->session, ":export graphml one.graphml\r");
}

static void one_at_a_time(void)
{
	struct pair s;
	guint begun = 0;

	exporting_open(&s, &begun);
	g_assert_true(sees(s.session, "writing…"));
	g_assert_cmpuint(begun, ==, 1);
	session_key(s.session, TUI_ESCAPE);
	type(s.session, ":export graphml two.graphml\r");
	g_assert_true(sees(s.session, "An earlier export is still being written"));
	g_assert_cmpuint(begun, ==, 1);
	session_exported(s.session, "Exported to one.graphml", NULL);
	/* The name of the second one is still asked for. */
	g_assert_true(sees(s.session, "two.graphml"));
	session_key(s.session, '\r');
	g_assert_cmpuint(begun, ==, 2);
	session_exported(s.session, "Exported to two.graphml", NULL);
	g_assert_true(sees(s.session, "Exported to two.graphml"));
	g_assert_false(sees(s.session, "writing…"));
	pair_close(&s);
}

/* If it fails, an export is lost with a key, or nobody can leave while one is written. */
static void quitting(void)
{
	struct pair s;
	guint begun = 0;

	exporting_open(&s, &begun);
	session_key(s.session, TUI_ESCAPE);
	session_key(s.session, 'q');
	g_assert_false(s.session->quit);
	g_assert_true(sees(s.session, "still being written. Quit once more"));
	session_key(s.session, 'j');
	session_key(s.session, 'Q');
	g_assert_false(s.session->quit);
	session_key(s.session, 'Q');
	g_assert_true(s.session->quit);
	/* As a command it has more than one key. */
	s.session->quit = s.session->quit_asked = false;
	type(s.session, ":q\r");
	g_assert_false(s.session->quit);
	type(s.session, ":filter x\r");
	type(s.session, ":q\r");
	g_assert_false(s.session->quit);
	type(s.session, ":q\r");
	g_assert_true(s.session->quit);
	pair_close(&s);
	/* Else at once. */
	pair_open(&s, "");
	session_key(s.session, 'q');
	g_assert_true(s.session->quit);
	pair_close(&s);
}

int main(int argc, char **argv)
{
	g_setenv("LC_ALL", "C.UTF-8", TRUE);
	start_process();
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/exporting/one-at-a-time", one_at_a_time);
	g_test_add_func("/exporting/quitting", quitting);
	return g_test_run();
}
