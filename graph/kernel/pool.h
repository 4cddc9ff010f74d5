#ifndef GRAPH_KERNEL_POOL_H
#define GRAPH_KERNEL_POOL_H

#include <gio/gio.h>
#include <stdbool.h>

/*
 * How a kernel is to run: shared by all kernels, zeroes are the defaults.
 * Results do not depend on `threads` nor on how work happens to be spread.
 */
enum kernel_lanes { LANES_BEST, LANES_BASE, LANES_AVX2, LANES_AVX512 };

struct kernel_run {
	guint threads;		 /* 0: as many as the machine has cores */
	enum kernel_lanes lanes; /* vectors to use; lowered to what the machine has */
	GCancellable *cancel;	 /* NULL: cannot be stopped */
	/*
	 * Threads of other work that goes on meanwhile, atomic, or NULL: as many workers begin,
	 * and ask for their memory, when it is over.
	 */
	const gint *busy;
	/* Called in the caller's thread, now and then, and with 1 at the end. */
	void (*progress)(double share, gpointer data);
	gpointer data;
};

/* What the machine supports, at most `asked`; never LANES_BEST. */
enum kernel_lanes lanes_choose(enum kernel_lanes asked);
const char *lanes_name(enum kernel_lanes lanes);

/*
 * Units of work over threads.  Workers take the next unit as they get free, so
 * that a slow one holds nobody up.
 */
struct watch;

/* True once the run is to end; cheap enough to ask every 10,000 steps. */
bool watch_stop(struct watch *watch);

struct crew {
	guint units;
	gpointer task;			 /* of all workers; read only, or locked by `work` itself */
	gpointer (*open)(gpointer task); /* a worker's own memory; with `close`, or both NULL */
	void (*work)(gpointer task, gpointer own, guint unit, struct watch *watch);
	/* In the caller's thread, one worker after another, also after a cancel. */
	void (*close)(gpointer task, gpointer own);
};

/* False with TELAR_ERROR_CANCELLED once cancelled; what was counted so far is then worthless. */
bool crew_run(const struct crew *crew, const struct kernel_run *run, GError **error);

/*
 * Sums of doubles whose last bit must not depend on which worker was first:
 * arrays handed in per unit are added in order of the units, whatever the order
 * they come in.  `total` is borrowed, all 0, and what the first unit adds to.
 */
struct ordered;

struct ordered *ordered_new(double *total, gsize length, guint units);
void ordered_free(struct ordered *ordered); /* NULL accepted */
/* A zeroed array for one unit … */
double *ordered_take(struct ordered *ordered, guint unit);
/* … and back with it. */
void ordered_give(struct ordered *ordered, guint unit, double *values);

/* Memory at a multiple of 64, not set to anything, for g_aligned_free(). */
gpointer kernel_alloc(gsize count, gsize size);

#endif
