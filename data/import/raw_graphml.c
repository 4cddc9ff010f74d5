/*
 * GraphML as rows: a node or an edge a row, a key a column.  Read as a stream
 * with libxml2's reader, which is given bytes and no file name, so that it can
 * fetch nothing; a document type is refused before anything in it counts.  Nested
 * graphs are read as one; hyperedges and ports have no counterpart here.
 */
#include "data/import/raw.h"

#include <errno.h>
#include <string.h>

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <libxml/xmlreader.h>

#include "base/errors.h"

#define NAMED(a, b) (strcmp((const char *)(a), (b)) == 0)

struct key {
	char *name;
	char *otherwise; /* the default, or NULL */
	bool edges, nodes;
};

struct reader {
	xmlTextReaderPtr xml;
	FILE *stream;
	guint64 bytes;
	struct findings *findings;
	const char *file;
	struct raw *nodes, *edges;
	GHashTable *keys;   /* id -> struct key *, owned */
	GPtrArray *ordered; /* struct key *, as they stand */
	struct raw *raw;    /* of the row at hand */
	struct raw_row *row;
	struct key *key; /* being defined */
	char *data;	 /* key of the data element at hand, or NULL */
	GString *text;	 /* inside data or default */
	bool in_default, in_label, directed;
	guint graphs, hyperedges;
	char *broken; /* what libxml2 says */
	int broken_line;
};

static void key_free(gpointer data)
{
	struct key *key = data;

	g_free(key->name);
	g_free(key->otherwise);
	g_free(key);
}

/* --- bytes ----------------------------------------------------------------------- */

static int read_bytes(void *context, char *buffer, int length)
{
	struct reader *reader = context;
	size_t n = fread(buffer, 1, (size_t)length, reader->stream);

	reader->bytes += n;
	return ferror(reader->stream) || reader->bytes > RAW_GRAPHML_MAX ? -1 : (int)n;
}

static int close_bytes(void *context)
{
	(void)context;
	return 0;
}

/* The first complaint is the one that helps. */
static void on_complaint(void *context, const char *message, xmlParserSeverities severity,
			 xmlTextReaderLocatorPtr locator)
{
	struct reader *reader = context;

	if (reader->broken || severity == XML_PARSER_SEVERITY_WARNING ||
	    severity == XML_PARSER_SEVERITY_VALIDITY_WARNING)
		return;
	reader->broken = g_utf8_make_valid(message ? message : "", -1);
	g_strdelimit(g_strchomp(reader->broken), "\r\n\t", ' ');
	reader->broken_line = locator ? xmlTextReaderLocatorLineNumber(locator) : 0;
}

/* Of the element, not of the parser, which reads ahead. */
static guint line_of(const struct reader *reader)
{
	xmlNodePtr node = xmlTextReaderCurrentNode(reader->xml);
	long line = node ? xmlGetLineNo(node) : 0;

	return line > 0 ? (guint)line : 0;
}

static void report(const struct reader *reader, enum severity severity, guint line,
		   const char *code, const char *message, const char *hint)
{
	findings_add(reader->findings, severity, reader->file, line, 0, 0, code, message, hint,
		     NULL);
}

static void refuse_entities(const struct reader *reader, guint line)
{
	report(reader, SEVERITY_ERROR, line, "entities",
	       _("this file has a document type or entities, which are not accepted"),
	       _("take out <!DOCTYPE …> and write the characters themselves"));
}

/*
 * A document type stands before the first element.  Looked for in the bytes, so
 * that the parser need not be trusted with what it defines; should it be written
 * so that this misses it, take() still meets it.
 */
static bool has_document_type(struct reader *reader)
{
	char head[65536];
	gsize n = fread(head, 1, sizeof head, reader->stream);
	const char *found = g_strstr_len(head, (gssize)n, "<!DOCTYPE");
	guint line = 1;

	rewind(reader->stream);
	if (!found)
		return false;
	for (const char *at = head; at < found; at++)
		line += *at == '\n';
	refuse_entities(reader, line);
	return true;
}

/* --- elements -------------------------------------------------------------------- */

static char *attribute(const struct reader *reader, const char *name)
{
	xmlChar *value = xmlTextReaderGetAttribute(reader->xml, (const xmlChar *)name);
	char *own = value ? g_strdup((const char *)value) : NULL;

	xmlFree(value);
	return own;
}

static void put(struct reader *reader, const char *column, const char *text)
{
	if (text && *text)
		raw_put(reader->raw, reader->row, raw_column(reader->raw, column), text,
			strlen(text), reader->findings);
}

