#include "tui/views/time.h"

#include <string.h>

#include <glib/gi18n.h>

#include "base/context.h"
#include "base/text.h"
#include "tui/as_of.h"
#include "tui/views/passing.h"
#include "tui/widgets/panes.h"
#include "tui/widgets/prompt.h"

/*
 * How the network grew: a row of bars for institutions, ties, programmes and
 * territories, a year under the cursor, and what that year brought; or two years
 * compared.
 */
#define LABEL_COLUMNS 14
#define VALUE_COLUMNS 8
#define VALUES	      4	 /* so far, without a date, new, ended */
#define YEAR_MOST     4	 /* columns of a year */
#define ROWS_HEAD     9	 /* of the view, from which the chart says what its numbers are */
#define ROWS_WHOLE    14 /* from which it also says what it does not know */
#define STEPS	      8
#define AT_ONCE	      4096 /* institutions up to which nobody notices */

struct time_view {
	struct chronicle *chronicle; /* NULL: none is made yet */
	struct chronicle *making;    /* the next one; NULL: none is wanted */
	struct study *against;	     /* that its filter asks */
	struct rect area;	     /* `chronicle` is laid out in */
	GPtrArray *figures;
	struct panes *panes;
	int year;	     /* under the cursor; 0: not chosen yet */
	int now;	     /* this year */
	int shown_year;	     /* everything is shown as of it; 0: as it is now */
	int base;	     /* compared with, 0: none */
	struct prompt *with; /* while the other year is asked for, else NULL, … */
	int asked;	     /* … and which year is to be compared with it */
	bool alone;	     /* bars of each year alone, else all so far */
	int left, shown;     /* first year shown, how many */
	int year_columns;    /* of each */
	int chart_rows;
	GPtrArray *undated; /* what a column without dates means, in lines; none: it is empty */
};

static void *view_open(struct app *app, const struct world *world, const char *subject)
{
	struct time_view *view = g_new0(struct time_view, 1);

	(void)app;
	(void)world;
	(void)subject;
	view->panes = panes_new();
	return view;
}

static void view_drop(struct time_view *view)
{
	g_clear_pointer(&view->chronicle, chronicle_free);
	g_clear_pointer(&view->figures, g_ptr_array_unref);
	g_clear_pointer(&view->undated, g_ptr_array_unref);
}

static void making_drop(struct time_view *view)
{
	g_clear_pointer(&view->making, chronicle_free);
	g_clear_pointer(&view->against, study_unref);
}

static void view_free(void *state)
{
	struct time_view *view = state;

	view_drop(view);
	making_drop(view);
	panes_free(view->panes);
	prompt_free(view->with);
	g_free(view);
}

static bool has_years(const struct time_view *view)
{
	return view->chronicle->first <= view->chronicle->last;
}

/* What is yet to come has not grown: the chart ends with this year. */
static int last_year(const struct time_view *view)
{
	const struct chronicle *chronicle = view->chronicle;

	return MIN(chronicle->last, MAX(view->now, chronicle->first));
}

static bool has_head(struct rect area)
{
	return area.rows >= ROWS_HEAD;
}

static int undated_rows(const struct time_view *view, struct rect area)
{
	return area.rows < ROWS_WHOLE ? 0 : (int)MIN(view->undated->len, 2);
}

static GPtrArray *undated_lines(const struct chronicle *chronicle, int columns)
{
	gsize last = chronicle_at(chronicle, chronicle->last, 0);
	guint n = 0;

	for (guint s = 0; s < SERIES_COUNT && chronicle->first <= chronicle->last; s++)
		n += chronicle->undated[last + s];
	return n == 0 ? g_ptr_array_new()
		      : text_wrap(_("What has no date counts as there in every year, and is in no "
				    "bar: @ shows both together."),
				  columns);
}

