#include "tui/views/card.h"
#include "tui/views/list.h"

#include <string.h>

#include <glib/gi18n.h>

/*
 * The lists that have no number of their own in row 1: common goods, skills that were
 * assessed, figures that somebody published, and where practices have come to.  Their
 * columns are fields, so there is little here but which.
 */

/* --- who passes ------------------------------------------------------------------------ */

/* Which territories have a member that passes the filter. */
struct peopled {
	guint looked; /* institutions looked at so far */
	bool of[];
};

static void *prepare(struct list *list)
{
	return g_malloc0(sizeof(struct peopled) + list->world->model->n[KIND_TERRITORY] + 1);
}

#define PIECE 4096 /* institutions */

static bool advance(struct list *list)
{
	const struct model *model = list->world->model;
	struct peopled *peopled = list->own;
	guint n = model->n[KIND_INSTITUTION], end = MIN(peopled->looked + PIECE, n);

	for (; peopled->looked < end; peopled->looked++) {
		const char *const *ids = model_institution(model, peopled->looked)->territories;

		for (guint k = 0; k < list_length(ids) && list_passes(list, peopled->looked); k++) {
			int at = model_find(model, KIND_TERRITORY, ids[k]);

			if (at >= 0)
				peopled->of[at] = true;
		}
	}
	return peopled->looked < n;
}

static bool passes_ref(const struct list *list, guint kinds, const char *id)
{
	const struct model *model = list->world->model;
	const struct programme *programme = model_get(model, KIND_PROGRAMME, id);
	int territory = model_find(model, KIND_TERRITORY, id);

	if ((kinds & 1u << KIND_INSTITUTION) != 0 && list_passes_id(list, id))
		return true;
	if ((kinds & 1u << KIND_PROGRAMME) != 0 && programme != NULL &&
	    list_passes_programme(list, programme))
		return true;
	return (kinds & 1u << KIND_TERRITORY) != 0 && territory >= 0 &&
	       ((const struct peopled *)list->own)->of[territory];
}

/* Of a filter of institutions: what refers to one that passes, or to where one is or takes part. */
static bool passes(const void *data, guint row)
{
	const struct list *list = data;
	const struct record_type *type = list_row_type(list->kind);

	for (guint i = 0; i < type->n_fields; i++) {
		const struct field *field = &type->fields[i];
		g_autofree char *id = NULL;

		if (field->type != FIELD_REF || (field->flags & FIELD_MANY) != 0)
			continue;
		id = field_text(field, list_row(list, row));
		if (id != NULL && passes_ref(list, field->refs, id))
			return true;
	}
	return false;
}

/* --- beside the list ------------------------------------------------------------------- */

static void write_record(struct list *list, struct page *page, guint row, int columns)
{
	const struct record *record = list_row(list, row);

	card_title(page, record->name != NULL ? record->name : record->id, record->id);
	card_facts(page, list->world, list_row_type(list->kind), record, columns);
}

/* The record that a row is about. */
static bool subject_of(const struct list *list, guint row, enum kind *kind, const char **id)
{
	const struct field *key = record_key_field(list_row_type(list->kind));
	g_autofree char *name = field_text(key, list_row(list, row));

	for (guint k = 0; name != NULL && k < KIND_COUNT; k++) {
		const struct record *record =
			(key->refs & 1u << k) == 0
				? NULL
				: model_get(list->world->model, (enum kind)k, name);

		if (record == NULL)
			continue;
		*kind = (enum kind)k;
		*id = record->id;
		return true;
	}
	return false;
}

/* A row, and below it what else is known of the same. */
static void write_item(struct list *list, struct page *page, guint row, int columns)
{
	const struct record_type *type = list_row_type(list->kind);
	const struct field *key = record_key_field(type);
	const void *here = list_row(list, row);
	const char *id = NULL;
	enum kind kind = KIND_NETWORK;
	bool any = false;

	if (subject_of(list, row, &kind, &id))
		card_title(page, model_name(list->world->model, kind, id, false), _(type->title));
	card_item_facts(page, list->world, type, here, columns);
	for (guint i = 0; i < list->all; i++) {
		const void *other = list_row(list, i);

		if (i == row || !field_equal(key, here, other))
			continue;
		if (!any)
			page_heading(page, _("Of the same"));
		else
			page_line(page, NULL);
		any = true;
		card_item_facts(page, list->world, type, other, columns);
	}
}

/* Enter leads to what the row is about. */
static bool act(struct list *list, struct app *app, enum action action, struct effects *effects)
{
	int row = tableview_record(list->table);
	const char *id;
	enum kind kind;

	(void)effects;
	if ((action != ACTION_OPEN && action != ACTION_RIGHT) || row < 0)
		return false;
	if (subject_of(list, (guint)row, &kind, &id) && app_card(kind) != NULL)
		app_open(app, list->world, app_card(kind), id);
	else
		app_say(app, STYLE_DIM, _("It is about the network itself: 1 shows it."));
	return true;
}

/* --- the lists ---------------------------------------------------------------------------- */

/* A filter of institutions shows what belongs to those that pass. */
/* clang-format off */
#define BY_MEMBERS .details = 48, .passes = passes, .prepare = prepare, .advance = advance, \
	.release = g_free
/* clang-format on */

