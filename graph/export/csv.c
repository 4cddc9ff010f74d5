/*
 * The network as tables: what stands in each of them.  How a cell is written is cells.c's.
 */
#include "base/context.h"
#include "base/json.h"
#include "graph/export/cells.h"
#include "graph/export/columns.h"
#include "graph/export/formats.h"
#include "graph/funding.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* A column that no table of fields has. */
struct head {
	const char *name;
	const char *read; /* N_() */
};

static void cells_heads(struct sheet *sheet, const struct head *heads, guint n)
{
	for (guint i = 0; i < n; i++)
		cell_word(sheet, heads[i].name, _(heads[i].read));
}

static void cells_header(struct sheet *sheet, const GPtrArray *columns)
{
	for (guint i = 0; i < columns->len; i++) {
		const struct column *column = columns->pdata[i];
		cell_word(sheet, column->name, column->read);
	}
}

static void cells_record(struct sheet *sheet, const struct model *model, const GPtrArray *columns,
			 const void *record)
{
	for (guint i = 0; i < columns->len; i++) {
		const struct column *column = columns->pdata[i];
		g_autofree char *text = sheet->names
						? column_read(column, model, sheet->names, record)
						: column_text(column, record);
		if (column->number)
			cell_digits(sheet, text);
		else
			cell_text(sheet, text);
	}
}

/* The columns of a level that hold estimates, for a cell of each row. */
static char *estimates_of(const struct sheet *sheet, const struct study *study,
			  enum measure_level level)
{
	GString *names = g_string_new(NULL);
	guint rows;
	const struct measure *table = measures(&rows);
	for (guint i = 0; i < rows; i++) {
		if (table[i].level != level || !study_is_estimate(study, &table[i]))
			continue;
		g_autofree char *name = column_of_measure(table[i].id);
		g_string_append_printf(names, "%s%s", names->len > 0 ? "; " : "",
				       sheet->words ? _(table[i].label) : name);
	}
	return g_string_free(names, FALSE);
}

/* The measures of a level. */
struct measured {
	const struct study *study;
	guint n;
	const struct measure **measures;
};

static struct measured measured_of(const struct study *study, enum measure_level level)
{
	guint rows;
	const struct measure *table = measures(&rows);
	struct measured out = { study, 0, g_new(const struct measure *, rows) };
	for (guint i = 0; i < rows; i++)
		if (table[i].level == level)
			out.measures[out.n++] = &table[i];
	return out;
}

static void measured_clear(struct measured *measured)
{
	g_free(measured->measures);
}

static void cells_names(struct sheet *sheet, const struct measured *measured)
{
	for (guint i = 0; i < measured->n; i++) {
		g_autofree char *name = column_of_measure(measured->measures[i]->id);
		cell_word(sheet, name, _(measured->measures[i]->label));
	}
	cell_word(sheet, "m_estimates", _("Estimates"));
	row_end(sheet);
}

static void cells_values(struct sheet *sheet, const struct measured *measured, guint row)
{
	for (guint i = 0; i < measured->n; i++)
		cell_number(sheet, study_value_at(measured->study, measured->measures[i], row));
}

static void write_institutions(struct study *study, struct sheet *sheet)
{
	const struct net *net = study_net(study);
	const struct partition *tiers = study_partition(study, BY_TIER);
	g_autoptr(GPtrArray) columns = columns_new(record_type(KIND_INSTITUTION));
	g_autofree char *estimates = estimates_of(sheet, study, LEVEL_INSTITUTION);
	struct measured measured = measured_of(study, LEVEL_INSTITUTION);
	columns_add_members(columns, net);
	cells_header(sheet, columns);
	cell_word(sheet, "tier", _("Tier"));
	cells_names(sheet, &measured);
	for (guint v = 0; v < net->n && !sheet->stopped; v++) {
		cells_record(sheet, net->model, columns,
			     model_institution(net->model, net->institution[v]));
		cell_text(sheet, tiers->group[v] < 0 ? NULL
				 : sheet->words	     ? tiers->labels[tiers->group[v]]
						     : tiers->ids[tiers->group[v]]);
		cells_values(sheet, &measured, v);
		cell_text(sheet, estimates);
		row_end(sheet);
	}
	measured_clear(&measured);
}

