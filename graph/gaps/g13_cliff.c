/*
 * G13: what ends when a programme ends.  Ties of which every basis that is still
 * running ends within the months that the network warns ahead (settings.cliff_months), and that
 * nothing else is agreed on, by the programme that ends last, of the same day the first by id; and
 * members whose only programme it is and who have no partner beside it.  The
 * network without those ties says what is lost: members left alone, parts, reach.
 *
 * Severity: gap_weight(ties that end + members left with nothing), x .7 where
 * nobody is left alone.
 */
#include "base/cancel.h"
#include "graph/funding.h"
#include "graph/gaps/common.h"

#include <glib/gi18n.h>
#include <string.h>

#define OFFERS 5
#define NAMES  6
#define EXACT  4000 /* members, up to which the distances are computed anew */

struct cliff {
	GArray *edges;	  /* guint: ties that end with it */
	GArray *stranded; /* guint: vertices that have nothing else */
};

static struct date end_of(const struct model *model, const char *programme)
{
	const struct programme *row = model_get(model, KIND_PROGRAMME, programme);
	return row ? row->end : (struct date){ 0 };
}

/* Whether a programme ends after another, as model indices; of the same day the first by id. */
static bool is_later(const struct model *model, guint programme, int than)
{
	if (than < 0)
		return true;
	struct date end = date_last_day(model_programme(model, programme)->end);
	struct date other = date_last_day(model_programme(model, (guint)than)->end);
	int order = date_compare(end, other);
	return order != 0 ? order > 0 : (int)programme < than;
}

/*
 * The programme with which a claim ends, as model index; -1 when it does not rest
 * on programmes that all end in time, -2 when it is over already.
 */
static int claim_ends(const struct model *model, const struct partnership *says, struct date limit)
{
	int last = -2;
	const char *const *basis = partnership_details(says)->basis;
	if (list_length(basis) == 0 || partnership_outlasts(says, limit))
		return -1;
	for (guint i = 0; basis[i]; i++) {
		int p = model_find(model, KIND_PROGRAMME, basis[i]);
		struct date end = end_of(model, basis[i]);
		if (p < 0 || !date_is_set(end) || date_compare(date_last_day(end), limit) > 0)
			return -1;
		if (!date_is_past(end, model->today) && is_later(model, (guint)p, last))
			last = p;
	}
	return last;
}

static int tie_ends(const struct model *model, const struct tie *tie, struct date limit)
{
	int last = -2;
	for (guint i = 0; i < tie->n_claims; i++) {
		int p = claim_ends(model, model->claims[tie->first_claim + i].says, limit);
		if (p == -1)
			return -1;
		if (p >= 0 && is_later(model, (guint)p, last))
			last = p;
	}
	return last;
}

static struct cliff *cliff_at(struct cliff **cliffs, guint programme)
{
	if (!cliffs[programme]) {
		cliffs[programme] = g_new0(struct cliff, 1);
		cliffs[programme]->edges = g_array_new(FALSE, FALSE, sizeof(guint));
		cliffs[programme]->stranded = g_array_new(FALSE, FALSE, sizeof(guint));
	}
	return cliffs[programme];
}

static void cliff_free(struct cliff *cliff)
{
	if (!cliff)
		return;
	g_array_unref(cliff->edges);
	g_array_unref(cliff->stranded);
	g_free(cliff);
}

/* Members who take part in one programme only, that ends in time, and have no partner. */
static void find_stranded(struct study *study, struct cliff **cliffs, struct date limit)
{
	const struct net *net = study->net;
	const struct roles *roles = study_roles(study);
	for (guint v = 0; v < net->n; v++) {
		guint i = net->institution[v];
		if (net_degree(net, v) > 0 || roles->start[i + 1] - roles->start[i] != 1)
			continue;
		guint p = roles->programme[roles->start[i]];
		struct date end = model_programme(net->model, p)->end;
		if (date_is_set(end) && !date_is_past(end, net->model->today) &&
		    date_compare(date_last_day(end), limit) <= 0)
			g_array_append_val(cliff_at(cliffs, p)->stranded, v);
	}
}

