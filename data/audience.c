/* Who may see which entry. */
#include "data/audience.h"

#include <string.h>

#include "data/subset.h"
#include "data/tables.h"

bool audience_parse(const char *word, enum audience *out)
{
	for (guint i = 0; choice_visibility[i].id; i++) {
		if (strcmp(choice_visibility[i].id, word) == 0) {
			*out = (enum audience)i;
			return true;
		}
	}
	return false;
}

const char *audience_id(enum audience audience)
{
	return choice_visibility[audience].id;
}

/* A word that this version does not know is the narrowest: nothing leaves by mistake. */
static bool may_see(void *data, enum kind kind, const struct record *record)
{
	const enum audience *audience = data;
	enum audience least = AUDIENCE_COORDINATOR;

	/* What was decided about gaps, and by whom, is for members at most. */
	if (kind == KIND_GAPS && *audience < AUDIENCE_NETWORK)
		return false;
	if (!record->visibility)
		return true;
	(void)audience_parse(record->visibility, &least);
	return *audience >= least;
}

static bool sees_all(const struct model *model, enum audience audience)
{
	for (guint k = 0; k < KIND_COUNT; k++)
		for (guint i = 0; i < model->n[k]; i++)
			if (!may_see(&audience, (enum kind)k, RECORD(model->records[k][i])))
				return false;
	return true;
}

struct model *model_for_audience(const struct model *model, enum audience audience, guint *n_hidden)
{
	const struct subset seen = { .record = may_see, .data = &audience };

	if (!sees_all(model, audience))
		return model_subset(model, &seen, model->today, n_hidden);
	if (n_hidden)
		*n_hidden = 0;
	return model_ref(model);
}
