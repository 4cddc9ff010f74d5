/*
 * Another day than now: if these fail, a view shows numbers of one day beside
 * those of another, the past is edited, or there is no way back.
 */
#include "data/as_of.h"
#include "data/node.h"
#include "data/safety.h"
#include "tui/session.h"

#include <glib/gstdio.h>
#include <string.h>

/* A session on a store in one file, and what it asked to have computed. */
struct past {
	char *dir, *file;
	struct workspace *workspace;
	struct session *session;
	GPtrArray *wanted; /* struct model *, owned: a study of each was asked for */
	struct years years;
	guint comparisons;
	struct date day; /* the last that was asked for to be made elsewhere */
	guint days;
};

static const char *const records[] = {
	"{\"id\":\"net\",\"name\":\"Net\",\"vocabularies\":{\"sectors\":["
	"{\"id\":\"s\",\"name\":\"S\"}]}}",
	"{\"id\":\"a\",\"name\":\"Alpha\",\"sector\":\"s\",\"partners\":["
	"{\"with\":\"b\",\"since\":\"2019\"},{\"with\":\"c\",\"since\":\"2023\"}]}",
	"{\"id\":\"b\",\"name\":\"Beta\",\"sector\":\"s\",\"partners\":[{\"with\":\"d\"}]}",
	"{\"id\":\"c\",\"name\":\"Gamma\",\"sector\":\"s\",\"memberships\":["
	"{\"network\":\"net\",\"since\":\"2022\"}]}",
	"{\"id\":\"d\",\"name\":\"Delta\",\"sector\":\"s\"}",
};

static gint64 noon(void *data)
{
	(void)data;
	return G_GINT64_CONSTANT(1795348800000000); /* 22 November 2026 */
}

static const struct clock still = { noon, NULL };

/* The records above, and `more` institutions that stand alone. */
static void store_make(const char *file, guint more)
{
	GPtrArray *all[KIND_COUNT];
	struct pool *pool = pool_new();
	struct findings *findings = findings_new();
	g_autoptr(GError) error = NULL;

	for (guint k = 0; k < KIND_COUNT; k++)
		all[k] = g_ptr_array_new();
	for (guint i = 0; i < G_N_ELEMENTS(records); i++) {
		enum kind kind = i == 0 ? KIND_NETWORK : KIND_INSTITUTION;
		struct node *node = node_from_json(records[i], NULL);

		g_ptr_array_add(all[kind], node_to_record(record_type(kind), node, NULL, NULL, pool,
							  findings));
		node_free(node);
	}
	for (guint i = 0; i < more; i++) {
		struct institution *one = pool_alloc(pool, sizeof *one);
		g_autofree char *id = g_strdup_printf("more-%u", i);

		record_clear(record_type(KIND_INSTITUTION), one);
		one->base.id = pool_text(pool, id);
		one->base.name = one->base.id;
		one->sector = "s";
		g_ptr_array_add(all[KIND_INSTITUTION], one);
	}
	network_make_store(all, file, &still, &error);
	g_assert_no_error(error);
	for (guint k = 0; k < KIND_COUNT; k++)
		g_ptr_array_unref(all[k]);
	findings_free(findings);
	pool_unref(pool);
}

static void want_study(void *data, const struct model *model)
{
	g_ptr_array_add(((struct past *)data)->wanted, model_ref(model));
}

static void want_compare(void *data, const struct model *model, struct years years)
{
	struct past *past = data;

	(void)model;
	past->years = years;
	past->comparisons++;
}

static void want_past(void *data, const struct model *present, struct date day)
{
	struct past *past = data;

	(void)present;
	past->day = day;
	past->days++;
}

static void past_open_with(struct past *past, guint more)
{
	const struct session_hooks hooks = {
		.data = past, .study = want_study, .compare = want_compare, .past = want_past
	};
	struct workspace_options options = { .actor = "ana", .clock = still };
	struct findings *findings = findings_new();
	g_autoptr(GError) error = NULL;

	*past = (struct past){ .dir = g_dir_make_tmp("telar-XXXXXX", NULL) };
	past->file = g_build_filename(past->dir, "net.telar", NULL);
	past->wanted = g_ptr_array_new_with_free_func((GDestroyNotify)model_unref);
	store_make(past->file, more);
	options.path = past->file;
	past->workspace = workspace_open(&options, findings, &error);
	g_assert_no_error(error);
	past->session = session_new(past->workspace, findings, &hooks, 24, 80);
	findings_free(findings);
}

static void past_open(struct past *past)
{
	past_open_with(past, 0);
}

static void past_close(struct past *past)
{
	session_free(past->session);
	workspace_close(past->workspace);
	g_ptr_array_unref(past->wanted);
	g_unlink(past->file);
	g_rmdir(past->dir);
	g_free(past->file);
	g_free(past->dir);
}

