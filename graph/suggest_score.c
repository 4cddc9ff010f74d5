/*
 * How well two members would go together: each part of the score, and what they are
 * looked up in.  Which pairs are looked at, and which are the best, is suggest.c.
 */
#include "graph/suggest_private.h"

#include "graph/gaps/common.h"
#include "graph/lexicon.h"

#include <math.h>

#define MOST_BITS (G_GUINT64_CONSTANT(1) << 26)

static void meetings_init(struct meetings *met, guint places, guint sectors)
{
	guint64 bits = (guint64)places * places + (guint64)places * sectors * sectors;
	*met = (struct meetings){ .places = places, .sectors = sectors };
	if (bits <= MOST_BITS)
		met->bits = g_new0(guint64, bits / 64 + 1);
	else
		met->many = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
}

static void meetings_release(struct meetings *met)
{
	g_free(met->bits);
	if (met->many)
		g_hash_table_unref(met->many);
}

/* Of two territories (`place` -1), or of two sectors in one. */
static inline gint64 meeting(const struct meetings *met, int place, guint a, guint b)
{
	gint64 low = MIN(a, b), high = MAX(a, b), places = met->places, sectors = met->sectors;
	return place < 0 ? low * places + high
			 : places * places + (place * sectors + low) * sectors + high;
}

static void meetings_note(struct meetings *met, int place, guint a, guint b)
{
	gint64 key = meeting(met, place, a, b);
	if (met->bits)
		met->bits[key / 64] |= G_GUINT64_CONSTANT(1) << key % 64;
	else if (!g_hash_table_contains(met->many, &key))
		g_hash_table_add(met->many, g_memdup2(&key, sizeof key));
}

static inline bool have_met(const struct meetings *met, int place, guint a, guint b)
{
	gint64 key = meeting(met, place, a, b);
	if (met->many)
		return g_hash_table_contains(met->many, &key);
	return met->bits[key / 64] >> key % 64 & 1;
}

static void note_places(struct suggester *suggester)
{
	const struct net *net = suggester->net;
	const struct partition *territories = suggester->study->partitions[BY_TERRITORY];
	g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(guint));
	g_autoptr(GArray) in = g_array_new(FALSE, FALSE, sizeof(guint));
	suggester->start = g_new0(guint, net->n + 1);
	for (guint v = 0; v < net->n; v++) {
		net_territories(net, territories, v, in);
		g_array_append_vals(all, in->data, in->len);
		suggester->start[v + 1] = all->len;
	}
	suggester->places = (guint *)(void *)g_array_steal(all, NULL);
}

static void note_meetings(struct suggester *suggester)
{
	const struct net *net = suggester->net;
	const int *sector = suggester->study->partitions[BY_SECTOR]->group;
	const guint *start = suggester->start, *places = suggester->places;
	for (guint e = 0; e < net->m; e++) {
		guint a = net->from[e], b = net->to[e];
		for (guint i = start[a]; i < start[a + 1]; i++)
			for (guint k = start[b]; k < start[b + 1]; k++)
				if (places[i] != places[k])
					meetings_note(&suggester->met, -1, places[i], places[k]);
				else if (sector[a] >= 0 && sector[b] >= 0)
					meetings_note(&suggester->met, (int)places[i],
						      (guint)sector[a], (guint)sector[b]);
	}
}

static void note_hosts(struct suggester *suggester)
{
	const struct net *net = suggester->net;
	suggester->capacities = net->model->network->vocabularies.of[VOCABULARY_CAPACITIES].n;
	suggester->hosts = g_new0(GArray *, suggester->capacities + 1);
	for (guint c = 0; c < suggester->capacities; c++)
		suggester->hosts[c] = g_array_new(FALSE, FALSE, sizeof(guint));
	for (guint v = 0; v < net->n; v++) {
		const struct items *offers = &net_institution(net, v)->offers;
		for (guint i = 0; i < offers->n; i++) {
			const struct exchange *says = &ITEMS(struct exchange, *offers)[i];
			int c = says->capacity ? model_term_index(net->model, VOCABULARY_CAPACITIES,
								  says->capacity)
					       : -1;
			if (c >= 0 && !date_is_past(says->until, net->model->today))
				g_array_append_val(suggester->hosts[c], v);
		}
	}
}

