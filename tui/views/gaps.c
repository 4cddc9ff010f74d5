#include "tui/views/gaps.h"

#include "graph/gap_passing.h"
#include "graph/gap_row.h"
#include "tui/views/gap_work.h"
#include "tui/widgets/table.h"

#include <string.h>

#include <glib/gi18n.h>

#include "base/context.h"

/*
 * The register of gaps, severest first: what is missing on the left or above, and
 * beside or below it what to do about the one under the cursor.
 */
#define OWNER_MOST 8 /* columns of who sees to a gap, in the list */

struct register_view {
	struct tableview *table;
	struct page *details;
	const struct gap_kind *kind; /* only these; NULL: all */
	bool in_details;	     /* keys go to the pane */
	bool hidden;		     /* also those that are closed, dismissed or put off */
	char *kept;		     /* shown though it is: it was moved on here a moment ago */
	struct study *study;	     /* the one whose gaps are shown, until there is another */
	struct filter_rows *fields;  /* all its gaps as a filter asks for them */
	GPtrArray *rows;	     /* const struct gap *, of the study */
	guint all;
	guint n_hidden; /* of those that would be shown, closed, dismissed or put off */
	struct gap_work work;
	struct rect list, pane; /* in the view's area; pane without rows: no room */
};

static const struct gap *gap_at(const void *data, guint record)
{
	return g_ptr_array_index(((const struct register_view *)data)->rows, record);
}

static double severity_number(const void *data, const void *arg, guint record)
{
	(void)arg;
	return gap_at(data, record)->severity;
}

static char *severity_cell(const void *data, const void *arg, guint record, enum style *style)
{
	(void)arg;
	*style = gap_style(gap_at(data, record)->severity);
	return g_strdup_printf("%.2f", gap_at(data, record)->severity);
}

static char *title_cell(const void *data, const void *arg, guint record, enum style *style)
{
	const struct gap *gap = gap_at(data, record);

	(void)arg;
	*style = gap->hidden ? STYLE_DIM : STYLE_NORMAL;
	return g_strdup(gap->title);
}

static char *status_cell(const void *data, const void *arg, guint record, enum style *style)
{
	const struct gap *gap = gap_at(data, record);

	(void)arg;
	*style = gap->hidden ? STYLE_DIM : STYLE_ACCENT;
	return gap_status_brief(gap, OWNER_MOST);
}

static char *kind_cell(const void *data, const void *arg, guint record, enum style *style)
{
	(void)arg;
	*style = STYLE_DIM;
	return g_strdup(_(gap_at(data, record)->kind->name));
}

enum column { SEVERITY, TITLE, STATUS, KIND, COLUMNS };

static const struct tableview_column columns[COLUMNS] = {
	[SEVERITY] = { .key = "severity",
		       .title = NC_("column", "Weight"),
		       .width = 4,
		       .right = true,
		       .descending = true,
		       .bar = 3,
		       .number = severity_number,
		       .text = severity_cell },
	[TITLE] = { .key = "title",
		    .title = NC_("column", "What is missing"),
		    .width = 44,
		    .grow = 6,
		    .text = title_cell },
	[STATUS] = { .key = "status",
		     .title = NC_("column", "Status"),
		     .width = 12,
		     .grow = 1,
		     .rank = 1,
		     .words = true,
		     .text = status_cell },
	[KIND] = { .key = "kind",
		   .title = NC_("column", "Kind of gap"),
		   .width = 18,
		   .grow = 1,
		   .rank = 2,
		   .last = true,
		   .text = kind_cell },
};

static void *gaps_open(struct app *app, const struct world *world, const char *subject)
{
	struct register_view *state = g_new0(struct register_view, 1);

	(void)app;
	state->table = tableview_new(columns, COLUMNS, SEVERITY);
	state->details = page_new();
	state->rows = g_ptr_array_new();
	if (gap_of(world, subject))
		state->table->selected = g_strdup(subject);
	return state;
}

