/*
 * Trees of text between a file, a record, a form and a history row: building them,
 * and their JSON form.  Paths into them are path.c's business, checking them against
 * the tables bind.c's.
 */
#include "data/node.h"
#include "base/errors.h"
#include "base/json.h"

#include <string.h>

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#define CHILDREN_USUAL 6 /* room from the start: an array that grows is moved each time */

/* What nodes and texts take of a byte of a file, mostly: entries need one block. */
#define BYTES_A_BYTE 10
#define BLOCK_LEAST  ((gsize)2048)
#define BLOCK_MOST   ((gsize)64 * 1024)

/* Memory as it comes: a pool that clears its blocks costs more than the nodes. */
struct block {
	struct block *before;
	char at[];
};

/* Stands at the beginning of its first block. */
struct node_pool {
	struct block *first, *last;
	gsize first_bytes;
	char *free_at;
	gsize free_bytes;
	const struct node *root;
	bool mixed; /* some node has a child that is not of this pool */
};

/* A list or a map with its usual children in one piece. */
struct branch {
	struct node node;
	struct nodes children;
	struct node *usual[CHILDREN_USUAL];
};

static void init_children(struct branch *branch)
{
	branch->children = (struct nodes){ branch->usual, 0, CHILDREN_USUAL };
	branch->node.children = &branch->children;
}

static struct node *new_branch(enum node_type type)
{
	struct branch *branch = g_slice_new0(struct branch);

	branch->node.type = type;
	init_children(branch);
	return &branch->node;
}

struct node *node_scalar(const char *text)
{
	struct node *node = g_slice_new0(struct node);

	node->text = g_strdup(text ? text : "");
	return node;
}

struct node *node_list(void)
{
	return new_branch(NODE_LIST);
}

struct node *node_map(void)
{
	return new_branch(NODE_MAP);
}

/* --- nodes of one file ------------------------------------------------------ */

static void add_block(struct node_pool *pool, gsize bytes)
{
	struct block *block = g_malloc(sizeof *block + bytes);

	block->before = pool->last;
	pool->last = block;
	pool->free_at = block->at;
	pool->free_bytes = bytes;
}

/* Not cleared; aligned for a node. */
static inline void *cut(struct node_pool *pool, gsize bytes)
{
	gsize need = (bytes + sizeof(gpointer) - 1) / sizeof(gpointer) * sizeof(gpointer);

	if (need > pool->free_bytes)
		add_block(pool, MAX(need, BLOCK_MOST / 8));
	char *at = pool->free_at;

	pool->free_at += need;
	pool->free_bytes -= need;
	return at;
}

struct node_pool *node_pool_new(gsize length)
{
	gsize bytes = CLAMP(length * BYTES_A_BYTE, BLOCK_LEAST, BLOCK_MOST);
	struct block *block = g_malloc(sizeof *block + sizeof(struct node_pool) + bytes);
	struct node_pool *pool = (void *)block->at;

	block->before = NULL;
	*pool = (struct node_pool){ .first = block, .last = block, .first_bytes = bytes };
	node_pool_clear(pool);
	return pool;
}

void node_pool_clear(struct node_pool *pool)
{
	while (pool->last != pool->first) {
		struct block *block = pool->last;

		pool->last = block->before;
		g_free(block);
	}
	pool->free_at = pool->first->at + sizeof *pool;
	pool->free_bytes = pool->first_bytes;
	pool->root = NULL;
	pool->mixed = false;
}

void node_pool_free(struct node_pool *pool)
{
	if (!pool)
		return;
	node_pool_clear(pool);
	g_free(pool->first);
}

char *node_pool_text(struct node_pool *pool, const char *text, gsize length)
{
	char *copy = cut(pool, length + 1);

	memcpy(copy, text, length);
	copy[length] = '\0';
	return copy;
}

struct node *node_pool_scalar(struct node_pool *pool, const char *text, gsize length)
{
	struct node *node = cut(pool, sizeof *node + length + 1);
	char *copy = (char *)(node + 1);

	*node = (struct node){ .type = NODE_SCALAR, .text = copy, .pool = pool };
	memcpy(copy, text, length);
	copy[length] = '\0';
	return node;
}

struct node *node_pool_branch(struct node_pool *pool, enum node_type type)
{
	struct branch *branch = cut(pool, sizeof *branch);

	branch->node = (struct node){ .type = type, .pool = pool };
	init_children(branch);
	return &branch->node;
}

void node_pool_root(struct node_pool *pool, struct node *root)
{
	pool->root = root;
}

/* --- parts of a node -------------------------------------------------------- */