static void begin_key(struct reader *reader)
{
	const struct raw_row here = { .line = line_of(reader) };

	if (reader->ordered->len == RAW_COLUMNS_MAX) {
		raw_crowded(reader->nodes, &here, reader->findings);
		return;
	}
	struct key *key = g_new0(struct key, 1);
	g_autofree char *of = attribute(reader, "for");
	char *id = attribute(reader, "id");

	key->name = attribute(reader, "attr.name");
	/* yEd keeps labels inside its own graphics. */
	g_autofree char *own = key->name ? NULL : attribute(reader, "yfiles.type");
	if (!key->name)
		key->name = g_strdup(own ? "" : id ? id : "");
	key->nodes = !of || !strcmp(of, "node") || !strcmp(of, "all");
	key->edges = !of || !strcmp(of, "edge") || !strcmp(of, "all");
	g_ptr_array_add(reader->ordered, key);
	g_hash_table_replace(reader->keys, id ? id : g_strdup(""), key);
	if (*key->name && key->nodes)
		raw_column(reader->nodes, key->name);
	if (*key->name && key->edges)
		raw_column(reader->edges, key->name);
	reader->key = xmlTextReaderIsEmptyElement(reader->xml) ? NULL : key;
}

static void begin_row(struct reader *reader, struct raw *raw)
{
	g_autofree char *id = attribute(reader, "id");

	reader->raw = raw;
	reader->row = raw_add(raw, line_of(reader), 0);
	put(reader, "id", id);
	if (raw != reader->edges)
		return;
	g_autofree char *source = attribute(reader, "source");
	g_autofree char *target = attribute(reader, "target");
	g_autofree char *directed = attribute(reader, "directed");
	put(reader, "source", source);
	put(reader, "target", target);
	put(reader, "directed", directed ? directed : reader->directed ? "true" : "false");
}

/* Values that the keys give to who states none. */
static void end_row(struct reader *reader)
{
	for (guint i = 0; i < reader->ordered->len; i++) {
		const struct key *key = reader->ordered->pdata[i];
		int at = *key->name ? raw_find(reader->raw, key->name) : -1;

		if (key->otherwise && (reader->raw == reader->nodes ? key->nodes : key->edges) &&
		    at >= 0 && !*raw_cell(reader->row, (guint)at))
			put(reader, key->name, key->otherwise);
	}
	reader->raw = NULL;
	reader->row = NULL;
}

static void begin_graph(struct reader *reader)
{
	g_autofree char *directed = attribute(reader, "edgedefault");

	reader->directed = g_strcmp0(directed, "directed") == 0;
	if (++reader->graphs == 2)
		report(reader, SEVERITY_WARNING, line_of(reader), "nested",
		       _("there is more than one graph in this file: they are read as one"), NULL);
}

static void begin_element(struct reader *reader, const xmlChar *name)
{
	bool empty = xmlTextReaderIsEmptyElement(reader->xml);

	if (NAMED(name, "key")) {
		begin_key(reader);
	} else if (NAMED(name, "graph")) {
		begin_graph(reader);
	} else if (NAMED(name, "node") || NAMED(name, "edge")) {
		begin_row(reader, NAMED(name, "node") ? reader->nodes : reader->edges);
		if (empty)
			end_row(reader);
	} else if (NAMED(name, "hyperedge")) {
		if (reader->hyperedges++ == 0)
			report(reader, SEVERITY_WARNING, line_of(reader), "hyperedge",
			       _("hyperedges are left out: a tie joins two institutions"), NULL);
	} else if (NAMED(name, "data") && reader->row && !empty) {
		g_free(reader->data);
		reader->data = attribute(reader, "key");
		g_string_truncate(reader->text, 0);
	} else if (NAMED(name, "default") && reader->key && !empty) {
		reader->in_default = true;
		g_string_truncate(reader->text, 0);
	} else if ((NAMED(name, "NodeLabel") || NAMED(name, "EdgeLabel")) && reader->data) {
		reader->in_label = !empty;
		g_string_truncate(reader->text, 0);
	}
}

static void take_data(struct reader *reader)
{
	const struct key *key =
		reader->data ? g_hash_table_lookup(reader->keys, reader->data) : NULL;
	const char *column = key ? key->name : reader->data;

	g_strstrip(reader->text->str);
	if (column && *column && reader->row)
		put(reader, column, reader->text->str);
	g_clear_pointer(&reader->data, g_free);
	g_string_truncate(reader->text, 0);
}

