/*
 * G2: sectors that a territory of the network does not have.  One finding a
 * territory that is declared, announced or developing; a place that is only
 * mentioned is not expected to be complete.  What is expected: graph/usual.h.
 *
 * Severity: one half x how usual the missing sectors are among all x
 * territory_weight.
 */
#include "graph/gaps/common.h"
#include "graph/usual.h"

#include <glib/gi18n.h>
#include <math.h>

#define OFFERS 4

struct survey {
	struct study *study;
	struct roster roster;
	guint sectors, groups;
	guint *counts; /* group x sector */
	double *usual; /* per sector */
	double total;  /* of usual */
};

static guint members_of(const struct survey *survey, guint group)
{
	return survey->roster.start[group + 1] - survey->roster.start[group];
}

static guint count_at(const struct survey *survey, guint group, guint sector)
{
	return survey->counts[(gsize)group * survey->sectors + sector];
}

static void count_usual(struct survey *survey)
{
	g_autofree guint *members = g_new0(guint, survey->groups + 1);
	for (guint g = 0; g < survey->groups; g++)
		members[g] = members_of(survey, g);
	sectors_usual(members, survey->counts, survey->groups, survey->sectors, survey->usual);
	for (guint s = 0; s < survey->sectors; s++)
		survey->total += survey->usual[s];
}

static void survey_init(struct survey *survey, struct study *study)
{
	const int *sector = study->partitions[BY_SECTOR]->group;
	survey->study = study;
	survey->sectors = study->partitions[BY_SECTOR]->n_groups;
	survey->groups = study->partitions[BY_TERRITORY]->n_groups;
	survey->counts = g_new0(guint, (gsize)survey->groups * survey->sectors + 1);
	survey->usual = g_new0(double, survey->sectors + 1);
	survey->total = 0;
	roster_init(&survey->roster, study);
	for (guint g = 0; g < survey->groups; g++)
		for (guint i = survey->roster.start[g]; i < survey->roster.start[g + 1]; i++) {
			int s = sector[survey->roster.of[i]];
			if (s >= 0)
				survey->counts[(gsize)g * survey->sectors + (guint)s]++;
		}
	count_usual(survey);
}

static void survey_release(struct survey *survey)
{
	roster_release(&survey->roster);
	g_free(survey->counts);
	g_free(survey->usual);
}

/* Missing sectors that are usual elsewhere, the most usual first. */
static GArray *list_missing(const struct survey *survey, guint group)
{
	GArray *missing = g_array_new(FALSE, FALSE, sizeof(guint));
	for (guint s = 0; s < survey->sectors; s++) {
		if (count_at(survey, group, s) > 0 || survey->usual[s] < USUAL_SHARE)
			continue;
		guint at = missing->len;
		while (at > 0 &&
		       survey->usual[g_array_index(missing, guint, at - 1)] < survey->usual[s])
			at--;
		g_array_insert_val(missing, at, s);
	}
	return missing;
}

/* Nearer, of equals with more partners; a place that is not known is far. */
static bool is_better(const struct net *net, guint v, double far, guint best, double least)
{
	if (isnan(far) != isnan(least))
		return isnan(least);
	if (!isnan(far) && (far < least || far > least))
		return far < least;
	return net_degree(net, v) > net_degree(net, best);
}

/* The member of a sector nearest to the territory, of those in its country; or -1. */
static int nearest_member(const struct survey *survey, const struct territory *territory,
			  guint sector, double *km)
{
	const struct net *net = survey->study->net;
	const int *group = survey->study->partitions[BY_SECTOR]->group;
	int best = -1;
	for (guint v = 0; v < net->n; v++) {
		const struct institution *row = net_institution(net, v);
		if (group[v] != (int)sector || !row->country ||
		    g_strcmp0(row->country, territory->country) != 0)
			continue;
		double far = distance_km(territory->lat, territory->lon, row->lat, row->lon);
		if (best >= 0 && !is_better(net, v, far, (guint)best, *km))
			continue;
		best = (int)v;
		*km = far;
	}
	return best;
}

static void offer_nearest(const struct survey *survey, guint group,
			  const struct territory *territory, guint sector, struct gap *gap)
{
	double km = NAN;
	int v = nearest_member(survey, territory, sector, &km);
	int host = territory_coordinator(survey->study, group);
	const char *name = survey->study->partitions[BY_SECTOR]->labels[sector];
	if (v < 0 || v == host)
		return;
	char *why = isnan(km) ? g_strdup_printf(_("%s, in the same country"), name)
			      : g_strdup_printf(_("%s, the nearest: %.0f km away"), name, km);
	offer_pair(survey->study, gap, (guint)v, host, why);
}

