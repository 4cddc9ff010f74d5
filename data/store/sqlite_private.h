#ifndef DATA_STORE_SQLITE_PRIVATE_H
#define DATA_STORE_SQLITE_PRIVATE_H

#include "data/store/store.h"

#include <sqlite3.h>

/* What the files of the SQLite store share.  Nobody else includes this. */

#define STORE_APPLICATION 0x74656c72 /* "telr" */
#define STORE_FORMAT	  8	     /* user_version */

/* A column of a record's or an item's table: a scalar or a list of words. */
struct column {
	char *name;
	const struct field *field;
	gsize group; /* where the group that has the field begins in the record */
};

enum layout_statement {
	LAYOUT_PUT,
	LAYOUT_REMOVE,
	LAYOUT_GET,
	LAYOUT_LOAD,
	LAYOUT_COUNT,
	LAYOUT_STATEMENTS
};

/* How one struct stands in one table. */
struct layout {
	char *table;
	const struct record_type *type;
	bool of_items;	  /* items of items are a column of JSON */
	struct column of; /* item tables: the record's field that they are; nameless */
	GArray *columns;  /* struct column */
	GPtrArray *items; /* struct layout *: tables of the record's items */
	char *create;
	char *sql[LAYOUT_STATEMENTS];
	sqlite3_stmt *prepared[LAYOUT_STATEMENTS];
};

enum statement {
	STATEMENT_BEGIN,
	STATEMENT_BEGIN_READ,
	STATEMENT_COMMIT,
	STATEMENT_ROLLBACK,
	STATEMENT_APPLICATION,
	STATEMENT_FORMAT,
	STATEMENT_SCHEMA,
	STATEMENT_CHECK_PAGES,
	STATEMENT_CHECK_ALL,
	STATEMENT_CHECK_REFERENCES,
	STATEMENT_VERSION,
	STATEMENT_GROW,
	STATEMENT_META,
	STATEMENT_SET_META,
	STATEMENT_FILES,
	STATEMENT_FILE,
	STATEMENT_PUT_FILE,
	STATEMENT_REMOVE_FILE,
	STATEMENT_ADD_CHANGE,
	STATEMENT_ADD_OP,
	STATEMENT_CHANGES,
	STATEMENT_CHANGES_OF,
	STATEMENT_CHANGE,
	STATEMENT_OPS,
	STATEMENT_ADD_EDIT,
	STATEMENT_EDITS,
	STATEMENT_ADD_OUTBOX,
	STATEMENT_OUTBOX,
	STATEMENT_CLEAR_OUTBOX,
	STATEMENT_ADD_SNAPSHOT,
	STATEMENT_SNAPSHOTS,
	STATEMENT_LAST_CHANGE,
	STATEMENT_PROPOSAL,
	STATEMENT_TEXT,
	STATEMENT_PUT_TEXT,
	STATEMENT_REMOVE_TEXT,
	STATEMENT_TEXTS,
	STATEMENT_ADD_CONFLICT,
	STATEMENT_AGAIN_CONFLICT,
	STATEMENT_THEIRS_CONFLICT,
	STATEMENT_DECIDE_CONFLICT,
	STATEMENT_CONFLICTS,
	STATEMENT_PUT_CACHE,
	STATEMENT_TRIM_CACHE,
	STATEMENT_CACHE,
	STATEMENT_CLEAR_MEASURES,
	STATEMENT_PUT_MEASURE,
	STATEMENT_TABULATED_MEASURES,
	STATEMENT_CLEAR_GAPS,
	STATEMENT_PUT_GAP,
	STATEMENT_TABULATED_GAPS,
	STATEMENT_PUT_WORDS,
	STATEMENT_REMOVE_WORDS,
	STATEMENT_INDEX,
	STATEMENT_UNINDEX,
	STATEMENT_SEARCH,
	STATEMENT_WORDS,
	STATEMENT_COUNT_WORDS,
	STATEMENT_CHECK_WORDS,
	STATEMENT_CLEAR_INDEX,
	STATEMENT_CLEAR_WORDS,
	STATEMENT_FORGET_FILES,
	STATEMENT_FORGET_READ,
	STATEMENT_COUNT_TEXTS,
	STATEMENT_COUNT
};

struct store {
	sqlite3 *db;
	char *path; /* NULL: in memory */
	bool read_only;
	bool alone;	 /* not beside a directory: one file, looked at whole when opened */
	gint64 format;	 /* what the file has: older ones are only read */
	bool other;	 /* tables of records as another version has them, only read */
	bool indexed;	 /* words are found, as this program gathers them */
	gint64 patience; /* microseconds to wait for others; 0: as usual */
	bool brief;	 /* taken as it stands, and whoever holds it is hardly waited for */
	int lock_fd;	 /* -1: none */
	guint locks;
	bool writing;
	bool derived; /* what is written follows from the rest: no new version; see
			 store_set_derived() */
	int changes;  /* of the connection when the transaction began */
	struct layout *kinds[KIND_COUNT];
	sqlite3_stmt *prepared[STATEMENT_COUNT];
};

