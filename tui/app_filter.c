#include "tui/ask.h"

#include <math.h>
#include <string.h>

/*
 * The filter of institutions as it can be asked now: by the study, or by what is known
 * while there is none.  When views ask it anew is decided in app.c.
 */

/* While the study is computed its names are known and have no value yet, but "ties". */
static bool number_without_study(void *data, const char *name, int index, double *out)
{
	const struct model *model = data;

	*out = NAN;
	if (strcmp(name, "ties") == 0) {
		if (index >= 0)
			*out = model->arc_start[index + 1] - model->arc_start[index];
		return true;
	}
	return strcmp(name, "gaps") == 0 || measure_find(name) != NULL;
}

struct filter *filter_for_world(const struct world *world, const char *text, GError **error)
{
	if (world->study != NULL)
		return filter_parse(text, KIND_INSTITUTION, study_filter_number, world->study,
				    error);
	return filter_parse(text, KIND_INSTITUTION, number_without_study, (void *)world->model,
			    error);
}

struct filter *app_filter(const struct app *app, const struct world *world)
{
	if (app->filter[0] == '\0')
		return NULL;
	return filter_for_world(world, app->filter, NULL);
}
