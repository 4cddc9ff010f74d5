/*
 * telar list and telar find: records as rows.  One record in full is show.c.
 */
#include "cli/command.h"
#include "cli/print.h"

#include "base/errors.h"
#include "base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <glib/gi18n.h>

#define COLUMNS_MAX 24

/* What a list of each kind shows when nothing else is asked. */
static const char *const default_columns[KIND_COUNT] = {
	[KIND_NETWORK] = "id,name,region,founded",
	[KIND_TERRITORY] = "id,name,country,status",
	[KIND_INSTITUTION] = "id,name,sector,country,ties",
	[KIND_PROGRAMME] = "id,name,kind,start,lead",
};

/* A column is a field of the table, or a number that only the ties tell. */
struct column {
	const struct field *field; /* NULL: the number of partners */
};

struct list {
	struct cli *cli;
	enum kind kind;
	struct column columns[COLUMNS_MAX];
	guint n_columns;
	GArray *rows; /* guint indices */
};

static bool column_add(struct list *list, const char *option, const char *key, GError **error)
{
	const struct record_type *type = record_type(list->kind);
	g_autoptr(GPtrArray) names = NULL;
	const struct field *field = record_field(type, key);

	if (list->n_columns == COLUMNS_MAX) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE,
			    _("More columns than can be shown"));
		return false;
	}
	if (field && field->type != FIELD_GROUP && field->type != FIELD_ITEMS) {
		list->columns[list->n_columns++].field = field;
		return true;
	}
	if (list->kind == KIND_INSTITUTION && !strcmp(key, "ties")) {
		list->columns[list->n_columns++].field = NULL;
		return true;
	}
	names = g_ptr_array_new();
	for (guint i = 0; i < type->n_fields; i++) {
		if (type->fields[i].type != FIELD_GROUP && type->fields[i].type != FIELD_ITEMS)
			g_ptr_array_add(names, (gpointer)(guintptr)type->fields[i].key);
	}
	if (list->kind == KIND_INSTITUTION)
		g_ptr_array_add(names, (gpointer)(guintptr) "ties");
	g_ptr_array_add(names, NULL);
	cli_choice(option, key, (const char *const *)names->pdata, error);
	return false;
}

static bool columns_read(struct list *list, const char *text, GError **error)
{
	const char *wanted = text ? text : default_columns[list->kind];
	g_auto(GStrv) keys = g_strsplit(wanted ? wanted : "id,name", ",", -1);

	for (guint i = 0; keys[i]; i++) {
		if (!column_add(list, "--columns", g_strstrip(keys[i]), error))
			return false;
	}
	return true;
}

static guint ties_of(const struct model *model, guint institution)
{
	return model_degree(model, institution);
}

static char *cell(const struct list *list, const struct column *column, guint row)
{
	const struct model *model = list->cli->model;
	const void *record = model->records[list->kind][row];

	if (!column->field)
		return g_strdup_printf("%u", ties_of(model, row));
	return list->cli->plain ? field_text(column->field, record)
				: model_field_text(model, column->field, record);
}

static void list_print(const struct list *list)
{
	const char *headers[COLUMNS_MAX];
	char *owned[COLUMNS_MAX];
	struct table *table;
	bool plain = list->cli->plain;

	for (guint c = 0; c < list->n_columns; c++) {
		const struct field *field = list->columns[c].field;
		bool number = !field || field->type == FIELD_INTEGER || field->type == FIELD_NUMBER;
		const char *name = !field ? (plain ? "ties" : _("Partners"))
					  : (plain ? field->key : _(field->label));
		owned[c] = g_strdup_printf("%s%s", number ? ">" : "", name);
		headers[c] = owned[c];
	}
	table = table_new(headers, list->n_columns);
	for (guint r = 0; r < list->rows->len; r++) {
		char *cells[COLUMNS_MAX];
		for (guint c = 0; c < list->n_columns; c++)
			cells[c] =
				cell(list, &list->columns[c], g_array_index(list->rows, guint, r));
		table_row(table, (const char *const *)cells);
		for (guint c = 0; c < list->n_columns; c++)
			g_free(cells[c]);
	}
	table_print(table, &list->cli->out, plain);
	table_free(table);
	for (guint c = 0; c < list->n_columns; c++)
		g_free(owned[c]);
}

static void list_json(const struct list *list)
{
	GString *text = g_string_new(NULL);
	struct json json;

	json_init(&json, text, true);
	json_open_array(&json);
	for (guint r = 0; r < list->rows->len; r++)
		print_json_kind(
			&json, list->kind,
			list->cli->model->records[list->kind][g_array_index(list->rows, guint, r)],
			false);
	json_close_array(&json);
	cli_print_json(list->cli, text);
}

