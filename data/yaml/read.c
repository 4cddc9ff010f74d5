/*
 * Reads one YAML entry file into a tree of nodes with exact marks, from
 * libyaml's events.  Refuses what an entry never needs and what could be used to
 * harm (anchors, tags, several documents, depth, size).  Knows nothing of
 * fields: what the keys mean is for node_to_record().
 */
#include "data/yaml/yaml_file.h"

#include <string.h>

#include <glib/gi18n.h>

#include "data/yaml/internal.h"

/* So many anchors and aliases are no slip any more. */
#define ALIASES_MAX 5
/* Maps with more keys than this look for duplicates through a table. */
#define FEW_KEYS 12

struct frame {
	struct node *node;
	GHashTable *keys; /* key -> struct node *; made when there are many */
	char *key;	  /* read, its value not yet */
	struct mark key_start, key_end;
};

struct reader {
	yaml_parser_t parser;
	struct source source;
	struct frame frames[YAML_DEPTH_MAX];
	guint depth;
	guint events;
	guint documents;
	guint errors_before;
	guint aliases;
	struct node_pool *pool;
	struct node *root;
	const struct node *last; /* scalar read last */
	bool stop;
};

static void refuse(struct reader *reader, struct mark at, guint span, const char *code,
		   const char *message, const char *hint)
{
	source_finding(&reader->source, at, span, code, message, hint);
	if (strcmp(code, "alias") == 0)
		reader->aliases++;
	if (reader->aliases >= ALIASES_MAX ||
	    reader->source.findings->errors - reader->errors_before >= FINDINGS_FILE_MAX)
		reader->stop = true;
}

static struct frame *top(struct reader *reader)
{
	return reader->depth > 0 ? &reader->frames[reader->depth - 1] : NULL;
}

static bool wants_key(const struct frame *frame)
{
	return frame && frame->node->type == NODE_MAP && !frame->key;
}

static const struct node *find_key(struct frame *frame, const char *key)
{
	const struct nodes *children = frame->node->children;
	if (children->len <= FEW_KEYS) {
		for (guint i = 0; i < children->len; i++) {
			const struct node *child = children->pdata[i];
			if (child->key[0] == key[0] && strcmp(child->key, key) == 0)
				return child;
		}
		return NULL;
	}
	if (!frame->keys) {
		frame->keys = g_hash_table_new(g_str_hash, g_str_equal);
		for (guint i = 0; i < children->len; i++) {
			struct node *child = children->pdata[i];
			g_hash_table_insert(frame->keys, child->key, child);
		}
	}
	return g_hash_table_lookup(frame->keys, key);
}

static void refuse_key(struct reader *reader, const struct frame *frame, const struct node *first)
{
	struct mark start = frame->key_start, end = frame->key_end;
	guint span = end.line == start.line ? end.col - start.col : 1;

	if (*frame->key == '\0')
		refuse(reader, start, span, "shape", _("a key is missing before the colon"),
		       _("write it as \"key: value\""));
	if (first) {
		g_autofree char *message =
			g_strdup_printf(_("the key \"%s\" stands here a second time"), frame->key);
		g_autofree char *hint = g_strdup_printf(
			_("it is already on line %u; keep one of the two"), first->key_start.line);
		refuse(reader, start, span, "duplicate", message, hint);
	}
}

static inline void take_key(struct reader *reader, const char *text, gsize length,
			    struct mark start, struct mark end)
{
	struct frame *frame = top(reader);
	char *key = node_pool_text(reader->pool, text, length);
	const struct node *first = find_key(frame, key);

	frame->key = key;
	frame->key_start = start;
	frame->key_end = end;
	if (first || length == 0)
		refuse_key(reader, frame, first);
}

/* Puts a node where the events say it belongs. */
static inline void place(struct reader *reader, struct node *node)
{
	struct frame *frame = top(reader);
	if (!frame) {
		reader->root = node;
		return;
	}
	node->key = g_steal_pointer(&frame->key);
	node_append(frame->node, node->key, node);
	if (frame->node->type == NODE_MAP) {
		node->key_start = frame->key_start;
		node->key_end = frame->key_end;
		if (frame->keys)
			g_hash_table_insert(frame->keys, node->key, node);
	}
}

static void push(struct reader *reader, struct node *node, struct mark start, bool flow)
{
	node->start = node->end = start;
	node->flow = flow;
	if (reader->depth == YAML_DEPTH_MAX) {
		g_autofree char *message = g_strdup_printf(
			_("lists and maps stand inside each other more than %d deep"),
			YAML_DEPTH_MAX);
		refuse(reader, start, 1, "depth", message,
		       _("close the brackets, and check the indentation"));
		reader->stop = true;
		return;
	}
	if (wants_key(top(reader))) {
		refuse(reader, start, 1, "shape", _("a list or a map cannot be a key"),
		       _("put the value in quotes if it begins with [ or {"));
		reader->stop = true;
		return;
	}
	place(reader, node);
	reader->frames[reader->depth++] = (struct frame){ .node = node };
}

