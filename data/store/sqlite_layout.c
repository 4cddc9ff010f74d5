/*
 * Tables made from the field tables: which columns a record has, how its values
 * are bound and read back.  Lists of words are columns of JSON, items are tables
 * of their own beside the record's, and what items hold in turn is JSON again.
 * Knows nothing of transactions.
 */
#include "data/store/sqlite_private.h"

#include "base/json.h"
#include "data/node.h"

#include <math.h>
#include <string.h>

static void column_clear(gpointer data)
{
	g_free(((struct column *)data)->name);
}

static void destroy_layout(gpointer layout)
{
	layout_free(layout);
}

static struct layout *empty_layout(const char *table, const struct record_type *type, bool of_items)
{
	struct layout *layout = g_new0(struct layout, 1);

	layout->of_items = of_items;
	layout->table = g_strdup(table);
	layout->type = type;
	layout->columns = g_array_new(FALSE, FALSE, sizeof(struct column));
	g_array_set_clear_func(layout->columns, column_clear);
	layout->items = g_ptr_array_new_with_free_func(destroy_layout);
	return layout;
}

static struct layout *item_layout(const char *table, const struct record_type *type);

static void add_columns(struct layout *layout, const struct record_type *type, const char *prefix,
			gsize group)
{
	for (guint i = 0; i < type->n_fields; i++) {
		const struct field *field = &type->fields[i];
		char *name = g_strconcat(prefix, field->key, NULL);

		if (field->type == FIELD_GROUP) {
			g_autofree char *inner = g_strconcat(name, "_", NULL);
			add_columns(layout, field->sub, inner, group + field->offset);
		} else if (field->type == FIELD_ITEMS && !layout->of_items) {
			g_autofree char *table = g_strconcat(layout->table, "_", name, NULL);
			struct layout *items = item_layout(table, field->sub);
			items->of = (struct column){ NULL, field, group };
			g_ptr_array_add(layout->items, items);
		} else {
			struct column column = { g_steal_pointer(&name), field, group };
			g_array_append_val(layout->columns, column);
		}
		g_free(name);
	}
}

static const struct column *column_at(const struct layout *layout, guint i)
{
	return &g_array_index(layout->columns, struct column, i);
}

static const char *column_type(const struct field *field)
{
	if (field->flags & FIELD_MANY)
		return "TEXT";
	if (field->type == FIELD_INTEGER)
		return "INTEGER";
	return field->type == FIELD_NUMBER ? "REAL" : "TEXT";
}

/* `"id", "name", …` */
static char *column_names(const struct layout *layout)
{
	GString *names = g_string_new(NULL);

	for (guint i = 0; i < layout->columns->len; i++)
		g_string_append_printf(names, "%s\"%s\"", i > 0 ? ", " : "",
				       column_at(layout, i)->name);
	return g_string_free(names, FALSE);
}

static char *marks(guint n)
{
	GString *out = g_string_new("?");

	for (guint i = 1; i < n; i++)
		g_string_append(out, ", ?");
	return g_string_free(out, FALSE);
}

static struct layout *item_layout(const char *table, const struct record_type *type)
{
	struct layout *layout = empty_layout(table, type, true);

	add_columns(layout, type, "", 0);
	GString *create = g_string_new(NULL);
	g_string_append_printf(create,
			       "CREATE TABLE \"%s\" (\"parent\" TEXT NOT NULL, "
			       "\"ord\" INTEGER NOT NULL",
			       table);
	for (guint i = 0; i < layout->columns->len; i++)
		g_string_append_printf(create, ", \"%s\" %s", column_at(layout, i)->name,
				       column_type(column_at(layout, i)->field));
	g_string_append(create, ", PRIMARY KEY (\"parent\", \"ord\")) STRICT, WITHOUT ROWID");
	layout->create = g_string_free(create, FALSE);