/* Years that fit, the one under the cursor among them. */
static void chart_layout(struct time_view *view, struct rect area)
{
	const struct chronicle *chronicle = view->chronicle;
	int room = MAX(area.cols - LABEL_COLUMNS - VALUES * VALUE_COLUMNS - 2, 4);
	int last = last_year(view), years = last - chronicle->first + 1;

	view->year_columns = CLAMP(room / MAX(years, 1), 1, YEAR_MOST);
	view->shown = CLAMP(room / view->year_columns, 1, MAX(years, 1));
	if (view->left < chronicle->first || view->left + view->shown - 1 > last)
		view->left = last - view->shown + 1;
	if (view->year < view->left)
		view->left = view->year;
	if (view->year >= view->left + view->shown)
		view->left = view->year - view->shown + 1;
	if (view->undated != NULL)
		g_ptr_array_unref(view->undated);
	view->undated = undated_lines(chronicle, MAX(area.cols - 2, 8));
	view->chart_rows = SERIES_COUNT + 1 + has_head(area) + undated_rows(view, area);
}

/* The history is that of the network as it is, whichever year the other views show. */
static void pages_fill(struct time_view *view, const struct world *seen)
{
	const struct world now = world_now(seen), *world = &now;
	static const int weights[] = { 11, 9, 1 };
	struct rect area = app_area(world);
	struct panes *panes = view->panes;
	struct page *left, *right;
	int rows = MIN(view->chart_rows, MAX(area.rows - 1, 0));

	area.row += rows;
	area.rows -= rows;
	panes_layout(panes, area, area.cols >= APP_WIDE ? 2 : 1, weights);
	left = panes->pages[0];
	right = panes->pages[panes->n - 1];
	for (guint i = 0; i < panes->n; i++)
		page_begin(panes->pages[i]);
	if (has_years(view) && view->base != 0 && view->base != view->year)
		time_write_compared(left, world, view->chronicle, MIN(view->base, view->year),
				    MAX(view->base, view->year), panes->areas[0].cols);
	else if (has_years(view))
		time_write_year(left, world, view->chronicle, view->figures, view->year,
				panes->areas[0].cols);
	time_write_figures(right, world, view->figures, panes->areas[panes->n - 1].cols);
	for (guint i = 0; i < panes->n; i++)
		page_end(panes->pages[i]);
	panes_settle(panes);
}

/* The years are counted: they take the place of those shown. */
static void view_made(struct time_view *view, const struct world *seen)
{
	const struct world now = world_now(seen), *world = &now;

	view_drop(view);
	view->chronicle = g_steal_pointer(&view->making);
	making_drop(view);
	view->area = app_area(world);
	if (view->shown_year != seen->as_of.year && date_is_set(seen->as_of))
		view->year = seen->as_of.year;
	view->shown_year = seen->as_of.year;
	view->figures = figures_new(world->model);
	view->now = world->today.year;
	if (view->year == 0)
		view->year = view->now;
	view->year = CLAMP(view->year, MIN(view->chronicle->first, view->chronicle->last),
			   last_year(view));
	chart_layout(view, view->area);
	pages_fill(view, seen);
}

/* A piece of what is still to be made, or all of it. */
static void view_work(struct time_view *view, const struct world *seen, bool all)
{
	bool more = view->making != NULL;

	if (!more)
		return;
	do
		more = chronicle_go_on(view->making);
	while (more && all);
	if (!more)
		view_made(view, seen);
}

/* What is shown stays until there is something else to show, unless it would not fit. */
static void view_refresh(struct view *self, struct app *app, const struct world *seen)
{
	const struct world now = world_now(seen), *world = &now;
	struct time_view *view = self->state;
	struct rect area = app_area(world);

	if (memcmp(&area, &view->area, sizeof area) != 0)
		view_drop(view);
	making_drop(view);
	if (world->study != NULL)
		view->against = study_ref(world->study);
	view->making = chronicle_begin(world->model, app_filter(app, world), world->today);
	if (world->model->n[KIND_INSTITUTION] <= AT_ONCE)
		view_work(view, seen, true);
}

static bool view_busy(const struct view *self)
{
	return ((const struct time_view *)self->state)->making != NULL;
}

/* Another year is another page: it is read from its beginning. */
static void page_rewind(struct page *page)
{
	g_clear_pointer(&page->focus_link, g_free);
	page->focus = -1;
	page->top = 0;
	page->moved = false;
}

