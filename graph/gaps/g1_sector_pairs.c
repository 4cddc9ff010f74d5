/*
 * G1: inside a territory, sectors that are both there and do not work with each
 * other.  One finding a territory, with all its pairs of sectors, so that a large
 * territory does not fill the register.  Expected ties of a pair of sectors:
 * pairs of members times the rate at which members of different sectors in one
 * territory are tied in the whole network.
 *
 * Severity: gap_weight(members of the sectors concerned) x the share of the
 * territory's cross-sector pairs that lie in untied pairs of sectors x
 * territory_weight.  Nothing is reported where chance would give less than half a
 * tie.
 */
#include "graph/gaps/common.h"
#include "graph/gaps/kin.h"

#include <glib/gi18n.h>
#include <math.h>

#define LINES 6	 /* of evidence */
#define PAIRS 5	 /* candidates */
#define DEEP  40 /* members of a sector that are looked at for candidates */

struct pair {
	guint a, b; /* sectors */
	double possible;
};

struct place {
	struct study *study;
	guint group, n; /* of BY_TERRITORY; members */
	const guint *members;
	guint sectors;
	guint *sizes;	       /* per sector */
	bool *tied;	       /* sector x sector */
	double ties, possible; /* across sectors */
};

static void count_place(struct place *place)
{
	const struct net *net = place->study->net;
	const int *sector = place->study->partitions[BY_SECTOR]->group;
	g_autofree bool *here = g_new0(bool, MAX(net->n, 1));
	double known = 0, same = 0;
	for (guint i = 0; i < place->n; i++) {
		here[place->members[i]] = true;
		if (sector[place->members[i]] >= 0)
			place->sizes[sector[place->members[i]]]++;
	}
	for (guint s = 0; s < place->sectors; s++) {
		known += place->sizes[s];
		same += (double)place->sizes[s] * place->sizes[s];
	}
	place->possible = (known * known - same) / 2;
	for (guint i = 0; i < place->n; i++) {
		guint v = place->members[i];
		for (guint k = net->start[v]; k < net->start[v + 1]; k++) {
			guint w = net->neighbour[k];
			if (!here[w] || sector[v] < 0 || sector[w] < 0 || sector[v] == sector[w])
				continue;
			place->tied[(guint)sector[v] * place->sectors + (guint)sector[w]] = true;
			place->ties += .5;
		}
	}
}

static void place_init(struct place *place, struct study *study, const struct roster *roster,
		       guint group)
{
	place->study = study;
	place->group = group;
	place->n = roster->start[group + 1] - roster->start[group];
	place->members = roster->of + roster->start[group];
	place->sectors = study->partitions[BY_SECTOR]->n_groups;
	place->sizes = g_new0(guint, place->sectors + 1);
	place->tied = g_new0(bool, (gsize)place->sectors * place->sectors + 1);
	place->ties = place->possible = 0;
	count_place(place);
}

static void place_release(struct place *place)
{
	g_free(place->sizes);
	g_free(place->tied);
}

static int by_possible(gconstpointer a, gconstpointer b)
{
	const struct pair *x = a, *y = b;
	if (x->possible != y->possible)
		return x->possible > y->possible ? -1 : 1;
	if (x->a != y->a)
		return x->a < y->a ? -1 : 1;
	return x->b < y->b ? -1 : x->b > y->b;
}

static GArray *untied_pairs(const struct place *place)
{
	GArray *pairs = g_array_new(FALSE, FALSE, sizeof(struct pair));
	for (guint a = 0; a < place->sectors; a++)
		for (guint b = a + 1; b < place->sectors; b++) {
			struct pair pair = { a, b, (double)place->sizes[a] * place->sizes[b] };
			if (pair.possible > 0 && !place->tied[a * place->sectors + b])
				g_array_append_val(pairs, pair);
		}
	g_array_sort(pairs, by_possible);
	return pairs;
}

/* The members of a sector here, those with most partners. */
static GArray *members_of(const struct place *place, guint sector)
{
	const int *of = place->study->partitions[BY_SECTOR]->group;
	GArray *members = g_array_new(FALSE, FALSE, sizeof(guint));
	for (guint i = 0; i < place->n; i++)
		if (of[place->members[i]] == (int)sector)
			g_array_append_val(members, place->members[i]);
	order_connected(place->study->net, members, DEEP);
	return members;
}

/* Which sectors two candidates would bring together, and why those two. */
static char *why(const struct place *place, const struct pair *pair, guint a, guint b)
{
	char **names = place->study->partitions[BY_SECTOR]->labels;
	g_autofree char *shared = explain_pair(place->study, a, b);
	/* TRANSLATORS: two sectors, and what a member of each of them has in common. */
	return g_strdup_printf(_("%s with %s: %s"), names[pair->a], names[pair->b], shared);
}

/* What the candidates are for: all pairs of sectors, and not the first alone. */
static char *title(const char *place, char **names, const GArray *pairs)
{
	const struct pair *first = &g_array_index(pairs, struct pair, 0);
	if (pairs->len == 1)
		return g_strdup_printf(_("%s: nobody from %s works with %s"), place,
				       names[first->a], names[first->b]);
	return g_strdup_printf(
		ngettext("%s: %u pair of sectors does not meet, above all %s with %s",
			 "%s: %u pairs of sectors do not meet, above all %s with %s", pairs->len),
		place, pairs->len, names[first->a], names[first->b]);
}

