/*
 * Two people on one network: the one who saves second is told, sees both values,
 * keeps what was typed and can save knowingly; undo brings the file back byte by
 * byte.
 */
#include "tests/unit/tui_pair.h"

static void second_is_told(void)
{
	g_autofree char *dir = g_dir_make_tmp("telar-XXXXXX", NULL);

	put_file(dir, "network.yaml", network);
	put_file(dir, "institutions/innovec.yaml", entry);
	struct workspace *ana = open_as(dir, "ana"), *luis = open_as(dir, "luis");
	struct session *session = session_new(ana, NULL, &hooks, 24, 80);

	app_open(session->app, &session->world, &view_form, "institution/innovec");
	for (guint i = 0; i < 5; i++)
		session_key(session, TUI_KEY_DOWN);
	type(session, " de Zaragoza");
	other_saves(luis, "Cholula");
	session_key(session, TUI_KEY_F2);
	session_key(session, 'y');
	g_assert_true(app_top(session->app)->ops == &view_form);
	g_assert_true(sees(session, "Puebla de Zaragoza"));
	g_assert_true(sees(session, "meanwhile saved by somebody else: Cholula"));
	session_key(session, TUI_KEY_F2);
	g_assert_true(sees(session, "Cholula → Puebla de Zaragoza"));
	session_key(session, 'y');
	g_assert_true(app_top(session->app)->ops != &view_form);
	g_autofree char *saved = text_of(dir, "institutions/innovec.yaml");

	g_assert_cmpstr(saved, ==,
			"id: innovec\nname: Innovec  # as it signs\nsector: edustem\n"
			"city: Puebla de Zaragoza\n");
	session_key(session, 'u');
	/* That of luis is under it, and is not taken back unasked. */
	session_key(session, 'u');
	session_key(session, 'y');
	g_autofree char *undone = text_of(dir, "institutions/innovec.yaml");

	g_assert_cmpstr(undone, ==, entry);
	session_free(session);
	workspace_close(ana);
	workspace_close(luis);
	remove_tree(dir);
}

static void write_by_hand(void *data, const char *step)
{
	const char *dir = data;
	g_autofree char *text = text_of(dir, "institutions/innovec.yaml");
	g_autoptr(GString) other = g_string_new(text);

	g_string_replace(other, "Puebla\n", "Quito\n", 1);
	if (strcmp(step, "committed") == 0)
		put_file(dir, "institutions/innovec.yaml", other->str);
}

/* An edit said to be saved whose file was changed by hand at that moment: who saved hears of it. */
static void hand_is_told(void)
{
	struct pair s;

	pair_open(&s, "");
	s.ana->step = write_by_hand;
	s.ana->step_data = s.dir;
	app_open(s.session->app, &s.session->world, &view_form, "institution/innovec");
	for (guint i = 0; i < 5; i++)
		session_key(s.session, TUI_KEY_DOWN);
	type(s.session, " de Zaragoza");
	session_key(s.session, TUI_KEY_F2);
	session_key(s.session, 'y');
	g_assert_true(sees(s.session, "the file was changed while an edit of city"));
	g_assert_cmpuint(s.session->world.findings->all->len, ==, 1);
	pair_close(&s);
}

/* What somebody else saves, of a field that somebody writes by hand meanwhile. */
static void hand_meets(struct pair *s)
{
	pair_open(s, "");
	s->luis->step = write_by_hand;
	s->luis->step_data = s->dir;
	other_saves(s->luis, "Cholula");
	s->luis->step = NULL;
	session_refresh(s->session);
}

/* Both values are shown, the wanted one is taken with one key, and undo takes that back. */
static void hand_is_decided(void)
{
	struct pair s;

	hand_meets(&s);
	g_assert_true(sees(s.session, "! 1 conflict"));
	const struct institution *innovec =
		model_get(workspace_model(s.ana), KIND_INSTITUTION, "innovec");
	g_assert_cmpstr(innovec->city, ==, "Quito");
	session_key(s.session, '!');
	g_assert_true(sees(s.session, "Cholula (luis"));
	g_assert_true(sees(s.session, "Quito (in the file"));
	session_key(s.session, 'b');
	g_assert_true(sees(s.session, "Only one value can stand there."));
	session_key(s.session, 'm');
	g_assert_true(sees(s.session, "No conflict waits"));
	g_assert_false(sees(s.session, "Mine"));
	g_assert_true(sees(s.session, "all saved"));
	g_autofree char *mine = text_of(s.dir, "institutions/innovec.yaml");
	g_assert_nonnull(strstr(mine, "city: Cholula\n"));
	session_key(s.session, 'u');
	g_autofree char *undone = text_of(s.dir, "institutions/innovec.yaml");
	g_assert_nonnull(strstr(undone, "city: Quito\n"));
	pair_close(&s);
}

