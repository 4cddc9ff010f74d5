#include "tui/views/record.h"

#include <glib/gi18n.h>

#include "tui/app_record.h"
#include "tui/views/card.h"

/*
 * What the cards of institutions, territories and programmes do alike.  Their
 * sections are in card.c and in the card's own file.
 */
struct state {
	const struct record_card *card;
	struct panes *panes;
	void *own; /* of begin() */
	bool working;
	struct model_identity model; /* that own is of */
};

void *record_new(const struct record_card *card)
{
	struct state *state = g_new0(struct state, 1);

	state->card = card;
	state->panes = panes_new();
	return state;
}

static void own_end(struct state *state)
{
	if (state->own != NULL)
		state->card->end(state->own);
	state->own = NULL;
}

#define AT_ONCE 8192 /* ties up to which a card waits for all it needs */

/* Anew where the network is another one. */
static void own_begin(struct state *state, const struct model *model)
{
	const struct record_card *card = state->card;

	if (card->begin == NULL || (state->own != NULL && model_is(model, &state->model)))
		return;
	own_end(state);
	state->own = card->begin(model);
	state->model = model_identity(model);
	do
		state->working = card->work(state->own, model);
	while (state->working && model->n_ties <= AT_ONCE);
}

void record_free(void *data)
{
	struct state *state = data;

	own_end(state);
	panes_free(state->panes);
	g_free(state);
}

bool record_busy(const struct view *view)
{
	return ((const struct state *)view->state)->working;
}

struct panes *record_panes(const struct view *view)
{
	return ((const struct state *)view->state)->panes;
}

void record_refresh(struct view *view, struct app *app, const struct world *world)
{
	struct state *state = view->state;
	const struct record_card *card = state->card;
	struct panes *panes = record_panes(view);
	struct rect area = app_area(world);
	g_autofree char *gone = NULL;
	int index = model_find(world->model, card->kind, view->subject);
	guint n = area.cols >= 160 ? 3 : area.cols >= APP_WIDE ? 2 : 1;

	(void)app;
	if (index >= 0)
		own_begin(state, world->model);
	else
		gone = app_why_gone(world, card->kind, view->subject);
	n = MIN(n, card->pages);
	panes_layout(panes, area, n, card->weights);
	for (guint i = 0; i < n; i++)
		page_begin(panes->pages[i]);
	if (index < 0) {
		card_title(panes->pages[0], view->subject, NULL);
		page_wrap(panes->pages[0], 1, panes->areas[0].cols - 1, STYLE_WARN, gone, NULL);
	} else if (state->working) {
		card_title(panes->pages[0],
			   model_name(world->model, card->kind, view->subject, false),
			   _("looking…"));
	} else {
		card->fill(panes, world, (guint)index, state->own);
	}
	for (guint i = 0; i < n; i++)
		page_end(panes->pages[i]);
	panes_settle(panes);
}

bool record_update(struct view *view, struct app *app, const struct world *world,
		   const struct event *event, enum action action, struct effects *effects)
{
	struct state *state = view->state;
	const struct record_card *card = state->card;

	if (event->type == EVENT_AGAIN && state->working) {
		state->working = card->work(state->own, world->model);
		if (!state->working)
			record_refresh(view, app, world);
		return true;
	}
	if (event->type == EVENT_DONE && card->done != NULL)
		card->done(app, world, event);
	if (event->type != EVENT_KEY)
		return false;
	if (card->act != NULL && card->act(view, app, world, action, effects))
		return true;
	return panes_update(record_panes(view), app, world, action);
}

void record_draw(const struct view *view, const struct app *app, const struct world *world,
		 struct grid *grid, struct rect area)
{
	(void)app;
	(void)world;
	(void)area;
	panes_draw(record_panes(view), grid);
}

char *record_place(const struct view *view, const struct world *world)
{
	const struct record_card *card = ((const struct state *)view->state)->card;

	return g_strdup_printf("%s › %s", _(card->place),
			       model_name(world->model, card->kind, view->subject, true));
}

char *record_subject(const struct view *view, const struct world *world)
{
	(void)world;
	return subject_new(((const struct state *)view->state)->card->kind, view->subject);
}

bool record_find(struct view *view, const struct world *world, const char *needle, int step,
		 struct effects *effects)
{
	(void)world;
	(void)effects;
	return panes_find(record_panes(view), needle, step);
}

struct page *record_page(const struct view *view)
{
	const struct panes *panes = record_panes(view);

	return panes->pages[panes->active];
}

bool record_click(struct view *view, const struct world *world, struct rect area, int row, int col)
{
	(void)world;
	(void)area;
	return panes_click(record_panes(view), row, col);
}