static void type(struct past *past, const char *text)
{
	for (; *text; text = g_utf8_next_char(text))
		session_key(past->session, g_utf8_get_char(text));
}

static void assert_sees(struct past *past, const char *text, bool seen)
{
	struct grid *grid = grid_new(24, 80);

	app_draw(past->session->app, &past->session->world, grid);
	g_autofree char *screen = grid_dump(grid, false);

	grid_free(grid);
	if ((strstr(screen, text) != NULL) != seen)
		g_printerr("%s on the screen: %s\n%s\n", seen ? "not" : "still", text, screen);
	g_assert_true((strstr(screen, text) != NULL) == seen);
}

/* What the worker would bring for the last, or an earlier, study that was asked for. */
static void study_arrives(struct past *past, guint back)
{
	const struct model *model = g_ptr_array_index(past->wanted, past->wanted->len - 1 - back);
	struct study *study = session_study_new(model);
	g_autoptr(GError) error = NULL;

	study_compute(study, STUDY_ALL, NULL, &error);
	g_assert_no_error(error);
	session_study(past->session, study);
	study_unref(study);
}

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
	struct change *change = change_new();
	struct workspace_options options = { .actor = "ben", .clock = still };
	struct findings *findings = findings_new();
	struct workspace *other;
	guint asked;

	past_open(&past);
	type(&past, "2{{");
	asked = past.wanted->len;
	options.path = past.file;
	other = workspace_open(&options, findings, NULL);
	g_assert_nonnull(other);
	change_set(change, KIND_INSTITUTION, "d", "name", "Epsilon");
	g_assert_true(workspace_apply(other, change, NULL));
	workspace_close(other);
	session_refresh(past.session);
	assert_sees(&past, "as of 2024", true);
	assert_sees(&past, "Epsilon", true);
	g_assert_cmpuint(past.wanted->len, ==, asked + 1);
	g_assert_true(g_ptr_array_index(past.wanted, asked) == past.session->world.model);
	change_free(change);
	findings_free(findings);
	past_close(&past);
}

static void years_are_compared(void)
{
	struct past past;
	g_autoptr(GError) error = NULL;

	past_open(&past);
	type(&past, "9hhhhhc");
	g_assert_cmpuint(past.comparisons, ==, 0);
	type(&past, "lll");
	g_assert_cmpuint(past.comparisons, ==, 3);
	g_assert_cmpint(past.years.from, ==, 2021);
	g_assert_cmpint(past.years.to, ==, 2024);
	assert_sees(&past, "computing…", true);
	/* Two others are wanted by now. */
	session_compared(past.session, (struct years){ 2021, 2022 },
			 session_comparison_new(past.session->model, (struct years){ 2021, 2022 },
						NULL, &error));
	g_assert_null(past.session->world.comparison);
	session_compared(past.session, past.years,
			 session_comparison_new(past.session->model, past.years, NULL, &error));
	g_assert_no_error(error);
	assert_sees(&past, "2 in both, 0", true);
	g_assert_cmpuint(past.session->world.comparison->joined->len, ==, 1);
	g_assert_cmpuint(past.session->world.comparison->fresh->len, ==, 1);
	type(&past, "c");
	g_assert_null(past.session->world.comparison);
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

/* Of a large network the past is made elsewhere: keys go on, and only the last day counts. */
static void on_the_way(void)
{
	struct past past;
	struct model *then;

	past_open_with(&past, 2500);
	then = model_as_of(past.session->model, (struct date){ .year = 2024 });
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
	/* Made of a present that is gone: it is asked for again. */
	session_key(past.session, '{');
	session_past(past.session, then, past.day, then);
	g_assert_cmpuint(past.days, ==, 4);
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
	struct model *confirmed;

	past_open_with(&past, 2500);
	confirmed = model_confirmed(past.session->model);
	session_key(past.session, 'C');
	g_assert_cmpuint(past.days, ==, 1);
	g_assert_false(date_is_set(past.day));
	g_assert_false(past.session->world.confirmed);
	/* Of a network that is gone: it is asked for again. */
	session_past(past.session, confirmed, past.day, confirmed);
	g_assert_cmpuint(past.days, ==, 2);
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

	past_open_with(&past, 2500);
	confirmed = model_confirmed(past.session->model);
	then = model_as_of(past.session->model, day);
	both = model_as_of(confirmed, day);
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
	g_test_add_func("/as-of/on-the-way", on_the_way);
	g_test_add_func("/as-of/confirmed-on-the-way", confirmed_on_the_way);
	g_test_add_func("/as-of/confirmed-of-a-day", confirmed_of_a_day);
	return g_test_run();
}
