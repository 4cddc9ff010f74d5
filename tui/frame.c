#include "tui/app.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n.h>

#include "base/context.h"
#include "base/text.h"
#include "tui/complete.h"
#include "tui/message.h"
#include "tui/widgets/popup.h"

/*
 * What stands around every view: where I am, the row of views, the keys that work
 * here; messages and prompts are message.c's.  The footer is made from the bindings, so it
 * cannot promise what does nothing.
 */

/*
 * What is told first where there is no room for all, with fewer words than elsewhere
 * where there are any; what moves needs no telling.  In a view the keys that are its own
 * come before those that many have.
 */
struct told {
	enum action action;
	const char *brief; /* N_(); NULL: the label */
	guint where;	   /* scopes, one of which the view has; 0: anywhere */
	const char *keys;  /* shown instead of the first key; NULL: that */
};

static const struct told footer_order[] = {
	{ .action = ACTION_OPEN },
	/* TRANSLATORS: the arrows, on the map; in the footer, as short as can be. */
	{ .action = ACTION_DOWN, .brief = N_("Go on"), .where = SCOPE_MAP, .keys = "←↑↓→" },
	/* TRANSLATORS: the next marker of the map; in the footer, as short as can be. */
	{ .action = ACTION_PANE, .brief = N_("Next"), .where = SCOPE_MAP },
	/* TRANSLATORS: a map around an institution; in the footer, as short as can be. */
	{ .action = ACTION_EGO, .brief = N_("Around it"), .where = SCOPE_MAP },
	{ .action = ACTION_EDIT, .where = SCOPE_TIES },
	/* TRANSLATORS: who could introduce; in the footer, as short as can be. */
	{ .action = ACTION_PATH, .brief = N_("Introductions"), .where = SCOPE_TIES },
	/* TRANSLATORS: what would be if an institution left; in the footer, as short as can be. */
	{ .action = ACTION_LEAVE_TRY, .brief = N_("If it left"), .where = SCOPE_TIES },
	{ .action = ACTION_ROWS },
	{ .action = ACTION_COLUMNS },
	{ .action = ACTION_CELLS },
	{ .action = ACTION_ORDER },
	/* TRANSLATORS: a partnership; in the footer, as short as can be. */
	{ .action = ACTION_GAP_PROPOSE, .brief = N_("Propose") },
	{ .action = ACTION_GAP_TRY },
	{ .action = ACTION_GAP_FORWARD },
	{ .action = ACTION_GAP_DISMISS },
	/* TRANSLATORS: two years; in the footer, as short as can be. */
	{ .action = ACTION_COMPARE, .brief = N_("Compare") },
	{ .action = ACTION_PANE, .where = SCOPE_TIME },
	{ .action = ACTION_MODE },
	/* TRANSLATORS: nearer and farther, on the map; in the footer, as short as can be. */
	{ .action = ACTION_ZOOM_IN, .brief = N_("Zoom"), .keys = "+ -" },
	/* TRANSLATORS: to move the picture of the map; in the footer, as short as can be. */
	{ .action = ACTION_PAN_LEFT, .brief = N_("Move"), .keys = "HJKL" },
	{ .action = ACTION_FILTER },
	{ .action = ACTION_EDIT },
	{ .action = ACTION_CONFIRM },
	{ .action = ACTION_ANSWER },
	{ .action = ACTION_PARTNER },
	/* TRANSLATORS: an entry; in the footer, as short as can be. */
	{ .action = ACTION_NEW, .brief = N_("New") },
	{ .action = ACTION_PATH },
	{ .action = ACTION_TIE },
	{ .action = ACTION_SEARCH },
	{ .action = ACTION_SORT },
	{ .action = ACTION_EGO },
	{ .action = ACTION_KIND },
	{ .action = ACTION_STATE },
	{ .action = ACTION_SERIES },
	{ .action = ACTION_GAPS_HERE },
	{ .action = ACTION_DELETE },
	{ .action = ACTION_COLOUR },
	{ .action = ACTION_SIZE },
	{ .action = ACTION_GROUPS },
	{ .action = ACTION_PANE, .where = SCOPE_OVERVIEW | SCOPE_CARD },
	{ .action = ACTION_EXPORT },
	{ .action = ACTION_UNDO },
	{ .action = ACTION_PANE, .where = SCOPE_GAPS },
	{ .action = ACTION_HISTORY },
	{ .action = ACTION_MARK },
	{ .action = ACTION_LEAVE_TRY },
	{ .action = ACTION_YANK },
	{ .action = ACTION_REVERSE },
	{ .action = ACTION_NEXT },
	{ .action = ACTION_REDO },
};

