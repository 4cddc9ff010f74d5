#include "tui/views/card.h"
#include "tui/views/tie.h"
#include "tui/widgets/table.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n.h>

/*
 * The list of ties: who works with whom, in what, how closely, since when, and
 * whether both say so.  Each tie is one row, however often it is declared.
 */
enum column { ONE, OTHER, KINDS, DEPTH, STATE, YEARS, TITLE, COLUMNS };

static const struct tableview_column columns[COLUMNS] = {
	[ONE] = { .title = N_("Between"), .width = 18, .grow = 4 },
	/* TRANSLATORS: between (one institution) and (another): head of the second column. */
	[OTHER] = { .title = N_("and"), .width = 18, .grow = 4 },
	[KINDS] = { .title = N_("Kinds"), .width = 14, .grow = 1, .rank = 2 },
	/* TRANSLATORS: how close they work together, at most 4 columns. */
	[DEPTH] = { .title = N_("How"), .width = 1, .right = true, .descending = true, .rank = 3 },
	/* TRANSLATORS: whether both say so, at most 4 columns. */
	[STATE] = { .title = N_("Both"), .width = 1, .right = true },
	[YEARS] = { .title = N_("Years"), .width = 9, .descending = true, .rank = 1 },
	[TITLE] = { .title = N_("About"), .width = 12, .grow = 4, .rank = 4 },
};

#define DETAILS_COLUMNS 46
#define ANY_STATE	(-1)

struct list {
	struct tableview *table;
	struct page *details;
	int state; /* only ties of this state, ANY_STATE: all */
	guint counts[TIE_DISPUTED + 1];
	guint all, in_filter;
};