static void gaps_free(void *data)
{
	struct register_view *state = data;

	tableview_free(state->table);
	page_free(state->details);
	g_ptr_array_unref(state->rows);
	study_unref(state->study);
	gap_rows_free(state->fields);
	gap_work_release(&state->work);
	g_free(state->kept);
	g_free(state);
}

/* Of the network that the gaps are of, which may be that of before. */
static char *words(const void *data, guint record)
{
	const struct gap *gap = gap_at(data, record);
	const struct model *model = study_model(((const struct register_view *)data)->study);
	GString *text = g_string_new(gap->title);

	g_string_append_printf(text, " %s %s", gap->kind->id, _(gap->kind->name));
	for (guint i = 0; i < gap->institutions->len && i < 30; i++)
		g_string_append_printf(
			text, " %s",
			institution_name(model_institution(
						 model, g_array_index(gap->institutions, guint, i)),
					 true));
	return g_string_free(text, FALSE);
}

static char *id_of(const void *data, guint record)
{
	return g_strdup(gap_at(data, record)->id);
}

static int find(const void *data, const char *id)
{
	const GPtrArray *rows = ((const struct register_view *)data)->rows;

	for (guint i = 0; i < rows->len; i++)
		if (strcmp(gap_at(data, i)->id, id) == 0)
			return (int)i;
	return -1;
}

static void fill_details(struct register_view *state, const struct world *world)
{
	const struct gap *gap = gap_of(world, tableview_selected(state->table));

	page_layout(state->details, state->pane.rows);
	page_begin(state->details);
	state->details->focus = -1;
	g_clear_pointer(&state->details->focus_link, g_free);
	if (gap)
		gap_write(state->details, world, gap, state->pane.cols, false);
	page_end(state->details);
	state->details->top = 0;
}

#define PANE_LEAST 40

/* Beside the list where it is wide, below it where it is high enough, else not at all. */
static void arrange(struct register_view *state, const struct world *world)
{
	struct rect area = app_area(world);
	int rows = area.rows, cols = area.cols;

	state->list = (struct rect){ 0, 0, rows, cols };
	state->pane = (struct rect){ 0, 0, 0, cols };
	if (cols >= APP_WIDE) {
		state->list.cols = CLAMP(tableview_full(state->table), cols * 11 / 20,
					 MIN(cols - PANE_LEAST - 2, cols * 2 / 3));
		state->pane =
			(struct rect){ 0, state->list.cols + 2, rows, cols - state->list.cols - 2 };
	} else if (rows >= 10) {
		state->list.rows = MAX(5, rows * 2 / 5);
		state->pane =
			(struct rect){ state->list.rows + 1, 0, rows - state->list.rows - 1, cols };
	}
	tableview_layout(state->table, state->list.rows);
}

/* What the list is of.  A gap that was closed with > stays until the cursor leaves it, so that
 * one > too many does not move on the next. */
static bool is_listed(const struct register_view *state, const struct gap *gap)
{
	return state->hidden || !gap->hidden || g_strcmp0(gap->id, state->kept) == 0;
}

/* Whether a gap names the record of a subject, "institution/innovec"; any does where that is none.
 */
static bool gap_is_of(const struct gap *gap, const char *subject, const struct model *model)
{
	enum kind kind;
	const char *id;
	int at;

	if (!subject || !subject_parse(subject, &kind, &id) ||
	    (kind != KIND_INSTITUTION && kind != KIND_TERRITORY))
		return true;
	at = model_find(model, kind, id);
	if (at < 0)
		return false;
	if (kind == KIND_TERRITORY)
		return gap->territory == at;
	for (guint i = 0; i < gap->institutions->len; i++) {
		if (g_array_index(gap->institutions, guint, i) == (guint)at)
			return true;
	}
	return false;
}