/* And before those: what leads through the years and back. */
static const struct told years_order[] = {
	{ .action = ACTION_AS_OF },
	/* TRANSLATORS: from another day; in the footer, as short as can be. */
	{ .action = ACTION_NOW, .brief = N_("Back to now") },
	{ .action = ACTION_YEAR_BACK },
	{ .action = ACTION_YEAR_ON },
};

#define NAMED_COLUMNS 64
#define POPUP_ROWS    7 /* of what could be typed: the list above goes on being seen */

struct frame {
	int title, tabs, message, footer; /* rows, -1 where there is no room */
	struct rect area;
};

/* The view keeps the last row; the frame goes piece by piece. */
static struct frame frame_of(int rows, int cols)
{
	struct frame frame = { -1, -1, -1, -1, { 0, 0, rows, cols } };

	if (rows >= 4) {
		frame.title = 0;
		frame.area.row++;
		frame.area.rows--;
	}
	if (rows >= 10) {
		frame.tabs = 1;
		frame.area.row++;
		frame.area.rows--;
	}
	if (rows >= 3) {
		frame.message = rows - 1;
		frame.area.rows--;
	}
	if (rows >= 7) {
		frame.footer = rows - 1;
		frame.message = rows - 2;
		frame.area.rows--;
	}
	return frame;
}

struct rect app_area(const struct world *world)
{
	return frame_of(world->rows, world->cols).area;
}

struct rect app_area_seen(const struct app *app, const struct world *world)
{
	struct frame frame = frame_of(world->rows, world->cols);

	if (frame.footer >= 0 && (app_top(app)->ops->scopes & SCOPE_LIST) != 0)
		frame.area.rows -= message_rows(app, world, frame.footer) - 1;
	return frame.area;
}

static const struct view *view_below(const struct app *app)
{
	for (guint i = app->stack->len; i-- > 0;) {
		const struct view *view = g_ptr_array_index(app->stack, i);

		if (!view->ops->dialog)
			return view;
	}
	return app_top(app);
}

static bool is_saved(const struct app *app)
{
	for (guint i = 0; i < app->stack->len; i++) {
		const struct view *view = g_ptr_array_index(app->stack, i);

		if (view->ops->unsaved != NULL && view->ops->unsaved(view))
			return false;
	}
	return true;
}

/* The overview, cards and history are of the whole network whatever the filter. */
static bool follows_filter(const struct view_ops *ops)
{
	return (ops->scopes & (SCOPE_LIST | SCOPE_MAP | SCOPE_GAPS | SCOPE_MATRIX | SCOPE_TIME)) !=
	       0;
}

/* "ana · all saved"; that a conflict waits comes before that. */
static void add_actor(GString *out, const struct app *app, const struct world *world)
{
	guint waiting = world->conflicts == NULL ? 0 : world->conflicts->len;

	g_string_append_printf(out, "%s · ", world->actor);
	if (waiting > 0)
		g_string_append_printf(out, ngettext("! %u conflict", "! %u conflicts", waiting),
				       waiting);
	else
		g_string_append(out, world->read_only || date_is_set(world->as_of) ? _("read only")
				     : is_saved(app)				   ? _("all saved")
						     : _("not saved yet"));
}

