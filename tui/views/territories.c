#include "tui/views/card.h"
#include "tui/views/tally.h"
#include "tui/widgets/table.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n.h>

/*
 * The list of territories: how far each one is and how it is connected.  A filter
 * of institutions counts only members that pass.
 */
enum column { NAME, COUNTRY, STATUS, MEMBERS, SECTORS, INSIDE, OUTSIDE, AGENDA, COLUMNS };

static const struct tableview_column columns[COLUMNS] = {
	[NAME] = { .title = N_("Name"), .width = 22, .grow = 4 },
	[COUNTRY] = { .title = N_("Country"), .width = 10, .grow = 1, .rank = 3 },
	[STATUS] = { .title = N_("Status"), .width = 11, .rank = 1 },
	[MEMBERS] = { .title = N_("Members"), .width = 4, .right = true, .descending = true },
	[SECTORS] = { .title = N_("Sectors"),
		      .width = 5,
		      .right = true,
		      .descending = true,
		      .rank = 2 },
	[INSIDE] = { .title = N_("Inside"), .width = 5, .right = true, .descending = true },
	[OUTSIDE] = { .title = N_("Outside"), .width = 5, .right = true, .descending = true },
	[AGENDA] = { .title = N_("Agenda"), .width = 10, .rank = 4 },
};

#define DETAILS_COLUMNS 44

struct list {
	struct tableview *table;
	struct page *details;
	struct tally *tally; /* under the filter of the app */
	guint all;
};

static void *list_open(struct app *app, const struct world *world, const char *subject)
{
	struct list *list = g_new0(struct list, 1);

	(void)app;
	(void)world;
	(void)subject;
	list->table = tableview_new(columns, COLUMNS, MEMBERS);
	list->details = page_new();
	return list;
}

static void list_free(void *state)
{
	struct list *list = state;

	tableview_free(list->table);
	page_free(list->details);
	tally_free(list->tally);
	g_free(list);
}

static void add_choice(struct tableview *table, enum column column, const struct world *world,
		       const struct record_type *type, const char *key, const void *record)
{
	const struct field *field = record_field(type, key);
	g_autofree char *text = NULL;

	if (field != NULL && field_is_set(field, record))
		text = model_field_text(world->model, field, record);
	tableview_text(table, column, STYLE_DIM, text);
}

static void add_row(struct tableview *table, const struct world *world, const struct tally *tally,
		    guint i)
{
	const struct record_type *type = record_type(KIND_TERRITORY);
	const struct territory *one = model_territory(world->model, i);
	const struct field *agenda = record_field(type, "agenda");
	const char *name = model_name(world->model, KIND_TERRITORY, one->base.id, false);
	g_autofree char *search =
		g_strdup_printf("%s\n%s\n%s", name, one->base.id,
				one->country == NULL ? "" : country_name(one->country));
	g_autofree char *sectors = g_strdup_printf("%u/%u", tally->sectors[i], tally->n_sectors);

	tableview_row(table, one->base.id, search);
	tableview_text(table, NAME, STYLE_NORMAL, name);
	tableview_text(table, COUNTRY, STYLE_DIM,
		       one->country == NULL ? "" : country_name(one->country));
	add_choice(table, STATUS, world, type, "status", one);
	tableview_number(table, MEMBERS, STYLE_NORMAL, tally->members[i], NULL);
	tableview_number(table, SECTORS, STYLE_NORMAL, tally->sectors[i], sectors);
	tableview_number(table, INSIDE, STYLE_NORMAL, tally->inside[i], NULL);
	tableview_number(table, OUTSIDE, STYLE_NORMAL, tally->outside[i], NULL);
	if (agenda != NULL && agenda->sub != NULL)
		add_choice(table, AGENDA, world, agenda->sub, "status", &one->agenda);
}

static bool has_details(const struct world *world)
{
	return app_area(world).cols >= APP_WIDE;
}

