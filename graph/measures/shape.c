/*
 * The shape of the whole: a core with a periphery, hubs, the stage of its growth,
 * and whether the circles are those of the groups.
 */
#include "graph/measures/families.h"
#include "graph/work.h"

#include <math.h>
#include <string.h>

/*
 * Cores of Borgatti & Everett (2000): ties inside the core all there, inside the
 * periphery none, between them whatever there is.  A core of k makes k(k-1)/2 + m
 * - (sum of its degrees) errors (Lip 2011), so that the best connected are the best
 * core, as far as the next one's degree exceeds their number.  Where equal
 * degrees leave a choice among `equals` who take the `last` places, every choice
 * makes as many errors and the mean over them is taken.
 */
struct core {
	guint size;
	guint degree; /* those above it are in */
	guint equals, last;
};

static int by_degree(gconstpointer a, gconstpointer b)
{
	guint x = *(const guint *)a, y = *(const guint *)b;
	return x > y ? -1 : x < y;
}

/* Falling; caller frees. */
static guint *degrees_sorted(const struct net *net)
{
	guint *degrees = g_new0(guint, net->n + 1);
	for (guint v = 0; v < net->n; v++)
		degrees[v] = net_degree(net, v);
	qsort(degrees, net->n, sizeof *degrees, by_degree);
	return degrees;
}

static struct core find_core(const struct net *net)
{
	g_autofree guint *degrees = degrees_sorted(net);
	struct core core = { 0 };
	while (core.size < net->n && degrees[core.size] > core.size)
		core.size++;
	if (core.size == 0)
		return core;
	core.degree = degrees[core.size - 1];
	for (guint i = 0; i < net->n; i++) {
		core.equals += degrees[i] == core.degree;
		core.last += i < core.size && degrees[i] == core.degree;
	}
	return core;
}

MEASURE(core_size)
{
	(void)measure, (void)error;
	*out = study->net->n > 0 ? (double)find_core(study->net).size / study->net->n : NAN;
	return true;
}

static double pairs_among(double size)
{
	return size * (size - 1) / 2;
}

/* Ties inside the core and outside it, each the mean over the choices that there are. */
static void count_ties(const struct net *net, const struct core *core, double *inside,
		       double *outside)
{
	double share = core->last / (double)core->equals;
	double both = pairs_among(core->last) / MAX(pairs_among(core->equals), 1);
	double none = pairs_among(core->equals - core->last) / MAX(pairs_among(core->equals), 1);
	*inside = *outside = 0;
	for (guint e = 0; e < net->m; e++) {
		guint a = net_degree(net, net->from[e]), b = net_degree(net, net->to[e]);
		guint low = MIN(a, b), high = MAX(a, b);
		if (low > core->degree)
			*inside += 1;
		else if (high < core->degree)
			*outside += 1;
		else if (low == core->degree)
			*inside += high > low ? share : both;
		if (high == core->degree)
			*outside += low < high ? 1 - share : none;
	}
}

/* Correlation of what is with what would be, over pairs inside the core or outside it. */
MEASURE(core_fit)
{
	(void)measure, (void)error;
	const struct net *net = study->net;
	struct core core = find_core(net);
	*out = NAN;
	if (core.size == 0)
		return true;
	double wanted = pairs_among(core.size), apart = pairs_among((double)net->n - core.size);
	double inside, outside;
	count_ties(net, &core, &inside, &outside);
	double ties = inside + outside, all = wanted + apart;
	double spread = sqrt(wanted * apart * ties * (all - ties));
	if (spread > 0)
		*out = (inside * (apart - outside) - (wanted - inside) * outside) / spread;
	return true;
}

/*
 * Of each part of the net, the members of the largest piece that is left of it when those with
 * more partners than `least` leave.
 */
