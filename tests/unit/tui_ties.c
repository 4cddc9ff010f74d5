/*
 * Partnerships: the list, the card with both sides, and what is done to a tie from
 * either: confirming, editing, removing the right claim.
 */
#include "base/start.h"
#include "tests/unit/tui_small.h"

static void list_tells_states(void)
{
	struct small s;

	small_open(&s);
	small_key(&s, '4');
	small_sees(&s, "[4]Ties");
	small_sees(&s, "3 of 3");
	small_sees(&s, "1 confirmed");
	small_key(&s, 't');
	small_sees(&s, "1 of 3");
	small_sees_not(&s, "Universidad Nacional");
	small_close(&s);
}

/* If it fails, a partnership that is only proposed looks like one that is there, and is counted. */
static void proposals_are_told_apart(void)
{
	struct small s;

	small_open(&s);
	small_other(&s, "unal", "partners[cafe].status", "proposed");
	small_key(&s, '4');
	small_sees(&s, "2 of 2 · + 1 proposed");
	small_type(&s, "ttt");
	small_sees(&s, "0 of 2 · + 1 proposed");
	small_key(&s, TUI_ENTER);
	small_sees(&s, "Universidad Nacional proposes it, and Café Científico has not answered");
	small_type(&s, "1");
	small_sees(&s, "2 ties and 1 proposed");
	small_type(&s, "2/cafe\r\r");
	small_sees(&s, "0 partners and 1 proposed");
	small_sees(&s, "! disputed  + proposed");
	small_close(&s);
}

/* If it fails, one key makes a claim that somebody already made, or of the wrong side. */
static void one_key_confirms(void)
{
	struct small s;

	small_open(&s);
	small_type(&s, "4/cafe\rv\r");
	g_assert_nonnull(s.saved);
	g_assert_cmpuint(small_institution(&s, "cafe")->partners.n, ==, 1);
	g_assert_cmpstr(ITEMS(struct partnership, small_institution(&s, "cafe")->partners)[0].with,
			==, "unal");
	small_sees(&s, "Café Científico declares Universidad Nacional. u takes it back.");
	small_key(&s, TUI_KEY_RIGHT);
	small_key(&s, TUI_ESCAPE);
	small_sees(&s, "2 confirmed");
	/* The cursor is where it was. */
	small_key(&s, TUI_ENTER);
	small_sees(&s, "Both sides say it.");
	small_close(&s);
}

/* If it fails, a key writes into the entry of others unasked, or asks each time. */
static void abroad_asks_once(void)
{
	struct small s;

	small_open(&s);
	small_type(&s, "4/cafe\rv");
	g_assert_null(s.saved);
	small_sees(&s, "Write into the entry of Café Científico that it works with Universidad");
	small_sees(&s, "The entry of others");
	small_key(&s, TUI_ESCAPE);
	g_assert_null(s.saved);
	s.hold = true;
	/* A yes is for this once. */
	small_type(&s, "vy");
	g_assert_nonnull(s.saved);
	g_clear_pointer(&s.saved, change_free);
	small_type(&s, "vn");
	g_assert_null(s.saved);
	s.hold = false;
	small_type(&s, "v2");
	g_assert_nonnull(s.saved);
	g_clear_pointer(&s.saved, change_free);
	small_type(&s, "/unal\rnv");
	small_sees_not(&s, "Write into the entry");
	g_assert_nonnull(s.saved);
	small_close(&s);
	/* To look at a page is not to keep it. */
	small_open(&s);
	small_type(&s, "2/cafe\r\rv");
	small_sees(&s, "Write into the entry of Café Científico that it works with Universidad");
	g_assert_null(s.saved);
	small_key(&s, TUI_ESCAPE);
	((struct network *)s.model->network)->coordinator = "cafe";
	small_key(&s, 'v');
	small_sees(&s, "Write into the entry");
	small_close(&s);
	small_open(&s);
	small_other(&s, "cafe", "maintainers", "[\"ana\"]");
	small_type(&s, "2/cafe\r\rv");
	small_sees_not(&s, "Write into the entry");
	g_assert_nonnull(s.saved);
	small_close(&s);
}

static int year_verified(struct small *s, const char *id, guint partner)
{
	struct items partners = small_institution(s, id)->partners;

	return partnership_details(&ITEMS(struct partnership, partners)[partner])->verified.year;
}

/* If it fails, a date is noted for a side that nobody asked. */
static void both_sides_ask_which(void)
{
	struct small s;

	small_open(&s);
	small_type(&s, "4/innovec\rv");
	g_assert_null(s.saved);
	small_sees(&s, "Who has been asked again?");
	small_type(&s, "j\r");
	g_assert_nonnull(s.saved);
	g_assert_cmpint(year_verified(&s, "siemens", 1), ==, 2026);
	g_assert_cmpint(year_verified(&s, "innovec", 0), ==, 0);
	small_close(&s);
}