static void details_fill(struct list *list, const struct world *world)
{
	const char *id = tableview_selected(list->table);
	int at = id == NULL ? -1 : model_find(world->model, KIND_TERRITORY, id);
	int width = DETAILS_COLUMNS - 2;

	page_begin(list->details);
	list->details->top = 0;
	if (at >= 0 && has_details(world)) {
		card_title(list->details, model_name(world->model, KIND_TERRITORY, id, false), id);
		card_gaps(list->details, world, -1, at, 4, width);
		card_coverage(list->details, world, list->tally, (guint)at, width);
	}
	page_end(list->details);
}

static void list_refresh(struct view *view, struct app *app, const struct world *world)
{
	struct list *list = view->state;
	struct filter *filter = app_filter(app, world);

	tally_free(list->tally);
	list->tally = tally_new(world->model, filter);
	list->all = list->tally->n;
	tableview_begin(list->table);
	for (guint i = 0; i < list->all; i++)
		add_row(list->table, world, list->tally, i);
	tableview_end(list->table);
	tableview_layout(list->table, app_area(world).rows);
	page_layout(list->details, app_area(world).rows);
	details_fill(list, world);
	filter_free(filter);
}

static bool list_typing(const struct view *view)
{
	const struct list *list = view->state;

	return tableview_typing(list->table);
}

static const struct prompt *list_prompt(const struct view *view)
{
	const struct list *list = view->state;

	return list->table->prompt;
}

static bool list_update(struct view *view, struct app *app, const struct world *world,
			const struct event *event, enum action action, struct effects *effects)
{
	struct list *list = view->state;
	const char *id;
	char *marked;

	if (event->type != EVENT_KEY)
		return false;
	if (tableview_update(list->table, event, action)) {
		details_fill(list, world);
		return true;
	}
	marked = action == ACTION_YANK ? tableview_marks(list->table) : NULL;
	if (marked != NULL) {
		effects_add(effects, EFFECT_YANK)->text = marked;
		return true;
	}
	id = tableview_selected(list->table);
	if ((action == ACTION_OPEN || action == ACTION_RIGHT) && id != NULL) {
		app_open(app, world, &view_territory, id);
		return true;
	}
	return false;
}

static void list_draw(const struct view *view, const struct app *app, const struct world *world,
		      struct grid *grid, struct rect area)
{
	const struct list *list = view->state;

	struct rect left = area, right = area;

	(void)app;
	if (has_details(world)) {
		left.cols = area.cols - DETAILS_COLUMNS;
		right.col = left.col + left.cols + 2;
		right.cols = DETAILS_COLUMNS - 2;
		grid_fill(grid, (struct rect){ area.row, right.col - 1, area.rows, 1 }, STYLE_DIM,
			  "│");
		page_draw(list->details, grid, right, false);
	}
	tableview_draw(list->table, grid, left);
	if (list->all == 0 && area.rows > 2)
		grid_put(grid, area.row + 2, area.col + 2, -1, STYLE_DIM,
			 _("There is no territory yet."));
}

static char *list_status(const struct view *view, const struct app *app, const struct world *world)
{
	const struct list *list = view->state;

	(void)world;
	if (app->filter[0] != '\0')
		return g_strdup_printf(
			ngettext("%u territory; counted are members that pass the filter",
				 "%u territories; counted are members that pass the filter",
				 list->all),
			list->all);
	return g_strdup_printf(ngettext("%u territory", "%u territories", list->all), list->all);
}

static char *list_record(const struct view *view, const struct world *world)
{
	const struct list *list = view->state;
	const char *id = tableview_selected(list->table);

	(void)world;
	return id == NULL ? NULL : subject_new(KIND_TERRITORY, id);
}

const struct view_ops view_territories = {
	.name = "territories",
	.title = N_("Territories"),
	.scopes = SCOPE_LIST | SCOPE_EDIT,
	.open = list_open,
	.free = list_free,
	.refresh = list_refresh,
	.typing = list_typing,
	.update = list_update,
	.draw = list_draw,
	.prompt = list_prompt,
	.status = list_status,
	.record = list_record,
};
