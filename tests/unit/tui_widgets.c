#include "tui/widgets/prompt.h"
#include "tui/widgets/table.h"

#include <locale.h>
#include <math.h>
#include <string.h>

/* Tables and the prompt, each alone. */
struct row {
	const char *id, *name, *city;
	double ties;
};

struct rows {
	const struct row *rows;
	guint n;
	double least; /* only rows with as many ties pass; 0: all */
};

static const struct row *row_at(const void *data, guint record)
{
	return &((const struct rows *)data)->rows[record];
}

static char *name_cell(const void *data, const void *arg, guint record, enum style *style)
{
	(void)arg;
	(void)style;
	return g_strdup(row_at(data, record)->name);
}

static char *city_cell(const void *data, const void *arg, guint record, enum style *style)
{
	(void)arg;
	(void)style;
	return g_strdup(row_at(data, record)->city);
}

static double ties_number(const void *data, const void *arg, guint record)
{
	(void)arg;
	return row_at(data, record)->ties;
}

static char *row_id(const void *data, guint record)
{
	return g_strdup(row_at(data, record)->id);
}

static int row_find(const void *data, const char *id)
{
	for (guint i = 0; i < ((const struct rows *)data)->n; i++)
		if (strcmp(row_at(data, i)->id, id) == 0)
			return (int)i;
	return -1;
}

static char *row_words(const void *data, guint record)
{
	return g_strdup(row_at(data, record)->name);
}

static bool row_passes(const void *data, guint record)
{
	return row_at(data, record)->ties >= ((const struct rows *)data)->least;
}

static const struct tableview_column columns[] = {
	{ .key = "name", .title = "Name", .width = 10, .grow = 1, .text = name_cell },
	{ .key = "city", .title = "City", .width = 8, .rank = 1, .text = city_cell },
	{ .key = "ties",
	  .title = "Ties",
	  .width = 4,
	  .right = true,
	  .descending = true,
	  .bar = 2,
	  .number = ties_number },
};

static void fill_rows(struct tableview *table, const struct rows *rows, guint changes)
{
	const struct tableview_source source = { rows,	    rows->n,
						 row_id,    row_find,
						 row_words, rows->least > 0 ? row_passes : NULL };

	tableview_fill(table, &source, changes);
}

static const struct row three_rows[] = {
	{ "a", "Ámbar", "Cali", 2 },
	{ "b", "Bosque", "Bogotá", NAN },
	{ "c", "Cóndor", "Chía", 9 },
};

static struct tableview *three(void)
{
	static const struct rows rows = { three_rows, 3, 0 };
	struct tableview *table = tableview_new(columns, 3, 2);

