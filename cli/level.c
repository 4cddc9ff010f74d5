/*
 * The rows that a measure has values for: institutions, ties, groups, capacities, or
 * the network alone.
 */
#include "cli/level.h"

#include <math.h>

static const struct items *capacities(const struct level *level)
{
	return &study_model(level->study)->network->vocabularies.of[VOCABULARY_CAPACITIES];
}

guint level_rows(const struct level *level)
{
	const struct net *net = study_net(level->study);
	const struct partition *groups;

	switch (level->level) {
	case LEVEL_INSTITUTION:
		return net->n;
	case LEVEL_TIE:
		return net->m;
	case LEVEL_GROUP:
		groups = study_partition(level->study, level->by);
		return groups ? groups->n_groups : 0;
	case LEVEL_CAPACITY:
		return capacities(level)->n;
	default:
		return 1;
	}
}

double level_value(const struct level *level, const struct measure *measure, guint row)
{
	return study_value_at(level->study, measure, row);
}

void level_names(const struct level *level, guint row, const char *names[2], const char *ids[2])
{
	const struct net *net = study_net(level->study);
	const struct institution *ends[2] = { NULL, NULL };

	names[0] = names[1] = ids[0] = ids[1] = NULL;
	if (level->level == LEVEL_GROUP) {
		names[0] = study_partition(level->study, level->by)->labels[row];
		ids[0] = study_partition(level->study, level->by)->ids[row];
	} else if (level->level == LEVEL_CAPACITY) {
		const struct term *term = &ITEMS(struct term, *capacities(level))[row];

		names[0] =
			model_term_name(study_model(level->study), VOCABULARY_CAPACITIES, term->id);
		ids[0] = term->id;
	} else if (level->level == LEVEL_INSTITUTION) {
		ends[0] = model_institution(net->model, net->institution[row]);
	} else if (level->level == LEVEL_TIE) {
		ends[0] = model_institution(net->model, net->institution[net->from[row]]);
		ends[1] = model_institution(net->model, net->institution[net->to[row]]);
	}
	for (guint i = 0; i < 2 && ends[i]; i++) {
		names[i] = institution_name(ends[i], true);
		ids[i] = ends[i]->base.id;
	}
}