/* What is over, or says of what only in words, serves nobody. */
static void list_wares(const struct net *net, bool needs, struct lexicon *capacities,
		       struct wares *out)
{
	g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(struct ware));
	out->start = g_new(guint, net->n + 1);
	for (guint v = 0; v < net->n; v++) {
		const struct institution *row = net_institution(net, v);
		const struct items *list = needs ? &row->needs : &row->offers;
		out->start[v] = all->len;
		for (guint i = 0; i < list->n; i++) {
			const struct exchange *says = &ITEMS(struct exchange, *list)[i];
			if (!says->capacity || date_is_past(says->until, net->model->today))
				continue;
			struct ware ware = { lexicon_number(capacities, says->capacity),
					     says->lines };
			g_array_append_val(all, ware);
		}
	}
	out->start[net->n] = all->len;
	out->of = (struct ware *)(void *)g_array_steal(all, NULL);
}

static void note_wares(struct suggester *suggester)
{
	struct lexicon capacities;
	lexicon_init(&capacities);
	list_wares(suggester->net, false, &capacities, &suggester->offers);
	list_wares(suggester->net, true, &capacities, &suggester->needs);
	lexicon_clear(&capacities);
}

static void note_sectors(struct suggester *suggester, const struct chance *chance)
{
	guint cells = chance->n_rows * chance->n_cols;
	suggester->apart = g_new(double, cells + 1);
	for (guint i = 0; i < cells; i++) {
		double z = chance_z(chance, i);
		suggester->apart[i] = isnan(z) ? 0 : CLAMP(-z / 3, 0, 1);
	}
}

bool suggester_init(struct suggester *suggester, struct study *study, struct date before,
		    GError **error)
{
	const struct chance *chance = study_chance(study, CHANCE_SECTORS, error);
	const struct net *net = study->net;
	*suggester = (struct suggester){ .study = study, .net = net, .before = before };
	if (!chance)
		return false;
	for (guint i = 0; i < SUGGEST_PARTS; i++)
		suggester->weight[i] = suggest_weight(net->model, (enum suggest_part)i);
	suggester->worth = g_new(double, MAX(net->n, 1));
	for (guint v = 0; v < net->n; v++)
		suggester->worth[v] = 1 / log(MAX(net_degree(net, v), 2));
	meetings_init(&suggester->met, study->partitions[BY_TERRITORY]->n_groups,
		      study->partitions[BY_SECTOR]->n_groups);
	note_places(suggester);
	note_meetings(suggester);
	note_hosts(suggester);
	note_wares(suggester);
	note_sectors(suggester, chance);
	study_roles(study);
	suggester->traits = study_traits(study);
	return true;
}

void suggester_release(struct suggester *suggester)
{
	for (guint c = 0; c < suggester->capacities; c++)
		g_array_unref(suggester->hosts[c]);
	void *kept[] = { suggester->hosts,     suggester->worth,    suggester->start,
			 suggester->places,    suggester->apart,    suggester->offers.start,
			 suggester->offers.of, suggester->needs.of, suggester->needs.start };
	for (guint i = 0; i < G_N_ELEMENTS(kept); i++)
		g_free(kept[i]);
	meetings_release(&suggester->met);
}

static double common_worth(const struct suggester *suggester, guint a, guint b)
{
	const struct net *net = suggester->net;
	guint i = net->start[a], j = net->start[b];
	double sum = 0;
	while (i < net->start[a + 1] && j < net->start[b + 1]) {
		guint x = net->neighbour[i], y = net->neighbour[j];
		if (x == y)
			sum += suggester->worth[x];
		i += x <= y;
		j += y <= x;
	}
	return sum;
}

