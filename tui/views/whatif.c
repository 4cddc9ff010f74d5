#include "tui/views/whatif.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n.h>

#include "base/text.h"
#include "graph/whatif.h"
#include "tui/views/gaps.h"
#include "tui/views/propose.h"

/*
 * The scorecard of what was tried: measures before and after, gaps that close and
 * open, who is cut off.  The numbers arrive when they are computed.
 */
struct state {
	struct page *page;
	struct scorecard *score; /* NULL: not there yet */
	bool failed;
};

static void *whatif_open(struct app *app, const struct world *world, const char *subject)
{
	struct state *state = g_new0(struct state, 1);

	(void)app;
	(void)world;
	(void)subject;
	state->page = page_new();
	return state;
}

static void whatif_free(void *data)
{
	struct state *state = data;

	page_free(state->page);
	scorecard_unref(state->score);
	g_free(state);
}

static const char *name_of(const struct world *world, const char *id)
{
	return model_name(world->model, KIND_INSTITUTION, id, true);
}

bool whatif_try(struct app *app, const struct world *world, const char *steps,
		struct effects *effects)
{
	if (world->study == NULL) {
		app_say(app, STYLE_DIM, "%s", _("Wait until it is computed"));
		return false;
	}
	app_open(app, world, &view_whatif, steps);
	effects_add(effects, EFFECT_WHATIF)->text = g_strdup(steps);
	return true;
}

static char *step_say(const struct world *world, const char *line)
{
	g_auto(GStrv) both = g_strsplit(line, " ", 2);
	const char *first = both[0] ? name_of(world, both[0]) : "";

	if (!both[0] || !both[1])
		return g_strdup(first);
	if (both[1][0] == WHATIF_PLACE_MARK)
		return propose_join_text(world, both[0], both[1] + 1);
	return g_strdup_printf(_("%s with %s"), first, name_of(world, both[1]));
}

static const char *steps_title(const char *subject)
{
	if (strchr(subject, WHATIF_PLACE_MARK))
		return _("If they worked there too");
	return strchr(subject, ' ') ? _("If they worked together") : _("If it left");
}

static void write_steps(struct page *page, const struct world *world, const char *subject, int cols)
{
	g_auto(GStrv) lines = g_strsplit(subject, "\n", -1);

	page_heading(page, steps_title(subject));
	for (guint i = 0; lines[i]; i++) {
		g_autofree char *text = step_say(world, lines[i]);

		if (lines[i][0] != WHATIF_GAP_MARK)
			page_wrap(page, 1, cols - 2, STYLE_STRONG, text, NULL);
	}
}

static void write_assumed(struct page *page, const struct scorecard *score, int cols)
{
	g_autofree char *assumed = scorecard_assumed(score);

	if (assumed)
		page_wrap(page, 1, cols - 2, STYLE_DIM, assumed, NULL);
}

/* The gap that it is tried for, or NULL. */
static const struct gap *aim_of(const char *subject, const struct scorecard *score)
{
	const char *mark = strchr(subject, WHATIF_GAP_MARK);

	return mark ? study_gap(score->before, mark + 1) : NULL;
}

static void write_aim(struct page *page, const char *subject, const struct scorecard *score,
		      int cols)
{
	const struct gap *before = aim_of(subject, score);
	const struct gap *after = before ? study_gap(score->after, before->id) : NULL;
	g_autofree char *text = before ? scorecard_fate(score, before) : NULL;
	enum style style = STYLE_WARN;

	if (!before)
		return;
	page_heading(page, _("The gap that it is tried for"));
	page_wrap(page, 1, cols - 2, STYLE_NORMAL, before->title, NULL);
	if (study_lacks_gap(score->after, before))
		style = STYLE_GOOD;
	else if (after && fabs(after->severity - before->severity) >= .005)
		style = after->severity < before->severity ? STYLE_GOOD : STYLE_BAD;
	page_wrap(page, 1, cols - 2, style, text, NULL);
}

/* Of long lists so many come first: what becomes of the network must not stand pages below. */
#define FIRST 8

