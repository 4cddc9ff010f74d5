/*
 * What two networks have in common and what only one of them has.  What their
 * measures and gaps say of it is the scorecard's, as for what-ifs.
 */
#include "graph/compare.h"

#include "graph/work.h"

#include <math.h>

static void sort_out(const struct net *net, const struct net *other, GArray *alone, GArray *both,
		     GArray *members)
{
	g_autofree int *there = net_vertices_in(net, other);
	for (guint v = 0; v < net->n; v++)
		if (there[v] < 0)
			g_array_append_val(members, v);
	for (guint e = 0; e < net->m; e++) {
		int a = there[net->from[e]], b = there[net->to[e]];
		bool shared = a >= 0 && b >= 0 && net_has_edge(other, (guint)a, (guint)b);
		GArray *to = shared ? both : alone;
		if (to)
			g_array_append_val(to, e);
	}
}

struct comparison *comparison_new(struct study *before, struct study *after)
{
	struct comparison *found = g_new0(struct comparison, 1);
	GArray **lists[] = { &found->fresh, &found->kept, &found->lost, &found->joined,
			     &found->left };
	for (guint i = 0; i < G_N_ELEMENTS(lists); i++)
		*lists[i] = g_array_new(FALSE, FALSE, sizeof(guint));
	sort_out(after->net, before->net, found->fresh, found->kept, found->joined);
	sort_out(before->net, after->net, found->lost, NULL, found->left);
	guint all = found->fresh->len + found->kept->len + found->lost->len;
	found->jaccard = all > 0 ? (double)found->kept->len / all : (double)NAN;
	found->card = scorecard_new(before, after);
	return found;
}

void comparison_free(struct comparison *comparison)
{
	if (!comparison)
		return;
	g_array_unref(comparison->fresh);
	g_array_unref(comparison->kept);
	g_array_unref(comparison->lost);
	g_array_unref(comparison->joined);
	g_array_unref(comparison->left);
	scorecard_unref(comparison->card);
	g_free(comparison);
}
