/*
 * G7: sectors that work together less than chance gives, when every member keeps
 * as many partners as it has: one finding for two sectors, one for two countries,
 * and one for a territory with all the sectors that its members reach too little.
 * What is reported holds after correction for the number of comparisons.
 *
 * Severity: gap_weight(members of the smaller side) x the share of ties that are
 * missing against chance; half of it for a territory, as its members cannot choose
 * who is near, and a quarter for two countries, as how far apart they are explains
 * most of it.
 */
#include "graph/gaps/common.h"

#include <glib/gi18n.h>
#include <math.h>

#define OFFERS	  5
#define PLACES	  20 /* territories, those where most is missing */
#define COUNTRIES 10 /* pairs of countries, likewise */

/* What may become a finding: who would gain by it is looked for only once it is kept. */
struct shortage {
	char *id;
	double severity;
	guint a, b; /* two groups, or a territory and the sector that it reaches least */
};

static void add_numbers(const struct chance *chance, gsize cell, const char *name, struct gap *gap)
{
	gap_evidence(gap,
		     ngettext("%s: %u tie; chance gives %.1f (z %+.1f)",
			      "%s: %u ties; chance gives %.1f (z %+.1f)", chance->observed[cell]),
		     name, chance->observed[cell], chance->mean[cell], chance_z(chance, cell));
}

static void add_certainty(const struct chance *chance, gsize cell, struct gap *gap)
{
	guint as_few = (guint)(chance->low[cell] * (1 + chance->samples) - .5);
	gap_evidence(gap,
		     ngettext("Of %u random networks in which everybody has as many partners as "
			      "now, %u has as few (p %.4f, %.4f after correction)",
			      "Of %u random networks in which everybody has as many partners as "
			      "now, %u have as few (p %.4f, %.4f after correction)",
			      as_few),
		     chance->samples, as_few, chance->low[cell], chance->adjusted[cell]);
	if (!chance_is_sure(chance, cell))
		gap_evidence(gap,
			     _("The networks drawn do not tell for sure that this is below %.2f: "
			       "with a tie anywhere the gap may go, and come back"),
			     CHANCE_SURE);
}

static double shortfall(const struct chance *chance, gsize cell)
{
	return 1 - chance->observed[cell] / chance->mean[cell];
}

static double pair_severity(const struct partition *groups, const struct chance *chance, guint a,
			    guint b)
{
	return (groups->by == BY_COUNTRY ? .25 : 1) *
	       gap_weight(MIN(groups->sizes[a], groups->sizes[b])) *
	       shortfall(chance, chance_cell(chance, a, b));
}

static void explain_sectors(struct gap *gap)
{
	gap->reason = g_strdup(_("It is not that they have few partners: with as many as they "
				 "have, they would meet more often if partners were drawn by "
				 "lot. Something keeps them apart."));
	gap->advice = g_strdup(_("Give both a reason to meet: invite them to one table, and begin "
				 "with the pairs below, who share most."));
}

static void explain_countries(struct gap *gap)
{
	gap->reason = g_strdup(_("Members of both countries have partners, but hardly any in the "
				 "other. What one country learns does not reach the other "
				 "directly."));
	gap->advice = g_strdup(_("Look for what both work on: a shared programme, a line or a "
				 "visit, beginning with the pairs below."));
}

static void report_pair(struct study *study, const struct gap_kind *kind,
			const struct partition *groups, const struct chance *chance,
			struct shortage *found, GPtrArray *out)
{
	guint a = found->a, b = found->b;
	gsize cell = chance_cell(chance, a, b);
	g_autoptr(GArray) first = group_members(groups, study->net->n, a);
	g_autoptr(GArray) second = group_members(groups, study->net->n, b);
	g_autofree char *both =
		a == b ? g_strdup(groups->labels[a])
		       : g_strdup_printf(_("%s with %s"), groups->labels[a], groups->labels[b]);
	struct gap *gap = gap_new(
		kind, g_steal_pointer(&found->id), found->severity,
		a == b ? g_strdup_printf(_("%s: they work with each other less than chance gives"),
					 both)
		       : g_strdup_printf(_("%s: less than chance gives"), both));
	if (groups->by == BY_COUNTRY)
		explain_countries(gap);
	else
		explain_sectors(gap);
	add_numbers(chance, cell, both, gap);
	add_certainty(chance, cell, gap);
	if (a == b)
		gap_evidence(gap, _("Members: %u"), first->len);
	else
		gap_evidence(gap, _("Members: %s %u, %s %u"), groups->labels[a], first->len,
			     groups->labels[b], second->len);
	offer_between(study, gap, first, second, OFFERS);
	name_candidates(gap);
	g_ptr_array_add(out, gap);
}

