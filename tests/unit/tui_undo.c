/*
 * What u takes back.  If these fail, a key takes back what another person did, or what
 * was done to a record that is out of sight, and nobody was asked.
 */
#include "tests/unit/tui_pair.h"

static char *city_of(struct pair *s, const char *id)
{
	const struct institution *one = model_get(workspace_model(s->ana), KIND_INSTITUTION, id);

	return g_strdup(one->city == NULL ? "" : one->city);
}

static void assert_city(struct pair *s, const char *id, const char *city)
{
	g_autofree char *is = city_of(s, id);

	g_assert_cmpstr(is, ==, city);
}

static const struct view_ops *top(const struct pair *s)
{
	return app_top(s->session->app)->ops;
}

static void key(struct pair *s, gunichar pressed)
{
	session_key(s->session, pressed);
}

/* Ana sets a city in the card of an institution, where she stays. */
static void set_city(struct pair *s, const char *id, const char *city)
{
	g_autofree char *line = g_strdup_printf(":open %s\r:set city=%s\r", id, city);

	type(s->session, line);
	assert_city(s, id, city);
}

/* What was done a moment ago goes with one key, wherever one is. */
static void last_at_once(void)
{
	struct pair s;

	pair_open(&s, "");
	set_city(&s, "unal", "Lima");
	key(&s, 'u');
	assert_city(&s, "unal", "");
	g_assert_true(sees(s.session, "Undone: "));
	key(&s, TUI_CTRL('r'));
	assert_city(&s, "unal", "Lima");
	key(&s, 'j');
	key(&s, 'u'); /* it is still of this card */
	assert_city(&s, "unal", "");
	pair_close(&s);
}

/* The footer tells of it as soon as there is something, and not before. */
static void told_when_there_is_some(void)
{
	struct pair s;

	pair_open(&s, "");
	g_assert_false(sees(s.session, "u Undo"));
	set_city(&s, "unal", "Lima");
	key(&s, '1');
	g_assert_true(sees(s.session, "u Undo"));
	pair_close(&s);
}

static void others_are_asked(void)
{
	struct pair s;

	pair_open(&s, "");
	other_saves(s.luis, "Lima");
	session_refresh(s.session);
	key(&s, 'u');
	g_assert_true(sees(s.session, "Take back: Innovec: City?"));
	g_assert_true(sees(s.session, "By luis, "));
	key(&s, TUI_ESCAPE);
	assert_city(&s, "innovec", "Lima");
	key(&s, 'u');
	key(&s, 'u'); /* no yes */
	g_assert_true(sees(s.session, "It is left as it is."));
	type(s.session, "uey"); /* of a word that is typed no letter is an answer */
	assert_city(&s, "innovec", "Lima");
	type(s.session, "uH");
	g_assert_true(top(&s) == &view_history);
	key(&s, 'q');
	key(&s, 'u');
	key(&s, 'y');
	assert_city(&s, "innovec", "Puebla");
	g_assert_true(sees(s.session, "Undone: Innovec: City"));
	/* And what another took back is not done again unasked. */
	g_assert_true(workspace_redo(s.luis, NULL, NULL));
	g_assert_true(workspace_undo(s.luis, 0, NULL, NULL));
	session_refresh(s.session);
	key(&s, TUI_CTRL('r'));
	g_assert_true(sees(s.session, "Do again: Innovec: City?"));
	key(&s, 'y');
	assert_city(&s, "innovec", "Lima");
	pair_close(&s);
}

/* What was done in the files is told as people would, and asked about. */
static void by_hand_is_asked(void)
{
	struct pair s;

	pair_open(&s, "");
	put_file(s.dir, "institutions/innovec.yaml",
		 "id: innovec\nname: Innovec\nsector: edustem\ncity: Lima\n");
	session_refresh(s.session);
	assert_city(&s, "innovec", "Lima");
	key(&s, 'u');
	g_assert_true(sees(s.session, "Take back: "));
	g_assert_true(sees(s.session, "City"));
	g_assert_true(sees(s.session, "Done by hand in the files, "));
	key(&s, TUI_ESCAPE);
	assert_city(&s, "innovec", "Lima");
	key(&s, 'u');
	key(&s, 'y');
	assert_city(&s, "innovec", "Puebla");
	pair_close(&s);
}

