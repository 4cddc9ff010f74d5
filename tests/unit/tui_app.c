#include "tests/unit/tui_small.h"

#include <locale.h>

/* The app as a whole on a small network in memory: where keys lead, and that none crashes it. */
static void test_first_screen(void)
{
	struct small s;

	small_open(&s);
	small_sees(&s, "[1]Overview");
	small_sees(&s, "5 institutions");
	small_sees(&s, "computing…");
	small_close(&s);
}

static void test_views(void)
{
	struct small s;

	small_open(&s);
	small_key(&s, '2');
	small_sees(&s, "[2]Members");
	small_sees(&s, "5 of 5");
	small_key(&s, 'j');
	small_key(&s, TUI_ENTER);
	small_sees(&s, "Institutions › ");
	small_key(&s, TUI_ESCAPE);
	small_sees(&s, "5 of 5");
	small_key(&s, ']');
	small_sees(&s, "Institutions › ");
	small_key(&s, '1');
	small_sees(&s, "[1]Overview");
	small_close(&s);
}

/* If it fails, who looks for an institution on the first screen is told that there is none. */
static void test_search_everywhere(void)
{
	struct small s;

	small_open(&s);
	small_type(&s, "/caf\r");
	small_sees(&s, "Not on this page: caf; ^P looks everywhere");
	small_close(&s);
}

/* If it fails, digits alone say which views there are where 60 columns would hold names. */
static void test_narrow_tabs(void)
{
	static const char *const row[] = {
		" 1 Overview[2]Members 3 Places 4 Ties 5  6 Map 7  8 Gaps 9",
		" 1 Overview 2 Members 3 Places 4 Ties 5 [6]Map 7  8 Gaps 9",
		" 1 Overview 2 Members 3 Places 4 Ties 5  6 [7]Matrix 8  9",
	};
	struct small s;

	small_open(&s);
	small_size(&s, 16, 60);
	for (guint i = 0; i < G_N_ELEMENTS(row); i++) {
		small_key(&s, (gunichar)strchr(row[i], '[')[1]);
		small_sees(&s, row[i]);
	}
	small_close(&s);
}

/* If it fails, what is between two is offered to three that are marked, and refused. */
static void test_marked_many(void)
{
	struct small s;

	small_open(&s);
	small_type(&s, "2  ");
	small_sees(&s, "p Introduce");
	small_type(&s, " ");
	small_sees(&s, "3 marked:");
	small_sees_not(&s, "p Introduce");
	small_close(&s);
}

/* If it fails, the name that the footer tells of an action is no command. */
static void test_command_by_label(void)
{
	struct small s;

	small_open(&s);
	small_type(&s, ":History\r");
	g_assert_true(app_top(s.app)->ops == &view_history);
	small_close(&s);
}

/* If it fails, a filter with a typing error empties the list or is kept. */
static void test_filter(void)
{
	struct small s;

	small_open(&s);
	small_type(&s, "2fsector=academia");
	small_sees(&s, "3 of 5");
	small_type(&s, " nonsense=");
	small_sees(&s, "nonsense");
	small_key(&s, TUI_ENTER);
	g_assert_nonnull(s.app->prompt);
	small_key(&s, TUI_ESCAPE);
	g_assert_null(s.app->prompt);
	g_assert_cmpstr(s.app->filter, ==, "");
	small_sees(&s, "5 of 5");
	/* What is understood while one types and refused at the end leaves nothing behind. */
	small_type(&s, "fnons=1\r");
	g_assert_nonnull(s.app->prompt);
	g_assert_cmpstr(s.app->filter, ==, "");
	small_key(&s, TUI_ESCAPE);
	small_type(&s, "fsector=academai\r");
	g_assert_nonnull(s.app->prompt);
	small_sees(&s, "academia");
	small_sees(&s, "5 of 5");
	small_key(&s, TUI_ESCAPE);
	small_type(&s, ":filter sector=academai\r");
	g_assert_cmpstr(s.app->filter, ==, "");
	small_key(&s, TUI_ESCAPE);
	small_type(&s, "fTies>1\r");
	small_sees(&s, "filter: Ties>1");
	small_key(&s, TUI_ESCAPE);
	small_type(&s, "fties>1\r");
	small_sees(&s, "filter: ties>1");
	/* Esc on the last view takes the filter off before anything else. */
	small_key(&s, TUI_ESCAPE);
	g_assert_cmpstr(s.app->filter, ==, "");
	small_close(&s);
}

