/*
 * On whom money hangs: how many fund a member and whom it funds, who has one giver
 * alone, and how far few give to all.
 */
#include "graph/funding.h"
#include "graph/measures/families.h"
#include "graph/work.h"

#include <math.h>

const struct funding *study_funding(struct study *study, GError **error)
{
	if (study->funding)
		return study->funding;
	study_makes(study);
	return study->funding = funding_new(study->net, study->cancel, error);
}

MEASURE(funders)
{
	(void)measure;
	const struct funding *funding = study_funding(study, error);
	if (!funding)
		return false;
	for (guint v = 0; v < study->net->n; v++)
		out[v] = funding->givers[v];
	return true;
}

MEASURE(funded)
{
	(void)measure;
	const struct funding *funding = study_funding(study, error);
	if (!funding)
		return false;
	for (guint v = 0; v < study->net->n; v++)
		out[v] = funding->receivers[v];
	return true;
}

MEASURE(funded_alone)
{
	(void)measure;
	const struct funding *funding = study_funding(study, error);
	if (!funding)
		return false;
	for (guint v = 0; v < study->net->n; v++)
		out[v] = 0;
	for (guint i = 0; i < funding->links->len; i++) {
		const struct funding_link *link = funding->links->pdata[i];
		out[link->from] += funding->givers[link->to] == 1;
	}
	return true;
}

MEASURE(funding_hold)
{
	(void)measure;
	const struct funding *funding = study_funding(study, error);
	if (funding)
		funding_concentration(funding, out);
	return funding != NULL;
}

static guint count_funded(const struct funding *funding, bool by_one)
{
	guint count = 0;
	for (guint v = 0; v < funding->n; v++)
		count += by_one ? funding->givers[v] == 1 : funding->givers[v] > 0;
	return count;
}

MEASURE(funding_links)
{
	(void)measure;
	const struct funding *funding = study_funding(study, error);
	if (funding)
		*out = funding->links->len;
	return funding != NULL;
}

MEASURE(funded_members)
{
	(void)measure;
	const struct funding *funding = study_funding(study, error);
	if (funding)
		*out = count_funded(funding, false);
	return funding != NULL;
}

MEASURE(one_funder)
{
	(void)measure;
	const struct funding *funding = study_funding(study, error);
	if (!funding)
		return false;
	guint all = count_funded(funding, false);
	*out = all > 0 ? (double)count_funded(funding, true) / all : NAN;
	return true;
}

MEASURE(funders_hold)
{
	(void)measure;
	const struct funding *funding = study_funding(study, error);
	if (!funding)
		return false;
	double links = funding->links->len, squares = 0;
	for (guint v = 0; v < funding->n; v++)
		squares += (double)funding->receivers[v] * funding->receivers[v];
	*out = links > 0 ? squares / (links * links) : NAN;
	return true;
}