/* --- sqlite_layout.c: tables made from the field tables --- */
struct layout *layout_new(enum kind kind);
void layout_free(struct layout *layout);
void layout_finalize(struct layout *layout);
/* Binds a struct's columns from parameter `first` on. */
bool layout_bind(const struct layout *layout, const void *record, sqlite3_stmt *statement,
		 int first);
/*
 * Words and lists that repeat are kept once.  `recent` answers for the few words
 * that most rows repeat without a look into the big tables, which are cold.
 */
#define READER_RECENT 256
struct reader {
	struct pool *pool;
	GHashTable *lists; /* JSON text -> char ** */
	GHashTable *ids;   /* of the records that are read: who is named again has them already */
	const char *recent[READER_RECENT];
	struct {
		char *json;
		const char **list;
	} recent_lists[READER_RECENT];
};
void reader_init(struct reader *reader, struct pool *pool);
void reader_release(struct reader *reader);
/* Reads the columns from `first` on into a struct cleared before; false when one is damaged. */
bool layout_read(const struct layout *layout, struct reader *reader, sqlite3_stmt *statement,
		 int first, void *record);

/* --- sqlite_safety.c --- */
/* TELAR_ERROR_DATA when a page is damaged. */
bool store_quick_check(struct store *store, GError **error);
/*
 * Whether the index of words is that of their table.  False when it could not be asked:
 * BUSY, DENIED where the file may only be read, IO.
 */
bool store_words_agree(struct store *store, bool *agree, GError **error);

/* --- sqlite_seen.c --- */
/* As store_quick_check(), unless it was sound and is untouched since. */
bool store_look_whole(struct store *store, GError **error);
bool store_is_seen(const struct store *store);

/* --- sqlite_tables.c: what stands in every store beside the tables of records --- */
struct fixed {
	gint64 since; /* format */
	const char *name;
	const char *create; /* "": SQLite makes it with the virtual table before, as it sees fit */
};
/* In the order they are made; one of the same name takes the place of a view before. */
const struct fixed *schema_fixed(guint *n);

/* --- sqlite_search.c --- */
bool store_unindex(struct store *store, enum kind kind, const char *id, GError **error);

/* --- sqlite_schema.c --- */
bool schema_check(struct store *store, GError **error);

/* Sets store->indexed, as the file has it. */
bool store_look_at_index(struct store *store, GError **error);
/* Between begin and commit: nothing is found any more. */
bool store_clear_index(struct store *store, GError **error);

/* --- sqlite.c --- */
/* The connection, as `store` says of it; nothing of the file is believed yet. */
bool store_connect(struct store *store, GError **error);
bool store_fail(const struct store *store, int code, GError **error);
bool store_damaged(const struct store *store, const char *what, GError **error);
/* Ready to bind; NULL on failure. */
sqlite3_stmt *store_prepare(struct store *store, enum statement which, GError **error);
sqlite3_stmt *store_layout_prepare(struct store *store, struct layout *layout,
				   enum layout_statement which, GError **error);
/* One row or the end; after the end or a failure the statement is reset. */
bool store_step(const struct store *store, sqlite3_stmt *statement, bool *row, GError **error);
/* Once it is known to be ours: this changes the file. */
bool store_set_journal(const struct store *store, GError **error);
/* For statements without rows. */
bool store_run(const struct store *store, sqlite3_stmt *statement, GError **error);
/* A statement of the list that takes nothing and gives nothing. */
bool store_perform(struct store *store, enum statement which, GError **error);
/* Its first column, of the first row; 0 without one. */
bool store_number(struct store *store, enum statement which, gint64 *out, GError **error);
/* What tables are made with, and settings of the connection. */
bool store_exec(const struct store *store, const char *sql, GError **error);

/* A column's text as a new string, NULL for SQL NULL. */
static inline char *column_dup(sqlite3_stmt *statement, int column)
{
	return g_strdup((const char *)sqlite3_column_text(statement, column));
}

static inline GBytes *column_bytes(sqlite3_stmt *row, int column)
{
	const void *data = sqlite3_column_blob(row, column);

	return g_bytes_new(data, (gsize)sqlite3_column_bytes(row, column));
}

static inline void bind_bytes(sqlite3_stmt *statement, int parameter, GBytes *bytes)
{
	gsize size = 0;
	const void *data = g_bytes_get_data(bytes, &size);

	sqlite3_bind_blob64(statement, parameter, size > 0 ? data : "", size, SQLITE_TRANSIENT);
}

static inline void bind_text(sqlite3_stmt *statement, int parameter, const char *text)
{
	sqlite3_bind_text(statement, parameter, text, -1, SQLITE_TRANSIENT);
}

#endif
