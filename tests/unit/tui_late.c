/*
 * What a key does not wait for in a network where it would take longer than a frame: views
 * that are made from everybody, the network beside a card.
 */
#include "tests/unit/tui_crowd.h"

#include <locale.h>

#define MANY 5000

static void again(struct crowd *crowd)
{
	crowd_event(crowd, (struct event){ .type = EVENT_AGAIN });
}

/* If it fails, a key waits until a whole map is made, or the map never comes. */
static void test_open(void)
{
	struct crowd crowd;

	crowd_open(&crowd, MANY, 20, false);
	crowd_key(&crowd, '6');
	g_assert_true(app_is_late(crowd.app));
	crowd_sees(&crowd, "looking…");
	again(&crowd);
	g_assert_false(app_is_late(crowd.app));
	crowd_sees(&crowd, "Map: ");
	/* A key that comes before finds it made. */
	crowd_type(&crowd, "17j");
	g_assert_false(app_is_late(crowd.app));
	crowd_sees(&crowd, "Matrix");
	crowd_close(&crowd);
}

/* If it fails, each letter of a filter waits for a matrix of its own, or the last one is lost. */
static void test_filter(void)
{
	struct crowd crowd;

	crowd_open(&crowd, MANY, 20, false);
	crowd_key(&crowd, '9');
	again(&crowd);
	crowd_type(&crowd, "fsynthetic");
	g_assert_true(app_is_late(crowd.app));
	g_assert_cmpstr(crowd.app->filter, ==, "synthetic");
	again(&crowd);
	g_assert_false(app_is_late(crowd.app));
	crowd_type(&crowd, "x\r2");
	for (guint k = 0; k < 100; k++)
		again(&crowd);
	crowd_sees(&crowd, "0 of 5000");
	crowd_sees(&crowd, "filter: syntheticx");
	crowd_close(&crowd);
}

/* If it fails, a card waits for ties of everybody, or what it says of them never comes. */
static void test_card(void)
{
	struct crowd crowd;

	crowd_open(&crowd, MANY, 20, false);
	crowd_type(&crowd, "3");
	for (guint k = 0; k < 100; k++)
		again(&crowd);
	crowd_type(&crowd, "\r");
	crowd_sees(&crowd, "looking…");
	for (guint k = 0; k < 100; k++)
		again(&crowd);
	crowd_sees(&crowd, "Sectors");
	crowd_close(&crowd);
}

int main(int argc, char **argv)
{
	setlocale(LC_ALL, "C.UTF-8");
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/late/open", test_open);
	g_test_add_func("/late/filter", test_filter);
	g_test_add_func("/late/card", test_card);
	return g_test_run();
}
