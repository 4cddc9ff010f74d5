/*
 * The only state igraph forces on the program: its error, warning, progress,
 * status and interruption handlers, installed once, what the last error said,
 * and the lock that lets one thread in.  Also the way from our arrays to an
 * igraph graph and back.  No measure is computed here.
 */
#include "graph/ig.h"

#include "base/cancel.h"
#include "base/errors.h"

#include <glib/gi18n.h>

static GMutex lock;
static bool installed;
static GCancellable *asked; /* by the handlers, while somebody is in */
static char reason[256];

static void on_error(const char *text, const char *file, int line, igraph_error_t code)
{
	(void)file;
	(void)line;
	(void)code;
	g_strlcpy(reason, text ? text : "", sizeof reason);
	IGRAPH_FINALLY_FREE();
}

static void on_warning(const char *text, const char *file, int line)
{
	(void)text;
	(void)file;
	(void)line;
}

static igraph_error_t on_progress(const char *message, igraph_real_t percent, void *data)
{
	(void)message;
	(void)percent;
	(void)data;
	return IGRAPH_SUCCESS;
}

static igraph_error_t on_status(const char *message, void *data)
{
	(void)message;
	(void)data;
	return IGRAPH_SUCCESS;
}

/* igraph returns from an interruption without unwinding: its temporary memory is freed here. */
static igraph_error_t on_interruption(void *data)
{
	(void)data;
	if (!g_cancellable_is_cancelled(asked))
		return IGRAPH_SUCCESS;
	IGRAPH_FINALLY_FREE();
	return IGRAPH_INTERRUPTED;
}

void ig_begin(GCancellable *cancel)
{
	g_mutex_lock(&lock);
	if (!installed) {
		igraph_set_error_handler(on_error);
		igraph_set_warning_handler(on_warning);
		igraph_set_progress_handler(on_progress);
		igraph_set_status_handler(on_status);
		igraph_set_interruption_handler(on_interruption);
		installed = true;
	}
	asked = cancel;
}

void ig_end(void)
{
	asked = NULL;
	g_mutex_unlock(&lock);
}

bool ig_ok(igraph_error_t code, GError **error)
{
	if (code == IGRAPH_SUCCESS)
		return true;
	if (code == IGRAPH_INTERRUPTED)
		cancel_fail(error);
	else
		g_set_error(error, TELAR_ERROR, TELAR_ERROR_INTERNAL,
			    _("The graph library failed: %s"),
			    *reason ? reason : igraph_strerror(code));
	*reason = '\0';
	return false;
}

struct ig_graph *ig_graph_new(guint n, guint m, const guint *from, const guint *to, GError **error)
{
	igraph_vector_int_t ends;
	if (!ig_ok(igraph_vector_int_init(&ends, (igraph_integer_t)m * 2), error))
		return NULL;
	for (guint e = 0; e < m; e++) {
		/* igraph would silently add vertices for larger numbers. */
		g_assert(from[e] < n && to[e] < n);
		VECTOR(ends)[2 * e] = from[e];
		VECTOR(ends)[2 * e + 1] = to[e];
	}
	struct ig_graph *graph = g_new0(struct ig_graph, 1);
	bool ok = ig_ok(igraph_create(&graph->graph, &ends, n, IGRAPH_UNDIRECTED), error);
	igraph_vector_int_destroy(&ends);
	if (!ok)
		g_clear_pointer(&graph, g_free);
	return graph;
}

void ig_graph_free(struct ig_graph *graph)
{
	if (!graph)
		return;
	igraph_destroy(&graph->graph);
	g_free(graph);
}

const igraph_t *study_graph(struct study *study, GError **error)
{
	const struct net *net = study->net;
	g_assert(g_thread_self() != study->computing || !study->ahead); /* one thread at a time */
	study_makes(study);
	if (!study->graph)
		study->graph = ig_graph_new(net->n, net->m, net->from, net->to, error);
	return study->graph ? &study->graph->graph : NULL;
}

bool ig_seed(guint64 seed, GError **error)
{
	return ig_ok(igraph_rng_seed(igraph_rng_default(), (igraph_uint_t)seed), error);
}

bool ig_take_int(bool ok, igraph_vector_int_t *from, guint *out, guint n)
{
	for (guint i = 0; ok && i < n; i++)
		out[i] = (guint)VECTOR(*from)[i];
	igraph_vector_int_destroy(from);
	return ok;
}
