/*
 * G6: circles of the main network (communities, Leiden) that hardly touch: far
 * fewer ties between them than their members' ties would give, and long ways from
 * one to the other.  With the tie that shortens most ways, and who stands between
 * them now.
 *
 * Severity: .8 x gap_weight(members of the smaller circle) x the share of expected
 * ties that is missing.
 */
#include "graph/gaps/common.h"
#include "graph/ig.h"

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
#define NOT_YET	 G_MAXUINT

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

static void walk(const struct net *net, guint source, guint *distance, guint *queue)
{
	guint head = 0, tail = 0;
	memset(distance, 0xff, net->n * sizeof *distance);
	distance[source] = 0;
	queue[tail++] = source;
	while (head < tail) {
		guint v = queue[head++];
		for (guint i = net->start[v]; i < net->start[v + 1]; i++) {
			guint w = net->neighbour[i];
			if (distance[w] != NOT_YET)
				continue;
			distance[w] = distance[v] + 1;
			queue[tail++] = w;
		}
	}
}

/* How far the members of a circle (rows, some of them) are from everybody. */
struct ways {
	guint rows;
	guint *row_of; /* the vertex of each */
	guint *distance;
	double mean; /* to the other circle */
};

static void ways_init(struct ways *ways, const struct circles *circles, const struct hole *hole,
		      guint *queue)
{
	const struct net *net = circles->study->net;
	const GArray *from = circles->members[hole->a], *to = circles->members[hole->b];
	double sum = 0;
	ways->rows = MIN(from->len, SOURCES);
	ways->row_of = g_new(guint, ways->rows + 1);
	ways->distance = g_new(guint, (gsize)ways->rows * net->n + 1);
	for (guint r = 0; r < ways->rows; r++) {
		guint *row = ways->distance + (gsize)r * net->n;
		ways->row_of[r] = g_array_index(from, guint, (gsize)r * from->len / ways->rows);
		walk(net, ways->row_of[r], row, queue);
		for (guint i = 0; i < to->len; i++)
			sum += row[g_array_index(to, guint, i)];
	}
	ways->mean = sum / (ways->rows * (double)to->len);
}

static void ways_release(struct ways *ways)
{
	g_free(ways->row_of);
	g_free(ways->distance);
}

/* The members of a circle with most partners, as ends of a new tie. */
static void best_ends(const struct circles *circles, guint c, guint ends[TRIED], guint *n)
{
	const struct net *net = circles->study->net;
	*n = 0;
	for (guint i = 0; i < circles->members[c]->len; i++) {
		guint v = g_array_index(circles->members[c], guint, i), at = *n;
		while (at > 0 && net_degree(net, ends[at - 1]) < net_degree(net, v))
			at--;
		if (at == TRIED)
			continue;
		*n = MIN(*n + 1, TRIED);
		for (guint k = *n - 1; k > at; k--)
			ends[k] = ends[k - 1];
		ends[at] = v;
	}
}

/* The mean way between the circles with a tie from a to b. */
static double mean_with(const struct ways *ways, const GArray *to, const guint *from_a,
			const guint *from_b, guint n)
{
	double sum = 0;
	for (guint r = 0; r < ways->rows; r++) {
		const guint *row = ways->distance + (gsize)r * n;
		guint first = from_a[ways->row_of[r]] + 1;
		for (guint i = 0; i < to->len; i++) {
			guint w = g_array_index(to, guint, i);
			sum += MIN(row[w], first + from_b[w]);
		}
	}
	return sum / (ways->rows * (double)to->len);
}

struct bridge {
	guint a, b;
	double mean; /* the way between the circles with it */
};

static struct bridge best_bridge(const struct circles *circles, const struct hole *hole,
				 const struct ways *ways, guint *queue)
{
	const struct net *net = circles->study->net;
	struct bridge best = { 0, 0, ways->mean };
	guint ends[2][TRIED], n[2];
	g_autofree guint *distance = g_new(guint, 2 * TRIED * (gsize)net->n + 1);
	best_ends(circles, hole->a, ends[0], &n[0]);
	best_ends(circles, hole->b, ends[1], &n[1]);
	for (guint s = 0; s < 2; s++)
		for (guint i = 0; i < n[s]; i++)
			walk(net, ends[s][i], distance + (s * TRIED + i) * (gsize)net->n, queue);
	for (guint i = 0; i < n[0]; i++)
		for (guint k = 0; k < n[1]; k++) {
			double mean = mean_with(ways, circles->members[hole->b],
						distance + i * (gsize)net->n,
						distance + (TRIED + k) * (gsize)net->n, net->n);
			if (!net_has_edge(net, ends[0][i], ends[1][k]) && mean < best.mean)
				best = (struct bridge){ ends[0][i], ends[1][k], mean };
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

/* The best connected member names a circle; a what-if brings the names of today with it. */
static void name_circles(const struct circles *circles)
{
	struct study *study = circles->study;
	if (!study->hub) {
		study->hub = work_alloc(circles->n + 1, sizeof *study->hub);
		memset(study->hub, 0xff, (circles->n + 1) * sizeof *study->hub);
	}
	for (guint c = 0; c < circles->n; c++) {
		guint ends[TRIED], n;
		if (study->hub[c] != NOT_YET)
			continue;
		best_ends(circles, c, ends, &n);
		study->hub[c] = n > 0 ? ends[0] : NOT_YET;
	}
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
	if (!study_components(study, error) || !study_community(study, error))
		return false;
	circles_init(&circles, study);
	name_circles(&circles);
	g_autoptr(GArray) holes = find_holes(&circles);
	g_autofree guint *queue = g_new(guint, study->net->n + 1);
	bool going = true;
	g_autofree guint *used = g_new0(guint, circles.n + 1);
	for (guint i = 0, made = 0; going && i < holes->len; i++) {
		const struct hole *hole = &g_array_index(holes, struct hole, i);
		bool full = i >= LOOKED || made >= MOST || used[hole->a] >= EACH ||
			    used[hole->b] >= EACH;
		g_autofree char *id = hole_id(&circles, hole);
		if (full && !is_decided(study, id)) {
			leave_unlisted(study, g_steal_pointer(&id));
			continue;
		}
		struct ways ways;
		ways_init(&ways, &circles, hole, queue);
		struct bridge bridge = { 0 };
		if (ways.mean >= FAR)
			bridge = best_bridge(&circles, hole, &ways, queue);
		if (ways.mean >= FAR && bridge.mean <= ways.mean - GAIN) {
			report(&circles, kind, hole, &ways, &bridge, out);
			made++;
			used[hole->a]++;
			used[hole->b]++;
		}
		ways_release(&ways);
		going = !ig_cancelled(study->cancel, error);
	}
	circles_release(&circles);
	return going;
}
