/*
 * GraphML: institutions with all their fields and measures, ties with state and
 * depth, typed, under our own ids.  Measures are named m_* because Gephi takes
 * attributes called size, weight, x or y for its own; `label` and `weight` are
 * meant for it.  igraph's writer is not used: it knows neither our ids nor types.
 */
#include "base/cancel.h"
#include "base/errors.h"
#include "base/json.h"
#include "graph/export/columns.h"
#include "graph/export/formats.h"

#include <glib/gi18n.h>
#include <libxml/xmlwriter.h>
#include <math.h>

#define XML(text) ((const xmlChar *)(text))

struct writer {
	xmlTextWriterPtr xml;
	bool failed;
};

static void check(struct writer *writer, int code)
{
	writer->failed |= code < 0;
}

static void start(struct writer *writer, const char *name)
{
	check(writer, xmlTextWriterStartElement(writer->xml, XML(name)));
}

static void end(struct writer *writer)
{
	check(writer, xmlTextWriterEndElement(writer->xml));
}

static void attribute(struct writer *writer, const char *name, const char *value)
{
	check(writer, xmlTextWriterWriteAttribute(writer->xml, XML(name), XML(value)));
}

/* What XML 1.0 cannot hold at all becomes U+FFFD. */
static char *xml_text(const char *text)
{
	GString *out = g_string_new(NULL);
	g_autofree char *valid = g_utf8_make_valid(text, -1);
	for (const char *c = valid; *c; c = g_utf8_next_char(c)) {
		gunichar u = g_utf8_get_char(c);
		bool bad = (u < 0x20 && u != '\t' && u != '\n' && u != '\r') || u == 0xfffe ||
			   u == 0xffff;
		g_string_append_unichar(out, bad ? 0xfffd : u);
	}
	return g_string_free(out, FALSE);
}

static void key_start(struct writer *writer, const char *id, const char *on, const char *name,
		      const char *type)
{
	start(writer, "key");
	attribute(writer, "id", id);
	attribute(writer, "for", on);
	attribute(writer, "attr.name", name);
	attribute(writer, "attr.type", type);
}

static void key(struct writer *writer, const char *id, const char *on, const char *name,
		const char *type)
{
	key_start(writer, id, on, name, type);
	end(writer);
}

static void data(struct writer *writer, const char *id, const char *value)
{
	if (!value || !*value)
		return;
	g_autofree char *clean = xml_text(value);
	start(writer, "data");
	attribute(writer, "key", id);
	check(writer, xmlTextWriterWriteString(writer->xml, XML(clean)));
	end(writer);
}

static void data_number(struct writer *writer, const char *id, double value)
{
	if (!isfinite(value))
		return;
	g_autofree char *text = json_number_text(value);
	data(writer, id, text);
}

static void data_date(struct writer *writer, const char *id, struct date date)
{
	char text[DATE_TEXT_SIZE];
	data(writer, id, date_format(date, text));
}

static void measure_keys(struct writer *writer, const struct study *study, enum measure_level level,
			 const char *on)
{
	guint rows;
	const struct measure *table = measures(&rows);
	for (guint i = 0; i < rows; i++) {
		if (table[i].level != level)
			continue;
		g_autofree char *name = column_of_measure(table[i].id);
		guint sources = study_sources(study, &table[i], NULL);
		g_autofree char *says = NULL;
		if (sources > 0)
			says = g_strdup_printf("estimate, %u sources", sources);
		else if (study_words(study, &table[i]) != &table[i])
			says = g_strdup("ties are 1/intensity long");
		key_start(writer, name, on, name, "double");
		if (says) {
			start(writer, "desc");
			check(writer, xmlTextWriterWriteString(writer->xml, XML(says)));
			end(writer);
		}
		end(writer);
	}
}

static void measure_data(struct writer *writer, struct study *study, enum measure_level level,
			 guint row)
{
	guint rows;
	const struct measure *table = measures(&rows);
	for (guint i = 0; i < rows; i++) {
		if (table[i].level != level)
			continue;
		g_autofree char *name = column_of_measure(table[i].id);
		data_number(writer, name, study_value_at(study, &table[i], row));
	}
}

static const char *const edge_keys[][2] = {
	{ "weight", "double" },	   { "state", "string" }, { "kinds", "string" },
	{ "intensity", "string" }, { "since", "string" }, { "until", "string" },
	{ "ended", "boolean" },
};