static void offer_best(const struct place *place, const struct pair *pair, struct gap *gap)
{
	g_autoptr(GArray) first = members_of(place, pair->a);
	g_autoptr(GArray) second = members_of(place, pair->b);
	struct kin kin;
	double best = -1;
	guint best_a = 0, best_b = 0;
	kin_init(&kin, place->study);
	for (guint i = 0; i < first->len; i++) {
		guint a = g_array_index(first, guint, i);
		kin_turn(&kin, a);
		for (guint k = 0; k < second->len; k++) {
			guint b = g_array_index(second, guint, k);
			double score = kin_promise(&kin, b);
			if (score <= best || net_same_house(place->study->net, a, b))
				continue;
			best = score;
			best_a = a;
			best_b = b;
		}
	}
	kin_release(&kin);
	if (best >= 0)
		offer_pair(place->study, gap, best_a, (int)best_b,
			   why(place, pair, best_a, best_b));
}

static void add_evidence(const struct place *place, const GArray *pairs, double rate,
			 struct gap *gap)
{
	char **names = place->study->partitions[BY_SECTOR]->labels;
	guint shown = MIN(pairs->len, LINES);
	for (guint i = 0; i < shown; i++) {
		const struct pair *pair = &g_array_index(pairs, struct pair, i);
		gap_evidence(gap, _("%s (%u) and %s (%u): no tie; %.1f would be usual"),
			     names[pair->a], place->sizes[pair->a], names[pair->b],
			     place->sizes[pair->b], pair->possible * rate);
	}
	if (shown < pairs->len)
		gap_evidence(gap,
			     ngettext("… and %u more pair of sectors",
				      "… and %u more pairs of sectors", pairs->len - shown),
			     pairs->len - shown);
	gap_evidence(gap, _("Across sectors, %.0f of %.0f possible ties exist here"), place->ties,
		     place->possible);
}

static struct gap *report(const struct place *place, const struct gap_kind *kind,
			  const GArray *pairs, double rate)
{
	struct study *study = place->study;
	const struct partition *sectors = study->partitions[BY_SECTOR];
	const struct partition *territories = study->partitions[BY_TERRITORY];
	g_autofree bool *concerned = g_new0(bool, place->sectors);
	double untied = 0;
	guint members = 0;
	for (guint i = 0; i < pairs->len; i++) {
		const struct pair *pair = &g_array_index(pairs, struct pair, i);
		concerned[pair->a] = concerned[pair->b] = true;
		untied += pair->possible;
	}
	for (guint s = 0; s < place->sectors; s++)
		members += concerned[s] ? place->sizes[s] : 0;
	int territory = group_territory(study, place->group);
	g_autofree char *name = territory_name(study, place->group);
	double weight = territory_weight(
		territory < 0 ? NULL : model_territory(study->net->model, (guint)territory));
	struct gap *gap = gap_new(kind, g_strdup_printf("G1:%s", territories->ids[place->group]),
				  gap_weight(members) * untied / place->possible * weight,
				  title(name, sectors->labels, pairs));
	gap->territory = territory;
	gap->reason = g_strdup_printf(
		ngettext("%u pair of sectors is present here without a single tie between them. "
			 "What a territory can do together rests on its sectors meeting.",
			 "%u pairs of sectors are present here without a single tie between them. "
			 "What a territory can do together rests on its sectors meeting.",
			 pairs->len),
		pairs->len);
	gap->advice = g_strdup(_("Bring one member of each sector together around something both "
				 "already do; begin with the pairs below."));
	add_evidence(place, pairs, rate, gap);
	for (guint i = 0; i < MIN(pairs->len, PAIRS); i++)
		offer_best(place, &g_array_index(pairs, struct pair, i), gap);
	for (guint i = 0; i < place->n; i++) {
		int s = sectors->group[place->members[i]];
		if (s >= 0 && concerned[s])
			gap_names(gap, study->net->institution[place->members[i]]);
	}
	return gap;
}

bool gap_sector_pairs(struct study *study, const struct gap_kind *kind, GPtrArray *out,
		      GError **error)
{
	guint groups = study->partitions[BY_TERRITORY]->n_groups;
	struct place *places = g_new0(struct place, groups + 1);
	struct roster roster;
	double ties = 0, possible = 0;
	(void)error;
	roster_init(&roster, study);
	for (guint g = 0; g < groups; g++) {
		place_init(&places[g], study, &roster, g);
		ties += places[g].ties;
		possible += places[g].possible;
	}
	double rate = possible > 0 ? ties / possible : 0;
	for (guint g = 0; g < groups; g++) {
		g_autoptr(GArray) pairs = untied_pairs(&places[g]);
		double expected = 0;
		for (guint i = 0; i < pairs->len; i++)
			expected += g_array_index(pairs, struct pair, i).possible * rate;
		if (expected >= .5)
			g_ptr_array_add(out, report(&places[g], kind, pairs, rate));
		place_release(&places[g]);
	}
	roster_release(&roster);
	g_free(places);
	return true;
}
