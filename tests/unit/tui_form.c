/*
 * Editing: what is typed into a form becomes the smallest change and nothing else,
 * mistakes are told at their field, nothing typed is lost to others, to a failure
 * or to a narrow window.
 */
#include "tests/unit/tui_typing.h"
#include "base/start.h"
#include "tui/draft.h"

#include <glib/gstdio.h>

static void one_field(void)
{
	struct small s;

	small_open(&s);
	app_open(s.app, &s.world, &view_form, "institution/innovec");
	go_to(&s, "url");
	clear_field(&s);
	small_type(&s, "innovec org.mx");
	small_sees(&s, "not saved yet");
	small_sees(&s, "is not a web address");
	small_key(&s, TUI_KEY_F2);
	g_assert_null(s.saved); /* a mistake was saved */
	/* What stands before an address goes without saying. */
	clear_field(&s);
	small_type(&s, "innovec.org.mx");
	small_sees_not(&s, "is not a web address");
	small_key(&s, TUI_KEY_F2);
	small_sees(&s, "http://innovec.org → https://innovec.org.mx");
	small_key(&s, TUI_ENTER);
	const struct op *op = only_op(&s);

	g_assert_cmpint(op->verb, ==, OP_SET);
	g_assert_cmpstr(op->path, ==, "url");
	g_assert_cmpstr(op->old_text, ==, "http://innovec.org");
	g_assert_cmpstr(op->new_text, ==, "https://innovec.org.mx");
	g_assert_true(app_top(s.app)->ops != &view_form); /* it stayed open after saving */
	small_close(&s);
}

/* Clicks where `text` is on the screen. */
static void click(struct small *s, const char *text)
{
	struct grid *grid = grid_new(s->world.rows, s->world.cols);
	struct effects effects;
	struct event event = { .type = EVENT_KEY, .key = TUI_KEY_CLICK };
	g_autofree char *screen = small_screen(s);
	g_auto(GStrv) rows = g_strsplit(screen, "\n", -1);
	const char *at = NULL;

	app_draw(s->app, &s->world, grid);
	effects_init(&effects);
	for (guint i = 0; !at && rows[i]; i++) {
		at = strstr(rows[i], text);
		event.row = (int)i;
		event.col = at ? (int)g_utf8_pointer_to_offset(rows[i], at) : 0;
	}
	g_assert_nonnull(at);
	app_mouse(s->app, &s->world, grid, event, &effects);
	effects_release(&effects);
	grid_free(grid);
}

/* If it fails, what the footer tells and the rows of a form are deaf to the mouse. */
static void by_mouse(void)
{
	struct small s;

	small_open(&s);
	app_open(s.app, &s.world, &view_form, "institution/innovec");
	click(&s, "Country");
	small_sees(&s, "▸ Country");
	click(&s, "Country");
	small_sees(&s, "Enter takes");
	click(&s, "Cancel");
	click(&s, "City");
	click(&s, "City");
	small_sees(&s, "▸ City");
	/* A tab is a digit, and that would be text here. */
	click(&s, "3 ");
	small_sees_not(&s, "not saved yet");
	click(&s, "Save");
	small_sees(&s, "Nothing has changed");
	click(&s, "Leave");
	g_assert_true(app_top(s.app)->ops != &view_form);
	small_close(&s);
}

/* If it fails, the form tells a key that does something else for whoever chose another. */
static void keys_of_ones_own(void)
{
	static const char *const keys[] = { "Z", "^W", NULL };
	static const char *const letter[] = { "Z", NULL };
	struct small s;

	small_open(&s);
	keymap_bind(&s.app->keymap, ACTION_SAVE, keys);
	app_open(s.app, &s.world, &view_form, "institution/innovec");
	small_sees(&s, "^W Save");
	small_key(&s, TUI_KEY_END);
	for (guint i = 0; i < 60; i++)
		small_key(&s, TUI_KEY_DOWN);
	small_sees(&s, "[Save…] ^W");
	small_sees_not(&s, "F2");
	keymap_bind(&s.app->keymap, ACTION_SAVE, letter);
	small_sees_not(&s, "Z");
	small_close(&s);
}

