/*
 * Records in and out of their tables.  Loading reads a kind's table and the
 * tables of its items once each, in order of the record, and lays all items of
 * one list out in one block: a query for each record would take seconds where
 * this takes tenths.
 */
#include "data/store/sqlite_private.h"

#include "base/errors.h"

#include <string.h>

static struct items *items_of(const struct layout *layout, void *record, struct pool *pool)
{
	return field_place(layout->of.field, (char *)record + layout->of.group, pool);
}

static bool remove_rows(struct store *store, struct layout *layout, const char *id, GError **error)
{
	sqlite3_stmt *statement = store_layout_prepare(store, layout, LAYOUT_REMOVE, error);

	if (!statement)
		return false;
	bind_text(statement, 1, id);
	return store_run(store, statement, error);
}

static bool put_items(struct store *store, struct layout *layout, const char *id,
		      const struct items *items, GError **error)
{
	for (guint i = 0; i < items->n; i++) {
		sqlite3_stmt *statement = store_layout_prepare(store, layout, LAYOUT_PUT, error);

		if (!statement)
			return false;
		sqlite3_bind_text(statement, 1, id, -1, SQLITE_STATIC);
		sqlite3_bind_int64(statement, 2, i);
		layout_bind(layout, (const char *)items->at + (gsize)i * layout->type->size,
			    statement, 3);
		if (!store_run(store, statement, error))
			return false;
	}
	return true;
}

bool store_put(struct store *store, enum kind kind, const void *record, GError **error)
{
	struct layout *layout = store->kinds[kind];
	const char *id = RECORD(record)->id;
	sqlite3_stmt *statement = store_layout_prepare(store, layout, LAYOUT_PUT, error);
	bool row = false;

	if (!statement)
		return false;
	layout_bind(layout, record, statement, 1);
	if (!store_step(store, statement, &row, error))
		return false;
	bool known = row && sqlite3_column_int64(statement, 0) > 1; /* a new one has no items yet */
	sqlite3_reset(statement);
	for (guint i = 0; i < layout->items->len; i++) {
		struct layout *items = layout->items->pdata[i];
		const void *at = field_at(items->of.field, (const char *)record + items->of.group);

		if ((known && !remove_rows(store, items, id, error)) ||
		    !put_items(store, items, id, at, error))
			return false;
	}
	return !store->path || store_index(store, kind, record, known, error);
}

bool store_remove(struct store *store, enum kind kind, const char *id, GError **error)
{
	struct layout *layout = store->kinds[kind];

	for (guint i = 0; i < layout->items->len; i++) {
		if (!remove_rows(store, layout->items->pdata[i], id, error))
			return false;
	}
	return remove_rows(store, layout, id, error) &&
	       (!store->path || store_unindex(store, kind, id, error));
}

/* --- reading ---------------------------------------------------------------------------- */

/* The row that `row` stands on as a struct; a damaged one resets the statement. */
static bool read_row(const struct store *store, const struct layout *layout, struct reader *reader,
		     sqlite3_stmt *row, int first, void *record, GError **error)
{
	record_clear(layout->type, record);
	if (layout_read(layout, reader, row, first, record))
		return true;
	sqlite3_reset(row);
	return store_damaged(store, layout->table, error);
}

static bool load_records(struct store *store, struct layout *layout, struct reader *reader,
			 GPtrArray *out, GError **error)
{
	sqlite3_stmt *row = store_layout_prepare(store, layout, LAYOUT_LOAD, error);
	bool more = true;

	if (!row)
		return false;
	while (true) {
		if (!store_step(store, row, &more, error))
			return false;
		if (!more)
			return true;
		void *record = pool_alloc(reader->pool, layout->type->size);
		if (!read_row(store, layout, reader, row, 0, record, error))
			return false;
		if (!id_is_valid(RECORD(record)->id)) {
			sqlite3_reset(row);
			return store_damaged(store, layout->table, error);
		}
		g_ptr_array_add(out, record);
	}
}

static bool count_rows(struct store *store, struct layout *layout, gsize *out, GError **error)
{
	sqlite3_stmt *row = store_layout_prepare(store, layout, LAYOUT_COUNT, error);
	bool more = false;

	if (!row || !store_step(store, row, &more, error))
		return false;
	*out = more ? (gsize)sqlite3_column_int64(row, 0) : 0;
	sqlite3_reset(row);
	return true;
}