/* The parts that are left; each member alone is one as well. */
static bool say_parts(struct study *study, const struct csr *csr, struct gap *gap, GError **error)
{
	const struct components *before = study_components(study, error);
	struct arranged *after = before ? arranged_new(csr, NULL, 64, false, study->cancel) : NULL;
	if (!after)
		return !cancel_asked(study->cancel, error);
	if (after->n_parts > before->n)
		gap_evidence(gap,
			     ngettext("The network would fall into %u part; today it has %u",
				      "The network would fall into %u parts; today it has %u",
				      after->n_parts),
			     after->n_parts, before->n);
	arranged_free(after);
	return true;
}

static bool say_ways(struct study *study, const struct csr *csr, struct gap *gap, GError **error)
{
	struct kernel_run run = study_kernel_run(study);
	const struct spans *before = study_distances(study, error);
	struct spans *after = before ? spans_new(csr, &run, error) : NULL;
	if (!after)
		return false;
	if (before->pairs > after->pairs)
		gap_evidence(gap,
			     _("%.1f %% of the pairs that can reach each other today could not any "
			       "more; efficiency falls from %.3f to %.3f"),
			     100 * (1 - (double)after->pairs / (double)before->pairs),
			     before->efficiency, after->efficiency);
	spans_free(after);
	return true;
}

/* Ties gone: members whose last they are go to `alone`; how the parts and ways change. */
static bool simulate(struct study *study, const GArray *edges, GArray *alone, struct gap *gap,
		     GError **error)
{
	const struct net *net = study->net;
	g_autofree bool *gone = g_new0(bool, net->m + 1);
	g_autofree guint *start = g_new0(guint, net->n + 2);
	g_autofree guint *neighbour = g_new(guint, 2 * (gsize)net->m + 1);
	for (guint i = 0; i < edges->len; i++)
		gone[g_array_index(edges, guint, i)] = true;
	for (guint v = 0, at = 0; v < net->n; v++) {
		for (guint k = net->start[v]; k < net->start[v + 1]; k++)
			if (!gone[net->edge[k]])
				neighbour[at++] = net->neighbour[k];
		start[v + 1] = at;
		if (start[v] == at && net_degree(net, v) > 0)
			g_array_append_val(alone, v);
	}
	struct csr csr = { net->n, start, neighbour };
	return say_parts(study, &csr, gap, error) &&
	       (net->n > EXACT || say_ways(study, &csr, gap, error));
}

static char *names_of(const struct net *net, const GArray *vertices)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new();
	for (guint i = 0; i < vertices->len; i++)
		g_ptr_array_add(names, (void *)vertex_name(net, g_array_index(vertices, guint, i)));
	return join_names(names, NAMES);
}

/* Whom to ask what comes after it. */
static void add_payers(const struct model *model, const struct programme *programme,
		       struct gap *gap)
{
	g_autoptr(GArray) payers = programme_payers(model, programme);
	g_autoptr(GPtrArray) names = g_ptr_array_new();
	for (guint i = 0; i < payers->len; i++) {
		guint payer = g_array_index(payers, guint, i);
		g_ptr_array_add(names,
				(void *)institution_name(model_institution(model, payer), true));
	}
	g_autofree char *text = join_names(names, NAMES);
	if (names->len > 0)
		gap_evidence(gap, _("It is paid for by %s"), text);
}

static void add_lost(struct study *study, const struct cliff *cliff, const GArray *alone,
		     struct gap *gap)
{
	const struct net *net = study->net;
	if (alone->len > 0) {
		g_autofree char *names = names_of(net, alone);
		gap_evidence(gap,
			     ngettext("%u member would have no partner left: %s",
				      "%u members would have no partner left: %s", alone->len),
			     alone->len, names);
	}
	if (cliff->stranded->len > 0) {
		g_autofree char *names = names_of(net, cliff->stranded);
		gap_evidence(gap,
			     ngettext("%u member takes part in nothing else: %s",
				      "%u members take part in nothing else: %s",
				      cliff->stranded->len),
			     cliff->stranded->len, names);
	}
}

