#include "tui/views/card.h"
#include "tui/views/record.h"
#include "tui/views/tally.h"

#include <string.h>

#include <glib/gi18n.h>

/*
 * The card of one territory: where it stands, which sectors are there and which
 * are not, who its members are, what is missing.
 */
#define GAPS_SHOWN    12
#define HISTORY_SHOWN 8

static void section_members(struct page *page, const struct world *world, const char *id,
			    const struct tally *tally, guint at, int columns)
{
	const struct model *model = world->model;
	g_autofree char *heading = g_strdup_printf(
		ngettext("%u member", "%u members", tally->members[at]), tally->members[at]);
	int name = MAX((columns - 4) * 6 / 10, 10);

	page_heading(page, heading);
	page_line(page, NULL);
	page_printf(page, 1, -1, STYLE_DIM, _("ties: %u inside, %u outside"), tally->inside[at],
		    tally->outside[at]);
	for (guint i = 0; i < model->n[KIND_INSTITUTION]; i++) {
		const struct institution *one = model_institution(model, i);
		g_autofree char *link = NULL;

		if (!list_has(one->territories, id))
			continue;
		link = subject_new(KIND_INSTITUTION, one->base.id);
		page_line(page, link);
		page_text(page, 2, name, STYLE_NORMAL, institution_name(one, false));
		if (one->sector != NULL)
			page_text(page, name + 3, columns - name - 4, STYLE_DIM,
				  model_term_name(model, VOCABULARY_SECTORS, one->sector));
	}
}

static void section_agenda(struct page *page, const struct world *world,
			   const struct territory *territory, int columns)
{
	const struct items *items = &territory->agenda.items;
	const struct field *status = record_field(&agenda_item_type, "status");

	if (items->n == 0)
		return;
	page_heading(page, _("Agenda"));
	for (guint i = 0; i < items->n; i++) {
		const struct agenda_item *item = &ITEMS(struct agenda_item, *items)[i];
		g_autofree char *link =
			item->lead == NULL ? NULL : subject_new(KIND_INSTITUTION, item->lead);
		g_autofree char *text = NULL;

		if (status != NULL && field_is_set(status, item))
			text = model_field_text(world->model, status, item);
		page_line(page, link);
		page_text(page, 2, columns - 16, STYLE_NORMAL,
			  item->title != NULL ? item->title : item->id);
		page_text(page, columns - 13, 12, STYLE_DIM, text);
		if (item->lead == NULL)
			continue;
		page_line(page, NULL);
		page_printf(page, 4, columns - 5, STYLE_DIM, _("led by %s"),
			    model_name(world->model, KIND_INSTITUTION, item->lead, true));
	}
}

static void section_programmes(struct page *page, const struct world *world, const char *id,
			       int columns)
{
	bool any = false;

	for (guint i = 0; i < world->model->n[KIND_PROGRAMME]; i++) {
		const struct programme *one = model_programme(world->model, i);
		g_autofree char *link = NULL;
		char start[DATE_TEXT_SIZE];

		if (!list_has(one->territories, id))
			continue;
		if (!any)
			page_heading(page, _("Programmes here"));
		any = true;
		link = subject_new(KIND_PROGRAMME, one->base.id);
		page_line(page, link);
		page_text(page, 1, 8, STYLE_DIM, date_format(one->start, start));
		page_text(page, 12, columns - 13, STYLE_NORMAL,
			  one->base.name != NULL ? one->base.name : one->base.id);
	}
}

static void card_fill(struct panes *panes, const struct world *world, guint at, const void *own)
{
	const struct territory *one = model_territory(world->model, at);
	const struct tally *tally = own;
	struct page *left = panes->pages[0];
	struct page *right = panes->pages[panes->n - 1];
	int columns = panes->areas[0].cols, right_columns = panes->areas[panes->n - 1].cols;

	card_title(left, model_name(world->model, KIND_TERRITORY, one->base.id, false),
		   one->base.id);
	card_facts(left, world, record_type(KIND_TERRITORY), one, columns);
	card_coverage(left, world, tally, at, columns);
	card_gaps(right, world, -1, (int)at, GAPS_SHOWN, right_columns);
	section_members(right, world, one->base.id, tally, at, right_columns);
	section_agenda(left, world, one, columns);
	section_programmes(left, world, one->base.id, columns);
	card_history(left, world, KIND_TERRITORY, one->base.id, HISTORY_SHOWN);
}

static void *card_begin(const struct model *model)
{
	return tally_begin(model);
}

static bool card_work(void *tally, const struct model *model)
{
	return tally_work(tally, model, NULL);
}

static void card_end(void *tally)
{
	tally_free(tally);
}

static const struct record_card card = {
	.kind = KIND_TERRITORY,
	.place = N_("Territories"),
	.weights = { 1, 1, 1 },
	.pages = 2,
	.fill = card_fill,
	.begin = card_begin,
	.work = card_work,
	.end = card_end,
};

static void *card_open(struct app *app, const struct world *world, const char *subject)
{
	(void)app;
	(void)world;
	(void)subject;
	return record_new(&card);
}

const struct view_ops view_territory = {
	.name = "territory",
	.title = N_("Territory"),
	.scopes = SCOPE_NAMED | SCOPE_CARD | SCOPE_EDIT,
	.open = card_open,
	RECORD_VIEW,
};
