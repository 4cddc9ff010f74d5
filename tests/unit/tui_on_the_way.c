/*
 * Other days and other ties of a large network, which are made elsewhere while keys go on: if
 * these fail, a key waits for them, or what is shown is not what it is said to be.
 */
#include "tests/unit/tui_past.h"
#include "tui/config.h"
#include "tui/memory.h"

/* Of a large network the past is made elsewhere: keys go on, and only the last day counts. */
static void on_the_way(void)
{
	struct past past;
	struct model *then;

	past_open_with(&past, 2500, 0);
	then = model_as_of(past.session->model, (struct date){ .year = 2024 }, NULL, NULL);
	session_key(past.session, '{');
	session_key(past.session, '{');
	g_assert_cmpuint(past.days, ==, 2);
	g_assert_cmpint(past.day.year, ==, 2024);
	assert_sees(&past, "On the way to 2024", true);
	assert_sees(&past, "as of 2025", false);
	/* The first comes late and is nobody's any more; the present is still shown. */
	session_past(past.session, past.session->model, (struct date){ .year = 2025 }, then);
	g_assert_true(past.session->shown == past.session->present);
	session_past(past.session, past.session->model, past.day, then);
	g_assert_true(past.session->shown == then);
	g_assert_true(past.session->world.present == past.session->present);
	assert_sees(&past, "as of 2024", true);
	/* Made of a network that is gone: it was asked for again. */
	session_key(past.session, '{');
	other_saves(&past, "Epsilon");
	g_assert_cmpuint(past.days, ==, 4);
	g_assert_cmpint(past.day.year, ==, 2023);
	session_past(past.session, past.session->present, past.day, then);
	assert_sees(&past, "as of 2024", true);
	/* Back to now while it is on its way: nothing comes after. */
	session_look_at(past.session, NULL);
	session_past(past.session, past.session->present, past.day, then);
	g_assert_true(past.session->shown == past.session->present);
	model_unref(then);
	past_close(&past);
}

/* If it fails, a key waits for the ties of a large network, or others are shown than asked for. */
static void confirmed_on_the_way(void)
{
	struct past past;
	struct model *confirmed, *before;

	past_open_with(&past, 2500, 0);
	confirmed = model_confirmed(past.session->model);
	session_key(past.session, 'C');
	g_assert_cmpuint(past.days, ==, 1);
	g_assert_false(date_is_set(past.day));
	g_assert_false(past.session->world.confirmed);
	/* Of a network that is gone: it was asked for again. */
	before = model_ref(past.session->model);
	other_saves(&past, "Epsilon");
	g_assert_cmpuint(past.days, ==, 2);
	session_past(past.session, before, past.day, confirmed);
	g_assert_false(past.session->world.confirmed);
	model_unref(before);
	model_unref(confirmed);
	confirmed = model_confirmed(past.session->model);
	session_past(past.session, past.session->model, past.day, confirmed);
	g_assert_true(past.session->world.confirmed);
	g_assert_true(past.session->present == confirmed);
	session_key(past.session, 'C');
	g_assert_false(past.session->world.confirmed);
	/* What is known of it is not made twice. */
	session_key(past.session, 'C');
	g_assert_cmpuint(past.days, ==, 2);
	g_assert_true(past.session->present == confirmed);
	model_unref(confirmed);
	past_close(&past);
}

/*
 * If it fails, a key waits until the confirmed ties of a large network as of a day are
 * known, or that day is lost, or ties of it are shown that were not asked for.
 */
static void confirmed_of_a_day(void)
{
	struct past past;
	struct model *confirmed, *then, *both;
	struct date day = { .year = 2025 };

	past_open_with(&past, 2500, 0);
	confirmed = model_confirmed(past.session->model);
	then = model_as_of(past.session->model, day, NULL, NULL);
	both = model_as_of(confirmed, day, NULL, NULL);
	/* The day is on its way when the ties are asked for. */
	session_key(past.session, '{');
	session_key(past.session, 'C');
	g_assert_cmpuint(past.days, ==, 2);
	g_assert_false(date_is_set(past.day));
	session_past(past.session, past.session->model, past.day, confirmed);
	g_assert_cmpuint(past.days, ==, 3);
	g_assert_cmpint(past.day.year, ==, 2025);
	g_assert_false(past.session->world.confirmed);
	session_past(past.session, confirmed, past.day, both);
	g_assert_true(past.session->world.confirmed && past.session->shown == both);
	g_assert_true(past.session->present == confirmed);
	assert_sees(&past, "as of 2025", true);
	/* Back to all ties, and on to another year instead. */
	session_key(past.session, 'C');
	g_assert_cmpuint(past.days, ==, 4);
	g_assert_true(past.session->world.confirmed);
	session_key(past.session, '{');
	session_past(past.session, past.session->model, day, then);
	g_assert_true(past.session->world.confirmed && past.session->shown == both);
	session_key(past.session, 'C');
	session_past(past.session, past.session->model, past.day, then);
	g_assert_false(past.session->world.confirmed);
	g_assert_true(past.session->shown == then);
	g_assert_true(past.session->present == past.session->model);
	assert_sees(&past, "as of 2024", true);
	model_unref(confirmed);
	model_unref(then);
	model_unref(both);
	past_close(&past);
}