static void pop(struct reader *reader, struct mark end)
{
	struct frame *frame = top(reader);
	struct node *node = frame->node;
	char open = reader->source.text[node->start.byte];

	if (node->flow && (open == '[' || open == '{'))
		node->end = end;
	else if (node->children->len > 0) /* libyaml's end lies past comments */
		node->end = ((struct node *)node->children->pdata[node->children->len - 1])->end;
	g_clear_pointer(&frame->keys, g_hash_table_unref);
	reader->depth--;
}

/* An empty value of a key stands right behind the colon, or the key when there is none. */
static struct mark empty_place(const struct reader *reader, const struct frame *frame)
{
	const struct source *source = &reader->source;
	struct mark mark = frame->key_end; /* blanks and a colon: one column a byte */
	while (mark.byte < source->length && strchr(" \t", source->text[mark.byte])) {
		mark.byte++;
		mark.col++;
	}
	if (mark.byte == source->length || source->text[mark.byte] != ':')
		return frame->key_end;
	mark.byte++;
	mark.col++;
	return mark;
}

/* libyaml ends a block scalar behind the blank lines after it. */
static struct mark block_end(const struct reader *reader, struct mark start, struct mark end)
{
	const char *text = reader->source.text;
	gsize header = start.byte;
	while (header < end.byte && text[header] != '\n')
		header++;
	bool keep = memchr(text + start.byte, '+', MIN(header - start.byte, 3)) != NULL;
	gsize at = end.byte;
	if (keep) {
		if (at > start.byte && text[at - 1] == '\n')
			at--;
		if (at > start.byte && text[at - 1] == '\r')
			at--;
	} else {
		while (at > start.byte && strchr(" \t\r\n", text[at - 1]))
			at--;
	}
	return source_mark_at(&reader->source, at);
}

static char quote_of(yaml_scalar_style_t style)
{
	switch (style) {
	case YAML_SINGLE_QUOTED_SCALAR_STYLE:
		return '\'';
	case YAML_DOUBLE_QUOTED_SCALAR_STYLE:
		return '"';
	case YAML_LITERAL_SCALAR_STYLE:
		return '|';
	case YAML_FOLDED_SCALAR_STYLE:
		return '>';
	default:
		return '\0';
	}
}

static inline void read_scalar(struct reader *reader, const yaml_event_t *event, struct mark start,
			       struct mark end)
{
	const char *text = (const char *)event->data.scalar.value;
	gsize length = event->data.scalar.length;
	char quote = quote_of(event->data.scalar.style);
	struct frame *frame = top(reader);

	if (quote == '"' && !source_check_scalar(&reader->source, start, end, text, length)) {
		reader->stop = true;
		return;
	}
	if (wants_key(frame)) {
		take_key(reader, text, length, start, end);
		return;
	}
	if (quote == '|' || quote == '>')
		end = block_end(reader, start, end);
	if (quote == '\0' && length == 0) {
		if (frame && frame->node->type == NODE_MAP)
			start = empty_place(reader, frame);
		end = start;
	}
	struct node *node = node_pool_scalar(reader->pool, text, length);
	node->plain = quote == '\0';
	node->quote = quote;
	node->start = start;
	node->end = end;
	place(reader, node);
	reader->last = node;
}

static inline void refuse_properties(struct reader *reader, struct mark at,
				     const yaml_char_t *anchor, const yaml_char_t *tag)
{
	if (!anchor && !tag)
		return;
	if (anchor) {
		refuse(reader, at, (guint)g_utf8_strlen((const char *)anchor, -1) + 1, "alias",
		       _("anchors (&name) are not used in entries"),
		       _("delete it, or put the value in quotes if it begins with &"));
	}
	if (tag) {
		refuse(reader, at, 1, "tag", _("tags (!name) are not used in entries"),
		       _("delete it, or put the value in quotes if it begins with !"));
	}
}

static void read_alias(struct reader *reader, const yaml_event_t *event, struct mark start,
		       struct mark end)
{
	const char *name = (const char *)event->data.alias.anchor;
	refuse(reader, start, (guint)g_utf8_strlen(name, -1) + 1, "alias",
	       _("aliases (*name) are not used in entries"),
	       _("write the value out, or put it in quotes if it begins with *"));
	if (wants_key(top(reader))) {
		take_key(reader, name, strlen(name), start, end);
		return;
	}
	struct node *node = node_pool_scalar(reader->pool, name, strlen(name));
	node->start = start;
	node->end = end;
	place(reader, node);
}

static void read_document_start(struct reader *reader, const yaml_event_t *event, struct mark at)
{
	if (event->data.document_start.tag_directives.start !=
	    event->data.document_start.tag_directives.end)
		refuse(reader, at, 1, "tag", _("tags (!name) are not used in entries"),
		       _("delete the line that begins with %TAG"));
	if (++reader->documents > 1) {
		refuse(reader, at, 3, "document", _("a second document begins here"),
		       _("one file holds one entry: delete the line \"---\", or move what follows "
			 "to a file of its own"));
		reader->stop = true;
	}
}

