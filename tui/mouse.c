#include "tui/app.h"

/*
 * Keys of the mouse: what is clicked stands for a key (a tab, the footer) or is
 * the view's; the wheel is the arrows.
 */
#define WHEEL_ROWS 3

void app_mouse(struct app *app, const struct world *world, const struct grid *grid,
	       struct event event, struct effects *effects)
{
	struct view *top = app_top(app);
	struct event key = { .type = EVENT_KEY, .key = grid_key_at(grid, event.row, event.col) };
	bool typing = top->ops->typing != NULL && top->ops->typing(top);

	if (event.key == TUI_KEY_CLICK) {
		if (app->prompt != NULL || typing)
			return;
		if (app_is_late(app))
			app_update(app, world, (struct event){ .type = EVENT_AGAIN }, effects);
		if (key.key != 0)
			app_update(app, world, key, effects);
		else if (top->ops->click != NULL &&
			 top->ops->click(top, world, app_area(world), event.row, event.col))
			app_run(app, world, ACTION_OPEN, effects);
		return;
	}
	key.key = event.key == TUI_KEY_WHEEL_UP ? TUI_KEY_UP : TUI_KEY_DOWN;
	for (guint i = 0; i < WHEEL_ROWS; i++)
		app_update(app, world, key, effects);
}
