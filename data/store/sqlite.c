/*
 * The SQLite store: opening, one writer at a time, statements, errors.  The lock
 * beside the file is held from begin to the end of a transaction, because SQLite
 * before 3.51.3 can damage a WAL when two processes write and checkpoint at once;
 * it is also what makes "commit, then write the files" one step for others.
 */
#include "data/store/sqlite_private.h"

#include "base/errors.h"
#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#define LOCK_WAIT_US ((gint64)30 * 1000 * 1000)
#define BRIEF_US     ((gint64)50 * 1000)
#define LENGTH_MOST  (64 << 20) /* bytes of a value or row: far above what a file can bring */

#define CHANGE_FILTER                                                                              \
	"id > ?7 AND (?8 IS NULL OR id < ?8) AND (?1 IS NULL OR actor = ?1) AND (?5 IS NULL OR "   \
	"at >= ?5) "                                                                               \
	"AND (?6 IS NULL OR at < ?6) "

/* Of ops: in the entry of `OF` a partnership with `WITH` becomes one that is proposed. */
#define PROPOSES(OF, WITH)                                                                         \
	"kind = 'institution' AND record = " OF " AND instr(new, 'proposed') AND (path = "         \
	"'partners[' || " WITH " || '].status' OR path LIKE 'partners[' || " WITH                  \
	" || '#%].status' OR instr(new, '\"with\":\"' || " WITH " || '\"'))"