/* Opening and saving without typing, or typing back what was there, must change nothing. */
static void untouched(void)
{
	struct small s;

	small_open(&s);
	app_open(s.app, &s.world, &view_form, "institution/innovec");
	small_key(&s, TUI_KEY_F2);
	small_sees(&s, "Nothing has changed");
	static const char *const paths[] = { "notes", "aliases", "url", "verified" };

	for (guint i = 0; i < G_N_ELEMENTS(paths); i++) {
		go_to(&s, paths[i]);
		small_key(&s, 'x');
		small_key(&s, TUI_KEY_BACKSPACE);
	}
	small_key(&s, TUI_KEY_F2);
	small_sees(&s, "Nothing has changed");
	small_key(&s, TUI_ESCAPE);
	g_assert_true(app_top(s.app)->ops != &view_form); /* asked about nothing */
	small_close(&s);
}

/* What no entry may hold does not get into the form, also not by pasting. */
static void characters(void)
{
	static const gunichar bad[] = { 0x85, 0x200B, 0x202E, 0x2028, 0xFFFE, 0xE000, 0xE0041 };
	struct small s;

	small_open(&s);
	app_open(s.app, &s.world, &view_form, "institution/innovec");
	go_to(&s, "url");
	clear_field(&s);
	small_type(&s, "https://x");
	for (guint i = 0; i < G_N_ELEMENTS(bad); i++)
		small_event(&s, (struct event){ .type = EVENT_KEY, .key = bad[i], .pasted = true });
	small_type(&s, ".mx");
	save(&s);
	g_assert_cmpstr(only_op(&s)->new_text, ==, "https://x.mx");
	small_close(&s);
}

static void lists_and_prose(void)
{
	struct small s;

	small_open(&s);
	app_open(s.app, &s.world, &view_form, "institution/innovec");
	go_to(&s, "aliases");
	small_sees(&s, "Innovec A.C.; \"a; b\""); /* a word with ';' would fall apart */
	small_key(&s, TUI_KEY_END);
	small_type(&s, "; Ñandú, 科学");
	go_to(&s, "notes");
	small_key(&s, TUI_KEY_END);
	small_key(&s, TUI_CTRL('o'));
	small_type(&s, "three");
	go_to(&s, "sdgs");
	small_type(&s, "4, 5,99");
	small_sees(&s, "99 is out of range");
	small_key(&s, TUI_KEY_BACKSPACE);
	save(&s);
	const struct institution *now = small_institution(&s, "innovec");

	g_assert_cmpuint(s.saved->ops->len, ==, 3);
	g_assert_cmpuint(list_length(now->base.aliases), ==, 3);
	g_assert_cmpstr(now->base.aliases[1], ==, "a; b");
	g_assert_cmpstr(now->base.aliases[2], ==, "Ñandú, 科学");
	g_assert_cmpstr(now->base.notes, ==, "one\ntwo\nthree");
	g_assert_cmpuint(list_length(institution_details(now)->sdgs), ==, 3);
	g_assert_cmpstr(institution_details(now)->sdgs[2], ==, "9");
	small_close(&s);
}

static void pickers(void)
{
	struct small s;

	small_open(&s);
	app_open(s.app, &s.world, &view_form, "institution/innovec");
	go_to(&s, "sector");
	small_sees(&s, "EduSTEM institutions"); /* ids are not what people read */
	small_type(&s, "acad");
	small_key(&s, TUI_ENTER);
	go_to(&s, "country");
	small_key(&s, TUI_ENTER);
	small_type(&s, "brasil");
	small_key(&s, TUI_CTRL('u'));
	small_type(&s, "br");
	small_key(&s, TUI_ESCAPE); /* leaves the list, not the form */
	g_assert_true(app_top(s.app)->ops == &view_form);
	save(&s);
	g_assert_cmpstr(only_op(&s)->path, ==, "sector");
	g_assert_cmpstr(only_op(&s)->new_text, ==, "academia");
	small_close(&s);
}