/*
 * How sure a cell is.  In a what-if that changes neither its ties nor, by more than a
 * tenth, what chance gives there, as sure as before: the networks that are drawn anew
 * would say something else of it by luck alone.
 */
static bool falls_short(const struct study *study, enum chance_table table,
			const struct chance *chance, gsize cell)
{
	const struct chance *was = study->former ? study->former->chance[table] : NULL;

	if (was && was->n_rows == chance->n_rows && was->n_cols == chance->n_cols &&
	    was->observed[cell] == chance->observed[cell] &&
	    fabs(chance->mean[cell] - was->mean[cell]) <= .1 * was->mean[cell])
		return was->adjusted[cell] <= CHANCE_SURE;
	return chance->adjusted[cell] <= CHANCE_SURE;
}

/* The sectors that a territory reaches too little; the one where most is missing to *worst. */
static GArray *few_of(const struct study *study, const struct chance *places, guint group,
		      guint *worst)
{
	GArray *few = g_array_new(FALSE, FALSE, sizeof(guint));
	for (guint s = 0; s < places->n_cols; s++) {
		gsize cell = chance_cell(places, group, s);
		if (!falls_short(study, CHANCE_TERRITORY_SECTORS, places, cell))
			continue;
		if (few->len == 0 ||
		    shortfall(places, cell) > shortfall(places, chance_cell(places, group, *worst)))
			*worst = s;
		g_array_append_val(few, s);
	}
	return few;
}

static double place_severity(struct study *study, const struct chance *places, guint group,
			     guint worst)
{
	int territory = group_territory(study, group);
	double weight = territory_weight(
		territory < 0 ? NULL : model_territory(study->net->model, (guint)territory));
	return .5 * gap_weight(study->partitions[BY_TERRITORY]->sizes[group]) *
	       shortfall(places, chance_cell(places, group, worst)) * weight;
}

static void report_place(struct study *study, const struct gap_kind *kind,
			 const struct chance *chance, struct shortage *found, GPtrArray *out)
{
	const struct partition *sectors = study->partitions[BY_SECTOR];
	const struct partition *territories = study->partitions[BY_TERRITORY];
	guint group = found->a, worst = found->b;
	g_autoptr(GArray) few = few_of(study, chance, group, &worst);
	g_autoptr(GArray) members = group_members(territories, study->net->n, group);
	g_autofree char *name = territory_name(study, group);
	struct gap *gap =
		gap_new(kind, g_steal_pointer(&found->id), found->severity,
			g_strdup_printf(_("%s: its members reach %s less than chance gives"), name,
					sectors->labels[worst]));
	gap->territory = group_territory(study, group);
	gap->reason = g_strdup(_("Members of this territory have partners, but hardly any of this "
				 "sector, neither here nor elsewhere."));
	gap->advice = g_strdup(_("Look for one of that sector near by, and let a common partner "
				 "introduce the two."));
	for (guint i = 0; i < few->len; i++) {
		guint s = g_array_index(few, guint, i);
		add_numbers(chance, chance_cell(chance, group, s), sectors->labels[s], gap);
	}
	add_certainty(chance, chance_cell(chance, group, worst), gap);
	g_autoptr(GArray) others = group_members(sectors, study->net->n, worst);
	offer_between(study, gap, members, others, OFFERS);
	name_candidates(gap);
	g_ptr_array_add(out, gap);
}

