/*
 * The matrix: what a cell means, in which order groups stand, that the cursor keeps
 * its groups, and that cells and their lists agree.
 */
#include "base/start.h"
#include "tests/unit/tui_crowd.h"
#include "tui/views/matrix.h"

/* Numbers by hand: what decides is p after correction, how loudly the networks drawn. */
static void surprise_by_hand(void)
{
	static const struct {
		double fewer, more, few, many;
		int is;
	} cells[] = {
		{ .5, .6, 1, .8, 0 },	   { .02, .99, .04, 1, -1 }, { .001, 1, .004, 1, -2 },
		{ .001, 1, .06, 1, 0 },	   { .99, .01, 1, .03, 1 },  { 1, .001, 1, .01, 2 },
		{ .001, .001, .2, .2, 0 }, { .0011, 1, .05, 1, -1 },
	};
	double fewer[8], more[8], few[8], many[8];
	struct matrix matrix = {
		.samples = 999, .fewer = fewer, .more = more, .few = few, .many = many
	};

	for (guint i = 0; i < G_N_ELEMENTS(cells); i++) {
		fewer[i] = cells[i].fewer;
		more[i] = cells[i].more;
		few[i] = cells[i].few;
		many[i] = cells[i].many;
	}
	for (guint i = 0; i < G_N_ELEMENTS(cells); i++)
		g_assert_cmpint(matrix_surprise(&matrix, i), ==, cells[i].is);
	/* How loudly does not hang on how many were drawn, unless those were too few to tell. */
	matrix.samples = 16000;
	g_assert_cmpint(matrix_surprise(&matrix, 2), ==, -2);
	g_assert_cmpint(matrix_surprise(&matrix, 7), ==, -1);
	matrix.samples = 200;
	fewer[7] = 1.0 / 201;
	g_assert_cmpint(matrix_surprise(&matrix, 7), ==, -2);
	matrix.samples = 0;
	g_assert_cmpint(matrix_surprise(&matrix, 2), ==, 0);
}

/* What is rare by itself is never said to be what chance gives, though the cell shows no sign. */
static void rare_is_not_usual(void)
{
	static char *labels[] = { (char *)"Schools", (char *)"Firms" };
	static double p[4] = { .001, .4, .4, .4 }, sure[4] = { .06, 1, 1, 1 },
		      ones[4] = { 1, 1, 1, 1 };
	static double ties[4] = { 0, 3, 3, 2 }, possible[4] = { 60, 60, 60, 60 };
	static double expected[4] = { 6, 3, 3, 2 }, z[4] = { -4.9, 0, 0, 0 };
	static guint order[] = { 0, 1 };
	const struct partition groups = { .n_groups = 2, .labels = labels };
	struct matrix matrix = { .rows = &groups,
				 .cols = &groups,
				 .n_rows = 2,
				 .n_cols = 2,
				 .ties = ties,
				 .possible = possible,
				 .expected = expected,
				 .z = z,
				 .fewer = p,
				 .more = ones,
				 .few = sure,
				 .many = ones,
				 .samples = 999 };
	struct matrix_view view = { .matrix = &matrix,
				    .by_rows = BY_SECTOR,
				    .by_cols = BY_SECTOR,
				    .rows = order,
				    .cols = order,
				    .n_rows = 2,
				    .n_cols = 2 };
	g_autofree char *rare = matrix_sentence(&view), *usual = NULL;
	view.col = 1;
	usual = matrix_sentence(&view);

	g_assert_cmpint(matrix_surprise(&matrix, 0), ==, 0);
	g_assert_nonnull(strstr(rare, "p 0.0010"));
	g_assert_null(strstr(rare, "within what chance gives"));
	g_assert_nonnull(strstr(usual, "within what chance gives (p 0.40)"));
}

/* Two blocks in a mixed order, and one group that nobody knows. */
static void likeness_finds_blocks(void)
{
	static const double weights[5 * 5] = {
		9,	0, 8, 0, 0, /**/ 0, 9, 0, 8, 0, /**/ 8, 0, 9, 1, 0,
		/**/ 0, 8, 1, 9, 0, /**/ 0, 0, 0, 0, 0,
	};
	guint rows[5], cols[5];

	matrix_seriate(weights, 5, 5, true, rows, cols);
	g_assert_cmpuint(rows[4], ==, 4);
	/* {0, 2} and {1, 3} stand together; 2 and 3, which touch, in the middle. */
	g_assert_true((rows[0] == 0 && rows[1] == 2 && rows[2] == 3 && rows[3] == 1) ||
		      (rows[0] == 1 && rows[1] == 3 && rows[2] == 2 && rows[3] == 0));
	for (guint i = 0; i < 5; i++)
		g_assert_cmpuint(rows[i], ==, cols[i]);
	matrix_by_size(weights, 5, 5, rows, cols);
	g_assert_true((rows[0] == 2 && rows[1] == 3) || (rows[0] == 3 && rows[1] == 2));
}

static struct matrix_view *state(struct crowd *crowd)
{
	return app_top(crowd->app)->state;
}

/* If it fails, turning or sorting moves the cursor to other groups than one was reading of. */
static void cursor_keeps_its_groups(void)
{
	struct crowd crowd;

	crowd_open(&crowd, 120, 8, false);
	crowd_type(&crowd, "7jjlll");
	g_autofree char *row = g_strdup(state(&crowd)->row_id);
	g_autofree char *col = g_strdup(state(&crowd)->col_id);

	g_assert_nonnull(row);
	for (const char *keys = "oomo"; *keys; keys++) {
		crowd_key(&crowd, (gunichar)*keys);
		g_assert_cmpstr(state(&crowd)->row_id, ==, row);
		g_assert_cmpstr(state(&crowd)->col_id, ==, col);
	}
	crowd_size(&crowd, 10, 40);
	g_assert_cmpstr(state(&crowd)->row_id, ==, row);
	crowd_event(&crowd, (struct event){ .type = EVENT_MODEL });
	g_assert_cmpstr(state(&crowd)->row_id, ==, row);
	crowd_close(&crowd);
}