/* Every statement but those made from the field tables. */
static const char *const statements[STATEMENT_COUNT] = {
	[STATEMENT_BEGIN] = "BEGIN IMMEDIATE",
	[STATEMENT_BEGIN_READ] = "BEGIN",
	[STATEMENT_COMMIT] = "COMMIT",
	[STATEMENT_ROLLBACK] = "ROLLBACK",
	[STATEMENT_APPLICATION] = "PRAGMA application_id",
	[STATEMENT_FORMAT] = "PRAGMA user_version",
	[STATEMENT_SCHEMA] = "SELECT type, name, sql FROM sqlite_schema",
	/* At most twenty problems: nobody reads more. */
	[STATEMENT_CHECK_PAGES] = "PRAGMA quick_check(20)",
	[STATEMENT_CHECK_ALL] = "PRAGMA integrity_check(20)",
	[STATEMENT_CHECK_REFERENCES] = "PRAGMA foreign_key_check",
	[STATEMENT_VERSION] = "SELECT value FROM meta WHERE key = 'version'",
	[STATEMENT_GROW] =
		"INSERT INTO meta (key, value) VALUES ('version', '1') ON CONFLICT (key) "
		"DO UPDATE SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT)",
	[STATEMENT_META] = "SELECT value FROM meta WHERE key = ?",
	[STATEMENT_SET_META] = "INSERT INTO meta (key, value) VALUES (?, ?) "
			       "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
	[STATEMENT_FILES] = "SELECT path, size, mtime, hash, broken, kind, record FROM file "
			    "ORDER BY path",
	[STATEMENT_FILE] = "SELECT path, size, mtime, hash, broken, kind, record FROM file "
			   "WHERE path = ?",
	[STATEMENT_PUT_FILE] =
		"INSERT OR REPLACE INTO file (path, size, mtime, hash, broken, kind, "
		"record) VALUES (?, ?, ?, ?, ?, ?, ?)",
	[STATEMENT_REMOVE_FILE] = "DELETE FROM file WHERE path = ?",
	[STATEMENT_ADD_CHANGE] = "INSERT INTO change (at, actor, summary, undoes) "
				 "VALUES (?, ?, ?, ?)",
	[STATEMENT_ADD_OP] = "INSERT INTO op (change, seq, verb, kind, record, path, position, "
			     "old, new) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
	[STATEMENT_CHANGES] =
		"SELECT id, at, actor, summary, undoes, "
		"(SELECT max(u.id) FROM change u WHERE u.undoes = c.id) FROM change c "
		"WHERE " CHANGE_FILTER "AND (?2 IS NULL OR EXISTS "
		"(SELECT 1 FROM op WHERE op.change = c.id AND op.kind = ?2)) "
		"ORDER BY id DESC LIMIT ?3",
	[STATEMENT_CHANGES_OF] =
		"SELECT id, at, actor, summary, undoes, "
		"(SELECT max(u.id) FROM change u WHERE u.undoes = c.id) FROM change c "
		"WHERE id IN (SELECT change FROM op WHERE kind = ?2 AND record = ?4) "
		"AND " CHANGE_FILTER "ORDER BY id DESC LIMIT ?3",
	[STATEMENT_CHANGE] = "SELECT id, at, actor, summary, undoes, "
			     "(SELECT max(u.id) FROM change u WHERE u.undoes = c.id) "
			     "FROM change c WHERE id = ?",
	[STATEMENT_OPS] = "SELECT verb, kind, record, path, position, old, new FROM op "
			  "WHERE change = ? ORDER BY seq",
	[STATEMENT_ADD_EDIT] =
		"INSERT INTO file_edit (change, path, before, after, \"offset\", old, "
		"new) VALUES (?, ?, ?, ?, ?, ?, ?)",
	[STATEMENT_EDITS] = "SELECT path, before, after, \"offset\", old, new FROM file_edit "
			    "WHERE change = ? ORDER BY path",
	[STATEMENT_ADD_OUTBOX] = "INSERT INTO outbox (change, path, before, content) "
				 "VALUES (?, ?, ?, ?)",
	[STATEMENT_OUTBOX] = "SELECT id, change, path, before, content FROM outbox ORDER BY id",
	[STATEMENT_CLEAR_OUTBOX] = "DELETE FROM outbox WHERE id = ?",
	[STATEMENT_ADD_SNAPSHOT] = "INSERT INTO snapshot (name, change, at, actor, note) "
				   "VALUES (?, ?, ?, ?, ?)",
	[STATEMENT_SNAPSHOTS] = "SELECT name, change, at, actor, note FROM snapshot "
				"ORDER BY change, at, name",
	[STATEMENT_PROPOSAL] =
		"SELECT at, actor FROM change WHERE id = (SELECT max(change) FROM ("
		"SELECT change FROM op WHERE " PROPOSES(
			"?1", "?2") " UNION ALL "
				    "SELECT change FROM op WHERE " PROPOSES("?2", "?1") "))",
	[STATEMENT_LAST_CHANGE] = "SELECT coalesce(max(id), 0) FROM change WHERE at < ?",
	[STATEMENT_TEXT] = "SELECT content FROM file_text WHERE path = ?",
	[STATEMENT_PUT_TEXT] = "INSERT INTO file_text (path, content) VALUES (?, ?) "
			       "ON CONFLICT (path) DO UPDATE SET content = excluded.content",
	[STATEMENT_REMOVE_TEXT] = "DELETE FROM file_text WHERE path = ?",
	[STATEMENT_TEXTS] = "SELECT path, content FROM file_text ORDER BY path",
	[STATEMENT_ADD_CONFLICT] =
		"INSERT INTO conflict (kind, record, path, base, mine, theirs, change, mine_by, "
		"mine_at, theirs_by, theirs_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
		"RETURNING id",
	[STATEMENT_AGAIN_CONFLICT] =
		"UPDATE conflict SET mine = ?5, theirs = ?6, change = ?7, mine_by = ?8, "
		"mine_at = ?9, theirs_by = ?10, theirs_at = ?11 "
		"WHERE kind = ?1 AND record = ?2 AND path = ?3 AND decision IS NULL "
		"AND mine IS ?4 RETURNING id",
	[STATEMENT_THEIRS_CONFLICT] =
		"UPDATE conflict SET theirs = ?, theirs_by = ?, theirs_at = ? WHERE id = ?",
	[STATEMENT_DECIDE_CONFLICT] = "UPDATE conflict SET decision = ?, decided_by = ?, "
				      "decided_at = ? WHERE id = ? AND decision IS NULL",
	[STATEMENT_CONFLICTS] =
		"SELECT id, kind, record, path, base, mine, theirs, change, mine_by, mine_at, "
		"theirs_by, theirs_at, decision, decided_by, decided_at FROM conflict "
		"WHERE decision IS NULL OR ?1 ORDER BY kind, record, path, id",
	[STATEMENT_PUT_CACHE] =
		"INSERT INTO cache (kind, filter, basis, fingerprint, at, content) "
		"VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (kind, filter, basis) DO UPDATE SET "
		"fingerprint = excluded.fingerprint, at = excluded.at, "
		"content = excluded.content",
	/* The newest few of each kind: filters come and go. */
	[STATEMENT_TRIM_CACHE] =
		"DELETE FROM cache WHERE id IN (SELECT id FROM (SELECT id, row_number() OVER "
		"(PARTITION BY kind ORDER BY at DESC, id DESC) AS age FROM cache) WHERE age > 8)",
	[STATEMENT_CACHE] = "SELECT content FROM cache WHERE kind = ? AND filter = ? "
			    "AND basis = ? AND fingerprint = ?",
	[STATEMENT_CLEAR_MEASURES] = "DELETE FROM measure_value",
	[STATEMENT_PUT_MEASURE] =
		"INSERT INTO measure_value (level, subject, other, measure, value, "
		"fingerprint) VALUES (?, ?, ?, ?, ?, ?)",
	[STATEMENT_TABULATED_MEASURES] = "SELECT fingerprint FROM measure_value LIMIT 1",
	[STATEMENT_CLEAR_GAPS] = "DELETE FROM gap_found",
	[STATEMENT_PUT_GAP] =
		"INSERT OR REPLACE INTO gap_found (id, place, kind, severity, status, owner, "
		"title, reason, advice, territory, institutions, fingerprint) "
		"VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	[STATEMENT_TABULATED_GAPS] = "SELECT fingerprint FROM gap_found LIMIT 1",
	[STATEMENT_PUT_WORDS] = "INSERT INTO search_text (kind, record, name, place, words) "
				"VALUES (?, ?, ?, ?, ?)",
	[STATEMENT_REMOVE_WORDS] = "DELETE FROM search_text WHERE kind = ? AND record = ?",
	[STATEMENT_INDEX] = "INSERT INTO search (rowid, name, place, words) "
			    "SELECT row, name, place, words FROM search_text WHERE row = ?",
	[STATEMENT_UNINDEX] = "INSERT INTO search (search, rowid, name, place, words) "
			      "SELECT 'delete', row, name, place, words FROM search_text "
			      "WHERE kind = ? AND record = ?",
	/* What matched stands between 2 and 3 in a snippet. */
	[STATEMENT_SEARCH] =
		"SELECT t.kind, t.record, t.name, bm25(search, 8.0, 3.0, 1.0), "
		"snippet(search, -1, char(2), char(3), '…', 12), t.words "
		"FROM search JOIN search_text t ON t.row = search.rowid WHERE search MATCH ?",
	[STATEMENT_WORDS] = "SELECT name, place, words FROM search_text "
			    "WHERE kind = ? AND record = ?",
	[STATEMENT_COUNT_WORDS] = "SELECT count(*) FROM search_text",
	[STATEMENT_CHECK_WORDS] = "INSERT INTO search (search, rank) VALUES ('integrity-check', 1)",
	[STATEMENT_CLEAR_INDEX] = "INSERT INTO search (search) VALUES ('delete-all')",
	[STATEMENT_CLEAR_WORDS] = "DELETE FROM search_text",
	[STATEMENT_FORGET_FILES] = "DELETE FROM file",
	[STATEMENT_FORGET_READ] = "DELETE FROM meta WHERE key = '" STORE_READ "'",
	[STATEMENT_COUNT_TEXTS] = "SELECT count(*) FROM file_text",
};

