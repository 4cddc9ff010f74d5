#include "tui/message.h"

#include <math.h>

#include <glib/gi18n.h>

#include "base/text.h"
#include "tui/ask.h"
#include "tui/widgets/prompt.h"

/*
 * What is said and typed below a view.  Nothing of it is cut as long as there are rows:
 * the end of a message is often what to do.
 */
#define MOST_ROWS 4 /* of one message */

/* What is being computed and how far it is, and the key that has to do with it; NULL: nothing. */
static char *study_text(const struct app *app, const struct world *world)
{
	enum action action = world->stopped ? ACTION_COMPUTE : ACTION_BACK;
	char key[16];

	if (world->study != NULL || (!world->stopped && world->doing == NULL))
		return NULL;
	key_text(keymap_key(&app->keymap, action), key);
	if (world->stopped)
		return g_strdup_printf(_("Measures are not computed: %s computes them"), key);
	if (isnan(world->done))
		return g_strdup_printf(_("%s… · %s stops"), world->doing, key);
	return g_strdup_printf(_("%s… %.0f %% · %s stops"), world->doing, 100 * world->done, key);
}

/* At the right of the message row, where nothing else is said; returns the columns it leaves. */
static int draw_study(const struct app *app, const struct world *world, struct grid *grid, int row,
		      int used)
{
	g_autofree char *text = study_text(app, world);
	int width = text == NULL ? 0 : text_width(text);

	if (text == NULL || used + width + 3 > grid->cols)
		return grid->cols;
	grid_fill(grid, (struct rect){ row, 0, 1, grid->cols }, STYLE_NORMAL, " ");
	grid_put(grid, row, grid->cols - width - 1, -1, world->stopped ? STYLE_WARN : STYLE_DIM,
		 text);
	return grid->cols - width - 2;
}

static const struct prompt *prompt_of(const struct app *app)
{
	const struct view *top = app_top(app);

	if (app->prompt != NULL || top->ops->prompt == NULL)
		return app->prompt;
	return top->ops->prompt(top);
}

/* What stands below a prompt, where that is no list of keys; NULL: nothing.  Caller frees. */
static char *help_of(const struct app *app, const struct world *world, enum style *style)
{
	*style = app->message_style;
	if (app->prompt == NULL)
		return g_strdup(app->message);
	*style = app->filter_error != NULL ? STYLE_WARN : STYLE_DIM;
	return app->filter_error != NULL ? g_strdup(app->filter_error) : ask_help(app, world);
}

/* The lines that a text needs, and no more than there may be: what is left out ends in "…". */
static GPtrArray *lines_of(const char *text, int cols, int most)
{
	GPtrArray *lines;

	if (text_width(text) > cols && most > 1)
		lines = text_wrap(text, cols);
	else
		lines = g_ptr_array_new_with_free_func(g_free);
	if (lines->len == 0)
		g_ptr_array_add(lines, g_strdup(text));
	if ((int)lines->len > most) {
		char **last = (char **)&lines->pdata[most - 1];
		char *rest = g_strjoin(" ", *last, g_ptr_array_index(lines, (guint)most), NULL);

		g_free(*last);
		*last = rest;
		g_ptr_array_set_size(lines, most);
	}
	return lines;
}

/* Ends in row `last`; returns its first row. */
static int draw_lines(struct grid *grid, const GPtrArray *lines, int last, enum style style)
{
	int first = last - (int)lines->len + 1;

	grid_fill(grid, (struct rect){ first, 0, (int)lines->len, grid->cols }, STYLE_NORMAL, " ");
	for (guint i = 0; i < lines->len; i++)
		grid_put(grid, first + (int)i, 0, -1, style, g_ptr_array_index(lines, i));
	return first;
}

static char *status_of(const struct app *app, const struct world *world)
{
	const struct view *top = app_top(app);

	return top->ops->status == NULL || app->unmade ? NULL : top->ops->status(top, app, world);
}

/* What is typed, and how many rows that leaves while a filter is. */
static void draw_prompt(const struct prompt *prompt, const struct app *app,
			const struct world *world, struct grid *grid, int row)
{
	g_autofree char *status = status_of(app, world);
	int room = grid->cols;

	grid_fill(grid, (struct rect){ row, 0, 1, grid->cols }, STYLE_NORMAL, " ");
	if (status != NULL && text_width(status) < grid->cols / 3) {
		room -= text_width(status) + 2;
		grid_put(grid, row, room + 1, -1, STYLE_DIM, status);
	}
	prompt_draw(prompt, grid, row, 0, room, STYLE_STRONG, true);
}

static void draw_status(const struct app *app, const struct world *world, struct grid *grid,
			int row)
{
	g_autofree char *status = status_of(app, world);
	int room = draw_study(app, world, grid, row, status == NULL ? 0 : text_width(status));

	if (status == NULL)
		return;
	if (room == grid->cols)
		grid_fill(grid, (struct rect){ row, 0, 1, grid->cols }, STYLE_NORMAL, " ");
	grid_put(grid, row, 1, -1, STYLE_DIM, status);
}

/* The lines of the message, or of what stands below a prompt; NULL: there is neither. */
static GPtrArray *lines_said(const struct app *app, const struct world *world, int cols, int footer,
			     enum style *style)
{
	int most = footer < 0 ? 1 : MIN(MOST_ROWS, footer - 1);
	g_autofree char *help = NULL;

	*style = app->message_style;
	if (prompt_of(app) == NULL)
		return app->message == NULL ? NULL : lines_of(app->message, cols, most);
	help = footer < 0 ? NULL : help_of(app, world, style);
	return help == NULL ? NULL : lines_of(help, cols, most);
}

int message_rows(const struct app *app, const struct world *world, int footer)
{
	enum style style;
	g_autoptr(GPtrArray) lines = lines_said(app, world, world->cols, footer, &style);

	if (lines == NULL)
		return 1;
	return prompt_of(app) != NULL ? (int)lines->len : MAX((int)lines->len - 1, 1);
}

int message_draw(const struct app *app, const struct world *world, struct grid *grid, int row,
		 int footer, bool *footer_taken)
{
	const struct prompt *prompt = prompt_of(app);
	g_autoptr(GPtrArray) lines = NULL;
	enum style style;
	int first = row;

	*footer_taken = false;
	if (row < 0)
		return grid->rows;
	lines = lines_said(app, world, grid->cols, footer, &style);
	if (prompt != NULL && lines != NULL) {
		first = draw_lines(grid, lines, footer, style) - 1;
		*footer_taken = true;
	}
	if (prompt != NULL) {
		draw_prompt(prompt, app, world, grid, first);
	} else if (lines != NULL) {
		*footer_taken = lines->len > 1;
		first = draw_lines(grid, lines, *footer_taken ? footer : row, style);
	} else {
		draw_status(app, world, grid, row);
	}
	return first;
}