	g_autofree char *names = column_names(layout);
	g_autofree char *values = marks(layout->columns->len + 2);
	layout->sql[LAYOUT_PUT] = g_strdup_printf(
		"INSERT INTO \"%s\" (\"parent\", \"ord\", %s) VALUES (%s)", table, names, values);
	layout->sql[LAYOUT_REMOVE] =
		g_strdup_printf("DELETE FROM \"%s\" WHERE \"parent\" = ?", table);
	layout->sql[LAYOUT_GET] = g_strdup_printf(
		"SELECT \"parent\", %s FROM \"%s\" WHERE \"parent\" = ? ORDER BY \"ord\"", names,
		table);
	layout->sql[LAYOUT_LOAD] = g_strdup_printf(
		"SELECT \"parent\", %s FROM \"%s\" ORDER BY \"parent\", \"ord\"", names, table);
	layout->sql[LAYOUT_COUNT] = g_strdup_printf("SELECT count(*) FROM \"%s\"", table);
	return layout;
}

struct layout *layout_new(enum kind kind)
{
	const struct record_type *type = record_type(kind);
	struct layout *layout = empty_layout(type->name, type, false);
	GString *create = g_string_new(NULL);
	GString *updates = g_string_new("\"version\" = \"version\" + 1");

	add_columns(layout, type, "", 0);
	g_string_append_printf(create, "CREATE TABLE \"%s\" (\"version\" INTEGER NOT NULL",
			       layout->table);
	for (guint i = 0; i < layout->columns->len; i++) {
		const struct column *column = column_at(layout, i);
		bool id = strcmp(column->name, "id") == 0;

		g_string_append_printf(create, ", \"%s\" %s%s", column->name,
				       column_type(column->field),
				       id ? " NOT NULL PRIMARY KEY" : "");
		if (!id)
			g_string_append_printf(updates, ", \"%s\" = excluded.\"%s\"", column->name,
					       column->name);
	}
	g_string_append(create, ") STRICT, WITHOUT ROWID");
	layout->create = g_string_free(create, FALSE);

	g_autofree char *set = g_string_free(updates, FALSE);
	g_autofree char *names = column_names(layout);
	g_autofree char *values = marks(layout->columns->len);
	layout->sql[LAYOUT_PUT] =
		g_strdup_printf("INSERT INTO \"%s\" (\"version\", %s) VALUES (1, %s) "
				"ON CONFLICT (\"id\") DO UPDATE SET %s RETURNING \"version\"",
				layout->table, names, values, set);
	layout->sql[LAYOUT_REMOVE] =
		g_strdup_printf("DELETE FROM \"%s\" WHERE \"id\" = ?", layout->table);
	layout->sql[LAYOUT_GET] =
		g_strdup_printf("SELECT %s FROM \"%s\" WHERE \"id\" = ?", names, layout->table);
	layout->sql[LAYOUT_LOAD] =
		g_strdup_printf("SELECT %s FROM \"%s\" ORDER BY \"id\"", names, layout->table);
	layout->sql[LAYOUT_COUNT] = g_strdup_printf("SELECT count(*) FROM \"%s\"", layout->table);
	return layout;
}

void layout_finalize(struct layout *layout)
{
	for (guint i = 0; i < LAYOUT_STATEMENTS; i++) {
		sqlite3_finalize(layout->prepared[i]);
		layout->prepared[i] = NULL;
	}
	for (guint i = 0; i < layout->items->len; i++)
		layout_finalize(layout->items->pdata[i]);
}

void layout_free(struct layout *layout)
{
	if (!layout)
		return;
	for (guint i = 0; i < LAYOUT_STATEMENTS; i++)
		g_free(layout->sql[i]);
	g_array_unref(layout->columns);
	g_ptr_array_unref(layout->items);
	g_free(layout->create);
	g_free(layout->table);
	g_free(layout);
}

/* --- values --------------------------------------------------------------------------- */

static char *list_json(char *const *list)
{
	GString *out = g_string_new(NULL);
	struct json json;

	json_init(&json, out, false);
	json_open_array(&json);
	for (; *list; list++)
		json_string(&json, *list);
	json_close_array(&json);
	return g_string_free(out, FALSE);
}

static void take_text(sqlite3_stmt *statement, int parameter, char *text)
{
	sqlite3_bind_text(statement, parameter, text, -1, g_free);
}

static void take_tree(sqlite3_stmt *statement, int parameter, const struct field *field,
		      const void *holder)
{
	struct node *tree = node_from_field(field, holder);

	take_text(statement, parameter, node_to_json(tree));
	node_free(tree);
}

