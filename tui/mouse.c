#include "tui/app.h"

/*
 * Keys of the mouse: what is clicked stands for a key (a tab, the footer) or is
 * the view's; the wheel is the arrows.
 */
#define WHEEL_ROWS 3

/* What is clicked while one types must not be typed; the footer tells keys that work there. */
static bool would_be_typed(const struct grid *grid, struct event event, gunichar key)
{
	return key != 0 && key_is_text(key) && event.row < grid->rows - 1;
}

static void click(struct app *app, const struct world *world, const struct grid *grid,
		  struct event event, struct effects *effects)
{
	struct view *top = app_top(app);
	struct event key = { .type = EVENT_KEY, .key = grid_key_at(grid, event.row, event.col) };
	bool typing = top->ops->typing != NULL && top->ops->typing(top);

	if ((app->prompt != NULL || typing) && would_be_typed(grid, event, key.key))
		return;
	if (app_is_late(app))
		app_update(app, world, (struct event){ .type = EVENT_AGAIN }, effects);
	if (key.key != 0) {
		app_update(app, world, key, effects);
		return;
	}
	/* A list in which one searches stays where it is; the rows of a form are its own. */
	if (app->prompt != NULL || (typing && !top->ops->dialog) || top->ops->click == NULL ||
	    !top->ops->click(top, world, app_area_seen(app, world), event.row, event.col))
		return;
	key.key = TUI_ENTER;
	if (typing)
		app_update(app, world, key, effects);
	else
		app_run(app, world, ACTION_OPEN, effects);
}

void app_mouse(struct app *app, const struct world *world, const struct grid *grid,
	       struct event event, struct effects *effects)
{
	struct event key = { .type = EVENT_KEY,
			     .key = event.key == TUI_KEY_WHEEL_UP ? TUI_KEY_UP : TUI_KEY_DOWN };

	if (event.key == TUI_KEY_CLICK) {
		click(app, world, grid, event, effects);
		return;
	}
	for (guint i = 0; i < WHEEL_ROWS; i++)
		app_update(app, world, key, effects);
}
