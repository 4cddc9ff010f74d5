#include "tui/views/matrix.h"

#include <string.h>

#include <glib/gi18n.h>

#include "base/context.h"
#include "base/text.h"

#include "tui/views/tie.h"

/*
 * The matrix: groups against groups, with the ties between them, how dense they
 * are, how they compare with chance, or who is in both.  The state and the keys;
 * words are in matrix_words.c, painting in matrix_draw.c.
 */
#define CELLS_MOST    1000000
#define AT_ONCE	      4096   /* institutions up to which nobody notices */
#define TIES_DRAWN    100000 /* of a filtered network, for which chance is drawn */
#define SERIATED_MOST 250000 /* cells up to which an order of likeness is looked for */

static void *view_open(struct app *app, const struct world *world, const char *subject)
{
	struct matrix_view *view = g_new0(struct matrix_view, 1);

	(void)app;
	(void)world;
	(void)subject;
	view->by_rows = BY_SECTOR;
	view->by_cols = BY_SECTOR;
	return view;
}

static void view_drop(struct matrix_view *view)
{
	matrix_heads_free(view);
	g_clear_pointer(&view->rows, g_free);
	g_clear_pointer(&view->cols, g_free);
	g_clear_pointer(&view->matrix, matrix_free);
	g_clear_pointer(&view->making, matrix_free);
	g_clear_pointer(&view->sentence, g_ptr_array_unref);
	view->wanting = false;
	view->n_rows = view->n_cols = 0;
}

static void view_free(void *state)
{
	struct matrix_view *view = state;

	view_drop(view);
	passing_clear(&view->passing);
	g_clear_pointer(&view->asked, study_unref);
	g_free(view->filter);
	g_free(view->row_id);
	g_free(view->col_id);
	g_free(view);
}

/* Groups with members first, each part in the order it has. */
static void empty_last(guint *order, guint n, const guint *sizes)
{
	g_autofree guint *copy = g_memdup2(order, n * sizeof *order);
	guint at = 0;

	for (guint pass = 0; pass < 2; pass++)
		for (guint i = 0; i < n; i++)
			if ((sizes[copy[i]] == 0) == (pass == 1))
				order[at++] = copy[i];
}

/* Of `n` groups those that have members; how many that are. */
static guint with_members(guint *order, guint n, const guint *sizes)
{
	guint at = 0;

	for (guint i = 0; i < n; i++)
		if (sizes[order[i]] > 0)
			order[at++] = order[i];
	return at;
}

/* That nobody of a sector passes a filter says something; that other places do not, nothing. */
static void leave_out_empty(struct matrix_view *view)
{
	if (view->passing.filtered && view->by_rows != BY_SECTOR)
		view->n_rows = with_members(view->rows, view->n_rows, view->matrix->rows->sizes);
	if (view->passing.filtered && view->by_cols != BY_SECTOR)
		view->n_cols = with_members(view->cols, view->n_cols, view->matrix->cols->sizes);
}

static void view_order(struct matrix_view *view)
{
	const struct matrix *matrix = view->matrix;
	gsize cells = (gsize)view->n_rows * view->n_cols;
	bool members = view->mode == CELL_MEMBERS;

	view->rows = g_new(guint, view->n_rows + 1);
	view->cols = g_new(guint, view->n_cols + 1);
	for (guint i = 0; i < view->n_rows; i++)
		view->rows[i] = i;
	for (guint i = 0; i < view->n_cols; i++)
		view->cols[i] = i;
	if (view->order == ORDER_LISTED || cells == 0)
		return;
	/* Who is where reads best from the largest down. */
	if (view->order == ORDER_SIZE || members || cells > SERIATED_MOST)
		matrix_by_size(members ? matrix->members : matrix->ties, view->n_rows, view->n_cols,
			       view->rows, view->cols);
	else
		matrix_seriate(matrix->ties, view->n_rows, view->n_cols,
			       view->by_rows == view->by_cols, view->rows, view->cols);
	empty_last(view->rows, view->n_rows, matrix->rows->sizes);
	empty_last(view->cols, view->n_cols, matrix->cols->sizes);
}