static char *state_text(const struct app *app, const struct world *world, int cols)
{
	GString *out = g_string_new(NULL);
	const struct view *below = view_below(app);
	g_autofree char *typed = app_filter_text(app, below), *filter = filter_shown(typed);

	if (world->behind)
		/* TRANSLATORS: what is shown is from before the last change; at most 20 columns. */
		g_string_append_printf(out, "%s · ", _("not up to date yet"));
	else if (world->study == NULL)
		g_string_append_printf(out, "%s · ", app_waiting(world));
	if (typed[0] != '\0' && follows_filter(below->ops))
		g_string_append_printf(out, _("filter: %s"), filter);
	else if (typed[0] != '\0')
		g_string_append_printf(out, _("not filtered here: %s"), filter);
	else
		add_actor(out, app, world);
	g_autofree char *text = g_string_free(out, FALSE);

	return text_width(text) > cols / 2 ? text_fit(text, cols / 2, false)
					   : g_steal_pointer(&text);
}

/* Left of `right`, with the key that leads back; what is left of it. */
static int draw_other(const struct app *app, struct grid *grid, int row, int right,
		      const char *text, enum action back)
{
	right = MAX(right - 1 - text_width(text), 0);
	grid_put(grid, row, right, -1, STYLE_WARN, text);
	grid_spot(grid, row, right, text_width(text), keymap_key(&app->keymap, back));
	return right;
}

/* Another day than now, or other ties than all, must not be overlooked; what is left of `right`. */
static int draw_others(const struct app *app, const struct world *world, struct grid *grid, int row,
		       int right)
{
	char day[DATE_TEXT_SIZE];
	g_autofree char *text = NULL;

	if (world->confirmed)
		/* TRANSLATORS: of ties; in the title, so at most 20 columns. */
		right = draw_other(app, grid, row, right, _(" confirmed only "), ACTION_CONFIRMED);
	if (!date_is_set(world->as_of))
		return right;
	/* TRANSLATORS: the network as of a day. */
	text = g_strdup_printf(_(" as of %s "), date_format(world->as_of, day));
	return draw_other(app, grid, row, right, text, ACTION_NOW);
}

static void draw_title(const struct app *app, const struct world *world, struct grid *grid, int row)
{
	const struct network *network = world->model->network;
	const struct view *view = app_top(app);
	const char *name = network->base.name;
	g_autofree char *state = state_text(app, world, grid->cols);
	g_autofree char *place = NULL;
	int right = grid->cols - text_width(state) - 1;
	int col, room;
	bool named;

	grid_fill(grid, (struct rect){ row, 0, 1, grid->cols }, STYLE_BAR, " ");
	grid_put(grid, row, MAX(right, 0), -1, STYLE_BAR, state);
	right = draw_others(app, world, grid, row, right);
	if (name == NULL || text_width(name) > grid->cols / 3)
		name = network->short_name != NULL ? network->short_name : name;
	if (name == NULL)
		name = network->base.id != NULL ? network->base.id : "";
	if (view->ops->place != NULL && !app->unmade)
		place = view->ops->place(view, world);
	if (place == NULL)
		place = g_strdup(_(view->ops->title));
	/* Of the name of the network as much as where I am leaves. */
	room = MIN(grid->cols / 3, right - 1 - 7 - 3 - text_width(place));
	named = grid->cols >= NAMED_COLUMNS && room >= 5;
	col = grid_put(grid, row, 0, -1, STYLE_BAR, "telar  ");
	/* On a narrow screen where I am matters more than in which network. */
	if (named)
		col += grid_put(grid, row, col, room, STYLE_BAR, name);
	if (named)
		col += grid_put(grid, row, col, -1, STYLE_BAR, " › ");
	grid_put(grid, row, col, right - col - 1, STYLE_BAR, place);
}

static bool is_current_tab(const struct app *app, const struct view_ops *ops)
{
	for (guint i = app->stack->len; i-- > 0;) {
		const struct view *view = g_ptr_array_index(app->stack, i);

		for (guint tab = 1; tab <= APP_TABS; tab++)
			if (app_tab(tab) == view->ops)
				return view->ops == ops;
	}
	return false;
}

/* How row 1 shows the views: the first of these that fits. */
enum tabs_form { TABS_WHOLE, TABS_BRIEF, TABS_CUT, TABS_SOME };

#define TAB_LEAST                                                                                  \
	5 /* columns of a title: where less is left, some stand whole, of others the digit */