/* --- keys --------------------------------------------------------------------------------- */

/* Most often it is now that a year is compared with. */
static void ask_with(struct time_view *view)
{
	const struct chronicle *chronicle = view->chronicle;
	int likely = view->year == view->now ? view->year - 1 : view->now;
	g_autofree char *label = g_strdup_printf(_("Compare %d with the year: "), view->year);
	g_autofree char *offered =
		g_strdup_printf("%d", CLAMP(likely, chronicle->first, last_year(view)));

	view->asked = view->year;
	view->with = prompt_offer(label, offered);
}

static bool view_turn(struct time_view *view, enum action action)
{
	const struct chronicle *chronicle = view->chronicle;

	switch (action) {
	case ACTION_LEFT:
		view->year = MAX(view->year - 1, MIN(chronicle->first, chronicle->last));
		return true;
	case ACTION_RIGHT:
		view->year = MIN(view->year + 1, last_year(view));
		return true;
	case ACTION_COMPARE:
		if (view->base == 0 && has_years(view))
			ask_with(view);
		view->base = 0;
		return true;
	case ACTION_SERIES:
		view->alone = !view->alone;
		return true;
	default:
		return false;
	}
}

/* Everything as of the year under the cursor; the year that has not ended yet is now. */
static void show_year(const struct time_view *view, struct effects *effects)
{
	char day[DATE_TEXT_SIZE];

	if (has_years(view))
		as_of_ask(effects, date_format((struct date){ .year = (gint16)view->year }, day));
}

/* What differs between the two years is computed elsewhere. */
static void ask_compared(const struct time_view *view, const struct world *world,
			 struct effects *effects)
{
	struct years years = { 0, 0 };

	if (view->base != 0 && view->base != view->year && has_years(view))
		years = (struct years){ MIN(view->base, view->year), MAX(view->base, view->year) };
	if (years.from != world->compared.from || years.to != world->compared.to)
		effects_add(effects, EFFECT_COMPARE)->years = years;
}

/* Another year is under the cursor. */
static void year_turned(struct time_view *view, const struct world *world, struct effects *effects)
{
	chart_layout(view, app_area(world));
	page_rewind(view->panes->pages[0]);
	pages_fill(view, world);
	ask_compared(view, world, effects);
	/* Once another year is looked at, the other views go with this one. */
	if (date_is_set(world->as_of) && view->year != world->as_of.year)
		show_year(view, effects);
}

static bool year_parse(const struct time_view *view, const char *text, int *year)
{
	guint64 number;

	if (!g_ascii_string_to_unsigned(text, 10, 1, 9999, &number, NULL) ||
	    (int)number < view->chronicle->first || (int)number > last_year(view))
		return false;
	*year = (int)number;
	return true;
}

/* The year that is typed comes under the cursor, and the one that was there stands still. */
static void with_key(struct time_view *view, struct app *app, const struct world *world,
		     gunichar key, struct effects *effects)
{
	enum prompt_result result = prompt_key(view->with, key);
	g_autofree char *text = g_strstrip(g_strdup(view->with->text->str));

	if (result == PROMPT_LEFT) {
		g_clear_pointer(&view->with, prompt_free);
	} else if (result == PROMPT_DONE && year_parse(view, text, &view->year)) {
		g_clear_pointer(&view->with, prompt_free);
		view->base = view->asked;
		year_turned(view, world, effects);
	} else if (result == PROMPT_DONE) {
		app_say(app, STYLE_WARN, _("A year from %d to %d."), view->chronicle->first,
			last_year(view));
	}
}

static bool view_update(struct view *self, struct app *app, const struct world *world,
			const struct event *event, enum action action, struct effects *effects)
{
	struct time_view *view = self->state;

	/* What the app only has been told, as that it shows another day, waits for none of it. */
	if (event->type == EVENT_KEY || event->type == EVENT_AGAIN)
		view_work(view, world, event->type == EVENT_KEY);
	if (event->type != EVENT_KEY)
		return false;
	if (view->with != NULL) {
		with_key(view, app, world, event->key, effects);
		return true;
	}
	/* Enter is the year's until somebody goes down into what it brought. */
	if (action == ACTION_AS_OF ||
	    (action == ACTION_OPEN && !view->panes->pages[view->panes->active]->moved)) {
		show_year(view, effects);
		return true;
	}
	if (!view_turn(view, action))
		return panes_update(view->panes, app, world, action);
	if (action == ACTION_SERIES)
		return true;
	year_turned(view, world, effects);
	return true;
}

