#include "tui/views/card.h"
#include "tui/views/edit.h"
#include "tui/views/tie.h"
#include "tui/widgets/panes.h"

#include <string.h>

#include <glib/gi18n.h>

/*
 * The card of one institution: everything about it on one, two or three pages
 * side by side.  The sections themselves are in card.c and card_institution.c.
 */
#define GAPS_SHOWN    12
#define HISTORY_SHOWN 8

static void *card_open(struct app *app, const struct world *world, const char *subject)
{
	(void)app;
	(void)world;
	(void)subject;
	return panes_new();
}

static void card_free(void *state)
{
	panes_free(state);
}

static void section_facts(struct page *page, const struct world *world, guint index, int columns)
{
	const struct institution *record = model_institution(world->model, index);
	const char *sector =
		record->sector == NULL
			? _("Sector unknown")
			: model_term_name(world->model, VOCABULARY_SECTORS, record->sector);
	g_autofree char *below = g_strdup_printf("%s · %s", sector, record->base.id);

	card_title(page, institution_name(record, false), below);
	card_facts(page, world, record_type(KIND_INSTITUTION), record, columns);
}

static void section_rest(struct page *page, const struct world *world, guint index, int columns)
{
	card_exchange(page, world, index, columns);
	card_memberships(page, world, index);
	card_programmes(page, world, index, columns);
	card_history(page, world, KIND_INSTITUTION, model_institution(world->model, index)->base.id,
		     HISTORY_SHOWN);
}

/* Which sections stand in which page, by how many pages there are. */
static void card_fill(struct panes *panes, const struct world *world, guint index)
{
	struct page *facts = panes->pages[0];
	struct page *partners = panes->pages[panes->n > 1 ? 1 : 0];
	struct page *says = panes->pages[panes->n - 1];
	int columns[PANES_MAX];

	for (guint i = 0; i < panes->n; i++)
		columns[i] = panes->areas[i].cols;
	section_facts(facts, world, index, columns[0]);
	if (panes->n > 1)
		section_rest(facts, world, index, columns[0]);
	card_partners(partners, world, index, columns[panes->n > 1 ? 1 : 0]);
	card_gaps(says, world, (int)index, -1, GAPS_SHOWN, columns[panes->n - 1]);
	card_says(says, world, index, G_MAXUINT, columns[panes->n - 1]);
	if (panes->n == 1)
		section_rest(facts, world, index, columns[0]);
}

static void card_refresh(struct view *view, struct app *app, const struct world *world)
{
	static const int weights[] = { 10, 11, 10 };
	struct panes *panes = view->state;
	struct rect area = app_area(world);
	int index = model_find(world->model, KIND_INSTITUTION, view->subject);
	guint n = area.cols >= 160 ? 3 : area.cols >= APP_WIDE ? 2 : 1;

	(void)app;
	panes_layout(panes, area, n, weights);
	for (guint i = 0; i < n; i++)
		page_begin(panes->pages[i]);
	if (index < 0)
		card_title(panes->pages[0], view->subject,
			   _("This record is no longer there. u takes the last change back."));
	else
		card_fill(panes, world, (guint)index);
	for (guint i = 0; i < n; i++)
		page_end(panes->pages[i]);
	panes_settle(panes);
}

/* The tie under the cursor, or NULL; seen from this institution. */
static const char *card_tie(const struct view *view)
{
	const char *link = panes_link(view->state);

	return link != NULL && g_str_has_prefix(link, "tie/") ? link + strlen("tie/") : NULL;
}

/* What this institution says of the partner under the cursor; new where it says nothing. */
static void card_edit_tie(const struct view *view, struct app *app, const struct world *world)
{
	const char *tie = card_tie(view);
	const char *partner = tie == NULL ? NULL : strchr(tie, '/') + 1;

	if (partner == NULL) {
		app_say(app, STYLE_DIM, _("There is no partner under the cursor."));
	} else if (world->read_only) {
		app_say(app, STYLE_WARN, _("This network is open read only."));
	} else {
		g_autofree char *subject = edit_tie_subject(world->model, view->subject, partner);

		app_open(app, world, &view_form, subject);
		if (strstr(subject, "/+") != NULL)
			app_say(app, STYLE_WARN,
				_("Only %s declares this; you are adding the side of %s."),
				model_name(world->model, KIND_INSTITUTION, partner, true),
				model_name(world->model, KIND_INSTITUTION, view->subject, true));
	}
}

static bool card_update(struct view *view, struct app *app, const struct world *world,
			const struct event *event, enum action action, struct effects *effects)
{
	if (event->type == EVENT_DONE)
		tie_say_done(app, world, event->change);
	if (event->type != EVENT_KEY)
		return false;
	if (action == ACTION_TIE) {
		card_edit_tie(view, app, world);
		return true;
	}
	if (action == ACTION_CONFIRM) {
		tie_do(app, world, TIE_CONFIRM, card_tie(view), effects);
		return true;
	}
	return panes_update(view->state, app, world, action);
}

static void card_draw(const struct view *view, const struct app *app, const struct world *world,
		      struct grid *grid, struct rect area)
{
	(void)app;
	(void)world;
	(void)area;
	panes_draw(view->state, grid);
}

static char *card_place(const struct view *view, const struct world *world)
{
	return g_strdup_printf("%s › %s", _("Institutions"),
			       model_name(world->model, KIND_INSTITUTION, view->subject, true));
}

static char *card_record(const struct view *view, const struct world *world)
{
	(void)world;
	return subject_new(KIND_INSTITUTION, view->subject);
}

static struct page *card_page(const struct view *view)
{
	const struct panes *panes = view->state;

	return panes->pages[panes->active];
}

const struct view_ops view_institution = {
	.name = "institution",
	.title = N_("Institution"),
	.scopes = SCOPE_NAMED | SCOPE_CARD | SCOPE_EDIT | SCOPE_INSTITUTIONS | SCOPE_TIES,
	.open = card_open,
	.free = card_free,
	.refresh = card_refresh,
	.update = card_update,
	.draw = card_draw,
	.place = card_place,
	.record = card_record,
	.page = card_page,
};
