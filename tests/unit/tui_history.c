/*
 * The history tells what a change did as people say it: names, labels and words of the
 * network, never paths and JSON.
 */
#include "tests/unit/tui_small.h"
#include "base/start.h"

static void in_words(void)
{
	struct change *change = change_new();
	struct small s;

	small_open(&s);
	change->id = 7;
	change->actor = g_strdup("eva");
	change_set(change, KIND_INSTITUTION, "innovec", "partners[siemens].since", "2020")
		->old_text = g_strdup("2019");
	change_set(change, KIND_INSTITUTION, "innovec", "sector", "academia")->old_text =
		g_strdup("edustem");
	change_insert(change, KIND_INSTITUTION, "unal", "needs",
		      "{\"capacity\":\"money\",\"what\":\"rent\"}");
	g_ptr_array_add(s.history, change);
	small_event(&s, (struct event){ .type = EVENT_MODEL });
	small_key(&s, 'H');
	small_sees(&s, "▸7 "); /* by which commands and messages name it */
	small_sees(&s, "eva");
	small_sees(&s, "Enter Open");
	small_sees_not(&s, "2019");
	small_key(&s, TUI_ENTER);
	small_sees(&s, "Innovación en la Enseñanza");
	small_sees(&s, "Since: 2019 → 2020");
	small_sees(&s, "EduSTEM institutions → Academia");
	small_sees(&s, "Universidad Nacional");
	small_sees(&s, "+ Needs: Money · rent");
	small_sees_not(&s, "partners[");
	small_sees_not(&s, "capacity");
	small_key(&s, '/');
	small_type(&s, "nacional");
	small_key(&s, TUI_ENTER);
	small_sees_not(&s, "nowhere");
	small_key(&s, TUI_ENTER);
	small_sees_not(&s, "Since: 2019 → 2020"); /* Enter closes it again */
	small_close(&s);
	change_free(change);
}

/* If it fails, what was brought back still reads as taken back. */
static void redone_stands(void)
{
	struct change *change = change_new();
	struct small s;

	small_open(&s);
	change->id = 7;
	change->undone_by = 8;
	change_set(change, KIND_INSTITUTION, "innovec", "city", "Puebla");
	g_ptr_array_add(s.history, change);
	small_event(&s, (struct event){ .type = EVENT_MODEL });
	small_key(&s, 'H');
	small_sees(&s, "(taken back)");
	change->redone = true;
	small_event(&s, (struct event){ .type = EVENT_MODEL });
	small_sees_not(&s, "(taken back)");
	small_close(&s);
	change_free(change);
}

int main(int argc, char **argv)
{
	g_setenv("LC_ALL", "C.UTF-8", TRUE);
	start_process();
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/history/in-words", in_words);
	g_test_add_func("/history/redone", redone_stands);
	return g_test_run();
}