static void required_stays(void)
{
	struct small s;

	small_open(&s);
	app_open(s.app, &s.world, &view_form, "institution/innovec");
	go_to(&s, "name");
	clear_field(&s);
	small_sees(&s, "this is needed");
	save(&s);
	g_assert_null(s.saved);
	small_close(&s);
}

static void partnership_new(void)
{
	struct small s;

	small_open(&s);
	app_open(s.app, &s.world, &view_form, "institution/innovec/partners");
	small_key(&s, TUI_KEY_F2);
	small_sees(&s, "this is needed");
	small_type(&s, "cient");
	small_key(&s, TUI_ENTER);
	small_sees(&s, "Café Científico");
	go_to(&s, "kinds");
	small_key(&s, TUI_ENTER);
	small_key(&s, TUI_TAB);
	small_key(&s, TUI_KEY_DOWN);
	small_key(&s, TUI_TAB);
	small_key(&s, TUI_ENTER);
	small_sees(&s, "Training; Funding");
	go_to(&s, "since");
	small_type(&s, "2023-13");
	small_sees(&s, "is not a date");
	small_key(&s, TUI_KEY_BACKSPACE);
	small_key(&s, '2');
	go_to(&s, "until");
	small_type(&s, "2022");
	small_sees(&s, "lies before"); /* a rule between two fields is told while typing */
	clear_field(&s);
	save(&s);
	g_assert_cmpint(only_op(&s)->verb, ==, OP_INSERT);
	g_assert_cmpstr(only_op(&s)->path, ==, "partners");
	const struct institution *now = small_institution(&s, "innovec");

	g_assert_cmpuint(now->partners.n, ==, 2);
	g_assert_cmpstr(ITEMS(struct partnership, now->partners)[1].with, ==, "cafe");
	g_assert_cmpuint(list_length(ITEMS(struct partnership, now->partners)[1].kinds), ==, 2);
	small_close(&s);
}

static void item_edit_and_remove(void)
{
	struct small s;

	small_open(&s);
	app_open(s.app, &s.world, &view_form, "institution/innovec/partners/siemens");
	small_sees(&s, "INNOVEC › Partnership: Siemens");
	go_to(&s, "since");
	clear_field(&s);
	small_type(&s, "2020");
	save(&s);
	g_assert_cmpstr(only_op(&s)->path, ==, "partners[siemens].since");
	app_open(s.app, &s.world, &view_form, "institution/innovec/partners[siemens]");
	for (guint i = 0; i < 30; i++)
		small_key(&s, TUI_KEY_DOWN);
	small_key(&s, TUI_ENTER);
	small_sees(&s, "Siemens Stiftung declares it too");
	small_key(&s, TUI_ENTER); /* Enter alone must not remove */
	g_assert_cmpint(only_op(&s)->verb, ==, OP_SET);
	small_key(&s, 'y');
	g_assert_cmpint(only_op(&s)->verb, ==, OP_REMOVE);
	g_assert_cmpuint(small_institution(&s, "innovec")->partners.n, ==, 0);
	g_assert_true(app_top(s.app)->ops != &view_form); /* the form of what is gone */
	g_assert_true(app_top(s.app)->ops != &view_confirm);
	small_close(&s);
}

/* If it fails, a partner is added a second time for the same, and nobody says so. */
static void partnership_doubled(void)
{
	struct small s;

	small_open(&s);
	app_open(s.app, &s.world, &view_form, "institution/innovec/partners");
	small_type(&s, "siemens");
	small_key(&s, TUI_ENTER);
	small_sees(&s, "is a partner here already"); /* no kind yet tells them apart */
	go_to(&s, "kinds");
	small_key(&s, TUI_ENTER);
	small_key(&s, TUI_TAB);
	small_key(&s, TUI_ENTER);
	small_key(&s, TUI_KEY_F2);
	g_assert_null(s.saved);
	small_sees(&s, "is a partner here already");
	small_close(&s);
}