static void write_keys(struct writer *writer, const struct study *study, const GPtrArray *columns,
		       const GPtrArray *claims)
{
	key(writer, "g_for", "graph", "for", "string");
	key(writer, "g_filter", "graph", "filter", "string");
	key(writer, "g_ties_counted", "graph", "ties_counted", "string");
	key(writer, "g_distance", "graph", "distance", "string");
	key(writer, "g_data", "graph", "data", "string");
	key(writer, "g_as_of", "graph", "as_of", "string");
	key(writer, "g_version", "graph", "version", "string");
	measure_keys(writer, study, LEVEL_NETWORK, "graph");
	key(writer, "n_label", "node", "label", "string");
	for (guint i = 0; i < columns->len; i++) {
		const struct column *column = columns->pdata[i];
		g_autofree char *id = g_strconcat("n_", column->name, NULL);
		key(writer, id, "node", column->name,
		    column->integer  ? "long"
		    : column->number ? "double"
				     : "string");
	}
	key(writer, "n_tier", "node", "tier", "string");
	measure_keys(writer, study, LEVEL_INSTITUTION, "node");
	for (guint i = 0; i < G_N_ELEMENTS(edge_keys); i++) {
		g_autofree char *id = g_strconcat("e_", edge_keys[i][0], NULL);
		key(writer, id, "edge", edge_keys[i][0], edge_keys[i][1]);
	}
	for (guint i = 0; i < claims->len; i++) {
		const struct column *column = claims->pdata[i];
		g_autofree char *id = g_strconcat("e_", column->name, NULL);
		key(writer, id, "edge", column->name, "string");
	}
	measure_keys(writer, study, LEVEL_TIE, "edge");
}

/* What both sides' declarations hold, each value once. */
static void claims_data(struct writer *writer, const struct model *model, const struct tie *tie,
			const GPtrArray *columns)
{
	for (guint i = 0; i < columns->len; i++) {
		const struct column *column = columns->pdata[i];
		g_autoptr(GPtrArray) values = g_ptr_array_new_with_free_func(g_free);
		g_autofree char *id = g_strconcat("e_", column->name, NULL);
		for (guint c = 0; c < tie->n_claims; c++) {
			const struct claim *claim = &model->claims[tie->first_claim + c];
			char *text = column_text(column, claim->says);
			if (text &&
			    !g_ptr_array_find_with_equal_func(values, text, g_str_equal, NULL))
				g_ptr_array_add(values, text);
			else
				g_free(text);
		}
		g_ptr_array_add(values, NULL);
		g_autofree char *joined = g_strjoinv("; ", (char **)values->pdata);
		data(writer, id, joined);
	}
}

static void write_node(struct writer *writer, struct study *study, const GPtrArray *columns,
		       guint v)
{
	const struct net *net = study_net(study);
	const struct partition *tiers = study_partition(study, BY_TIER);
	const struct institution *row = model_institution(net->model, net->institution[v]);
	start(writer, "node");
	attribute(writer, "id", row->base.id);
	data(writer, "n_label", institution_name(row, true));
	for (guint i = 0; i < columns->len; i++) {
		const struct column *column = columns->pdata[i];
		g_autofree char *id = g_strconcat("n_", column->name, NULL);
		g_autofree char *text = column_text(column, row);
		data(writer, id, text);
	}
	data(writer, "n_tier", tiers->group[v] < 0 ? NULL : tiers->ids[tiers->group[v]]);
	measure_data(writer, study, LEVEL_INSTITUTION, v);
	end(writer);
}