#define MANY_TIES 14 /* of 2,500 on either side: more than are confirmed within a key */

/*
 * If it fails, saving waits until the confirmed ties of a large network are found, or the network
 * before an edit is shown as the one after it, or what was selected is lost.
 */
static void edited_among_confirmed(void)
{
	struct past past;
	const struct world *world;
	guint asked;

	past_open_with(&past, 2500, MANY_TIES);
	world = &past.session->world;
	session_key(past.session, 'C');
	past_arrives(&past);
	g_assert_true(world->confirmed && !world->behind);
	g_assert_cmpuint(world->model->n_ties, ==, 2500 * MANY_TIES);
	type(&past, "2/delta\r");
	asked = past.wanted->len;
	other_saves(&past, "Epsilon");
	g_assert_true(world->behind);
	g_assert_true(past.of == past.session->model);
	g_assert_false(date_is_set(past.day));
	assert_sees(&past, "not up to date yet", true);
	assert_sees(&past, "Delta", true);
	/* No study of what is about to go. */
	g_assert_cmpuint(past.wanted->len, ==, asked);
	past_arrives(&past);
	g_assert_false(world->behind);
	g_assert_cmpuint(past.wanted->len, ==, asked + 1);
	assert_sees(&past, "not up to date yet", false);
	assert_sees(&past, "Epsilon", true);
	g_autofree char *record = view_institutions.record(app_top(past.session->app), world);

	g_assert_cmpstr(record, ==, "institution/d");
	/* Back to all ties before they are there: nothing comes after. */
	other_saves(&past, "Zeta");
	session_key(past.session, 'C');
	g_assert_true(!world->confirmed && !world->behind);
	assert_sees(&past, "Zeta", true);
	past_arrives(&past);
	g_assert_false(world->confirmed);
	past_close(&past);
}

/* What Delta's city is, as it was saved. */
static const char *city_of_delta(const struct past *past)
{
	const struct institution *delta =
		(const struct institution *)model_get(past->session->model, KIND_INSTITUTION, "d");

	return delta->city;
}

/* If it fails, what was saved and never shown is overwritten, or refused without a word. */
static void edited_before_it_is_shown(void)
{
	const char *wait = "One moment: the last change is not shown yet.";
	struct past past;
	struct change *change = change_new();

	past_open_with(&past, 2500, MANY_TIES);
	session_key(past.session, 'C');
	past_arrives(&past);
	type(&past, "2/delta\r:set city=Uno\r");
	g_assert_true(past.session->world.behind);
	assert_sees(&past, "Saved: ", true);
	type(&past, ":set city=Dos\r");
	assert_sees(&past, wait, true);
	g_assert_cmpstr(city_of_delta(&past), ==, "Uno");
	session_key(past.session, TUI_ESCAPE);
	session_key(past.session, 'u');
	g_assert_cmpstr(city_of_delta(&past), ==, "Uno");
	/* No form opens on what was there before. */
	type(&past, "kj");
	assert_sees(&past, wait, false);
	session_key(past.session, 'e');
	assert_sees(&past, wait, true);
	g_assert_true(app_top(past.session->app)->ops == &view_institutions);
	past_arrives(&past);
	type(&past, ":set city=Dos\r");
	g_assert_cmpstr(city_of_delta(&past), ==, "Dos");
	past_arrives(&past);
	/* One that was open says why it is not saved yet; then it shows whose value is there. */
	session_key(past.session, 'e');
	g_assert_true(app_top(past.session->app)->ops != &view_institutions);
	change_set(change, KIND_INSTITUTION, "d", "city", "Tres");
	other_applies(&past, change);
	type(&past, "Mine");
	session_key(past.session, TUI_KEY_F2);
	assert_sees(&past, wait, true);
	past_arrives(&past);
	session_key(past.session, TUI_KEY_F2);
	g_assert_cmpstr(city_of_delta(&past), ==, "Tres");
	past_close(&past);
}