/* --- errors ----------------------------------------------------------------------------- */

static enum telar_error error_code(int code)
{
	switch (code & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
	case SQLITE_PROTOCOL: /* others came first each time that the log was asked for */
		return TELAR_ERROR_BUSY;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
	case SQLITE_MISMATCH:
	case SQLITE_CONSTRAINT:
	case SQLITE_ERROR:
		return TELAR_ERROR_DATA;
	case SQLITE_CANTOPEN:
	case SQLITE_READONLY:
	case SQLITE_PERM:
		return TELAR_ERROR_CANNOT_CREATE;
	default:
		return TELAR_ERROR_IO;
	}
}

static const char *name_of(const struct store *store)
{
	return store->path ? store->path : _("the store in memory");
}

bool store_fail(const struct store *store, int code, GError **error)
{
	const char *why = store->db ? sqlite3_errmsg(store->db) : sqlite3_errstr(code);
	g_autofree char *clean = text_clean(why, -1, false); /* it may quote a damaged file */

	g_set_error(error, TELAR_ERROR, (int)error_code(code), "%s: %s", name_of(store), clean);
	return false;
}

bool store_damaged(const struct store *store, const char *what, GError **error)
{
	g_autofree char *clean = text_clean(what, -1, false);

	g_set_error(error, TELAR_ERROR, TELAR_ERROR_DATA,
		    _("%s is damaged or was changed by another program (at %s)"), name_of(store),
		    clean);
	error_add_hint(error, _("put its folder .telar aside: it is made anew from the files, with "
				"an empty history"));
	return false;
}

