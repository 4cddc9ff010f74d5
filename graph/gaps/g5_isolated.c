/*
 * G5: who is apart from the main network.  Small parts one finding each; members
 * without any partner one finding a territory, or a country for those in none: a
 * coordinator invites them together.  A territory's coordinator without partners
 * has a finding alone, and so has a member whose level asks for more (level_asks())
 * and that is among the last tenth of the main network by nearness.
 *
 * Severity: gap_weight(members apart); .4 for a coordinator alone; .3 at the edge.
 */
#include "graph/gaps/common.h"
#include "graph/gaps/kin.h"

#include <glib/gi18n.h>
#include <string.h>

#define OFFERS 5
#define OFFERED                                                                                    \
	60	/* findings with candidates, the largest; the search for them looks at everyone */
#define MANY 8	/* names in a line */
#define CORE 20 /* best connected, to whom those at the edge are introduced */

/* Whom of the largest part, another one, to bring together with `v`: what they share, then how
 * connected. */
static int nearest_in_main(struct study *study, guint v)
{
	const struct net *net = study->net;
	const struct components *components = study->components;
	double best = 0;
	int found = -1;
	struct kin kin;
	kin_init(&kin, study);
	kin_turn(&kin, v);
	for (guint w = 0; w < net->n && components->sizes[0] > 1; w++) {
		if (components->of[w] >= components->equal ||
		    components->of[w] == components->of[v])
			continue;
		double score = kin_affinity(&kin, w) + .01 * MIN(50, net_degree(net, w));
		if (score <= best || net_same_house(net, v, w))
			continue;
		best = score;
		found = (int)w;
	}
	kin_release(&kin);
	return found;
}

static void offer_nearest(struct study *study, struct gap *gap, guint v)
{
	int w = nearest_in_main(study, v);
	if (w >= 0)
		offer_pair(study, gap, v, w, explain_pair(study, v, (guint)w));
}

static guint count_programmes(struct study *study, guint v)
{
	const struct roles *roles = study_roles(study);
	guint i = study->net->institution[v];
	return roles->start[i + 1] - roles->start[i];
}

/* Evidence that members take part in programmes, and so are not unknown. */
static void add_programmes(struct study *study, struct gap *gap, const GArray *members)
{
	guint active = 0;
	for (guint i = 0; i < members->len; i++)
		active += count_programmes(study, g_array_index(members, guint, i)) > 0;
	if (active > 0)
		gap_evidence(gap,
			     ngettext("%u of them takes part in a programme of the network",
				      "%u of them take part in programmes of the network", active),
			     active);
}

static char *names_of(const struct net *net, const GArray *members)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new();
	for (guint i = 0; i < members->len; i++)
		g_ptr_array_add(names, (void *)vertex_name(net, g_array_index(members, guint, i)));
	return join_names(names, MANY);
}

static char *title_part(const struct net *net, const GArray *members, bool largest)
{
	guint size = members->len;
	if (size == 2)
		return g_strdup_printf(_("%s and %s work with each other and with nobody else"),
				       vertex_name(net, g_array_index(members, guint, 0)),
				       vertex_name(net, g_array_index(members, guint, 1)));
	g_autofree char *hubs = name_hubs(net, members);
	if (largest)
		return g_strdup_printf(ngettext("%u member around %s is apart from all others",
						"%u members around %s are apart from all others",
						size),
				       size, hubs);
	return g_strdup_printf(ngettext("%u member around %s is apart from the main network",
					"%u members around %s are apart from the main network",
					size),
			       size, hubs);
}

