/*
 * The register of gaps: severest first, what to do on top of the pane, every name
 * leads to its card, and filters show what they say.
 */
#include "base/start.h"
#include "tests/unit/tui_crowd.h"
#include "tui/views/gaps.h"

static void gaps_start(struct crowd *crowd)
{
	crowd_open(crowd, 120, 8, true);
	crowd_key(crowd, '8');
	g_assert_true(app_top(crowd->app)->ops == &view_gaps);
	g_assert_cmpuint(study_gaps(crowd->study)->len, >, 4);
}

/* The first words of a text: enough to be on one line. */
static char *beginning(const char *text)
{
	gsize n = MIN(strlen(text), 24);

	while (n > 0 && text[n - 1] == ' ')
		n--;
	return g_strndup(text, n);
}

static const char *nth_line(const char *screen, guint n)
{
	for (guint i = 0; i < n && screen; i++) {
		screen = strchr(screen, '\n');
		screen = screen ? screen + 1 : NULL;
	}
	g_assert_nonnull(screen);
	return screen;
}

static void what_to_do_comes_first(void)
{
	struct crowd crowd;
	const struct gap *gap;

	gaps_start(&crowd);
	gap = g_ptr_array_index(study_gaps(crowd.study), 0);
	g_autofree char *advice = beginning(gap->advice);
	g_autofree char *title = beginning(gap->title);
	g_autofree char *screen = crowd_screen(&crowd);
	const char *first = nth_line(screen, 3), *rule = strstr(screen, "────");

	/* Row 3 is the severest; below the rule stands the advice. */
	g_assert_true(strstr(first, title) && strstr(first, title) < nth_line(first, 1));
	g_assert_nonnull(rule);
	const char *below = nth_line(rule, 1);

	g_assert_true(strstr(below, advice) && strstr(below, advice) < nth_line(below, 1));
	crowd_close(&crowd);
}

static void names_lead_to_cards(void)
{
	struct crowd crowd;
	const struct gap *with = NULL;
	const GPtrArray *gaps;

	gaps_start(&crowd);
	gaps = study_gaps(crowd.study);
	for (guint i = 0; i < gaps->len && !with; i++) {
		const struct gap *gap = g_ptr_array_index(gaps, i);

		if (gap->candidates->len)
			with = gap;
	}
	g_assert_nonnull(with);
	app_open(crowd.app, &crowd.world, &view_gaps, with->id);
	crowd_key(&crowd, TUI_ENTER);
	g_assert_true(app_top(crowd.app)->ops == &view_gap);
	g_assert_cmpstr(app_top(crowd.app)->subject, ==, with->id);
	crowd_key(&crowd, 'y');
	g_assert_cmpstr(crowd.yanked, ==, with->id);
	/* Down to the first name that can be seen, and open it. */
	for (int i = 0; i < 30 && app_top(crowd.app)->ops == &view_gap; i++) {
		crowd_key(&crowd, TUI_ENTER);
		if (app_top(crowd.app)->ops == &view_gap)
			crowd_key(&crowd, 'j');
	}
	g_assert_true(app_top(crowd.app)->ops == &view_institution);
	const struct candidate *candidate = g_ptr_array_index(with->candidates, 0);

	g_assert_cmpstr(app_top(crowd.app)->subject, ==,
			RECORD(model_institution(crowd.model, (guint)candidate->a))->id);
	crowd_close(&crowd);
}

static guint shown(struct crowd *crowd)
{
	g_autofree char *status = view_gaps.status(app_top(crowd->app), crowd->app, &crowd->world);

	return (guint)g_ascii_strtoull(status, NULL, 10);
}

/* If it fails, gaps are gone from the list and nobody is told that they are, nor of the key. */
static void hidden_are_told(void)
{
	struct crowd crowd;

	gaps_start(&crowd);
	((struct gap *)g_ptr_array_index(study_gaps(crowd.study), 0))->hidden = true;
	crowd_event(&crowd, (struct event){ .type = EVENT_STUDY });
	crowd_sees(&crowd, "1 done with or put off: c shows it");
	crowd_key(&crowd, 'c');
	crowd_key(&crowd, 'j');
	crowd_sees(&crowd, "1 of them is done with or put off: c hides it");
	crowd_close(&crowd);
}

/* If it fails, a slip of Shift on the page of a gap removes an institution that it names. */
static void nothing_is_removed(void)
{
	struct crowd crowd;

	gaps_start(&crowd);
	crowd_key(&crowd, TUI_ENTER);
	for (int i = 0; i < 30; i++) {
		crowd_key(&crowd, 'd');
		g_assert_true(app_top(crowd.app)->ops == &view_gap);
		crowd_key(&crowd, 'e');
		g_assert_true(app_top(crowd.app)->ops == &view_gap);
		crowd_key(&crowd, 'j');
	}
	crowd_close(&crowd);
}