/* A file that can no longer be read: its record is not gone, and says where to look. */
static void mistake_is_told(void)
{
	struct pair s;

	pair_open(&s, "");
	g_autofree char *good = text_of(s.dir, "institutions/innovec.yaml");
	app_open(s.session->app, &s.session->world, &view_institution, "innovec");
	put_file(s.dir, "institutions/innovec.yaml", "id: innovec\nname: [\nsector: edustem\n");
	session_refresh(s.session);
	g_assert_true(sees(s.session, "institutions/innovec.yaml, line 2: "));
	session_key(s.session, 'e');
	g_assert_true(s.session->app->message &&
		      strstr(s.session->app->message, "institutions/innovec.yaml, line 2: "));
	put_file(s.dir, "institutions/innovec.yaml", good);
	session_refresh(s.session);
	g_assert_true(sees(s.session, "Puebla"));
	pair_close(&s);
}

/* Another value than both, typed where the two are shown. */
static void hand_is_typed_over(void)
{
	struct pair s;

	hand_meets(&s);
	session_key(s.session, '!');
	session_key(s.session, 'e');
	type(s.session, " de Rivadavia");
	session_key(s.session, TUI_ENTER);
	g_assert_true(sees(s.session, "No conflict waits"));
	g_autofree char *text = text_of(s.dir, "institutions/innovec.yaml");
	g_assert_nonnull(strstr(text, "city: Cholula de Rivadavia\n"));
	pair_close(&s);
}

struct hand {
	const char *dir, *file, *from, *to;
};

struct save {
	enum kind kind;
	const char *id, *path, *value;
};

static void replace_by_hand(void *data, const char *step)
{
	const struct hand *hand = data;
	g_autofree char *text = text_of(hand->dir, hand->file);
	g_autoptr(GString) other = g_string_new(text);

	g_string_replace(other, hand->from, hand->to, 1);
	if (strcmp(step, "committed") == 0)
		put_file(hand->dir, hand->file, other->str);
}

/* luis saves a field while a hand replaces what it says in the file; ana looks at it. */
static void clash_of(struct pair *s, struct save save, struct hand hand)
{
	struct change *change = change_new();
	g_autoptr(GError) error = NULL;

	hand.dir = s->dir;
	s->luis->step = replace_by_hand;
	s->luis->step_data = &hand;
	change_set(change, save.kind, save.id, save.path, save.value);
	workspace_apply(s->luis, change, &error);
	g_assert_no_error(error);
	change_free(change);
	s->luis->step = NULL;
	session_refresh(s->session);
	session_key(s->session, '!');
}

static void clash(struct pair *s, const char *path, const char *value, const char *from,
		  const char *to)
{
	clash_of(s, (struct save){ KIND_INSTITUTION, "innovec", path, value },
		 (struct hand){ NULL, "institutions/innovec.yaml", from, to });
}

/* If it fails, one has to know ids to decide, or what was typed and does not fit is lost. */
static void words_are_decided(void)
{
	struct pair s;

	pair_open(&s, "");
	clash(&s, "sector", "media", "sector: edustem", "sector: school");
	g_assert_true(sees(s.session, "Press (luis"));
	g_assert_true(sees(s.session, "Schools (in the file"));
	session_key(s.session, 'e');
	g_assert_true(sees(s.session, "Value: Press"));
	type(s.session, "x");
	session_key(s.session, TUI_ENTER);
	g_assert_true(sees(s.session, "Value: Pressx"));
	g_assert_true(sees(s.session, "! 1 conflict"));
	session_key(s.session, TUI_CTRL('u'));
	type(s.session, "EduSTEM");
	session_key(s.session, TUI_ENTER);
	g_assert_true(sees(s.session, "No conflict waits"));
	g_autofree char *text = text_of(s.dir, "institutions/innovec.yaml");
	g_assert_nonnull(strstr(text, "sector: edustem\n"));
	pair_close(&s);
}

