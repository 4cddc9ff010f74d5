/*
 * Circles as groups: the communities that a study finds (work.c), numbered and named, so
 * that they can be measured like the groups that members state.  That they hardly touch
 * is a gap of its own (gaps/g6_holes.c).
 */
#include "graph/gaps/common.h"
#include "graph/measures/families.h"

#include <glib/gi18n.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define NOT_YET G_MAXUINT

struct circle {
	guint size, first;
	GArray *members; /* guint vertices; NULL: of somebody without partners */
};

static int by_size(gconstpointer a, gconstpointer b)
{
	const struct circle *x = a, *y = b;
	if (x->size != y->size)
		return x->size > y->size ? -1 : 1;
	return x->first < y->first ? -1 : x->first > y->first;
}

static void circles_gather(struct circle *circles, const struct net *net, const guint *of)
{
	for (guint v = 0; v < net->n; v++) {
		struct circle *circle = &circles[of[v]];
		if (net_degree(net, v) == 0)
			continue;
		if (!circle->members) {
			circle->members = g_array_new(FALSE, FALSE, sizeof(guint));
			circle->first = v;
		}
		circle->size++;
		g_array_append_val(circle->members, v);
	}
}

static void circle_take(struct partition *partition, const struct net *net, guint g,
			const GArray *members)
{
	g_autofree char *hubs = name_hubs(net, members);
	partition->ids[g] = g_strdup_printf("%u", g + 1);
	/* TRANSLATORS: a circle of members, its number and whom it is around */
	partition->labels[g] = g_strdup_printf(_("%u, around %s"), g + 1, hubs);
	partition->sizes[g] = members->len;
	for (guint i = 0; i < members->len; i++)
		partition->group[g_array_index(members, guint, i)] = (int)g;
}

const struct partition *study_circles(struct study *study, GError **error)
{
	const struct net *net = study->net;
	const guint *of = study_community(study, error);
	if (study->partitions[BY_CIRCLE] || !of)
		return of ? study->partitions[BY_CIRCLE] : NULL;
	study_makes(study);
	struct partition *partition = g_new0(struct partition, 1);
	struct circle *circles = g_new0(struct circle, MAX(net->n, 1));
	circles_gather(circles, net, of);
	qsort(circles, net->n, sizeof *circles, by_size);
	while (partition->n_groups < net->n && circles[partition->n_groups].size > 0)
		partition->n_groups++;
	partition->by = BY_CIRCLE;
	partition->group = g_new(int, MAX(net->n, 1));
	partition->ids = g_new0(char *, partition->n_groups + 1);
	partition->labels = g_new0(char *, partition->n_groups + 1);
	partition->sizes = g_new0(guint, partition->n_groups + 1);
	for (guint v = 0; v < net->n; v++)
		partition->group[v] = -1;
	for (guint g = 0; g < partition->n_groups; g++) {
		circle_take(partition, net, g, circles[g].members);
		g_array_unref(circles[g].members);
	}
	g_free(circles);
	return study->partitions[BY_CIRCLE] = partition;
}

static bool all_named(const struct net *net, const guint *of, const guint *hub)
{
	bool all = true;
	for (guint v = 0; v < net->n && all; v++)
		all = hub[of[v]] != NOT_YET;
	return all;
}

const guint *study_hubs(struct study *study, GError **error)
{
	const struct net *net = study->net;
	const guint *of = study_community(study, error);
	guint circles = 0;
	if (!of || (study->hub && all_named(net, of, study->hub)))
		return of ? study->hub : NULL;
	study_makes(study);
	for (guint v = 0; v < net->n; v++)
		circles = MAX(circles, of[v] + 1);
	if (!study->hub) {
		study->hub = work_alloc(circles + 1, sizeof *study->hub);
		memset(study->hub, 0xff, (circles + 1) * sizeof *study->hub);
	}
	g_autofree bool *named = g_new(bool, circles + 1);
	for (guint c = 0; c < circles; c++)
		named[c] = study->hub[c] != NOT_YET;
	for (guint v = 0; v < net->n; v++) {
		guint *hub = &study->hub[of[v]];
		if (!named[of[v]] &&
		    (*hub == NOT_YET || net_degree(net, v) > net_degree(net, *hub)))
			*hub = v;
	}
	return study->hub;
}

MEASURE(circle)
{
	(void)measure;
	const struct partition *circles = study_circles(study, error);
	for (guint v = 0; circles && v < study->net->n; v++)
		out[v] = circles->group[v] >= 0 ? circles->group[v] + 1.0 : (double)NAN;
	return circles != NULL;
}