static void shortage_clear(gpointer data)
{
	g_free(((struct shortage *)data)->id);
}

static GArray *shortages_new(void)
{
	GArray *found = g_array_new(FALSE, FALSE, sizeof(struct shortage));
	g_array_set_clear_func(found, shortage_clear);
	return found;
}

/* Takes the id. */
static void shortage_add(GArray *found, char *id, double severity, guint a, guint b)
{
	struct shortage one = { id, CLAMP(severity, 0, 1), a, b };
	g_array_append_val(found, one);
}

static int by_severity(gconstpointer a, gconstpointer b)
{
	const struct shortage *x = a, *y = b;
	if (x->severity != y->severity)
		return x->severity > y->severity ? -1 : 1;
	return g_strcmp0(x->id, y->id);
}

/* The severest `most` of what was found and what was decided about; the others are remembered. */
static void keep_severest(struct study *study, GArray *found, guint most)
{
	guint kept = 0;
	g_array_sort(found, by_severity);
	for (guint i = 0; i < found->len; i++) {
		struct shortage *one = &g_array_index(found, struct shortage, i);
		if (i >= most && !stays_listed(study, one->id)) {
			leave_unlisted(study, g_steal_pointer(&one->id));
			continue;
		}
		struct shortage *to = &g_array_index(found, struct shortage, kept++);
		if (to != one) {
			*to = *one;
			one->id = NULL;
		}
	}
	g_array_set_size(found, kept);
}

/* Of countries only two: those of one country who do not meet are other gaps' business. */
static void find_pairs(struct study *study, const struct gap_kind *kind, enum attribute by,
		       const struct chance *pairs, guint most, GPtrArray *out)
{
	enum chance_table table = by == BY_SECTOR ? CHANCE_SECTORS : CHANCE_COUNTRIES;
	const struct partition *groups = study->partitions[by];
	g_autoptr(GArray) found = shortages_new();
	for (guint a = 0; a < pairs->n_rows; a++)
		for (guint b = by == BY_COUNTRY ? a + 1 : a; b < pairs->n_cols; b++)
			if (falls_short(study, table, pairs, chance_cell(pairs, a, b)))
				shortage_add(
					found,
					g_strdup_printf("G7:%s:%s", groups->ids[a], groups->ids[b]),
					pair_severity(groups, pairs, a, b), a, b);
	keep_severest(study, found, most);
	for (guint i = 0; i < found->len; i++)
		report_pair(study, kind, groups, pairs, &g_array_index(found, struct shortage, i),
			    out);
}

static void find_places(struct study *study, const struct gap_kind *kind,
			const struct chance *places, GPtrArray *out)
{
	g_autoptr(GArray) found = shortages_new();
	for (guint t = 0; t < places->n_rows; t++) {
		guint worst = 0;
		g_autoptr(GArray) few = few_of(study, places, t, &worst);
		if (few->len > 0)
			shortage_add(
				found,
				g_strdup_printf("G7:%s", study->partitions[BY_TERRITORY]->ids[t]),
				place_severity(study, places, t, worst), t, worst);
	}
	keep_severest(study, found, PLACES);
	for (guint i = 0; i < found->len; i++)
		report_place(study, kind, places, &g_array_index(found, struct shortage, i), out);
}

bool gap_mixing(struct study *study, const struct gap_kind *kind, GPtrArray *out, GError **error)
{
	const struct chance *sectors = study_chance(study, CHANCE_SECTORS, error);
	const struct chance *countries =
		sectors ? study_chance(study, CHANCE_COUNTRIES, error) : NULL;
	const struct chance *places =
		countries ? study_chance(study, CHANCE_TERRITORY_SECTORS, error) : NULL;
	if (!places)
		return false;
	find_pairs(study, kind, BY_SECTOR, sectors, G_MAXUINT, out);
	find_pairs(study, kind, BY_COUNTRY, countries, COUNTRIES, out);
	find_places(study, kind, places, out);
	return true;
}