static void told_is(const struct crowd *crowd, const char *summary, const char *text)
{
	struct op op = { .kind = KIND_GAPS };
	g_autoptr(GPtrArray) ops = g_ptr_array_new();
	struct change change = { .ops = ops, .summary = (char *)(guintptr)summary };
	g_autofree char *told = NULL;

	g_ptr_array_add(ops, &op);
	told = app_change_text(&crowd->world, &change);
	g_assert_cmpstr(told, ==, text);
}

/* If it fails, history names a gap that is there no more by parts of its id. */
static void former_gaps_are_named(void)
{
	struct crowd crowd;

	gaps_start(&crowd);
	told_is(&crowd, "G5:country-br: dismissed", "dismissed: Isolated members: Brazil");
	told_is(&crowd, "G7:CL:CO: dismissed", "dismissed: Less than chance: Chile, Colombia");
	told_is(&crowd, "G11:entries: proposed", "proposed: Not looked at for long");
	crowd_close(&crowd);
}

static void kinds_make_up_the_whole(void)
{
	struct crowd crowd;
	guint all, sum = 0, rounds = 0;

	gaps_start(&crowd);
	all = shown(&crowd);
	g_assert_cmpuint(all, ==, study_gaps(crowd.study)->len);
	for (;;) {
		crowd_key(&crowd, 't');
		if (shown(&crowd) == all && sum == all)
			break;
		sum += shown(&crowd);
		g_assert_cmpuint(shown(&crowd), >, 0); /* kinds without gaps are passed over */
		g_assert_cmpuint(++rounds, <, 20);
	}
	crowd_close(&crowd);
}

static void gaps_of_one_record(void)
{
	struct crowd crowd;
	const GPtrArray *gaps;
	guint expected = 0, institution;

	gaps_start(&crowd);
	gaps = study_gaps(crowd.study);
	institution = G_MAXUINT;
	for (guint i = 0; i < gaps->len; i++) {
		const struct gap *gap = g_ptr_array_index(gaps, i);

		for (guint k = 0; k < gap->institutions->len; k++) {
			if (institution == G_MAXUINT)
				institution = g_array_index(gap->institutions, guint, k);
			if (g_array_index(gap->institutions, guint, k) == institution) {
				expected++;
				break;
			}
		}
	}
	g_assert_cmpuint(expected, >, 0);
	const char *id = RECORD(model_institution(crowd.model, institution))->id;
	g_autofree char *subject = subject_new(KIND_INSTITUTION, id);

	app_open(crowd.app, &crowd.world, &view_gaps, subject);
	g_assert_cmpuint(shown(&crowd), ==, expected);
	app_close(crowd.app, &crowd.world);
	app_open(crowd.app, &crowd.world, &view_gaps, "territory/no-such-place");
	g_assert_cmpuint(shown(&crowd), ==, 0);
	crowd_sees(&crowd, "No gap of the register is about this");
	app_close(crowd.app, &crowd.world);

	/* The shared filter: nobody passes, no gap is left. */
	app_set_filter(crowd.app, &crowd.world, "name~nobody-is-called-so");
	g_assert_cmpuint(shown(&crowd), ==, 0);
	crowd_sees(&crowd, "No gap concerns what passes the filter");
	crowd_close(&crowd);
}

static void selection_outlives_a_new_study(void)
{
	struct crowd crowd;

	gaps_start(&crowd);
	crowd_key(&crowd, 'j');
	crowd_key(&crowd, 'j');
	crowd_key(&crowd, 'y');
	g_autofree char *id = g_strdup(crowd.yanked);

	study_unref(crowd.study);
	crowd.study = crowd.world.study = NULL;
	crowd_event(&crowd, (struct event){ .type = EVENT_MODEL });
	g_free(crowd_screen(&crowd));
	crowd_compute(&crowd);
	crowd_key(&crowd, 'y');
	g_assert_cmpstr(crowd.yanked, ==, id);
	crowd_close(&crowd);
}

/*
 * If it fails, gaps that are still listed while a smaller network is computed are searched by
 * who stands at their numbers in that one, or they are laid out for the screen of before.
 */