static void fill_table(struct view *view, struct app *app, const struct world *world)
{
	struct register_view *state = view->state;
	const GPtrArray *gaps = world->study ? study_all_gaps(world->study) : NULL;
	struct filter *filter = app_filter(app, world);
	struct gap_passing passing = { .filter = filter, .model = world->model };
	struct tableview_source source = { state, 0, id_of, find, words, NULL };

	study_unref(state->study);
	state->study = world->study ? study_ref(world->study) : NULL;
	gap_rows_free(state->fields);
	state->fields = gap_rows_new(world->model, gaps);
	struct filter *own =
		view->own ? filter_parse_rows(view->own, state->fields, NULL, NULL, NULL) : NULL;
	bool by_status = filter_asks_row(own, "status");

	state->all = state->n_hidden = 0;
	g_ptr_array_set_size(state->rows, 0);
	for (guint i = 0; gaps && i < gaps->len; i++) {
		const struct gap *gap = g_ptr_array_index(gaps, i);
		/* Whoever asks for a status means also those of it that are out of sight. */
		bool listed = by_status || is_listed(state, gap);

		state->all += listed;
		if (!filter_match_row(own, world->model, state->fields->all[i]))
			continue;
		if ((state->kind && gap->kind != state->kind) ||
		    !gap_is_of(gap, view->subject, world->model) || !gap_passes(&passing, gap))
			continue;
		/* The one kept in sight is not missing from the list. */
		state->n_hidden += gap->hidden && (state->hidden || !listed);
		if (listed)
			g_ptr_array_add(state->rows, (gpointer)gap);
	}
	source.n = state->rows->len;
	tableview_fill(state->table, &source, TABLEVIEW_RECORDS);
	gap_passing_clear(&passing);
	filter_free(own);
	filter_free(filter);
}

static const struct filter_rows *gaps_rows(const struct view *view)
{
	return ((const struct register_view *)view->state)->fields;
}

static void gaps_refresh(struct view *view, struct app *app, const struct world *world)
{
	struct register_view *state = view->state;
	/* The selection is by id: it must outlive the time without a study. */
	bool stays = !world->study && tableview_shown(state->table);

	if (!stays) {
		if (!state->table->selected && gap_of(world, view->subject))
			state->table->selected = g_strdup(view->subject);
		fill_table(view, app, world);
	}
	arrange(state, world);
	if (stays)
		page_layout(state->details, state->pane.rows);
	else
		fill_details(state, world);
	if (state->pane.rows <= 0)
		state->in_details = false;
}

static bool gaps_typing(const struct view *view)
{
	const struct register_view *state = view->state;

	return state->work.prompt || tableview_typing(state->table);
}

static bool gaps_click(struct view *view, const struct world *world, struct rect area, int row,
		       int col)
{
	struct register_view *state = view->state;
	struct rect list = state->list;
	bool again;

	list.row += area.row;
	list.col += area.col;
	if (row >= list.row + list.rows || col >= list.col + list.cols)
		return false;
	state->in_details = false;
	again = tableview_click(state->table, list, row, col);
	fill_details(state, world);
	return again;
}

static bool gaps_busy(const struct view *view)
{
	return !tableview_is_done(((const struct register_view *)view->state)->table);
}

static const struct prompt *gaps_prompt(const struct view *view)
{
	const struct register_view *state = view->state;

	return state->work.prompt ? state->work.prompt : state->table->prompt;
}

/* The next kind that the register has any of, then all again. */
static void next_kind(struct view *view, struct app *app, const struct world *world)
{
	struct register_view *state = view->state;
	guint n;
	const struct gap_kind *kinds = gap_kinds(&n);
	guint at = state->kind ? (guint)(state->kind - kinds) + 1 : 0;

	for (;;) {
		state->kind = at < n ? &kinds[at] : NULL;
		fill_table(view, app, world);
		if (!state->kind || tableview_shown(state->table))
			break;
		at++;
	}
	fill_details(state, world);
	if (state->kind)
		app_say(app, STYLE_NORMAL, "%s: %s", _(state->kind->name),
			_(state->kind->sentence));
	else
		app_say(app, STYLE_NORMAL, _("All kinds of gaps."));
}

