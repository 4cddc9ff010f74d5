/*
 * telar measures: the numbers of the network, its institutions, groups and ties.
 * What a measure is, is the table's business (graph/measure.h).
 */
#include "cli/command.h"
#include "cli/level.h"
#include "cli/print.h"
#include "cli/tabulate.h"

#include "base/errors.h"
#include "base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <glib/gi18n.h>

/* What institutions are shown by when no measure is named: as much as 80 columns hold. */
static const char *const brief_measures[] = { "degree",		 "betweenness", "reach", "coreness",
					      "sectors-reached", "age",		NULL };
/* And ties: the others are for who names them, and for programs. */
static const char *const brief_of_ties[] = { "tie-weight", "tie-betweenness", "tie-bridge",
					     "tie-common", "tie-age",	      NULL };

struct measuring {
	struct cli *cli;
	struct level of;
	GPtrArray *chosen; /* const struct measure * */
	const struct measure *sort;
	gint limit;
	gboolean explain;
	bool whole; /* nothing narrower was asked: all measures go into the tables of the store */
};

static bool level_has(const struct measuring *m, const struct measure *measure)
{
	return measure->level == m->of.level &&
	       (m->of.level != LEVEL_GROUP || measure->by == (int)m->of.by);
}

/* Known, but of another level: what was asked lacks that alone. */
static bool other_level(const char *word, GError **error)
{
	const struct measure *measure = measure_find(word);
	g_autofree char *hint = NULL;

	if (!measure)
		return false;
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_USAGE,
		    _("\"%s\" is a measure of another level"), word);
	hint = g_strdup_printf(_("say --level %s"), measure_levels[measure->level]);
	error_add_hint(error, hint);
	return true;
}

/* A measure of the level by id; of groups also without the attribute in front: "density". */
static const struct measure *measure_read(const struct measuring *m, const char *option,
					  const char *word, GError **error)
{
	g_autoptr(GPtrArray) ids = g_ptr_array_new(), labels = g_ptr_array_new();
	g_autofree char *full = g_strdup_printf("%s-%s", attribute_name(m->of.by), word);
	guint n;
	const struct measure *all = measures(&n);

	for (guint i = 0; i < n; i++) {
		if (!level_has(m, &all[i]))
			continue;
		if (!strcmp(all[i].id, word) ||
		    (m->of.level == LEVEL_GROUP && !strcmp(all[i].id, full)))
			return &all[i];
		g_ptr_array_add(ids, (gpointer)(guintptr)all[i].id);
		g_ptr_array_add(labels, (gpointer)(guintptr)_(all[i].label));
	}
	g_ptr_array_add(ids, NULL);
	g_ptr_array_add(labels, NULL);
	if (other_level(word, error))
		return NULL;
	cli_choice_named(option, word, (const char *const *)ids->pdata,
			 (const char *const *)labels->pdata, error);
	return NULL;
}

static bool chosen_read(struct measuring *m, char *const *words, GError **error)
{
	const char *const *brief = m->cli->json || m->cli->plain      ? NULL
				   : m->of.level == LEVEL_INSTITUTION ? brief_measures
				   : m->of.level == LEVEL_TIE	      ? brief_of_ties
								      : NULL;
	guint n;
	const struct measure *all = measures(&n);

	for (; words && *words; words++) {
		g_auto(GStrv) parts = g_strsplit(*words, ",", -1);
		for (guint i = 0; parts[i]; i++) {
			const struct measure *measure =
				measure_read(m, "--measure", g_strstrip(parts[i]), error);
			if (!measure)
				return false;
			g_ptr_array_add(m->chosen, (gpointer)(guintptr)measure);
		}
	}
	if (m->chosen->len > 0)
		return true;
	for (guint i = 0; i < n; i++) {
		if (level_has(m, &all[i]) && (!brief || g_strv_contains(brief, all[i].id)))
			g_ptr_array_add(m->chosen, (gpointer)(guintptr)&all[i]);
	}
	return true;
}

static const struct measure *chosen_at(const struct measuring *m, guint i)
{
	return g_ptr_array_index(m->chosen, i);
}

static gint row_compare(gconstpointer a, gconstpointer b, gpointer data)
{
	const struct measuring *m = data;
	double x = level_value(&m->of, m->sort, *(const guint *)a);
	double y = level_value(&m->of, m->sort, *(const guint *)b);

	/* Where there is no value, last. */
	if (isnan(x) || isnan(y))
		return isnan(x) - isnan(y);
	return x > y ? -1 : x < y;
}

