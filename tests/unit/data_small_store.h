#ifndef TESTS_UNIT_DATA_SMALL_STORE_H
#define TESTS_UNIT_DATA_SMALL_STORE_H

#include "data/store/sqlite_private.h"

static inline struct store *open_at(const char *path)
{
	GError *error = NULL;
	struct store *store = store_open(path, false, &error);

	g_assert_no_error(error);
	return store;
}

static inline void check(bool good, GError *error)
{
	g_assert_no_error(error);
	g_assert_true(good);
}

static inline void sql(const char *path, const char *text)
{
	sqlite3 *db = NULL;

	g_assert_cmpint(sqlite3_open(path, &db), ==, SQLITE_OK);
	g_assert_cmpint(sqlite3_exec(db, text, NULL, NULL, NULL), ==, SQLITE_OK);
	sqlite3_close(db);
}

#define TO_FORMAT_1                                                                                \
	"DROP VIEW v_institution; DROP VIEW v_tie; DROP VIEW v_measure; DROP VIEW v_gap; "         \
	"DROP TABLE search; DROP TABLE search_text; DROP TABLE cache; "                            \
	"DROP TABLE measure_value; DROP TABLE gap_found; DROP TABLE conflict; "                    \
	"DROP TABLE snapshot; DROP TABLE file_text; PRAGMA user_version = 1"

#endif
