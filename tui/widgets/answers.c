#include "tui/widgets/answers.h"

#include "base/text.h"

/* How answers are painted and moved through; what is chosen is the business of views. */

static void draw_answers(const struct answers *answers, struct grid *grid, struct rect box, int row,
			 int room)
{
	guint top = answers->focus + 1 > (guint)room ? answers->focus + 1 - (guint)room : 0;

	for (int i = 0; i < room && top + (guint)i < answers->n; i++) {
		guint at = top + (guint)i;
		bool here = at == answers->focus;

		if (here)
			grid_put(grid, row + i, box.col, 1, STYLE_ACCENT, "▸");
		grid_printf(grid, row + i, box.col + 2, box.cols - 4,
			    here ? STYLE_STRONG : STYLE_NORMAL, "%u  %s", at + 1,
			    answers->label(answers->data, at));
		if (here)
			grid_cursor(grid, row + i, box.col);
	}
}

static GPtrArray *lines_of(const char *paragraphs, int width)
{
	GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
	g_auto(GStrv) each = g_strsplit(paragraphs == NULL ? "" : paragraphs, "\n", -1);

	for (guint i = 0; each[i] != NULL; i++)
		g_ptr_array_extend_and_steal(lines, text_wrap(each[i], width));
	return lines;
}

void answers_draw(const struct answers *answers, struct grid *grid, struct rect area)
{
	int width = MAX(area.cols - 4, 1);
	g_autoptr(GPtrArray) asked = text_wrap(answers->asked, width);
	g_autoptr(GPtrArray) follows = lines_of(answers->follows, width);
	int wanted = (int)(asked->len + answers->n + follows->len) + 2;
	int rows = MIN(wanted, area.rows);
	struct rect box = { area.row + (area.rows - rows) / 2, area.col, rows, area.cols };
	/* Where it is low the answers scroll. */
	int room =
		CLAMP(rows - 2 - (int)asked->len - (int)follows->len, 1, MAX((int)answers->n, 1));
	int row = box.row + 1, end = box.row + rows - 1;

	grid_fill(grid, box, STYLE_NORMAL, " ");
	grid_fill(grid, (struct rect){ box.row, box.col, 1, box.cols }, STYLE_ACCENT, "─");
	grid_fill(grid, (struct rect){ end, box.col, 1, box.cols }, STYLE_ACCENT, "─");
	for (guint i = 0; i < asked->len && row < end; i++)
		grid_put(grid, row++, box.col + 2, width, STYLE_STRONG,
			 g_ptr_array_index(asked, i));
	room = MIN(room, end - row);
	draw_answers(answers, grid, box, row, room);
	row += MAX(room, 0);
	for (guint i = 0; i < follows->len && row < end; i++)
		grid_put(grid, row++, box.col + 2, width, STYLE_NORMAL,
			 g_ptr_array_index(follows, i));
}

enum answers_result answers_key(guint n, guint *focus, gunichar key)
{
	if (n == 0 || key == TUI_ESCAPE || key == 'q' || key == TUI_KEY_BACKSPACE)
		return ANSWERS_LEFT;
	if (key == TUI_ENTER || key == '\n')
		return ANSWERS_PICKED;
	if (key >= '1' && key <= '9' && key - '1' < n) {
		*focus = key - '1';
		return ANSWERS_PICKED;
	}
	if (key == 'j' || key == TUI_KEY_DOWN)
		*focus = MIN(*focus + 1, n - 1);
	else if (key == 'k' || key == TUI_KEY_UP)
		*focus -= *focus > 0;
	return ANSWERS_STAYS;
}