/* On a card the newest of all may be another record's: it is named, and this one's offered. */
static void elsewhere_is_asked(void)
{
	struct pair s;

	pair_open(&s, "");
	set_city(&s, "unal", "Lima");
	set_city(&s, "alpha", "Quito");
	key(&s, 'q');
	g_assert_true(top(&s) == &view_institution);
	key(&s, 'u');
	g_assert_true(sees(s.session, "Take back: Alpha Org: City?"));
	g_assert_true(sees(s.session, "of what you look at: Unal: City (ana"));
	assert_city(&s, "alpha", "Quito");
	key(&s, 't');
	assert_city(&s, "alpha", "Quito");
	assert_city(&s, "unal", "");
	g_assert_true(top(&s) == &view_institution);
	key(&s, 'j');
	key(&s, 'u');
	key(&s, 'y');
	assert_city(&s, "alpha", "");
	pair_close(&s);
}

/* The same name in another session is not this person a moment ago. */
static void earlier_is_asked(void)
{
	struct pair s;

	pair_open(&s, "");
	set_city(&s, "unal", "Lima");
	session_free(s.session);
	s.session = session_new(s.ana, NULL, &hooks, 24, 80);
	type(s.session, ":open unal\r");
	key(&s, 'u');
	g_assert_true(sees(s.session, "Take back: Unal: City?"));
	g_assert_true(sees(s.session, "By ana, "));
	key(&s, 'n');
	assert_city(&s, "unal", "Lima");
	pair_close(&s);
}

/* If it fails, what an undo took back is put there again as if that too were an undo. */
static void undo_of_an_undo_is_told(void)
{
	struct pair s;

	pair_open(&s, "");
	set_city(&s, "unal", "Lima");
	type(s.session, ":open unal\r");
	key(&s, 'u');
	key(&s, 'y');
	type(s.session, ":history\r");
	g_assert_true(sees(s.session, "taken back"));
	key(&s, 'u'); /* of the newest row, which took it back */
	g_assert_true(sees(s.session, "Done again: Unal: City"));
	assert_city(&s, "unal", "Lima");
	key(&s, 'g');
	key(&s, 'u');
	g_assert_true(sees(s.session, "Undone: Unal: City"));
	pair_close(&s);
}

/* If it fails, the cursor of a list is on somebody far away after a removal, or behind its word. */
static void cursor_stays_near(void)
{
	struct pair s;
	g_autofree char *was = NULL, *beside = NULL, *now = NULL;

	pair_open(&s, "");
	key(&s, '2');
	key(&s, TUI_KEY_DOWN);
	beside = app_top(s.session->app)->ops->record(app_top(s.session->app), &s.session->world);
	key(&s, TUI_KEY_UP);
	was = app_top(s.session->app)->ops->record(app_top(s.session->app), &s.session->world);
	key(&s, 'd');
	key(&s, 'y');
	now = app_top(s.session->app)->ops->record(app_top(s.session->app), &s.session->world);
	g_assert_cmpstr(now, ==, beside);
	key(&s, TUI_KEY_END);
	key(&s, 'u');
	key(&s, 'y'); /* it is not the last thing done any more */
	g_free(now);
	now = app_top(s.session->app)->ops->record(app_top(s.session->app), &s.session->world);
	g_assert_cmpstr(now, ==, was);
	key(&s, TUI_KEY_END);
	app_say(s.session->app, STYLE_WARN, "%s",
		"a word that takes some lines of a small terminal, one after the other, as those "
		"of a removal do, and what has become of the gaps by it, and more of that");
	session_resize(s.session, 11, 60);
	g_assert_true(sees(s.session, "\n▸"));
	pair_close(&s);
}

int main(int argc, char **argv)
{
	g_setenv("LC_ALL", "C.UTF-8", TRUE);
	start_process();
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/undo/by-hand", by_hand_is_asked);
	g_test_add_func("/undo/last-at-once", last_at_once);
	g_test_add_func("/undo/told-when-there-is-some", told_when_there_is_some);
	g_test_add_func("/undo/others-are-asked", others_are_asked);
	g_test_add_func("/undo/elsewhere-is-asked", elsewhere_is_asked);
	g_test_add_func("/undo/earlier-is-asked", earlier_is_asked);
	g_test_add_func("/undo/of-an-undo", undo_of_an_undo_is_told);
	g_test_add_func("/undo/cursor-stays-near", cursor_stays_near);
	return g_test_run();
}
