/*
 * In which order rows of measures are computed, and by which of two threads.  What they
 * compute is measures/'s and work.c's.
 */
#include "graph/ahead.h"

#include "graph/ig.h"

/* Few ties are done sooner than a thread is begun. */
#define FEW 100

#define SPACIOUS 5000 /* members */

/* Whether memory counts more than the order of work. */
static bool is_spacious(const struct study *study)
{
	return study->net->n >= SPACIOUS;
}

static bool circles_alone(struct study *study)
{
	bool found = study_coreness(study, NULL) && study_community(study, NULL);
	g_clear_pointer(&study->graph, ig_graph_free);
	return found && study_leading(study, NULL);
}

static bool rows_of_one(struct study *study)
{
	guint rows;
	const struct measure *table = measures(&rows);
	bool ok = true;
	for (guint i = 0; ok && i < rows; i++)
		if ((study->levels >> table[i].level & 1) && table[i].cost == COST_LINEAR)
			ok = study_row(study, &table[i], NULL);
	return ok;
}

/* The map takes a core for as long as all the rest takes the other one. */
static bool lays_out(const struct study *study)
{
	return !is_spacious(study) && (study->wanted & ~study->parts & STUDY_LAYOUT);
}

/* What fails is asked for again, and then tells why. */
static gpointer go(gpointer data)
{
	struct study *study = data;
	bool maps = lays_out(study);
	(void)(is_spacious(study) ? circles_alone(study) : rows_of_one(study));
	g_clear_pointer(&study->graph, ig_graph_free);
	if (maps)
		(void)study_lay_out(study, NULL);
	g_atomic_int_set(&study->busy, 0);
	return NULL;
}

static bool is_worth(const struct study *study, guint levels)
{
	bool known = study->coreness && study->community && study->leading;
	if (is_spacious(study) && (known || !(levels & STUDY_NETWORK)))
		return false;
	return study->net->m >= FEW && g_get_num_processors() > 1;
}

/* What rows of either thread rest on. */
static bool prepare(struct study *study)
{
	for (enum attribute by = 0; by < BY_ATTRIBUTES; by++)
		(void)study_mixing(study, by);
	return study_components(study, NULL) && study_cuts(study, NULL);
}

static void go_ahead(struct study *study, guint levels)
{
	if (study->ahead || !is_worth(study, levels) || !prepare(study))
		return;
	study->busy = is_spacious(study) || lays_out(study);
	study->levels = levels;
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

/*
 * Circles take as much memory as betweenness does.  In a network where that counts they are
 * found beside something that takes little, and betweenness waits for them; in a large one
 * that something waits as well.
 */
static bool compute_beside(struct study *study, guint levels, GError **error)
{
	if (!study->ahead || !is_spacious(study) || !(levels & STUDY_INSTITUTIONS))
		return true;
	if (study_is_large(study)) {
		study_catch_up(study);
		study_trim_heap(study);
	}
	bool ok = study_row(study, measure_find("bridging"), error);
	study_catch_up(study);
	study_trim_heap(study);
	return ok;
}

/* Those that all cores do together first, and then what the second thread has not done. */
bool study_rows(struct study *study, guint levels, GError **error)
{
	guint rows;
	const struct measure *table = measures(&rows);
	go_ahead(study, levels);
	if (!compute_beside(study, levels, error))
		return false;
	for (guint linear = 0; linear < 2; linear++) {
		for (guint i = 0; i < rows; i++)
			if ((levels >> table[i].level & 1) &&
			    (table[i].cost == COST_LINEAR) == (linear > 0) &&
			    !study_row(study, &table[i], error))
				return false;
		study_catch_up(study);
	}
	return true;
}