/* --- statements ------------------------------------------------------------------------- */

static sqlite3_stmt *ready(const struct store *store, sqlite3_stmt **slot, const char *sql,
			   GError **error)
{
	if (*slot) {
		sqlite3_reset(*slot);
		sqlite3_clear_bindings(*slot);
		return *slot;
	}
	int code = sqlite3_prepare_v3(store->db, sql, -1, SQLITE_PREPARE_PERSISTENT, slot, NULL);
	if (code != SQLITE_OK)
		store_fail(store, code, error);
	return *slot;
}

sqlite3_stmt *store_prepare(struct store *store, enum statement which, GError **error)
{
	return ready(store, &store->prepared[which], statements[which], error);
}

sqlite3_stmt *store_layout_prepare(struct store *store, struct layout *layout,
				   enum layout_statement which, GError **error)
{
	return ready(store, &layout->prepared[which], layout->sql[which], error);
}

bool store_step(const struct store *store, sqlite3_stmt *statement, bool *row, GError **error)
{
	int code = sqlite3_step(statement);

	*row = code == SQLITE_ROW;
	if (*row)
		return true;
	bool good = code == SQLITE_DONE || store_fail(store, code, error);
	sqlite3_reset(statement);
	return good;
}

bool store_run(const struct store *store, sqlite3_stmt *statement, GError **error)
{
	int code = sqlite3_step(statement);
	bool good = code == SQLITE_DONE || code == SQLITE_ROW || store_fail(store, code, error);

	sqlite3_reset(statement);
	return good;
}

bool store_perform(struct store *store, enum statement which, GError **error)
{
	sqlite3_stmt *statement = store_prepare(store, which, error);

	return statement && store_run(store, statement, error);
}

bool store_number(struct store *store, enum statement which, gint64 *out, GError **error)
{
	sqlite3_stmt *statement = store_prepare(store, which, error);
	bool row = false;

	if (!statement || !store_step(store, statement, &row, error))
		return false;
	*out = row ? sqlite3_column_int64(statement, 0) : 0;
	sqlite3_reset(statement);
	return true;
}

bool store_exec(const struct store *store, const char *sql, GError **error)
{
	int code = sqlite3_exec(store->db, sql, NULL, NULL, NULL);

	return code == SQLITE_OK || store_fail(store, code, error);
}

/* --- the lock --------------------------------------------------------------------------- */

static gint64 patience(const struct store *store)
{
	return store->patience ? store->patience : store->brief ? BRIEF_US : LOCK_WAIT_US;
}

void store_set_patience(struct store *store, gint64 microseconds)
{
	store->patience = microseconds;
	sqlite3_busy_timeout(store->db, (int)(patience(store) / 1000));
}

/*
 * SQLite's own locks will do for what is only kept in a file without WAL, and a lock
 * would be left lying beside somebody's file.
 */
static bool has_lock(const struct store *store)
{
	return store->path && !(store->alone && store->brief);
}

static bool open_lock(struct store *store, GError **error)
{
	g_autofree char *path = g_strconcat(store->path, ".lock", NULL);

	store->lock_fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (store->lock_fd >= 0)
		return true;
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_CANNOT_CREATE, _("cannot make %s: %s"), path,
		    g_strerror(errno));
	return false;
}

