/*
 * How big the network is, how dense, and how far what is known about it can be
 * trusted.
 */
#include "graph/measures/families.h"
#include "graph/work.h"

#include <math.h>

MEASURE(members)
{
	(void)measure, (void)error;
	*out = study->net->n;
	return true;
}

MEASURE(ties)
{
	(void)measure, (void)error;
	*out = study->net->m;
	return true;
}

MEASURE(isolates)
{
	(void)measure, (void)error;
	*out = 0;
	for (guint v = 0; v < study->net->n; v++)
		*out += net_degree(study->net, v) == 0;
	return true;
}

MEASURE(density)
{
	(void)measure, (void)error;
	double n = study->net->n;
	*out = n > 1 ? study->net->m / (n * (n - 1) / 2) : NAN;
	return true;
}

MEASURE(mean_degree)
{
	(void)measure, (void)error;
	*out = study->net->n > 0 ? 2.0 * study->net->m / study->net->n : NAN;
	return true;
}

static bool is_fresh(const struct net *net, guint v)
{
	return !model_is_stale(net->model, net_verified(net, v));
}

MEASURE(fresh)
{
	(void)measure, (void)error;
	const struct net *net = study->net;
	double fresh = 0;
	for (guint v = 0; v < net->n; v++)
		fresh += is_fresh(net, v);
	*out = net->n > 0 ? fresh / net->n : NAN;
	return true;
}

static guint count_state(const struct net *net, enum tie_state state)
{
	guint count = 0;
	for (guint e = 0; e < net->m; e++)
		count += net->model->ties[net->tie[e]].state == state;
	return count;
}

MEASURE(confirmed)
{
	(void)measure, (void)error;
	const struct net *net = study->net;
	*out = net->m > 0 ? (double)count_state(net, TIE_CONFIRMED) / net->m : NAN;
	return true;
}

/* Where only one side could have spoken, what both say would be a choice of the confirmed. */
MEASURE(reciprocity)
{
	(void)measure, (void)error;
	const struct net *net = study->net;
	double answerable = 0, confirmed = 0;
	for (guint e = 0; e < net->m; e++) {
		if (!is_fresh(net, net->from[e]) || !is_fresh(net, net->to[e]))
			continue;
		answerable++;
		confirmed += net->model->ties[net->tie[e]].state == TIE_CONFIRMED;
	}
	*out = answerable > 0 ? confirmed / answerable : NAN;
	return true;
}

/* Cells of territory x sector with somebody in them; territories without any member left out. */
MEASURE(coverage)
{
	(void)measure, (void)error;
	const struct net *net = study->net;
	const struct partition *rows = study->partitions[BY_TERRITORY];
	const struct partition *cols = study->partitions[BY_SECTOR];
	gsize cells = (gsize)rows->n_groups * cols->n_groups;
	g_autofree bool *filled = g_new0(bool, cells + 1);
	g_autofree bool *peopled = g_new0(bool, rows->n_groups + 1);
	g_autoptr(GArray) in = g_array_new(FALSE, FALSE, sizeof(guint));
	for (guint v = 0; v < net->n; v++) {
		net_territories(net, rows, v, in);
		for (guint i = 0; i < in->len; i++) {
			guint row = g_array_index(in, guint, i);
			peopled[row] = true;
			if (cols->group[v] >= 0)
				filled[row * cols->n_groups + (guint)cols->group[v]] = true;
		}
	}
	double sum = 0, territories = 0;
	for (gsize i = 0; i < cells; i++)
		sum += filled[i];
	for (guint i = 0; i < rows->n_groups; i++)
		territories += peopled[i];
	double possible = territories * cols->n_groups;
	*out = possible > 0 ? sum / possible : NAN;
	return true;
}
