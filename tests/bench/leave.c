/*
 * What it costs to know what would break if a member left: a network is opened, its study
 * computed, and then one member after another leaves a copy of it, everything that
 * `telar whatif --leave` tells computed anew.  Milliseconds: median and longest.
 *
 *   leave STORE [DEPARTURES]
 */
#include "data/workspace.h"
#include "graph/study.h"
#include "graph/whatif.h"
#include "graph/work.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define MOST 5000

static double now(clockid_t clock)
{
	struct timespec at;
	clock_gettime(clock, &at);
	return (double)at.tv_sec * 1e3 + (double)at.tv_nsec / 1e6;
}

static void must(bool ok, const char *doing, const GError *error)
{
	if (ok)
		return;
	fprintf(stderr, "%s: %s\n", doing, error ? error->message : "failed");
	exit(1);
}

static int by_number(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return x < y ? -1 : x > y;
}

static void say(const char *what, double *of, guint n)
{
	double sum = 0;
	for (guint i = 0; i < n; i++)
		sum += of[i];
	qsort(of, n, sizeof *of, by_number);
	printf("%-12s %8.1f %8.1f   %u in %.1f s\n", what, of[n / 2], of[n - 1], n, sum / 1e3);
}

/* Spread over the members, the same ones in every run. */
static void leave(struct study *before, guint number, guint of)
{
	const struct net *net = study_net(before);
	guint gone = (guint)((guint64)number * net->n / of);
	struct whatif_step step = { .type = WHATIF_LEAVE,
				    .a = net_institution(net, gone)->base.id };
	GError *error = NULL;
	struct scorecard *card = whatif_compute(before, &step, 1, NULL, &error);
	must(card != NULL, step.a, error);
	must(card->members_lost == 1 && study_net(card->after)->n + 1 == net->n, "leave", NULL);
	scorecard_unref(card);
}

int main(int argc, char **argv)
{
	static double wall[MOST], processors[MOST];
	guint departures = argc > 2 ? (guint)strtoul(argv[2], NULL, 10) : 100;
	GError *error = NULL;
	struct findings *findings = findings_new();
	struct workspace_options options = { .path = argc > 1 ? argv[1] : ".",
					     .actor = "bench",
					     .clock = clock_system() };
	setlocale(LC_ALL, "C.UTF-8");
	struct workspace *workspace = workspace_open(&options, findings, &error);
	must(workspace != NULL, "open", error);
	struct study *before = study_new(workspace_model(workspace), NULL);
	bool ok = study_compute(before, STUDY_NETWORK | STUDY_GAPS, NULL, &error);
	must(ok, "study", error);
	departures = CLAMP(departures, 1, MIN(MOST, study_net(before)->n));
	for (guint i = 0; i < departures; i++) {
		double at = now(CLOCK_MONOTONIC), used = now(CLOCK_PROCESS_CPUTIME_ID);
		leave(before, i, departures);
		wall[i] = now(CLOCK_MONOTONIC) - at;
		processors[i] = now(CLOCK_PROCESS_CPUTIME_ID) - used;
	}
	printf("%u institutions, %u ties; ms a departure:\n%-12s %8s %8s\n", study_net(before)->n,
	       study_net(before)->m, "", "median", "longest");
	say("on the wall", wall, departures);
	say("processors", processors, departures);
	study_unref(before);
	workspace_close(workspace);
	findings_free(findings);
	return 0;
}