/* A title in one of the first three forms; `most` is for those that are cut. */
static char *tab_text(const struct view_ops *ops, enum tabs_form form, int most)
{
	const char *brief = in_context(ops->brief != NULL ? ops->brief : ops->title);

	if (form == TABS_WHOLE)
		return g_strdup(_(ops->title));
	if (form == TABS_BRIEF)
		return g_strdup(brief);
	/* Without "…": the column says more as a letter. */
	return text_cut(brief, most);
}

/* The titles of all, NULL where there is none; how many columns they take with their digits. */
static int write_tabs(char *titles[], enum tabs_form form, int most)
{
	int width = 0;

	for (guint i = 1; i <= APP_TABS; i++) {
		const struct view_ops *ops = app_tab(i);

		g_free(titles[i]);
		titles[i] = ops == NULL ? NULL : tab_text(ops, form, most);
		if (titles[i] != NULL)
			width += 3 + text_width(titles[i]);
	}
	return width;
}

/* Of those that do not fit all the current one, then the others from the left. */
static void write_some_tabs(char *titles[], const struct view_ops *current, int columns)
{
	bool shown[APP_TABS + 1] = { false };
	int left = columns;

	write_tabs(titles, TABS_BRIEF, 0);
	for (guint i = 1; i <= APP_TABS; i++)
		left -= titles[i] != NULL ? 3 : 0;
	for (guint pass = 0; pass < 2; pass++) {
		for (guint i = 1; i <= APP_TABS; i++) {
			int width = titles[i] == NULL ? 0 : text_width(titles[i]);

			if (titles[i] == NULL || shown[i] || (pass == 0 && app_tab(i) != current) ||
			    (pass > 0 && width > left))
				continue;
			shown[i] = true;
			left -= width;
		}
	}
	for (guint i = 1; i <= APP_TABS; i++) {
		if (titles[i] != NULL && !shown[i])
			titles[i][0] = '\0';
	}
}

static const struct view_ops *current_tab(const struct app *app)
{
	for (guint i = 1; i <= APP_TABS; i++)
		if (app_tab(i) != NULL && is_current_tab(app, app_tab(i)))
			return app_tab(i);
	return NULL;
}

static void draw_tabs(const struct app *app, struct grid *grid, int row)
{
	const struct view_ops *current = current_tab(app);
	char *titles[APP_TABS + 1] = { NULL };
	enum tabs_form form = TABS_WHOLE;
	int most = 12, col = 0;

	while (form < TABS_CUT && write_tabs(titles, form, most) > grid->cols)
		form++;
	while (form == TABS_CUT && write_tabs(titles, form, most) > grid->cols)
		if (--most < TAB_LEAST)
			form = TABS_SOME;
	if (form == TABS_SOME)
		write_some_tabs(titles, current, grid->cols);
	for (guint i = 1; i <= APP_TABS; i++) {
		const struct view_ops *ops = app_tab(i);
		bool here = ops != NULL && ops == current;

		if (titles[i] == NULL)
			continue;
		grid_spot(grid, row, col, 3 + text_width(titles[i]), '0' + i);
		col += grid_printf(grid, row, col, -1, here ? STYLE_ACCENT : STYLE_KEY,
				   here ? "[%u]" : " %u ", i);
		col += grid_put(grid, row, col, -1, here ? STYLE_ACCENT : STYLE_DIM, titles[i]);
		g_free(titles[i]);
	}
}

/* False, and nothing painted, when it does not fit before `limit`. */
static bool draw_key(struct grid *grid, int row, int *col, int limit, const char *key,
		     const char *label)
{
	int needed = text_width(key) + 1 + text_width(label);

	if (*col + needed > limit)
		return false;
	*col += grid_put(grid, row, *col, -1, STYLE_KEY, key) + 1;
	*col += grid_put(grid, row, *col, -1, STYLE_DIM, label) + 2;
	return true;
}

static bool changes_something(enum action action)
{
	return action == ACTION_EDIT || action == ACTION_PARTNER || action == ACTION_TIE ||
	       action == ACTION_CONFIRM || action == ACTION_DELETE || action == ACTION_UNDO ||
	       action == ACTION_REDO || action == ACTION_NEW || action == ACTION_GAP_FORWARD ||
	       action == ACTION_GAP_PROPOSE || action == ACTION_GAP_DISMISS;
}

