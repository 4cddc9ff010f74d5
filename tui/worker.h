#ifndef TUI_WORKER_H
#define TUI_WORKER_H

#include "graph/whatif.h"
#include "tui/app.h"

/*
 * The one thread that computes.  igraph allows no second, so everything that may
 * reach it is done here, one job after the other; beside it networks of other days are made
 * in another thread, and files read in a third.  Outcomes arrive as calls in the main context of
 * whoever made the worker.
 */
struct worker;
struct export_order;

struct worker_calls {
	void *data;
	void (*study)(void *data, struct study *study); /* keep a reference to keep it */
	void (*done)(void *data, const char *text,
		     GError *error); /* takes `error`, NULL: went well */
	/* The same of an export. */
	void (*exported)(void *data, const char *text, GError *error);
	/* Of that number; takes both. */
	void (*checked)(void *data, guint number, struct findings *findings, GError *error);
	void (*score)(void *data, struct scorecard *score);
	/* Takes it; the model is borrowed. */
	void (*compared)(void *data, const struct model *model, struct years years,
			 struct comparison *comparison);
	void (*drawn)(void *data, struct drawing *drawing); /* takes it */
	/* Borrowed. */
	void (*past)(void *data, const struct model *present, struct date day, struct model *past);
	/* Some times a second while a study is computed; share NAN: not known. */
	void (*progress)(void *data, const char *doing, double share);
};

/* Slow results are kept in the store of the network there, see graph/kept.h; NULL: nowhere. */
struct worker *worker_new(const struct worker_calls *calls, const char *directory);
/* Stops what is being computed and waits for the thread.  No call comes after. */
void worker_free(struct worker *worker);

/* Computes a study of `model`; one still being computed for another model is given up. */
void worker_study(struct worker *worker, const struct model *model);
/* Gives up the study that is being computed, if one is. */
void worker_stop(struct worker *worker);
/* Compares two years of `model`; what is still being compared is given up. */
void worker_compare(struct worker *worker, const struct model *model, struct years years);
/* `present` as of a day, with no day its confirmed ties alone; what was asked for before is given
 * up, and so is the study. */
void worker_past(struct worker *worker, const struct model *present, struct date day);
/* session_draw() of it; takes it, and what is still being drawn is given up. */
void worker_chance(struct worker *worker, struct drawing *drawing);
/* Every finding of all files of a network; what is still being read is given up. */
void worker_check(struct worker *worker, const char *path, struct date today, guint number);
void worker_stop_check(struct worker *worker); /* gives that up */
void worker_whatif(struct worker *worker, struct study *study, const char *pairs);
void worker_export(struct worker *worker, struct study *study,
		   struct export_order *order); /* takes `order` */

#endif
