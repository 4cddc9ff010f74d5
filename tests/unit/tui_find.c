/*
 * Finding and commanding by typing: the palette, the command line with completion
 * and history, filters under a name, and keys of one's own.
 */
#include "tests/unit/tui_small.h"
#include "base/start.h"
#include "tui/config.h"
#include "tui/memory.h"
#include "tui/typed.h"
#include "tui/widgets/prompt.h"

static void keep(struct memory *memory, enum memory_list list, const char *name, const char *text)
{
	g_autoptr(GError) error = NULL;

	memory_put(memory, list, name, text, &error);
	g_assert_no_error(error);
}

/* If it fails, what is found by name is not what Enter opens. */
static void palette_opens(void)
{
	struct small s;

	small_open(&s);
	small_key(&s, '2');
	small_key(&s, TUI_CTRL('p'));
	small_type(&s, "cafe cien");
	small_sees(&s, "Café Científico");
	small_key(&s, TUI_ENTER);
	g_assert_true(app_top(s.app)->ops == &view_institution);
	g_assert_cmpstr(app_top(s.app)->subject, ==, "cafe");
	small_key(&s, TUI_CTRL('p'));
	small_type(&s, "matrix");
	small_key(&s, TUI_ENTER);
	g_assert_true(app_top(s.app)->ops == &view_matrix);
	/* What does nothing here is not offered. */
	small_key(&s, TUI_CTRL('p'));
	small_type(&s, "zoom in");
	small_sees_not(&s, "Zoom in");
	small_close(&s);
}

static guint score_for(const char *text, const char *label, const char *more)
{
	struct typed typed;
	int score;

	typed_init(&typed, text);
	score = typed_score(&typed, label, more);
	typed_release(&typed);
	return (guint)score;
}

/* If it fails, who types a name in full is shown others first, or what has none of the words. */
static void names_fit(void)
{
	const char *sagrado = "universidad femenina del sagrado corazon";
	const char *names = "siemens-stiftung | stiftung | siemens ag | , munich";

	g_assert_cmpuint(score_for("siemens ag", sagrado, "unife"), ==, 0);
	g_assert_cmpuint(score_for("siemens ag", "siemens foundation", names), >=, TYPED_EXACT);
	g_assert_cmpuint(score_for("siemens-stiftung", "siemens foundation", names), >=,
			 TYPED_EXACT);
	g_assert_cmpuint(score_for("siemens", "siemens foundation", names), <, TYPED_EXACT);
	g_assert_cmpuint(score_for("munich", "siemens foundation", names), <, TYPED_EXACT);
	g_assert_cmpuint(score_for("munich", "siemens foundation", names), >, 0);
	/* A word, the beginning of one, the inside of one, letters left out, letters from two. */
	g_assert_cmpuint(score_for("stem", "red stem", ""), >, score_for("stem", "stemlab", ""));
	g_assert_cmpuint(score_for("stem", "a stemlab", ""), >, score_for("stem", "ecosystem", ""));
	g_assert_cmpuint(score_for("stem", "ecosystem", ""), >,
			 score_for("iberdola", "iberdrola", ""));
	g_assert_cmpuint(score_for("iberdola", "grupo iberdrola", ""), >, 0);
	g_assert_cmpuint(score_for("stem", "sede tema", ""), ==, 0);
	g_assert_cmpuint(score_for("ag", "sagrado", ""), ==, 0);
}

/* If it fails, a row does not show the short name by which somebody looks for it. */
static void palette_names(void)
{
	struct small s;

	small_open(&s);
	small_key(&s, TUI_CTRL('p'));
	small_type(&s, "innovec");
	small_sees(&s, "▸ INNOVEC · Innovación en la Enseñanza");
	small_key(&s, TUI_ESCAPE);
	small_type(&s, ":open unal\rpinnovec");
	small_sees(&s, "INNOVEC · Innovación en la Enseñanza");
	small_key(&s, TUI_ENTER);
	g_assert_cmpstr(app_top(s.app)->subject, ==, "unal");
	small_close(&s);
}

