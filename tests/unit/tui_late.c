/*
 * What a key does not wait for in a network where it would take longer than a frame: views
 * that are made from everybody, the network beside a card.
 */
#include "tests/unit/tui_crowd.h"
#include "tui/views/list.h"

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

/*
 * If it fails, a letter of a filter waits until years of everybody are counted, or a key
 * that comes meanwhile finds those of the letter before, or that something was done
 * counts them in one piece.
 */
static void test_years(void)
{
	struct crowd crowd;

	crowd_open(&crowd, MANY, 20, false);
	crowd_key(&crowd, '9');
	again(&crowd);
	again(&crowd);
	crowd_sees(&crowd, "looking…");
	g_assert_true(view_time.busy(app_top(crowd.app)));
	crowd_event(&crowd, (struct event){ .type = EVENT_DONE });
	g_assert_true(view_time.busy(app_top(crowd.app)));
	for (guint k = 0; k < 20; k++)
		again(&crowd);
	g_assert_false(view_time.busy(app_top(crowd.app)));
	crowd_sees(&crowd, "so far");
	crowd_type(&crowd, "fname~nobodyx\r");
	again(&crowd);
	crowd_sees(&crowd, "so far");
	crowd_key(&crowd, 'h');
	crowd_sees(&crowd, "Nothing here says when it began.");
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

/*
 * If it fails, a key that comes before marked rows are found acts on nobody, or so many
 * rows marked before keep those that a filter shows from being removed.
 */
static void test_marks(void)
{
	struct crowd crowd;

	crowd_open(&crowd, MANY, 20, false);
	crowd_type(&crowd, "2");
	for (guint k = 0; k < 100; k++)
		again(&crowd);
	const struct list *list = app_top(crowd.app)->state;

	crowd_type(&crowd, "G f");
	g_autofree char *filter = g_strdup_printf("id=%s", tableview_selected(list->table));

	crowd_type(&crowd, filter);
	crowd_type(&crowd, "\r");
	g_assert_false(tableview_is_done(list->table));
	crowd_type(&crowd, "Tpd");
	crowd_sees(&crowd, "looking…");
	for (guint k = 0; k < 100; k++)
		again(&crowd);
	g_assert_cmpuint(tableview_shown(list->table), ==, 1);
	crowd_type(&crowd, "f");
	crowd_key(&crowd, TUI_CTRL('u'));
	crowd_type(&crowd, "\r");
	for (guint k = 0; k < 100; k++)
		again(&crowd);
	crowd_type(&crowd, "*d");
	crowd_sees(&crowd, "At most 1000 are removed at once");
	crowd_type(&crowd, "f");
	crowd_type(&crowd, filter);
	crowd_type(&crowd, "\r");
	for (guint k = 0; k < 100; k++)
		again(&crowd);
	crowd_type(&crowd, "d");
	crowd_sees(&crowd, "Remove the 1 that is marked?");
	crowd_close(&crowd);
}

int main(int argc, char **argv)
{
	setlocale(LC_ALL, "C.UTF-8");
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/late/open", test_open);
	g_test_add_func("/late/filter", test_filter);
	g_test_add_func("/late/years", test_years);
	g_test_add_func("/late/card", test_card);
	g_test_add_func("/late/marks", test_marks);
	return g_test_run();
}