static void report_part(struct study *study, const struct gap_kind *kind, guint c,
			const GArray *members, GPtrArray *out)
{
	const struct net *net = study->net;
	guint hub = g_array_index(members, guint, 0), ties = 0, size = members->len;
	for (guint i = 0; i < size; i++) {
		guint v = g_array_index(members, guint, i);
		ties += net_degree(net, v);
		if (net_degree(net, v) > net_degree(net, hub))
			hub = v;
	}
	const char *id = net_institution(net, g_array_index(members, guint, 0))->base.id;
	g_autofree char *names = names_of(net, members);
	bool largest = size == study->components->sizes[0];
	struct gap *gap = gap_new(kind, g_strdup_printf("G5:part-%s", id), gap_weight(size),
				  title_part(net, members, largest));
	gap->reason = largest ? g_strdup(_("They work with each other and with nobody else, and no "
					   "other part of the network is larger: there is no main "
					   "network."))
			      : g_strdup(_("They work with each other and with nobody else: no "
					   "chain of partners leads from them to the main "
					   "network."));
	gap->advice =
		largest ? g_strdup(_("One tie is enough to join two parts; begin with the best "
				     "connected of them and a member of another part that shares "
				     "most with it."))
			: g_strdup(_("One tie is enough to join them; begin with the best "
				     "connected of them and a member of the main network that "
				     "shares most with it."));
	gap_evidence(gap, "%s", names);
	gap_evidence(gap, ngettext("%u tie among them", "%u ties among them", ties / 2), ties / 2);
	if (largest)
		gap_evidence(gap, _("%u parts of the network are as large"),
			     study->components->equal);
	add_programmes(study, gap, members);
	for (guint i = 0; i < size; i++)
		gap_names(gap, net->institution[g_array_index(members, guint, i)]);
	if (c < OFFERED)
		offer_nearest(study, gap, hub);
	g_ptr_array_add(out, gap);
}

static void find_parts(struct study *study, const struct gap_kind *kind, GPtrArray *out)
{
	const struct components *components = study->components;
	/* Where several are largest, none of them is the main network. */
	guint parts = 0, first = components->equal > 1 ? 0 : 1;
	while (parts < components->n && components->sizes[parts] > 1)
		parts++;
	g_autofree GArray **members = g_new0(GArray *, parts + 1);
	for (guint c = first; c < parts; c++)
		members[c] = g_array_new(FALSE, FALSE, sizeof(guint));
	for (guint v = 0; v < study->net->n; v++)
		if (components->of[v] >= first && components->of[v] < parts)
			g_array_append_val(members[components->of[v]], v);
	for (guint c = first; c < parts; c++) {
		report_part(study, kind, c, members[c], out);
		g_array_unref(members[c]);
	}
}

/* Members without partners, by where they are. */
struct place {
	char *id;
	char *label; /* NULL: nowhere known */
	int territory;
	bool rest; /* of a country: others of it are in a territory */
	GArray *members;
};

static void place_free(void *data)
{
	struct place *place = data;
	g_free(place->id);
	g_free(place->label);
	g_array_unref(place->members);
	g_free(place);
}

static bool has_territory(const struct study *study, int country)
{
	const int *territory = study->partitions[BY_TERRITORY]->group;
	const int *of = study->partitions[BY_COUNTRY]->group;
	for (guint v = 0; v < study->net->n; v++)
		if (of[v] == country && territory[v] >= 0)
			return true;
	return false;
}

static struct place *place_new(struct study *study, int territory, int country)
{
	struct place *place = g_new0(struct place, 1);
	place->members = g_array_new(FALSE, FALSE, sizeof(guint));
	place->territory = -1;
	if (territory >= 0) {
		const struct partition *groups = study->partitions[BY_TERRITORY];
		place->id = g_strdup(groups->ids[territory]);
		place->label = territory_name(study, (guint)territory);
		place->territory = group_territory(study, (guint)territory);
	} else if (country >= 0) {
		const struct partition *groups = study->partitions[BY_COUNTRY];
		g_autofree char *code = g_ascii_strdown(groups->ids[country], -1);
		place->id = g_strdup_printf("country-%s", code);
		place->label = g_strdup(groups->labels[country]);
		place->rest = has_territory(study, country);
	} else {
		place->id = g_strdup("nowhere");
	}
	return place;
}

static char *title_alone(const struct net *net, const struct place *place)
{
	guint n = place->members->len;
	if (n == 1)
		return g_strdup_printf(_("%s works with nobody in the network"),
				       vertex_name(net, g_array_index(place->members, guint, 0)));
	if (!place->label)
		return g_strdup_printf(ngettext("%u member of unknown place works with nobody",
						"%u members of unknown place work with nobody", n),
				       n);
	if (place->rest)
		return g_strdup_printf(ngettext("%s: %u member in no territory works with nobody",
						"%s: %u members in no territory work with nobody",
						n),
				       place->label, n);
	return g_strdup_printf(ngettext("%s: %u member works with nobody in the network",
					"%s: %u members work with nobody in the network", n),
			       place->label, n);
}

/* What is known of one who has no partner. */
static void add_part(struct study *study, guint v, struct gap *gap)
{
	guint programmes = count_programmes(study, v);
	gap_evidence(gap,
		     ngettext("0 partners, part of %u programme",
			      "0 partners, part of %u programmes", programmes),
		     programmes);
}