static guint place_of(const char *id, char *const *ids, const guint *order, guint n, guint place)
{
	for (guint i = 0; id != NULL && i < n; i++)
		if (strcmp(ids[order[i]], id) == 0)
			return i;
	return n == 0 ? 0 : MIN(place, n - 1);
}

/* Where the cursor is now, by id. */
static void view_remember(struct matrix_view *view)
{
	g_clear_pointer(&view->row_id, g_free);
	g_clear_pointer(&view->col_id, g_free);
	if (view->n_rows == 0 || view->n_cols == 0)
		return;
	view->row_id = g_strdup(view->matrix->rows->ids[view->rows[view->row]]);
	view->col_id = g_strdup(view->matrix->cols->ids[view->cols[view->col]]);
}

/* Begins with a matrix of the study there is. */
static void view_begin(struct matrix_view *view)
{
	const struct partition *rows = study_partition(view->passing.study, view->by_rows);
	const struct partition *cols = study_partition(view->passing.study, view->by_cols);

	view_drop(view);
	view->too_large = (gsize)rows->n_groups * cols->n_groups > CELLS_MOST;
	if (view->too_large)
		return;
	view->making = study_matrix_begin(view->passing.study, view->by_rows, view->by_cols);
}

/* It was asked for, and could not be drawn. */
static bool lacks_chance(const struct matrix_view *view, const struct world *world)
{
	const struct drawing *drawn = world->drawn;

	return drawing_is_of(drawn, world, view->filter) && drawn->study == NULL &&
	       drawn->rows == view->by_rows && drawn->cols == view->by_cols;
}

bool matrix_awaits_chance(const struct matrix_view *view)
{
	return view->wanting ||
	       (view->asked != NULL && view->asked == view->passing.study &&
		view->asked_rows == view->by_rows && view->asked_cols == view->by_cols);
}

/* Of the whole network it is computed anyway; what came without it will not have it. */
static bool wants_chance(const struct matrix_view *view, const struct world *world)
{
	const struct drawing *drawn = world->drawn;
	const struct study *study = view->passing.study;

	if (!view->passing.filtered || view->matrix->samples > 0 || study_net(study)->m == 0 ||
	    study_net(study)->m > TIES_DRAWN || matrix_awaits_chance(view) ||
	    lacks_chance(view, world))
		return false;
	return drawn == NULL || drawn->study != study || drawn->rows != view->by_rows ||
	       drawn->cols != view->by_cols;
}

/* Order and layout of what has been made. */
static void view_show(struct matrix_view *view, const struct world *world)
{
	view->matrix = g_steal_pointer(&view->making);
	view->n_rows = view->matrix->n_rows;
	view->n_cols = view->matrix->n_cols;
	view_order(view);
	leave_out_empty(view);
	view->row = place_of(view->row_id, view->matrix->rows->ids, view->rows, view->n_rows,
			     view->row);
	view->col = place_of(view->col_id, view->matrix->cols->ids, view->cols, view->n_cols,
			     view->col);
	view_remember(view);
	view->wanting = wants_chance(view, world);
	matrix_layout(view, app_area(world));
}

static bool is_busy(const struct matrix_view *view)
{
	return view->passing.busy || view->making != NULL;
}

/* A piece of what is still to be made. */
static void work_once(struct matrix_view *view, const struct world *world)
{
	if (view->passing.busy) {
		if (!passing_work(&view->passing))
			view_begin(view);
	} else if (view->making != NULL && !study_matrix_go_on(view->passing.study, view->making)) {
		view_show(view, world);
	}
}

static void work_out(struct matrix_view *view, const struct world *world)
{
	while (is_busy(view))
		work_once(view, world);
}

/* Anew, for the study there is. */
static void view_fill(struct matrix_view *view, const struct world *world)
{
	view_begin(view);
	if (world->model->n[KIND_INSTITUTION] <= AT_ONCE)
		work_out(view, world);
}

static void view_refresh(struct view *self, struct app *app, const struct world *world)
{
	struct matrix_view *view = self->state;

	view_drop(view);
	g_free(view->filter);
	view->filter = g_strdup(app->filter);
	passing_begin(&view->passing, app, world);
	if (view->asked != view->passing.study)
		g_clear_pointer(&view->asked, study_unref);
	if (!view->passing.busy)
		view_fill(view, world);
}