/* If it fails, a change by others is waited for while a day of a large network is looked at. */
static void others_go_on_in_a_large_one(void)
{
	struct past past;
	const struct world *world;

	past_open_with(&past, 2500, 0);
	world = &past.session->world;
	type(&past, "2/delta\r{");
	past_arrives(&past);
	assert_sees(&past, "as of 2025", true);
	other_saves(&past, "Epsilon");
	g_assert_true(world->behind);
	assert_sees(&past, "Delta", true);
	/* A year back from there: of what is new. */
	session_key(past.session, '{');
	g_assert_cmpint(past.day.year, ==, 2024);
	g_assert_true(past.of == past.session->model);
	past_arrives(&past);
	assert_sees(&past, "as of 2024", true);
	assert_sees(&past, "Epsilon", true);
	assert_sees(&past, "not up to date yet", false);
	/* Nothing of this waits when it goes back to now. */
	other_saves(&past, "Zeta");
	session_key(past.session, '@');
	g_assert_false(world->behind);
	assert_sees(&past, "Zeta", true);
	past_arrives(&past);
	g_assert_true(past.session->shown == past.session->model);
	past_close(&past);
}

/* If it fails, another language leaves a study that is gone in sight, or makes the day anew. */
static void in_another_language(void)
{
	struct past past;
	const struct world *world;
	const struct model *shown;
	struct config *config = config_new(NULL, NULL, false);
	struct memory *memory = memory_open(NULL, "net");
	guint asked;

	past_open_with(&past, 2500, 0);
	world = &past.session->world;
	session_configure(past.session, config, memory);
	session_want_study(past.session);
	study_arrives(&past, 0);
	session_key(past.session, '{');
	past_arrives(&past);
	study_arrives(&past, 0);
	g_assert_nonnull(world->present_study);
	shown = world->model;
	asked = past.wanted->len;
	type(&past, ":lang en\r");
	g_assert_true(config_is(config, SETTING_LANGUAGE, "en"));
	/* Words of a former language stand in what was computed, and in nothing else. */
	g_assert_true(world->model == shown && !world->behind);
	g_assert_null(world->study);
	g_assert_null(world->present_study);
	type(&past, "9");
	assert_sees(&past, "as of 2025", true);
	g_assert_cmpuint(past.days, ==, 1);
	g_assert_cmpuint(past.wanted->len, ==, asked + 1);
	/* Of what is about to go nothing is computed. */
	other_saves(&past, "Epsilon");
	g_assert_true(world->behind);
	type(&past, ":lang auto\r");
	g_assert_cmpuint(past.wanted->len, ==, asked + 1);
	past_arrives(&past);
	g_assert_cmpuint(past.wanted->len, ==, asked + 2);
	past_close(&past);
	memory_close(memory);
	config_free(config);
}

/* If it fails, the day that is asked for next takes the place of the ties asked for before. */
static void ties_and_then_a_day(void)
{
	struct past past;

	past_open_with(&past, 2500, 0);
	session_key(past.session, 'C');
	session_key(past.session, '{');
	g_assert_cmpuint(past.days, ==, 2);
	past_arrives(&past);
	g_assert_cmpint(past.day.year, ==, 2025);
	past_arrives(&past);
	g_assert_true(past.session->world.confirmed);
	assert_sees(&past, "as of 2025", true);
	/* And back to all of them, a year before. */
	session_key(past.session, 'C');
	session_key(past.session, '{');
	past_arrives(&past);
	g_assert_false(past.session->world.confirmed);
	assert_sees(&past, "as of 2024", true);
	past_close(&past);
}

/* If it fails, a day that was on its way never comes when the network is no large one any more. */
static void fewer_than_before(void)
{
	struct past past;
	struct model *of, *then;
	struct change *change = change_new();

	past_open_with(&past, 1997, 0);
	session_key(past.session, '{');
	g_assert_cmpuint(past.days, ==, 1);
	of = model_ref(past.of);
	change_delete(change, KIND_INSTITUTION, "more-1");
	other_applies(&past, change);
	g_assert_cmpuint(past.session->model->n[KIND_INSTITUTION], ==, 2000);
	assert_sees(&past, "as of 2025", true);
	g_assert_false(date_is_set(past.session->world.coming));
	/* What the worker brings is of the network before. */
	then = model_as_of(of, past.day, NULL, NULL);
	session_past(past.session, of, past.day, then);
	g_assert_true(past.session->shown != then);
	model_unref(then);
	model_unref(of);
	past_close(&past);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/on-the-way/day", on_the_way);
	g_test_add_func("/on-the-way/confirmed", confirmed_on_the_way);
	g_test_add_func("/on-the-way/confirmed-of-a-day", confirmed_of_a_day);
	g_test_add_func("/on-the-way/edited-among-confirmed", edited_among_confirmed);
	g_test_add_func("/on-the-way/edited-before-it-is-shown", edited_before_it_is_shown);
	g_test_add_func("/on-the-way/others-go-on", others_go_on_in_a_large_one);
	g_test_add_func("/on-the-way/in-another-language", in_another_language);
	g_test_add_func("/on-the-way/ties-and-then-a-day", ties_and_then_a_day);
	g_test_add_func("/on-the-way/fewer-than-before", fewer_than_before);
	return g_test_run();
}
