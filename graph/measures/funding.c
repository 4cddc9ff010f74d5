/*
 * On whom money hangs: how many fund a member and whom it funds, who has one giver
 * alone, and how far few give to all.
 */
#include "graph/funding.h"
#include "graph/measures/families.h"
#include "graph/work.h"

#include <math.h>

const struct funding *study_funding(struct study *study)
{
	if (!study->funding)
		study->funding = funding_new(study->net);
	return study->funding;
}

MEASURE(funders)
{
	(void)measure, (void)error;
	const struct funding *funding = study_funding(study);
	for (guint v = 0; v < study->net->n; v++)
		out[v] = funding->givers[v];
	return true;
}

MEASURE(funded)
{
	(void)measure, (void)error;
	const struct funding *funding = study_funding(study);
	for (guint v = 0; v < study->net->n; v++)
		out[v] = funding->receivers[v];
	return true;
}

MEASURE(funded_alone)
{
	(void)measure, (void)error;
	const struct funding *funding = study_funding(study);
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
	(void)measure, (void)error;
	funding_concentration(study_funding(study), out);
	return true;
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
	(void)measure, (void)error;
	*out = study_funding(study)->links->len;
	return true;
}

MEASURE(funded_members)
{
	(void)measure, (void)error;
	*out = count_funded(study_funding(study), false);
	return true;
}

MEASURE(one_funder)
{
	(void)measure, (void)error;
	guint all = count_funded(study_funding(study), false);
	*out = all > 0 ? (double)count_funded(study_funding(study), true) / all : NAN;
	return true;
}

MEASURE(funders_hold)
{
	(void)measure, (void)error;
	const struct funding *funding = study_funding(study);
	double links = funding->links->len, squares = 0;
	for (guint v = 0; v < funding->n; v++)
		squares += (double)funding->receivers[v] * funding->receivers[v];
	*out = links > 0 ? squares / (links * links) : NAN;
	return true;
}