static bool view_busy(const struct view *self)
{
	const struct matrix_view *view = self->state;

	return is_busy(view) || view->wanting;
}

static void ask_chance(struct matrix_view *view, const struct app *app, struct effects *effects)
{
	struct effect *effect = effects_add(effects, EFFECT_CHANCE);

	effect->filter = g_strdup(app->filter);
	effect->id = view->by_rows;
	effect->side = view->by_cols;
	view->wanting = false;
	g_clear_pointer(&view->asked, study_unref);
	view->asked = study_ref(view->passing.study);
	view->asked_rows = view->by_rows;
	view->asked_cols = view->by_cols;
}

static enum attribute next_attribute(enum attribute by)
{
	return (enum attribute)((by + 1) % BY_ATTRIBUTES);
}

static guint moved(guint at, guint n, int by)
{
	return (guint)CLAMP((int)at + by, 0, (int)MAX(n, 1) - 1);
}

static bool view_move(struct matrix_view *view, enum action action)
{
	int half = (int)MAX(view->page_rows / 2, 1);

	switch (action) {
	case ACTION_DOWN:
		view->row = moved(view->row, view->n_rows, 1);
		return true;
	case ACTION_UP:
		view->row = moved(view->row, view->n_rows, -1);
		return true;
	case ACTION_LEFT:
		view->col = moved(view->col, view->n_cols, -1);
		return true;
	case ACTION_RIGHT:
		view->col = moved(view->col, view->n_cols, 1);
		return true;
	case ACTION_PAGE_DOWN:
		view->row = moved(view->row, view->n_rows, half);
		return true;
	case ACTION_PAGE_UP:
		view->row = moved(view->row, view->n_rows, -half);
		return true;
	case ACTION_FIRST:
		view->row = 0;
		return true;
	case ACTION_LAST:
		view->row = moved(view->n_rows, view->n_rows, 0);
		return true;
	case ACTION_PANE: /* the next columns, after the last the first */
		view->col = view->left + view->page_cols < view->n_cols
				    ? moved(view->col, view->n_cols, (int)view->page_cols)
				    : 0;
		return true;
	default:
		return false;
	}
}

static bool view_turn(struct matrix_view *view, enum action action)
{
	switch (action) {
	case ACTION_ROWS:
		view->by_rows = next_attribute(view->by_rows);
		return true;
	case ACTION_COLUMNS:
		view->by_cols = next_attribute(view->by_cols);
		return true;
	case ACTION_CELLS:
		view->mode = (view->mode + 1) % CELL_MODES;
		return true;
	case ACTION_ORDER:
		view->order = (view->order + 1) % ORDER_COUNT;
		return true;
	default:
		return false;
	}
}

static void view_enter(const struct matrix_view *view, struct app *app, const struct world *world)
{
	g_autofree char *subject = NULL;

	if (view->row_id == NULL || view->col_id == NULL)
		return;
	subject = g_strdup_printf("%s=%s/%s=%s%s", attribute_name(view->by_rows), view->row_id,
				  attribute_name(view->by_cols), view->col_id,
				  view->mode == CELL_MEMBERS ? "+members" : "");
	app_open(app, world, &view_cell, subject);
}

static const char *const orders[ORDER_COUNT] = {
	[ORDER_ALIKE] = N_("Groups with like partners stand together."),
	[ORDER_SIZE] = N_("Groups with most come first."),
	[ORDER_LISTED] = N_("Groups stand as the network lists them."),
};

static bool view_update(struct view *self, struct app *app, const struct world *world,
			const struct event *event, enum action action, struct effects *effects)
{
	struct matrix_view *view = self->state;

	/* What the app only has been told, as that it shows another day, waits for none of it. */
	if (event->type == EVENT_AGAIN && !is_busy(view) && view->wanting)
		ask_chance(view, app, effects);
	else if (event->type == EVENT_AGAIN)
		work_once(view, world);
	if (event->type != EVENT_KEY)
		return false;
	/* Others are wanted instead; whatever else is pressed is about what is being made. */
	if (view_turn(view, action)) {
		if (!view->passing.busy)
			view_fill(view, world);
		if (action == ACTION_ORDER)
			app_say(app, STYLE_NORMAL, "%s", _(orders[view->order]));
		return true;
	}
	work_out(view, world);
	if (action == ACTION_OPEN) {
		view_enter(view, app, world);
		return true;
	}
	if (view->too_large || !view_move(view, action))
		return false;
	view_remember(view);
	matrix_layout(view, app_area(world));
	return true;
}