static void *list_open(struct app *app, const struct world *world, const char *subject)
{
	struct list *list = g_new0(struct list, 1);

	(void)app;
	(void)world;
	list->table = tableview_new(columns, COLUMNS, YEARS);
	list->details = page_new();
	list->state = ANY_STATE;
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

static void search_name(GString *text, const struct model *model, guint index)
{
	const struct institution *one = model_institution(model, index);

	g_string_append_printf(text, "%s\n%s\n", institution_name(one, false), one->base.id);
	if (one->short_name != NULL)
		g_string_append_printf(text, "%s\n", one->short_name);
}

/* "2016-05" as 2016.05: in order, and the coarser first. */
static double date_number(struct date date)
{
	return date.year == 0 ? NAN : date.year + date.month / 100.0 + date.day / 10000.0;
}

static void add_row(struct tableview *table, const struct model *model, const struct tie *tie)
{
	g_autofree char *id = tie_name(model, tie, tie->a);
	g_autofree char *kinds = tie_kinds_text(model, tie);
	g_autofree char *years = tie_years_text(tie);
	g_autofree char *title = tie_title_text(model, tie);
	g_autoptr(GString) words = g_string_new(NULL);
	enum style style, name = tie->ended ? STYLE_DIM : STYLE_NORMAL;
	const char *glyph = tie_state_glyph(tie->state, &style);

	search_name(words, model, tie->a);
	search_name(words, model, tie->b);
	g_string_append_printf(words, "%s\n%s", kinds, title);
	tableview_row(table, id, words->str);
	tableview_text(table, ONE, name, institution_name(model_institution(model, tie->a), true));
	tableview_text(table, OTHER, name,
		       institution_name(model_institution(model, tie->b), true));
	tableview_text(table, KINDS, STYLE_DIM, kinds);
	tableview_number(table, DEPTH, STYLE_ACCENT,
			 tie->intensity < 0 ? NAN : (double)tie->intensity,
			 intensity_glyph(tie->intensity));
	tableview_number(table, STATE, style, tie->state, glyph);
	tableview_number(table, YEARS, STYLE_DIM, date_number(tie->since), years);
	tableview_text(table, TITLE, STYLE_DIM, title);
}

static bool has_details(const struct world *world)
{
	return app_area(world).cols >= APP_WIDE;
}

static void details_fill(struct list *list, const struct world *world)
{
	guint from;
	const struct tie *tie =
		tie_find(world->model, tableview_selected(list->table), &from, NULL);

	page_begin(list->details);
	list->details->top = 0;
	if (tie != NULL && has_details(world))
		tie_write(list->details, world, tie, from, DETAILS_COLUMNS - 2);
	page_end(list->details);
}

/* A filter of institutions: ties of at least one that passes, with whomever. */
static bool *passing(const struct model *model, const struct filter *filter)
{
	bool *passes = g_new0(bool, model->n[KIND_INSTITUTION] + 1);

	for (guint i = 0; i < model->n[KIND_INSTITUTION]; i++)
		passes[i] = filter_match(filter, model, i);
	return passes;
}

static void list_refresh(struct view *view, struct app *app, const struct world *world)
{
	struct list *list = view->state;
	const struct model *model = world->model;
	struct filter *filter = app_filter(app, world);
	g_autofree bool *passes = passing(model, filter);

	list->all = model->n_ties;
	list->in_filter = 0;
	memset(list->counts, 0, sizeof list->counts);
	tableview_begin(list->table);
	for (guint i = 0; i < model->n_ties; i++) {
		const struct tie *tie = &model->ties[i];

		if (!passes[tie->a] && !passes[tie->b])
			continue;
		list->in_filter++;
		list->counts[tie->state]++;
		if (list->state == ANY_STATE || list->state == (int)tie->state)
			add_row(list->table, model, tie);
	}
	tableview_end(list->table);
	tableview_layout(list->table, app_area(world).rows);
	page_layout(list->details, app_area(world).rows);
	details_fill(list, world);
	filter_free(filter);
}

static bool list_typing(const struct view *view)
{
	return tableview_typing(((const struct list *)view->state)->table);
}

static const struct prompt *list_prompt(const struct view *view)
{
	return ((const struct list *)view->state)->table->prompt;
}

/* The next state that some tie has; after the last all of them. */
static void next_state(struct list *list)
{
	do
		list->state = list->state == TIE_DISPUTED ? ANY_STATE : list->state + 1;
	while (list->state != ANY_STATE && list->counts[list->state] == 0);
}

static bool list_deed(struct list *list, struct app *app, const struct world *world,
		      enum action action, struct effects *effects)
{
	const char *name = tableview_selected(list->table);

	switch (action) {
	case ACTION_OPEN:
	case ACTION_RIGHT:
		if (name != NULL)
			app_open(app, world, &view_tie, name);
		return true;
	case ACTION_EDIT:
		tie_do(app, world, TIE_EDIT, name, effects);
		return true;
	case ACTION_CONFIRM:
		tie_do(app, world, TIE_CONFIRM, name, effects);
		return true;
	case ACTION_DELETE:
		tie_do(app, world, TIE_REMOVE, name, effects);
		return true;
	default:
		return false;
	}
}

static bool list_update(struct view *view, struct app *app, const struct world *world,
			const struct event *event, enum action action, struct effects *effects)
{
	struct list *list = view->state;
	char *yanked;

	if (event->type == EVENT_DONE)
		tie_say_done(app, world, event->change);
	if (event->type != EVENT_KEY)
		return false;
	if (tableview_update(list->table, event, action)) {
		details_fill(list, world);
		return true;
	}
	if (action == ACTION_STATE) {
		next_state(list);
		list_refresh(view, app, world);
		return true;
	}
	if (action == ACTION_YANK) {
		yanked = tableview_marks(list->table);
		if (yanked == NULL)
			yanked = g_strdup(tableview_selected(list->table));
		if (yanked != NULL)
			effects_add(effects, EFFECT_YANK)->text = yanked;
		return true;
	}
	return list_deed(list, app, world, action, effects);
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
			 app->filter[0] != '\0' ? _("No partnership passes the filter.")
						: _("There is no partnership yet."));
}

/* The key to the signs, with how many there are of each. */
static void append_states(GString *text, const struct list *list)
{
	for (int state = 0; state <= TIE_DISPUTED; state++) {
		enum style style;

		if (list->counts[state] > 0 && (list->state == ANY_STATE || list->state == state))
			g_string_append_printf(
				text, " · %s %u %s", tie_state_glyph((enum tie_state)state, &style),
				list->counts[state], tie_state_label((enum tie_state)state));
	}
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
	append_states(text, list);
	if (marked > 0)
		g_string_append_printf(text, " · %u %s", marked, _("marked"));
	if (needle != NULL && needle[0] != '\0')
		g_string_append_printf(text, " · %s: %s",
				       list->table->no_match ? _("no match") : _("search"), needle);
	return g_string_free(text, FALSE);
}

/* Two institutions, so none of them: history is that of everything. */
const struct view_ops view_partnerships = {
	.name = "partnerships",
	.title = N_("Partnerships"),
	/* TRANSLATORS: as row 1 shows it on 80 columns; at most 7 columns. */
	.brief = N_("Partn."),
	.scopes = SCOPE_LIST | SCOPE_EDIT | SCOPE_TIE | SCOPE_PARTNERSHIPS,
	.open = list_open,
	.free = list_free,
	.refresh = list_refresh,
	.typing = list_typing,
	.update = list_update,
	.draw = list_draw,
	.prompt = list_prompt,
	.status = list_status,
};