static guint *left_without(const struct net *net, const struct components *parts, guint least)
{
	g_autofree bool *seen = g_new(bool, net->n + 1);
	g_autofree guint *queue = g_new(guint, net->n + 1);
	guint *left = g_new0(guint, parts->n + 1);
	for (guint v = 0; v < net->n; v++)
		seen[v] = net_degree(net, v) > least;
	for (guint s = 0; s < net->n; s++) {
		guint head = 0, tail = 0;
		if (seen[s])
			continue;
		seen[s] = true;
		queue[tail++] = s;
		while (head < tail) {
			guint v = queue[head++];
			for (guint i = net->start[v]; i < net->start[v + 1]; i++) {
				guint w = net->neighbour[i];
				if (seen[w])
					continue;
				seen[w] = true;
				queue[tail++] = w;
			}
		}
		left[parts->of[s]] = MAX(left[parts->of[s]], tail);
	}
	return left;
}

/*
 * What holds of the main network without its `hubs` best connected; equals stay together.  Where
 * several parts are the largest, the one that keeps least.
 */
static double held_without(struct study *study, guint hubs, GError **error)
{
	const struct net *net = study->net;
	const struct components *parts = study_components(study, error);
	if (net->m == 0 || !parts)
		return NAN;
	g_autofree guint *degrees = g_new(guint, net->n);
	guint n = 0;
	for (guint v = 0; v < net->n; v++)
		if (parts->of[v] < parts->equal)
			degrees[n++] = net_degree(net, v);
	if (hubs >= n)
		return NAN;
	qsort(degrees, n, sizeof *degrees, by_degree);
	g_autofree guint *left = left_without(net, parts, degrees[hubs]);
	guint least = left[0];
	for (guint p = 1; p < parts->equal; p++)
		least = MIN(least, left[p]);
	return (double)least / parts->sizes[0];
}

MEASURE(without_hub)
{
	(void)measure;
	*out = held_without(study, 1, error);
	return true;
}

static guint twentieth(guint n)
{
	return MAX(2, (n + 19) / 20);
}

MEASURE(without_hubs)
{
	(void)measure;
	*out = held_without(study, twentieth(study->net->n), error);
	return true;
}

MEASURE(stage)
{
	double main_share, hub, hubs, core;
	*out = NAN;
	if (study->net->n < 3)
		return true;
	if (!measure_main_component(study, measure, &main_share, error) ||
	    !measure_without_hub(study, measure, &hub, error) ||
	    !measure_without_hubs(study, measure, &hubs, error) ||
	    !measure_max_coreness(study, measure, &core, error))
		return false;
	if (study->net->m == 0 || main_share < .5)
		*out = 1;
	else if (hub < .5)
		*out = 2;
	else
		*out = hubs >= .5 && core >= 3 ? 4 : 3;
	return true;
}

static int by_key(gconstpointer a, gconstpointer b)
{
	guint64 x = *(const guint64 *)a, y = *(const guint64 *)b;
	return x < y ? -1 : x > y;
}

/* Entropy of the runs of equal keys, in nats; sorts. */
static double entropy(guint64 *keys, guint n)
{
	double sum = 0;
	qsort(keys, n, sizeof *keys, by_key);
	for (guint i = 0, end; i < n; i = end) {
		for (end = i; end < n && keys[end] == keys[i]; end++)
			;
		double share = (double)(end - i) / n;
		sum -= share * log(share);
	}
	return sum;
}

/* Danon et al. 2005; members without partners are in no circle. */
MEASURE(agreement)
{
	const struct net *net = study->net;
	const int *group = study->partitions[measure->by]->group;
	const guint *circle = study_community(study, error);
	if (!circle)
		return false;
	g_autofree guint64 *keys = g_new(guint64, 3 * (gsize)net->n + 1);
	guint64 *circles = keys + net->n, *groups = circles + net->n;
	guint n = 0;
	for (guint v = 0; v < net->n; v++) {
		if (group[v] < 0 || net_degree(net, v) == 0)
			continue;
		circles[n] = circle[v];
		groups[n] = (guint64)group[v];
		keys[n] = circles[n] << 32 | groups[n];
		n++;
	}
	double joint = entropy(keys, n), a = entropy(circles, n), b = entropy(groups, n);
	*out = a + b > 0 ? MAX(0, 2 * (a + b - joint) / (a + b)) : NAN;
	return true;
}