static void write_edge(struct writer *writer, struct study *study, const GPtrArray *claims, guint e)
{
	const struct net *net = study_net(study);
	const struct model *model = net->model;
	const struct tie *tie = &model->ties[net->tie[e]];
	const char *a = model_institution(model, tie->a)->base.id;
	const char *b = model_institution(model, tie->b)->base.id;
	g_autoptr(GPtrArray) kinds = tie_kinds(model, tie);
	g_autoptr(GString) joined = g_string_new(NULL);
	g_autofree char *id = g_strdup_printf("%s--%s", a, b);
	for (guint i = 0; i < kinds->len; i++)
		g_string_append_printf(joined, "%s%s", i > 0 ? "; " : "",
				       (const char *)kinds->pdata[i]);
	start(writer, "edge");
	attribute(writer, "id", id);
	attribute(writer, "source", a);
	attribute(writer, "target", b);
	data_number(writer, "e_weight", net->weight[e]);
	data(writer, "e_state", tie_state_id(tie->state));
	data(writer, "e_kinds", joined->str);
	data(writer, "e_intensity",
	     tie->intensity < 0 ? NULL : choice_intensity[tie->intensity].id);
	data_date(writer, "e_since", tie->since);
	data_date(writer, "e_until", tie->until);
	data(writer, "e_ended", tie->ended ? "true" : "false");
	claims_data(writer, model, tie, claims);
	measure_data(writer, study, LEVEL_TIE, e);
	end(writer);
}

static void write_graph(struct writer *writer, struct study *study,
			const struct export_options *options, const GPtrArray *columns,
			const GPtrArray *claims)
{
	const struct model *model = study_model(study);
	char today[DATE_TEXT_SIZE];
	g_autofree char *ties = net_ties_text(study_net(study));
	g_autofree char *fingerprint =
		g_strdup_printf("%016" G_GINT64_MODIFIER "x", model->fingerprint);
	start(writer, "graph");
	attribute(writer, "id", model->network->base.id ? model->network->base.id : "network");
	attribute(writer, "edgedefault", "undirected");
	data(writer, "g_for", audience_id(options->audience));
	data(writer, "g_filter", options->filter);
	data(writer, "g_ties_counted", ties);
	data(writer, "g_distance", net_lengths[study_net(study)->options.length]);
	data(writer, "g_data", fingerprint);
	data(writer, "g_as_of", date_format(model->today, today));
	data(writer, "g_version", options->version);
	measure_data(writer, study, LEVEL_NETWORK, 0);
	for (guint v = 0; v < study_net(study)->n && !cancel_asked(options->cancel, NULL); v++)
		write_node(writer, study, columns, v);
	for (guint e = 0; e < study_net(study)->m && !cancel_asked(options->cancel, NULL); e++)
		write_edge(writer, study, claims, e);
	end(writer);
}

static bool write_document(xmlBufferPtr buffer, struct study *study,
			   const struct export_options *options)
{
	g_autoptr(GPtrArray) columns = columns_new(record_type(KIND_INSTITUTION));
	g_autoptr(GPtrArray) claims = g_ptr_array_new_with_free_func(column_free);
	struct writer writer = { xmlNewTextWriterMemory(buffer, 0), false };
	if (!writer.xml)
		return false;
	/* Readers make an attribute "id" of the node's own, and igraph warns of a second one. */
	g_ptr_array_remove_index(columns, 0);
	columns_add_members(columns, study_net(study));
	columns_add_claims(claims, study_net(study));
	xmlTextWriterSetIndent(writer.xml, 1);
	xmlTextWriterSetIndentString(writer.xml, XML(" "));
	check(&writer, xmlTextWriterStartDocument(writer.xml, NULL, "UTF-8", NULL));
	start(&writer, "graphml");
	attribute(&writer, "xmlns", "http://graphml.graphdrawing.org/xmlns");
	write_keys(&writer, study, columns, claims);
	write_graph(&writer, study, options, columns, claims);
	end(&writer);
	check(&writer, xmlTextWriterEndDocument(writer.xml));
	xmlFreeTextWriter(writer.xml);
	return !writer.failed;
}

bool export_graphml(struct study *study, const struct export_options *options, GError **error)
{
	if (!export_prepare(study, STUDY_MEASURES, options, error))
		return false;
	xmlBufferPtr buffer = xmlBufferCreate();
	bool ok = buffer && write_document(buffer, study, options);
	if (cancel_asked(options->cancel, error)) {
		ok = false;
	} else if (ok) {
		g_autoptr(GString) bytes = g_string_new_len((const char *)xmlBufferContent(buffer),
							    (gssize)xmlBufferLength(buffer));
		ok = export_file(options->path, bytes, error);
	} else {
		g_set_error_literal(error, TELAR_ERROR, TELAR_ERROR_INTERNAL,
				    _("The XML writer failed"));
	}
	if (buffer)
		xmlBufferFree(buffer);
	return ok;
}
