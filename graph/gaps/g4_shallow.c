/*
 * G4: groups that are tied, but never closely: all ties whose intensity is stated
 * are awareness or cooperation.  Reported where that would be unusual: where so
 * many ties, each as often close as ties are in the whole network, would hardly
 * all be shallow.  Two sectors one finding, a territory one.
 *
 * Severity: gap_weight(members concerned) x .6 x how unusual it is.
 */
#include "graph/gaps/common.h"

#include <glib/gi18n.h>
#include <math.h>

#define LEAST	3  /* ties with an intensity */
#define UNUSUAL .1 /* chance of all being shallow, at most */
#define OFFERS	4
#define DEPTHS	4

struct depth {
	guint of[DEPTHS]; /* ties at each intensity */
};

static int intensity_of(const struct net *net, guint e)
{
	return net->model->ties[net->tie[e]].intensity;
}

static guint depth_stated(const struct depth *depth)
{
	return depth->of[0] + depth->of[1] + depth->of[2] + depth->of[3];
}

static bool depth_is_shallow(const struct depth *depth, double usual)
{
	guint stated = depth_stated(depth);
	return stated >= LEAST && depth->of[2] + depth->of[3] == 0 &&
	       pow(1 - usual, stated) <= UNUSUAL;
}

static void add_depth(const struct depth *depth, double usual, struct gap *gap)
{
	gap_evidence(gap, _("%u ties at awareness, %u at cooperation, none closer"), depth->of[0],
		     depth->of[1]);
	gap_evidence(gap,
		     _("In the whole network %.0f %% of the ties are coordination or integration; "
		       "so many would all be shallow once in %.0f"),
		     100 * usual, 1 / pow(1 - usual, depth_stated(depth)));
}

struct side {
	const int *a, *b; /* group of a vertex */
	int first, second;
};

static bool belongs(const struct net *net, guint e, const struct side *side)
{
	guint u = net->from[e], v = net->to[e];
	return (side->a[u] == side->first && side->b[v] == side->second) ||
	       (side->a[v] == side->first && side->b[u] == side->second);
}

/* The strongest first, then the oldest, those without a date last. */
static int by_growth(gconstpointer a, gconstpointer b, gpointer data)
{
	const struct net *net = data;
	guint x = *(const guint *)a, y = *(const guint *)b;
	struct date p = net->model->ties[net->tie[x]].since;
	struct date q = net->model->ties[net->tie[y]].since;
	if (intensity_of(net, x) != intensity_of(net, y))
		return intensity_of(net, x) > intensity_of(net, y) ? -1 : 1;
	if (date_is_set(p) != date_is_set(q))
		return date_is_set(p) ? -1 : 1;
	int order = date_compare(p, q);
	return order != 0 ? order : x < y ? -1 : x > y;
}

/* The ties that could grow. */
static void offer_ties(struct study *study, const struct side *side, struct gap *gap)
{
	const struct net *net = study->net;
	g_autoptr(GArray) ties = g_array_new(FALSE, FALSE, sizeof(guint));
	for (guint e = 0; e < net->m; e++) {
		if (intensity_of(net, e) < 0 || !belongs(net, e, side))
			continue;
		g_array_append_val(ties, e);
		gap_names(gap, net->institution[net->from[e]]);
		gap_names(gap, net->institution[net->to[e]]);
	}
	g_array_sort_with_data(ties, by_growth, (gpointer)(guintptr)net);
	for (guint i = 0; i < MIN(ties->len, OFFERS); i++) {
		guint e = g_array_index(ties, guint, i);
		char year[DATE_TEXT_SIZE];
		struct date since = net->model->ties[net->tie[e]].since;
		gap_candidate(gap, (int)net->institution[net->from[e]],
			      (int)net->institution[net->to[e]], -1,
			      date_is_set(since)
				      ? g_strdup_printf(_("they have worked together since %s"),
							date_format(since, year))
				      : g_strdup(_("they know each other already")));
	}
}

static struct gap *report(struct study *study, const struct gap_kind *kind, char *id, char *title,
			  const struct depth *depth, double usual, const struct side *side)
{
	struct gap *gap = gap_new(kind, id, 0, title);
	gap->reason = g_strdup(_("They know of each other or help each other now and then; "
				 "nothing is planned or carried together."));
	gap->advice = g_strdup(_("Propose to those who cooperate already that they plan one thing "
				 "together: a course, an event, an application for funds."));
	add_depth(depth, usual, gap);
	offer_ties(study, side, gap);
	gap->severity =
		.6 * gap_weight(gap->institutions->len) * (1 - pow(1 - usual, depth_stated(depth)));
	return gap;
}

static void find_pairs(struct study *study, const struct gap_kind *kind, double usual,
		       GPtrArray *out)
{
	const struct net *net = study->net;
	const struct partition *sectors = study->partitions[BY_SECTOR];
	guint n = sectors->n_groups;
	g_autofree struct depth *depths = g_new0(struct depth, (gsize)n * n + 1);
	for (guint e = 0; e < net->m; e++) {
		int a = sectors->group[net->from[e]], b = sectors->group[net->to[e]];
		if (a < 0 || b < 0 || intensity_of(net, e) < 0)
			continue;
		depths[(guint)MIN(a, b) * n + (guint)MAX(a, b)].of[intensity_of(net, e)]++;
	}
	for (guint a = 0; a < n; a++)
		for (guint b = a + 1; b < n; b++) {
			const struct depth *depth = &depths[a * n + b];
			struct side side = { sectors->group, sectors->group, (int)a, (int)b };
			if (!depth_is_shallow(depth, usual))
				continue;
			g_ptr_array_add(
				out,
				report(study, kind,
				       g_strdup_printf("G4:%s:%s", sectors->ids[a],
						       sectors->ids[b]),
				       g_strdup_printf(_("%s with %s: tied, but never closely"),
						       sectors->labels[a], sectors->labels[b]),
				       depth, usual, &side));
		}
}

static void find_places(struct study *study, const struct gap_kind *kind, double usual,
			GPtrArray *out)
{
	const struct net *net = study->net;
	const struct partition *places = study->partitions[BY_TERRITORY];
	g_autofree struct depth *depths = g_new0(struct depth, places->n_groups + 1);
	for (guint e = 0; e < net->m; e++) {
		int a = places->group[net->from[e]], b = places->group[net->to[e]];
		if (a >= 0 && a == b && intensity_of(net, e) >= 0)
			depths[a].of[intensity_of(net, e)]++;
	}
	for (guint t = 0; t < places->n_groups; t++) {
		struct side side = { places->group, places->group, (int)t, (int)t };
		if (!depth_is_shallow(&depths[t], usual))
			continue;
		g_autofree char *name = territory_name(study, t);
		struct gap *gap =
			report(study, kind, g_strdup_printf("G4:%s", places->ids[t]),
			       g_strdup_printf(
				       _("%s: its members work together, but never closely"), name),
			       &depths[t], usual, &side);
		gap->territory = group_territory(study, t);
		g_ptr_array_add(out, gap);
	}
}

bool gap_shallow(struct study *study, const struct gap_kind *kind, GPtrArray *out, GError **error)
{
	struct depth all = { { 0 } };
	(void)error;
	for (guint e = 0; e < study->net->m; e++)
		if (intensity_of(study->net, e) >= 0)
			all.of[intensity_of(study->net, e)]++;
	if (depth_stated(&all) < LEAST)
		return true;
	double usual = (double)(all.of[2] + all.of[3]) / depth_stated(&all);
	find_pairs(study, kind, usual, out);
	find_places(study, kind, usual, out);
	return true;
}