/* The one that the cursor is on in the pane, where each has one line to stand on; NULL: none. */
static const struct candidate *candidate_at(const struct register_view *state,
					    const struct gap *gap)
{
	const struct page *page = state->details;
	guint before = 0;

	if (!gap || !state->in_details || page_link(page) == NULL)
		return NULL;
	for (int i = 0; i < page->focus; i++)
		before +=
			((const struct page_line *)g_ptr_array_index(page->lines, i))->link != NULL;
	return before < gap->candidates->len ? g_ptr_array_index(gap->candidates, before) : NULL;
}

static bool gaps_act(struct view *view, struct app *app, const struct world *world,
		     enum action action, struct effects *effects)
{
	struct register_view *state = view->state;
	const char *id = tableview_selected(state->table);

	switch (action) {
	case ACTION_GAP_ALL:
		state->hidden = !state->hidden;
		fill_table(view, app, world);
		fill_details(state, world);
		app_say(app, STYLE_NORMAL, "%s",
			state->hidden ? _("Also those that are closed, dismissed or put off.")
				      : _("Without those that are closed, dismissed or put off."));
		return true;
	case ACTION_KIND:
		state->in_details = false;
		next_kind(view, app, world);
		return true;
	case ACTION_PANE:
		state->in_details = !state->in_details && state->pane.rows > 0;
		return true;
	case ACTION_OPEN:
		if (state->in_details && page_follow(page_link(state->details), app, world))
			return true;
		if (id)
			app_open(app, world, &view_gap, id);
		return id != NULL;
	case ACTION_YANK:
		if (id)
			effects_add(effects, EFFECT_YANK)->text = g_strdup(id);
		return true;
	case ACTION_BACK:
		if (!state->in_details)
			return false;
		state->in_details = false;
		return true;
	case ACTION_GAP_FORWARD:
	case ACTION_GAP_BACKWARD:
		g_free(state->kept);
		state->kept = g_strdup(id);
		break;
	default:
		break;
	}
	return gap_work_act(&state->work, app, world, gap_of(world, id),
			    candidate_at(state, gap_of(world, id)), action, effects);
}

/* What was kept under the cursor goes with it. */
static void let_go(struct view *view, struct app *app, const struct world *world)
{
	struct register_view *state = view->state;

	if (!state->kept || g_strcmp0(state->kept, tableview_selected(state->table)) == 0)
		return;
	g_clear_pointer(&state->kept, g_free);
	fill_table(view, app, world);
}

static bool gaps_update(struct view *view, struct app *app, const struct world *world,
			const struct event *event, enum action action, struct effects *effects)
{
	struct register_view *state = view->state;

	if (event->type == EVENT_AGAIN) {
		tableview_work(state->table);
		fill_details(state, world);
	}
	if (event->type != EVENT_KEY)
		return false;
	if (state->work.prompt) {
		gap_work_key(&state->work, app, world, event->key, effects);
		return true;
	}
	if (!tableview_typing(state->table)) {
		if (state->in_details && page_update(state->details, action))
			return true;
		if (gaps_act(view, app, world, action, effects))
			return true;
	}
	if (!tableview_update(state->table, event, action))
		return false;
	state->in_details = false;
	let_go(view, app, world);
	fill_details(state, world);
	return true;
}

static void draw_empty(const struct register_view *state, bool filtered, const struct world *world,
		       struct grid *grid, struct rect area)
{
	const char *text = !world->study ? app_waiting(world)
			   : filtered	 ? _("No gap concerns what passes the filter.")
			   : !world->model->n[KIND_INSTITUTION] ? _("There is no institution yet.")
			   : state->all ? _("No gap of the register is about this.")
					: _("No gap was found: well done.");

	grid_put(grid, area.row + 2, area.col + 2, -1, STYLE_DIM, text);
}

static void gaps_draw(const struct view *view, const struct app *app, const struct world *world,
		      struct grid *grid, struct rect area)
{
	const struct register_view *state = view->state;
	struct rect list = state->list, pane = state->pane;
	bool beside = pane.col > 0;