/* If it fails, what another record is named by is stored for its id, and nothing is decided. */
static void references_are_decided(void)
{
	struct pair s;

	pair_open(&s, "");
	clash_of(&s, (struct save){ KIND_NETWORK, "net", "coordinator", "unal" },
		 (struct hand){ NULL, "network.yaml", "coordinator: fund", "coordinator: alpha" });
	g_assert_true(sees(s.session, "Unal (luis"));
	g_assert_true(sees(s.session, "Alpha Org (in the file"));
	session_key(s.session, 'e');
	g_assert_true(sees(s.session, "Value: unal"));
	session_key(s.session, TUI_ENTER);
	g_assert_true(sees(s.session, "No conflict waits"));
	g_autofree char *text = text_of(s.dir, "network.yaml");
	g_assert_nonnull(strstr(text, "coordinator: unal\n"));
	pair_close(&s);
}

/* If it fails, a partnership that waits is shown as JSON, or "both" keeps one. */
static void both_items_stay(void)
{
	struct pair s;

	pair_open(&s, "partners:\n  - with: unal\n    kinds: [training]\n    since: 2019\n");
	clash(&s, "partners[unal].since", "2015", "since: 2019", "since: 2020");
	session_key(s.session, 't');
	g_assert_true(sees(s.session, "No conflict waits"));
	session_key(s.session, TUI_ESCAPE);
	/* An edit of what is gone from the file: the item as a whole waits. */
	clash(&s, "partners[unal].since", "2011",
	      "partners:\n  - with: unal\n    kinds: [training]\n    since: 2020\n", "");
	g_assert_true(sees(s.session, "Unal · Training · 2011"));
	session_key(s.session, 'e');
	g_assert_true(sees(s.session, "Take one of them, then edit the entry."));
	session_key(s.session, 'b');
	g_assert_true(sees(s.session, "No conflict waits"));
	g_autofree char *text = text_of(s.dir, "institutions/innovec.yaml");
	g_assert_nonnull(strstr(text, "since: 2011\n"));
	pair_close(&s);
}

/* "The second one" is another one by now: it must not go instead. */
static void other_item_stays(void)
{
	struct pair s;
	struct change *change = change_new();
	g_autoptr(GError) error = NULL;

	pair_open(&s, "partners:\n  - with: unal\n    title: One\n"
		      "  - with: unal\n    title: Two\n  - with: unal\n    title: Three\n");
	app_open(s.session->app, &s.session->world, &view_confirm,
		 "institution/innovec/partners[unal#2]");
	change_remove(change, KIND_INSTITUTION, "innovec", "partners[unal]");
	workspace_apply(s.luis, change, &error);
	g_assert_no_error(error);
	change_free(change);
	session_key(s.session, 'y');
	g_autofree char *text = text_of(s.dir, "institutions/innovec.yaml");

	g_assert_nonnull(strstr(text, "Three"));
	g_assert_nonnull(strstr(text, "Two"));
	g_assert_true(app_top(s.session->app)->ops == &view_confirm);
	pair_close(&s);
}

/* A warning that stands before it does not hide the error that keeps a file out. */
static void error_before_warning(void)
{
	struct pair s;

	pair_open(&s, "");
	put_file(s.dir, "institutions/aaa.yaml", "id: aaa\nname: A\nsector: edustem\ncty: X\n");
	put_file(s.dir, "institutions/zzz.yaml", "id: zzz\nname: [\n");
	session_refresh(s.session);
	g_assert_true(sees(s.session, "institutions/zzz.yaml:"));
	g_assert_cmpuint(s.session->world.findings->errors, ==, 1);
	pair_close(&s);
}