/* A year is gone to; other words are looked for in what is written below. */
static bool view_find(struct view *self, const struct world *world, const char *needle, int step,
		      struct effects *effects)
{
	struct time_view *view = self->state;

	view_work(view, world, true);
	if (!year_parse(view, needle, &view->year))
		return panes_find(view->panes, needle, step);
	year_turned(view, world, effects);
	return true;
}

/* --- painting ------------------------------------------------------------------------------ */

static guint value_at(const struct time_view *view, enum series series, int year)
{
	gsize at = chronicle_at(view->chronicle, year, series);

	return view->alone ? view->chronicle->begun[at] : view->chronicle->sum[at];
}

static int year_col(const struct time_view *view, struct rect area, int year)
{
	return area.col + LABEL_COLUMNS + 1 + (year - view->left) * view->year_columns;
}

static void draw_series(const struct time_view *view, struct grid *grid, struct rect area, int row,
			enum series series)
{
	static const char *const glyphs[STEPS] = { "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" };
	gsize now = chronicle_at(view->chronicle, view->year, series);
	guint values[VALUES] = { view->chronicle->sum[now], view->chronicle->undated[now],
				 view->chronicle->begun[now], view->chronicle->ended[now] };
	guint most = 0;
	int col = year_col(view, area, view->left + view->shown) + 1;

	for (int year = view->chronicle->first; year <= last_year(view); year++)
		most = MAX(most, value_at(view, series, year));
	grid_put(grid, row, area.col + 1, LABEL_COLUMNS - 1, STYLE_NORMAL, series_label(series));
	for (int i = 0; i < view->shown; i++) {
		int year = view->left + i;
		guint value = value_at(view, series, year);
		guint step = most == 0 ? 0 : (value * (STEPS - 1) + most - 1) / most;
		struct rect bar = { row, year_col(view, area, year), 1,
				    MAX(view->year_columns - 1, 1) };

		grid_fill(grid, bar, year == view->year ? STYLE_STRONG : STYLE_ACCENT,
			  value == 0 ? "·" : glyphs[MIN(step, STEPS - 1)]);
	}
	for (guint v = 0; v < VALUES; v++) {
		static const char *const signs[VALUES] = { "", "", "+", "-" };
		char text[16] = "·";

		if (values[v] > 0)
			g_snprintf(text, sizeof text, "%s%u", signs[v], values[v]);
		grid_put_right(grid, row, col + (int)v * VALUE_COLUMNS, VALUE_COLUMNS - 1,
			       values[v] == 0 ? STYLE_DIM : STYLE_NORMAL, text);
	}
}

static void draw_axis(const struct time_view *view, struct grid *grid, struct rect area, int row)
{
	/* TRANSLATORS: heads of columns of numbers, at most 7 columns each. */
	const char *const heads[VALUES] = { _("so far"), _("no date"), _("new"),
					    in_context(IN_CONTEXT("column", "ended")) };
	int col = year_col(view, area, view->left + view->shown) + 1;
	int step = view->year_columns >= 4 ? 2 : view->year_columns >= 2 ? 5 : 10;

	if (view->left > view->chronicle->first)
		grid_put(grid, row, area.col + LABEL_COLUMNS, 1, STYLE_DIM, "‹");
	for (int i = 0; i < view->shown; i++)
		if ((view->left + i) % step == 0 && (view->shown - i) * view->year_columns >= 4)
			grid_printf(grid, row, year_col(view, area, view->left + i), 4, STYLE_DIM,
				    "%d", view->left + i);
	for (guint v = 0; v < VALUES; v++)
		grid_put_right(grid, row, col + (int)v * VALUE_COLUMNS, VALUE_COLUMNS - 1,
			       STYLE_DIM, heads[v]);
}