/* As people call it, or its id, as the dialect has it. */
static const char *called(const struct sheet *sheet, const struct model *model, enum kind kind,
			  guint index)
{
	return sheet->names ? sheet->names->of[kind][index]
			    : RECORD(model->records[kind][index])->id;
}

static void cell_institution(struct sheet *sheet, const struct model *model, guint institution)
{
	cell_text(sheet, called(sheet, model, KIND_INSTITUTION, institution));
}

static void write_tie(const struct net *net, struct sheet *sheet, guint e)
{
	const struct tie *tie = &net->model->ties[net->tie[e]];
	g_autoptr(GPtrArray) kinds = tie_kinds(net->model, tie);
	for (guint i = 0; sheet->words && i < kinds->len; i++)
		kinds->pdata[i] = (gpointer)(gsize)model_term_name(net->model, VOCABULARY_KINDS,
								   kinds->pdata[i]);
	g_ptr_array_add(kinds, NULL);
	g_autofree char *joined = g_strjoinv("; ", (char **)kinds->pdata);
	cell_institution(sheet, net->model, net->institution[net->from[e]]);
	cell_institution(sheet, net->model, net->institution[net->to[e]]);
	cell_word(sheet, tie_state_id(tie->state), tie_state_label(tie->state));
	cell_text(sheet, joined);
	if (tie->intensity < 0)
		cell_text(sheet, NULL);
	else
		cell_word(sheet, choice_intensity[tie->intensity].id,
			  in_context(choice_intensity[tie->intensity].label));
	cell_date(sheet, tie->since);
	cell_date(sheet, tie->until);
	cell_word(sheet, tie->ended ? "yes" : "no", tie->ended ? _("yes") : _("no"));
	cell_count(sheet, tie->n_claims);
}

static void write_ties(struct study *study, struct sheet *sheet)
{
	static const struct head heads[] = {
		{ "a", N_("Institution") },	  { "b", N_("Partner") },
		{ "state", N_("State") },	  { "kinds", N_("Kinds") },
		{ "intensity", N_("Intensity") }, { "since", N_("Since") },
		{ "until", N_("Until") },	  { "ended", N_("Ended") },
		{ "claims", N_("Declarations") },
	};
	g_autofree char *estimates = estimates_of(sheet, study, LEVEL_TIE);
	struct measured measured = measured_of(study, LEVEL_TIE);
	cells_heads(sheet, heads, G_N_ELEMENTS(heads));
	cells_names(sheet, &measured);
	for (guint e = 0; e < study_net(study)->m && !sheet->stopped; e++) {
		write_tie(study_net(study), sheet, e);
		cells_values(sheet, &measured, e);
		cell_text(sheet, estimates);
		row_end(sheet);
	}
	measured_clear(&measured);
}

static void write_claims(struct study *study, struct sheet *sheet)
{
	const struct net *net = study_net(study);
	const struct model *model = net->model;
	g_autoptr(GPtrArray) columns = columns_new(&partnership_type);
	columns_add_claims(columns, net);
	cell_word(sheet, "from", _("Institution"));
	cells_header(sheet, columns);
	row_end(sheet);
	for (guint e = 0; e < net->m && !sheet->stopped; e++) {
		const struct tie *tie = &model->ties[net->tie[e]];
		for (guint i = 0; i < tie->n_claims; i++) {
			const struct claim *claim = &model->claims[tie->first_claim + i];
			cell_institution(sheet, model, claim->from);
			cells_record(sheet, model, columns, claim->says);
			row_end(sheet);
		}
	}
}

static void write_records(struct study *study, struct sheet *sheet, enum kind kind)
{
	const struct model *model = study_model(study);
	g_autoptr(GPtrArray) columns = columns_new(record_type(kind));
	columns_add_attributes(columns, record_type(kind), model->records[kind], model->n[kind]);
	cells_header(sheet, columns);
	row_end(sheet);
	for (guint i = 0; i < model->n[kind]; i++) {
		cells_record(sheet, model, columns, model->records[kind][i]);
		row_end(sheet);
	}
}

static void write_territories(struct study *study, struct sheet *sheet)
{
	write_records(study, sheet, KIND_TERRITORY);
}

static void write_programmes(struct study *study, struct sheet *sheet)
{
	write_records(study, sheet, KIND_PROGRAMME);
}