static void command_line(void)
{
	struct memory *memory = memory_open(NULL, "/tmp/net");
	struct small s;

	small_open(&s);
	s.world.memory = memory;
	small_type(&s, "2:filter sec");
	small_sees(&s, "sector=");
	small_key(&s, TUI_TAB);
	small_type(&s, "aca");
	small_key(&s, TUI_TAB);
	small_key(&s, TUI_ENTER);
	g_assert_cmpstr(s.app->filter, ==, "sector=academia");
	small_type(&s, ":filtr x\r");
	small_sees(&s, "did you mean \"filter\"?");
	g_assert_nonnull(s.app->prompt); /* what was typed is lost with its mistake */
	small_key(&s, TUI_ESCAPE);
	/* What cannot be kept is refused while the line stands: what is typed on is no command. */
	small_type(&s, "f\025country=MX\r:save two words\r");
	small_sees(&s, "cannot be the name of a filter");
	small_sees(&s, ":save two words");
	small_type(&s, "\033:config theme=red\r");
	small_sees(&s, ":config theme=red");
	small_sees(&s, "is not a");
	small_type(&s, "\033f");
	small_key(&s, TUI_CTRL('u'));
	small_key(&s, TUI_ENTER);
	small_type(&s, ":open unal\r:set city=Cali\r");
	g_assert_cmpstr(small_institution(&s, "unal")->city, ==, "Cali");
	small_type(&s, ":set cty=Cali\r");
	small_sees(&s, "did you mean \"city\"?");
	small_key(&s, TUI_ESCAPE);
	small_type(&s, ":zoom-in\r");
	small_sees(&s, "does nothing here");
	small_close(&s);
	memory_close(memory);
}

static void history(void)
{
	struct memory *memory = memory_open(NULL, "/tmp/net");
	struct small s;

	keep(memory, MEMORY_COMMANDS, NULL, "open cafe");
	keep(memory, MEMORY_COMMANDS, NULL, "theme dark");
	keep(memory, MEMORY_COMMANDS, NULL, "open unal");
	small_open(&s);
	s.world.memory = memory;
	small_type(&s, ":open");
	small_key(&s, TUI_KEY_UP);
	g_assert_cmpstr(s.app->prompt->text->str, ==, "open unal");
	small_key(&s, TUI_KEY_UP);
	g_assert_cmpstr(s.app->prompt->text->str, ==, "open cafe");
	small_key(&s, TUI_KEY_DOWN);
	small_key(&s, TUI_KEY_DOWN);
	g_assert_cmpstr(s.app->prompt->text->str, ==, "open");
	small_key(&s, TUI_CTRL('u'));
	small_type(&s, "dark");
	small_key(&s, TUI_CTRL('r'));
	g_assert_cmpstr(s.app->prompt->text->str, ==, "theme dark");
	small_close(&s);
	memory_close(memory);
}

/* If it fails, a kept filter does not say what it said, or a mistake in its name is silent. */
static void kept_filters(void)
{
	struct memory *memory = memory_open(NULL, "/tmp/net");
	g_autoptr(GError) error = NULL, bad = NULL;
	g_autofree char *whole = NULL;
	struct small s;

	keep(memory, MEMORY_FILTERS, "uni", "sector=academia");
	whole = memory_expand(memory, "@uni ties>1 \"@uni\" a@uni", &error);
	g_assert_cmpstr(whole, ==, "sector=academia ties>1 \"@uni\" a@uni");
	g_assert_null(memory_expand(memory, "@unni", &error));
	g_assert_nonnull(strstr(error->message, "@uni"));
	g_assert_false(memory_put(memory, MEMORY_FILTERS, "a b", "x", &bad));
	small_open(&s);
	s.world.memory = memory;
	small_type(&s, "2f@un");
	small_key(&s, TUI_TAB);
	small_key(&s, TUI_ENTER);
	g_assert_cmpstr(s.app->filter, ==, "sector=academia");
	small_close(&s);
	memory_close(memory);
}

