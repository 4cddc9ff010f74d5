#include "tui/views/carry.h"
#include "tui/views/programme.h"
#include "tui/widgets/table.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n.h>

/*
 * The list of programmes: what runs when, who leads or funds it, how many take
 * part, and how many ties rest on it.
 */
enum column { NAME, KIND, YEARS, WHO, PART, TIES, BUDGET, COLUMNS };

static const struct tableview_column columns[COLUMNS] = {
	[NAME] = { .title = N_("Name"), .width = 32, .grow = 4 },
	[KIND] = { .title = N_("Kind"), .width = 12, .rank = 3 },
	[YEARS] = { .title = N_("Years"), .width = 9, .descending = true },
	/* TRANSLATORS: who leads or funds a programme. */
	[WHO] = { .title = N_("Led or funded by"), .width = 16, .grow = 2, .rank = 2 },
	/* TRANSLATORS: how many institutions take part, at most 5 columns. */
	[PART] = { .title = N_("Part"), .width = 3, .right = true, .descending = true },
	[TIES] = { .title = N_("Ties"), .width = 3, .right = true, .descending = true, .rank = 1 },
	[BUDGET] = { .title = N_("Budget"), .width = 14, .right = true, .rank = 4 },
};

#define DETAILS_COLUMNS 48
#define SOON_MONTHS	12

struct list {
	struct tableview *table;
	struct page *details;
	struct carry *carry;
	guint all, soon;
};

static void *list_open(struct app *app, const struct world *world, const char *subject)
{
	struct list *list = g_new0(struct list, 1);

	(void)app;
	(void)world;
	(void)subject;
	list->table = tableview_new(columns, COLUMNS, YEARS);
	list->details = page_new();
	return list;
}

static void list_free(void *state)
{
	struct list *list = state;

	tableview_free(list->table);
	page_free(list->details);
	carry_free(list->carry);
	g_free(list);
}

static char *who_text(const struct model *model, const struct programme *one)
{
	GString *out = g_string_new(NULL);

	if (one->lead != NULL)
		g_string_append(out, model_name(model, KIND_INSTITUTION, one->lead, true));
	for (guint i = 0; i < list_length(one->donors); i++)
		if (g_strcmp0(one->donors[i], one->lead) != 0)
			g_string_append_printf(
				out, "%s%s", out->len > 0 ? ", " : "",
				model_name(model, KIND_INSTITUTION, one->donors[i], true));
	return g_string_free(out, FALSE);
}

/* Everybody with a part in it, each once. */
static guint count_parts(const struct programme *one)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);

	if (one->lead != NULL)
		g_hash_table_add(seen, (gpointer)one->lead);
	for (guint i = 0; i < list_length(one->donors); i++)
		g_hash_table_add(seen, (gpointer)one->donors[i]);
	for (guint i = 0; i < one->participants.n; i++) {
		const char *id = ITEMS(struct participant, one->participants)[i].institution;

		if (id != NULL)
			g_hash_table_add(seen, (gpointer)id);
	}
	return g_hash_table_size(seen);
}

static void add_row(struct list *list, const struct model *model, guint i)
{
	const struct programme *one = model_programme(model, i);
	const struct record_type *type = record_type(KIND_PROGRAMME);
	const char *name = one->base.name != NULL ? one->base.name : one->base.id;
	g_autofree char *who = who_text(model, one);
	g_autofree char *years = programme_years(one);
	g_autofree char *kind = model_field_text(model, record_field(type, "kind"), one);
	g_autofree char *budget = model_field_text(model, record_field(type, "budget"), one);
	g_autofree char *words = g_strdup_printf("%s\n%s\n%s\n%s", name, one->base.id, who,
						 kind == NULL ? "" : kind);
	struct date start = one->start;
	double at = start.year == 0 ? NAN : start.year + start.month / 100.0 + start.day / 10000.0;

	tableview_row(list->table, one->base.id, words);
	tableview_text(list->table, NAME, STYLE_NORMAL, name);
	tableview_text(list->table, KIND, STYLE_DIM, kind);
	tableview_number(list->table, YEARS, STYLE_DIM, at, years);
	tableview_text(list->table, WHO, STYLE_DIM, who);
	tableview_number(list->table, PART, STYLE_NORMAL, count_parts(one), NULL);
	tableview_number(list->table, TIES, STYLE_NORMAL, list->carry->ties[i]->len, NULL);
	tableview_text(list->table, BUDGET, STYLE_DIM, budget);
}

static bool ends_soon(const struct programme *one, struct date today)
{
	int months = date_is_set(one->end) ? date_months_between(today, one->end) : -1;

	return date_compare(date_last_day(one->end), today) >= 0 && months < SOON_MONTHS;
}