/* How many of a list stand above; the others stand at the end. */
static guint first_of(guint n)
{
	return n > FIRST + 1 ? FIRST : n;
}

static void list_heading(struct page *page, const char *title, guint n)
{
	g_autofree char *heading = g_strdup_printf("%s (%u)", title, n);

	page_heading(page, heading);
}

static void say_rest(struct page *page, guint n)
{
	if (first_of(n) == n)
		return;
	page_line(page, NULL);
	page_printf(page, 1, -1, STYLE_DIM, _("and %u more, at the end"), n - first_of(n));
}

static void write_cut_off(struct page *page, const struct scorecard *score, int cols, guint from,
			  guint to)
{
	if (from < to)
		list_heading(page, _("Cut off from the others"), score->cut_off->len);
	for (guint i = from; i < to; i++) {
		const struct institution *one = g_ptr_array_index(score->cut_off, i);
		g_autofree char *link = subject_new(KIND_INSTITUTION, one->base.id);

		page_line(page, link);
		page_text(page, 1, cols - 2, STYLE_BAD, institution_name(one, false));
	}
}

static void write_losses(struct page *page, const struct scorecard *score, int cols, guint from,
			 guint to)
{
	if (from < to)
		list_heading(page, _("Programmes that lose somebody"), score->losses->len);
	for (guint i = from; i < to; i++) {
		const struct whatif_loss *loss =
			&g_array_index(score->losses, struct whatif_loss, i);
		g_autofree char *text = whatif_loss_say(loss);

		page_wrap(page, 1, cols - 2,
			  loss->role == ROLE_LEAD || loss->left == 0 ? STYLE_BAD : STYLE_NORMAL,
			  text, NULL);
	}
}

/* What goes with those who leave, and who loses the others by it. */
static void write_lost(struct page *page, const struct scorecard *score, int cols)
{
	if (score->ties_lost > 0) {
		page_line(page, NULL);
		page_printf(
			page, 1, -1, STYLE_DIM,
			ngettext("%u tie goes with it.", "%u ties go with it.", score->ties_lost),
			score->ties_lost);
	}
	write_cut_off(page, score, cols, 0, first_of(score->cut_off->len));
	say_rest(page, score->cut_off->len);
	write_losses(page, score, cols, 0, first_of(score->losses->len));
	say_rest(page, score->losses->len);
}

static void write_rest(struct page *page, const struct scorecard *score, int cols)
{
	write_cut_off(page, score, cols, first_of(score->cut_off->len), score->cut_off->len);
	write_losses(page, score, cols, first_of(score->losses->len), score->losses->len);
}

/* What the names of the measures take, as long as the numbers have room behind them. */
static int label_cols(const struct scorecard *score, int cols)
{
	int widest = 0;

	for (guint i = 0; i < score->rows->len; i++) {
		const struct whatif_row *row = &g_array_index(score->rows, struct whatif_row, i);

		widest = MAX(widest, text_width(_(row->measure->label)));
	}
	return MIN(MAX(widest, 34), MAX(cols - 34, 8));
}

static void write_rows(struct page *page, const struct scorecard *score, int cols)
{
	int label = label_cols(score, cols);

	page_heading(page, _("The network"));
	for (guint i = 0; i < score->rows->len; i++) {
		const struct whatif_row *row = &g_array_index(score->rows, struct whatif_row, i);
		g_autofree char *before = NULL, *after = NULL;

		if (row->better == 0 || !row->telling)
			continue;
		whatif_row_format(score, row, &before, &after);
		page_line(page, NULL);
		page_text(page, 1, label, STYLE_NORMAL, _(row->measure->label));
		page_right(page, label + 2, 9, STYLE_DIM, before);
		page_text(page, label + 12, 1, STYLE_DIM, "→");
		page_text(page, label + 14, 9, STYLE_STRONG, after);
		page_text(page, label + 24, -1, row->better > 0 ? STYLE_GOOD : STYLE_BAD,
			  row->better > 0 ? _("better") : _("worse"));
	}
	if (scorecard_telling(score) == 0) {
		page_line(page, NULL);
		page_text(page, 1, cols - 2, STYLE_DIM, _("No measure of the network changes."));
	}
}