static void own_keys(void)
{
	struct config *config = config_new(NULL, NULL, false);
	g_autoptr(GError) error = NULL;
	struct small s;

	config_set(config, "keys.matrix", "M", &error);
	g_assert_no_error(error);
	small_open(&s);
	s.world.config = config;
	small_event(&s, (struct event){ .type = EVENT_CONFIG });
	small_key(&s, 'M');
	g_assert_true(app_top(s.app)->ops == &view_matrix);
	small_key(&s, '1');
	small_key(&s, '7'); /* the former key is free now */
	g_assert_true(app_top(s.app)->ops == &view_overview);
	small_close(&s);
	config_free(config);
}

/* What help finds can be done from there. */
static void help_runs(void)
{
	struct small s;

	small_open(&s);
	small_type(&s, "2?partnerships");
	small_key(&s, TUI_ENTER);
	g_assert_true(app_top(s.app)->ops == &view_partnerships);
	small_close(&s);
}

/* If it fails, help promises letters in a form, where they are text. */
static void help_of_forms(void)
{
	struct small s;

	small_open(&s);
	small_type(&s, ":open unal\re");
	small_key(&s, TUI_KEY_F1);
	small_sees(&s, "F2");
	small_sees(&s, "Show what changes and save");
	small_sees_not(&s, "Undo");
	small_sees_not(&s, "j ↓");
	small_sees_not(&s, "Keys everywhere");
	small_close(&s);
}

/* If it fails, who filters has to guess what there is in this network. */
static void filters_are_prompted(void)
{
	struct small s;

	small_open(&s);
	small_type(&s, "2f");
	small_sees(&s, "sector=academia  ties>3");
	small_sees(&s, "  country=");
	small_sees(&s, "↓"); /* more of them below */
	small_type(&s, "sector=enterprise");
	small_sees(&s, "Nothing passes this filter.");
	small_key(&s, TUI_CTRL('u'));
	small_type(&s, "sector=stem");
	small_sees(&s, "did you mean \"edustem\"?");
	small_key(&s, TUI_ESCAPE);
	g_assert_cmpstr(s.app->filter, ==, "");
	small_close(&s);
}

/* If it fails, a key says nothing, so that nobody learns what it is for. */
static void keys_are_explained(void)
{
	struct small s;

	small_open(&s);
	small_type(&s, "5o");
	small_sees(&s, "o, Map around this one, is for institutions: open one first.");
	small_type(&s, "B");
	small_sees(&s, "B does nothing here; ? tells");
	small_key(&s, '@');
	g_assert_cmpstr(s.app->prompt->text->str, ==, "as-of ");
	small_sees(&s, "as-of DATE|now");
	small_close(&s);
}

static void sees_before(struct small *s, const char *first, const char *second)
{
	g_autofree char *screen = small_screen(s);
	const char *a = strstr(screen, first), *b = strstr(screen, second);

	g_assert_nonnull(a);
	g_assert_nonnull(b);
	g_assert_true(a < b);
}

/* By the head of a column or its key, whatever the case; a slip is named. */
static void sort_by_name(void)
{
	struct small s;

	small_open(&s);
	small_type(&s, "2:sort name\r");
	sees_before(&s, "Alone", "Universidad");
	small_type(&s, ":sort -Name\r");
	sees_before(&s, "Universidad", "Alone");
	small_type(&s, ":sort citty\r");
	small_sees(&s, "did you mean \"City\"?");
	small_key(&s, TUI_ESCAPE);
	small_type(&s, "1:sort name\r");
	small_sees(&s, "There is no list here to sort");
	small_close(&s);
}

int main(int argc, char **argv)
{
	g_setenv("LC_ALL", "C.UTF-8", TRUE);
	start_process();
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/find/names", names_fit);
	g_test_add_func("/find/help-of-forms", help_of_forms);
	g_test_add_func("/find/filters", filters_are_prompted);
	g_test_add_func("/find/keys", keys_are_explained);
	g_test_add_func("/find/palette-names", palette_names);
	g_test_add_func("/find/palette-opens", palette_opens);
	g_test_add_func("/find/command-line", command_line);
	g_test_add_func("/find/history", history);
	g_test_add_func("/find/kept-filters", kept_filters);
	g_test_add_func("/find/own-keys", own_keys);
	g_test_add_func("/find/help-runs", help_runs);
	g_test_add_func("/find/sort-by-name", sort_by_name);
	return g_test_run();
}