/* What was changed long ago stands in the history of its record, and can be taken back there. */
static void old_changes_are_shown(void)
{
	struct pair s;

	pair_open(&s, "");
	other_saves(s.luis, "Lima");
	for (guint i = 0; i < 60; i++) {
		g_autofree char *year = g_strdup_printf("%u", 1950 + i);
		struct change *change = change_new();

		change_set(change, KIND_INSTITUTION, "unal", "verified", year);
		g_assert_true(workspace_apply(s.luis, change, NULL));
		change_free(change);
	}
	session_refresh(s.session);
	session_key(s.session, 'H');
	g_assert_cmpuint(s.session->world.history->len, <, 60);
	session_key(s.session, 'G');
	session_key(s.session, TUI_KEY_UP);
	session_key(s.session, TUI_ENTER);
	g_assert_true(sees(s.session, "Puebla → Lima"));
	session_key(s.session, 'q');
	app_open(s.session->app, &s.session->world, &view_history, "institution/innovec");
	session_key(s.session, 'g');
	session_key(s.session, TUI_ENTER);
	g_assert_true(sees(s.session, "Puebla → Lima"));
	session_key(s.session, 'u');
	g_autofree char *text = text_of(s.dir, "institutions/innovec.yaml");
	g_assert_nonnull(strstr(text, "city: Puebla\n"));
	/* Nothing was changed in the network itself: u is not for something else. */
	session_key(s.session, 'q');
	app_open(s.session->app, &s.session->world, &view_history, "network/net");
	session_key(s.session, 'u');
	g_assert_true(sees(s.session, "Nothing was changed here."));
	pair_close(&s);
}

/* An undo that fails for a conflict has met the others' values: they are shown. */
static void failed_undo_shows(void)
{
	struct pair s;

	pair_open(&s, "");
	other_saves(s.luis, "Lima");
	session_refresh(s.session);
	other_saves(s.luis, "Quito");
	app_open(s.session->app, &s.session->world, &view_history, NULL);
	session_key(s.session, 'u');
	const struct institution *innovec =
		model_get(s.session->world.model, KIND_INSTITUTION, "innovec");
	g_assert_cmpstr(innovec->city, ==, "Quito");
	pair_close(&s);
}

/* Somebody who holds the lock for long must not hold the screen: it is told and kept. */
static void busy_is_told(void)
{
	struct pair s;

	pair_open(&s, "");
	app_open(s.session->app, &s.session->world, &view_form, "institution/innovec");
	for (guint i = 0; i < 5; i++)
		session_key(s.session, TUI_KEY_DOWN);
	type(s.session, " de Zaragoza");
	session_key(s.session, TUI_KEY_F2);
	g_assert_true(store_lock(s.luis->store, NULL));
	gint64 began = g_get_monotonic_time();
	session_key(s.session, 'y');
	g_assert_cmpint(g_get_monotonic_time() - began, <, 5 * G_USEC_PER_SEC);
	g_assert_true(sees(s.session, "for a while"));
	g_assert_true(sees(s.session, "Puebla de Zaragoza"));
	store_unlock(s.luis->store);
	session_key(s.session, TUI_KEY_F2);
	session_key(s.session, 'y');
	g_autofree char *text = text_of(s.dir, "institutions/innovec.yaml");
	g_assert_nonnull(strstr(text, "city: Puebla de Zaragoza"));
	pair_close(&s);
}

int main(int argc, char **argv)
{
	g_setenv("LC_ALL", "C.UTF-8", TRUE);
	start_process();
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/conflict/second-is-told", second_is_told);
	g_test_add_func("/conflict/busy-is-told", busy_is_told);
	g_test_add_func("/conflict/hand-is-told", hand_is_told);
	g_test_add_func("/conflict/hand-is-decided", hand_is_decided);
	g_test_add_func("/conflict/mistake-is-told", mistake_is_told);
	g_test_add_func("/conflict/hand-is-typed-over", hand_is_typed_over);
	g_test_add_func("/conflict/words", words_are_decided);
	g_test_add_func("/conflict/references", references_are_decided);
	g_test_add_func("/conflict/both-items", both_items_stay);
	g_test_add_func("/conflict/other-item-stays", other_item_stays);
	g_test_add_func("/conflict/error-before-warning", error_before_warning);
	g_test_add_func("/conflict/failed-undo-shows", failed_undo_shows);
	g_test_add_func("/conflict/old-changes", old_changes_are_shown);
	return g_test_run();
}
