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

static char *pair_id(const struct partition *groups, guint a, guint b)
{
	return g_strdup_printf("G7:%s:%s", groups->ids[a], groups->ids[b]);
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

static void report_pair(struct study *study, const struct gap_kind *kind, enum attribute by,
			const struct chance *chance, guint a, guint b, GPtrArray *out)
{
	const struct partition *groups = study->partitions[by];
	gsize cell = chance_cell(chance, a, b);
	g_autoptr(GArray) first = group_members(groups, study->net->n, a);
	g_autoptr(GArray) second = group_members(groups, study->net->n, b);
	g_autofree char *both =
		a == b ? g_strdup(groups->labels[a])
		       : g_strdup_printf(_("%s with %s"), groups->labels[a], groups->labels[b]);
	struct gap *gap = gap_new(
		kind, pair_id(groups, a, b),
		(by == BY_COUNTRY ? .25 : 1) * gap_weight(MIN(first->len, second->len)) *
			shortfall(chance, cell),
		a == b ? g_strdup_printf(_("%s: they work with each other less than chance gives"),
					 both)
		       : g_strdup_printf(_("%s: less than chance gives"), both));
	if (by == BY_COUNTRY)
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

static void report_place(struct study *study, const struct gap_kind *kind,
			 const struct chance *chance, guint group, const GArray *few,
			 GPtrArray *out)
{
	const struct partition *sectors = study->partitions[BY_SECTOR];
	const struct partition *territories = study->partitions[BY_TERRITORY];
	g_autoptr(GArray) members = group_members(territories, study->net->n, group);
	g_autofree char *name = territory_name(study, group);
	guint worst = g_array_index(few, guint, 0);
	for (guint i = 1; i < few->len; i++) {
		guint s = g_array_index(few, guint, i);
		if (shortfall(chance, chance_cell(chance, group, s)) >
		    shortfall(chance, chance_cell(chance, group, worst)))
			worst = s;
	}
	gsize cell = chance_cell(chance, group, worst);
	int territory = group_territory(study, group);
	double weight = territory_weight(
		territory < 0 ? NULL : model_territory(study->net->model, (guint)territory));
	struct gap *gap =
		gap_new(kind, g_strdup_printf("G7:%s", territories->ids[group]),
			.5 * gap_weight(members->len) * shortfall(chance, cell) * weight,
			g_strdup_printf(_("%s: its members reach %s less than chance gives"), name,
					sectors->labels[worst]));
	gap->territory = territory;
	gap->reason = g_strdup(_("Members of this territory have partners, but hardly any of this "
				 "sector, neither here nor elsewhere."));
	gap->advice = g_strdup(_("Look for one of that sector near by, and let a common partner "
				 "introduce the two."));
	for (guint i = 0; i < few->len; i++) {
		guint s = g_array_index(few, guint, i);
		add_numbers(chance, chance_cell(chance, group, s), sectors->labels[s], gap);
	}
	add_certainty(chance, cell, gap);
	g_autoptr(GArray) others = group_members(sectors, study->net->n, worst);
	offer_between(study, gap, members, others, OFFERS);
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

static int by_severity(gconstpointer a, gconstpointer b)
{
	const struct gap *x = *(struct gap *const *)a, *y = *(struct gap *const *)b;
	if (x->severity != y->severity)
		return x->severity > y->severity ? -1 : 1;
	return g_strcmp0(x->id, y->id);
}

/* The severest `most` of what was found and what was decided about; the others are remembered. */
static void keep_severest(struct study *study, GPtrArray *found, guint most, GPtrArray *out)
{
	g_ptr_array_sort(found, by_severity);
	for (guint i = 0; i < found->len; i++) {
		struct gap *gap = found->pdata[i];
		if (i < most || stays_listed(study, gap->id)) {
			g_ptr_array_add(out, gap);
			continue;
		}
		leave_unlisted(study, g_strdup(gap->id));
		gap_free(gap);
	}
}

/* Of countries only two: those of one country who do not meet are other gaps' business. */
static void find_pairs(struct study *study, const struct gap_kind *kind, enum attribute by,
		       const struct chance *pairs, guint most, GPtrArray *out)
{
	enum chance_table table = by == BY_SECTOR ? CHANCE_SECTORS : CHANCE_COUNTRIES;
	g_autoptr(GPtrArray) found = g_ptr_array_new();
	for (guint a = 0; a < pairs->n_rows; a++)
		for (guint b = by == BY_COUNTRY ? a + 1 : a; b < pairs->n_cols; b++)
			if (falls_short(study, table, pairs, chance_cell(pairs, a, b)))
				report_pair(study, kind, by, pairs, a, b, found);
	keep_severest(study, found, most, out);
}

static void find_places(struct study *study, const struct gap_kind *kind,
			const struct chance *places, GPtrArray *out)
{
	g_autoptr(GPtrArray) found = g_ptr_array_new();
	for (guint t = 0; t < places->n_rows; t++) {
		g_autoptr(GArray) few = g_array_new(FALSE, FALSE, sizeof(guint));
		for (guint s = 0; s < places->n_cols; s++)
			if (falls_short(study, CHANCE_TERRITORY_SECTORS, places,
					chance_cell(places, t, s)))
				g_array_append_val(few, s);
		if (few->len > 0)
			report_place(study, kind, places, t, few, found);
	}
	keep_severest(study, found, PLACES, out);
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