/* Whether `event` may hold memory: giving back what is not there costs as much as reading it. */
static bool owns_memory(const yaml_event_t *event)
{
	switch (event->type) {
	case YAML_SEQUENCE_START_EVENT:
		return event->data.sequence_start.anchor || event->data.sequence_start.tag;
	case YAML_MAPPING_START_EVENT:
		return event->data.mapping_start.anchor || event->data.mapping_start.tag;
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		return false;
	default:
		return true;
	}
}

static void read_event(struct reader *reader, const yaml_event_t *event)
{
	struct mark start = source_mark(&reader->source, &event->start_mark);

	switch (event->type) {
	case YAML_DOCUMENT_START_EVENT:
		read_document_start(reader, event, start);
		break;
	case YAML_SCALAR_EVENT:
		refuse_properties(reader, start, event->data.scalar.anchor, event->data.scalar.tag);
		read_scalar(reader, event, start, source_mark(&reader->source, &event->end_mark));
		break;
	case YAML_ALIAS_EVENT:
		read_alias(reader, event, start, source_mark(&reader->source, &event->end_mark));
		break;
	case YAML_SEQUENCE_START_EVENT:
		refuse_properties(reader, start, event->data.sequence_start.anchor,
				  event->data.sequence_start.tag);
		push(reader, node_pool_branch(reader->pool, NODE_LIST), start,
		     event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE);
		break;
	case YAML_MAPPING_START_EVENT:
		refuse_properties(reader, start, event->data.mapping_start.anchor,
				  event->data.mapping_start.tag);
		push(reader, node_pool_branch(reader->pool, NODE_MAP), start,
		     event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE);
		break;
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		pop(reader, source_mark(&reader->source, &event->end_mark));
		break;
	case YAML_STREAM_END_EVENT:
	case YAML_NO_EVENT: /* libyaml can return it without end after an error */
		reader->stop = true;
		break;
	default:
		break;
	}
	if (++reader->events > YAML_EVENTS_MAX) {
		g_autofree char *message = g_strdup_printf(
			_("the file has more than %d keys and values"), YAML_EVENTS_MAX);
		refuse(reader, start, 0, "size", message, NULL);
		reader->stop = true;
	}
}

static void read_events(struct reader *reader)
{
	if (!yaml_parser_initialize(&reader->parser))
		g_error("out of memory");
	yaml_parser_set_encoding(&reader->parser, YAML_UTF8_ENCODING);
	/* Told the encoding, libyaml does not look for a byte order mark. */
	yaml_parser_set_input_string(
		&reader->parser, (const unsigned char *)reader->source.text + reader->source.begin,
		reader->source.length - reader->source.begin);
	while (!reader->stop) {
		yaml_event_t event;
		if (!yaml_parser_parse(&reader->parser, &event)) {
			const struct frame *frame = top(reader);
			explain_error(&reader->source, &reader->parser, reader->last,
				      frame && frame->node->flow ? frame->node : NULL);
			break;
		}
		read_event(reader, &event);
		if (owns_memory(&event))
			yaml_event_delete(&event);
	}
	for (guint i = 0; i < reader->depth; i++) {
		g_clear_pointer(&reader->frames[i].keys, g_hash_table_unref);
	}
	yaml_parser_delete(&reader->parser);
}

/* What the top of an entry must be; the rest was found on the way. */
static void check_top(struct reader *reader)
{
	const struct node *root = reader->root;

	if (!root || (root->type == NODE_SCALAR && root->plain && *root->text == '\0') ||
	    (root->type == NODE_MAP && root->children->len == 0)) {
		refuse(reader, source_mark_at(&reader->source, reader->source.begin), 0, "empty",
		       _("the file holds no entry"),
		       _("write at least \"id:\" and \"name:\", or delete the file"));
	} else if (root->type != NODE_MAP) {
		refuse(reader, root->start, 1, "shape",
		       root->type == NODE_LIST
			       ? _("the file is a list, but one file holds one entry")
			       : _("the file is one piece of text, not an entry"),
		       _("write lines of the form \"key: value\""));
	}
}

struct node *yaml_read_in(struct node_pool *pool, const char *text, gsize length, const char *file,
			  struct findings *findings)
{
	struct reader reader = { .errors_before = findings->errors, .pool = pool };

	if (length > YAML_FILE_MAX) {
		g_autofree char *message =
			g_strdup_printf(_("the file is larger than %d KiB"), YAML_FILE_MAX / 1024);
		findings_add(findings, SEVERITY_ERROR, file, 1, 1, 0, "size", message,
			     _("an entry takes a few KiB; is this the right file?"), NULL);
		return NULL;
	}
	source_init(&reader.source, text, length, file, findings);
	if (source_scan(&reader.source)) {
		read_events(&reader);
		if (findings->errors == reader.errors_before)
			check_top(&reader);
	}
	source_release(&reader.source);
	return findings->errors > reader.errors_before ? NULL : reader.root;
}

struct node *yaml_read(const char *text, gsize length, const char *file, struct findings *findings)
{
	struct node_pool *pool = node_pool_new(length);
	struct node *root = yaml_read_in(pool, text, length, file, findings);

	if (root)
		node_pool_root(pool, root);
	else
		node_pool_free(pool);
	return root;
}