static const struct tableview_column resource_columns[] = {
	{ .key = "name", .title = NC_("column", "Name"), .width = 30, .grow = 4 },
	{ .key = "kind", .width = 14, .rank = 3 },
	{ .key = "owner", .width = 20, .grow = 2, .rank = 2 },
	{ .key = "licence", .width = 12, .rank = 4 },
	{ .key = "languages", .width = 9, .rank = 5 },
	/* TRANSLATORS: how many pieces a resource holds, at most 8 columns. */
	{ .key = "count", .title = NC_("column", "Pieces"), .width = 7, .rank = 5 },
	{ .key = "issued", .width = 7, .rank = 1 },
};

static const struct list_kind resources = {
	.name = "resources",
	.columns = resource_columns,
	.n_columns = G_N_ELEMENTS(resource_columns),
	.records = true,
	.kind = KIND_RESOURCE,
	.card = &view_resource,
	.write = write_record,
	BY_MEMBERS,
	.none = N_("There is no resource yet: A adds one."),
	.none_passes = N_("No resource belongs to anybody who passes the filter."),
};

static const struct tableview_column assessment_columns[] = {
	{ .key = "name", .title = NC_("column", "Name"), .width = 24, .grow = 3 },
	{ .key = "skill", .width = 18, .grow = 1, .rank = 1 },
	{ .key = "territory", .width = 16, .grow = 1, .rank = 3 },
	{ .key = "programme", .width = 18, .grow = 1, .rank = 5 },
	{ .key = "period", .width = 7, .rank = 2 },
	{ .key = "n", .width = 7, .rank = 4 },
	{ .key = "mean", .width = 6 },
};

static const struct list_kind assessments = {
	.name = "assessments",
	.columns = assessment_columns,
	.n_columns = G_N_ELEMENTS(assessment_columns),
	.records = true,
	.kind = KIND_ASSESSMENT,
	.card = &view_assessment,
	.write = write_record,
	BY_MEMBERS,
	.none = N_("No skill was assessed yet: A adds what came out, of five persons and more."),
	.none_passes = N_("Nothing was assessed where somebody passes the filter."),
};

static const struct tableview_column count_columns[] = {
	{ .key = "entity", .width = 24, .grow = 3 },
	{ .key = "metric", .width = 20, .grow = 3 },
	{ .key = "value", .width = 9 },
	{ .key = "qualifier", .width = 12, .rank = 2 },
	{ .key = "as_of", .width = 10, .rank = 1 },
	{ .key = "source", .width = 16, .grow = 1, .rank = 3 },
};

static const struct list_kind counts = {
	.name = "counts",
	.columns = count_columns,
	.n_columns = G_N_ELEMENTS(count_columns),
	.items = "counts",
	.kind = KIND_COUNTS,
	.write = write_item,
	.act = act,
	BY_MEMBERS,
	.none = N_("No published figure is noted yet: A adds one."),
	.none_passes = N_("No published figure is about anybody who passes the filter."),
};

/* A step is told by what spreads and where to; how many regions it makes is left out first. */
static const struct tableview_column spread_columns[] = {
	{ .key = "practice", .width = 20, .grow = 3 },
	{ .key = "period", .width = 7 },
	{ .key = "territory", .width = 14, .grow = 1, .rank = 2 },
	{ .key = "region", .width = 14, .grow = 1, .rank = 3 },
	{ .key = "state", .width = 11, .rank = 1 },
	/* TRANSLATORS: regions a practice has come to, at most 7 columns; and of how many. */
	{ .key = "count", .title = NC_("column", "Regions"), .width = 7, .rank = 4 },
	{ .key = "of", .title = NC_("column", "of"), .width = 4, .rank = 5 },
};

static const struct list_kind spread = {
	.name = "spread",
	.columns = spread_columns,
	.n_columns = G_N_ELEMENTS(spread_columns),
	.items = "spread",
	.kind = KIND_SPREAD,
	.write = write_item,
	.act = act,
	BY_MEMBERS,
	.none = N_("Nothing is noted of how practices spread: A adds a first step."),
	.none_passes = N_("No practice of anybody who passes the filter is noted."),
};

static void *resources_open(struct app *app, const struct world *world, const char *subject)
{
	(void)app;
	return list_new(&resources, world, subject);
}

static void *assessments_open(struct app *app, const struct world *world, const char *subject)
{
	(void)app;
	return list_new(&assessments, world, subject);
}

static void *counts_open(struct app *app, const struct world *world, const char *subject)
{
	(void)app;
	return list_new(&counts, world, subject);
}

static void *spread_open(struct app *app, const struct world *world, const char *subject)
{
	(void)app;
	return list_new(&spread, world, subject);
}

const struct view_ops view_resources = {
	.name = "resources",
	.title = N_("Resources"),
	.scopes = SCOPE_LIST | SCOPE_EDIT,
	.open = resources_open,
	LIST_VIEW,
};

const struct view_ops view_assessments = {
	.name = "assessments",
	.title = N_("Assessments"),
	.scopes = SCOPE_LIST | SCOPE_EDIT,
	.open = assessments_open,
	LIST_VIEW,
};

const struct view_ops view_counts = {
	.name = "counts",
	.title = N_("Published figures"),
	.scopes = SCOPE_LIST | SCOPE_EDIT | SCOPE_ITEMS,
	.open = counts_open,
	LIST_VIEW,
};

const struct view_ops view_spread = {
	.name = "spread",
	.title = N_("Spread of practices"),
	.scopes = SCOPE_LIST | SCOPE_EDIT | SCOPE_ITEMS,
	.open = spread_open,
	LIST_VIEW,
};