static void bind_column(const struct column *column, const void *record, sqlite3_stmt *statement,
			int parameter)
{
	const struct field *field = column->field;
	const void *holder = (const char *)record + column->group;
	const void *at = field_at(field, holder);

	if (!field_is_set(field, holder)) {
		sqlite3_bind_null(statement, parameter);
		return;
	}
	if (field->flags & FIELD_MANY) {
		take_text(statement, parameter, list_json(*(char *const *const *)at));
		return;
	}
	switch (field->type) {
	case FIELD_INTEGER:
		sqlite3_bind_int64(statement, parameter, *(const gint64 *)at);
		break;
	case FIELD_NUMBER:
		sqlite3_bind_double(statement, parameter, *(const double *)at);
		break;
	case FIELD_ITEMS:
		take_tree(statement, parameter, field, holder);
		break;
	case FIELD_DATE:
	case FIELD_MONEY:
		take_text(statement, parameter, field_text(field, holder));
		break;
	default:
		sqlite3_bind_text(statement, parameter, *(char *const *)at, -1, SQLITE_STATIC);
		break;
	}
}

bool layout_bind(const struct layout *layout, const void *record, sqlite3_stmt *statement,
		 int first)
{
	for (guint i = 0; i < layout->columns->len; i++)
		bind_column(column_at(layout, i), record, statement, first + (int)i);
	return true;
}

void reader_init(struct reader *reader, struct pool *pool)
{
	*reader = (struct reader){ .pool = pool };
	reader->lists = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	reader->ids = g_hash_table_new(g_str_hash, g_str_equal);
}

void reader_release(struct reader *reader)
{
	g_hash_table_unref(reader->lists);
	g_hash_table_unref(reader->ids);
	for (guint i = 0; i < READER_RECENT; i++)
		g_free(reader->recent_lists[i].json);
}

/*
 * Words of `["a","b"]` without escapes: what nearly every list is, and reading
 * a million of them through a JSON parser would cost seconds.  NULL for any other
 * form.
 */
static const char **read_plain_list(struct pool *pool, const char *json)
{
	gsize quotes = 0;
	gsize length = strlen(json);

	if (length < 4 || json[0] != '[' || json[length - 1] != ']' || strchr(json, '\\'))
		return NULL;
	for (const char *at = json; *at; at++)
		quotes += *at == '"';
	const char **list = pool_alloc(pool, (quotes / 2 + 1) * sizeof *list);
	g_autofree char *copy = g_strdup(json);
	char *at = copy + 1;
	for (guint n = 0; *at == '"'; n++) {
		char *end = strchr(at + 1, '"');

		if (!end || (end[1] != ',' && end[1] != ']'))
			return NULL;
		*end = '\0';
		list[n] = pool_word(pool, at + 1);
		if (end[1] == ']')
			return end[2] ? NULL : list;
		at = end + 2;
	}
	return NULL;
}

static const char **read_any_list(struct pool *pool, const char *json)
{
	struct node *node = node_from_json(json, NULL);
	const char **list = NULL;

	if (node && node->type == NODE_LIST && node->children->len > 0) {
		list = pool_alloc(pool, (node->children->len + 1) * sizeof *list);
		for (guint i = 0; list && i < node->children->len; i++) {
			const struct node *word = node->children->pdata[i];
			list[i] = word->type == NODE_SCALAR ? pool_word(pool, word->text) : NULL;
			if (!list[i])
				list = NULL;
		}
	}
	node_free(node);
	return list;
}

/* A cheap number of a text: good enough to keep a few words apart. */
static guint slot_of(const char *text, int length)
{
	const guchar *at = (const guchar *)text;

	return length > 0 ? (at[0] * 31u + at[length / 2] * 7u + at[length - 1] + (guint)length) %
				    READER_RECENT
			  : 0;
}

static const char **find_list(struct reader *reader, const char *json)
{
	const char **list = g_hash_table_lookup(reader->lists, json);

	if (list)
		return list;
	list = read_plain_list(reader->pool, json);
	if (!list)
		list = read_any_list(reader->pool, json);
	if (list)
		g_hash_table_insert(reader->lists, g_strdup(json), list);
	return list;
}