static void report_place(struct study *study, const struct gap_kind *kind,
			 const struct place *place, bool offers, GPtrArray *out)
{
	const struct net *net = study->net;
	guint n = place->members->len;
	g_autofree char *names = names_of(net, place->members);
	struct gap *gap = gap_new(kind, g_strdup_printf("G5:%s", place->id), gap_weight(n),
				  title_alone(net, place));
	gap->territory = place->territory;
	gap->reason = g_strdup(
		ngettext("No partnership of it is known. Either it is alone, or what it does "
			 "with others has not been entered yet: both are worth a call.",
			 "No partnership of theirs is known. Either they are alone, or what "
			 "they do with others has not been entered yet: both are worth a call.",
			 n));
	gap->advice = g_strdup(
		ngettext("Ask it with whom it works, and enter it; or invite it to what its "
			 "neighbours already do.",
			 "Ask them with whom they work, enter it, and invite those who work "
			 "with nobody to what their neighbours already do.",
			 n));
	if (n == 1) {
		add_part(study, g_array_index(place->members, guint, 0), gap);
	} else {
		gap_evidence(gap, "%s", names);
		add_programmes(study, gap, place->members);
	}
	for (guint i = 0; i < n; i++) {
		guint v = g_array_index(place->members, guint, i);
		gap_names(gap, net->institution[v]);
		if (offers && i < OFFERS)
			offer_nearest(study, gap, v);
	}
	g_ptr_array_add(out, gap);
}

/* Model index of a territory that `v` coordinates, or -1. */
static int coordinates(const struct net *net, guint v)
{
	const struct model *model = net->model;
	const char *id = net_institution(net, v)->base.id;
	for (guint t = 0; t < model->n[KIND_TERRITORY]; t++)
		if (g_strcmp0(model_territory(model, t)->coordinator, id) == 0)
			return (int)t;
	return -1;
}

static void report_coordinator(struct study *study, const struct gap_kind *kind, guint v,
			       int territory, GPtrArray *out)
{
	const struct net *net = study->net;
	const struct record *place = &model_territory(net->model, (guint)territory)->base;
	struct gap *gap = gap_new(
		kind, g_strdup_printf("G5:%s", net_institution(net, v)->base.id), .4,
		g_strdup_printf(_("%s coordinates %s and works with nobody"), vertex_name(net, v),
				model_name(net->model, KIND_TERRITORY, place->id, true)));
	gap->territory = territory;
	gap->reason =
		g_strdup(_("The territory depends on its coordinator to bring others together, "
			   "and no partnership of it is known."));
	gap->advice = g_strdup(_("Ask the coordinator with whom it works, and introduce it to "
				 "somebody near."));
	add_part(study, v, gap);
	gap_names(gap, net->institution[v]);
	offer_nearest(study, gap, v);
	g_ptr_array_add(out, gap);
}

static int by_members(gconstpointer a, gconstpointer b)
{
	const struct place *x = *(struct place *const *)a, *y = *(struct place *const *)b;
	if (x->members->len != y->members->len)
		return x->members->len > y->members->len ? -1 : 1;
	return strcmp(x->id, y->id);
}

static void find_alone(struct study *study, const struct gap_kind *kind, GPtrArray *out)
{
	const struct net *net = study->net;
	const struct partition *territories = study->partitions[BY_TERRITORY];
	const struct partition *countries = study->partitions[BY_COUNTRY];
	g_autoptr(GPtrArray) places = g_ptr_array_new_with_free_func(place_free);
	guint none = territories->n_groups + countries->n_groups;
	g_autofree struct place **of = g_new0(struct place *, none + 1);
	for (guint v = 0; v < net->n; v++) {
		if (net_degree(net, v) > 0)
			continue;
		int own = coordinates(net, v);
		if (own >= 0) {
			report_coordinator(study, kind, v, own, out);
			continue;
		}
		int territory = territories->group[v], country = countries->group[v];
		guint slot = territory >= 0 ? (guint)territory
			     : country >= 0 ? territories->n_groups + (guint)country
					    : none;
		if (!of[slot]) {
			of[slot] = place_new(study, territory, country);
			g_ptr_array_add(places, of[slot]);
		}
		g_array_append_val(of[slot]->members, v);
	}
	g_ptr_array_sort(places, by_members);
	for (guint i = 0; i < places->len; i++)
		report_place(study, kind, places->pdata[i], i < OFFERED, out);
}

