#include "tui/views/carry.h"
#include "tui/views/list.h"
#include "tui/views/programme.h"

#include <math.h>

#include <glib/gi18n.h>

#include "base/context.h"

/*
 * The list of programmes: what runs when, who leads or funds it, how many take
 * part, and how many ties rest on it.
 */
#define SOON_MONTHS 12

static const struct programme *one_of(const void *data, guint record)
{
	return model_programme(((const struct list *)data)->world->model, record);
}

static const struct carry *carry_of(const void *data)
{
	return ((const struct list *)data)->own;
}

static const char *name_of(const struct programme *one)
{
	return one->base.name != NULL ? one->base.name : one->base.id;
}

static char *field_of(const void *data, const char *key, guint record)
{
	const struct field *field = record_field(record_type(KIND_PROGRAMME), key);

	return model_field_text(((const struct list *)data)->world->model, field,
				one_of(data, record));
}

static char *name_cell(const void *data, const void *arg, guint record, enum style *style)
{
	(void)arg;
	return list_text(style, STYLE_NORMAL, name_of(one_of(data, record)));
}

static char *kind_cell(const void *data, const void *arg, guint record, enum style *style)
{
	(void)arg;
	*style = STYLE_DIM;
	return field_of(data, "kind", record);
}

static char *budget_cell(const void *data, const void *arg, guint record, enum style *style)
{
	(void)arg;
	*style = STYLE_DIM;
	return field_of(data, "budget", record);
}

static char *years_cell(const void *data, const void *arg, guint record, enum style *style)
{
	(void)arg;
	*style = STYLE_DIM;
	return programme_years(one_of(data, record));
}

static double years_number(const void *data, const void *arg, guint record)
{
	(void)arg;
	return list_date(one_of(data, record)->start);
}

static char *who_text(const struct model *model, const struct programme *one)
{
	GString *out = g_string_new(NULL);

	if (one->lead != NULL)
		g_string_append(out, model_name(model, KIND_INSTITUTION, one->lead, true));
	for (guint i = 0; i < list_length(one->donors); i++)
		if (g_strcmp0(one->donors[i], one->lead) != 0)
			g_string_append_printf(
				out, "%s%s", out->len > 0 ? ", " : "",
				model_name(model, KIND_INSTITUTION, one->donors[i], true));
	return g_string_free(out, FALSE);
}

/* Everybody with a part in it, each once. */
static guint count_parts(const struct programme *one)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);

	if (one->lead != NULL)
		g_hash_table_add(seen, (gpointer)one->lead);
	for (guint i = 0; i < list_length(one->donors); i++)
		g_hash_table_add(seen, (gpointer)one->donors[i]);
	for (guint i = 0; i < one->participants.n; i++) {
		const char *id = ITEMS(struct participant, one->participants)[i].institution;

		if (id != NULL)
			g_hash_table_add(seen, (gpointer)id);
	}
	return g_hash_table_size(seen);
}

static char *who_cell(const void *data, const void *arg, guint record, enum style *style)
{
	(void)arg;
	*style = STYLE_DIM;
	return who_text(((const struct list *)data)->world->model, one_of(data, record));
}

static double part_number(const void *data, const void *arg, guint record)
{
	(void)arg;
	return count_parts(one_of(data, record));
}

static double ties_number(const void *data, const void *arg, guint record)
{
	(void)arg;
	return carry_of(data)->ties[record]->len;
}

enum column { NAME, KIND, YEARS, WHO, PART, TIES, BUDGET, COLUMNS };