/*
 * The longer somebody has waited the more often they look, so that who came first is
 * mostly let in first.  (In the kernel's own queue one cannot wait for a while only.)
 */
static gulong pause_after(gint64 waited)
{
	return (gulong)MAX(2000 - waited / 500, 200);
}

bool store_lock(struct store *store, GError **error)
{
	gint64 began = g_get_monotonic_time();

	if (store->locks > 0 || !has_lock(store)) {
		store->locks++;
		return true;
	}
	if (store->lock_fd < 0 && !open_lock(store, error))
		return false;
	while (flock(store->lock_fd, LOCK_EX | LOCK_NB) != 0) {
		if (errno != EWOULDBLOCK && errno != EINTR) {
			g_set_error(error, TELAR_ERROR, TELAR_ERROR_IO, _("cannot lock %s: %s"),
				    store->path, g_strerror(errno));
			return false;
		}
		gint64 waited = g_get_monotonic_time() - began;
		if (waited > patience(store)) {
			g_set_error(error, TELAR_ERROR, TELAR_ERROR_BUSY,
				    _("somebody else has been writing for a while: %s"),
				    store->path);
			error_add_hint(error, _("try again"));
			return false;
		}
		g_usleep(pause_after(waited));
	}
	store->locks++;
	return true;
}

void store_unlock(struct store *store)
{
	g_return_if_fail(store->locks > 0);
	if (--store->locks == 0 && has_lock(store))
		flock(store->lock_fd, LOCK_UN);
}

/* --- transactions ----------------------------------------------------------------------- */

bool store_begin(struct store *store, GError **error)
{
	if (store->read_only) {
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_DENIED,
			    _("%s was opened for reading only"), name_of(store));
		return false;
	}
	if (!store_lock(store, error))
		return false;
	if (!store_perform(store, STATEMENT_BEGIN, error)) {
		store_unlock(store);
		return false;
	}
	store->writing = true;
	store->derived = false;
	store->changes = sqlite3_total_changes(store->db);
	return true;
}

/* A full disk or I/O error may have rolled back already. */
static void roll_back(struct store *store)
{
	if (!sqlite3_get_autocommit(store->db))
		store_perform(store, STATEMENT_ROLLBACK, NULL);
}

/*
 * A commit whose sync failed has left all its frames in the WAL: if every process
 * ended now, recovery would take them for committed.  A small commit over them
 * makes "failed" true.
 */
static void bury_failed_commit(struct store *store)
{
	if (store_perform(store, STATEMENT_BEGIN, NULL) &&
	    (!store_perform(store, STATEMENT_GROW, NULL) ||
	     !store_perform(store, STATEMENT_COMMIT, NULL)))
		roll_back(store);
}

bool store_commit(struct store *store, GError **error)
{
	bool grown = !store->derived && sqlite3_total_changes(store->db) != store->changes;
	bool good = (!grown || store_perform(store, STATEMENT_GROW, error)) &&
		    store_perform(store, STATEMENT_COMMIT, error);

	if (!good) {
		roll_back(store);
		bury_failed_commit(store);
	}
	store->writing = false;
	store_unlock(store);
	return good;
}

void store_rollback(struct store *store)
{
	if (!store->writing)
		return;
	roll_back(store);
	store->writing = false;
	store_unlock(store);
}

bool store_begin_read(struct store *store, GError **error)
{
	return store_perform(store, STATEMENT_BEGIN_READ, error);
}

void store_end_read(struct store *store)
{
	if (!store->writing && !sqlite3_get_autocommit(store->db))
		store_perform(store, STATEMENT_COMMIT, NULL);
}

bool store_version(struct store *store, gint64 *out, GError **error)
{
	return store_number(store, STATEMENT_VERSION, out, error);
}

void store_set_derived(struct store *store)
{
	store->derived = true;
}

void store_set_durable(struct store *store, bool durable)
{
	sqlite3_exec(store->db,
		     durable ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL", NULL,
		     NULL, NULL);
}

/* --- opening ---------------------------------------------------------------------------- */