static void draw_cursor(const struct time_view *view, struct grid *grid, struct rect area, int row)
{
	int col = year_col(view, area, view->year);
	int base = view->base;

	if (base >= view->left && base < view->left + view->shown && base != view->year)
		grid_put(grid, row, year_col(view, area, base), 1, STYLE_WARN, "△");
	grid_put(grid, row, col, 1, STYLE_STRONG, "▲");
	if (base != 0 && base != view->year)
		grid_printf(grid, row, area.col + 1, LABEL_COLUMNS - 1, STYLE_STRONG, "%d → %d",
			    MIN(base, view->year), MAX(base, view->year));
	else if (view->shown_year != 0)
		grid_printf(grid, row, area.col + 1, LABEL_COLUMNS - 1, STYLE_WARN, _("as of %d"),
			    view->shown_year);
	else
		grid_printf(grid, row, area.col + 1, LABEL_COLUMNS - 1, STYLE_STRONG, "%d",
			    view->year);
	grid_cursor(grid, row, col);
}

static void view_draw(const struct view *self, const struct app *app, const struct world *world,
		      struct grid *grid, struct rect area)
{
	const struct time_view *view = self->state;
	int row = area.row, last = area.row + area.rows;

	(void)app;
	(void)world;
	if (view->chronicle == NULL) {
		passing_draw_busy(grid, area);
		return;
	}
	panes_draw(view->panes, grid);
	if (!has_years(view)) {
		grid_put(grid, row, area.col + 1, -1, STYLE_DIM,
			 _("Nothing here says when it began."));
		return;
	}
	if (has_head(area))
		draw_axis(view, grid, area, row++);
	for (guint s = 0; s < SERIES_COUNT && row < last; s++)
		draw_series(view, grid, area, row++, s);
	if (row < last)
		draw_cursor(view, grid, area, row++);
	for (int i = 0; i < undated_rows(view, area); i++)
		grid_put(grid, row++, area.col + 1, area.cols - 2, STYLE_DIM,
			 g_ptr_array_index(view->undated, (guint)i));
}

/* What the keys do meanwhile stands there as long as it is true. */
static char *compared_text(const struct time_view *view)
{
	return g_strdup_printf(_("Compared with %d: h and l choose the other year, c ends it."),
			       view->base);
}

static char *view_status(const struct view *self, const struct app *app, const struct world *world)
{
	const struct time_view *view = self->state;

	(void)app;
	if (view->base != 0)
		return compared_text(view);
	return g_strconcat(view->alone ? _("each year alone; h and l go through the years")
				       : _("all so far; h and l go through the years"),
			   date_is_set(world->as_of) ? "" : _("; @ asks for a day"), NULL);
}

static char *view_record(const struct view *self, const struct world *world)
{
	const char *link = panes_link(((const struct time_view *)self->state)->panes), *id;
	enum kind kind;

	(void)world;
	return subject_parse(link, &kind, &id) ? g_strdup(link) : NULL;
}

static bool view_typing(const struct view *self)
{
	return ((const struct time_view *)self->state)->with != NULL;
}

static const struct prompt *view_prompt(const struct view *self)
{
	return ((const struct time_view *)self->state)->with;
}

static const char *const *view_keys(const struct view *self)
{
	static const char *const typing[] = { N_("Enter"), N_("Compare"), N_("Esc"), N_("Cancel"),
					      NULL };

	return view_typing(self) ? typing : NULL;
}

const struct view_ops view_time = {
	.name = "time",
	.title = N_("Time"),
	.brief = IN_CONTEXT("tab", "Time"),
	.scopes = SCOPE_TIME,
	.slow = true,
	.open = view_open,
	.free = view_free,
	.refresh = view_refresh,
	.typing = view_typing,
	.prompt = view_prompt,
	.keys = view_keys,
	.update = view_update,
	.draw = view_draw,
	.status = view_status,
	.record = view_record,
	.find = view_find,
	.format = "years",
	.busy = view_busy,
};
