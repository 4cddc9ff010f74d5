#include "tui/views/card.h"
#include "tui/widgets/table.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n.h>

/*
 * The list of institutions: sorted, filtered, searched; where it is wide enough,
 * with what is most important about the one under the cursor on the right.
 */
enum column { NAME, SECTOR, CITY, TIES, BRIDGE, SECTORS, VERIFIED, COLUMNS };

static const struct tableview_column columns[COLUMNS] = {
	[NAME] = { .title = N_("Name"), .width = 22, .grow = 4 },
	[SECTOR] = { .title = N_("Sector"), .width = 12, .grow = 1, .rank = 3 },
	[CITY] = { .title = N_("City"), .width = 11, .grow = 1, .rank = 5 },
	[TIES] = { .title = N_("Ties"), .width = 4, .right = true, .descending = true },
	[BRIDGE] = { .title = N_("Bridge"),
		     .width = 4,
		     .right = true,
		     .descending = true,
		     .bar = 3,
		     .rank = 2 },
	[SECTORS] = { .title = N_("Sect"),
		      .width = 4,
		      .right = true,
		      .descending = true,
		      .rank = 4 },
	[VERIFIED] = { .title = N_("Checked"), .width = 8, .descending = true, .rank = 1 },
};

#define DETAILS_COLUMNS 44

struct list {
	struct tableview *table;
	struct page *details;
	guint shown, all;
};

static void *list_open(struct app *app, const struct world *world, const char *subject)
{
	struct list *list = g_new0(struct list, 1);

	(void)app;
	(void)world;
	list->table = tableview_new(columns, COLUMNS, TIES);
	list->details = page_new();
	if (subject != NULL)
		list->table->selected = g_strdup(subject);
	return list;
}

static void list_free(void *state)
{
	struct list *list = state;

	tableview_free(list->table);
	page_free(list->details);
	g_free(list);
}

static char *search_text(const struct institution *one)
{
	GString *text = g_string_new(institution_name(one, false));

	if (one->short_name != NULL)
		g_string_append_printf(text, "\n%s", one->short_name);
	g_string_append_printf(text, "\n%s", one->base.id);
	for (guint i = 0; i < list_length(one->base.aliases); i++)
		g_string_append_printf(text, "\n%s", one->base.aliases[i]);
	if (one->city != NULL)
		g_string_append_printf(text, "\n%s", one->city);
	return g_string_free(text, FALSE);
}

static void add_measure(struct tableview *table, enum column column, const struct world *world,
			const char *id, int decimals, guint index)
{
	const struct measure *measure = measure_find(id);
	g_autofree char *text = NULL;
	double value;

	if (world->study == NULL || measure == NULL) {
		tableview_number(table, column, STYLE_DIM, NAN, "…");
		return;
	}
	value = study_of(world->study, measure, index);
	if (!isnan(value))
		text = g_strdup_printf("%.*f", decimals, value);
	tableview_number(table, column, STYLE_NORMAL, value, text);
}

static void add_row(struct tableview *table, const struct world *world, guint index)
{
	const struct model *model = world->model;
	const struct institution *one = model_institution(model, index);
	g_autofree char *search = search_text(one);
	guint ties = model->arc_start[index + 1] - model->arc_start[index];
	bool stale = model_is_stale(model, one->base.verified);
	char text[DATE_TEXT_SIZE + 2];

	tableview_row(table, one->base.id, search);
	tableview_text(table, NAME, STYLE_NORMAL, institution_name(one, false));
	tableview_text(
		table, SECTOR, STYLE_DIM,
		one->sector == NULL ? "" : model_term_name(model, VOCABULARY_SECTORS, one->sector));
	tableview_text(table, CITY, STYLE_DIM, one->city);
	tableview_number(table, TIES, STYLE_NORMAL, ties, NULL);
	add_measure(table, BRIDGE, world, "betweenness", 2, index);
	add_measure(table, SECTORS, world, "sectors-reached", 0, index);
	date_format(one->base.verified, text);
	if (date_is_set(one->base.verified) && stale)
		g_strlcat(text, "!", sizeof text);
	tableview_text(table, VERIFIED, stale ? STYLE_WARN : STYLE_DIM,
		       text[0] == '\0' ? "–" : text);
}

