/*
 * GraphML as rows: a node or an edge a row, a key a column.  Read as a stream with
 * GLib's reader, which knows no entities but XML's own and fetches nothing; a
 * document type is refused.  Prefixes of names do not count.  Nested graphs are read
 * as one; hyperedges and ports have no counterpart here.
 */
#include "data/import/raw.h"

#include <errno.h>
#include <string.h>

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "base/errors.h"

#define NAMED(a, b) (strcmp((a), (b)) == 0)
#define PIECE	    65536 /* bytes read at a time */

struct key {
	char *name;
	char *otherwise; /* the default, or NULL */
	bool edges, nodes;
};

struct reader {
	GMarkupParseContext *xml;
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
	bool refused;
};

static void key_free(gpointer data)
{
	struct key *key = data;

	g_free(key->name);
	g_free(key->otherwise);
	g_free(key);
}

/* Where the tag ends that the reader tells of: it counts a line end before it is behind it. */
static guint line_of(const struct reader *reader)
{
	gint line, character;

	g_markup_parse_context_get_position(reader->xml, &line, &character);
	return (guint)MAX(line - (character == 1), 1);
}

static void report(const struct reader *reader, enum severity severity, guint line,
		   const char *code, const char *message, const char *hint)
{
	findings_add(reader->findings, severity, reader->file, line, 0, 0, code, message, hint,
		     NULL);
}

/* --- elements -------------------------------------------------------------------- */

/* The value of an attribute, NULL when it is not there. */
static const char *attribute(const char *const *names, const char *const *values, const char *name)
{
	for (; *names; names++, values++)
		if (NAMED(*names, name))
			return *values;
	return NULL;
}

static void put(struct reader *reader, const char *column, const char *text)
{
	if (text && *text)
		raw_put(reader->raw, reader->row, raw_column(reader->raw, column), text,
			strlen(text), reader->findings);
}

static void begin_key(struct reader *reader, const char *const *names, const char *const *values)
{
	const struct raw_row here = { .line = line_of(reader) };

	if (reader->ordered->len == RAW_COLUMNS_MAX) {
		raw_crowded(reader->nodes, &here, reader->findings);
		return;
	}
	struct key *key = g_new0(struct key, 1);
	const char *of = attribute(names, values, "for");
	const char *id = attribute(names, values, "id");
	const char *name = attribute(names, values, "attr.name");

	/* yEd keeps labels inside its own graphics. */
	if (!name)
		name = attribute(names, values, "yfiles.type") ? "" : id ? id : "";
	key->name = g_strdup(name);
	key->nodes = !of || !strcmp(of, "node") || !strcmp(of, "all");
	key->edges = !of || !strcmp(of, "edge") || !strcmp(of, "all");
	g_ptr_array_add(reader->ordered, key);
	g_hash_table_replace(reader->keys, g_strdup(id ? id : ""), key);
	if (*key->name && key->nodes)
		raw_column(reader->nodes, key->name);
	if (*key->name && key->edges)
		raw_column(reader->edges, key->name);
	reader->key = key;
}