static void test_selection_survives(void)
{
	struct small s;

	small_open(&s);
	small_type(&s, "2/unal\r");
	small_other(&s, "alone", "name", "Aaaa");
	small_key(&s, TUI_ENTER);
	small_sees(&s, "Universidad Nacional");
	small_close(&s);
}

/* If it fails, going back shows what was true when one left. */
static void test_coming_back(void)
{
	struct small s;

	small_open(&s);
	small_type(&s, "2/unal\r\r");
	small_other(&s, "alone", "name", "Not alone any more");
	small_key(&s, TUI_ESCAPE);
	small_sees(&s, "Not alone any more");
	small_key(&s, '1');
	small_other(&s, "alone", "name", "Together");
	small_key(&s, '2');
	small_sees(&s, "Together");
	small_close(&s);
}

static void test_read_only(void)
{
	struct small s;

	small_open(&s);
	s.world.read_only = true;
	small_type(&s, "2e");
	small_sees(&s, "read only");
	g_assert_true(app_top(s.app)->ops == &view_institutions);
	small_close(&s);
}

static void test_help(void)
{
	struct small s;

	small_open(&s);
	small_type(&s, "2?");
	small_sees(&s, "Keys in Institutions");
	small_type(&s, "reverse");
	small_sees(&s, "Reverse");
	small_sees_not(&s, "Half a page down");
	small_key(&s, TUI_ESCAPE);
	small_sees(&s, "5 of 5");
	/* The heads of columns are too short to say what they stand for. */
	small_key(&s, '?');
	small_type(&s, "bridge");
	small_sees(&s, "Bridging: Shortest paths through the institution");
	small_key(&s, TUI_ESCAPE);
	small_type(&s, "4?");
	small_type(&s, "both sides");
	small_sees(&s, "What both sides say");
	small_close(&s);
}

/* If it fails, the footer promises keys that the view does not answer, or forgets the way out. */
static void test_footer(void)
{
	struct small s;

	small_open(&s);
	small_sees(&s, "Q Quit");
	small_key(&s, '2');
	small_key(&s, TUI_ENTER);
	small_sees(&s, "Esc Back");
	small_sees(&s, "? Help");
	small_close(&s);
}

/* If it fails, closing the last view by a stray Esc loses somebody's place. */
static void test_leave(void)
{
	struct small s;
	struct effects effects;

	small_open(&s);
	small_key(&s, TUI_ESCAPE);
	small_sees(&s, "Press Q to quit.");
	effects_init(&effects);
	app_update(s.app, &s.world, (struct event){ .type = EVENT_KEY, .key = 'q' }, &effects);
	g_assert_cmpuint(effects.all->len, ==, 1);
	g_assert_cmpint(((struct effect *)g_ptr_array_index(effects.all, 0))->type, ==,
			EFFECT_QUIT);
	effects_release(&effects);
	small_close(&s);
}

