#include "tui/views/card.h"
#include "tui/views/list.h"

#include <math.h>

#include <glib/gi18n.h>

#include "base/context.h"

/*
 * The list of institutions: sorted, filtered, searched; where it is wide enough,
 * with what is most important about the one under the cursor on the right.
 */
static const struct institution *one_of(const void *data, guint record)
{
	return model_institution(((const struct list *)data)->world->model, record);
}

static char *name_cell(const void *data, const void *arg, guint record, enum style *style)
{
	(void)arg;
	return list_text(style, STYLE_NORMAL, institution_name(one_of(data, record), false));
}

static const char *short_name(const void *data, guint record)
{
	return one_of(data, record)->short_name;
}

static char *sector_cell(const void *data, const void *arg, guint record, enum style *style)
{
	const struct list *list = data;
	const char *sector = one_of(data, record)->sector;

	(void)arg;
	return list_text(style, STYLE_DIM,
			 sector == NULL
				 ? ""
				 : model_term_name(list->world->model, VOCABULARY_SECTORS, sector));
}

static char *city_cell(const void *data, const void *arg, guint record, enum style *style)
{
	(void)arg;
	return list_text(style, STYLE_DIM, one_of(data, record)->city);
}

static double ties_number(const void *data, const void *arg, guint record)
{
	const struct model *model = ((const struct list *)data)->world->model;

	(void)arg;
	return model_degree(model, record);
}

static double verified_number(const void *data, const void *arg, guint record)
{
	(void)arg;
	return list_date(one_of(data, record)->base.verified);
}

static char *verified_cell(const void *data, const void *arg, guint record, enum style *style)
{
	const struct list *list = data;
	struct date verified = one_of(data, record)->base.verified;
	bool stale =
		model_is_stale(list->world->model, model_checked(list->world->model, verified));
	char text[DATE_TEXT_SIZE + 2];

	(void)arg;
	date_format(verified, text);
	if (date_is_set(verified) && stale)
		g_strlcat(text, "!", sizeof text);
	return list_text(style, stale ? STYLE_WARN : STYLE_DIM, text[0] == '\0' ? "–" : text);
}

enum column { NAME, SECTOR, CITY, TIES, BRIDGE, SECTORS, VERIFIED, COLUMNS };

/* Those without functions are measures. */
static const struct tableview_column columns[COLUMNS] = {
	[NAME] = { .key = "name",
		   .title = NC_("column", "Name"),
		   .width = 26,
		   .grow = 4,
		   .name = true,
		   .brief = short_name,
		   .text = name_cell },
	[SECTOR] = { .key = "sector",
		     .title = NC_("column", "Sector"),
		     .width = 12,
		     .grow = 1,
		     .rank = 3,
		     .text = sector_cell },
	[CITY] = { .key = "city",
		   .title = NC_("column", "City"),
		   .width = 11,
		   .grow = 1,
		   .rank = 5,
		   .text = city_cell },
	/* TRANSLATORS: how many ties, at most 5 columns. */
	[TIES] = { .key = "ties",
		   .title = NC_("column", "Ties"),
		   .about = N_("How many institutions it works with"),
		   .width = 4,
		   .right = true,
		   .descending = true,
		   .number = ties_number },
	[BRIDGE] = { .key = "betweenness",
		     .title = NC_("column", "Bridge"),
		     .width = 4,
		     .right = true,
		     .descending = true,
		     .bar = 3,
		     .rank = 2 },
	[SECTORS] = { .key = "sectors-reached",
		      .title = NC_("column", "Sect"),
		      .width = 4,
		      .right = true,
		      .descending = true,
		      .rank = 4 },
	[VERIFIED] = { .key = "verified",
		       .title = NC_("column", "Checked"),
		       .width = 8,
		       .descending = true,
		       .rank = 1,
		       .number = verified_number,
		       .text = verified_cell },
};

static char *words(const void *data, guint record)
{
	const struct institution *one = one_of(data, record);
	GString *text = g_string_new(institution_name(one, false));

	if (one->short_name != NULL)
		g_string_append_printf(text, "\n%s", one->short_name);
	g_string_append_printf(text, "\n%s", one->base.id);
	for (guint i = 0; i < list_length(one->base.aliases); i++)
		g_string_append_printf(text, "\n%s", one->base.aliases[i]);
	if (one->city != NULL)
		g_string_append_printf(text, "\n%s", one->city);
	return g_string_free(text, FALSE);
}

static bool passes(const void *list, guint record)
{
	return list_passes(list, record);
}

static void write_details(struct list *list, struct page *page, guint record, int width)
{
	const struct world *world = list->world;
	const struct institution *one = one_of(list, record);

	card_title(page, institution_name(one, false),
		   one->sector == NULL
			   ? NULL
			   : model_term_name(world->model, VOCABULARY_SECTORS, one->sector));
	card_gaps(page, world, (int)record, -1, 3, width);
	card_partners(page, world, record, width);
	card_says(page, world, record, 4, width);
}

static const struct list_kind institutions = {
	.name = "institutions",
	.columns = columns,
	.n_columns = COLUMNS,
	.sort = TIES,
	.records = true,
	.kind = KIND_INSTITUTION,
	.details = 44,
	.card = &view_institution,
	.words = words,
	.passes = passes,
	.write = write_details,
	.none = N_("There is no institution yet."),
	.none_passes = N_("No institution passes the filter; Esc takes it off."),
};

static void *institutions_open(struct app *app, const struct world *world, const char *subject)
{
	(void)app;
	return list_new(&institutions, world, subject);
}

const struct view_ops view_institutions = {
	.name = "institutions",
	.title = N_("Institutions"),
	.brief = IN_CONTEXT("tab", "Members"),
	.scopes = SCOPE_LIST | SCOPE_INSTITUTIONS | SCOPE_EDIT,
	.open = institutions_open,
	LIST_VIEW,
};