/* Labels of rows, then of columns, in the order shown. */
static const char *label_at(const struct matrix_view *view, guint at)
{
	return at < view->n_rows ? view->matrix->rows->labels[view->rows[at]]
				 : view->matrix->cols->labels[view->cols[at - view->n_rows]];
}

/* The row or column of that name; the other place of the cursor stays. */
static bool view_find(struct view *self, const struct world *world, const char *needle, int step,
		      struct effects *effects)
{
	struct matrix_view *view = self->state;
	g_autofree char *wanted = text_fold(needle);

	work_out(view, world);
	int n = (int)(view->n_rows + view->n_cols);
	int from = view->found_col ? (int)(view->n_rows + view->col) : (int)view->row;

	(void)effects;
	for (int i = 1; i <= n && !view->too_large; i++) {
		guint at = (guint)(((from + step * i) % n + n) % n);
		g_autofree char *label = text_fold(label_at(view, at));

		if (strstr(label, wanted) == NULL)
			continue;
		view->found_col = at >= view->n_rows;
		if (view->found_col)
			view->col = at - view->n_rows;
		else
			view->row = at;
		view_remember(view);
		matrix_layout(view, app_area(world));
		return true;
	}
	return false;
}

static void view_draw(const struct view *self, const struct app *app, const struct world *world,
		      struct grid *grid, struct rect area)
{
	const struct matrix_view *view = self->state;

	(void)app;
	(void)world;
	if (is_busy(view))
		passing_draw_busy(grid, area);
	else if (view->too_large)
		grid_put(grid, area.row + 1, area.col + 2, -1, STYLE_DIM,
			 _("There are too many groups for a matrix: press r or c for others."));
	else if (view->n_rows == 0 || view->n_cols == 0)
		grid_put(grid, area.row + 1, area.col + 2, -1, STYLE_DIM,
			 _("There are no groups of this kind: press r or c for others."));
	else
		matrix_draw(view, grid, area);
}

static bool view_click(struct view *self, const struct world *world, struct rect area, int row,
		       int col)
{
	struct matrix_view *view = self->state;
	bool again;

	if (is_busy(view) || view->too_large || view->heads == NULL || view->n_rows == 0 ||
	    view->n_cols == 0)
		return false;
	again = matrix_click(view, area, row, col);
	view_remember(view);
	matrix_layout(view, app_area(world));
	return again;
}

static char *view_place(const struct view *self, const struct world *world)
{
	const struct matrix_view *view = self->state;

	(void)world;
	return g_strdup_printf("%s › %s × %s", _("Matrix"), attribute_label(view->by_rows),
			       attribute_label(view->by_cols));
}

/* The key to what stands in the cells. */
static char *view_status(const struct view *self, const struct app *app, const struct world *world)
{
	static const char *const texts[CELL_MODES] = {
		[CELL_CHANCE] =
			N_("against chance: -- far fewer  - fewer  · as many  + more  ++ far more"),
		[CELL_TIES] = N_("ties between them"),
		[CELL_DENSITY] = N_("of 100 possible ties so many are there"),
		[CELL_MEMBERS] = N_("institutions in both; · means nobody"),
	};
	const struct matrix_view *view = self->state;

	(void)app;
	(void)world;
	return g_strdup(_(texts[view->mode]));
}

static struct crossing view_crossing(const struct view *self)
{
	const struct matrix_view *view = self->state;

	return (struct crossing){ view->by_rows, view->by_cols };
}

const struct view_ops view_matrix = {
	.name = "matrix",
	.title = N_("Matrix"),
	.brief = IN_CONTEXT("tab", "Matrix"),
	.scopes = SCOPE_MATRIX,
	.slow = true,
	.open = view_open,
	.free = view_free,
	.refresh = view_refresh,
	.update = view_update,
	.draw = view_draw,
	.place = view_place,
	.status = view_status,
	.find = view_find,
	.busy = view_busy,
	.click = view_click,
	.format = "matrix",
	.crossing = view_crossing,
};