static gint row_compare(gconstpointer a, gconstpointer b, gpointer data)
{
	const struct list *list = data;
	const struct model *model = list->cli->model;
	guint x = *(const guint *)a, y = *(const guint *)b;
	const struct column *column = &list->columns[0];
	g_autofree char *left = NULL, *right = NULL, *left_folded = NULL, *right_folded = NULL;
	const void *first = model->records[list->kind][x], *second = model->records[list->kind][y];

	if (!column->field)
		return (gint)ties_of(model, y) - (gint)ties_of(model, x);
	const enum field_type type = column->field->type;
	bool number = type == FIELD_INTEGER || type == FIELD_NUMBER || type == FIELD_MONEY;
	left = number ? field_text(column->field, first)
		      : model_field_text(model, column->field, first);
	right = number ? field_text(column->field, second)
		       : model_field_text(model, column->field, second);
	/* What has no value comes last. */
	if (!left || !right)
		return (left == NULL) - (right == NULL);
	if (number) {
		double difference = g_ascii_strtod(left, NULL) - g_ascii_strtod(right, NULL);
		return difference < 0 ? -1 : difference > 0;
	}
	left_folded = text_fold(left);
	right_folded = text_fold(right);
	return strcmp(left_folded, right_folded);
}

/* Sorts by a column that need not be shown; GLib's array sort is stable. */
static bool list_sort(struct list *list, const char *key, GError **error)
{
	struct list by = { .cli = list->cli, .kind = list->kind };

	if (!key)
		return true;
	if (!column_add(&by, "--sort", key, error))
		return false;
	g_array_sort_with_data(list->rows, row_compare, &by);
	return true;
}

static bool list_fill(struct list *list, const char *text, GError **error)
{
	struct cli *cli = list->cli;
	struct filter *filter = NULL;

	if (text && !(filter = cli_filter(cli, text, list->kind, error)))
		return false;
	for (guint i = 0; i < cli->model->n[list->kind]; i++) {
		if (filter_match(filter, cli->model, i))
			g_array_append_val(list->rows, i);
	}
	filter_free(filter);
	return true;
}

/* Ties are no records, so they have columns of their own. */
static void ties_print(const struct cli *cli, const GArray *rows)
{
	const struct model *model = cli->model;
	const char *const people[] = { _("Institution"), _("Partner"), _("Kinds"), _("State"),
				       _("Period") };
	const char *const plain[] = { "a", "b", "kinds", "state", "since" };
	struct table *table = table_new(cli->plain ? plain : people, 5);

	for (guint i = 0; i < rows->len; i++) {
		const struct tie *tie = &model->ties[g_array_index(rows, guint, i)];
		const struct institution *a = model_institution(model, tie->a);
		const struct institution *b = model_institution(model, tie->b);
		g_autoptr(GPtrArray) kinds = tie_kinds(model, tie);
		g_autofree char *period = NULL, *words = NULL;
		char since[DATE_TEXT_SIZE];

		if (cli->plain) {
			g_ptr_array_add(kinds, NULL);
			words = g_strjoinv(";", (char **)kinds->pdata);
		} else {
			words = print_terms(model, VOCABULARY_KINDS, kinds);
			period = period_text(tie->since, tie->until, model->today);
		}
		table_row(table, (const char *const[]){
					 cli->plain ? a->base.id : institution_name(a, true),
					 cli->plain ? b->base.id : institution_name(b, true), words,
					 cli->plain ? tie_state_id(tie->state)
						    : tie_state_label(tie->state),
					 cli->plain ? date_format(tie->since, since) : period });
	}
	table_print(table, &cli->out, cli->plain);
	table_free(table);
}

static void ties_json(const struct cli *cli, const GArray *rows)
{
	const struct model *model = cli->model;
	GString *text = g_string_new(NULL);
	struct json json;
	char day[DATE_TEXT_SIZE];

	json_init(&json, text, true);
	json_open_array(&json);
	for (guint i = 0; i < rows->len; i++) {
		const struct tie *tie = &model->ties[g_array_index(rows, guint, i)];
		g_autoptr(GPtrArray) kinds = tie_kinds(model, tie);

		json_open_object(&json);
		json_put_string(&json, "a", model_institution(model, tie->a)->base.id);
		json_put_string(&json, "b", model_institution(model, tie->b)->base.id);
		json_key(&json, "kinds");
		json_open_array(&json);
		for (guint k = 0; k < kinds->len; k++)
			json_string(&json, g_ptr_array_index(kinds, k));
		json_close_array(&json);
		json_put_string(&json, "state", tie_state_id(tie->state));
		json_put_bool(&json, "ended", tie->ended);
		if (tie->intensity >= 0)
			json_put_string(&json, "intensity", choice_intensity[tie->intensity].id);
		if (date_is_set(tie->since))
			json_put_string(&json, "since", date_format(tie->since, day));
		if (date_is_set(tie->until))
			json_put_string(&json, "until", date_format(tie->until, day));
		json_close_object(&json);
	}
	json_close_array(&json);
	cli_print_json(cli, text);
}