void gaps_write(struct page *page, const char *title, const GPtrArray *gaps, enum style style,
		int cols, guint most)
{
	g_autofree char *heading = NULL;

	if (gaps->len == 0)
		return;
	heading = g_strdup_printf("%s (%u)", title, gaps->len);
	page_heading(page, heading);
	for (guint i = 0; i < gaps->len && i < most; i++) {
		const struct gap *gap = g_ptr_array_index(gaps, i);

		page_line(page, NULL);
		page_printf(page, 1, 4, style, "%.2f", gap->severity);
		page_text(page, 6, cols - 7, STYLE_NORMAL, gap->title);
	}
	if (gaps->len > most) {
		page_line(page, NULL);
		page_printf(page, 6, -1, STYLE_DIM, _("and %u more"), gaps->len - most);
	}
}

static void write_gaps(struct page *page, const char *subject, const struct scorecard *score,
		       int cols)
{
	g_autoptr(GPtrArray) told = g_ptr_array_new();
	struct whatif_group groups[WHATIF_GROUPS];
	const struct gap *aim = aim_of(subject, score);

	if (aim)
		g_ptr_array_add(told, (void *)aim);
	scorecard_groups(score, told, groups);
	for (guint i = 0; i < WHATIF_GROUPS; i++)
		gaps_write(page, groups[i].title, groups[i].gaps,
			   groups[i].good ? STYLE_GOOD : STYLE_BAD, cols, G_MAXUINT);
	whatif_groups_clear(groups);
}

static void whatif_refresh(struct view *view, struct app *app, const struct world *world)
{
	struct state *state = view->state;
	struct rect area = app_area(world);
	const struct scorecard *score = state->score;

	(void)app;
	page_layout(state->page, area.rows);
	page_begin(state->page);
	write_steps(state->page, world, view->subject, area.cols);
	if (score) {
		write_assumed(state->page, score, area.cols);
		write_aim(state->page, view->subject, score, area.cols);
		write_lost(state->page, score, area.cols);
		write_gaps(state->page, view->subject, score, area.cols);
		write_rows(state->page, score, area.cols);
		write_rest(state->page, score, area.cols);
	} else {
		page_line(state->page, NULL);
		page_line(state->page, NULL);
		page_text(state->page, 1, -1, STYLE_DIM,
			  state->failed ? _("It could not be computed.") : _("computing…"));
	}
	page_end(state->page);
}

static bool whatif_update(struct view *view, struct app *app, const struct world *world,
			  const struct event *event, enum action action, struct effects *effects)
{
	struct state *state = view->state;

	(void)effects;
	if (event->type == EVENT_DONE && event->score) {
		scorecard_unref(state->score);
		state->score = scorecard_ref(event->score);
		whatif_refresh(view, app, world);
		state->page->top = 0;
		return true;
	}
	if (event->type == EVENT_FAILED && !state->score) {
		state->failed = true;
		whatif_refresh(view, app, world);
		return true;
	}
	if (event->type != EVENT_KEY)
		return false;
	if (action == ACTION_OPEN)
		return page_follow(page_link(state->page), app, world);
	return page_update(state->page, action);
}

static void whatif_draw(const struct view *view, const struct app *app, const struct world *world,
			struct grid *grid, struct rect area)
{
	const struct state *state = view->state;

	(void)app;
	(void)world;
	grid_fill(grid, area, STYLE_NORMAL, " ");
	page_draw(state->page, grid, area, true);
}

const struct view_ops view_whatif = {
	.name = "whatif",
	.title = N_("Try it"),
	.no_undo = N_("What is tried here is not saved: there is nothing to take back."),
	.dialog = true,
	.open = whatif_open,
	.free = whatif_free,
	.refresh = whatif_refresh,
	.update = whatif_update,
	.draw = whatif_draw,
};