/* Of the institutions in view only, so that every id is in institutions.csv. */
static void write_participations(struct study *study, struct sheet *sheet)
{
	const struct net *net = study_net(study);
	const struct model *model = net->model;
	g_autoptr(GPtrArray) columns = columns_new(&participant_type);
	cell_word(sheet, "programme", _("Programme"));
	cells_header(sheet, columns);
	row_end(sheet);
	for (guint p = 0; p < model->n[KIND_PROGRAMME]; p++) {
		const struct programme *programme = model_programme(model, p);
		for (guint i = 0; i < programme->participants.n; i++) {
			const struct participant *row =
				&ITEMS(struct participant, programme->participants)[i];
			int found = row->institution
					    ? model_find(model, KIND_INSTITUTION, row->institution)
					    : -1;
			if (found < 0 || net->vertex[found] < 0)
				continue;
			cell_text(sheet, called(sheet, model, KIND_PROGRAMME, p));
			cells_record(sheet, model, columns, row);
			row_end(sheet);
		}
	}
}

/* A cell and the separator behind it, ready to be written. */
struct cell {
	char *text;
	gsize length;
};

/* What the rows of a measure share, and who they are about. */
struct long_form {
	struct study *study;
	struct sheet *sheet;
	const struct measure *measure;
	bool estimate;
	const double *values;
	struct cell level, name, none;
	const struct cell *ids; /* by vertex */
};

static struct cell cell_of(const struct sheet *sheet, const char *text)
{
	struct sheet alone = { .separator = sheet->separator, .out = g_string_new(NULL) };
	cell_text(&alone, text);
	g_string_append_c(alone.out, sheet->separator);
	gsize length = alone.out->len;
	return (struct cell){ g_string_free(alone.out, FALSE), length };
}

static void write_value(const struct long_form *form, struct cell subject, struct cell other,
			guint row)
{
	struct sheet *sheet = form->sheet;
	const struct cell cells[] = { form->level, subject, other, form->name };
	gsize length = NUMBER_SIZE + 2;
	double value = form->values[row];
	if (!isfinite(value))
		return;
	for (guint i = 0; i < G_N_ELEMENTS(cells); i++)
		length += cells[i].length;
	char *end = sheet_room(sheet, length);
	for (guint i = 0; i < G_N_ELEMENTS(cells); end += cells[i++].length)
		memcpy(end, cells[i].text, cells[i].length);
	end = sheet_number(sheet, value, end);
	if (!form->estimate) {
		*end++ = sheet->separator;
		*end++ = sheet->separator;
	}
	sheet_fill(sheet, end);
	if (form->estimate) {
		sheet->filled = true;
		cell_word(sheet, "estimate", _("estimate"));
		cell_number(sheet, study_error(form->study, form->measure, row));
	}
	row_end(sheet);
}

/* Of whom no table of ids is at hand. */
static void write_named(const struct long_form *form, const char *id, const char *read, guint row)
{
	struct cell subject = cell_of(form->sheet, form->sheet->words ? read : id);
	write_value(form, subject, form->none, row);
	g_free(subject.text);
}

static void write_rows(const struct long_form *form, const struct net *net)
{
	const struct items *terms = &net->model->network->vocabularies.of[VOCABULARY_CAPACITIES];
	const struct partition *groups;
	switch (form->measure->level) {
	case LEVEL_NETWORK:
		write_named(form, net->model->network->base.id, net->model->network->base.name, 0);
		break;
	case LEVEL_GROUP:
		groups = study_partition(form->study, (enum attribute)form->measure->by);
		for (guint g = 0; g < groups->n_groups; g++)
			write_named(form, groups->ids[g], groups->labels[g], g);
		break;
	case LEVEL_INSTITUTION:
		for (guint v = 0; v < net->n; v++)
			write_value(form, form->ids[v], form->none, v);
		break;
	case LEVEL_TIE:
		for (guint e = 0; e < net->m; e++)
			write_value(form, form->ids[net->from[e]], form->ids[net->to[e]], e);
		break;
	case LEVEL_CAPACITY:
		for (guint i = 0; i < terms->n; i++)
			write_named(form, ITEMS(struct term, *terms)[i].id,
				    model_term_name(net->model, VOCABULARY_CAPACITIES,
						    ITEMS(struct term, *terms)[i].id),
				    i);
		break;
	}
}

/* measure_levels[] as people read them. */
static const char *const levels[LEVELS] = {
	[LEVEL_NETWORK] = N_("Network"),	 [LEVEL_GROUP] = N_("Group"),
	[LEVEL_INSTITUTION] = N_("Institution"), [LEVEL_TIE] = N_("Tie"),
	[LEVEL_CAPACITY] = N_("Capacity"),
};