/* The sectors that are not there and not missed, in one line; the card has them as well. */
static void name_seldom(const struct survey *survey, guint group, struct gap *gap)
{
	const struct partition *sectors = survey->study->partitions[BY_SECTOR];
	g_autoptr(GPtrArray) names = g_ptr_array_new();
	for (guint s = 0; s < survey->sectors; s++)
		if (count_at(survey, group, s) == 0 && survey->usual[s] < USUAL_SHARE)
			g_ptr_array_add(names, sectors->labels[s]);
	g_autofree char *list = join_names(names, names->len);
	if (names->len > 0)
		gap_evidence(gap, _("Not there either, but seldom in other territories: %s"), list);
}

static char *make_title(const struct survey *survey, guint group, const GArray *missing)
{
	const struct partition *sectors = survey->study->partitions[BY_SECTOR];
	g_autofree char *place = territory_name(survey->study, group);
	g_autoptr(GPtrArray) names = g_ptr_array_new();
	for (guint i = 0; i < missing->len; i++)
		g_ptr_array_add(names, sectors->labels[g_array_index(missing, guint, i)]);
	g_autofree char *list = join_names(names, 2);
	if (members_of(survey, group) == 0)
		return g_strdup_printf(_("%s: nobody is known there at all"), place);
	return g_strdup_printf(_("%s: nobody from %s"), place, list);
}

static void report(const struct survey *survey, const struct gap_kind *kind, guint group,
		   const GArray *missing, GPtrArray *out)
{
	struct study *study = survey->study;
	int index = group_territory(study, group);
	const struct territory *territory = model_territory(study->net->model, (guint)index);
	const struct partition *sectors = study->partitions[BY_SECTOR];
	double weight = 0;
	guint present = 0, members = members_of(survey, group);
	for (guint i = 0; i < missing->len; i++)
		weight += survey->usual[g_array_index(missing, guint, i)];
	for (guint s = 0; s < survey->sectors; s++)
		present += count_at(survey, group, s) > 0;
	struct gap *gap = gap_new(kind, g_strdup_printf("G2:%s", territory->base.id),
				  .5 * weight / survey->total * territory_weight(territory),
				  make_title(survey, group, missing));
	gap->territory = index;
	gap->reason = g_strdup_printf(
		_("A STEM territory is an initiative of many sectors together. Missed are those "
		  "that at least %.0f %% of the territories with %d or more members have."),
		100 * USUAL_SHARE, USUAL_LARGE);
	gap->advice = g_strdup(_("Ask the coordinator of the territory who could be invited; the "
				 "nearest members of these sectors may know somebody, or come."));
	gap_evidence(gap,
		     ngettext("%u member here, from %u of %u sectors",
			      "%u members here, from %u of %u sectors", members),
		     members, present, survey->sectors);
	for (guint i = 0; i < missing->len; i++) {
		guint s = g_array_index(missing, guint, i);
		gap_evidence(gap, _("%s: in %.0f %% of the territories with %d or more members"),
			     sectors->labels[s], 100 * survey->usual[s], USUAL_LARGE);
		if (i < OFFERS)
			offer_nearest(survey, group, territory, s, gap);
	}
	name_seldom(survey, group, gap);
	for (guint i = survey->roster.start[group]; i < survey->roster.start[group + 1]; i++)
		gap_names(gap, study->net->institution[survey->roster.of[i]]);
	g_ptr_array_add(out, gap);
}

bool gap_missing_sectors(struct study *study, const struct gap_kind *kind, GPtrArray *out,
			 GError **error)
{
	const struct model *model = study->net->model;
	bool everybody = study->net->n == model->n[KIND_INSTITUTION];
	struct survey survey;
	(void)error;
	survey_init(&survey, study);
	for (guint g = 0; g < survey.groups; g++) {
		int index = group_territory(study, g);
		/* Through a filter an empty territory says nothing. */
		if (index < 0 || (members_of(&survey, g) == 0 && !everybody))
			continue;
		if (territory_weight(model_territory(model, (guint)index)) <= .5)
			continue;
		g_autoptr(GArray) missing = list_missing(&survey, g);
		if (missing->len > 0)
			report(&survey, kind, g, missing, out);
	}
	survey_release(&survey);
	return true;
}