/* What could outlast it: a tie of their own between two who would lose everything. */
static void offer_lasting(struct study *study, const struct programme *programme,
			  const struct cliff *cliff, const GArray *alone, struct gap *gap)
{
	const struct model *model = study->net->model;
	g_autoptr(GArray) losers = g_array_new(FALSE, FALSE, sizeof(guint));
	for (guint i = 0; i < alone->len; i++)
		g_array_append_val(losers, g_array_index(alone, guint, i));
	for (guint i = 0; i < cliff->stranded->len; i++)
		g_array_append_val(losers, g_array_index(cliff->stranded, guint, i));
	int lead = programme->lead ? model_find(model, KIND_INSTITUTION, programme->lead) : -1;
	lead = lead < 0 ? -1 : study->net->vertex[lead];
	for (guint i = 0; i < MIN(losers->len, OFFERS); i++) {
		guint v = g_array_index(losers, guint, i);
		if (lead >= 0 && (guint)lead != v && !net_has_edge(study->net, v, (guint)lead))
			offer_pair(study, gap, v, lead,
				   g_strdup(_("leads the programme, and could go on with it")));
		else
			offer_pair(study, gap, v, -1,
				   g_strdup(_("ask what it needs to go on afterwards")));
	}
}

static bool report(struct study *study, const struct gap_kind *kind, guint p,
		   const struct cliff *cliff, GPtrArray *out, GError **error)
{
	const struct net *net = study->net;
	const struct programme *programme = model_programme(net->model, p);
	const char *name = model_name(net->model, KIND_PROGRAMME, programme->base.id, true);
	g_autoptr(GArray) alone = g_array_new(FALSE, FALSE, sizeof(guint));
	char day[DATE_TEXT_SIZE];
	guint ties = cliff->edges->len, others = cliff->stranded->len;
	date_format(programme->end, day);
	struct gap *gap = gap_new(
		kind, g_strdup_printf("G13:%s", programme->base.id), 0,
		ties > 0 ? g_strdup_printf(ngettext("%s ends on %s, and %u tie with it",
						    "%s ends on %s, and %u ties with it", ties),
					   name, day, ties)
			 : g_strdup_printf(
				   ngettext("%s ends on %s; %u member takes part in nothing else",
					    "%s ends on %s; %u members take part in nothing else",
					    others),
				   name, day, others));
	gap->reason = g_strdup(_("Nothing else holds them together that is known: no other "
				 "programme that goes on and no agreement of their own."));
	gap->advice = g_strdup(_("While it runs, ask those below what they want to go on with, and "
				 "enter what they agree; look for who could pay for it."));
	if (ties > 0)
		gap_evidence(gap,
			     ngettext("%u tie rests on nothing that lasts longer",
				      "%u ties rest on nothing that lasts longer", ties),
			     ties);
	if (ties > 0 && !simulate(study, cliff->edges, alone, gap, error)) {
		gap_free(gap);
		return false;
	}
	add_lost(study, cliff, alone, gap);
	add_payers(net->model, programme, gap);
	for (guint i = 0; i < ties; i++) {
		guint e = g_array_index(cliff->edges, guint, i);
		gap_names(gap, net->institution[net->from[e]]);
		gap_names(gap, net->institution[net->to[e]]);
	}
	name_all(study, gap, cliff->stranded);
	gap->severity = gap_weight(ties + others) * (alone->len + others > 0 ? 1 : .7);
	offer_lasting(study, programme, cliff, alone, gap);
	g_ptr_array_add(out, gap);
	return true;
}

bool gap_cliff(struct study *study, const struct gap_kind *kind, GPtrArray *out, GError **error)
{
	const struct net *net = study->net;
	const struct model *model = net->model;
	guint programmes = model->n[KIND_PROGRAMME];
	struct date limit = date_add_months(model->today, (int)model_months(model, MONTHS_CLIFF));
	g_autofree struct cliff **cliffs = g_new0(struct cliff *, programmes + 1);
	bool going = true;
	for (guint e = 0; e < net->m; e++) {
		int p = tie_ends(model, &model->ties[net->tie[e]], limit);
		if (p >= 0)
			g_array_append_val(cliff_at(cliffs, (guint)p)->edges, e);
	}
	find_stranded(study, cliffs, limit);
	for (guint p = 0; p < programmes; p++) {
		if (cliffs[p] && going)
			going = !cancel_asked(study->cancel, error) &&
				report(study, kind, p, cliffs[p], out, error);
		cliff_free(cliffs[p]);
	}
	return going;
}