/* One measure in long form: a row a value that exists. */
static void write_measure(struct study *study, struct sheet *sheet, const struct measure *measure,
			  const struct cell *ids)
{
	g_autofree double *values = study_values(study, measure);
	const struct long_form form = {
		.study = study,
		.values = values,
		.sheet = sheet,
		.measure = measure,
		.estimate = study_is_estimate(study, measure),
		.level = cell_of(sheet, sheet->words ? _(levels[measure->level])
						     : measure_levels[measure->level]),
		.name = cell_of(sheet, sheet->words ? _(measure->label) : measure->id),
		.none = { &sheet->separator, 1 },
		.ids = ids,
	};
	write_rows(&form, study_net(study));
	g_free(form.level.text);
	g_free(form.name.text);
}

static void write_measures(struct study *study, struct sheet *sheet)
{
	static const struct head heads[] = {
		{ "level", N_("Level") },   { "subject", N_("About") },
		{ "other", N_("Partner") }, { "measure", N_("Measure") },
		{ "value", N_("Value") },   { "qualifier", N_("Qualifier") },
		{ "error", N_("Error") },
	};
	const struct net *net = study_net(study);
	g_autofree struct cell *ids = g_new(struct cell, MAX(net->n, 1));
	guint rows;
	const struct measure *table = measures(&rows);
	cells_heads(sheet, heads, G_N_ELEMENTS(heads));
	row_end(sheet);
	for (guint v = 0; v < net->n; v++)
		ids[v] = cell_of(sheet,
				 called(sheet, net->model, KIND_INSTITUTION, net->institution[v]));
	for (guint i = 0; i < rows && !sheet->stopped; i++)
		write_measure(study, sheet, &table[i], ids);
	for (guint v = 0; v < net->n; v++)
		g_free(ids[v].text);
}

/* Who funds whom: a row a currency, or one without an amount where none is stated. */
static void write_funding(struct study *study, struct sheet *sheet)
{
	static const struct head heads[] = {
		{ "from", N_("Funder") },
		{ "to", N_("Funded") },
		{ "at_least", N_("At least") },
		{ "currency", N_("Currency") },
		{ "partnerships", N_("Partnerships") },
		{ "programmes", N_("Programmes") },
	};
	const struct net *net = study_net(study);
	const struct funding *funding = study_funding(study, NULL);
	cells_heads(sheet, heads, G_N_ELEMENTS(heads));
	row_end(sheet);
	for (guint i = 0; i < funding->links->len && !sheet->stopped; i++) {
		const struct funding_link *link = funding->links->pdata[i];
		g_autoptr(GString) programmes = g_string_new(NULL);
		for (guint k = 0; k < link->programmes->len; k++) {
			int one = model_find(net->model, KIND_PROGRAMME,
					     RECORD(link->programmes->pdata[k])->id);
			g_string_append_printf(
				programmes, "%s%s", k > 0 ? "; " : "",
				called(sheet, net->model, KIND_PROGRAMME, (guint)one));
		}
		for (guint k = 0; k < MAX(link->amounts->len, 1); k++) {
			cell_institution(sheet, net->model, net->institution[link->from]);
			cell_institution(sheet, net->model, net->institution[link->to]);
			cell_money(sheet, k < link->amounts->len
						  ? &g_array_index(link->amounts, struct money, k)
						  : NULL);
			cell_count(sheet, link->partnerships);
			cell_text(sheet, programmes->str);
			row_end(sheet);
		}
	}
}

static const struct csv_table tables[] = {
	{ "institutions.csv", write_institutions },
	{ "ties.csv", write_ties },
	{ "claims.csv", write_claims },
	{ "territories.csv", write_territories },
	{ "programmes.csv", write_programmes },
	{ "participations.csv", write_participations },
	{ "funding.csv", write_funding },
	{ "measures.csv", write_measures },
};

bool export_csv(struct study *study, const struct export_options *options, GError **error)
{
	/* Who funds whom is found on first use, which is none of the threads' business. */
	return export_prepare(study, STUDY_MEASURES, options, error) &&
	       study_funding(study, error) &&
	       csv_write(study, options, "csv", tables, G_N_ELEMENTS(tables), error);
}