static void begin_row(struct reader *reader, struct raw *raw, const char *const *names,
		      const char *const *values)
{
	const char *directed = attribute(names, values, "directed");

	reader->raw = raw;
	reader->row = raw_add(raw, line_of(reader), 0);
	put(reader, "id", attribute(names, values, "id"));
	if (raw != reader->edges)
		return;
	put(reader, "source", attribute(names, values, "source"));
	put(reader, "target", attribute(names, values, "target"));
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

static void begin_graph(struct reader *reader, const char *direction)
{
	reader->directed = g_strcmp0(direction, "directed") == 0;
	if (++reader->graphs == 2)
		report(reader, SEVERITY_WARNING, line_of(reader), "nested",
		       _("there is more than one graph in this file: they are read as one"), NULL);
}

static const char *local_name(const char *name)
{
	const char *colon = strchr(name, ':');

	return colon ? colon + 1 : name;
}

static void begin_element(GMarkupParseContext *xml, const char *name, const char **names,
			  const char **values, gpointer data, GError **error)
{
	struct reader *reader = data;
	const char *const *keys = names, *const *texts = values;

	(void)xml, (void)error;
	name = local_name(name);
	if (NAMED(name, "key")) {
		begin_key(reader, keys, texts);
	} else if (NAMED(name, "graph")) {
		begin_graph(reader, attribute(keys, texts, "edgedefault"));
	} else if (NAMED(name, "node") || NAMED(name, "edge")) {
		begin_row(reader, NAMED(name, "node") ? reader->nodes : reader->edges, keys, texts);
	} else if (NAMED(name, "hyperedge")) {
		if (reader->hyperedges++ == 0)
			report(reader, SEVERITY_WARNING, line_of(reader), "hyperedge",
			       _("hyperedges are left out: a tie joins two institutions"), NULL);
	} else if (NAMED(name, "data") && reader->row) {
		g_free(reader->data);
		reader->data = g_strdup(attribute(keys, texts, "key"));
		g_string_truncate(reader->text, 0);
	} else if (NAMED(name, "default") && reader->key) {
		reader->in_default = true;
		g_string_truncate(reader->text, 0);
	} else if ((NAMED(name, "NodeLabel") || NAMED(name, "EdgeLabel")) && reader->data) {
		reader->in_label = true;
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

static void end_element(GMarkupParseContext *xml, const char *name, gpointer data, GError **error)
{
	struct reader *reader = data;

	(void)xml, (void)error;
	name = local_name(name);
	if (NAMED(name, "key")) {
		reader->key = NULL;
	} else if ((NAMED(name, "node") || NAMED(name, "edge")) && reader->row) {
		end_row(reader);
	} else if (NAMED(name, "data") && reader->data) {
		take_data(reader);
	} else if (NAMED(name, "default") && reader->in_default) {
		reader->in_default = false;
		g_free(reader->key->otherwise);
		reader->key->otherwise = g_strstrip(g_strdup(reader->text->str));
	} else if ((NAMED(name, "NodeLabel") || NAMED(name, "EdgeLabel")) && reader->in_label) {
		reader->in_label = false;
		g_strstrip(reader->text->str);
		put(reader, "label", reader->text->str);
		g_string_truncate(reader->text, 0);
	}
}

static void take_text(GMarkupParseContext *xml, const char *text, gsize length, gpointer data,
		      GError **error)
{
	struct reader *reader = data;

	(void)xml, (void)error;
	if ((reader->data || reader->in_default) && reader->text->len <= RAW_CELL_MAX)
		g_string_append_len(reader->text, text, (gssize)length);
}

static void take_other(GMarkupParseContext *xml, const char *text, gsize length, gpointer data,
		       GError **error)
{
	struct reader *reader = data;
	guint line = line_of(reader);

	(void)xml;
	if (length < 9 || strncmp(text, "<!DOCTYPE", 9) != 0)
		return;
	for (gsize i = 0; i < length; i++)
		line -= text[i] == '\n';
	reader->refused = true;
	report(reader, SEVERITY_ERROR, line, "entities",
	       _("this file has a document type or entities, which are not accepted"),
	       _("take out <!DOCTYPE …> and write the characters themselves"));
	g_set_error_literal(error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT, "");
}

/* --- bytes ----------------------------------------------------------------------- */

/* What another encoding than UTF-8 calls itself, in the first bytes; NULL: it is UTF-8. */
static char *encoding_of(const char *head, gsize length)
{
	const char *end = g_strstr_len(head, (gssize)length, "?>");
	const char *name = end ? g_strstr_len(head, end - head, "encoding") : NULL;

	if (length >= 2 && (!memcmp(head, "\xFF\xFE", 2) || !memcmp(head, "\xFE\xFF", 2)))
		return g_strdup("UTF-16");
	if (!name)
		return NULL;
	name += strcspn(name, "\"'>");
	gsize n = strspn(name + 1, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_.");
	g_autofree char *own = g_strndup(name + 1, n);

	return *own && g_ascii_strcasecmp(own, "UTF-8") != 0 ? g_steal_pointer(&own) : NULL;
}

static bool too_large(GError **error)
{
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_DATA, _("this file is larger than %u MiB"),
		    RAW_GRAPHML_MAX / 1024 / 1024);
	return false;
}

static bool parse(const struct reader *reader, const char *text, gsize length, GError **error)
{
	return g_markup_parse_context_parse(reader->xml, text, (gssize)length, error);
}

/* A file of another encoding is turned into UTF-8 as a whole. */
static bool read_other(const struct reader *reader, FILE *stream, const char *encoding,
		       GError **error)
{
	g_autoptr(GString) all = g_string_new(NULL);
	g_autofree char *text = NULL;
	char piece[PIECE];
	gsize n, length;

	while ((n = fread(piece, 1, sizeof piece, stream)) > 0) {
		if (all->len + n > RAW_GRAPHML_MAX)
			return too_large(error);
		g_string_append_len(all, piece, (gssize)n);
	}
	text = g_convert(all->str, (gssize)all->len, "UTF-8", encoding, NULL, &length, error);
	return text && parse(reader, text, length, error);
}

static bool read_bytes(const struct reader *reader, FILE *stream, GError **error)
{
	char piece[PIECE];
	gsize n = fread(piece, 1, sizeof piece - 1, stream), skip = 0, all = 0;

	piece[n] = '\0';
	g_autofree char *encoding = encoding_of(piece, n);
	if (encoding) {
		rewind(stream);
		return read_other(reader, stream, encoding, error);
	}
	if (n >= 3 && memcmp(piece, "\xEF\xBB\xBF", 3) == 0)
		skip = 3;
	for (; n > 0; n = fread(piece, 1, sizeof piece, stream), skip = 0) {
		all += n;
		if (all > RAW_GRAPHML_MAX)
			return too_large(error);
		if (!parse(reader, piece + skip, n - skip, error))
			return false;
	}
	return true;
}

static void read_all(struct reader *reader, FILE *stream)
{
	static const GMarkupParser parser = { begin_element, end_element, take_text, take_other,
					      NULL };
	g_autoptr(GError) error = NULL;

	reader->xml =
		g_markup_parse_context_new(&parser, G_MARKUP_TREAT_CDATA_AS_TEXT, reader, NULL);
	bool good = read_bytes(reader, stream, &error) &&
		    g_markup_parse_context_end_parse(reader->xml, &error);

	if (!good && g_error_matches(error, TELAR_ERROR, TELAR_ERROR_DATA)) {
		report(reader, SEVERITY_ERROR, 0, "size", error->message, NULL);
	} else if (!good && !reader->refused) {
		g_autofree char *message =
			g_strdup_printf(_("this is not well-formed XML: %s"), error->message);
		report(reader, SEVERITY_ERROR, line_of(reader), "syntax", message,
		       _("write the file anew from the program that made it"));
	} else if (good && reader->graphs == 0) {
		report(reader, SEVERITY_ERROR, 1, "empty", _("there is no graph in this file"),
		       _("a GraphML file holds <graph> with <node> and <edge> inside"));
	}
	g_markup_parse_context_free(reader->xml);
}

bool raw_from_graphml(const char *path, const char *file, GPtrArray *raws,
		      struct findings *findings, GError **error)
{
	struct reader reader = { .findings = findings, .file = file };

	FILE *stream = g_fopen(path, "rbe");

	if (!stream) {
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
	read_all(&reader, stream);
	fclose(stream);
	g_string_free(reader.text, TRUE);
	g_free(reader.data);
	g_hash_table_unref(reader.keys);
	g_ptr_array_unref(reader.ordered);
	g_ptr_array_add(raws, reader.nodes);
	g_ptr_array_add(raws, reader.edges);
	return true;
}
