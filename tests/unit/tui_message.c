/*
 * What is said below a view: nothing of it is cut while there are rows.
 */
#include "tests/unit/tui_small.h"

/* If it fails, what to do is cut off a message, or the keys do not come back. */
static void test_message(void)
{
	struct small s;

	small_open(&s);
	small_event(&s, (struct event){ .type = EVENT_DONE,
					.text = "Saved: corporacion-universitaria-minuto-de-dios, "
						"partners, since and until, and u takes it back" });
	small_sees(&s, "Saved: corporacion-universitaria");
	small_sees(&s, "takes it back");
	small_sees_not(&s, "? Help");
	small_key(&s, 'j');
	small_sees(&s, "? Help");
	small_close(&s);
}

/* If it fails, the hint on what is typed wrongly is cut, or hides what is typed. */
static void test_hint(void)
{
	struct small s;

	small_open(&s);
	small_size(&s, 24, 60);
	small_type(&s, ":filter ties>zz\r");
	small_sees(&s, ":filter ties>zz");
	small_sees(&s, "cannot be compared with ties");
	small_sees(&s, "or 0.5");
	small_close(&s);
}

/* If it fails, a terminal of few rows shows nothing but a message, or the app crashes. */
static void test_small(void)
{
	static const int sizes[][2] = { { 1, 1 }, { 3, 20 }, { 6, 40 }, { 7, 10 }, { 9, 30 } };
	struct small s;

	small_open(&s);
	small_key(&s, '2');
	for (guint i = 0; i < G_N_ELEMENTS(sizes); i++) {
		small_size(&s, sizes[i][0], sizes[i][1]);
		small_event(&s, (struct event){ .type = EVENT_DONE,
						.text = "a message of many words that says more "
							"than these rows can hold, whatever one "
							"does with them, and goes on saying it" });
		if (sizes[i][0] > 1)
			small_sees(&s, "▸");
	}
	small_close(&s);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/message/long", test_message);
	g_test_add_func("/message/hint", test_hint);
	g_test_add_func("/message/small", test_small);
	return g_test_run();
}
