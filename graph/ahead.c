/*
 * The second thread of a study.  What is computed there is work.c's.
 */
#include "graph/ahead.h"

#include "graph/ig.h"

/* Few ties are done sooner than a thread is begun. */
#define FEW 100

/* What fails is asked for again, and then tells why.  Nobody else asks for the graph after that. */
static gpointer go(gpointer data)
{
	struct study *study = data;
	bool found = study_coreness(study, NULL) && study_community(study, NULL);
	g_clear_pointer(&study->graph, ig_graph_free);
	(void)(found && study_leading(study, NULL));
	g_atomic_int_set(&study->busy, 0);
	return NULL;
}

void study_go_ahead(struct study *study)
{
	bool all = study->coreness && study->community && study->leading;
	if (study->ahead || all || study->net->m < FEW || g_get_num_processors() == 1)
		return;
	study->busy = 1;
	study->ahead = g_thread_try_new("ahead", go, study, NULL);
	if (!study->ahead)
		study->busy = 0;
}

void study_catch_up(struct study *study)
{
	if (g_thread_self() != study->computing || !study->ahead)
		return;
	g_thread_join(study->ahead);
	study->ahead = NULL;
}