/* Items come in order of their record, as the records do: one pass over both. */
static bool load_items(struct store *store, struct layout *layout, struct reader *reader,
		       void *const *records, guint n, GError **error)
{
	gsize size = layout->type->size;
	gsize total = 0;
	gsize filled = 0;
	guint at = 0;
	bool more = true;

	if (!count_rows(store, layout, &total, error))
		return false;
	if (total == 0)
		return true;
	sqlite3_stmt *row = store_layout_prepare(store, layout, LAYOUT_LOAD, error);
	char *block = row ? pool_alloc(reader->pool, total * size) : NULL;
	while (block) {
		if (!store_step(store, row, &more, error))
			return false;
		if (!more)
			return true;
		const char *parent = (const char *)sqlite3_column_text(row, 0);
		int order = parent ? strcmp(RECORD(records[at])->id, parent) : 1;
		while (order < 0 && at + 1 < n)
			order = strcmp(RECORD(records[++at])->id, parent);
		if (order != 0 || filled == total) {
			sqlite3_reset(row);
			return store_damaged(store, layout->table, error);
		}
		char *item = block + filled++ * size;
		if (!read_row(store, layout, reader, row, 1, item, error))
			return false;
		struct items *items = items_of(layout, records[at], reader->pool);
		items->at = items->n > 0 ? items->at : item;
		items->n++;
	}
	return false;
}

bool store_load(struct store *store, enum kind kind, struct pool *pool, GPtrArray *out,
		GError **error)
{
	struct layout *layout = store->kinds[kind];
	struct reader reader;
	guint first = out->len;
	/* One picture of all tables, unless the caller holds one already. */
	bool own = sqlite3_get_autocommit(store->db);

	if (own && !store_begin_read(store, error))
		return false;
	reader_init(&reader, pool);
	bool good = load_records(store, layout, &reader, out, error);
	guint n = out->len - first;
	for (guint i = 0; good && layout->items->len > 0 && i < n; i++)
		g_hash_table_add(reader.ids, (gpointer)(gsize)RECORD(out->pdata[first + i])->id);
	for (guint i = 0; good && n > 0 && i < layout->items->len; i++)
		good = load_items(store, layout->items->pdata[i], &reader,
				  (void *const *)out->pdata + first, n, error);
	reader_release(&reader);
	if (own)
		store_end_read(store);
	if (!good)
		g_ptr_array_set_size(out, (gint)first);
	return good;
}

static bool get_items(struct store *store, struct layout *layout, struct reader *reader,
		      void *record, GError **error)
{
	sqlite3_stmt *row = store_layout_prepare(store, layout, LAYOUT_GET, error);
	gsize size = layout->type->size;
	g_autoptr(GByteArray) rows = g_byte_array_new();
	bool more = true;

	if (!row)
		return false;
	bind_text(row, 1, RECORD(record)->id);
	while (true) {
		if (!store_step(store, row, &more, error))
			return false;
		if (!more)
			break;
		g_byte_array_set_size(rows, rows->len + (guint)size);
		if (!read_row(store, layout, reader, row, 1, rows->data + rows->len - size, error))
			return false;
	}
	if (rows->len == 0)
		return true;
	struct items *items = items_of(layout, record, reader->pool);
	items->n = (guint)(rows->len / size);
	items->at = memcpy(pool_alloc(reader->pool, rows->len), rows->data, rows->len);
	return true;
}

static void *get_record(struct store *store, struct layout *layout, const char *id,
			struct reader *reader, GError **error)
{
	sqlite3_stmt *row = store_layout_prepare(store, layout, LAYOUT_GET, error);
	bool more = false;

	if (!row)
		return NULL;
	bind_text(row, 1, id);
	if (!store_step(store, row, &more, error) || !more)
		return NULL;
	void *record = pool_alloc(reader->pool, layout->type->size);
	if (!read_row(store, layout, reader, row, 0, record, error))
		return NULL;
	sqlite3_reset(row);
	for (guint i = 0; i < layout->items->len; i++) {
		if (!get_items(store, layout->items->pdata[i], reader, record, error))
			return NULL;
	}
	return record;
}

void *store_get(struct store *store, enum kind kind, const char *id, struct pool *pool,
		GError **error)
{
	struct reader reader;

	reader_init(&reader, pool);
	void *record = get_record(store, store->kinds[kind], id, &reader, error);
	reader_release(&reader);
	return record;
}