static const char **read_list(struct reader *reader, const char *json, int length)
{
	guint slot = slot_of(json, length);

	if (reader->recent_lists[slot].json && strcmp(reader->recent_lists[slot].json, json) == 0)
		return reader->recent_lists[slot].list;
	const char **list = find_list(reader, json);
	if (list) {
		g_free(reader->recent_lists[slot].json);
		reader->recent_lists[slot].json = g_strdup(json);
		reader->recent_lists[slot].list = list;
	}
	return list;
}

/* The id of a record that was read is that record's. */
static const char *read_id(struct reader *reader, const char *text)
{
	const char *kept = g_hash_table_lookup(reader->ids, text);

	return kept ? kept : pool_text(reader->pool, text);
}

/* A word of a small set is kept once. */
static const char *read_word(struct reader *reader, const struct field *field, const char *text,
			     int length)
{
	if (field->type == FIELD_ID || field->type == FIELD_REF)
		return read_id(reader, text);
	guint slot = slot_of(text, length);
	const char *kept = reader->recent[slot];

	if (kept && strcmp(kept, text) == 0)
		return kept;
	kept = pool_word(reader->pool, text);
	reader->recent[slot] = kept;
	return kept;
}

static bool read_parsed(const struct field *field, struct reader *reader, const char *text,
			void *holder)
{
	g_autofree char *message = NULL;
	g_autofree char *hint = NULL;

	return field_parse(field, text, holder, reader->pool, &message, &hint);
}

/* Items inside an item; false when the text is none. */
static bool read_tree(const struct field *field, struct reader *reader, const char *json, void *at)
{
	struct node *list = node_from_json(json, NULL);
	struct findings *findings = findings_new();
	const struct check nothing = { 0 };
	bool good = list && list->type == NODE_LIST;
	guint n = good ? list->children->len : 0;
	struct items items = { pool_alloc(reader->pool, (gsize)n * field->sub->size), n };

	for (guint i = 0; good && i < n; i++) {
		const void *item = node_to_record(field->sub, list->children->pdata[i], &nothing,
						  NULL, reader->pool, findings);
		good = item != NULL;
		if (good)
			memcpy((char *)items.at + (gsize)i * field->sub->size, item,
			       field->sub->size);
	}
	if (good)
		memcpy(at, &items, sizeof items);
	findings_free(findings);
	node_free(list);
	return good;
}

static bool read_column(const struct column *column, struct reader *reader, sqlite3_stmt *statement,
			int index, void *record)
{
	const struct field *field = column->field;
	/* Asked for once: most of a million rows' columns are empty. */
	sqlite3_value *value = sqlite3_column_value(statement, index);

	if (sqlite3_value_type(value) == SQLITE_NULL)
		return true;
	void *holder = (char *)record + column->group;
	void *at = field_place(field, holder, reader->pool);
	if (!(field->flags & FIELD_MANY) && field->type == FIELD_INTEGER) {
		*(gint64 *)at = sqlite3_value_int64(value);
		return true;
	}
	if (!(field->flags & FIELD_MANY) && field->type == FIELD_NUMBER) {
		*(double *)at = sqlite3_value_double(value);
		return true;
	}
	const char *text = (const char *)sqlite3_value_text(value);
	if (!text)
		return false;
	int length = sqlite3_value_bytes(value);
	if (field->flags & FIELD_MANY) {
		const char **list = read_list(reader, text, length);
		memcpy(at, &list, sizeof list);
		return list != NULL;
	}
	if (field->type == FIELD_ITEMS)
		return read_tree(field, reader, text, at);
	if (field->type == FIELD_DATE)
		return date_parse(text, at);
	if (field->type == FIELD_MONEY)
		return read_parsed(field, reader, text, holder);
	bool word =
		field->type != FIELD_TEXT && field->type != FIELD_PROSE && field->type != FIELD_URL;
	const char *kept =
		word ? read_word(reader, field, text, length) : pool_text(reader->pool, text);
	memcpy(at, &kept, sizeof kept);
	return true;
}

bool layout_read(const struct layout *layout, struct reader *reader, sqlite3_stmt *statement,
		 int first, void *record)
{
	for (guint i = 0; i < layout->columns->len; i++) {
		if (!read_column(column_at(layout, i), reader, statement, first + (int)i, record))
			return false;
	}
	return true;
}
