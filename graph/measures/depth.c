/*
 * How deep and how many-sided the ties are, and what came and went in a year.
 */
#include "graph/measures/families.h"
#include "graph/work.h"

#include <math.h>
#include <string.h>

#define YEAR 12 /* months */

/* Share of the ties whose intensity is `wanted`, -1: nobody says. */
static double share_at(const struct net *net, int wanted)
{
	double count = 0;
	for (guint e = 0; e < net->m; e++)
		count += net->model->ties[net->tie[e]].intensity == wanted;
	return net->m > 0 ? count / net->m : NAN;
}

MEASURE(depth_unknown)
{
	(void)measure, (void)error;
	*out = share_at(study->net, -1);
	return true;
}

MEASURE(depth_awareness)
{
	(void)measure, (void)error;
	*out = share_at(study->net, 0);
	return true;
}

MEASURE(depth_cooperation)
{
	(void)measure, (void)error;
	*out = share_at(study->net, 1);
	return true;
}

MEASURE(depth_coordination)
{
	(void)measure, (void)error;
	*out = share_at(study->net, 2);
	return true;
}

MEASURE(depth_integration)
{
	(void)measure, (void)error;
	*out = share_at(study->net, 3);
	return true;
}

static bool says_before(const struct model *model, const struct tie *tie, guint claim, guint item)
{
	const char *kind = model->claims[tie->first_claim + claim].says->kinds[item];
	for (guint c = 0; c <= claim; c++) {
		const char *const *kinds = model->claims[tie->first_claim + c].says->kinds;
		for (guint i = 0; kinds && kinds[i] && (c < claim || i < item); i++)
			if (strcmp(kinds[i], kind) == 0)
				return true;
	}
	return false;
}

/* Different kinds over all claims; lists of kinds are short. */
static guint count_kinds(const struct model *model, const struct tie *tie)
{
	guint count = 0;
	for (guint c = 0; c < tie->n_claims; c++) {
		const char *const *kinds = model->claims[tie->first_claim + c].says->kinds;
		for (guint i = 0; kinds && kinds[i]; i++)
			count += !says_before(model, tie, c, i);
	}
	return count;
}

MEASURE(multiplexity)
{
	(void)measure, (void)error;
	const struct net *net = study->net;
	double stated = 0, many = 0;
	for (guint e = 0; e < net->m; e++) {
		guint kinds = count_kinds(net->model, &net->model->ties[net->tie[e]]);
		stated += kinds > 0;
		many += kinds > 1;
	}
	*out = stated > 0 ? many / stated : NAN;
	return true;
}

/*
 * Ties at two moments, now and a year before, by the dates that are stated.  A
 * tie without a beginning was always there; one that has ended on a day nobody
 * says is in neither.
 */
struct turnover {
	double began, kept, ended;
	bool dated;
};

static struct turnover turnover_of(const struct net *net)
{
	struct turnover found = { 0 };
	struct date today = net->model->today, before = date_add_months(today, -YEAR);
	for (guint e = 0; e < net->m; e++) {
		const struct tie *tie = &net->model->ties[net->tie[e]];
		bool began = date_compare(date_first_day(tie->since), before) > 0;
		bool over = date_is_set(tie->until) &&
			    date_compare(date_last_day(tie->until), before) < 0;
		bool unknown = tie->ended && !date_is_set(tie->until);
		found.dated = found.dated || date_is_set(tie->since) || date_is_set(tie->until);
		if (over || unknown || date_compare(date_first_day(tie->since), today) > 0)
			continue;
		if (began)
			found.began += !tie->ended;
		else if (tie->ended)
			found.ended++;
		else
			found.kept++;
	}
	return found;
}

MEASURE(ties_began)
{
	(void)measure, (void)error;
	struct turnover found = turnover_of(study->net);
	*out = found.dated ? found.began : NAN;
	return true;
}

MEASURE(ties_ended)
{
	(void)measure, (void)error;
	struct turnover found = turnover_of(study->net);
	*out = found.dated ? found.ended : NAN;
	return true;
}

MEASURE(continuity)
{
	(void)measure, (void)error;
	struct turnover found = turnover_of(study->net);
	double all = found.began + found.kept + found.ended;
	*out = found.dated && all > 0 ? found.kept / all : NAN;
	return true;
}
