/*
 * G6: circles of the main network (communities, Leiden) that hardly touch: far
 * fewer ties between them than their members' ties would give, and long ways from
 * one to the other.  With the tie that shortens most ways, and who stands between
 * them now.
 *
 * Severity: .8 x gap_weight(members of the smaller circle) x the share of expected
 * ties that is missing.
 */
#include "base/cancel.h"
#include "graph/gaps/common.h"
#include "graph/kernel/steps.h"

#include <glib/gi18n.h>
#include <string.h>

#define LEAST	 5   /* members of a circle */
#define EXPECTED 1.5 /* ties that the circles' degrees give, at least */
#define FEW	 .34 /* of them exist, at most */
#define FAR	 3.0 /* mean distance, at least */
#define MOST	 15  /* findings */
#define EACH	 2   /* of any circle */
#define LOOKED	 60  /* pairs of circles that are walked */
#define GAIN	 .3  /* of the mean way by the best tie, at least: else they touch at their hubs */
#define SOURCES	 40  /* of a circle, for distances; and ends that are tried, see TRIED */
#define TRIED	 6
#define BROKERS	 3

struct hole {
	guint a, b; /* circles, a the smaller, of equals that whose hub comes first */
	guint ties;
	double expected;
	guint first, second; /* the hubs, ascending: circles have no order of their own */
};

struct circles {
	struct study *study;
	guint n;
	const guint *of; /* vertex -> circle */
	GArray **members;
	double *degree; /* sum over members */
};

static int by_missing(gconstpointer x, gconstpointer y)
{
	const struct hole *p = x, *q = y;
	double a = p->expected - p->ties, b = q->expected - q->ties;
	if (a != b)
		return a > b ? -1 : 1;
	if (p->first != q->first)
		return p->first < q->first ? -1 : 1;
	return p->second < q->second ? -1 : p->second > q->second;
}

static void circles_init(struct circles *circles, struct study *study)
{
	const struct net *net = study->net;
	circles->study = study;
	circles->of = study->community;
	circles->n = 0;
	for (guint v = 0; v < net->n; v++)
		circles->n = MAX(circles->n, circles->of[v] + 1);
	circles->members = g_new0(GArray *, circles->n + 1);
	circles->degree = g_new0(double, circles->n + 1);
	for (guint c = 0; c < circles->n; c++)
		circles->members[c] = g_array_new(FALSE, FALSE, sizeof(guint));
	for (guint v = 0; v < net->n; v++) {
		g_array_append_val(circles->members[circles->of[v]], v);
		circles->degree[circles->of[v]] += net_degree(net, v);
	}
}

static void circles_release(struct circles *circles)
{
	for (guint c = 0; c < circles->n; c++)
		g_array_unref(circles->members[c]);
	g_free(circles->members);
	g_free(circles->degree);
}

/* Of a part as large as the main network as well, which then is one of several. */
static bool is_large(const struct circles *circles, guint c)
{
	const struct components *components = circles->study->components;
	const GArray *members = circles->members[c];
	return members->len >= LEAST &&
	       components->of[g_array_index(members, guint, 0)] < components->equal;
}

/* Whether a chain leads from one to the other. */
static bool are_joined(const struct circles *circles, guint a, guint b)
{
	const guint *of = circles->study->components->of;
	return of[g_array_index(circles->members[a], guint, 0)] ==
	       of[g_array_index(circles->members[b], guint, 0)];
}

/* Ties between two circles, by walking over those of the smaller. */
static guint ties_between(const struct circles *circles, guint a, guint b)
{
	const struct net *net = circles->study->net;
	guint ties = 0;
	for (guint i = 0; i < circles->members[a]->len; i++) {
		guint v = g_array_index(circles->members[a], guint, i);
		for (guint k = net->start[v]; k < net->start[v + 1]; k++)
			ties += circles->of[net->neighbour[k]] == b;
	}
	return ties;
}

static GArray *find_holes(const struct circles *circles)
{
	GArray *holes = g_array_new(FALSE, FALSE, sizeof(struct hole));
	const guint *hub = circles->study->hub;
	double m = circles->study->net->m;
	for (guint a = 0; a < circles->n; a++)
		for (guint b = a + 1; b < circles->n && is_large(circles, a); b++) {
			struct hole hole = { a,
					     b,
					     0,
					     circles->degree[a] * circles->degree[b] / (2 * m),
					     MIN(hub[a], hub[b]),
					     MAX(hub[a], hub[b]) };
			guint p = circles->members[a]->len, q = circles->members[b]->len;
			if (hole.expected < EXPECTED || !is_large(circles, b) ||
			    !are_joined(circles, a, b))
				continue;
			if (q < p || (q == p && hub[b] < hub[a])) {
				hole.a = b;
				hole.b = a;
			}
			hole.ties = ties_between(circles, hole.a, hole.b);
			if (hole.ties <= FEW * hole.expected)
				g_array_append_val(holes, hole);
		}
	g_array_sort(holes, by_missing);
	return holes;
}