/* From the card: what this side says of a partner, or a first word about it. */
static void tie_from_card(void)
{
	struct small s;

	small_open(&s);
	app_open(s.app, &s.world, &view_institution, "innovec");
	small_key(&s, 't');
	g_assert_cmpstr(app_top(s.app)->subject, ==, "institution/innovec/partners/siemens");
	small_key(&s, TUI_ESCAPE);
	g_autofree char *subject = edit_tie_subject(s.model, "unal", "siemens");

	app_open(s.app, &s.world, &view_form, subject);
	small_key(&s, TUI_ESCAPE); /* nothing typed: nothing to ask */
	g_assert_true(app_top(s.app)->ops == &view_institution);
	app_open(s.app, &s.world, &view_form, subject);
	small_sees(&s, "Siemens Stiftung");
	save(&s);
	g_assert_cmpint(only_op(&s)->verb, ==, OP_INSERT);
	g_assert_cmpuint(small_institution(&s, "unal")->partners.n, ==, 2);
	small_close(&s);
}

static void record_new(void)
{
	struct small s;

	small_open(&s);
	small_key(&s, '2');
	small_key(&s, 'A');
	small_type(&s, "Museo Descubre Cali");
	/* It is made from the name, and few look for it. */
	small_sees_not(&s, "museo-descubre-cali");
	go_to(&s, "id");
	small_sees(&s, "museo-descubre-cali");
	clear_field(&s);
	small_type(&s, "cafe");
	small_sees(&s, "there is already one: Café Científico");
	clear_field(&s);
	small_type(&s, "descubre");
	go_to(&s, "name");
	small_type(&s, " 2");
	go_to(&s, "sector");
	small_type(&s, "edu");
	small_key(&s, TUI_ENTER);
	save(&s);
	g_assert_cmpint(only_op(&s)->verb, ==, OP_CREATE);
	g_assert_cmpstr(only_op(&s)->id, ==, "descubre"); /* the typed id stands */
	g_assert_cmpstr(small_institution(&s, "descubre")->base.name, ==, "Museo Descubre Cali 2");
	small_close(&s);
}

/* P5: the loser sees both values and keeps what was typed. */
static void others_save(void)
{
	struct small s;

	small_open(&s);
	app_open(s.app, &s.world, &view_form, "institution/innovec");
	go_to(&s, "city");
	small_type(&s, "Puebla");
	small_other(&s, "innovec", "city", "Cali");
	small_other(&s, "innovec", "short_name", "INN");
	small_sees(&s, "Puebla");
	small_sees(&s, "meanwhile saved by somebody else: Cali");
	small_sees(&s, "INN"); /* what nobody typed in is as it is now */
	small_key(&s, TUI_CTRL('t'));
	small_sees_not(&s, "Puebla");
	small_type(&s, "!");
	small_key(&s, TUI_KEY_F2);
	small_sees(&s, "Cali → Cali!");
	small_key(&s, 'y');
	g_assert_cmpstr(only_op(&s)->old_text, ==, "Cali");
	small_close(&s);
}

static void failure_keeps_typed(void)
{
	struct small s;

	small_open(&s);
	s.hold = true;
	app_open(s.app, &s.world, &view_form, "institution/innovec");
	go_to(&s, "city");
	small_type(&s, "Puebla");
	save(&s);
	small_key(&s, 'x'); /* nothing may reach the field while it is being saved */
	small_event(&s, (struct event){ .type = EVENT_FAILED, .text = "somebody was faster" });
	small_sees(&s, "somebody was faster");
	small_sees(&s, "Puebla");
	small_sees_not(&s, "Pueblax");
	g_assert_true(app_top(s.app)->ops == &view_form);
	small_key(&s, TUI_ESCAPE);
	small_sees(&s, "Forget what was typed here?");
	small_key(&s, TUI_ENTER); /* Enter alone must not throw away */
	small_sees(&s, "Puebla");
	small_key(&s, TUI_ESCAPE);
	small_key(&s, 'y');
	g_assert_true(app_top(s.app)->ops != &view_form);
	small_close(&s);
}

