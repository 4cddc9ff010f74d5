/*
 * Reading a whole network out of its store against bare SQLite: stepping over the
 * same rows and asking for every value, in turn in one run.  Usage: load FILE [RUNS].
 */
#include "data/store/store.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#define RUNS_MOST 25

static double now(void)
{
	return (double)g_get_monotonic_time() / 1e6;
}

static gsize value_bytes(sqlite3_stmt *row, int column)
{
	if (sqlite3_column_type(row, column) == SQLITE_NULL)
		return 0;
	return sqlite3_column_text(row, column) ? (gsize)sqlite3_column_bytes(row, column) : 0;
}

/* Every value of every row of a kind's tables; the sum keeps the work from being left out. */
static gsize step_over(sqlite3 *db, const char *table)
{
	g_autofree char *sql = g_strdup_printf("SELECT * FROM \"%s\"", table);
	sqlite3_stmt *row = NULL;
	gsize sum = 0;

	g_assert_cmpint(sqlite3_prepare_v2(db, sql, -1, &row, NULL), ==, SQLITE_OK);
	while (sqlite3_step(row) == SQLITE_ROW) {
		for (int i = 0; i < sqlite3_column_count(row); i++)
			sum += value_bytes(row, i);
	}
	sqlite3_finalize(row);
	return sum;
}

static double bare(const char *path)
{
	static const char find[] =
		"SELECT name FROM sqlite_schema WHERE type = 'table' AND (name LIKE 'institution%' "
		"OR "
		"name LIKE 'territory%' OR name LIKE 'programme%' OR name LIKE 'network%') "
		"AND name NOT LIKE '%fts%'";
	g_autoptr(GPtrArray) tables = g_ptr_array_new_with_free_func(g_free);
	sqlite3_stmt *name = NULL;
	sqlite3 *db = NULL;
	double start = now();
	gsize sum = 0;

	g_assert_cmpint(
		sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL), ==,
		SQLITE_OK);
	g_assert_cmpint(sqlite3_prepare_v2(db, find, -1, &name, NULL), ==, SQLITE_OK);
	while (sqlite3_step(name) == SQLITE_ROW)
		g_ptr_array_add(tables, g_strdup((const char *)sqlite3_column_text(name, 0)));
	sqlite3_finalize(name);
	for (guint i = 0; i < tables->len; i++)
		sum += step_over(db, tables->pdata[i]);
	sqlite3_close(db);
	g_assert_cmpuint(sum, >, 0);
	return now() - start;
}

struct times {
	double bare[RUNS_MOST], rows[RUNS_MOST], model[RUNS_MOST];
};

static void load(const char *path, guint run, struct times *times)
{
	GPtrArray *records[KIND_COUNT];
	struct pool *pool = pool_new();
	g_autoptr(GError) error = NULL;
	double start = now();
	struct store *store = store_open(path, true, &error);

	g_assert_no_error(error);
	for (guint k = 0; k < KIND_COUNT; k++) {
		records[k] = g_ptr_array_new();
		store_load(store, (enum kind)k, pool, records[k], &error);
		g_assert_no_error(error);
	}
	times->rows[run] = now() - start;
	start = now();
	struct date today = { .year = 2026, .month = 1, .day = 1 };
	struct model *model = model_new(records, &pool, 1, "synthetic", today, 1);

	times->model[run] = now() - start;
	if (run == 0)
		printf("%u institutions, %u claims, %u ties\n", model->n[KIND_INSTITUTION],
		       model->n_claims, model->n_ties);
	model_unref(model);
	for (guint k = 0; k < KIND_COUNT; k++)
		g_ptr_array_unref(records[k]);
	pool_unref(pool);
	store_close(store);
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

static double median(double *values, guint n)
{
	qsort(values, n, sizeof *values, compare);
	return values[n / 2];
}

int main(int argc, char **argv)
{
	guint runs = argc > 2 ? MIN((guint)atoi(argv[2]), RUNS_MOST) : 5;
	static struct times times;
	struct rusage usage;

	if (argc < 2 || runs == 0)
		return 64;
	for (guint run = 0; run < runs; run++) {
		load(argv[1], run, &times);
		if (run == 0) {
			getrusage(RUSAGE_SELF, &usage);
			printf("peak memory %.0f MB\n", (double)usage.ru_maxrss / 1024);
		}
		times.bare[run] = bare(argv[1]);
	}
	double base = median(times.bare, runs);
	double rows = median(times.rows, runs), model = median(times.model, runs);

	printf("bare SQLite %.3f s, records %.3f s (%.2f x), model %.3f s (%.2f x), all %.2f x\n",
	       base, rows, rows / base, model, model / base, (rows + model) / base);
	return 0;
}
