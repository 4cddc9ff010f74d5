#include "tui/widgets/page.h"
#include "tui/widgets/prompt.h"
#include "tui/widgets/table.h"

#include <locale.h>
#include <math.h>
#include <string.h>

/* Tables, pages and the prompt, each alone. */
static const struct tableview_column columns[] = {
	{ .title = "Name", .width = 10, .grow = 1 },
	{ .title = "City", .width = 8, .rank = 1 },
	{ .title = "Ties", .width = 4, .right = true, .descending = true, .bar = 2 },
};

static void add(struct tableview *table, const char *id, const char *name, const char *city,
		double ties)
{
	tableview_row(table, id, name);
	tableview_text(table, 0, STYLE_NORMAL, name);
	tableview_text(table, 1, STYLE_NORMAL, city);
	tableview_number(table, 2, STYLE_NORMAL, ties, NULL);
}

static struct tableview *three(void)
{
	struct tableview *table = tableview_new(columns, 3, 2);

	tableview_begin(table);
	add(table, "a", "Ámbar", "Cali", 2);
	add(table, "b", "Bosque", "Bogotá", NAN);
	add(table, "c", "Cóndor", "Chía", 9);
	tableview_end(table);
	tableview_layout(table, 10);
	return table;
}

static void act(struct tableview *table, enum action action)
{
	struct event event = { .type = EVENT_KEY };

	g_assert_true(tableview_update(table, &event, action));
}

static void type(struct tableview *table, const char *text)
{
	for (; *text != '\0'; text = g_utf8_next_char(text)) {
		struct event event = { .type = EVENT_KEY, .key = g_utf8_get_char(text) };

		g_assert_true(tableview_update(table, &event, ACTION_NONE));
	}
}

static char *draw(const struct tableview *table, int rows, int cols)
{
	struct grid *grid = grid_new(rows, cols);
	char *dump;

	tableview_draw(table, grid, (struct rect){ 0, 0, rows, cols });
	dump = grid_dump(grid, false);
	grid_free(grid);
	return dump;
}

/* If it fails, what is unknown looks like the least. */
static void test_sort(void)
{
	struct tableview *table = three();

	g_assert_cmpstr(tableview_selected(table), ==, "c");
	act(table, ACTION_LAST);
	g_assert_cmpstr(tableview_selected(table), ==, "b");
	act(table, ACTION_REVERSE);
	g_assert_cmpstr(tableview_selected(table), ==, "b");
	g_assert_cmpuint(table->focus, ==, 2);
	act(table, ACTION_SORT);
	g_assert_cmpint(table->sort, ==, 0);
	g_assert_cmpuint(table->focus, ==, 1);
	tableview_free(table);
}

/* If it fails, a change by somebody else moves the cursor to another record. */
static void test_selection_by_id(void)
{
	struct tableview *table = three();

	g_assert_true(tableview_select(table, "a"));
	tableview_begin(table);
	add(table, "a", "Ámbar", "Cali", 2);
	add(table, "z", "Zorro", "Lima", 5);
	add(table, "c", "Cóndor", "Chía", 9);
	tableview_end(table);
	g_assert_cmpstr(tableview_selected(table), ==, "a");
	/* Gone: whoever took its place. */
	tableview_begin(table);
	add(table, "c", "Cóndor", "Chía", 9);
	add(table, "z", "Zorro", "Lima", 5);
	tableview_end(table);
	g_assert_cmpstr(tableview_selected(table), ==, "z");
	tableview_begin(table);
	tableview_end(table);
	g_assert_null(tableview_selected(table));
	act(table, ACTION_DOWN);
	act(table, ACTION_PAGE_UP);
	act(table, ACTION_MARK);
	tableview_free(table);
}

/* If it fails, "condor" does not find "Cóndor", or Esc forgets where one was. */
static void test_search(void)
{
	struct tableview *table = three();

	tableview_select(table, "a");
	act(table, ACTION_SEARCH);
	g_assert_true(tableview_typing(table));
	type(table, "condor");
	g_assert_cmpstr(tableview_selected(table), ==, "c");
	type(table, "\033");
	g_assert_false(tableview_typing(table));
	g_assert_cmpstr(tableview_selected(table), ==, "a");
	act(table, ACTION_SEARCH);
	type(table, "bos\r");
	g_assert_cmpstr(tableview_selected(table), ==, "b");
	act(table, ACTION_NEXT);
	g_assert_cmpstr(tableview_selected(table), ==, "b");
	tableview_free(table);
}

static void test_marks(void)
{
	struct tableview *table = three();

	act(table, ACTION_MARK);
	act(table, ACTION_MARK);
	g_assert_cmpuint(tableview_marked(table), ==, 2);
	act(table, ACTION_FIRST);
	act(table, ACTION_MARK);
	g_assert_cmpuint(tableview_marked(table), ==, 1);
	tableview_free(table);
}