static bool configure(struct store *store, GError **error)
{
	static const int on[] = { SQLITE_DBCONFIG_DEFENSIVE, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE,
				  SQLITE_DBCONFIG_ENABLE_FKEY };
	static const int off[] = { SQLITE_DBCONFIG_TRUSTED_SCHEMA, SQLITE_DBCONFIG_ENABLE_TRIGGER,
				   SQLITE_DBCONFIG_ENABLE_VIEW, SQLITE_DBCONFIG_DQS_DDL,
				   SQLITE_DBCONFIG_DQS_DML };

	for (guint i = 0; i < G_N_ELEMENTS(on); i++)
		sqlite3_db_config(store->db, on[i], 1, NULL);
	for (guint i = 0; i < G_N_ELEMENTS(off); i++)
		sqlite3_db_config(store->db, off[i], 0, NULL);
	sqlite3_limit(store->db, SQLITE_LIMIT_ATTACHED, 0);
	sqlite3_limit(store->db, SQLITE_LIMIT_LENGTH, LENGTH_MOST);
	sqlite3_extended_result_codes(store->db, 1);
	sqlite3_busy_timeout(store->db, (int)(patience(store) / 1000));
	return store_exec(store,
			  "PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY; "
			  "PRAGMA cache_size = -8192; PRAGMA synchronous = FULL",
			  error);
}

bool store_connect(struct store *store, GError **error)
{
	int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW |
		    (store->read_only ? SQLITE_OPEN_READONLY
		     : store->brief   ? SQLITE_OPEN_READWRITE
				      : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
	int code = sqlite3_open_v2(store->path ? store->path : ":memory:", &store->db, flags, NULL);

	if (code != SQLITE_OK)
		return store_fail(store, code, error);
	return configure(store, error);
}

/* Where WAL is impossible (a network file system) SQLite keeps its journal. */
bool store_set_journal(const struct store *store, GError **error)
{
	return !store->path || store->read_only ||
	       store_exec(store,
			  store->alone ? "PRAGMA journal_mode = DELETE"
				       : "PRAGMA journal_mode = WAL",
			  error);
}

/* What `how` says of it is kept: path, read_only, alone, brief. */
static struct store *open_any(struct store how, GError **error)
{
	struct store *store = g_new(struct store, 1);

	*store = how;
	store->path = g_strdup(how.path);
	store->lock_fd = -1;
	for (guint k = 0; k < KIND_COUNT; k++)
		store->kinds[k] = layout_new((enum kind)k);
	bool changes = !store->read_only && !store->brief;
	bool locked = !changes || store_lock(store, error);
	bool good = locked && store_connect(store, error) && schema_check(store, error);
	if (locked && changes)
		store_unlock(store);
	if (!good)
		g_clear_pointer(&store, store_close);
	return store;
}

struct store *store_open(const char *path, bool read_only, GError **error)
{
	return open_any(
		(struct store){ .path = (char *)(gsize)path, .read_only = read_only && path },
		error);
}

struct store *store_peek(const char *path, bool alone, bool read_only, GError **error)
{
	return open_any((struct store){ .path = (char *)(gsize)path,
					.read_only = read_only,
					.alone = alone,
					.brief = true },
			error);
}

struct store *store_open_alone(const char *path, bool read_only, GError **error)
{
	if (g_file_test(path, G_FILE_TEST_IS_REGULAR))
		return open_any((struct store){ .path = (char *)(gsize)path,
						.read_only = read_only,
						.alone = true },
				error);
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_NO_INPUT, _("there is no file %s"), path);
	return NULL;
}

bool store_is_other(const struct store *store)
{
	return store->other;
}

void store_close(struct store *store)
{
	if (!store)
		return;
	if (store->db)
		store_rollback(store);
	for (guint i = 0; i < STATEMENT_COUNT; i++)
		sqlite3_finalize(store->prepared[i]);
	for (guint k = 0; k < KIND_COUNT; k++) {
		layout_finalize(store->kinds[k]);
		layout_free(store->kinds[k]);
	}
	sqlite3_close(store->db);
	if (store->lock_fd >= 0)
		close(store->lock_fd);
	g_free(store->path);
	g_free(store);
}