/* If it fails, a key does nothing and does not say why. */
static void test_idle_keys(void)
{
	static const struct {
		const char *keys, *says;
	} idle[] = {
		{ "1[", "nothing further back" }, { "1h", "nothing further back" },
		{ "2h", "nothing further back" }, { "2n", "Nothing was searched" },
		{ "2N", "Nothing was searched" }, { "2(", "no more columns" },
		{ "2\t", "no other pane" },	  { "F\r", "nothing to open" },
		{ "8l", "nothing to open" },	  { "Oy", "no record under" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(idle); i++) {
		struct small s;

		small_open(&s);
		small_type(&s, idle[i].keys);
		small_sees(&s, idle[i].says);
		small_close(&s);
	}
}

/* If it fails, what l opened is not left with h. */
static void test_in_and_out(void)
{
	struct small s;

	small_open(&s);
	small_type(&s, "2l");
	g_assert_true(app_top(s.app)->ops == &view_institution);
	small_key(&s, 'h');
	g_assert_true(app_top(s.app)->ops == &view_institutions);
	small_close(&s);
}

static void test_sizes(void)
{
	static const char *const places[] = { "1", "2", "2\r", "3", "4", "4\r", "4v", "5",
					      "6", "7", "7\r", "8", "9", "?",	"H",  "2e" };
	struct small s;

	small_open(&s);
	for (guint p = 0; p < G_N_ELEMENTS(places); p++) {
		small_type(&s, places[p]);
		for (int rows = 1; rows <= 12; rows++) {
			small_size(&s, rows, rows * 3 - 2);
			g_free(small_screen(&s));
		}
		small_size(&s, 60, 200);
		g_free(small_screen(&s));
		small_size(&s, 24, 80);
		for (int i = 0; i < 6; i++)
			small_key(&s, TUI_ESCAPE);
		small_key(&s, 'y');
	}
	small_close(&s);
}

/* Any keys at any size: it stands, and every frame can be painted. */
static void test_random_keys(void)
{
	static const gunichar special[] = {
		TUI_ENTER,
		TUI_ESCAPE,
		TUI_TAB,
		TUI_KEY_UP,
		TUI_KEY_DOWN,
		TUI_ENTER,
		TUI_ESCAPE,
		TUI_KEY_LEFT,
		TUI_KEY_RIGHT,
		TUI_KEY_HOME,
		TUI_KEY_END,
		TUI_KEY_DELETE,
		TUI_KEY_BACKSPACE,
		TUI_KEY_PAGE_UP,
		TUI_KEY_PAGE_DOWN,
		TUI_KEY_F1,
		TUI_KEY_F2,
		0xf1,
		0x65e5,
		0x202e,
	};
	guint32 seed = (guint32)g_test_rand_int();
	GRand *random = g_rand_new_with_seed(seed);
	struct small s;

	g_test_message("seed %u", seed);
	small_open(&s);
	for (int i = 0; i < 6000; i++) {
		gunichar key =
			g_rand_boolean(random)
				? (gunichar)g_rand_int_range(random, 1, 127)
				: special[g_rand_int_range(random, 0, G_N_ELEMENTS(special))];

		small_key(&s, key);
		if (i % 97 == 0)
			small_size(&s, g_rand_int_range(random, 1, 40),
				   g_rand_int_range(random, 1, 160));
		if (i % 7 == 0)
			g_free(small_screen(&s));
		g_assert_cmpuint(s.app->stack->len, >=, 1);
	}
	g_rand_free(random);
	small_close(&s);
}

int main(int argc, char **argv)
{
	setlocale(LC_ALL, "C.UTF-8");
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/app/marked-many", test_marked_many);
	g_test_add_func("/app/command-by-label", test_command_by_label);
	g_test_add_func("/app/first-screen", test_first_screen);
	g_test_add_func("/app/views", test_views);
	g_test_add_func("/app/filter", test_filter);
	g_test_add_func("/app/selection-survives", test_selection_survives);
	g_test_add_func("/app/coming-back", test_coming_back);
	g_test_add_func("/app/read-only", test_read_only);
	g_test_add_func("/app/help", test_help);
	g_test_add_func("/app/footer", test_footer);
	g_test_add_func("/app/search-everywhere", test_search_everywhere);
	g_test_add_func("/app/narrow-tabs", test_narrow_tabs);
	g_test_add_func("/app/leave", test_leave);
	g_test_add_func("/app/idle-keys", test_idle_keys);
	g_test_add_func("/app/in-and-out", test_in_and_out);
	g_test_add_func("/app/sizes", test_sizes);
	g_test_add_func("/app/random-keys", test_random_keys);
	return g_test_run();
}