static bool has_details(const struct world *world)
{
	return app_area(world).cols >= APP_WIDE;
}

static void details_fill(struct list *list, const struct world *world)
{
	const char *id = tableview_selected(list->table);
	int at = id == NULL ? -1 : model_find(world->model, KIND_PROGRAMME, id);

	page_begin(list->details);
	list->details->top = 0;
	if (at >= 0 && has_details(world))
		programme_write(list->details, world, list->carry, (guint)at, DETAILS_COLUMNS - 2);
	page_end(list->details);
}

/* Of a filter of institutions: programmes in which somebody that passes has a part. */
static GHashTable *passing(const struct model *model, const struct filter *filter)
{
	GHashTable *ids;

	if (filter == NULL)
		return NULL;
	ids = g_hash_table_new(g_str_hash, g_str_equal);
	for (guint i = 0; i < model->n[KIND_INSTITUTION]; i++)
		if (filter_match(filter, model, i))
			g_hash_table_add(ids, (gpointer)model_institution(model, i)->base.id);
	return ids;
}

static bool passes(GHashTable *ids, const struct programme *one)
{
	if (ids == NULL || (one->lead != NULL && g_hash_table_contains(ids, one->lead)))
		return true;
	for (guint i = 0; i < list_length(one->donors); i++)
		if (g_hash_table_contains(ids, one->donors[i]))
			return true;
	for (guint i = 0; i < one->participants.n; i++) {
		const char *id = ITEMS(struct participant, one->participants)[i].institution;

		if (id != NULL && g_hash_table_contains(ids, id))
			return true;
	}
	return false;
}

static void list_refresh(struct view *view, struct app *app, const struct world *world)
{
	struct list *list = view->state;
	const struct model *model = world->model;
	struct filter *filter = app_filter(app, world);
	GHashTable *ids = passing(model, filter);

	carry_free(list->carry);
	list->carry = carry_new(model);
	list->all = model->n[KIND_PROGRAMME];
	list->soon = 0;
	tableview_begin(list->table);
	for (guint i = 0; i < list->all; i++) {
		const struct programme *one = model_programme(model, i);

		if (!passes(ids, one))
			continue;
		list->soon += ends_soon(one, world->today);
		add_row(list, model, i);
	}
	tableview_end(list->table);
	tableview_layout(list->table, app_area(world).rows);
	page_layout(list->details, app_area(world).rows);
	details_fill(list, world);
	filter_free(filter);
	if (ids != NULL)
		g_hash_table_unref(ids);
}

static bool list_typing(const struct view *view)
{
	return tableview_typing(((const struct list *)view->state)->table);
}

static const struct prompt *list_prompt(const struct view *view)
{
	return ((const struct list *)view->state)->table->prompt;
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
		app_open(app, world, &view_programme, id);
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
	if (list->table->rows->len == 0 && area.rows > 2)
		grid_put(grid, area.row + 2, area.col + 2, -1, STYLE_DIM,
			 app->filter[0] != '\0'
				 ? _("Nobody who passes the filter takes part in a programme.")
				 : _("There is no programme yet."));
}

static char *list_status(const struct view *view, const struct app *app, const struct world *world)
{
	const struct list *list = view->state;
	GString *text = g_string_new(NULL);
	guint marked = tableview_marked(list->table);
	const char *needle = list->table->needle;
	bool typing = app->prompt != NULL || tableview_typing(list->table);

	(void)world;
	if (tableview_typing(list->table) && list->table->no_match) {
		g_string_free(text, TRUE);
		return g_strdup(_("no match"));
	}
	g_string_printf(text, _("%u of %u"), list->table->rows->len, list->all);
	if (typing)
		return g_string_free(text, FALSE);
	if (list->soon > 0)
		g_string_append_printf(
			text,
			ngettext(" · %u ends within a year", " · %u end within a year", list->soon),
			list->soon);
	if (marked > 0)
		g_string_append_printf(text, " · %u %s", marked, _("marked"));
	if (needle != NULL && needle[0] != '\0')
		g_string_append_printf(text, " · %s: %s",
				       list->table->no_match ? _("no match") : _("search"), needle);
	return g_string_free(text, FALSE);
}

static char *list_record(const struct view *view, const struct world *world)
{
	const char *id = tableview_selected(((const struct list *)view->state)->table);

	(void)world;
	return id == NULL ? NULL : subject_new(KIND_PROGRAMME, id);
}

const struct view_ops view_programmes = {
	.name = "programmes",
	.title = N_("Programmes"),
	/* TRANSLATORS: as row 1 shows it on 80 columns; at most 7 columns. */
	.brief = N_("Progr."),
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
