/*
 * Who works with whom, by groups: the E-I index (Krackhardt & Stern 1988) with
 * what chance would give for groups of these sizes, nominal assortativity (Newman
 * 2003), and each group by itself.  Institutions whose group is unknown are left
 * out of both ties and pairs.
 */
#include "graph/measures/families.h"
#include "graph/work.h"

#include <math.h>

static const struct mixing *mixing_of(struct study *study, const struct measure *measure)
{
	return study_mixing(study, (enum attribute)measure->by);
}

static guint groups_of(const struct study *study, const struct measure *measure)
{
	return study->partitions[measure->by]->n_groups;
}

MEASURE(ei)
{
	(void)error;
	const struct mixing *mixing = mixing_of(study, measure);
	*out = ei_index(mixing->internal, mixing->external);
	return true;
}

MEASURE(ei_chance)
{
	(void)error;
	const struct mixing *mixing = mixing_of(study, measure);
	*out = ei_index(mixing->pairs_internal, mixing->pairs_external);
	return true;
}

MEASURE(ei_p)
{
	const struct mixing *mixing = mixing_of(study, measure);
	const struct chance *chance = study_chance(study, CHANCE_INSIDE, error);
	if (!chance)
		return false;
	*out = mixing->internal + mixing->external > 0 && groups_of(study, measure) > 1
		       ? chance->high[measure->by]
		       : NAN;
	return true;
}

MEASURE(assortativity)
{
	(void)error;
	const struct mixing *mixing = mixing_of(study, measure);
	double all = mixing->internal + mixing->external, chance = 0;
	for (guint g = 0; g < groups_of(study, measure); g++) {
		double share = (2 * mixing->inside[g] + mixing->outside[g]) / (2 * all);
		chance += share * share;
	}
	/* With one group alone there is nothing to prefer. */
	*out = all > 0 && chance < 1 ? (mixing->internal / all - chance) / (1 - chance) : NAN;
	return true;
}

MEASURE(group_members)
{
	(void)error;
	for (guint g = 0; g < groups_of(study, measure); g++)
		out[g] = study->partitions[measure->by]->sizes[g];
	return true;
}

MEASURE(group_inside)
{
	(void)error;
	for (guint g = 0; g < groups_of(study, measure); g++)
		out[g] = mixing_of(study, measure)->inside[g];
	return true;
}

MEASURE(group_outside)
{
	(void)error;
	for (guint g = 0; g < groups_of(study, measure); g++)
		out[g] = mixing_of(study, measure)->outside[g];
	return true;
}

MEASURE(group_density)
{
	(void)error;
	const struct mixing *mixing = mixing_of(study, measure);
	for (guint g = 0; g < groups_of(study, measure); g++)
		out[g] = mixing->pairs_inside[g] > 0 ? mixing->inside[g] / mixing->pairs_inside[g]
						     : NAN;
	return true;
}

MEASURE(group_ei)
{
	(void)error;
	const struct mixing *mixing = mixing_of(study, measure);
	for (guint g = 0; g < groups_of(study, measure); g++)
		out[g] = ei_index(mixing->inside[g], mixing->outside[g]);
	return true;
}