static GArray *rows_ordered(const struct measuring *m)
{
	GArray *rows = g_array_new(FALSE, FALSE, sizeof(guint));
	guint n = level_rows(&m->of);

	for (guint i = 0; i < n; i++)
		g_array_append_val(rows, i);
	if (m->sort)
		g_array_sort_with_data(rows, row_compare, (gpointer)(guintptr)m);
	if (m->limit > 0 && rows->len > (guint)m->limit)
		g_array_set_size(rows, (guint)m->limit);
	return rows;
}

static char *value_text(const struct measuring *m, const struct measure *measure, double value)
{
	if (!m->cli->plain)
		return study_format(m->of.study, measure, value);
	return isfinite(value) ? json_number_text(value) : g_strdup("");
}

/* The standard error of an estimate; nothing where none is known. */
static char *error_text(const struct measuring *m, const struct measure *measure, guint row)
{
	double error = study_error(m->of.study, measure, row);

	return isfinite(error) ? json_number_text(error) : g_strdup("");
}

/* Those of the chosen ones that are estimates, as columns for programs. */
static GPtrArray *estimates_of(const struct measuring *m)
{
	GPtrArray *all = g_ptr_array_new();

	for (guint i = 0; i < m->chosen->len; i++)
		if (study_is_estimate(m->of.study, chosen_at(m, i)))
			g_ptr_array_add(all, (gpointer)(guintptr)chosen_at(m, i));
	return all;
}

/* The network as a whole: a row a measure, with its sentence when asked. */
static void network_print(const struct measuring *m)
{
	const struct cli *cli = m->cli;
	const char *const people[] = { _("Measure"), _(">Value"), "" };
	const char *const plain[] = { "measure", "value", "qualifier", "error" };
	struct table *table = cli->plain ? table_new(plain, 4) : table_new(people, 3);

	for (guint i = 0; i < m->chosen->len; i++) {
		const struct measure *measure = chosen_at(m, i);
		bool estimate = study_is_estimate(m->of.study, measure);
		g_autofree char *value = value_text(m, measure, study_value(m->of.study, measure));
		g_autofree char *error = error_text(m, measure, 0);
		const struct measure *row = study_words(m->of.study, measure);
		const char *const words[] = { _(row->label), value,
					      *row->unit ? _(row->unit) : "" };
		const char *const ids[] = { measure->id, value, estimate ? "estimate" : "", error };
		table_row(table, cli->plain ? ids : words);
	}
	table_print(table, &cli->out, cli->plain);
	table_free(table);
}

static void explain_print(const struct measuring *m)
{
	for (guint i = 0; i < m->chosen->len; i++) {
		const struct measure *measure = chosen_at(m, i);
		g_autofree char *sentence = m->of.level == LEVEL_NETWORK
						    ? study_sentence(m->of.study, measure, -1)
						    : NULL;
		const struct measure *row = study_words(m->of.study, measure);
		g_autofree char *estimate = study_estimate_text(m->of.study, measure);
		fputc('\n', m->cli->out.stream);
		out_heading(&m->cli->out, _(row->label));
		out_printf(&m->cli->out, "  %s\n", row->id);
		if (sentence)
			cli_paragraph(m->cli, 2, NULL, sentence);
		cli_paragraph(m->cli, 2, NULL, _(row->definition));
		if (estimate)
			cli_paragraph(m->cli, 2, NULL, estimate);
		if (*row->reference)
			cli_paragraph(m->cli, 2, NULL, row->reference);
	}
}

/* Groups that do not add up to all: who is in none. */
static void outside_say(const struct measuring *m)
{
	const struct net *net = study_net(m->of.study);
	const struct partition *groups = study_partition(m->of.study, m->of.by);
	guint outside = 0;

	for (guint v = 0; groups && v < net->n; v++)
		outside += groups->group[v] < 0;
	if (outside > 0)
		cli_say(m->cli,
			ngettext("%u institution is in none of these groups",
				 "%u institutions are in none of these groups", outside),
			outside);
}

