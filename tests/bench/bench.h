#ifndef TESTS_BENCH_H
#define TESTS_BENCH_H

#include "data/workspace.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* What benches of a whole network share: clocks in milliseconds, medians, opening it. */

static inline double bench_now(clockid_t clock)
{
	struct timespec at;
	clock_gettime(clock, &at);
	return (double)at.tv_sec * 1e3 + (double)at.tv_nsec / 1e6;
}

/* Ends the program when not `ok`; `error` may be NULL. */
static inline void bench_must(bool ok, const char *doing, const GError *error)
{
	if (ok)
		return;
	fprintf(stderr, "%s: %s\n", doing, error ? error->message : "failed");
	exit(1);
}

static inline int bench_by_number(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return x < y ? -1 : x > y;
}

/* Sorts them, so that the last is the longest. */
static inline double bench_median(double *of, guint n)
{
	qsort(of, n, sizeof *of, bench_by_number);
	return of[n / 2];
}

static inline struct workspace *bench_open(const char *path)
{
	struct workspace_options options = { .path = path,
					     .actor = "bench",
					     .clock = clock_system() };
	struct findings *findings = findings_new();
	GError *error = NULL;
	setlocale(LC_ALL, "C.UTF-8");
	struct workspace *workspace = workspace_open(&options, findings, &error);
	bench_must(workspace != NULL, "open", error);
	findings_free(findings);
	return workspace;
}

#endif
