/*
 * The network of a view that follows the filter and asks for ties and groups.  What it
 * makes of it is the view's business.
 */
#include "tui/views/passing.h"

#include <glib/gi18n.h>

#define AT_ONCE 4096 /* institutions up to which nobody notices */

static void release_filter(struct passing *passing)
{
	g_clear_pointer(&passing->filter, filter_free);
	g_clear_pointer(&passing->against, study_unref);
}

void passing_clear(struct passing *passing)
{
	g_clear_pointer(&passing->study, study_unref);
	release_filter(passing);
	passing->busy = false;
}

void passing_begin(struct passing *passing, const struct app *app, const struct world *world)
{
	struct net_options options = { .with_ended = true, .least_intensity = -1 };

	passing_clear(passing);
	passing->filter = app_filter(app, world);
	passing->filtered = passing->filter != NULL;
	if (!passing->filtered && world->study != NULL &&
	    study_model(world->study) == world->model) {
		passing->study = study_ref(world->study);
		return;
	}
	/* There already, with what chance gives for it. */
	if (passing->filtered && drawing_is_of(world->drawn, world, app->filter) &&
	    world->drawn->study != NULL) {
		passing->study = study_ref(world->drawn->study);
		return;
	}
	if (world->study != NULL)
		passing->against = study_ref(world->study);
	options.filter = passing->filter;
	passing->study = study_begin(world->model, &options);
	passing->busy = true;
	while (world->model->n[KIND_INSTITUTION] <= AT_ONCE && passing_work(passing))
		;
}

bool passing_work(struct passing *passing)
{
	if (!passing->busy)
		return false;
	passing->busy = study_go_on(passing->study);
	if (!passing->busy)
		release_filter(passing);
	return passing->busy;
}

void passing_draw_busy(struct grid *grid, struct rect area)
{
	if (area.rows > 2)
		grid_put(grid, area.row + 2, area.col + 2, -1, STYLE_DIM, _("looking…"));
}