static void drafts_come_back(void)
{
	struct small s;
	g_autofree char *state = g_dir_make_tmp("telar-XXXXXX", NULL);
	g_autofree char *folder = g_build_filename(state, "drafts", NULL);
	struct drafts *drafts = drafts_open(state, "/tmp/net");

	small_open(&s);
	app_open(s.app, &s.world, &view_form, "institution/innovec");
	go_to(&s, "city");
	small_type(&s, "Pue");
	go_to(&s, "sector");
	small_type(&s, "acad");
	small_key(&s, TUI_ENTER);
	g_assert_nonnull(s.draft);
	drafts_put(drafts, "institution/innovec", s.draft);
	g_assert_cmpint(drafts_due(drafts, 5), ==, 0);
	g_assert_true(drafts_flush(drafts, 5, false, NULL));
	drafts_put(drafts, "institution/innovec", "{}");
	/* At most once a second, however fast one types. */
	g_assert_cmpint(drafts_due(drafts, 6), >, 0);
	drafts_put(drafts, "institution/innovec", s.draft);
	drafts_close(drafts);
	small_close(&s); /* as a line that drops */

	drafts = drafts_open(state, "/tmp/other");
	g_assert_null(drafts_get(drafts, "institution/innovec")); /* another network's */
	drafts_close(drafts);
	drafts = drafts_open(state, "/tmp/net");
	small_open(&s);
	s.world.drafts = drafts;
	small_other(&s, "innovec", "city", "Cali");
	app_open(s.app, &s.world, &view_form, "institution/innovec");
	small_sees(&s, "What was typed in an earlier session is back");
	go_to(&s, "city");
	small_sees(&s, "Pue");
	small_sees(&s, "meanwhile saved by somebody else: Cali");
	save(&s);
	g_assert_cmpuint(s.saved->ops->len, ==, 2);
	g_assert_null(s.draft); /* saved: the draft is to go */
	drafts_put(drafts, "institution/innovec", NULL);
	drafts_close(drafts);
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);

	g_assert_null(g_dir_read_name(dir)); /* a draft stayed behind after saving */
	small_close(&s);
	g_rmdir(folder);
	g_rmdir(state);
}

static void any_size(void)
{
	struct small s;
	static const int sizes[][2] = { { 24, 80 }, { 16, 60 }, { 5, 20 }, { 2, 7 },
					{ 1, 1 },   { 3, 1 },	{ 1, 200 } };

	small_open(&s);
	app_open(s.app, &s.world, &view_form, "institution/innovec");
	go_to(&s, "city");
	for (guint i = 0; i < G_N_ELEMENTS(sizes); i++) {
		g_autofree char *screen = NULL;

		small_size(&s, sizes[i][0], sizes[i][1]);
		screen = small_screen(&s);
		small_type(&s, "日");
		small_key(&s, TUI_KEY_DOWN);
		small_key(&s, TUI_ENTER); /* a picker or the next row */
		g_free(small_screen(&s));
		small_key(&s, TUI_KEY_F2);
		g_free(small_screen(&s));
		small_key(&s, TUI_ESCAPE);
		go_to(&s, "city");
	}
	small_size(&s, 24, 80);
	small_sees(&s, "日日日日日日日"); /* a resize lost what was typed */
	small_close(&s);
}

/* Whatever is pressed: no crash, and nothing saved that was not confirmed. */
static void random_keys(void)
{
	static const gunichar special[] = { TUI_KEY_UP,	       TUI_KEY_DOWN,	  TUI_KEY_LEFT,
					    TUI_KEY_RIGHT,     TUI_KEY_HOME,	  TUI_KEY_END,
					    TUI_KEY_PAGE_UP,   TUI_KEY_PAGE_DOWN, TUI_KEY_DELETE,
					    TUI_KEY_BACKSPACE, TUI_ENTER,	  TUI_TAB,
					    TUI_KEY_F2,	       TUI_ESCAPE,	  TUI_KEY_BACKTAB };
	struct small s;
	g_autoptr(GRand) random = g_rand_new_with_seed(7);

	small_open(&s);
	for (guint i = 0; i < 4000; i++) {
		if (app_top(s.app)->ops != &view_form && app_top(s.app)->ops != &view_confirm)
			app_open(s.app, &s.world, &view_form,
				 i % 3 ? "institution/innovec/partners" : "institution/innovec");
		guint roll = (guint)g_rand_int_range(random, 0, 10);
		gunichar key = roll < 6
				       ? special[g_rand_int_range(random, 0, G_N_ELEMENTS(special))]
			       : roll < 9 ? (gunichar)g_rand_int_range(random, 1, 127)
					  : (gunichar)g_rand_int_range(random, 0x80, 0x3000);

		small_key(&s, key);
		if (i % 50 == 0)
			g_free(small_screen(&s));
	}
	small_close(&s);
}

