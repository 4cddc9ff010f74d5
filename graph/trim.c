/*
 * What a study of a large network gives back once it is computed: work that stands a
 * second time in the values of the measures that it was made for, and is soon made again.
 */
#include "graph/work.h"

#define LARGE 50000 /* members; below, it is not worth a pass over them */

bool study_trim(struct study *study)
{
	if (study->net->n < LARGE)
		return false;
	for (guint by = 0; by < BY_GROUPS; by++)
		g_clear_pointer(&study->brokers[by], g_atomic_rc_box_release);
	g_clear_pointer(&study->pairs, g_atomic_rc_box_release);
	return true;
}
