/*
 * What it costs to know what would break if a member left: a network is opened, its study
 * computed, and then one member after another leaves a copy of it, everything that
 * `telar whatif --leave` tells computed anew.  Milliseconds: median and longest.
 *
 *   leave STORE [DEPARTURES]
 */
#include "tests/bench/bench.h"

#include "graph/whatif.h"
#include "graph/work.h"

#define MOST 5000

static void say(const char *what, double *of, guint n)
{
	double sum = 0;
	for (guint i = 0; i < n; i++)
		sum += of[i];
	double middle = bench_median(of, n);
	printf("%-12s %8.1f %8.1f   %u in %.1f s\n", what, middle, of[n - 1], n, sum / 1e3);
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
	bench_must(card != NULL, step.a, error);
	bench_must(card->members_lost == 1 && study_net(card->after)->n + 1 == net->n, "leave",
		   NULL);
	scorecard_unref(card);
}

int main(int argc, char **argv)
{
	static double wall[MOST], processors[MOST];
	guint departures = argc > 2 ? (guint)strtoul(argv[2], NULL, 10) : 100;
	GError *error = NULL;
	struct workspace *workspace = bench_open(argc > 1 ? argv[1] : ".");
	struct study *before = study_new(workspace_model(workspace), NULL);
	bool ok = study_compute(before, STUDY_NETWORK | STUDY_GAPS, NULL, &error);
	bench_must(ok, "study", error);
	departures = CLAMP(departures, 1, MIN(MOST, study_net(before)->n));
	for (guint i = 0; i < departures; i++) {
		double at = bench_now(CLOCK_MONOTONIC), used = bench_now(CLOCK_PROCESS_CPUTIME_ID);
		leave(before, i, departures);
		wall[i] = bench_now(CLOCK_MONOTONIC) - at;
		processors[i] = bench_now(CLOCK_PROCESS_CPUTIME_ID) - used;
	}
	printf("%u institutions, %u ties; ms a departure:\n%-12s %8s %8s\n", study_net(before)->n,
	       study_net(before)->m, "", "median", "longest");
	say("on the wall", wall, departures);
	say("processors", processors, departures);
	study_unref(before);
	workspace_close(workspace);
	return 0;
}
