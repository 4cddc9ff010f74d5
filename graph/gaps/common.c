/*
 * What the kinds of gaps share: how much a finding weighs, who belongs to a
 * territory, who could introduce two members and why those two.  Finds no gap by
 * itself.
 */
#include "graph/gaps/common.h"

#include "graph/gaps/kin.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define DEEP 120 /* members of a list that are looked at for pairs */
#define HUBS 2	 /* of a part, that are named */

double gap_weight(double members)
{
	return members / (members + 10);
}

double territory_weight(const struct territory *territory)
{
	static const struct {
		const char *status;
		double weight;
	} weights[] = {
		{ "declared", 1 }, { "announced", .8 }, { "developing", .8 }, { "lapsed", .3 }
	};
	for (guint i = 0; territory && i < G_N_ELEMENTS(weights); i++)
		if (g_strcmp0(territory->status, weights[i].status) == 0)
			return weights[i].weight;
	return .5;
}

void roster_init(struct roster *roster, struct study *study)
{
	const struct net *net = study->net;
	const struct partition *groups = study->partitions[BY_TERRITORY];
	g_autoptr(GArray) in = g_array_new(FALSE, FALSE, sizeof(guint));
	roster->start = g_new0(guint, groups->n_groups + 2);
	guint total = 0;
	for (guint v = 0; v < net->n; v++) {
		net_territories(net, groups, v, in);
		total += in->len;
		for (guint i = 0; i < in->len; i++)
			roster->start[g_array_index(in, guint, i) + 2]++;
	}
	/* Shifted by one, so that filling leaves every start where it belongs. */
	for (guint g = 1; g <= groups->n_groups; g++)
		roster->start[g + 1] += roster->start[g];
	roster->of = g_new(guint, MAX(total, 1));
	for (guint v = 0; v < net->n; v++) {
		net_territories(net, groups, v, in);
		for (guint i = 0; i < in->len; i++)
			roster->of[roster->start[g_array_index(in, guint, i) + 1]++] = v;
	}
}

void roster_release(struct roster *roster)
{
	g_free(roster->start);
	g_free(roster->of);
}

int group_territory(struct study *study, guint group)
{
	const struct partition *groups = study->partitions[BY_TERRITORY];
	return model_find(study->net->model, KIND_TERRITORY, groups->ids[group]);
}

char *territory_name(struct study *study, guint group)
{
	const char *name = study->partitions[BY_TERRITORY]->labels[group];
	gsize length = strlen(name);
	const char *comma = strstr(name, ", "), *bracket = strstr(name, " (");
	if (comma && comma > name)
		length = (gsize)(comma - name);
	if (bracket && bracket > name)
		length = MIN(length, (gsize)(bracket - name));
	return g_strndup(name, length);
}

bool level_asks(const struct model *model, int tier)
{
	int ally = model_term_index(model, VOCABULARY_TIERS, "ally");
	int founder = model_term_index(model, VOCABULARY_TIERS, "founder");
	return ally >= 0 && tier >= ally && (founder < 0 || tier < founder);
}

int territory_coordinator(struct study *study, guint group)
{
	const struct model *model = study->net->model;
	int territory = group_territory(study, group);
	if (territory < 0)
		return -1;
	const char *id = model_territory(model, (guint)territory)->coordinator;
	int institution = id ? model_find(model, KIND_INSTITUTION, id) : -1;
	return institution < 0 ? -1 : study->net->vertex[institution];
}

int common_introducer(const struct net *net, guint a, guint b)
{
	guint i = net->start[a], j = net->start[b];
	guint least = 0, sum = 0, degree = 0;
	int best = -1;
	while (i < net->start[a + 1] && j < net->start[b + 1]) {
		guint x = net->neighbour[i], y = net->neighbour[j];
		if (x == y) {
			guint p = net->weight[net->edge[i]], q = net->weight[net->edge[j]];
			guint ties = net_degree(net, x);
			bool better = MIN(p, q) != least ? MIN(p, q) > least
				      : p + q != sum	 ? p + q > sum
							 : ties < degree;
			if (best < 0 || better) {
				best = (int)x;
				least = MIN(p, q);
				sum = p + q;
				degree = ties;
			}
		}
		i += x <= y;
		j += y <= x;
	}
	return best;
}

/* Programmes that both are part of (lead, donor or participant); the first by id in *which. */
static guint shared_programmes(struct study *study, guint a, guint b, guint *which)
{
	const struct roles *roles = study_roles(study);
	guint x = study->net->institution[a], y = study->net->institution[b];
	guint i = roles->start[x], j = roles->start[y], shared = 0;
	while (i < roles->start[x + 1] && j < roles->start[y + 1]) {
		guint p = roles->programme[i], q = roles->programme[j];
		if (p == q && shared++ == 0 && which)
			*which = p;
		i += p <= q;
		j += q <= p;
	}
	return shared;
}

