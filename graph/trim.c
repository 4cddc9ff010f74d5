/*
 * What a study of a large network gives back while and when it is computed: work that stands
 * a second time in the values of the measures that it was made for, and is soon made again.
 */
#include "graph/measures/families.h"
#include "graph/work.h"

#include <malloc.h>

#define LARGE 50000 /* members; below, it is not worth making it again */

static void drop_brokers(struct study *study, guint by)
{
	g_clear_pointer(&study->brokers[by], g_atomic_rc_box_release);
}

static void drop_resource(struct study *study)
{
	g_clear_pointer(&study->resource, g_atomic_rc_box_release);
}

bool study_is_large(const struct study *study)
{
	return study->net->n >= LARGE;
}

void study_trim_heap(const struct study *study)
{
	if (study_is_large(study))
		malloc_trim(0);
}

bool study_trim(struct study *study)
{
	if (!study_is_large(study))
		return false;
	for (guint by = 0; by < BY_GROUPS; by++)
		drop_brokers(study, by);
	drop_resource(study);
	return true;
}

void study_trim_behind(struct study *study, const struct measure *measure)
{
	if (!study_is_large(study))
		return;
	if (measure->compute == measure_liaison)
		drop_brokers(study, (guint)measure->by);
	if (measure->compute == measure_hierarchy)
		drop_resource(study);
}