/* The members of a circle with most partners, as ends of a new tie. */
static guint best_ends(const struct circles *circles, guint c, guint ends[TRIED])
{
	const struct net *net = circles->study->net;
	guint n = 0;
	for (guint i = 0; i < circles->members[c]->len; i++) {
		guint v = g_array_index(circles->members[c], guint, i), at = n;
		while (at > 0 && net_degree(net, ends[at - 1]) < net_degree(net, v))
			at--;
		if (at == TRIED)
			continue;
		n = MIN(n + 1, TRIED);
		for (guint k = n - 1; k > at; k--)
			ends[k] = ends[k - 1];
		ends[at] = v;
	}
	return n;
}

/*
 * How far it is between two circles: from members of the first, some of them (rows), and
 * from the ends that are tried to the second one's members and to the rows.
 */
struct ways {
	guint rows, others; /* others: members of the second circle */
	guint ends[2][TRIED], n_ends[2];
	guint *steps; /* rows, ends of the first, ends of the second; each to others, then rows */
	double mean;  /* from rows to others */
};

/* From the source of this number. */
static const guint *ways_from(const struct ways *ways, guint source)
{
	return ways->steps + (gsize)source * (ways->others + ways->rows);
}

static void ways_init(struct ways *ways, const struct circles *circles, const struct hole *hole)
{
	const struct net *net = circles->study->net;
	const struct csr csr = { net->n, net->start, net->neighbour };
	const GArray *from = circles->members[hole->a], *to = circles->members[hole->b];
	guint sources[STEPS_SOURCES] = { 0 }, n;
	guint64 sum = 0;
	G_STATIC_ASSERT(SOURCES + 2 * TRIED <= STEPS_SOURCES);
	ways->others = to->len;
	ways->rows = n = MIN(from->len, SOURCES);
	g_autofree guint *places = g_new(guint, (gsize)to->len + n);
	memcpy(places, to->data, to->len * sizeof *places);
	for (guint r = 0; r < n; r++)
		sources[r] = g_array_index(from, guint, (gsize)r * from->len / n);
	memcpy(places + to->len, sources, n * sizeof *places);
	for (guint s = 0; s < 2; s++) {
		ways->n_ends[s] = best_ends(circles, s == 0 ? hole->a : hole->b, ways->ends[s]);
		memcpy(sources + n, ways->ends[s], ways->n_ends[s] * sizeof *sources);
		n += ways->n_ends[s];
	}
	ways->steps = g_new(guint, (gsize)n * (to->len + ways->rows));
	steps_between(&csr, sources, n, places, to->len + ways->rows, ways->steps);
	for (guint r = 0; r < ways->rows; r++)
		for (guint i = 0; i < to->len; i++)
			sum += ways_from(ways, r)[i];
	ways->mean = (double)sum / (ways->rows * (double)to->len);
}

/* The mean way between the circles with a tie between two of the ends. */
static double mean_with(const struct ways *ways, guint a, guint b)
{
	const guint *from_a = ways_from(ways, ways->rows + a) + ways->others;
	const guint *from_b = ways_from(ways, ways->rows + ways->n_ends[0] + b);
	guint64 sum = 0;
	for (guint r = 0; r < ways->rows; r++) {
		const guint *row = ways_from(ways, r);
		guint first = from_a[r] + 1;
		for (guint i = 0; i < ways->others; i++)
			sum += MIN(row[i], first + from_b[i]);
	}
	return (double)sum / (ways->rows * (double)ways->others);
}

struct bridge {
	guint a, b;
	double mean; /* the way between the circles with it */
};

static struct bridge best_bridge(const struct net *net, const struct ways *ways)
{
	struct bridge best = { 0, 0, ways->mean };
	for (guint i = 0; i < ways->n_ends[0]; i++)
		for (guint k = 0; k < ways->n_ends[1]; k++) {
			guint a = ways->ends[0][i], b = ways->ends[1][k];
			double mean = mean_with(ways, i, k);
			if (mean < best.mean && !net_has_edge(net, a, b))
				best = (struct bridge){ a, b, mean };
		}
	return best;
}

static void offer_bridge(const struct circles *circles, const struct hole *hole,
			 const struct ways *ways, const struct bridge *bridge, struct gap *gap)
{
	const struct net *net = circles->study->net;
	offer_pair(circles->study, gap, bridge->a, (int)bridge->b,
		   g_strdup_printf(_("the one tie that shortens most: from %.1f to %.1f steps"),
				   ways->mean, bridge->mean));
	gap_evidence(gap, _("One tie, between %s and %s, would make it %.1f steps"),
		     vertex_name(net, bridge->a), vertex_name(net, bridge->b), bridge->mean);
	/* Those who share most, beside those who stand best. */
	offer_between(circles->study, gap, circles->members[hole->a], circles->members[hole->b], 2);
}

struct broker {
	guint v, least, sum; /* partners in the circle where it has fewer, in both */
};

static int by_reach(gconstpointer a, gconstpointer b)
{
	const struct broker *x = a, *y = b;
	if (x->least != y->least)
		return x->least > y->least ? -1 : 1;
	if (x->sum != y->sum)
		return x->sum > y->sum ? -1 : 1;
	return x->v < y->v ? -1 : x->v > y->v;
}