static const char *shared_word(const char *const *a, const char *const *b)
{
	for (guint i = 0; a && a[i]; i++)
		if (list_has(b, a[i]))
			return a[i];
	return NULL;
}

static int by_partners(gconstpointer a, gconstpointer b, gpointer data)
{
	const struct net *net = data;
	guint x = *(const guint *)a, y = *(const guint *)b;
	guint p = net_degree(net, x), q = net_degree(net, y);
	if (p != q)
		return p > q ? -1 : 1;
	return x < y ? -1 : x > y;
}

void order_connected(const struct net *net, GArray *vertices, guint most)
{
	g_array_sort_with_data(vertices, by_partners, (gpointer)(guintptr)net);
	g_array_set_size(vertices, MIN(vertices->len, most));
}

char *name_hubs(const struct net *net, const GArray *members)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new();
	guint most = 0;
	for (guint i = 0; i < members->len; i++)
		most = MAX(most, net_degree(net, g_array_index(members, guint, i)));
	for (guint i = 0; i < members->len; i++) {
		guint v = g_array_index(members, guint, i);
		if (net_degree(net, v) == most)
			g_ptr_array_add(names, (gpointer)vertex_name(net, v));
	}
	return join_names(names, HUBS);
}

struct offer {
	guint a, b;
	double score;
};

static int by_score(gconstpointer x, gconstpointer y)
{
	const struct offer *p = x, *q = y;
	if (p->score != q->score)
		return p->score > q->score ? -1 : 1;
	if (p->a != q->a)
		return p->a < q->a ? -1 : 1;
	return p->b < q->b ? -1 : p->b > q->b;
}

bool keep_best(GArray *best, guint most, gconstpointer one, GCompareFunc compare)
{
	gsize size = g_array_get_element_size(best);
	guint at = best->len;
	while (at > 0 && compare(one, best->data + (at - 1) * size) < 0)
		at--;
	if (at == most)
		return false;
	if (best->len == most)
		g_array_set_size(best, most - 1);
	g_array_insert_vals(best, at, one, 1);
	return true;
}

/*
 * The best of one member with those of a list that are no partners of it.  Whether they have a
 * common partner is looked for only where that would bring them among the best.
 */
static void best_with(const struct kin *kin, const GArray *list, guint most, GArray *best)
{
	guint a = (guint)kin->of;
	g_array_set_size(best, 0);
	for (guint k = 0; k < list->len; k++) {
		guint b = g_array_index(list, guint, k);
		double shared = a == b || kin->partner[b] ? 0 : kin_affinity(kin, b);
		if (shared <= 0)
			continue;
		const struct offer *last =
			best->len < most ? NULL : &g_array_index(best, struct offer, most - 1);
		if (last && kin_promise_with(kin, b, shared, true) < last->score)
			continue;
		if (net_same_house(kin->study->net, a, b))
			continue;
		struct offer offer = { a, b,
				       kin_promise_with(kin, b, shared, kin_is_near(kin, b)) };
		keep_best(best, most, &offer, by_score);
	}
}

/*
 * Each member is in one pair: whoever is still free when its turn comes has lost at most two
 * others to each pair before, so of each first one no more than its best `most` are kept.
 */
static GArray *best_between(struct study *study, const GArray *first, const GArray *second,
			    guint most)
{
	struct kin kin;
	GArray *all = g_array_new(FALSE, FALSE, sizeof(struct offer));
	g_autoptr(GArray) best = g_array_new(FALSE, FALSE, sizeof(struct offer));
	kin_init(&kin, study);
	for (guint i = 0; i < first->len; i++) {
		kin_turn(&kin, g_array_index(first, guint, i));
		best_with(&kin, second, most, best);
		g_array_append_vals(all, best->data, best->len);
	}
	kin_release(&kin);
	g_array_sort(all, by_score);
	return all;
}

void offer_between(struct study *study, struct gap *gap, const GArray *a, const GArray *b,
		   guint most)
{
	g_autoptr(GArray) first = g_array_copy((GArray *)(guintptr)a);
	g_autoptr(GArray) second = g_array_copy((GArray *)(guintptr)b);
	order_connected(study->net, first, DEEP);
	order_connected(study->net, second, DEEP);
	g_autoptr(GArray) offers = best_between(study, first, second, 2 * most);
	g_autoptr(GHashTable) taken = g_hash_table_new(NULL, NULL);
	for (guint i = 0, made = 0; i < offers->len && made < most; i++) {
		const struct offer *offer = &g_array_index(offers, struct offer, i);
		if (g_hash_table_contains(taken, GUINT_TO_POINTER(offer->a + 1)) ||
		    g_hash_table_contains(taken, GUINT_TO_POINTER(offer->b + 1)))
			continue;
		g_hash_table_add(taken, GUINT_TO_POINTER(offer->a + 1));
		g_hash_table_add(taken, GUINT_TO_POINTER(offer->b + 1));
		offer_pair(study, gap, offer->a, (int)offer->b,
			   explain_pair(study, offer->a, offer->b));
		made++;
	}
}