static void search_is_of_the_gaps_listed(void)
{
	struct crowd crowd;
	struct model *before;
	struct study *listed;
	const struct gap *gap;
	const char *named;
	bool names = false;

	gaps_start(&crowd);
	listed = crowd.study;
	before = crowd.model;
	g_assert_cmpuint(study_gaps(listed)->len, >, 20);
	g_autofree char *far = beginning(((struct gap *)study_gaps(listed)->pdata[20])->title);

	named = institution_name(model_institution(before, 110), true);
	crowd.model = crowd_model(1, 1);
	crowd.world.model = crowd.model;
	crowd.study = crowd.world.study = NULL;
	crowd_event(&crowd, (struct event){ .type = EVENT_MODEL });
	crowd_size(&crowd, 40, 160);
	crowd_sees(&crowd, far);
	crowd_key(&crowd, '/');
	crowd_type(&crowd, named);
	while (view_gaps.busy(app_top(crowd.app)))
		crowd_event(&crowd, (struct event){ .type = EVENT_AGAIN });
	crowd_key(&crowd, TUI_ENTER);
	crowd_key(&crowd, 'y');
	gap = study_gap(listed, crowd.yanked);
	for (guint i = 0; i < gap->institutions->len; i++)
		names |= g_str_equal(
			institution_name(model_institution(before, g_array_index(gap->institutions,
										 guint, i)),
					 true),
			named);
	g_assert_true(names);
	study_unref(listed);
	model_unref(before);
	crowd_close(&crowd);
}

/* The register as it is under a filter that is typed and kept. */
static char *filtered(struct crowd *crowd, const char *filter)
{
	crowd_key(crowd, 'f');
	crowd_key(crowd, TUI_CTRL('u'));
	crowd_type(crowd, filter);
	crowd_key(crowd, TUI_ENTER);
	return crowd_screen(crowd);
}

/* If it fails, who asks for the own gaps of one place gets those of others, or a word about
 * institutions; or lists of institutions are asked for what only gaps have. */
static void filter_asks_for_gaps(void)
{
	struct crowd crowd;
	const GPtrArray *gaps;
	guint of_kind = 0;

	gaps_start(&crowd);
	gaps = study_gaps(crowd.study);
	struct gap *first = g_ptr_array_index(gaps, 0);
	const struct gap_state state = { .status = "dismissed", .owner = "eva" };

	for (guint i = 0; i < gaps->len; i++)
		of_kind += ((const struct gap *)g_ptr_array_index(gaps, i))->kind == first->kind;
	g_autofree char *kind = g_strdup_printf("kind=%s", first->kind->id);
	g_autofree char *of = g_strdup_printf("%u of %u gaps", of_kind, gaps->len);
	g_autofree char *all = filtered(&crowd, kind);
	g_assert_nonnull(strstr(all, of));
	crowd_key(&crowd, '2');
	g_assert_null(strstr(crowd.app->filter, "kind"));
	crowd_key(&crowd, '8');
	crowd_sees(&crowd, of);
	gap_stand(first, &state, crowd.world.today);
	crowd_event(&crowd, (struct event){ .type = EVENT_STUDY });
	g_autofree char *hers = filtered(&crowd, "status=dismissed owner=eva");
	g_assert_nonnull(strstr(hers, "1 of "));
	g_autofree char *severe = filtered(&crowd, "severity>2");
	g_assert_nonnull(strstr(severe, "No gap concerns what passes the filter."));
	g_autofree char *wrong = filtered(&crowd, "severty>0.5");
	g_assert_nonnull(strstr(wrong, "did you mean \"severity\"?"));
	crowd_key(&crowd, TUI_CTRL('u'));
	crowd_type(&crowd, "xyzzyx=1");
	crowd_sees(&crowd, "try one of: status, owner,");
	crowd_key(&crowd, TUI_ESCAPE);
	crowd_key(&crowd, TUI_ESCAPE);
	crowd_sees(&crowd, "The filter is off.");
	crowd_close(&crowd);
}

static void any_keys_any_size(void)
{
	static const gunichar keys[] = { 'j', 'k',	 TUI_TAB,	    't', 'g',
					 'G', TUI_ENTER, TUI_ESCAPE,	    'n', '/',
					 'a', '8',	 TUI_KEY_PAGE_DOWN, 'y', '~' };
	struct crowd crowd;

	gaps_start(&crowd);
	crowd_play(&crowd, keys, G_N_ELEMENTS(keys), 300);
	crowd_close(&crowd);
}

int main(int argc, char **argv)
{
	g_setenv("LC_ALL", "C.UTF-8", TRUE);
	start_process();
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/gaps/hidden", hidden_are_told);
	g_test_add_func("/gaps/what-to-do-comes-first", what_to_do_comes_first);
	g_test_add_func("/gaps/names-lead-to-cards", names_lead_to_cards);
	g_test_add_func("/gaps/nothing-is-removed", nothing_is_removed);
	g_test_add_func("/gaps/former", former_gaps_are_named);
	g_test_add_func("/gaps/kinds", kinds_make_up_the_whole);
	g_test_add_func("/gaps/of-one-record", gaps_of_one_record);
	g_test_add_func("/gaps/selection", selection_outlives_a_new_study);
	g_test_add_func("/gaps/search", search_is_of_the_gaps_listed);
	g_test_add_func("/gaps/filter", filter_asks_for_gaps);
	g_test_add_func("/gaps/any-keys-any-size", any_keys_any_size);
	return g_test_run();
}
