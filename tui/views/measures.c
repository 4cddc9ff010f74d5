#include "tui/views/card.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n.h>

/*
 * The measures of the network, all of them, each with its value and its sentence; Enter
 * shows how it is defined.  What `telar measures --explain` says, from the same table.
 */
struct list {
	struct page *page;
	char *opened; /* id of the measure whose definition is shown, or NULL */
};

static void *measures_open(struct app *app, const struct world *world, const char *subject)
{
	struct list *list = g_new0(struct list, 1);

	(void)app;
	(void)world;
	(void)subject;
	list->page = page_new();
	return list;
}

static void measures_free(void *state)
{
	struct list *list = state;

	page_free(list->page);
	g_free(list->opened);
	g_free(list);
}

static void add_definition(struct page *page, const struct study *study,
			   const struct measure *measure, int columns)
{
	g_autofree char *estimate = study_estimate_text(study, measure);

	page_wrap(page, 5, columns - 2, STYLE_DIM, _(measure->definition), NULL);
	if (estimate != NULL)
		page_wrap(page, 5, columns - 2, STYLE_DIM, estimate, NULL);
	if (measure->reference[0] != '\0')
		page_wrap(page, 5, columns - 2, STYLE_DIM, measure->reference, NULL);
}

static void add_measure(struct list *list, const struct world *world, const struct measure *measure)
{
	struct page *page = list->page;
	int columns = app_area(world).cols - 5;
	double number = study_value(world->study, measure);
	g_autofree char *value = study_format(world->study, measure, number);
	g_autofree char *sentence = study_sentence(world->study, measure, -1);

	page_line(page, measure->id);
	page_text(page, 1, -1, STYLE_STRONG, _(measure->label));
	page_printf(page, -1, -1, STYLE_ACCENT, "  %s", value);
	if (measure->unit[0] != '\0' && !isnan(number))
		page_printf(page, -1, -1, STYLE_DIM, " %s", _(measure->unit));
	if (sentence != NULL)
		page_wrap(page, 3, columns, STYLE_NORMAL, sentence, NULL);
	if (g_strcmp0(list->opened, measure->id) == 0)
		add_definition(page, world->study, measure, columns);
}

static void measures_refresh(struct view *view, struct app *app, const struct world *world)
{
	struct list *list = view->state;
	const struct measure *table;
	guint n;

	(void)app;
	table = measures(&n);
	page_begin(list->page);
	for (guint i = 0; world->study != NULL && i < n; i++)
		if (table[i].level == LEVEL_NETWORK)
			add_measure(list, world, &table[i]);
	if (world->study == NULL) {
		page_line(list->page, NULL);
		page_text(list->page, 1, -1, STYLE_DIM, app_waiting(world));
	}
	page_end(list->page);
	page_layout(list->page, app_area(world).rows);
}

static bool measures_update(struct view *view, struct app *app, const struct world *world,
			    const struct event *event, enum action action, struct effects *effects)
{
	struct list *list = view->state;
	const char *link = page_link(list->page);
	bool open;

	(void)effects;
	if (event->type != EVENT_KEY)
		return false;
	if (action != ACTION_OPEN || link == NULL)
		return page_update(list->page, action);
	open = g_strcmp0(list->opened, link) == 0;
	g_free(list->opened);
	list->opened = open ? NULL : g_strdup(link);
	measures_refresh(view, app, world);
	return true;
}

static void measures_draw(const struct view *view, const struct app *app, const struct world *world,
			  struct grid *grid, struct rect area)
{
	(void)app;
	(void)world;
	page_draw(((const struct list *)view->state)->page, grid, area, true);
}

static struct page *measures_page(const struct view *view)
{
	return ((const struct list *)view->state)->page;
}

static bool measures_click(struct view *view, const struct world *world, struct rect area, int row,
			   int col)
{
	(void)world;
	(void)col;
	return page_click(measures_page(view), area, row);
}

static const char *const *measures_keys(const struct view *view)
{
	static const char *const keys[] = { N_("Enter"), N_("Definition"), "/", N_("Search"),
					    N_("Esc"),	 N_("Back"),	   NULL };

	return page_link(measures_page(view)) != NULL ? keys : keys + 4;
}

const struct view_ops view_measures = {
	.name = "measures",
	.title = N_("Measures"),
	.scopes = 0,
	.open = measures_open,
	.free = measures_free,
	.refresh = measures_refresh,
	.update = measures_update,
	.draw = measures_draw,
	.page = measures_page,
	.keys = measures_keys,
	.click = measures_click,
};
