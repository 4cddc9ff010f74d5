#include "tui/views/card.h"

#include <string.h>

#include <glib/gi18n.h>

#include "data/difference.h"

/*
 * Who changed what, when: the newest changes of everything or of one record, each
 * with what it did once it is opened.  u takes the one under the cursor back.
 */
#define OPS_SHOWN 40

struct history {
	struct page *page;
	char *opened; /* link of the change whose ops are shown, or NULL */
	bool wanting; /* more than the newest of all is to be read yet */
};

static void *history_open(struct app *app, const struct world *world, const char *subject)
{
	struct history *history = g_new0(struct history, 1);

	(void)app;
	(void)world;
	(void)subject;
	history->page = page_new();
	return history;
}

static void history_free(void *state)
{
	struct history *history = state;

	page_free(history->page);
	g_free(history->opened);
	g_free(history);
}

/* What was done, in words, below the name of the record that it was done to. */
static void add_ops(struct page *page, const struct model *model, const struct change *change,
		    int columns)
{
	const struct op *last = NULL;

	for (guint i = 0; i < change->ops->len && i < OPS_SHOWN; i++) {
		const struct op *op = g_ptr_array_index(change->ops, i);
		g_autofree char *words = op_words(op, model, model);

		if (last == NULL || last->kind != op->kind || g_strcmp0(last->id, op->id) != 0) {
			page_line(page, NULL);
			page_text(page, 3, -1, STYLE_STRONG,
				  model_name(model, op->kind, op->id, false));
		}
		page_wrap(page, 5, columns - 6, STYLE_NORMAL, words, NULL);
		last = op;
	}
	if (change->ops->len > OPS_SHOWN) {
		page_line(page, NULL);
		page_printf(page, 3, -1, STYLE_DIM, _("and %u more"), change->ops->len - OPS_SHOWN);
	}
}

static void add_change(struct history *history, const struct world *world,
		       const struct change *change, int digits)
{
	g_autofree char *link = g_strdup_printf("change/%" G_GINT64_FORMAT, change->id);
	g_autofree char *time = change_time(change, world->today);
	g_autofree char *what = app_change_text(world, change);
	g_autofree char *number = g_strdup_printf("%" G_GINT64_FORMAT, change->id);
	bool undone = change->undone_by != 0 && !change->redone;
	int col = digits + 2;

	page_line(history->page, link);
	page_right(history->page, 1, digits, STYLE_DIM, number);
	page_text(history->page, col, 10, STYLE_DIM, time);
	page_text(history->page, col + 11, 14, undone ? STYLE_DIM : STYLE_NORMAL,
		  actor_text(change->actor));
	page_text(history->page, col + 26, -1, undone ? STYLE_DIM : STYLE_NORMAL, what);
	if (undone)
		page_printf(history->page, -1, -1, STYLE_DIM, " (%s)", _("taken back"));
	if (g_strcmp0(history->opened, link) == 0)
		add_ops(history->page, world->model, change, app_area(world).cols);
}

static const char *whose(const struct view *view)
{
	return view->subject == NULL ? "" : view->subject;
}

/* Of everything that is to be shown, or, until that is read, of the newest. */
static const GPtrArray *changes_of(const struct view *view, const struct world *world)
{
	bool read = world->log != NULL && strcmp(world->log_of, whose(view)) == 0;

	return read ? world->log : world->history;
}

