#include "tui/views/card.h"
#include "tui/views/list.h"
#include "tui/views/tally.h"

#include <math.h>

#include <glib/gi18n.h>

#include "base/context.h"

/*
 * The list of territories: how far each one is and how it is connected.  A filter
 * of institutions leaves those with a member that passes, and counts only such members.
 */
static const struct territory *one_of(const void *data, guint record)
{
	return model_territory(((const struct list *)data)->world->model, record);
}

static const struct tally *tally_of(const void *data)
{
	return ((const struct list *)data)->own;
}

static char *name_cell(const void *data, const void *arg, guint record, enum style *style)
{
	const struct list *list = data;

	(void)arg;
	return list_text(style, STYLE_NORMAL,
			 model_name(list->world->model, KIND_TERRITORY,
				    one_of(data, record)->base.id, false));
}

static char *country_cell(const void *data, const void *arg, guint record, enum style *style)
{
	const char *country = one_of(data, record)->country;

	(void)arg;
	return list_text(style, STYLE_DIM, country == NULL ? "" : country_name(country));
}

static char *choice(const struct list *list, const struct field *field, const void *record,
		    enum style *style)
{
	*style = STYLE_DIM;
	if (field == NULL || !field_is_set(field, record))
		return g_strdup("");
	return model_field_text(list->world->model, field, record);
}

static char *status_cell(const void *data, const void *arg, guint record, enum style *style)
{
	(void)arg;
	return choice(data, record_field(record_type(KIND_TERRITORY), "status"),
		      one_of(data, record), style);
}

static char *agenda_cell(const void *data, const void *arg, guint record, enum style *style)
{
	const struct field *agenda = record_field(record_type(KIND_TERRITORY), "agenda");

	(void)arg;
	return choice(data, record_field(agenda->sub, "status"), &one_of(data, record)->agenda,
		      style);
}

static double members_number(const void *data, const void *arg, guint record)
{
	(void)arg;
	return tally_of(data)->members[record];
}

static double sectors_number(const void *data, const void *arg, guint record)
{
	(void)arg;
	return tally_of(data)->sectors[record];
}

static char *sectors_cell(const void *data, const void *arg, guint record, enum style *style)
{
	(void)arg;
	(void)style;
	return g_strdup_printf("%u/%u", tally_of(data)->sectors[record], tally_of(data)->n_sectors);
}

static double inside_number(const void *data, const void *arg, guint record)
{
	(void)arg;
	return tally_of(data)->inside[record];
}

static double outside_number(const void *data, const void *arg, guint record)
{
	(void)arg;
	return tally_of(data)->outside[record];
}

enum column { NAME, COUNTRY, STATUS, MEMBERS, SECTORS, INSIDE, OUTSIDE, AGENDA, COLUMNS };

static const struct tableview_column columns[COLUMNS] = {
	[NAME] = { .key = "name",
		   .title = NC_("column", "Name"),
		   .width = 22,
		   .grow = 4,
		   .name = true,
		   .text = name_cell },
	[COUNTRY] = { .key = "country",
		      .title = NC_("column", "Country"),
		      .width = 10,
		      .grow = 1,
		      .rank = 3,
		      .text = country_cell },
	[STATUS] = { .key = "status",
		     .title = NC_("column", "Status"),
		     .width = 11,
		     .rank = 1,
		     .text = status_cell },
	[MEMBERS] = { .key = "members",
		      .title = NC_("column", "Members"),
		      .about = N_("How many institutions are active there"),
		      .width = 4,
		      .right = true,
		      .descending = true,
		      .number = members_number },
	[SECTORS] = { .key = "sectors",
		      .title = NC_("column", "Sectors"),
		      .about = N_("How many of the network's sectors have a member there"),
		      .width = 5,
		      .right = true,
		      .descending = true,
		      .rank = 2,
		      .number = sectors_number,
		      .text = sectors_cell },
	[INSIDE] = { .key = "inside",
		     .title = NC_("column", "Inside"),
		     .about = N_("Ties between its members"),
		     .width = 5,
		     .right = true,
		     .descending = true,
		     .number = inside_number },
	[OUTSIDE] = { .key = "outside",
		      .title = NC_("column", "Outside"),
		      .about = N_("Ties of its members to others"),
		      .width = 5,
		      .right = true,
		      .descending = true,
		      .number = outside_number },
	[AGENDA] = { .key = "agenda",
		     .title = NC_("column", "Agenda"),
		     .width = 10,
		     .rank = 4,
		     .text = agenda_cell },
};

static char *words(const void *data, guint record)
{
	const struct list *list = data;
	const struct territory *one = one_of(data, record);

	return g_strdup_printf(
		"%s\n%s\n%s", model_name(list->world->model, KIND_TERRITORY, one->base.id, false),
		one->base.id, one->country == NULL ? "" : country_name(one->country));
}

static void *prepare(struct list *list)
{
	return tally_begin(list->world->model);
}

static bool advance(struct list *list)
{
	return tally_work(list->own, list->world->model, list->filter);
}

static void release(void *own)
{
	tally_free(own);
}

static bool passes(const void *data, guint record)
{
	return tally_of(data)->members[record] > 0;
}

static void write_details(struct list *list, struct page *page, guint record, int width)
{
	const char *id = one_of(list, record)->base.id;

	card_title(page, model_name(list->world->model, KIND_TERRITORY, id, false), id);
	card_gaps(page, list->world, -1, (int)record, 4, width);
	card_coverage(page, list->world, tally_of(list), record, width);
}

static void status(const struct list *list, GString *out)
{
	if (list->filter != NULL)
		g_string_append_printf(out, " · %s", _("counted are members that pass the filter"));
}

static const struct list_kind territories = {
	.name = "territories",
	.columns = columns,
	.n_columns = COLUMNS,
	.sort = MEMBERS,
	.records = true,
	.kind = KIND_TERRITORY,
	.details = 44,
	.card = &view_territory,
	.words = words,
	.prepare = prepare,
	.advance = advance,
	.release = release,
	.passes = passes,
	.write = write_details,
	.status = status,
	.none = N_("There is no territory yet."),
	.none_passes = N_("No territory has a member that passes the filter."),
};

static void *territories_open(struct app *app, const struct world *world, const char *subject)
{
	(void)app;
	return list_new(&territories, world, subject);
}

const struct view_ops view_territories = {
	.name = "territories",
	.title = N_("Territories"),
	.brief = IN_CONTEXT("tab", "Places"),
	.scopes = SCOPE_LIST | SCOPE_EDIT,
	.open = territories_open,
	LIST_VIEW,
};