/* Tab leads somewhere else. */
static bool has_panes(const struct view *view, const struct world *world)
{
	guint scopes = view->ops->scopes;

	return (scopes & (SCOPE_OVERVIEW | SCOPE_MAP | SCOPE_GAPS)) != 0 ||
	       (world->cols >= APP_WIDE &&
		((scopes & SCOPE_TIME) != 0 || (scopes & (SCOPE_CARD | SCOPE_TIE)) == SCOPE_CARD));
}

/* Reading the files changes nothing that could be taken back. */
static bool was_changed(const struct world *world)
{
	for (guint i = 0; i < world->history->len; i++)
		if (((const struct change *)g_ptr_array_index(world->history, i))->ops->len > 0)
			return true;
	return false;
}

static bool works_here(const struct view *view, const struct world *world, enum action action)
{
	const struct view_ops *ops = view->ops;
	const guint opens = SCOPE_LIST | SCOPE_CARD | SCOPE_MAP | SCOPE_GAPS | SCOPE_OVERVIEW |
			    SCOPE_MATRIX | SCOPE_TIME | SCOPE_INSTITUTIONS;

	/* Enter and Tab are for everybody, but not everybody has something behind them. */
	if (action == ACTION_OPEN)
		return (ops->scopes & opens) != 0 || ops == &view_history;
	if (action == ACTION_PANE || action == ACTION_DOWN)
		return has_panes(view, world);
	if ((date_is_set(world->as_of) || world->read_only) && changes_something(action))
		return false;
	/* Partners are declared by institutions, in whose card that is done. */
	if (action == ACTION_NEW && (ops->scopes & SCOPE_PARTNERSHIPS) != 0)
		return false;
	/* Then the years that one goes through are looked at anyway. */
	if (action == ACTION_AS_OF && date_is_set(world->as_of))
		return false;
	if (action == ACTION_NOW || action == ACTION_YEAR_BACK || action == ACTION_YEAR_ON)
		return date_is_set(world->as_of);
	if (action == ACTION_UNDO)
		return ops->no_undo == NULL && was_changed(world);
	return (binding_of(action)->scope & ops->scopes) != 0;
}

/* What was searched before can be gone on with; lists and the map keep that to themselves. */
static bool is_searched(const struct app *app, const struct view_ops *ops)
{
	return app->needle != NULL || (ops->page == NULL && ops->find == NULL);
}

/* Those for some views stand before those for all, where they may come again. */
static bool was_told(const struct told *order, guint i, const struct view_ops *ops)
{
	for (guint k = 0; k < i; k++)
		if (order[k].action == order[i].action && (order[k].where & ops->scopes) != 0)
			return true;
	return false;
}

/* Those that work here, from column `col` on; returns the column behind them. */
static int draw_some(const struct app *app, const struct world *world, struct grid *grid, int row,
		     int col, int limit, const struct told *order, guint n)
{
	for (guint i = 0; i < n; i++) {
		enum action action = order[i].action;
		const char *label =
			order[i].brief != NULL ? order[i].brief : binding_of(action)->label;
		gunichar shown = keymap_key(&app->keymap, action);
		const struct view_ops *ops = app_top(app)->ops;
		int before = col;
		char key[16];

		if ((order[i].where != 0 && (order[i].where & ops->scopes) == 0) ||
		    !works_here(app_top(app), world, action) || shown == 0 ||
		    (action == ACTION_NEXT && !is_searched(app, ops)) || was_told(order, i, ops))
			continue;
		/* Last, and so of few actions: a view may have to look something up. */
		if (ops->can != NULL && !ops->can(app_top(app), world, action))
			continue;
		if (draw_key(grid, row, &col, limit,
			     order[i].keys != NULL ? order[i].keys : key_text(shown, key),
			     _(label)))
			grid_spot(grid, row, before, col - before, shown);
	}
	return col;
}