/* The rows of institutions, ties or groups as cells: what names one, values, standard errors. */
struct cells {
	const struct measuring *m;
	guint fixed, n;
	GPtrArray *estimates; /* const struct measure *: for programs */
	const char **texts;   /* n, of the heads or the last row */
	GPtrArray *owned;     /* those of them that are made */
};

static void cells_init(struct cells *cells, const struct measuring *m)
{
	cells->m = m;
	cells->fixed = m->of.level == LEVEL_TIE ? 2 : 1;
	cells->estimates = m->cli->plain ? estimates_of(m) : g_ptr_array_new();
	cells->n = cells->fixed + m->chosen->len + cells->estimates->len;
	cells->texts = g_new0(const char *, cells->n + 1);
	cells->owned = g_ptr_array_new_with_free_func(g_free);
}

static void cells_release(struct cells *cells)
{
	g_ptr_array_unref(cells->estimates);
	g_free(cells->texts);
	g_ptr_array_unref(cells->owned);
}

static void cells_add(struct cells *cells, char *text)
{
	cells->texts[cells->fixed + cells->owned->len] = text;
	g_ptr_array_add(cells->owned, text);
}

static void cells_head(struct cells *cells)
{
	const struct measuring *m = cells->m;
	bool plain = m->cli->plain;

	cells->texts[0] = plain				  ? (m->of.level == LEVEL_TIE ? "a" : "id")
			  : m->of.level == LEVEL_GROUP	  ? attribute_label(m->of.by)
			  : m->of.level == LEVEL_CAPACITY ? _("Capacity")
							  : _("Institution");
	if (m->of.level == LEVEL_TIE)
		cells->texts[1] = plain ? "b" : _("Partner");
	for (guint i = 0; i < m->chosen->len; i++) {
		const struct measure *measure = chosen_at(m, i);
		cells_add(cells,
			  plain ? g_strdup(measure->id)
				: g_strdup_printf(">%s",
						  _(study_words(m->of.study, measure)->brief)));
	}
	for (guint i = 0; i < cells->estimates->len; i++) {
		const struct measure *measure = cells->estimates->pdata[i];
		cells_add(cells, g_strconcat(measure->id, "-error", NULL));
	}
}

static void cells_row(struct cells *cells, guint row)
{
	const struct measuring *m = cells->m;
	const char *names[2], *ids[2];

	g_ptr_array_set_size(cells->owned, 0);
	level_names(&m->of, row, names, ids);
	for (guint i = 0; i < cells->fixed; i++)
		cells->texts[i] = m->cli->plain ? ids[i] : names[i];
	for (guint i = 0; i < m->chosen->len; i++)
		cells_add(cells, value_text(m, chosen_at(m, i),
					    level_value(&m->of, chosen_at(m, i), row)));
	for (guint i = 0; i < cells->estimates->len; i++)
		cells_add(cells, error_text(m, cells->estimates->pdata[i], row));
}

/* Programs get each row when it is made; people wait for the width of all. */
static void rows_print(const struct measuring *m)
{
	const struct cli *cli = m->cli;
	g_autoptr(GArray) rows = rows_ordered(m);
	struct table *table = NULL;
	struct cells cells;

	cells_init(&cells, m);
	cells_head(&cells);
	if (cli->plain)
		out_row(&cli->out, cells.texts, cells.n);
	else
		table = table_new(cells.texts, cells.n);
	for (guint r = 0; r < rows->len; r++) {
		cells_row(&cells, g_array_index(rows, guint, r));
		if (cli->plain)
			out_row(&cli->out, cells.texts, cells.n);
		else
			table_row(table, cells.texts);
	}
	if (table)
		table_print(table, &cli->out, false);
	table_free(table);
	cells_release(&cells);
}

/* With the names of those that are estimates, and their standard errors, where there are any. */
static void values_json(const struct measuring *m, struct json *json, guint row)
{
	g_autoptr(GPtrArray) estimates = estimates_of(m);
	enum net_length length = study_net(m->of.study)->options.length;

	if (length != LENGTH_STEPS && !m->explain)
		json_put_string(json, "distance", net_lengths[length]);
	for (guint i = 0; i < m->chosen->len; i++)
		json_put_number(json, chosen_at(m, i)->id,
				level_value(&m->of, chosen_at(m, i), row));
	if (estimates->len == 0)
		return;
	json_key(json, "estimates");
	json_open_array(json);
	for (guint i = 0; i < estimates->len; i++)
		json_string(json, ((const struct measure *)estimates->pdata[i])->id);
	json_close_array(json);
	json_key(json, "errors");
	json_open_object(json);
	for (guint i = 0; i < estimates->len; i++) {
		const struct measure *measure = estimates->pdata[i];
		json_put_number(json, measure->id, study_error(m->of.study, measure, row));
	}
	json_close_object(json);
}