static void free_children(struct node *node)
{
	struct branch *branch = (struct branch *)(void *)node;

	for (guint i = 0; i < node->children->len; i++)
		node_free(node->children->pdata[i]);
	if (!node->pool && node->children->pdata != branch->usual)
		g_free(node->children->pdata);
}

void node_free(struct node *node)
{
	if (!node)
		return;
	struct node_pool *pool = node->pool;

	if (node->children && (!pool || pool->mixed))
		free_children(node);
	if (pool) {
		if (pool->root == node)
			node_pool_free(pool);
		return;
	}
	g_free(node->key);
	g_free(node->text);
	if (node->children)
		g_slice_free(struct branch, (struct branch *)(void *)node);
	else
		g_slice_free(struct node, node);
}

struct node *node_copy(const struct node *node)
{
	struct node *copy = node->children ? new_branch(node->type) : g_slice_new(struct node);
	struct nodes *children = copy->children;

	*copy = *node;
	copy->pool = NULL;
	copy->key = g_strdup(node->key);
	copy->text = g_strdup(node->text);
	if (node->children) {
		copy->children = children;
		for (guint i = 0; i < node->children->len; i++)
			node_append(copy, NULL, node_copy(node->children->pdata[i]));
	}
	return copy;
}

void node_set_key(struct node *node, const char *key)
{
	if (node->pool) {
		node->key = node_pool_text(node->pool, key, strlen(key));
		return;
	}
	g_free(node->key);
	node->key = g_strdup(key);
}

void node_set_text(struct node *scalar, const char *text)
{
	if (scalar->pool) {
		scalar->text = node_pool_text(scalar->pool, text, strlen(text));
		return;
	}
	char *old = scalar->text; /* `text` may be a part of it */

	scalar->text = g_strdup(text);
	g_free(old);
}

/* Twice the room; what a pool's node had before is left behind in it. */
static void grow(struct node *parent)
{
	struct nodes *children = parent->children;
	guint room = 2 * children->room;
	struct node **more =
		parent->pool ? cut(parent->pool, room * sizeof *more) : g_new(struct node *, room);

	memcpy(more, children->pdata, children->len * sizeof *more);
	if (!parent->pool && children->room > CHILDREN_USUAL)
		g_free(children->pdata);
	children->pdata = more;
	children->room = room;
}

/* Behind all others. */
static inline void add(struct node *parent, struct node *child)
{
	struct nodes *children = parent->children;

	g_assert(!child->pool || child->pool == parent->pool);
	if (children->len == children->room)
		grow(parent);
	if (parent->pool != child->pool)
		parent->pool->mixed = true;
	children->pdata[children->len++] = child;
}

void node_insert(struct node *parent, guint at, struct node *child)
{
	struct nodes *children = parent->children;
	guint behind = children->len - at;

	g_assert(at <= children->len);
	add(parent, child);
	memmove(children->pdata + at + 1, children->pdata + at, behind * sizeof(struct node *));
	children->pdata[at] = child;
}

void node_remove(struct node *parent, guint at)
{
	struct nodes *children = parent->children;
	struct node *child = children->pdata[at];

	children->len--;
	memmove(children->pdata + at, children->pdata + at + 1,
		(children->len - at) * sizeof(struct node *));
	node_free(child);
}

struct node *node_append(struct node *parent, const char *key, struct node *child)
{
	if (key && key != child->key)
		node_set_key(child, key);
	add(parent, child);
	return child;
}

struct node *node_get(const struct node *map, const char *key)
{
	if (!map || map->type != NODE_MAP)
		return NULL;
	for (guint i = 0; i < map->children->len; i++) {
		struct node *child = map->children->pdata[i];

		if (!strcmp(child->key, key))
			return child;
	}
	return NULL;
}

static inline const char *key_of_child(const void *map, guint i)
{
	return ((const struct node *)map)->children->pdata[i]->key;
}

struct node *node_get_next(const struct node *map, const char *key, guint *at)
{
	guint n = map && map->type == NODE_MAP ? map->children->len : 0;
	guint found = keys_next(n, key_of_child, map, key, at);

	return found < n ? map->children->pdata[found] : NULL;
}

bool node_equal(const struct node *a, const struct node *b)
{
	if (!a || !b)
		return a == b;
	if (a->type != b->type || g_strcmp0(a->key, b->key))
		return false;
	if (a->type == NODE_SCALAR)
		return !strcmp(a->text, b->text);
	if (a->children->len != b->children->len)
		return false;
	for (guint i = 0; i < a->children->len; i++)
		if (!node_equal(a->children->pdata[i], b->children->pdata[i]))
			return false;
	return true;
}

/* --- JSON ------------------------------------------------------------------- */

