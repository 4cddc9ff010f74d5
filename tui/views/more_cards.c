#include "tui/views/card.h"
#include "tui/views/record.h"

#include <math.h>

#include <glib/gi18n.h>

/*
 * The cards of a resource and of an assessment: what is known, whom they lead to, and
 * for skills how many reached which level.  Never of a person: what is kept of an
 * assessment is of five and more.
 */
#define HISTORY_SHOWN 8

static void ref_line(struct page *page, const struct world *world, const struct field *field,
		     const char *id, int columns)
{
	for (guint k = 0; k < KIND_COUNT; k++) {
		g_autofree char *link = NULL;

		if ((field->refs & 1u << k) == 0 ||
		    model_get(world->model, (enum kind)k, id) == NULL)
			continue;
		link = subject_new((enum kind)k, id);
		page_line(page, link);
		page_text(page, 1, 14, STYLE_DIM, _(field->label));
		page_text(page, 16, columns - 17, STYLE_NORMAL,
			  model_name(world->model, (enum kind)k, id, false));
	}
}

/* Records that it names, to go to. */
static void section_refs(struct page *page, const struct world *world,
			 const struct record_type *type, const void *record, int columns)
{
	bool any = false;

	for (guint i = 0; i < type->n_fields; i++) {
		const struct field *field = &type->fields[i];
		g_autofree char *id = NULL;

		if (field->type != FIELD_REF || (field->flags & FIELD_MANY) != 0)
			continue;
		id = field_text(field, record);
		if (id == NULL)
			continue;
		if (!any)
			page_heading(page, _("Belongs to"));
		any = true;
		ref_line(page, world, field, id, columns);
	}
}

static void section_levels(struct page *page, const struct assessment *one, int columns)
{
	const struct level_count *levels = ITEMS(struct level_count, one->distribution);
	int name = CLAMP(columns - 24, 10, 30);
	gint64 largest = 1;

	if (one->distribution.n == 0)
		return;
	page_heading(page, _("Levels reached"));
	for (guint i = 0; i < one->distribution.n; i++)
		largest = MAX(largest, levels[i].n);
	for (guint i = 0; i < one->distribution.n; i++) {
		page_line(page, NULL);
		page_text(page, 1, name, STYLE_NORMAL, levels[i].level);
		page_bar(page, name + 2, 12, STYLE_ACCENT, (double)levels[i].n / (double)largest);
		page_printf(page, name + 15, -1, STYLE_DIM, "%" G_GINT64_FORMAT, levels[i].n);
	}
}

/* The same skill by the same framework elsewhere and at other times. */
static void section_same_skill(struct page *page, const struct world *world,
			       const struct assessment *one, int columns)
{
	const struct model *model = world->model;
	bool any = false;

	for (guint i = 0; i < model->n[KIND_ASSESSMENT]; i++) {
		const struct assessment *other = model->records[KIND_ASSESSMENT][i];
		g_autofree char *link = NULL;
		char period[DATE_TEXT_SIZE];

		if (other == one || g_strcmp0(other->skill, one->skill) != 0 ||
		    g_strcmp0(other->framework, one->framework) != 0)
			continue;
		if (!any)
			page_heading(page, _("The same skill"));
		any = true;
		link = subject_new(KIND_ASSESSMENT, other->base.id);
		page_line(page, link);
		page_text(page, 1, 8, STYLE_DIM, date_format(other->period, period));
		page_text(page, 10, columns - 20, STYLE_NORMAL,
			  model_name(model, KIND_ASSESSMENT, other->base.id, false));
		if (!isnan(other->mean))
			page_printf(page, columns - 9, 8, STYLE_DIM, "%g", other->mean);
	}
}

static void card_fill(struct panes *panes, const struct world *world, enum kind kind, guint at)
{
	const struct record *record = RECORD(world->model->records[kind][at]);
	const struct record_type *type = record_type(kind);
	struct page *left = panes->pages[0], *right = panes->pages[panes->n - 1];
	int columns = panes->areas[0].cols, right_columns = panes->areas[panes->n - 1].cols;

	card_title(left, model_name(world->model, kind, record->id, false), record->id);
	card_facts(left, world, type, record, columns);
	if (kind == KIND_ASSESSMENT)
		section_levels(left, (const struct assessment *)(const void *)record, columns);
	section_refs(right, world, type, record, right_columns);
	if (kind == KIND_ASSESSMENT)
		section_same_skill(right, world, (const struct assessment *)(const void *)record,
				   right_columns);
	card_history(left, world, kind, record->id, HISTORY_SHOWN);
}

static void resource_fill(struct panes *panes, const struct world *world, guint at, const void *own)
{
	(void)own;
	card_fill(panes, world, KIND_RESOURCE, at);
}

static void assessment_fill(struct panes *panes, const struct world *world, guint at,
			    const void *own)
{
	(void)own;
	card_fill(panes, world, KIND_ASSESSMENT, at);
}

static const struct record_card resource_card = {
	.kind = KIND_RESOURCE,
	.place = N_("Resources"),
	.weights = { 3, 2, 1 },
	.pages = 2,
	.fill = resource_fill,
};

static const struct record_card assessment_card = {
	.kind = KIND_ASSESSMENT,
	.place = N_("Assessments"),
	.weights = { 3, 2, 1 },
	.pages = 2,
	.fill = assessment_fill,
};

static void *resource_open(struct app *app, const struct world *world, const char *subject)
{
	(void)app;
	(void)world;
	(void)subject;
	return record_new(&resource_card);
}

static void *assessment_open(struct app *app, const struct world *world, const char *subject)
{
	(void)app;
	(void)world;
	(void)subject;
	return record_new(&assessment_card);
}

const struct view_ops view_resource = {
	.name = "resource",
	.title = N_("Resource"),
	.scopes = SCOPE_CARD | SCOPE_EDIT,
	.open = resource_open,
	RECORD_VIEW,
};

const struct view_ops view_assessment = {
	.name = "assessment",
	.title = N_("Assessment"),
	.scopes = SCOPE_CARD | SCOPE_EDIT,
	.open = assessment_open,
	RECORD_VIEW,
};
