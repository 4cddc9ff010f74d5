#include "tui/views/card.h"
#include "tui/views/edit.h"
#include "tui/views/record.h"
#include "tui/views/tie.h"

#include <string.h>

#include <glib/gi18n.h>

/*
 * The card of one institution: everything about it on one, two or three pages
 * side by side.  The sections themselves are in card.c and card_institution.c.
 */
#define GAPS_SHOWN    12
#define HISTORY_SHOWN 8

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
	card_exchange(page, world, index, columns);
}

static void section_rest(struct page *page, const struct world *world, guint index, int columns)
{
	card_memberships(page, world, index);
	card_programmes(page, world, index, columns);
	card_history(page, world, KIND_INSTITUTION, model_institution(world->model, index)->base.id,
		     HISTORY_SHOWN);
}

/* Which sections stand in which page, by how many pages there are. */
static void card_fill(struct panes *panes, const struct world *world, guint index, const void *own)
{
	struct page *facts = panes->pages[0];
	struct page *partners = panes->pages[panes->n > 1 ? 1 : 0];
	struct page *says = panes->pages[panes->n - 1];
	int columns[PANES_MAX];

	(void)own;
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

/* The tie under the cursor, or NULL; seen from this institution. */
static const char *card_tie(const struct view *view)
{
	const char *link = panes_link(record_panes(view));

	return link != NULL && g_str_has_prefix(link, "tie/") ? link + strlen("tie/") : NULL;
}

/* What this institution says of the partner under the cursor; new where it says nothing. */
static void card_edit_tie(const struct view *view, struct app *app, const struct world *world)
{
	const char *tie = card_tie(view);
	const char *partner = tie == NULL ? NULL : strchr(tie, '/') + 1;

	if (partner == NULL) {
		app_say(app, STYLE_DIM, _("There is no partner under the cursor."));
	} else if (app_may_edit(app, world)) {
		g_autofree char *subject = edit_tie_subject(world->model, view->subject, partner);

		app_open(app, world, &view_form, subject);
		if (strstr(subject, "/+") != NULL)
			app_say(app, STYLE_WARN,
				_("Only %s declares this; you are adding the side of %s."),
				model_name(world->model, KIND_INSTITUTION, partner, true),
				model_name(world->model, KIND_INSTITUTION, view->subject, true));
	}
}

static bool card_act(const struct view *view, struct app *app, const struct world *world,
		     enum action action, struct effects *effects)
{
	if (action == ACTION_TIE)
		card_edit_tie(view, app, world);
	else if (action == ACTION_CONFIRM)
		tie_do(app, world, TIE_CONFIRM, card_tie(view), effects);
	else
		return false;
	return true;
}

static void card_done(struct app *app, const struct world *world, const struct event *event)
{
	tie_say_done(app, world, event->change);
}

static const struct record_card card = {
	.kind = KIND_INSTITUTION,
	.place = N_("Institutions"),
	.weights = { 10, 11, 10 },
	.pages = 3,
	.fill = card_fill,
	.act = card_act,
	.done = card_done,
};

static void *card_open(struct app *app, const struct world *world, const char *subject)
{
	(void)app;
	(void)world;
	(void)subject;
	return record_new(&card);
}

static bool card_can(const struct view *view, const struct world *world, enum action action)
{
	return tie_can(world->model, card_tie(view), action);
}

const struct view_ops view_institution = {
	.name = "institution",
	.title = N_("Institution"),
	.scopes = SCOPE_NAMED | SCOPE_CARD | SCOPE_EDIT | SCOPE_INSTITUTIONS | SCOPE_TIES,
	.open = card_open,
	RECORD_VIEW,
	.can = card_can,
};
