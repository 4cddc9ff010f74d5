#ifndef GRAPH_IG_H
#define GRAPH_IG_H

#include "graph/work.h"

#include <igraph.h>

/*
 * igraph behind one file.  Its handlers and random numbers belong to the process
 * and Debian's build is not thread-safe: whoever calls any igraph function stands
 * between ig_begin() and ig_end(), which lets one thread in at a time.
 * igraph asks `cancel` (may be NULL) while it computes.
 */
void ig_begin(GCancellable *cancel);
void ig_end(void);

/*
 * What an igraph call returned, as an error of ours: TELAR_ERROR_CANCELLED when
 * it was interrupted, else TELAR_ERROR_INTERNAL with igraph's own reason.  Every
 * call goes through here.
 */
bool ig_ok(igraph_error_t code, GError **error);

/* An igraph graph of the arrays: same vertices, same edges, same order. */
struct ig_graph {
	igraph_t graph;
};
struct ig_graph *ig_graph_new(guint n, guint m, const guint *from, const guint *to, GError **error);
void ig_graph_free(struct ig_graph *graph); /* NULL accepted */

/* The study's own, made on first use; freed when study_compute() ends. */
const igraph_t *study_graph(struct study *study, GError **error);

/* The random numbers of the next call: equal seed, equal result. */
bool ig_seed(guint64 seed, GError **error);

/*
 * Copies `n` numbers that a call left in `from` and destroys it; with `ok` false
 * only destroys.  Returns `ok`.
 */
bool ig_take_int(bool ok, igraph_vector_int_t *from, guint *out, guint n);

#endif