static bool has_details(const struct world *world)
{
	return app_area(world).cols >= APP_WIDE;
}

static void details_fill(struct list *list, const struct world *world)
{
	const char *id = tableview_selected(list->table);
	int index = id == NULL ? -1 : model_find(world->model, KIND_INSTITUTION, id);
	const struct institution *one;
	int width = DETAILS_COLUMNS - 2;

	page_begin(list->details);
	list->details->top = 0;
	if (index >= 0 && has_details(world)) {
		one = model_institution(world->model, (guint)index);
		card_title(list->details, institution_name(one, false),
			   one->sector == NULL ? NULL
					       : model_term_name(world->model, VOCABULARY_SECTORS,
								 one->sector));
		card_gaps(list->details, world, index, -1, 3, width);
		card_partners(list->details, world, (guint)index, width);
		card_says(list->details, world, (guint)index, 4, width);
	}
	page_end(list->details);
}

static void select_pending(struct list *list, struct app *app)
{
	const char *id;
	enum kind kind;

	if (!subject_parse(app->pending_subject, &kind, &id) || kind != KIND_INSTITUTION)
		return;
	if (tableview_select(list->table, id))
		g_clear_pointer(&app->pending_subject, g_free);
}

static void list_refresh(struct view *view, struct app *app, const struct world *world)
{
	struct list *list = view->state;
	struct filter *filter = app_filter(app, world);

	list->all = world->model->n[KIND_INSTITUTION];
	tableview_begin(list->table);
	for (guint i = 0; i < list->all; i++)
		if (filter_match(filter, world->model, i))
			add_row(list->table, world, i);
	tableview_end(list->table);
	tableview_layout(list->table, app_area(world).rows);
	page_layout(list->details, app_area(world).rows);
	list->shown = list->table->rows->len;
	select_pending(list, app);
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
		app_open(app, world, &view_institution, id);
		return true;
	}
	return false;
}

static void list_draw(const struct view *view, const struct app *app, const struct world *world,
		      struct grid *grid, struct rect area)
{
	const struct list *list = view->state;
	struct rect left = area, right = area;

	if (has_details(world)) {
		left.cols = area.cols - DETAILS_COLUMNS;
		right.col = left.col + left.cols + 2;
		right.cols = DETAILS_COLUMNS - 2;
		grid_fill(grid, (struct rect){ area.row, right.col - 1, area.rows, 1 }, STYLE_DIM,
			  "│");
		page_draw(list->details, grid, right, false);
	}
	tableview_draw(list->table, grid, left);
	if (list->shown == 0 && area.rows > 2)
		grid_put(grid, area.row + 2, area.col + 2, -1, STYLE_DIM,
			 app->filter[0] != '\0'
				 ? _("No institution passes the filter; Esc takes it off.")
				 : _("There is no institution yet."));
}

static char *list_status(const struct view *view, const struct app *app, const struct world *world)
{
	const struct list *list = view->state;
	guint marked = tableview_marked(list->table);
	GString *text = g_string_new(NULL);
	bool typing = app->prompt != NULL || tableview_typing(list->table);

	(void)world;
	if (tableview_typing(list->table) && list->table->no_match) {
		g_string_free(text, TRUE);
		return g_strdup(_("no match"));
	}
	g_string_printf(text, _("%u of %u"), list->shown, list->all);
	if (marked > 0)
		g_string_append_printf(text, " · %u %s", marked, _("marked"));
	if (!typing && list->table->sort >= 0)
		g_string_append_printf(text, _(" · by %s"), _(columns[list->table->sort].title));
	if (!typing && list->table->needle != NULL && list->table->needle[0] != '\0')
		g_string_append_printf(text, " · %s: %s",
				       list->table->no_match ? _("no match") : _("search"),
				       list->table->needle);
	return g_string_free(text, FALSE);
}

static char *list_record(const struct view *view, const struct world *world)
{
	const struct list *list = view->state;
	const char *id = tableview_selected(list->table);

	(void)world;
	return id == NULL ? NULL : subject_new(KIND_INSTITUTION, id);
}

const struct view_ops view_institutions = {
	.name = "institutions",
	.title = N_("Institutions"),
	.scopes = SCOPE_LIST | SCOPE_INSTITUTIONS | SCOPE_EDIT,
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