static bool lines_agree(const char *const *asks, const char *const *has)
{
	bool agree = list_length(asks) == 0 || list_length(has) == 0;
	for (; !agree && *asks; asks++)
		agree = list_has(has, *asks);
	return agree;
}

/* Whether b has something that a needs. */
static bool serves(const struct suggester *suggester, guint a, guint b)
{
	const struct wares *needs = &suggester->needs, *offers = &suggester->offers;
	for (guint i = needs->start[a]; i < needs->start[a + 1]; i++)
		for (guint k = offers->start[b]; k < offers->start[b + 1]; k++)
			if (needs->of[i].capacity == offers->of[k].capacity &&
			    lines_agree(needs->of[i].lines, offers->of[k].lines))
				return true;
	return false;
}

bool suggester_counts(const struct suggester *suggester, guint programme)
{
	struct date start = model_programme(suggester->net->model, programme)->start;
	return !date_is_set(suggester->before) ||
	       (date_is_set(start) && date_compare(start, suggester->before) < 0);
}

static double shared_part(const struct suggester *suggester, guint a, guint b)
{
	const struct roles *roles = suggester->study->roles;
	guint p = suggester->net->institution[a], q = suggester->net->institution[b];
	guint i = roles->start[p], j = roles->start[q];
	guint shared = shared_words(&suggester->traits->of[TRAIT_LINES], a, b);
	while (i < roles->start[p + 1] && j < roles->start[q + 1]) {
		guint s = roles->programme[i], t = roles->programme[j];
		shared += s == t && suggester_counts(suggester, s);
		i += s <= t;
		j += t <= s;
	}
	return MIN(1, shared / 2.0);
}

/*
 * Whole where two sectors of one territory do not meet, which `place` then is; half where
 * none of the two's territories has a tie to one of the other's.
 */
static double territory_part(const struct suggester *suggester, guint a, guint b, int *place)
{
	const int *sector = suggester->study->partitions[BY_SECTOR]->group;
	const guint *start = suggester->start, *places = suggester->places;
	bool differ = sector[a] >= 0 && sector[b] >= 0 && sector[a] != sector[b];
	bool near = start[a] == start[a + 1] || start[b] == start[b + 1];
	*place = -1;
	for (guint i = start[a]; i < start[a + 1]; i++)
		for (guint k = start[b]; k < start[b + 1]; k++) {
			if (places[i] != places[k]) {
				near = near || have_met(&suggester->met, -1, places[i], places[k]);
				continue;
			}
			near = true;
			if (!differ || have_met(&suggester->met, (int)places[i], (guint)sector[a],
						(guint)sector[b]))
				continue;
			*place = (int)places[i];
			return 1;
		}
	return near ? 0 : .5;
}

void suggester_score_with(const struct suggester *suggester, guint a, guint b, double common,
			  struct suggestion *out)
{
	const struct partition *sectors = suggester->study->partitions[BY_SECTOR];
	const struct net *net = suggester->net;
	int p = sectors->group[a], q = sectors->group[b];
	out->a = MIN(a, b);
	out->b = MAX(a, b);
	out->introducer = -1;
	out->part[SUGGEST_COMMON] = common / (common + 1);
	out->part[SUGGEST_EXCHANGE] = serves(suggester, a, b) || serves(suggester, b, a);
	out->part[SUGGEST_SHARED] = shared_part(suggester, a, b);
	out->part[SUGGEST_SECTORS] =
		p < 0 || q < 0 ? 0 : suggester->apart[(guint)p * sectors->n_groups + (guint)q];
	out->part[SUGGEST_TERRITORY] = territory_part(suggester, a, b, &out->place);
	out->part[SUGGEST_EDGE] = 1.0 / (1 + MIN(net_degree(net, a), net_degree(net, b)));
	out->score = 0;
	for (guint i = 0; i < SUGGEST_PARTS; i++)
		out->score += suggester->weight[i] * out->part[i];
}

void suggester_score(const struct suggester *suggester, guint a, guint b, struct suggestion *out)
{
	suggester_score_with(suggester, a, b, common_worth(suggester, a, b), out);
}
