/*
 * The second thread of a study.  What is computed there is work.c's.
 */
#include "graph/ahead.h"

/* Few ties are done sooner than a thread is begun. */
#define FEW 100

/* What fails is asked for again, and then tells why. */
static gpointer go(gpointer data)
{
	struct study *study = data;
	(void)(study_coreness(study, NULL) && study_community(study, NULL) &&
	       study_leading(study, NULL));
	return NULL;
}

void study_go_ahead(struct study *study)
{
	bool all = study->coreness && study->community && study->leading;
	if (!study->ahead && !all && study->net->m >= FEW && g_get_num_processors() > 1)
		study->ahead = g_thread_try_new("ahead", go, study, NULL);
}

static bool is_computing(const struct study *study)
{
	return g_thread_self() == study->computing;
}

bool study_put_off(struct study *study)
{
	if (!study->sparing || !is_computing(study))
		return false;
	return study->put_off = true;
}

bool study_was_put_off(struct study *study)
{
	bool was = study->put_off;
	study->put_off = false;
	return was;
}

bool study_catch_up(struct study *study)
{
	if (!is_computing(study) || !study->ahead)
		return true;
	if (study_put_off(study))
		return false;
	g_thread_join(study->ahead);
	study->ahead = NULL;
	return true;
}
