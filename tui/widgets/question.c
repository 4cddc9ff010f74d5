#include "tui/widgets/question.h"

#include <glib/gi18n.h>

#include "base/text.h"

/* How a question is painted; what it is about is the business of views. */

void question_draw(struct grid *grid, struct rect area, const char *asked, const char *follows,
		   const char *failed)
{
	int width = MAX(area.cols - 4, 1);
	g_autoptr(GPtrArray) lines = text_wrap(asked, width);
	guint strong = lines->len;

	g_ptr_array_extend_and_steal(lines, text_wrap(follows, width));
	if (failed != NULL)
		g_ptr_array_extend_and_steal(lines, text_wrap(failed, width));
	int rows = MIN((int)lines->len + 2, area.rows);
	struct rect box = { area.row + (area.rows - rows) / 2, area.col, rows, area.cols };

	grid_fill(grid, box, STYLE_NORMAL, " ");
	grid_fill(grid, (struct rect){ box.row, box.col, 1, box.cols }, STYLE_WARN, "─");
	grid_fill(grid, (struct rect){ box.row + rows - 1, box.col, 1, box.cols }, STYLE_WARN, "─");
	for (guint i = 0; i < lines->len && (int)i + 1 < rows; i++)
		grid_put(grid, box.row + 1 + (int)i, box.col + 2, width,
			 i < strong ? STYLE_STRONG : STYLE_NORMAL, g_ptr_array_index(lines, i));
	grid_cursor(grid, box.row + 1, box.col + 2);
}

enum question_answer question_answer(gunichar key)
{
	if (key_is_yes(key))
		return ANSWER_YES;
	return key == 'n' || key == 'N' || key == 'q' || key == TUI_ESCAPE ? ANSWER_NO
									   : ANSWER_NONE;
}

void question_unanswered(struct app *app)
{
	/* TRANSLATORS: a key was pressed while a question is open; %s is the key for yes. */
	app_say(app, STYLE_DIM, _("The question comes first: %s or Esc answers it."), key_yes());
}
