/*
 * Kumu's JSON as rows: `elements` and `connections`, whose fields stand in the
 * object itself or under `attributes`.  Lists become values joined by `|`.
 */
#include "data/import/raw.h"

#include <string.h>

#include <glib/gi18n.h>

#include "data/node.h"

struct target {
	struct raw *raw;
	struct raw_row *row;
	struct findings *findings;
};

static void put_value(const struct target *to, const char *name, const struct node *value)
{
	g_autofree char *whole = value->type == NODE_MAP ? node_to_json(value) : NULL;
	const char *text = whole ? whole : value->text;

	for (guint i = 0; value->type == NODE_LIST && i < value->children->len; i++)
		put_value(to, name, value->children->pdata[i]);
	if (value->type != NODE_LIST && *text)
		raw_put(to->raw, to->row, raw_column(to->raw, name), text, strlen(text),
			to->findings);
}

/* Kumu's own keys begin with an underscore, except the id. */
static void put_members(const struct target *to, const struct node *object)
{
	for (guint i = 0; i < object->children->len; i++) {
		const struct node *value = object->children->pdata[i];

		if (strcmp(value->key, "attributes") == 0 && value->type == NODE_MAP)
			put_members(to, value);
		else if (strcmp(value->key, "_id") == 0)
			put_value(to, "id", value);
		else if (*value->key != '_' && *value->key)
			put_value(to, value->key, value);
	}
}

static void read_list(const struct node *root, const char *key, struct raw *raw,
		      struct findings *findings)
{
	const struct node *list = node_get(root, key);

	for (guint i = 0; list && list->type == NODE_LIST && i < list->children->len; i++) {
		const struct node *item = list->children->pdata[i];
		guint line = item->start.line;

		if (item->type == NODE_MAP) {
			struct target to = { raw, raw_add(raw, line, 0), findings };
			put_members(&to, item);
			continue;
		}
		g_autofree char *message =
			g_strdup_printf(_("number %u of \"%s\" is not an object"), i + 1, key);
		findings_add(findings, SEVERITY_ERROR, raw->file, line, 0, 0, "shape", message,
			     _("write each as { \"label\": … }"), NULL);
	}
}

static void read_parsed(const struct node *root, const char *file, GPtrArray *raws,
			struct findings *findings)
{
	if (!node_get(root, "elements")) {
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
	read_list(root, "elements", nodes, findings);
	read_list(root, "connections", edges, findings);
	g_ptr_array_add(raws, nodes);
	g_ptr_array_add(raws, edges);
}

void raw_from_kumu(const char *text, gsize length, const char *file, GPtrArray *raws,
		   struct findings *findings)
{
	g_autoptr(GError) problem = NULL;
	guint line = 1;
	gsize skip = length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;

	if (!raw_encoding(text, length, file, findings))
		return;
	struct node *root = node_read_json(text + skip, length - skip, &line, &problem);
	if (root) {
		read_parsed(root, file, raws, findings);
		node_free(root);
		return;
	}
	findings_add(findings, SEVERITY_ERROR, file, line, 0, 0,
		     json_is_too_deep(text, length) ? "depth" : "syntax", problem->message, NULL,
		     NULL);
}
