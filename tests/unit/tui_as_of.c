/*
 * Another day than now: if these fail, a view shows numbers of one day beside
 * those of another, the past is edited, or there is no way back.
 */
#include "tests/unit/tui_past.h"

/* Time, Enter, another view, a year back from there, and back to now. */
static void every_view_follows(void)
{
	struct past past;

	past_open(&past);
	type(&past, "9hhhh\r");
	assert_sees(&past, "as of 2022", true);
	assert_sees(&past, "4 institutions, 2 ties (1 state no beginning)", true);
	type(&past, "2");
	assert_sees(&past, "Gamma", true);
	type(&past, "{");
	assert_sees(&past, "as of 2021", true);
	assert_sees(&past, "Gamma", false);
	type(&past, "9");
	assert_sees(&past, "as of 2021", true);
	type(&past, "h2");
	assert_sees(&past, "as of 2020", true);
	type(&past, "}}}}}");
	assert_sees(&past, "as of 2025", true);
	/* The year that it is, is now. */
	type(&past, "}");
	assert_sees(&past, "as of", false);
	assert_sees(&past, "Gamma", true);
	type(&past, ":as-of 2019-06\r");
	assert_sees(&past, "as of 2019-06", true);
	session_key(past.session, TUI_ESCAPE);
	assert_sees(&past, "as of", false);
	type(&past, ":as-of 20x1\r");
	assert_sees(&past, "\"20x1\" is no date", true);
	past_close(&past);
}

/* Its numbers, words and advice are of that day; what was changed lately is of today. */
static void the_overview_looks_back(void)
{
	struct past past;

	past_open(&past);
	want_study(&past, past.session->world.model);
	study_arrives(&past, 0);
	assert_sees(&past, "4 institutions", true);
	assert_sees(&past, "3 ties · 0 % confirmed", true);
	assert_sees(&past, "What to do next", true);
	assert_sees(&past, "Recent changes", true);
	assert_sees(&past, "begun this year · 1 without a date", true);
	type(&past, ":as-of 2020\r");
	assert_sees(&past, "computing", true);
	assert_sees(&past, "3 institutions", true);
	assert_sees(&past, "2 ties · 1 of them states no beginning", true);
	assert_sees(&past, "What was missing then", true);
	assert_sees(&past, "What to do next", false);
	assert_sees(&past, "Recent changes", false);
	study_arrives(&past, 0);
	assert_sees(&past, "computing", false);
	assert_sees(&past, "66.7 of 100", true); /* 2 of 3 pairs */
	type(&past, ":as-of 2023\r");
	study_arrives(&past, 0);
	assert_sees(&past, "4 institutions", true);
	assert_sees(&past, "2019–2023", true);
	assert_sees(&past, "1 begun in 2023 · 1 without a date", true);
	type(&past, "@");
	assert_sees(&past, "What to do next", true);
	assert_sees(&past, "0 begun this year", true);
	past_close(&past);
}

static void other_studies_are_dropped(void)
{
	struct past past;
	const struct world *world;

	past_open(&past);
	world = &past.session->world;
	want_study(&past, world->model);
	study_arrives(&past, 0);
	g_assert_nonnull(world->study);
	type(&past, "{");
	g_assert_null(world->study);
	g_assert_nonnull(world->present_study);
	type(&past, "{");
	/* Too late: that year is not looked at any more. */
	study_arrives(&past, 1);
	g_assert_null(world->study);
	study_arrives(&past, 0);
	g_assert_true(study_model(world->study) == world->model);
	/* Now is there at once, and nothing is computed for it. */
	guint asked = past.wanted->len;
	type(&past, "@");
	g_assert_cmpuint(past.wanted->len, ==, asked);
	g_assert_true(world->study == world->present_study);
	g_assert_true(study_model(world->study) == world->model);
	past_close(&past);
}

static void the_past_is_not_edited(void)
{
	struct past past;
	guint before;

	past_open(&past);
	before = past.session->history->len;
	type(&past, "2{e");
	assert_sees(&past, "As of 2025 nothing can be changed: @ leads back to now.", true);
	type(&past, "A");
	assert_sees(&past, "nothing can be changed", true);
	type(&past, "u");
	assert_sees(&past, "nothing can be changed", true);
	type(&past, ":set city=X\r");
	assert_sees(&past, "nothing can be changed", true);
	session_key(past.session, TUI_ESCAPE);
	session_refresh(past.session);
	g_assert_cmpuint(past.session->history->len, ==, before);
	past_close(&past);
}