/* If it fails, what one side said is typed again, or turned round, or an answer is lost. */
static void silent_side_answers(void)
{
	const struct partnership *says;
	struct small s;

	small_open(&s);
	small_type(&s, "4/cafe\rw");
	small_sees(&s, "One side has not said anything yet");
	small_type(&s, "3because\r");
	g_assert_nonnull(s.saved);
	says = ITEMS(struct partnership, small_institution(&s, "cafe")->partners);
	g_assert_cmpuint(small_institution(&s, "cafe")->partners.n, ==, 1);
	g_assert_cmpstr(says->status, ==, "denied");
	g_assert_cmpstr(partnership_details(says)->notes, ==, "because");
	small_sees(&s, "says that it does not hold");
	small_close(&s);

	small_open(&s);
	small_type(&s, "4/cafe\rw2");
	small_sees(&s, "New: Partnership");
	/* Nothing was typed: leaving asks nothing. */
	small_key(&s, TUI_ESCAPE);
	small_sees(&s, "of 3");
	small_type(&s, "w2");
	small_key(&s, TUI_KEY_F2);
	small_key(&s, TUI_ENTER);
	g_assert_nonnull(s.saved);
	says = ITEMS(struct partnership, small_institution(&s, "cafe")->partners);
	g_assert_cmpstr(says->with, ==, "unal");
	g_assert_cmpint(partnership_details(says)->verified.year, ==, 2026);
	small_close(&s);
}

static void leaving_the_question_changes_nothing(void)
{
	struct small s;

	small_open(&s);
	small_type(&s, "4/innovec\rv");
	small_key(&s, TUI_ESCAPE);
	g_assert_null(s.saved);
	small_sees(&s, "3 of 3");
	small_close(&s);
}

static void removing_names_the_claim(void)
{
	struct small s;

	small_open(&s);
	small_type(&s, "4/innovec\rd2");
	small_sees(&s, "Remove");
	small_sees(&s, "INNOVEC declares it too");
	small_key(&s, 'y');
	g_assert_cmpuint(small_institution(&s, "siemens")->partners.n, ==, 1);
	g_assert_cmpuint(small_institution(&s, "innovec")->partners.n, ==, 1);
	/* One claim left: no question which. */
	small_type(&s, "dy");
	g_assert_cmpuint(small_institution(&s, "innovec")->partners.n, ==, 0);
	small_sees_not(&s, "INNOVEC");
	small_close(&s);
}

static void editing_goes_to_the_form(void)
{
	struct small s;

	small_open(&s);
	small_type(&s, "4/cafe\re");
	g_assert_true(app_top(s.app)->ops == &view_form);
	g_assert_cmpstr(app_top(s.app)->subject, ==, "institution/unal/partners/cafe");
	small_close(&s);
	small_open(&s);
	small_type(&s, "4/innovec\re");
	g_assert_false(app_top(s.app)->ops == &view_form);
	small_key(&s, '1');
	g_assert_cmpstr(app_top(s.app)->subject, ==, "institution/innovec/partners/siemens");
	small_close(&s);
}

/* From a card to the tie, from there to the other end, and back. */
static void cards_lead_through_ties(void)
{
	struct small s;

	small_open(&s);
	small_type(&s, "2/innovec\r\r\r");
	g_assert_true(app_top(s.app)->ops == &view_tie);
	small_sees(&s, "INNOVEC says");
	small_key(&s, TUI_ENTER);
	g_assert_true(app_top(s.app)->ops == &view_institution);
	g_assert_cmpstr(app_top(s.app)->subject, ==, "siemens");
	small_close(&s);
}

static void gone_and_read_only(void)
{
	struct small s;
	struct change *change = change_new();

	small_open(&s);
	small_type(&s, "4/cafe\r\r");
	change_remove(change, KIND_INSTITUTION, "unal", "partners[cafe]");
	g_assert_true(small_apply(&s, change, NULL));
	change_free(change);
	small_event(&s, (struct event){ .type = EVENT_MODEL });
	small_sees(&s, "Nobody declares this tie any more");
	small_key(&s, 'v');
	g_assert_null(s.saved);
	s.world.read_only = true;
	small_type(&s, "4v");
	small_sees(&s, "read only");
	small_close(&s);
}

/* If it fails, what a member gives and seeks stands behind all that is computed of it. */
static void test_own_words(void)
{
	g_autofree char *screen = NULL;
	const char *offers, *partners;
	struct small s;

	small_open(&s);
	app_open(s.app, &s.world, &view_institution, "innovec");
	screen = small_screen(&s);
	offers = strstr(screen, "Money: grants");
	partners = strstr(screen, "1 partner");
	g_assert_nonnull(offers);
	g_assert_nonnull(partners);
	g_assert_true(offers < partners);
	small_close(&s);
}

int main(int argc, char **argv)
{
	start_process();
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/ties/proposals-are-told-apart", proposals_are_told_apart);
	g_test_add_func("/ties/list", list_tells_states);
	g_test_add_func("/ties/abroad", abroad_asks_once);
	g_test_add_func("/ties/confirm", one_key_confirms);
	g_test_add_func("/ties/which", both_sides_ask_which);
	g_test_add_func("/ties/answer", silent_side_answers);
	g_test_add_func("/ties/leave", leaving_the_question_changes_nothing);
	g_test_add_func("/ties/remove", removing_names_the_claim);
	g_test_add_func("/ties/edit", editing_goes_to_the_form);
	g_test_add_func("/ties/cards", cards_lead_through_ties);
	g_test_add_func("/ties/gone", gone_and_read_only);
	g_test_add_func("/ties/own-words", test_own_words);
	return g_test_run();
}