	list.row += area.row;
	list.col += area.col;
	pane.row += area.row;
	pane.col += area.col;
	tableview_draw(state->table, grid, list);
	if (!tableview_shown(state->table)) {
		draw_empty(state, app->filter[0] || view->own, world, grid, list);
		return;
	}
	if (pane.rows <= 0)
		return;
	if (beside)
		grid_fill(grid, (struct rect){ pane.row, pane.col - 1, pane.rows, 1 }, STYLE_DIM,
			  "│");
	else
		grid_fill(grid, (struct rect){ pane.row - 1, pane.col, 1, pane.cols }, STYLE_DIM,
			  "─");
	page_draw(state->details, grid, pane, state->in_details);
}

/* What is not in the list, or would not be, and the key for that. */
static char *hidden_text(const struct register_view *state, const struct app *app)
{
	char key[16];

	key_text(keymap_key(&app->keymap, ACTION_GAP_ALL), key);
	if (state->hidden)
		/* TRANSLATORS: gaps that are closed, dismissed or put off; %s is a key */
		return g_strdup_printf(
			ngettext("%u of them is done with or put off: %s hides it",
				 "%u of them are done with or put off: %s hides them",
				 state->n_hidden),
			state->n_hidden, key);
	/* TRANSLATORS: the same; they are not in the list */
	return g_strdup_printf(ngettext("%u done with or put off: %s shows it",
					"%u done with or put off: %s shows them", state->n_hidden),
			       state->n_hidden, key);
}

static char *gaps_status(const struct view *view, const struct app *app, const struct world *world)
{
	const struct register_view *state = view->state;
	GString *text = g_string_new(NULL);

	(void)world;
	if (state->all == 0 && state->n_hidden == 0)
		return g_string_free(text, FALSE);
	g_string_printf(text, _("%u of %u gaps"), tableview_shown(state->table), state->all);
	if (state->kind)
		g_string_append_printf(text, " · %s", _(state->kind->name));
	if (state->n_hidden > 0) {
		g_autofree char *hidden = hidden_text(state, app);

		g_string_append_printf(text, " · %s", hidden);
	}
	return g_string_free(text, FALSE);
}

static char *gaps_place(const struct view *view, const struct world *world)
{
	enum kind kind;
	const char *id;

	if (!view->subject || !subject_parse(view->subject, &kind, &id) ||
	    model_find(world->model, kind, id) < 0)
		return NULL;
	return g_strdup_printf(_("Gaps: %s"), model_name(world->model, kind, id, true));
}

/* In the pane the person under the cursor can be edited, asked for, copied. */
static char *gaps_record(const struct view *view, const struct world *world)
{
	const struct register_view *state = view->state;

	(void)world;
	return state->in_details ? g_strdup(page_link(state->details)) : NULL;
}

static bool gaps_can(const struct view *view, const struct world *world, enum action action)
{
	const struct register_view *state = view->state;

	if (action == ACTION_PANE)
		return state->pane.rows > 0;
	return gap_work_can(world, gap_of(world, tableview_selected(state->table)), action);
}

static char *gaps_looks_at(const struct view *view)
{
	const char *id = tableview_selected(((const struct register_view *)view->state)->table);

	return id == NULL ? NULL : g_strconcat("gap/", id, NULL);
}

const struct view_ops view_gaps = {
	.name = "gaps",
	.title = N_("Gaps"),
	.brief = IN_CONTEXT("tab", "Gaps"),
	.scopes = SCOPE_GAPS | SCOPE_GAP,
	.open = gaps_open,
	.free = gaps_free,
	.refresh = gaps_refresh,
	.typing = gaps_typing,
	.busy = gaps_busy,
	.click = gaps_click,
	.update = gaps_update,
	.draw = gaps_draw,
	.rows = gaps_rows,
	.format = "gaps",
	.place = gaps_place,
	.prompt = gaps_prompt,
	.status = gaps_status,
	.record = gaps_record,
	.looks_at = gaps_looks_at,
	.can = gaps_can,
};