/* A tie is no record: it has no fields to choose columns from, or to sort by. */
static bool ties_take_options(const char *sort, const char *columns, GError **error)
{
	if (!sort && !columns)
		return true;
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE, _("\"list ties\" takes no %s"),
		    sort ? "--sort" : "--columns");
	error_add_hint(error, _("--filter and --limit choose among them; \"telar measures --level "
				"tie\" sorts them by a measure"));
	return false;
}

/* How many of the rows are no ties that count, where some are not. */
static void ties_say(const struct cli *cli, const GArray *rows)
{
	guint n_of_state[TIE_STATES] = { 0 }, n = 0;
	g_autofree char *ties = NULL, *all = NULL;

	for (guint i = 0; i < rows->len; i++)
		n_of_state[cli->model->ties[g_array_index(rows, guint, i)].state]++;
	for (guint state = 0; state < TIE_COUNTING; state++)
		n += n_of_state[state];
	ties = g_strdup_printf(ngettext("%u tie", "%u ties", n), n);
	all = ties_and_others(ties, n_of_state);
	if (n < rows->len)
		cli_say(cli, "%s", all);
}

/* Why nothing is listed; where nothing is there to be listed, the `words` that add some. */
static void none_say(const struct cli *cli, const char *filter, const char *words)
{
	if (filter || date_is_set(cli->as_of))
		cli_say(cli, _("Nothing passes"));
	else
		cli_say(cli, _("There is none yet: telar %s adds one"), words);
}

/* A filter is one of institutions: ties of at least one that passes, with whomever. */
static bool ties_run(struct cli *cli, const char *text, guint limit, GError **error)
{
	const struct model *model = cli->model;
	struct filter *filter = NULL;
	g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(guint));

	if (text && !(filter = cli_filter(cli, text, KIND_INSTITUTION, error)))
		return false;
	for (guint t = 0; t < model->n_ties && (limit == 0 || rows->len < limit); t++) {
		if (filter_match(filter, model, model->ties[t].a) ||
		    filter_match(filter, model, model->ties[t].b))
			g_array_append_val(rows, t);
	}
	filter_free(filter);
	if (cli->json)
		ties_json(cli, rows);
	else
		ties_print(cli, rows);
	if (rows->len == 0)
		none_say(cli, text, "link A B");
	ties_say(cli, rows);
	return true;
}

static bool kind_read(const char *word, enum kind *kind, bool *ties, GError **error)
{
	static const char *const words[] = { "institutions", "territories", "programmes",
					     "networks",     "ties",	    "resources",
					     "assessments",  NULL };

	*kind = KIND_INSTITUTION;
	*ties = word && !strcmp(word, "ties");
	if (!word || *ties ||
	    (kind_parse(word, kind) && record_type(*kind)->folder && *record_type(*kind)->folder))
		return true;
	cli_choice("list", word, words, error);
	return false;
}

bool command_list(struct cli *cli, char ***args, GError **error)
{
	g_autofree char *filter = NULL, *sort = NULL, *columns = NULL;
	gint limit = 0;
	const GOptionEntry entries[] = {
		{ "filter", 'f', 0, G_OPTION_ARG_STRING, &filter,
		  N_("Only records that pass, as in 'sector=edustem country=MX,CO'"),
		  N_("FILTER") },
		{ "sort", 's', 0, G_OPTION_ARG_STRING, &sort, N_("Sort by this field"),
		  N_("FIELD") },
		{ "columns", 'c', 0, G_OPTION_ARG_STRING, &columns,
		  N_("Fields to show, with commas: id,name,city"), N_("FIELDS") },
		{ "limit", 0, 0, G_OPTION_ARG_INT, &limit, N_("At most so many; 0: all"),
		  N_("NUMBER") },
		{ 0 },
	};
	struct list list = { .cli = cli };
	bool ties, done;

	if (!cli_options(cli, entries, args, error))
		return false;
	if (cli->help)
		return true;
	if (!cli_words(cli, *args, 0, 1, error) || !kind_read(**args, &list.kind, &ties, error) ||
	    (!ties && !columns_read(&list, columns, error)) || !cli_read(cli, error))
		return false;
	if (ties)
		return ties_take_options(sort, columns, error) &&
		       ties_run(cli, filter, (guint)limit, error);
	list.rows = g_array_new(FALSE, FALSE, sizeof(guint));
	done = list_fill(&list, filter, error) && list_sort(&list, sort, error);
	if (limit > 0 && list.rows->len > (guint)limit)
		g_array_set_size(list.rows, (guint)limit);
	if (done && cli->json)
		list_json(&list);
	else if (done)
		list_print(&list);
	if (done && list.rows->len == 0) {
		g_autofree char *words = g_strdup_printf("new %s", record_type(list.kind)->name);
		none_say(cli, filter, words);
	}
	g_array_unref(list.rows);
	return done;
}