void name_all(struct study *study, struct gap *gap, const GArray *vertices)
{
	for (guint i = 0; i < vertices->len; i++)
		gap_names(gap, study->net->institution[g_array_index(vertices, guint, i)]);
}

void name_candidates(struct gap *gap)
{
	for (guint i = 0; i < gap->candidates->len; i++) {
		const struct candidate *candidate = gap->candidates->pdata[i];
		gap_names(gap, (guint)candidate->a);
		if (candidate->b >= 0)
			gap_names(gap, (guint)candidate->b);
	}
}

bool stays_listed(const struct study *study, const char *id)
{
	return gap_state_find(study->net->model, id) != NULL ||
	       (study->former && study_gap(study->former, id));
}

void leave_unlisted(struct study *study, char *id)
{
	g_mutex_lock(&study->unlisted_lock);
	if (!study->unlisted)
		study->unlisted = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_hash_table_add(study->unlisted, id);
	g_mutex_unlock(&study->unlisted_lock);
}

GArray *group_members(const struct partition *partition, guint n, guint group)
{
	GArray *members = g_array_new(FALSE, FALSE, sizeof(guint));
	for (guint v = 0; v < n; v++)
		if (partition->group[v] == (int)group)
			g_array_append_val(members, v);
	return members;
}

bool date_is_past(struct date date, struct date today)
{
	return date_is_set(date) && date_compare(date_last_day(date), today) < 0;
}

double distance_km(double lat_a, double lon_a, double lat_b, double lon_b)
{
	const double radius = 6371, degree = G_PI / 180;
	double a = sin((lat_b - lat_a) * degree / 2), b = sin((lon_b - lon_a) * degree / 2);
	double h = a * a + cos(lat_a * degree) * cos(lat_b * degree) * b * b;
	/* Not fmin(), which would make half of the earth's girth of a place that is not known. */
	return 2 * radius * asin(sqrt(h > 1 ? 1 : h));
}

const char *vertex_name(const struct net *net, guint v)
{
	return institution_name(net_institution(net, v), true);
}

char *join_names(const GPtrArray *names, guint most)
{
	GString *text = g_string_new(NULL);
	/* One name more costs no more room than "and 1 more". */
	guint shown = names->len <= most + 1 ? names->len : most;
	for (guint i = 0; i < shown; i++) {
		if (i > 0)
			g_string_append(text, ", ");
		g_string_append(text, names->pdata[i]);
	}
	if (shown < names->len) {
		guint rest = names->len - shown;
		/* TRANSLATORS: ends a list of names: "A, B, C and 4 more". */
		g_string_append_printf(text, ngettext(" and %u more", " and %u more", rest), rest);
	}
	return g_string_free(text, FALSE);
}

char *explain_pair(struct study *study, guint a, guint b)
{
	const struct model *model = study->net->model;
	const struct institution *x = net_institution(study->net, a);
	const struct institution *y = net_institution(study->net, b);
	guint programme;
	if (shared_programmes(study, a, b, &programme) > 0) {
		const char *id = model_programme(model, programme)->base.id;
		return g_strdup_printf(_("both take part in %s"),
				       model_name(model, KIND_PROGRAMME, id, true));
	}
	const char *line = shared_word(x->lines, y->lines);
	if (line)
		return g_strdup_printf(_("both work on %s"),
				       model_term_name(model, VOCABULARY_LINES, line));
	const char *territory = shared_word(x->territories, y->territories);
	if (territory)
		return g_strdup_printf(_("both are in %s"),
				       model_name(model, KIND_TERRITORY, territory, true));
	if (x->country && g_strcmp0(x->country, y->country) == 0)
		return g_strdup_printf(_("both are in %s"), country_name(x->country));
	return g_strdup(_("they share nothing else that is known"));
}

void offer_pair(struct study *study, struct gap *gap, guint a, int b, char *why)
{
	const struct net *net = study->net;
	int introducer = b >= 0 ? common_introducer(net, a, (guint)b) : -1;
	gap_candidate(gap, (int)net->institution[a], b < 0 ? -1 : (int)net->institution[b],
		      introducer < 0 ? -1 : (int)net->institution[introducer], why);
}