static void history_fill(struct view *view, const struct world *world)
{
	struct history *history = view->state;
	const GPtrArray *changes = changes_of(view, world);
	const char *rest = NULL;
	int digits = 1;
	enum kind kind = KIND_INSTITUTION;
	bool one = view->subject != NULL && subject_parse(view->subject, &kind, &rest);
	/* That of an item is its record's. */
	g_autofree char *id = one ? g_strndup(rest, strcspn(rest, "/")) : NULL;

	page_begin(history->page);
	history->wanting = changes == world->history;
	/* By their numbers commands and messages name them; the newest has the longest. */
	if (changes != NULL && changes->len > 0)
		digits = g_snprintf(NULL, 0, "%" G_GINT64_FORMAT,
				    ((const struct change *)changes->pdata[0])->id);
	for (guint i = 0; changes != NULL && i < changes->len; i++) {
		const struct change *change = g_ptr_array_index(changes, i);

		if (!one || change_touches(change, kind, id))
			add_change(history, world, change, digits);
	}
	if (history->page->lines->len == 0) {
		page_line(history->page, NULL);
		page_text(history->page, 1, -1, STYLE_DIM, _("Nothing was changed here."));
	}
	if (changes != NULL && changes->len == WORLD_LOG) {
		page_line(history->page, NULL);
		page_text(history->page, 1, -1, STYLE_DIM, _("Older changes: telar log"));
	}
	page_end(history->page);
}

static void history_refresh(struct view *view, struct app *app, const struct world *world)
{
	struct history *history = view->state;

	(void)app;
	history_fill(view, world);
	page_layout(history->page, app_area(world).rows);
}

/* What was opened at the lower edge comes into sight, as much of it as there is room for. */
static void scroll_to_opened(struct page *page)
{
	guint end = (guint)MAX(page->focus, 0) + 1;

	while (end < page->lines->len &&
	       ((const struct page_line *)g_ptr_array_index(page->lines, end))->link == NULL)
		end++;
	if (page->focus >= 0 && end > page->top + page->rows)
		page->top = MIN((guint)page->focus, end - page->rows);
}

static bool history_update(struct view *view, struct app *app, const struct world *world,
			   const struct event *event, enum action action, struct effects *effects)
{
	struct history *history = view->state;
	const char *link = page_link(history->page);

	if (event->type == EVENT_AGAIN && history->wanting) {
		history->wanting = false;
		effects_add(effects, EFFECT_HISTORY)->path = g_strdup(whose(view));
		return true;
	}
	if (event->type != EVENT_KEY)
		return false;
	if (action == ACTION_OPEN && link != NULL) {
		bool open = g_strcmp0(history->opened, link) == 0;

		g_free(history->opened);
		history->opened = open ? NULL : g_strdup(link);
		history_fill(view, world);
		scroll_to_opened(history->page);
		return true;
	}
	/* Here the change under the cursor is meant, not the newest. */
	if (action == ACTION_UNDO) {
		if (link == NULL)
			app_say(app, STYLE_DIM, _("Nothing was changed here."));
		else if (app_may_edit(app, world))
			effects_add(effects, EFFECT_UNDO)->id =
				g_ascii_strtoll(strchr(link, '/') + 1, NULL, 10);
		return true;
	}
	return page_update(history->page, action);
}

static void history_draw(const struct view *view, const struct app *app, const struct world *world,
			 struct grid *grid, struct rect area)
{
	const struct history *history = view->state;

	(void)app;
	(void)world;
	page_draw(history->page, grid, area, true);
}

static bool history_busy(const struct view *view)
{
	return ((const struct history *)view->state)->wanting;
}

static char *history_place(const struct view *view, const struct world *world)
{
	const char *id;
	enum kind kind;

	if (view->subject == NULL || !subject_parse(view->subject, &kind, &id))
		return NULL;
	return g_strdup_printf("%s › %s", _("History"), model_name(world->model, kind, id, true));
}

static struct page *history_page(const struct view *view)
{
	return ((const struct history *)view->state)->page;
}

static bool history_can(const struct view *view, const struct world *world, enum action action)
{
	(void)world;
	return (action != ACTION_OPEN && action != ACTION_UNDO) ||
	       page_link(history_page(view)) != NULL;
}

const struct view_ops view_history = {
	.name = "history",
	.title = N_("History"),
	.scopes = 0,
	.open = history_open,
	.free = history_free,
	.refresh = history_refresh,
	.update = history_update,
	.draw = history_draw,
	.place = history_place,
	.page = history_page,
	.can = history_can,
	.busy = history_busy,
};