static void end_element(struct reader *reader, const xmlChar *name)
{
	if (NAMED(name, "key")) {
		reader->key = NULL;
	} else if ((NAMED(name, "node") || NAMED(name, "edge")) && reader->row) {
		end_row(reader);
	} else if (NAMED(name, "data") && reader->data) {
		take_data(reader);
	} else if (NAMED(name, "default") && reader->in_default) {
		reader->in_default = false;
		reader->key->otherwise = g_strstrip(g_strdup(reader->text->str));
	} else if ((NAMED(name, "NodeLabel") || NAMED(name, "EdgeLabel")) && reader->in_label) {
		reader->in_label = false;
		g_strstrip(reader->text->str);
		put(reader, "label", reader->text->str);
		g_string_truncate(reader->text, 0);
	}
}

/* False ends the reading. */
static bool take(struct reader *reader)
{
	switch (xmlTextReaderNodeType(reader->xml)) {
	case XML_READER_TYPE_DOCUMENT_TYPE:
	case XML_READER_TYPE_ENTITY_REFERENCE:
	case XML_READER_TYPE_ENTITY:
		refuse_entities(reader, line_of(reader));
		return false;
	case XML_READER_TYPE_ELEMENT:
		begin_element(reader, xmlTextReaderConstLocalName(reader->xml));
		return true;
	case XML_READER_TYPE_END_ELEMENT:
		end_element(reader, xmlTextReaderConstLocalName(reader->xml));
		return true;
	case XML_READER_TYPE_TEXT:
	case XML_READER_TYPE_CDATA:
	case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
		if ((reader->data || reader->in_default) && reader->text->len <= RAW_CELL_MAX)
			g_string_append(reader->text,
					(const char *)xmlTextReaderConstValue(reader->xml));
		return true;
	default:
		return true;
	}
}

static void read_all(struct reader *reader)
{
	int more = 1;
	bool good = true;

	reader->xml = xmlReaderForIO(read_bytes, close_bytes, reader, NULL, NULL,
				     XML_PARSE_NONET | XML_PARSE_BIG_LINES);
	if (!reader->xml)
		g_error("out of memory");
	xmlTextReaderSetErrorHandler(reader->xml, on_complaint, reader);
	while (good && (more = xmlTextReaderRead(reader->xml)) == 1) {
		good = take(reader);
	}
	if (good && more < 0 && reader->bytes > RAW_GRAPHML_MAX) {
		g_autofree char *message = g_strdup_printf(_("this file is larger than %u MiB"),
							   RAW_GRAPHML_MAX / 1024 / 1024);
		report(reader, SEVERITY_ERROR, 0, "size", message, NULL);
	} else if (good && more < 0) {
		g_autofree char *message = g_strdup_printf(_("this is not well-formed XML: %s"),
							   reader->broken ? reader->broken : "");
		report(reader, SEVERITY_ERROR,
		       reader->broken_line > 0 ? (guint)reader->broken_line : line_of(reader),
		       "syntax", message, _("write the file anew from the program that made it"));
	} else if (good && reader->graphs == 0) {
		report(reader, SEVERITY_ERROR, 1, "empty", _("there is no graph in this file"),
		       _("a GraphML file holds <graph> with <node> and <edge> inside"));
	}
	xmlFreeTextReader(reader->xml);
}

bool raw_from_graphml(const char *path, const char *file, GPtrArray *raws,
		      struct findings *findings, GError **error)
{
	struct reader reader = { .findings = findings, .file = file };

	reader.stream = g_fopen(path, "rbe");
	if (!reader.stream) {
		g_set_error(error, TELAR_ERROR,
			    errno == ENOENT ? TELAR_ERROR_NO_INPUT : TELAR_ERROR_IO,
			    _("%s cannot be read: %s"), path, g_strerror(errno));
		return false;
	}
	reader.nodes = raw_new(file, "node");
	reader.edges = raw_new(file, "edge");
	reader.nodes->holds = RAW_NODES;
	reader.edges->holds = RAW_EDGES;
	reader.keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	reader.ordered = g_ptr_array_new_with_free_func(key_free);
	reader.text = g_string_new(NULL);
	if (!has_document_type(&reader))
		read_all(&reader);
	fclose(reader.stream);
	g_string_free(reader.text, TRUE);
	g_free(reader.data);
	g_free(reader.broken);
	g_hash_table_unref(reader.keys);
	g_ptr_array_unref(reader.ordered);
	g_ptr_array_add(raws, reader.nodes);
	g_ptr_array_add(raws, reader.edges);
	return true;
}