static const struct tableview_column columns[COLUMNS] = {
	[NAME] = { .key = "name",
		   .title = NC_("column", "Name"),
		   .width = 32,
		   .grow = 4,
		   .name = true,
		   .text = name_cell },
	[KIND] = { .key = "kind",
		   .title = NC_("column", "Kind"),
		   .width = 12,
		   .rank = 3,
		   .text = kind_cell },
	[YEARS] = { .key = "years",
		    .title = NC_("column", "Years"),
		    .width = 9,
		    .descending = true,
		    .number = years_number,
		    .text = years_cell },
	/* TRANSLATORS: who leads or funds a programme. */
	[WHO] = { .key = "who",
		  .title = NC_("column", "Led or funded by"),
		  .width = 16,
		  .grow = 2,
		  .rank = 2,
		  .text = who_cell },
	/* TRANSLATORS: how many institutions take part, at most 5 columns. */
	[PART] = { .key = "part",
		   .title = NC_("column", "Part"),
		   .about = N_("How many institutions take part"),
		   .width = 3,
		   .right = true,
		   .descending = true,
		   .number = part_number },
	/* TRANSLATORS: how many ties rest on a programme, at most 5 columns. */
	[TIES] = { .key = "ties",
		   .title = NC_("column", "Bears"),
		   .about = N_("How many ties rest on it"),
		   .width = 3,
		   .right = true,
		   .descending = true,
		   .rank = 1,
		   .number = ties_number },
	[BUDGET] = { .key = "budget",
		     .title = NC_("column", "Budget"),
		     .width = 14,
		     .right = true,
		     .rank = 4,
		     .text = budget_cell },
};

static char *words(const void *data, guint record)
{
	const struct programme *one = one_of(data, record);
	g_autofree char *who = who_text(((const struct list *)data)->world->model, one);
	g_autofree char *kind = field_of(data, "kind", record);

	return g_strdup_printf("%s\n%s\n%s\n%s", name_of(one), one->base.id, who,
			       kind == NULL ? "" : kind);
}

/* Of a filter of institutions: programmes in which somebody that passes has a part. */
static bool passes(const void *data, guint record)
{
	return list_passes_programme(data, one_of(data, record));
}

static void *prepare(struct list *list)
{
	return carry_begin(list->world->model);
}

static bool advance(struct list *list)
{
	return carry_work(list->own, list->world->model);
}

static void release(void *own)
{
	carry_free(own);
}

static void write_details(struct list *list, struct page *page, guint record, int width)
{
	programme_write(page, list->world, carry_of(list), record, width);
}

static bool ends_soon(const struct programme *one, struct date today)
{
	int months = date_is_set(one->end) ? date_months_between(today, one->end) : -1;

	return date_compare(date_last_day(one->end), today) >= 0 && months < SOON_MONTHS;
}

static void status(const struct list *list, GString *out)
{
	guint soon = 0;

	for (guint i = 0; i < tableview_shown(list->table); i++)
		soon += ends_soon(one_of(list, list->table->order.shown[i]), list->world->today);
	if (soon > 0) {
		g_string_append(out, " · ");
		g_string_append_printf(
			out, ngettext("%u ends within a year", "%u end within a year", soon), soon);
	}
}

static const struct list_kind programmes = {
	.name = "programmes",
	.columns = columns,
	.n_columns = COLUMNS,
	.sort = YEARS,
	.records = true,
	.kind = KIND_PROGRAMME,
	.details = 48,
	.card = &view_programme,
	.words = words,
	.passes = passes,
	.prepare = prepare,
	.advance = advance,
	.unfiltered = true,
	.release = release,
	.write = write_details,
	.status = status,
	.none = N_("There is no programme yet."),
	.none_passes = N_("Nobody who passes the filter takes part in a programme."),
};

static void *programmes_open(struct app *app, const struct world *world, const char *subject)
{
	(void)app;
	return list_new(&programmes, world, subject);
}

const struct view_ops view_programmes = {
	.name = "programmes",
	.title = N_("Programmes"),
	/* TRANSLATORS: as row 1 shows it on 80 columns; at most 7 columns. */
	.brief = IN_CONTEXT("tab", "Programmes"),
	.scopes = SCOPE_LIST | SCOPE_EDIT,
	.open = programmes_open,
	LIST_VIEW,
};