/* Who has partners in both, those with most in the circle where they have fewer first. */
static void add_brokers(const struct circles *circles, const struct hole *hole, struct gap *gap)
{
	const struct net *net = circles->study->net;
	g_autoptr(GArray) brokers = g_array_new(FALSE, FALSE, sizeof(struct broker));
	g_autoptr(GPtrArray) names = g_ptr_array_new();
	for (guint v = 0; v < net->n; v++) {
		guint in[2] = { 0, 0 };
		for (guint k = net->start[v]; k < net->start[v + 1]; k++) {
			in[0] += circles->of[net->neighbour[k]] == hole->a;
			in[1] += circles->of[net->neighbour[k]] == hole->b;
		}
		struct broker broker = { v, MIN(in[0], in[1]), in[0] + in[1] };
		if (broker.least > 0)
			g_array_append_val(brokers, broker);
	}
	g_array_sort(brokers, by_reach);
	for (guint i = 0; i < brokers->len; i++)
		g_ptr_array_add(names, (void *)vertex_name(
					       net, g_array_index(brokers, struct broker, i).v));
	if (names->len == 0) {
		gap_evidence(gap, "%s", _("Nobody stands between them now"));
		return;
	}
	g_autofree char *list = join_names(names, BROKERS);
	gap_evidence(gap,
		     ngettext("%u member has partners in both: %s",
			      "%u members have partners in both: %s", names->len),
		     names->len, list);
}

static char *hole_id(const struct circles *circles, const struct hole *hole)
{
	const struct study *study = circles->study;
	const char *a = net_institution(study->net, study->hub[hole->a])->base.id;
	const char *b = net_institution(study->net, study->hub[hole->b])->base.id;
	return strcmp(a, b) < 0 ? g_strdup_printf("G6:%s:%s", a, b)
				: g_strdup_printf("G6:%s:%s", b, a);
}

static void report(const struct circles *circles, const struct gap_kind *kind,
		   const struct hole *hole, const struct ways *ways, const struct bridge *bridge,
		   GPtrArray *out)
{
	struct study *study = circles->study;
	const struct net *net = study->net;
	guint a = study->hub[hole->a], b = study->hub[hole->b];
	const GArray *first = circles->members[hole->a], *second = circles->members[hole->b];
	struct gap *gap = gap_new(kind, hole_id(circles, hole),
				  .8 * gap_weight(first->len) * (1 - hole->ties / hole->expected),
				  g_strdup_printf(_("The circles around %s and %s hardly touch"),
						  vertex_name(net, a), vertex_name(net, b)));
	gap->reason = g_strdup(_("Each circle works within itself. What one learns reaches the "
				 "other late or never, and whoever joins the two has something "
				 "to bring to both."));
	gap->advice = g_strdup(_("Propose the first tie below, or ask one of those who stand "
				 "between them to bring both to one table."));
	gap_evidence(gap, _("%u members around %s, %u around %s"), first->len, vertex_name(net, a),
		     second->len, vertex_name(net, b));
	gap_evidence(gap,
		     ngettext("%u tie between them; their ties in all would give %.1f",
			      "%u ties between them; their ties in all would give %.1f",
			      hole->ties),
		     hole->ties, hole->expected);
	gap_evidence(gap, _("From one to the other it is %.1f steps on average"), ways->mean);
	offer_bridge(circles, hole, ways, bridge, gap);
	add_brokers(circles, hole, gap);
	gap_names(gap, net->institution[a]);
	gap_names(gap, net->institution[b]);
	name_candidates(gap);
	g_ptr_array_add(out, gap);
}

bool gap_holes(struct study *study, const struct gap_kind *kind, GPtrArray *out, GError **error)
{
	struct circles circles;
	if (study->net->m == 0)
		return true;
	if (!study_components(study, error) || !study_hubs(study, error))
		return false;
	circles_init(&circles, study);
	g_autoptr(GArray) holes = find_holes(&circles);
	bool going = true;
	g_autofree guint *used = g_new0(guint, circles.n + 1);
	for (guint i = 0, made = 0; going && i < holes->len; i++) {
		const struct hole *hole = &g_array_index(holes, struct hole, i);
		bool full = i >= LOOKED || made >= MOST || used[hole->a] >= EACH ||
			    used[hole->b] >= EACH;
		g_autofree char *id = hole_id(&circles, hole);
		if (full && !stays_listed(study, id)) {
			leave_unlisted(study, g_steal_pointer(&id));
			continue;
		}
		struct ways ways;
		ways_init(&ways, &circles, hole);
		struct bridge bridge = { 0 };
		if (ways.mean >= FAR)
			bridge = best_bridge(study->net, &ways);
		if (ways.mean >= FAR && bridge.mean <= ways.mean - GAIN) {
			report(&circles, kind, hole, &ways, &bridge, out);
			made++;
			used[hole->a]++;
			used[hole->b]++;
		}
		g_free(ways.steps);
		going = !cancel_asked(study->cancel, error);
	}
	circles_release(&circles);
	return going;
}