	fill_rows(table, &rows, TABLEVIEW_RECORDS);
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

/* If it fails, what is unknown looks like the least, or who is first is out of sight. */
static void test_sort(void)
{
	struct tableview *table = three();

	g_assert_cmpstr(tableview_selected(table), ==, "c");
	act(table, ACTION_LAST);
	g_assert_cmpstr(tableview_selected(table), ==, "b");
	act(table, ACTION_REVERSE);
	g_assert_cmpstr(tableview_selected(table), ==, "a");
	g_assert_cmpuint(table->focus, ==, 0);
	act(table, ACTION_LAST);
	g_assert_cmpstr(tableview_selected(table), ==, "b");
	act(table, ACTION_SORT);
	g_assert_cmpint(table->sort, ==, 0);
	g_assert_cmpstr(tableview_selected(table), ==, "a");
	g_assert_cmpuint(table->focus, ==, 0);
	tableview_free(table);
}

/* If it fails, a change by somebody else moves the cursor to another record. */
static void test_selection_by_id(void)
{
	struct tableview *table = three();

	static const struct row after[] = {
		{ "a", "Ámbar", "Cali", 2 },
		{ "c", "Cóndor", "Chía", 9 },
		{ "z", "Zorro", "Lima", 5 },
	};
	const struct rows all = { after, 3, 0 }, gone = { after + 1, 2, 0 }, none = { after, 0, 0 };

	g_assert_true(tableview_select(table, "a"));
	fill_rows(table, &all, TABLEVIEW_RECORDS);
	g_assert_cmpstr(tableview_selected(table), ==, "a");
	/* Gone: whoever took its place. */
	fill_rows(table, &gone, TABLEVIEW_RECORDS);
	g_assert_cmpstr(tableview_selected(table), ==, "z");
	fill_rows(table, &none, TABLEVIEW_RECORDS);
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

/* Rows that are numbered, named backwards, all with a city in common but every third. */
static struct row *many_rows(guint n)
{
	struct row *rows = g_new0(struct row, n);

	for (guint i = 0; i < n; i++) {
		rows[i].id = g_strdup_printf("%06u", i);
		rows[i].name = g_strdup_printf("name %06u", n - i);
		rows[i].city = i % 3 == 0 ? "" : "Cali";
		rows[i].ties = i % 7;
	}
	return rows;
}

static void many_free(struct row *rows, guint n)
{
	for (guint i = 0; i < n; i++) {
		g_free((char *)rows[i].id);
		g_free((char *)rows[i].name);
	}
	g_free(rows);
}

static void finish(struct tableview *table)
{
	while (tableview_work(table))
		continue;
}

/*
 * If it fails, a key waits until all of a large network is sorted and tested, or
 * what comes out of the pieces is another order than at once.
 */
static void test_pieces(void)
{
	const guint n = 20000;
	struct row *all = many_rows(n);
	struct rows rows = { all, n, 0 };
	struct tableview *table = tableview_new(columns, 3, 2);
	guint pieces = 0;

	tableview_layout(table, 11);
	fill_rows(table, &rows, TABLEVIEW_RECORDS);
	g_assert_cmpuint(tableview_shown(table), ==, n); /* nothing is tested */
	g_assert_false(tableview_is_done(table));	 /* names are not ranked yet */
	g_assert_cmpstr(tableview_selected(table), ==, "000006");
	while (tableview_work(table))
		pieces++;
	g_assert_cmpuint(pieces, >, 10);
	/* Of those with most ties the first by name is the last by number. */
	act(table, ACTION_FIRST);
	g_assert_cmpstr(tableview_selected(table), ==, "019998");
	rows.least = 4;
	fill_rows(table, &rows, TABLEVIEW_TEST);
	g_assert_cmpuint(tableview_shown(table), >, 0);
	g_assert_cmpuint(tableview_shown(table), <, n / 7);
	finish(table);
	g_assert_cmpuint(tableview_shown(table), ==, 3 * (n / 7));
	/* Whoever is first once all are in order, not who was it of those looked at by then. */
	tableview_sort(table, 2, false);
	finish(table);
	g_assert_cmpuint(table->focus, ==, 0);
	g_assert_cmpuint(table->top, ==, 0);
	/* Once all are in order, nobody else who comes first takes the cursor away. */
	all[4].city = "Acandí";
	fill_rows(table, &rows, TABLEVIEW_RECORDS);
	tableview_sort(table, 1, false);
	finish(table);
	g_assert_cmpstr(tableview_selected(table), ==, "000004");
	all[4].city = "Zipaquirá";
	fill_rows(table, &rows, TABLEVIEW_RECORDS);
	finish(table);
	g_assert_cmpstr(tableview_selected(table), ==, "000004");
	/* Without a city, whatever the direction, last. */
	act(table, ACTION_LAST);
	g_assert_cmpstr(all[tableview_record(table)].city, ==, "");
	tableview_sort(table, 1, true);
	finish(table);
	act(table, ACTION_LAST);
	g_assert_cmpstr(all[tableview_record(table)].city, ==, "");
	tableview_free(table);
	many_free(all, n);
}

/* If it fails, a range or all of the rows cannot be marked at once, or not be unmarked. */
static void test_mark_range(void)
{
	struct row *all = many_rows(30);
	struct rows rows = { all, 30, 0 };
	struct tableview *table = tableview_new(columns, 3, -1);
	g_autofree char *marks = NULL;

	tableview_layout(table, 11);
	fill_rows(table, &rows, TABLEVIEW_RECORDS);
	act(table, ACTION_DOWN);
	act(table, ACTION_MARK);
	act(table, ACTION_DOWN);
	act(table, ACTION_MARK_RANGE);
	marks = tableview_marks(table, 20);
	g_assert_cmpstr(marks, ==, "000001\n000002\n000003");
	g_assert_null(tableview_marks(table, 19));
	act(table, ACTION_MARK_ALL);
	g_assert_cmpuint(tableview_marked(table), ==, 30);
	act(table, ACTION_MARK_ALL);
	g_assert_cmpuint(tableview_marked(table), ==, 0);
	tableview_free(table);
	many_free(all, 30);
}

/* If it fails, columns chosen in one session are others in the next. */
static void test_arrangement(void)
{
	struct tableview *table = three();
	g_autofree char *before = tableview_arrangement(table), *after = NULL;

	g_assert_cmpstr(before, ==, "name,city,ties ties-");
	tableview_arrange(table, "name,ties,former city+");
	after = tableview_arrangement(table);
	g_assert_cmpstr(after, ==, "name,ties city+");
	tableview_arrange(table, "nonsense");
	tableview_arrange(table, NULL);
	g_assert_true(table->chosen[0]);
	tableview_free(table);
}

/* If it fails, the mouse selects another row than it points at. */
static void test_click(void)
{
	struct tableview *table = three();
	const struct rect area = { 2, 0, 6, 40 };

	g_assert_false(tableview_click(table, area, 4, 5));
	g_assert_cmpstr(tableview_selected(table), ==, "a");
	g_assert_true(tableview_click(table, area, 4, 5));
	g_assert_false(tableview_click(table, area, 2, 3));
	g_assert_cmpint(table->sort, ==, 0);
	g_assert_false(tableview_click(table, area, 7, 3));
	tableview_free(table);
}

/* If it fails, a narrow terminal has columns that nobody can ever see. */
static void test_aside(void)
{
	struct tableview *table = three();
	g_autofree char *narrow = draw(table, 4, 24), *aside = NULL;

	g_assert_null(strstr(narrow, "City"));
	act(table, ACTION_ASIDE_RIGHT);
	aside = draw(table, 4, 22);
	g_assert_nonnull(strstr(aside, "Ties"));
	g_assert_nonnull(strstr(aside, "Cóndor"));
	tableview_free(table);
}

static void test_scroll(void)
{
	struct row *all = many_rows(100);
	struct rows rows = { all, 100, 0 };
	struct tableview *table = tableview_new(columns, 3, -1);

	fill_rows(table, &rows, TABLEVIEW_RECORDS);
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
	many_free(all, 100);
}

static void test_draw(void)
{
	struct tableview *table = three();
	g_autofree char *wide = draw(table, 4, 40);
	g_autofree char *narrow = draw(table, 4, 22);

	g_assert_cmpstr(wide, ==,
			"  Name                      City   Ties▾\n"
			"▸ Cóndor                    Chía   ██  9\n"
			"  Ámbar                     Cali   ▌   2\n"
			"  Bosque                    Bogotá     –\n");
	g_assert_null(strstr(narrow, "City"));
	for (int rows = 0; rows < 4; rows++)
		for (int cols = 0; cols < 12; cols++)
			g_free(draw(table, rows, cols));
	tableview_free(table);
}

/*
 * If it fails, a text is cut beside a column that says nothing, one long name takes the
 * room of all others, or a column comes in though it cuts what is shown.
 */
static void test_room(void)
{
	static struct row all[12];
	static const struct rows rows = { all, 12, 0 };
	struct tableview *table = tableview_new(columns, 3, 2);
	g_autofree char *empty = NULL, *both = NULL, *narrow = NULL;

	for (guint i = 0; i < 12; i++)
		all[i] = (struct row){ &"abcdefghijkl"[i], "a name of 21 columns.", "", i };
	fill_rows(table, &rows, TABLEVIEW_RECORDS);
	tableview_layout(table, 13);
	empty = draw(table, 13, 31);
	g_assert_nonnull(strstr(empty, "a name of 21 columns."));
	g_assert_null(strstr(empty, "City"));
	all[3].name = "one name that is much longer than all of the others";
	all[4].city = all[5].city = "a city of 20 columns";
	fill_rows(table, &rows, TABLEVIEW_RECORDS);
	both = draw(table, 13, 54);
	g_assert_nonnull(strstr(both, "a name of 21 columns."));
	g_assert_nonnull(strstr(both, "a city of 20 columns"));
	narrow = draw(table, 13, 22);
	g_assert_null(strstr(narrow, "City"));
	tableview_free(table);
}

/* If it fails, a state in two words is cut, so that a long name has some letters more. */
static void test_words(void)
{
	static const struct row all[] = { { "a", "one name that is much longer", "", 1 },
					  { "b", "another that is so as well..", "seen again",
					    2 } };
	static const struct rows rows = { all, 2, 0 };
	struct tableview_column own[3] = { columns[0], columns[1], columns[2] };
	struct tableview *table;
	g_autofree char *shown = NULL;

	own[0].grow = 6;
	own[1].grow = 1;
	own[1].words = true;
	table = tableview_new(own, 3, 2);
	fill_rows(table, &rows, TABLEVIEW_RECORDS);
	tableview_layout(table, 4);
	shown = draw(table, 4, 34);
	g_assert_nonnull(strstr(shown, "seen again"));
	tableview_free(table);
}

/*
 * If it fails, a column that others can do without cuts their texts, or a view cannot
 * give a table what it needs and no more.
 */
static void test_last(void)
{
	static struct row all[12];
	static const struct rows rows = { all, 12, 0 };
	struct tableview_column own[3] = { columns[0], columns[1], columns[2] };
	struct tableview *table;
	g_autofree char *tight = NULL, *full = NULL;

	own[1].last = true;
	table = tableview_new(own, 3, 2);
	for (guint i = 0; i < 12; i++)
		all[i] = (struct row){ &"abcdefghijkl"[i], "a name of 21 columns.", "Cali", i };
	fill_rows(table, &rows, TABLEVIEW_RECORDS);
	tableview_layout(table, 13);
	tight = draw(table, 13, tableview_full(table) - 1);
	g_assert_nonnull(strstr(tight, "a name of 21 columns."));
	g_assert_null(strstr(tight, "City"));
	full = draw(table, 13, tableview_full(table));
	g_assert_nonnull(strstr(full, "a name of 21 columns."));
	g_assert_nonnull(strstr(full, "Cali"));
	tableview_free(table);
}

/*
 * If it fails, marks of many are lost when the records are others, a row that came back
 * has lost its mark, or what is marked and not shown is not told.
 */
static void test_many_marks(void)
{
	const guint n = 9000;
	struct row *all = many_rows(n);
	struct rows rows = { all, n, 0 }, fewer = { all + 10, n - 10, 0 };
	struct tableview *table = tableview_new(columns, 3, -1);

	tableview_layout(table, 11);
	fill_rows(table, &rows, TABLEVIEW_RECORDS);
	act(table, ACTION_MARK_ALL);
	g_assert_cmpuint(tableview_marked(table), ==, n);
	act(table, ACTION_MARK);
	g_assert_cmpuint(tableview_marked(table), ==, n - 1);
	while (tableview_work(table))
		continue;
	fill_rows(table, &fewer, TABLEVIEW_RECORDS);
	while (tableview_work(table))
		continue;
	g_assert_cmpuint(tableview_marked(table), ==, n - 1);
	g_assert_cmpuint(tableview_hidden(table), >=, 9);
	fill_rows(table, &rows, TABLEVIEW_RECORDS);
	while (tableview_work(table))
		continue;
	g_assert_cmpuint(tableview_marked(table), ==, n - 1);
	g_assert_cmpuint(tableview_hidden(table), ==, 0);
	rows.least = 4;
	fill_rows(table, &rows, TABLEVIEW_TEST);
	while (tableview_work(table))
		continue;
	g_assert_cmpuint(tableview_hidden(table), ==,
			 tableview_marked(table) - tableview_shown(table));
	tableview_free(table);
	many_free(all, n);
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

int main(int argc, char **argv)
{
	setlocale(LC_ALL, "C.UTF-8");
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/table/sort", test_sort);
	g_test_add_func("/table/selection-by-id", test_selection_by_id);
	g_test_add_func("/table/search", test_search);
	g_test_add_func("/table/marks", test_marks);
	g_test_add_func("/table/many-marks", test_many_marks);
	g_test_add_func("/table/room", test_room);
	g_test_add_func("/table/last", test_last);
	g_test_add_func("/table/words", test_words);
	g_test_add_func("/table/scroll", test_scroll);
	g_test_add_func("/table/draw", test_draw);
	g_test_add_func("/table/pieces", test_pieces);
	g_test_add_func("/table/mark-range", test_mark_range);
	g_test_add_func("/table/arrangement", test_arrangement);
	g_test_add_func("/table/click", test_click);
	g_test_add_func("/table/aside", test_aside);
	g_test_add_func("/prompt/keys", test_prompt);
	g_test_add_func("/prompt/refuses", test_prompt_refuses);
	g_test_add_func("/prompt/scrolls", test_prompt_scrolls);
	return g_test_run();
}