static void draw_bindings(const struct app *app, const struct world *world, struct grid *grid,
			  int row)
{
	const char *help = _(binding_of(ACTION_HELP)->label);
	const char *leave = app->stack->len > 1 ? _("Back") : _("Quit");
	enum action leaving = app->stack->len > 1 ? ACTION_BACK : ACTION_QUIT;
	char leave_key[16], help_key[16];
	key_text(keymap_key(&app->keymap, leaving), leave_key);
	key_text(keymap_key(&app->keymap, ACTION_HELP), help_key);

	int reserved = 2 + text_width(help) + 2 + text_width(leave_key) + 1 + text_width(leave);
	int limit = grid->cols - reserved - 2, col, before;

	col = draw_some(app, world, grid, row, 0, limit, years_order, G_N_ELEMENTS(years_order));
	col = draw_some(app, world, grid, row, col, limit, footer_order,
			G_N_ELEMENTS(footer_order));
	before = col;
	if (draw_key(grid, row, &col, grid->cols, help_key, help))
		grid_spot(grid, row, before, col - before, keymap_key(&app->keymap, ACTION_HELP));
	before = col;
	if (draw_key(grid, row, &col, grid->cols, leave_key, leave))
		grid_spot(grid, row, before, col - before, keymap_key(&app->keymap, leaving));
}

static void draw_pairs(const struct app *app, struct grid *grid, int row, const char *const *keys)
{
	const struct view *top = app_top(app);
	bool typing = top->ops->typing != NULL && top->ops->typing(top);
	int col = 0;

	for (guint i = 0; keys[i] != NULL && keys[i + 1] != NULL; i += 2) {
		gunichar shown;
		g_autofree char *key = keymap_told(&app->keymap, _(keys[i]), typing, &shown);
		int before = col;

		if (*key != '\0' && draw_key(grid, row, &col, grid->cols, key, _(keys[i + 1])) &&
		    shown != 0)
			grid_spot(grid, row, before, col - before, shown);
	}
}

static void draw_footer(const struct app *app, const struct world *world, struct grid *grid,
			int row)
{
	const struct view *top = app_top(app);
	const char *const *keys = NULL;
	static const char *const asking[] = { N_("Enter"), N_("Done"), N_("Esc"), N_("Cancel"),
					      NULL };
	bool asked = top->ops->prompt != NULL && top->ops->prompt(top) != NULL;

	if (app->prompt == NULL && top->ops->keys != NULL)
		keys = top->ops->keys(top);
	if (app->prompt != NULL || (keys == NULL && asked))
		keys = asking;
	if (keys == NULL)
		draw_bindings(app, world, grid, row);
	else
		draw_pairs(app, grid, row, keys);
}

/* What is not made yet can only be waited for. */
static void draw_view(const struct view *view, const struct app *app, const struct world *world,
		      struct grid *grid, struct rect area)
{
	if (!app->unmade || view != app_top(app))
		view->ops->draw(view, app, world, grid, area);
	else if (area.rows > 2)
		grid_put(grid, area.row + 2, area.col + 2, -1, STYLE_DIM, _("looking…"));
}

void app_draw(const struct app *app, const struct world *world, struct grid *grid)
{
	struct frame frame = frame_of(grid->rows, grid->cols);
	const struct view *below = view_below(app);
	bool painting = false, footer_taken;
	int above;

	grid_clear(grid);
	grid->ascii = app->ascii || app->plain;
	grid->plain = app->plain;
	if (frame.title >= 0)
		draw_title(app, world, grid, frame.title);
	if (frame.tabs >= 0)
		draw_tabs(app, grid, frame.tabs);
	for (guint i = 0; i < app->stack->len; i++) {
		const struct view *view = g_ptr_array_index(app->stack, i);

		painting = painting || view == below;
		if (painting)
			draw_view(view, app, world, grid, app_area_seen(app, world));
	}
	above = message_draw(app, world, grid, frame.message, frame.footer, &footer_taken);
	if (app->prompt != NULL && app->completion != NULL && above > frame.area.row)
		popup_draw(app->completion->items, app->completion->at, 0,
			   app->completion->says == NULL ? "" : app->completion->says, POPUP_ROWS,
			   grid,
			   (struct rect){ frame.area.row, frame.area.col, above - frame.area.row,
					  frame.area.cols },
			   false);
	if (frame.footer >= 0 && !footer_taken)
		draw_footer(app, world, grid, frame.footer);
}