/* What another person saves meanwhile comes in, and the day stays. */
static void others_go_on(void)
{
	struct past past;
	guint asked;

	past_open(&past);
	type(&past, "2{{");
	asked = past.wanted->len;
	other_saves(&past, "Epsilon");
	assert_sees(&past, "as of 2024", true);
	assert_sees(&past, "Epsilon", true);
	g_assert_cmpuint(past.wanted->len, ==, asked + 1);
	g_assert_true(g_ptr_array_index(past.wanted, asked) == past.session->world.model);
	past_close(&past);
}

static void years_are_compared(void)
{
	struct past past;
	g_autoptr(GError) error = NULL;

	past_open(&past);
	type(&past, "9hhhhhc");
	g_assert_cmpuint(past.comparisons, ==, 0);
	assert_sees(&past, "Compare 2021 with the year: 2026", true);
	type(&past, "2024\r");
	g_assert_cmpuint(past.comparisons, ==, 1);
	g_assert_cmpint(past.years.from, ==, 2021);
	g_assert_cmpint(past.years.to, ==, 2024);
	assert_sees(&past, "computing…", true);
	/* Two others are wanted by now. */
	session_compared(past.session, past.session->model, (struct years){ 2021, 2022 },
			 session_comparison_new(past.session->model, (struct years){ 2021, 2022 },
						NULL, &error));
	g_assert_null(past.session->world.comparison);
	session_compared(past.session, past.session->model, past.years,
			 session_comparison_new(past.session->model, past.years, NULL, &error));
	g_assert_no_error(error);
	assert_sees(&past, "2 in both, 0", true);
	g_assert_cmpuint(past.session->world.comparison->joined->len, ==, 1);
	g_assert_cmpuint(past.session->world.comparison->fresh->len, ==, 1);
	type(&past, "c");
	g_assert_null(past.session->world.comparison);
	past_close(&past);
}

/* If it fails, two years of the network before an edit are shown as those after it. */
static void compared_before_an_edit(void)
{
	struct past past;
	struct model *before;
	struct comparison *late;

	past_open(&past);
	type(&past, "9hhhc2025\r");
	before = model_ref(past.session->model);
	late = session_comparison_new(before, past.years, NULL, NULL);
	g_assert_nonnull(late);
	other_saves(&past, "Epsilon");
	session_compared(past.session, before, past.years, late);
	g_assert_null(past.session->world.comparison);
	assert_sees(&past, "computing…", true);
	model_unref(before);
	past_close(&past);
}

static guint missing(const struct study *from, const struct study *in)
{
	guint n = 0;

	for (guint i = 0; i < study_gaps(from)->len; i++) {
		const struct gap *gap = g_ptr_array_index(study_gaps(from), i);

		n += study_lacks_gap(in, gap);
	}
	return n;
}

/* If it fails, nobody is told that an edit closed or opened a gap. */
static void gaps_are_told(void)
{
	struct past past;
	struct study *before;
	const char *message;
	guint closed, opened;

	past_open(&past);
	session_want_study(past.session);
	study_arrives(&past, 0);
	before = study_ref(past.session->study);
	type(&past, "2/alpha\rdy");
	g_assert_nonnull(past.session->app->message);
	g_assert_true(g_str_has_prefix(past.session->app->message, "Saved"));
	study_arrives(&past, 0);
	closed = missing(before, past.session->study);
	opened = missing(past.session->study, before);
	g_assert_cmpuint(closed + opened, >, 0);
	message = past.session->app->message;
	g_assert_true(g_str_has_prefix(message, "Saved"));
	g_assert_true((strstr(message, " closed: ") != NULL) == (closed > 0));
	g_assert_true((strstr(message, " opened: ") != NULL) == (opened > 0));
	/* It is told once. */
	type(&past, "j");
	study_arrives(&past, 0);
	g_assert_null(past.session->app->message);
	study_unref(before);
	past_close(&past);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/as-of/views", every_view_follows);
	g_test_add_func("/as-of/overview", the_overview_looks_back);
	g_test_add_func("/as-of/studies", other_studies_are_dropped);
	g_test_add_func("/as-of/edits", the_past_is_not_edited);
	g_test_add_func("/as-of/others", others_go_on);
	g_test_add_func("/as-of/compare", years_are_compared);
	g_test_add_func("/as-of/gaps-are-told", gaps_are_told);
	g_test_add_func("/as-of/compared-before-an-edit", compared_before_an_edit);
	return g_test_run();
}
