/*
 * Copies of the whole store, and whether it is sound.  A copy is made through
 * SQLite's backup interface while others read and write: what arrives is the
 * state of one moment.
 */
#include "data/store/sqlite_private.h"

#include "base/errors.h"
#include "base/interrupt.h"
#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#define BUSY_TRIES 2000

/* --- is it sound? ----------------------------------------------------------------------- */

/*
 * SQLite before 3.41 takes the first column of a WITHOUT ROWID table for NULL where
 * the key is the last one: so it says of the version in tables that have no more
 * than version and id.
 */
static bool is_false_alarm(const struct store *store, const char *problem)
{
	for (guint k = 0; k < KIND_COUNT; k++) {
		const struct layout *layout = store->kinds[k];
		g_autofree char *said = g_strdup_printf("NULL value in %s.version", layout->table);

		if (layout->columns->len == 1 && strcmp(problem, said) == 0)
			return true;
	}
	return false;
}

/* Every row of a check that answers "ok" when nothing is wrong; cleaned, for people. */
static bool collect(struct store *store, enum statement check, GPtrArray *problems, GError **error)
{
	sqlite3_stmt *rows = store_prepare(store, check, error);
	bool row = false;
	bool good = rows != NULL;

	while (good && (good = store_step(store, rows, &row, error)) && row) {
		const char *text = (const char *)sqlite3_column_text(rows, 0);

		if (text && strcmp(text, "ok") != 0 && !is_false_alarm(store, text))
			g_ptr_array_add(problems, text_clean(text, -1, false));
	}
	return good;
}

static bool collect_references(struct store *store, GPtrArray *problems, GError **error)
{
	g_autoptr(GPtrArray) tables = g_ptr_array_new_with_free_func(g_free);

	if (!collect(store, STATEMENT_CHECK_REFERENCES, tables, error))
		return false;
	if (tables->len > 0)
		g_ptr_array_add(
			problems,
			g_strdup_printf(ngettext("%u row of table %s refers to a change "
						 "that is not there",
						 "%u rows, as of table %s, refer to changes "
						 "that are not there",
						 tables->len),
					tables->len, (char *)tables->pdata[0]));
	return true;
}

bool store_quick_check(struct store *store, GError **error)
{
	g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);

	if (!collect(store, STATEMENT_CHECK_PAGES, problems, error) ||
	    !collect_references(store, problems, error))
		return false;
	return problems->len == 0 || store_damaged(store, problems->pdata[0], error);
}

bool store_verify(struct store *store, GPtrArray *problems, GError **error)
{
	return collect(store, STATEMENT_CHECK_ALL, problems, error) &&
	       collect_references(store, problems, error);
}

/* The index says so by failing, which is not the same as a failure to ask it. */
static bool ask_index(struct store *store, bool *agree, GError **error)
{
	sqlite3_stmt *check = store_prepare(store, STATEMENT_CHECK_WORDS, NULL);
	int code = check ? sqlite3_step(check) : sqlite3_errcode(store->db);
	int kind = code & 0xff;

	if (kind != SQLITE_DONE && kind != SQLITE_CORRUPT && kind != SQLITE_ERROR)
		store_fail(store, code, error);
	*agree = kind == SQLITE_DONE;
	sqlite3_reset(check);
	return kind == SQLITE_DONE || kind == SQLITE_CORRUPT || kind == SQLITE_ERROR;
}

/*
 * The index answers only where it could write, though it writes nothing: a store that
 * is only read is asked through a connection of its own.
 */
bool store_words_agree(struct store *store, bool *agree, GError **error)
{
	struct store other = {
		.path = store->path, .alone = store->alone, .brief = store->brief, .lock_fd = -1
	};
	bool good = false;

	if (!store->read_only)
		return ask_index(store, agree, error);
	if (store_connect(&other, error)) {
		if (sqlite3_db_readonly(other.db, "main") == 0)
			good = ask_index(&other, agree, error);
		else
			g_set_error(error, TELAR_ERROR, TELAR_ERROR_DENIED,
				    _("%s may only be read"), other.path);
	}
	sqlite3_finalize(other.prepared[STATEMENT_CHECK_WORDS]);
	sqlite3_close(other.db);
	return good;
}

/* --- copies ----------------------------------------------------------------------------- */

static bool cannot_write(const char *path, int code, GError **error)
{
	g_set_error(error, TELAR_ERROR, TELAR_ERROR_CANNOT_CREATE, _("%s cannot be written: %s"),
		    path, g_strerror(code));
	return false;
}

/* All pages in one step: the copy is of one moment, and writers do not make it start again. */
static int copy_pages(sqlite3 *to, sqlite3 *from)
{
	sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");
	int code = SQLITE_BUSY;

	if (!backup)
		return sqlite3_errcode(to);
	for (guint i = 0; i < BUSY_TRIES && (code == SQLITE_BUSY || code == SQLITE_LOCKED); i++) {
		if (i > 0)
			g_usleep(5000);
		code = sqlite3_backup_step(backup, -1);
	}
	int finished = sqlite3_backup_finish(backup);
	return code == SQLITE_DONE ? finished : code;
}

static bool copy_into(struct store *store, const char *path, GError **error)
{
	sqlite3 *to = NULL;
	int code = sqlite3_open_v2(path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);

	if (code == SQLITE_OK)
		code = copy_pages(to, store->db);
	if (code == SQLITE_OK) /* one file, whatever the store's own journal is */
		code = sqlite3_exec(to, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL);
	bool good = code == SQLITE_OK;
	if (!good)
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_IO, _("%s cannot be written: %s"), path,
			    to ? sqlite3_errmsg(to) : sqlite3_errstr(code));
	sqlite3_close(to);
	return good;
}

static bool sync_path(const char *path, int flags)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | flags);
	bool good = fd >= 0 && fsync(fd) == 0;

	if (fd >= 0)
		close(fd);
	return good;
}

bool store_place(const char *copy, const char *path, GError **error)
{
	g_autofree char *folder = g_path_get_dirname(path);

	/* link() and not rename(): what stands there already is never replaced. */
	if (!sync_path(copy, 0) || link(copy, path) != 0)
		return cannot_write(path, errno, error);
	g_unlink(copy);
	return sync_path(folder, O_DIRECTORY) || cannot_write(folder, errno, error);
}

bool store_copy(struct store *store, const char *path, GError **error)
{
	g_autofree char *beside = g_strconcat(path, ".XXXXXX", NULL);
	struct interrupt interrupt;
	bool good = false;

	interrupt_begin(&interrupt);
	int fd = g_mkstemp_full(beside, O_RDWR | O_CLOEXEC, 0600);
	if (fd >= 0) {
		close(fd);
		good = copy_into(store, beside, error) && !interrupt_asked(&interrupt, error) &&
		       store_place(beside, path, error);
		if (!good)
			g_unlink(beside);
	} else {
		cannot_write(path, errno, error);
	}
	interrupt_end(&interrupt);
	return good;
}