static int by_value(gconstpointer a, gconstpointer b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return x < y ? -1 : x > y;
}

/* The main network, as those at its edge are held against it. */
struct edge {
	GArray *values; /* double: how near each is to the others, ascending */
	GArray *core;	/* guint: those with most partners */
	double far;	/* up to which nearness one is among the last tenth; -1: nobody is */
};

/* Of those that are as near as each other all are among the last tenth, or none. */
static double last_tenth(const GArray *values)
{
	guint tenth = values->len / 10;
	while (tenth > 0 && tenth < values->len &&
	       g_array_index(values, double, tenth - 1) >= g_array_index(values, double, tenth))
		tenth--;
	return tenth > 0 ? g_array_index(values, double, tenth - 1) : -1;
}

static void edge_init(struct edge *edge, const struct study *study)
{
	edge->values = g_array_new(FALSE, FALSE, sizeof(double));
	edge->core = g_array_new(FALSE, FALSE, sizeof(guint));
	for (guint v = 0; v < study->net->n; v++)
		if (study->components->of[v] == 0) {
			g_array_append_val(edge->values, study->distances->harmonic[v]);
			g_array_append_val(edge->core, v);
		}
	g_array_sort(edge->values, by_value);
	order_connected(study->net, edge->core, CORE);
	edge->far = last_tenth(edge->values);
}

static void edge_release(struct edge *edge)
{
	g_array_unref(edge->values);
	g_array_unref(edge->core);
}

static guint count_nearer(const struct edge *edge, double value)
{
	guint low = 0, high = edge->values->len;
	while (low < high) {
		guint middle = low + (high - low) / 2;
		if (g_array_index(edge->values, double, middle) > value)
			high = middle;
		else
			low = middle + 1;
	}
	return edge->values->len - low;
}

static void report_edge(struct study *study, const struct gap_kind *kind, guint v,
			const struct edge *edge, GPtrArray *out)
{
	const struct net *net = study->net;
	const struct partition *tiers = study->partitions[BY_TIER];
	const char *name = vertex_name(net, v), *tier = tiers->labels[tiers->group[v]];
	g_autoptr(GArray) own = g_array_new(FALSE, FALSE, sizeof(guint));
	struct gap *gap = gap_new(
		kind, g_strdup_printf("G5:edge-%s", net_institution(net, v)->base.id), .3,
		g_strdup_printf(_("%s (%s) stands at the edge of the network"), name, tier));
	gap->reason = g_strdup(_("This level is for those who carry the network with others, and "
				 "of all in the main network it is among the last tenth in reach "
				 "of the others."));
	gap->advice = g_strdup(_("Introduce it to one of those who have most partners."));
	gap_evidence(gap, ngettext("%u partner", "%u partners", net_degree(net, v)),
		     net_degree(net, v));
	gap_evidence(gap, _("%u of the %u members of the main network are nearer to the others"),
		     count_nearer(edge, study->distances->harmonic[v]), edge->values->len);
	gap_names(gap, net->institution[v]);
	g_array_append_val(own, v);
	offer_between(study, gap, own, edge->core, 1);
	g_ptr_array_add(out, gap);
}

/* Of those whose level asks for more: who hangs on the main network by a chain, far out. */
static bool find_edge(struct study *study, const struct gap_kind *kind, GPtrArray *out,
		      GError **error)
{
	const struct net *net = study->net;
	const int *tier = study->partitions[BY_TIER]->group;
	bool any = false;
	for (guint v = 0; v < net->n && !any; v++)
		any = level_asks(net->model, tier[v]);
	/* An edge has only what is a main network. */
	if (!any || net->m == 0 || study->components->equal > 1)
		return true;
	const struct spans *spans = study_distances(study, error);
	const guint *coreness = spans ? study_coreness(study, error) : NULL;
	if (!coreness)
		return false;
	struct edge edge;
	edge_init(&edge, study);
	for (guint v = 0; v < net->n; v++)
		if (coreness[v] == 1 && study->components->of[v] == 0 &&
		    spans->harmonic[v] <= edge.far && level_asks(net->model, tier[v]))
			report_edge(study, kind, v, &edge, out);
	edge_release(&edge);
	return true;
}

bool gap_isolated(struct study *study, const struct gap_kind *kind, GPtrArray *out, GError **error)
{
	if (!study_components(study, error))
		return false;
	find_parts(study, kind, out);
	find_alone(study, kind, out);
	return find_edge(study, kind, out, error);
}
