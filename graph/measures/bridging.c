/*
 * What single ties are worth to the whole (Valente & Fujimoto 2010): how much
 * nearness the network would lose with each.
 */
#include "graph/measures/families.h"
#include "graph/work.h"

#include <math.h>

MEASURE(tie_bridging)
{
	(void)measure;
	const struct losses *losses = study_losses(study, error);
	if (!losses)
		return false;
	for (guint e = 0; e < study->net->m; e++)
		out[e] = losses->of ? losses->of[e] : NAN;
	return true;
}

MEASURE(bridging)
{
	(void)measure;
	const struct net *net = study->net;
	const struct losses *losses = study_losses(study, error);
	if (!losses)
		return false;
	for (guint v = 0; v < net->n; v++) {
		double sum = 0;
		for (guint i = net->start[v]; losses->of && i < net->start[v + 1]; i++)
			sum += losses->of[net->edge[i]];
		out[v] = losses->of && net_degree(net, v) > 0 ? sum / net_degree(net, v) : NAN;
	}
	return true;
}