/* Room that a wider window gives is used, and what is hidden is said to be there. */
static void more_room(void)
{
	struct small s;

	small_open(&s);
	small_size(&s, 12, 60);
	app_open(s.app, &s.world, &view_form, "institution/innovec");
	small_sees(&s, "↓");
	for (guint i = 0; i < 40; i++)
		small_key(&s, TUI_TAB);
	small_sees(&s, "[Save…]");
	small_sees(&s, "↑");
	small_size(&s, 60, 80);
	small_sees(&s, "Short name"); /* the first fields stayed scrolled off */
	small_close(&s);
}

/* Only the key that is shown throws away: a letter of the other answer does not. */
static void discard_key(void)
{
	struct small s;

	small_open(&s);
	app_open(s.app, &s.world, &view_form, "institution/innovec");
	go_to(&s, "city");
	small_type(&s, "Puebla");
	small_key(&s, TUI_ESCAPE);
	small_sees(&s, "Back to the form");
	small_key(&s, 's');
	small_key(&s, 'b');
	g_assert_true(app_top(s.app)->ops == &view_form); /* another letter lost the form */
	small_key(&s, 'y');
	g_assert_true(app_top(s.app)->ops != &view_form);
	app_open(s.app, &s.world, &view_form, "institution/innovec");
	go_to(&s, "notes");
	clear_field(&s);
	small_key(&s, TUI_ESCAPE);
	small_sees(&s, "Forget what was typed here?"); /* what was emptied came back unasked */
	small_close(&s);
}

/* If it fails, Enter drops what was typed in a picker where nothing has such a name. */
static void test_pick_nothing(void)
{
	struct menu *menu = menu_new("Aliases", true);

	menu_add(menu, "a", "Ana", NULL, NULL, false);
	menu_start(menu, "zzz", NULL);
	g_assert_cmpint(menu_key(menu, TUI_ENTER), ==, MENU_STAYS);
	g_assert_cmpstr(menu->query->text->str, ==, "zzz");
	menu_free(menu);
}

int main(int argc, char **argv)
{
	g_setenv("LC_ALL", "C.UTF-8", TRUE);
	start_process();
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/form/one-field", one_field);
	g_test_add_func("/form/by-mouse", by_mouse);
	g_test_add_func("/form/keys-of-ones-own", keys_of_ones_own);
	g_test_add_func("/form/untouched", untouched);
	g_test_add_func("/form/characters", characters);
	g_test_add_func("/form/lists-and-prose", lists_and_prose);
	g_test_add_func("/form/pickers", pickers);
	g_test_add_func("/form/required", required_stays);
	g_test_add_func("/form/partnership-new", partnership_new);
	g_test_add_func("/form/partnership-doubled", partnership_doubled);
	g_test_add_func("/form/item", item_edit_and_remove);
	g_test_add_func("/form/tie-from-card", tie_from_card);
	g_test_add_func("/form/record-new", record_new);
	g_test_add_func("/form/others-save", others_save);
	g_test_add_func("/form/failure", failure_keeps_typed);
	g_test_add_func("/form/drafts", drafts_come_back);
	g_test_add_func("/form/any-size", any_size);
	g_test_add_func("/form/more-room", more_room);
	g_test_add_func("/form/discard-key", discard_key);
	g_test_add_func("/form/random-keys", random_keys);
	g_test_add_func("/form/pick-nothing", test_pick_nothing);
	return g_test_run();
}
