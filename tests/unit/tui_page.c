/* Pages of text, alone: where the cursor stands as they scroll and are written anew. */
#include "tui/widgets/page.h"

static void fill(struct page *page, guint n)
{
	page_begin(page);
	for (guint i = 0; i < n; i++) {
		g_autofree char *link = g_strdup_printf("institution/i%u", i);

		page_line(page, i % 3 == 0 ? link : NULL);
		page_printf(page, 1, -1, STYLE_NORMAL, "line %u", i);
	}
	page_end(page);
}

/* If it fails, text between links cannot be read, or the cursor jumps on a refresh. */
static void test_page(void)
{
	struct page *page = page_new();

	page_layout(page, 5);
	fill(page, 20);
	g_assert_cmpstr(page_link(page), ==, "institution/i0");
	page_update(page, ACTION_DOWN);
	g_assert_cmpstr(page_link(page), ==, "institution/i3");
	fill(page, 20);
	g_assert_cmpstr(page_link(page), ==, "institution/i3");
	page_update(page, ACTION_LAST);
	g_assert_cmpstr(page_link(page), ==, "institution/i18");
	g_assert_cmpuint(page->top, ==, 15);
	page_update(page, ACTION_FIRST);
	g_assert_cmpuint(page->top, ==, 0);
	g_assert_cmpstr(page_link(page), ==, "institution/i0");
	fill(page, 2);
	page_update(page, ACTION_PAGE_DOWN);
	fill(page, 0);
	g_assert_null(page_link(page));
	page_free(page);
}

/* If it fails, the cursor leaves the second of two lines about the same one on a refresh. */
static void test_page_same_link(void)
{
	struct page *page = page_new();

	page_layout(page, 9);
	for (guint round = 0; round < 2; round++) {
		page_begin(page);
		for (guint i = 0; i < 4 + round; i++)
			page_line(page, i < round ? NULL
					: i % 2	  ? "institution/b"
						  : "institution/a");
		page_end(page);
		for (guint i = 0; round == 0 && i < 2; i++)
			page_update(page, ACTION_DOWN);
	}
	g_assert_cmpstr(page_link(page), ==, "institution/a");
	g_assert_cmpint(page->focus, ==, 4);
	page_free(page);
}

static void fill_with(struct page *page, bool computed)
{
	page_begin(page);
	for (guint i = 0; i < 30; i++) {
		g_autofree char *link = g_strdup_printf("gap/%u", i);

		if (i < 10 || computed)
			page_line(page, i >= 10 && i < 14 ? link : NULL);
	}
	page_line(page, "history/one");
	page_end(page);
}

/* If it fails, the page jumps to its end and the cursor elsewhere when something is saved. */
static void test_page_computed_anew(void)
{
	struct page *page = page_new();
	guint top;

	page_layout(page, 8);
	fill_with(page, true);
	for (guint i = 0; i < 40 && g_strcmp0(page_link(page), "gap/12") != 0; i++)
		page_update(page, ACTION_DOWN);
	g_assert_cmpstr(page_link(page), ==, "gap/12");
	top = page->top;
	for (guint i = 0; i < 2; i++)
		fill_with(page, false);
	fill_with(page, true);
	g_assert_cmpstr(page_link(page), ==, "gap/12");
	g_assert_cmpuint(page->top, ==, top);
	/* Who moves meanwhile is not drawn back. */
	fill_with(page, false);
	page_update(page, ACTION_LAST);
	fill_with(page, true);
	g_assert_cmpstr(page_link(page), ==, "history/one");
	page_free(page);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/page/same-link", test_page_same_link);
	g_test_add_func("/page/links", test_page);
	g_test_add_func("/page/computed-anew", test_page_computed_anew);
	return g_test_run();
}