/* One measure with its words, and of the network with its value. */
static void words_json(const struct measuring *m, struct json *json, const struct measure *measure)
{
	static const char *const directions[] = { "more", "less", "neither" };

	const struct measure *row = study_words(m->of.study, measure);

	json_open_object(json);
	json_put_string(json, "id", measure->id);
	json_put_string(json, "label", _(row->label));
	if (m->of.level == LEVEL_NETWORK) {
		g_autofree char *sentence = study_sentence(m->of.study, measure, -1);
		json_put_number(json, "value", study_value(m->of.study, measure));
		if (study_is_estimate(m->of.study, measure))
			json_put_number(json, "error", study_error(m->of.study, measure, 0));
		json_put_string(json, "sentence", sentence);
	}
	json_put_string_if(json, "unit", *row->unit ? _(row->unit) : NULL);
	json_put_number(json, "least", row->least);
	json_put_number(json, "most", row->most);
	json_put_string(json, "better", directions[row->direction]);
	json_put_string(json, "definition", _(row->definition));
	json_put_string_if(json, "reference", *row->reference ? row->reference : NULL);
	if (row != measure)
		json_put_bool(json, "weighted", true);
	json_close_object(json);
}

/* What the numbers are of, and what each means. */
static void explain_json(const struct measuring *m, struct json *json)
{
	const struct net *net = study_net(m->of.study);
	g_autofree char *ties = net_ties_text(net);
	g_autofree char *filter = filter_keys(m->cli->parsed, m->cli->model);
	char day[DATE_TEXT_SIZE];

	json_put_string(json, "network", net->model->network->base.id);
	json_put_string(json, "as_of", date_format(net->model->today, day));
	json_put_string(json, "filter", filter);
	json_put_string(json, "ties_counted", ties);
	json_put_string(json, "distance", net_lengths[net->options.length]);
	json_put_integer(json, "institutions", net->n);
	json_put_integer(json, "ties", net->m);
	json_put_string(json, "level", measure_levels[m->of.level]);
	json_key(json, "measures");
	json_open_array(json);
	for (guint i = 0; i < m->chosen->len; i++)
		words_json(m, json, chosen_at(m, i));
	json_close_array(json);
}

static void rows_json(const struct measuring *m, struct json *json)
{
	g_autoptr(GArray) rows = rows_ordered(m);

	json_open_array(json);
	for (guint r = 0; r < rows->len; r++) {
		guint row = g_array_index(rows, guint, r);
		const char *names[2], *ids[2];

		level_names(&m->of, row, names, ids);
		json_open_object(json);
		json_put_string(json, ids[1] ? "a" : "id", ids[0]);
		json_put_string_if(json, "b", ids[1]);
		if (!ids[1])
			json_put_string_if(json, "name", names[0]);
		values_json(m, json, row);
		json_close_object(json);
		cli_print_so_far(m->cli, json->out);
	}
	json_close_array(json);
}

static void measures_json(const struct measuring *m)
{
	GString *text = g_string_new(NULL);
	struct json json;

	json_init(&json, text, true);
	if (!m->explain && m->of.level != LEVEL_NETWORK) {
		rows_json(m, &json);
		cli_print_json(m->cli, text);
		return;
	}
	json_open_object(&json);
	if (m->explain)
		explain_json(m, &json);
	else
		values_json(m, &json, 0);
	if (m->of.level != LEVEL_NETWORK) {
		json_key(&json, "rows");
		rows_json(m, &json);
	}
	json_close_object(&json);
	cli_print_json(m->cli, text);
}

