/*
 * Kumu's JSON as rows: `elements` and `connections`, whose fields stand in the
 * object itself or under `attributes`.  Lists become values joined by `|`.
 */
#include "data/import/raw.h"

#include <string.h>

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#include "base/json.h"
#include "data/node.h"

/* Where the elements of an array end: json-glib tells the line only while it reads. */
static void on_element(JsonParser *parser, JsonArray *array, gint index, gpointer data)
{
	GHashTable *lines = data;
	GArray *own = g_hash_table_lookup(lines, array);
	guint line = json_parser_get_current_line(parser);

	(void)index;
	if (!own) {
		own = g_array_new(FALSE, FALSE, sizeof(guint));
		g_hash_table_insert(lines, array, own);
	}
	g_array_append_val(own, line);
}

static void on_error(JsonParser *parser, gpointer error, gpointer data)
{
	guint *line = data;

	(void)error;
	*line = json_parser_get_current_line(parser);
}

static void lines_free(gpointer data)
{
	g_array_unref(data);
}

struct target {
	struct raw *raw;
	struct raw_row *row;
	struct findings *findings;
};

static char *scalar_text(JsonNode *node)
{
	if (!JSON_NODE_HOLDS_VALUE(node))
		return NULL;
	switch (json_node_get_value_type(node)) {
	case G_TYPE_STRING:
		return json_node_dup_string(node);
	case G_TYPE_BOOLEAN:
		return g_strdup(json_node_get_boolean(node) ? "true" : "false");
	case G_TYPE_INT64:
		return g_strdup_printf("%" G_GINT64_FORMAT, json_node_get_int(node));
	default:
		return json_number_text(json_node_get_double(node));
	}
}

static void put_value(const struct target *to, const char *name, JsonNode *value)
{
	g_autofree char *text = scalar_text(value);

	if (JSON_NODE_HOLDS_ARRAY(value)) {
		JsonArray *array = json_node_get_array(value);
		for (guint i = 0; i < json_array_get_length(array); i++)
			put_value(to, name, json_array_get_element(array, i));
	} else if (JSON_NODE_HOLDS_OBJECT(value)) {
		text = json_to_string(value, FALSE);
	}
	if (text && *text)
		raw_put(to->raw, to->row, raw_column(to->raw, name), text, strlen(text),
			to->findings);
}

/* Kumu's own keys begin with an underscore, except the id. */
static void put_members(const struct target *to, JsonObject *object)
{
	JsonObjectIter iter;
	const char *name;
	JsonNode *value;

	json_object_iter_init_ordered(&iter, object);
	while (json_object_iter_next_ordered(&iter, &name, &value)) {
		if (strcmp(name, "attributes") == 0 && JSON_NODE_HOLDS_OBJECT(value))
			put_members(to, json_node_get_object(value));
		else if (strcmp(name, "_id") == 0)
			put_value(to, "id", value);
		else if (*name != '_' && *name)
			put_value(to, name, value);
	}
}

static void read_list(JsonObject *root, const char *key, GHashTable *lines, struct raw *raw,
		      struct findings *findings)
{
	JsonNode *node = json_object_get_member(root, key);
	JsonArray *array = node && JSON_NODE_HOLDS_ARRAY(node) ? json_node_get_array(node) : NULL;
	const GArray *own = array ? g_hash_table_lookup(lines, array) : NULL;

	for (guint i = 0; array && i < json_array_get_length(array); i++) {
		JsonNode *item = json_array_get_element(array, i);
		guint line = own && i < own->len ? g_array_index(own, guint, i) : 0;
		g_autofree char *message = NULL;

		if (JSON_NODE_HOLDS_OBJECT(item)) {
			struct target to = { raw, raw_add(raw, line, 0), findings };
			put_members(&to, json_node_get_object(item));
			continue;
		}
		message = g_strdup_printf(_("number %u of \"%s\" is not an object"), i + 1, key);
		findings_add(findings, SEVERITY_ERROR, raw->file, line, 0, 0, "shape", message,
			     _("write each as { \"label\": … }"), NULL);
	}
}

static void read_parsed(JsonParser *parser, GHashTable *lines, const char *file, GPtrArray *raws,
			struct findings *findings)
{
	JsonNode *root = json_parser_get_root(parser);
	JsonObject *object =
		root && JSON_NODE_HOLDS_OBJECT(root) ? json_node_get_object(root) : NULL;

	if (!object || !json_object_has_member(object, "elements")) {
		findings_add(findings, SEVERITY_ERROR, file, 1, 0, 0, "shape",
			     _("this JSON holds no \"elements\": it is not a Kumu file"),
			     _("it looks like { \"elements\": [ … ], \"connections\": [ … ] }"),
			     NULL);
		return;
	}
	struct raw *nodes = raw_new(file, "element");
	struct raw *edges = raw_new(file, "connection");
	nodes->holds = RAW_NODES;
	edges->holds = RAW_EDGES;
	read_list(object, "elements", lines, nodes, findings);
	read_list(object, "connections", lines, edges, findings);
	g_ptr_array_add(raws, nodes);
	g_ptr_array_add(raws, edges);
}

void raw_from_kumu(const char *text, gsize length, const char *file, GPtrArray *raws,
		   struct findings *findings)
{
	g_autoptr(JsonParser) parser = json_parser_new_immutable();
	g_autoptr(GHashTable) lines =
		g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, lines_free);
	g_autoptr(GError) problem = NULL;
	guint line = 0;
	gsize skip = length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;

	if (!raw_encoding(text, length, file, findings))
		return;
	if (json_is_too_deep(text, length)) {
		findings_add(findings, SEVERITY_ERROR, file, 1, 0, 0, "depth",
			     _("this JSON is nested too deep"), NULL, NULL);
		return;
	}
	g_signal_connect(parser, "array-element", G_CALLBACK(on_element), lines);
	g_signal_connect(parser, "error", G_CALLBACK(on_error), &line);
	if (json_parser_load_from_data(parser, text + skip, (gssize)(length - skip), &problem)) {
		read_parsed(parser, lines, file, raws, findings);
		return;
	}
	g_autofree char *message = g_strdup_printf(_("this is not JSON: %s"), problem->message);
	findings_add(findings, SEVERITY_ERROR, file, line, 0, 0, "syntax", message, NULL, NULL);
}