/* If it fails, a cell promises other ties than its list shows. */
/* If it fails, a group in a matrix of many has to be looked for by eye. */
static void groups_by_name(void)
{
	struct crowd crowd;

	crowd_open(&crowd, 120, 8, false);
	crowd_type(&crowd, "7G");
	const struct matrix_view *view = state(&crowd);
	const char *label = view->matrix->rows->labels[view->rows[0]];
	guint row = view->row;

	crowd_type(&crowd, "/");
	crowd_type(&crowd, label);
	crowd_type(&crowd, "\r");
	/* Behind the last row come the columns, and behind these the rows again. */
	g_assert_cmpstr(view->col_id, ==, view->matrix->rows->ids[view->rows[0]]);
	g_assert_cmpuint(view->row, ==, row);
	crowd_type(&crowd, "n");
	g_assert_cmpuint(view->row, ==, 0);
	crowd_close(&crowd);
}

static void cells_and_lists_agree(void)
{
	struct crowd crowd;
	double sum = 0;

	crowd_open(&crowd, 120, 8, false);
	crowd_type(&crowd, "7mo");
	const struct matrix_view *view = state(&crowd);

	for (guint i = 0; i < 2; i++) {
		gsize at = matrix_at(view, view->row, view->col);
		guint ties = (guint)view->matrix->ties[at], listed = 0;

		sum += ties;
		crowd_size(&crowd, 200, 100);
		crowd_key(&crowd, TUI_ENTER);
		g_autofree char *screen = crowd_screen(&crowd);

		for (const char *s = screen; (s = strstr(s, " – ")) != NULL; s++)
			listed++;
		g_assert_cmpuint(listed, ==, ties);
		crowd_key(&crowd, TUI_ESCAPE);
		crowd_type(&crowd, "jl");
		view = state(&crowd);
	}
	g_assert_true(sum > 0);
	crowd_close(&crowd);
}

static void every_turn_at_every_size(void)
{
	struct crowd crowd;

	crowd_open(&crowd, 120, 8, false);
	crowd_key(&crowd, '7');
	for (guint i = 0; i < 64; i++) {
		crowd_type(&crowd, i % 16 == 15 ? "rc" : i % 4 == 3 ? "c" : "m");
		crowd_size(&crowd, 1 + (int)(i * 7 % 30), 1 + (int)(i * 13 % 110));
		crowd_type(&crowd, "lj\tG\r");
		g_free(crowd_screen(&crowd));
		if (app_top(crowd.app)->ops == &view_cell)
			crowd_key(&crowd, TUI_ESCAPE);
	}
	crowd_size(&crowd, 24, 80);
	crowd_sees(&crowd, "[7]Matrix");
	crowd_close(&crowd);
}

/* If it fails, signs and empty cells are not explained, or '/' does not say what it does. */
static void signs_are_explained(void)
{
	struct crowd crowd;

	crowd_open(&crowd, 30, 4, true);
	crowd_size(&crowd, 24, 80);
	crowd_key(&crowd, '7');
	crowd_sees(&crowd, "partners are drawn by lot");
	crowd_sees(&crowd, "Where a cell is empty");
	crowd_key(&crowd, '/');
	crowd_sees(&crowd, "Enter goes to what is called so");
	crowd_type(&crowd, "qqq\r");
	crowd_sees(&crowd, "Not here: qqq");
	crowd_close(&crowd);
}

/* If it fails, "Aca. cen." above a column is all that a large screen says of its group. */
static void heads_have_a_key(void)
{
	struct crowd crowd;

	crowd_open(&crowd, 300, 20, true);
	crowd_size(&crowd, 40, 120);
	crowd_key(&crowd, '7');
	for (guint rows = 0; rows < 2; rows++) {
		crowd_sees(&crowd, "Universi. = Universities");
		crowd_key(&crowd, 'r');
	}
	/* Room that is kept for it is used: no empty lines in its place. */
	crowd_size(&crowd, 30, 100);
	crowd_sees(&crowd, "Universi. = Universities");
	crowd_close(&crowd);
}

/* If it fails, every line of a cell of sectors repeats the sector of its heading. */
static void members_of_a_sector_say_where(void)
{
	struct crowd crowd;

	crowd_open(&crowd, 120, 8, true);
	for (guint i = 0; i < 120; i++)
		((struct institution *)model_institution(crowd.model, i))->city = "Aquí";
	crowd_key(&crowd, '7');
	crowd_key(&crowd, TUI_ENTER);
	crowd_sees(&crowd, "Aquí, ");
	crowd_close(&crowd);
}

int main(int argc, char **argv)
{
	start_process();
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/matrix/rare", rare_is_not_usual);
	g_test_add_func("/matrix/surprise", surprise_by_hand);
	g_test_add_func("/matrix/likeness", likeness_finds_blocks);
	g_test_add_func("/matrix/cursor", cursor_keeps_its_groups);
	g_test_add_func("/matrix/by-name", groups_by_name);
	g_test_add_func("/matrix/cells", cells_and_lists_agree);
	g_test_add_func("/matrix/sizes", every_turn_at_every_size);
	g_test_add_func("/matrix/legend", signs_are_explained);
	g_test_add_func("/matrix/key", heads_have_a_key);
	g_test_add_func("/matrix/members", members_of_a_sector_say_where);
	return g_test_run();
}