static void test_scroll(void)
{
	struct tableview *table = tableview_new(columns, 3, -1);

	tableview_begin(table);
	for (int i = 0; i < 100; i++) {
		g_autofree char *id = g_strdup_printf("%03d", i);

		add(table, id, id, "", i);
	}
	tableview_end(table);
	tableview_layout(table, 11);
	act(table, ACTION_LAST);
	g_assert_cmpuint(table->top, ==, 90);
	act(table, ACTION_PAGE_UP);
	g_assert_cmpuint(table->focus, ==, 94);
	act(table, ACTION_FIRST);
	g_assert_cmpuint(table->top, ==, 0);
	for (int i = 0; i < 12; i++)
		act(table, ACTION_DOWN);
	g_assert_cmpuint(table->top, ==, 3);
	tableview_layout(table, 1000);
	g_assert_cmpuint(table->top, ==, 0);
	tableview_free(table);
}

static void test_draw(void)
{
	struct tableview *table = three();
	g_autofree char *wide = draw(table, 4, 40);
	g_autofree char *narrow = draw(table, 4, 22);

	g_assert_cmpstr(wide, ==,
			"  Name                  City       Ties▾\n"
			"▸ Cóndor                Chía     ██    9\n"
			"  Ámbar                 Cali     ▌     2\n"
			"  Bosque                Bogotá         –\n");
	g_assert_null(strstr(narrow, "City"));
	for (int rows = 0; rows < 4; rows++)
		for (int cols = 0; cols < 12; cols++)
			g_free(draw(table, rows, cols));
	tableview_free(table);
}

static void test_prompt(void)
{
	struct prompt *prompt = prompt_new("/", "uno dos");

	g_assert_cmpint(prompt_key(prompt, TUI_CTRL('w')), ==, PROMPT_CHANGED);
	g_assert_cmpstr(prompt->text->str, ==, "uno ");
	prompt_key(prompt, 0xf1);
	g_assert_cmpstr(prompt->text->str, ==, "uno ñ");
	prompt_key(prompt, TUI_KEY_LEFT);
	prompt_key(prompt, TUI_KEY_BACKSPACE);
	g_assert_cmpstr(prompt->text->str, ==, "unoñ");
	prompt_key(prompt, TUI_KEY_HOME);
	prompt_key(prompt, TUI_KEY_DELETE);
	g_assert_cmpstr(prompt->text->str, ==, "noñ");
	g_assert_cmpint(prompt_key(prompt, TUI_CTRL('k')), ==, PROMPT_CHANGED);
	g_assert_cmpstr(prompt->text->str, ==, "");
	g_assert_cmpint(prompt_key(prompt, TUI_KEY_BACKSPACE), ==, PROMPT_MOVED);
	g_assert_cmpint(prompt_key(prompt, TUI_TAB), ==, PROMPT_IGNORED);
	g_assert_cmpint(prompt_key(prompt, TUI_ESCAPE), ==, PROMPT_LEFT);
	prompt_free(prompt);
}

/* If it fails, what may not be stored is typed first and refused later. */
static void test_prompt_refuses(void)
{
	struct prompt *prompt = prompt_new("", "");

	prompt_key(prompt, 0x202e);
	prompt_key(prompt, 0x9b);
	prompt_key(prompt, 0xd800);
	prompt_key(prompt, 0xe000);
	g_assert_cmpstr(prompt->text->str, ==, "");
	for (int i = 0; i < 50000; i++)
		prompt_key(prompt, 'x');
	g_assert_cmpuint(prompt->text->len, <=, 20000);
	prompt_free(prompt);
}

static void test_prompt_scrolls(void)
{
	struct prompt *prompt = prompt_new("> ", "0123456789");
	struct grid *grid = grid_new(1, 8);
	g_autofree char *dump = NULL;

	prompt_draw(prompt, grid, 0, 0, 8, STYLE_NORMAL, true);
	dump = grid_dump(grid, false);
	g_assert_true(g_str_has_suffix(dump, "789\n"));
	g_assert_cmpint(grid->cursor_col, <, 8);
	g_assert_cmpint(grid->cursor_col, >=, 5);
	grid_free(grid);
	prompt_free(prompt);
}

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

int main(int argc, char **argv)
{
	setlocale(LC_ALL, "C.UTF-8");
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/table/sort", test_sort);
	g_test_add_func("/table/selection-by-id", test_selection_by_id);
	g_test_add_func("/table/search", test_search);
	g_test_add_func("/table/marks", test_marks);
	g_test_add_func("/table/scroll", test_scroll);
	g_test_add_func("/table/draw", test_draw);
	g_test_add_func("/prompt/keys", test_prompt);
	g_test_add_func("/prompt/refuses", test_prompt_refuses);
	g_test_add_func("/prompt/scrolls", test_prompt_scrolls);
	g_test_add_func("/page/links", test_page);
	return g_test_run();
}