static void write_json(struct json *json, const struct node *node)
{
	if (node->type == NODE_SCALAR) {
		json_string(json, node->text);
		return;
	}
	bool map = node->type == NODE_MAP;

	if (map)
		json_open_object(json);
	else
		json_open_array(json);
	for (guint i = 0; i < node->children->len; i++) {
		const struct node *child = node->children->pdata[i];

		if (map)
			json_key(json, child->key);
		write_json(json, child);
	}
	if (map)
		json_close_object(json);
	else
		json_close_array(json);
}

char *node_to_json(const struct node *node)
{
	GString *out = g_string_new(NULL);
	struct json json;

	json_init(&json, out, false);
	write_json(&json, node);
	return g_string_free(out, FALSE);
}

static struct node *from_json(JsonNode *json)
{
	if (JSON_NODE_HOLDS_ARRAY(json)) {
		struct node *list = node_list();
		JsonArray *array = json_node_get_array(json);

		for (guint i = 0; i < json_array_get_length(array); i++)
			node_append(list, NULL, from_json(json_array_get_element(array, i)));
		return list;
	}
	if (JSON_NODE_HOLDS_OBJECT(json)) {
		struct node *map = node_map();
		JsonObjectIter iter;
		const char *key;
		JsonNode *value;

		json_object_iter_init_ordered(&iter, json_node_get_object(json));
		while (json_object_iter_next_ordered(&iter, &key, &value))
			node_append(map, key, from_json(value));
		return map;
	}
	if (JSON_NODE_HOLDS_NULL(json))
		return node_scalar("");
	if (json_node_get_value_type(json) == G_TYPE_STRING)
		return node_scalar(json_node_get_string(json));
	if (json_node_get_value_type(json) == G_TYPE_BOOLEAN)
		return node_scalar(json_node_get_boolean(json) ? "true" : "false");
	g_autofree char *number =
		json_node_get_value_type(json) == G_TYPE_INT64
			? g_strdup_printf("%" G_GINT64_FORMAT, json_node_get_int(json))
			: json_number_text(json_node_get_double(json));

	return node_scalar(number);
}

#define DEPTH_MAX 64

bool json_is_too_deep(const char *text, gsize length)
{
	guint depth = 0;
	bool quoted = false;

	for (gsize i = 0; i < length; i++) {
		if (quoted && text[i] == '\\')
			i++;
		else if (text[i] == '"')
			quoted = !quoted;
		else if (!quoted && (text[i] == '[' || text[i] == '{'))
			depth++;
		else if (!quoted && depth > 0 && (text[i] == ']' || text[i] == '}'))
			depth--;
		if (depth > DEPTH_MAX)
			return true;
	}
	return false;
}

struct node *node_from_json(const char *json, GError **error)
{
	g_autoptr(JsonParser) parser = json_parser_new_immutable();
	g_autoptr(GError) why = NULL;

	if (json_is_too_deep(json, strlen(json))) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_DATA, "%s",
			    _("this JSON is nested too deep"));
		return NULL;
	}
	if (!json_parser_load_from_data(parser, json, -1, &why) || !json_parser_get_root(parser)) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_DATA, _("this is not JSON: %s"),
			    why ? why->message : _("it is empty"));
		return NULL;
	}
	return from_json(json_parser_get_root(parser));
}

/* --- from records ----------------------------------------------------------- */

static struct node *from_items(const struct record_type *type, const struct items *items)
{
	struct node *list = node_list();

	for (guint i = 0; i < items->n; i++)
		node_append(
			list, NULL,
			node_from_record(type, (const char *)items->at + (gsize)i * type->size));
	return list;
}

struct node *node_from_field(const struct field *field, const void *record)
{
	const void *at = field_at(field, record);

	if (!field_is_set(field, record))
		return NULL;
	if (field->flags & FIELD_MANY) {
		struct node *list = node_list();

		for (char *const *word = *(char *const *const *)at; *word; word++)
			node_append(list, NULL, node_scalar(*word));
		return list;
	}
	if (field->type == FIELD_GROUP)
		return node_from_record(field->sub, at);
	if (field->type == FIELD_ITEMS)
		return from_items(field->sub, at);
	g_autofree char *text = field_text(field, record);

	return node_scalar(text);
}

struct node *node_from_record(const struct record_type *type, const void *record)
{
	struct node *map = node_map();

	for (guint i = 0; i < type->n_fields; i++) {
		struct node *value = type->fields[i].flags & FIELD_DERIVED
					     ? NULL
					     : node_from_field(&type->fields[i], record);

		if (value)
			node_append(map, type->fields[i].key, value);
	}
	return map;
}