static bool measuring_read(struct measuring *m, const char *level, const char *by, const char *sort,
			   char *const *words, GError **error)
{
	int choice;

	/* --by means groups. */
	if (level) {
		choice = cli_choice("--level", level, measure_levels, error);
		if (choice < 0)
			return false;
		m->of.level = (enum measure_level)choice;
	} else if (by) {
		m->of.level = LEVEL_GROUP;
	} else if (sort) {
		m->of.level = LEVEL_INSTITUTION;
	}
	choice = by ? cli_attribute("--by", by, BY_GROUPS, "capacity", error) : (int)m->of.by;
	if (choice < 0)
		return false;
	if (choice == BY_GROUPS)
		m->of.level = LEVEL_CAPACITY;
	else
		m->of.by = (enum attribute)choice;
	if (!chosen_read(m, words, error))
		return false;
	if (sort)
		m->sort = measure_read(m, "--sort", sort, error);
	else if (m->of.level == LEVEL_INSTITUTION || m->of.level == LEVEL_TIE)
		m->sort = m->cli->plain || m->cli->json ? NULL : chosen_at(m, 0);
	return !sort || m->sort;
}

static bool measuring_run(struct measuring *m, GError **error)
{
	g_autoptr(GPtrArray) needed = g_ptr_array_copy(m->chosen, NULL, NULL);
	guint rows;

	if (m->sort)
		g_ptr_array_add(needed, (gpointer)(guintptr)m->sort);
	m->of.study = cli_study_of(m->cli, needed, error);
	if (!m->of.study)
		return false;
	/* People see the first of a long list, programs all of it. */
	m->limit = (gint)cli_limit(m->cli, m->limit, 20);
	if (m->cli->json)
		measures_json(m);
	else if (m->of.level == LEVEL_NETWORK)
		network_print(m);
	else
		rows_print(m);
	if (m->explain && !m->cli->json && !m->cli->plain)
		explain_print(m);
	rows = level_rows(&m->of);
	if (m->limit > 0 && rows > (guint)m->limit)
		cli_say(m->cli, _("The first %d of %u (--limit=0: all)"), m->limit, rows);
	if (m->of.level == LEVEL_GROUP)
		outside_say(m);
	if (m->whole)
		cli_tabulate(m->cli, m->of.study, STUDY_MEASURES);
	return true;
}

bool command_measures(struct cli *cli, char ***args, GError **error)
{
	struct measuring m = { .cli = cli, .of.by = BY_SECTOR, .limit = LIMIT_UNSAID };
	g_autofree char *level = NULL, *by = NULL, *sort = NULL;
	g_auto(GStrv) words = NULL;
	GOptionEntry study[STUDY_ENTRIES];
	const GOptionEntry own[] = {
		{ "level", 'l', 0, G_OPTION_ARG_STRING, &level,
		  N_("network, institution, group, tie or capacity"), N_("LEVEL") },
		{ "by", 0, 0, G_OPTION_ARG_STRING, &by,
		  N_("Groups by sector, territory, country, tier (level of membership) or circle; "
		     "or by capacity"),
		  N_("ATTRIBUTE") },
		{ "measure", 'm', 0, G_OPTION_ARG_STRING_ARRAY, &words,
		  N_("Only these, with commas"), N_("MEASURES") },
		{ "sort", 's', 0, G_OPTION_ARG_STRING, &sort, N_("Highest of this measure first"),
		  N_("MEASURE") },
		{ "limit", 0, 0, G_OPTION_ARG_INT, &m.limit,
		  N_("At most so many rows; 0: all. Unsaid: 20, and all with --json or --plain"),
		  N_("NUMBER") },
		{ "explain", 'e', 0, G_OPTION_ARG_NONE, &m.explain,
		  N_("Say what each measure means"), NULL },
		{ 0 },
	};
	g_autoptr(GArray) entries = g_array_new(TRUE, TRUE, sizeof(GOptionEntry));
	bool done;

	cli_study_entries(cli, study);
	g_array_append_vals(entries, own, G_N_ELEMENTS(own) - 1);
	g_array_append_vals(entries, study, G_N_ELEMENTS(study) - 1);
	cli_distance_entry(cli, entries);
	if (!cli_options(cli, (const GOptionEntry *)(void *)entries->data, args, error))
		return false;
	if (cli->help)
		return true;
	m.chosen = g_ptr_array_new();
	m.whole = !level && !by && !sort && !words;
	done = cli_words(cli, *args, 0, 0, error) &&
	       measuring_read(&m, level, by, sort, words, error) && cli_read(cli, error) &&
	       measuring_run(&m, error);
	g_ptr_array_unref(m.chosen);
	return done;
}
